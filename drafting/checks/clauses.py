"""A sentence with its figures, and what the comparisons of F04 ask of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from drafting.checks.kinds import Hit
from drafting.checks.numbers import UNITS, Figure
from drafting.checks.text import Paragraph


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence with its figures, offsets from the start of its paragraph; `counts` are those that are no years."""

    paragraph: Paragraph
    text: str
    start: int
    end: int
    counts: tuple[Figure, ...]

    def between(self, a: Figure, b: Figure) -> str:
        """What stands between two figures."""
        return self.text[a.end : b.start]

    def before(self, figure: Figure, size: int = 24) -> str:
        """What stands before a figure in the sentence, up to `size` characters."""
        return self.text[max(self.start, figure.start - size) : figure.start]

    def hit(self, a: Figure, b: Figure, message: str) -> Hit:
        """A finding from one figure to another."""
        return Hit(self.paragraph, a.start, b.end, message)


def clauses_of(p: Paragraph) -> Iterator[Clause]:
    """The sentences of a paragraph that hold two figures or more."""
    if not any(c.isdigit() for c in p.plain) and not _HAN_COUNT.search(p.plain):
        return
    figures = [f for f in p.figures if not _is_year(f)]
    starts = [f.start for f in figures]
    for start, end, _ in p.sentences:
        here = figures[bisect_left(starts, start) : bisect_left(starts, end)]
        for at in range(0, len(here), MOST):
            some, behind = tuple(here[at : at + MOST]), here[at + MOST : at + MOST + 1]
            yield Clause(p, p.plain, some[0].start if at else start, behind[0].start if behind else end, some)


MOST = 100
"""Figures that are read as one sentence: one of thousands, which no pen writes, is read in parts, for sums are looked for from each of
its figures to its end."""

COUNTED = frozenset("人户名家个项件起所座处条台辆套间栋口棵本册份篇")
"""Units of what is counted one by one: such figures are not rounded unless they are told so."""
_HAN_COUNT = re.compile(f"[一二两三四五六七八九十百千万亿](?:{UNITS})|分之")


def _is_year(figure: Figure) -> bool:
    return figure.unit == "年" or (not figure.unit and not figure.han and 1900 <= figure.value <= 2100 and figure.step == 1)


def exact(*figures: Figure) -> bool:
    """Whether none of some figures is told roughly."""
    return not any(f.about for f in figures)


def within(figure: Figure, low: Decimal, high: Decimal) -> bool:
    """Whether a figure may be one between `low` and `high`, each as exactly as it is told."""
    slack = figure.step / 2 + abs(high) / 500
    return low - slack <= figure.value <= high + slack


def shown(clause: Clause, figure: Figure) -> str:
    """A figure as written."""
    return clause.text[figure.start : figure.end]


def tail(clause: Clause, figure: Figure) -> str:
    """Scale and unit of a figure as written."""
    return shown(clause, figure).lstrip("0123456789,，.一二两三四五六七八九十百千零〇") or figure.unit


def scale_of(figure: Figure) -> Decimal:
    """What 万 or 亿 makes of a figure: 1 for one without."""
    return next((scale for scale in (Decimal(10**12), Decimal(10**8), Decimal(10**4)) if figure.step * 100 >= scale), Decimal(1))


def plain_number(value: Decimal) -> str:
    """A number without noughts at its end."""
    return f"{value.normalize():f}"
