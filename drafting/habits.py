"""What is remembered for the next draft: who speaks, which genre, how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from drafting.model import Profile
from phrasebank.levels import LEVELS


@dataclass(frozen=True, slots=True)
class Habits:
    """What the last draft leaves for the next."""

    profile: Profile = field(default_factory=Profile)
    genre: str = ""
    minutes: float | None = None


def habits_from(data: Mapping[str, Any]) -> Habits:
    """Habits out of plain data; fields of a wrong kind are left at their defaults."""
    given = data.get("profile")
    profile = given if isinstance(given, dict) else {}
    texts = {f.name: v for f in fields(Profile) if isinstance(v := profile.get(f.name), str) and f.name != "year"}
    if texts.get("level") not in LEVELS:
        texts.pop("level", None)
    year = profile.get("year")
    minutes = data.get("minutes")
    return Habits(
        Profile(**texts, year=year if isinstance(year, int) and 1900 <= year <= 2200 else None),
        str(data.get("genre") or ""),
        float(minutes) if isinstance(minutes, int | float) and 0.5 <= minutes <= 600 else None,
    )
