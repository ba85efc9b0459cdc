"""The tree of an outline changed: sections added, points moved and taken out, what stands beside them left as it is.

Open headings and facets are drawn by the place of a section, so that a section put before another would change what that one says;
all that the writer sees in the tree is therefore written down before anything is moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafting import actions
from drafting.config import Library
from drafting.model import Outline, Point, SectionPlan
from drafting.parallel.generate import SIZE, propose
from drafting.plan import Plan, PlannedSection, plan


def pinned(outline: Outline, library: Library) -> Outline:
    """The outline with the headings and facets of all sections written down."""
    planned = plan(outline, library)
    return replace(outline, sections=tuple(map(_pinned, planned.sections)))


def _pinned(section: PlannedSection) -> SectionPlan:
    settled = actions.is_settled(section.plan)
    points = section.plan.points if settled else tuple(replace(p.point, heading=p.heading) for p in section.points)
    return replace(section.plan, heading=section.heading or section.plan.heading, points=points)


def added(outline: Outline, library: Library, at: int, part: str) -> Outline:
    """The outline with a section of that part before the one at `at`: on facets no other section of the part treats, under a heading
    that stands parallel to those there are, where one is found."""
    before = plan(outline, library)
    base = pinned(outline, library)
    kind = before.genre.part(part)
    if kind is None:
        return outline
    there = {point.facet for section in before.sections if section.part.name == part for point in section.points}
    free = [facet.name for facet in before.theme.facets if facet.name not in there][: kind.points]
    heading = _beside(before, [s.heading for s in before.sections if s.heading], part) if kind.heading else "auto"
    section = SectionPlan(part, heading, tuple(Point(facet) for facet in free))
    return replace(base, sections=(*base.sections[:at], section, *base.sections[at:]))


def _beside(before: Plan, given: Sequence[str], part: str) -> str:
    """A heading beside `given`: the genre's own while the part has no section, then a parallel one, else the part's name."""
    if all(section.part.name != part for section in before.sections):
        return "auto"
    if not SIZE[0] <= len(given) + 1 <= SIZE[1]:
        return part
    found = propose(before.theme, given, len(given) + 1, limit=1, genre=before.genre.name)
    return found[0].new[0] if found else part


def moved(outline: Outline, library: Library, section: int, step: int) -> Outline:
    """The outline with a section moved up (−1) or down (1); at the ends it stays as it is."""
    if not 0 <= section + step < len(plan(outline, library).sections):
        return outline
    return actions.move_section(pinned(outline, library), section, step)


def removed(outline: Outline, library: Library, section: int) -> Outline:
    """The outline without a section; the last one stays."""
    return actions.remove_section(pinned(outline, library), section)


def point_moved(outline: Outline, library: Library, section: int, point: int, step: int) -> Outline:
    """The outline with a point of a section moved; at the ends it stays as it is."""
    if not 0 <= point + step < len(plan(outline, library).sections[section].points):
        return outline
    return actions.move_point(pinned(outline, library), section, point, step)


def point_removed(outline: Outline, library: Library, section: int, point: int) -> Outline:
    """The outline without a point of a section."""
    return actions.remove_point(pinned(outline, library), section, point)
