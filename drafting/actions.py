"""What a writer can do to an outline, each a pure function. Session keeps the way back.

Touching a paragraph settles its section first: what stood there by chance of the seed is written down point by point,
so that later changes elsewhere leave it as the writer saw it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from drafting.model import Block, Draft, Fact, Outline, Point, SectionPlan, Span
from drafting.plan import Plan
from drafting.weave import clean

_HEAD = re.compile(r"^（[一二三四五六七八九十]+）")


def change(outline: Outline, **values: Any) -> Outline:  # noqa: ANN401 - any field of Outline
    """The outline with some fields changed."""
    return replace(outline, **values)


def explicit_sections(outline: Outline, plan: Plan) -> Outline:
    """The outline with its sections written down, so that they can be moved, renamed and changed."""
    if outline.sections:
        return outline
    return replace(outline, sections=tuple(section.plan for section in plan.sections))


def settle(outline: Outline, draft: Draft, plan: Plan, section: int) -> Outline:
    """Writes a section down as it stands in the draft: one fixed point a paragraph."""
    outline = explicit_sections(outline, plan)
    old = outline.sections[section]
    if old.points and all(point.fixed for point in old.points):
        return outline
    blocks = [b for b in draft.blocks if b.kind == "paragraph" and b.slot[0] == section]
    points = tuple(_point_of(block, plan.sections[section].points) for block in blocks)
    heading = plan.sections[section].heading or "auto"
    return _with_section(outline, section, replace(old, heading=heading, points=points))


def set_items(outline: Outline, section: int, point: int, items: Sequence[str]) -> Outline:
    """The items of a fixed point: phrase ids and own sentences, in order."""
    return _with_point(
        outline, section, point, use=tuple(clean(item) for item in items if item.strip()), text="", facts=()
    )


def set_point_heading(outline: Outline, section: int, point: int, heading: str) -> Outline:
    """The run-in heading of a point; empty takes it away."""
    return _with_point(outline, section, point, heading=heading.strip())


def set_heading(outline: Outline, section: int, heading: str) -> Outline:
    """The heading of a section; empty leaves the choice to the genre."""
    return _with_section(outline, section, replace(outline.sections[section], heading=heading.strip() or "auto"))


def set_facets(outline: Outline, section: int, facets: Sequence[str]) -> Outline:
    """Lets a section treat these facets, in order; what was settled there is kept where the facet stays."""
    kept = {point.facet: point for point in outline.sections[section].points}
    points = tuple(kept.get(facet, Point(facet)) for facet in facets)
    return _with_section(outline, section, replace(outline.sections[section], points=points))


def move_section(outline: Outline, section: int, step: int) -> Outline:
    """Moves a section up (−1) or down (1); at the ends it stays."""
    target = section + step
    if not 0 <= target < len(outline.sections):
        return outline
    sections = list(outline.sections)
    sections.insert(target, sections.pop(section))
    return replace(outline, sections=tuple(sections))


def remove_section(outline: Outline, section: int) -> Outline:
    """Takes a section out; the last one stays, for no section would mean the genre's own."""
    if len(outline.sections) < 2:
        return outline
    return replace(outline, sections=outline.sections[:section] + outline.sections[section + 1 :])


def set_fact(outline: Outline, fact: Fact) -> Outline:
    """Adds a fact, or replaces the one of that name."""
    others = tuple(f for f in outline.facts if f.name != fact.name)
    return replace(outline, facts=(*others, fact))


def items_of(block: Block) -> tuple[str, ...]:
    """A paragraph as `use` items: runs of a phrase's spans become its id, everything else the words themselves."""
    items: list[str] = []
    current = ""
    for span in block.spans:
        if span.origin.kind == "phrase":
            if span.origin.ref != current:
                items.append(span.origin.ref)
            current = span.origin.ref
        elif not current or not _belongs(span):
            items = _joined(items, span.text, bool(current))
            current = ""
    return tuple(items)


def _joined(items: list[str], text: str, after_phrase: bool) -> list[str]:
    """`text` as a new item, or at the end of the last one when that is wording too."""
    if items and not after_phrase and not re.fullmatch(r"p[0-9a-f]{10}", items[-1]):
        return [*items[:-1], items[-1] + text]
    return [*items, text]


def _belongs(span: Span) -> bool:
    """Whether a span that is no phrase may be a filled slot inside one: a blank, a fact or a name."""
    return span.origin.kind in ("blank", "fact", "profile")


def _point_of(block: Block, planned: Sequence[Any]) -> Point:
    index = block.slot[1]
    facet = planned[index].facet if 0 <= index < len(planned) else ""
    heading = _HEAD.sub("", block.lead_text).rstrip("。")
    return Point(facet=facet, heading=heading, use=items_of(block), fixed=True)


def _with_section(outline: Outline, index: int, section: SectionPlan) -> Outline:
    sections = (*outline.sections[:index], section, *outline.sections[index + 1 :])
    return replace(outline, sections=sections)


def _with_point(outline: Outline, section: int, point: int, **values: Any) -> Outline:  # noqa: ANN401 - fields of Point
    plan = outline.sections[section]
    changed = replace(plan.points[point], **values)
    return _with_section(
        outline, section, replace(plan, points=(*plan.points[:point], changed, *plan.points[point + 1 :]))
    )
