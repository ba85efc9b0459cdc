"""Mechanical checks over a draft of ours or anybody's file: rules as data (`templates/rules`), kinds of rules in code.

`check` is the door for drafts, `check_file` that for files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drafting.checks.kinds import Aids
from drafting.checks.rules import choose, load_exceptions, load_rules
from drafting.checks.run import Report, check_text
from drafting.checks.text import of_draft, of_raw
from drafting.config import Library, template_folders
from drafting.model import Draft, Finding, Outline
from drafting.plan import Plan
from phrasebank.errors import ReadError

if TYPE_CHECKING:
    from phrasebank.workers import Progress

__all__ = ["Aids", "Report", "check", "check_draft", "check_file", "choose", "find_texts", "load_exceptions", "load_rules", "open_aids"]


def check(draft: Draft, plan: Plan, *, final: bool = False) -> tuple[Finding, ...]:
    """All findings of `draft`, by paragraph, by every rule that is not slow. With `final` blanks are of severity E."""
    return check_draft(draft, plan, final=final).findings


def check_draft(draft: Draft, plan: Plan, aids: Aids | None = None, ids: Sequence[str] = (), *, final: bool = False) -> Report:
    """What the rules `ids` (all but slow ones for none) find in a draft. Raises ConfigError for a faulty rule file."""
    aids = aids or Aids(template_folders())
    rules = choose(load_rules(aids.folders), ids, slow=bool(aids.passages))
    return check_text(of_draft(draft, plan, final=final), rules, aids, load_exceptions(aids.folders))


def check_file(
    path: str | Path, library: Library, aids: Aids | None = None, ids: Sequence[str] = (), outline: Outline | None = None,
    *, final: bool = False,
) -> Report:  # fmt: skip
    """What the rules `ids` find in a file of any readable kind; `outline` tells who speaks and which facts there are. Raises
    ReadError for a file that cannot be read, ConfigError for a faulty rule file."""
    from phrasebank.readers import read

    aids = aids or Aids(library.folders)
    rules = choose(load_rules(aids.folders), ids, slow=bool(aids.passages))
    text = of_raw(read(path), outline, library.lexicon(), final=final)
    return check_text(text, rules, aids, load_exceptions(aids.folders))


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

