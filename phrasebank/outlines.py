"""Outline blocks: the list of headings that pages and collections print before a speech."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from phrasebank.headings import key_of, parse_mark
from phrasebank.model import Heading

MAX_ENTRY = 70
"""Characters an entry has at most."""
MAX_START = 40
"""Lines with text before which a block without a title of its own must begin."""

_TITLE = re.compile(
    r"\s*[【\[（(《〖]?(?:(?:文章|内容|全文|本文|讲话|发言|写作|材料|章节|结构|主要)?(?:目\s*录|目\s*次|提\s*纲|大\s*纲|纲\s*要|纲\s*目|要\s*目)(?:/提纲|及提纲)?|内容(?:提要|导读|要点)|(?:文章|全文)(?:结构|框架|脉络)|本文要点|导读)"
    r"[】\]）)》〗]?\s*[:：]?\s*(?:[…．\.]{1,8})?\s*"
)
_LEADERS = re.compile(r"(?:[…．\.·\s\-—_]{2,}|[\s/])[(（]?(?:第|[Pp]\.?)?\s?\d{1,3}\s?页?[)）]?\s*$")
_DOTS = re.compile(r"\s*[…．\.]{2,}\s*")
_CLOSING = re.compile(r"\s*(?:[…．\.\-—=*_]{2,}|[【\[（(]?(?:正\s*文|以下(?:为|是)?正文|全文如下|内容如下)[】\]）)]?\s*[:：]?)\s*")
_BULLET = re.compile(r"^\s*[•·●○◆■▪*>»\-—]+\s*")
_STOPS = "。！？：:；;，,"


def find_outlines(lines: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """The indices of lines of each outline block: one with a title of its own, or one whose entries the text repeats."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    n = 0
    while n < len(filled):
        size = _titled(lines, filled, n) or (_repeated(lines, filled, n) if n < MAX_START else 0)
        if size:
            yield tuple(filled[n : n + size])
        n += max(1, size)


def entry_heading(line: str, number: int) -> Heading | None:
    """The heading an outline entry announces."""
    mark = parse_mark(line)
    if not mark:
        return None
    text = _LEADERS.sub("", line[mark.size :]).strip().rstrip("。；;")
    return Heading(mark.level, mark.number, text, number, run_in=False, in_body=False) if text else None


def _titled(lines: Sequence[str], filled: list[int], n: int) -> int:
    """Lines of an outline block that begins with 目录 or 提纲 at `n`; 0 for none."""
    if len(lines[filled[n]]) > 30 or not _TITLE.fullmatch(lines[filled[n]]):
        return 0
    first, size = "", 1
    for m in range(n + 1, len(filled)):
        line = lines[filled[m]].strip()
        if _DOTS.fullmatch(line):
            return size + 1 if size > 1 else 0
        if not _is_entry(line) or (first and key_of(line) == first):
            break
        first = first or _key(line)
        size += 1
    return size + _closed(lines, filled, n + size) if size > 2 else 0


def _is_entry(line: str) -> bool:
    """Whether a line may be an entry: short, numbered or with a page number, no sentence of prose."""
    if len(line) > MAX_ENTRY or line.endswith(("。", "！", "？", "：", ":")) or "。" in line:
        return False
    return bool(parse_mark(line) or _LEADERS.search(line) or _BULLET.match(line)) or line.startswith(("第", "篇", "【"))


def _key(line: str) -> str:
    return key_of(_LEADERS.sub("", _BULLET.sub("", line.strip())))


def _repeated(lines: Sequence[str], filled: list[int], n: int) -> int:
    """Lines of a run of entries at `n` most of which come again, in order, further down; 0 for none."""
    if not _is_entry(lines[filled[n]].strip()) or (n and _is_entry(lines[filled[n - 1]].strip())):
        return 0  # no entry, or one inside a run that was looked at already
    run = _run(lines, filled, n)
    if sum(_is_entry(lines[i].strip()) for i in run) < 3:
        return 0
    later = _openings(lines, filled[n + len(run) :])
    keys = [_key(lines[i]) for i in run]
    while keys and not _comes_again(keys[-1], later):
        keys.pop()
    again = sum(_comes_again(key, later) for key in keys)
    if len(keys) < 3 or again < 0.6 * len(keys):
        return 0
    return len(keys) + _closed(lines, filled, n + len(keys))


def _run(lines: Sequence[str], filled: list[int], n: int) -> list[int]:
    """The short lines from `n` on, up to prose or to where the first of them comes again: there the body begins."""
    run: list[int] = []
    first = _key(lines[filled[n]])
    for i in filled[n : n + 3 * MAX_START]:
        line = lines[i].strip()
        if len(line) > MAX_ENTRY or line[-1] in _STOPS or "。" in line or (run and _key(line) == first):
            break
        run.append(i)
    return run


def _openings(lines: Sequence[str], below: Sequence[int]) -> list[str]:
    """The keys of lines, and of the text behind their numbers, sorted."""
    found: set[str] = set()
    for i in below:
        mark = parse_mark(lines[i][:MAX_ENTRY])
        found.update(key_of(text[:MAX_ENTRY]) for text in ((lines[i], lines[i][mark.size :]) if mark else (lines[i],)))
    return sorted(found)


def _comes_again(key: str, later: Sequence[str]) -> bool:
    return len(key) >= 4 and begins_any(key, later)


def begins_any(key: str, keys: Sequence[str]) -> bool:
    """Whether one of `keys`, which are sorted, begins with `key`."""
    at = bisect_left(keys, key)
    return at < len(keys) and keys[at].startswith(key)


def _closed(lines: Sequence[str], filled: list[int], n: int) -> int:
    """1 where the line behind a block closes it (正文, a rule), else 0."""
    return int(n < len(filled) and _CLOSING.fullmatch(lines[filled[n]]) is not None)
