"""Candidates turned over one by one, and the way back: what stood at each place before."""

from __future__ import annotations

from collections import defaultdict

from drafting import actions
from drafting.session import Session
from drafting.suggest import Slot, suggestions
from tui.widgets.sentences import Row

Place = tuple[int, int, int]
"""Section, paragraph and sentence; −1 for the run-in heading."""


class Turns:
    """What stood at each place, oldest first. It forgets a place where something else has been put meanwhile."""

    def __init__(self) -> None:
        self._past: dict[Place, list[str]] = defaultdict(list)
        self._now: dict[Place, str] = {}

    def forward(self, session: Session, section: int, row: Row) -> bool:
        """Puts the next candidate; False where there is none."""
        place = (section, row.paragraph, row.index)
        before = _use(session, section, row)
        session.remember(before)
        if before != self._now.get(place):
            self._past[place] = []
        done = self._headed(session, place, before) if row.item is None else session.swap(section, row.paragraph, row.index)
        if done:
            self._past[place].append(before)
            self._now[place] = _use(session, section, row)
        return done

    def back(self, session: Session, section: int, row: Row) -> bool:
        """Puts back what stood there before; False where nothing was turned over, or something else stands there now."""
        place = (section, row.paragraph, row.index)
        now = _use(session, section, row)
        if not self._past[place] or now != self._now.get(place):
            return False
        before = self._past[place].pop()
        self._now[place] = before
        if row.item is None:
            return session.head(section, row.paragraph, before)
        return session.put(section, row.paragraph, row.index, before)

    def turned(self, session: Session, section: int, row: Row) -> int | None:
        """How many candidates on from the first a place is; None where none has been turned over, or something else stands there now."""
        place = (section, row.paragraph, row.index)
        return len(self._past[place]) if place in self._now and _use(session, section, row) == self._now[place] else None

    def _headed(self, session: Session, place: Place, before: str) -> bool:
        """Another run-in heading: one that has not stood there yet, as long as there is one."""
        section, paragraph, _ = place
        block = session.paragraphs(section)[paragraph]
        if not block.lead:
            return False
        slot = Slot("point", session.draft.blocks.index(block), before, section, paragraph)
        rows = [one.use for one in suggestions(session, slot)]
        fresh = [use for use in rows if use not in self._past[place]] or rows
        return bool(fresh) and session.head(section, paragraph, fresh[0])


def _use(session: Session, section: int, row: Row) -> str:
    """What stands at a row: a heading, a phrase's id or own words."""
    if row.item is None:
        return actions.bare_heading(session.paragraphs(section)[row.paragraph].lead_text)
    items = session.items(section, row.paragraph)
    return items[row.index].use if row.index < len(items) else ""
