"""What makes one wording better than another, whoever asks: the order in which a bank keeps its phrases."""

from __future__ import annotations

from math import log2

from phrasebank.model import Phrase

USABLE: dict[str, tuple[int, int]] = {
    "sentence": (18, 75), "heading": (6, 22), "set": (20, 110), "pair": (8, 36), "frame": (3, 30), "run": (50, 220),
    "paragraph": (80, 240),
}  # fmt: skip
"""Characters between which a wording of a kind can be used as it is."""

UNKNOWN_AGE = 8
"""Years that wording of unknown year is taken to be old."""

FADING = 0.03
"""What a year of age costs, as a share; wording of a generation ago still counts a third."""

LEAST = 0.34

PATTERN = 4
"""How many documents of a frame weigh as one of a sentence, in doublings."""


def quality(phrase: Phrase, newest_year: int | None) -> tuple[bool, int, str]:
    """A key that sorts phrases best first: offered before dropped, then by `worth`, then by id, so that no order is left to
    chance. `newest_year` is the last year known of any phrase of the bank, None where none is."""
    last = phrase.years[1] if phrase.years else None
    return bool(phrase.reason), -worth(phrase.documents, last, newest_year, len(phrase.text), phrase.kind), phrase.id


def worth(documents: int, last_year: int | None, newest_year: int | None, length: int, kind: str) -> int:
    """Evidence × freshness × usable length, in thousandths: texts that came to the wording by themselves (copies do not
    count), each doubling as much as the last; years behind the newest text; characters off what can be used as it is."""
    evidence = log2(1 + max(documents, 0))
    age = UNKNOWN_AGE if last_year is None or newest_year is None else newest_year - last_year
    if kind == "frame":  # a pattern stands everywhere and says little by itself
        evidence /= PATTERN
    return round(1000 * evidence * max(LEAST, 1 - FADING * max(age, 0)) * _usable(length, kind))


def _usable(length: int, kind: str) -> float:
    low, high = USABLE.get(kind, USABLE["sentence"])
    off = max(low - length, length - high, 0)
    return max(0.5, 1 - off / (2 * low)) if off else 1.0
