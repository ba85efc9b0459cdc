"""A text as our own .txt export writes it: a sentence a line, each with the time at which it is said ([03:20])."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CLOCK = re.compile(r"\[\d{2,3}:[0-5]\d\] ?")
_LEAST = 3
"""Lines with a time that make such a text."""


def untimed(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines without their times, the sentences of a paragraph on the line of its first one and nothing on those of the others, so
    that every line keeps its number; the lines themselves where they are none of ours."""
    told = [bool(_CLOCK.match(line)) for line in lines]
    if sum(told) < _LEAST:
        return tuple(lines)
    found = [_CLOCK.sub("", line, count=1) if timed else line for line, timed in zip(lines, told, strict=True)]
    first = 0
    for at, timed in enumerate(told):
        if at and timed and told[at - 1]:
            found[first] += found[at]
            found[at] = ""
        else:
            first = at
    return tuple(found)
