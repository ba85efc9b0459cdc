"""Which drafts of a batch share most, by runs of eight characters (grams): exact, and fit for thousands of drafts.

What is still to be filled in is no wording: every draft of a genre asks for the same, in the same words, so a blank only parts what
stands before it from what stands behind.

Drafts from one bank are made of the same sentences. So a draft is taken as its sentences and the joints between them, each of which is
cut into grams once, however many drafts it stands in; and grams that stand in the same drafts count as one with a weight. How many grams
a draft shares with each other one is counted for all others at once, in binary numbers that lie across the bits of Python's integers: bit
j of the n-th integer is the n-th digit of the count for draft j.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from drafting.summary import GRAM
from phrasebank.slots import BLANK

_ENDS = re.compile(r"[。！？；]+")
_MARKS = re.compile(r"[\W_]+")
LISTED = 20
"""Pairs that a report lists."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two drafts, the grams they share, and those as a share of the shorter one's."""

    first: str
    second: str
    shared: int
    share: float


def worst_pairs(texts: Mapping[str, str], limit: int = LISTED) -> tuple[Pair, ...]:
    """The pairs of `texts` (by name, a paragraph a line) that share most, worst first; pairs that share nothing are left out."""
    grams = _grams(list(texts.values()))
    sizes = _sizes(grams, len(texts))
    order = sorted(range(len(texts)), key=lambda place: (sizes[place], place))  # in each pair the shorter one comes first
    rank = {place: at for at, place in enumerate(order)}
    members: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for mask, weight in grams.items():
        if mask & (mask - 1):
            ranks = sorted(rank[place] for place in _places(mask))
            moved = _mask(ranks)
            for at in ranks[:-1]:
                members[at].append((moved, weight))
    names = list(texts)
    best: list[tuple[float, str, str, int]] = []
    for at, place in enumerate(order):
        size = sizes[place]
        least = -best[-1][0] if len(best) == limit else 0.0
        found = _above(_counts(members.pop(at, ()), at), max(1, int(least * size)))
        for far, count in found:
            first, second = sorted((names[place], names[order[at + 1 + far]]))
            best.append((-count / size, first, second, count))
        best = sorted(best)[:limit]
    return tuple(Pair(first, second, shared, round(-share, 4)) for share, first, second, shared in best)


def _grams(texts: Sequence[str]) -> Counter[int]:
    """How many grams stand in exactly these texts, by the texts as bits."""
    units: dict[str, int] = {}
    for place, text in enumerate(texts):
        bit = 1 << place
        for unit in _units(BLANK.sub("\n", text)):
            units[unit] = units.get(unit, 0) | bit
    masks: dict[str, int] = {}
    for unit, mask in units.items():
        for at in range(len(unit) - GRAM + 1):
            gram = unit[at : at + GRAM]
            masks[gram] = masks[gram] | mask if gram in masks else mask
    return Counter(masks.values())


def _units(text: str) -> Iterator[str]:
    """Sentences without marks, and what lies about the joint of two, so that together they hold the grams of each paragraph."""
    for paragraph in text.split("\n"):
        parts = [_MARKS.sub("", part) for part in _ENDS.split(paragraph)]
        whole, at = "".join(parts), 0
        for part in parts:
            yield part
            at += len(part)
            if at < len(whole):
                yield whole[max(0, at - GRAM + 1) : at + GRAM - 1]


def _sizes(grams: Mapping[int, int], count: int) -> list[int]:
    """How many grams each text has."""
    sizes = [0] * count
    for mask, weight in grams.items():
        for place in _places(mask):
            sizes[place] += weight
    return sizes


def _places(mask: int) -> Iterator[int]:
    """The places of the bits that are set."""
    while mask:
        bit = mask & -mask
        yield bit.bit_length() - 1
        mask ^= bit


def _mask(places: Iterable[int]) -> int:
    """The places as bits."""
    mask = 0
    for place in places:
        mask |= 1 << place
    return mask


def _counts(rows: Iterable[tuple[int, int]], place: int) -> list[int]:
    """The digits, lowest first, of how many grams the draft at `place` shares with each one after it."""
    digits: list[int] = []
    for mask, weight in rows:
        later = mask >> (place + 1)
        for level in range(weight.bit_length()):
            if weight >> level & 1:
                _add(digits, later, level)
    return digits


def _add(digits: list[int], carry: int, level: int) -> None:
    """Adds a digit to the numbers of all drafts that `carry` has a bit for."""
    while carry:
        while len(digits) <= level:
            digits.append(0)
        digits[level], carry = digits[level] ^ carry, digits[level] & carry
        level += 1


def _above(digits: Sequence[int], least: int) -> Iterator[tuple[int, int]]:
    """The places whose number is at least `least`, with it."""
    every = 0
    for digit in digits:
        every |= digit
    more, equal = 0, every
    for level in range(max(len(digits), least.bit_length()) - 1, -1, -1):
        digit = digits[level] if level < len(digits) else 0
        if least >> level & 1:
            equal &= digit
        else:
            more |= equal & digit
            equal &= ~digit
    for place in _places(more | equal):
        yield place, sum((digit >> place & 1) << level for level, digit in enumerate(digits))
