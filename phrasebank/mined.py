"""What one file gives: a pure function of the file and the lexicon, and the first of the two steps of mining.

Everything that can be done for a file by itself is done here, wherever the file is mined: in this process, in another one or on
another machine. What needs more than one file comes after (`phrasebank.assemble`).
"""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from phrasebank.dating import year_of
from phrasebank.errors import ReadError
from phrasebank.extract import extract
from phrasebank.inspect import inspect
from phrasebank.merge import merge_document
from phrasebank.model import Inspection, Lexicon, MinedDocument, Phrase, Quoted, RawText, Removed, Source
from phrasebank.readers import read

PASSAGE = 40
"""Characters of the shortest paragraph that is looked for in other files."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that may stand in other files too, and the line it begins on."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Mined:
    """What one file gave: its phrases, one a wording; its passages; its text cut into words (`terms.cut`; empty
    where set expressions are not asked for); counts of pieces and of damage by kind."""

    document: MinedDocument
    phrases: tuple[Phrase, ...]
    passages: tuple[Passage, ...]
    words: str
    pieces: int
    defects: Counter[str]


def mine_file(file: Path, lexicon: Lexicon, base: Path | None = None, terms: bool = True) -> Mined | ReadError:
    """One file's phrases, or why it cannot be read."""
    try:
        with uncollected():
            return _mined(read(file), stored_name(file, base), lexicon, terms)
    except ReadError as error:
        return error


@contextmanager
def uncollected() -> Iterator[None]:
    """Keeps Python from looking for cycles among the tens of thousands of small values that a file gives: they are frozen and
    hold none, and looking takes a tenth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _mined(raw: RawText, name: str, lexicon: Lexicon, terms: bool) -> Mined:
    inspection = inspect(raw, lexicon, parallels=False)
    document = _document(raw, inspection, name)
    phrases = merge_document(extract(inspection, lexicon, document.file, document.year))
    words = _words(inspection) if terms else ""
    defects = Counter(defect.kind for defect in inspection.defects)
    return Mined(document, phrases, tuple(_passages(inspection)), words, len(inspection.pieces), defects)


def stored_name(file: Path, base: Path | None) -> str:
    """The name under which a file stands in the bank."""
    return str(file.relative_to(base)) if base else str(file)


def _document(raw: RawText, inspection: Inspection, name: str) -> MinedDocument:
    text = "\n".join(raw.lines)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    year = year_of(raw, inspection.pieces)
    return MinedDocument(name, digest, len(text), inspection.removed, inspection.quotations, year)


def _passages(inspection: Inspection) -> Iterator[Passage]:
    for piece in inspection.pieces:
        yield from (Passage(p.line, p.text) for p in piece.paragraphs if len(p.text) >= PASSAGE)


def _words(inspection: Inspection) -> str:
    from phrasebank.terms import cut  # only set expressions need numpy and the segmenter

    return cut(_texts(inspection)).words


def _texts(inspection: Inspection) -> Iterator[str]:
    """Headings and paragraphs: what terms are counted in."""
    for piece in inspection.pieces:
        yield from (heading.text for heading in piece.headings)
        yield from (paragraph.text for paragraph in piece.paragraphs)


# ---------------------------------------------------------------- as JSON, for the memo and for shards
def to_row(mined: Mined) -> list[Any]:
    """What a file gave as JSON, as short as it can be: lists in the order of the fields."""
    document = mined.document
    removed = [[r.line, r.text, r.kind, r.column] for r in document.removed]
    quotations = [[q.line, q.text, q.kind, q.attributed_to] for q in document.quotations]
    about = [document.file, document.sha256, document.characters, removed, quotations, document.year]
    phrases = [phrase_to_row(phrase) for phrase in mined.phrases]
    passages = [[p.line, p.text] for p in mined.passages]
    return [about, phrases, passages, mined.words, mined.pieces, dict(mined.defects)]


def from_row(row: list[Any]) -> Mined:
    """What `to_row` made a row of."""
    (file, digest, characters, removed, quotations, year), phrases, passages, cut, pieces, defects = row
    lists = tuple(Removed(*r) for r in removed), tuple(Quoted(*q) for q in quotations)
    document = MinedDocument(file, digest, characters, *lists, year)
    found = tuple(phrase_from_row(p, file, year) for p in phrases)
    return Mined(document, found, tuple(Passage(*p) for p in passages), cut, pieces, Counter(defects))


def phrase_to_row(p: Phrase) -> list[Any]:
    """A phrase of one file; what all phrases of the file share is left out."""
    lines, template = [source.line for source in p.sources], None if p.template == p.text else p.template
    return [p.id, p.text, template, p.role, p.polarity, p.theme, p.facets, p.genre, p.level, p.count, lines, p.names, p.reason, p.kind]


def phrase_from_row(row: list[Any], file: str, year: int | None) -> Phrase:
    """The phrase that `phrase_to_row` made a row of, with its file and year again."""
    id_, text, template, role, polarity, theme, facets, genre, level, count, lines, names, reason, kind = row
    return Phrase(
        id_, text, template or text, role, polarity, theme, tuple(facets), genre, level, count, 1,
        tuple(Source(file, line) for line in lines), tuple(names), reason, (year, year) if year else None, kind,
    )  # fmt: skip
