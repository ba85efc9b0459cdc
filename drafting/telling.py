"""A fact that no sentence tells yet, put into the draft with one of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafting.factual import fact_sentence, home_of
from drafting.model import Fact
from drafting.stock import facet_of

if TYPE_CHECKING:
    from drafting.session import Session

FIRST = ("achievement", "problem", "measure", "significance", "lead")
"""Roles of the parts that tell of figures, the likeliest first."""


def tell_fact(session: Session, fact: Fact) -> tuple[str, int] | None:
    """Puts a sentence on the fact at the end of the paragraph it belongs to: the sentence, and the number of its block. None where
    the draft has no paragraph."""
    text = "".join(span.text for span in fact_sentence(fact, session.outline.profile))
    place = _home(session, fact)
    if place is None:
        return None
    section, paragraph = place
    uses = [item.use for item in session.items(section, paragraph)]
    if not session.put_items(section, paragraph, [*uses, text]):
        return None
    return text, session.draft.blocks.index(session.paragraphs(section)[paragraph])


def _home(session: Session, fact: Fact) -> tuple[int, int] | None:
    """The paragraph on the facet that asks for such a figure; else the last one of the part that tells of figures."""
    theme, sections = session.plan.theme, session.plan.sections
    order = sorted(range(len(sections)), key=lambda n: FIRST.index(role) if (role := sections[n].part.role) in FIRST else len(FIRST))
    filled = [section for section in order if session.paragraphs(section)]
    for section in filled:
        facets = [facet_of(theme, session.facet_of(section, n)) for n in range(len(session.paragraphs(section)))]
        if (at := home_of(fact, facets)) >= 0:
            return section, at
    return (filled[0], len(session.paragraphs(filled[0])) - 1) if filled else None
