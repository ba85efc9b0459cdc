"""Parallel constructions (排比、对偶) inside paragraphs: members of one frame, set side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A parallel construction in a text: start, end, frame with X for what changes, number of members."""

    start: int
    end: int
    frame: str
    count: int


_SENTENCE = re.compile(r"[^。！？!?；;：:]{4,400}")
_CLAUSE = re.compile(r"[^，,]+")
_ITEM = re.compile(r"[^、和与及]+(?:与[^、和与及]+)?")
_LIST = re.compile(r"[一-鿿“”]{1,16}(?:、[一-鿿“”]{1,16})+(?:[和与及][一-鿿“”]{1,16})?")
_QUOTES = re.compile("[“”]")
MAX_FRAME = 8


def find_parallels(text: str) -> Iterator[Run]:
    """Parallel clauses, and parallel items of lists, in the order in which they end."""
    for sentence in _SENTENCE.finditer(text):
        yield from _clauses(sentence)
        yield from _lists(sentence)


def _clauses(sentence: re.Match[str]) -> Iterator[Run]:
    """Runs of clauses between commas that share a frame."""
    parts = [(m.start() + sentence.start(), m.group()) for m in _CLAUSE.finditer(sentence.group())]
    yield from _runs(parts, _clause_frame)


def _lists(sentence: re.Match[str]) -> Iterator[Run]:
    """Lists with 、 whose items are built alike."""
    for found in _LIST.finditer(sentence.group()):
        base = sentence.start() + found.start()
        parts = [(m.start() + base, m.group()) for m in _ITEM.finditer(found.group()) if m.group()]
        if len(parts) >= 2:
            yield from _runs(_trimmed(parts), _item_frame)


def _trimmed(parts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Items without what leads to the list (before the first) and what follows it (behind the last)."""
    sizes = sorted(len(text) for _, text in parts)
    usual = sizes[(len(sizes) - 1) // 2]
    at, first = parts[0]
    if len(first) > usual:
        parts = [(at + len(first) - usual, first[-usual:]), *parts[1:]]
    at, last = parts[-1]
    if len(last) > usual:
        parts = [*parts[:-1], (at, last[:usual])]
    return parts


def _runs(parts: list[tuple[int, str]], frame_of: Callable[[str, str], str | None]) -> Iterator[Run]:
    """Longest runs of neighbours that share a frame."""
    i = 0
    while i + 1 < len(parts):
        frame = frame_of(parts[i][1], parts[i + 1][1])
        if not frame:
            i += 1
            continue
        j = i + 1
        while j + 1 < len(parts) and frame_of(parts[j][1], parts[j + 1][1]):
            j += 1
        yield Run(parts[i][0], parts[j][0] + len(parts[j][1]), frame, j - i + 1)
        i = j + 1


def _edges(a: str, b: str) -> tuple[str, str]:
    """What two texts share at their starts and at their ends."""
    front = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    room = min(len(a), len(b)) - front
    back = next((i for i, (x, y) in enumerate(zip(a[::-1], b[::-1], strict=False)) if x != y), room)
    back = min(back, room)
    return a[:front][:MAX_FRAME], a[len(a) - back :][-MAX_FRAME:] if back else ""


def _clause_frame(a: str, b: str) -> str | None:
    """The frame of two clauses: two shared characters at the edges and like lengths, or one shared place by place."""
    a, b = _QUOTES.sub("", a), _QUOTES.sub("", b)
    if a == b or not a or not b or not 0.5 <= len(a) / len(b) <= 2:
        return None
    front, back = _edges(a, b)
    if len(front) + len(back) >= 2 and abs(len(a) - len(b)) <= max(3, len(a) // 2):
        return f"{front}X{back}"
    return f"{len(a)}字句" if len(a) == len(b) and 4 <= len(a) <= 12 else None


def _item_frame(a: str, b: str) -> str | None:
    """The frame of two items of a list: shared edges, or equal lengths from three characters up."""
    a, b = _QUOTES.sub("", a), _QUOTES.sub("", b)
    if a == b or not a or not b:
        return None
    front, back = _edges(a, b)
    if (front or back) and abs(len(a) - len(b)) <= 2 and len(front) + len(back) < max(len(a), len(b)):
        return f"{front}X{back}"
    return f"{len(a)}字词" if len(a) == len(b) and 3 <= len(a) <= 10 else None
