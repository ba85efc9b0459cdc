"""An outline made explicit: every section with its heading, every point with its facet and heading.

What the writer left open is chosen here by the seed, so that the same outline always gives the same plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from drafting.config import Facet, Genre, Library, Part, Theme
from drafting.model import Outline, Point, SectionPlan
from drafting.parallel.chance import number as chance
from drafting.parallel.chance import pairs, spread
from drafting.parallel.sets import Draw, of_heads, part_headings, point_headings, pool_of
from phrasebank.levels import word_for

CHARACTERS_A_MINUTE = 220
"""Reading speed at a lectern: 200–250 characters a minute."""


@dataclass(frozen=True, slots=True)
class PlannedPoint:
    """A point with nothing left open; `heading` is empty where it bears none, `about` is the heading of its facet's own whose paragraph
    is to stand there, whether it bears that, another or none."""

    point: Point
    facet: str
    heading: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """A section with nothing left open. `number` counts headed sections from 1, 0 for one without heading."""

    part: Part
    plan: SectionPlan
    heading: str
    number: int
    points: tuple[PlannedPoint, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole speech as planned: `characters` is the length asked for."""

    genre: Genre
    theme: Theme
    title: str
    salutation: str
    characters: int
    sections: tuple[PlannedSection, ...]


def plan(outline: Outline, library: Library) -> Plan:
    """`outline` with every open choice made. Raises ConfigError for an unknown genre or theme."""
    genre, theme = library.genre(outline.genre), library.theme(outline.theme).said_at(outline.profile.level)
    plans = outline.sections or tuple(SectionPlan(part.name) for part in genre.parts)
    headings = iter(_section_headings(outline, genre, theme, plans))
    speech, sections = _Speech(outline, genre, theme), list[PlannedSection]()
    for index, section in enumerate(plans):
        part = genre.part(section.part) or Part(section.part, "measure", (0, 100), "", 0, True)
        heading = section.heading if section.heading != "auto" or not part.heading else next(headings, section.part)
        heading = heading if part.heading else ""
        number = 1 + sum(1 for s in sections if s.number) if heading else 0
        speech = replace(speech, said=_said(sections), faults=_faults(genre, sections))
        planned = section.points or (Point(),) * _count(speech, part, index)
        points = _points(speech, part, planned, (index, _named(sections)))
        sections.append(PlannedSection(part, section, heading, number, points))
    return Plan(
        genre,
        theme,
        _title(outline, genre, theme),
        outline.salutation or genre.salute(outline.occasion, outline.profile.level),
        length(outline, genre),
        tuple(sections),
    )


def _said(sections: Sequence[PlannedSection]) -> frozenset[str]:
    """Headings and what is told under them."""
    return frozenset(words for section in sections for point in section.points for words in (point.heading, point.about) if words)


def _faults(genre: Genre, sections: Sequence[PlannedSection]) -> dict[str, frozenset[str]]:
    """Of each facet the words of the faults that were named, as pairs of characters: what is to be done answers them."""
    named = [point for s in sections if _told_as(genre, s.part) in ("problem", "mine") for point in s.points]
    return {point.facet: pairs(point.about) - pairs(point.facet) for point in named}


def _named(sections: Sequence[PlannedSection]) -> frozenset[str]:
    """Facets whose faults were named: a task answers them first."""
    return frozenset(point.facet for section in sections if section.part.role == "problem" for point in section.points)


def length(outline: Outline, genre: Genre) -> int:
    """Characters asked for: given, or the minutes at reading speed, or the genre's usual length."""
    if outline.characters:
        return outline.characters
    return round(outline.minutes * CHARACTERS_A_MINUTE) if outline.minutes else genre.characters


def draw(seed: int, slot: str, count: int) -> int:
    """A number from 0 to `count` − 1 that depends on seed and slot alone."""
    return chance(seed, slot) % max(count, 1)


def variant(genre: Genre, stem: str, seed: int, names: Sequence[str]) -> str:
    """Which of a part's templates a draft takes. Drafts of one genre and different seeds have few in common (`chance.spread`)."""
    stems = list(dict.fromkeys(part.template for part in genre.parts))
    return names[spread(abs(seed), stems.index(stem), len(names))]


def _title(outline: Outline, genre: Genre, theme: Theme) -> str:
    if outline.title:
        return outline.title
    forms = [form for form in genre.titles if ("{occasion}" in form) == bool(outline.occasion)] or genre.titles
    form = forms[draw(outline.seed, "title", len(forms))]
    whole = word_for(outline.profile.level, "whole") or ""
    return form.format(theme=theme.name, whole=whole, occasion=outline.occasion)


def _section_headings(outline: Outline, genre: Genre, theme: Theme, plans: Sequence[SectionPlan]) -> list[str]:
    """The parallel set for the headings left open: a row of the genre's, or one made for theme and parts."""
    headed = [part for part in genre.parts if part.heading]
    names = [part.name for part in headed]
    rows = [row for row in genre.headings if len(row) == len(headed)]
    if rows:
        row: Sequence[str] = rows[draw(outline.seed, "headings", len(rows))]
    else:
        row = part_headings(theme.name, [(p.name, p.role) for p in headed], genre=genre.name, seed=outline.seed)
    by_part = dict(zip(names, row, strict=False))
    wanted = [p.part for p in plans if p.heading == "auto" and p.part in by_part]
    return [by_part[name].format(theme=theme.name) for name in wanted]


POINT = 200
"""Characters of a point: a heading, a paragraph that carries its thought through, and what the section's template says to it."""
MOST_POINTS = 6
"""Points of one section."""
FAULTS = 3
"""Faults from which what is to be done has a point for each of them and no more."""


def _count(speech: _Speech, part: Part, index: int) -> int:
    """Points of a part: those its genre gives it, more where it is long and bears headings: as many as there are frames for, or
    facets; where several faults were named, one for each."""
    if not part.runin or not part.points:
        return part.points
    if _told_as(speech.genre, part) in ("measure", "pledge") and (named := sum(map(bool, speech.faults.values()))) >= FAULTS:
        return named
    framed = part.frames and not _own(speech, part, index)
    most = max(map(len, part.frames)) if framed else MOST_POINTS
    size = length(speech.outline, speech.genre) * sum(part.share) / 200
    return max(part.points, min(round(size / POINT), most, len(speech.theme.facets)))


def _own(speech: _Speech, part: Part, index: int) -> bool:
    """Whether a part of this draft bears headings of the facets' own though its genre has frames for it."""
    return _told_as(speech.genre, part) in OWN and draw(speech.outline.seed, f"own|{index}", 4) > 0


@dataclass(frozen=True, slots=True)
class _Speech:
    """What is to be planned, its genre and theme found; `said` are the headings of points before, `faults` the words of
    the faults named, by facet."""

    outline: Outline
    genre: Genre
    theme: Theme
    said: frozenset[str] = frozenset()
    faults: Mapping[str, frozenset[str]] = field(default_factory=dict)


def _points(
    speech: _Speech, part: Part, points: Sequence[Point], place: tuple[int, frozenset[str]]
) -> tuple[PlannedPoint, ...]:
    index, named = place
    facets = _facets(speech.outline, speech.theme, points, (index, named if part.role in ("measure", "cause") else frozenset()))
    headings = _point_headings(speech, part, facets, index)
    borne = [heading if point.heading == "auto" else point.heading for point, heading in zip(points, headings, strict=True)]
    abouts = (_about(speech, part, facet, heading, index) for facet, heading in zip(facets, borne, strict=True))
    return tuple(
        PlannedPoint(replace(point, facet=facet), facet, heading, about)
        for point, facet, heading, about in zip(points, facets, borne, abouts, strict=True)
    )


def _draw(speech: _Speech, index: int) -> Draw:
    return Draw(speech.outline.seed, index * MOST_POINTS, speech.said, speech.faults)


def _about(speech: _Speech, part: Part, name: str, heading: str, index: int) -> str:
    """The heading of the facet's own whose paragraph a point tells: the one it bears, else one drawn for it."""
    facet, role = speech.theme.facet(name), _told_as(speech.genre, part)
    if facet is None or (owned := "，".join(facet.owned(heading))):
        return "" if facet is None else owned
    pool = pool_of(facet, role, _draw(speech, index)) if role in OWN else []
    return "，".join(pool[0]) if pool else ""


def _facets(
    outline: Outline, theme: Theme, points: Sequence[Point], place: tuple[int, frozenset[str]]
) -> tuple[str, ...]:
    """The facets of a section's points: those given, and for the others facets not yet used there, those named before first, in
    the theme's order."""
    index, named = place
    given = {point.facet for point in points if point.facet}
    free = [facet.name for facet in theme.facets if facet.name not in given]
    free.sort(key=lambda name: (name not in named, draw(outline.seed, f"facet|{index}|{name}", 1 << 32)))
    open_points = sum(not point.facet for point in points)
    order = [facet.name for facet in theme.facets]
    chosen = iter(sorted(free[:open_points], key=order.index) + [""] * open_points)
    return tuple(point.facet or next(chosen) for point in points)


OWN = frozenset({"achievement", "experience", "significance", "problem", "mine", "measure", "pledge"})
"""Roles whose paragraphs the facets have headings of their own for (`Facet.pairs_for`)."""


def _told_as(genre: Genre, part: Part) -> str:
    """What the paragraphs of a part are: a speaker's own faults and promises where he speaks for himself."""
    mine = {"problem": "mine", "measure": "pledge"} if genre.person == "我" else {}
    return part.tells or mine.get(part.role, part.role)


def _point_headings(speech: _Speech, part: Part, facets: Sequence[str], index: int) -> tuple[str, ...]:
    """A parallel heading for each facet: a row of the part's frames, a set made for the facets, or their own pairs; none where
    the part's points bear none."""
    if not (facets and part.points and part.runin):
        return ("",) * len(facets)
    outline, theme = speech.outline, speech.theme
    role, own = _told_as(speech.genre, part), [theme.facet(name) for name in facets]
    if _own(speech, part, index) and (said := of_heads(own, role, _draw(speech, index))):
        return said
    if rows := [row for row in part.frames if len(row) >= len(facets)]:
        row = rows[draw(outline.seed, f"frames|{index}", len(rows))]
        return tuple(frame.format(facet=facet) if facet else "" for frame, facet in zip(row, facets, strict=False))
    if all(own):
        made = point_headings(theme, facets, role=role, genre="", draw=_draw(speech, index))
        if made:
            return made
    verbs: set[str] = set()
    return tuple(_pair(outline, theme.facet(name), verbs, index) for name in facets)


def _pair(outline: Outline, facet: Facet | None, verbs: set[str], index: int) -> str:
    if facet is None or not facet.heads:
        return ""
    order = sorted(facet.heads, key=lambda head: draw(outline.seed, f"head|{index}|{head[0]}", 1 << 32))
    head = next((h for h in order if not verbs & {h[0][:2], h[1][:2]}), order[0])
    verbs |= {head[0][:2], head[1][:2]}
    return "，".join(head)
