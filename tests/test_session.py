"""A session's promises: undo leads back to the first state, what is saved gives the same text, nothing changes unseen."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafting import actions
from drafting.errors import NigaoError
from drafting.model import Blank, Fact, Outline, Point, Profile, SectionPlan
from drafting.outline import dump, loads
from drafting.session import Session, same
from drafting.suggest import slots, suggestions
from drafting.swapping import ALIKE, PASSAGE, SLACK
from drafting.voices import plans
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


def _headed(make) -> Session:
    """A session whose measures begin with a headed paragraph, and no line of the template's."""
    sessions = (make(seed=seed) for seed in range(1, 60))
    return next(s for s in sessions if (w := _measures(s)) and all(b.lead for b in s.paragraphs(w)[:2]))


def _with_sentences(session: Session, section: int, count: int) -> None:
    """Puts so many single sentences into the first paragraph: most are drawn as one phrase, a whole paragraph."""
    phrases = [hit.phrase for hit in session.offers(Query(role="measure", theme="安全生产")) if hit.phrase.kind == "sentence"]
    session.put_items(section, 0, [phrase.id for phrase in phrases[:count]])


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


OWN = st.sampled_from([
    "这件事我自己盯着办。", "我说三句。一句。两句！", " 前后有空格 ", "「引一句。」再说。", "〔待填：数据｜入户走访｜户〕我再核。",
    "{place}{{ 1 }}%", "a: b # c", "—— - x", "甲\n乙", "\u3000全角\x85空格\u2028行", "𠮷字也行。", "",
]) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)  # fmt: skip
STEPS = st.lists(st.tuples(st.integers(0, 23), st.integers(0, 10**6), OWN), min_size=1, max_size=4)


def _step(session: Session, move: int, chance: random.Random, own: str) -> None:
    """Does one of all the things a writer can do, at a place of chance."""
    section = chance.randrange(len(session.plan.sections))
    paragraphs = session.paragraphs(section)
    paragraph = chance.randrange(len(paragraphs)) if paragraphs else 0
    items = session.items(section, paragraph) if paragraphs else ()
    index = chance.randrange(len(items)) if items else 0
    uses = [item.use for item in items]
    facets = [facet.name for facet in session.plan.theme.facets]
    bears_points = bool(session.plan.sections[section].part.points)
    there = slots(session)
    slot = chance.choice(there)
    offered = suggestions(session, slot, 4) if move == 23 else ()
    library, step = session.library, chance.choice((-1, 1))
    part = chance.choice(session.plan.genre.parts).name
    moves = {
        0: lambda: items and session.swap(section, paragraph, index),
        1: lambda: paragraphs and session.put_items(section, paragraph, uses[1:]),
        2: lambda: items and session.insert(section, paragraph, index, own),
        3: lambda: paragraphs and session.retype(section, paragraph, [own, "这是第二段。"]),
        4: lambda: paragraphs and session.head(section, paragraph, own),
        5: session.redraw_headings,
        6: lambda: session.redraw_point_headings(section),
        7: lambda: bears_points and session.choose_facets(section, chance.sample(facets, 2)),
        8: lambda: session.structure(lambda o: actions.move_section(o, section, step)),
        9: lambda: session.structure(lambda o: actions.remove_section(o, section)),
        10: lambda: session.structure(lambda o: actions.set_heading(o, section, own)),
        11: lambda: session.apply(lambda o: actions.change(o, minutes=chance.choice((5, 8, 12)), title=own, occasion=own)),
        12: lambda: session.apply(lambda o: actions.set_fact(o, Fact("开展安全检查", str(chance.randrange(9)), "次", source=own))),
        13: lambda: session.apply(lambda o: actions.remove_fact(o, "开展安全检查")),
        14: lambda: items and session.put(section, paragraph, index, own),
        15: lambda: session.structure(lambda o: actions.add_section(o, section, part, own)),
        16: lambda: paragraphs and session.move_paragraph(section, paragraph, step),
        17: lambda: paragraphs and session.lock(section, paragraph, chance.random() < 0.7),
        18: lambda: paragraphs and session.redraw(section),
        19: lambda: session.retarget(theme=chance.choice(THEMES)),
        20: lambda: session.retarget(genre=chance.choice(GENRES)),
        21: lambda: paragraphs and session.insert_paragraph(section, paragraph, own),
        22: lambda: session.apply(lambda o: actions.change(o, seed=o.seed + 1, cases=(own,))),
        23: lambda: offered and session.choose(slot, chance.choice(offered)),
    }
    assert library is session.library
    moves[move]()


@given(STEPS, st.sampled_from(GENRES), st.sampled_from(THEMES))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_actions_can_be_undone_redone_and_saved(make, library, steps, genre, theme):
    """Undone to the first state, redone to the last, and after each step what is saved and read gives the same draft."""
    session = make(genre, theme)
    first = session.outline, session.draft.text
    for move, dice, own in steps:
        _step(session, move, random.Random(dice), own)
        assert same(session.outline, library)
        again = Session(library, session.stack, loads(dump(session.outline), "", library)[0])
        assert again.draft.text == session.draft.text
    last = session.outline, session.draft.text
    done = len(session.past)
    while session.undo():
        pass
    assert (session.outline, session.draft.text) == first
    assert len(session.future) == done
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
    paragraphs = range(len(session.paragraphs(section)))
    paragraph, at = next((p, n) for p in paragraphs for n, item in enumerate(session.items(section, p)) if item.phrase)
    for _ in range(5):
        assert session.swap(section, paragraph, at)
        item = session.items(section, paragraph)[at]
        phrase = session.stack.by_id(item.phrase)
        assert phrase.polarity == "plain"
        seen.append(item.use)
    assert len(set(seen)) == 5


def test_a_passage_is_swapped_for_one_of_its_size(make):
    session = make()
    sizes = []
    for section, paragraph in ((s, p) for s in range(len(session.plan.sections)) for p in range(len(session.paragraphs(s)))):
        for index, item in enumerate(session.items(section, paragraph)):
            if item.phrase and len(item.text) > PASSAGE and session.swap(section, paragraph, index):
                after = session.items(section, paragraph)[index]
                sizes.append((len(session.stack.by_id(item.phrase).text), len(session.stack.by_id(after.phrase).text)))
                session.undo()
    assert sizes
    assert all(2 * after >= before for before, after in sizes), "no torso is left"
    assert all(abs(after - before) <= max(SLACK, ALIKE * before) for before, after in sizes), sizes


def test_offers_are_neither_used_nor_negative(make):
    session = make()
    hits = session.offers(Query(role="measure", theme="安全生产"))
    assert hits
    assert not session.used & {hit.phrase.id for hit in hits}
    assert {hit.phrase.polarity for hit in hits} == {"plain"}


def test_a_paragraph_typed_over_keeps_the_phrases_that_still_stand(make):
    session = _headed(make)
    section = _measures(session)
    _with_sentences(session, section, 2)
    items = session.items(section, 0)
    kept = [item for item in items if item.phrase][1]
    session.retype(section, 0, [f"先说一句自己的话。{kept.text}再补一句。"])
    after = session.items(section, 0)
    assert [item.use for item in after] == ["先说一句自己的话。", kept.use, "再补一句。"]


@pytest.mark.parametrize("own", ["12.5%", "OK", "……", "p1", "2026"])
def test_own_words_are_never_taken_for_an_id(make, library, own):
    """Behind a phrase, before it and alone, typed over or put as a sentence, they are printed and come back from the file."""
    session = _headed(make)
    section = _measures(session)
    phrase = next(item for item in session.items(section, 0) if item.phrase)
    session.retype(section, 0, [f"{own}{phrase.text}{own}", own])
    assert [item.phrase for item in session.items(section, 0)] == ["", phrase.use, ""]
    session.put_items(section, 2, [own])
    again = Session(library, session.stack, loads(dump(session.outline), "", library, lambda id_: session.stack.by_id(id_) is not None)[0])
    for now in (session, again):
        bodies = [block.text.removeprefix(block.lead_text) for block in now.paragraphs(section)[:3]]
        assert bodies == [f"{own}{phrase.text}{own}", own, own]
        assert not now.missing and "没有编号" not in now.draft.text


def test_another_line_is_another_paragraph(make):
    session = make()
    section = _measures(session)
    count = len(session.paragraphs(section))
    session.retype(section, 0, ["第一段的话。", "第二段的话。"])
    assert _body(session, section)[1] == "第二段的话。"
    assert len(session.paragraphs(section)) == count + 1


def test_facets_that_stay_keep_their_words(make):
    session = _headed(make)
    section = _measures(session)
    session.swap(section, 0, 0)
    kept = session.facet_of(section, 0)
    text = session.items(section, 0)
    new = next(f.name for f in session.plan.theme.facets if f.name not in {p.facet for p in session.plan.sections[section].points})
    session.choose_facets(section, [kept, new])
    assert [session.facet_of(section, i) for i in range(2)] == [kept, new]
    assert session.items(section, 0) == text
    assert session.items(section, 1)


@pytest.mark.parametrize("seed", [1, 2])
def test_another_facet_changes_nothing_but_what_was_touched(make, seed):
    """Neither in the paragraphs on facets that stay, their headings included, nor in any other section."""
    session = make(seed=seed)
    section = next(n for n, s in enumerate(session.plan.sections) if s.part.role == "significance" and len(s.points) > 1)
    there = list(dict.fromkeys(p.facet for p in session.plan.sections[section].points))
    assert not session.choose_facets(section, there), "the same facets are no change"
    new = next(f.name for f in session.plan.theme.facets if f.name not in there)

    def rows(facets):
        paragraphs = enumerate(session.paragraphs(section))
        return [
            (actions.bare_heading(b.lead_text), b.text[len(b.lead_text) :]) for n, b in paragraphs if session.facet_of(section, n) in facets
        ]

    kept, others = rows(there[1:]), [_body(session, n) for n in range(len(session.plan.sections)) if n != section]
    assert session.choose_facets(section, [*there[1:], new])
    assert rows(there[1:]) == kept
    assert [_body(session, n) for n in range(len(session.plan.sections)) if n != section] == others
    assert rows([new])
    assert not rows(there[:1])


def test_no_plan_is_offered_for_what_something_means(make):
    session = make()
    query = Query(role="significance", theme="安全生产", kind="paragraph")
    found, offered = (hits(query, 400) for hits in (session.stack.search, session.offers))
    assert any(plans(hit.phrase.template) for hit in found)
    assert offered
    assert not any(plans(hit.phrase.template) for hit in offered)


def test_headings_are_redrawn_as_a_set_and_come_round(make):
    session = make()
    first = [s.heading for s in session.plan.sections]
    seen = [first]
    while session.redraw_headings() and [s.heading for s in session.plan.sections] != first:
        seen.append([s.heading for s in session.plan.sections])
        assert len(seen) <= len(actions.SEEDS)
    assert len(seen) > 1
    assert len({tuple(row) for row in seen}) == len(seen)


def test_one_run_in_heading_renamed_leaves_its_neighbours(make):
    session = make()
    section = _measures(session)
    before = [p.heading for p in session.plan.sections[section].points]
    session.rename_point(section, 0, "把隐患找在前头")
    after = [p.heading for p in session.plan.sections[section].points if p.heading]
    assert after == ["把隐患找在前头", *filter(None, before[1:])]


def test_a_heading_typed_by_hand_leaves_every_paragraph_as_it_stands(make):
    """What the writer sees under it is his, whether the heading is one that brings a paragraph of its own or none of the facet's."""
    session = make()
    section = _measures(session)
    facet = session.plan.theme.facet(session.plan.sections[section].points[0].facet)
    for heading in ("把隐患找在前头", "，".join(facet.heads[0]), ""):
        rows = session.plan.sections[section].points  # a paragraph of the template's may stand before the first heading
        at = next(n for n, point in enumerate(rows) if point.heading)
        before = [block.text[len(block.lead_text) :] for block in session.draft.blocks if block.kind == "paragraph"]
        assert session.rename_point(section, at, heading)
        assert [block.text[len(block.lead_text) :] for block in session.draft.blocks if block.kind == "paragraph"] == before
        after = [point.heading for point in session.plan.sections[section].points if point.heading]
        assert after == [*filter(None, [heading]), *[point.heading for point in rows[at + 1 :] if point.heading]]


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


def _mined(session: Session, number: int) -> bool:
    return any(span.origin.kind == "phrase" for span in session.draft.blocks[number].spans)


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


@pytest.mark.parametrize("kind", ["speaker", "date"])
def test_filling_in_the_head_leaves_the_body(make, kind):
    """Who speaks and when changes the lines under the title, and no sentence below."""
    session = make("会议讲话", date="")
    number, blank = next((n, b) for n, b in _blanks(session) if session.draft.blocks[n].kind == kind)
    body = [b.text for b in session.draft.blocks if b.slot[0] >= 0]
    assert session.fill(number, blank, Fact(blank.what, "甲"))
    assert [b.text for b in session.draft.blocks if b.slot[0] >= 0] == body


def test_a_figure_goes_through_the_fact_sheet(make):
    sessions = (make("会议讲话", seed=seed) for seed in range(1, 40))
    session, number, blank = next((s, n, b) for s in sessions for n, b in _blanks(s) if b.kind == "数据" and _mined(s, n))
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


# Locking and drawing anew


def test_a_locked_paragraph_stays_when_its_section_is_drawn_anew(make):
    """The one before it is a single sentence, which no draw gives: where there are few whole paragraphs, one comes again by chance."""
    session = _headed(make)
    section = _measures(session)
    _with_sentences(session, section, 1)
    assert session.lock(section, 1)
    before = _body(session, section)
    for _ in range(3):
        assert session.redraw(section)
        after = _body(session, section)
        assert before[1] in after
        assert before[0] not in after
    others = [i for i in range(len(session.plan.sections)) if i != section]
    shown = {i: _body(session, i) for i in others}
    session.redraw(section)
    assert {i: _body(session, i) for i in others} == shown
    assert session.lock(section, _body(session, section).index(before[1]), False)
    assert not any(point.locked for point in session.outline.sections[section].points)


@pytest.mark.parametrize("theme", ["安全生产", "基层减负"])
def test_the_paragraph_a_heading_is_of_gives_way_to_another(make, theme):
    """It is the first of every draw, whatever the seed; who draws anew has seen it."""
    session = make(theme=theme, minutes=8)
    section = _measures(session)
    for _ in range(2):
        session.edit(section, lambda outline: outline)
        before = {tuple(point.use) for point in session.outline.sections[section].points if point.heading}
        assert session.redraw(section)
        points = session.outline.sections[section].points
        headings = [point.heading for point in points if point.heading]
        assert len(set(headings)) >= 3, "each facet has its heading"
        assert len({"，" in heading for heading in headings}) == 1, "all of one kind"
        assert not before & {tuple(point.use) for point in points if point.heading}


def test_undo_redo_and_what_was_foreseen_need_no_rendering(make, monkeypatch):
    session = make()
    section = _measures(session)
    texts = [session.draft.text]
    for _ in range(3):
        assert session.swap(section, 0, 0)
        texts.append(session.draft.text)
    aside = Session(session.library, session.stack, session.outline, known=dict(session.known))
    assert aside.put(section, 0, 0)
    foreseen = aside.draft.text
    aside.undo()
    session.foresee(aside)
    with monkeypatch.context() as patch:
        patch.setattr("drafting.session.render", None)
        patch.setattr("drafting.session.plan", None)
        assert session.put(section, 0, 0)
        assert session.draft.text == foreseen
        back = [session.undo() and session.draft.text for _ in range(4)]
        assert back == texts[::-1]
        assert [session.redo() and session.draft.text for _ in range(4)] == [*texts[1:], foreseen]
    monkeypatch.setattr(type(session.stack), "state", lambda _: (9, 9))
    drawn = []
    monkeypatch.setattr("drafting.session.render", lambda *args: drawn.append(args))
    session.undo()
    _ = session.draft
    assert drawn, "the banks have changed since: it may read otherwise now"


def test_own_words_stay_when_a_section_is_drawn_anew(make):
    session = make()
    section = _measures(session)
    session.insert(section, 0, 1, "这件事我自己盯着办，办不好先找我。")
    before = _body(session, section)
    assert session.redraw(section)
    assert _body(session, section)[0] == before[0]
    assert _body(session, section) != before


def test_a_section_that_is_locked_all_through_is_not_drawn_anew(make):
    session = make()
    section = _measures(session)
    for paragraph in range(len(session.paragraphs(section))):
        session.lock(section, paragraph)
    assert not session.redraw(section)


def test_no_phrase_stands_twice_after_drawing_anew(make):
    session = make()
    section = _measures(session)
    session.lock(section, 0)
    for _ in range(3):
        session.redraw(section)
        uses = [item for point in session.outline.sections[section].points for item in point.use]
        assert len(uses) == len(set(uses))


# Sections and paragraphs


def test_sections_and_paragraphs_are_added_moved_and_removed(make):
    session = make()
    section = _measures(session)
    names = [s.part.name for s in session.plan.sections]
    assert session.structure(lambda o: actions.add_section(o, section, names[section], "再说一件"))
    assert [s.part.name for s in session.plan.sections] == [*names[:section], names[section], *names[section:]]
    assert session.plan.sections[section].heading == "再说一件"
    assert session.structure(lambda o: actions.remove_section(o, section))
    before = _body(session, section)
    assert session.move_paragraph(section, 0, 1)
    assert _body(session, section)[1].endswith(before[0].partition("。")[2])
    assert not session.move_paragraph(section, len(before) - 1, 1)
    assert session.insert_paragraph(section, 1, "自己的一段。")
    assert _body(session, section)[1] == "自己的一段。"


def test_a_fact_that_is_taken_off_the_sheet_is_taken_off_the_points(make, library):
    fact = Fact("开展安全检查", "12", "次", 2025, "镇应急办")
    session = make(facts=(fact,), sections=(SectionPlan("认识", points=(Point("责任落实", facts=(fact.name,)), Point("应急处置"))),))
    assert session.apply(lambda o: actions.remove_fact(o, fact.name))
    assert session.outline.sections[0].points[0].facts == ()
    assert same(session.outline, library)


# Suggestions


def test_there_is_a_suggestion_for_every_kind_of_slot(make):
    fact = Fact("开展安全检查", "12", "次", 2025, "镇应急办")
    kinds: dict[str, set[bool]] = {}
    for genre in GENRES:
        session = make(genre, facts=(fact,))
        for slot in slots(session):
            offered = suggestions(session, slot)
            assert slot.text not in [one.text for one in offered]
            kinds.setdefault(slot.kind, set()).add(bool(offered))
    assert {kind for kind, found in kinds.items() if True in found} >= {"title", "heading", "point", "sentence"}
    assert kinds.keys() <= {"title", "salutation", "heading", "point", "sentence", "blank"}


def test_slots_are_the_places_of_the_draft(make):
    session = make("会议讲话")
    for slot in slots(session):
        assert slot.text.strip("。") in session.draft.blocks[slot.block].text


@pytest.mark.parametrize("kind", ["title", "heading", "point", "sentence"])
def test_a_suggestion_that_is_chosen_stands_there(make, kind):
    session = make()
    slot = next(slot for slot in slots(session) if slot.kind == kind and suggestions(session, slot))
    chosen = suggestions(session, slot)[0]
    assert session.choose(slot, chosen)
    assert chosen.text in [now.text for now in slots(session) if now.kind == kind]


def test_a_blank_is_offered_the_fact_that_may_answer_it(make):
    session = make("会议讲话")
    slot = next(slot for slot in slots(session) if slot.kind == "blank" and slot.blank.kind == "数据")
    session.apply(lambda o: actions.set_fact(o, Fact("另一个指标", "12", slot.blank.unit, 2025, "镇应急办")))
    slot = next(now for now in slots(session) if now.text == slot.text)
    (offer, *_) = suggestions(session, slot)
    assert offer.text == f"12{slot.blank.unit}"
    left = session.draft.text.count(slot.text)
    assert session.choose(slot, offer)
    assert session.draft.text.count(slot.text) < left


# Another theme or genre


@pytest.mark.parametrize(("genre", "theme"), [("研讨发言", "民生实事"), ("党课", "安全生产"), ("会议讲话", "民生实事")])
def test_own_words_go_along_to_another_theme_or_genre(make, library, genre, theme):
    own = "这件事我自己盯着办，办不好先找我。"
    session = make()
    session.insert(_measures(session), 0, 1, own)
    session.insert(0, 0, 0, "开头我先说一句老实话。")
    session.structure(lambda o: actions.set_heading(o, _measures(session), "把话说到做到"))
    assert session.retarget(genre=genre, theme=theme)
    text = session.draft.text
    assert own in text and "开头我先说一句老实话。" in text and "把话说到做到" in text
    assert text.count(own) == 1
    assert "安全生产" not in "".join(b.lead_text for b in session.draft.blocks) or theme == "安全生产"
    assert [s.part for s in session.outline.sections] == [part.name for part in library.genres[genre].parts]
    assert session.undo() and own in session.draft.text


def test_what_templates_print_is_not_taken_for_own_words(make):
    """A settled section holds both as words; only the writer's go along."""
    session = make()
    for section in range(len(session.plan.sections)):
        session.edit(section, lambda outline: outline)
    assert session.retarget(theme="民生实事")
    assert session.outline.sections == ()


def test_the_same_theme_is_no_change(make):
    session = make()
    assert not session.retarget(theme="安全")


def test_another_theme_takes_the_sections_with_it(make, library):
    session = make()
    session.swap(1, 0, 0)
    session.apply(lambda o: actions.retarget(o, library, theme="民生实事"))
    assert session.outline.sections == ()
    assert session.undo()
    assert session.outline.sections
