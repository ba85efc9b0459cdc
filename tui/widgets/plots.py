"""Counts as bars of block characters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widgets import Static

BLOCK = "▇"
"""Seven eighths of a row high, so that bars stand apart."""
NARROWEST = 8


def bar(share: float, columns: int) -> str:
    """A bar for a share from 0 to 1; what is more than nothing is seen."""
    return BLOCK * max(round(share * columns), 1 if share > 0 else 0)


def rows(counts: Sequence[tuple[str, int]], columns: int) -> list[tuple[str, str, str]]:
    """Name, bar and number of each count, in columns that line up and are no wider than `columns` together."""
    most = max((number for _, number in counts), default=0) or 1
    digits = max((len(str(number)) for _, number in counts), default=0)
    names = min(max((cell_len(name) for name, _ in counts), default=0), max(columns // 3, 8))
    room = max(columns - names - digits - 3, NARROWEST)
    return [(set_cell_size(name, names), bar(number / most, room), f"{number:>{digits}}") for name, number in counts]


class Bars(Static):
    """A titled chart that fits itself to its width."""

    def __init__(self, title: str, counts: Mapping[str, int], *, empty: str = "还没有") -> None:
        super().__init__(markup=False)
        self.title, self.counts, self.empty = title, tuple(counts.items()), empty

    def render(self) -> Content:
        """The title over one line a count."""
        parts: list[str | tuple[str, str]] = [(f"{self.title}\n", "bold")]
        for name, drawn, number in rows(self.counts, self.content_size.width):
            parts += [f"{name} ", (drawn, "$text-primary"), f" {number}\n"]
        if not self.counts:
            parts.append((f"{self.empty}\n", "$text-muted"))
        return Content.assemble(*parts)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """A line each, the title, and one below."""
        return max(len(self.counts), 1) + 2
