"""Verified quotations: `quotations/*.yaml` of the template folders, and how near a wording comes to one of them.

A file holds a list of entries: `text`, `work`, `chapter`, `author`, `meaning`, `facets`, `themes`, `unfit`, `verified` (true, or by which
edition or whom it was compared word for word). Only `text` and one of `work` and `author` must stand; an entry
that was not compared with its source (`verified` missing or false) is not used. A user's own files in his folder come before ours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from drafting.config import TEMPLATES, nearest, read_yaml
from drafting.errors import ConfigError

_KEYS = ("id", "text", "work", "chapter", "author", "edition", "occasion", "date", "meaning", "facets", "themes", "unfit", "verified")
_LISTS = ("facets", "themes", "unfit")
_MARK = re.compile(r"[\W_]+")
LEAST = 6
"""Characters of a quotation that is compared: of a shorter one an edit is more than a fifth."""
_GRAM, _SURE, _LONG = 4, 8, 12
"""Characters in a row that a line is looked for by, that make a line, and that make one of which two may differ."""
ALIKE = 0.8
"""Likeness from which a wording is meant to be the entry (GENRES Q02)."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A quotation that was compared with its source word for word."""

    text: str
    work: str = ""
    chapter: str = ""
    author: str = ""
    edition: str = ""
    occasion: str = ""
    date: str = ""
    meaning: str = ""
    facets: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()
    verified: str = ""
    id: str = ""

    @property
    def source(self) -> str:
        """Where it stands, as one writes it: 《尚书·五子之歌》, or who said it on which occasion."""
        if self.work:
            inner = self.work.strip("《》")
            return f"《{inner}·{self.chapter}》" if self.chapter and self.chapter not in inner else f"《{inner}》"
        return f"{self.author}{self.occasion}"


@dataclass(frozen=True, slots=True)
class Near:
    """An entry that a wording comes near to: `likeness` from 0 to 1, `wording` the part of the entry that answers it (with its
    marks), `edits` pairs of (what stands, what should stand), each empty for none."""

    entry: Verified
    likeness: float
    wording: str
    edits: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Row:
    """A text with its characters alone, and where each stands."""

    text: str
    bare: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Row:
        places = tuple(i for i, c in enumerate(text) if c.isalnum())
        return cls(text, "".join([text[i] for i in places]), places)

    def _open(self, at: int, step: int) -> bool:
        """Whether no character stands right before (-1) or behind (1) that one."""
        return not self.text[max(self.places[at] + step, 0) : self.places[at] + step + 1].isalnum() or self.places[at] + step < 0

    def stands_apart(self, start: int, end: int, inner: Sequence[int]) -> bool:
        """Whether a stretch begins or ends where a clause does, or has a mark where the line has one (`inner`), give or take one."""
        if self._open(start, -1) or self._open(end - 1, 1):
            return True
        marks = {at - start for at in range(start + 1, end) if self.places[at] > self.places[at - 1] + 1}
        return any({at - 1, at, at + 1} & marks for at in inner)

    def is_meant(self, start: int, end: int, right: str) -> bool:
        """Whether a difference at either end belongs to the line: nothing but a mark stands beyond it, and none before the rest. One
        that only says no (在其位不谋其政) is a turn of the writer's."""
        bare = self.bare[start:end]
        if right[1:] == bare and right[0] in _NO:
            return False
        first, last = self.places[start], self.places[end - 1]
        opens = self._open(start, -1) or _SAID.search(self.text, max(0, first - 4), first)
        closes = self._open(end - 1, 1) or (_CALLED.match(self.text, last + 1) and bare[-1] not in _PARTICLES)
        begun = bare[0] == right[0] or (opens and not self._open(start, 1))
        return bool(begun and (bare[-1] == right[-1] or (closes and not self._open(end - 1, -1))))


_SAID = re.compile("(?:[说讲道谓云曰言称得到要是好以懂明记着]|正如|就像)$")
"""What a line is brought in with."""
_CALLED = re.compile("[的这就是之等一，]")
"""What goes on behind a line."""
_PARTICLES = frozenset("的这就是之等一了也而")
_NO = frozenset("不无非未莫毋勿")


class Quotations:
    """Verified quotations, looked up by their characters alone: marks and spaces do not count."""

    def __init__(self, entries: Sequence[Verified]) -> None:
        self.entries = tuple(entries)

    def nearest(self, wording: str) -> Near | None:
        """The entry that `wording` is, is part of or holds, or comes nearest to by at least `ALIKE`; None for none."""
        bare = fold(wording)
        if len(bare) < LEAST:
            return None
        candidates = self._candidates(bare)
        for at in candidates:
            if bare in self._folded[at] or self._folded[at] in bare:
                return Near(self.entries[at], 1.0, wording)
        found = (near for at in candidates if (near := self._compared(at, bare)))
        return max(found, key=lambda near: near.likeness, default=None)

    def altered(self, text: str) -> Iterator[tuple[int, int, Near]]:
        """Where a line of an entry stands with one or two other characters, in quotation marks or without: start, end and entry. Told
        are only whole clauses, of eight characters and more, that stand as clauses in the text too; what another entry has is none."""
        grams, free = self._grams, 0
        row = _Row.of(text)
        for at in range(len(row.bare) - _GRAM + 1):
            if at < free or (places := grams.get(row.bare[at : at + _GRAM])) is None:
                continue
            found = [line for entry, offset in places for line in self._lines(entry, offset, at, row)]
            if found:
                start, end, near = max(found, key=lambda one: (one[1] - one[0], one[2].likeness))
                free = end
                if near.likeness < 1.0 and self._is_other(row.bare[start:end]):
                    yield row.places[start], row.places[end - 1] + 1, near

    def _is_other(self, bare: str) -> bool:
        """Whether no entry has a wording as it stands."""
        return not any(bare in whole for whole in self._folded)

    def _lines(self, entry: int, offset: int, at: int, row: _Row) -> Iterator[tuple[int, int, Near]]:
        """Runs of whole clauses of an entry around its character `offset` that the characters around `at` nearly are."""
        whole, ends = self._folded[entry], self._clauses[entry]
        for first, last in self._runs_of(entry):
            if not first <= offset or not offset + _GRAM <= last:
                continue
            start = at - (offset - first)
            for shift, change in ((0, 0), (0, 1), (0, -1), (1, -1), (-1, 1), (1, 0), (-1, 0)):
                a, b = start + shift, start + last - first + change + shift * (change == 0)
                if a < 0 or b > len(row.bare) or (likeness := _slip(row.bare[a:b], whole[first:last])) is None:
                    continue
                inner = [end - first for end in ends if first < end < last]
                if row.stands_apart(a, b, inner) and row.is_meant(a, b, whole[first:last]):
                    wording = _marked(self.entries[entry].text, first, last)
                    yield a, b, Near(self.entries[entry], likeness, wording, _edits(row.bare[a:b], whole[first:last]))
                    break

    @cached_property
    def _clauses(self) -> tuple[tuple[int, ...], ...]:
        """Where the clauses of each entry end, marks not counted."""
        return tuple(_clause_ends(entry.text) for entry in self.entries)

    @cache  # noqa: B019 - one list of entries lives as long as the program
    def _runs_of(self, entry: int) -> tuple[tuple[int, int], ...]:
        """Runs of whole clauses of an entry that are long enough to be known by, the longest first."""
        borders = (0, *self._clauses[entry])
        runs = [(a, b) for n, a in enumerate(borders) for b in borders[n + 1 :] if b - a >= _SURE]
        return tuple(sorted(runs, key=lambda run: run[0] - run[1]))

    @cached_property
    def _grams(self) -> dict[str, list[tuple[int, int]]]:
        """Entry and place of every few characters in a row."""
        found: dict[str, list[tuple[int, int]]] = {}
        for entry, whole in enumerate(self._folded):
            for at in range(len(whole) - _GRAM + 1):
                found.setdefault(whole[at : at + _GRAM], []).append((entry, at))
        return found

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(fold(entry.text) for entry in self.entries)

    @cached_property
    def _pairs(self) -> dict[str, list[int]]:
        """The entries that hold each pair of characters."""
        pairs: dict[str, list[int]] = {}
        for at, text in enumerate(self._folded):
            for pair in {text[i : i + 2] for i in range(len(text) - 1)}:
                pairs.setdefault(pair, []).append(at)
        return pairs

    def _candidates(self, bare: str) -> list[int]:
        """Entries that share a third of the pairs of the shorter of the two, the likeliest first."""
        mine = {bare[i : i + 2] for i in range(len(bare) - 1)}
        shared = Counter(at for pair in mine for at in self._pairs.get(pair, ()))
        return [
            at for at, count in shared.most_common(20)
            if count * 3 >= min(len(mine), len(self._folded[at]) - 1) and len(self._folded[at]) >= LEAST - 2
        ]  # fmt: skip

    def _compared(self, at: int, bare: str) -> Near | None:
        """How near an entry is: by edits of the whole, or of the part that answers where one is longer."""
        whole = self._folded[at]
        start, end = _window(bare, whole)
        if end - start < LEAST or len(bare) - (end - start) > max(2, len(bare) // 5):
            return None
        likeness = _likeness(bare, whole[start:end])
        if likeness < ALIKE:
            return None
        return Near(self.entries[at], likeness, _marked(self.entries[at].text, start, end), _edits(bare, whole[start:end]))


def _clause_ends(text: str) -> tuple[int, ...]:
    """Where clauses end, marks not counted."""
    ends: list[int] = []
    count = 0
    for c in text:
        if c.isalnum():
            count += 1
        elif count and (not ends or ends[-1] != count):
            ends.append(count)
    return (*ends, count) if not ends or ends[-1] != count else tuple(ends)


def _slip(bare: str, right: str) -> float | None:
    """How alike a wording and a line are that differ in one character, of twelve and more in two; 1 where they are the same; None for
    what differs more."""
    from rapidfuzz.distance import Levenshtein

    most = 1 if len(right) < _LONG else 2
    distance = Levenshtein.distance(bare, right, score_cutoff=most)
    return None if distance > most else 1.0 - distance / len(right)


def fold(text: str) -> str:
    """The characters of a wording alone."""
    return _MARK.sub("", text)


def _window(bare: str, whole: str) -> tuple[int, int]:
    """The part of an entry that answers a wording of about its length or less."""
    if abs(len(bare) - len(whole)) <= 2 or len(bare) > len(whole):
        return 0, len(whole)
    from rapidfuzz.fuzz import partial_ratio_alignment

    found = partial_ratio_alignment(bare, whole)
    return (found.dest_start, found.dest_end) if found else (0, 0)


def _likeness(bare: str, right: str) -> float:
    """Twice the characters both have in one order, by the characters of both: a moved 的 weighs less than a lost word."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(bare, right)


def _edits(bare: str, right: str) -> tuple[tuple[str, str], ...]:
    """What differs between a wording and the right one, neighbouring differences together."""
    from rapidfuzz.distance import Levenshtein

    codes = Levenshtein.opcodes(bare, right)
    return tuple((bare[c.src_start : c.src_end], right[c.dest_start : c.dest_end]) for c in codes if c.tag != "equal")


def _marked(text: str, start: int, end: int) -> str:
    """The part of an entry from character `start` to `end`, marks not counted, with the marks inside it."""
    places = [i for i, c in enumerate(text) if not _MARK.match(c)]
    return text[places[start] : places[end - 1] + 1]


# ---------------------------------------------------------------- files
def load_quotations(folders: Sequence[Path]) -> Quotations:
    """Every entry under `folders` (the user's before ours). Raises ConfigError with file and entry."""
    files = [row for folder in folders for row in (_ours() if folder == TEMPLATES else _listed(folder))]
    return _loaded(tuple(path for path, _ in files), tuple(changed for _, changed in files))


@cache
def _ours() -> list[tuple[Path, int]]:
    """Our own files do not change while the program runs."""
    return _listed(TEMPLATES)


def _listed(folder: Path) -> list[tuple[Path, int]]:
    """The files of a folder, each with the time it was changed."""
    return [(path, path.stat().st_mtime_ns) for path in sorted((folder / "quotations").glob("*.yaml"))]


@lru_cache(maxsize=8)
def _loaded(files: tuple[Path, ...], changed: tuple[int, ...]) -> Quotations:
    return Quotations([entry for path in files for entry in _entries(path) if entry.verified not in ("", "False")])


def _entries(path: Path) -> Iterator[Verified]:
    data = read_yaml(path)
    rows = data.get("quotations") if isinstance(data, dict) else data
    if not isinstance(rows, list):
        raise ConfigError("引语文件应为一条条“- {text: …, work: …}”", str(path))
    for number, row in enumerate(rows, 1):
        yield _entry(row, number, path)


def _entry(row: Any, number: int, path: Path) -> Verified:  # noqa: ANN401 - YAML is what it is
    if not isinstance(row, Mapping):
        raise ConfigError(f"第{number}条引语应为若干“键: 值”", str(path))
    if unknown := [key for key in row if key not in _KEYS]:
        raise ConfigError(f"第{number}条引语里没有“{unknown[0]}”这个键{nearest(str(unknown[0]), _KEYS)}", str(path))
    missing = "text" if not row.get("text") else "work" if not (row.get("work") or row.get("author")) else ""
    if missing:
        raise ConfigError(f"第{number}条引语缺少“{missing}”", str(path))
    texts = {key: str(value) for key, value in row.items() if key not in _LISTS and value is not None}
    return Verified(**texts, **{key: tuple(row.get(key) or ()) for key in _LISTS})  # type: ignore[arg-type]
