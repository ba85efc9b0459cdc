"""Paragraphs as they were written: hard line breaks inside sentences closed, indents off."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from phrasebank import sentences
from phrasebank.clean import Cleaned
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

    def line_at(self, offset: int) -> int:
        """The line that the character at `offset` stands on."""
        return next((line for start, line in reversed(self.joins) if start <= offset), self.line)


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


_DANGLING = re.compile(r"(?:[的和与及将把被让使、，,；;（(“《]|以及|并且|通过|关于|围绕|按照|推进|对于|为了|根据)$")
_HEAD_DANGLING = re.compile(r"(?:[的与及、“《]|以及|并且)$")
_SUBTITLE = re.compile(r"——[^。；]{4,50}(?:会议?上|讲话|发言|报告|大会)(?:的(?:讲话|发言|报告))?$")
_INNER_END = re.compile(r"[。！？；]")
_STARTS_NEW = re.compile(
    r"\s*(?:同志们|各位|尊敬的|[【\[]|第\s*[\d一二三四五六七八九十]+\s*篇|篇[一二三四五六七八九十])"
)


_SALUTATION = re.compile(
    r"(?:尊敬的|敬爱的|亲爱的)?[^。；]{0,40}?(?:同志们|同志|代表|委员|领导|同事|朋友们|朋友|来宾|嘉宾"
    r"|党员|女士们|先生们|老师|同学们|乡亲们|大家好|书记|组长|评委)(?:们)?(?:[，,、 ]{0,2}(?:大家"
    r"|上午|下午|早上)?好)?\s*[:：！!]?"
)


def is_salutation(text: str) -> bool:
    """Whether a line addresses the audience and does nothing else."""
    return len(text) <= 50 and text[-1:] in "：:！!" and _SALUTATION.fullmatch(text) is not None


def mend(cleaned: Cleaned) -> tuple[Block, ...]:
    """The paragraphs of a cleaned text, hard line breaks inside sentences closed."""
    rows = list(_rows(cleaned))
    width = _wrap_width([text for _, text, _, _ in rows])
    by_indent = width > 0 and 0.03 < sum(indent > 0 for _, _, indent, _ in rows) / len(rows) < 0.7
    shortened = {item.line for item in cleaned.removed}
    blocks: list[Block] = []
    blank = cut = False
    for line, text, indent, gap in rows:
        if text and blocks and not cut:
            seam = _Seam(width, by_indent, blank, len(blocks) == 1, blocks[-1].last in shortened, indent)
        else:
            seam = None
        if text:
            _add(blocks, Block(line, text, indent=indent, cut_before=cut), seam)
        if gap and blocks:
            blocks[-1] = replace(blocks[-1], cut_after=True)
        blank, cut = (False, gap) if text else (blank or not gap, cut or gap)
    return tuple(blocks)


def _add(blocks: list[Block], block: Block, seam: _Seam | None) -> None:
    """Adds a line to the paragraphs: to the last one if it goes on with its sentence."""
    if seam and not blocks[-1].cut_after and _joins(blocks[-1], block.text, seam):
        blocks[-1] = _joined(blocks[-1], block.line, block.text)
    else:
        blocks.append(block)


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


def _bare(text: str) -> str:
    """A line without indent, escapes of web pages and spaces inside Chinese text."""
    if "&" in text:
        text = html.unescape(text)
    return text.replace("\u200b", "").replace("\ufeff", "").strip()


def _wrap_width(texts: Sequence[str]) -> int:
    """The width a text was wrapped at, 0 for one that was not: most lines are as long as the longest."""
    sizes = [len(text) for text in texts if text]
    if len(sizes) < 6:
        return 0
    top = sorted(sizes)[int(0.9 * len(sizes))]
    full = sum(size >= 0.85 * top for size in sizes)
    open_ended = sum(len(t) >= 0.85 * top and not sentences.ends_sentence(t) for t in texts)
    return top if 12 <= top <= 90 and full >= 0.4 * len(sizes) and open_ended >= 0.3 * len(sizes) else 0


def _joins(block: Block, text: str, seam: _Seam) -> bool:
    """Whether `text` goes on with the sentence that `block` breaks off."""
    last = block.text[block.joins[-1][0] :] if block.joins else block.text
    full = seam.width and not seam.blank and (seam.shortened or len(last) >= 0.8 * seam.width)
    if full and seam.by_indent and block.indent and not seam.indent and not is_salutation(last):
        return True
    if sentences.ends_sentence(last) or last[-1] in "：:" or _STARTS_NEW.match(text) or _SUBTITLE.match(block.text):
        return False
    dangling = _DANGLING.search(last) is not None
    if seam.first and not dangling and not _INNER_END.search(last):
        return False
    mark = parse_mark(text)
    if mark and not (last.endswith(("、", "，", ",")) if mark.level < 5 else dangling or seam.width):
        return False
    if seam.width and not seam.blank:
        return bool(full) and (seam.indent <= block.indent or seam.indent == 0)
    return dangling if seam.blank and not dangling else _is_prose(block, last, dangling)


def _is_prose(block: Block, last: str, dangling: bool) -> bool:
    """Whether a line that breaks off is running text, and not a heading on a line of its own."""
    own = parse_mark(block.text)
    if own and own.level < 5 and "。" not in block.text and not block.joins:
        return _HEAD_DANGLING.search(last) is not None and len(block.text) > 16
    limit = 30 if "，" in last or "," in last else 45
    return bool(block.joins) or dangling or _INNER_END.search(block.text) is not None or len(last) > limit


def _joined(block: Block, line: int, text: str) -> Block:
    glue = (
        " "
        if block.text[-1:].isascii() and block.text[-1:].isalnum() and text[:1].isascii() and text[:1].isalnum()
        else ""
    )
    offset = len(block.text) + len(glue)
    return replace(block, text=block.text + glue + text, joins=(*block.joins, (offset, line)))
