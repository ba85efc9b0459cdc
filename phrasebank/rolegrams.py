"""Runs of one to four characters in many short texts at once, looked up in a fixed vocabulary.

Character n-grams are what tells short Chinese texts apart without cutting them into words (Li, Sun 2007, «Scalable term
selection for text categorization»; Cavnar, Trenkle 1994). A run of up to four characters is one whole number of 64 bits, 16
for each character, so that the look-up is exact: one multiplication gives the place in a table, one comparison says
whether the run there is the one sought.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]

BEGIN, END = "\x02", "\x03"
"""Marks before and behind every text, so that runs know where it begins and ends."""
LONGEST = 4
HEAD = 11
"""Characters, its mark included, that count as the beginning of a text."""
BITS = 18
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""2^64 by the golden ratio: Knuth, The Art of Computer Programming 3, 6.4, on multiplicative hashing."""


def _folding() -> NDArray[np.uint16]:
    """What counts as the same character: all digits, all Latin letters, marks of half and of full width."""
    table = np.arange(0x10000, dtype=np.uint16)
    for begin, end, to in (("0", "9", "0"), ("０", "９", "0"), ("a", "z", "A"), ("A", "Z", "A")):
        table[ord(begin) : ord(end) + 1] = ord(to)
    for half, full in zip(",;:?!()", "，；：？！（）", strict=True):
        table[ord(half)] = ord(full)
    return table


_FOLDED = _folding()


@dataclass(frozen=True)
class Runs:
    """Texts as one array of folded characters; of each the text it belongs to, and its place in it."""

    codes: Keys
    owner: Ints
    place: Ints
    texts: int

    @cached_property
    def head(self) -> Runs:
        """The beginnings of the texts. A run across two of them holds a mark where no known run has one."""
        near = self.place < HEAD
        return Runs(self.codes[near], self.owner[near], self.place[near], self.texts)

    @cached_property
    def grams(self) -> tuple[Keys, Ints, Ints]:
        """All runs, the texts they stand in, and their places in a table."""
        keys = self.codes
        parts = [keys]
        for n in range(1, LONGEST):
            keys = keys[: len(keys) - 1] | (self.codes[n:] << np.uint64(16 * n))
            parts.append(keys)
        found = np.concatenate(parts)
        return found, np.concatenate([self.owner[: len(part)] for part in parts]), slots(found)


def runs(texts: Sequence[str]) -> Runs:
    """`texts` with their marks; of a row of digits only the first counts."""
    joined = "".join([f"{BEGIN}{text}{END}" for text in texts])
    raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = _FOLDED[np.minimum(raw, 0xFFFD)]
    owner = np.repeat(np.arange(len(texts)), np.fromiter(map(len, texts), np.int64, len(texts)) + 2)
    digit = codes == ord("0")
    keep = np.ones(len(codes), np.bool_)
    keep[1:] = ~(digit[1:] & digit[:-1])
    owner = owner[keep]
    first = np.searchsorted(owner, np.arange(len(texts)))
    return Runs(codes[keep].astype(np.uint64), owner, np.arange(len(owner)) - first[owner], len(texts))


def key_of(gram: str) -> int:
    """The number of a run of characters as it stands in a text."""
    return sum(int(_FOLDED[min(ord(c), 0xFFFD)]) << (16 * n) for n, c in enumerate(gram))


def keys_of(grams: Sequence[str]) -> Keys:
    """`key_of` of many runs."""
    joined = "".join(gram.ljust(LONGEST, "\0") for gram in grams)
    codes = _FOLDED[np.minimum(np.frombuffer(joined.encode("utf-32-le"), np.uint32), 0xFFFD)].astype(np.uint64)
    return np.bitwise_or.reduce(codes.reshape(-1, LONGEST) << (16 * np.arange(LONGEST, dtype=np.uint64)), axis=1)


def gram_of(key: int) -> str:
    """The run that has this number."""
    return "".join(chr(key >> (16 * n) & 0xFFFF) for n in range(LONGEST) if key >> (16 * n) & 0xFFFF)


def slots(keys: Keys) -> Ints:
    """Where runs have their place in the table."""
    return ((keys * _FACTOR) >> np.uint64(64 - BITS)).astype(np.int64)


@dataclass(frozen=True)
class Vocabulary:
    """Runs that are known, by number."""

    keys: Keys

    @cached_property
    def _table(self) -> NDArray[np.int16]:
        table = np.full(1 << BITS, -1, np.int16)
        table[slots(self.keys)] = np.arange(len(self.keys))
        return table

    def hits(self, found: Runs) -> tuple[Ints, Ints]:
        """Text and number of every known run in the texts."""
        if not len(self.keys) or not found.texts:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        keys, owner, places = found.grams
        rows = self._table[places]
        near = np.flatnonzero(rows >= 0)
        rows, exact = rows[near], keys[near]
        same = self.keys[rows] == exact
        return owner[near[same]], rows[same].astype(np.int64)
