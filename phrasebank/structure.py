"""The build of a text: the pieces a file holds, their titles, salutations and headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from phrasebank import sentences
from phrasebank.frontmatter import (
    GENRE_WORDS,
    MAX_FRONT,
    Around,
    around,
    closing_of,
    counted_titles,
    is_front,
    is_salutation,
    kind_of,
    piece_label,
    salutation_size,
)
from phrasebank.headings import Mark, key_of, parse_mark, split_head
from phrasebank.mending import Block
from phrasebank.model import Heading
from phrasebank.siblings import unnumbered_heads

MAX_HEADING = 80
"""Characters of a heading at most; a longer numbered sentence is an item of a list."""


@dataclass(frozen=True, slots=True)
class Body:
    """A paragraph below its headings: `text` without the run-in heading, which is `heading` then."""

    block: Block
    text: str
    path: tuple[Heading, ...]
    kind: str = "text"
    """text, salutation, front (what stands between title and text) or signature."""


@dataclass(frozen=True, slots=True)
class Part:
    """One speech: its blocks taken apart."""

    title: str | None
    label: str
    around: Around
    salutation: str | None
    closing: str | None
    headings: tuple[Heading, ...]
    bodies: tuple[Body, ...]
    blocks: tuple[Block, ...]
    truncated: bool


# ---------------------------------------------------------------- pieces
_LABEL = re.compile(
    r"(?:[【\[](讲稿|讲话稿?|发言稿|党课|党课讲稿|范文|材料|心得体会|标题|题目)[】\]]|(讲稿|讲话稿"
    r"|发言稿|党课|党课讲稿|范文|标题|题目)\s*[:：])\s*"
)
_KIND_END = re.compile(rf"(?:{GENRE_WORDS.pattern})(?:稿|提纲)?$")


def pieces(blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
    """The blocks of each speech of a file; what stands before the first of several goes with it no more than a title."""
    starts = [i for i, b in enumerate(blocks) if piece_label(b.text)]
    if len(starts) < 2 and not (starts and starts[0] <= 2):
        starts = _loose_labels(blocks) or _numbered_titles(blocks) or _counted(blocks) or _repeated_starts(blocks)
    if len(starts) < 2:
        return [tuple(blocks)] if blocks else []
    if starts[0] > 0 and sum(len(b.text) for b in blocks[: starts[0]]) > 200:
        starts = [0, *starts]
    return [tuple(blocks[a:b]) for a, b in zip(starts, [*starts[1:], len(blocks)], strict=True)]


def _counted(blocks: Sequence[Block]) -> list[int]:
    """Where the title of a collection comes again with a number behind it."""
    return counted_titles([block.text for block in blocks])


_TITLE_NUMBER = re.compile(r"(\d{1,2})\s?[.、．]\s*")


def _numbered_titles(blocks: Sequence[Block]) -> list[int]:
    """Where titles stand that are counted 1. 2. 3. from the first lines on, each naming a kind of speech at its end or with
    a salutation below it."""
    starts: list[int] = []
    for i, block in enumerate(blocks):
        number = _TITLE_NUMBER.match(block.text)
        if number and int(number.group(1)) == len(starts) + 1 and _is_title(blocks, i, block.text[number.end() :]):
            starts.append(i)
    return starts if len(starts) >= 2 and starts[0] <= 2 else []


def _is_title(blocks: Sequence[Block], i: int, text: str) -> bool:
    below = any(is_salutation(block.text) for block in blocks[i + 1 : i + 3])
    return title_like(text) and (below or _KIND_END.search(text) is not None)


_PART = re.compile(r"第\s*([\d一二三四五六七八九十]{1,3})\s*篇[\s　]+")


def _loose_labels(blocks: Sequence[Block]) -> list[int]:
    """Where 第一篇, 第二篇 … stand with titles of speeches behind a space; the chapters of a plan are none."""
    found = [(i, label) for i, block in enumerate(blocks) if (label := _PART.match(block.text))]
    titles = sum(_is_title(blocks, i, label.string[label.end() :]) for i, label in found)
    return [i for i, _ in found] if len(found) >= 2 and titles >= 0.5 * len(found) else []


_COLLECTION = re.compile(r"汇编|合集|选编|集锦|\d+\s*篇|[一二三四五六七八九十]{1,3}篇")


def _repeated_starts(blocks: Sequence[Block]) -> list[int]:
    """Where a title with a salutation below it comes again, numbers starting anew."""
    salutations = [salutation_size(block.text) > 0 for block in blocks]
    starts: list[int] = []
    for i, block in enumerate(blocks[:-1]):
        near = salutations[i + 1 : i + 4]
        between = blocks[i + 1 : i + 1 + near.index(True)] if any(near) else None
        if between is None or not _opens_alone(block.text):
            continue
        if GENRE_WORDS.search(block.text) or all(is_front(below.text) for below in between):
            starts.append(i)
    starts = [_top(blocks, s) for n, s in enumerate(starts) if n == 0 or s - starts[n - 1] > 3]
    return starts if len(starts) >= 2 and starts[0] <= 4 else []


def _top(blocks: Sequence[Block], start: int) -> int:
    """Where the speech begins whose title ends at `start`: at the number of the piece, the first line of the title."""
    while start and _belongs_above(blocks[start - 1].text, blocks[start].text):
        start -= 1
    return start


def _belongs_above(above: str, text: str) -> bool:
    """Whether a line is part of the title of one of several speeches, as the line below it is."""
    if piece_label(above) == len(above):
        return True
    return _opens_alone(above) and (_goes_on(above, text) or (kind_of(text) == "subtitle" and kind_of(above) is None))


def _opens_alone(text: str) -> bool:
    """Whether a block can be the title of one of several speeches, and not of the collection."""
    if _FAREWELL.fullmatch(text) or _COLLECTION.search(text):
        return False
    return title_like(text) and kind_of(text) not in ("speaker", "date")


def title_like(text: str) -> bool:
    """Whether a block can be a title: short, no sentence, no number, no salutation."""
    return (
        0 < len(text) <= 60
        and not sentences.ends_sentence(text)
        and text[-1] not in "：:；;，,、"
        and not parse_mark(text)
        and not is_salutation(text)
    )


def part_of(blocks: Sequence[Block], last_gap: bool, above: Mapping[str, Sequence[Heading]]) -> Part:
    """One speech taken apart. `last_gap` says that the source cuts it off at its end; `above` (see `ancestors`) tells
    under which headings, though the body has lost them, a heading stands."""
    title, label, rest = _title(blocks)
    front, salutation, rest = _front(rest)
    rest, signed = _signature(rest)
    headings, bodies = _bodies(rest, above)
    cut = last_gap or (bool(rest) and not signed and _breaks_off(rest[-1]))
    return Part(
        title,
        label,
        around([b.text for b in front], [b.text for b in signed]),
        salutation.text if salutation else None,
        None if cut else closing_of([b.text for b in rest]),
        tuple(_grouped(headings)),
        (*_plain(front, "front"), *_plain([salutation] if salutation else [], "salutation"), *bodies, *_plain(signed, "signature")),
        tuple(blocks),
        cut,
    )  # fmt: skip


def _plain(blocks: Sequence[Block], kind: str) -> Iterator[Body]:
    return (Body(block, block.text, (), kind) for block in blocks)


def _title(blocks: Sequence[Block]) -> tuple[str | None, str, list[Block]]:
    """Title without number of the piece and label, the label, and the blocks below."""
    first = blocks[0].text
    if number := piece_label(first) or _title_number(blocks):
        first = first[number:].strip()
        if not first and len(blocks) > 1 and title_like(blocks[1].text):
            return _title(blocks[1:])
    label = _LABEL.match(first)
    name = first[label.end() :].strip() if label else first
    if (
        not name
        or not title_like(name)
        or (len(blocks) > 1 and len(name) > 45 and "，" in name and not GENRE_WORDS.search(name))
    ):
        return (None, "", list(blocks))
    kind = (label.group(1) or label.group(2)) if label else ""
    if len(blocks) > 1 and _goes_on(name, blocks[1].text):
        return name + blocks[1].text, kind, list(blocks[2:])
    return name, kind, list(blocks[1:])


def _title_number(blocks: Sequence[Block]) -> int:
    """Characters of the number before a title that is one of several, 0 for none."""
    text = blocks[0].text
    number = _TITLE_NUMBER.match(text) or _PART.match(text)
    return number.end() if number and _is_title(blocks, 0, text[number.end() :]) else 0


_UNFINISHED = re.compile(r"[的和与及暨、]$")
_REST = re.compile(rf"(?!在|关于|[—（(]).*?上的(?:{GENRE_WORDS.pattern})|.{{1,8}}")


def _goes_on(first: str, second: str) -> bool:
    """Whether a title goes on in the next line, which names the kind of speech: its first line opens an occasion (在…, 关于…)
    or breaks off, or the next is no title by itself (…会议上的讲话 without 在)."""
    if _KIND_END.search(first) or not _KIND_END.search(second) or not title_like(second) or len(first + second) > MAX_FRONT:
        return False
    if first.startswith(("在", "关于")) or _UNFINISHED.search(first):
        return True
    return kind_of(first) is None and kind_of(second) is None and _REST.fullmatch(second) is not None


def _front(blocks: list[Block]) -> tuple[list[Block], Block | None, list[Block]]:
    """What stands between title and text (subtitle, date, speaker), the salutation, and the text."""
    for n, block in enumerate(blocks[:6]):
        if size := salutation_size(block.text):
            salutation, *rest = block.split(size)
            return blocks[:n], salutation, [*rest, *blocks[n + 1 :]]
        if len(block.text) > MAX_FRONT or sentences.ends_sentence(block.text) or parse_mark(block.text) or block.text[-1] in "，,；;：:":
            return blocks[:n], None, blocks[n:]
    return [], None, blocks


def _signature(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The text, and the lines of speaker and date that sign it."""
    first = len(blocks)
    while first > max(1, len(blocks) - 3) and is_front(blocks[first - 1].text):
        first -= 1
    ended = first > 0 and sentences.ends_sentence(blocks[first - 1].text)
    return (blocks[:first], blocks[first:]) if ended else (blocks, [])


_FAREWELL = re.compile(r"[（(]?(?:谢谢.{0,6}|完毕)[）)]?")


def _breaks_off(block: Block) -> bool:
    """Whether the last block of a speech stops in the middle of a sentence, or is a heading with nothing below."""
    if _FAREWELL.fullmatch(block.text) or is_front(block.text):
        return False
    return not sentences.ends_sentence(block.text) and block.text[-1] not in "；;"


# ---------------------------------------------------------------- headings
def _bodies(blocks: Sequence[Block], above: Mapping[str, Sequence[Heading]]) -> tuple[list[Heading], list[Body]]:
    """Headings and paragraphs of a speech, each paragraph with the headings it stands under. `above` holds the headings
    over each entry of an outline block."""
    loose = unnumbered_heads([b.text for b in blocks])
    items = _list_items(blocks) | _lone(blocks)
    headings: list[Heading] = []
    bodies: list[Body] = []
    path: list[Heading] = []
    for i, block in enumerate(blocks):
        found = None if i in items else _heading_of(block, path, loose.get(i), i + 1 < len(blocks))
        if found is None:
            bodies.append(Body(block, block.text, tuple(path)))
            continue
        heading, rest = found
        announced = above.get(_key(heading), ()) if above else ()
        path = [*_restored(announced, [h for h in path if h.level < heading.level]), heading]
        headings.append(heading)
        if rest:
            bodies.append(Body(block, rest, tuple(path)))
    return headings, bodies


def _key(heading: Heading) -> str:
    return key_of(heading.number + heading.text)


def ancestors(outline: Sequence[Heading]) -> dict[str, Sequence[Heading]]:
    """The headings over each entry of an outline, by number and text of the entry."""
    found: dict[str, Sequence[Heading]] = {}
    path: list[Heading] = []
    for entry in outline:
        path = [h for h in path if h.level < entry.level]
        found[_key(entry)] = path
        path = [*path, entry]
    return found


def _restored(announced: Sequence[Heading], path: Sequence[Heading]) -> Sequence[Heading]:
    """The headings over another: those of the body, but for one the outline announces and the body has lost."""
    present = {_key(h): h for h in path} if announced else {}
    if not announced or _key(announced[0]) in present:
        return path
    return [present.get(_key(entry), entry) for entry in announced]


def _grouped(headings: Sequence[Heading]) -> Iterator[Heading]:
    """Headings with the number of their set of siblings: those of one form and level under one parent."""
    keys: list[tuple[int, str, int]] = []
    path: list[Heading] = []
    for heading in headings:
        path = [h for h in path if h.level < heading.level]
        mark = parse_mark(heading.number)
        keys.append((heading.level, mark.style if mark else "", path[-1].line if path else 0))
        path.append(heading)
    sets = {key: n for n, key in enumerate((k for k, times in Counter(keys).items() if times > 1), 1)}
    return (Heading(h.level, h.number, h.text, h.line, h.run_in, h.in_body, sets.get(k, 0)) for h, k in zip(headings, keys, strict=True))


def _list_items(blocks: Sequence[Block]) -> set[int]:
    """Numbered single sentences that follow each other with nothing between: items of a list, no headings."""
    items: set[int] = set()
    before: dict[str, int] = {}
    for i, block in enumerate(blocks):
        mark = parse_mark(block.text)
        if not mark or mark.level == 1 or not block.text.endswith(("。", "；", ";", "！")[mark.level == 2 :]):
            continue
        if not block.text.endswith(("；", ";")) and sentences.several(block.text):
            continue
        following = parse_mark(blocks[i + 1].text) if i + 1 < len(blocks) else mark
        if (following and following.style == mark.style) or (before.get(mark.style) == i - 1 and i - 1 in items):
            items.add(i)
        before[mark.style] = i
    return items


_SECOND = re.compile("二[是要靠在，]")


def _lone(blocks: Sequence[Block]) -> set[int]:
    """Blocks that open with a spoken number (最后，) no other block under the same heading has the form of: plain text.
    A counted one (一是) without another in its own paragraph is a heading, for the next may be lost."""
    found: dict[tuple[int, str], list[int]] = {}
    under = -1
    for i, block in enumerate(blocks):
        mark = parse_mark(block.text)
        if mark and mark.level == 5:
            found.setdefault((under, mark.style), []).append(i)
        elif mark:
            under = i
    alone = ((style, places[0]) for (_, style), places in found.items() if len(places) == 1)
    return {i for style, i in alone if style in ("首先", "一方面") or _SECOND.search(blocks[i].text)}


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
    return max((h.level for h in path if h.number and _written(h.number)), default=0) + 1


@lru_cache(maxsize=1024)
def _written(number: str) -> bool:
    """Whether the number of a heading is a written one, and not spoken (一要, 首先)."""
    mark = parse_mark(number)
    return parse_mark(number + "，") is not None and (mark is None or mark.level < 5)


def _own_line(text: str) -> bool:
    """A heading without number on a line of its own: short, no sentence, of three clauses at most."""
    return (
        4 <= len(text) <= 40
        and text.count("，") < 3
        and not sentences.ends_sentence(text)
        and text[-1] not in "：:；;，,、）)%"
        and re.search(r"[\u4e00-\u9fff]{3}", text) is not None
    )


def _numbered(block: Block, mark: Mark, path: Sequence[Heading]) -> tuple[Heading, str] | None:
    """A numbered heading, on its own line or run in."""
    level = mark.level if mark.level < 5 else _level_below(path)
    text = block.text[mark.size :]
    head, rest = split_head(text)
    if not head or len(head) > MAX_HEADING:
        return None
    return Heading(level, mark.number, head, block.line, run_in=bool(rest)), rest
