"""Plain text in two columns, keys and what they do, whose second column keeps its edge where a line is too long for the box."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

from rich.cells import cell_len
from textual._wrap import compute_wrap_offsets
from textual.widgets import Static

COLUMN = 12
"""Columns before the words of a line that tells a key."""
LEAST = 16
"""Columns that these words must have left; where there are fewer the rest of them stands under the key."""
_KEY = re.compile("[A-Z↑↓←→]|空格|^ +$")
_GAP = re.compile(r" +\S+ {2,}")


def hang(text: str, columns: int) -> str:
    """The text with every line that is too long broken, its rest under where its words begin."""
    return "\n".join(row for line in text.splitlines() for row in _hung(line, columns))


def _hung(line: str, columns: int) -> list[str]:
    if cell_len(line) <= columns or columns <= 0:
        return [line]
    head = _head(line)
    if columns - cell_len(head) < LEAST:
        head = line[: min(2, len(line) - len(line.lstrip()))]
        line = head + line.lstrip() if not line[:COLUMN].strip() else line
    rest = line[len(head) :]
    cuts = [0, *compute_wrap_offsets(rest, max(columns - cell_len(head), 2), 4), len(rest)]
    first, *more = (rest[a:b].rstrip() for a, b in pairwise(cuts))
    return [head + first, *(" " * cell_len(head) + row for row in more if row)]


def _head(line: str) -> str:
    """What stands before the words of a line: a key and the gap behind it, else the indent."""
    ends = list(accumulate(map(cell_len, line)))
    at = ends.index(COLUMN) + 1 if COLUMN in ends else 0
    if at and line[at - 1] == " " and line.startswith(" ") and _KEY.search(line[:at]):
        return line[:at]
    found = _GAP.match(line)
    return found[0] if found else line[: len(line) - len(line.lstrip())]


class Hanging(Static):
    """Such a text, for any width."""

    def __init__(self, text: str) -> None:
        super().__init__(text, markup=False)
        self._text = text

    def on_resize(self) -> None:
        """The width is known."""
        self.update(hang(self._text, self.size.width))
