"""Sets of parallel headings for an outline to choose from: those of its sections, and the run-in headings of one section.

The genre's own rows and those the engine makes (`drafting.parallel`), each measured; the one in use comes first.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from drafting import actions
from drafting.config import Library
from drafting.model import Outline, Point
from drafting.parallel import Likeness, measure
from drafting.parallel.sets import part_headings, point_headings
from drafting.plan import plan

LIMIT = 12
"""Sets that are proposed: more is no choice but a search."""


@dataclass(frozen=True, slots=True)
class HeadingSet:
    """Headings in their order, one for each place that bears one, and how parallel they are. `used` is the set that stands there."""

    headings: tuple[str, ...]
    likeness: Likeness
    used: bool = False


def section_sets(outline: Outline, library: Library, limit: int = LIMIT) -> tuple[HeadingSet, ...]:
    """Sets for the sections that bear a heading; nothing where none does."""
    now = plan(outline, library)
    places = [n for n, section in enumerate(now.sections) if section.heading]
    rows = (tuple(row[n] for n in places) for row in actions.section_rows(outline, library))
    parts = [(now.sections[n].part.name, now.sections[n].part.role) for n in places]
    made = (part_headings(now.theme.name, parts, genre=now.genre.name, seed=seed) for seed in actions.SEEDS)
    return _sets(tuple(now.sections[n].heading for n in places), chain(rows, made), limit)


def point_sets(outline: Outline, library: Library, section: int, limit: int = LIMIT) -> tuple[HeadingSet, ...]:
    """Sets for the run-in headings of a section; nothing where it has none."""
    now = plan(outline, library).sections[section]
    headed = [point for point in now.points if point.heading]
    theme = library.theme(outline.theme).said_at(outline.profile.level)
    facets = [point.facet for point in headed]
    rows: Iterable[tuple[str, ...]] = actions.point_rows(outline, library, section) if headed else ()
    own = {f"{a}，{b}" for name in facets if (facet := theme.facet(name)) for pairs in (facet.heads, *facet.said.values(),
           *facet.heads_of.values()) for a, b in pairs}  # fmt: skip
    made: Iterator[tuple[str, ...]] = iter(())
    if all(theme.facet(name) for name in facets):
        made = (point_headings(theme, facets, role=now.part.role, seed=seed) for seed in actions.SEEDS)
    return _sets(tuple(point.heading for point in headed), chain(rows, made), limit, own)


def with_section_headings(outline: Outline, library: Library, headings: Sequence[str]) -> Outline:
    """The outline with a set put over its headed sections."""
    new = iter(headings)
    sections = [
        replace(section.plan, heading=next(new)) if section.heading else section.plan for section in plan(outline, library).sections
    ]
    return replace(outline, sections=tuple(sections))


def with_point_headings(outline: Outline, library: Library, section: int, headings: Sequence[str]) -> Outline:
    """The outline with a set put over the points of a section that bear a heading."""
    now = plan(outline, library)
    planned, new = now.sections[section], iter(headings)
    points = planned.plan.points or tuple(Point(p.facet, p.heading) for p in planned.points)
    changed = tuple(replace(p, heading=next(new)) if q.heading else p for p, q in zip(points, planned.points, strict=True))
    sections = list(actions.explicit_sections(outline, now).sections)
    sections[section] = replace(sections[section], points=changed)
    return replace(outline, sections=tuple(sections))


def _sets(
    used: tuple[str, ...], rows: Iterable[tuple[str, ...]], limit: int, own: Container[str] = frozenset()
) -> tuple[HeadingSet, ...]:
    """The set in use, then the others by their score, those first that are `own` headings of the facets': they say what is done and
    bring a paragraph of it, where frames hold for any facet. None that has most of its headings in common with one before it."""
    if not used:
        return ()
    found: list[HeadingSet] = []
    others = [HeadingSet(row, measure(row)) for row in dict.fromkeys(rows) if _fits(row, used)]
    for one in sorted(others, key=lambda one: (not all(head in own for head in one.headings), -one.likeness.score)):
        if all(2 * len(set(one.headings) & set(other)) <= len(used) for other in (used, *(f.headings for f in found))):
            found.append(one)
    return (HeadingSet(used, measure(used), used=True), *found[: limit - 1])


def _fits(row: tuple[str, ...], used: tuple[str, ...]) -> bool:
    return len(row) == len(used) and all(row) and len(set(row)) == len(row) and row != used
