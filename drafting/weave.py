"""Keeps the origin of every span through Jinja.

A template prints text; what a function puts in is printed as a token of private characters, which no filter can
tamper with, and is replaced by its span when the text is cut into blocks. What is left is the template's own wording.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from drafting.model import Origin, Span

OPEN, CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Spans put in at one place: a run-in heading (`heading`) or part of the text, for the point of that index."""

    spans: tuple[Span, ...]
    point: int = -1
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a section: run-in heading, text, and the point it belongs to (−1 for none)."""

    lead: tuple[Span, ...]
    spans: tuple[Span, ...]
    point: int


@dataclass(slots=True)
class Loom:
    """Hands out tokens for pieces and turns printed text back into lines of spans."""

    pieces: list[Piece] = field(default_factory=list)

    def token(self, piece: Piece) -> str:
        """A token that stands for `piece` in the template's output; empty for a piece without spans."""
        if not piece.spans:
            return ""
        self.pieces.append(piece)
        return f"{OPEN}{len(self.pieces) - 1}{CLOSE}"

    def lines(self, printed: str, template: str) -> tuple[Line, ...]:
        """The paragraphs of `printed`, one a line; empty lines and white space around them do not count."""
        return tuple(
            self._line(row.strip(), Origin("template", template)) for row in printed.splitlines() if row.strip()
        )

    def _line(self, row: str, own: Origin) -> Line:
        lead: list[Span] = []
        spans: list[Span] = []
        point = -1
        for i, part in enumerate(_TOKEN.split(row)):
            if i % 2:
                piece = self.pieces[int(part)]
                (lead if piece.heading else spans).extend(piece.spans)
                point = piece.point if point < 0 else point
            elif part:
                spans.append(Span(part, own))
        return Line(tuple(lead), tuple(spans), point)


def clean(text: str) -> str:
    """`text` without the private characters that tokens are made of."""
    return text.replace(OPEN, "").replace(CLOSE, "")
