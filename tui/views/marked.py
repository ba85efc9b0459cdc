"""The whole of a text with its line numbers: what was taken out struck out in its place, damage and headings marked.

Nothing is hidden: the stretches of a line are together the line of the file, and only labels are added to them. The
labels are there without colours too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TypeVar

from phrasebank.model import Defect, Heading, Inspection, RawText, Removed
from tui.output import BLUE, BOLD, DIM, GREEN, RED, YELLOW
from tui.views.columns import breaks, visible, width
from tui.views.names import MENDED, called
from tui.views.page import Page

STRUCK, UNDERLINED = "9", "4"
"""Codes of a terminal (SGR)."""
LEVELS = {0: (), 1: (GREEN, BOLD), 2: (BLUE, BOLD)}
"""Colours of headings by level; those of deeper levels are bold."""
DIGITS = "　１２３４５６７８９"
LEGEND = "行号后：删＝整行删去（没有行号的，读文件时就已略去），损＝有破损，１２３＝几级标题；行末：⏎＝断行，已接上"
NOTES = {"broken_line": "⏎", MENDED: "〔半角{text}〕"}
"""How damage is noted at the end of a line."""
_WIDE = re.compile(r"[\u2018-\u201d\u3000-\u303f\u4e00-\u9fff\uff00-\uff60]")
T = TypeVar("T", Removed, Defect, Heading)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of characters that are marked alike. `removed` is the kind of what was taken out, `damaged` tells damage and
    `label` names it where it ends; `level` is that of the heading it belongs to, 0 for none."""

    text: str
    removed: str = ""
    damaged: bool = False
    label: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file in stretches; `notes` is the damage that is named at its end. `number` 0: none of the lines read."""

    number: int
    stretches: tuple[Stretch, ...]
    notes: tuple[Defect, ...] = ()


def marked_lines(raw: RawText, found: Inspection, page: Page, breaking: bool) -> Iterator[str]:
    """The text for people. `breaking`: lines too long for the page go on below, as a terminal needs it and a pipe does not."""
    yield from page.prose("", raw.file, BOLD)
    for notice in found.notices:
        yield from page.prose("提示　", notice, YELLOW)
    for key, value in raw.meta.items():
        yield from page.prose("文件头　", f"{key}：{value}", DIM)
    yield from page.prose("", LEGEND, DIM)
    digits = len(str(len(raw.lines)))
    for line in lines_of(raw, found):
        gutter = f"{line.number or '':>{digits}}{_sign(line)}"
        room = max(page.columns - width(gutter), 12) if breaking else 0
        for n, shown in enumerate(_rows(list(_labelled(line)), room, page)):
            yield page.paint(" " * width(gutter) if n else gutter, DIM) + shown


# ---------------------------------------------------------------- what belongs to what
def lines_of(raw: RawText, found: Inspection) -> Iterator[Line]:
    """Every line of the file with its marks, and before it what the reader left out there."""
    in_lines = Counter(found.removed) - Counter(raw.dropped)
    dropped, removed, defects = _by_line(raw.dropped), _by_line(in_lines.elements()), _by_line(found.defects)
    headings = _by_line(heading for piece in found.pieces for heading in piece.headings if heading.in_body)
    for number, text in enumerate(raw.lines, 1):
        yield from map(_dropped, dropped[number])
        yield _line(number, text, removed[number], defects[number], headings[number])
    yield from map(_dropped, dropped[len(raw.lines) + 1])


def _dropped(item: Removed) -> Line:
    """What the reader left out, as a line without number."""
    return Line(0, (Stretch(item.text, item.kind),))


def _by_line(items: Iterable[T]) -> defaultdict[int, list[T]]:
    lines: defaultdict[int, list[T]] = defaultdict(list)
    for item in items:
        lines[item.line].append(item)
    return lines


def _line(
    number: int, text: str, removed: Sequence[Removed], defects: Sequence[Defect], headings: Sequence[Heading]
) -> Line:
    """One line: what each of its characters belongs to, and what concerns it as a whole."""
    gone: list[Removed | None] = [None] * len(text)
    for item in removed:
        gone[item.column : item.column + len(item.text)] = [item] * len(item.text)
    kept = [at for at, item in enumerate(gone) if item is None]
    bare = "".join(text[at] for at in kept)
    harmed: list[Defect | None] = [None] * len(text)
    notes: list[Defect] = []
    for defect, spans in _damage(bare, defects):
        for at in (at for start, end in spans for at in kept[start:end]):
            harmed[at] = defect
        if not spans or defect.kind == MENDED:
            notes.append(defect)
    level = [0] * len(text)
    for heading in headings:
        for at in kept[_extent(bare, heading)]:
            level[at] = heading.level
    return Line(number, tuple(_stretches(text, gone, harmed, level)), tuple(notes))


def _stretches(
    text: str, gone: Sequence[Removed | None], harmed: Sequence[Defect | None], level: Sequence[int]
) -> Iterator[Stretch]:
    """Runs of characters that belong to the same."""
    ends = {id(defect): at for at, defect in enumerate(harmed) if defect}
    for _, run in groupby(range(len(text)), key=lambda at: (id(gone[at]), id(harmed[at]), level[at])):
        places = list(run)
        item, defect, last = gone[places[0]], harmed[places[0]], places[-1]
        named = defect and ends[id(defect)] == last and defect.kind != MENDED
        label = defect.kind if defect and named else ""
        yield Stretch(text[places[0] : last + 1], item.kind if item else "", defect is not None, label, level[last])


# ---------------------------------------------------------------- places of damage and headings
Span = tuple[int, int]


def _damage(bare: str, defects: Sequence[Defect]) -> Iterator[tuple[Defect, list[Span]]]:
    """Where the damage of a line is, as offsets in what was kept of it; nowhere for damage between lines."""
    after: dict[str, int] = {}  # where the next damage of a kind is looked for
    for defect in defects:
        if defect.kind == MENDED:
            yield defect, _half_width(bare, defect.text)
        elif defect.kind != "inline_marker":  # those are struck out
            start = bare.find(defect.text, after.get(defect.kind, 0))
            span = (start, start + len(defect.text)) if start >= 0 else _at_an_end(bare, defect)
            after[defect.kind] = span[1]
            yield defect, [span] if span[0] < span[1] else []


def _half_width(bare: str, marks: str) -> list[Span]:
    """The half-width marks of a line that stand beside Chinese."""
    return [(n, n + 1) for n, c in enumerate(bare) if c in marks and _WIDE.search(bare, max(n - 1, 0), n + 2)]


def _at_an_end(bare: str, defect: Defect) -> Span:
    """A torn sentence of several lines: the part of it that stands at the end or at the beginning of this line."""
    if defect.kind != "truncated_end":
        return 0, 0
    text, last, first = bare.strip(), len(bare.rstrip()), len(bare) - len(bare.lstrip())
    for size in range(len(defect.text) - 1, 1, -1):
        if text.endswith(defect.text[-size:]):
            return last - size, last
        if text.startswith(defect.text[:size]):
            return first, first + size
    return 0, 0


def _extent(bare: str, heading: Heading) -> slice:
    """The part of a line that is its heading: up to its text's end where the paragraph goes on, else the whole line."""
    at = bare.find(heading.text)
    if not heading.run_in or at < 0:
        return slice(0, len(bare))
    start = bare.rfind(heading.number, 0, at) if heading.number else at
    return slice(max(start, 0), at + len(heading.text))


# ---------------------------------------------------------------- on the page
Piece = tuple[str, tuple[str, ...]]
"""A text and its colours."""


def _sign(line: Line) -> str:
    """What the margin says of a line. Half-width marks are no reason to look: they are mended."""
    gone = line.stretches and all(stretch.removed for stretch in line.stretches)
    torn = any(stretch.label for stretch in line.stretches)
    level = max((stretch.level for stretch in line.stretches), default=0)
    return f" {'删' if gone else '损' if torn else '　'}{DIGITS[level]} "


def _labelled(line: Line) -> Iterator[Piece]:
    """The stretches of a line with labels for those who see no colours, or cannot tell what they mean."""
    for stretch in line.stretches:
        codes = LEVELS.get(stretch.level, (BOLD,))
        if stretch.removed:
            yield f"［删·{called(stretch.removed)}：", (DIM,)
            yield visible(stretch.text), (RED, STRUCK)
            yield "］", (DIM,)
        else:
            yield visible(stretch.text), (*codes, YELLOW, UNDERLINED) if stretch.damaged else codes
        if stretch.label:
            yield f"〔破损：{called(stretch.label)}〕", (DIM,)
    for defect in line.notes:
        yield (
            NOTES.get(defect.kind, "〔破损：{kind}，{text}〕").format(
                kind=called(defect.kind), text=visible(defect.text)
            ),
            (DIM,),
        )


def _rows(pieces: Sequence[Piece], room: int, page: Page) -> Iterator[str]:
    """The pieces as lines of so many columns, 0 for one line."""
    characters = [(character, codes) for text, codes in pieces for character in text]
    edges = breaks("".join(text for text, _ in pieces), room) if room else []
    for start, end in pairwise([0, *edges, len(characters)]):
        runs = groupby(characters[start:end], key=itemgetter(1))
        yield "".join(page.paint("".join(character for character, _ in run), *codes) for codes, run in runs)
