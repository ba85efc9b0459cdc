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
