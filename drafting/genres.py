"""Genres: kinds of speeches, their parts in order, their forms, and what must come from the writer (GENRES.md §2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Person = Literal["我", "我们", "unit"]
"""Who speaks: 我 for oneself, 我们 for an office one stands in, unit for a unit's written report, which has no 我."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a genre.

    `share` is its range of the whole in percent; `points` how many facets it treats unless the writer says; `heading`
    whether it bears a level-1 heading; `template` the folder and stem of its section templates; `frames` are rows of
    parallel headings for its points (with `{facet}`), the facets' own pairs otherwise; `runin` whether its points bear
    headings at all; `moves` say what it does.
    """

    name: str
    role: str
    share: tuple[float, float]
    template: str
    points: int = 0
    heading: bool = False
    frames: tuple[tuple[str, ...], ...] = ()
    moves: tuple[str, ...] = ()
    runin: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """A salutation or closing form and when it fits: at one of these occasions (words of its name) and levels, any where none
    is given."""

    text: str
    words: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    def fits(self, occasion: str, level: str) -> bool:
        """Whether it fits an occasion and the level of the speaker."""
        by_words = not self.words or any(word in occasion for word in self.words)
        return by_words and (not self.levels or level in self.levels)


@dataclass(frozen=True, slots=True)
class Must:
    """What only the writer can give and the genre cannot do without: a blank of this kind and wording, in a part."""

    part: str
    kind: str
    what: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Tone:
    """How the speaker talks to this audience: the modal words of the genre, what he may do, what he must not."""

    modals: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of speech: its parts in order, its length, its titles, forms and sets of parallel headings.

    `orders` tells whether the speaker may give orders to others (表态、研讨 may not), `spoken` whether he turns to a room.
    """

    name: str
    parts: tuple[Part, ...]
    characters: int
    range: tuple[int, int]
    titles: tuple[str, ...]
    salutation: str = ""
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    headings: tuple[tuple[str, ...], ...] = ()
    speaker: bool = True
    orders: bool = False
    about: str = ""
    person: Person = "我"
    spoken: bool = True
    salutations: tuple[Form, ...] = ()
    closings: tuple[Form, ...] = ()
    must: tuple[Must, ...] = ()
    tone: Tone = Tone()

    def part(self, name: str) -> Part | None:
        """The part of that name."""
        return next((part for part in self.parts if part.name == name), None)

    def salute(self, occasion: str, level: str) -> str:
        """The salutation for an occasion: the first form that fits, else the usual one."""
        return next((form.text for form in self.salutations if form.fits(occasion, level)), self.salutation)


def genre_from(data: Mapping[str, Any]) -> Genre:
    """A genre as its file has it. Raises KeyError for a missing key, TypeError or ValueError for a wrong type."""
    return Genre(
        name=data["name"], parts=tuple(_part(part) for part in data["parts"]),
        characters=int(data["characters"]["default"]), range=_range(data["characters"]["range"]), titles=_texts(data["titles"]),
        salutation=data.get("salutation", ""), aliases=_texts(data.get("aliases", ())), words=_texts(data.get("words", ())),
        headings=tuple(_texts(row) for row in data.get("headings", ())), speaker=bool(data.get("speaker", True)),
        orders=bool(data.get("orders", False)), about=data.get("about", ""), person=data.get("person", "我"),
        spoken=bool(data.get("spoken", True)), salutations=_forms(data.get("salutations", ())),
        closings=_forms(data.get("closings", ())), must=tuple(Must(**item) for item in data.get("must", ())),
        tone=Tone(**{key: _texts(value) for key, value in data.get("tone", {}).items()}),
    )  # fmt: skip


def _part(data: Mapping[str, Any]) -> Part:
    low, high = data["share"]
    return Part(
        name=data["part"], role=data["role"], share=(float(low), float(high)), template=data["template"],
        points=int(data.get("points", 0)), heading=bool(data.get("heading", False)),
        frames=tuple(_texts(row) for row in data.get("frames", ())), moves=_texts(data.get("moves", ())),
        runin=bool(data.get("runin", True)),
    )  # fmt: skip


def _forms(rows: Iterable[Mapping[str, Any]]) -> tuple[Form, ...]:
    return tuple(Form(row["text"], _texts(row.get("words", ())), _texts(row.get("levels", ()))) for row in rows)


def _range(pair: Iterable[int]) -> tuple[int, int]:
    low, high = pair
    return int(low), int(high)


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    """Texts, and not the characters of one text. Raises TypeError for that."""
    if isinstance(values, str):
        raise TypeError
    return tuple(values)
