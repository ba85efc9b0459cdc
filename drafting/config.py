"""Genres, themes and section templates as data: ours under `templates/`, a user's own in a folder before it.

A file of the user's overrides ours of the same name. Nothing is cached across `load_library` calls, so that an edited
file is seen by the next one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from drafting.errors import ConfigError
from phrasebank.model import Lexicon, Topic

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
"""The data that ships: beside the package in a wheel, in an editable install and in a checkout alike."""

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure only the writer knows: what is counted, in which unit."""

    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A side of a theme. `heads` are pairs of verb–object phrases of six characters: what is done, what it brings."""

    name: str
    words: tuple[str, ...]
    heads: tuple[tuple[str, str], ...] = ()
    facts: tuple[Indicator, ...] = ()
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """What a speech is about."""

    name: str
    words: tuple[str, ...]
    facets: tuple[Facet, ...]
    aliases: tuple[str, ...] = ()
    object: str = ""

    def facet(self, name: str) -> Facet | None:
        """The facet of that name."""
        return next((facet for facet in self.facets if facet.name == name), None)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a genre.

    `share` is its range of the whole in percent; `points` how many facets it treats unless the writer says; `heading`
    whether it bears a level-1 heading; `template` the folder and stem of its section templates; `frames` are rows of
    parallel headings for its points (with `{facet}`), the facets' own pairs otherwise.
    """

    name: str
    role: str
    share: tuple[float, float]
    template: str
    points: int = 0
    heading: bool = False
    frames: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of speech: its parts in order, its length, its titles, salutations and sets of parallel headings.

    `orders` tells whether the speaker may give orders to others (GENRES: 表态、研讨 may not).
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

    def part(self, name: str) -> Part | None:
        """The part of that name."""
        return next((part for part in self.parts if part.name == name), None)


@dataclass(frozen=True, slots=True)
class Library:
    """All genres and themes by name, and the folders they came from, the user's first."""

    genres: Mapping[str, Genre] = field(default_factory=dict)
    themes: Mapping[str, Theme] = field(default_factory=dict)
    folders: tuple[Path, ...] = (TEMPLATES,)

    def genre(self, name: str) -> Genre:
        """The genre of that name or alias. Raises ConfigError with the nearest right name."""
        return _find(self.genres, name, "文种")

    def theme(self, name: str) -> Theme:
        """The theme of that name or alias. Raises ConfigError with the nearest right name."""
        return _find(self.themes, name, "主题")

    def lexicon(self) -> Lexicon:
        """Themes and genres as mining needs them."""
        themes = tuple(
            Topic(t.name, (t.name, *t.aliases, *t.words), tuple(Topic(f.name, (f.name, *f.words)) for f in t.facets))
            for t in self.themes.values()
        )
        genres = tuple(Topic(g.name, (g.name, *g.aliases, *g.words)) for g in self.genres.values())
        return Lexicon(themes, genres)


def user_folder() -> Path:
    """Where a user keeps templates, themes, genres and layouts of their own: $NIGAO_HOME, else ~/.config/nigao."""
    home = os.environ.get("NIGAO_HOME")
    base = os.environ.get("XDG_CONFIG_HOME")
    return Path(home) if home else (Path(base) if base else Path.home() / ".config") / "nigao"


def load_library(folders: Sequence[Path] | None = None) -> Library:
    """Every genre and theme under `folders` (the user's folder and ours by default). Raises ConfigError, with the file."""
    places = tuple(folders) if folders is not None else (*_existing(user_folder()), TEMPLATES)
    genres = {g.name: g for path in _files(places, "genres") for g in [_genre(path)]}
    themes = {t.name: t for path in _files(places, "themes") for t in [_theme(path)]}
    return Library(genres, themes, places)


def nearest(name: str, names: Sequence[str]) -> str:
    """「；最接近的是“…”」 when one of `names` is near, otherwise all of them when they are few."""
    if close := get_close_matches(name, names, 1, 0.4):
        return f"，最接近的是“{close[0]}”"
    return "，可用的有：" + "、".join(sorted(names)[:12]) if names else ""


def read_yaml(path: Path) -> Any:  # noqa: ANN401 - YAML is what it is
    """A YAML file's content. Raises ConfigError with file and line."""
    try:
        return yaml.load(path.read_text("utf-8"), Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise ConfigError("YAML 写法有误", str(path), mark.line + 1 if mark else None) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(f"读不出这个文件（{error}）", str(path)) from error


def _existing(folder: Path) -> tuple[Path, ...]:
    return (folder,) if folder.is_dir() else ()


def _files(folders: Sequence[Path], kind: str) -> list[Path]:
    """YAML files of a kind, ours first so that the user's of the same name come later and win."""
    found = {path.name: path for folder in reversed(folders) for path in sorted((folder / kind).glob("*.yaml"))}
    return list(found.values())


def _find(items: Mapping[str, Any], name: str, kind: str) -> Any:  # noqa: ANN401 - Genre or Theme
    if name in items:
        return items[name]
    for item in items.values():
        if name in item.aliases:
            return item
    raise ConfigError(f"没有名为“{name}”的{kind}{nearest(name, list(items))}")


def _mapping(path: Path, kind: str) -> Mapping[str, Any]:
    """A file's content, which must be keys with values."""
    data = read_yaml(path)
    if not isinstance(data, dict):
        raise ConfigError(f"{kind}文件应为若干“键: 值”", str(path))
    return data


def _genre(path: Path) -> Genre:
    data = _mapping(path, "文种")
    try:
        return Genre(
            name=data["name"],
            parts=tuple(_part(part) for part in data["parts"]),
            characters=int(data["characters"]["default"]),
            range=tuple(data["characters"]["range"]),
            titles=tuple(data["titles"]),
            salutation=data.get("salutation", ""),
            aliases=tuple(data.get("aliases", ())),
            words=tuple(data.get("words", ())),
            headings=tuple(tuple(row) for row in data.get("headings", ())),
            speaker=bool(data.get("speaker", True)),
            orders=bool(data.get("orders", False)),
            about=data.get("about", ""),
        )
    except KeyError as error:
        raise ConfigError(f"文种文件缺少“{error.args[0]}”", str(path)) from error
    except (AttributeError, TypeError, ValueError) as error:
        raise ConfigError("文种文件有一项写错了类型；请对照自带的同类文件", str(path)) from error


def _part(data: Mapping[str, Any]) -> Part:
    low, high = data["share"]
    return Part(
        name=data["part"], role=data["role"], share=(float(low), float(high)), template=data["template"],
        points=int(data.get("points", 0)), heading=bool(data.get("heading", False)),
        frames=tuple(tuple(row) for row in data.get("frames", ())),
    )  # fmt: skip


def _theme(path: Path) -> Theme:
    data = _mapping(path, "主题")
    try:
        return Theme(
            name=data["name"],
            words=tuple(data["words"]),
            facets=tuple(_facet(facet) for facet in data["facets"]),
            aliases=tuple(data.get("aliases", ())),
            object=data.get("object", data["name"]),
        )
    except KeyError as error:
        raise ConfigError(f"主题文件缺少“{error.args[0]}”", str(path)) from error
    except (AttributeError, TypeError, ValueError) as error:
        raise ConfigError("主题文件有一项写错了类型；请对照自带的同类文件", str(path)) from error


def _facet(data: Mapping[str, Any]) -> Facet:
    return Facet(
        name=data["name"],
        words=tuple(data["words"]),
        heads=tuple((a, b) for a, b in data.get("heads", ())),
        facts=tuple(Indicator(f["name"], f.get("unit", "")) for f in data.get("facts", ())),
        who=tuple(data.get("who", ())),
    )
