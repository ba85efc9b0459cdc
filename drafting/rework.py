"""Larger changes to an outline, for which drafts are drawn: a section anew, another genre or theme; the writer's own words stay.

Each is a function from one outline to the next, as `drafting.actions` has them, but needs banks and templates to draw with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from drafting import actions
from drafting.config import Library
from drafting.fill import Filler
from drafting.genres import Part
from drafting.model import Outline, Point, SectionPlan, Span, has_words
from drafting.plan import Plan, plan
from drafting.render import render
from phrasebank.search import Stack

AFRESH = 3
"""Draws without what stands there that are tried where every other one keeps some of it."""
SEEDS = range(1, 9)
"""Seeds drawn with to learn what templates print of themselves: parts have three variants or four."""


@dataclass(frozen=True, slots=True)
class Rework:
    """What is drawn with."""

    library: Library
    stack: Stack
    ours: frozenset[str] = frozenset()
    """Sentences known to be a template's, whatever draw prints them."""

    def redrawn(self, outline: Outline, section: int) -> Outline:
        """A settled section drawn anew, but for paragraphs that are locked or hold words of the writer's; if it can be, so that no
        phrase of the others stays. What every draw gives, as the paragraph that a heading is of, goes with that heading, for others of
        their kind; where there are none it is left out.

        What comes next depends on what is there alone, so that the same outline always gives the same.
        """
        seeds = tuple(dict.fromkeys((outline.seed, *SEEDS)))
        points = outline.sections[section].points
        draws = [self._drawn(replace(outline, seed=seed), section, points) for seed in seeds]
        own = _Own(self.ours | self._own(outline, ()).printed | {item for draw in draws for point in draw for item in point.use})
        free = tuple(p for p in points if not p.locked and not any(own(item) for item in (*p.use, p.text)))
        start = int.from_bytes(hashlib.blake2b(str(points).encode(), digest_size=4).digest(), "big")
        turns = [(start + step) % len(draws) for step in range(len(draws))]
        there = frozenset(item for point in free for item in point.use if not has_words(item))
        others = [replace(outline, seed=seeds[turn]) for turn in turns[:AFRESH]]
        heads = self._other_heads(outline, section, free, start)
        headed = (self._drawn(one, section, row) for one, row in zip(others, heads, strict=False))
        fresh = (self._drawn(one, section, points, there) for one in others)
        rows = (_merged(points, free, draw) for draw in chain((draws[turn] for turn in turns), headed, fresh))
        best: tuple[tuple[int, int], tuple[Point, ...]] | None = None
        for row in (row for row in rows if row != points):
            stay = len(there & {item for point in row for item in point.use}), sum(point in row for point in free)
            if best is None or stay < best[0]:
                best = stay, row
            if stay == (0, 0):
                break
        return _with_points(outline, section, best[1]) if best else outline

    def retargeted(self, outline: Outline, genre: str = "", theme: str = "") -> Outline:
        """The outline for another genre or theme. What the writer wrote moves on into the part that does the same; all else is
        drawn for the new one."""
        after = actions.retarget(outline, self.library, genre=genre, theme=theme)
        if after is outline or not outline.sections:
            return after
        own = self._own(outline)
        headings = self._generated_headings(outline)
        rows = [_Kept.of(section, own, headings) for section in outline.sections]
        if not any(rows):
            return after
        parts = self.library.genre(after.genre).parts
        homes = [self._home(outline, after, section) for section in outline.sections]
        moved = [[kept for kept, home in zip(rows, homes, strict=True) if home == index and kept] for index in range(len(parts))]
        after = replace(after, sections=tuple(self._section(after, part, kept) for part, kept in zip(parts, moved, strict=True)))
        for index, part in enumerate(parts):
            if not part.points and moved[index]:
                after = self._inserted(after, index, [point for kept in moved[index] for point in kept.points])
        return after

    def _other_heads(self, outline: Outline, section: int, free: Sequence[Point], start: int) -> Iterator[tuple[Point, ...]]:
        """The points of a section under other run-in headings of their facets' own, each of them another; none where one of them is no
        such heading or stays."""
        points, theme = outline.sections[section].points, self.library.theme(outline.theme)
        headed = [point for point in points if point.heading]
        facets = [theme.facet(point.facet) for point in headed]
        own = all(facet and facet.owned(point.heading) for facet, point in zip(facets, headed, strict=True))
        if not headed or not own or any(point not in free for point in headed):
            return
        old = [point.heading for point in headed]
        rows = [row for row in actions.point_rows(outline, self.library, section) if len(row) == len(old) and _all_other(row, old)]
        for step in range(len(rows)):
            new = iter(rows[(start + step) % len(rows)])
            yield tuple(replace(point, heading=next(new)) if point.heading else point for point in points)

    def _drawn(
        self, outline: Outline, section: int, points: Sequence[Point], without: frozenset[str] = frozenset()
    ) -> tuple[Point, ...]:
        """Paragraphs for the facets of `points`, drawn by the outline's seed, of other phrases than those."""
        heads: dict[str, str] = {}
        for point in points:
            heads.setdefault(point.facet, point.heading)
        asked = tuple(Point(facet, heading) for facet, heading in heads.items() if facet)
        return self._settled(_with_points(outline, section, asked), section, without).sections[section].points

    def _settled(self, outline: Outline, section: int, without: frozenset[str] = frozenset()) -> Outline:
        def spans_of(phrase_id: str) -> tuple[Span, ...]:
            phrase = self.stack.by_id(phrase_id)
            return Filler(outline).spans(phrase) if phrase else ()

        draft = render(outline, self.library, self.stack, without=without)
        return actions.settle(outline, draft, plan(outline, self.library), section, spans_of)

    def _own(self, outline: Outline, seeds: Iterable[int] = SEEDS) -> _Own:
        """Tells the writer's words from what a template prints of itself: in a settled section both stand as words. Where it errs it
        takes the printed for the writer's, who loses nothing."""
        printed: set[str] = set()
        bare = replace(outline, sections=tuple(replace(s, points=()) for s in outline.sections))
        for seed in dict.fromkeys((outline.seed, *seeds)):
            for block in render(replace(bare, seed=seed), self.library, self.stack).blocks:
                if block.kind == "paragraph":
                    spans = (span for span in block.spans if span.origin.kind not in ("writer", "fact"))
                    printed.update(actions.split("".join(span.text for span in spans)))
                    printed.update(item.text for item in actions.items_of(block, lambda _: ()))
        return _Own(self.ours | printed)

    def _generated_headings(self, outline: Outline) -> frozenset[str]:
        """Headings that the outline may have from its genre and theme."""
        rows = actions.section_rows(replace(outline, sections=()), self.library)
        shown = plan(outline, self.library)
        facets = {f"{head[0]}，{head[1]}" for facet in shown.theme.facets for head in facet.heads}
        frames = {
            frame.format(facet=facet.name)
            for part in shown.genre.parts for row in part.frames for frame in row for facet in shown.theme.facets
        }  # fmt: skip
        drawn = {head for index, _ in enumerate(shown.genre.parts) for row in self._point_rows(outline, index) for head in row}
        return frozenset({"", "auto", *(heading for row in rows for heading in row), *facets, *frames, *drawn})

    def _point_rows(self, outline: Outline, section: int) -> list[tuple[str, ...]]:
        return actions.point_rows(replace(outline, sections=()), self.library, section)

    def _home(self, before: Outline, after: Outline, section: SectionPlan) -> int:
        """The place of the part that does in the new genre what a section did in the old one."""
        parts = self.library.genre(after.genre).parts
        old = self.library.genre(before.genre).part(section.part)
        by_name = [n for n, part in enumerate(parts) if part.name == section.part]
        by_role = [n for n, part in enumerate(parts) if old is not None and part.role == old.role]
        wide = [n for n, part in enumerate(parts) if part.points]
        return (*by_name, *by_role, *wide, 0)[0]

    def with_facets(
        self, outline: Outline, planned: Plan, section: int, facets: Sequence[str], spans_of: Callable[[str], tuple[Span, ...]]
    ) -> Outline:
        """A section on these facets: settled points of facets that stay are kept, others are drawn."""
        outline = actions.explicit_sections(outline, planned)
        old = outline.sections[section]
        kept = {p.facet for p in old.points if p.fixed} & set(facets)
        fresh = actions.set_facets(actions.replace_points(outline, section, ()), section, facets)
        if not kept:
            return fresh
        told = frozenset(item for point in old.points if point.facet in kept for item in point.use if not has_words(item))
        drawn = render(fresh, self.library, self.stack, without=told)
        drawn_plan = plan(fresh, self.library)
        settled = actions.settle(fresh, drawn, drawn_plan, section, spans_of).sections[section].points
        first = next(n for n, p in enumerate(old.points) if p.facet)
        points = [p for facet in facets for p in (old.points if facet in kept else settled) if p.facet == facet]
        bare = [p for p in old.points[first:] if not p.facet]  # what closes the section keeps its place behind them
        return actions.replace_points(outline, section, (*old.points[:first], *points, *bare))

    def _section(self, outline: Outline, part: Part, rows: Sequence[_Kept]) -> SectionPlan:
        """A part with the words that have moved there, and as many open points as it treats besides."""
        heading = next((kept.heading for kept in rows if kept.heading), "auto")
        if not part.points or not any(kept.points for kept in rows):
            return SectionPlan(part.name, heading)
        theme = self.library.theme(outline.theme)
        points = [
            replace(p, facet=p.facet if theme.facet(p.facet) else "", text="".join(p.use), use=(), fixed=False, locked=False)
            for kept in rows for p in kept.points
        ]  # fmt: skip
        return SectionPlan(part.name, heading, (*points, *(Point() for _ in range(part.points - len(points)))))

    def _inserted(self, outline: Outline, section: int, points: Sequence[Point]) -> Outline:
        """Paragraphs of the writer's before the last one of a section whose template has no place for them."""
        settled = self._settled(outline, section)
        rows = settled.sections[section].points
        own = tuple(replace(p, facet="", fixed=True) for p in points)
        return _with_points(settled, section, (*rows[:-1], *own, *rows[-1:]))


def _all_other(new: Sequence[str], old: Sequence[str]) -> bool:
    """Whether no heading stays, and each is a pair of clauses where the other was one."""
    return all(a != b and ("，" in a) == ("，" in b) for a, b in zip(new, old, strict=True))


@dataclass(frozen=True, slots=True)
class _Own:
    """Whether an item of `Point.use` is the writer's own words."""

    printed: frozenset[str]

    def __call__(self, item: str) -> bool:
        return has_words(item) and item not in self.printed


@dataclass(frozen=True, slots=True)
class _Kept:
    """What of a section is the writer's own: its heading, and points with nothing but own words and headings."""

    heading: str
    points: tuple[Point, ...]

    @classmethod
    def of(cls, section: SectionPlan, own: _Own, generated: frozenset[str]) -> _Kept:
        heading = "" if section.heading in generated else section.heading
        return cls(heading, tuple(_kept_points(section, own, generated)))

    def __bool__(self) -> bool:
        return bool(self.heading or self.points)


def _kept_points(section: SectionPlan, own: _Own, generated: frozenset[str]) -> Iterator[Point]:
    for point in section.points:
        words = tuple(item for item in (point.text, *point.use) if item and own(item))
        heading = point.heading if point.heading not in generated else ""
        if words or heading or (point.facts and not point.fixed):
            usual = "" if point.fixed and not point.heading else "auto"
            yield replace(point, heading=heading or usual, text="", use=words)


def _merged(points: Sequence[Point], free: Sequence[Point], fresh: Sequence[Point]) -> tuple[Point, ...]:
    """The points with those of `free` replaced, facet by facet, by `fresh` ones; phrases that stay are not told again."""
    kept = [point for point in points if point not in free]
    told = {item for point in kept for item in point.use}
    out: list[Point] = []
    done: set[str] = set()
    for point in points:
        if point not in free:
            out.append(point)
        elif point.facet not in done:
            done.add(point.facet)
            new = (replace(p, use=tuple(item for item in p.use if item not in told)) for p in fresh if p.facet == point.facet)
            out += [p for p in new if p.use] or [point]
    return tuple(out)


def _with_points(outline: Outline, section: int, points: tuple[Point, ...]) -> Outline:
    sections = list(outline.sections)
    sections[section] = replace(sections[section], points=points)
    return replace(outline, sections=tuple(sections))
