"""What is typed as pinyin: initials (aqsc), whole syllables (anquan), and either mixed with characters (安全sc).

Nothing of the phrases is indexed for it. The bank keeps, for each pair of neighbouring characters in use, the initials it may be
read with (`pair_keys`); what is typed is taken apart into places (`parses`), and pairs that fit are chained to the wordings that are
most used (`spelled`), as an input method does. A character with several readings counts for each of them. The readings are data
(`data/pinyin.txt`, written by tools/pinyin_table.py), so that pypinyin, which takes longer to load than a search, is not needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from string import ascii_lowercase

from phrasebank.wordlists import rows

WIDTH = 96
"""Wordings followed from place to place."""
SPELLED = 24
"""Wordings that one typed fragment may stand for."""
PARSES = 6
LONGEST = 24
"""Letters beyond which nothing is taken for pinyin."""

_TYPED = re.compile(r"[a-z\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Place:
    """What may stand in one place: initials, and the characters themselves where more is known than the initial."""

    initials: str
    characters: str = ""


Pairs = Callable[[str, str, str], Iterable[tuple[str, int]]]
"""Pairs with given initials, the most used first, whose first and second character are among the given ones ("" for any), with
how often each is used."""


UNUSUAL = 8
"""By how much less a pair counts for a reading that is not the usual one of its characters."""


@lru_cache(1)
def syllables() -> dict[str, str]:
    """Characters by how they may be read."""
    return {syllable: (usual + other).replace("-", "") for syllable, usual, other in rows("pinyin")}


@lru_cache(1)
def _initials() -> dict[str, str]:
    """The initials of each character, the usual one first."""
    found: dict[str, str] = {}
    for column in (1, 2):
        for row in rows("pinyin"):
            for character in row[column]:
                if row[0][0] not in found.get(character, ""):
                    found[character] = found.get(character, "") + row[0][0]
    return found


def pair_keys(pair: str) -> list[str]:
    """The initials that a pair of characters may be read with, the usual ones first; none for characters without a reading."""
    known = _initials()
    return [a + b for a in known.get(pair[0], "") for b in known.get(pair[1], "")]


def readings() -> Iterator[tuple[str, str, bool]]:
    """Characters, the initials they may be read with, and whether that is the usual one."""
    return ((character, initial, rank == 0) for character, initials in _initials().items() for rank, initial in enumerate(initials))


@lru_cache(256)
def parses(fragment: str) -> tuple[tuple[Place, ...], ...]:
    """The ways in which a typed fragment may be pinyin, at most `PARSES`, whole syllables first; none where it cannot be.
    A fragment of one place is none: its letter would stand for a tenth of all characters."""
    if not _TYPED.fullmatch(fragment) or len(fragment) > LONGEST or not re.search("[a-z]", fragment):
        return ()
    found = []
    for places in _parses(fragment):
        if len(places) > 1:
            found.append(places)
        if len(found) == PARSES:
            break
    return tuple(found)


def _parses(fragment: str) -> Iterator[tuple[Place, ...]]:
    if not fragment:
        yield ()
        return
    for length, place in _first_places(fragment):
        for rest in _parses(fragment[length:]):
            yield (place, *rest)


def _first_places(fragment: str) -> Iterator[tuple[int, Place]]:
    """What may stand first, and how much of the fragment it takes: a character, the longest syllables, an initial."""
    first = fragment[0]
    if first > "z":
        yield 1, Place(_initials().get(first, ""), first)
        return
    for length in range(min(6, len(fragment)), 1, -1):
        if characters := syllables().get(fragment[:length]):
            yield length, Place(first, characters)
    if fragment[:2] in ("zh", "ch", "sh"):
        yield 2, Place(first)
    if first not in "iuv":
        yield 1, Place(first)


def spelled(fragment: str, pairs: Pairs) -> tuple[str, ...]:
    """The wordings that a typed fragment may stand for, the most used first; a single letter for the pairs that begin so."""
    if len(fragment) == 1 and "a" <= fragment <= "z":
        return tuple(pair for pair, _ in _between(Place(fragment), Place(ascii_lowercase), pairs)[:SPELLED])
    found: dict[str, int] = {}
    for places in parses(fragment):
        for wording, uses in _chained(places, pairs):
            found[wording] = max(uses, found.get(wording, 0))
    return tuple(sorted(found, key=lambda wording: (-found[wording], wording))[:SPELLED])


def _chained(places: tuple[Place, ...], pairs: Pairs) -> list[tuple[str, int]]:
    """Chains of pairs through all places; a chain is used as often as its rarest pair at most."""
    chains = _between(places[0], places[1], pairs)[:WIDTH]
    for a, b in pairwise(places[1:]):
        ends = "".join({wording[-1] for wording, _ in chains})
        following: dict[str, list[tuple[str, int]]] = {}
        for pair, uses in _between(Place(a.initials, ends), b, pairs):
            following.setdefault(pair[0], []).append((pair[1], uses))
        longer = [(w + c, min(u, v)) for w, u in chains for c, v in following.get(w[-1], ())]
        chains = sorted(longer, key=lambda chain: (-chain[1], chain[0]))[:WIDTH]
    return chains


def _between(a: Place, b: Place, pairs: Pairs) -> list[tuple[str, int]]:
    found = {pair: uses for x in a.initials for y in b.initials for pair, uses in pairs(x + y, a.characters, b.characters)}
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))
