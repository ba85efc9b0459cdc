"""Mechanical checks over a draft of ours or anybody's file: rules as data (`templates/rules`), kinds of rules in code.

`check` is the door for drafts, `output.examine` that for files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drafting.checks.kinds import Aids
from drafting.checks.output import examine_draft
from drafting.checks.rules import choose, load_exceptions, load_rules
from drafting.checks.run import Report
from drafting.config import Library
from drafting.model import Draft, Finding
from drafting.plan import Plan
from phrasebank.errors import ReadError

if TYPE_CHECKING:
    from phrasebank.workers import Progress

__all__ = ["Aids", "Report", "check", "check_draft", "choose", "find_texts", "load_exceptions", "load_rules", "open_aids"]


def check(draft: Draft, plan: Plan, *, final: bool = False) -> tuple[Finding, ...]:
    """All findings of `draft`, by paragraph, by every rule that is not slow. With `final` blanks are of severity E."""
    return check_draft(draft, plan, final=final).findings


def check_draft(draft: Draft, plan: Plan, aids: Aids | None = None, ids: Sequence[str] = (), *, final: bool = False) -> Report:
    """The report of `output.examine_draft`."""
    return examine_draft(draft, plan, aids, ids, final=final).report


def find_texts(paths: Sequence[str]) -> Iterator[Path | ReadError]:
    """Each readable file under `paths`, and what is wrong with a path that has none."""
    from phrasebank.readers import find_files

    files, faults = find_files(paths)
    yield from faults
    yield from files


def open_aids(
    library: Library, banks: Sequence[str] = (), corpus: Sequence[str] = (), progress: Progress | None = None
) -> Aids:
    """What the rules may ask for: the library's folders, `banks`, and an index of the texts at `corpus` and of the banks' sources,
    made on first use. Raises BankError, ReadError."""
    if not banks and not corpus:
        return Aids(library.folders)
    from drafting.checks.sources import open_passages
    from phrasebank.search import Stack, open_banks

    opened = open_banks(banks)
    return Aids(library.folders, Stack(opened) if opened else None, open_passages(opened, corpus, progress))

