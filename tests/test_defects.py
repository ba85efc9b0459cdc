"""Lost figures, censored names and typos are marked where they stand; sound wording is left alone."""

import pytest

from phrasebank.defects import _BY_LINE
from phrasebank.inspect import inspect
from phrasebank.model import RawText


def marked(text: str, kind: str) -> list[str]:
    found = inspect(RawText("稿.txt", ("在全镇工作会议上的讲话", "同志们：", text)))
    return [defect.text for defect in found.defects if defect.kind == kind]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("全镇脱贫人，家家有了奔头。", ["脱贫人"]),
        ("今年发放补贴万元", ["补贴万元"]),
        ("全镇共有个村、户群众受益。", ["共有个", "、户"]),
        ("自来水普及率达到了 % ，大家都满意。", ["率达到了 %"]),
        ("今年新增就业人，粮食产量同比增长 。", ["就业人", "增长 "]),
        ("百分之以上的村通了客车。", ["百分之"]),
        ("完成投资   亿元，新修公路 公里。", ["资   亿元", "路 公里"]),
        ("这座桥于年月日通车。", ["年月日"]),
    ],
)
def test_a_lost_figure(text: str, lost: list[str]) -> None:
    assert marked(text, "missing_number") == lost


@pytest.mark.parametrize(
    "text",
    [
        "全镇脱贫36人，发放补贴3.5万元，占百分之三十以上。",
        "全镇共有12个村、360户群众，涉及个人隐私的要保密。",
        "怎样培养人、为谁培养人，是根本问题。",
        "主要指标实现同比增长，完成投资 3 亿元。",
        "登记时要写明出生年月日。",
    ],
)
def test_sound_wording_lacks_nothing(text: str) -> None:
    assert marked(text, "missing_number") == []


def test_a_name_behind_boxes_is_censored() -> None:
    assert marked("□□□书记到村里看望大家。", "censored_name") == ["□□□书记"]


@pytest.mark.parametrize(
    ("text", "typos"),
    [
        ("要壮大农村经济人队伍，规范管理经济人。", ["经济人", "经济人"]),
        ("促进非公有制经济人士健康成长，留住经济人才。", []),
        ("学者假定人是理性经济人。", []),
    ],
)
def test_brokers_are_no_economic_men(text: str, typos: list[str]) -> None:
    assert marked(text, "typo") == typos


@pytest.mark.parametrize("unit", [" ", "年 ", "共", "、户", "百分之", "□", "增长 ", "经济人"])
def test_a_huge_line_is_read(unit: str) -> None:
    """Would take hours if time grew squared; what is marked lies in the line."""
    text = (unit * 200_000)[:200_000]
    found = [
        match.group()
        for hint, patterns in _BY_LINE
        if hint.search(text)
        for p, _ in patterns
        for match in p.finditer(text)
    ]
    assert all(part in text for part in found)
