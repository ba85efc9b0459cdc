"""What a reader of one file format hands on."""

from __future__ import annotations

from dataclasses import dataclass, field

from phrasebank.model import Removed

MACROS = "文件里有宏，没有运行，只读了文字"
"""The notice of every format that may hold macros."""


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a file: a line for each line or paragraph, without line ends.

    `notices` are Chinese sentences the user should know of the file (macros not run, tracked changes accepted); `meta`
    is a front-matter header; `dropped` is what was left out of the lines, see `phrasebank.model.RawText`.
    """

    lines: tuple[str, ...]
    notices: tuple[str, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
    dropped: tuple[Removed, ...] = ()
