"""Looks through a user's own templates before they bite: every fault of every file, with its line.

A section template is parsed, its names, roles and words are looked at, and it is tried on a short outline of each genre that uses it,
without a bank. Themes, genres, layouts, quotations, rules and frames are read as drafting would read them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from drafting import desk
from drafting.config import TEMPLATES, Library, load_library, nearest
from drafting.errors import ConfigError, RenderError
from drafting.genres import genre_from
from drafting.model import Outline, Profile
from drafting.plan import variant
from drafting.quotations import load_quotations
from drafting.render import render
from drafting.sandbox import Environment, said, variants
from drafting.themes import theme_from
from phrasebank.errors import NigaoError
from phrasebank.model import ROLES
from phrasebank.search import Stack

KINDS = ("genres", "themes", "sections", "layouts", "rules", "quotations", "frames")
"""Folders of a template folder."""

VARIABLES = frozenset({"theme", "topic", "genre", "profile", "occasion", "count", "points", "budget", "people", "terms", "facets"})
FUNCTIONS = frozenset({*desk.FUNCTIONS, "range"})
_FIGURE = re.compile(r"[0-9０-９]+")
_NUMBERED = re.compile(r"(.+)-[0-9]+\.j2")
"""A variant of a section, not what others include."""


def check_templates(path: Path) -> tuple[NigaoError, ...]:
    """All faults of the templates at `path`: a template folder, one of its folders, or a file in one. Raises ConfigError when
    there is nothing to look at."""
    root = _root(path)
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in (".j2", ".yaml") and p.is_file())
    files = [file for file in files if _inside(file, root).parts[0] in KINDS]
    if not files:
        raise ConfigError(f"这里没有模板；模板放在 {'、'.join(KINDS)} 这些文件夹里", str(path))
    faults = [fault for file in files for fault in _faults(file, root)]
    once = {str(fault): fault for fault in faults or _tried(files, root)}  # what several files share is read for each of them
    return tuple(once.values())


def _root(path: Path) -> Path:
    """The template folder a path lies in: the one that holds `sections`, `genres` …"""
    if not path.exists():
        raise ConfigError("没有这个文件或文件夹", str(path))
    for folder in (path, *path.resolve().parents):
        if folder.name in KINDS:
            return folder.parent if folder.is_absolute() or path == folder else folder.resolve().parent
        if folder.is_dir() and any((folder / kind).is_dir() for kind in KINDS):
            return folder
    raise ConfigError(f"看不出这是哪一种模板；模板放在 {'、'.join(KINDS)} 这些文件夹里", str(path))


def _inside(file: Path, root: Path) -> Path:
    """A file's path as seen from the template folder, however each of them was given."""
    return file.resolve().relative_to(root.resolve())


def _faults(file: Path, root: Path) -> Iterator[NigaoError]:
    """What is wrong with one file taken by itself."""
    kind = _inside(file, root).parts[0]
    if kind == "sections" and file.suffix == ".j2":
        yield from _section_faults(file, root)
    elif reader := _READERS.get(kind):
        try:
            reader(file, root)
        except NigaoError as error:
            yield error


def _section_faults(file: Path, root: Path) -> Iterator[NigaoError]:
    env = Environment((root, TEMPLATES))
    try:
        source = file.read_text("utf-8")
        tree = env.parse(source)
        faults = sorted(_tree_faults(tree))
        env.compile(tree, file.name, str(file))
    except TemplateSyntaxError as error:
        yield RenderError(f"段落模板写法有误：{said(error)}", str(file), error.lineno)
    except (OSError, UnicodeDecodeError) as error:
        yield RenderError(f"读不出这个文件（{error}）；请存成 UTF-8", str(file))
    else:
        yield from (RenderError(message, str(file), line) for line, message in faults)


def _tree_faults(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Faults one can see without running: names nobody gives, roles that do not exist, figures."""
    given = {name.name for name in tree.find_all(nodes.Name) if name.ctx in ("store", "param")}
    given |= {macro.name for macro in tree.find_all(nodes.Macro)} | {"loop", "caller", "varargs", "kwargs"}
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and not name.name.startswith("_") and name.name not in given | VARIABLES | FUNCTIONS:
            yield name.lineno, f"没有名为 {name.name} 的变量或函数{nearest(name.name, sorted(VARIABLES | FUNCTIONS))}"
    for text in tree.find_all(nodes.TemplateData):
        for match in _FIGURE.finditer(text.data):
            line = text.lineno + text.data.count("\n", 0, match.start())
            yield line, f"模板里不能有数字“{match.group()}”；数字只能来自事实清单，请用 fact() 或 blank()"
    for call in tree.find_all(nodes.Call):
        yield from _role_faults(call)


def _role_faults(call: nodes.Call) -> Iterator[tuple[int, str]]:
    if not isinstance(call.node, nodes.Name) or call.node.name not in ("pick", "fill") or not call.args:
        return
    named = [word.value for word in call.args[0].find_all(nodes.Const)] or [getattr(call.args[0], "value", None)]
    for keyword in call.kwargs:
        if keyword.key in ("last", "spare"):
            found = (keyword.value, *keyword.value.find_all(nodes.Const))
            named += [word.value for word in found if isinstance(word, nodes.Const)]
    for role in named:
        if isinstance(role, str) and role and role not in ROLES:
            yield call.lineno, f"没有名为 {role} 的作用{nearest(role, sorted(ROLES))}"


def _tried(files: list[Path], root: Path) -> Iterator[NigaoError]:
    """Faults that show only when a template runs: each is tried in every genre that uses it."""
    library = load_library([root, TEMPLATES])
    names = {_inside(file, root / "sections").as_posix(): file for file in files if _is_section(file, root)}
    stems = {part.template for genre in library.genres.values() for part in genre.parts if part.template}
    for name, file in names.items():
        if (match := _NUMBERED.fullmatch(name)) and match[1] not in stems:
            yield RenderError(f"没有哪个文种用“{match[1]}”的模板{nearest(match[1], sorted(stems))}", str(file))
    fault = cache(partial(_fault, library))  # a draft tries a template of each of its sections
    for genre in library.genres.values():
        for stem in dict.fromkeys(part.template for part in genre.parts if part.template):
            found = variants(library.folders, stem)
            for name in (name for name in found if name in names):
                seed = next(seed for seed in range(len(found)) if variant(genre, stem, seed, found) == name)
                errors = (fault(genre.name, seed, profile) for profile in _TRIED)
                if error := next(filter(None, errors), None):
                    yield replace(error, file=str(names[name])) if error.file in (None, name) else error


def _is_section(file: Path, root: Path) -> bool:
    return file.suffix == ".j2" and _inside(file, root).parts[0] == "sections"


_TRIED = (Profile("县", year=2026), Profile("学校", "临河镇", "临河镇中心小学", "校长", year=2026))
"""Who speaks in the drafts by which templates are tried: who has told next to nothing, and one whose level is no area."""


def _fault(library: Library, genre: str, seed: int, profile: Profile) -> NigaoError | None:
    """What ends a short draft, None for nothing."""
    theme = next(iter(library.themes))
    try:
        render(Outline(genre, theme, seed=seed, profile=profile), library, Stack())
    except NigaoError as error:
        return error
    return None


def _read_with(build: Callable[[Mapping[str, Any]], Any], kind: str) -> Callable[[Path, Path], object]:
    from drafting.config import built

    return lambda file, root: built(build, file, kind)


def _read_layout(file: Path, root: Path) -> object:
    from drafting.layout import load_layout

    return load_layout(file.stem, (root, TEMPLATES)) if file.stem != "fonts" else None


def _read_rules(file: Path, root: Path) -> object:
    from drafting.checks.rules import load_rules

    return load_rules((root, TEMPLATES))


def _read_frames(file: Path, root: Path) -> object:
    from drafting.parallel.frames import load_frames

    return load_frames(file.stem, (root,)) if file.name in ("headings.yaml", "sentences.yaml") else None


_READERS: dict[str, Callable[[Path, Path], object]] = {
    "genres": _read_with(genre_from, "文种"),
    "themes": _read_with(theme_from, "主题"),
    "layouts": lambda file, root: _read_layout(file, root) if file.suffix == ".yaml" else None,
    "quotations": lambda file, root: load_quotations((root,)),
    "rules": _read_rules,
    "frames": _read_frames,
}
