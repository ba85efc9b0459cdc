"""What may be put into each place of a draft: its slots, and suggestions for every one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from drafting import actions
from drafting.fill import likeness
from drafting.model import Blank, Fact
from drafting.plan import plan
from phrasebank.search import Query

if TYPE_CHECKING:
    from drafting.session import Session

SlotKind = Literal["title", "salutation", "heading", "point", "sentence", "blank"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of a draft that something else may be put into.

    `block` counts blocks from 0; `section`, `paragraph` and `index` (the sentence) are −1 where they say nothing. A `heading` is a
    section's, a `point` a paragraph's run-in heading.
    """

    kind: SlotKind
    block: int
    text: str
    section: int = -1
    paragraph: int = -1
    index: int = -1
    blank: Blank | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something for a slot: its text as the draft would show it, and what to hand to `Session.choose`: a phrase's id, words, or
    for a blank the value of `fact`."""

    text: str
    use: str
    fact: Fact | None = None


def slots(session: Session) -> tuple[Slot, ...]:
    """All slots of the session's draft, in the order of its blocks."""
    return tuple(_slots(session))


def suggestions(session: Session, slot: Slot, limit: int = 20) -> tuple[Suggestion, ...]:
    """What may stand in `slot` instead, best first; what stands there now is not among it."""
    found = (one for one in _SUGGEST[slot.kind](session, slot) if one.text and one.text != slot.text)
    return tuple(dict.fromkeys(found))[:limit]


def _slots(session: Session) -> Iterator[Slot]:
    paragraphs: dict[int, int] = {}
    for number, block in enumerate(session.draft.blocks):
        section = block.slot[0]
        if block.kind in ("title", "salutation"):
            yield Slot(block.kind, number, block.text)
        elif block.kind == "heading":
            yield Slot("heading", number, session.plan.sections[section].heading, section)
        elif block.kind == "paragraph":
            paragraph = paragraphs[section] = paragraphs.get(section, -1) + 1
            if block.lead:
                yield Slot("point", number, actions.bare_heading(block.lead_text), section, paragraph)
            for index, item in enumerate(session.items(section, paragraph)):
                yield Slot("sentence", number, item.text, section, paragraph, index)
        for span in block.spans:
            if span.origin.blank is not None:
                where = (section, paragraphs.get(section, -1)) if block.kind == "paragraph" else (-1, -1)
                yield Slot("blank", number, span.text, *where, blank=span.origin.blank)


def _titles(session: Session, slot: Slot) -> Iterator[Suggestion]:
    bare = replace(session.outline, title="")
    return map(_words, (plan(replace(bare, seed=seed), session.library).title for seed in actions.SEEDS))


def _salutations(session: Session, slot: Slot) -> Iterator[Suggestion]:
    genre = session.plan.genre
    return map(_words, (*(form.text for form in genre.salutations), genre.salutation))


def _headings(session: Session, slot: Slot) -> Iterator[Suggestion]:
    return (_words(row[slot.section]) for row in actions.section_rows(session.outline, session.library))


def _points(session: Session, slot: Slot) -> Iterator[Suggestion]:
    """Run-in headings of other sets for the same place in the section."""
    headed = [b for b in session.paragraphs(slot.section)[: slot.paragraph] if b.lead]
    rows = actions.point_rows(session.outline, session.library, slot.section)
    return (_words(row[len(headed)]) for row in rows if len(row) > len(headed))


def _sentences(session: Session, slot: Slot) -> Iterator[Suggestion]:
    """Phrases of the same role: those on the paragraph's facet, then the theme's others."""
    item = session.items(slot.section, slot.paragraph)[slot.index]
    facet = session.facet_of(slot.section, slot.paragraph)
    narrow = Query(role=session.role_of(slot.section, item), theme=session.plan.theme.name, facet=facet, kind="sentence")
    for query in (narrow, replace(narrow, facet="")):
        for hit in session.offers(query):
            yield Suggestion("".join(span.text for span in session.wording(hit.phrase)), hit.phrase.id)


def _facts(session: Session, slot: Slot) -> Iterator[Suggestion]:
    """Facts of the sheet in the same unit, those with the likest names first."""
    blank = slot.blank or Blank("", "")
    fitting = [fact for fact in session.outline.facts if blank.unit in ("", fact.unit)]
    for fact in sorted(fitting, key=lambda fact: -likeness(fact.name, blank.what)):
        yield Suggestion(f"{fact.value}{fact.unit}", fact.value, replace(fact, name=blank.what))


def _words(text: str) -> Suggestion:
    return Suggestion(text, text)


_SUGGEST = {
    "title": _titles, "salutation": _salutations, "heading": _headings, "point": _points, "sentence": _sentences, "blank": _facts,
}  # fmt: skip
