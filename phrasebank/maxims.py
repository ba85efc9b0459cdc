"""Lines that all know: classics, words of leaders, proverbs and standing formulas, quoted without saying whose they are.

`data/classics.txt` holds the clauses of whole works, `data/maxims.tsv` single lines or their openings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_MARK = re.compile(r"\W")
_CLAUSE = re.compile(r"\w+")
_WITHOUT_MARKS = frozenset({"classic", "saying"})
LEAST, SHORT = 6, 5
"""Characters of a line that is told without quotation marks, and of one that is told inside a clause: a shorter one may
be part of any sentence."""


def kind_of(quoted: str) -> str | None:
    """classic, leader, saying or slogan for what is quoted from a known line, None for the rest.

    A formula must begin the quotation, a line under `SHORT` characters a clause of it.
    """
    clauses = _CLAUSE.findall(quoted)
    bare, lines = "".join(clauses), _lines()
    begun = [(i, pair) for i, pair in enumerate(pairwise(bare)) if pair in lines]
    begins = {0, *accumulate(map(len, clauses))} if begun else {0}
    for i, pair in begun:
        for line, kind in lines[pair]:
            free = not i or (kind != "slogan" and (len(line) >= SHORT or i in begins))
            if free and bare.startswith(line, i):
                return kind
    return "classic" if _is_classic(clauses) else None


def find_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of known classics and proverbs in a text, whatever marks they stand in."""
    kinds = _plain_lines()
    for found in _any_line().finditer(text):
        yield found.start(), found.end(), kinds[found.group()]


def _is_classic(clauses: list[str]) -> bool:
    """Whether a clause stands in a classic, every clause where they are of four characters only."""
    if not any(len(clause) >= 4 for clause in clauses):
        return False
    known = [clause in _clauses() for clause in clauses]
    return all(known) or any(k and len(clause) > 4 for k, clause in zip(known, clauses, strict=True))


@lru_cache(maxsize=1)
def _plain_lines() -> dict[str, str]:
    """Kinds of the lines that are told without marks."""
    each = (line for lines in _lines().values() for line in lines)
    return {line: kind for line, kind in each if kind in _WITHOUT_MARKS and len(line) >= LEAST}


@lru_cache(maxsize=1)
def _any_line() -> re.Pattern[str]:
    """Measured .007 s a MB; looking up each pair of characters takes .033."""
    return re.compile("|".join(_plain_lines()))


@lru_cache(maxsize=1)
def _lines() -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """Lines without marks, with their kind, by their first two characters."""
    found: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    for row in (_DATA / "maxims.tsv").read_text("utf-8").splitlines():
        kind, _, lines = row.partition("\t")
        for line in map(_without_marks, lines.split()):
            found[line[0], line[1]] = (*found.get((line[0], line[1]), ()), (line, kind))
    return found


def _without_marks(line: str) -> str:
    return _MARK.sub("", line)


@lru_cache(maxsize=1)
def _clauses() -> frozenset[str]:
    """The clauses of the classics."""
    rows = (_DATA / "classics.txt").read_text("utf-8").splitlines()
    return frozenset(clause for row in rows if row[0] != "#" for clause in row.split()[1:])
