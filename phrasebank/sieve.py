"""Many short texts looked through at once: which signs and which words stand in each.

A pattern that a sentence is searched for costs a call a sentence, and most find nothing. Here the texts of a piece are laid side
by side as an array of characters; one look at each character and each pair of neighbours tells of all texts which patterns can
match at all, and where words begin. What is told so is exact for words and a bound for patterns: they are then asked only where
their signs stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from phrasebank.model import MARKS

Codes = NDArray[np.uint16]
Longs = NDArray[np.int64]

_FACTOR = np.uint32(0x9E3779B1)
"""2^32 by the golden ratio (Knuth 3, 6.4): the upper half of the product tells pairs apart well."""
SIGNS = 63
"""Signs of a sieve at most: one bit each of a number that Python keeps in one word."""


class Laid:
    """Texts side by side, a break between them that no text has; `begins` says where each begins."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        joined = "\0".join(texts) + "\0"
        raw = joined.encode("utf-16-le", "surrogatepass")
        self.codes: Codes = np.frombuffer(raw, np.uint16)
        sizes = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
        self._wide = 2 * len(joined) != len(raw)
        if self._wide:  # characters of two units
            sizes = np.array([len(text.encode("utf-16-le", "surrogatepass")) // 2 + 1 for text in texts], np.int64)
        self.ends: Longs = np.cumsum(sizes)
        self.begins: Longs = self.ends - sizes

    @cached_property
    def pairs(self) -> NDArray[np.uint32]:
        """Each two neighbours as one number."""
        codes = self.codes.astype(np.uint32)
        return codes[:-1] << np.uint32(16) | codes[1:]

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """Where each pair is looked up."""
        return _places(self.pairs)

    @cached_property
    def letters(self) -> list[str]:
        """Each text without marks and spaces."""
        found = self.codes[_letters()[self.codes]].tobytes().decode("utf-16-le", "surrogatepass").split("\0")[:-1]
        if self._wide or len(found) != len(self.texts):
            return [MARKS.sub("", text) for text in self.texts]
        return found

    def within(self, at: Longs) -> list[list[int]]:
        """Places, in order, as those of each text, counted from where that begins; not for texts with characters of two units."""
        owner = self.owners(at)
        local, cut = (at - self.begins[owner]).tolist(), np.searchsorted(owner, np.arange(len(self.texts) + 1)).tolist()
        return [local[a:b] for a, b in pairwise(cut)]

    def owners(self, at: Longs) -> Longs:
        """Which texts characters stand in."""
        return np.searchsorted(self.ends, at, side="right")


@cache
def _letters() -> NDArray[np.bool_]:
    """What stays of a text without its marks, and what stands between texts."""
    return np.array([n == 0 or chr(n).isalnum() for n in range(0x10000)])


def _places(pairs: NDArray[np.uint32]) -> NDArray[np.intp]:
    return ((pairs * _FACTOR) >> np.uint32(16)).astype(np.intp)


def _pairs_of(words: Sequence[str]) -> NDArray[np.uint32]:
    return np.array([ord(word[0]) << 16 | ord(word[1]) for word in words], np.uint32)


class Pairs:
    """Finds known pairs of characters."""

    def __init__(self, pairs: Iterable[str]) -> None:
        wanted = sorted(set(pairs))
        self._keys = _pairs_of(wanted)
        self.order = wanted
        self._table = np.zeros(0x10000, np.bool_)
        self._table[_places(self._keys)] = True

    def hits(self, laid: Laid) -> tuple[Longs, Longs]:
        """Where known pairs begin, and their numbers in `order`."""
        at = np.flatnonzero(self._table[laid.places])
        if not len(at):
            return at, at
        found = laid.pairs[at]
        rows = np.searchsorted(self._keys, found).clip(max=len(self._keys) - 1)
        known = self._keys[rows] == found
        return at[known], rows[known]


class Starts:
    """Finds where neighbours stand of which the first is one of a set of characters and the second of another ("" for any); several
    such sets are looked for at once, at most 32, and told by a bit each."""

    def __init__(self, sets: Sequence[tuple[str, str]]) -> None:
        self._first, self._second = np.zeros(0x10000, np.uint32), np.zeros(0x10000, np.uint32)
        for number, (firsts, seconds) in enumerate(sets):
            bit = np.uint32(1 << number)
            self._first[[*map(ord, firsts)]] |= bit
            self._second[[*map(ord, seconds)] if seconds else slice(None)] |= bit

    def hits(self, laid: Laid) -> tuple[Longs, NDArray[np.uint32]]:
        """Where such neighbours begin, and the bits of what they are."""
        bits = self._first[laid.codes[:-1]] & self._second[laid.codes[1:]]
        at = np.flatnonzero(bits)
        return at, bits[at]


class Sieve:
    """Signs, each a few characters or beginnings of words: `masks` has a bit for each sign of which one stands in a text. Of words
    only the first two characters are looked at, so that a bit says what may be there, and a bit that is missing what is not."""

    def __init__(self, signs: Sequence[Iterable[str]]) -> None:
        assert len(signs) <= SIGNS, len(signs)
        by_pair: dict[str, int] = {}
        self._singles: dict[str, int] = {}
        for number, words in enumerate(signs):
            for word in words:
                table = self._singles if len(word) == 1 else by_pair
                table[word[:2]] = table.get(word[:2], 0) | 1 << number
        self._pairs = Pairs(by_pair)
        self._bits = np.array([by_pair[pair] for pair in self._pairs.order], np.int64)
        self._of_character = np.zeros(0x10000, np.int64)
        for character, bits in self._singles.items():
            self._of_character[ord(character)] = bits

    def masks(self, laid: Laid) -> list[int]:
        """The signs of each text."""
        if not laid.texts:
            return []
        bits = self._of_character[laid.codes] if self._singles else np.zeros(len(laid.codes), np.int64)
        at, rows = self._pairs.hits(laid)
        bits[at] |= self._bits[rows]
        found: list[int] = np.bitwise_or.reduceat(bits, laid.begins).tolist()
        return found


class Finder:
    """Tells of many texts which of many words stand in each."""

    def __init__(self, words: Iterable[str]) -> None:
        wanted = sorted({word for word in words if word})
        self._singles = [word for word in wanted if len(word) == 1 or max(word[:2]) > "\uffff"]
        self._by_pair: dict[str, list[str]] = {}
        for word in wanted:
            if len(word) > 1 and max(word[:2]) <= "\uffff":
                self._by_pair.setdefault(word[:2], []).append(word)
        self._pairs = Pairs(self._by_pair)
        self._words = [self._by_pair[pair] for pair in self._pairs.order]
        self._exact = [len(words) == 1 and len(words[0]) == 2 for words in self._words]

    def standing_in(self, laid: Laid) -> list[list[str]]:
        """The words that stand in each text, in no order."""
        found: list[list[str]] = [[] for _ in laid.texts]
        at, rows = self._pairs.hits(laid)
        width = max(1, len(self._words))
        for owner, row in (divmod(n, width) for n in np.unique(laid.owners(at) * width + rows).tolist()):
            if self._exact[row]:
                found[owner] += self._words[row]
            else:
                text = laid.texts[owner]
                found[owner] += [word for word in self._words[row] if len(word) == 2 or word in text]
        for word in self._singles:
            for owner, text in enumerate(laid.texts):
                if word in text:
                    found[owner].append(word)
        return found
