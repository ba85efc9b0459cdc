"""The fourth step: set expressions, counted in two rounds over the partitions (`phrasebank.grams`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from phrasebank.grams import LONGEST, Counts, Cut, Keys, candidate_keys, count_grams, merge_counts, share_of
from phrasebank.large.partition import to_json
from phrasebank.large.shards import Columns, decoded, rows, write
from phrasebank.large.work import Work
from phrasebank.model import Term
from phrasebank.workers import Engine

KEYS = Columns.of(keys="bytes")
ARRAYS = {"grams": "<i4", "keys": "<u8", "times": "<i8", "row_gram": "<i4", "row_year": "<i4", "row_documents": "<i4"}
"""The arrays of `grams.Counts`, each stored as its bytes."""
COUNTS = Columns.of(vocabulary="bytes", words="int", **dict.fromkeys(ARRAYS, "bytes"))


@dataclass(frozen=True, slots=True)
class Counting:
    """The task: one partition; how often a gram must occur in it in the first round, None for the second."""

    work: Work
    part: int
    least: int | None


def find_candidates(task: Counting) -> None:
    """Leaves the keys of the grams that may be frequent."""
    work, part = task.work, task.part
    if not work.done_before("candidates", part, work.key):
        keys = count_grams(_cuts(work, part), task.least or 1).keys
        work.finish("candidates", part, work.key, {"candidates": _write_keys(work, "candidates", part, keys)}, {})


def count_candidates(task: Counting) -> None:
    """Leaves the counts of all candidates in a partition."""
    work, part = task.work, task.part
    if not work.done_before("counts", part, work.key):
        counts = count_grams(_cuts(work, part), candidates=_keys(work, "chosen", 0))
        arrays = (np.ascontiguousarray(getattr(counts, name)).astype(kind).tobytes() for name, kind in ARRAYS.items())
        row = (to_json(counts.vocabulary), counts.words, *arrays)
        work.finish("counts", part, work.key, {"counts": write(work.path("counts", part), COUNTS, [row])}, {})


def find_terms(work: Work, engine: Engine, words: Sequence[int]) -> tuple[Term, ...]:
    """The set expressions, best first; `words` of each partition."""
    from phrasebank.terms import least_for, rank_terms

    total = sum(words)
    least = least_for(total)
    shares = [share_of(least, some, total) for some in words]
    engine.run(find_candidates, [Counting(work, part, share) for part, share in enumerate(shares)])
    work.told("candidates", work.parts)
    _write_keys(work, "chosen", 0, candidate_keys(_keys(work, "candidates", part) for part in range(work.parts)))
    engine.run(count_candidates, [Counting(work, part, None) for part in range(work.parts)])
    work.told("counts", work.parts)
    return rank_terms(_merged(work, least))


def _merged(work: Work, least: int) -> Counts:
    """The counts of all partitions added, a few at a time."""
    total = _counts(work, 0)
    for start in range(1, work.parts, 8):
        total = merge_counts([total, *(_counts(work, part) for part in range(start, min(start + 8, work.parts)))])
    return merge_counts([total], least)


def _cuts(work: Work, part: int) -> list[Cut]:
    return [Cut(year or 0, decoded(words)) for year, words in rows(work.path("documents", part), ("year", "words"))]


def _write_keys(work: Work, name: str, part: int, keys: Keys) -> int:
    return write(work.path(name, part), KEYS, [(keys.astype("<u8").tobytes(),)])


def _keys(work: Work, name: str, part: int) -> Keys:
    (row,) = rows(work.path(name, part), ("keys",))
    return np.frombuffer(row[0], "<u8")


def _counts(work: Work, part: int) -> Counts:
    ((vocabulary, words, *data),) = rows(work.path("counts", part), ("vocabulary", "words", *ARRAYS))
    arrays = {name: np.frombuffer(some, kind) for (name, kind), some in zip(ARRAYS.items(), data, strict=True)}
    arrays["grams"] = arrays["grams"].reshape(-1, LONGEST)
    return Counts(tuple(json.loads(vocabulary)), **arrays, words=words)
