"""Short forms tied to the full names they stand for, within one document: 浦镇两地, 苏陕, 青山, 县教体局.

A full name is looked for in this order: a definition (以下简称“…”), the names of the document, the gazetteer's provinces and the
list of departments. A short form that may stand for several names is left untied.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from phrasebank.gazetteer import find_places, full_names, is_ordinary, names_of, province_of
from phrasebank.names import Cover, Found, find_slots, find_slots_in_each
from phrasebank.wordlists import rows

Tied = tuple[int, int, str, str | None]
"""Start, end, kind, and for a short form the full name."""

_LEVEL_WORD = re.compile(
    r"(?<=..)(?:特别行政区|(?:[一-鿿]{1,6}族){0,2}自治[区州县旗]|省|市|新区|县|区|镇|乡|村|街道|社区|州|盟|旗)$"
)
_PLACE = re.compile(r"[一-鿿]{2,8}?(?:自治[区州县旗]|新区|省|市|县|区|镇|乡|街道|社区|村)")
_QUOTED = r"[“\"]?([一-鿿A-Z\d]{2,12})[”\"]?"
_DEFINITION = re.compile(rf"[（(](?:以下|下文)?简称(?:为)?[：:]?{_QUOTED}[）)]|，(?:以下|下文)简称(?=[“\"]){_QUOTED}")
_DEFINED = re.compile(r"[一-鿿\dA-Z·]{3,40}$|[“《][^“”《》\n]{2,40}[”》]$")
_LEAD = re.compile(r"^.*(?:组建|成立|设立|印发|制定|出台|实施|召开|推进|由|在|的|与|和|了|对)")
_TWO = re.compile(r"([一-鿿])([一-鿿])(?:两([地省市县区镇村]))?$")
_CITY_SIGNS = {
    "宁": "南京市", "蓉": "成都市", "穗": "广州市", "榕": "福州市", "鹭": "厦门市", "甬": "宁波市", "锡": "无锡市", "邕": "南宁市",
    "筑": "贵阳市", "洪": "南昌市", "并": "太原市", "鹏": "深圳市", "庐": "合肥市", "申": "上海市", "通": "南通市",
}  # fmt: skip
"""Cities by a sign that they do not begin with; 宁 is a province's sign as well."""
_NATURE = frozenset("湖山岛岭港湾峡")
"""Last characters of places that are named after a lake or a mountain, which may itself be meant (青山湖)."""
_SEVERAL = re.compile("[两三四五六七八九十双]")
"""What a short form for several bodies or places begins with (两镇): it has no one full name."""
_SPOKEN_OF = re.compile("人民|群众|干部|儿女|大地|各界|县域|全域|发展|经济|特色|故事|精神|实践|样板|力量|速度|家乡|籍")
"""What follows a place's short form even when it is an ordinary word (青山人民)."""
_DEPARTMENTS = {row[0]: row[1] for row in rows("departments") if len(row) > 1}
"""Full names of departments by their short forms."""
_DEPARTMENT = re.compile(rf"({'|'.join(sorted(_DEPARTMENTS, key=len, reverse=True))})(局|厅|委|委员会)$")


@dataclass(frozen=True, slots=True)
class Names:
    """The full names of one document by the short forms they may have."""

    defined: dict[str, str] = field(default_factory=dict)
    places: dict[str, frozenset[str]] = field(default_factory=dict)
    bodies: tuple[str, ...] = ()

    @classmethod
    def of(cls, texts: Sequence[str], slots: Sequence[Sequence[Found]]) -> Names:
        """The names in `texts`, whose slots are `slots`."""
        defined = {short: name for text in texts for short, name in _definitions(text)}
        named = [(text[a:b], kind) for text, found in zip(texts, slots, strict=True) for a, b, kind in found]
        bodies = sorted({name for name, kind in named if kind == "org"})
        return cls(defined, _places(name for name, kind in named if kind == "place"), tuple(bodies))

    def full(self, name: str, kind: str) -> str | None:
        """The full name `name` stands for; None when it is one itself, or may stand for several."""
        if (bare := name.strip("“”")) in self.defined:
            return self.defined[bare]
        if kind == "org":
            return self._body(name)
        return self._place(name) if kind == "place" else None

    def _place(self, name: str) -> str | None:
        if (known := self.places.get(name)) and name not in known:
            return _only(known)
        if len(name) == 1:
            return province_of(name)
        if name in names_of():
            return listed_name(name)
        if found := _TWO.match(name):
            return self._pair(found[1], found[2], found[3] or "")
        return _province(name)

    def _pair(self, first: str, second: str, level: str) -> str | None:
        """The full names of two places whose signs stand together (浦镇两地 for 浦东新区、镇巴县).

        A sign that no place of the document bears is a province's, and only beside another province.
        """
        named = [self._named_by(sign, level) for sign in (first, second)]
        provinces = [province_of(sign) for sign in (first, second)]
        full = [_only(names) if names else province for names, province in zip(named, provinces, strict=True)]
        if not all(named) and (full != provinces or level not in ("", "省", "地")):
            return None
        return "、".join(filter(None, full)) if all(full) else None

    def _named_by(self, sign: str, level: str) -> set[str]:
        """The places of the document that a single character may stand for: by its beginning, or by a sign of its own."""
        named = {name for names in self.places.values() for name in names}
        signs = {province_of(sign), _CITY_SIGNS.get(sign)}
        begun = {name for short, names in self.places.items() if short[0] == sign for name in names} if level else set()
        return {name for name in begun | (named & signs) if level in ("", "地") or name.endswith(level)}

    def _body(self, name: str) -> str | None:
        """The one body of the document that `name` shortens, else what the list of departments says."""
        if longer := [full for full in self.bodies if _shortens(name, full)]:
            return longer[0] if len(longer) == 1 else None
        if not (found := _DEPARTMENT.search(name)):
            return None
        return name[: found.start()] + _DEPARTMENTS[found[1]] + (found[2] if found[2] in "局厅" else "委员会")

    def searched(self) -> dict[str, str]:
        """Short forms that are looked for wherever they stand, with their full names."""
        of_places = {short: full for short, names in self.places.items() if (full := _only(names))}
        return of_places | self.defined


def _places(names: Iterable[str]) -> dict[str, frozenset[str]]:
    """Full names by short form. What the gazetteer has for a bare short form counts only where the document has no full name."""
    parts = {part for name in names for part in _parts(name)}
    places: defaultdict[str, set[str]] = defaultdict(set)
    for part in parts:
        if (short := short_of(part)) and not _is_quarter(part, short):
            places[short].add(part)
    listed = {part: listed_name(part) for part in parts if part not in places}
    places.update({short: {full} for short, full in listed.items() if full})
    return {short: frozenset(full) for short, full in places.items()}


def find_tied(texts: Sequence[str]) -> list[list[Tied]]:
    """The slots of each of `texts`, which are one document, with the full names of short forms, and short forms found by them."""
    slots = find_slots_in_each(texts)
    names = Names.of(texts, slots)
    searched, full = names.searched(), cache(names.full)
    finder = re.compile("|".join(map(re.escape, sorted(searched, key=len, reverse=True))) or "(?!)")
    return [
        sorted([
            *((start, end, kind, full(text[start:end], kind)) for start, end, kind in found),
            *_later(text, found, names, finder, searched),
        ])
        for text, found in zip(texts, slots, strict=True)
    ]  # fmt: skip


def _later(
    text: str, found: Sequence[Found], names: Names, finder: re.Pattern[str], searched: Mapping[str, str]
) -> Iterator[Tied]:
    """Short forms that stand alone, outside what is found already."""
    if not (matches := [*finder.finditer(text)]):
        return
    covered = Cover((a, b) for a, b, _ in found)
    for match in matches:
        short, (start, end) = match.group(), match.span()
        if not covered.touches(start, end) and (short in names.defined or _stands_alone(text, start, end)):
            yield start, end, "place" if short in names.places else _kind(searched[short]), searched[short]


def _kind(full: str) -> str:
    """The kind of a defined name."""
    if full[0] in "《“":
        return "document" if full[0] == "《" else "project"
    found = [(b - a, kind) for a, b, kind in find_slots(full) if b == len(full)]
    return max(found)[1] if found else "org"


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a short form is meant, not a piece of other words: no ordinary word across its ends, nor itself one."""
    short = text[start:end]
    if len(short) == 2 and is_ordinary(short) and not _SPOKEN_OF.match(text, end):
        return False
    left, right = text[max(0, start - 2) : start], text[end : end + 2]
    across_left = is_ordinary(left[-1:] + text[start]) and not is_ordinary(left)
    return not across_left and (is_ordinary(right) or not is_ordinary(text[end - 1] + right[:1]))


def _definitions(text: str) -> Iterator[tuple[str, str]]:
    """Short form and full name of each definition in `text`."""
    for match in _DEFINITION.finditer(text) if "简称" in text else ():
        if named := _DEFINED.search(text[max(0, match.start() - 42) : match.start()]):
            short, marked = match[1] or match[2], named.group()[0] in "“《"
            lead = None if marked else _LEAD.match(named.group())
            if marked or not _SEVERAL.match(short):
                yield short, named.group()[lead.end() if lead else 0 :]


def short_of(name: str) -> str | None:
    """The short form of a place's full name: 青山 for 青山县; None when it has none of two characters."""
    short = full_names().get(name) or _LEVEL_WORD.sub("", name)
    return short if len(short) >= 2 and short != name else None


def listed_name(short: str) -> str | None:
    """The one place of the gazetteer with this short form; None for a county's that a lake or mountain may have too."""
    full = _only(names_of().get(short, ()))
    return None if full and short[-1] in _NATURE and full[-1] in "县区" else full


def _parts(name: str) -> set[str]:
    """The places that a joined name consists of: 青山县临河镇 is 青山县 and 临河镇."""
    return {name[a:b] for a, b in find_places(name)} | set(_PLACE.findall(name))


def _province(name: str) -> str | None:
    """Full names of provinces by their signs (苏陕), when all characters are such signs."""
    both = [province_of(sign) for sign in name.removesuffix("两省").removesuffix("两地")]
    return "、".join(filter(None, both)) if len(both) > 1 and all(both) else None


def _is_quarter(name: str, short: str) -> bool:
    """Whether `name` is a new area of a city that goes by the same short form (肇庆新区, for 肇庆 is 肇庆市)."""
    return name.endswith("区") and any(full.endswith("市") for full in names_of().get(short, ()))


def _only(names: Iterable[str]) -> str | None:
    """The one name, if there is but one."""
    found = [*names]
    return found[0] if len(found) == 1 else None


def _shortens(short: str, full: str) -> bool:
    """Whether `short` is made of characters of `full` in their order, with the same beginning and end (县人社局)."""
    if len(short) >= len(full) or len(short) < 3 or short[0] != full[0] or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(character in rest for character in short)
