"""Paragraphs as they were written: hard line breaks inside sentences closed, indents off."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import itemgetter

from phrasebank import sentences
from phrasebank.clean import Cleaned
from phrasebank.frontmatter import is_front, is_salutation, piece_label
from phrasebank.gazetteer import is_ordinary
from phrasebank.headings import parse_mark


@dataclass(frozen=True, slots=True)
class Block:
    """A mended paragraph: first and last line, text without indent, where further lines were joined to it.

    `joins` are (offset in text, line); `cut_before` and `cut_after` say that the source omits text there.
    """

    line: int
    text: str
    joins: tuple[tuple[int, int], ...] = ()
    indent: int = 0
    cut_before: bool = False
    cut_after: bool = False

    @property
    def last(self) -> int:
        """The last line the block stands on."""
        return self.joins[-1][1] if self.joins else self.line

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines the block stands on; blank lines between them are none."""
        return (self.line, *(line for _, line in self.joins))

    def line_at(self, offset: int) -> int:
        """The line that the character at `offset` stands on."""
        joined = bisect_right(self.joins, offset, key=itemgetter(0))
        return self.joins[joined - 1][1] if joined else self.line

    def split(self, offset: int) -> tuple[Block, ...]:
        """The block cut at `offset` (1 or more): one block where nothing stands behind it, else two."""
        rest = self.text[offset:].lstrip()
        if not rest:
            return (self,)
        at = len(self.text) - len(rest)
        head, tail = (tuple(j for j in self.joins if (j[0] > at) == behind) for behind in (False, True))
        return (
            replace(self, text=self.text[:offset], joins=tuple(j for j in head if j[0] < offset), cut_after=False),
            Block(self.line_at(at), rest, tuple((o - at, line) for o, line in tail), 0, cut_after=self.cut_after),
        )


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while lines are joined to it: `texts` of its lines, for joining strings one by one takes time that
    grows with the square of their number."""

    line: int
    texts: list[str]
    indent: int
    cut_before: bool
    cut_after: bool = False
    joins: list[tuple[int, int]] = field(default_factory=list)
    size: int = 0

    @property
    def last(self) -> int:
        return self.joins[-1][1] if self.joins else self.line

    def add(self, line: int, text: str) -> None:
        """Goes on with a line, with a space between Latin words."""
        before = self.texts[-1]
        if before[-1:].isascii() and before[-1:].isalnum() and text[:1].isascii() and text[:1].isalnum():
            self.texts[-1] += " "
        self.size += len(self.texts[-1])
        self.joins.append((self.size, line))
        self.texts.append(text)

    def block(self) -> Block:
        return Block(self.line, "".join(self.texts), tuple(self.joins), self.indent, self.cut_before, self.cut_after)


@dataclass(frozen=True, slots=True)
class _Seam:
    """Where two lines meet: width the text was wrapped at (0: not), whether its indents tell the paragraphs, whether a
    blank line lies between, whether the line before is the first of the text or has lost a mark, indent of the next."""

    width: int
    by_indent: bool
    blank: bool
    first: bool
    shortened: bool
    indent: int

    def exact(self, last: str) -> bool:
        """Whether the line before is as long as lines get, where no indent would tell a new paragraph: a paragraph seldom
        ends just there, a sentence inside one may."""
        told = self.blank or self.by_indent or self.first
        return not told and 0 < self.width <= len(last) and sentences.ends_sentence(last)


_DANGLING = re.compile(r"(?:[的和与及将把被让使、，,；;（(“《]|以及|并且|通过|关于|围绕|按照|推进|对于|为了|根据)$")
_HEAD_DANGLING = re.compile(r"(?:[的与及、“《]|以及|并且)$")
_SUBTITLE = re.compile(r"——[^。；]{4,50}(?:会议?上|讲话|发言|报告|大会)(?:的(?:讲话|发言|报告))?$")
_INNER_END = re.compile(r"[。！？；]")
_STARTS_NEW = re.compile(
    r"\s*(?:同志们|各位|尊敬的|[【\[]|第\s*[\d一二三四五六七八九十]+\s*篇|篇[一二三四五六七八九十]"
    r"|谢谢(?:大家|各位|同志们)?[！!。])"
)


def mend(cleaned: Cleaned) -> tuple[Block, ...]:
    """The paragraphs of a cleaned text, hard line breaks inside sentences closed."""
    rows = list(_rows(cleaned))
    width = _wrap_width([text for _, text, _, _ in rows])
    by_indent = width > 0 and 0.03 < sum(indent > 0 for _, _, indent, _ in rows) / len(rows) < 0.7
    airy = width > 0 and _airy(rows)
    shortened = {item.line for item in cleaned.removed}
    found: list[_Paragraph] = []
    blank = cut = False
    for line, text, indent, gap in rows:
        seam = None
        if text and found and not cut and _may_go_on(found[-1], width):
            seam = _Seam(width, by_indent, blank and not airy, len(found) == 1, found[-1].last in shortened, indent)
        if seam and _joins(found[-1], text, seam):
            found[-1].add(line, text)
        elif text:
            found.append(_Paragraph(line, [text], indent, cut))
        if gap and found:
            found[-1].cut_after = True
        blank, cut = (False, gap) if text else (blank or not gap, cut or gap)
    return tuple(paragraph.block() for paragraph in found)


def _airy(rows: Sequence[tuple[int, str, int, bool]]) -> bool:
    """Whether blank lines stand between most lines, and so say nothing of paragraphs."""
    filled = [bool(text) for _, text, _, _ in rows]
    return sum(a and not b for a, b in pairwise(filled)) >= 0.6 * sum(filled)


def _may_go_on(paragraph: _Paragraph, width: int) -> bool:
    """Whether a paragraph may go on in another line: behind a full stop only where the text was wrapped."""
    return not paragraph.cut_after and (width > 0 or not sentences.ends_sentence(paragraph.texts[-1]))


def _rows(cleaned: Cleaned) -> Iterator[tuple[int, str, int, bool]]:
    """Line number, bare text, indent and whether text is missing behind it; lines cut at their gaps."""
    gaps: dict[int, list[int]] = {}
    for number, column in cleaned.gaps:
        gaps.setdefault(number, []).append(column)
    lines = dict(cleaned.lines)
    for number in sorted({*lines, *gaps}):
        text, at = lines.get(number, ""), 0
        for column in gaps.get(number, []):
            yield number, _bare(text[at:column]), 0, True
            at = column
        rest = text[at:]
        if rest.strip() or number not in gaps:
            yield number, _bare(rest), len(rest) - len(rest.lstrip()), False


_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff]|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d")
_GAPS = re.compile(r"(?<=[一-鿿，、。；：！？“”（）《》〔〕])[\s\u3000]+(?=[一-鿿，、。；：！？“”（）《》〔〕])")
_SPACED = re.compile(r"(?:\S\s+){6,}\S?")


def _bare(text: str) -> str:
    """A line without indent, escapes of web pages, what does not show, and spaces inside running text."""
    if "&" in text:
        text = html.unescape(text)
    text = _UNSEEN.sub("", text).strip()
    if text.isascii() or not _SPACE.search(text):
        return text
    if _SPACED.fullmatch(text):
        return re.sub(r"\s+", "", text)
    return _GAPS.sub("", text) if len(text) > MAX_TITLE or text[-1] in "。；" else text


MAX_TITLE = 40
"""Characters up to which spaces may be set on purpose, as in names and short titles."""
_SPACE = re.compile(r"\s")


def _wrap_width(texts: Sequence[str]) -> int:
    """The width a text was wrapped at, 0 for one that was not: most lines are as long as the longest."""
    sizes = [len(text) for text in texts if text]
    if len(sizes) < 6:
        return _short_width([text for text in texts if text])
    top = sorted(sizes)[int(0.9 * len(sizes))]
    full = sum(size >= 0.85 * top for size in sizes)
    open_ended = sum(len(t) >= 0.85 * top and not sentences.ends_sentence(t) for t in texts)
    return top if 12 <= top <= 90 and full >= 0.4 * len(sizes) and open_ended >= 0.3 * len(sizes) else 0


def _short_width(texts: Sequence[str]) -> int:
    """The width a text of few lines was wrapped at, 0 for one that was not: two lines as long as the longest break off."""
    top = max(map(len, texts), default=0)
    broken = sum(len(text) >= top - 2 and not sentences.ends_sentence(text) for text in texts)
    return top if 20 <= top <= 90 and broken >= 2 and sentences.ends_sentence(texts[-1]) else 0


def _joins(before: _Paragraph, text: str, seam: _Seam) -> bool:
    """Whether `text` goes on with the sentence that the paragraph before breaks off."""
    last = before.texts[-1]
    full = seam.width and not seam.blank and (seam.shortened or len(last) >= 0.8 * seam.width)
    if full and seam.by_indent and before.indent and not seam.indent and not is_salutation(last):
        return True
    if seam.exact(last) and not parse_mark(text) and not _starts_new(text):
        return True
    if seam.first and is_front(text):
        return False
    item = last[-1] in "；;" and not seam.width
    if item or sentences.ends_sentence(last) or last[-1] in "：:" or _starts_new(text) or _is_subtitle(before):
        return False
    dangling = _DANGLING.search(last) is not None
    if seam.first and not dangling and not _INNER_END.search(last):
        return False
    mark = parse_mark(text)
    if mark and not (seam.width and last.endswith(("、", "，", ",")) if mark.level < 5 else dangling or seam.width):
        return False
    if seam.by_indent and seam.indent > 1:
        return False
    if seam.width and not seam.blank:
        return bool(full) and seam.indent <= before.indent
    if not seam.blank and _goes_on(last, text):
        return True
    return dangling if seam.blank and not dangling else bool(before.joins) or _is_prose(last, dangling)


_CONTINUES = "，。、；：！？）》”’】"
"""Marks no paragraph begins with."""


def _goes_on(last: str, text: str) -> bool:
    """Whether a line goes on in the next: a mark stands at its start, or a word runs over the seam of running text."""
    if text[0] in _CONTINUES:
        return True
    broken = "，" in last[:-1] and is_ordinary(last[-1] + text[0])
    return broken and not is_ordinary(last[-2:]) and not is_ordinary(text[:2])


def _starts_new(text: str) -> bool:
    """Whether a line opens something by its form: an address of the audience, thanks, the next of several pieces."""
    return _STARTS_NEW.match(text) is not None or piece_label(text) > 0


def _is_subtitle(before: _Paragraph) -> bool:
    return before.texts[0].startswith("——") and _SUBTITLE.match("".join(before.texts[:60])) is not None


def _is_prose(line: str, dangling: bool) -> bool:
    """Whether a line that breaks off is running text, and not a heading on a line of its own."""
    own = parse_mark(line)
    if own and own.level < 5 and "。" not in line:
        return _HEAD_DANGLING.search(line) is not None and len(line) > 16
    limit = 30 if "，" in line or "," in line else 45
    return dangling or _INNER_END.search(line) is not None or len(line) > limit
