"""What the styles of a Word file say of numbering and hiding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from phrasebank.readers.ooxml import Element, W, is_on, number, value

_LONGEST_CHAIN = 50
"""Styles followed from one to the one it is based on: a bound for chains that bite their own tail."""


@dataclass(frozen=True, slots=True)
class Inherited:
    """The list a style brings (None: none), and the styles down to the one that names it, each with the level it names."""

    list_id: int | None = None
    levels: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class _Style:
    """What one style says: None where it says nothing."""

    based_on: str | None
    list_id: int | None
    level: int | None
    hides: bool | None


class Styles:
    """The styles of a file, each looked up along the chain of styles it is based on."""

    def __init__(self, root: Element | None) -> None:
        styles = [] if root is None else root.findall(f"{W}style")
        self._styles = {value(each, "styleId") or "": _style(each) for each in styles}
        self._usual = next((value(each, "styleId") for each in styles if _is_usual(each)), None)
        self._inherited: dict[str | None, Inherited] = {}
        self._hiding: dict[str | None, bool] = {}

    def of(self, properties: Element | None) -> str | None:
        """The style of a paragraph with these properties: its own, or the one of all paragraphs without one."""
        own = None if properties is None else value(properties.find(f"{W}pStyle"))
        return self._usual if own is None else own

    def inherited(self, name: str | None) -> Inherited:
        """The list that paragraphs of a style belong to."""
        if name not in self._inherited:
            self._inherited[name] = self._find_list(name)
        return self._inherited[name]

    def hides(self, name: str | None) -> bool:
        """Whether text in a style is hidden."""
        if name not in self._hiding:
            self._hiding[name] = next((style.hides for _, style in self._chain(name) if style.hides is not None), False)
        return self._hiding[name]

    def _find_list(self, name: str | None) -> Inherited:
        levels = []
        for step, style in self._chain(name):
            levels.append((step, style.level))
            if style.list_id is not None:
                return Inherited(style.list_id, tuple(levels))
        return Inherited()

    def _chain(self, name: str | None) -> Iterator[tuple[str, _Style]]:
        """A style and the ones it is based on, nearest first."""
        for _ in range(_LONGEST_CHAIN):
            if name is None or name not in self._styles:
                return
            yield name, self._styles[name]
            name = self._styles[name].based_on


def _style(element: Element) -> _Style:
    vanish = element.find(f"{W}rPr/{W}vanish")
    hides = None if vanish is None else is_on(vanish)
    return _Style(value(element.find(f"{W}basedOn")), *numbering_of(element.find(f"{W}pPr")), hides)


def numbering_of(properties: Element | None) -> tuple[int | None, int | None]:
    """List (0: none, None: not said) and level that properties of a paragraph name."""
    named = None if properties is None else properties.find(f"{W}numPr")
    return (None, None) if named is None else (number(named.find(f"{W}numId")), number(named.find(f"{W}ilvl")))


def _is_usual(style: Element) -> bool:
    return value(style, "type") == "paragraph" and value(style, "default") in ("1", "true", "on")
