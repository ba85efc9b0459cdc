"""Near-duplicates: which sentences, passages and documents are copies of one another, edited or not.

Three steps that can stand on different machines:

1. `sign` looks at texts one by one: MinHash signatures of their shingles, for each document by itself;
2. `bands` turns signatures into rows to be sorted, `candidates` takes what lies side by side there; an engine can do this;
3. `verify` compares the texts of a pair, and `stars` makes groups of the pairs that are copies.

`near_groups` does steps 2 and 3 in memory. Every copy in a group is verified against one text of it, so that groups do not run
from neighbour to neighbour; they depend on the texts alone, not on their order or on how they were divided among workers.

What is compared is the folded text: no punctuation or spaces, half-width for full-width, every figure a single 0.

MinHash after Broder, "On the resemblance and containment of documents", 1997; the groups are the stars of Aslam, Pelekhov and
Rus, "The star clustering algorithm", 2004.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

Array = npt.NDArray[np.generic]
Codes = npt.NDArray[np.uint16]
Words = npt.NDArray[np.uint32]
Wide = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

ABSENT = 0xFFFF
"""What the folding table gives for a character that is left out."""
SHINGLE = 4
"""Characters of a shingle. Three are too common in this prose (three times the candidates), five too easily broken by edits."""
CROWD = 16
"""Texts in a bucket that are all compared with one another. In larger ones a shingle is a set expression and says little."""
SHORTEST = 0.4
"""Length of what is left of a document that was cut, by that of the whole, at least."""
EXTRAS = 4
"""Columns of a signature behind its hashes: two of the set of characters, the sum of the shingles, the folded length."""
BLOCK = 200_000
"""Characters signed at once: bounds memory and stays in the processor's cache."""
BAND = np.dtype([("key", "<u8"), ("order", "<u8"), ("item", "<i8")])
"""A row of `bands`: band and hash; where in the bucket; index of the text."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What counts as a copy among texts of one kind."""

    hashes: int
    """Hashes of a signature."""
    bands: int
    """The first so many hashes bring texts together, each by itself."""
    agreeing: int
    """Hashes that must agree before texts are compared."""
    least: float
    """Least similarity of a copy, of 1: twice the longest common subsequence by the lengths of both; where `whole`, the share of
    the shorter text's shingles that the longer has."""
    short: float = 0.0
    """What the least similarity rises by as texts get shorter than `full` characters: in all at half of `full`."""
    full: int = 1
    """Folded characters from which `least` holds."""
    whole: bool = False
    """Whether these are whole documents: compared by their shingles, the shorter sought in the longer."""
    sample: int = 1
    """One shingle of how many is signed, a power of 2."""

    @property
    def width(self) -> int:
        """Columns of a signature."""
        return self.hashes + EXTRAS


SENTENCES = Kind(hashes=16, bands=12, agreeing=2, least=0.78, short=0.10, full=24)
"""Of 10 to 120 characters. In a short one a word changed is another thing said: there nine parts of ten must be the same."""
PASSAGES = Kind(hashes=28, bands=14, agreeing=3, least=0.76)
"""Paragraphs of 40 characters and more."""
DOCUMENTS = Kind(hashes=128, bands=20, agreeing=14, least=0.36, whole=True, sample=8)
"""Whole texts; cut off at an end, or with foreign matter put in, they are copies still. A fifth of the characters changed one by
one leaves .8⁴ = .41 of the shingles; two reports of one genre share .06, at most .2."""


# ---------------------------------------------------------------- folding
@lru_cache(maxsize=1)
def _table() -> Codes:
    """For each code point what it is folded to, `ABSENT` for marks and spaces; beyond the first plane, a private character."""
    table = np.arange(0x110000, dtype=np.uint32)
    table[0x10000:] = 0xE000 + table[0x10000:] % 0x1900
    for start, end in ((0, 0x3400), (0x4DC0, 0x4E00), (0xA000, 0xAC00), (0xF900, 0x10000)):
        table[start:end] = [_folded(chr(code)) for code in range(start, end)]
    table[0] = 0
    return table.astype(np.uint16)


def _folded(character: str) -> int:
    plain = unicodedata.normalize("NFKC", character)
    kind = unicodedata.category(plain[0])
    if kind[0] in "PZCS":
        return ABSENT
    return ord("0") if kind == "Nd" or plain == "〇" else ord(plain[0].lower()[0])


def _codes(texts: Sequence[str], gap: int) -> tuple[Codes, Indices]:
    """The folded texts end to end, `gap` zeros behind each, and their lengths without those."""
    raw = np.frombuffer(("\0" * gap).join([*texts, ""]).encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = _table()[raw]
    keep = codes != ABSENT
    keep[1:] &= (codes[1:] != ord("0")) | (codes[:-1] != ord("0"))
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    ends = np.cumsum(lengths + gap)
    before = np.concatenate([[0], np.cumsum(keep)])
    return codes[keep], np.diff(before[ends], prepend=0) - gap


def fold(texts: Sequence[str]) -> list[str]:
    """The texts as they are compared: characters and figures without marks."""
    codes, lengths = _codes(texts, 1)
    whole = codes.tobytes().decode("utf-16-le", "surrogatepass")
    ends = np.cumsum(lengths + 1).tolist()
    return [whole[end - length - 1 : end - 1] for end, length in zip(ends, lengths.tolist(), strict=True)]


# ---------------------------------------------------------------- signatures
def sign(texts: Sequence[str], kind: Kind = SENTENCES) -> Words:
    """Signatures, one row of `kind.width` numbers a text: hashes, then character set and length. A row depends on its text
    alone, so that texts may be signed in any portions."""
    parts = [_signed(portion, kind) for portion in _portions(texts)]
    return np.concatenate(parts) if parts else np.empty((0, kind.width), np.uint32)


def _portions(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in runs of about `BLOCK` characters."""
    start = size = 0
    for index, text in enumerate(texts):
        size += len(text)
        if size >= BLOCK:
            yield texts[start : index + 1]
            start, size = index + 1, 0
    if start < len(texts):
        yield texts[start:]


def _signed(texts: Sequence[str], kind: Kind) -> Words:
    codes, lengths = _codes(texts, SHINGLE - 1)
    shingles, starts = _shingles(codes, lengths, kind.sample)
    signatures = np.empty((len(texts), kind.width), np.uint32)
    for column, (flip, factor) in enumerate(_permutations(kind.hashes)):
        signatures[:, column] = np.minimum.reduceat((shingles ^ flip) * factor, starts)
    signatures[:, kind.hashes : -2] = _characters(codes, lengths).view(np.uint32).reshape(-1, 2)
    signatures[:, -2] = np.add.reduceat(shingles, starts)
    signatures[:, -1] = lengths
    return signatures


@lru_cache(maxsize=8)
def _permutations(count: int) -> tuple[tuple[np.uint32, np.uint32], ...]:
    """Numbers that make one order of shingles another: one to xor with, an odd one to multiply by."""
    drawn = np.random.Generator(np.random.PCG64(20040630)).integers(0, 1 << 32, (count, 2), dtype=np.uint32)
    return tuple((flip, factor | np.uint32(1)) for flip, factor in drawn)


def _shingles(codes: Codes, lengths: Indices, sample: int = 1) -> tuple[Words, Indices]:
    """Hashes of the shingles of all texts, and where those of each begin. A text shorter than a shingle is one itself."""
    hashes = _mixed(_rolled(codes, SHINGLE))
    spans = lengths + SHINGLE - 1
    ends = np.cumsum(spans)
    starts = ends - spans
    keep = (hashes & np.uint32(sample - 1)) == 0 if sample > 1 else np.ones(len(hashes), np.bool_)
    for back in range(1, 2 * SHINGLE - 1):
        keep[np.maximum(ends - back, starts)] = False
    keep[starts] = True
    before = np.cumsum(keep) - keep
    return hashes[keep], before[starts]


def _rolled(codes: Codes, size: int) -> Words:
    """A number for each run of `size` codes; what hangs over the end is taken with zeros."""
    wide = np.concatenate([codes, np.zeros(size - 1, np.uint16)]).astype(np.uint32)
    rolled = wide[: len(codes)].copy()
    for step in range(1, size):
        rolled *= np.uint32(0x01000193)
        rolled += wide[step : step + len(codes)] * np.uint32(0x9E3779B1)
    return rolled


def _mixed(numbers: Words) -> Words:
    """The finisher of MurmurHash3 (Appleby, public domain), in place."""
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        numbers ^= numbers >> np.uint32(shift)
        numbers *= np.uint32(factor)
    numbers ^= numbers >> np.uint32(16)
    return numbers


def _characters(codes: Codes, lengths: Indices) -> Wide:
    """The set of characters of each text, in 64 bits. Two texts differ by at least as many characters as their sets by bits."""
    bits = np.uint64(1) << ((codes * np.uint16(0x9E37)) >> np.uint16(10)).astype(np.uint64)
    spans = lengths + SHINGLE - 1
    found: Wide = np.bitwise_or.reduceat(bits, np.cumsum(spans) - spans)
    return found


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
    compact = _Compact.of(signatures, kind)
    found = [np.empty(0, np.int64)]
    for band in range(kind.bands):
        left, right = _neighbours(signatures[:, band], signatures[:, band + 1])
        likely = compact.plausible(left, right)
        left, right = left[likely], right[likely]
        found.append(np.minimum(left, right) * len(signatures) + np.maximum(left, right))
    pairs = np.unique(np.concatenate(found))
    return np.stack(np.divmod(pairs, max(len(signatures), 1)), axis=1)


def _neighbours(hashes: Words, following: Words) -> tuple[Indices, Indices]:
    """Pairs of items with the same hash: all in a bucket of `CROWD` at most; in a larger one those that agree in the following
    hash too, at most `CROWD` apart."""
    bits = np.uint64(len(hashes).bit_length())
    rows = np.arange(len(hashes), dtype=np.uint64) | (following.astype(np.uint64) >> bits << bits)
    rows = np.sort(rows | (hashes.astype(np.uint64) << np.uint64(32)))
    places = (rows & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    first, second = rows >> np.uint64(32), rows >> bits
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


@dataclass(frozen=True, slots=True)
class _Compact:
    """Signatures by column, for quick comparison of pairs."""

    kind: Kind
    hashes: Words
    characters: Wide
    lengths: Indices

    @classmethod
    def of(cls, signatures: Words, kind: Kind) -> _Compact:
        """From rows of `sign`."""
        characters = np.ascontiguousarray(signatures[:, kind.hashes : -2]).view(np.uint64).reshape(-1)
        return cls(kind, signatures[:, : kind.hashes], characters, signatures[:, -1].astype(np.int64))

    def plausible(self, left: Indices, right: Indices) -> Flags:
        """Whether these pairs may be copies: by length, set of characters, and hashes that agree."""
        a, b = self.lengths[left], self.lengths[right]
        apart = np.bitwise_count(self.characters[left] ^ self.characters[right])
        common = np.minimum((a + b - apart) / 2, np.minimum(a, b))
        fits = _long_enough(a, b) if self.kind.whole else _similar(common, a, b, self.kind)
        at = np.flatnonzero(fits)
        agreeing = (self.hashes[left[at]] == self.hashes[right[at]]).sum(axis=1)
        fits[at] = agreeing >= self.kind.agreeing
        return fits


def _long_enough(a: Indices, b: Indices) -> Flags:
    return np.minimum(a, b) >= SHORTEST * np.maximum(a, b)


def _similar(common: npt.NDArray[np.float64], a: Indices, b: Indices, kind: Kind) -> Flags:
    """Whether `common` characters are enough for texts of lengths `a` and `b` to be copies."""
    missing = np.clip((kind.full - np.maximum(a, b)) / (kind.full / 2), 0, 1)
    return common * 2 >= (kind.least + kind.short * missing) * (a + b)


# ---------------------------------------------------------------- verification
def verify(pairs: Indices, texts: Sequence[str], kind: Kind = SENTENCES) -> Flags:
    """Whether the texts of each pair, (n, 2), are copies."""
    if not len(pairs):
        return np.empty(0, np.bool_)
    items, places = np.unique(pairs, return_inverse=True)
    chosen = [texts[item] for item in items.tolist()]
    check = _verify_whole if kind.whole else _verify
    return check(places.reshape(-1, 2), chosen, kind)


def _verify(pairs: Indices, texts: Sequence[str], kind: Kind) -> Flags:
    """By the longest common subsequence of the folded texts."""
    folded = np.array(fold(texts), object)
    lengths = np.fromiter(map(len, folded), np.int64, len(folded))
    alike = cpdist(folded[pairs[:, 0]], folded[pairs[:, 1]], scorer=Indel.normalized_similarity, dtype=np.float32)
    a, b = lengths[pairs[:, 0]], lengths[pairs[:, 1]]
    return _similar(np.round(alike * (a + b)) / 2, a, b, kind)


def _verify_whole(pairs: Indices, texts: Sequence[str], kind: Kind) -> Flags:
    """By how many of the shorter text's shingles are in the longer."""
    shingles = [np.unique(_shingles(*_codes([text], SHINGLE - 1))[0]) for text in texts]
    shared = [_shared(shingles[a], shingles[b]) for a, b in pairs.tolist()]
    return np.array(shared) >= kind.least


def _shared(a: Words, b: Words) -> float:
    return len(np.intersect1d(a, b, assume_unique=True)) / min(len(a), len(b))


# ---------------------------------------------------------------- groups
def near_groups(signatures: Words, texts: Sequence[str], kind: Kind = SENTENCES) -> Indices:
    """For each text the smallest index among its copies; its own, if it has none."""
    _, first, same = np.unique(_row_hashes(signatures), return_index=True, return_inverse=True)
    pairs = candidates(signatures[first], kind)
    chosen = [texts[item] for item in first.tolist()]
    labels = stars(pairs[verify(pairs, chosen, kind)], len(first))[same]
    smallest = np.full(len(first), len(signatures))
    np.minimum.at(smallest, labels, np.arange(len(signatures)))
    return smallest[labels]


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
