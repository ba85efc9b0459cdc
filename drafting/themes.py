"""Themes: what a speech can be about, its facets, and what is known of each before the writer says a word.

A theme file holds names and wordings, never figures: the words by which mining knows it, pairs for headings, indicators to ask for, who
is in charge, typical faults and tasks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from drafting.genres import no_figure, texts_of, word_of
from drafting.voices import RANKS

Pairs = tuple[tuple[str, str], ...]
"""Headings of two halves."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure only the writer knows: what is counted, in which unit."""

    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A typical task: what is to be done, a clause that begins with a verb, and by what one sees that it is done, a noun."""

    do: str
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A side of a theme. `heads` are pairs of phrases of six characters: what is done, what it brings; `heads_of` such pairs for other
    roles than tasks, by role, `led` those of one who leads, `said` those of both that the speaker says (`said_at`); `problems` are
    clauses that go with 有的地方 and with 存在…的现象; `place` is its place among the theme's facets."""

    name: str
    words: tuple[str, ...]
    heads: tuple[tuple[str, str], ...] = ()
    facts: tuple[Indicator, ...] = ()
    who: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    heads_of: Mapping[str, Pairs] = field(default_factory=dict)
    led: Mapping[str, Pairs] = field(default_factory=dict)
    said: Mapping[str, Pairs] = field(default_factory=dict)
    place: int = 0

    def said_at(self, level: str) -> Facet:
        """The facet as a speaker of a level has it: who leads says what one who leads says, of himself and of what was done nothing
        else where he stands far from the work; who does the work by hand says nothing of that."""
        rank = RANKS.get(level, 0)
        if rank < RANKS["镇"] or not self.led:
            return self
        mine = {role: self.heads_of.get(role) or (self.heads if role == "measure" else ()) for role in self.led}
        alone = _ALONE if rank > RANKS["镇"] else ()
        return replace(self, said={role: led if role in alone else (*led, *mine[role]) for role, led in self.led.items()})

    def pairs_for(self, role: str) -> Pairs:
        """Pairs for headings over paragraphs of a role; none where the facet has none of its own for it."""
        if role == "experience":  # what was done well is told with what came of it, and the other way round
            return (*self._of(role), *self._of("achievement"))
        return self._of(role) or (self.heads if role in _TASKS else ())

    def _of(self, role: str) -> Pairs:
        return self.said.get(role) or self.heads_of.get(role, ())

    def owned(self, heading: str) -> tuple[str, ...]:
        """The pair of the facet's own that a heading is, empty for none."""
        first, _, second = heading.rstrip("。").partition("，")
        return (first, second) if (first, second) in self.every_pair() else ()

    def every_pair(self) -> Iterator[tuple[str, str]]:
        """Pairs for all roles."""
        return chain.from_iterable(self.every_group())

    def every_group(self) -> tuple[Pairs, ...]:
        """The same, role by role."""
        return (self.heads, *self.heads_of.values(), *self.led.values())


_ALONE = frozenset({"achievement", "problem", "mine", "measure", "pledge"})
"""Roles in which who stands far from the work says nothing but what one who leads says."""
_TASKS = frozenset({"measure", "pledge"})
"""Roles in which what a task's pair announces may be told."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What a speech is about. `object` is its name inside a sentence; `people` whom it is for; `sites` where one goes to see it;
    `aims` what it is for, clauses with 让; `terms` related set expressions; `laws` titles."""

    name: str
    words: tuple[str, ...]
    facets: tuple[Facet, ...]
    aliases: tuple[str, ...] = ()
    object: str = ""
    people: str = "群众"
    sites: tuple[str, ...] = ()
    aims: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()

    def said_at(self, level: str) -> Theme:
        """The theme as a speaker of a level has it (`Facet.said_at`)."""
        return replace(self, facets=tuple(facet.said_at(level) for facet in self.facets))

    def facet(self, name: str) -> Facet | None:
        """The facet of that name."""
        return next((facet for facet in self.facets if facet.name == name), None)


def theme_from(data: Mapping[str, Any]) -> Theme:
    """A theme as its file has it. Raises KeyError for a missing key, TypeError or ValueError for a wrong type, ConfigError for
    what is no text, and for a figure."""
    theme = Theme(
        name=word_of(data, "name"), words=texts_of(data["words"]),
        facets=tuple(_facet(facet, place) for place, facet in enumerate(data["facets"])),
        object=word_of(data, "object", data["name"]), people=word_of(data, "people", "群众"),
        **{key: texts_of(data.get(key, ())) for key in ("aliases", "sites", "aims", "terms", "laws")},
    )  # fmt: skip
    for text in _wordings(theme):
        no_figure(text)
    return theme


def _wordings(theme: Theme) -> Iterator[str]:
    """All that may be printed of a theme but its names."""
    yield from (*theme.sites, *theme.aims, *theme.laws, theme.people)
    for facet in theme.facets:
        yield from (*facet.who, *facet.problems, *(half for head in facet.every_pair() for half in head))
        yield from (text for task in facet.tasks for text in (task.do, task.proof))


def _facet(data: Mapping[str, Any], place: int) -> Facet:
    return Facet(
        name=word_of(data, "name"), words=texts_of(data["words"]),
        heads=tuple((a, b) for a, b in map(texts_of, data.get("heads", ()))),
        facts=tuple(Indicator(word_of(f, "name"), word_of(f, "unit", "")) for f in data.get("facts", ())),
        who=texts_of(data.get("who", ())), problems=texts_of(data.get("problems", ())),
        tasks=tuple(Task(word_of(t, "do"), word_of(t, "proof", "")) for t in data.get("tasks", ())),
        heads_of=_pairs(data.get("heads_of", {})), led=_pairs(data.get("led", {})), place=place,
    )  # fmt: skip


def _pairs(data: Mapping[str, Any]) -> dict[str, Pairs]:
    """Pairs for headings by role."""
    return {role: tuple(map(_pair, texts_of(heads))) for role, heads in data.items()}


def _pair(text: str) -> tuple[str, str]:
    """The two halves of a heading. Raises ValueError where there are not two."""
    first, second = text.split("，")
    return first, second
