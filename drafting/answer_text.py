"""What is typed into an answer: figures, days and years as a speech has them, and what is wrong with a day or a year."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange

YEARS = range(1900, 2201)
LEAP = 2024
"""A year that has every day."""
_DAY = re.compile(r"(?:(?<!\d)((?:19|20|21)\d\d)年)?(?<![\d.])(\d{1,2})月(?!龄)(?:份)?(?:(\d{1,2})[日号])?")
"""A day as it is written: 2026年3月12日, 12月3号, 10月."""
_DOTTED = re.compile(r"(?<!\d)((?:19|20|21)\d\d)([./-])(\d{1,2})\2(\d{1,2})(?![\d./-])")
_NUMBER = r"\d+(?:[.,]\d+)*[十百千万亿]*[余多]?[%‰]?"
FIGURE_SAID = re.compile(rf"^[约近超逾过达仅]{{0,2}}{_NUMBER}(?:[-~—至到]{_NUMBER})?[%‰个]?$")
"""A figure as it is said: 36, 1.2万, 近300, 3-5, 98.6%."""


def full_date(text: str) -> str:
    """A day typed as 2026.11.30, 2026-11-30 or 2026/11/30 as a speech has it: 2026年11月30日."""
    found = _DOTTED.fullmatch(plain(text))
    return f"{found[1]}年{int(found[3])}月{int(found[4])}日" if found else text


def dated(text: str, year: int | None) -> str:
    """A day as `full_date` has it, with the year where none was typed and one is known: 11月30日 becomes 2026年11月30日."""
    text = full_date(text.strip())
    found = _DAY.fullmatch(plain(text))
    return f"{year}年{text}" if year and found and not found[1] and found[3] else text


def day_fault(text: str) -> str:
    """What is wrong with a day named in a text that no calendar has; empty when nothing is."""
    for found in _DAY.finditer(plain(full_date(text))):
        year, month, day = (int(part) if part else None for part in found.groups())
        if not month or month > 12:
            return f"没有“{found[0]}”：月份只到 12 月，请改一改"
        days = monthrange(year or LEAP, month)[1]
        if day is not None and not 1 <= day <= days:
            return f"没有“{found[0]}”：{month}月只有 {days} 天，请改一改"
    return ""


def year_fault(year: str) -> str:
    """What is wrong with a year; empty for none and for a sound one."""
    bare = plain(year).removesuffix("年")
    return "" if not bare or (bare.isdecimal() and int(bare) in YEARS) else "年份写四位数字，如 2026；不知道就空着"


def plain(text: str) -> str:
    """Text with full-width letters, figures and marks made half-width, without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()
