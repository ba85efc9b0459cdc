"""Choices that depend on a seed alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import count as counting
from itertools import islice, product
from math import isqrt
from typing import TypeVar

T = TypeVar("T")


def number(seed: int, slot: str) -> int:
    """A number of 64 bits that depends on seed and slot alone."""
    return int.from_bytes(hashlib.blake2b(f"{seed}|{slot}".encode(), digest_size=8).digest(), "big")


def spread(seed: int, place: int, count: int) -> int:
    """A number from 0 to `count` − 1 for the choice at a place of a draft, so that drafts of different seeds agree in few places.

    The seed's digits to a prime base are the coefficients of a polynomial that is evaluated at the place (Reed and Solomon
    1960): two seeds below the square of the base agree in one place at most, seeds that follow each other in none. The base is
    `count`, or the next prime; a value beyond the choices becomes one of them by chance.
    """
    base, value, power, rest = _prime(count), 0, 1, seed
    while rest and count > 1:
        rest, digit = divmod(rest, base)
        value, power = value + digit * power, power * place % base
    value %= base
    return value if value < count else number(seed, f"beyond|{place}") % max(count, 1)


@lru_cache(maxsize=1 << 10)
def _prime(least: int) -> int:
    """The smallest prime from `least` on."""
    return next(n for n in counting(max(least, 2)) if all(n % d for d in range(2, isqrt(n) + 1)))


def shuffled(items: Iterable[T], seed: int, slot: str) -> list[T]:
    """The items in an order that depends on seed and slot alone."""
    return [item for _, _, item in sorted((number(seed, f"{slot}|{n}"), n, item) for n, item in enumerate(items))]


@lru_cache(maxsize=1 << 14)
def pairs(text: str) -> frozenset[str]:
    """All runs of two Han characters of a text."""
    return frozenset(text[n : n + 2] for n in range(len(text) - 1) if text[n : n + 2].isalnum())


def choices(pools: Sequence[Sequence[T]], tries: int) -> Iterator[tuple[T, ...]]:
    """At most `tries` ways to take one of each pool, the first of each first."""
    return islice(product(*pools), tries)
