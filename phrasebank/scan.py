"""Looking for many words at once, quickly."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any


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


class WordFinder:
    """Tells which of many words stand in a text. One scan finds the pairs of characters that words begin with; longer words are
    looked for only where their pair stands."""

    def __init__(self, words: Iterable[str]) -> None:
        self._singles: list[str] = []
        self._by_pair: dict[tuple[str, ...], list[str]] = {}
        for word in sorted(set(words)):
            if len(word) < 2:
                self._singles.append(word)
            else:
                self._by_pair.setdefault(tuple(word[:2]), []).append(word)
        self._pairs = _pair_pattern(self._by_pair)

    def standing_in(self, text: str) -> list[str]:
        """The words that stand in `text`, in no order."""
        seen = self._by_pair.keys() & self._pairs.findall(text)
        found = [word for pair in seen for word in self._by_pair[pair] if len(word) == 2 or word in text]
        return [*found, *(word for word in self._singles if word in text)] if self._singles else found


def _pair_pattern(pairs: Collection[tuple[str, ...]]) -> re.Pattern[str]:
    """A pattern that finds, among others, each of `pairs`, overlapping ones too, as two groups."""
    firsts, seconds = ([*column] for column in zip(*pairs, strict=True)) if pairs else ([], [])
    return re.compile(f"({_set(firsts)})(?=({_set(seconds)}))" if firsts else "(?!)()()")


class WordCounter:
    """Counts many words in long texts, each as `str.count` does. Runs of two to four characters are whole numbers of 64 bits, so that
    all words of these lengths are looked up at once; the few others, and those that may overlap themselves, are counted singly."""

    def __init__(self, words: Iterable[str]) -> None:
        import numpy as np  # whoever only drafts goes without it

        wanted = {word for word in words if word}
        singly = sorted(word for word in wanted if not 2 <= len(word) <= 4 or max(word) > "\uffff" or _overlaps_itself(word))
        at_once = wanted.difference(singly)
        self._always = [word for word in singly if len(word) < 2 or max(word) > "\uffff"]
        self._singly = [(word, _number(word[:2])) for word in singly if word not in self._always]
        self._begins = np.zeros(0x10000, np.bool_)
        self._begins[_places(np.array([_number(word[:2]) for word in wanted if max(word) <= "\uffff"], np.uint32))] = True
        self._known: list[tuple[int, list[str], Any]] = []
        for size in (2, 3, 4):
            found = sorted((_number(word), word) for word in at_once if len(word) == size)
            self._known.append((size, [word for _, word in found], np.array([key for key, _ in found], np.uint64)))

    def counts(self, text: str) -> dict[str, int]:
        """How often each word stands in `text`; words that do not are left out."""
        import numpy as np

        codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
        codes = np.append(codes, np.zeros(4, np.uint16)).astype(np.uint64)
        pairs = (codes[:-1] | codes[1:] << np.uint64(16)).astype(np.uint32)
        begins = np.flatnonzero(self._begins[_places(pairs)])
        keys, seen = codes[begins], {*pairs[begins].tolist()}
        alone = (*self._always, *(word for word, pair in self._singly if pair in seen))
        counted = {word: n for word in alone if (n := text.count(word))}
        for size, words, known in self._known:
            keys = keys | codes[begins + size - 1] << np.uint64(16 * (size - 1))
            if words:
                places = np.searchsorted(known, keys).clip(max=len(words) - 1)
                found = np.bincount(places[known[places] == keys])
                counted |= {words[n]: int(found[n]) for n in np.flatnonzero(found)}
        return counted


def _places(pairs: Any) -> Any:  # noqa: ANN401 - arrays of numpy, which is not loaded here
    """Where pairs of characters are looked up: multiplicative hashing (Knuth 3, 6.4)."""
    return pairs * 0x9E3779B1 >> 16


def _number(word: str) -> int:
    return sum(ord(character) << (16 * n) for n, character in enumerate(word))


def _overlaps_itself(word: str) -> bool:
    return any(word.startswith(word[n:]) for n in range(1, len(word)))
