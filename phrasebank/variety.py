"""Hits spread out: the best first, but not five that say the same, open alike or come from one text."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from operator import add
from typing import NamedTuple

SPREAD = 12
"""Places over which hits are spread; nobody looks at neighbours further down."""
ALIKE = 2.5
"""What it costs to say just the same as a hit above: to have all pairs of characters of the shorter in common. Less in the measure
of the likeness, nothing below `UNLIKE`."""
UNLIKE = 0.2
OPENING = 0.35
"""What each hit above that opens with the same four characters costs."""
SOURCE = 0.25
"""What each hit above from the same text costs."""


class Candidate(NamedTuple):
    """A phrase to be placed: its row, its wording, what it is worth here, and the number of a document it stands in."""

    row: int
    text: str
    worth: float
    source: int | None = None


def spread(candidates: Sequence[Candidate]) -> list[int]:
    """The rows of the candidates, best first: greedily the one whose worth, less what it has in common with those placed before
    it, is highest. What a candidate has in common only grows, so that one which leads after a fresh look is the next."""
    heap = [(-c.worth, c.row, 0, at) for at, c in enumerate(candidates)]
    heapq.heapify(heap)
    placed = _Placed()
    chosen: list[int] = []
    while heap and len(chosen) < SPREAD:
        _, row, seen, at = heap[0]
        if seen == len(chosen):
            heapq.heappop(heap)
            placed.add(candidates[at])
            chosen.append(row)
        else:
            heapq.heapreplace(heap, (placed.cost(at, candidates[at], seen) - candidates[at].worth, row, len(chosen), at))
    return [*chosen, *(row for _, row in sorted((-candidates[at].worth, row) for _, row, _, at in heap))]


class _Placed:
    """What stands above already."""

    def __init__(self) -> None:
        self._pairs: list[frozenset[str]] = []
        self._openings: Counter[str] = Counter()
        self._sources: Counter[int] = Counter()
        self._likeness: dict[int, float] = {}
        self._cut: dict[int, frozenset[str]] = {}

    def add(self, candidate: Candidate) -> None:
        self._pairs.append(_pairs(candidate.text))
        self._openings[candidate.text[:4]] += 1
        if candidate.source is not None:
            self._sources[candidate.source] += 1

    def cost(self, at: int, candidate: Candidate, seen: int) -> float:
        """What a candidate costs for what stands above; `seen` of those were compared with it before."""
        if (mine := self._cut.get(at)) is None:
            mine = self._cut[at] = _pairs(candidate.text)
        likeness = self._likeness.get(at, 0.0)
        for other in self._pairs[seen:]:
            if (found := len(mine & other) / (min(len(mine), len(other)) or 1)) > likeness:
                likeness = found
        self._likeness[at] = likeness
        source = self._sources[candidate.source] if candidate.source is not None else 0
        alike = ALIKE * (likeness - UNLIKE) / (1 - UNLIKE) if likeness > UNLIKE else 0.0
        return alike + OPENING * self._openings[candidate.text[:4]] + SOURCE * source


def _pairs(text: str) -> frozenset[str]:
    return frozenset(map(add, text, text[1:]))

