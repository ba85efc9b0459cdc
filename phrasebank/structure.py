"""The build of a text: paragraphs mended from broken lines, the pieces a file holds, titles, salutation, headings."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from phrasebank import sentences
from phrasebank.clean import Cleaned
from phrasebank.headings import Mark, key_of, parse_mark
from phrasebank.model import Heading
from phrasebank.siblings import unnumbered_heads

MAX_HEADING = 80
"""Characters of a heading at most; a longer numbered sentence is an item of a list."""


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
class Body:
    """A paragraph below its headings: `text` without the run-in heading, which is `heading` then."""

    block: Block
    text: str
    path: tuple[Heading, ...]
    kind: str = "text"
    """text, salutation or front (what stands between title and salutation)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One speech: its blocks taken apart. `title_line` is 0 for one without title."""

    title: str | None
    title_line: int
    label: str
    salutation: str | None
    headings: tuple[Heading, ...]
    bodies: tuple[Body, ...]
    blocks: tuple[Block, ...]
    truncated: bool


# ---------------------------------------------------------------- mending
_DANGLING = re.compile(r"(?:[的和与及将把被让使、，,；;（(“《]|以及|并且|通过|关于|围绕|按照|推进|对于|为了|根据)$")
_HEAD_DANGLING = re.compile(r"(?:[的与及、“《]|以及|并且)$")
_SUBTITLE = re.compile(r"——[^。；]{4,50}(?:会议?上|讲话|发言|报告|大会)(?:的(?:讲话|发言|报告))?$")
_INNER_END = re.compile(r"[。！？；]")
_STARTS_NEW = re.compile(r"\s*(?:同志们|各位|尊敬的|[【\[]|第\s*[\d一二三四五六七八九十]+\s*篇|篇[一二三四五六七八九十])")


def mend(cleaned: Cleaned) -> tuple[Block, ...]:
    """The paragraphs of a cleaned text, hard line breaks inside sentences closed."""
    rows = list(_rows(cleaned))
    width = _wrap_width([text for _, text, _, _ in rows])
    by_indent = width > 0 and 0.03 < sum(indent > 0 for _, _, indent, _ in rows) / len(rows) < 0.7
    blocks: list[Block] = []
    shortened = {item.line for item in cleaned.removed}
    blank = cut = False
    for line, text, indent, gap in rows:
        if not text:
            blank, cut = blank or not gap, cut or gap
            if gap and blocks:
                blocks[-1] = replace(blocks[-1], cut_after=True)
            continue
        if blocks and not cut and not blocks[-1].cut_after and _joins(blocks[-1], text, indent, blank, width, len(blocks) == 1, by_indent, blocks[-1].last in shortened):
            blocks[-1] = _joined(blocks[-1], line, text)
        else:
            blocks.append(Block(line, text, indent=indent, cut_before=cut))
        blank, cut = False, gap
        if gap:
            blocks[-1] = replace(blocks[-1], cut_after=True)
    return tuple(blocks)


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


def _joins(block: Block, text: str, indent: int, blank: bool, width: int, first: bool, by_indent: bool, shortened: bool) -> bool:
    """Whether `text` goes on with the sentence that `block` breaks off."""
    last = block.text[block.joins[-1][0] :] if block.joins else block.text
    if by_indent and block.indent and not indent and not blank and (shortened or len(last) >= 0.8 * width) and not is_salutation(last):
        return True
    if sentences.ends_sentence(last) or last[-1] in "：:" or _STARTS_NEW.match(text) or _SUBTITLE.match(block.text):
        return False
    if first and not _DANGLING.search(last) and not _INNER_END.search(last):
        return False
    mark = parse_mark(text)
    if mark and mark.level <= 4 and not last.endswith(("、", "，", ",")):
        return False
    if width and not blank:
        return (shortened or len(last) >= 0.85 * width) and (indent <= block.indent or indent == 0)
    if blank and not _DANGLING.search(last):
        return False
    if mark and mark.level == 5 and not _DANGLING.search(last):
        return False
    own = parse_mark(block.text)
    if own and own.level <= 4 and "。" not in block.text and not block.joins:
        return bool(_HEAD_DANGLING.search(last)) and len(block.text) > 16
    return bool(block.joins or _DANGLING.search(last) or _INNER_END.search(block.text)) or len(last) > (30 if "，" in last or "," in last else 45)


def _joined(block: Block, line: int, text: str) -> Block:
    glue = " " if block.text[-1:].isascii() and block.text[-1:].isalnum() and text[:1].isascii() and text[:1].isalnum() else ""
    offset = len(block.text) + len(glue)
    return replace(block, text=block.text + glue + text, joins=(*block.joins, (offset, line)))


# ---------------------------------------------------------------- pieces
_NTH = re.compile(r"[【\[（(]?\s*(?:第\s*[\d一二三四五六七八九十]{1,3}\s*篇|篇\s*[\d一二三四五六七八九十]{1,3}|(?:范文|材料|发言)\s*[\d一二三四五六七八九十]{1,3})\s*[】\]）)]?\s*[:：、.．]?\s*")
_LABEL = re.compile(r"(?:[【\[](讲稿|讲话稿?|发言稿|党课|党课讲稿|范文|材料|心得体会|标题|题目)[】\]]|(讲稿|讲话稿|发言稿|党课|党课讲稿|范文|标题|题目)\s*[:：])\s*")
_SALUTATION = re.compile(
    r"(?:尊敬的|敬爱的|亲爱的)?[^。；]{0,40}?(?:同志们|同志|代表|委员|领导|同事|朋友们|朋友|来宾|嘉宾|党员|女士们|先生们|老师|同学们|乡亲们|大家好|书记|组长|评委)(?:们)?(?:[，,、 ]{0,2}(?:大家|上午|下午|早上)?好)?\s*[:：！!]?"
)
_GENRE_WORDS = re.compile(r"讲话|发言|材料|讲稿|党课|致辞|主持词|报告|总结|体会|演讲|述职|汇报|讲稿|表态|决定|意见|通知|方案|规划")


def is_salutation(text: str) -> bool:
    """Whether a line addresses the audience and does nothing else."""
    return len(text) <= 50 and text[-1:] in "：:！!" and _SALUTATION.fullmatch(text) is not None


def pieces(blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
    """The blocks of each speech of a file; what stands before the first of several goes with it no more than a title."""
    starts = [i for i, b in enumerate(blocks) if len(b.text) <= 80 and _opens_piece(b.text)]
    starts = starts if len(starts) >= 2 or starts and starts[0] <= 2 else _repeated_starts(blocks)
    if len(starts) < 2:
        return [tuple(blocks)] if blocks else []
    if starts[0] > 0 and sum(len(b.text) for b in blocks[: starts[0]]) > 200:
        starts = [0, *starts]
    return [tuple(blocks[a:b]) for a, b in zip(starts, [*starts[1:], len(blocks)], strict=True)]


def _opens_piece(text: str) -> bool:
    """Whether a line counts a piece; a numbered chapter of a plan (第一篇　总则) counts none."""
    nth = _NTH.match(text)
    if not nth or sentences.ends_sentence(text):
        return False
    return nth.group().strip()[-1] in "】]）):：、.．" or nth.end() >= len(text) or text[0] == "篇" or _GENRE_WORDS.search(text) is not None


def _repeated_starts(blocks: Sequence[Block]) -> list[int]:
    """Where a title with a salutation below it comes again, numbers starting anew."""
    starts = []
    for i, block in enumerate(blocks[:-1]):
        near = [is_salutation(b.text) for b in blocks[i + 1 : i + 4]]
        if title_like(block.text) and (any(near[:1]) or any(near) and _GENRE_WORDS.search(block.text)):
            starts.append(i)
    starts = [s for n, s in enumerate(starts) if n == 0 or s - starts[n - 1] > 3]
    return starts if len(starts) >= 2 and starts[0] <= 3 else []


def title_like(text: str) -> bool:
    """Whether a block can be a title: short, no sentence, no number, no salutation."""
    return len(text) <= 60 and not sentences.ends_sentence(text) and text[-1] not in "：:；;，,、" and not parse_mark(text) and not is_salutation(text)


def part_of(blocks: Sequence[Block], last_gap: bool) -> Part:
    """One speech taken apart. `last_gap` says that the source cuts it off at its end."""
    title, label, rest = _title(blocks)
    title_line = blocks[0].line if title else 0
    front, salutation, rest = _front(rest)
    headings, bodies = _bodies(rest, salutation)
    if salutation:
        bodies = [Body(salutation, salutation.text, (), "salutation"), *bodies]
    bodies = [*(Body(b, b.text, (), "front") for b in front), *bodies]
    cut = last_gap or bool(rest) and _breaks_off(rest[-1], headings)
    return Part(title, title_line, label, salutation.text if salutation else None, tuple(headings), tuple(bodies), tuple(blocks), cut)


def _title(blocks: Sequence[Block]) -> tuple[str | None, str, list[Block]]:
    """Title without number of the piece and label, the label, and the blocks below."""
    first = blocks[0].text
    if nth := _NTH.match(first):
        first = first[nth.end() :].strip()
        if not first and len(blocks) > 1 and title_like(blocks[1].text):
            return blocks[1].text, "", list(blocks[2:])
    label = _LABEL.match(first)
    name = first[label.end() :].strip() if label else first
    if not name or not title_like(name) or len(blocks) > 1 and len(name) > 45 and "，" in name and not _GENRE_WORDS.search(name):
        return (None, "", list(blocks))
    return name, (label.group(1) or label.group(2)) if label else "", list(blocks[1:])


def _front(blocks: list[Block]) -> tuple[list[Block], Block | None, list[Block]]:
    """What stands between title and text (subtitle, date, speaker), the salutation, and the text."""
    for n, block in enumerate(blocks[:6]):
        if is_salutation(block.text):
            return blocks[:n], block, blocks[n + 1 :]
        if len(block.text) > 60 or sentences.ends_sentence(block.text) or parse_mark(block.text) or block.text[-1] in "，,；;：:":
            return blocks[:n], None, blocks[n:]
    return [], None, blocks


def _breaks_off(block: Block, headings: Sequence[Heading]) -> bool:
    """Whether the last block of a speech stops in the middle of a sentence, or is a heading with nothing below."""
    if re.fullmatch(r"[^。，]{2,20}|.{0,12}\d{4}年\d{1,2}月\d{1,2}日", block.text) and not parse_mark(block.text):
        return False
    return not sentences.ends_sentence(block.text) and block.text[-1] not in "；;"


# ---------------------------------------------------------------- headings
def _bodies(blocks: Sequence[Block], salutation: Block | None) -> tuple[list[Heading], list[Body]]:
    """Headings and paragraphs of a speech, each paragraph with the headings it stands under."""
    loose = unnumbered_heads([b.text for b in blocks])
    items = _list_items(blocks)
    headings: list[Heading] = []
    bodies: list[Body] = []
    path: list[Heading] = []
    for i, block in enumerate(blocks):
        found = None if i in items else _heading_of(block, path, loose.get(i), i + 1 < len(blocks))
        if found is None:
            bodies.append(Body(block, block.text, tuple(path)))
            continue
        heading, rest = found
        path = [h for h in path if h.level < heading.level] + [heading]
        headings.append(heading)
        if rest:
            bodies.append(Body(block, rest, tuple(path)))
    return headings, bodies


def _list_items(blocks: Sequence[Block]) -> set[int]:
    """Numbered single sentences that follow each other with nothing between: items of a list, no headings."""
    items: set[int] = set()
    before: dict[str, int] = {}
    for i, block in enumerate(blocks):
        mark = parse_mark(block.text)
        if not mark or mark.level == 1 or not block.text.endswith(("。", "；", ";", "！")[mark.level == 2 :]):
            continue
        if len(sentences.split(block.text)) > 1 and not block.text.endswith(("；", ";")):
            continue
        following = parse_mark(blocks[i + 1].text) if i + 1 < len(blocks) else mark
        if following and following.style == mark.style or before.get(mark.style) == i - 1 and i - 1 in items:
            items.add(i)
        before[mark.style] = i
    return items


def _heading_of(block: Block, path: list[Heading], loose: int | None, more: bool) -> tuple[Heading, str] | None:
    """The heading a block is or begins with, and the text that is left; None for a plain paragraph."""
    mark = parse_mark(block.text)
    if mark:
        return _numbered(block, mark, path)
    if loose:
        level = _level_below(path)
        text, rest = block.text[:loose], block.text[loose + 1 :].lstrip("”")
        return Heading(level, "", text, block.line, run_in=True), rest.strip()
    if more and _own_line(block.text):
        return Heading(_level_below(path), "", block.text, block.line, run_in=False), ""
    return None


def _level_below(path: Sequence[Heading]) -> int:
    """One below the last heading that bears a written number."""
    return max((h.level for h in path if h.number and parse_mark(h.number + "，") is not None and _written(h)), default=0) + 1


def _written(heading: Heading) -> bool:
    mark = parse_mark(heading.number)
    return mark is None or mark.level < 5


def _own_line(text: str) -> bool:
    """A heading without number on a line of its own: short, no sentence."""
    return 4 <= len(text) <= 40 and not sentences.ends_sentence(text) and text[-1] not in "：:；;，,、）)%" and re.search(r"[\u4e00-\u9fff]{3}", text) is not None


def _numbered(block: Block, mark: Mark, path: Sequence[Heading]) -> tuple[Heading, str] | None:
    """A numbered heading, on its own line or run in."""
    level = mark.level if mark.level < 5 else _level_below(path)
    text = block.text[mark.size :]
    head, rest = _split_head(text)
    if not head or len(head) > MAX_HEADING:
        return None
    return Heading(level, mark.number, head, block.line, run_in=bool(rest)), rest


def _split_head(text: str) -> tuple[str, str]:
    """A heading without closing mark, and the text that follows it in the same paragraph."""
    first = sentences.split(text)[0] if text.strip() else ""
    rest = text[text.find(first) + len(first) :].strip()
    return first.strip().rstrip("。；;：:").strip(), rest
