"""Styles worked out once for all tests of a process: the same rules for the same widget at the same place of the same screen.

Textual asks every rule of the style sheet for every widget whenever one is mounted or focused; that is a sixth of the time of these
tests. What depends on where a widget stands among its neighbours (`:first-child`, `:even`) is worked out anew each time.
`test_walking.py` compares every widget of every step with what Textual itself finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tui import cjk  # isort: skip # noqa: F401 - the cures come before Textual

from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

NEIGHBOURS = frozenset({"first-of-type", "last-of-type", "first-child", "last-child", "empty"})
_APPLY = Stylesheet.apply


class _Known:
    """What is known about a list of rules."""

    def __init__(self, rules: list[Any]) -> None:
        self.rules = rules
        self.traits: dict[Any, tuple[bool, ...]] = {}
        self.found: dict[Any, dict[str, Any]] = {}


@contextmanager
def remembered() -> Iterator[None]:
    """Every style sheet remembers what it has found."""
    with _applied(_apply):
        yield


@contextmanager
def _applied(way: Callable[..., None]) -> Iterator[None]:
    before, Stylesheet.apply = Stylesheet.apply, way  # type: ignore[method-assign]
    try:
        yield
    finally:
        Stylesheet.apply = before  # type: ignore[method-assign]


def _apply(self: Stylesheet, node: DOMNode, *, animate: bool = False, cache: dict[Any, Any] | None = None) -> None:
    rules = self.rules
    known: _Known | None = self.__dict__.get("_known")
    if known is None or known.rules is not rules:
        known = self.__dict__["_known"] = _Known(rules)
    kind = (type(node), node._id, node.classes)
    traits = known.traits.get(kind)
    if traits is None:
        traits = known.traits[kind] = _traits(self, node)
    if not traits[-1]:
        _APPLY(self, node, animate=animate, cache=cache)
        return
    key = tuple([(type(one), one._id, one.classes, one._pseudo_classes_cache_key) for one in node.css_path_nodes])
    found = known.found.get(key)
    if found is None:
        found = known.found[key] = _found(self, node)
    node._has_hover_style, node._has_focus_within, node._has_order_style, node._has_odd_or_even = traits[:4]
    if found:
        self.replace_rules(node, found, animate=animate)  # type: ignore[arg-type]
    self._process_component_classes(node)


def _traits(sheet: Stylesheet, node: DOMNode) -> tuple[bool, ...]:
    """What Textual notes about the rules for a widget, and whether they depend on nothing but the way from the application to it."""
    names = sheet.rules_map.keys() & node._selector_names
    pseudo = set().union(*(rule.pseudo_classes for name in names for rule in sheet.rules_map[name]))
    order, odd = not pseudo.isdisjoint(NEIGHBOURS), not pseudo.isdisjoint({"odd", "even"})
    return "hover" in pseudo, "focus-within" in pseudo, order, odd, pseudo.isdisjoint(Stylesheet._EXCLUDE_PSEUDO_CLASSES_FROM_CACHE)


def _found(sheet: Stylesheet, node: DOMNode) -> dict[str, Any]:
    """The rules as Textual itself finds them, not yet put in force."""
    found: dict[str, Any] = {}
    sheet.__dict__["replace_rules"] = lambda _node, rules, animate=False: found.update(rules)
    sheet.__dict__["_process_component_classes"] = lambda _node: None
    try:
        _APPLY(sheet, node)
    finally:
        del sheet.__dict__["replace_rules"], sheet.__dict__["_process_component_classes"]
    return found


def differing(sheet: Stylesheet, nodes: list[DOMNode]) -> list[DOMNode]:
    """Widgets whose styles are not those that Textual itself finds for them now."""
    with _applied(_APPLY):
        return [node for node in nodes if _styles(node) != (sheet.apply(node), _styles(node))[1]]


def _styles(node: DOMNode) -> tuple[object, ...]:
    parts = {name: dict(styles.base._rules) for name, styles in node._component_styles.items()}
    rules = {name: value for name, value in node.styles.base._rules.items() if value is not None}
    return rules, parts, node._has_hover_style, node._has_order_style
