"""Automatic numbers of paragraphs, which a Word file holds as definitions, to be counted whenever it is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from phrasebank.readers.counting import write_number
from phrasebank.readers.ooxml import Element, W, is_on, number, value
from phrasebank.readers.styles import Styles, numbering_of

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_FORMAT = f"{W}numFmt"
_OLDER_FORMAT = f"{{http://schemas.openxmlformats.org/markup-compatibility/2006}}AlternateContent/{{*}}Fallback/{_FORMAT}"


@dataclass(frozen=True, slots=True)
class Label:
    """The number of a paragraph as Word shows it, and whether a tab or space follows."""

    text: str
    spaced: bool

    def before(self, text: str) -> str:
        """`text` with the number in front. Between a mark, as in 一、, and a Chinese character no space is set."""
        begin, end = text.lstrip()[:1], self.text[-1]
        needed = end.isalpha() or end.isdecimal() or (begin.isascii() and begin.isalnum())
        return f"{self.text}{' ' if self.spaced and needed else ''}{text}"


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is numbered: `text` holds %1 to %9 for the numbers of the levels.

    `decimal`: the numbers of higher levels are written in figures; `spaced`: a tab or space follows; `restart`: the
    level, counted from 1, down to which higher levels start this one again, None for all of them; `style`: the style of
    paragraphs that are on this level.
    """

    start: int
    format: str
    text: str
    decimal: bool
    spaced: bool
    restart: int | None
    style: str | None


@dataclass(frozen=True, slots=True)
class _List:
    """A list as paragraphs refer to it: its definition, levels, and those of them it starts again when first used."""

    id: int
    definition: int | None
    levels: dict[int, Level]
    fresh: frozenset[int]

    def level_of(self, style: str) -> int | None:
        """The level on which paragraphs of a style are."""
        return next((at for at, level in self.levels.items() if level.style == style), None)


class Numbering:
    """The lists of a file, and which of them a paragraph belongs to."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = {} if root is None else _lists(root)

    def place(self, properties: Element | None, style: str | None) -> tuple[_List | None, int]:
        """The list of a paragraph and its level there. What the paragraph says goes before what its style says."""
        list_id, at = numbering_of(properties)
        inherited = self._styles.inherited(style)
        found = self._lists.get(inherited.list_id if list_id is None else list_id)
        if found is None or at is not None:
            return found, at or 0
        for name, level in inherited.levels:
            linked = found.level_of(name)
            if linked is not None or level is not None:
                return found, (level if linked is None else linked) or 0
        return found, 0


class Counter:
    """Counts the paragraphs of one story, given in their order. Word counts body, text boxes and notes each for itself.

    How Word counts where ECMA-376-1, 17.9 leaves it open is as docx4j measured it (its NumberingState): lists of one
    definition go on counting together; a higher level that was never used counts once when a lower one is; one that is
    to start again stands at its start until it is used.
    """

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._tallies: dict[int | None, _Tally] = {}
        self._begun: set[tuple[int, int]] = set()

    def count(self, properties: Element | None, style: str | None) -> Label | None:
        """Counts the paragraph with these properties in this style and gives its number if it has one."""
        found, at = self._numbering.place(properties, style)
        if found is None or at not in found.levels:
            return None
        tally = self._tallies.setdefault(found.definition, _Tally())
        tally.count(found.levels, at, anew=at in found.fresh and (found.id, at) not in self._begun)
        self._begun.add((found.id, at))
        text = tally.text(found.levels, at)
        return Label(text, found.levels[at].spaced) if text.strip() else None


@dataclass(slots=True)
class _Tally:
    """How far the levels of a definition are counted; those in `again` are to start again."""

    counts: dict[int, int] = field(default_factory=dict)
    again: set[int] = field(default_factory=set)

    def count(self, levels: dict[int, Level], at: int, anew: bool) -> None:
        """Counts a paragraph on level `at`; lower levels start again."""
        for higher in range(at):
            if higher in levels:
                self.counts.setdefault(higher, levels[higher].start)
        goes_on = at in self.counts and at not in self.again and not anew
        self.counts[at] = self.counts[at] + 1 if goes_on else levels[at].start
        self.again.discard(at)
        for lower in range(at + 1, _LEVELS):
            until = levels[lower].restart if lower in levels else None
            if until is None or at < until:
                self.again.add(lower)

    def text(self, levels: dict[int, Level], at: int) -> str:
        """The number of the paragraph on level `at` counted last."""
        if levels[at].format == "bullet":
            return ""
        return _PLACE.sub(lambda place: self._number(levels, int(place[1]) - 1, at), levels[at].text)

    def _number(self, levels: dict[int, Level], which: int, at: int) -> str:
        """The number of level `which` in the number of level `at`."""
        level = levels.get(which)
        if level is None or which > at:
            return ""
        count = level.start if which in self.again else self.counts.get(which, level.start)
        decimal = levels[at].decimal and which < at and level.format not in ("none", "bullet")
        return write_number(count, "decimal" if decimal else level.format)


def _lists(root: Element) -> dict[int | None, _List]:
    """All lists by the numbers that paragraphs know them by."""
    definitions = {number(each, "abstractNumId"): each for each in root.iterfind(f"{W}abstractNum")}
    levels = {key: _levels(each) for key, each in definitions.items()}
    by_style = {value(each.find(f"{W}styleLink")): levels[key] for key, each in definitions.items()}
    lists: dict[int | None, _List] = {}
    for each in root.iterfind(f"{W}num"):
        list_id, key = number(each, "numId"), number(each.find(f"{W}abstractNumId"))
        if list_id and key in definitions:  # list 0 is no list
            style = value(definitions[key].find(f"{W}numStyleLink"))
            lists[list_id] = _list(each, list_id, key, levels[key] if style is None else by_style.get(style, {}))
    return lists


def _list(element: Element, list_id: int, definition: int | None, levels: dict[int, Level]) -> _List:
    """A list: the levels of its definition with what it sets differently."""
    levels, fresh = dict(levels), set()
    for override in element.iterfind(f"{W}lvlOverride"):
        levels |= _levels(override)
        at, start = number(override, "ilvl"), number(override.find(f"{W}startOverride"))
        if at in levels and start is not None:
            levels[at] = replace(levels[at], start=start)
            fresh.add(at)
    return _List(list_id, definition, levels, frozenset(fresh))


def _levels(parent: Element) -> dict[int, Level]:
    """The levels defined in a definition or an override."""
    levels = {number(each, "ilvl"): _level(each) for each in parent.iterfind(f"{W}lvl")}
    return {at: level for at, level in levels.items() if at is not None and at < _LEVELS}


def _level(element: Element) -> Level:
    form = element.find(_FORMAT)
    start = number(element.find(f"{W}start"))
    legal = element.find(f"{W}isLgl")
    return Level(
        start=1 if start is None else start,  # the standard says 0, but who leaves it out means 1
        format=value(element.find(_OLDER_FORMAT) if form is None else form) or "decimal",
        text=value(element.find(f"{W}lvlText")) or "",
        decimal=legal is not None and is_on(legal),
        spaced=value(element.find(f"{W}suff")) != "nothing",
        restart=number(element.find(f"{W}lvlRestart")),
        style=value(element.find(f"{W}pStyle")),
    )
