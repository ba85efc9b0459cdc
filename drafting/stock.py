"""What a theme lends to a draft: sites, aims, laws, tasks and faults, each used once as far as there are enough.

Which are taken is drawn by the seed, and they keep the order they have in the theme's file.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from drafting.genres import Form
from drafting.numerals import chinese
from drafting.parallel.chance import number, pairs
from drafting.themes import Facet, Task, Theme

T = TypeVar("T", bound=Hashable)

_ORDINALS = ("首先", "其次", "再次", "最后")


@dataclass(frozen=True, slots=True)
class Step:
    """An item of a list in a template: `mark` is its spoken number (一要, 二是, 首先), `text` its words; for a task `do` and `proof`,
    and `who` is in charge. Printed, it is its words."""

    mark: str
    text: str
    proof: str = ""
    who: str = ""
    first: bool = False
    last: bool = False

    @property
    def do(self) -> str:
        """What is to be done; the same as `text`."""
        return self.text

    def __str__(self) -> str:
        return self.text


@dataclass(slots=True)
class Stock:
    """What one draft takes from a theme. `used` are the items taken, of all sections."""

    theme: Theme
    seed: int
    used: set[Hashable] = field(default_factory=set)

    def take(self, items: Sequence[T], count: int, near: frozenset[str] = frozenset()) -> tuple[T, ...]:
        """`count` items, unused ones first, then those with most of the pairs of characters in `near`, drawn by the seed, in the
        order they are given; fewer when there are fewer."""

        def rank(item: T) -> tuple[bool, int, int]:
            words = written(item)
            return item in self.used, -len(near & pairs(words)) if near else 0, number(self.seed, words)

        ranked = sorted(items, key=rank)[: max(count, 0)]
        self.used.update(ranked)
        return tuple(item for item in items if item in ranked)

    def steps(
        self, items: Sequence[str | Task], count: int | None, marks: str, who: Sequence[str] = (), near: frozenset[str] = frozenset()
    ) -> tuple[Step, ...]:
        """Items as numbered steps: `marks` is 要 or 是 (一要, 二要), 首先 for 首先、其次 …, 第 for 第一, empty for none."""
        taken = self.take(items, len(items) if count is None else count, near)
        return tuple(self._step(n, item, len(taken), marks, who) for n, item in enumerate(taken))

    def one_of(self, forms: Sequence[Form]) -> str:
        """The text of one form, by the seed; empty when there is none."""
        found = self.take(tuple(form.text for form in forms), 1)
        return found[0] if found else ""

    def _step(self, n: int, item: str | Task, count: int, marks: str, who: Sequence[str]) -> Step:
        text, proof = (item.do, item.proof) if isinstance(item, Task) else (str(item), "")
        return Step(mark_of(n, count, marks), text, proof, who[n % len(who)] if who else "", n == 0, n == count - 1)


@lru_cache(maxsize=1 << 12)
def written(item: Hashable) -> str:
    """An item as it is told from others."""
    return str(item)


def mark_of(n: int, count: int, marks: str) -> str:
    """The spoken number of the item at place `n` (from 0) of `count`; none where there is one item only."""
    if not marks or count < 2:
        return ""
    if marks == "首先":
        return _ORDINALS[min(n, 2) if n < count - 1 else 3] + "，"
    return f"第{chinese(n + 1)}，" if marks == "第" else f"{chinese(n + 1)}{marks}"


def facet_of(theme: Theme, name: str) -> Facet:
    """The facet of that name; an empty one for a name of the writer's own."""
    return theme.facet(name) or Facet(name, ())
