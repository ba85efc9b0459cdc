"""What a regular expression cannot match without: words one of which stands in every text it finds something in.

Most rules look for what is rarely there. To ask for a few words first is many times quicker than to run their expressions over every
paragraph. Nothing gets lost by it: where no such words can be told, the expression is run. Words are looked for by their pairs of
characters, each pair as one number: those of a text are told once, and asked for by every rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from re import _constants as sre  # type: ignore[attr-defined]  # Python has no other parser of its own expressions
from re import _parser  # type: ignore[attr-defined]
from typing import Any

MOST = 128
"""Words that are worth asking for."""
_FEW = 8
"""Characters of a set that are taken as so many words."""
Words = frozenset[str]
NONE: Words = frozenset()


@lru_cache(maxsize=512)
def needed(patterns: tuple[str, ...]) -> Words:
    """Words one of which stands in whatever any of `patterns` matches, or right beside it; none where that cannot be told."""
    try:
        return _any(_sequence(_parser.parse(pattern)) for pattern in patterns)
    except (re.error, RecursionError):
        return NONE  # who compiles it says what is wrong


def _any(ways: Iterable[Words]) -> Words:
    """Words of several ways of which one is gone: those of all of them."""
    found = list(ways)
    words = frozenset().union(*found)
    return words if all(found) and len(words) <= MOST else NONE


def _sequence(parsed: Any) -> Words:  # noqa: ANN401 - a parsed expression has no type
    """The best of what a sequence asks for in turn: the longest words, then the fewest."""
    if parsed.state.flags & (re.IGNORECASE | re.VERBOSE):
        return NONE
    found: list[Words] = []
    run = ""
    for op, value in (*parsed, (None, None)):
        if op is sre.LITERAL:
            run += chr(value)
            continue
        found += [frozenset((run,))] if run else []
        run = ""
        found.append(_item(op, value))
    return max(found, key=lambda words: (min(map(len, words), default=0), -len(words)), default=NONE)


def _item(op: Any, value: Any) -> Words:  # noqa: ANN401
    """What a part of a sequence asks for; none for one that may be left out or is about what must not stand."""
    if op is sre.IN:
        return _characters(value)
    if op is sre.BRANCH:
        return _any(map(_sequence, value[1]))
    if op is sre.SUBPATTERN:
        return _sequence(value[3]) if not value[1] else NONE
    if op is sre.ASSERT:
        return _sequence(value[1])
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT) and value[0] > 0:
        return _sequence(value[2])
    return _sequence(value) if op is sre.ATOMIC_GROUP else NONE


def _characters(options: Sequence[tuple[Any, Any]]) -> Words:
    """The characters of a small set."""
    if len(options) > _FEW or any(op is not sre.LITERAL for op, _ in options):
        return NONE
    return frozenset(chr(value) for _, value in options)


def pairs_of(text: str) -> frozenset[int]:
    """Every two neighbouring characters of a text, as numbers."""
    data = text.encode("utf-16-le", "surrogatepass")
    return frozenset(_numbers(data) + _numbers(data[2:]))


def _numbers(data: bytes) -> list[int]:
    return memoryview(data[: len(data) // 4 * 4]).cast("I").tolist()


@lru_cache(maxsize=1024)
def coded(words: Words) -> tuple[frozenset[int], tuple[tuple[str, frozenset[int]], ...]]:
    """Words with the numbers of their pairs of characters; before them the first pair of each, none at all if a word has none."""
    rows = tuple((word, pairs_of(word)) for word in sorted(words))
    firsts = frozenset(number for word, _ in rows for number in pairs_of(word[:2]))
    return (firsts if all(pairs for _, pairs in rows) else frozenset()), rows
