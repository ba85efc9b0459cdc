"""对仗: sets a careful reader would call parallel, and sets he would not."""

from __future__ import annotations

import pytest
from conftest import own_library
from hypothesis import given
from hypothesis import strategies as st

from drafting.parallel import clauses, measure

PARALLEL = [
    ["压实巡河责任", "守牢堤岸安全", "护好田头水渠"],
    ["查清险段，修牢堤岸", "备足沙袋，守稳村口", "叫应邻里，撤出低洼"],
    ["一、巡河是分内的事", "二、护堤是眼前的事", "三、清淤是长远的事"],
    ["（一）从河头看到河尾，摸清险在哪里", "（二）从坝上走到坝下，弄清漏在哪里"],
    ["在巡河上下功夫，当好堤岸的“守夜人”", "在护堤上想办法，当好村口的“看门人”"],
    ["1. 深挖险情，跟进加固", "2. 严格值守，畅通叫应"],
]
MIXED = [
    ["压实巡河责任", "把堤岸的安全守得牢牢的", "水渠"],
    ["查清险段，修牢堤岸", "备足沙袋", "叫应邻里，撤出低洼，清点人数"],
    ["巡河是分内的事", "要护堤", "清淤问题研究"],
    ["压实巡河责任，守牢堤岸", "关于做好清淤工作的几点意见，请讨论"],
    ["查清险段", "修牢堤岸和水渠"],
]


@pytest.mark.parametrize("headings", PARALLEL)
def test_parallel_sets_pass(headings):
    """Same clauses, same lengths, same function words: parallel, numbers left out of account."""
    assert measure(headings).parallel


@pytest.mark.parametrize("headings", MIXED)
def test_mixed_sets_do_not_pass(headings):
    """A set with a member too long, too short or built otherwise is not parallel."""
    assert not measure(headings).parallel


def test_every_parallel_set_scores_above_every_mixed_one():
    """The score ranks: a headings search offers better sets first."""
    assert min(measure(h).score for h in PARALLEL) > max(measure(h).score for h in MIXED)


def test_long_clauses_may_differ_by_one_character_and_short_ones_may_not():
    """Up to eight characters the ear counts."""
    assert measure(["守牢临河镇的每一段堤", "守牢青山县城的每一段堤"]).length == 1
    assert measure(["守牢堤岸", "守牢河堤岸"]).length == 0


def test_a_verb_used_twice_by_some_lowers_the_score():
    """All alike is a frame, all different is variety; two of three alike is a slip."""
    slip = measure(["压实巡河责任", "压实堤岸安全", "护好田头水渠"])
    assert slip.openings < 1
    assert slip.score < measure(PARALLEL[0]).score


def test_clauses_leave_numbers_and_marks_out():
    """The number is no clause, and quotation marks are no characters."""
    assert clauses("（十二）当好“守夜人”，看好村口；不走样") == ["当好守夜人", "看好村口", "不走样"]
    assert clauses("") == [""]


@given(st.lists(st.text("查清险段，修牢堤岸。一、的在", max_size=15), min_size=1, max_size=5))
def test_every_part_of_the_measure_lies_between_nought_and_one(headings):
    """Whatever is measured, the parts are shares and do not hang on the order of the set."""
    likeness = measure(headings)
    assert all(
        0 <= v <= 1 for v in (likeness.clauses, likeness.length, likeness.words, likeness.openings, likeness.score)
    )
    assert measure(headings[::-1]).score == likeness.score
    assert len(likeness.lengths) == len(headings)


@given(st.text("查清险段，修牢堤岸的在", min_size=1, max_size=15))
def test_a_heading_is_parallel_to_itself(heading):
    """One alone, or one twice over, is parallel."""
    assert measure([heading]).parallel
    assert measure([heading, heading]).parallel


@pytest.mark.parametrize("genre", own_library().genres.values(), ids=lambda genre: genre.name)
def test_the_headings_that_ship_are_parallel(genre):
    """Every row of section headings and frames of our own genres is parallel, whatever the theme and facet."""
    for row in genre.headings:
        assert measure([heading.format(theme="护堤清淤") for heading in row]).parallel, row
    for part in genre.parts:
        for row in part.frames:
            assert measure([frame.format(facet="巡河护堤") for frame in row]).parallel, row


@pytest.mark.parametrize("theme", own_library().themes.values(), ids=lambda theme: theme.name)
def test_the_pairs_that_ship_are_parallel_across_facets(theme):
    """Pairs of any two facets can stand side by side."""
    heads = ["，".join(head) for facet in theme.facets for head in facet.heads]
    assert measure(heads).length == 1
    assert measure(heads).clauses == 1
