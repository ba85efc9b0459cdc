"""How much the banks hold for a theme: in all, by what sentences do in a speech, and by facet.

Counted in the index alone, and no further than `ENOUGH`: with millions of phrases only whether there is enough is of interest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drafting.themes import Theme
from phrasebank.model import ROLES
from phrasebank.search import Query, Stack

ENOUGH = 2000
"""Counts stop here."""
_COUNT = f"SELECT count(*) FROM (SELECT 1 FROM phrase_index WHERE phrase_index MATCH ? LIMIT {ENOUGH})"


@dataclass(frozen=True, slots=True)
class Supply:
    """Sentences for a theme; roles and facets without any are left out of neither."""

    total: int = 0
    roles: Mapping[str, int] = field(default_factory=dict)
    facets: Mapping[str, int] = field(default_factory=dict)


def count(stack: Stack, query: Query) -> int:
    """How many phrases the banks have for the properties of a query, up to `ENOUGH`; what the user hid counts too."""
    expression = " AND ".join(f'"{token}"' for token in query.properties())
    return min(ENOUGH, sum(int(bank.rows(_COUNT, (expression,))[0][0]) for bank, _ in stack.banks))


def supply_of(stack: Stack, theme: Theme) -> Supply:
    """What the banks hold for a theme."""
    roles = [role for role in ROLES if role not in ("heading", "transition")]
    return Supply(
        count(stack, Query(theme=theme.name, kind="sentence")),
        {role: count(stack, Query(theme=theme.name, role=role, kind="sentence")) for role in roles},
        {f.name: count(stack, Query(theme=theme.name, facet=f.name, kind="sentence")) for f in theme.facets},
    )


def told(number: int) -> str:
    """A count as people read it: what reaches `ENOUGH` may be more."""
    return f"{number}+" if number >= ENOUGH else str(number)
