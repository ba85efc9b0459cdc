"""How alike two Chinese texts are: folded texts, MinHash signatures that tell which may be copies, and the comparison that tells
which are.

Folded means as it is compared: no punctuation or spaces, half-width for full-width, every figure a single 0. Signatures are
MinHash (Broder, "On the resemblance and containment of documents", 1997) over shingles of four characters.
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

Codes = npt.NDArray[np.uint16]
Words = npt.NDArray[np.uint32]
Wide = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

ABSENT = 0xFFFF
"""What the folding table gives for a character that is left out."""
PRIVATE = 0xE000
"""Where characters beyond the first plane are folded to, 6,400 places of private use."""
SHINGLE = 4
"""Characters of a shingle. Three are too common in this prose (three times the candidates), five too easily broken by edits."""
SHORTEST = 0.5
"""Length of what is left of a document that was cut, by that of the whole, at least."""
EXTRAS = 4
"""Columns of a signature behind its hashes: two of the set of characters, the sum of the shingles, the folded length."""
BLOCK = 60_000
"""Characters signed at once: bounds memory and stays in the processor's cache."""


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


SENTENCES = Kind(hashes=20, bands=12, agreeing=2, least=0.78, short=0.10, full=20)
"""Of 10 to 120 characters. In a short one a word changed is another thing said: in one of ten characters .88 must be the same."""
PASSAGES = Kind(hashes=32, bands=12, agreeing=4, least=0.76)
"""Paragraphs of 40 characters and more."""
DOCUMENTS = Kind(hashes=128, bands=20, agreeing=14, least=0.40, whole=True, sample=8)
"""Whole texts; cut off at an end, or with foreign matter put in, they are copies still. A fifth of the characters changed one by
one leaves .8⁴ = .41 of the shingles at least; two reports of one genre share .06, at most .2 (../shared/corpus/gov_reports)."""


# ---------------------------------------------------------------- folding
@lru_cache(maxsize=1)
def _table() -> Codes:
    """For each code point what it is folded to, `ABSENT` for marks and spaces; beyond the first plane, a private character."""
    table = np.arange(0x110000, dtype=np.uint32)
    table[0x10000:] = PRIVATE + table[0x10000:] % 0x1900
    table[0xD800:0xE000] = PRIVATE
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
    keep, digit = codes != ABSENT, codes == ord("0")
    keep[1:] &= ~(digit[1:] & digit[:-1])
    keep[2:] &= ~(digit[2:] & digit[:-2] & (codes[1:-1] == ABSENT))  # 12.5: one figure
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
    codes, lengths = _codes(texts, SHINGLE)
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
    spans = lengths + SHINGLE
    ends = np.cumsum(spans)
    starts = ends - spans
    keep = (hashes & np.uint32(sample - 1)) == 0 if sample > 1 else np.ones(len(hashes), np.bool_)
    for back in range(1, 2 * SHINGLE):
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
    spans = lengths + SHINGLE
    found: Wide = np.bitwise_or.reduceat(bits, np.cumsum(spans) - spans)
    return found


# ---------------------------------------------------------------- comparison
@dataclass(frozen=True, slots=True)
class Signatures:
    """Signatures by column, for quick comparison of pairs."""

    kind: Kind
    hashes: Words
    characters: Wide
    lengths: Indices

    @classmethod
    def of(cls, signatures: Words, kind: Kind) -> Signatures:
        """From rows of `sign`."""
        characters = np.ascontiguousarray(signatures[:, kind.hashes : -2]).view(np.uint64).reshape(-1)
        return cls(kind, signatures[:, : kind.hashes], characters, signatures[:, -1].astype(np.int64))

    def plausible(self, left: Indices, right: Indices) -> tuple[Indices, Indices]:
        """Of these pairs those that may be copies: by length, set of characters, and hashes that agree."""
        a, b = self.lengths[left], self.lengths[right]
        apart = np.bitwise_count(self.characters[left] ^ self.characters[right])
        common = np.minimum((a + b - apart) / 2, np.minimum(a, b))
        fits = _long_enough(a, b) if self.kind.whole else _similar(common, a, b, self.kind)
        left, right = left[fits], right[fits]
        agree = (self.hashes[left] == self.hashes[right]).sum(axis=1) >= self.kind.agreeing
        return left[agree], right[agree]


def _long_enough(a: Indices, b: Indices) -> Flags:
    return np.minimum(a, b) >= SHORTEST * np.maximum(a, b)


def _similar(common: npt.NDArray[np.float64], a: Indices, b: Indices, kind: Kind) -> Flags:
    """Whether `common` characters are enough for texts of lengths `a` and `b` to be copies."""
    missing = np.clip((kind.full - np.maximum(a, b)) / (kind.full / 2), 0, 1)
    return common * 2 >= (kind.least + kind.short * missing) * (a + b)


def verify(pairs: Indices, texts: Sequence[str], kind: Kind = SENTENCES) -> Flags:
    """Whether the texts of each pair, (n, 2), are copies."""
    if not len(pairs):
        return np.empty(0, np.bool_)
    used = np.zeros(int(pairs.max()) + 1, np.bool_)
    used[pairs] = True
    chosen = [texts[item] for item in np.flatnonzero(used).tolist()]
    check = _verify_whole if kind.whole else _verify
    return check((np.cumsum(used) - 1)[pairs], chosen, kind)


def _verify(pairs: Indices, texts: Sequence[str], kind: Kind) -> Flags:
    """By the longest common subsequence of the folded texts."""
    folded = np.array(fold(texts), object)
    lengths = np.fromiter(map(len, folded), np.int64, len(folded))
    alike = cpdist(folded[pairs[:, 0]], folded[pairs[:, 1]], scorer=Indel.normalized_similarity, dtype=np.float32)
    a, b = lengths[pairs[:, 0]], lengths[pairs[:, 1]]
    return _similar(np.round(alike * (a + b)) / 2, a, b, kind)


def _verify_whole(pairs: Indices, texts: Sequence[str], kind: Kind) -> Flags:
    """By how many of the shorter text's shingles are in the longer."""
    shingles = [np.unique(_shingles(*_codes([text], SHINGLE))[0]) for text in texts]
    shared = [_shared(shingles[a], shingles[b]) for a, b in pairs.tolist()]
    return np.array(shared) >= kind.least


def _shared(a: Words, b: Words) -> float:
    return len(np.intersect1d(a, b, assume_unique=True)) / min(len(a), len(b))
