"""对仗: how parallel sibling headings are, after the rules measured on real sets.

A set is parallel when its members have the same number of clauses, clauses of the same length (up to eight characters
exactly, one more or less beyond), the same function words, and repeat no verb but the frame's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、]|（\d+）)")
_CLAUSE = re.compile(r"[，,；;：:]")
_FUNCTION = "的地得上下中里为以从在把让与和对向于到"
_LEADING = tuple("在把以为让从向对用")
"""Words that open a frame and are not the verb; what follows them is the member's own."""
EXACT = 8
"""Clauses up to this length must be equally long; longer ones may differ by one character."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How parallel a set is: each part and `score` from 0 to 1; `lengths` are characters a clause of each member."""

    clauses: float
    length: float
    words: float
    openings: float
    lengths: tuple[tuple[int, ...], ...]

    @property
    def score(self) -> float:
        """The parts weighed: structure first, since the ear hears it first."""
        return round(0.3 * self.clauses + 0.4 * self.length + 0.15 * self.words + 0.15 * self.openings, 3)

    @property
    def parallel(self) -> bool:
        """Whether the set would pass for parallel with a careful reader."""
        return self.clauses == 1 and self.length >= 0.99 and self.score >= 0.85


def measure(headings: Sequence[str]) -> Likeness:
    """How parallel `headings` are, numbers left out of account; one alone is parallel to itself."""
    rows = [clauses(heading) for heading in headings]
    lengths = tuple(tuple(map(len, row)) for row in rows)
    pairs = list(combinations(rows, 2)) or [(rows[0], rows[0])]
    return Likeness(
        clauses=_mean(len(a) == len(b) for a, b in pairs),
        length=_mean(_lengths_agree(a, b) for a, b in pairs),
        words=_mean(_function_words_agree(a, b) for a, b in pairs),
        openings=_openings(rows),
        lengths=lengths,
    )


def clauses(heading: str) -> list[str]:
    """The clauses of a heading without number and marks, at least one."""
    bare = _NUMBER.sub("", heading.strip())
    return [re.sub(r"\W", "", clause) for clause in _CLAUSE.split(bare) if re.sub(r"\W", "", clause)] or [""]


def _mean(values: object) -> float:
    numbers = [float(value) for value in values]  # type: ignore[attr-defined]
    return sum(numbers) / len(numbers)


def _lengths_agree(a: Sequence[str], b: Sequence[str]) -> float:
    if len(a) != len(b):
        return 0.0
    return _mean(abs(len(x) - len(y)) <= (max(len(x), len(y)) > EXACT) for x, y in zip(a, b, strict=True))


def _function_words_agree(a: Sequence[str], b: Sequence[str]) -> float:
    """Share of function words the two have in common, in their order."""
    first, second = ("".join(c for c in "".join(row) if c in _FUNCTION) for row in (a, b))
    longest = max(len(first), len(second))
    return 1.0 if not longest else sum(x == y for x, y in zip(first, second, strict=False)) / longest


def _openings(rows: Sequence[Sequence[str]]) -> float:
    """1 when the opening verbs are all the same (a frame) or all different (no verb repeated)."""
    if len(rows) < 2:
        return 1.0
    kinds = len({row[0][: 1 if row[0][:1] in _LEADING else 2] for row in rows})
    return 1.0 if kinds in (1, len(rows)) else kinds / len(rows)
