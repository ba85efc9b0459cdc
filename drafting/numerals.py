"""Chinese numbers of headings and counts."""

from __future__ import annotations

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
