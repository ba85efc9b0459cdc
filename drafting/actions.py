"""What a writer can do to an outline, each a pure function. Session keeps the way back.

Touching a paragraph settles its section first: what stood there by chance of the seed is written down point by point,
so that later changes elsewhere leave it as the writer saw it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from drafting.config import Library
from drafting.model import Blank, Block, Draft, Fact, Outline, Point, SectionPlan, Span, has_words
from drafting.numerals import unnumbered
from drafting.plan import Plan, PlannedPoint, plan
from drafting.weave import clean

SpansOf = Callable[[str], tuple[Span, ...]]
"""A phrase's spans by its id, as the draft prints them."""

SEEDS = range(1, 41)
"""Seeds tried when headings are drawn anew; genres have far fewer rows than that."""

RUN_IN_NUMBER = re.compile(r"^（[一二三四五六七八九十]+）")
"""What stands before a run-in heading and changes with every move."""
_SENTENCE = re.compile(r"[^。！？]*[。！？]+[”’」』）]*|[^。！？]+$")


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence of a paragraph: `use` as the outline keeps it, a phrase's id or own words, and its spans in the draft."""

    use: str
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The sentence as the reader sees it."""
        return "".join(span.text for span in self.spans)

    @property
    def joins(self) -> bool:
        """Whether all of it is said by a template, but for what is filled in: it leads from one thing to the next."""
        kinds = {span.origin.kind for span in self.spans}
        return "template" in kinds and kinds.isdisjoint(("phrase", "writer", "quotation"))

    @property
    def phrase(self) -> str:
        """The phrase's id, empty for own words."""
        return "" if has_words(self.use) else self.use


def change(outline: Outline, **values: Any) -> Outline:  # noqa: ANN401 - any field of Outline
    """The outline with some fields changed."""
    return replace(outline, **values)


def tidy(outline: Outline) -> Outline:
    """The outline as it reads when it has been saved: no spaces around texts, no empty sentences, no facts that are not there."""
    stripped: Outline = _stripped(outline)
    names = {fact.name for fact in stripped.facts}

    def point(p: Point) -> Point:
        return replace(p, use=tuple(filter(None, p.use)), facts=tuple(name for name in p.facts if name in names))

    sections = tuple(replace(s, points=tuple(map(point, s.points))) for s in stripped.sections)
    return replace(stripped, sections=sections, cases=tuple(filter(None, stripped.cases)))


def retarget(outline: Outline, library: Library, *, genre: str = "", theme: str = "") -> Outline:
    """The outline for another genre or theme. Its sections go: their parts and facets are not those of the new one
    (`Session.retarget` keeps the writer's own words)."""
    genre = library.genre(genre or outline.genre).name
    theme = library.theme(theme or outline.theme).name
    if (genre, theme) == (outline.genre, outline.theme):
        return outline
    return replace(outline, genre=genre, theme=theme, sections=())


def explicit_sections(outline: Outline, plan: Plan) -> Outline:
    """The outline with its sections written down, so that they can be moved, renamed and changed."""
    if outline.sections:
        return outline
    return replace(outline, sections=tuple(section.plan for section in plan.sections))


def is_settled(section: SectionPlan) -> bool:
    """Whether a section stands as the writer saw it, whatever the seed."""
    return bool(section.points) and all(point.fixed for point in section.points)


def settle(outline: Outline, draft: Draft, plan: Plan, section: int, spans_of: SpansOf) -> Outline:
    """Writes a section down as it stands in the draft: one fixed point a paragraph."""
    outline = explicit_sections(outline, plan)
    old = outline.sections[section]
    if is_settled(old):
        return outline
    points = tuple(_point_of(b, plan.sections[section].points, spans_of) for b in paragraphs_of(draft, section))
    heading = plan.sections[section].heading or "auto"
    return _with_section(
        outline, section, replace(old, heading=heading, points=points or (Point(heading="", fixed=True),))
    )


def paragraphs_of(draft: Draft, section: int) -> tuple[Block, ...]:
    """The paragraphs of a section, headings of their own line left out."""
    return tuple(b for b in draft.blocks if b.kind == "paragraph" and b.slot[0] == section)


def replace_points(outline: Outline, section: int, points: tuple[Point, ...]) -> Outline:
    """The outline with other points in a section."""
    return _with_section(outline, section, replace(outline.sections[section], points=points))


def set_items(outline: Outline, section: int, point: int, items: Sequence[str]) -> Outline:
    """The items of a fixed point: phrase ids and own sentences, in order."""
    return _with_point(
        outline, section, point, use=tuple(clean(item) for item in items if item.strip()), text="", facts=()
    )


def insert_point(outline: Outline, section: int, at: int, items: Sequence[str]) -> Outline:
    """A new paragraph before the one at `at`, without heading, on the facet of the one before it."""
    points = outline.sections[section].points
    facet = points[at - 1].facet if 0 < at <= len(points) else ""
    point = Point(facet=facet, heading="", use=tuple(clean(item) for item in items if item.strip()), fixed=True)
    plan = outline.sections[section]
    return _with_section(outline, section, replace(plan, points=(*points[:at], point, *points[at:])))


def remove_point(outline: Outline, section: int, point: int) -> Outline:
    """Takes a paragraph out; the last one only loses its words, for no point would mean the genre's own."""
    plan = outline.sections[section]
    points = plan.points[:point] + plan.points[point + 1 :]
    return _with_section(outline, section, replace(plan, points=points or (Point(heading="", fixed=True),)))


def set_point_heading(outline: Outline, section: int, point: int, heading: str) -> Outline:
    """The run-in heading of a point; empty takes it away."""
    return _with_point(outline, section, point, heading=unnumbered(heading))


def move_point(outline: Outline, section: int, point: int, step: int) -> Outline:
    """Moves a paragraph up (−1) or down (1); at the ends it stays."""
    points = list(outline.sections[section].points)
    target = point + step
    if not 0 <= target < len(points):
        return outline
    points.insert(target, points.pop(point))
    return _with_section(outline, section, replace(outline.sections[section], points=tuple(points)))


def set_locked(outline: Outline, section: int, point: int, locked: bool) -> Outline:
    """Locks a settled paragraph, so that drawing its section anew leaves it as it is, or unlocks it."""
    return _with_point(outline, section, point, locked=locked)


def set_heading(outline: Outline, section: int, heading: str) -> Outline:
    """The heading of a section; empty leaves the choice to the genre."""
    return _with_section(outline, section, replace(outline.sections[section], heading=unnumbered(heading) or "auto"))


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


def add_section(outline: Outline, at: int, part: str, heading: str = "") -> Outline:
    """A new section before the one at `at`: another of the genre's parts, or one of them once more."""
    section = SectionPlan(part, heading.strip() or "auto")
    return replace(outline, sections=(*outline.sections[:at], section, *outline.sections[at:]))


def remove_section(outline: Outline, section: int) -> Outline:
    """Takes a section out; the last one stays, for no section would mean the genre's own."""
    if len(outline.sections) < 2:
        return outline
    return replace(outline, sections=outline.sections[:section] + outline.sections[section + 1 :])


def redraw_headings(outline: Outline, library: Library) -> Outline:
    """The next of the genre's sets of section headings; all change together, so that they stay parallel."""
    outline = explicit_sections(outline, plan(outline, library))
    bare = replace(outline, sections=tuple(replace(s, heading="auto") for s in outline.sections))
    sets = _distinct(tuple(s.heading for s in plan(replace(bare, seed=k), library).sections) for k in SEEDS)
    row = _after(sets, tuple(s.heading for s in plan(outline, library).sections))
    pairs = zip(outline.sections, row, strict=True)
    return replace(outline, sections=tuple(replace(s, heading=h or "auto") for s, h in pairs))


def redraw_point_headings(outline: Outline, library: Library, section: int) -> Outline:
    """The next parallel set for a section's run-in headings; nothing changes where there are none."""
    now = plan(outline, library).sections[section]
    outline = explicit_sections(outline, plan(outline, library))
    if not now.part.points:
        return outline
    points = outline.sections[section].points or tuple(Point(p.facet) for p in now.points)
    bare = _with_section(
        outline, section, SectionPlan(now.part.name, points=tuple(Point(p.facet) for p in points if p.heading))
    )
    sets = _distinct(_point_row(replace(bare, seed=k), library, section) for k in SEEDS)
    row = iter(_after(sets, tuple(p.heading for p in now.points if p.heading)))
    changed = tuple(replace(p, heading=next(row, p.heading)) if p.heading else p for p in points)
    return _with_section(outline, section, replace(outline.sections[section], points=changed))


def set_fact(outline: Outline, fact: Fact) -> Outline:
    """Adds a fact, or replaces the one of that name."""
    others = tuple(f for f in outline.facts if f.name != fact.name)
    return replace(outline, facts=(*others, fact))


def fill_head(outline: Outline, block: Block, blank: Blank, value: str) -> Outline:
    """Answers a blank in the lines under the title."""
    if block.kind == "date":
        return replace(outline, date=value)
    who = outline.profile
    who = replace(who, name=value) if blank.kind == "人名" else replace(who, unit=value)
    return replace(outline, profile=who)


def remove_fact(outline: Outline, name: str) -> Outline:
    """Takes a fact off the sheet, and off the points that tell it."""
    return tidy(replace(outline, facts=tuple(fact for fact in outline.facts if fact.name != name)))


def reworded(outline: Outline, words: Mapping[str, str]) -> Outline:
    """The outline with phrases replaced by own words, by their ids."""

    def point(p: Point) -> Point:
        return replace(p, use=tuple(own for item in p.use for own in (split(words[item]) if item in words else (item,))))

    sections = (replace(s, points=tuple(map(point, s.points))) for s in outline.sections)
    return replace(outline, sections=tuple(sections))


def items_of(block: Block, spans_of: SpansOf) -> tuple[Item, ...]:
    """A paragraph sentence by sentence.

    A phrase is found by all its spans, because a blank or a name at its edge has another origin than its words; what
    no phrase covers is own words, cut where a sentence ends.
    """
    items: list[Item] = []
    own: list[Span] = []
    at = 0
    while at < len(block.spans):
        ref, length = _phrase_at(block.spans, at, spans_of)
        if ref:
            items += [*_sentences(own), Item(ref, block.spans[at : at + length])]
            own = []
        else:
            own.append(block.spans[at])
        at += length or 1
    return (*items, *_sentences(own))


def retype(items: Sequence[Item], text: str) -> tuple[str, ...]:
    """Items for a paragraph typed over: phrases that still stand word for word stay phrases, the rest are own words."""
    out: list[str] = []
    at = 0
    for item in items:
        found = text.find(item.text, at) if item.phrase and item.text else -1
        if found >= 0:
            out += [*split(text[at:found]), item.use]
            at = found + len(item.text)
    return (*out, *split(text[at:]))


def split(text: str) -> tuple[str, ...]:
    """Own words cut into sentences; a stretch without a Chinese character (2025。) is no sentence and goes with its neighbour."""
    rows: list[str] = []
    for part in _SENTENCE.findall(clean(text).strip()):
        if rows and not (_has_han(part) and _has_han(rows[-1])):
            rows[-1] += part
        else:
            rows.append(part)
    return tuple(row for row in rows if row.strip())


def cut(use: str) -> tuple[str, ...]:
    """Items for a paragraph: own words as sentences, a phrase's id as it is, nothing for nothing."""
    return split(use) if has_words(use) else tuple(filter(None, [use.strip()]))


def _has_han(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def bare_heading(lead: str) -> str:
    """A run-in heading without its number and closing mark."""
    return RUN_IN_NUMBER.sub("", lead).rstrip("。")


def _phrase_at(spans: Sequence[Span], at: int, spans_of: SpansOf) -> tuple[str, int]:
    """Id and number of spans of the phrase that begins at `at`; ("", 0) where none does."""
    for span in spans[at:]:
        if span.origin.kind == "phrase":
            whole = spans_of(span.origin.ref)
            return (span.origin.ref, len(whole)) if tuple(spans[at : at + len(whole)]) == whole else ("", 0)
    return "", 0


def _sentences(spans: Iterable[Span]) -> Iterator[Item]:
    """Own words as items; blanks are never cut."""
    row: list[Span] = []
    for span in spans:
        parts = [span.text] if span.origin.kind == "blank" else _SENTENCE.findall(span.text)
        for part in parts:
            row.append(Span(part, span.origin))
            text = "".join(s.text for s in row)
            if re.search(r"[。！？][”’」』）]*$", part) and span.origin.kind != "blank" and _has_han(text):
                yield Item(text, tuple(row))
                row = []
    if row:
        yield Item("".join(s.text for s in row), tuple(row))


def _point_of(block: Block, planned: Sequence[PlannedPoint], spans_of: SpansOf) -> Point:
    index = block.slot[1]
    facet = planned[index].facet if 0 <= index < len(planned) else ""
    heading = bare_heading(block.lead_text)
    return Point(facet=facet, heading=heading, use=tuple(item.use for item in items_of(block, spans_of)), fixed=True)


def _stripped(value: Any) -> Any:  # noqa: ANN401 - values of any kind
    """Frozen values with no spaces around any text."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, tuple):
        return tuple(_stripped(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(*(_stripped(getattr(value, f.name)) for f in fields(value)))
    return value


def point_rows(outline: Outline, library: Library, section: int) -> list[tuple[str, ...]]:
    """The sets of run-in headings there are for a section, each a heading a point that bears one; the present one first."""
    now = plan(outline, library).sections[section]
    points = tuple(Point(p.facet) for p in now.points if p.heading)
    explicit = explicit_sections(outline, plan(outline, library))
    bare = _with_section(explicit, section, SectionPlan(now.part.name, points=points))
    return _distinct([tuple(p.heading for p in now.points if p.heading), *_drawn_rows(bare, library, section)])


def _drawn_rows(bare: Outline, library: Library, section: int) -> list[tuple[str, ...]]:
    """What each seed gives a section without headings of its own; the last ones are remembered, for a writer turns them over one by one."""
    global _rows_of  # noqa: PLW0603 - what was drawn last, for threads too: put in the place of what was there, never changed
    known = next((rows for kept, row, rows in _rows_of if kept is library and row == (bare, section)), None)
    if known is None:
        known = [_point_row(replace(bare, seed=k), library, section) for k in SEEDS]
        _rows_of = (*_rows_of[-7:], (library, (bare, section), known))
    return known


_rows_of: tuple[tuple[Library, tuple[Outline, int], list[tuple[str, ...]]], ...] = ()


def section_rows(outline: Outline, library: Library) -> list[tuple[str, ...]]:
    """The sets of section headings there are, the present one first; empty for a section without heading."""
    now = plan(outline, library)
    outline = explicit_sections(outline, now)
    bare = replace(outline, sections=tuple(replace(s, heading="auto") for s in outline.sections))
    drawn = (tuple(s.heading for s in plan(replace(bare, seed=k), library).sections) for k in SEEDS)
    return _distinct([tuple(s.heading for s in now.sections), *drawn])


def _point_row(outline: Outline, library: Library, section: int) -> tuple[str, ...]:
    return tuple(p.heading for p in plan(outline, library).sections[section].points)


def _distinct(rows: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(rows))


def _after(rows: Sequence[tuple[str, ...]], now: tuple[str, ...]) -> tuple[str, ...]:
    """The row after `now`, the first one when `now` is none of them or the last."""
    return rows[(rows.index(now) + 1) % len(rows)] if now in rows else rows[0]


def _with_section(outline: Outline, index: int, section: SectionPlan) -> Outline:
    sections = (*outline.sections[:index], section, *outline.sections[index + 1 :])
    return replace(outline, sections=sections)


def _with_point(outline: Outline, section: int, point: int, **values: Any) -> Outline:  # noqa: ANN401 - fields of Point
    plan = outline.sections[section]
    changed = replace(plan.points[point], **values)
    return _with_section(
        outline, section, replace(plan, points=(*plan.points[:point], changed, *plan.points[point + 1 :]))
    )
