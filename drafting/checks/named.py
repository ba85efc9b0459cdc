"""Names of counties and cities in a paragraph that R02 knows by the list alone: in full wherever they stand, short where a frame
shows that a place is meant (建设现代化新…, 让…人民). Reading takes names only where no other word may be meant; a check may ask more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from drafting.checks.home import Node, nodes, of_counties, stem
from drafting.checks.kinds import Rule
from phrasebank.gazetteer import FUNCTION_WORDS, is_ordinary

Stretch = tuple[int, int]
NAME = "〈名〉"
"""What stands for a name in a frame."""
_LEVEL = re.compile("[县旗市区]")
_TOWNS = ("城市", "都市")
"""What a city's name may end in that is a word itself: 适应|城市."""
_ROOM = 16
"""Characters before a name that a frame looks at."""
_LONGEST = 15
_LEVELS = tuple("县旗市区镇乡村")
_SHORT = 2
"""Characters of a county's name of which one is the level word: 费县."""


def in_full(plain: str, rule: Rule) -> Iterator[Stretch]:
    """Names of counties and their like in full, the longest that ends at each level word."""
    listed, done = of_counties(), 0
    for level in _LEVEL.finditer(plain):
        end = level.end()
        for start in range(max(end - _LONGEST, done), end - 1):
            name = plain[start:end]
            if name in listed and _stands(plain, start, end, rule):
                yield start, end
                done = end
                break


def _stands(plain: str, start: int, end: int, rule: Rule) -> bool:
    """Whether a full name is meant, and no piece of other words: 各项|城市, 完全|州县, 市和|县."""
    name, ahead, behind = plain[start:end], plain[max(0, start - _ROOM) : start], plain[end : end + 8]
    quarter = name[-1] == "区" and is_ordinary(name)  # 南|山区, 高|新区
    vague = len(name) == _SHORT or quarter or name.endswith(_TOWNS) or bool(rule.pattern("vague").fullmatch(name))
    own, as_own = bool(rule.pattern("own").search(ahead)), bool(rule.pattern("own_behind").match(behind))
    across = is_ordinary(ahead[-1:] + name[0])
    if name[-1] != "县" and is_ordinary(name[-1] + behind[:1]) and not is_ordinary(behind[:2]):
        return False  # 湖滨|区域
    if is_ordinary(stem(name)) and rule.pattern("vague_behind").match(behind):
        return False  # 南部|县域
    if not vague:
        free = own or not ahead or ahead[-1] in FUNCTION_WORDS or is_ordinary(ahead[-2:])
        return free or not across
    if across or rule.pattern("vague_behind").match(behind) or ahead[-1:].isdigit():
        return False
    bounded = own or not ahead[-1:].isalnum() or bool(rule.pattern("vague_ahead").search(ahead))
    return own or (bounded and (as_own or not rule.pattern("vague").fullmatch(name)))


# ---------------------------------------------------------------- short forms
@dataclass(frozen=True)
class _Frames:
    """What stands before a name and behind it, pair by pair."""

    pairs: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]

    def hold(self, plain: str, start: int, end: int) -> bool:
        """Whether a name stands in one of them."""
        ahead = plain[max(0, start - _ROOM) : start]
        return any(behind.match(plain, end) and before.search(ahead) for before, behind in self.pairs)


@lru_cache(maxsize=16)
def _frames(rows: tuple[str, ...]) -> _Frames:
    parts = (row.partition(NAME) for row in rows)
    return _Frames(tuple((re.compile(f"(?:{ahead})$"), re.compile(f"(?:{behind})")) for ahead, _, behind in parts))


def framed(plain: str, rule: Rule) -> Iterator[tuple[int, int, bool]]:
    """Short forms that a frame holds, and whether a place alone may be meant; those that are words besides (和平, 富裕) only where
    the frame is sure."""
    usual, sure = _frames(rule.words("frames")), _frames(rule.words("frames_sure"))
    starts, names = _shorts()
    for found in starts.finditer(plain):
        start = found.start()
        for name in names.get(plain[start : start + 2], ()):
            end = start + len(name)
            if not plain.startswith(name, start) or _runs_on(plain, end) or name in rule.words("never"):
                continue
            word = is_ordinary(name) or bool(rule.pattern("words").fullmatch(name))
            if sure.hold(plain, start, end) or (not word and usual.hold(plain, start, end)):
                yield start, end, not word
                break


def _runs_on(plain: str, end: int) -> bool:
    """Whether the last character of a name begins another word: 大通|道, or its level word follows."""
    behind = plain[end : end + 2]
    if is_ordinary(behind) and behind[0] != "县":
        return False
    return behind[:1] in _LEVELS or is_ordinary(plain[end - 1] + behind[:1])


@lru_cache
def _shorts() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """Where a short form may begin, and the short forms by their first two characters, longest first."""
    found: dict[str, set[str]] = {}
    for full in of_counties():
        if len(short := stem(full)) > 1 and short != full and short_nodes(short):
            found.setdefault(short[:2], set()).add(short)
    firsts, seconds = ("".join(sorted(set(column))) for column in zip(*found, strict=True))
    rows = {start: tuple(sorted(names, key=len, reverse=True)) for start, names in found.items()}
    return re.compile(f"[{firsts}](?=[{seconds}])"), rows


def short_nodes(short: str) -> tuple[Node, ...]:
    """The counties and cities a short form may be."""
    return tuple(node for node in nodes(short) if len(node) > 1)
