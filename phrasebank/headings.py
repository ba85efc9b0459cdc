"""Numbers of headings, in all written and spoken forms, and where a heading ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from phrasebank import sentences

_HAN = "一二三四五六七八九十"
STYLES: tuple[tuple[str, int, str], ...] = (
    ("part", 1, rf"第[{_HAN}百]{{1,3}}(?:部分|章|节)[、：:\s]?\s*"),
    ("一、", 1, rf"[{_HAN}]{{1,3}}(?:\s?[、．.]\s*|[ 　]+(?=[一-鿿“]{{4}}|$))"),
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
_NOT_WORD = re.compile(r"[\W_]+")


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


_ENUMERATED = re.compile(r"[，,：:](?=一(?:是|要)[^。]{2,80}[，,；;。]\s*二(?:是|要))")
_ANNOUNCED = re.compile(r"[^，,。；;：:]{4,20}(?=[：:](?:(?:要|必须|应当|我们|今年)[^。；;]{6,}|[^。；;，“]{2,40}，[^。；;]{12,})。)")


def split_head(text: str) -> tuple[str, str]:
    """A heading without closing mark, and the text that follows it in the same paragraph: behind its sentence, or where an
    enumeration (一要…，二要…) or, behind a colon, a sentence begins."""
    first = next(sentences.each(text), "")
    end = text.find(first) + len(first)
    if cut := _ENUMERATED.search(first) or _ANNOUNCED.match(first):
        end -= len(first) - cut.end()
    head, rest = text[:end].strip(), text[end:].lstrip("：:").strip()
    return head.rstrip("。；;：:" + ("，," if cut else "")).strip(), rest
