"""What belongs together: how near a phrase is to the words around the place it is to fill.

Sentences that speak of the same things read on from each other. Pairs of characters tell well enough what a Chinese sentence
speaks of, once those are left out that stand in many sentences of the cell (Church and Hanks 1990 weigh by rarity; leaving out
does the same at the cost of a set).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from phrasebank.model import Source

COMMON = 0.05
"""Share of a cell's phrases from which a pair of characters says nothing of what one of them is about."""
SAMPLE = 10
"""Candidates looked at, of those a draft's seed puts first: variety comes from the draw, nearness from the choice among it."""
HEAD = 4
"""How many times a pair of the heading counts."""
TAKEN_UP = 2
"""Pairs of a heading that take it up, a word of three characters or two words: more would draw the same phrase every time."""
OF_IT = 100
"""What counts more than any number of pairs in common: a paragraph and the heading it had."""
VOICE = 0.6
"""What it counts that a phrase comes from the same text as the one before it: as much as some four pairs in common."""
HOME = 0.4
"""What it counts that a phrase comes from the speaker's own level."""


@dataclass(frozen=True, slots=True)
class Around:
    """The words around a place, as pairs of characters, those of the heading it stands under as long as nothing has answered it,
    and the source of the phrase before it, empty for none. `must`: how much of the heading what fits takes up. `lines` are files and lines
    in which the heading itself stands: what is written there was written for it."""

    pairs: frozenset[str]
    file: str = ""
    heading: frozenset[str] = frozenset()
    must: int = 0
    lines: frozenset[Source] = frozenset()

    def takes_up(self, own: frozenset[str], sources: Sequence[Source]) -> int:
        """How much of the heading a wording of these pairs and sources takes up, `OF_IT` and more if it was written for it."""
        return len(own & self.heading) + OF_IT * (bool(self.lines) and not self.lines.isdisjoint(sources))


NOTHING = Around(frozenset())


def common(cell: Sequence[frozenset[str]]) -> frozenset[str]:
    """The pairs that so many phrases of a cell have that they tell nothing; the others are rare."""
    often, most = Counter(chain.from_iterable(cell)), max(1, COMMON * len(cell))
    return frozenset([pair for pair, count in often.items() if count > most])


def affinity(own: frozenset[str], file: str, around: Around, *, home: bool) -> float:
    """How near a phrase of these rare pairs and this source is to what stands around; `home`: it is of the speaker's level."""
    near = len(own & around.pairs) + HEAD * min(len(own & around.heading), TAKEN_UP)
    return near / (4 + len(own)) ** 0.5 + (VOICE if file == around.file else 0) + (HOME if home else 0)
