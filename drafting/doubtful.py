"""Passages that are to be verified, for the writer knows whether they are so: swapped for another, or taken out."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from drafting import actions
from drafting.questions import Question, still_asked
from drafting.rewording import as_one

if TYPE_CHECKING:
    from drafting.session import Session

Passage = tuple[int, int, int, int]
"""Section, paragraph, and the first and last of the sentences that a mark vouches for."""


def swapped(session: Session, question: Question) -> str:
    """Puts another passage in the place of one that is not so, as one step for undo: all that the mark vouches for goes with it. What
    stands there now; empty where there is none, or the paragraph is locked."""
    if (passage := _passage(session, question)) is None:
        return ""
    section, paragraph, first, last = passage

    def act() -> bool:
        done = session.swap(section, paragraph, last)
        for index in reversed(range(first, last) if done else ()):
            session.put(section, paragraph, index)
        return done

    return session.items(section, paragraph)[min(first, last)].text if as_one(session, act) else ""


def dropped(session: Session, question: Question) -> str:
    """Takes a passage out, as one step for undo: all that the mark vouches for. What it was; empty where the paragraph is locked or
    would be left without a word."""
    if (passage := _passage(session, question)) is None:
        return ""
    section, paragraph, first, last = passage
    items = session.items(section, paragraph)
    uses = [item.use for n, item in enumerate(items) if not first <= n <= last]
    words = "".join(item.text for item in items[first : last + 1]).replace(str(question.blank), "")
    return words if uses and session.put_items(section, paragraph, uses) else ""


def _passage(session: Session, question: Question) -> Passage | None:
    """Where the passage stands now; None where it is gone, stands in a heading, or is locked."""
    spot = still_asked(session, question)
    block = session.draft.blocks[spot.block] if spot else None
    if not spot or not block or block.kind != "paragraph" or spot.at < (head := len(block.lead_text)):
        return None
    section = block.slot[0]
    paragraph = session.paragraphs(section).index(block)
    points = session.outline.sections[section].points if session.outline.sections else ()
    if actions.is_settled(session.plan.sections[section].plan) and points[paragraph].locked:
        return None
    ends = list(accumulate(len(item.text) for item in session.items(section, paragraph)))
    end = spot.at - head + len(spot.text)
    last = next(n for n, at in enumerate(ends) if at >= end)
    return section, paragraph, next(n for n, at in enumerate(ends) if at > max(end - len(question.run.rstrip("。！？")), 0)), last
