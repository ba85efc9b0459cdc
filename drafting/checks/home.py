"""The divisions of China, and which of them a writer may name: his own, what it lies in, what lies in it, and declared cases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from drafting.checks.text import Text
from drafting.config import TEMPLATES
from phrasebank.gazetteer import find_places
from phrasebank.shortforms import short_of

Node = tuple[str, ...]
"""A division with what it lies in: province, city, county, as far as it goes down."""

_ATOM = re.compile(r"[一-鿿]{1,8}?(?:特别行政区|自治[区州县旗]|新区|省|市|县|区|镇|乡|街道|社区|村|州|盟|旗)")


@dataclass(frozen=True)
class Home:
    """What a writer may name: `places` are divisions with what they lie in, `stems` names without their level word."""

    places: frozenset[Node]
    stems: frozenset[str]
    told: str
    level: str = ""

    @classmethod
    def of(cls, text: Text, within: Sequence[str] = ()) -> Home:
        """The writer's own places, those of his facts and those of declared cases. `within`: rows of a division and those that lie in
        it though the list has them elsewhere."""
        profile = text.profile
        rows = [profile.place, profile.unit, profile.post, *text.cases, *(word for f in text.facts for word in (f.name, f.value, f.source))]
        rows += [text.outline.occasion, text.outline.salutation] if text.outline else []
        told = "　".join(row for row in rows if row)
        atoms = set(_atoms(told))
        own = _narrowest({node for row in (profile.place, profile.unit) for node in _narrowed(row)} | {*_unlisted(profile.place)})
        for row in within:
            whole, *parts = row.split("|")
            own |= {node for part in parts for node in nodes(part)} if own & {*nodes(whole)} else frozenset()
        cases = frozenset(node for case in text.cases for atom in (case, *_atoms(case)) for node in nodes(atom))
        return cls(own | cases, frozenset(filter(None, (stem(atom) for atom in atoms))), told, profile.level)

    @cached_property
    def provinces(self) -> frozenset[str]:
        """The provinces his places lie in."""
        return frozenset(node[0] for node in self.places)

    def owns(self, name: str) -> bool:
        """Whether a name, or every part of a compound one, is the writer's own, lies in it, or is what it lies in."""
        parts = [part for row in name.split("、") for part in (_parts(row) or (row,))]
        return all(self._owns(part) for part in parts)

    def _owns(self, name: str) -> bool:
        if name in self.told or stem(name) in self.stems:
            return True
        if len(name) > 2 and name[-1] in "县旗" and any(_shortens(name[:-1], full) for full in _within(self.places)):
            return True  # 喀左县: 喀喇沁左翼蒙古族自治县
        if re.fullmatch("[一-鿿][城州乡]", name) and any(own[0] == name[0] for own in self.stems):
            return True  # what its people call it: 鹤城 of 鹤壁
        return any(_related(node, own) for node in nodes(name) for own in self.places)


def _shortens(short: str, full: str) -> bool:
    """Whether the characters of `short` stand in `full` in their order, the first of them first."""
    rest = iter(full)
    return full.startswith(short[0]) and all(character in rest for character in short)


@lru_cache(maxsize=64)
def _within(places: frozenset[Node]) -> tuple[str, ...]:
    """The names of the divisions that lie in `places`."""
    return tuple(name for name, found in _tree().items() if any(node[: len(own)] == own for node in found for own in places))


def _related(a: Node, b: Node) -> bool:
    """Whether one division is the other or lies in it."""
    size = min(len(a), len(b))
    return a[:size] == b[:size]


def _narrowed(row: str) -> Iterator[Node]:
    """The divisions a place of the writer's may be: those that fit the larger ones named with it."""
    atoms = _atoms(row) or [row]
    found = [set(nodes(atom)) for atom in atoms]
    for at, some in enumerate(found):
        larger = [node for others in found[:at] for node in others]
        fitting = {node for node in some if not larger or any(_related(node, other) for other in larger)}
        yield from fitting if len(fitting) == 1 or at == 0 else (fitting or some)


def _narrowest(found: Iterable[Node]) -> frozenset[Node]:
    """Divisions without those that others of them lie in: who writes 某省某市某县 is at home in the county alone, not in all counties
    of its province. What his county lies in he may name all the same."""
    found = frozenset(found)
    return found - {node[:size] for node in found for size in range(1, len(node))}


def _unlisted(place: str) -> Iterator[Node]:
    """A place the list does not have, as part of what is named right before it (四川省|绵阳市|青山县), so that the writer is not at home
    in all that lies in the larger one."""
    above: list[Node] = []
    for name in _CHAIN.findall(place):
        found = [node for node in nodes(name) if not above or any(_related(node, other) for other in above)]
        if not found and above and name[-1] in "县区旗镇乡":
            found = [(*node, name) for node in above]
            yield from found
        above = found


_CHAIN = re.compile(r"[一-鿿]{2,8}?(?:自治[区州县旗]|省|市|县|区|镇|乡|街道|州|盟|旗)")
"""The parts of a full name, one behind the other."""


def _atoms(text: str) -> list[str]:
    """The names with a level word in a text: 青山县临河镇党委: 青山县, 临河镇."""
    return [m.group() for row in re.findall("[一-鿿]+", text) for m in _ATOM.finditer(row)] + [
        text[a:b] for a, b in find_places(text)
    ]


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    """The known places in a compound name (金华浦江), else its parts by level word (临河县青山镇)."""
    known = [name[a:b] for a, b in find_places(name)]
    listed = [part for part in known if nodes(part)]
    return tuple(listed or known or [m.group() for m in _ATOM.finditer(name)])


def stem(name: str) -> str:
    """A name without its level word where two characters are left; the name itself otherwise."""
    return short_of(name) or re.sub("(?<=..)(?:特别行政区|省|市|新区|县|区|镇|乡|街道|社区|村|州)$", "", name)


@lru_cache
def _tree() -> dict[str, tuple[Node, ...]]:
    """Every division by its full name."""
    tree: dict[str, set[Node]] = {}
    for line in (TEMPLATES / "places" / "divisions.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            province, city, areas = line.split("\t")
            above = (province,) if city == "-" else (province, city)
            tree.setdefault(above[-1], set()).add(above)
            tree.setdefault(province, set()).add((province,))
            for area in areas.split():
                tree.setdefault(area, set()).add((*above, area) if len(above) == 2 else (province, area, area))
    return {name: tuple(sorted(found)) for name, found in tree.items()}


@lru_cache
def of_counties() -> frozenset[str]:
    """The full names of counties, banners, districts and the cities that are counties or hold some."""
    rows = (name for name, found in _tree().items() if any(len(node) > 1 for node in found))
    return frozenset(name for name in rows if name[-1] in "县旗市" or (name[-1] == "区" and not _QUARTER.search(name)))


_QUARTER = re.compile("^[一-鿿]?[东西南北中城郊矿新老]{1,2}区$|^站前区$|(?:园|城)区$")
"""Districts by names that any town has a quarter of."""


@lru_cache
def _stems() -> dict[str, tuple[Node, ...]]:
    """Every division by its name without level word (桓仁: 桓仁满族自治县)."""
    stems: dict[str, list[Node]] = {}
    for name, found in _tree().items():
        stems.setdefault(stem(name), []).extend(found)
    return {name: tuple(found) for name, found in stems.items()}


@lru_cache(maxsize=4096)
def nodes(name: str) -> tuple[Node, ...]:
    """The divisions of a full name or of a short form; none for what is no division of the list. A town or a new area that bears
    the name of a county is not that county."""
    if found := _tree().get(name):
        return found
    bare = stem(name)
    found = _stems().get(bare, ()) if len(bare) > 1 else ()
    if name == bare:
        return tuple(node for node in found if not node[-1].endswith("区") or len(node) < 3)
    return tuple(node for node in found if node[-1].endswith("自治" + name[-1]))
