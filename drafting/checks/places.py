"""R02: names of other places left in: from the gazetteer, in full and short forms, and from the phrases of the banks.

The writer's own place, what it lies in and what lies in it, the names of his facts and of declared cases may stand.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from drafting.checks.home import Home, Node, nodes, stem
from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.named import framed, in_full, short_nodes
from drafting.checks.text import Paragraph, Text
from drafting.model import Severity
from phrasebank.gazetteer import FUNCTION_WORDS, is_ordinary
from phrasebank.names import is_personal_name

_NARROWS = frozenset("大小新老东西南北")
"""What before a short form makes another name of it: 大洪山, 南太湖."""
_AREAS = frozenset(("城市", "都市", "城区", "山区", "市区", "东区", "西区", "南区", "北区", "新区", "郊区", "港区", "湖区"))
"""Words that a name may seem to end in where they lie across it: 滨海|城市, 科学城|东区."""
_SMALL = re.compile("(?:镇|乡|街道|社区|村)$")
_COUNTY = re.compile("[^撤设改建升环](?:县|旗|市)$")
_DIRECTION = re.compile("^(?:[东西南北中城郊矿]|站前|城中|城东|城西|城南|城北)区$|^[全我本各]")
_LEVELS = "[省市县区镇乡村州盟旗]"
_KINDS = (
    "城区|郊区|山区|老区|库区|矿区|园区|片区|社区|市区|街区|景区|新区|开发区|高新区|经开区|试验区|示范区|保税区|林区|牧区|灾区|特区|校区|厂区|小区"
    "|农村|乡村|城镇|乡镇|村镇|集镇|小镇|古镇|重镇|强镇|名镇|新村|古村|贫困村|示范村|行政村|自然村|城中村|强县|贫困县|普惠县|包保县|百强县|示范县|大县"
    "|地市|城市|超市|都市|门市"
)
_GENERIC = re.compile(
    f"^[全我本各有相该此某两几诸外邻](?:体|关|个|们|地|直)?{_LEVELS}|^.{{0,3}}(?:{_KINDS})$|^[省市县区镇乡村]|^(?:中心|试点|先进|后进|重点|美丽)|副[省市县区镇乡村]$"
)
"""What is built as a name and names no place."""


@kind("foreign")
def foreign(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """R02: a place that is not the writer's and no declared case. Where nothing tells who writes, nothing can be told."""
    if not (text.profile.place or text.profile.unit):
        return
    if not text.loose and not aids.stack:
        return
    home = Home.of(text, rule.words("within"))
    judge, smuggled = _Judge(home, rule, _confirmed(text, rule), _partners(text, rule)), _smuggled(text, aids, home)
    for p in text.loose:
        seen: set[str] = set()
        spared: list[tuple[int, int]] | None = None  # looked for once a place is foreign
        for place in _places(text, p, rule):
            if place.name in seen or home.owns(place.full) or home.owns(place.name):
                continue
            if spared is None:
                spared = [m.span() for m in rule.pattern("spared").finditer(p.plain)]
            if not any(a <= place.start and place.end <= b for a, b in spared) and (severity := judge.severity(place)):
                seen.add(place.name)
                yield Hit(p, place.start, place.end, _told(place), severity=severity)
        yield from (hit for hit in smuggled.get(p.number, ()) if hit.text not in seen)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in a paragraph; `full` is its full name, or itself where no other is known."""

    paragraph: Paragraph
    start: int
    end: int
    full: str
    told: str = ""
    """How it is known: `listed` in full by the list, `framed` short in a frame, `word` so though it is a word besides."""

    @property
    def name(self) -> str:
        return self.paragraph.plain[self.start : self.end]

    @property
    def ahead(self) -> str:
        return self.paragraph.plain[max(0, self.start - 14) : self.start]

    @property
    def behind(self) -> str:
        return self.paragraph.plain[self.end : self.end + 8]

    @property
    def bare(self) -> bool:
        """Whether it is a short form of one place."""
        return self.name == stem(self.name) and "、" not in self.full and self.told != "listed"

    @property
    def divisions(self) -> tuple[Node, ...]:
        """The divisions it may be; a form for several places those of each."""
        bare = self.full.removesuffix("新区")  # 兰州新区 is 兰州's
        return nodes(self.full) or tuple(node for part in bare.split("、") for node in nodes(part))


def _places(text: Text, p: Paragraph, rule: Rule) -> list[_Place]:
    """The places of a paragraph in order: what the list tells by itself, and what reading found beside it."""
    listed = [_Place(p, start, end, p.plain[start:end], "listed") for start, end in in_full(p.plain, rule)]
    for start, end, sure in framed(p.plain, rule):
        full = {node[-1] for node in short_nodes(p.plain[start:end])}
        listed.append(_Place(p, start, end, full.pop() if len(full) == 1 else p.plain[start:end], "framed" if sure else "word"))
    read = [place for place in _read(text, p) if not any(_replaces(place, one) for one in listed)]
    listed = [one for one in listed if not any(place.start < one.end and one.start < place.end for place in read)]
    return sorted((*listed, *read), key=lambda place: place.start)


def _read(text: Text, p: Paragraph) -> Iterator[_Place]:
    """The places that reading found."""
    for start, end, what, full in text.slots[p.number]:
        name = p.plain[start:end]
        if what == "place" and not _DIRECTION.search(name) and (nodes(name) or nodes(full or name) or not _GENERIC.search(name)):
            yield _Place(p, start, end, full or name)


def _replaces(place: _Place, listed: _Place) -> bool:
    """Whether the list tells a place better than reading did: a name with a word before it (要柞水县), or the very same. A name with
    what it lies in (商洛市柞水县) stays whole."""
    if place.end <= listed.start or listed.end <= place.start:
        return False
    before = place.paragraph.plain[place.start : listed.start]
    return listed.end >= place.end and not (before and (nodes(before) or before[-1] in "省市区州盟"))


def _told(place: _Place) -> str:
    of = f"（{place.full}）" if place.full != place.name else ""
    return f"“{place.name}”{of}不是本地的地名；是旧稿留下的就改掉，是有意举的外地例子，在提纲的 cases 里写上"


# ---------------------------------------------------------------- how bad it is
@dataclass(frozen=True)
class _Judge:
    """Tells how bad a foreign place is. `confirmed` are names that the text uses as its own, or again and again; `partners` those it
    tells anywhere to give help or get it."""

    home: Home
    rule: Rule
    confirmed: frozenset[str]
    partners: frozenset[str]

    def severity(self, place: _Place) -> Severity | None:
        """E where a place stands as the writer's own would; W where it is but named; I beside a partner; None for what may be no place."""
        if stem(place.name) in self.rule.words("neutral") or (not place.told and self._is_other_word(place)):
            return None
        if place.told in ("framed", "word"):
            return self._framed(place)
        if not (found := place.divisions):
            return self._unlisted(place)
        small = all(len(node) == 3 for node in found) and not place.full.endswith("新区")  # those are known to all
        if place.bare and all(node[-1].endswith("区") and len(node) > 2 for node in found):
            return None  # 鹤城, 江城, 凤城: what a place calls itself is some district's short form elsewhere
        parts = place.full.split("、")
        if len(parts) > 1 and any(map(self.home.owns, parts)):
            return "I"
        if self._partner(place):
            return "W" if small and not (place.bare or self._helped(place) or self._is_near(place)) else "I"
        return self._alone(place, small=small)

    def _framed(self, place: _Place) -> Severity | None:
        """A short form in a frame that only one's own place stands in; of a city, too, where it is no partner's."""
        if len(place.full.split("、")) == 1 and self._partner(place):
            return "I"
        return "E" if place.told == "framed" else "W"

    def _alone(self, place: _Place, *, small: bool) -> Severity | None:
        """A listed place that no partner stands beside."""
        if not small and stem(place.name) in self.partners:
            return "I"
        as_own = self._as_own(place)
        sure = place.name in self.confirmed
        if (small and place.bare and not (as_own or sure)) or (place.bare and not self._bounded(place)):
            return None
        if (as_own and (small or sure)) or (small and (sure or "、" in place.full or self.rule.pattern("own").search(place.ahead))):
            return "E"
        if not (small or as_own) and self._is_near(place):
            return "I"  # a city of one's own province is named for many a reason
        return "W" if small or not place.bare or sure else "I"

    def _is_near(self, place: _Place) -> bool:
        """Whether a place lies in the writer's own province."""
        return all(node[0] in self.home.provinces for node in place.divisions)

    def _as_own(self, place: _Place) -> bool:
        """Whether what is the writer's own follows: 柞水县委, 柞水人民."""
        committee = place.name[-1] in "县区市州旗" and self.rule.pattern("committee").match(place.behind)
        return bool(committee or self.rule.pattern("own_behind").match(place.behind))

    def _bounded(self, place: _Place) -> bool:
        """Whether a short form begins where a word may: behind a mark, a function word or an ordinary word."""
        before = place.ahead[-1:]
        return not before.isalnum() or before in FUNCTION_WORDS or is_ordinary(place.ahead[-2:])

    def _unlisted(self, place: _Place) -> Severity | None:
        """A place that the list does not have: a county is somebody's, a village may be the writer's own."""
        own = self.rule.pattern("own").search(place.ahead)
        as_own = own or self._as_own(place) or stem(place.name) in self.confirmed
        severity: Severity = "I" if self._partner(place) else "E" if as_own else "W"
        if _SMALL.search(place.name):
            told = self.home.level in self.rule.words("lowest") and not place.name.endswith(("村", "社区"))
            return ("W" if severity == "E" else severity) if told else None
        if "、" in place.full:
            return severity
        before = place.ahead[-1:]
        bounded = own or not before.isalnum() or before in FUNCTION_WORDS
        return severity if bounded and _COUNTY.search(place.name) and place.behind[:1] not in ("县", "市", "（") else None

    def _helped(self, place: _Place) -> bool:
        """Whether the sentence tells of help for other places."""
        return bool(self.rule.pattern("helped").search(place.paragraph.sentence_at(place.start)[2]))

    def _partner(self, place: _Place) -> bool:
        """Whether a place is named as another one: 与…合作, 赴…考察, …经验."""
        ahead = self.rule.pattern("partner").search(place.ahead)
        return bool(ahead or self.rule.pattern("partner_behind").match(place.behind)) or self._helped(place)

    def _is_other_word(self, place: _Place) -> bool:
        """Whether a name lies across other words, or is part of another name: 滨海|城市, 朝阳县新|县城, 杨靖宇, 广州|街."""
        before, name = place.ahead[-1:], place.name
        if self.rule.pattern("streets").match(place.behind) or (name[-1] == "县" and place.behind.startswith("城")):
            return True
        if is_ordinary(before + name[0]) or (place.bare and (before in _NARROWS or is_personal_name(before + name))):
            return True
        joined = before.isalnum() and before not in FUNCTION_WORDS
        return joined and name != stem(name) and (name[-2:] in _AREAS or is_ordinary(name))


def _confirmed(text: Text, rule: Rule) -> frozenset[str]:
    """Names that stand as the writer's own place would anywhere in the text, or short and in full, or again and again."""
    found: set[str] = set()
    counts: Counter[str] = Counter()
    for place in (place for p in text.body for place in _places(text, p, rule)):
        counts[place.name] += 1
        small = any(len(node) == 3 for node in place.divisions)
        if rule.pattern("own_behind").match(place.behind) and (small or counts[place.name] > 1):
            found.add(place.name)
        if (place.full != place.name and counts[place.full]) or (place.name != stem(place.name) and counts[stem(place.name)]):
            found |= {place.name, place.full, stem(place.name)}
    often = rule.number("often", 3)
    again = {name for name, count in counts.items() if count >= often and all(len(node) < 3 for node in nodes(name))}
    unlisted = {stem(name) for name, count in counts.items() if count > 1 and not nodes(name)}
    return frozenset(found | again | unlisted)


def _partners(text: Text, rule: Rule) -> frozenset[str]:
    """Names, without level word, that stand in a sentence about help from one place to another."""
    helped = rule.pattern("helped")
    rows = (p for p in rule.paragraphs("helped", text, text.body) if helped.search(p.plain))
    return frozenset(stem(place.name) for p in rows for place in _places(text, p, rule) if helped.search(p.sentence_at(place.start)[2]))


# ---------------------------------------------------------------- what banks would smuggle in
def _smuggled(text: Text, aids: Aids, home: Home) -> dict[int, list[Hit]]:
    """Names of the banks' sources: in a draft those of the phrases it is made of, in a file all that stand in it."""
    if aids.stack is None:
        return {}
    found: dict[int, list[Hit]] = {}
    rows = _of_phrases(text, aids) if text.draft else _of_banks(text, aids)
    for p, start, name in rows:
        if not home.owns(name) and len(name) > 1 and not _GENERIC.search(name):
            message = f"“{name}”是素材库里别处的名字，随着语句带进来了，请改成本地的"
            found.setdefault(p.number, []).append(Hit(p, start, start + len(name), message, severity="E", text=name))
    return found


def _of_phrases(text: Text, aids: Aids) -> Iterator[tuple[Paragraph, int, str]]:
    for p in text.paragraphs:
        for start, end, origin in p.stretches:
            phrase = aids.stack.by_id(origin.ref) if origin.kind == "phrase" and aids.stack else None
            for name in phrase.names if phrase else ():
                if (at := p.text.find(name, start, end)) >= 0:
                    yield p, at, name


def _of_banks(text: Text, aids: Aids) -> Iterator[tuple[Paragraph, int, str]]:
    kinds = ("org", "person", "project", "event")
    slots = [(p, a, p.text[a:b]) for p in text.body for a, b, what, _ in text.slots[p.number] if what in kinds]
    known = _known_names(aids, {name for _, _, name in slots})
    seen: set[tuple[int, str]] = set()
    for p, start, name in slots:
        if name in known and (p.number, name) not in seen:
            seen.add((p.number, name))
            yield p, start, name


def _known_names(aids: Aids, names: Iterable[str]) -> set[str]:
    """Which of `names` are names of the banks' sources."""
    listed = json.dumps(sorted(names))
    sql = "SELECT DISTINCT name FROM names WHERE name IN (SELECT value FROM json_each(?))"
    return {row[0] for bank, own in aids.stack.banks if own for row in bank.rows(sql, (listed,))} if aids.stack else set()
