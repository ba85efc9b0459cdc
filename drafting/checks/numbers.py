"""Figures in running text: value, unit, how exactly they are told, and the year they belong to.

Arabic and Chinese numerals, percentages, ranges, 百分之三十, 三分之一, 翻一番, 6.5万余人, 2.3‰. Values are Decimal: a figure is
compared with another as far as both are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "○": 0}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万亿": Decimal(10**12), "亿": Decimal(10**8), "千万": Decimal(10**7), "百万": Decimal(10**6), "万": Decimal(10**4)}

UNITS = (
    "平方公里|平方千米|平方米|立方米|千瓦时|万千瓦|兆瓦|千瓦|公里|千米|公顷|公斤|千克|毫米|厘米|美元|港元|欧元|个百分点|百分点|人次|人天|标准箱|标箱"
    "|户次|班次|场次|架次|辆次|件次|元|亩|吨|斤|米|度|岁|人|户|名|家|个|项|件|起|所|座|处|条|台|辆|套|间|栋|幢|口|眼|头|只|尾|株|棵|本|册|份|篇|场"
    "|次|批|期|届|位|对|类|种|级|层|门|片|块|支|股|盏|艘|架|列|趟|宗|例|床|张|幅|部|集|枚|亿元|万元|小时|分钟|天|周|个月|年|倍|成|番|席|桌|孔|基|颗|盘"
)
_HAN_NUMBER = "[一二两三四五六七八九十百千零〇]"
_SCALE = "(?:万亿|千万|百万|亿|万)"
_ABOUT_BEFORE = "约|近|超|超过|逾|突破|大约|将近|达到?近|接近|不足|不低于|不少于|至少|最多|以上|高于|低于|不超过|力争|左右"
FIGURE = re.compile(
    rf"(?P<half>(?:\d+|{_HAN_NUMBER}{{1,4}})分之(?=[\d{_HAN_NUMBER[1:-1]}]))?"
    rf"(?:(?P<arabic>\d+(?:[,，]\d{{3}})*(?:\.\d+)?)|(?P<han>{_HAN_NUMBER}{{1,12}}(?:点[零〇一二三四五六七八九]{{1,3}})?))"
    rf"(?P<more>多|余|几|来)?(?P<scale>{_SCALE})?(?P<more2>多|余|几|来)?"
    rf"(?:(?P<percent>[%‰])|(?P<unit>{UNITS}))?(?P<after>以上|左右|上下|以内|以下|多)?"
)

_BEGINS = re.compile(rf"\d|{_HAN_NUMBER}(?=[{_HAN_NUMBER[1:-1]}点分多余几来万亿千百%‰{''.join(sorted({u[0] for u in UNITS.split('|')}))}])")
"""A digit, or a Chinese numeral that something follows which makes a figure of it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a text. `value` in its unit, scales worked in (6.5万元: 65000 元; 30%: 30 %); `step` is the worth of its last
    digit told; `about` says that it is told roughly (余, 约, 以上). `unit` is 元, %, 个百分点 …, empty for none."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    unit: str
    about: bool
    han: bool

    @property
    def low(self) -> Decimal:
        """The least it may be by the rules of rounding."""
        return self.value - self.step / 2

    @property
    def high(self) -> Decimal:
        """The most it may be by the rules of rounding."""
        return self.value + self.step / 2

    def same(self, other: Figure) -> bool:
        """Whether both may tell one number, each as exactly as it is told."""
        return self.low <= other.high and other.low <= self.high


def find_figures(text: str) -> list[Figure]:
    """Every figure of a text (with half-width digits and full-width marks) that has a unit or Arabic digits, in order; years of
    dates are among them with the unit 年."""
    found: list[Figure] = []
    for match in _matches(text):
        if figure := _figure(text, match):
            if found and found[-1].end == figure.start and not found[-1].unit and text[figure.start - 1] in "万亿":
                figure = _joined(found.pop(), figure)
            found.append(figure)
    return found


def _matches(text: str) -> Iterator[re.Match[str]]:
    """What `FIGURE` finds, looked for only where a figure may begin."""
    at = 0
    while start := _BEGINS.search(text, at):
        match = FIGURE.match(text, start.start())
        at = match.end() if match else start.end()
        if match:
            yield match


def _joined(first: Figure, second: Figure) -> Figure:
    """六亿 and 三千万元 as one figure."""
    return replace(second, start=first.start, value=first.value + second.value, about=first.about or second.about)


def _figure(text: str, match: re.Match[str]) -> Figure | None:
    number = match["arabic"] or match["han"]
    unit = match["percent"] or match["unit"] or ""
    if match["han"] and not unit and not match["scale"] and not match["half"]:
        return None
    value = _value(number)
    if value is None:
        return None
    step = _step(number)
    if match["half"]:
        return _fraction(match, value, step)
    scale = _SCALES.get(match["scale"] or "", Decimal(1))
    told = match["more"] or match["more2"] or match["after"] or _ABOUT.search(text, max(0, match.start() - 3), match.start())
    unit = "个百分点" if unit == "百分点" else unit
    return Figure(match.start(), match.end(), value * scale, step * scale, unit, bool(told), bool(match["han"]))


_ABOUT = re.compile(rf"(?:{_ABOUT_BEFORE})(?:了|为|到)?$")


def _fraction(match: re.Match[str], value: Decimal, step: Decimal) -> Figure | None:
    """百分之三十 as 30 %, 三分之一 as 33.3 % told roughly."""
    whole = _value(match["half"].removesuffix("分之"))
    if not whole:
        return None
    exact = whole == 100
    return Figure(match.start(), match.end(), value * 100 / whole, step if exact else Decimal(1), "%", not exact, bool(match["han"]))


@lru_cache(maxsize=4096)
def _value(number: str) -> Decimal | None:
    """The value of an Arabic or a Chinese number without scale; None for what is none (十几, 三五)."""
    if number[0].isdigit():
        try:
            return Decimal(number.replace(",", "").replace("，", ""))
        except InvalidOperation:
            return None
    return _han(number)


def _han(number: str) -> Decimal | None:
    """The value of a Chinese number, 九十二点五 included."""
    whole, _, part = number.partition("点")
    if part:
        value = _han(whole)
        return None if value is None else value + Decimal("0." + "".join(str(_HAN_DIGITS[c]) for c in part))
    if not set(number) & _HAN_UNITS.keys():
        if len(number) > 1 and not set(number) & {"零", "〇", "○"} and len(number) != 4:
            return None  # 三五, 两三
        return Decimal("".join(str(_HAN_DIGITS[c]) for c in number))
    total, digit = 0, None
    for c in number:
        if c in _HAN_UNITS:
            total += (1 if digit is None else digit) * _HAN_UNITS[c]
            digit = None
        elif digit is not None and digit != 0:
            return None  # 三五十
        else:
            digit = _HAN_DIGITS[c]
    return Decimal(total + (digit or 0))


def _step(number: str) -> Decimal:
    """The worth of the last digit told. Round Arabic numbers are taken as exact to the unit; 三百 counts as exact, too."""
    bare = number.replace(",", "").replace("，", "").replace("点", ".")
    return Decimal(1).scaleb(-len(bare.partition(".")[2])) if "." in bare else Decimal(1)
