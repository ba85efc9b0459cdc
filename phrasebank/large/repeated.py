"""The second step: what only repeats another file, as `phrasebank.copies` has it, over shards.

Leaves `originals`, all documents with what they are copies of, and `copied`, the passages that stand in an older file too; of each
partition `marks`, the phrases that count as copies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np

from phrasebank.copies import UNKNOWN_YEAR
from phrasebank.duplicates import stars
from phrasebank.large.alike import Alike, Hashes, by_text, find_alike
from phrasebank.large.memory import frugal
from phrasebank.large.shards import Columns, decoded, lists, write
from phrasebank.large.tables import Tables, tables
from phrasebank.large.work import Work
from phrasebank.similarity import DOCUMENTS, PASSAGES, verify
from phrasebank.workers import Engine

MARKS = Columns.of(slot="int", id="bytes", file="bytes")
TOGETHER = 64
"""Pairs of documents compared at once."""


def find_repeated(work: Work, engine: Engine, asked: Tables) -> None:
    """All of the step."""
    _ages(asked, work)
    find_alike(Alike(work, "documents", work.parts, DOCUMENTS), engine, asked, _documents_alike)
    _originals(asked, work)
    places = f"""SELECT p.hash, p.text, p.line, p.part, p.document, age, age * 1048576 + number AS place
      FROM {work.read("passages", work.parts)} p JOIN ages USING (part, document)"""
    find_alike(Alike(work, "passages", work.parts, PASSAGES), engine, asked, by_text(PASSAGES, places))
    _copied(asked, work, places)
    engine.run(mark, [Marking(work, part) for part in range(work.parts)])
    work.told("marks", work.parts)


def _ages(asked: Tables, work: Work) -> None:
    """Documents in the order of their age."""
    asked.do(
        f"""CREATE TABLE ages AS SELECT part, document, file, hash, row_number() OVER (ORDER BY coalesce(year, {UNKNOWN_YEAR}), file) AS age
        FROM {work.read("documents", work.parts)}"""
    )


def _originals(asked: Tables, work: Work) -> None:
    labels = work.read("labels-documents")
    asked.do(
        f"""COPY (WITH grouped AS (SELECT a.*, coalesce(label, a.hash) AS g FROM ages a LEFT JOIN {labels} l USING (hash)),
          firsts AS (SELECT g, min(age) AS first FROM grouped GROUP BY g)
        SELECT x.part, x.document, x.file, CASE WHEN x.age <> first THEN y.file END AS copy_of
        FROM grouped x JOIN firsts USING (g) JOIN ages y ON y.age = first ORDER BY x.file)
        TO '{_quoted(work, "originals")}' (FORMAT parquet, COMPRESSION zstd)"""
    )


def _documents_alike(asked: Tables, work: Work, name: str, bands: int) -> Iterator[Hashes]:
    """Pairs of documents that are copies. Their texts are put together again from the passages."""
    pairs = asked.hashes(f"SELECT DISTINCT a, b FROM {work.read(name, bands)}")
    if not len(pairs):
        return
    chosen = f"SELECT a FROM {work.read(name, bands)} UNION SELECT b FROM {work.read(name, bands)}"
    sql = f"SELECT hash, arg_min(part, age), arg_min(document, age) FROM ages WHERE hash IN ({chosen}) GROUP BY hash"
    places = {hash_: (part, document) for hash_, part, document in asked.rows(sql)}
    items, at = np.unique(pairs, return_inverse=True)
    at = at.reshape(-1, 2).astype(np.int64)
    together = np.argsort(stars(at, len(items))[at[:, 0]], kind="stable")  # likely copies share their texts
    for start in range(0, len(pairs), TOGETHER):
        some = pairs[together[start : start + TOGETHER]]
        items, at = np.unique(some, return_inverse=True)
        yield some[verify(at.reshape(-1, 2).astype(np.int64), _texts(asked, work, [places[item] for item in items.tolist()]), DOCUMENTS)]


def _texts(asked: Tables, work: Work, places: Sequence[tuple[int, int]]) -> list[str]:
    """What `copies.text_of` gives for documents, each told by part and number."""
    shards = ", ".join(f"'{_quoted(work, 'passages', part)}'" for part in sorted({part for part, _ in places}))
    wanted = ", ".join(f"({part}, {document})" for part, document in places)
    sql = f"SELECT part, document, text FROM read_parquet([{shards}]) WHERE (part, document) IN ({wanted}) ORDER BY part, document, number"
    found = {place: "\n".join(decoded(row[2]) for row in rows) for place, rows in groupby(asked.rows(sql), key=itemgetter(0, 1))}
    return [found.get(place, "") for place in places]


def _copied(asked: Tables, work: Work, places: str) -> None:
    asked.do(
        f"""COPY (WITH grouped AS (SELECT part, document, line, age, coalesce(label, p.hash) AS g
            FROM ({places}) p LEFT JOIN {work.read("labels-passages")} l USING (hash)),
          firsts AS (SELECT g, min(age) AS first FROM grouped GROUP BY g)
        SELECT DISTINCT part, document, line FROM grouped JOIN firsts USING (g) WHERE age <> first
        UNION ALL SELECT part, document, -1 FROM {work.read("originals")} WHERE copy_of IS NOT NULL ORDER BY part, document, line)
        TO '{_quoted(work, "copied")}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 8192)"""
    )


def _quoted(work: Work, name: str, part: int = 0) -> str:
    return str(work.path(name, part)).replace("'", "''")


# ---------------------------------------------------------------- marks
@dataclass(frozen=True, slots=True)
class Marking:
    """The task: one partition."""

    work: Work
    part: int


@frugal
def mark(task: Marking) -> None:
    """Leaves which phrases of a partition count as copies: all of a document that is one, and those whose every line is copied."""
    work, part = task.work, task.part
    if work.done_before("marks", part, work.key):
        return
    with tables(work.folder, 64, 1) as asked:
        rows_ = list(asked.rows(f"SELECT document, line FROM {work.read('copied')} WHERE part = {part}"))
    places = np.array(rows_, np.int64).reshape(-1, 2)
    count = write(work.path("marks", part), MARKS, _marked(work, part, places))
    work.finish("marks", part, work.key, {"marks": count}, {})


def _marked(work: Work, part: int, places: np.ndarray) -> Iterator[tuple[int, bytes, bytes]]:
    (slots, ids, files, documents), lines, lengths = lists(work.path("phrases", part), ("slot", "id", "file", "document"), "lines")
    if not len(documents):
        return
    of = np.array(documents, np.int64)
    keys = (np.repeat(of, lengths) << 32) | lines
    whole = np.isin(of, places[places[:, 1] < 0, 0])
    each = np.isin(keys, (places[:, 0] << 32) | places[:, 1])
    copied = whole | np.logical_and.reduceat(each, np.cumsum(lengths) - lengths)
    for at in np.flatnonzero(copied).tolist():
        yield slots[at], ids[at], files[at]
