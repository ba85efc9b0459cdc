"""The places of China: provinces, cities and areas by name and, where that is safe, by short form."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from phrasebank.wordlists import rows

_PROVINCES = {sign: name for name, signs in rows("provinces") for sign in signs}
PROVINCE_SIGNS = "".join(_PROVINCES)
"""One-character names of provinces; read as such only in set patterns."""


FUNCTION_WORDS = frozenset(
    "的了同在和与及等是为对将把被从向到并以或也都就由至于让使给用有着过地得之其该各每全我本你他她它这那某两几更再又不无未没但而则因所个名家座条"
    "处项届级位片哪嫌自省市县区镇乡村们内外里前后间时年月日去来"
)
"""Characters no name has: function words, measure words, level words."""


def province_of(sign: str) -> str | None:
    """The province that one character stands for (苏: 江苏省); None when it stands for none."""
    return _PROVINCES.get(sign)


@lru_cache
def _names() -> dict[str, tuple[str, ...]]:
    """Names by their first two characters, longest first."""
    by_start: dict[str, set[str]] = {}
    for _, *names in rows("places"):
        for name in names:
            by_start.setdefault(name[:2], set()).add(name)
    return {start: tuple(sorted(names, key=len, reverse=True)) for start, names in by_start.items()}


@lru_cache
def full_names() -> dict[str, str]:
    """Short form of each place by its full name."""
    return {row[1]: row[2] for row in rows("places") if len(row) > 2}


@lru_cache
def names_of() -> dict[str, tuple[str, ...]]:
    """Full names of the places that share a short form, by that form."""
    shared: dict[str, tuple[str, ...]] = {}
    for full, short in full_names().items():
        shared[short] = (*shared.get(short, ()), full)
    return shared


@lru_cache
def _small_places() -> frozenset[str]:
    """Short forms of counties and districts, less known than the words they may lie across."""
    return frozenset(row[2] for row in rows("places") if row[0] == "A" and len(row) > 2)


@lru_cache
def ordinary_words() -> frozenset[str]:
    """Ordinary words of two characters: `data/words.txt`."""
    return frozenset(first + second for first, seconds in rows("words") for second in seconds)


def is_ordinary(name: str) -> bool:
    """Whether what stands before 县 or 村 ends in an ordinary word (清理村部, 春节返乡), and so names no place."""
    return name[-2:] in ordinary_words()


_TAIL = re.compile(r"全[省市县区境]|(?:省|市|县|区|州|旗)(?![场民区域镇级直委长里容政内外])")
_INSIDE = {"海南": "上近沿临珠", "南通": "西东", "中山": "孙", "上海": "海", "云南": "", "江西": "长珠", "河南": "沿黄", "河北": "沿",
           "江北": "长", "湖南": "环", "山西": "", "山东": "", "长春": "", "太原": "", "北海": "", "东海": "", "大理": "", "平江": "",
           "四川": "", "广西": "", "海城": "上", "北京": "", "海东": "上", "安庆": "", "吉安": "", "黄山": "", "宁国": ""}  # fmt: skip


_RANKED = frozenset("域级城乡直政委区市镇")
"""Behind 县 these make a rank of it and no name: 县委和县政府."""
_FOLLOWED = {"中山": "装"}
"""What makes another word of a name: 中山装."""
_COUNTY_BODY = re.compile(
    f"县(?:{'|'.join(row[0] for row in rows('departments'))}|人民|人大|法院|检察|[{''.join(sorted(_RANKED))}])"
)
_AT = frozenset("在到赴抵离返与和、")
"""What stands before the county 会同; the verb follows anything else (由县教育局会同县财政局)."""


def find_places(text: str, starts: Iterable[int] | None = None) -> Iterator[tuple[int, int]]:
    """Start and end of each place of the list named in `text`, longest first, with a level word behind it. `starts`: where the first
    two characters of a name stand (`openings`), in order, where that is known."""
    names, at = _names(), 0
    for i in _candidates(text) if starts is None else starts:
        if i < at:
            continue
        for name in names.get(text[i : i + 2], ()):
            if text.startswith(name, i) and (i == at > 0 or not _inside_word(text, i, name)):
                at = _end_of(text, i, name)
                yield i, at
                break


def _inside_word(text: str, start: int, name: str) -> bool:
    """Whether a name lies across other words: 美丽江西, 创新县域, 孙中山; of small places also 搬迁安置."""
    words, end = ordinary_words(), start + len(name)
    if name == "会同县" and _is_verb(text, start):
        return True
    if name in _FOLLOWED and text.startswith(_FOLLOWED[name], end):
        return True
    if len(name) == 2 and name[1] == "县" and text[end : end + 1] in _RANKED:
        return True
    if name in _small_places() and text[end - 1 : end + 1] in words and text[end : end + 2] not in words:
        return True
    if not start:
        return False
    before, across = text[start - 1], text[start - 1 : start + 1] in words
    free = before in FUNCTION_WORDS or text[max(0, start - 2) : start] in words
    return before in _INSIDE.get(name, "") or (len(name) < 4 and across and not free)


def _is_verb(text: str, start: int) -> bool:
    """Whether 会同 at `start` is the verb: behind whoever acts, or before a body of any county (会同县公安局)."""
    before = text[max(0, start - 1) : start]
    return bool(_COUNTY_BODY.match(text, start + 2)) or ("一" <= before <= "鿿" and before not in _AT)


def begins_place(text: str, at: int) -> bool:
    """Whether a name of the list begins at `at` (江苏 in 春江苏州)."""
    return any(text.startswith(name, at) for name in _names().get(text[at : at + 2], ()))


def is_place(name: str) -> bool:
    """Whether `name` is a name of the list."""
    return name in _names().get(name[:2], ())


def openings() -> Collection[str]:
    """The first two characters of all names."""
    return _names().keys()


def _candidates(text: str) -> list[int]:
    """Where two characters stand that a name may begin with."""
    return [found.start() for found in _name_start().finditer(text)]


@lru_cache
def _name_start() -> re.Pattern[str]:
    """The first character of any name before the second of any."""
    firsts, seconds = ("".join(sorted(set(column))) for column in zip(*_names(), strict=True))
    return re.compile(f"[{firsts}](?=[{seconds}])")


def _end_of(text: str, start: int, name: str) -> int:
    """The end of a name, with the level word that may follow a short form."""
    end = start + len(name)
    tail = _TAIL.match(text, end) if len(name) <= 3 and name[-1] not in "省市县区州旗" else None
    return tail.end() if tail else end
