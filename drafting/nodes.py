"""Typed reading of YAML nodes: values where they are right, faults with line and column where they are not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import yaml

from drafting.composing import is_null
from drafting.config import nearest
from drafting.errors import OutlineError
from drafting.weave import one_line

T = TypeVar("T")
_KINDS = {yaml.MappingNode: "若干“键: 值”", yaml.SequenceNode: "列表", yaml.ScalarNode: "单个值"}
MAX_NODES = 50_000
"""Nodes read of one file: aliases of aliases would unfold to millions."""
NUMBER = r"[+-]?([0-9０-９]+[.．]?[0-9０-９]*|[.．][0-9０-９]+)([eE][+-]?[0-9０-９]+)?"
"""A number as people and YAML write it."""
_FOLD = re.compile(r"(?<=[^\x00-\xff]) (?=[^\x00-\xff])")
"""A space between Chinese characters and marks."""
_MERGES = 10
"""Merges (<<) of what has merges of its own: a mapping that merges itself has no end."""
_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "map", "seq", "value")
)


@dataclass(frozen=True, slots=True)
class Key:
    """How the value of a key is read (None means faulty), whether the key must stand, and whether it must have a value if so."""

    read: Callable[[yaml.Node], Any]
    required: bool = False
    filled: bool = False


@dataclass(slots=True)
class NodeReader:
    """Reads nodes of one file and collects what is wrong with them."""

    file: str
    problems: list[OutlineError] = field(default_factory=list)
    nodes: int = 0

    def fault(self, node: yaml.Node, message: str) -> None:
        """Notes a fault at the node's place."""
        mark = node.start_mark
        self.problems.append(OutlineError(message, self.file, mark.line + 1, mark.column + 1))

    def mapping(self, node: yaml.Node, keys: Mapping[str, Key], what: str) -> dict[str, Any]:
        """The values of a mapping that are right; unknown, doubled and missing keys are faults."""
        if not self._is(node, yaml.MappingNode, what):
            return {}
        values: dict[str, Any] = {}
        seen: set[str] = set()
        order = {name: place for place, name in enumerate(keys)}  # facts and theme are read before what refers to them
        for key_node, value_node in sorted(self._pairs(node), key=lambda pair: order.get(_name(pair[0]), -1)):
            name = _name(key_node)
            if name not in keys:
                self.fault(key_node, f"{what}里没有“{name}”这个键{nearest(name, list(keys))}")
            elif name in seen:
                self.fault(key_node, f"“{name}”写了两次，请留一个")
            elif is_null(value_node):
                if keys[name].required or keys[name].filled:
                    self.fault(key_node, f"“{name}”后面没有写内容，这一项必填")
            elif (value := keys[name].read(value_node)) is not None:
                values[name] = value
            seen.add(name)
        for name, key in keys.items():
            if key.required and name not in seen:
                self.fault(node, f"{what}缺少必填的键“{name}”")
        return values

    def _pairs(self, node: yaml.Node, depth: int = 0) -> list[tuple[yaml.Node, yaml.Node]]:
        """Keys and values, those merged (<<) from elsewhere behind the mapping's own, which go first."""
        own = [pair for pair in node.value if not _is_merge(pair[0])]
        names = {_name(key) for key, _ in own}
        for key, value in node.value:
            if _is_merge(key):
                for other in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                    self._count()
                    if depth >= _MERGES or not isinstance(other, yaml.MappingNode):
                        self.fault(key, "“<<”后面要写 *名字，引用前面用 &名字 标过的若干“键: 值”")
                        break
                    merged = [pair for pair in self._pairs(other, depth + 1) if _name(pair[0]) not in names]
                    names |= {_name(pair[0]) for pair in merged}
                    own += merged
        return own

    def items(self, node: yaml.Node, read: Callable[[yaml.Node], T | None]) -> tuple[T, ...]:
        """The items of a list that are right."""
        if not self._is(node, yaml.SequenceNode, "这里"):
            return ()
        return tuple(value for item in self._full(node) if (value := read(item)) is not None)

    def _full(self, node: yaml.Node) -> Iterator[yaml.Node]:
        for item in node.value:
            if is_null(item):
                self.fault(item, "列表里有一项是空的，请写上或删掉这一行")
            else:
                yield item

    def text(self, node: yaml.Node) -> str | None:
        """A scalar as written, a figure included. One written over several lines is put on one, without the spaces YAML folds them to."""
        if not self._is(node, yaml.ScalarNode, "这里"):
            return None
        text = str(node.value).strip()
        if node.start_mark.line == node.end_mark.line:
            return text
        return one_line(text if getattr(node, "style", None) == "|" else _FOLD.sub("", text))

    def integer(self, node: yaml.Node, low: int, high: int) -> int | None:
        """A whole number within bounds."""
        value = self.number(node, low, high)
        if value is None:
            return None
        text = unicodedata.normalize("NFKC", str(node.value)).strip()
        if text.isdecimal():
            return int(text)  # a float would lose digits of a large seed
        if value != int(value):
            self.fault(node, f"应为整数，写成了“{node.value}”")
            return None
        return int(value)

    def number(self, node: yaml.Node, low: float, high: float) -> float | None:
        """A number within bounds."""
        text = self.text(node)
        if text is None:
            return None
        if not re.fullmatch(NUMBER, text):
            self.fault(node, f"应为数字，写成了“{text}”")
            return None
        value = float(unicodedata.normalize("NFKC", text))
        if not low <= value <= high:
            self.fault(node, f"应在 {low:g} 到 {high:g} 之间，写成了“{text}”")
            return None
        return value

    def boolean(self, node: yaml.Node) -> bool | None:
        """true or false."""
        text = (self.text(node) or "").lower()
        if text not in ("true", "false"):
            self.fault(node, f"应为 true 或 false，写成了“{text}”")
            return None
        return text == "true"

    def choice(self, node: yaml.Node, names: tuple[str, ...], kind: str) -> str | None:
        """One of `names`; anything else is a fault that tells the nearest."""
        text = self.text(node)
        if text is None or text in names:
            return text
        self.fault(node, f"没有名为“{text}”的{kind}{nearest(text, names)}")
        return None

    def _is(self, node: yaml.Node, kind: type[yaml.Node], what: str) -> bool:
        self._count()
        if node.tag not in _TAGS:
            self.fault(node, f"提纲里不能用 YAML 标签“{node.tag.removeprefix('tag:yaml.org,2002:')}”，请去掉 ! 开头的这一段")
            return False
        if isinstance(node, kind):
            return True
        shown = f"“{node.value}”" if isinstance(node, yaml.ScalarNode) and node.value else _KINDS[type(node)]
        squeezed = isinstance(node, yaml.ScalarNode) and kind is yaml.MappingNode and re.match(r"[A-Za-z_]+:\S", node.value)
        self.fault(node, f"{what}应为{_KINDS[kind]}，写成了{shown}" + ("；冒号后面要空一格" if squeezed else ""))
        return False

    def _count(self) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise OutlineError("别名展开后内容过多，请去掉 YAML 的 & 和 * 写法", self.file)


def _name(node: yaml.Node) -> str:
    """A key as written; a list or a mapping cannot be one."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else _KINDS[type(node)]


def _is_merge(node: yaml.Node) -> bool:
    """Whether a key is <<, which merges another mapping."""
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:merge"
