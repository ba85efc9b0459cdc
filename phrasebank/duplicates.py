"""Near-duplicates: which sentences, passages and documents are copies of one another, edited or not.

Three steps that can stand on different machines:

1. `similarity.sign` looks at texts one by one, for each document by itself;
2. `bands` turns signatures into rows to be sorted, `candidates` takes what lies side by side there; an engine can do this;
3. `similarity.verify` compares the texts of a pair, and `stars` makes groups of the pairs that are copies.

`near_groups` does steps 2 and 3 in memory. Every copy in a group is verified against one text of it, so that groups do not run
from neighbour to neighbour; they depend on the texts alone, not on their order or on how they were divided among workers.

The groups are the stars of Aslam, Pelekhov and Rus, "The star clustering algorithm", 2004.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from phrasebank.similarity import SENTENCES, Indices, Kind, Signatures, Wide, Words, verify

CROWD = 12
"""Texts in a bucket that are all compared with one another. In larger ones a shingle is a set expression and says little."""
BAND = np.dtype([("key", "<u8"), ("order", "<u8"), ("item", "<i8")])
"""A row of `bands`: band and hash; where in the bucket; index of the text."""


# ---------------------------------------------------------------- candidates
def bands(signatures: Words, kind: Kind = SENTENCES) -> npt.NDArray[np.void]:
    """Rows of `BAND`, `kind.bands` a text: sorted by key, order and a number that the text gives, likely copies are neighbours
    with one key."""
    rows = np.empty((kind.bands, len(signatures)), BAND)
    for band in range(kind.bands):
        rows[band]["key"] = (np.uint64(band) << np.uint64(32)) | signatures[:, band]
        rows[band]["order"] = signatures[:, band + 1]
        rows[band]["item"] = np.arange(len(signatures))
    return rows.reshape(-1)


def candidates(signatures: Words, kind: Kind = SENTENCES) -> Indices:
    """Pairs of texts, (n, 2), smaller index first, that may be copies by what their signatures say. In a bucket of more than
    `CROWD` it matters in which order equal texts stand: `near_groups` sorts them by their signatures before."""
    compact = Signatures.of(signatures, kind)
    neighbours = (_neighbours(signatures[:, band], signatures[:, band + 1]) for band in range(kind.bands))
    return _united((compact.plausible(left, right) for left, right in neighbours), len(signatures))


def followers(centres: Indices, signatures: Words, kind: Kind = SENTENCES) -> Indices:
    """Pairs like those of `candidates`, of these texts with all that share a bucket with them, however crowded it is."""
    compact = Signatures.of(signatures, kind)
    members = (_members(signatures[:, band], centres) for band in range(kind.bands))
    return _united((compact.plausible(left, right) for left, right in members), len(signatures))


def _united(found: Iterable[tuple[Indices, Indices]], count: int) -> Indices:
    """Each pair of items below `count` once, smaller first."""
    numbers = [np.minimum(left, right) * count + np.maximum(left, right) for left, right in found]
    pairs = np.sort(np.concatenate([np.empty(0, np.int64), *numbers]))
    pairs = pairs[np.diff(pairs, prepend=-1) != 0]
    return np.stack(np.divmod(pairs, max(count, 1)), axis=1)


def _members(hashes: Words, centres: Indices) -> tuple[Indices, Indices]:
    """Each of `centres` with each other item of the same hash."""
    wanted = np.zeros(1 << 16, np.bool_)
    wanted[hashes[centres] >> np.uint32(16)] = True
    items = np.flatnonzero(wanted[hashes >> np.uint32(16)])  # few others besides
    items = items[np.argsort(hashes[items], kind="stable")]
    begin = np.searchsorted(hashes[items], hashes[centres], "left")
    sizes = np.searchsorted(hashes[items], hashes[centres], "right") - begin
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    left, right = np.repeat(centres, sizes), items[np.repeat(begin, sizes) + within]
    return left[left != right], right[left != right]


def _neighbours(hashes: Words, following: Words) -> tuple[Indices, Indices]:
    """Pairs of items with the same hash: all in a bucket of `CROWD` at most; in a larger one those that agree in the following
    hash too, at most `CROWD` apart."""
    places = np.argsort((hashes.astype(np.uint64) << np.uint64(32)) | following, kind="stable")
    first, second = hashes[places], following[places]
    starts = np.flatnonzero(np.concatenate([[True], first[1:] != first[:-1]]))
    sizes = np.diff(starts, append=len(places))
    crowded = np.repeat(sizes > CROWD, sizes)
    at = np.arange(len(places))
    left, right = [at[:0]], [at[:0]]
    for apart in range(1, CROWD):
        at = at[: np.searchsorted(at, len(places) - apart)]
        at = at[(first[at] == first[at + apart]) & (~crowded[at] | (second[at] == second[at + apart]))]
        left.append(places[at])
        right.append(places[at + apart])
    return np.concatenate(left), np.concatenate(right)


# ---------------------------------------------------------------- groups
def near_groups(signatures: Words, texts: Sequence[str], kind: Kind = SENTENCES) -> Indices:
    """For each text the smallest index among its copies; its own, if it has none."""
    _, first, same = np.unique(_row_hashes(signatures), return_index=True, return_inverse=True)
    labels = _grouped(signatures[first], [texts[item] for item in first.tolist()], kind)[same]
    smallest = np.full(len(first), len(signatures))
    np.minimum.at(smallest, labels, np.arange(len(signatures)))
    return smallest[labels]


def _grouped(signatures: Words, texts: Sequence[str], kind: Kind) -> Indices:
    """Labels of texts that differ and stand in an order that they give. Where many gather around one, some of its copies had no
    place near it in their buckets: it is compared with all."""
    pairs = candidates(signatures, kind)
    pairs = pairs[verify(pairs, texts, kind)]
    sizes = np.bincount(stars(pairs, len(texts)), minlength=len(texts))
    further = followers(np.flatnonzero(sizes >= CROWD // 2), signatures, kind)
    further = further[verify(further, texts, kind)]
    return stars(_united(((found[:, 0], found[:, 1]) for found in (pairs, further)), len(texts)), len(texts))


def _row_hashes(signatures: Words) -> Wide:
    """A number of 64 bits for each whole signature."""
    numbers = np.zeros(len(signatures), np.uint64)
    for column in range(signatures.shape[1]):
        numbers = (numbers ^ signatures[:, column]) * np.uint64(0x9E3779B97F4A7C15)
        numbers ^= numbers >> np.uint64(29)
    return numbers


def stars(pairs: Indices, count: int) -> Indices:
    """Labels of `count` texts: the one with the most copies takes them all, then the next of what is left; of equals, the
    smaller index."""
    both = np.concatenate([pairs, pairs[:, ::-1]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    borders = np.searchsorted(both[:, 0], np.arange(count + 1))
    degrees = np.diff(borders)
    labels = np.full(count, -1)
    for centre in np.argsort(-degrees, kind="stable")[: np.count_nonzero(degrees)].tolist():
        if labels[centre] < 0:
            around = both[borders[centre] : borders[centre + 1], 1]
            labels[around[labels[around] < 0]] = centre
            labels[centre] = centre
    return np.where(labels < 0, np.arange(count), labels)
