"""The outline file (YAML): read with every fault named by line and column, and written so that it reads again the same.

`load` walks YAML nodes instead of loaded values, because only nodes know where they stand. All faults of a file are
collected and raised together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import yaml

from drafting.config import Library, Loader, Theme, nearest
from drafting.errors import OutlineError, OutlineErrors
from drafting.model import Fact, Outline, Point, Profile, SectionPlan, has_words
from drafting.nodes import Key, NodeReader, is_null
from phrasebank.levels import LEVELS

T = TypeVar("T")
_WIDE_COLON = re.compile(r"[ -]*[A-Za-z_]+：")

MAX_BYTES = 1_000_000
"""Outlines are written by hand; a larger file is something else."""


def load(path: Path, library: Library, knows_phrase: Callable[[str], bool] | None = None) -> tuple[Outline, ...]:
    """The outlines of a file, one for each YAML document.

    `knows_phrase` tells whether a bank has a phrase id; without it ids are not looked up. Raises OutlineErrors.
    """
    return loads(_read(path), str(path), library, knows_phrase, path.parent)


def loads(
    text: str,
    file: str,
    library: Library,
    knows_phrase: Callable[[str], bool] | None = None,
    folder: Path | None = None,
) -> tuple[Outline, ...]:
    """Like `load`, for text already read; paths in it are taken from `folder`. Raises OutlineErrors."""
    reader = NodeReader(file)
    try:
        documents = [node for node in yaml.compose_all(text, Loader) if node is not None and not is_null(node)]
    except yaml.YAMLError as error:
        raise OutlineErrors([_yaml_error(error, text, file)]) from error
    if not documents:
        raise OutlineErrors([OutlineError("提纲是空的；可以从 nigao new 写出的样本改起", file)])
    outlines = [_Builder(reader, library, knows_phrase, folder or Path()).outline(node) for node in documents]
    if reader.problems:
        wide = _wide_colons(text)
        reader.problems[:] = [_wide_colon(wide, p.line, p) if p.file == file else p for p in reader.problems]
        raise OutlineErrors(sorted(reader.problems, key=lambda p: (p.line or 0, p.column or 0)))
    return tuple(outlines)


def dump(outline: Outline) -> str:
    """`outline` as YAML; `loads` gives an equal outline back."""
    return yaml.dump(as_data(outline), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)


def as_data(value: Any) -> Any:  # noqa: ANN401 - walks values of any kind
    """Frozen values as plain ones, defaults left out."""
    if isinstance(value, (tuple, list)):
        return [as_data(item) for item in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    default = type(value)(**_required(value))
    kept = ((f.name, getattr(value, f.name)) for f in fields(value))
    return {name: as_data(v) for name, v in kept if name in _required(value) or v != getattr(default, name)}


class _Dumper(yaml.SafeDumper):
    """Writes figures in quotation marks only where YAML would misread them, and line ends other than \\n by their names."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = '"' if any(c in value for c in "\x85\u2028\u2029") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def _required(value: object) -> dict[str, Any]:
    names = {Outline: ("genre", "theme"), Fact: ("name", "value"), SectionPlan: ("part",)}.get(type(value), ())
    return {name: getattr(value, name) for name in names}


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise OutlineErrors([OutlineError("文件过大，不像是提纲（上限 1 MB）", str(path))])
        return path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise OutlineErrors(
            [OutlineError("没有这个提纲文件；请检查文件名，或用 nigao new 新写一份", str(path))]
        ) from error
    except UnicodeDecodeError as error:
        raise OutlineErrors([OutlineError("不是 UTF-8 编码的文本；请另存为 UTF-8", str(path))]) from error
    except IsADirectoryError as error:
        raise OutlineErrors([OutlineError("这是文件夹，不是提纲文件；成批起草请用 nigao batch", str(path))]) from error
    except OSError as error:
        raise OutlineErrors([OutlineError("读不了这个文件；请检查权限", str(path))]) from error


def _yaml_error(error: yaml.YAMLError, text: str, file: str) -> OutlineError:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return OutlineError("含有 YAML 不允许的字符", file)
    wide = {line: column for line, column in _wide_colons(text).items() if line <= mark.line + 1}
    if wide:
        return _wide_colon(wide, max(wide), OutlineError("", file))
    rows = text.splitlines()
    row = rows[mark.line] if mark.line < len(rows) else ""
    if "\t" in row[: mark.column + 1] or "\t" in row[: len(row) - len(row.lstrip())]:
        message = "用了制表符（Tab）；YAML 只能用空格缩进，请把 Tab 换成两个空格"
    else:
        message = "YAML 写法有误，多半是缩进没对齐，或冒号后少了空格、用了全角冒号"
    return OutlineError(message, file, mark.line + 1, mark.column + 1)


def _wide_colons(text: str) -> dict[int, int]:
    """Line and column of full-width colons behind what looks like a key."""
    found = ((n, _WIDE_COLON.match(row)) for n, row in enumerate(text.split("\n"), 1))
    return {n: match.end() for n, match in found if match}


def _wide_colon(wide: dict[int, int], line: int | None, problem: OutlineError) -> OutlineError:
    """What is really wrong on a line with such a colon; `problem` itself for other lines."""
    if line not in wide:
        return problem
    return OutlineError("用了全角冒号“：”；键后面要用半角冒号加一个空格", problem.file, line, wide[line])


class _Builder:
    """Builds one outline out of nodes; faults go to the reader."""

    def __init__(self, reader: NodeReader, library: Library, knows: Callable[[str], bool] | None, folder: Path) -> None:
        self.reader = reader
        self.library = library
        self.knows = knows
        self.folder = folder
        self.theme: Theme | None = None
        self.parts: tuple[str, ...] | None = None
        self.facts: tuple[Fact, ...] | None = ()

    def outline(self, node: yaml.Node) -> Outline:
        """An outline, with defaults where a key is faulty."""
        r = self.reader
        keys = {
            "genre": Key(self._genre, required=True), "theme": Key(self._theme, required=True), "title": Key(r.text),
            "subtitle": Key(r.text), "characters": Key(lambda n: r.integer(n, 100, 200_000)),
            "minutes": Key(lambda n: r.number(n, 0.5, 600)), "seed": Key(lambda n: r.integer(n, 0, 2**63)),
            "occasion": Key(r.text), "date": Key(r.text), "salutation": Key(r.text), "profile": Key(self._profile),
            "facts": Key(self._facts), "sections": Key(lambda n: r.items(n, self._section)),
        }  # fmt: skip
        values = r.mapping(node, keys, "提纲")
        return Outline(**{"genre": "", "theme": "", **values})

    def _genre(self, node: yaml.Node) -> str | None:
        name = self._named(node, self.library.genres, "文种")
        if name:
            self.parts = tuple(part.name for part in self.library.genres[name].parts)
        return name

    def _theme(self, node: yaml.Node) -> str | None:
        name = self._named(node, self.library.themes, "主题")
        self.theme = self.library.themes[name] if name else None
        return name

    def _named(self, node: yaml.Node, items: Any, kind: str) -> str | None:  # noqa: ANN401 - genres or themes
        """The proper name for a name or alias; a fault for an unknown one."""
        given = self.reader.text(node)
        found = next((name for name, item in items.items() if given == name or given in item.aliases), None)
        if given is not None and found is None:
            self.reader.fault(node, f"没有名为“{given}”的{kind}{nearest(given, list(items))}")
        return found

    def _profile(self, node: yaml.Node) -> Profile | None:
        return self._included(node, self._profile_here)

    def _profile_here(self, node: yaml.Node) -> Profile:
        r = self.reader
        keys = {name: Key(r.text) for name in ("place", "unit", "post", "name")}
        keys |= {
            "level": Key(lambda n: r.choice(n, tuple(LEVELS), "级别")),
            "year": Key(lambda n: r.integer(n, 1900, 2200)),
        }
        values = r.mapping(node, keys, "profile")
        return Profile(**values)

    def _facts(self, node: yaml.Node) -> tuple[Fact, ...] | None:
        self.facts = self._included(node, lambda n: self.reader.items(n, self._fact))
        return self.facts

    def _fact(self, node: yaml.Node) -> Fact | None:
        r = self.reader
        keys = {name: Key(r.text, required=name in ("name", "value")) for name in ("name", "value", "unit", "source")}
        keys["year"] = Key(lambda n: r.integer(n, 1900, 2200))
        values = r.mapping(node, keys, "事实")
        return Fact(**values) if {"name", "value"} <= values.keys() else None

    def _section(self, node: yaml.Node) -> SectionPlan | None:
        r = self.reader
        keys = {
            "part": Key(self._part, required=True),
            "heading": Key(r.text),
            "points": Key(lambda n: r.items(n, self._point)),
        }
        values = r.mapping(node, keys, "部分")
        return SectionPlan(**values) if "part" in values else None

    def _part(self, node: yaml.Node) -> str | None:
        if self.parts is None:
            return self.reader.text(node)
        return self.reader.choice(node, self.parts, "部分")

    def _point(self, node: yaml.Node) -> Point:
        r = self.reader
        keys = {
            "facet": Key(self._facet), "heading": Key(r.text), "text": Key(r.text), "fixed": Key(r.boolean),
            "use": Key(lambda n: r.items(n, self._phrase)), "facts": Key(lambda n: r.items(n, self._fact_name)),
        }  # fmt: skip
        return Point(**r.mapping(node, keys, "要点"))

    def _facet(self, node: yaml.Node) -> str | None:
        if self.theme is None:
            return self.reader.text(node)
        return self.reader.choice(node, tuple(facet.name for facet in self.theme.facets), "侧面")

    def _phrase(self, node: yaml.Node) -> str | None:
        given = self.reader.text(node)
        is_id = given is not None and not has_words(given)
        if is_id and self.knows is not None and not self.knows(given or ""):
            self.reader.fault(
                node, f"素材库里没有编号为“{given}”的语句；可用 nigao suggest 查编号，或加上它所在的 --bank"
            )
            return None
        return given

    def _fact_name(self, node: yaml.Node) -> str | None:
        if self.facts is None:
            return self.reader.text(node)
        return self.reader.choice(node, tuple(fact.name for fact in self.facts), "事实")

    def _included(self, node: yaml.Node, read: Callable[[yaml.Node], T]) -> T | None:
        """`read` of the node itself, or of the file it names; faults in that file are told with its name and lines."""
        if not isinstance(node, yaml.ScalarNode) or not node.value.lower().endswith((".yaml", ".yml")):
            return read(node)
        path = self.folder / node.value
        try:
            text = _read(path)
            content = yaml.compose(text, Loader)
        except OutlineErrors as error:
            self.reader.fault(node, str(error.problems[0]))
            return None
        except yaml.YAMLError as error:
            self.reader.problems.append(_yaml_error(error, text, str(path)))
            return None
        if content is None:
            self.reader.fault(node, f"“{node.value}”是空的")
            return None
        outer, self.reader.file = self.reader.file, str(path)
        try:
            return read(content)
        finally:
            self.reader.file = outer
