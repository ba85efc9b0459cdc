"""A theme of the writer's own: a name and facets typed, made a theme file in his folder."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from drafting.config import Library, user_folder
from drafting.errors import ConfigError
from drafting.files import write_atomic
from drafting.themes import Theme, theme_from

_MARKS = re.compile(r"[、，,；;\s　]+")
_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')
_HEAD = "# 自己的主题。还可以写 heads 小标题、problems 问题、tasks 举措等，照着自带的主题文件添；改好后重开 nigao。\n"


def read_facets(text: str) -> list[tuple[str, list[str]]]:
    """Facets as typed, one a line: its name, and behind a colon words that tell it."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        name, _, rest = line.replace(":", "：").partition("：")
        if name := name.strip(" 　-·"):
            found[name] = [word for word in _MARKS.split(rest) if word]
    return list(found.items())


def make_theme(name: str, facets: str, library: Library) -> Theme:
    """A theme out of what was typed. Raises ConfigError, telling what is missing or cannot be."""
    name, rows = name.strip(), read_facets(facets)
    if not name:
        raise ConfigError("先写主题的名字，如“林长制”")
    if any(name == theme.name or name in theme.aliases for theme in library.themes.values()):
        raise ConfigError(f"已经有“{name}”这个主题了，直接选它就行")
    if len(rows) < 2:
        raise ConfigError("至少写两个侧面，一行一个：要讲的几个方面，如“巡护责任”“资金保障”")
    words = list(dict.fromkeys([name, *(facet for facet, _ in rows)]))
    facet_rows = [{"name": facet, "words": list(dict.fromkeys([facet, *words_]))} for facet, words_ in rows]
    return theme_from({"name": name, "words": words, "facets": facet_rows})


def save_theme(theme: Theme, folder: Path | None = None) -> Path:
    """Writes a theme into the user's folder and says where. Raises ConfigError, ExportError."""
    path = (folder or user_folder()) / "themes" / f"{_UNFIT.sub('', theme.name)[:40]}.yaml"
    if path.exists():
        raise ConfigError("自己的文件夹里已经有这个名字的主题文件，请换个名字", str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"建不了放主题的文件夹（{error.strerror}）", str(path.parent)) from error
    facets = [{"name": facet.name, "words": list(facet.words)} for facet in theme.facets]
    data = {"name": theme.name, "words": list(theme.words), "facets": facets}
    write_atomic(path, (_HEAD + yaml.safe_dump(data, allow_unicode=True, sort_keys=False)).encode())
    return path
