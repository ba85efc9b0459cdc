"""Copied passages: the longest runs of characters a text shares with any of many others, with file and line.

The index (`phrasebank.passage_index` makes it) is one file, looked into without being read: hashes in order, their places, and the
texts themselves, by which every hit is verified. Querying needs no more than the standard library.
"""

from __future__ import annotations

import json
import mmap
import struct
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from phrasebank.errors import BankError

MAGIC = b"NGPASS1\n"
GRAM, WINDOW = 8, 18
"""Characters of a run, and runs of a window: what shares `GRAM + WINDOW - 1` = 25 characters is sure to be found."""
MULTIPLIER = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
POSTINGS = 400
"""Places of one run that are looked at; a run that stands in more is a standing formula."""


FORMULA, COMMON = 12, 5
"""Characters of a run that may be a standing formula, and in how many places of the index it must stand to be one."""


def folded(character: str) -> str:
    """A character as it is compared: letters, digits and Han, full-width ones half-width; empty for marks and spaces."""
    if "！" <= character <= "～":
        character = chr(ord(character) - 0xFEE0)
    return character if character.isalnum() else ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of `length` characters (marks not counted) that stands at `start`:`end` of the text asked about, and in `file` from
    `line` on as `source` (with its marks). `rare` is how many of its characters belong to no formula that `COMMON` places share: a run
    of standing formulas alone has few."""

    start: int
    end: int
    length: int
    file: str
    line: int
    source: str
    rare: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a text one document holds: the share of its fingerprints, and where most of them stand."""

    file: str
    line: int
    share: float


class Passages:
    """An index that is open for questions."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        try:
            with self.path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise BankError("打不开查重索引，请删掉它，下次会重建", str(path)) from error
        self._open()

    def _open(self) -> None:
        try:
            if self._map[: len(MAGIC)] != MAGIC:
                raise ValueError(MAGIC)
            at = len(MAGIC) + 4
            (size,) = struct.unpack_from("<I", self._map, len(MAGIC))
            head = json.loads(self._map[at : at + size])
            sizes = (4 * head["hashes"], 4 * head["hashes"], 4 * head["lines"], 4 * head["lines"], 2 * head["size"])
            if len(self._map) != at + size + sum(sizes):
                raise ValueError("size")
        except (ValueError, KeyError, struct.error) as error:
            raise BankError("查重索引坏了，请删掉它，下次会重建", str(self.path)) from error
        parts: list[memoryview] = []
        view, at = memoryview(self._map), at + size
        for length in sizes:
            parts.append(view[at : at + length])
            at += length
        self._hashes, self._places, self._lines, self._numbers = (part.cast("I") for part in parts[:4])
        self._text = parts[4]
        self._files = [file for file, _ in head["documents"]]
        self._starts = [start for _, start in head["documents"]]
        self.characters = int(head["size"])

    @property
    def documents(self) -> int:
        """How many documents it covers."""
        return len(self._files)

    def passages(self, text: str, least: int = 25, spared: str = "") -> list[Passage]:
        """The longest shared runs of `least` characters or more, each stretch of `text` once, in order. `spared` is a file that is
        not looked at: the text's own."""
        own = _Own.of(text)
        matches = list(self._matches(own, FORMULA, spared))
        held = _held(matches, len(own.bare))
        chosen: list[tuple[int, int, int]] = []
        for match in sorted(matches, key=lambda m: (m[0] - m[1], m[0], m[2])):
            if match[1] - match[0] < least:
                break
            if all(match[1] <= a or b <= match[0] for a, b, _ in chosen):
                chosen.append(match)
        return [self._passage(own, *match, held) for match in sorted(chosen)]

    def shares(self, text: str, spared: str = "") -> Share | None:
        """The document that holds most of `text`, with the share of its fingerprints; None where none holds any."""
        own = _Own.of(text)
        prints = own.fingerprints()
        counts: Counter[int] = Counter()
        first: dict[int, int] = {}
        for at in prints:
            here = {self._document(place): place for place in self._at(own.hashes[at])}
            counts.update(here.keys())
            for document, place in here.items():
                first.setdefault(document, place)
        for document, count in counts.most_common():
            if self._files[document] != spared:
                return Share(self._files[document], self._line(first[document]), count / len(prints))
        return None

    # ------------------------------------------------------------ looking
    def _at(self, hash_: int) -> Sequence[int]:
        """Where runs of a hash stand, few of them where they stand everywhere."""
        first = bisect_left(self._hashes, hash_)
        last = bisect_right(self._hashes, hash_, first)
        return self._places[first : min(last, first + POSTINGS)].tolist()

    def _matches(self, own: _Own, least: int, spared: str) -> Iterator[tuple[int, int, int]]:
        """Start and end in the bare text and place in the index of each shared run; one run of a diagonal once."""
        seen: defaultdict[int, int] = defaultdict(int)
        for at in own.fingerprints():
            for place in self._at(own.hashes[at]):
                key = place - own.places[at]
                if at < seen[key] or (spared and self._files[self._document(place)] == spared):
                    continue
                start, end, origin = self._extended(own, at, place)
                if end > start:
                    seen[key] = end
                if end - start >= least:
                    yield start, end, origin

    def _extended(self, own: _Own, at: int, place: int) -> tuple[int, int, int]:
        """A shared run grown to both sides, marks skipped: its start and end in the bare text, its place in the index."""
        end, there = at, place
        while end < len(own.bare) and (step := self._next(there)) is not None and step[1] == own.bare[end]:
            end, there = end + 1, step[0] + 1
        start, there = at, place
        while start > 0 and (step := self._previous(there)) is not None and step[1] == own.bare[start - 1]:
            start, there = start - 1, step[0]
        return start, end, there

    def _next(self, place: int) -> tuple[int, str] | None:
        """The first character that counts from `place` on, within its document."""
        while place < self.characters:
            if character := folded(self._character(place)):
                return place, character
            place += 1
        return None

    def _previous(self, place: int) -> tuple[int, str] | None:
        while place > 0:
            place -= 1
            if character := folded(self._character(place)):
                return place, character
        return None

    def _character(self, place: int) -> str:
        return chr(self._text[2 * place] | self._text[2 * place + 1] << 8)

    def _document(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1

    def _line(self, place: int) -> int:
        return self._numbers[bisect_right(self._lines, place) - 1]

    def _passage(self, own: _Own, start: int, end: int, place: int, held: Sequence[int]) -> Passage:
        there, size = place, 0
        while size < end - start and (step := self._next(there)) is not None:
            there, size = step[0] + 1, size + 1
        source = bytes(self._text[2 * place : 2 * there]).decode("utf-16-le", "replace").strip().replace("\n", "")
        file, line = self._files[self._document(place)], self._line(place)
        rare = sum(count < COMMON for count in held[start:end])
        return Passage(own.places[start], own.places[end - 1] + 1, end - start, file, line, source, rare)


def _held(matches: Sequence[tuple[int, int, int]], size: int) -> list[int]:
    """In how many places of the index each character of a bare text stands as part of a shared run."""
    steps = [0] * (size + 1)
    for start, end, _ in matches:
        steps[start] += 1
        steps[end] -= 1
    return list(accumulate(steps))


@dataclass(frozen=True, slots=True)
class _Own:
    """A text asked about: the characters that count, where each stands, and the hash of each run."""

    bare: str
    places: tuple[int, ...]
    hashes: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Own:
        rows = [(at, bare) for at, character in enumerate(text) if (bare := folded(character)) and bare <= "\uffff"]
        bare = "".join(character for _, character in rows)
        return cls(bare, tuple(at for at, _ in rows), tuple(hashes(bare)))

    def fingerprints(self) -> list[int]:
        """Offsets of the runs that are the least of any window."""
        size = len(self.hashes)
        if size <= WINDOW:
            return [at for at in range(size) if self.hashes[at] == min(self.hashes)]
        chosen: dict[int, None] = {}
        for start in range(size - WINDOW + 1):
            window = self.hashes[start : start + WINDOW]
            least = min(window)
            chosen.update((start + at, None) for at, value in enumerate(window) if value == least)
        return list(chosen)


def hashes(bare: str) -> Iterator[int]:
    """The hash of each run of `GRAM` characters of a text without marks."""
    codes = [ord(character) for character in bare]
    for at in range(len(codes) - GRAM + 1):
        total = 0
        for code in codes[at : at + GRAM]:
            total = (total * MULTIPLIER + code) & _MASK
        total ^= total >> 29
        yield (total * MULTIPLIER & _MASK) >> 32
