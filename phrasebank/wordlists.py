"""Lists of words that ship with the miner, one row a line, fields by spaces, comments after #."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources


@lru_cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `data/<name>.txt`."""
    text = resources.files("phrasebank").joinpath(f"data/{name}.txt").read_text("utf-8")
    return tuple(tuple(line.split()) for line in text.splitlines() if line and line[0] != "#")


@lru_cache
def groups(name: str) -> dict[str, tuple[str, ...]]:
    """The words of `data/<name>.txt` by the first field of their rows; rows of one group add up."""
    grouped: dict[str, tuple[str, ...]] = {}
    for key, *words in rows(name):
        grouped[key] = (*grouped.get(key, ()), *words)
    return grouped
