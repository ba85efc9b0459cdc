"""Chinese text in columns of a terminal: how wide it is, where it is cut and where it may break."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import east_asian_width

_CLOSING = frozenset("，。、；：？！）》〉”’」』】〕］…—％,.!?;:)]}%")
_OPENING = frozenset("（《〈“‘「『【〔［([{")
_MAX_BACK = 8
"""Characters that are taken to the next line at most, so that it does not begin with a closing mark."""
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def width(text: str) -> int:
    """Columns of a text. Marks that terminals show in one column or two, such as “, count as two: lines never run over."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)


def visible(text: str) -> str:
    """A text whose control and invisible characters are shown by their code, lest the terminal obey them."""
    return _HIDDEN.sub(lambda found: "⇥" if found[0] == "\t" else f"‹U+{ord(found[0]):04X}›", text)


def cut(text: str, columns: int) -> str:
    """As much of a text as fits, with … for what does not."""
    if len(text) <= columns and width(text) <= columns:
        return text
    used = 2
    for n, character in enumerate(text):
        used += width(character)
        if used > columns:
            return text[:n] + "…"
    return text


def breaks(text: str, columns: int) -> list[int]:
    """Where a text goes on in the next line, as offsets; no line begins with a closing mark or ends with an opening one."""
    found: list[int] = []
    start = used = 0
    for n, character in enumerate(text):
        size = width(character)
        if used + size > columns and n > start:
            start = _better(text, start, n)
            found.append(start)
            used = width(text[start:n])
        used += size
    return found


def _better(text: str, start: int, at: int) -> int:
    """The nearest good place to break at or before `at`, or `at` where there is none near."""
    for place in range(at, max(start + 1, at - _MAX_BACK), -1):
        before, after = text[place - 1], text[place]
        word = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        if after not in _CLOSING and before not in _OPENING and not word:
            return place
    return at


def wrap(text: str, columns: int) -> Iterator[str]:
    """The lines of a text."""
    yield from (text[a:b] for a, b in pairwise([0, *breaks(text, columns), len(text)]))
