"""How phrases and paragraphs read in drafts whose outlines differ in their sections alone: worked out once, for every key asks again."""

from __future__ import annotations

from dataclasses import dataclass, field

from drafting.actions import Item, SpansOf, items_of
from drafting.model import Block, Outline, Span

CUT = 400
"""Paragraphs that are remembered as sentences."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What is known as long as `common` holds: the state of the banks, and the outline but for its sections. `worded` prints a phrase."""

    common: tuple[tuple[int, ...], Outline]
    worded: SpansOf
    _spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    _items: dict[int, tuple[Block, tuple[Item, ...]]] = field(default_factory=dict)

    def spans_of(self, phrase_id: str) -> tuple[Span, ...]:
        """A phrase as it is printed."""
        if phrase_id not in self._spans:
            self._spans[phrase_id] = self.worded(phrase_id)
        return self._spans[phrase_id]

    def items_of(self, block: Block) -> tuple[Item, ...]:
        """The sentences of a paragraph."""
        kept = self._items.get(id(block))
        if kept is None or kept[0] is not block:
            if len(self._items) > CUT:
                self._items.clear()
            kept = self._items[id(block)] = block, items_of(block, self.spans_of)
        return kept[1]
