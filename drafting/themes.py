"""Themes: what a speech can be about, its facets, and what is known of each before the writer says a word.

A theme file holds names and wordings, never figures: the words by which mining knows it, pairs for headings, indicators to ask for, who
is in charge, typical faults and tasks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


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
    """A side of a theme. `heads` are pairs of verb–object phrases of six characters: what is done, what it brings; `problems` are
    clauses that go with 有的地方 and with 存在…的现象."""

    name: str
    words: tuple[str, ...]
    heads: tuple[tuple[str, str], ...] = ()
    facts: tuple[Indicator, ...] = ()
    who: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()


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

    def facet(self, name: str) -> Facet | None:
        """The facet of that name."""
        return next((facet for facet in self.facets if facet.name == name), None)


def theme_from(data: Mapping[str, Any]) -> Theme:
    """A theme as its file has it. Raises KeyError for a missing key, TypeError or ValueError for a wrong type."""
    return Theme(
        name=data["name"], words=tuple(data["words"]), facets=tuple(_facet(facet) for facet in data["facets"]),
        object=data.get("object", data["name"]), people=data.get("people", "群众"),
        **{key: _texts(data.get(key, ())) for key in ("aliases", "sites", "aims", "terms", "laws")},
    )  # fmt: skip


def _facet(data: Mapping[str, Any]) -> Facet:
    return Facet(
        name=data["name"], words=tuple(data["words"]), heads=tuple((a, b) for a, b in data.get("heads", ())),
        facts=tuple(Indicator(f["name"], f.get("unit", "")) for f in data.get("facts", ())),
        who=_texts(data.get("who", ())), problems=_texts(data.get("problems", ())),
        tasks=tuple(Task(t["do"], t.get("proof", "")) for t in data.get("tasks", ())),
    )  # fmt: skip


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    """Texts, and not the characters of one text. Raises TypeError for that."""
    if isinstance(values, str):
        raise TypeError
    return tuple(values)
