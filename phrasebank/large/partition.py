"""The first step: the files of a partition mined one by one, into shards. Holds one file in memory and what is short of the others.

Shards of partition n: `documents`, `passages`, `phrases`, the last in the order of slot and id.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

from phrasebank.copies import text_of
from phrasebank.errors import ReadError
from phrasebank.large.memory import frugal
from phrasebank.large.shards import Columns, encoded, write
from phrasebank.large.work import SLOTS, Work
from phrasebank.memo import Memo, key_of
from phrasebank.mined import Mined, from_row, mine_file, phrase_to_row, stored_name, to_row
from phrasebank.model import Lexicon
from phrasebank.readers.source import load

DOCUMENTS = Columns.of(
    part="int", document="int", file="bytes", year="int", sha256="bytes", characters="int", listed="bytes", words="bytes",
    hash="hash", signature="numbers",
)  # fmt: skip
"""listed: removed and quotations as JSON, in lists in the order of their fields. words: the cut text."""
PASSAGES = Columns.of(part="int", document="int", number="int", line="int", text="bytes", hash="hash", signature="numbers")
"""number: which passage of its document."""
PHRASES = Columns.of(slot="int", id="bytes", document="int", file="bytes", year="int", lines="numbers", row="bytes")
"""row: `mined.phrase_to_row` as JSON. lines: where the phrase stands in its file."""
SHARDS = ("documents", "passages", "phrases")
STAGE = "mined"


@dataclass(frozen=True, slots=True)
class Mining:
    """The task: files of a partition, in the order of their names, and all that decides what is mined of them."""

    work: Work
    part: int
    files: tuple[Path, ...]
    lexicon: Lexicon
    base: Path | None
    terms: bool
    context: str
    """A digest of miner, lexicon and segmenter."""
    memo: Path | None = None


@dataclass(slots=True)
class _Found:
    """What the files of a partition gave."""

    documents: list[tuple[Any, ...]] = field(default_factory=list)
    passages: list[tuple[Any, ...]] = field(default_factory=list)
    phrases: list[tuple[Any, ...]] = field(default_factory=list)
    unreadable: list[list[Any]] = field(default_factory=list)
    removed: Counter[str] = field(default_factory=Counter)
    defects: Counter[str] = field(default_factory=Counter)
    pieces: int = 0
    characters: int = 0
    newest: int = 0
    reused: int = 0


@frugal
def mine_partition(task: Mining) -> None:
    """Leaves the shards of a partition and their manifest; does nothing where they are there."""
    key = key_of_partition(task)
    if task.work.done_before(STAGE, task.part, key):
        return
    found, memo = _Found(), Memo(task.memo, to_row, from_row)
    try:
        for file in task.files:
            mined = _mined(file, task, memo, found)
            if isinstance(mined, ReadError):
                found.unreadable.append([mined.message, mined.file, mined.line, mined.column])
            else:
                _add(found, mined, task.part)
    finally:
        memo.close()
    _write(task, key, found)


def _mined(file: Path, task: Mining, memo: Memo[Mined], found: _Found) -> Mined | ReadError:
    """What a file gives, from the memo where it has not changed."""
    key = _key(file, task) if task.memo else None
    if known := memo.get(key) if isinstance(key, str) else None:
        found.reused += 1
        return known
    mined = mine_file(file, task.lexicon, task.base, task.terms)
    if isinstance(key, str) and isinstance(mined, Mined):
        memo.put(key, mined)
    return mined


def _key(file: Path, task: Mining) -> str | ReadError:
    try:
        return key_of(task.context, stored_name(file, task.base), load(file))
    except ReadError as error:
        return error


def key_of_partition(task: Mining) -> str:
    """A digest of the names and bytes of a partition's files, and of what reads them."""
    keys = [key if isinstance(key := _key(file, task), str) else f"{stored_name(file, task.base)}\n{key}" for file in task.files]
    return key_of(task.context, str(task.terms), "\n".join(keys).encode("utf-8", "surrogatepass"))


def _add(found: _Found, mined: Mined, part: int) -> None:
    document, number = mined.document, len(found.documents)
    removed = [[r.line, r.text, r.kind, r.column] for r in document.removed]
    quotations = [[q.line, q.text, q.kind, q.attributed_to] for q in document.quotations]
    row = (encoded(document.file), document.year, document.sha256.encode(), document.characters, to_json([removed, quotations]))
    found.documents.append((part, number, *row, encoded(mined.words), *_signed([text_of(mined)], "DOCUMENTS")[0]))
    signed = _signed([passage.text for passage in mined.passages], "PASSAGES")
    places = enumerate(zip(mined.passages, signed, strict=True))
    found.passages += [(part, number, at, passage.line, encoded(passage.text), *signs) for at, (passage, signs) in places]
    found.phrases += list(_phrase_rows(mined, number))
    found.removed.update(r.kind for r in document.removed)
    found.defects.update(mined.defects)
    found.pieces += mined.pieces
    found.characters += document.characters
    found.newest = max(found.newest, *(phrase.years[1] for phrase in mined.phrases if phrase.years), 0)


def _signed(texts: list[str], kind: str) -> list[tuple[int, Any]]:
    """Of each text the hash of its signature, and the signature."""
    from phrasebank import similarity
    from phrasebank.large.alike import row_hashes

    signatures = similarity.sign(texts, getattr(similarity, kind))
    return list(zip(row_hashes(signatures).tolist(), signatures, strict=True))


def slot_of(id_: str) -> int:
    """The slot of a phrase: evenly spread, the same everywhere."""
    return crc32(id_.encode()) % SLOTS


def _phrase_rows(mined: Mined, number: int) -> Iterator[tuple[Any, ...]]:
    file, year = encoded(mined.document.file), mined.document.year
    for p in mined.phrases:
        lines = [source.line for source in p.sources]
        yield slot_of(p.id), p.id.encode(), number, file, year, lines, to_json(phrase_to_row(p))


def _write(task: Mining, key: str, found: _Found) -> None:
    from phrasebank.grams import Cut, count_words

    found.phrases.sort(key=lambda row: (row[0], row[1], row[3]))
    named = zip(SHARDS, (DOCUMENTS, PASSAGES, PHRASES), (found.documents, found.passages, found.phrases), strict=True)
    counts = {name: write(task.work.path(name, task.part), columns, rows) for name, columns, rows in named}
    cuts = [Cut(row[3] or 0, row[7].decode("utf-8", "surrogatepass")) for row in found.documents] if task.terms else []
    about = {
        "documents": len(found.documents), "unreadable": found.unreadable, "removed": found.removed, "defects": found.defects,
        "pieces": found.pieces, "characters": found.characters, "newest": found.newest, "reused": found.reused,
        "words": count_words(cuts) if cuts else 0,
    }  # fmt: skip
    task.work.finish(STAGE, task.part, key, counts, about)


def to_json(value: object) -> bytes:
    """A value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
