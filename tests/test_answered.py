"""What filling in and swapping must not leave behind."""

from __future__ import annotations

import pytest

from drafting.answer_text import day_fault
from drafting.answered import still_quoted
from drafting.model import Block, Draft, Origin, Outline, Span
from drafting.render import _post


def _draft(*texts):
    blocks = tuple(Block("paragraph", (Span(text, Origin("writer")),)) for text in texts)
    return Draft(Outline("研讨发言", "安全生产"), blocks)


GONE = "有的宣传单发到门口就算完事，老人不识字。"


def test_a_sentence_that_was_taken_out_is_still_quoted():
    assert still_quoted(_draft("像“宣传单发到门口就算完”这样的情形，我见了也没较真。"), GONE) == "宣传单发到门口就算完"
    assert not still_quoted(_draft("像“宣传单发到门口就算完”这样的情形。", GONE), GONE), "it still stands elsewhere"
    assert not still_quoted(_draft("要做到“安全第一、预防为主”。"), GONE)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2026年13月40日", "13月"), ("2月30日", "29 天"), ("2025年2月29日前", "28 天"), ("12月3号", ""), ("12月底", ""), ("2026年3月", ""),
        ("３月３２日", "31 天"), ("3月中旬", ""), ("18个月", ""), ("半年一次", ""),
    ],
)  # fmt: skip
def test_days_that_no_calendar_has(text, fault):
    told = day_fault(text)
    assert fault in told and bool(told) == bool(fault)


@pytest.mark.parametrize(
    ("unit", "post", "said"),
    [
        ("临河镇党委", "党委副书记", "临河镇党委副书记"), ("临河镇", "镇长", "临河镇镇长"), ("临河镇党委", "副书记", "临河镇党委副书记"),
        ("临河镇党委", "临河镇党委副书记", "临河镇党委副书记"), ("", "镇长", "镇长"),
    ],
)  # fmt: skip
def test_what_ends_the_unit_and_begins_the_post_is_said_once(unit, post, said):
    assert _post(unit, post) == said
