"""Corpus to bank: composes the chain and counts every drop with its reason.

    find_files → read → inspect → extract → merge → write

Files are mined one by one by `mine_file`, a pure function of the file and the lexicon; everything else merges its results.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from phrasebank.bank import Contents, MinedDocument, write_bank
from phrasebank.errors import ReadError
from phrasebank.exchange import document_from, phrase_from
from phrasebank.extract import extract
from phrasebank.inspect import inspect
from phrasebank.memo import Memo, key_of, miner_digest
from phrasebank.merge import merge, merge_document
from phrasebank.model import Inspection, Lexicon, Phrase
from phrasebank.readers import find_files, read
from phrasebank.readers.source import load
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
    """Counts of a run: what was kept, removed and dropped, with reasons; files that could not be read, with theirs; how many
    files had not changed since they were mined before and were not read again."""

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
    reused: int = 0


def mine(
    paths: Sequence[str | Path], output: Path, lexicon: Lexicon, *, jobs: int = 1, progress: Progress | None = None,
    base: Path | None = None, terms: bool = True, memo: Path | None = None,
) -> Report:  # fmt: skip
    """Mines all texts under `paths` into a bank at `output`.

    `base`: file names are stored relative to it. `terms`: whether set expressions are counted too; only they need the
    segmenter. `memo`: a file in which what was mined of each text is remembered, so that the next run reads only what is new
    or changed; the bank is the same with and without. Raises ReadError when nothing can be read, BankError when the bank
    cannot be written. A single file that cannot be found or read is reported, not raised.
    """
    run = _Run(lexicon, base, terms, memo)
    files, faults = find_files(paths)
    results = [*faults, *run.results(files, jobs, progress)]
    unreadable = tuple(result for result in results if isinstance(result, ReadError))
    mined = sorted((r for r in results if isinstance(r, Mined)), key=lambda m: m.document.file)
    if not mined:
        raise unreadable[0]
    contents, report = _assemble(mined, unreadable, run.reused)
    write_bank(contents, output)
    return report


class _Run:
    """One run over files: those that the memo knows are not read again."""

    def __init__(self, lexicon: Lexicon, base: Path | None, terms: bool, memo: Path | None) -> None:
        self._one = partial(mine_file, lexicon=lexicon, base=base, terms=terms)
        self._base, self._path, self.reused = base, memo, 0
        self._context = miner_digest(repr(lexicon), str(terms)) if memo else ""

    def results(self, files: Sequence[Path], jobs: int, progress: Progress | None) -> Iterator[Mined | ReadError]:
        """What each file gave: first the known ones, then the others as they are mined."""
        memo: Memo[Mined] = Memo(self._path, _remembered, _recalled)
        try:
            keys = {file: self._key(file) for file in files} if self._path else {}
            known = {file: found for file, key in keys.items() if key and (found := memo.get(key))}
            self.reused = len(known)
            new = [file for file in files if file not in known]
            mined = zip(new, in_processes(self._one, new, jobs), strict=True)
            for done, (file, result) in enumerate(chain(known.items(), mined), 1):
                if isinstance(result, Mined) and file not in known and keys.get(file):
                    memo.put(keys[file], result)
                if progress:
                    progress(done, len(files), file.name)
                yield result
        finally:
            memo.close()

    def _key(self, file: Path) -> str:
        """The key of a file; empty for one that cannot be read, which mining will say."""
        try:
            return key_of(self._context, _stored_name(file, self._base), load(file))
        except ReadError:
            return ""


def _stored_name(file: Path, base: Path | None) -> str:
    return str(file.relative_to(base)) if base else str(file)


def _remembered(mined: Mined) -> dict[str, Any]:
    grams = [[list(gram), times] for gram, times in mined.grams.items()]
    phrases = [asdict(phrase) for phrase in mined.phrases]
    return {"document": asdict(mined.document), "phrases": phrases, "grams": grams, "pieces": mined.pieces, "defects": dict(mined.defects)}


def _recalled(row: dict[str, Any]) -> Mined:
    grams = Counter({tuple(gram): times for gram, times in row["grams"]})
    phrases = tuple(map(phrase_from, row["phrases"]))
    return Mined(document_from(row["document"]), phrases, grams, row["pieces"], Counter(row["defects"]))


def mine_file(file: Path, lexicon: Lexicon, base: Path | None = None, terms: bool = True) -> Mined | ReadError:
    """One file's phrases, or why it cannot be read."""
    try:
        raw = read(file)
    except ReadError as error:
        return error
    inspection = inspect(raw, lexicon, parallels=False)
    name = _stored_name(file, base)
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


def _assemble(mined: Sequence[Mined], unreadable: tuple[ReadError, ...], reused: int) -> tuple[Contents, Report]:
    phrases = merge(phrase for m in mined for phrase in m.phrases)
    grams: Counter[Gram] = Counter()
    documents: Counter[Gram] = Counter()
    for m in mined:
        grams.update(m.grams)
        documents.update(m.grams.keys())
    report = _report(mined, phrases, unreadable, reused)
    meta = {"documents": str(report.documents), "pieces": str(report.pieces), "characters": str(report.characters)}
    contents = Contents(tuple(m.document for m in mined), phrases, rank_terms(grams, documents), meta)
    return contents, report


def _report(mined: Sequence[Mined], phrases: Sequence[Phrase], unreadable: tuple[ReadError, ...], reused: int) -> Report:
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
        reused=reused,
    )


def _tally(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _named(phrase: Phrase, file: str) -> Phrase:
    return replace(phrase, sources=tuple(replace(source, file=file) for source in phrase.sources))


def _texts(inspection: Inspection) -> Iterable[str]:
    return (paragraph.text for piece in inspection.pieces for paragraph in piece.paragraphs)
