"""The year a text was written in: by its header, its file's name, its title, or the date line below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from phrasebank.model import Piece, RawText

_YEAR = re.compile(r"(?<!\d)(?:19[4-9]\d|20\d\d)(?=(?:(?:0[1-9]|1[0-2])[0-3]\d)?(?!\d))")
_HAN_YEAR = re.compile(r"(?:一九[四五六七八九]|二[〇○零][〇○零一二三四五六七八九])[〇○零一二三四五六七八九](?=年)")
_DIGITS = {"〇": "0", "○": "0", "零": "0", **{han: str(n) for n, han in enumerate("一二三四五六七八九", 1)}}


def year_of(raw: RawText, pieces: Iterable[Piece]) -> int | None:
    """The year of a text; None where nothing tells. A date in the text itself may be that of anything, and tells nothing."""
    told = (raw.meta.get("year", ""), raw.meta.get("date", ""), PurePath(raw.file).stem)
    lines = (line for piece in pieces for line in (piece.date, piece.title, piece.subtitle) if line)
    return next((year for text in (*told, *lines) if (year := _first(text))), None)


def _first(text: str) -> int | None:
    """The first year that stands in a text, in digits or in Han numerals."""
    if found := _YEAR.search(text):
        return int(found.group())
    han = _HAN_YEAR.search(text)
    return int("".join(_DIGITS[c] for c in han.group())) if han else None
