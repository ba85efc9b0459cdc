"""A session's promises: undo leads back to the first state, what is saved gives the same text, nothing changes unseen."""

from __future__ import annotations

import random

import pytest

from drafting import actions
from drafting.errors import NigaoError
from drafting.model import Blank, Fact, Outline, Point, Profile, SectionPlan
from drafting.outline import dump, loads
from drafting.session import Session, same
from phrasebank.search import Query, Stack

GENRES, THEMES = ("研讨发言", "会议讲话", "党课"), ("安全生产", "正确政绩观")


@pytest.fixture
def stack(builtin):
    return Stack((), builtin)


@pytest.fixture
def make(library, stack):
    def build(genre="研讨发言", theme="安全生产", **fields) -> Session:
        fields.setdefault("profile", Profile("镇", "临河镇", "临河镇党委", "组织委员", "", 2026))
        return Session(library, stack, Outline(genre, theme, **fields))

    return build


def _body(session: Session, section: int) -> list[str]:
    return [block.text for block in session.paragraphs(section)]


def _measures(session: Session) -> int:
    """The section with the plan's measures: it has points in every genre."""
    return next(i for i, s in enumerate(session.plan.sections) if s.part.role == "measure" and s.part.points)


# Settling


@pytest.mark.parametrize("genre", GENRES)
@pytest.mark.parametrize("theme", THEMES)
def test_settling_every_section_changes_no_word(make, genre, theme):
    session = make(genre, theme)
    before = session.draft.text
    for section in range(len(session.plan.sections)):
        session.edit(section, lambda outline: outline)
    assert session.draft.text == before
    assert all(actions.is_settled(section) for section in session.outline.sections)


def test_settled_facts_and_leading_blanks_stay(make):
    """A fact's sentence between two phrases and a blank at a phrase's beginning are neither lost nor doubled."""
    fact = Fact("新改建农村公路", "36", "公里", 2025, "镇经济发展办")
    sections = (SectionPlan("认识", points=(Point("责任落实", facts=(fact.name,)), Point("应急处置"))),)
    session = make(facts=(fact,), sections=sections)
    before = session.draft.text
    assert "新改建农村公路36公里" in before
    session.edit(0, lambda outline: outline)
    assert session.draft.text == before


def test_items_are_the_paragraph(make):
    session = make("会议讲话")
    for section in range(len(session.plan.sections)):
        for number, block in enumerate(session.paragraphs(section)):
            text = block.lead_text + "".join(item.text for item in session.items(section, number))
            assert text == block.text


# Undo, redo, saving


def _moves(session: Session, chance: random.Random):
    section = chance.randrange(len(session.plan.sections))
    paragraphs = session.paragraphs(section)
    paragraph = chance.randrange(len(paragraphs)) if paragraphs else 0
    items = session.items(section, paragraph) if paragraphs else ()
    uses = [item.use for item in items]
    facets = [facet.name for facet in session.plan.theme.facets]
    yield lambda: session.swap(section, paragraph, chance.randrange(len(items))) if items else None
    yield lambda: session.put_items(section, paragraph, uses[1:]) if paragraphs else None
    yield lambda: session.put_items(section, paragraph, [*uses, "自己写的一句。"]) if paragraphs else None
    yield lambda: session.retype(section, paragraph, ["改写成两段。", "这是第二段。"]) if paragraphs else None
    yield lambda: session.head(section, paragraph, "另拟的小标题") if paragraphs else None
    yield session.redraw_headings
    yield lambda: session.redraw_point_headings(section)
    yield lambda: session.choose_facets(section, chance.sample(facets, 2)) if session.plan.sections[section].part.points else None
    yield lambda: session.structure(lambda o: actions.move_section(o, section, chance.choice((-1, 1))))
    yield lambda: session.structure(lambda o: actions.remove_section(o, section))
    yield lambda: session.structure(lambda o: actions.set_heading(o, section, "自拟的标题"))
    yield lambda: session.apply(lambda o: actions.change(o, minutes=chance.choice((5, 8, 12))))
    yield lambda: session.apply(lambda o: actions.set_fact(o, Fact("开展安全检查", str(chance.randrange(9)), "次")))


@pytest.mark.parametrize("seed", range(6))
def test_any_sequence_of_actions_can_be_undone_redone_and_saved(make, library, seed):
    chance = random.Random(seed)
    session = make(GENRES[seed % 3], THEMES[seed % 2])
    first = session.outline, session.draft.text
    for _ in range(10):
        chance.choice(list(_moves(session, chance)))()
        assert same(session.outline, library)
        again = Session(library, session.stack, loads(dump(session.outline), "", library)[0])
        assert again.draft.text == session.draft.text
    last = session.outline, session.draft.text
    while session.undo():
        pass
    assert (session.outline, session.draft.text) == first
    while session.redo():
        pass
    assert (session.outline, session.draft.text) == last


def test_typing_in_a_field_is_one_step_for_undo(make):
    session = make()
    for place in ("青", "青山", "青山县"):
        session.apply(lambda o, p=place: actions.change(o, title=p), "title")
    assert session.undo()
    assert session.outline.title == ""
    assert not session.undo()


def test_an_undone_field_begins_a_new_step(make):
    session = make()
    session.apply(lambda o: actions.change(o, title="一稿"), "title")
    session.undo()
    session.apply(lambda o: actions.change(o, title="二稿"), "title")
    session.undo()
    assert session.outline.title == ""


def test_what_cannot_be_rendered_is_not_done(make):
    session = make()
    before = session.outline
    with pytest.raises(NigaoError):
        session.apply(lambda o: actions.change(o, theme="没有的主题"))
    assert session.outline is before
    assert not session.past


# Writing


def test_a_sentence_here_changes_no_word_there(make):
    session = make("会议讲话")
    section = _measures(session)
    others = {i: _body(session, i) for i in range(len(session.plan.sections)) if i != section}
    uses = [item.use for item in session.items(section, 0)]
    session.put_items(section, 0, [*uses, "我们要把责任压到人头、把隐患清到源头，一级带着一级干，一件接着一件办，办一件成一件。" * 3])
    assert {i: _body(session, i) for i in others} == others


def test_swapping_goes_through_the_candidates_without_repeating_one(make):
    session = make()
    section = _measures(session)
    seen = []
    for _ in range(5):
        assert session.swap(section, 0, 0)
        item = session.items(section, 0)[0]
        phrase = session.stack.by_id(item.phrase)
        assert phrase.polarity == "plain"
        seen.append(item.use)
    assert len(set(seen)) == 5


def test_offers_are_neither_used_nor_negative(make):
    session = make()
    hits = session.offers(Query(role="measure", theme="安全生产"))
    assert hits
    assert not session.used & {hit.phrase.id for hit in hits}
    assert {hit.phrase.polarity for hit in hits} == {"plain"}


def test_a_paragraph_typed_over_keeps_the_phrases_that_still_stand(make):
    session = make()
    section = _measures(session)
    items = session.items(section, 0)
    kept = [item for item in items if item.phrase][1]
    session.retype(section, 0, [f"先说一句自己的话。{kept.text}再补一句。"])
    after = session.items(section, 0)
    assert [item.use for item in after] == ["先说一句自己的话。", kept.use, "再补一句。"]


def test_another_line_is_another_paragraph(make):
    session = make()
    section = _measures(session)
    count = len(session.paragraphs(section))
    session.retype(section, 0, ["第一段的话。", "第二段的话。"])
    assert _body(session, section)[1] == "第二段的话。"
    assert len(session.paragraphs(section)) == count + 1


def test_facets_that_stay_keep_their_words(make):
    session = make()
    section = _measures(session)
    session.swap(section, 0, 0)
    kept = session.facet_of(section, 0)
    text = session.items(section, 0)
    new = next(f.name for f in session.plan.theme.facets if f.name not in {p.facet for p in session.plan.sections[section].points})
    session.choose_facets(section, [kept, new])
    assert [session.facet_of(section, i) for i in range(2)] == [kept, new]
    assert session.items(section, 0) == text
    assert session.items(section, 1)


def test_headings_are_redrawn_as_a_set_and_come_round(make):
    session = make()
    first = [s.heading for s in session.plan.sections]
    seen = [first]
    while session.redraw_headings() and [s.heading for s in session.plan.sections] != first:
        seen.append([s.heading for s in session.plan.sections])
        assert len(seen) < 20
    assert len(seen) > 1
    assert len({tuple(row) for row in seen}) == len(seen)


def test_one_run_in_heading_renamed_leaves_its_neighbours(make):
    session = make()
    section = _measures(session)
    before = [p.heading for p in session.plan.sections[section].points]
    session.rename_point(section, 0, "把隐患找在前头")
    assert [p.heading for p in session.plan.sections[section].points] == ["把隐患找在前头", *before[1:]]


def test_the_last_paragraph_leaves_an_empty_one(make):
    """No point would mean the genre's own, and the words the writer threw out would come back."""
    session = make()
    while len(session.paragraphs(0)) > 1:
        session.put_items(0, 0, [])
    session.put_items(0, 0, [])
    assert _body(session, 0) == [""]


# Blanks


def _blanks(session: Session) -> list[tuple[int, Blank]]:
    return [(n, s.origin.blank) for n, b in enumerate(session.draft.blocks) for s in b.spans if s.origin.blank]


def test_every_blank_can_be_answered(make):
    session = make("会议讲话", date="")
    for _ in range(60):
        left = _blanks(session)
        if not left:
            break
        number, blank = left[0]
        value = "" if blank.doubtful else "甲"
        assert session.fill(number, blank, Fact(blank.what, value, blank.unit if not blank.doubtful else ""))
        assert len(_blanks(session)) < len(left)
    assert not _blanks(session)


def test_a_figure_goes_through_the_fact_sheet(make):
    session = make("会议讲话")
    number, blank = next((n, b) for n, b in _blanks(session) if b.kind == "数据")
    session.fill(number, blank, Fact(blank.what, "12", blank.unit, 2025, "镇应急办"))
    assert session.outline.facts[0].source == "镇应急办"
    spans = session.draft.blocks[number].spans
    assert any(span.origin.kind == "fact" and "12" in span.text for span in spans)


def test_speaker_and_date_are_answered_by_profile_and_outline(make):
    session = make()
    session.fill(1, Blank("人名", "发言人姓名"), Fact("发言人姓名", "张三"))
    session.fill(2, Blank("时间", "发言日期"), Fact("发言日期", "2026年3月12日"))
    assert session.outline.profile.name == "张三"
    assert session.outline.date == "2026年3月12日"


# Words


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("一句。两句！三句", ("一句。", "两句！", "三句")),
        ("“引一句。”再说。", ("“引一句。”", "再说。")),
        ("一句。OK。", ("一句。OK。",)),
        ("2025。一句。", ("2025。一句。",)),
        ("", ()),
        ("……", ("……",)),
    ],
)
def test_own_words_are_cut_so_that_no_piece_reads_as_an_id(text, rows):
    assert actions.split(text) == rows


def test_another_theme_takes_the_sections_with_it(make, library):
    session = make()
    session.swap(1, 0, 0)
    session.apply(lambda o: actions.retarget(o, library, theme="民生实事"))
    assert session.outline.sections == ()
    assert session.undo()
    assert session.outline.sections
