"""Wording freed of what belongs to one text: level words, own place, post and figures become slots; names are listed.

What cannot be freed keeps its names, and extraction drops it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING

from phrasebank.model import Inspection, Quoted, Slot
from phrasebank.name_patterns import BODY, DEPARTMENT, PERSON
from phrasebank.slots import blank_slot, blanks_to_slots, level_to_slots, parse, plain

if TYPE_CHECKING:
    from phrasebank.sieve import Finder, Laid

_NAMED_KINDS = frozenset({"org", "person", "project", "event", "document"})
_SPOKEN_KINDS = frozenset({"leader", "classic"})
_GENERIC_PLACE = re.compile(r"^(?:全|我|各|本|两(?!地)|该|这|某|基层|农村|城乡|村头|田间)|^[省市县区镇乡村]$")
_STEM = re.compile(r"(“[^“”]{2,6})(?:工程|经验|行动|计划)”")
_COINED = re.compile(r"“((?:[一二两三四五六七八九十]|双)(?:个|大|项|位)?[\u4e00-\u9fff]{1,6})”")
_MARKED = re.compile(r"[“”《》]")
_POST = re.compile(
    r"作为(?:一名|一个)?[^，。；{}]{0,14}?(?:委员|书记|[省市县区镇乡]长|局长|主任|校长|院长|负责人)(?=[，、])"
)
_DIGIT = re.compile("[0-9０-９]")
_FIGURE = re.compile("[0-9０-９%％‰百](?:(?<!百)|分之)")
_LEAD = re.compile(r"^.*[的，、]")
UNITS = (
    "个百分点|百分点|平方公里|平方米|立方米|公里|千米|公顷|千瓦时|千瓦|标准煤|美元|人次|户次|场次|小时|分钟|"
    "公斤|千克|个月|米|亩|吨|元|户|人|名|个|项|处|件|家|所|座|条|台|辆|套|株|棵|头|只|次|批|场|期|间|张|份|篇|倍|天|度|起|宗|卡|床"
)
_IDLE = re.compile(r"^(?:增长|提高|下降|达到?|完成|实现|新增|超过?|其中|分别|累计|同比|全年|总计|共计?|约|近|为|有|到|的|和)*$")
"""What is no indicator: it says that there is a figure, and not of what."""
_NUMBER = re.compile(
    r"(?=[\u4e00-\u9fff]{2,17}+[0-9０-９])(?P<before>[\u4e00-\u9fff]{2,14}?)(?P<verb>达到?|为|共|约|近|超过?|增长|提高到?|下降|完成|有)?"
    r"(?P<value>[0-9０-９][0-9０-９.,．]*)(?P<unit>(?:[十百千万亿]{0,2}(?:" + UNITS + r"))|[%％])"
)
"""A figure with its indicator before it and its unit behind; without a unit of the list it stays a figure."""
_VALUE = re.compile("[0-9０-９][0-9０-９.,．]*")
FURTHEST, LONGEST_UNIT = 17, 6
"""Characters before a value at which `_NUMBER` begins at most, and of the longest unit behind."""


@dataclass(frozen=True)
class Belongings:
    """What belongs to one document alone, found by the reading stage."""

    slots: tuple[Slot, ...]
    quotations: tuple[Quoted, ...]

    @classmethod
    def of(cls, inspection: Inspection) -> Belongings:
        """The belongings of an inspected text."""
        return cls(inspection.slots, inspection.quotations)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Proper names of two characters or more, the longest first."""
        places = {s.text for s in self.slots if s.kind == "place" and len(s.text) > 1 and is_place(s.text)}
        others = {stem for s in self.slots if s.kind == "project" for stem in _STEM.findall(s.text)}
        others |= {s.text for s in self.slots if s.kind in _NAMED_KINDS and is_proper(s, places)}
        return tuple(sorted(places | others, key=lambda name: (-len(name), name)))

    @cached_property
    def _rank(self) -> dict[str, int]:
        return {name: n for n, name in enumerate(self.names)}

    @cached_property
    def _signs(self) -> dict[int, set[str]]:
        """Short forms of places, of one character, by line."""
        return _by_line(s for s in self.slots if s.kind == "place" and len(s.text) == 1 and is_place(s.text))

    @cached_property
    def _figures(self) -> frozenset[str]:
        """Figures in Chinese numerals that tell wherever they stand."""
        return frozenset(s.text for s in self.slots if s.kind == "number" and len(s.text) > 2 and not has_figure(s.text))

    @cached_property
    def _short_figures(self) -> dict[int, set[str]]:
        return _by_line(s for s in self.slots if s.kind == "number" and len(s.text) <= 2)

    @cached_property
    def _by_pair(self) -> dict[str, list[str]]:
        """Names and long figures by their first two characters."""
        found: dict[str, list[str]] = {}
        for told in {*self.names, *self._figures}:
            found.setdefault(told[:2], []).append(told)
        return found

    def told_in(self, text: str) -> list[str]:
        """Names and long figures that stand in a short text, in no order."""
        begun = {pair for pair in map(add, text, text[1:]) if pair in self._by_pair}
        return [told for pair in begun for told in self._by_pair[pair] if told in text]

    @cached_property
    def _finder(self) -> Finder:
        from phrasebank.sieve import Finder  # whoever only drafts goes without numpy

        return Finder((*self.names, *self._figures))

    def told_in_each(self, laid: Laid) -> list[list[str]]:
        """Names and long figures that stand in each of many texts."""
        return self._finder.standing_in(laid)

    @cached_property
    def _spoken(self) -> tuple[str, ...]:
        """A leader's and a classic's words."""
        return tuple({q.text for q in self.quotations if q.kind in _SPOKEN_KINDS})

    def coined_in(self, text: str) -> tuple[str, ...]:
        """Set names that count (“三个治理”) and that no list of standing terms has: another place's programme."""
        return tuple(name for name in _COINED.findall(text) if name not in number_terms()) if "“" in text else ()

    def names_in(self, text: str, line: int, told: Sequence[str] | None = None) -> tuple[str, ...]:
        """Names that stand in `text`, short forms of one character (陕, 苏) only on their own line; `told`, where known, is what
        `told_in` says of the text."""
        told = self.told_in(text) if told is None else told
        signs = self._signs.get(line)
        if not told and not signs and "“" not in text:
            return ()
        named = sorted(filter(self._rank.__contains__, told), key=self._rank.__getitem__)
        named += sorted(sign for sign in signs or () if sign in text)
        return (*named, *(name for name in self.coined_in(text) if not any(name in other for other in named)))

    def quoted_in(self, text: str) -> bool:
        """Whether a leader's or a classic's words stand in `text`: they are no phrase."""
        return any(said in text for said in self._spoken)

    def counted_in(self, text: str, line: int, told: Sequence[str]) -> bool:
        """Whether a figure in Chinese numerals stands in `text`: one of that line, or a longer one of any (一百项)."""
        short = self._short_figures.get(line)
        return not self._figures.isdisjoint(told) or (short is not None and any(figure in text for figure in short))


def _by_line(slots: Iterable[Slot]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for slot in slots:
        found.setdefault(slot.line, set()).add(slot.text)
    return found


def generalise(text: str, level: str | None, own_place: str = "") -> str:
    """`text` as a template: typed blanks, post, own place, level words and figures with an indicator become slots."""
    template = blanks_to_slots(text) if "〔" in text else text
    if "作为" in template:
        template = _POST.sub("作为{post}", template)
    if own_place:
        template = template.replace(own_place, "{place}")
    return _figures_to_slots(level_to_slots(template, level))


@lru_cache(maxsize=1)
def number_terms() -> frozenset[str]:
    """Standing terms that begin with a number (四个意识, 一岗双责): `data/number_terms.txt`."""
    text = (Path(__file__).parent / "data" / "number_terms.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and line[0] != "#")


def is_place(text: str) -> bool:
    """Whether a place slot names a place, not a rank (全县, 我镇, 各村)."""
    return not _GENERIC_PLACE.match(text)


def is_proper(slot: Slot, places: Iterable[str]) -> bool:
    """Whether a body, person, project or event is a certain one: set in marks, or named after a place.

    A document in 《》 without a place is a law or a rule for all (《安全生产法》).
    """
    if slot.kind == "project" and "、" in slot.text:  # a list of programmes is that place's own
        return True
    marked = slot.kind != "document" and bool(_MARKED.search(slot.text))
    return marked or _is_named(slot) or any(place in text for place in places for text in (slot.text, slot.full or ""))


def _is_named(slot: Slot) -> bool:
    """Whether a person or body bears a name of its own, not only a post or a rank: 王大山同志, 石桥小学, not 镇党委书记, 县委."""
    if slot.kind == "person":
        return not PERSON.fullmatch(slot.text)
    ranks = BODY.fullmatch(slot.text) or DEPARTMENT.fullmatch(slot.text) or slot.text.startswith("全体")
    return slot.kind == "org" and not ranks


def _figures_to_slots(template: str) -> str:
    """A figure whose indicator stands before it becomes a blank that asks for it; others stay and bar the wording."""
    if not _DIGIT.search(template):
        return template
    return "".join(_figures_asked(p) if isinstance(p, str) else str(p) for p in parse(template))


def _figures_asked(text: str) -> str:
    """`_NUMBER` with its figures made blanks; looked for only where it may begin before the first digit and end behind the last."""
    if not (values := list(_VALUE.finditer(text))):
        return text
    parts, done = [], 0
    for match in _NUMBER.finditer(text, max(0, values[0].start() - FURTHEST), values[-1].end() + LONGEST_UNIT):
        parts += [text[done : match.start()], _figure_blank(match)]
        done = match.end()
    return "".join([*parts, text[done:]])


def _figure_blank(match: re.Match[str]) -> str:
    what = _LEAD.sub("", match["before"])
    if _IDLE.match(what) or match.string.count("“", 0, match.start()) != match.string.count("”", 0, match.start()):
        return match.group()  # asks for nothing, or is another's wording
    return f"{match['before']}{match['verb'] or ''}{blank_slot('数据', what, match['unit'])}"


def has_figure(template: str) -> bool:
    """Whether figures are left outside the slots."""
    return bool(_FIGURE.search(plain(template)))
