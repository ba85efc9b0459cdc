"""What breaks a set of headings: every heading compared, clause by clause, with the one that is most like the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from drafting.parallel.clauses import Clause, parts
from drafting.parallel.measure import SERIES, WORDS, frame_likeness, length_likeness, measure, speech_likeness

Kind = Literal["count", "length", "words", "speech", "opening", "verb", "series"]
CLAUSE = 0.55
"""Likeness of parts of speech below which a clause is said to be built otherwise."""
_OPENERS = {"v": "动词", "w": "动词", "n": "名词", "a": "形容词", "p": "介词", "m": "数词", "i": "成语", "d": "副词"}


@dataclass(frozen=True, slots=True)
class Break:
    """What breaks a set. `member` and `clause` count from 0 (clause −1: the whole heading); `found` is what stands there and `expected`
    what the set has in its place. kind: count of clauses, length, function words, speech (built otherwise), opening (another part of
    speech at the head of the clause), verb (used by some but not by all), series (outside a number series)."""

    member: int
    clause: int
    kind: Kind
    found: str
    expected: str


def breaks(headings: Sequence[str]) -> tuple[Break, ...]:
    """Everything that sets a heading apart from the others, in the order of headings and clauses; nothing for one alone."""
    if len(headings) < 2:
        return ()
    model = measured_by(headings)
    rows = [parts(heading) for heading in headings]
    found = [item for n, row in enumerate(rows) if n != model for item in _against(n, row, rows[model])]
    if measure(headings).parallel:  # then parts of speech agree well enough
        found = [item for item in found if item.kind not in ("opening", "speech")]
    found += [*_verbs(rows), *_series(rows)]
    return tuple(sorted(found, key=lambda item: (item.member, item.clause)))


def measured_by(headings: Sequence[str]) -> int:
    """Index of the heading most like the others, the first of equals."""
    likeness = [
        sum(measure([heading, other]).score for m, other in enumerate(headings) if m != n) for n, heading in enumerate(headings)
    ]
    return likeness.index(max(likeness))


def _against(member: int, row: Sequence[Clause], model: Sequence[Clause]) -> Iterator[Break]:
    """What sets one heading apart from the model."""
    if len(row) != len(model):
        yield Break(member, -1, "count", str(len(row)), str(len(model)))
        return
    for n, (clause, other) in enumerate(zip(row, model, strict=True)):
        if not length_likeness(clause, other):
            yield Break(member, n, "length", str(len(clause.bare)), str(len(other.bare)))
        mine, theirs = ("".join(word for word, _, _ in c.frame) for c in (clause, other))
        if frame_likeness(clause, other) < WORDS and mine != theirs:
            yield Break(member, n, "words", mine, theirs)
        if _opener(clause) != _opener(other) and speech_likeness(clause, other) < 2 * CLAUSE - 0.4:
            yield Break(member, n, "opening", _opening(clause), _opening(other))
        elif speech_likeness(clause, other) < CLAUSE:
            yield Break(member, n, "speech", " ".join(w.text for w in clause.spoken), " ".join(w.text for w in other.spoken))


def _opening(clause: Clause) -> str:
    """The word a clause opens with, and what it is."""
    return f"{clause.spoken[0].text}（{_opener(clause)}）" if clause.spoken else "无"


def _opener(clause: Clause) -> str:
    return _OPENERS.get(clause.spoken[0].tag, "") if clause.spoken else ""


def _verbs(rows: Sequence[Sequence[Clause]]) -> Iterator[Break]:
    """Verbs that open the same clause of several members but not of all."""
    for n in range(min(map(len, rows))):
        count = Counter(row[n].verb for row in rows)
        for member, row in enumerate(rows):
            before = any(other[n].verb == row[n].verb for other in rows[:member])
            if before and 1 < count[row[n].verb] < len(rows):
                yield Break(member, n, "verb", row[n].verb, "")


def _series(rows: Sequence[Sequence[Clause]]) -> Iterator[Break]:
    """The one member that stands outside a number series of the others."""
    ends = [row[-1].marked[-2] if row[-1].marked.endswith("”") and len(row[-1].marked) > 2 else "" for row in rows]
    for end in sorted(set(ends) & SERIES):
        if len(rows) > 2 and ends.count(end) == len(rows) - 1:
            member = next(n for n, other in enumerate(ends) if other != end)
            yield Break(member, len(rows[member]) - 1, "series", rows[member][-1].bare, f"“…{end}”")
