"""Chinese numbers of headings and counts."""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """`number` in Chinese, 0–99: 三, 十, 十二, 二十一. Raises ValueError beyond."""
    if not 0 <= number < 100:
        raise ValueError(f"no Chinese heading number for {number}")
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def heading_number(level: int, number: int) -> str:
    """The printed number of a heading by GB/T 9704-2012: 一、 （一） 1. （1）."""
    forms = {1: f"{chinese(number)}、", 2: f"（{chinese(number)}）", 3: f"{number}.", 4: f"（{number}）"}
    return forms[level]


def counted(number: int, unit: str) -> str:
    """A count with its measure word, in Chinese: 三条, and 两条 where a number stands for itself. Raises ValueError as `chinese`."""
    return ("两" if number == 2 else chinese(number)) + unit


def date_words(value: object) -> str:
    """A date as speeches write it: 2026-11-28 becomes 2026年11月28日; what is no ISO date stays as it is."""
    match = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", str(value).strip())
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日" if match else str(value)


_NUMBER = re.compile(r"^(?:[（(][一二三四五六七八九十百\d]+[)）][、.．]?|[一二三四五六七八九十百]+[、.．]|[\d]+(?:[、．)）]|\.(?!\d)))\s*")
"""A number in front of a heading, as it is written in speeches."""


def unnumbered(heading: str) -> str:
    """A heading as it is kept: a number typed in front of it is printed anyway."""
    return _NUMBER.sub("", heading.strip(), count=1).strip() or heading.strip()
