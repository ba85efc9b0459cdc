"""The places of China: provinces, cities and areas by name and, where that is safe, by short form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from itertools import pairwise

PROVINCE_SIGNS = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇藏陕秦甘陇青宁新港澳台"
"""One-character names of provinces; read as such only in set patterns."""


@lru_cache
def _names() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Names by their first two characters, longest first."""
    by_start: dict[str, set[str]] = {}
    text = resources.files("phrasebank").joinpath("data/places.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and line[0] != "#":
            for name in line.split()[1:]:
                by_start.setdefault(name[:2], set()).add(name)
    return {tuple(start): tuple(sorted(names, key=len, reverse=True)) for start, names in by_start.items()}


@lru_cache
def full_names() -> dict[str, str]:
    """Short form of each place by its full name."""
    text = resources.files("phrasebank").joinpath("data/places.txt").read_text("utf-8")
    rows = (line.split() for line in text.splitlines() if line and line[0] != "#")
    return {row[1]: row[2] for row in rows if len(row) > 2}


@lru_cache
def _words() -> frozenset[str]:
    text = resources.files("phrasebank").joinpath("data/words.txt").read_text("utf-8")
    rows = (line.split(" ", 1) for line in text.splitlines() if line and line[0] != "#")
    return frozenset(first + second for first, seconds in rows for second in seconds)


def is_ordinary(name: str) -> bool:
    """Whether what stands before 县 or 村 ends in an ordinary word (清理村部, 春节返乡), and so names no place."""
    return name[-2:] in _words()


_TAIL = re.compile(r"全[省市县区境]|(?:省|市|县|区|州|旗)(?![场民区域镇级直委长里容政内外])")
_INSIDE = {"海南": "上近沿临珠", "南通": "西东", "中山": "孙", "上海": "海", "云南": "", "江西": "长珠", "河南": "沿黄", "河北": "沿",
           "江北": "长", "湖南": "环", "山西": "", "山东": "", "长春": "", "太原": "", "北海": "", "东海": "", "大理": "", "平江": "",
           "四川": "", "广西": "", "海城": "上", "北京": "", "海东": "上", "安庆": "", "吉安": "", "黄山": "", "宁国": ""}  # fmt: skip


def find_places(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each place of the list named in `text`, longest first, with a level word behind it."""
    names, at = _names(), 0
    for i in _candidates(text):
        if i < at:
            continue
        for name in names[text[i], text[i + 1]]:
            if text.startswith(name, i) and not (i and text[i - 1] in _INSIDE.get(name, "")):
                at = _end_of(text, i, name)
                yield i, at
                break


def _candidates(text: str) -> list[int]:
    """Where two characters stand that a name begins with. Sets of pairs are far quicker here than any pattern."""
    found: list[int] = []
    for first, second in set(pairwise(text)) & _names().keys():
        i = text.find(first + second)
        while i >= 0:
            found.append(i)
            i = text.find(first + second, i + 1)
    return sorted(found)


def _end_of(text: str, start: int, name: str) -> int:
    """The end of a name, with the level word that may follow a short form."""
    end = start + len(name)
    tail = _TAIL.match(text, end) if len(name) <= 3 and name[-1] not in "省市县区州旗" else None
    return tail.end() if tail else end
