"""S03 and S04: sections that are empty or out of balance, and parts that a genre cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.text import Paragraph, Text

Rows = tuple[Paragraph, ...]
_LINE = 30
"""Characters of a line that is more than a heading."""
_THIN = 2
"""Sections that are next to nothing beside the others; more of them are a list of items."""


@kind("balance")
def balance(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """S03: headings without text, an only child, a section much longer or shorter than its siblings."""
    for _, group in groupby(text.speech, key=lambda p: p.piece):
        rows = tuple(group)
        empty = tuple(p for p in _empty(rows) if not (p is rows[-1] and _is_cut(p)))
        for p in empty:
            if (text.draft is not None or p.mark) and not _in_list(p, empty, rows) and not _is_announced(p, rows):
                yield Hit(p, 0, max(p.lead, 1), "标题下面没有内容")
        if not text.truncated:
            yield from _only_children(rows)
    if not text.truncated:
        yield from _shares(text, rule)


def _in_list(p: Paragraph, empty: Rows, rows: Rows) -> bool:
    """Whether a heading is an item of a list (一、请某局长宣读通报；): most of its level hold nothing."""
    level = [q for q in rows if q.level == p.level]
    return len(level) > 2 and 2 * sum(q.level == p.level for q in empty) > len(level)


def _is_announced(p: Paragraph, rows: Rows) -> bool:
    """Whether a heading of a file is an item of what a paragraph before it announces: 大会的议程是： 一、听取工作报告."""
    at = rows.index(p)
    while at and rows[at].level == p.level and rows[at].mark:
        at -= 1
    return rows[at].plain.rstrip().endswith("：") and not rows[at].level and rows[at].kind == "paragraph"


def _is_cut(p: Paragraph) -> bool:
    """Whether the last line of a text breaks off: P03 tells so."""
    return len(p.text) > _LINE and p.text.rstrip()[-1:] not in "。！？；：”"


def _empty(rows: Rows) -> Iterator[Paragraph]:
    for p, after in zip(rows, (*rows[1:], None), strict=True):
        if p.kind == "heading" and (after is None or (after.level and p.number not in after.path and not _is_guessed(after, p))):
            yield p


def _is_guessed(after: Paragraph, head: Paragraph) -> bool:
    """Whether what follows a numbered heading is one by guess only, the opening of a paragraph: 第二，做强工业 … 提速扩能。抓好…"""
    return bool(head.mark) and not after.mark and after.kind != "heading"


def _only_children(rows: Rows) -> Iterator[Hit]:
    """A numbered heading that alone stands under another."""
    children: dict[tuple[int, ...], list[Paragraph]] = {}
    for p in rows:
        if p.mark and 1 < p.level < 5 and len(p.path) > 1 and not re.match(r"[一二三四五六七八九十]{1,2}[要是靠在]|[首其再最另一]", p.mark):
            children.setdefault(p.path[:-1], []).append(p)
    for group in children.values():
        if len(group) == 1 and not _is_followed(group[0], rows):
            yield Hit(group[0], 0, group[0].lead, "下一级只有一个标题：要么再分出一条，要么不分")


def _is_followed(head: Paragraph, rows: Rows) -> bool:
    """Whether a paragraph that is no heading counts on from one: 1. is, 2. is not."""
    style = head.counted.style if head.counted else ""
    return any(p.counted and p.counted.style == style and not p.level for p in rows)


def _shares(text: Text, rule: Rule) -> Iterator[Hit]:
    """Sections that take too much of the whole, and those that are next to nothing beside their siblings."""
    sections = [(head, rows) for head, rows in text.sections() if head is not None and not _closes(rows)]
    if text.draft is None and not all(head.mark for head, _ in sections if head):
        return  # lines without a number are headings by guess
    sizes = [sum(len(p.text) for p in rows) - head.lead for head, rows in sections if head]
    whole = sum(sizes)
    if len(sizes) < 3 or whole < rule.number("least", 500):
        return
    short, share = rule.number("short", 60), rule.number("thin", 0.2)
    thin = {n for n, size in enumerate(sizes) if 0 < size < short and size < share * _others(sizes, n)}
    most = rule.number("heavy" if text.genre in rule.words("heavy") else "share", 0.5)
    for n, ((head, _), size) in enumerate(zip(sections, sizes, strict=True)):
        limit = max(most, rule.number("heavy", 0.72)) if head and rule.pattern("heavy_heads").search(head.heading) else most
        if head and size > limit * whole and text.draft is None:
            yield Hit(head, 0, head.lead, f"这一部分占了各部分的 {size / whole:.0%}，显得头重脚轻，请匀一匀")
        elif head and n in thin and len(thin) <= _THIN:
            yield Hit(head, 0, head.lead, f"这一部分只有{size}字，和别的部分（平均{_others(sizes, n):.0f}字）不相称")


def _others(sizes: Sequence[int], n: int) -> float:
    """Characters that the other sections have on average."""
    return (sum(sizes) - sizes[n]) / (len(sizes) - 1)


def _closes(rows: Rows) -> bool:
    return rows[0].kind == "closing"


@lru_cache(maxsize=64)
def _parts(rows: Sequence[str], genre: str) -> tuple[tuple[str, str, str, re.Pattern[str]], ...]:
    """The parts a genre needs, from rows such as `表态发言｜承诺｜E｜全文｜regex`: name, severity, place, pattern."""
    split = [row.split("｜", 4) for row in rows]
    return tuple((name, grade, place, re.compile(words)) for g, name, grade, place, words in split if g in (genre, "各类"))


@kind("missing")
def missing(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """S04: a part that the genre needs does not stand where it should; of a text cut off only its beginning is looked at."""
    if not text.genre or (text.draft is not None and text.characters < rule.number("draft_least", 200)):
        return  # a few blocks of a draft are no speech yet
    for _, group in groupby((p for p in text.paragraphs if p.text.strip()), key=lambda p: p.piece):
        rows = tuple(group)
        if sum(p.is_body for p in rows) < 2:
            continue
        for name, grade, place, pattern in _parts(rule.words("parts"), text.genre):
            if (text.truncated and place != "开头") or pattern.search(_stretch(rows, place)) or _is_there(rows, place):
                continue
            if place == "开头" and _PAGE.search(rows[0].plain):
                continue
            p = rows[0] if place == "开头" else rows[-1]
            at = (0, len(p.text)) if place == "开头" else p.sentence_at(len(p.text) - 1)[:2]
            message = f"{text.genre}里少了“{name}”{_WHERE[place]}，请补上"
            yield Hit(p, *at, message, severity=grade)  # type: ignore[arg-type]


_PAGE = re.compile("（[2-9]）$|第[二三四五六七八九2-9]页")
"""A title that says this is not the first page."""
_WHERE = {"开头": "（应在开头）", "结尾": "（应在末尾）", "全文": ""}


def _is_there(rows: Rows, place: str) -> bool:
    """Whether reading or drafting has set a paragraph there as salutation or closing."""
    return any(p.kind == {"开头": "salutation", "结尾": "closing"}.get(place) for p in rows)


def _stretch(rows: Rows, place: str) -> str:
    if place == "开头":
        return "\n".join(p.text for p in rows[:5])
    if place == "结尾":
        return "\n".join(p.text for p in rows[-2:])[-160:]
    return "\n".join(p.text for p in rows)
