"""Makes the index by which `phrasebank.passages` finds what was copied: fingerprints of runs of characters, by winnowing.

Of every window of runs the least hash is kept (Schleimer, Wilkerson, Aiken: Winnowing, SIGMOD 2003), so that two texts that share
`GRAM + WINDOW - 1` characters share a fingerprint, at a tenth of the positions. Marks and spaces do not count.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from phrasebank.files import replacing
from phrasebank.passages import GRAM, MAGIC, MULTIPLIER, WINDOW, folded

Codes = npt.NDArray[np.uint16]
_SKIP = 0


@dataclass(slots=True)
class _Builder:
    """What is collected while documents are read."""

    size: int = 0
    texts: list[bytes] = field(default_factory=list)
    hashes: list[npt.NDArray[np.uint32]] = field(default_factory=list)
    places: list[npt.NDArray[np.uint32]] = field(default_factory=list)
    lines: array[int] = field(default_factory=lambda: array("I"))
    numbers: array[int] = field(default_factory=lambda: array("I"))
    documents: list[tuple[str, int]] = field(default_factory=list)

    def add(self, file: str, rows: Iterable[tuple[int, str]]) -> None:
        """A document: its lines with their numbers."""
        parts: list[str] = []
        self.documents.append((file, self.size))
        start = self.size
        for number, text in rows:
            self.lines.append(self.size)
            self.numbers.append(number)
            parts.append(text + "\n")
            self.size += len(text) + 1
        if not parts:
            return
        codes = _codes("".join(parts))
        self.texts.append(codes.tobytes())
        hashes, places = _fingerprints(codes)
        self.hashes.append(hashes)
        self.places.append((places + start).astype(np.uint32))


def build(documents: Iterable[tuple[str, Iterable[tuple[int, str]]]], output: Path) -> int:
    """Writes the index of `documents` (file, its lines with their numbers) to `output`, whole or not at all, and returns how many
    characters it covers. Raises OSError."""
    builder = _Builder()
    for file, rows in documents:
        builder.add(file, rows)
    with replacing(output) as temporary:
        temporary.write_bytes(b"".join(_file(builder)))
    return builder.size


def _file(builder: _Builder) -> Iterator[bytes]:
    """Header, then sorted hashes, their places, line starts, line numbers, and the text in two bytes a character."""
    hashes = np.concatenate(builder.hashes) if builder.hashes else np.empty(0, np.uint32)
    places = np.concatenate(builder.places) if builder.places else np.empty(0, np.uint32)
    order = np.argsort(hashes, kind="stable")
    head = json.dumps({"documents": builder.documents, "hashes": len(hashes), "lines": len(builder.lines), "size": builder.size}).encode()
    head += b" " * (-(len(MAGIC) + 4 + len(head)) % 8)
    yield MAGIC + struct.pack("<I", len(head)) + head
    yield hashes[order].tobytes()
    yield places[order].tobytes()
    yield builder.lines.tobytes()
    yield builder.numbers.tobytes()
    yield from builder.texts


def _codes(text: str) -> Codes:
    """A text as numbers of two bytes; characters beyond them become U+FFFD, so that each is one number."""
    if max(text, default="") > "\uffff":
        text = "".join(c if c <= "\uffff" else "\ufffd" for c in text)
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


def _table() -> Codes:
    return np.array([ord(folded(chr(c)) or "\0") for c in range(1 << 16)], np.uint16)


_FOLD = _table()


def _fingerprints(codes: Codes) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """Hashes and offsets of the runs of a document that are kept."""
    bare = _FOLD[codes]
    kept = np.flatnonzero(bare)
    if len(kept) < GRAM:
        return np.empty(0, np.uint32), np.empty(0, np.int64)
    hashes = _hashed(bare[kept].astype(np.uint64))
    chosen = _least(hashes)
    return hashes[chosen], kept[chosen]


def _hashed(codes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint32]:
    """The hash of each run of `GRAM` characters, as `passages.hashes` works it out."""
    count = len(codes) - GRAM + 1
    total = np.zeros(count, np.uint64)
    for i in range(GRAM):
        total = total * np.uint64(MULTIPLIER) + codes[i : i + count]
    total ^= total >> np.uint64(29)
    total *= np.uint64(MULTIPLIER)
    return (total >> np.uint64(32)).astype(np.uint32)


def _least(hashes: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    """Offsets of the hashes that are the least of any window of `WINDOW`."""
    if len(hashes) <= WINDOW:
        return np.flatnonzero(hashes == hashes.min())
    least = np.lib.stride_tricks.sliding_window_view(hashes, WINDOW).min(axis=1)
    padded = np.concatenate([np.zeros(WINDOW - 1, np.uint32), least, np.zeros(WINDOW - 1, np.uint32)])
    highest = np.lib.stride_tricks.sliding_window_view(padded, WINDOW).max(axis=1)
    return np.flatnonzero(hashes == highest)
