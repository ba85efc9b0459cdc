"""An outline made explicit: every choice left open is made by the seed, and by nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import own_library
from hypothesis import given
from hypothesis import strategies as st

from drafting.errors import ConfigError
from drafting.model import Outline, Point, Profile, SectionPlan
from drafting.parallel import measure
from drafting.plan import CHARACTERS_A_MINUTE, MOST_POINTS, draw, length, plan
from drafting.themes import theme_from

LIBRARY = own_library()
CASES = [(genre, theme) for genre in LIBRARY.genres for theme in LIBRARY.themes]
SEEDS = range(4)


@pytest.mark.parametrize("genre", LIBRARY.genres)
def test_every_headed_section_has_its_own_heading(genre):
    """Each part that bears a heading gets the one written for it, numbered in order; the others get none."""
    for theme, seed in ((theme, seed) for theme in LIBRARY.themes for seed in SEEDS):
        planned = plan(Outline(genre, theme, seed=seed), LIBRARY)
        headed = [section for section in planned.sections if section.part.heading]
        rows = [tuple(h.format(theme=theme) for h in row) for row in planned.genre.headings]
        assert tuple(section.heading for section in headed) in rows or not headed
        assert [section.number for section in headed] == list(range(1, len(headed) + 1))
        assert all(not s.heading and not s.number for s in planned.sections if not s.part.heading)
        assert not headed or measure([section.heading for section in headed]).parallel, [s.heading for s in headed]


@pytest.mark.parametrize("genre", LIBRARY.genres)
def test_the_points_of_a_section_are_parallel_and_all_different(genre):
    """Every section treats as many facets as its part says, more where it is long and its headings are the facets' own, each once,
    under headings that stand parallel, or none at all."""
    for theme, seed in ((theme, seed) for theme in LIBRARY.themes for seed in SEEDS):
        for section in plan(Outline(genre, theme, seed=seed), LIBRARY).sections:
            more = max(0, MOST_POINTS - section.part.points) if section.part.runin else 0
            assert section.part.points <= len(section.points) <= section.part.points + more
            facets = [point.facet for point in section.points]
            assert len(set(facets)) == len(facets)
            headings = [point.heading for point in section.points]
            assert all(bool(heading) == section.part.runin for heading in headings)
            assert not any(headings) or measure(headings).parallel, headings


@given(st.integers(0, 2**63), st.sampled_from(CASES))
def test_the_same_outline_gives_the_same_plan(seed, case):
    """A plan depends on the outline alone."""
    outline = Outline(*case, seed=seed)
    assert plan(outline, LIBRARY) == plan(replace(outline), LIBRARY)


def test_another_seed_gives_another_plan():
    """Twenty villages do not get one plan."""
    plans = [plan(Outline("研讨发言", "安全生产", seed=seed), LIBRARY) for seed in range(20)]
    assert len({tuple(p.heading for s in one.sections for p in s.points) for one in plans}) > 10
    assert len({one.title for one in plans}) > 1


@given(st.integers(), st.text(), st.integers(1, 50))
def test_a_draw_is_within_its_range_and_stays(seed, slot, count):
    """A draw depends on seed and slot alone."""
    assert 0 <= draw(seed, slot, count) < count
    assert draw(seed, slot, count) == draw(seed, slot, count)


def test_draws_of_other_slots_are_independent():
    """A changed section leaves the others as they were: each slot draws for itself."""
    assert len({draw(7, f"slot {n}", 1000) for n in range(50)}) > 40


def test_drawing_from_nothing_is_the_first():
    """A set without members does not divide by zero."""
    assert draw(1, "slot", 0) == 0


def test_what_the_writer_gives_is_kept():
    """Given title, headings, facets and salutation are not overruled."""
    outline = Outline(
        "研讨发言", "安全生产", title="把河堤守牢", salutation="乡亲们：",
        sections=(
            SectionPlan("打算", heading="说说打算", points=(Point("应急处置", heading="先把沙袋备足"), Point("隐患排查"))),
            SectionPlan("认识"),
        ),
    )  # fmt: skip
    planned = plan(outline, LIBRARY)
    assert (planned.title, planned.salutation) == ("把河堤守牢", "乡亲们：")
    assert [(s.part.name, s.number) for s in planned.sections] == [("打算", 1), ("认识", 2)]
    assert planned.sections[0].heading == "说说打算"
    assert [(p.facet, bool(p.heading)) for p in planned.sections[0].points] == [("应急处置", True), ("隐患排查", True)]
    assert planned.sections[0].points[0].heading == "先把沙袋备足"


def test_a_given_heading_leaves_the_others_theirs():
    """The heading the writer set replaces one of the set; the others keep those written for their parts."""
    free = plan(Outline("研讨发言", "安全生产", seed=3), LIBRARY)
    parts = [SectionPlan(s.part.name, heading="我的标题" if s.part.name == "查摆" else "auto") for s in free.sections]
    mine = plan(Outline("研讨发言", "安全生产", seed=3, sections=tuple(parts)), LIBRARY)
    for before, after in zip(free.sections, mine.sections, strict=True):
        assert after.heading == ("我的标题" if after.part.name == "查摆" else before.heading)


def test_open_facets_are_those_not_given():
    """A point left open gets a facet the section does not treat yet."""
    section = SectionPlan("打算", points=(Point("应急处置"), Point(), Point()))
    for seed in SEEDS:
        (planned,) = plan(Outline("研讨发言", "安全生产", seed=seed, sections=(section,)), LIBRARY).sections
        facets = [point.facet for point in planned.points]
        assert facets[0] == "应急处置"
        assert len(set(facets)) == 3
        assert "" not in facets


def test_more_points_than_facets_stay_open():
    """Nothing is invented where the theme has no more facets."""
    section = SectionPlan("打算", points=tuple(Point() for _ in range(9)))
    (planned,) = plan(Outline("研讨发言", "安全生产", sections=(section,)), LIBRARY).sections
    given = [point.facet for point in planned.points if point.facet]
    assert len(planned.points) == 9
    assert sorted(given) == sorted(facet.name for facet in LIBRARY.themes["安全生产"].facets)


@pytest.mark.parametrize(
    ("outline", "characters"),
    [
        (Outline("研讨发言", "安全生产"), 1800),
        (Outline("研讨发言", "安全生产", minutes=10), 10 * CHARACTERS_A_MINUTE),
        (Outline("研讨发言", "安全生产", characters=900, minutes=10), 900),
    ],
)
def test_the_length_asked_for(outline, characters):
    """Characters as given, else minutes at reading speed, else what the genre usually has."""
    assert length(outline, LIBRARY.genres["研讨发言"]) == plan(outline, LIBRARY).characters == characters


@pytest.mark.parametrize("level", ["县", "镇", "村"])
def test_a_title_speaks_of_the_writers_level(level):
    """在全县…推进会上的讲话 is 在全镇… for a town."""
    title = plan(Outline("会议讲话", "安全生产", profile=Profile(level)), LIBRARY).title
    assert f"全{level}" in title
    assert "{" not in title


@pytest.mark.parametrize(
    ("genre", "theme", "near"), [("研讨", "安全生产", "研讨发言"), ("研讨发言", "安全生厂", "安全生产")]
)
def test_unknown_names_are_told_with_the_nearest(genre, theme, near):
    """A genre or theme that is not there is an error with the nearest right name."""
    with pytest.raises(ConfigError, match=near):
        plan(Outline(genre, theme), LIBRARY)


LED = theme_from({
    "name": "护河", "words": ["河"],
    "facets": [{
        "name": "清淤通渠", "words": ["淤"], "heads": [["清走一段淤泥", "引来两岸活水"]],
        "heads_of": {"pledge": ["守着一段河堤，捞起几截枯枝"], "problem": ["淤泥堆上河岸，雨天又冲回去"]},
        "led": {"pledge": ["定下清淤次序，按月听取回话"], "measure": ["排出河段先后，分清各自担子"]},
    }],
})  # fmt: skip


@pytest.mark.parametrize(("level", "pledges", "measures"), [
    ("村", ["守着"], ["清走"]), ("学校", ["守着"], ["清走"]),
    ("镇", ["定下", "守着"], ["排出", "清走"]),
    ("县", ["定下"], ["排出"]), ("局", ["定下"], ["排出"]),
])  # fmt: skip
def test_who_leads_promises_what_one_who_leads_can_keep(level, pledges, measures):
    """A county's head says of himself nothing that others do by hand; every heading stays the facet's own whoever speaks."""
    (facet,) = LED.said_at(level).facets
    assert [first[:2] for first, _ in facet.pairs_for("pledge")] == pledges
    assert [first[:2] for first, _ in facet.pairs_for("measure")] == measures
    assert [first[:2] for first, _ in facet.pairs_for("problem")] == ["淤泥"]
    assert facet.owned("守着一段河堤，捞起几截枯枝。")
    assert facet.owned("定下清淤次序，按月听取回话")


def test_facets_know_their_place():
    """Which heading a facet takes hangs on its place in the theme, not on which others are treated beside it."""
    for theme in LIBRARY.themes.values():
        assert [facet.place for facet in theme.facets] == list(range(len(theme.facets)))
