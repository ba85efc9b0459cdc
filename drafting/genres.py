"""Genres: kinds of speeches, their parts in order, their forms, and what must come from the writer (GENRES.md §2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any, Literal, get_args

from drafting.errors import ConfigError, closest
from phrasebank.model import ROLES

Person = Literal["我", "我们", "unit"]
"""Who speaks: 我 for oneself, 我们 for an office one stands in, unit for a unit's written report, which has no 我."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a genre.

    `share` is its range of the whole in percent; `points` how many facets it treats unless the writer says; `heading`
    whether it bears a level-1 heading; `template` the folder and stem of its section templates; `frames` are rows of
    parallel headings for its points (with `{facet}`), the facets' own pairs otherwise; `runin` whether its points bear
    headings at all; `tells` the role of what stands under them, where that is another than the part's; `moves` say what it does.
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
    tells: str = ""


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

    `orders` tells whether the speaker may give orders to others (表态、研讨 may not), `spoken` whether he turns to a
    room; `rank` is its place in lists.
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
    rank: int = 100
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
    """A genre as its file has it. Raises KeyError for a missing key, TypeError or ValueError for a wrong type, ConfigError for
    what is of the right type and cannot be."""
    _only(data, _KEYS, "文种文件")
    genre = Genre(
        name=word_of(data, "name"), parts=tuple(_part(part) for part in data["parts"]),
        characters=int(data["characters"]["default"]), range=_range(data["characters"]["range"]), titles=texts_of(data["titles"]),
        salutation=word_of(data, "salutation", ""), aliases=texts_of(data.get("aliases", ())), words=texts_of(data.get("words", ())),
        headings=tuple(texts_of(row) for row in data.get("headings", ())), speaker=bool(data.get("speaker", True)),
        orders=bool(data.get("orders", False)), about=data.get("about", ""), person=data.get("person", "我"),
        rank=int(data.get("rank", 100)),
        spoken=bool(data.get("spoken", True)), salutations=_forms(data.get("salutations", ())),
        closings=_forms(data.get("closings", ())), must=tuple(Must(**item) for item in data.get("must", ())),
        tone=Tone(**{key: texts_of(value) for key, value in data.get("tone", {}).items()}),
    )  # fmt: skip
    _check(genre)
    return genre


_KEYS = (
    "name", "rank", "about", "aliases", "words", "characters", "titles", "salutation", "salutations", "closings", "speaker", "orders",
    "person", "spoken", "tone", "must", "parts", "headings",
)  # fmt: skip
_PART_KEYS = ("part", "role", "share", "template", "points", "heading", "frames", "moves", "runin", "tells")


def word_of(data: Mapping[str, Any], key: str, default: str | None = None) -> str:
    """The text of a key. Raises KeyError where it is missing and has no default, ConfigError where it is no text or empty."""
    value = data[key] if default is None else data.get(key, default)
    if not isinstance(value, str) or not (value.strip() or default is not None):
        raise ConfigError(f"“{key}”应为一段文字，" + (f"写成了“{value}”" if value else "不能是空的"))
    return value


def _only(data: Mapping[str, Any], keys: Sequence[str], what: str) -> None:
    """Raises ConfigError for a key that nobody reads."""
    for key in data:
        if key not in keys:
            raise ConfigError(f"{what}里没有“{key}”这个键{closest(str(key), keys)}")


def _check(genre: Genre) -> None:
    """Raises ConfigError for what drafting could not use."""
    low, high = genre.range
    if not (0 < low <= high and genre.characters > 0):
        raise ConfigError("characters 里 default 应大于 0，range 应从小到大")
    if not genre.titles or not genre.parts:
        raise ConfigError("titles 和 parts 都至少要有一条")
    if genre.person not in get_args(Person):
        raise ConfigError(f"person 应为 {'、'.join(get_args(Person))} 之一，写成了“{genre.person}”")
    for title in genre.titles:
        _check_form(title, ("theme", "whole", "occasion"))
    for heading in (heading for row in genre.headings for heading in row):
        _check_form(heading, ("theme",))
    for said in (genre.salutation, *(form.text for form in (*genre.salutations, *genre.closings))):
        no_figure(said)
    for part in genre.parts:
        _check_part(part)


def _check_part(part: Part) -> None:
    if part.role not in ROLES:
        raise ConfigError(f"“{part.name}”的 role 没有“{part.role}”这一种{closest(part.role, ROLES)}")
    if not 0 <= part.share[0] <= part.share[1] <= 100:
        raise ConfigError(f"“{part.name}”的 share 应是从小到大的两个百分数")
    if part.points < 0:
        raise ConfigError(f"“{part.name}”的 points 不能小于 0")
    for frame in (frame for row in part.frames for frame in row):
        _check_form(frame, ("facet",))


def _check_form(form: str, names: Sequence[str]) -> None:
    """Raises ConfigError where a title or heading holds a figure, or anything in braces but one of `names`."""
    try:
        fields = [(field, spec, how) for _, field, spec, how in Formatter().parse(form) if field is not None]
    except ValueError:
        fields = [("", "", None)]
    if any(field not in names or spec or how for field, spec, how in fields):
        raise ConfigError(f"“{form}”里大括号写错了，这里能用的有：{'、'.join(f'{{{name}}}' for name in names)}")
    no_figure(form)


def no_figure(form: str) -> None:
    """Raises ConfigError for wording with a figure: drafting would refuse it whenever the seed chose it."""
    if re.search("[0-9０-９]", form):
        raise ConfigError(f"“{form}”里不能有数字；数字只能来自事实清单")


def _part(data: Mapping[str, Any]) -> Part:
    _only(data, _PART_KEYS, "parts 的一项")
    low, high = data["share"]
    return Part(
        name=word_of(data, "part"), role=word_of(data, "role"), share=(float(low), float(high)), template=word_of(data, "template"),
        points=int(data.get("points", 0)), heading=bool(data.get("heading", False)),
        frames=tuple(texts_of(row) for row in data.get("frames", ())), moves=texts_of(data.get("moves", ())),
        runin=bool(data.get("runin", True)), tells=word_of(data, "tells", ""),
    )  # fmt: skip


def _forms(rows: Iterable[Mapping[str, Any]]) -> tuple[Form, ...]:
    return tuple(Form(row["text"], texts_of(row.get("words", ())), texts_of(row.get("levels", ()))) for row in rows)


def _range(pair: Iterable[int]) -> tuple[int, int]:
    low, high = pair
    return int(low), int(high)


def texts_of(values: Iterable[str]) -> tuple[str, ...]:
    """Texts, and not the characters of one text. Raises TypeError for that, ConfigError for an item that is no text."""
    if isinstance(values, str):
        raise TypeError
    texts = tuple(values)
    for text in texts:
        if not isinstance(text, str):
            raise ConfigError(f"“{text}”应为一段文字；有冒号、花括号的要加引号")
    return texts
