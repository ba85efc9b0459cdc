"""How much of a speech each section takes, against the range its genre gives the part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from drafting.model import Draft
from drafting.plan import Plan

FEW, MANY = "偏少", "偏多"


@dataclass(frozen=True, slots=True)
class Share:
    """A section's characters and its share of the whole in percent; `low` and `high` are the genre's range for its part, `verdict` is
    FEW, MANY or empty. Sections of one part share its range."""

    characters: int
    percent: int
    low: int
    high: int
    verdict: str = ""

    @property
    def wanted(self) -> str:
        """The range in words, empty where the genre has none."""
        return f"宜{self.low}–{self.high}%" if (self.low, self.high) != (0, 100) else ""


def shares(draft: Draft, plan: Plan) -> tuple[Share, ...]:
    """One for each section of the plan, empty ones too."""
    counts: Counter[int] = Counter()
    for block in draft.blocks:
        counts[block.slot[0]] += len("".join(block.text.split()))
    whole = draft.characters or 1
    parts: Counter[str] = Counter()
    for index, section in enumerate(plan.sections):
        parts[section.part.name] += counts[index]
    return tuple(
        _share(counts[index], whole, parts[section.part.name], section.part.share) for index, section in enumerate(plan.sections)
    )


def _share(count: int, whole: int, of_part: int, wanted: tuple[float, float]) -> Share:
    low, high = round(wanted[0]), round(wanted[1])
    return Share(count, round(100 * count / whole), low, high, judged(100 * of_part / whole, low, high))


def judged(percent: float, low: float, high: float) -> str:
    """FEW, MANY or nothing, by the figures as they are shown: what reads 23% is not below 23%."""
    taken = round(percent)
    return FEW if taken < round(low) else MANY if taken > round(high) else ""
