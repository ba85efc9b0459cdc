"""The outline file (YAML): read with every fault named by line and column, and written so that it reads again the same.

`load` walks YAML nodes instead of loaded values, because only nodes know where they stand. All faults of a file, and of the
files it takes profile and facts from, are collected and raised together.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

import yaml

from drafting.composing import compose, is_null, read_text, with_wide_colons
from drafting.config import Library, nearest
from drafting.errors import OutlineError, OutlineErrors
from drafting.model import Exempt, Fact, Outline, Point, Profile, SectionPlan, has_words
from drafting.nodes import Key, NodeReader
from drafting.themes import Theme
from phrasebank.levels import LEVELS

T = TypeVar("T")

CHARACTERS = (100, 200_000)
MINUTES = (0.5, 600)
SEED = (0, 2**63)
YEAR = (1900, 2200)
"""Bounds of the numbers of an outline."""
EXEMPT_ID = re.compile(r"\s*[A-Za-z]\d{0,2}\s*")
"""The id of a check, or the letter of a family."""
ENDINGS = (".yaml", ".yml")
"""How a profile or a list of facts is told from the name of a file that holds it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The outlines of a file, and the files they take profiles and facts from."""

    outlines: tuple[Outline, ...]
    included: tuple[Path, ...] = ()


def load(path: Path, library: Library, knows_phrase: Callable[[str], bool] | None = None) -> tuple[Outline, ...]:
    """The outlines of a file: one for each YAML document, or for each item of its `pieces`.

    `knows_phrase` tells whether a bank has a phrase id; without it ids are not looked up. Raises OutlineErrors.
    """
    return read(path, library, knows_phrase).outlines


def read(path: Path, library: Library, knows_phrase: Callable[[str], bool] | None = None) -> Reading:
    """Like `load`, with the files that were read besides. Raises OutlineErrors."""
    return _reading(read_text(path), str(path), library, knows_phrase, path.parent)


def loads(
    text: str,
    file: str,
    library: Library,
    knows_phrase: Callable[[str], bool] | None = None,
    folder: Path | None = None,
) -> tuple[Outline, ...]:
    """Like `load`, for text already read; paths in it are taken from `folder`. Raises OutlineErrors."""
    return _reading(text, file, library, knows_phrase, folder or Path()).outlines


def _reading(text: str, file: str, library: Library, knows: Callable[[str], bool] | None, folder: Path) -> Reading:
    documents, faults = compose(text, file)
    if not documents and not faults:
        raise OutlineErrors([OutlineError("提纲是空的；可以从 nigao new 写出的样本改起", file)])
    reader = NodeReader(file, faults)
    build = Builder(reader, library, knows, folder)
    outlines = tuple(build.outline(node) for document in documents for node in _pieces(build, document))
    if reader.problems:
        for name, content in {file: text, **{str(path): text for path, text in build.included.items()}}.items():
            reader.problems[:] = with_wide_colons(reader.problems, content, name)
        raise OutlineErrors(_in_order(reader.problems, file))
    return Reading(outlines, tuple(build.included))


def _pieces(build: Builder, document: yaml.Node) -> Iterator[yaml.Node]:
    """The mappings of a document that are outlines: itself, or its `pieces`, each with the keys that stand beside them."""
    reader = build.reader
    pairs = document.value if isinstance(document, yaml.MappingNode) else []
    listed = [(key, value) for key, value in pairs if _is_key(key, "pieces")]
    if not listed or is_null(listed[0][1]):
        yield document
        return
    common = [pair for pair in pairs if not _is_key(pair[0], "pieces")]
    build.outline(yaml.MappingNode(document.tag, common, document.start_mark, document.end_mark), whole=False)
    pieces = reader.items(listed[0][1], lambda node: node)
    if not pieces and isinstance(listed[0][1], yaml.SequenceNode):
        reader.fault(listed[0][0], "pieces 下面还没有写哪几篇")
    for piece in pieces:
        if not isinstance(piece, yaml.MappingNode):
            yield piece
            continue
        own = {key.value for key, _ in piece.value if isinstance(key, yaml.ScalarNode)}
        shared = [(key, value) for key, value in common if not (isinstance(key, yaml.ScalarNode) and key.value in own)]
        yield yaml.MappingNode(piece.tag, [*shared, *piece.value], piece.start_mark, piece.end_mark)


def _is_key(node: yaml.Node, name: str) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value == name


def _in_order(problems: list[OutlineError], file: str) -> list[OutlineError]:
    """Faults each once (a shared key is read for each piece), those of the outline first, by line."""
    once = {(p.file, p.line, p.column, p.message): p for p in problems}
    return sorted(once.values(), key=lambda p: (p.file != file, p.file or "", p.line or 0, p.column or 0))


def dump(outline: Outline) -> str:
    """`outline` as YAML; `loads` gives an equal outline back."""
    return yaml.dump(as_data(outline), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf"))


_KEYS = {"exempt": "except"}
"""Keys of a file that are no names in Python."""


def as_data(value: Any) -> Any:  # noqa: ANN401 - walks values of any kind
    """Frozen values as plain ones, defaults left out."""
    if isinstance(value, (tuple, list)):
        return [as_data(item) for item in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    if isinstance(value, Exempt):
        row = {value.rule: value.text, **({"reason": value.reason} if value.reason else {})}
        return row if value.text or value.reason else value.rule
    default = type(value)(**_required(value))
    kept = ((f.name, getattr(value, f.name)) for f in fields(value))
    return {_KEYS.get(name, name): as_data(v) for name, v in kept if name in _required(value) or v != getattr(default, name)}


class _Dumper(yaml.SafeDumper):
    """Writes figures in quotation marks only where YAML would misread them, and line ends by their names: a text is on one line."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = '"' if any(c in value for c in "\n\r\x85\u2028\u2029") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def _required(value: object) -> dict[str, Any]:
    names = {Outline: ("genre", "theme"), Fact: ("name", "value"), SectionPlan: ("part",)}.get(type(value), ())
    return {name: getattr(value, name) for name in names}


@dataclass(slots=True)
class Builder:
    """Builds outlines out of nodes; faults go to the reader.

    `names` are those of the facts so far, faulty ones too; None where a file with some of them could not be read.
    """

    reader: NodeReader
    library: Library
    knows: Callable[[str], bool] | None
    folder: Path
    included: dict[Path, str] = field(default_factory=dict)
    theme: Theme | None = None
    parts: tuple[str, ...] | None = None
    names: list[str] | None = field(default_factory=list)

    def outline(self, node: yaml.Node, *, whole: bool = True) -> Outline:
        """An outline, with defaults where a key is faulty, and also where it is missing unless the outline is `whole`."""
        r = self.reader
        self.theme, self.parts, self.names = None, None, []
        keys = {
            "genre": Key(self._genre, whole, filled=True), "theme": Key(self._theme, whole, filled=True), "title": Key(r.text),
            "subtitle": Key(r.text), "characters": Key(lambda n: r.integer(n, *CHARACTERS)),
            "minutes": Key(lambda n: r.number(n, *MINUTES)), "seed": Key(lambda n: r.integer(n, *SEED)),
            "occasion": Key(r.text), "date": Key(r.text), "salutation": Key(r.text), "profile": Key(self._profile),
            "facts": Key(self._facts), "sections": Key(lambda n: r.items(n, self._section)),
            "cases": Key(lambda n: r.items(n, r.text)), "except": Key(lambda n: r.items(n, self._exempt)), "pieces": Key(self._nested),
        }  # fmt: skip
        values = r.mapping(node, keys, "提纲")
        values["exempt"] = values.pop("except", ())
        return Outline(**{"genre": "", "theme": "", **values})

    def _exempt(self, node: yaml.Node) -> Exempt | None:
        """A check that is not to tell: `R02`, `R02: words`, or a mapping with `reason` besides."""
        r = self.reader
        if isinstance(node, yaml.ScalarNode):
            rule, _, words = (r.text(node) or "").replace("：", ":").partition(":")
            return self._known(node, rule.strip(), words.strip())
        names = [key.value for key, _ in node.value if EXEMPT_ID.fullmatch(str(key.value))] if isinstance(node, yaml.MappingNode) else []
        values = r.mapping(node, {name: Key(r.text) for name in ("rule", "text", "reason", *names)}, "例外")
        if isinstance(node, yaml.MappingNode) and len(names) + ("rule" in values) != 1:
            r.fault(node, "例外要写明是哪一项检查，一条写一项，如 - R02: 西河镇")
            return None
        rule, words = (names[0], values.get(names[0], "")) if names else (values.get("rule", ""), values.get("text", ""))
        return self._known(node, rule, words, values.get("reason", "")) if rule else None

    def _known(self, node: yaml.Node, rule: str, words: str, reason: str = "") -> Exempt | None:
        from drafting.checks.rules import is_known, known_ids, unknown

        known = known_ids(self.library.folders)
        if not is_known(rule, known):
            self.reader.fault(node, unknown(rule, known))
            return None
        return Exempt(rule.upper(), words, reason)

    def _nested(self, node: yaml.Node) -> None:
        self.reader.fault(node, "pieces 只能写在文件最外层，里面的各篇不能再分")

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
        return self._included(node, "profile", self._profile_here)

    def _profile_here(self, node: yaml.Node) -> Profile:
        r = self.reader
        keys = {name: Key(r.text) for name in ("place", "unit", "post", "name")}
        keys |= {
            "level": Key(lambda n: r.choice(n, tuple(LEVELS), "级别")),
            "year": Key(lambda n: r.integer(n, *YEAR)),
        }
        values = r.mapping(node, keys, "profile")
        return Profile(**values)

    def _facts(self, node: yaml.Node) -> tuple[Fact, ...] | None:
        rows = self._included(node, "facts", self._facts_here)
        if rows is None:
            self.names = None
            return None
        return tuple(fact for row in rows for fact in row)

    def _facts_here(self, node: yaml.Node) -> tuple[tuple[Fact, ...], ...]:
        """The rows of a fact sheet; a row may be the name of a file with more of them."""
        seen: set[tuple[str, int | None]] = set()
        return self.reader.items(node, lambda row: self._facts_of(row, seen))

    def _facts_of(self, node: yaml.Node, seen: set[tuple[str, int | None]]) -> tuple[Fact, ...] | None:
        if _names_file(node):
            rows = self._included(node, "facts", lambda n: self.reader.items(n, lambda row: self._once(row, seen)))
            self.names = None if rows is None else self.names
            return rows
        fact = self._once(node, seen)
        return None if fact is None else (fact,)

    def _once(self, node: yaml.Node, seen: set[tuple[str, int | None]]) -> Fact | None:
        """A fact; two of the same name and year would answer one question twice."""
        fact = self._fact(node)
        if fact is not None and (fact.name, fact.year) in seen:
            self.reader.fault(node, f"事实“{fact.name}”写了两次；不是同一年的，请各写 year")
        elif fact is not None:
            seen.add((fact.name, fact.year))
        return fact

    def _fact(self, node: yaml.Node) -> Fact | None:
        r = self.reader
        keys = {name: Key(r.text) for name in ("name", "value", "unit", "source")}
        keys["year"] = Key(lambda n: r.integer(n, *YEAR))
        keys |= {name: Key(self._words, required=True) for name in ("name", "value")}
        values = r.mapping(node, keys, "事实")
        if self.names is not None and "name" in values:
            self.names.append(values["name"])
        return Fact(**values) if {"name", "value"} <= values.keys() else None

    def _words(self, node: yaml.Node) -> str | None:
        """Text that may not be empty."""
        text = self.reader.text(node)
        if text == "":
            self.reader.fault(node, "这里不能是空的；还不知道的，先把这条事实整条删掉")
        return text or None

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
            "facet": Key(self._facet), "heading": Key(r.text), "text": Key(r.text), "fixed": Key(r.boolean), "locked": Key(r.boolean),
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
        if self.names is None:
            return self.reader.text(node)
        return self.reader.choice(node, tuple(dict.fromkeys(self.names)), "事实")

    def _included(self, node: yaml.Node, key: str, read: Callable[[yaml.Node], T]) -> T | None:
        """`read` of the node itself, or of the file it names; faults in that file are told with its name and lines."""
        if not _names_file(node):
            return read(node)
        path = self.folder / node.value.strip()
        self.included[path] = ""
        content = self._content(node, key, path)
        if content is None:
            return None
        outer, self.reader.file = self.reader.file, str(path)
        try:
            return read(content)
        finally:
            self.reader.file = outer

    def _content(self, node: yaml.Node, key: str, path: Path) -> yaml.Node | None:
        """The one document of an included file; what keeps it from being read is a fault at the node that names it."""
        if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises for a name that is too long
            self.reader.fault(node, f"{key} 指的文件不存在：{path}（从提纲所在的文件夹找起）")
            return None
        try:
            text = read_text(path)
        except OutlineErrors as error:
            self.reader.fault(node, f"{key} 指的文件用不了：{error.problems[0]}")
            return None
        self.included[path] = text
        documents, faults = compose(text, str(path))
        self.reader.problems += faults
        if len(documents) == 1 and not faults:
            return documents[0]
        if not faults:
            what = "是空的" if not documents else "里有 --- 分开的几份，只能有一份"
            self.reader.fault(node, f"{key} 指的文件{what}：{path}")
        return None


def _names_file(node: yaml.Node) -> bool:
    """Whether a node names a file instead of holding what belongs there."""
    return isinstance(node, yaml.ScalarNode) and node.value.strip().lower().endswith(ENDINGS)
