"""The structure step with Textual's Pilot: the tree of parts changed and taken back, sets of headings proposed, shares told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from walking import _one_desk, _seldom_collected, _work_folder  # noqa: F401 - fixtures
from walking import walk as _walk

from tui.app import NigaoApp  # noqa: F401 - the cures come before Textual

from textual.widgets import Footer, Input, OptionList, Static  # isort: skip

from drafting.heading_sets import HeadingSet, point_sets, section_sets
from drafting.model import Outline
from drafting.parallel import measure
from drafting.restructure import added, moved, pinned
from drafting.session import Session
from drafting.shares import FEW, MANY, shares
from drafting.summary import said
from phrasebank.search import Stack
from tui.screens.dialogs import PickFacets
from tui.screens.headings import AskHeading, PickHeadings, PickPart, _face
from tui.screens.sections import SectionsScreen, sizes_of
from tui.screens.writing_help import WRITING
from tui.widgets.ticks import Ticks


def walk(size=(72, 18)):
    """A small terminal: drawing takes most of the time of these tests."""
    return _walk(size)


@pytest.fixture(autouse=True)
def _unchecked(monkeypatch):
    """What the checks say of a draft after every change is told by other tests, and would take most of the time of these."""
    monkeypatch.setattr("drafting.checks.check", lambda *_, **__: ())


@pytest.fixture
def session(builtin, library):
    return Session(library, Stack((), builtin), Outline("研讨发言", "安全生产"))


def headings(session):
    return [section.heading for section in session.plan.sections]


def seen(session):
    """What the tree shows of headings and facets."""
    return [(s.part.name, s.heading, [(p.facet, p.heading) for p in s.points]) for s in session.plan.sections]


def shown(w, name):
    return str(w.screen.query_one(name, Static).render())


# What is proposed


@pytest.mark.parametrize("genre", ["研讨发言", "党课", "工作总结"])
def test_sets_are_measured_distinct_and_led_by_the_one_in_use(builtin, library, genre):
    session = Session(library, Stack((), builtin), Outline(genre, "安全生产"))
    body = next(n for n, s in enumerate(session.plan.sections) if any(p.heading for p in s.points))
    for sets in (section_sets(session.outline, library), point_sets(session.outline, library, body)):
        assert [one.used for one in sets] == [True] + [False] * (len(sets) - 1)
        assert len(sets) > 1
        assert all(one.likeness == measure(one.headings) for one in sets)
        own = {f"{a}，{b}" for f in session.plan.theme.facets for p in (f.heads, *f.said.values(), *f.heads_of.values()) for a, b in p}
        scores = [(all(head in own for head in one.headings), one.likeness.score) for one in sets[1:]]
        assert scores == sorted(scores, reverse=True), "headings that bring a paragraph of their own come before frames"
        assert len({one.headings for one in sets}) == len(sets)


def test_a_part_without_headings_has_no_sets(session):
    assert point_sets(session.outline, session.library, 0) == ()


def test_a_new_part_stands_parallel_and_treats_other_facets(session):
    before = seen(session)
    assert session.apply(lambda o: added(o, session.library, 2, "认识"))
    after = seen(session)
    assert after[:2] + after[3:] == before, "what stood there stays"
    name, heading, points = after[2]
    assert name == "认识"
    assert measure([h for h in headings(session) if h]).parallel
    assert heading not in [row[1] for row in before]
    assert not {facet for facet, _ in points} & {facet for facet, _ in before[1][2]}
    assert len({b.slot[0] for b in session.draft.blocks if b.slot[0] >= 0}) == len(after), "it is written too"


def test_moving_a_part_changes_no_heading_and_no_facet(session):
    before = seen(session)
    assert session.apply(lambda o: moved(o, session.library, 1, 1))
    assert seen(session) == [before[0], before[2], before[1], *before[3:]]
    assert moved(session.outline, session.library, 4, 1) is session.outline


def test_writing_the_tree_down_shows_the_same_tree(session):
    before = seen(session)
    session.apply(lambda o: pinned(o, session.library))
    assert seen(session) == before


def test_a_share_is_judged_against_the_genre_and_parts_that_stand_twice_together(session):
    assert [one.verdict for one in shares(session.draft, session.plan)] == [""] * 5
    before = len(session.past)
    for section in (1, 2):  # with two parts left almost empty the others have more than their share, whatever the draft
        session.put_items(section, 0, ["只说一句话。"])
        session.put_items(section, 1, [])
    verdicts = [one.verdict for one in shares(session.draft, session.plan)]
    assert verdicts[1] == verdicts[2] == FEW
    assert MANY in verdicts
    while len(session.past) > before:
        session.undo()
    session.apply(lambda o: added(o, session.library, 2, "认识"))
    taken = shares(session.draft, session.plan)
    assert taken[1].verdict == taken[2].verdict == MANY, "the range is that of both together"


def test_one_heading_alone_has_no_score():
    row = ("守住一道关，练熟一双手",)
    assert "分" not in str(_face(1, HeadingSet(row, measure(row)), 60, ()))


# The step


async def test_a_set_of_headings_is_chosen_and_taken_back_in_one_step():
    async with walk() as w:
        await w.to(SectionsScreen)
        before, past = headings(w.session), len(w.session.past)
        await w.press("f4")
        assert isinstance(w.screen, PickHeadings)
        faces = [str(option.prompt) for option in w.screen.query_one(OptionList).options]
        assert "现在用的" in faces[0]
        assert all("分\n" in face and "━" in face for face in faces)
        parts = [section.part.name for section in w.session.plan.sections if section.heading]
        for face in faces:
            assert [line.split()[0] for line in face.splitlines()[1:] if "━" not in line.split()[0]] == parts, "what each stands over"
        wanted = w.screen.sets[2].headings
        await w.press("down", "enter")
        assert isinstance(w.screen, SectionsScreen)
        assert tuple(h for h in headings(w.session) if h) == wanted
        assert f"{measure(wanted).score * 100:.0f}分" in shown(w, "#tree-hint")
        assert len(w.session.past) == past + 1
        await w.press("ctrl+z")
        assert headings(w.session) == before
        await w.press("f4", "escape", "f4", "up", "f3")
        assert headings(w.session) == before, "the set in use changes nothing"
        assert "原来" in w.said()[-1]


async def test_run_in_headings_of_a_part_are_chosen_and_facets_stay():
    async with walk() as w:
        await w.to(SectionsScreen)
        await w.press("f5")
        assert isinstance(w.screen, SectionsScreen), "the opening has none"
        assert w.said()
        await w.press("down")
        before = w.session.plan.sections
        await w.press("f5")
        wanted = w.screen.sets[1].headings
        await w.press("f3")
        after = w.session.plan.sections
        assert tuple(p.heading for p in after[1].points) == wanted
        assert [p.facet for p in after[1].points] == [p.facet for p in before[1].points]
        assert headings(w.session) == [s.heading for s in before]
        assert wanted[0] in w.session.draft.text


async def test_headings_that_bring_paragraphs_of_their_own_say_so():
    async with walk() as w:
        await w.to(SectionsScreen)
        await w.press("down")
        before = w.screen._bodies()
        elsewhere = [b.text for b in w.session.draft.blocks if b.slot[0] not in (1, -1)]
        told = 0
        for number in range(1, 6):
            w.said().clear()
            await w.press("f5")
            w.screen.query_one(OptionList).highlighted = number
            await w.press("f3")
            moved = (before - w.screen._bodies()).total()
            assert [b.text for b in w.session.draft.blocks if b.slot[0] not in (1, -1)] == elsewhere, "other parts stay as they are"
            assert bool(moved) == any(f"正文也跟着换了{moved}段" in line for line in w.said()), w.said()
            told += bool(moved)
            await w.press("ctrl+z")
            assert w.screen._bodies() == before
        assert told


async def test_a_heading_that_breaks_the_set_is_told_while_typing_and_allowed():
    async with walk() as w:
        await w.to(SectionsScreen)
        await w.press("down", "f6")
        assert isinstance(w.screen, AskHeading)
        assert shown(w, "#parallel").startswith("和同级标题 对仗")
        w.screen.query_one(Input).value = "把责任扛在肩上"
        await w.settle()
        assert "不对仗" in shown(w, "#parallel")
        assert "第 1 条" in shown(w, "#parallel")
        await w.press("enter")
        assert "把责任扛在肩上" in w.session.draft.text
        assert w.said()[-1].startswith("改前对仗")
        assert "分，现在不对仗" in w.said()[-1], "a whole sentence"
        assert "第 1 条" in w.said()[-1]
        assert "不对仗" in shown(w, "#tree-hint")
        await w.press("ctrl+z")
        assert w.said()[-1].startswith("退回：改大标题“")
        assert "不对仗" not in shown(w, "#tree-hint")


async def test_parts_are_added_moved_and_removed_forward_and_back():
    async with walk((80, 24)) as w:
        await w.to(SectionsScreen)
        before = seen(w.session)
        await w.press("down", "f9")
        assert isinstance(w.screen, PickPart)
        listed = w.screen.query_one(OptionList)
        listed.highlighted = listed.get_option_index("打算")
        await w.press("f3")
        assert [row[0] for row in seen(w.session)] == ["开头", "认识", "打算", "查摆", "打算", "结尾"]
        assert w.screen.at == (2, -1), "the highlight is on the new part"
        await w.press("shift+down")
        assert [row[0] for row in seen(w.session)][2:4] == ["查摆", "打算"]
        assert w.screen.at == (3, -1)
        await w.press("f8")
        assert seen(w.session) == before
        await w.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert seen(w.session) == before
        await w.press("f9", "escape")
        assert seen(w.session) == before


async def test_a_point_is_moved_and_removed_on_its_own_row():
    async with walk() as w:
        await w.to(SectionsScreen)
        await w.press("down", "down")
        assert w.screen.at == (1, 0)
        before = seen(w.session)
        first, second, *others = before[1][2]
        await w.press("shift+down")
        assert seen(w.session)[1][2] == [second, first, *others]
        assert w.screen.at == (1, 1)
        await w.press("f8")
        assert seen(w.session)[1][2] == [second, *others]
        assert len(seen(w.session)) == len(before)
        await w.press(*["f8"] * (len(others) + 1))
        (last,) = seen(w.session)[1][2]
        assert last in (second, *others), "the last facet stays"
        await w.press(*["ctrl+z"] * (len(others) + 2))
        assert seen(w.session) == before


async def test_the_last_part_stays():
    async with walk() as w:
        await w.to(SectionsScreen)
        for _ in range(7):
            w.screen.rows.highlighted = 0
            await w.press("f8")
        assert len(w.session.plan.sections) == 1
        assert "至少" in w.said()[-1]


async def test_facets_are_picked():
    async with walk() as w:
        await w.to(SectionsScreen)
        await w.press("down", "f7")
        assert isinstance(w.screen, PickFacets)
        ticks = w.screen.query_one(Ticks)
        before = list(ticks.picked)
        planned = w.session.plan.sections[1]
        assert ticks.highlighted == 0, "at the first row, whether it is ticked or not"
        assert f"整个“{planned.part.name}”部分" in w.screen.heading
        assert planned.heading in w.screen.heading
        await w.press("f1", "escape")
        for name in before:
            ticks.highlighted = ticks.get_option_index(name)
            await w.press("space")
        await w.press("f3")
        assert isinstance(w.screen, PickFacets), "none at all is refused"
        ticks.highlighted = 4
        assert "[ ]" in str(ticks.highlighted_option.prompt)
        await w.press("space", "f3")
        facets = [p.facet for p in w.session.plan.sections[1].points]
        assert set(filter(None, facets)) == {w.session.plan.theme.facets[4].name}
        assert all(name in w.said()[-1] for name in before if name not in facets), "it says what has gone"
        assert "没有动" in w.said()[-1]


def test_a_heading_typed_by_hand_leaves_the_figures_of_its_neighbours(session):
    """Settled paragraphs stand each by itself; those without a heading are still counted with the one over them."""
    session.outline = replace(session.outline, minutes=12)
    section = next(n for n, s in enumerate(session.plan.sections) if any(not b.lead and b.slot[1] >= 0 for b in session.paragraphs(n)[1:]))
    points = [n for n, p in enumerate(session.plan.sections[section].points) if p.heading]
    before = [sizes_of(session)[section, n] for n in points]
    old = len(session.plan.sections[section].points[points[0]].heading)
    assert session.rename_point(section, points[0], "一、把隐患找在前头")
    points = [n for n, p in enumerate(session.plan.sections[section].points) if p.heading]
    after = [sizes_of(session)[section, n] for n in points]
    assert session.plan.sections[section].points[points[0]].heading == "把隐患找在前头"
    assert [after[0] - 7 + old, *after[1:]] == before


def test_what_the_screen_calls_things_is_explained():
    for word in ("侧面", "对仗", "宜4–10%", "待填"):
        assert word in SectionsScreen.help_text
    for word in ("侧面", "观点句", "宜4–10%", "第几行", "待填"):
        assert word in WRITING


async def test_a_draft_that_is_short_says_that_filling_it_in_makes_it_longer():
    async with walk() as w:
        await w.to(SectionsScreen)
        assert said(w.session.draft) < w.session.plan.characters or not w.screen._grows()
        w.session.apply(lambda o: replace(o, minutes=30))
        w.screen.refresh_step()
        await w.settle()
        assert "稿子还会长些" in shown(w, "#tree-hint")
        w.session.apply(lambda o: replace(o, minutes=1))
        w.screen.refresh_step()
        await w.settle()
        assert "稿子还会长些" not in shown(w, "#tree-hint")


async def test_the_tree_tells_characters_and_shares_at_every_width():
    async with walk((80, 24)) as w:
        await w.to(SectionsScreen)
        taken = shares(w.session.draft, w.session.plan)
        for size in ((80, 24), (40, 20), (120, 36)):
            await w.resize(*size)
            await w.settle()
            rows = {option.id: str(option.prompt) for option in w.screen.rows.options}
            assert all(f"{one.characters}字" in rows[f"s{n}"] and one.wanted in rows[f"s{n}"] for n, one in enumerate(taken))
            ends = {row.rstrip() for row in rows.values()}
            assert all(max(map(len, row.split("\n"))) <= size[0] for row in ends)
        assert sum("字" in row for row in rows.values()) == len(rows), "points tell theirs too"


async def test_the_keys_fit_eighty_columns():
    async with walk((80, 24)) as w:
        await w.to(SectionsScreen)
        footer = w.screen.query_one(Footer)
        assert footer.max_scroll_x == 0
        assert footer.children[-1].region.right <= 80
