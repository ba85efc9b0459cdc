"""Set expressions, counted in two rounds (`phrasebank.grams`) over groups of partitions: in one that is too small nearly everything
reaches its share of what must be reached in the whole. A third round counts words and years of what then is frequent: a tenth of the
candidates, so that no process holds more than it must."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from phrasebank.gramkeys import Keys
from phrasebank.grams import LONGEST, Counts, Cut, candidate_keys, count_grams, count_keys, merge_counts, share_of
from phrasebank.large.memory import frugal, give_back
from phrasebank.large.partition import to_json
from phrasebank.large.shards import Columns, decoded, rows, write
from phrasebank.large.work import Work
from phrasebank.model import Term
from phrasebank.workers import Engine

GROUP = 3_000_000
"""Words that are counted together, at least, about 16 MB of text."""
KEYS = Columns.of(keys="bytes")
TOTALS = Columns.of(keys="bytes", times="bytes")
ARRAYS = {"grams": "<i4", "keys": "<u8", "times": "<i8", "row_gram": "<i4", "row_year": "<i4", "row_documents": "<i4"}
"""The arrays of `grams.Counts`, each stored as its bytes."""
COUNTS = Columns.of(vocabulary="bytes", words="int", **dict.fromkeys(ARRAYS, "bytes"))


@dataclass(frozen=True, slots=True)
class Counting:
    """The task: a group by its number, its partitions, and how often a gram must occur in it in the first round."""

    work: Work
    at: int
    parts: tuple[int, ...]
    least: int


@frugal
def find_candidates(task: Counting) -> None:
    """Leaves the keys of the grams that may be frequent."""
    work, at = task.work, task.at
    if not work.done_before("candidates", at, work.key):
        keys, _ = count_keys(_cuts(task), task.least)
        work.finish("candidates", at, work.key, {"candidates": _write_keys(work, "candidates", at, keys)}, {})


@frugal
def count_candidates(task: Counting) -> None:
    """Leaves how often all candidates occur in a group."""
    work, at = task.work, task.at
    if not work.done_before("totals", at, work.key):
        keys, times = count_keys(_cuts(task), candidates=_keys(work, "chosen", 0))
        row = (keys.astype("<u8").tobytes(), times.astype("<i8").tobytes())
        work.finish("totals", at, work.key, {"totals": write(work.path("totals", at), TOTALS, [row])}, {})


@frugal
def count_frequent(task: Counting) -> None:
    """Leaves the counts of what is frequent in the whole, with the years."""
    work, at = task.work, task.at
    if not work.done_before("counts", at, work.key):
        row = _counted(task)
        give_back()  # what counting took: writing takes as much again as there is to write
        work.finish("counts", at, work.key, {"counts": write(work.path("counts", at), COUNTS, [row])}, {})


def _counted(task: Counting) -> tuple[bytes | int, ...]:
    """The row of what is frequent in the whole, as a group has it."""
    counts = count_grams(_cuts(task), candidates=_keys(task.work, "frequent", 0))
    arrays = (np.ascontiguousarray(getattr(counts, name)).astype(kind).tobytes() for name, kind in ARRAYS.items())
    return to_json(counts.vocabulary), counts.words, *arrays


def find_terms(work: Work, engine: Engine, words: Sequence[int]) -> tuple[Term, ...]:
    """The set expressions, best first; `words` of each partition."""
    from phrasebank.terms import least_for, rank_terms

    total = sum(words)
    least = least_for(total)
    shares = ((parts, share_of(least, sum(words[part] for part in parts), total)) for parts in groups(words))
    tasks = [Counting(work, at, parts, share) for at, (parts, share) in enumerate(shares)]
    engine.run(find_candidates, tasks)
    work.told("candidates", len(tasks))
    _write_keys(work, "chosen", 0, candidate_keys(_keys(work, "candidates", at) for at in range(len(tasks))))
    engine.run(count_candidates, tasks)
    work.told("totals", len(tasks))
    _write_keys(work, "frequent", 0, _frequent(work, len(tasks), least))
    engine.run(count_frequent, tasks)
    work.told("counts", len(tasks))
    return rank_terms(_merged(work, len(tasks), least))


def _frequent(work: Work, groups_: int, least: int) -> Keys:
    """The candidates that occur often enough in all groups together."""
    keys = _keys(work, "chosen", 0)
    total = np.zeros(len(keys), np.int64)
    for at in range(groups_):
        ((found, times),) = rows(work.path("totals", at), ("keys", "times"))
        total[np.searchsorted(keys, np.frombuffer(found, "<u8"))] += np.frombuffer(times, "<i8")
    return keys[total >= least]


def groups(words: Sequence[int]) -> list[tuple[int, ...]]:
    """Partitions in groups of about as many words each: `GROUP`, up to a half more where there are few."""
    total = sum(words)
    number = max(1, round(total / GROUP))
    found: list[list[int]] = [[] for _ in range(number)]
    done = 0
    for part, some in enumerate(words):
        found[min(number - 1, (2 * done + some) * number // max(1, 2 * total))].append(part)
        done += some
    return [tuple(parts) for parts in found if parts]


def _merged(work: Work, groups_: int, least: int) -> Counts:
    """The counts of all groups added."""
    total = _counts(work, 0)
    for at in range(1, groups_):
        total = merge_counts([total, _counts(work, at)])
    return merge_counts([total], least)


def _cuts(task: Counting) -> list[Cut]:
    paths = (task.work.path("documents", part) for part in task.parts)
    return [Cut(year or 0, decoded(words)) for path in paths for year, words in rows(path, ("year", "words"))]


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
