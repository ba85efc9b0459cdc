"""Templates of phrases: wording with slots in braces, taken apart and put together again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrasebank.slots import (
    SlotRef,
    blank_fields,
    blank_slot,
    blanks_to_slots,
    level_to_slots,
    parse,
    plain,
    slot_names,
)

WORDING = st.text("青山县临河镇要把隐患查到底，。|", max_size=12)
NAME = st.sampled_from(["whole", "place", "committee"])
TEMPLATE = st.lists(st.one_of(WORDING, NAME.map(lambda name: f"{{{name}}}")), max_size=8).map("".join)


@given(TEMPLATE)
def test_parse_loses_nothing(template):
    """The parts of a template, put together again, are the template."""
    assert "".join(map(str, parse(template))) == template


@given(TEMPLATE)
def test_parse_gives_no_empty_stretch(template):
    """No part is empty, so that no span without text reaches a draft."""
    assert all(str(part) for part in parse(template))


def test_parse_tells_slots_from_wording():
    """A slot keeps its name and its arguments; what stands between slots is wording."""
    parts = parse("{whole}排查{blank:数据|排查隐患数|处}，{place}带头")
    assert parts == (
        SlotRef("whole"),
        "排查",
        SlotRef("blank", ("数据", "排查隐患数", "处")),
        "，",
        SlotRef("place"),
        "带头",
    )


def test_slot_names_leave_arguments_out():
    """The names of slots are what drafting must be able to fill, whatever they ask."""
    assert slot_names("{whole}有{blank:数据|户数|户}，{whole}都要管") == {"whole", "blank"}


def test_plain_is_the_wording_alone():
    """Wordings are compared without their slots."""
    assert plain("{whole}排查{blank:数据|隐患数|处}隐患") == "排查隐患"


@given(st.text("数据户{}|｜ ", min_size=1), st.text("数据户{}|｜ ", min_size=1), st.text("户{}|｜ "))
def test_a_blank_slot_can_be_parsed_whatever_it_asks(kind, what, unit):
    """Braces and bars inside a question do not end the slot."""
    parts = parse(f"前{blank_slot(kind, what, unit)}后")
    assert parts[0] == "前"
    assert parts[-1] == "后"
    assert len(parts) == 3
    assert parts[1].name == "blank"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("数据｜排查隐患数｜处", ("数据", "排查隐患数", "处")),
        ("数据|排查隐患数|处", ("数据", "排查隐患数", "处")),
        ("时间｜整改时限", ("时间", "整改时限", "")),
        ("本地一件难题", ("内容", "本地一件难题", "")),
        (" 数据 ｜｜ 户数 ", ("数据", "户数", "")),
        ("", ("内容", "", "")),
    ],
)
def test_the_fields_of_a_typed_blank(body, fields):
    """Kind, question and unit; a blank that says only one thing asks for 内容."""
    assert blank_fields(body) == fields


@pytest.mark.parametrize("mark", ["待填", "待核"])
@pytest.mark.parametrize("colon", ["：", ":"])
def test_typed_blanks_become_slots(mark, colon):
    """Blanks to fill and blanks to verify become slots that ask the same, with either colon."""
    template = blanks_to_slots(f"临河镇共有〔{mark}{colon}数据｜住户｜户〕住户。")
    assert template == "临河镇共有{blank:数据|住户|户}住户。"


def test_brackets_of_other_kinds_are_left_alone():
    """A document number in the same brackets is no blank."""
    assert blanks_to_slots("青政发〔第六号〕文件") == "青政发〔第六号〕文件"


def test_level_words_become_slots_of_the_texts_own_level():
    """全镇 is a slot in a town's text and plain wording in a county's."""
    assert level_to_slots("全镇上下要动起来", "镇") == "{whole}上下要动起来"
    assert level_to_slots("全镇上下要动起来", "县") == "全镇上下要动起来"


@pytest.mark.parametrize("level", [None, "", "星球"])
def test_without_a_known_level_nothing_is_replaced(level):
    """A text whose level nobody knows keeps its words."""
    assert level_to_slots("全镇上下要动起来", level) == "全镇上下要动起来"
