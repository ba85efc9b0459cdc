"""Genres, themes and section templates as data: ours under `templates/`, a user's own in a folder before it.

A file of the user's overrides ours of the same name. Nothing is cached across `load_library` calls, so that an edited
file is seen by the next one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from drafting.errors import ConfigError, closest
from drafting.genres import Genre, Part, genre_from
from drafting.themes import Facet, Indicator, Theme, theme_from
from phrasebank.model import Lexicon, Topic

__all__ = [
    "TEMPLATES", "Facet", "Genre", "Indicator", "Library", "Part", "Theme", "load_library", "nearest", "read_yaml", "template_folders",
    "user_folder",
]  # fmt: skip

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
"""The data that ships: beside the package in a wheel, in an editable install and in a checkout alike."""

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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


def template_folders() -> tuple[Path, ...]:
    """Where templates lie: the user's folder, where there is one, before ours."""
    own = user_folder()
    return (own, TEMPLATES) if own.is_dir() else (TEMPLATES,)


def load_library(
    folders: Sequence[Path] | None = None, faults: list[ConfigError] | None = None, *, themes: bool = True
) -> Library:
    """Every genre and theme under `folders` (the user's folder and ours by default); no theme unless `themes`. Raises ConfigError, with
    the file; where a list for `faults` is given, files of the user's that have one are told there and left out, ours of the same name
    in their place."""
    places = tuple(folders) if folders is not None else template_folders()
    found = sorted(_built(places, "genres", _genre, faults), key=lambda genre: genre.rank)
    genres = {genre.name: genre for genre in found}
    told = {theme.name: theme for theme in _built(places, "themes", _theme, faults)} if themes else {}
    return Library(genres, told, places)


def _built(places: Sequence[Path], kind: str, build: Callable[[Path], Any], faults: list[ConfigError] | None) -> Iterator[Any]:
    for path in _files(places, kind):
        try:
            yield build(path)
        except ConfigError as error:
            if faults is None or path.is_relative_to(TEMPLATES):
                raise
            faults.append(error)
            if (ours := TEMPLATES / kind / path.name).is_file():
                yield build(ours)


def nearest(name: str, names: Sequence[str]) -> str:
    """「；最接近的是“…”」 when one of `names` is near, otherwise all of them when they are few."""
    listed = "，可用的有：" + "、".join(sorted(names)[:12]) if names else ""
    return closest(name, names) or listed


def read_yaml(path: Path) -> Any:  # noqa: ANN401 - YAML is what it is
    """A YAML file's content. Raises ConfigError with file and line."""
    try:
        return yaml.load(path.read_text("utf-8"), Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise ConfigError("YAML 写法有误", str(path), mark.line + 1 if mark else None) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(f"读不出这个文件（{error}）", str(path)) from error


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
    return built(genre_from, path, "文种")


def _theme(path: Path) -> Theme:
    return built(theme_from, path, "主题")


def built(build: Callable[[Mapping[str, Any]], Any], path: Path, kind: str) -> Any:  # noqa: ANN401 - Genre or Theme
    """What a file of a kind holds. Raises ConfigError, with the file, for a missing key or a wrong type."""
    try:
        return build(_mapping(path, kind))
    except ConfigError as error:
        raise error if error.file else ConfigError(error.message, str(path)) from error
    except KeyError as error:
        raise ConfigError(f"{kind}文件缺少“{error.args[0]}”", str(path)) from error
    except (AttributeError, TypeError, ValueError) as error:
        raise ConfigError(f"{kind}文件有一项写错了类型；请对照自带的同类文件", str(path)) from error
