"""What each paragraph of an existing text is: the structure that `phrasebank` reads, as the order a layout needs.

The structure is told without what the cleaner takes for foreign matter, but nothing is taken out here: every character of the
lines that is no white space has its place in one of the paragraphs or among the foreign stretches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from drafting.format.bits import weight
from drafting.model import BlockKind
from phrasebank import sentences
from phrasebank.clean import Cleaned, clean
from phrasebank.frontmatter import kind_of
from phrasebank.headings import parse_mark
from phrasebank.mending import Block, mend
from phrasebank.model import Heading, RawText
from phrasebank.structure import Body, Part, part_of, pieces, title_like

_LABEL = re.compile(r"附\s*件\s*[\d０-９一二三四五六七八九十]{0,3}\s*[:：]?")
_NOTE = re.compile(r"附\s*件\s*\d{0,2}\s*[:：].*")
_ITEM = re.compile(r"\s*1\s?[.．、]\s*\S")
_SENTENCE = re.compile("[。！？]")
_CHINESE = re.compile("[\u4e00-\u9fff“《]")


@dataclass(frozen=True, slots=True)
class Laid:
    """A paragraph as it is to be laid out: `size` and `lead` (its heading words) count characters that are no white space."""

    kind: BlockKind
    size: int
    lead: int = 0
    level: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """The paragraphs of a text in their order, and the foreign stretches: (line from 0, begin, end, kind)."""

    laid: tuple[Laid, ...]
    foreign: tuple[tuple[int, int, int, str], ...]


def shape_of(file: str, lines: Sequence[str], barriers: frozenset[int], hints: Mapping[int, int]) -> Shape:
    """The shape of a text. Nothing is joined over a line in `barriers`, where the source has a table or a picture; `hints` are
    levels of lines that the source itself sets as headings."""
    laid: list[Laid] = []
    foreign: list[tuple[int, int, int, str]] = []
    for start, end, label in _segments(lines):
        if label:
            laid.append(Laid("label", weight(lines[start])))
            continue
        # Entities of web pages would be resolved further in, and the characters counted here would not be those there.
        texts = tuple(line.replace("&", "＆") for line in lines[start:end])
        barriers = barriers | frozenset(start + at for at in _signing_lines(texts))
        cleaned = clean(RawText(file, texts))
        foreign += ((r.line - 1 + start, r.column, r.column + len(r.text), r.kind) for r in cleaned.removed)
        laid += _laid(_fenced(cleaned, {at - start + 1 for at in barriers if start <= at < end}),
                      {at - start + 1: level for at, level in hints.items() if start <= at < end})  # fmt: skip
    return Shape(tuple(laid), tuple(foreign))


def _segments(lines: Sequence[str]) -> Iterator[tuple[int, int, bool]]:
    """Where texts of their own begin and end: a line 附件2 is a label (True), and a title may stand below it."""
    start = 0
    for at, line in enumerate(lines):
        if _LABEL.fullmatch(line.strip()) and not _lists(lines, at):
            if start < at:
                yield start, at, False
            yield at, at + 1, True
            start = at + 1
    if start < len(lines):
        yield start, len(lines), False


def _lists(lines: Sequence[str], at: int) -> bool:
    """Whether a line 附件： is no label but opens a list of attachments."""
    below = next((line for line in lines[at + 1 :] if line.strip()), "")
    return lines[at].strip()[-1] in "：:" and _ITEM.match(below) is not None


def _fenced(cleaned: Cleaned, barriers: set[int]) -> Cleaned:
    return replace(cleaned, gaps=tuple(sorted({*cleaned.gaps, *((line, 0) for line in barriers)})))


def _laid(cleaned: Cleaned, hints: Mapping[int, int]) -> Iterator[Laid]:
    """The paragraphs of one text: of each speech in it, and of what stands above the first."""
    blocks = mend(cleaned)
    groups = pieces(blocks)
    spare = blocks[: len(blocks) - sum(map(len, groups))]  # the title of a collection, and what stands with it
    yield from (Laid("title" if n == 0 and title_like(b.text) else "paragraph", weight(b.text)) for n, b in enumerate(spare))
    for group in groups:
        yield from _officially(list(_part(part_of(group, False, {}), hints)))


_SYMBOL = re.compile(r"[\w×]{1,20}[〔\[［（(][\d×XＸ*＊]{4}[〕\]］）)]\s*第?[\d×XＸ*＊]{1,5}\s*号")
"""The symbol of an official document: 青政发〔2026〕3号."""
_SEAL = re.compile(r"\S{2,40}（(?:盖?章|公章|印章|签字|签章)）")
_OPEN_DATE = re.compile(r"\s*(?:[\d×XＸ]{4})?\s*年\s*[\d×XＸ]{0,2}\s*月\s*[\d×XＸ]{0,2}\s*日\s*")


_BOTH = re.compile(_SEAL.pattern + _OPEN_DATE.pattern)
_BELOW = re.compile(r"\s*(?:[（(]此件.*[)）]|[—–-]*\s*(?:\d\s*){1,4}[—–-]*)\s*")
"""What may stand below seal and date: a note (GB/T 9704-2012, 7.3.6), the number of a page."""


def _signing_lines(lines: Sequence[str]) -> Iterator[int]:
    """Lines at which a place for seal or date begins or ends: nothing goes on over these, though no mark closes them."""
    sealed = False
    for at, line in enumerate(lines):
        seal = _SEAL.fullmatch(line.strip()) is not None
        date = _OPEN_DATE.fullmatch(line) is not None and (sealed or not re.search(r"\d", line))
        if seal or date:
            yield from (at, at + 1)
        sealed = seal or (sealed and not line.strip())


def _officially(rows: list[tuple[Laid, str]]) -> Iterator[Laid]:
    """A speech as the parser tells it, but for what only official documents have: a head and a symbol above the title, and a
    place for seal and date below the text."""
    laid = [row[0] for row in rows]
    at = next((n for n, (_, text) in enumerate(rows[:4]) if _SYMBOL.fullmatch(text)), -1)
    if at >= 0 and at + 1 < len(rows) and title_like(rows[at + 1][1]) and not laid[at + 1].lead:
        laid[: at + 1] = [replace(each, kind="subtitle", lead=0, level=0) for each in laid[: at + 1]]
        laid[at + 1] = replace(laid[at + 1], kind="title", level=0)
    for n in range(len(rows) - 1, 0, -1):
        text = rows[n][1]
        if _BELOW.fullmatch(text) and laid[n].kind in ("paragraph", "heading"):
            continue
        kind = "date" if _OPEN_DATE.fullmatch(text) else "speaker" if _SEAL.fullmatch(text) or _BOTH.fullmatch(text) else None
        if laid[n].kind not in ("paragraph", "heading") or laid[n].number or kind is None:
            break
        laid[n] = Laid("date" if kind == "date" else "speaker", laid[n].size)
    yield from laid


def _part(part: Part, hints: Mapping[int, int]) -> Iterator[tuple[Laid, str]]:
    """One speech, block by block, with its text. What the parser has cut out of the top is the title."""
    headings = {heading.line: heading for heading in part.headings}
    bodies = {id(body.block): body for body in part.bodies}
    blocks = list(_blocks(part))
    first = next((n for n, b in enumerate(blocks) if id(b) in bodies or b.line in headings), len(blocks))
    yield from _titles(part, blocks[:first])
    before: BlockKind = "title"
    signed = False
    for n in range(first, len(blocks)):
        body, heading = bodies.get(id(blocks[n])), headings.get(blocks[n].line)
        if body is not None and body.kind != "text":
            laid = Laid(_front_kind(body), weight(body.block.text))
        elif before == "attachment" and heading and heading.level == 3 and not heading.run_in:
            laid = Laid("attachment", weight(blocks[n].text))  # 2. of a list that begins behind 附件：1.
        else:
            top = n == first or _is_front(bodies.get(id(blocks[n - 1])))
            laid = _text(blocks, n, body, heading, hint=hints.get(blocks[n].line, 0), top=top)
        if before == "attachment" or (signed and before in ("speaker", "date")):
            signed = kind_of(blocks[n].text) in ("speaker", "date")  # below the notes on attachments, no sentence
            laid = Laid(_signing(blocks[n].text), laid.size) if signed else laid
        yield laid, blocks[n].text
        before = laid.kind


def _blocks(part: Part) -> Iterator[Block]:
    """The blocks of a speech, with those that the parser has split (a salutation off its paragraph) as it left them."""
    split: dict[int, list[Block]] = {}
    whole = {id(block) for block in part.blocks}
    for body in part.bodies:
        if id(body.block) not in whole:
            split.setdefault(body.block.line, []).append(body.block)
    for block in part.blocks:
        pieces_ = [b for line in block.lines for b in split.get(line, ())]
        if weight("".join(b.text for b in pieces_)) == weight(block.text):
            yield from pieces_
        elif pieces_:  # the rest is a heading without text of its own
            yield pieces_[0]
            yield from block.split(len(pieces_[0].text))[1:]
        else:
            yield block


def _titles(part: Part, blocks: Sequence[Block]) -> Iterator[tuple[Laid, str]]:
    """The title, its lines as one; a number of the piece on a line of its own stands before it."""
    wanted, size = weight(part.title or ""), 0
    for n in range(len(blocks) - 1, -1, -1):
        size += weight(blocks[n].text)
        if size >= wanted:
            yield from ((Laid("title", weight(block.text)), block.text) for block in blocks[:n])
            yield Laid("title", size), part.title or ""
            return
    yield from ((Laid("title", weight(block.text)), block.text) for block in blocks)


def _front_kind(body: Body) -> BlockKind:
    if body.kind == "salutation":
        return "salutation"
    kind = kind_of(body.text)
    if sentences.ends_sentence(body.text) or (body.kind == "signature" and kind == "subtitle"):
        return "paragraph"
    return "date" if kind == "date" else "subtitle" if kind == "subtitle" and body.kind == "front" else "speaker"


def _signing(text: str) -> BlockKind:
    return "date" if kind_of(text) == "date" else "speaker"


def _is_front(body: Body | None) -> bool:
    return body is not None and body.kind == "front"


def _text(
    blocks: Sequence[Block], n: int, body: Body | None, heading: Heading | None, *, hint: int, top: bool
) -> Laid:
    """A block of the text: a heading, a paragraph with one run in, or a plain one."""
    block = blocks[n]
    text, size = block.text, weight(block.text)
    if _NOTE.fullmatch(text) and not _SENTENCE.search(text):
        return Laid("attachment", size)
    if heading is None and top and _addresses(text):
        return Laid("salutation", size)
    if heading is None or not _stands(heading, blocks, n, hint):
        return Laid("heading", size, size, hint) if hint and _short(text) else Laid("paragraph", size)
    mark = parse_mark(heading.number)
    level = 5 if mark and mark.level == 5 else min(heading.level, 4)
    if body is None or not heading.run_in:
        return Laid("heading", size, size, hint if hint and not heading.number else level, heading.number)
    return Laid("paragraph", size, size - weight(body.text), level, heading.number)


def _stands(heading: Heading, blocks: Sequence[Block], n: int, hint: int) -> bool:
    """Whether a heading is safe to be set as one: without a number and on a line of its own only where text follows, for short
    lines of a form look the same; a spoken number only where text follows in its paragraph."""
    if heading.number:
        mark = parse_mark(heading.number)
        return heading.run_in or not (mark and mark.level == 5)
    if heading.run_in or hint:
        return True
    if blocks[n].cut_after or not _CHINESE.match(heading.text):
        return False
    below = blocks[n + 1].text if n + 1 < len(blocks) else ""
    return sentences.ends_sentence(below) and len(below) > 2 * len(blocks[n].text)


def _short(text: str) -> bool:
    return len(text) <= 60 and not _SENTENCE.search(text)


_ADDRESS = re.compile(
    r"[\w×、，（）()·]{1,60}(?:部门|单位|中心|社区|街道|同志|机关|[委府局办厅处科室部院校司团会队站所村镇乡县市区省员×XＸ])"
    r"(?:（[^（）]{1,10}）)?\s*[：:]"
)
_SPEAKS = re.compile("[我谈讲说将如下以为]|汇报|报告|发言")


def _addresses(text: str) -> bool:
    """Whether the first line below a title names those it is meant for (各乡镇人民政府：)."""
    return _ADDRESS.fullmatch(text) is not None and _SPEAKS.search(text) is None and parse_mark(text) is None
