"""Unknown names are told by how they end, and bounded by ordinary words."""

from __future__ import annotations

import pytest

from phrasebank.endings import find_by_ending


def found(text: str) -> list[tuple[str, str]]:
    return [(text[a:b], kind) for a, b, kind in find_by_ending(text)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("加快推进青山水库除险加固", "青山水库", "place"),
        ("启动实施石桥大道改造工程", "石桥大道", "place"),
        ("对白云山公园进行提升", "白云山公园", "place"),
        ("建成河西社区和老年食堂", "河西社区", "place"),
        ("守护大青山，治理环境", "大青山", "place"),
        ("引进临河实业有限责任公司落户", "临河实业有限责任公司", "org"),
        ("支持石桥小学改善条件", "石桥小学", "org"),
        ("在临河农商行的支持下", "临河农商行", "org"),
    ],
)
def test_names(text: str, name: str, kind: str) -> None:
    assert (name, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "推进产业园区建设",
        "建设美丽乡村和特色小镇",
        "推进城乡融合",
        "绿水青山就是金山银山",
        "从大江大河到千家万户",
        "经济高速增长",
        "深化公立医院改革",
        "发展教育集团",
        "打江山、守江山",
        "建成一批示范村",
        "普惠性幼儿园",
        "坚决退田还湖",
    ],
)
def test_ordinary_wording_is_no_name(text: str) -> None:
    assert found(text) == []
