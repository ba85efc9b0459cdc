"""Short forms are tied to the full names that the text or the gazetteer gives, and to nothing where there are several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrasebank.extract import extract
from phrasebank.inspect import inspect, to_json
from phrasebank.model import Lexicon, RawText
from phrasebank.shortforms import find_tied, short_of


def tied(*texts: str) -> dict[str, str | None]:
    """Full name of each slot of the texts, by its wording."""
    return {text[a:b]: full for text, slots in zip(texts, find_tied(texts), strict=True) for a, b, _, full in slots}


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("浦东新区与镇巴县结对，浦镇两地常来常往", "浦镇两地", "浦东新区、镇巴县"),
        ("走进江苏省、陕西省，深化苏陕协作", "苏陕", "江苏省、陕西省"),
        ("深化川渝合作", "川渝", "四川省、重庆市"),
        ("琼海市好，推进琼台合作", "琼台", "海南省、台湾省"),
        ("肇庆新区建设加快，肇庆面貌一新", "肇庆", "肇庆市"),
        ("干部来陕挂职", "陕", "陕西省"),
        ("青山县靠大家，青山人民有干劲", "青山", "青山县"),
        ("临河县教育体育局（以下简称“县教体局”）牵头，县教体局落实", "县教体局", "临河县教育体育局"),
        ("县人力资源和社会保障局牵头，县人社局落实", "县人社局", "县人力资源和社会保障局"),
        ("市卫健委作出部署", "市卫健委", "市卫生健康委员会"),
        ("实施“百村千树示范行动”（以下简称“百树行动”），百树行动见效", "百树行动", "“百村千树示范行动”"),
        ("代表团去过石家庄", "石家庄", "石家庄市"),
        ("到镇江市考察后又去镇巴县，镇巴很美", "镇巴", "镇巴县"),
        ("南京市与商南县结对，宁商两地互访", "宁商两地", "南京市、商南县"),
        ("走进江苏省，苏陕两地携手", "苏陕两地", "江苏省、陕西省"),
    ],
)
def test_a_short_form_is_tied(text: str, short: str, full: str) -> None:
    assert tied(text)[short] == full


def test_the_full_name_may_stand_in_another_paragraph() -> None:
    assert tied("临河县是农业大县。", "临河儿女不怕苦。")["临河"] == "临河县"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("青山县和青山镇都来了，青山人民有干劲", "青山"),
        ("浦东新区、浦口区与镇巴县结对，浦镇两地常来常往", "浦镇两地"),
        ("推动临镇两地加强联动", "临镇两地"),
        ("支持商南县建设，宁商两地互访", "宁商两地"),
        ("城关镇、浦口镇（以下简称两镇）要带头，两镇要争先", "两镇"),
        ("实施青山湖综合治理", "青山湖"),
    ],
)
def test_what_may_stand_for_several_stays_untied(text: str, short: str) -> None:
    assert tied(text).get(short) is None


def test_a_full_name_is_no_short_form() -> None:
    assert tied("青山县与江苏省合作，县委作了部署") == {"青山县": None, "江苏省": None, "县委": None}


def test_a_short_form_inside_other_words_is_not_meant() -> None:
    found = find_tied(["和平县是山区县。我们热爱和平，维护世界和平。"])[0]
    assert [(a, b) for a, b, kind, _ in found if kind == "place"] == [(0, 3)]


def test_short_of_keeps_two_characters() -> None:
    assert short_of("青山县") == "青山"
    assert short_of("郏县") is None


def test_inspection_bears_the_full_name() -> None:
    record = to_json(inspect(RawText("一.txt", ("浦东新区与镇巴县结对，浦镇两地常来常往。",))))
    assert [(s["text"], s["full"]) for s in record["slots"]][-1] == ("浦镇两地", "浦东新区、镇巴县")


@pytest.mark.parametrize(
    "sentence",
    [
        "要推动浦镇两地干部常来常往，把好经验好做法真正学到手。",
        "要学习石桥小学的好做法，把立德树人的任务真正落到实处。",
        "要以王大山同志为榜样，把乡亲们的难处一件一件办妥。",
        "欧阳志远带领乡亲们上山修路，把荒坡一片一片变成果园。",
        "老周说只要把人心聚到一起，再难的事也能一件一件办妥。",
        "要把青山水库的水保护好，让群众喝上干净水、放心水。",
    ],
)
def test_a_sentence_with_such_a_name_is_not_offered(sentence: str) -> None:
    text = RawText("一.txt", ("浦东新区与镇巴县是结对帮扶的好伙伴。", sentence))
    phrase = next(p for p in extract(inspect(text), Lexicon()) if p.text == sentence)
    assert phrase.reason == "names"


@given(st.lists(st.text("青山县临河镇浦两地（以下简称“”）苏陕协作人民局，。", max_size=40), max_size=4))
def test_slots_lie_in_their_texts_in_order(texts: list[str]) -> None:
    for text, slots in zip(texts, find_tied(texts), strict=True):
        assert [s[:3] for s in slots] == sorted(s[:3] for s in slots)
        assert all(0 <= a < b <= len(text) for a, b, _, _ in slots)
