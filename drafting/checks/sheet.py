"""F03: figures of a text against the fact sheet: whether it holds them, in their unit, under their name and of their year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from drafting.checks.numbers import Figure, find_figures
from drafting.checks.text import Paragraph, Text
from drafting.model import Fact

DIGITS = re.compile(r"\d+(?:\.\d+)?")
_FULL = str.maketrans({0xFF10 + n: str(n) for n in range(10)} | {"％": "%"})
_ALIKE = tuple(
    map(frozenset, (  # each may stand for another of its row
        ("人", "名", "位", "口", "人次"), ("公里", "千米"), ("平方公里", "平方千米"), ("公斤", "千克"),
        ("家", "户", "所"), ("台", "辆", "套"),
        ("件", "起", "宗", "例", "项", "条"), ("次", "场", "场次", "期", "批"), ("座", "处"),
    ))
)  # fmt: skip
"""Units that count the same things."""
_COUNTS = frozenset("人名位口家户所台辆套件起宗例项条次场期批座处间栋眼株棵本册份篇") | {"人次", "场次"}
"""Units that 个 may stand for."""


@dataclass(frozen=True)
class _Row:
    """A fact with what its value tells: digits as written, and figures."""

    fact: Fact
    digits: frozenset[str]
    figures: tuple[Figure, ...]

    @classmethod
    def of(cls, fact: Fact) -> _Row:
        told = f"{fact.value}{fact.unit}".translate(_FULL)
        return cls(fact, frozenset(DIGITS.findall(told)), tuple(find_figures(told)))

    def holds(self, figure: Figure, digits: str, *, unit: bool = True) -> bool:
        """Whether a figure is this fact's; `unit`: in its unit."""
        if not self.figures or not figure.unit:
            return digits in self.digits or any(figure.value == own.value for own in self.figures)
        told = [own for own in self.figures if own.value == figure.value or (not own.unit and digits in self.digits)]
        return any(not unit or _alike(own.unit, figure.unit) for own in told)


def _alike(one: str, other: str) -> bool:
    if one == other or not one or not other:
        return True
    return ("个" in (one, other) and {one, other} - {"个"} <= _COUNTS) or any({one, other} <= units for units in _ALIKE)


class Sheet:
    """What the fact sheet and the profile know."""

    def __init__(self, text: Text) -> None:
        self.can_tell = text.draft is not None or bool(text.facts)
        self._text = text
        told = [f"{fact.year or ''} {fact.name}" for fact in text.facts] if self.can_tell else []
        told += [str(text.profile.year or ""), text.outline.occasion if text.outline else ""]
        self._written = set(DIGITS.findall(" ".join(told).translate(_FULL)))

    @cached_property
    def _rows(self) -> tuple[_Row, ...]:
        return tuple(map(_Row.of, self._text.facts))

    @cached_property
    def _named(self) -> dict[str, list[_Row]]:
        found: dict[str, list[_Row]] = defaultdict(list)
        for row in self._rows:
            if len(row.fact.name) > 1 and row.figures:
                found[row.fact.name].append(row)
        return dict(sorted(found.items(), key=lambda item: -len(item[0])))  # the longest name first

    def holds(self, figure: Figure, written: str) -> bool:
        """Whether any fact tells a figure, or its digits stand in a name or a year."""
        digits = _digits(written)
        return digits in self._written or any(row.holds(figure, digits) for row in self._rows)

    def other_unit(self, figure: Figure, written: str) -> Fact | None:
        """A fact that tells a figure in another unit: told of figures that are hardly the same by chance."""
        digits = _digits(written)
        if len(digits.replace(".", "")) < _TELLING or digits.endswith("00"):
            return None
        return next((row.fact for row in self._rows if row.holds(figure, digits, unit=False)), None)

    def misplaced(self, p: Paragraph) -> Iterator[tuple[Figure, str]]:
        """Figures that stand right behind the name of a fact and are not what it tells, or not of the year it tells."""
        done: list[tuple[int, int]] = []
        for name, rows in self._named.items():
            for found in re.finditer(re.escape(name), p.plain) if name in p.plain else ():
                if any(a < found.end() and found.start() < b for a, b in done):
                    continue
                done.append(found.span())
                figure = _behind(p, found.end())
                if figure and _names(p.plain, found.start(), name) and (message := self._wrong(p, found.start(), figure, rows)):
                    yield figure, message

    def _wrong(self, p: Paragraph, start: int, figure: Figure, rows: Sequence[_Row]) -> str:
        written, fact = p.plain[figure.start : figure.end], rows[0].fact
        told = [row for row in rows if any(figure.same(own) and _alike(own.unit, figure.unit) for own in row.figures)]
        if not told:
            when = f"（{fact.year}年）" if fact.year else ""
            own = f"“{fact.name}”是{fact.value}{fact.unit}{when}"
            known = self.holds(figure, written)
            if not known and not _stands_alone(p.plain, start):
                return ""  # 补短板工程完成投资: of something else, and told as any figure without a home
            return f"事实清单里{own}，这里写的是{written}，请核对" if known else f"{written}不在事实清单里：清单里{own}，请核对"
        year = self._year(p.plain[max(start - _ROOM, 0) : start])
        if year and all(row.fact.year and row.fact.year != year for row in told):
            return f"“{fact.name}”{written}是{told[0].fact.year}年的数，这里说成了{year}年，请核对"
        return ""

    def _year(self, ahead: str) -> int | None:
        """The year that is told right before a name."""
        found, now = _WHEN.search(ahead), self._text.profile.year
        if not found or (found["relative"] and (not now or self._text.draft is not None)):
            return None
        return int(found["year"]) if found["year"] else now - (found["relative"] in ("去年", "上年"))  # type: ignore[operator]


_ROOM = 20
"""Characters before the name of a fact in which its year stands."""
_WHEN = re.compile(
    "(?<![—至到~～-])(?:(?P<year>(?:19|20)[0-9]{2})年|(?P<relative>[去上]年))，?(?:全年)?(?:(?:全|我|本)[省市县区镇乡村]|我们|共|累计|已经?)*$"
)
_LINKS = re.compile("(?:总?数|总量)?(?:共计?|累计|已经?|达到?|为|是|有|了|完成|提高到|上升到|增加到|增长到|：)*")
_QUALIFIED = re.compile("[每均将季周]|半年|月|计划|力争|目标|预计|争取|其中|比|新增$")
_FREE = re.compile("(?:[全我本][省市县区镇乡村]|我们|已经?|共|累计|年|的|了|和)$")
_MARK = re.compile("[，。；：、]")
_TELLING = 3
"""Digits of a figure that is hardly told twice by chance."""
_WHOLE = 4
"""Characters of a name that is no end of a longer one."""


def _digits(written: str) -> str:
    found = DIGITS.search(written.replace(",", "").replace("，", ""))
    return found.group() if found else ""


def _behind(p: Paragraph, at: int) -> Figure | None:
    """The figure that stands right behind a name, told exactly."""
    end = _LINKS.match(p.plain, at).end()  # type: ignore[union-attr]
    found = next((f for f in p.figures if f.start == end and f.unit and f.unit != "年" and not f.about), None)
    return None if found and found.han and found.value == 1 else found  # 引进一批


def _names(plain: str, start: int, name: str) -> bool:
    """Whether a name stands for itself, and not with a word that makes another indicator of it: 每月办结…, 集体|收入."""
    if plain[max(start - 1, 0) : start].isdigit():
        return False  # 10|亿元以上企业
    return not _QUALIFIED.search(_clause(plain, start)) and (len(name) >= _WHOLE or _stands_alone(plain, start))


def _stands_alone(plain: str, start: int) -> bool:
    """Whether no other word runs into a name: a mark stands before it, or a word that belongs to nothing."""
    clause = _clause(plain, start)
    return not clause or bool(_FREE.search(clause))


def _clause(plain: str, start: int) -> str:
    return _MARK.split(plain[max(start - 6, 0) : start])[-1]
