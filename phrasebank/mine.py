"""Corpus to bank: composes the chain and counts every drop with its reason.

    find_files → read → inspect → extract → merge → write

Files are mined one by one by `mine_file`, a pure function of the file and the lexicon; everything else merges its results.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from phrasebank.bank import Contents, MinedDocument, write_bank
from phrasebank.errors import ReadError
from phrasebank.extract import extract
from phrasebank.inspect import inspect
from phrasebank.merge import merge, merge_document
from phrasebank.model import Inspection, Lexicon, Phrase
from phrasebank.readers import find_files, read
from phrasebank.segment import words
from phrasebank.terms import Gram, count_grams, rank_terms
from phrasebank.workers import Progress, in_processes


@dataclass(frozen=True, slots=True)
class Mined:
    """What one file gave."""

    document: MinedDocument
    phrases: tuple[Phrase, ...]
    grams: Counter[Gram]
    pieces: int
    defects: Counter[str]


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of a run: what was kept, removed and dropped, with reasons; files that could not be read, with theirs."""

    documents: int
    pieces: int
    characters: int
    phrases: int
    offered: int
    roles: dict[str, int]
    removed: dict[str, int]
    dropped: dict[str, int]
    defects: dict[str, int]
    unreadable: tuple[ReadError, ...] = ()


def mine(
    paths: Sequence[str | Path], output: Path, lexicon: Lexicon, *, jobs: int = 1, progress: Progress | None = None,
    base: Path | None = None, terms: bool = True,
) -> Report:  # fmt: skip
    """Mines all texts under `paths` into a bank at `output`.

    `base`: file names are stored relative to it. `terms`: whether set expressions are counted too; only they need the
    segmenter. Raises ReadError when nothing can be read, BankError when the bank
    cannot be written. A single file that cannot be read is reported, not raised.
    """
    files = find_files(paths)
    mined: list[Mined] = []
    unreadable: list[ReadError] = []
    one = partial(mine_file, lexicon=lexicon, base=base, terms=terms)
    for done, (file, result) in enumerate(zip(files, in_processes(one, files, jobs), strict=True), 1):
        (unreadable if isinstance(result, ReadError) else mined).append(result)  # type: ignore[arg-type]
        if progress:
            progress(done, len(files), file.name)
    if not mined:
        raise unreadable[0]
    mined.sort(key=lambda m: m.document.file)
    contents, report = _assemble(mined, tuple(unreadable))
    write_bank(contents, output)
    return report


def mine_file(file: Path, lexicon: Lexicon, base: Path | None = None, terms: bool = True) -> Mined | ReadError:
    """One file's phrases, or why it cannot be read."""
    try:
        raw = read(file)
    except ReadError as error:
        return error
    inspection = inspect(raw, lexicon, parallels=False)
    name = str(file.relative_to(base)) if base else str(file)
    text = "\n".join(raw.lines)
    document = MinedDocument(
        name,
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        len(text),
        inspection.removed,
        inspection.quotations,
    )
    phrases = merge_document(_named(phrase, name) for phrase in extract(inspection, lexicon))
    grams = count_grams(words(text) for text in _texts(inspection)) if terms else Counter()
    return Mined(document, phrases, grams, len(inspection.pieces), Counter(d.kind for d in inspection.defects))


def _assemble(mined: Sequence[Mined], unreadable: tuple[ReadError, ...]) -> tuple[Contents, Report]:
    phrases = merge(phrase for m in mined for phrase in m.phrases)
    grams: Counter[Gram] = Counter()
    documents: Counter[Gram] = Counter()
    for m in mined:
        grams.update(m.grams)
        documents.update(m.grams.keys())
    report = _report(mined, phrases, unreadable)
    meta = {"documents": str(report.documents), "pieces": str(report.pieces), "characters": str(report.characters)}
    contents = Contents(tuple(m.document for m in mined), phrases, rank_terms(grams, documents), meta)
    return contents, report


def _report(mined: Sequence[Mined], phrases: Sequence[Phrase], unreadable: tuple[ReadError, ...]) -> Report:
    offered = [phrase for phrase in phrases if not phrase.reason]
    return Report(
        documents=len(mined),
        pieces=sum(m.pieces for m in mined),
        characters=sum(m.document.characters for m in mined),
        phrases=len(phrases),
        offered=len(offered),
        roles=_tally(phrase.role for phrase in offered),
        removed=_tally(removed.kind for m in mined for removed in m.document.removed),
        dropped=_tally(phrase.reason for phrase in phrases if phrase.reason),
        defects=_tally(kind for m in mined for kind in m.defects.elements()),
        unreadable=unreadable,
    )


def _tally(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _named(phrase: Phrase, file: str) -> Phrase:
    from dataclasses import replace

    return replace(phrase, sources=tuple(replace(source, file=file) for source in phrase.sources))


def _texts(inspection: Inspection) -> Iterable[str]:
    return (paragraph.text for piece in inspection.pieces for paragraph in piece.paragraphs)
