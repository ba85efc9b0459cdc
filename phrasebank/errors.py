"""The one error tree. Only the edge of the program (`tui.cli`, `tui.app`) turns these into text and exit codes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class NigaoError(Exception):
    """Something the user can act on.

    `message` is one Chinese sentence that says what is wrong and what to do; `file`, `line` and `column`
    (1-based) say where, as far as it is known.
    """

    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None

    def __post_init__(self) -> None:
        super().__init__(self.message)

    def __str__(self) -> str:
        where = self.file or ""
        if self.line is not None:
            where += f" 第{self.line}行"
            if self.column is not None:
                where += f"第{self.column}列"
        return f"{where.strip()}：{self.message}" if where else self.message


class ReadError(NigaoError):
    """A source file cannot be read as text."""


class BankError(NigaoError):
    """A bank file is missing, damaged or of another version."""
