"""Keys of grams: 64-bit polynomial hashes of the hashes of their words, the same in every process, whatever its vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Longs = NDArray[np.int64]
Keys = NDArray[np.uint64]


def hashes(vocabulary: Sequence[str]) -> Keys:
    """[v] 64-bit hashes of words, the same in every process."""
    digests = b"".join(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest() for word in vocabulary)
    return np.frombuffer(digests, "<u8").astype(np.uint64)


BASE = np.uint64(0x9E3779B97F4A7C15)
"""An odd number, so that it has an inverse modulo 2**64."""


@cache
def power(exponent: int) -> np.uint64:
    """The base of the polynomial hash to a power, modulo 2**64."""
    return np.uint64(pow(int(BASE), exponent, 1 << 64))


@cache
def inverse_power() -> np.uint64:
    """What undoes one multiplication by the base."""
    return np.uint64(pow(int(BASE), -1, 1 << 64))


def position(ordered: Keys, keys: Keys) -> Longs:
    """Where each key stands in a sorted array, -1 where it does not."""
    if not len(ordered):
        return np.full(len(keys), -1, np.int64)
    at = np.minimum(np.searchsorted(ordered, keys), len(ordered) - 1)
    return np.where(ordered[at] == keys, at, -1)
