"""Whether a name is meant by what was typed: its characters, or their pinyin by initials or syllables (深色, ss, shense)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from phrasebank.pinyin import Place, pair_keys, parses


def rank(typed: str, name: str) -> int | None:
    """How well `name` fits all that was typed, 0 best; None where it does not. Words may come in any order; full-width letters
    count as half-width ones."""
    ranks = [_rank(word, name.lower()) for word in _words(typed)]
    return None if None in ranks else sum(found for found in ranks if found is not None)


@lru_cache(64)
def _words(typed: str) -> tuple[str, ...]:
    """What was typed, a word each: it is asked for with every name there is."""
    return tuple(unicodedata.normalize("NFKC", typed).lower().split())


@lru_cache(4096)
def _rank(word: str, name: str) -> int | None:
    """0 at the head, 1 inside, 2 and 3 likewise by pinyin."""
    if (at := name.find(word)) >= 0:
        return 0 if at == 0 else 1
    starts = [at for places in _ways(word) for at in range(len(name) - len(places) + 1) if _stands(places, name[at:])]
    return None if not starts else 2 if min(starts) == 0 else 3


def _ways(word: str) -> tuple[tuple[Place, ...], ...]:
    """What was typed as pinyin; a single letter is the initial of a character, which is enough among a few names."""
    return ((Place(word),),) if len(word) == 1 and "a" <= word <= "z" else parses(word)


def _stands(places: tuple[Place, ...], text: str) -> bool:
    return all(_is(place, character) for place, character in zip(places, text, strict=False))


def _is(place: Place, character: str) -> bool:
    if place.characters:
        return character in place.characters
    return place.initials in _initials(character)


@lru_cache(8192)
def _initials(character: str) -> frozenset[str]:
    return frozenset(key[0] for key in pair_keys(character * 2))
