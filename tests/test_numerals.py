"""Chinese numbers of headings and counts."""

from __future__ import annotations

import pytest

from drafting.numerals import chinese, heading_number, unnumbered


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "零"), (1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_numbers_are_said_as_they_are_spoken(number, words):
    """十二, not 一十二."""
    assert chinese(number) == words


def test_no_two_numbers_are_written_alike():
    """Every number up to ninety-nine has a form of its own."""
    assert len({chinese(n) for n in range(100)}) == 100


@pytest.mark.parametrize("number", [-1, 100])
def test_beyond_the_range_is_an_error(number):
    """A wrong number is never printed in silence."""
    with pytest.raises(ValueError, match=str(number)):
        chinese(number)


@pytest.mark.parametrize(("level", "printed"), [(1, "三、"), (2, "（三）"), (3, "3."), (4, "（3）")])
def test_heading_numbers_follow_the_standard(level, printed):
    """GB/T 9704-2012: 一、 （一） 1. （1）."""
    assert heading_number(level, 3) == printed


@pytest.mark.parametrize(("typed", "kept"), [
    ("一、学深悟透", "学深悟透"), ("（一）学深悟透", "学深悟透"), ("(二) 抓早抓小", "抓早抓小"),
    ("3．抓早抓小", "抓早抓小"), ("4. 抓早抓小", "抓早抓小"), (" 抓早抓小 ", "抓早抓小"), ("一、", "一、"),
    ("一张蓝图绘到底", "一张蓝图绘到底"), ("1.5米高的堤要守住", "1.5米高的堤要守住"), ("十分要紧", "十分要紧"),
])  # fmt: skip
def test_a_number_typed_before_a_heading_is_taken_off(typed, kept):
    assert unnumbered(typed) == kept
