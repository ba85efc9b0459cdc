"""The writer's door to the phrase bank: mining, inspecting and listing, with the library's themes and genres told to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafting.builtin import cache_folders
from drafting.config import Library
from phrasebank.bank import Bank, write_bank
from phrasebank.errors import ReadError
from phrasebank.model import Inspection, RawText

if TYPE_CHECKING:
    from phrasebank.assemble import Report
    from phrasebank.workers import Progress


def mine_corpus(
    paths: Sequence[str], output: Path, library: Library, *, jobs: int = 1, progress: Progress | None = None,
    fresh: bool = False,
) -> Report:  # fmt: skip
    """Mines texts into a bank, see `phrasebank.mine.mine`; `fresh`: without what is remembered of earlier runs."""
    from phrasebank.mine import mine

    memo = None if fresh else next(cache_folders()) / "mined.db"
    return mine(paths, output, library.lexicon(), jobs=jobs, progress=progress, memo=memo)


def drop_reasons() -> dict[str, str]:
    """Why wording is not offered, by reason, as the user reads it."""
    from phrasebank.extract import REASONS

    return REASONS


def inspect_files(paths: Sequence[str], library: Library) -> Iterator[tuple[RawText, Inspection] | ReadError]:
    """Each text under `paths` as it was read, with everything found in it. What cannot be found or read gives its error."""
    from phrasebank.inspect import inspect
    from phrasebank.readers import find_files, read

    lexicon = library.lexicon()
    files, faults = find_files(paths)
    yield from faults
    for path in files:
        try:
            raw = read(path)
        except ReadError as error:
            yield error
        else:
            yield raw, inspect(raw, lexicon)


def inspection_data(inspection: Inspection) -> dict[str, Any]:
    """An inspection in the form of `nigao inspect --json`."""
    from phrasebank.inspect import to_json

    return to_json(inspection)


def bank_info(path: str) -> dict[str, Any]:
    """Counts of a bank: documents, pieces, phrases offered and dropped, by role and theme. Raises BankError."""
    bank = Bank(path)
    return {
        "file": path,
        **{key: int(value) for key, value in bank.meta.items() if value.isdigit()},
        "offered": bank.count("phrases", "reason = ''"),
        "dropped": bank.tally("reason", "reason <> ''"),
        "removed": bank.count("removed"),
        "quotations": bank.count("quotations"),
        "terms": bank.count("terms"),
        "roles": bank.tally("role"),
        "themes": bank.tally("theme"),
    }


def bank_rows(path: str, kind: str, limit: int) -> Iterator[dict[str, Any]]:
    """Rows of a bank, best first. kind: phrases, dropped or terms. Raises BankError."""
    bank = Bank(path)
    if kind == "terms":
        yield from (
            {"phrase": t.text, "score": t.score, "count": t.count, "documents": t.documents} for t in bank.terms(limit)
        )
        return
    phrases = bank.dropped(limit) if kind == "dropped" else bank.matching((), limit if limit >= 0 else 1 << 31)
    yield from (asdict(phrase) for phrase in phrases)


def bank_faults(path: str) -> list[str]:
    """What is wrong with a bank, in Chinese sentences; empty for one that is whole. Raises BankError."""
    return Bank(path).faults()


def export_bank(path: str, output: Path) -> int:
    """Writes a bank as lines of JSON and returns how many phrases it has. Raises BankError."""
    from phrasebank.exchange import write_lines

    contents = Bank(path).contents()
    write_lines(contents, output)
    return len(contents.phrases)


def import_bank(path: str, output: Path) -> int:
    """Writes the bank that lines of JSON hold and returns how many phrases it has. Raises BankError."""
    from phrasebank.exchange import read_lines

    contents = read_lines(Path(path))
    write_bank(contents, output)
    return len(contents.phrases)


def merge_banks(paths: Sequence[str], output: Path) -> int:
    """Writes several banks as one and returns how many phrases it has. Raises BankError."""
    from phrasebank.union import united

    contents = united([(Path(path).stem, Bank(path).contents()) for path in paths])
    write_bank(contents, output)
    return len(contents.phrases)
