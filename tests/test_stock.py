"""What a theme lends to a draft: each thing once as far as there are enough, in its order, by the seed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.genres import Form
from drafting.stock import Stock, mark_of
from drafting.themes import Task, Theme

THEME = Theme("河湖管护", ("河",), ())
ITEMS = ("清淤", "补堤", "栽柳", "巡查", "量水")


@given(st.integers(0, 50), st.integers(0, 7))
def test_as_many_as_asked_and_in_their_order(seed, count):
    taken = Stock(THEME, seed).take(ITEMS, count)
    assert len(taken) == min(count, len(ITEMS))
    assert list(taken) == [item for item in ITEMS if item in taken]


@given(st.integers(0, 50))
def test_nothing_twice_before_all_were_used(seed):
    stock = Stock(THEME, seed)
    assert {*stock.take(ITEMS, 2), *stock.take(ITEMS, 3)} == set(ITEMS)
    assert len(stock.take(ITEMS, 2)) == 2  # then again


def test_the_seed_decides():
    assert len({Stock(THEME, seed).take(ITEMS, 2) for seed in range(30)}) > 3
    assert Stock(THEME, 7).take(ITEMS, 2) == Stock(THEME, 7).take(ITEMS, 2)


@pytest.mark.parametrize(
    ("marks", "count", "said"),
    [
        ("要", 3, ["一要", "二要", "三要"]), ("是", 2, ["一是", "二是"]), ("第", 2, ["第一，", "第二，"]), ("", 2, ["", ""]),
        ("要", 1, [""]),
        ("首先", 2, ["首先，", "最后，"]), ("首先", 4, ["首先，", "其次，", "再次，", "最后，"]),
    ],
)  # fmt: skip
def test_spoken_numbers(marks, count, said):
    """A lone item has no number, and 首先 is never left without its last."""
    assert [mark_of(n, count, marks) for n in range(count)] == said


def test_tasks_as_steps():
    tasks = (Task("把河堤走一遍", "巡堤记录"), Task("把淤泥挖走", "河底照片"))
    first, last = Stock(THEME, 1).steps(tasks, 2, "要", ("水利站",))
    assert (first.mark, first.do, str(first), first.proof, first.who, first.first, first.last) == (
        "一要", "把河堤走一遍", "把河堤走一遍", "巡堤记录", "水利站", True, False,
    )  # fmt: skip
    assert (last.who, last.last) == ("水利站", True)


def test_forms_fit_occasion_and_level():
    form = Form("各位老师：", ("教职工",), ("学校",))
    assert form.fits("全体教职工大会", "学校") and not form.fits("全体教职工大会", "县") and not form.fits("家长会", "学校")
    assert Form("同志们：").fits("", "镇")
    assert Stock(THEME, 1).one_of(()) == "" and Stock(THEME, 1).one_of((form,)) == "各位老师："
