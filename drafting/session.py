"""The writer at work: an outline, what can be done to it, and a way back.

The terminal and the batch run share this: `Session.draft` is what `render` makes of the outline, and the outline is
all there is to save. Every action is a pure function from one frozen outline to the next (`drafting.actions`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from drafting.config import Library
from drafting.files import write_atomic
from drafting.model import Draft, Outline
from drafting.outline import dump, loads
from drafting.plan import Plan, plan
from drafting.render import render
from phrasebank.search import Hit, Query, Stack

Action = Callable[[Outline], Outline]


@dataclass(slots=True)
class Session:
    """One outline being worked on. `past` and `future` are the outlines undo and redo go to."""

    library: Library
    stack: Stack
    outline: Outline
    past: list[Outline] = field(default_factory=list)
    future: list[Outline] = field(default_factory=list)
    _draft: Draft | None = None

    @property
    def draft(self) -> Draft:
        """What the outline renders to; rendered once for each outline."""
        if self._draft is None or self._draft.outline is not self.outline:
            self._draft = render(self.outline, self.library, self.stack)
        return self._draft

    @property
    def plan(self) -> Plan:
        """The outline with every open choice made."""
        return plan(self.outline, self.library)

    def apply(self, action: Action) -> None:
        """Does `action`; nothing happens when it changes nothing, or raises."""
        after = action(self.outline)
        if after != self.outline:
            self.past.append(self.outline)
            self.future.clear()
            self.outline = after

    def undo(self) -> bool:
        """Takes the last action back; False when there is none."""
        return self._move(self.past, self.future)

    def redo(self) -> bool:
        """Does the last undone action again; False when there is none."""
        return self._move(self.future, self.past)

    def suggest(self, query: Query, limit: int = 50) -> tuple[Hit, ...]:
        """Phrases for `query` that the writer's level has words for, best first."""
        from drafting.fill import Filler

        filler = Filler(self.outline)
        return tuple(hit for hit in self.stack.search(query, limit) if filler.can_fill(hit.phrase))

    def save(self, path: Path) -> None:
        """Writes the outline atomically. Raises ExportError."""
        write_atomic(path, dump(self.outline).encode())

    def _move(self, source: list[Outline], target: list[Outline]) -> bool:
        if not source:
            return False
        target.append(self.outline)
        self.outline = source.pop()
        return True


def reopen(path: Path, library: Library, stack: Stack) -> Session:
    """A session on the first outline of a saved file. Raises OutlineErrors."""
    from drafting.outline import load

    return Session(library, stack, load(path, library)[0])


def same(outline: Outline, library: Library) -> bool:
    """Whether `outline` survives being written and read: the promise that a session file is an outline."""
    return loads(dump(outline), "", library)[0] == outline
