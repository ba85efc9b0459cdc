"""The third step: the phrases of a range of slots gathered from all partitions, then those nearly the same folded.

`gather_range` leaves `sentences`, which may be folded, and `others`, which are finished; `fold_range` leaves `folded` and `aliases`.
`others` and `folded` lie in the order of quality, so that merging them gives the order of a bank.
"""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import reduce
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from phrasebank.large.alike import Alike, by_text, find_alike, row_hashes
from phrasebank.large.memory import frugal
from phrasebank.large.partition import to_json
from phrasebank.large.shards import Columns, decoded, encoded, rows, write
from phrasebank.large.tables import Tables, tables
from phrasebank.large.work import SLOTS, Work
from phrasebank.merge import finished, fold, joined
from phrasebank.mined import phrase_from_row
from phrasebank.model import Phrase, Source
from phrasebank.ranking import quality
from phrasebank.similarity import SENTENCES, sign
from phrasebank.workers import Engine

SENTENCE = Columns.of(id="bytes", text="bytes", row="bytes", hash="hash", signature="numbers")
FINISHED = Columns.of(row="bytes")
ALIASES = Columns.of(alias="bytes", id="bytes")
MEMORY = 128
"""MB in which a task sorts; beyond, it spills."""
Sorted = tuple[tuple[object, ...], bytes]
"""A phrase as JSON behind its key of quality."""
_FIELDS = tuple(one.name for one in fields(Phrase))


def phrase_data(phrase: Phrase) -> bytes:
    """A phrase of any files as JSON."""
    values = [getattr(phrase, name) for name in _FIELDS]
    values[_FIELDS.index("sources")] = [(source.file, source.line) for source in phrase.sources]
    return to_json(values)


def phrase_of(data: bytes) -> Phrase:
    """What `phrase_data` made JSON of."""
    values = dict(zip(_FIELDS, json.loads(data), strict=True))
    lists = {name: tuple(values[name]) for name in ("facets", "names")}
    years = values["years"]
    values |= lists | {"sources": tuple(Source(*s) for s in values["sources"]), "years": tuple(years) if years else None}
    return Phrase(**values)


@dataclass(frozen=True, slots=True)
class Range:
    """The task: one range of slots, or of hashes, of as many as the work has; the newest year of all."""

    work: Work
    at: int
    newest: int | None


MERGED = 128
"""Phrases of each range that are held in memory at once while all ranges are merged."""


# ---------------------------------------------------------------- gathering
@frugal
def gather_range(task: Range) -> None:
    """Leaves the phrases of a range of slots, one a wording."""
    work, at = task.work, task.at
    if work.done_before("gathered", at, work.key):
        return
    tally = Tally()
    others: list[Sorted] = []
    with tables(work.folder, MEMORY, 1) as asked:
        merged = _gathered(asked.rows(_slots_sql(work, at)), tally)
        sentences = write(work.path("sentences", at), SENTENCE, _sentences(merged, others, tally, task.newest))
    count = _write_sorted(work, "others", at, others)
    work.finish("gathered", at, work.key, {"sentences": sentences, "others": count}, tally.data())


def _slots_sql(work: Work, at: int) -> str:
    """The rows of a range of slots, in the order of ids and files, each with whether it counts as a copy."""
    low, high = at * SLOTS // work.ranges, (at + 1) * SLOTS // work.ranges
    within = f"slot >= {low} AND slot < {high}"
    return f"""SELECT p.id, p.file, p.year, p.row, m.id IS NOT NULL
      FROM (SELECT id, file, year, row FROM {work.read("phrases", work.parts)} WHERE {within}) p
      LEFT JOIN (SELECT id, file FROM {work.read("marks", work.parts)} WHERE {within}) m ON p.id = m.id AND p.file = m.file
      ORDER BY p.id, p.file"""


@dataclass(slots=True)
class Tally:
    """Counts of what a task read and left: rows read, wordings, and phrases by what a report wants to know."""

    read: int = 0
    wordings: int = 0
    phrases: int = 0
    roles: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)

    def count(self, phrase: Phrase) -> Phrase:
        """Counts a finished phrase."""
        self.phrases += 1
        if phrase.reason:
            self.dropped[phrase.reason] += 1
        else:
            self.roles[phrase.role] += 1
            self.kinds[phrase.kind] += 1
        return phrase

    def data(self) -> dict[str, Any]:
        """All counts by name."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def add(self, other: Mapping[str, Any]) -> None:
        """Adds the `data` of another."""
        for name in ("read", "wordings", "phrases"):
            setattr(self, name, getattr(self, name) + other[name])
        for name in ("roles", "kinds", "dropped"):
            getattr(self, name).update(other[name])


def _gathered(found: Iterable[tuple[Any, ...]], tally: Tally) -> Iterator[Phrase]:
    for _, same in groupby(found, key=itemgetter(0)):
        phrases = [_placed(*row[1:]) for row in same]
        tally.read += len(phrases)
        tally.wordings += 1
        yield reduce(joined, phrases)


def _placed(file: bytes, year: int | None, row: bytes, copied: bool) -> Phrase:
    """A phrase of one file; one that counts as a copy says so, as `Copies.counted` has it."""
    phrase = phrase_from_row(json.loads(row), decoded(file), year)
    return replace(phrase, documents=0, copies=1) if copied else phrase


def _sentences(merged: Iterator[Phrase], others: list[Sorted], tally: Tally, newest: int | None) -> Iterator[tuple[Any, ...]]:
    """Rows of those that may be folded; the others are finished and put aside."""
    while some := list(islice(merged, 2048)):
        open_ = [phrase for phrase in some if phrase.kind == "sentence" and not phrase.reason]
        others += _sortable((phrase for phrase in some if phrase.kind != "sentence" or phrase.reason), tally, newest)
        signatures = sign([phrase.text for phrase in open_], SENTENCES)
        for phrase, signature, number in zip(open_, signatures, row_hashes(signatures).tolist(), strict=True):
            yield phrase.id.encode(), encoded(phrase.text), phrase_data(phrase), number, signature


def _sortable(phrases: Iterable[Phrase], tally: Tally, newest: int | None) -> Iterator[Sorted]:
    for phrase in map(tally.count, map(finished, phrases)):
        yield quality(phrase, newest), phrase_data(phrase)


def _write_sorted(work: Work, name: str, at: int, phrases: list[Sorted]) -> int:
    phrases.sort()
    return write(work.path(name, at), FINISHED, ((row,) for _, row in phrases), MERGED)


# ---------------------------------------------------------------- folding
@frugal
def fold_range(task: Range) -> None:
    """Leaves the sentences of a range of groups, those nearly the same as one, and the ids of those that are gone."""
    work, at = task.work, task.at
    if work.done_before("folding", at, work.key):
        return
    low, high = (at << 64) // work.ranges, (((at + 1) << 64) // work.ranges) - 1
    sql = f"SELECT g, row FROM {work.read('grouped')} WHERE g BETWEEN {low} AND {high} ORDER BY g, id"
    tally = Tally()
    kept: list[Sorted] = []
    with tables(work.folder, MEMORY, 1) as asked:
        gone = write(work.path("aliases", at), ALIASES, sorted(_folded(asked.rows(sql), kept, tally, task.newest)))
    count = _write_sorted(work, "folded", at, kept)
    work.finish("folding", at, work.key, {"aliases": gone, "folded": count}, tally.data())


def _folded(found: Iterable[tuple[Any, ...]], kept: list[Sorted], tally: Tally, newest: int | None) -> Iterator[tuple[bytes, bytes]]:
    for _, rows_ in groupby(found, key=itemgetter(0)):
        wordings = {phrase.id: phrase for phrase in (phrase_of(row) for _, row in rows_)}
        tally.read += len(wordings)
        gone = fold(wordings, list(wordings), [0] * len(wordings))
        kept += _sortable(wordings.values(), tally, newest)
        yield from ((alias.encode(), id_.encode()) for alias, id_ in gone.items())


def gather_phrases(work: Work, engine: Engine, asked: Tables, newest: int | None, read: int) -> Tally:
    """All of the step. Raises ShardError where the phrases read are not as many as were mined."""
    ranges = [Range(work, at, newest) for at in range(work.ranges)]
    engine.run(gather_range, ranges)
    gathered = added(work, "gathered")
    work.check("语句", read, gathered.read)
    _group(work, engine, asked)
    engine.run(fold_range, ranges)
    folded = added(work, "folding")
    work.check("句子", gathered.wordings - gathered.phrases, folded.read)
    gathered.add({**folded.data(), "read": 0})
    return gathered


def added(work: Work, stage: str) -> Tally:
    """What all tasks of a stage counted."""
    total = Tally()
    for told in work.told(stage, work.ranges):
        total.add(told["about"])
    return total


def _group(work: Work, engine: Engine, asked: Tables) -> None:
    """Leaves the sentences in the order of their groups."""
    about = Alike(work, "sentences", work.ranges, SENTENCES)
    find_alike(about, engine, asked, by_text(SENTENCES, f"SELECT hash, text, id AS place FROM {about.source}"))
    target = str(work.path("grouped")).replace("'", "''")
    labels = work.read("labels-sentences")
    asked.do(
        f"""COPY (SELECT coalesce(label, s.hash) AS g, id, row FROM {about.source} s LEFT JOIN {labels} l USING (hash)
        ORDER BY g, id) TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 4096)"""
    )


# ---------------------------------------------------------------- reading it all
def phrases_in_order(work: Work, newest: int | None) -> Iterator[Phrase]:
    """All phrases of the bank, best first."""
    runs = [map(itemgetter(0), rows(work.path(name, at), ("row",), MERGED)) for name in ("others", "folded") for at in range(work.ranges)]
    keyed = [((quality(phrase, newest), phrase) for phrase in map(phrase_of, run)) for run in runs]
    return map(itemgetter(1), heapq.merge(*keyed, key=itemgetter(0)))


def aliases_in_order(work: Work) -> Iterator[tuple[str, str]]:
    """The ids that are gone, in their order, with the ids that stand for them."""
    runs = [rows(work.path("aliases", at), ("alias", "id")) for at in range(work.ranges)]
    return ((alias.decode(), id_.decode()) for alias, id_ in heapq.merge(*runs))
