"""Typeset pages back to paragraphs: glyphs to rows, rows to columns, running heads off, rows to paragraphs.

All lengths are in points; `size` is the width of a Chinese character, by which indents and gaps are measured.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

Span = tuple[float, float]
"""Left and right margin."""


class Glyph(NamedTuple):
    """A character with where it stands: left and right edge, base line, and its size."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Row:
    """Characters on one base line: `height` is the base line as a share of the page, `column` 0 for a page with one column.

    `spread` says that wide gaps part the row, as in a table.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    height: float
    column: int = 0
    spread: bool = False


WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]")
"""Characters as wide as a Chinese one."""
_SPACED = re.compile(f"(?<={WIDE.pattern}) +(?={WIDE.pattern})")
_TIGHT = re.compile(f"(?<={WIDE.pattern})(?={WIDE.pattern})")
_ENDS = tuple("。！？；：…”）")
_NUMBER = re.compile(
    r"[（(]?[一二三四五六七八九十百]{1,4}[、）)]|第[一二三四五六七八九十百\d]{1,4}[章节条]|[（(]?\d{1,2}(?:[、）)]|[.．](?!\d))|[①-⑳•●◆■▪·－-]"
)
_NOTE = re.compile(r"[①-⑳\[〔【*※]|[（(]?\d{1,3}")
_PAGE_NUMBER = re.compile(
    r"[—–－\-·.•]*(?:\d{1,4}|[ivxlc]{1,7}|\d{1,4}[/／]\d{1,4}|page\d{1,4}(?:of\d{1,4})?"
    r"|(?:[第共][\d一二三四五六七八九十百]{1,5}页|[,，/／]){1,3})[—–－\-·.•]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_UNBROKEN = re.compile(r"[“‘（《〈【]*[!-~—–，。；：！？、”’）》〉】％]*")
"""What a line break keeps together at the beginning of a line."""
_EDGE_ROWS = 3
"""Running heads and feet stand among so many first and last rows,"""
_EDGE = 0.14
"""in this share of the height of a page."""
_SMALL = 0.88
"""A footnote is smaller than the body by this factor, or more."""
_BLOCK = 0.45
"""Of the width of a page what a row of a block that is set in may leave free: one that leaves more ends a paragraph."""
_LARGE = 1.15
"""A title is larger than the body by this factor, or more."""


def rows(glyphs: Sequence[Glyph], page_height: float) -> list[Row]:
    """The rows of a page in the order of reading, column after column where there are two."""
    pieces = _pieces(glyphs)
    return [_row(line, page_height, column) for column, group in _bands(pieces, _gutter(pieces)) for line in _lines(group)]


def _pieces(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Runs of glyphs on a base line without a gap, blanks at their ends off.

    The order in the file does not count: programs set signs from a second font after the line they belong to.
    """
    pieces: list[list[Glyph]] = []
    for line in _lines([[glyph] for glyph in glyphs if not glyph.text.isspace() or glyph.right > glyph.left]):
        for (glyph,) in line:
            last = pieces[-1][-1] if pieces else None
            if last is None or abs(last.base - glyph.base) > 0.5 * last.size or not -1 <= (glyph.left - last.right) / last.size <= 1.2:
                pieces.append([glyph])
            elif glyph.text != last.text or glyph.left - last.left > 0.1 * last.size or not glyph.text.isalnum():  # bold: set twice
                _append(pieces[-1], glyph)
    for piece in pieces:
        while len(piece) > 1 and piece[-1].text.isspace():
            piece.pop()
    return [piece for piece in pieces if not piece[-1].text.isspace()]


def _append(piece: list[Glyph], glyph: Glyph) -> None:
    """Add a glyph to a piece; a blank in front of it that takes no room between two Chinese characters is none."""
    blank = len(piece) > 1 and piece[-1].text == " " and WIDE.match(glyph.text) and WIDE.match(piece[-2].text)
    if blank and glyph.left - piece[-2].right < 0.1 * glyph.size:
        piece.pop()
    piece.append(glyph)


def _gutter(pieces: Sequence[list[Glyph]]) -> float | None:
    """The middle of the empty strip between two columns of text; None for a page that has not clearly two."""
    spans = [(piece[0].left, piece[-1].right) for piece in pieces]
    if len(spans) < 12:
        return None
    left, right = min(start for start, _ in spans), max(end for _, end in spans)
    size = median(piece[0].size for piece in pieces)
    middles = [left + (right - left) * step / 100 for step in range(38, 63)]
    crossed = [sum(start < middle < end for start, end in spans) for middle in middles]
    fewest = min(crossed)
    free = [middle for middle, count in zip(middles, crossed, strict=True) if count == fewest]
    strip = max((end for start, end in spans if end <= free[0]), default=left), min((s for s, _ in spans if s >= free[-1]), default=right)
    before = sum(end <= free[0] and end - start > 0.3 * (right - left) for start, end in spans)
    after = sum(start >= free[-1] and end - start > 0.3 * (right - left) for start, end in spans)
    clear = min(before, after) >= 5 and fewest <= 0.1 * len(spans) and strip[1] - strip[0] > size
    return (free[0] + free[-1]) / 2 if clear else None


def _bands(pieces: Sequence[list[Glyph]], gutter: float | None) -> Iterator[tuple[int, list[list[Glyph]]]]:
    """Columns with their pieces in the order of reading; what crosses the gutter parts the columns above it from those below."""
    if gutter is None:
        yield 0, list(pieces)
        return
    band: dict[int, list[list[Glyph]]] = {1: [], 2: []}
    for piece in sorted(pieces, key=lambda piece: -piece[0].base):
        if piece[0].left < gutter < piece[-1].right:
            yield from band.items()
            band = {1: [], 2: []}
            yield 0, [piece]
        else:
            band[1 if piece[-1].right <= gutter else 2].append(piece)
    yield from band.items()


def _lines(pieces: Sequence[list[Glyph]]) -> Iterator[list[list[Glyph]]]:
    """Pieces of the same base line together, from the top of the page, each line from the left."""
    line: list[list[Glyph]] = []
    for piece in sorted(pieces, key=lambda piece: -piece[0].base):
        if line and line[0][0].base - piece[0].base > 0.4 * piece[0].size:
            yield sorted(line, key=lambda piece: piece[0].left)
            line = []
        line.append(piece)
    if line:
        yield sorted(line, key=lambda piece: piece[0].left)


def _row(line: Sequence[list[Glyph]], page_height: float, column: int) -> Row:
    glyphs = [glyph for piece in line for glyph in piece if not glyph.text.isspace()]
    size = median([glyph.size for glyph in glyphs if WIDE.match(glyph.text)] or [glyph.size for glyph in glyphs])
    gaps = [0.0, *(after[0].left - before[-1].right for before, after in pairwise(line))]
    texts = ["".join(glyph.text for glyph in piece).strip() for piece in line]
    text = "".join(("　" if gap > 0.8 * size else "") + text for gap, text in zip(gaps, texts, strict=True))
    base = glyphs[0].base
    return Row(_unspaced(text), glyphs[0].left, glyphs[-1].right, base, size, base / page_height, column, max(gaps) > 3 * size)


def _unspaced(text: str) -> str:
    """Text without the spaces by which it was letter-spaced: most Chinese characters have one behind them."""
    spaces = len(_SPACED.findall(text))
    return _SPACED.sub("", text) if spaces > 1 and spaces > len(_TIGHT.findall(text)) else text


def furniture(pages: Sequence[Sequence[Row]]) -> list[set[Row]]:
    """The rows of each page that are its number, or stand at the edge of several pages alike."""
    edges = [[row for row in (*page[:_EDGE_ROWS], *page[-_EDGE_ROWS:]) if not _EDGE < row.height < 1 - _EDGE] for page in pages]
    counts = Counter(key for edge in edges for key in {_alike(row) for row in edge})
    needed = 2 if len(pages) < 4 else 3
    return [{row for row in edge if counts[_alike(row)] >= needed or _PAGE_NUMBER.fullmatch(_squeezed(row))} for edge in edges]


def _alike(row: Row) -> tuple[str, int]:
    """What running heads have in common, the numbers in them aside."""
    return _DIGITS.sub("0", _squeezed(row)), round(row.size)


def _squeezed(row: Row) -> str:
    return "".join(row.text.split())


def paragraphs(pages: Sequence[Sequence[Row]]) -> tuple[list[str], list[int]]:
    """The paragraphs of all pages; footnotes stand after the paragraph that goes on over them. And for each page, how many
    paragraphs end before it."""
    body_size = _body_size(pages)
    margins = _margins(pages)
    composer = _Composer(margins, _pitch(pages), body_size, _is_indented(pages, margins))
    starts: list[int] = []
    for number, page in enumerate(pages):
        notes = _footnotes(page, body_size)
        for n, row in enumerate(page[: len(page) - len(notes)]):
            composer.add(row, number)
            starts += [composer.ended] * (n == 0)
        starts += [composer.ended] * (number + 1 - len(starts))  # a page without text
        composer.notes += notes
    return composer.finish(), starts


def _body_size(pages: Sequence[Sequence[Row]]) -> float:
    weights: Counter[float] = Counter()
    for row in (row for page in pages for row in page):
        weights[round(row.size, 1)] += len(row.text)
    return weights.most_common(1)[0][0] if weights else 0.0


def _footnotes(page: Sequence[Row], body_size: float) -> Sequence[Row]:
    """The small rows at the foot of a page that has larger ones above."""
    start = len(page)
    while start and page[start - 1].size < _SMALL * body_size and page[start - 1].height < 0.5:
        start -= 1
    return page[start:] if start else ()


def _margins(pages: Sequence[Sequence[Row]]) -> dict[tuple[int, int], Span]:
    """Left and right margin for each column of odd and of even pages."""
    groups: dict[tuple[int, int], list[Row]] = {}
    for number, page in enumerate(pages):
        for row in page:
            groups.setdefault((number % 2, row.column), []).append(row)
    return {key: (-_outer([-row.left for row in group], 20), _outer([row.right for row in group], 8)) for key, group in groups.items()}


def _outer(edges: Sequence[float], among: int) -> float:
    """The outermost edge that one row in `among` comes near: short lines are no margin, nor are marks hung out of it."""
    ordered = sorted(edges, reverse=True)
    needed = max(1, len(ordered) // among)
    return next((edge for edge, other in zip(ordered, ordered[needed - 1 :], strict=False) if edge - other < 8), ordered[0])


def _is_indented(pages: Sequence[Sequence[Row]], margins: dict[tuple[int, int], Span]) -> bool:
    """Whether paragraphs open with an indent of two characters."""
    every = [(row, margins[number % 2, row.column][0]) for number, page in enumerate(pages) for row in page]
    return sum(1.5 * row.size < row.left - left < 2.6 * row.size for row, left in every) > 0.04 * len(every)


def _pitch(pages: Sequence[Sequence[Row]]) -> float:
    """The usual distance of two base lines."""
    steps = Counter(round(a.base - b.base) for page in pages for a, b in pairwise(page) if 0 < a.base - b.base < 5 * a.size)
    return float(steps.most_common(1)[0][0]) if steps else 0.0


class _Composer:
    """Joins rows to paragraphs."""

    def __init__(self, margins: dict[tuple[int, int], Span], pitch: float, body_size: float, indented: bool) -> None:
        self.notes: list[Row] = []
        self._margins, self._pitch, self._body_size = margins, pitch, body_size
        self._indented = indented
        self._done: list[str] = []
        self._rows: list[tuple[Row, int]] = []

    @property
    def ended(self) -> int:
        """How many paragraphs have ended."""
        return len(self._done)

    def add(self, row: Row, page: int) -> None:
        """Take the next row of the body."""
        if self._rows and self._opens(row, page):
            self._close()
        self._rows.append((row, page))

    def finish(self) -> list[str]:
        """All paragraphs."""
        self._close()
        return self._done

    def _close(self) -> None:
        """End a paragraph, and write the footnotes that waited for its end."""
        rows, notes = [row for row, _ in self._rows], self.notes
        self._rows, self.notes = [], []
        if rows:
            self._done.append(_joined(rows))
        if notes:
            starts = [i for i, note in enumerate(notes) if not i or _NOTE.match(note.text)]
            self._done += (_joined(notes[start:end]) for start, end in pairwise([*starts, len(notes)]))

    def _opens(self, row: Row, page: int) -> bool:
        """Whether a row begins a paragraph."""
        last, last_page = self._rows[-1]
        left, right = self._margins[page % 2, row.column]
        if last.spread or row.spread or abs(last.size - row.size) > 0.1 * row.size:
            return True
        if self._goes_on_title(last, last_page, row, page):
            return False
        together = page == last_page and row.column == last.column
        if together and last.base - row.base > 1.3 * self._pitch * max(1, row.size / self._body_size):
            return True
        room = self._margins[last_page % 2, last.column][1] - last.right
        if row.left - left > 0.8 * row.size:
            block = room < _BLOCK * (right - left) and self._is_set_in(row, row.left - left)
            return not block and (self._leaves_room(row, room) or not self._hangs(row))
        if self._is_centred(last, last_page, 3) or (not self._indented and last.text.endswith(_ENDS) and _NUMBER.match(row.text)):
            return True
        return self._leaves_room(row, room)

    def _leaves_room(self, row: Row, room: float) -> bool:
        """Whether the last row ends so early that a paragraph ends with it: more than what begins `row` could not have used."""
        ends = self._rows[-1][0].text.endswith(_ENDS)
        least = (2.5 if self._indented else 1.5) if ends else 5  # an indent would have told more
        return room > max(least, _unbroken(row.text) + (1 if ends else 3)) * row.size

    def _hangs(self, row: Row) -> bool:
        """Whether an indented row goes on with a paragraph whose number stands out to the left of its text."""
        first, second = self._rows[0][0], self._rows[1:2]
        if second:
            return abs(second[0][0].left - row.left) < 0.5 * row.size
        return _NUMBER.match(first.text) is not None and 0.3 * row.size < row.left - first.left < 4 * row.size

    def _is_set_in(self, row: Row, indent: float) -> bool:
        """Whether a row goes on with a block that is set in as a whole, by other than a first-line indent."""
        last = self._rows[-1][0]
        indented = self._indented and indent < 2.6 * row.size
        alike = abs(last.left - row.left) < 0.3 * row.size and row.right - last.right < (1.2 + _unbroken(row.text)) * row.size
        return alike and not indented and last.right - last.left > 12 * row.size and not _NUMBER.match(row.text)

    def _goes_on_title(self, last: Row, last_page: int, row: Row, page: int) -> bool:
        """Whether two rows are lines of one title, or of one centred line: a subtitle is a line of its own."""
        if page != last_page or last.base - row.base > 2.5 * row.size or row.text.startswith(("—", "（", "(")):
            return False
        if row.size > _LARGE * self._body_size:
            return self._is_centred(row, page, 0)
        left, right = self._margins[page % 2, last.column]
        fills = len(self._rows) == 1 and last.left - left < row.size and right - last.right < 2 * row.size
        return self._indented and fills and self._is_centred(row, page, 3)

    def _is_centred(self, row: Row, page: int, least: float) -> bool:
        """Whether a row has the same room on both sides, `least` characters or more."""
        left, right = self._margins[page % 2, row.column]
        before, after = row.left - left, right - row.right
        return min(before, after) >= least * row.size and abs(before - after) < 1.5 * row.size


def _unbroken(text: str) -> float:
    """The width of what could not be parted at the beginning of a line, in sizes of a Chinese character."""
    match = _UNBROKEN.match(text)
    return sum(1.0 if WIDE.match(sign) else 0.6 for sign in match.group()) if match else 0.0


def _joined(rows: Sequence[Row]) -> str:
    """Rows as one line; between Latin words stands a space."""
    text = rows[0].text
    for row in rows[1:]:
        apart = text[-1:].isascii() and text[-1:].isalpha() and row.text[:1].isascii() and row.text[:1].isalpha()
        text += (" " if apart else "") + row.text
    return text
