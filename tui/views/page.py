"""The page a view is written on: how wide it is, whether all is wanted, and colours where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tui.output import BOLD
from tui.views.columns import cut, visible, width, wrap

Paint = Callable[..., str]
"""`paint(text, *codes)`: a text in colours, or as it is where no colours are wanted."""


@dataclass(frozen=True, slots=True)
class Page:
    """`columns` is its width; `full`: lists are not cut short."""

    paint: Paint
    columns: int = 80
    full: bool = False

    def entry(self, lead: str, text: str, *codes: str) -> Iterator[str]:
        """A line under its lead; what does not fit is cut off, or goes on below where all is wanted."""
        if self.full:
            yield from self.prose(lead, text, *codes)
        else:
            yield lead + self.paint(cut(visible(text), self._room(lead)), *codes)

    def prose(self, lead: str, text: str, *codes: str) -> Iterator[str]:
        """A text that is never cut: its lines stand below each other behind the lead."""
        for n, line in enumerate(wrap(visible(text), self._room(lead))):
            yield (" " * width(lead) if n else lead) + self.paint(line, *codes)

    def title(self, name: str, about: str) -> Iterator[str]:
        """The name of a list, and what there is to know of it."""
        for n, line in enumerate(self.prose(f"{name}　", about)):
            yield line if n else self.paint(name, BOLD) + line.removeprefix(name)

    def _room(self, lead: str) -> int:
        return max(self.columns - width(lead), 12)
