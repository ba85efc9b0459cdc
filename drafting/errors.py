"""Drafting's branches of the error tree in `phrasebank.errors`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from phrasebank.errors import NigaoError


def closest(name: str, names: Iterable[str]) -> str:
    """«，最接近的是“…”» when one of `names` is near, otherwise nothing."""
    close = get_close_matches(name, list(names), 1, 0.4)
    return f"，最接近的是“{close[0]}”" if close else ""


class ConfigError(NigaoError):
    """A genre, theme, layout or section template is missing or malformed."""


class OutlineError(NigaoError):
    """One fault in an outline file."""


class OutlineErrors(NigaoError):
    """All faults of one outline file, in the order of their lines."""

    def __init__(self, problems: Sequence[OutlineError]) -> None:
        first = problems[0]
        super().__init__("\n".join(map(str, problems)), None, None, None)
        self.problems = tuple(problems)
        self.where = first.file

    def __str__(self) -> str:
        return self.message


class RenderError(NigaoError):
    """A section template failed or asked for something it may not have."""


class UnfinishedError(NigaoError):
    """A draft may not be written as final yet: blanks or findings of severity E are left."""


class ExportError(NigaoError):
    """The document cannot be written."""
