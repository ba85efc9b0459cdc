"""Where settled words came from: what was drawn stays known for what it is, whatever the writer does around it."""

from __future__ import annotations

import pytest

from drafting.model import Outline, Profile
from drafting.provenance import as_json, from_json, told_spans
from drafting.session import Session, reopen
from drafting.store import Store
from phrasebank.search import Stack


@pytest.fixture
def session(library, builtin):
    profile = Profile("镇", "临河镇", "临河镇", "党委副书记", "陈明", 2026)
    return Session(library, Stack((), builtin), Outline("研讨发言", "安全生产", minutes=8, profile=profile))


def _origins(session):
    """The origin of each character of the sections, facts and names aside: those are the writer's."""
    spans = (span for block in session.draft.blocks if block.kind == "paragraph" for span in block.spans)
    return [(c, "writer" if span.origin.kind in ("profile", "fact") else span.origin.kind) for span in spans for c in span.text]


def _place(session, wanted):
    """Section, paragraph and index of the first sentence that fits."""
    return next(
        (section, paragraph, index)
        for section in range(len(session.plan.sections)) for paragraph in range(len(session.paragraphs(section)))
        for index, item in enumerate(session.items(section, paragraph)) if wanted(item)
    )  # fmt: skip


def _kinds(item):
    return [span.origin.kind for span in item.spans]


def test_settling_a_section_changes_no_origin(session):
    before = _origins(session)
    assert {"template", "phrase", "blank"} <= {kind for _, kind in before}
    for section in range(len(session.plan.sections)):
        if session.paragraphs(section)[0].text:
            session.lock(section, 0)
    assert all(point.fixed for plan in session.outline.sections for point in plan.points)
    assert _origins(session) == before


def _borrowed(item):
    """A phrase that holds nothing of the profile or the sheet, and can be changed behind a comma."""
    return item.phrase and "，" in item.text and set(_kinds(item)) <= {"phrase", "blank"}


def test_a_sentence_that_was_changed_keeps_its_source(session):
    section, paragraph, index = _place(session, _borrowed)
    before = session.items(section, paragraph)[index]
    source = next(span for span in before.spans if span.origin.kind == "phrase").origin
    session.put(section, paragraph, index, before.text.replace("，", "，说到底", 1))
    spans = [span for item in session.items(section, paragraph)[index:] for span in item.spans]
    own = [span.text for span in spans if span.origin.kind == "writer"]
    assert own == ["说到底"]
    kept = "".join(span.text for span in spans if span.origin == source)
    assert kept == "".join(span.text for span in before.spans if span.origin == source)
    assert source.ref in session.used, "it is not offered again"
    session.undo()
    assert session.items(section, paragraph)[index].phrase == before.phrase
    session.redo()
    assert [span for item in session.items(section, paragraph)[index:] for span in item.spans] == spans


def test_words_of_ones_own_are_nobody_elses(session):
    section, paragraph, index = _place(session, lambda item: item.phrase and len(item.text) > 30)
    session.put(section, paragraph, index, "隐患不会自己消失，得有人天天去看。")
    assert _kinds(session.items(section, paragraph)[index]) == ["writer"]


def test_origins_are_saved_with_the_draft(session, library, tmp_path):
    section, paragraph, index = _place(session, _borrowed)
    text = session.items(section, paragraph)[index].text
    session.put(section, paragraph, index, text.replace("，", "，依我看", 1))
    store = Store(tmp_path)
    path = store.new_path()
    store.save(session, path)
    again = reopen(path, library, session.stack, store.words(path))
    again.known = store.origins(path)
    assert again.draft.blocks == session.draft.blocks


def test_a_damaged_note_is_left_out():
    known = from_json({"甲乙丙丁。": [[0, 4, "phrase", "p1", [["a.md", 3]]]], "坏的": [[0]], "怪的": [[0, 1, "writer", "", []]]})
    assert list(known) == ["甲乙丙丁。"]
    assert from_json(as_json(known)) == known
    assert from_json("没有") == {}
    assert [(s.text, s.origin.kind) for s in told_spans("甲乙丙丁。", known)] == [("甲乙丙丁", "phrase"), ("。", "writer")]
