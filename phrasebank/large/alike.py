"""Near-duplicates over shards: what `duplicates.near_groups` does in memory, step by step on disk, with the same outcome.

A text is known by the hash of its signature: texts with one signature are one item, and the order of hashes is the order of items.
In each band the items are sorted by what the band says, so that the items of a bucket are neighbours and one pass finds the likely
pairs, whatever their number. Where many gather around one text, a second round compares it with all that share a bucket with it.
Only pairs that were verified are held in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from phrasebank import duplicates
from phrasebank.duplicates import CROWD, stars
from phrasebank.large.memory import frugal
from phrasebank.large.shards import Columns, decoded, lists, write
from phrasebank.large.tables import Tables, tables
from phrasebank.large.work import Work
from phrasebank.similarity import Kind, Signatures, verify
from phrasebank.workers import Engine

Hashes = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint32]

PAIRS = Columns.of(a="hash", b="hash")
LABELS = Columns.of(hash="hash", label="hash")
CENTRES = Columns.of(hash="hash", signature="numbers")
VERIFIED = 4_000
"""Pairs verified at once: some 40 MB."""
SORTING = 128
"""MB in which a band is sorted; beyond, it spills."""
BUCKET = 50_000
"""Items of a bucket that are looked at together, at most."""

row_hashes = duplicates._row_hashes
"""A number of 64 bits for each whole signature."""
Verify = Callable[[Tables, Work, str, int], Iterator[Hashes]]
"""Of the candidates in the shards of a name, so many of them, those that are copies, [n, 2]."""


@dataclass(frozen=True, slots=True)
class Alike:
    """What is looked at: signatures of a kind, in the shards of a name, `parts` of them."""

    work: Work
    name: str
    parts: int
    kind: Kind

    @property
    def source(self) -> str:
        """All of the shards, as a table in SQL."""
        return self.work.read(self.name, self.parts)


def find_alike(about: Alike, engine: Engine, asked: Tables, check: Verify) -> None:
    """Leaves `labels-` of a name: items that have copies, with the one that stands for all its copies, itself among them."""
    near = _round(about, engine, asked, check, "near")
    further = _round(about, engine, asked, check, "far") if _write_centres(about, asked, near) else near
    pairs = np.unique(np.concatenate([near, further]), axis=0)
    write(about.work.path(f"labels-{about.name}"), LABELS, zip(*(some.tolist() for some in _labels(pairs)), strict=True), 65536)


def _round(about: Alike, engine: Engine, asked: Tables, check: Verify, which: str) -> Hashes:
    """One round: candidates by band, in the tasks of an engine, and then which of them are copies, [n, 2]."""
    name, bands = f"{which}-{about.name}", about.kind.bands
    engine.run(pair_band, [Band(about, which, band) for band in range(bands)])
    about.work.told(name, bands)
    return np.concatenate([np.empty((0, 2), np.uint64), *check(asked, about.work, name, bands)])


def _labels(pairs: Hashes) -> tuple[Hashes, Hashes]:
    items, places = np.unique(pairs, return_inverse=True)
    return items, items[stars(places.reshape(-1, 2).astype(np.int64), len(items))]


def _write_centres(about: Alike, asked: Tables, pairs: Hashes) -> int:
    """Leaves the items around which many gather, and says how many there are."""
    centres, sizes = np.unique(_labels(pairs)[1], return_counts=True)
    work, name = about.work, f"centres-{about.name}"
    chosen = work.path(f"{name}-hashes")
    write(chosen, LABELS, ((centre, centre) for centre in centres[sizes >= CROWD // 2].tolist()), 65536)
    among = f"hash IN (SELECT hash FROM {work.read(f'{name}-hashes')})"
    sql = f"SELECT hash, any_value(signature) FROM {about.source} WHERE {among} GROUP BY hash ORDER BY hash"
    return write(work.path(name), CENTRES, asked.rows(sql), 8192)


# ---------------------------------------------------------------- candidates, a band at a time
@dataclass(frozen=True, slots=True)
class Band:
    """The task: one band; `which` round: near or far."""

    about: Alike
    which: str
    band: int


@frugal
def pair_band(task: Band) -> None:
    """Leaves the pairs of a band that may be copies, smaller hash first."""
    work, name = task.about.work, f"{task.which}-{task.about.name}"
    if work.done_before(name, task.band, work.key):
        return
    with tables(work.folder, SORTING, 1) as asked:
        found = _near(task, asked) if task.which == "near" else _far(task, asked)
        count = write(work.path(name, task.band), PAIRS, _ordered(found), 65536)
    work.finish(name, task.band, work.key, {name: count}, {})


def _ordered(found: Iterable[tuple[Hashes, Hashes]]) -> Iterator[tuple[int, int]]:
    for a, b in found:
        yield from zip(np.minimum(a, b).tolist(), np.maximum(a, b).tolist(), strict=True)


def _near(task: Band, asked: Tables) -> Iterator[tuple[Hashes, Hashes]]:
    """Likely pairs of items that lie side by side, as `duplicates.candidates` takes them."""
    band = task.band
    by = f"signature[{band + 1}], signature[{band + 2}], hash"
    for signatures, hashes, old in _buckets(asked.signatures(f"SELECT signature, hash FROM {task.about.source} ORDER BY {by}"), band):
        left, right = _side_by_side(signatures[:, band], signatures[:, band + 1], old)
        left, right = Signatures.of(signatures, task.about.kind).plausible(left, right)
        yield hashes[left], hashes[right]


def _buckets(batches: Iterable[tuple[npt.NDArray[Any], ...]], band: int) -> Iterator[tuple[Words, Hashes, int]]:
    """Items that differ, whole buckets at a time; of a bucket too large for that a run, behind the last items of the run before,
    and how many those are."""
    signatures, hashes, old = np.empty((0, 0), np.uint32), np.empty(0, np.uint64), 0
    for batch, numbers in batches:
        signatures = np.concatenate([signatures.reshape(-1, batch.shape[1]), batch])
        hashes = np.concatenate([hashes, numbers])
        new = np.concatenate([[True], hashes[1:] != hashes[:-1]])
        signatures, hashes = signatures[new], hashes[new]
        begin = int(np.searchsorted(signatures[:, band], signatures[-1, band]))
        if begin:
            yield signatures[:begin], hashes[:begin], old
            signatures, hashes, old = signatures[begin:], hashes[begin:], 0
        elif len(hashes) > BUCKET:
            yield signatures, hashes, old
            signatures, hashes, old = signatures[-CROWD:], hashes[-CROWD:], CROWD
    if len(hashes):
        yield signatures, hashes, old


def _side_by_side(first: Words, second: Words, old: int) -> tuple[Indices, Indices]:
    """Pairs of one bucket, all in a small one; in one of more than `CROWD` those that agree in the second number too. `old` items
    at the beginning, of a large bucket, were paired with each other before."""
    starts = np.flatnonzero(np.concatenate([[True], first[1:] != first[:-1]]))
    sizes = np.diff(starts, append=len(first))
    crowded = np.repeat(sizes > CROWD, sizes)
    crowded[: sizes[0]] |= old > 0
    left, right = [starts[:0]], [starts[:0]]
    for apart in range(1, CROWD):
        at = np.arange(max(0, old - apart), len(first) - apart)
        at = at[(first[at] == first[at + apart]) & (~crowded[at] | (second[at] == second[at + apart]))]
        left.append(at)
        right.append(at + apart)
    return np.concatenate(left), np.concatenate(right)


def _far(task: Band, asked: Tables) -> Iterator[tuple[Hashes, Hashes]]:
    """Likely pairs of the centres with all that share the bucket, as `duplicates.followers` takes them."""
    about = task.about
    (centres,), numbers, _ = lists(about.work.path(f"centres-{about.name}"), ("hash",), "signature")
    known, around = np.array(centres, np.uint64), numbers.reshape(-1, about.kind.width)
    if not len(known):
        return
    by = f"signature[{task.band + 1}]"
    centre = f"SELECT hash, {by} AS bucket FROM {about.work.read(f'centres-{about.name}')}"
    sql = f"SELECT s.signature, s.hash, c.hash FROM {about.source} s JOIN ({centre}) c ON s.{by} = bucket WHERE s.hash <> c.hash"
    for signatures, hashes, of in asked.signatures(sql):
        compact = Signatures.of(np.concatenate([signatures, around]), about.kind)
        places = np.arange(len(hashes))
        left, right = compact.plausible(places, np.searchsorted(known, of) + len(hashes))
        yield hashes[left], known[right - len(hashes)]


# ---------------------------------------------------------------- verification
def by_text(kind: Kind, texts: str) -> Verify:
    """Verification of texts that a question gives: hash, text and place; of a hash the text at the first place counts."""

    def check(asked: Tables, work: Work, name: str, bands: int) -> Iterator[Hashes]:
        asked.do(f"CREATE OR REPLACE TABLE pairs AS SELECT DISTINCT a, b FROM {work.read(name, bands)}")
        asked.do(
            f"""CREATE OR REPLACE TABLE texts AS SELECT hash, arg_min(text, place) AS text FROM ({texts})
            WHERE hash IN (SELECT a FROM pairs UNION ALL SELECT b FROM pairs) GROUP BY hash"""
        )
        rows = asked.rows("SELECT a, b, x.text, y.text FROM pairs JOIN texts x ON a = x.hash JOIN texts y ON b = y.hash")
        while batch := list(islice(rows, VERIFIED)):
            pairs = np.array([row[:2] for row in batch], np.uint64)
            both = [decoded(text) for row in batch for text in row[2:]]
            yield pairs[verify(np.arange(2 * len(batch)).reshape(-1, 2), both, kind)]
        asked.do("DROP TABLE texts; DROP TABLE pairs")

    return check
