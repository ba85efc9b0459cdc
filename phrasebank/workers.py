"""One function over many items, in this process or in several, the results always in the order of the items."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

Progress = Callable[[int, int, str], None]
"""Called after each item with the items done, all items, and the item's name."""


def in_processes(one: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """`one` of each item, in at most `jobs` processes; `one` must be picklable where `jobs` is above 1."""
    if jobs <= 1 or len(items) < 2:
        yield from map(one, items)
        return
    with ProcessPoolExecutor(min(jobs, len(items))) as pool:
        yield from pool.map(one, items, chunksize=max(1, len(items) // (jobs * 8)))
