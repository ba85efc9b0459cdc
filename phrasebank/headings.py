"""Numbers of headings, in all written and spoken forms, and the outline blocks that list headings before a speech."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from phrasebank.model import Heading

_HAN = "一二三四五六七八九十"
STYLES: tuple[tuple[str, int, str], ...] = (
    ("part", 1, rf"第[{_HAN}百]{{1,3}}(?:部分|章|节)[、：:\s]?\s*"),
    ("一、", 1, rf"[{_HAN}]{{1,3}}\s?[、．]\s*"),
    ("（一）", 2, rf"[（(][{_HAN}]{{1,3}}[）)][、.．]?\s*"),
    ("1.", 3, r"\d{1,2}\s?(?:[.．](?!\d)|、)\s*"),
    ("（1）", 4, r"(?:[（(]\d{1,2}[）)]|[①-⑳])[、.．]?\s*"),
    ("第一，", 5, rf"第[{_HAN}]{{1,2}}(?:[，,、：:]|(?:是|要)[，,]?)"),
    ("一要", 5, rf"[{_HAN}]{{1,2}}(?:要|是|靠|在)(?![{_HAN}])[，,：:]?"),
    ("首先", 5, r"(?:首先|其次|再次|再者|最后|其[一二三四五六])[，,、：:]"),
    ("一方面", 5, r"(?:一方面|另一方面|再一方面)[，,、：:]?"),
)
"""Name, level (5: spoken, one below the heading it stands under) and pattern of each form of number."""

_MARK = re.compile("|".join(f"(?P<s{i}>{pattern})" for i, (_, _, pattern) in enumerate(STYLES)))
_FIRST = frozenset(_HAN + "第（(①②③④⑤⑥⑦⑧⑨首其再最另0123456789")
_TOC_HEAD = re.compile(
    r"\s*[【\[]?(?:目\s*录|目录/提纲|提\s*纲|大\s*纲|内容提要|目录及提纲|文章提纲|内容目录|全文目录"
    r"|本文目录)[】\]]?\s*[:：]?\s*(?:[…．\.]{1,8})?\s*"
)
_LEADERS = re.compile(r"(?:[…．\.·\s\-—]{2,}|\s)\(?\d{1,3}\)?\s*$")
_DOTS = re.compile(r"\s*[…．\.]{2,}\s*")
_NOT_WORD = re.compile(r"[\W_]+")
MAX_ENTRY = 70
"""Characters an entry of an outline has at most."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading number found at the start of a text: `number` as written, `size` characters up to the heading."""

    style: str
    level: int
    number: str
    size: int


def parse_mark(text: str) -> Mark | None:
    """The number `text` starts with (indent aside), None when it starts with none."""
    bare = text.lstrip()
    if not bare or bare[0] not in _FIRST:
        return None
    found = _MARK.match(bare)
    if not found or not found.lastgroup:
        return None
    style, level, _ = STYLES[int(found.lastgroup[1:])]
    return Mark(style, level, found.group().strip(), len(text) - len(bare) + found.end())


def key_of(text: str) -> str:
    """Letters, digits and Han of `text` only: two lines with one key are the same heading or title."""
    return _NOT_WORD.sub("", text)


def entry_heading(line: str, number: int) -> Heading | None:
    """The heading an outline entry announces."""
    mark = parse_mark(line)
    if not mark:
        return None
    text = _LEADERS.sub("", line[mark.size :]).strip().rstrip("。；;")
    return Heading(mark.level, mark.number, text, number, run_in=False, in_body=False) if text else None


def find_outlines(lines: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """The indices of lines of each outline block: one with a title of its own, or one that the text repeats."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    n = 0
    while n < len(filled):
        size = _titled(lines, filled, n) or _untitled(lines, filled, n)
        if size:
            yield tuple(filled[n : n + size])
        n += max(1, size)


def _titled(lines: Sequence[str], filled: list[int], n: int) -> int:
    """Lines of an outline block that begins with 目录 or 提纲 at `n`; 0 for none."""
    if len(lines[filled[n]]) > 30 or not _TOC_HEAD.fullmatch(lines[filled[n]]):
        return 0
    first, size = "", 1
    for i in filled[n + 1 :]:
        line = lines[i].strip()
        if _DOTS.fullmatch(line):
            return size + 1 if size > 1 else 0
        if not _is_entry(line) or (first and key_of(line) == first):
            break
        first = first or key_of(_LEADERS.sub("", line))
        size += 1
    return size if size > 2 else 0


def _is_entry(line: str) -> bool:
    """Whether a line may be an entry: short, numbered or with a page number, no sentence of prose."""
    if len(line) > MAX_ENTRY or line.endswith(("。", "！", "？", "：", ":")) or "。" in line:
        return False
    return parse_mark(line) is not None or _LEADERS.search(line) is not None or line.startswith(("第", "篇", "【"))


def _untitled(lines: Sequence[str], filled: list[int], n: int) -> int:
    """Lines of a run of at least three numbered headings that come again, in order, further down; 0 for none."""
    if n > 12 or not parse_mark(lines[filled[n]]):
        return 0
    keys: list[str] = []
    for i in filled[n:]:
        line = lines[i].strip()
        if not (parse_mark(line) and _is_entry(line)) or (keys and key_of(line) == keys[0]):
            break
        keys.append(key_of(line))
    if len(keys) < 3:
        return 0
    later = [key_of(lines[i][:MAX_ENTRY]) for i in filled[n + len(keys) :] if parse_mark(lines[i])]
    again = sum(any(text.startswith(key) for text in later) for key in keys)
    return len(keys) if again >= 0.6 * len(keys) else 0
