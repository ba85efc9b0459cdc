"""The writer's door to the phrase bank: mining, inspecting and listing, with the library's themes and genres told to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafting.builtin import cache_folders
from drafting.config import Library
from phrasebank.bank import Bank, write_bank
from phrasebank.errors import ReadError
from phrasebank.model import Inspection, Phrase, RawText

if TYPE_CHECKING:
    from phrasebank.assemble import Report
    from phrasebank.workers import Progress


def mine_corpus(
    paths: Sequence[str], output: Path, library: Library, *, jobs: int = 1, progress: Progress | None = None,
    fresh: bool = False, cluster: str = "", work: Path | None = None,
) -> Report:  # fmt: skip
    """Mines texts into a bank, see `phrasebank.mine.mine`; `fresh`: without what is remembered of earlier runs."""
    from phrasebank.mine import mine

    memo = None if fresh else next(cache_folders()) / "mined.db"
    return mine(paths, output, library.lexicon(), jobs=jobs, progress=progress, memo=memo, cluster=cluster, work=work)


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
    """Counts of a bank: documents, pieces, phrases offered and dropped, by role, kind and theme, and what its user decided.
    Raises BankError."""
    bank = Bank(path)
    decided = bank.decided
    return {
        "file": path,
        "bytes": Path(path).stat().st_size,
        **{key: int(value) for key, value in bank.meta.items() if value.isdigit()},
        "copies": bank.count("documents", "copy_of IS NOT NULL"),
        "offered": bank.count("phrases", "reason = ''"),
        "folded": bank.count("aliases"),
        "dropped": bank.tally("reason", "reason <> ''"),
        "removed": bank.count("removed"),
        "quotations": bank.count("quotations"),
        "terms": bank.count("terms"),
        "roles": bank.tally("role"),
        "kinds": bank.tally("kind"),
        "themes": bank.tally("theme"),
        "curated": {
            "pinned": len(decided.pinned), "hidden": len(decided.hidden), "edited": len(decided.edits), "own": len(decided.own),
            "tags": len(decided.tags), "waiting": len(decided.waiting),
        },
    }  # fmt: skip


def bank_rows(path: str, kind: str, limit: int) -> Iterator[dict[str, Any]]:
    """Rows of a bank, best first, at most `limit`, all for one below 0. kind: phrases (as they are offered: own ones first, edited
    ones as edited), dropped, terms, tags or curated. Raises BankError."""
    rows = _ROWS[kind](Bank(path), limit)
    yield from rows if limit < 0 else islice(rows, limit)


def _phrase_rows(bank: Bank, limit: int) -> Iterator[dict[str, Any]]:
    known = bank.decided
    phrases = chain(map(bank.edited, known.own.values()), map(bank.edited, bank.stream().phrases))
    return (asdict(phrase) for phrase in phrases if not phrase.reason and phrase.id not in known.hidden)


def _dropped_rows(bank: Bank, limit: int) -> Iterator[dict[str, Any]]:
    return (asdict(phrase) for phrase in bank.dropped(limit) if phrase.id not in bank.decided.edits)


def _term_rows(bank: Bank, limit: int) -> Iterator[dict[str, Any]]:
    for t in bank.terms(limit):
        years = {str(year): documents for year, documents in t.years}
        first, last = (t.years[0][0], t.years[-1][0]) if t.years else (None, None)
        yield {"phrase": t.text, "score": t.score, "count": t.count, "documents": t.documents, "first": first, "last": last, "years": years}


def _tag_rows(bank: Bank, limit: int) -> Iterator[dict[str, Any]]:
    return ({"tag": tag, "phrases": len(ids)} for tag, ids in sorted(bank.decided.tags.items()))


def _curated_rows(bank: Bank, limit: int) -> Iterator[dict[str, Any]]:
    known = bank.decided
    for id_ in sorted({*known.pinned, *known.hidden, *known.edits, *known.own, *chain(*known.tags.values()), *known.waiting}):
        phrase = bank.by_id(id_)
        yield {
            "id": id_, "text": phrase.text if phrase else None, "pinned": id_ in known.pinned, "hidden": id_ in known.hidden,
            "mined": bank.text_as_mined(id_) if id_ in known.edits else None, "own": id_ in known.own,
            "tags": list(known.tags_of(id_)), "waiting": id_ in known.waiting,
        }  # fmt: skip


_ROWS: dict[str, Callable[[Bank, int], Iterator[dict[str, Any]]]] = {
    "phrases": _phrase_rows, "dropped": _dropped_rows, "terms": _term_rows, "tags": _tag_rows, "curated": _curated_rows,
}  # fmt: skip


def curate(action: str, path: str, ids: Sequence[str], *, text: str = "", tags: Sequence[str] = ()) -> None:
    """What the user decides of phrases by id. action: pin, hide, edit (with `text`), tag (with `tags`), each also with un- before
    it, and remove. Raises BankError, then nothing has changed."""
    from drafting.builtin import builtin_bank
    from phrasebank import curating

    def there(phrase_id: str) -> bool:
        return builtin_bank().by_id(phrase_id) is not None

    bank, on = Path(path), not action.startswith("un")
    match action.removeprefix("un"):
        case "pin":
            curating.pin(bank, ids, on=on, elsewhere=there)
        case "hide":
            curating.hide(bank, ids, on=on, elsewhere=there)
        case "edit":
            for id_ in ids:
                curating.edit(bank, id_, text if on else "", elsewhere=there)
        case "tag":
            curating.tag(bank, ids, tags, on=on, elsewhere=there)
        case _:
            curating.remove(bank, ids)


def add_phrase(path: str, phrase: Phrase, tags: Sequence[str] = ()) -> str:
    """Adds a phrase of the user's own to a bank and returns its id. Raises BankError."""
    from phrasebank.curating import add

    return add(Path(path), phrase, tags)


def migrate_bank(path: str) -> bool:
    """Brings a bank of an older version to the present one, in place; False when it was there already. Raises BankError."""
    from phrasebank.migrate import migrate

    return migrate(Path(path))


def bank_faults(path: str) -> list[str]:
    """What is wrong with a bank, in Chinese sentences; empty for one that is whole. Raises BankError."""
    return Bank(path).faults()


def export_bank(path: str, output: Path) -> int:
    """Writes a bank as lines of JSON and returns how many phrases it has. Raises BankError."""
    from phrasebank.exchange import write_lines

    return write_lines(Bank(path).stream(), output)


def import_bank(path: str, output: Path) -> int:
    """Writes the bank that lines of JSON hold and returns how many phrases it has. Raises BankError."""
    from phrasebank.exchange import read_lines

    write_bank(read_lines(Path(path)), output)
    return Bank(output).count("phrases")


def merge_banks(paths: Sequence[str], output: Path) -> int:
    """Writes several banks as one and returns how many phrases it has. Raises BankError."""
    from phrasebank.union import united

    write_bank(united([(Path(path).stem, Bank(path).contents()) for path in paths]), output)
    return Bank(output).count("phrases")
