"""The user's own keys: `keys.yaml` in his folder gives the ids of bindings other keys.

    swap: f6            # one key
    widen: [ctrl+k, f9] # or several

What is wrong in it is told with its line and leaves the rest in force; nothing in it can keep the session from starting.
"""

from __future__ import annotations

import pkgutil
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tui import keys

if TYPE_CHECKING:
    import yaml

NAME = "keys.yaml"

_KEY = re.compile(r"(?P<with>(?:(?:ctrl|alt|shift)\+)*)(?P<bare>f(?:1\d|2[0-4]|[1-9])|[a-z]+|[0-9]|[^\s+])")
_SPECIAL = frozenset([
    "escape", "enter", "tab", "space", "insert", "delete", "home", "end", "pageup", "pagedown", "up", "down", "left", "right", "backspace",
])  # fmt: skip
_SAME = {"ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+j": "Enter", "ctrl+h": "退格键"}
_TYPED = {"esc": "escape", "del": "delete", "ins": "insert", "return": "enter", "pgup": "pageup", "pgdn": "pagedown"}


@dataclass(frozen=True, slots=True)
class Keymap:
    """Keys by the id of their binding, in Textual's words, and what was wrong, in Chinese sentences."""

    keys: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


def place() -> Path:
    """Where the user's keys stand: beside his own templates."""
    from drafting.config import user_folder

    return user_folder() / NAME


def load_keymap(path: Path) -> Keymap:
    """The keys in a file; none where it is missing."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return Keymap()
    except UnicodeDecodeError:
        return Keymap(faults=(f"{path.name} 不是 UTF-8 编码的文本；请另存为 UTF-8",))
    except OSError:
        return Keymap(faults=(f"读不了 {path}；请检查权限",))
    return read_keymap(text, path.name)


def read_keymap(text: str, name: str = NAME) -> Keymap:
    """The keys in a text."""
    from drafting.composing import compose

    nodes, faults = compose(text, name)
    lines = [min(fault.line or 1, len(text.splitlines()) or 1) for fault in faults]
    reader = _Reader(name, [f"{name} 第{line}行：不是 YAML 的写法；应写成“名称: 键”，如 swap: f6" for line in lines])
    for node in nodes[:1]:
        reader.read(node)
    reader.tell_lost()
    return Keymap(reader.found, tuple(reader.faults))


class _Reader:
    """Reads the mapping of one file."""

    def __init__(self, name: str, faults: list[str]) -> None:
        self.name, self.faults = name, faults
        self.found: dict[str, str] = {}
        self.places: dict[str, yaml.Node] = {}
        self.known = known()

    def read(self, node: yaml.Node) -> None:
        """Keeps what is right and notes what is not."""
        if not isinstance(node.value, list) or not all(isinstance(pair, tuple) for pair in node.value):
            self._fault(node, "应写成一行一个“名称: 键”，如 swap: f6")
            return
        for id_node, key_node in node.value:
            self._pair(id_node, key_node)

    def _pair(self, id_node: yaml.Node, key_node: yaml.Node) -> None:
        from drafting.config import nearest

        id_ = str(id_node.value)
        if id_ not in self.known:
            self._fault(id_node, f"没有名为“{id_}”的操作{nearest(id_, list(self.known))}")
        elif id_ in self.found:
            self._fault(id_node, f"“{id_}”写了两次，只有前一行算数")
        elif given := list(self._keys(key_node)):
            self.found[id_], self.places[id_] = ",".join(given), id_node

    def tell_lost(self) -> None:
        """Names what loses its key to another binding where both are in force."""
        for id_, lost in lost_keys(self.found):
            new, label = keys.told(self.found[id_]), keys.NAMED[lost].description
            self._fault(self.places[id_], f"{new} 本来是“{label}”，改给“{id_}”以后“{label}”就没有键了；给 {lost} 也换一个")

    def _keys(self, node: yaml.Node) -> Iterator[str]:
        parts = node.value if isinstance(node.value, list) else [node]
        if not parts or any(isinstance(part, tuple) for part in parts) or not str(node.value).strip():
            self._fault(node, "冒号后面要写键，如 f6、ctrl+k")
            return
        for part in parts:
            for word in str(getattr(part, "value", "")).split(","):
                if key := self._key(part, word):
                    yield key

    def _key(self, node: yaml.Node, word: str) -> str:
        key = _plain(word)
        found = _KEY.fullmatch(key)
        if not found or (len(found["bare"]) > 1 and found["bare"] not in _SPECIAL and not re.fullmatch(r"f\d+", found["bare"])):
            self._fault(node, f"没有“{word.strip()}”这个键；可以写 f1 到 f24、ctrl+字母、alt+字母，或 escape、enter、tab 这样的键名")
        elif key in _SAME:
            self._fault(node, f"在终端里 {keys.told(key)} 就是 {_SAME[key]}，请换一个")
        elif len(found["bare"]) == 1 and not re.search("ctrl|alt", found["with"]):
            self._fault(node, f"单独的“{found['bare']}”会被输入法吃掉；请用 F 键，或配上 Ctrl、Alt")
        elif len(found["bare"]) == 1 and "ctrl" in found["with"] and "shift" in found["with"]:
            self._fault(node, f"多数终端分不出 {keys.told(key)} 和不按 Shift 的，请换一个")
        else:
            return key
        return ""

    def _fault(self, node: yaml.Node, message: str) -> None:
        self.faults.append(f"{self.name} 第{node.start_mark.line + 1}行：{message}")


def _plain(word: str) -> str:
    """A key in Textual's words: «Ctrl-K», «^k» and «ＣＴＲＬ＋Ｋ» are ctrl+k."""
    key = unicodedata.normalize("NFKC", word).strip().lower()
    key = re.sub(r"\s*[+-]\s*(?=\S)", "+", key)
    key = re.sub(r"^\^(?=.)", "ctrl+", key).replace("control+", "ctrl+")
    *mods, bare = key.split("+") if key not in ("", "+") else [key]
    return "+".join([*sorted(mods), _TYPED.get(bare, bare)])


def known() -> dict[str, tuple[str, str]]:
    """Every binding there is, by its id: keys without a keymap, and what it does. Loads all screens, for that is where they are."""
    for package in ("tui.screens", "tui.widgets"):
        for module in pkgutil.iter_modules(import_module(package).__path__):
            import_module(f"{package}.{module.name}")
    return {id_: (binding.key, binding.description) for id_, binding in keys.NAMED.items()}


def lost_keys(found: Mapping[str, str]) -> list[tuple[str, str]]:
    """Ids of bindings with new keys, each with one that has none left by it: of the same screen or widget, or of all."""
    from textual.dom import DOMNode

    from tui.app import NigaoApp

    everywhere = set(_keys_of(NigaoApp))
    pairs = set()
    for owner in [set(_keys_of(cls)) | everywhere for cls in _ours(DOMNode)]:
        for id_ in owner & found.keys():
            taken = set(found[id_].split(","))
            pairs |= {(id_, other) for other in owner - found.keys() if set(keys.NAMED[other].key.split(",")) <= taken}
    return sorted(pairs)


def _keys_of(cls: type) -> Iterator[str]:
    merged = getattr(cls, "_merged_bindings", None)
    for bindings in merged.key_to_bindings.values() if merged else ():
        yield from (binding.id for binding in bindings if binding.id in keys.NAMED)


def _ours(cls: type) -> Iterator[type]:
    found: type
    for found in cls.__subclasses__():
        if found.__module__.startswith("tui."):
            yield found
        yield from _ours(found)


def sample(given: Mapping[str, str]) -> str:
    """A file to start from: every binding with its keys, as a remark where it is as it was."""
    head = (
        "# 改按键：去掉行首的 #，把冒号后面换成自己的键，存好后重新打开 nigao。\n"
        "# 只用 F 键和 Ctrl、Alt 组合；几个键写成 [f6, ctrl+k]。\n"
    )
    rows = []
    for id_, (key, label) in known().items():
        row = f"{id_}: {_listed(given[id_])}" if id_ in given else f"# {id_}: {_listed(key)}"
        rows.append(f"{row:<36}  # {label}\n")
    return head + "".join(rows)


def _listed(key: str) -> str:
    return f"[{', '.join(key.split(','))}]" if "," in key else key
