"""Keeps the origin of every span through Jinja.

A template prints text; what a function puts in is printed as a token of private characters, which no filter can
tamper with, and is replaced by its span when the text is cut into blocks. What is left is the template's own wording.
A gap is a token that is filled last, when it is known how much room everything else leaves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from drafting.errors import RenderError
from drafting.model import Origin, Span

OPEN, CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{OPEN}([0-9]{{1,9}}){CLOSE}")
_BREAK = re.compile("\\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\\s*")
_LATIN = re.compile("[!-~]{2}")
"""Neighbours of a line break that stands for a space."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Spans put in at one place: a run-in heading (`heading`) or part of the text, for the point of that index."""

    spans: tuple[Span, ...]
    point: int = -1
    heading: bool = False


Fill = Callable[[int, str, str], str]


@dataclass(frozen=True, slots=True)
class Gap:
    """Room to be filled: `fill` is told how many characters there are and what stands before and after in the paragraph, and
    gives tokens, a line break where a new paragraph begins."""

    fill: Fill


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a section: run-in heading, text, and the point it belongs to (−1 for none)."""

    lead: tuple[Span, ...]
    spans: tuple[Span, ...]
    point: int


@dataclass(slots=True)
class Loom:
    """Hands out tokens for pieces and turns printed text back into lines of spans."""

    pieces: list[Piece | Gap] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    """The words of each piece, none of a gap: asked for with every sentence that is put in."""

    def token(self, piece: Piece) -> str:
        """A token that stands for `piece` in the template's output; empty for a piece without spans."""
        return self._kept(piece) if piece.spans else ""

    def gap(self, fill: Fill) -> str:
        """A token for room to be filled when all else is known."""
        return self._kept(Gap(fill))

    def settle(self, printed: str, budget: int) -> str:
        """`printed` with its gaps filled: they share what `budget` leaves, each what is left by then in equal parts."""
        gaps = [match for match in _TOKEN.finditer(printed) if isinstance(self.pieces[int(match[1])], Gap)]
        left = budget - self.length(printed)
        out, at = "", 0
        for number, match in enumerate(gaps):
            out += printed[at : match.start()]
            gap = self.pieces[int(match[1])]
            assert isinstance(gap, Gap)
            before, after = out[out.rfind("\n") + 1 :], printed[match.end() :].partition("\n")[0]
            filled = gap.fill(max(0, left // (len(gaps) - number)), self.text(before), self.text(after))
            left -= self.length(filled)
            out, at = out + filled, match.end()
        return out + printed[at:]

    def check(self, printed: str, template: str) -> None:
        """Raises RenderError where a filter or the template itself has cut or made up tokens."""
        known = all(int(number) < len(self.pieces) for number in _TOKEN.findall(printed))
        if not known or clean(rest := _TOKEN.sub("", printed)) != rest:
            raise RenderError("函数给出的句子只能整句打印，不能用 first、last、reverse、list 之类的拆开", template)

    def lines(self, printed: str, template: str) -> tuple[Line, ...]:
        """The paragraphs of `printed`, one a line; empty lines and white space around them do not count."""
        return tuple(self._line(row.strip(), Origin("template", template)) for row in printed.splitlines() if row.strip())

    def length(self, printed: str) -> int:
        """Characters that `printed` will have, gaps and white space around lines not counted."""
        parts = _TOKEN.split(printed)
        own = sum(len(row.strip()) for row in "".join(parts[::2]).splitlines())
        return own + sum(len(self._texts[int(number)]) for number in parts[1::2])

    def text(self, printed: str) -> str:
        """`printed` as it will read, its gaps left out."""
        parts = _TOKEN.split(printed)
        parts[1::2] = [self._texts[int(number)] for number in parts[1::2]]
        return "".join(parts).strip()

    def _kept(self, piece: Piece | Gap) -> str:
        self.pieces.append(piece)
        self._texts.append("".join([span.text for span in piece.spans]) if isinstance(piece, Piece) else "")
        return f"{OPEN}{len(self.pieces) - 1}{CLOSE}"

    def _line(self, row: str, own: Origin) -> Line:
        lead: list[Span] = []
        spans: list[Span] = []
        point = -1
        for i, part in enumerate(_TOKEN.split(row)):
            if i % 2:
                piece = self.pieces[int(part)]
                if isinstance(piece, Piece):
                    (lead if piece.heading else spans).extend(piece.spans)
                    point = piece.point if point < 0 else point
            elif part:
                spans.append(Span(part, own))
        return Line(tuple(lead), tuple(spans), point)


def one_line(text: str) -> str:
    """`text` as it stands in one paragraph: line breaks go, and leave a space only between Latin letters."""
    text = text.strip()
    return _BREAK.sub(lambda match: " " if _LATIN.match(text[match.start() - 1] + text[match.end()]) else "", text)


def clean(text: str) -> str:
    """`text` without the private characters that tokens are made of."""
    return text.replace(OPEN, "").replace(CLOSE, "")
