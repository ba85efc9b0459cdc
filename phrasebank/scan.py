"""Looking for many words at once, quickly."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern whose `search` tells whether any of `words` stands in a text; what it finds is one of them.

    An alternation of a hundred words tries all of them at every character that one begins with. This pattern asks for
    the first two characters as sets, and for whole words only behind them: several times quicker on running text.
    """
    words = sorted(set(words))  # the same pattern in every process
    longer = [word for word in words if len(word) > 1]
    rests = "|".join(f"{re.escape(word[1:])}(?<={re.escape(word)})" for word in longer)
    ways = [f"(?={_set(word[1] for word in longer)})(?:{rests})"] if longer else []
    if singles := [word for word in words if len(word) == 1]:
        ways.append(f"(?<={_set(singles)})")
    return re.compile(f"{_set(word[0] for word in words)}(?:{'|'.join(ways)})")


def _set(characters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(set(characters))))}]"
