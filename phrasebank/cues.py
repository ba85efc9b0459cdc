"""Openings that say outright what a sentence does: 究其原因, 我将, 有的干部, 按照…部署, 实践告诉我们.

Writers of speeches signal the role of a sentence in its first words. Such a signal decides, whatever heading the
sentence stands under; only what has none is weighed by `phrasebank.classify`. The patterns are data:
`data/openings.tsv`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import cast

from phrasebank.model import Polarity, Role

_TABLE = Path(__file__).parent / "data" / "openings.tsv"
_NAMES = {
    "{WHEN}": r"(?:去年|前年|今年|近年|近几年|一年|两年|几年|这些年|过去一年|多年|上半年|一段时间|年初)(?:以?来|里)?",
    "{BODY}": r"[\u4e00-\u9fff、“”（）]",
}

IMPERATIVE = re.compile(r"^(?:要|必须|务必)(?!是)")
"""A sentence that begins so gives a task, even where it names the fault to be mended."""


def opening_of(sentence: str) -> tuple[Role, Polarity] | None:
    """Role and polarity by the sentence's first words, None when they do not tell."""
    return next(((role, polarity) for role, polarity, pattern in _openings() if pattern.search(sentence)), None)


@lru_cache(maxsize=1)
def _openings() -> tuple[tuple[Role, Polarity, re.Pattern[str]], ...]:
    """The table, neighbouring lines of one role joined into one pattern."""
    rows = [line.split("\t") for line in _TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return tuple(
        (cast(Role, role), cast(Polarity, polarity), re.compile("|".join(_named(row[2]) for row in group)))
        for (role, polarity), group in groupby(rows, key=lambda row: (row[0], row[1]))
    )


def _named(pattern: str) -> str:
    for name, body in _NAMES.items():
        pattern = pattern.replace(name, body)
    return pattern
