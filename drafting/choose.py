"""Which phrase goes where: candidates for a slot, in an order that depends on the seed alone.

The order is a mixture of seed, slot and phrase, so that a changed section leaves the others as they were.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from weakref import WeakKeyDictionary

from drafting.config import Genre
from drafting.fill import Filler
from phrasebank.model import Phrase
from phrasebank.search import Hit, Query, Stack
from phrasebank.slots import parse, plain

NEGATIVE_ROLES = frozenset({"problem", "cause"})
"""Roles that may name faults; every other role takes plain wording only."""

SPOKEN_FOR_ONESELF = frozenset({"pledge", "opening", "closing", "appeal", "transition"})
"""Roles in which a speaker says 我 even where he speaks for an office."""

GENRE_BOUND = frozenset({"opening", "closing"})
"""Roles whose wording belongs to one genre: how a lecture opens is not how a report does."""

EVEN = 200
"""Characters drawn from one source before others are preferred: about four sentences."""
MOST = 0.22
"""Share of a speech that may come from one source as long as another has anything to say."""

POOL = 400
"""Phrases looked at for one cell of theme, facet and role."""

ALIKE = 0.34
"""Share of common character pairs above which two sentences say the same."""

_MINE = re.compile(r"^(?:我(?!们)|本人|自己)")
_MOVE = re.compile(
    r"^(?:今天|按照|根据|围绕|刚才|借着|下面|会前)|召开|^以上|批评指正|到(?:这里|此)|会后|我就讲|谢谢大家|请予评议|散会"
)
"""Formal moves of openings and closings: the section templates make them, once a speech."""

_FORMAL = re.compile(
    r"我代表|表示(?:热烈|衷心|诚挚)|请予(?:评议|审议)|^(?:现在|下面|接下来|最后|先)，?(?:先)?请|^请[^，。]{1,12}(?:讲话|发言|讲(?=[，。]))|讲到这里|谢谢(?:大家|各位)"
    r"|^以上(?:是|报告|就是)|本报告|讲给大家|说给大家|散会|^(?:下面|接下来)，|各位(?:来宾|嘉宾|代表|评委)|述职述?廉?(?:报告|情况|如下)|^(?:经验|做法|体会|第)?[一二三四五六]：|^再看|^首先，|^(?:会议|今天的会)"
    r"|把[^，。]{2,20}写成[一二三四五六]段|来宾|贵宾"
)
"""Moves that belong to one place of one speech: thanks, welcome, handing over, what a host says."""

_ORDER = re.compile(
    r"^(?:\{(?:offices|units|leaders|whole)\}|各|有关|督查|牵头|大家|同志们|广大|每[名位个]|所有)[^，。]{0,14}?(?:要|必须|务必|应当|须|先把|负责)"
    r"|^(?:各|所有)[^，。]{1,8}(?:把|将|先)|^要求"
)
"""Openings that tell others what to do."""
_COMMAND = re.compile(
    r"(?:\{(?:offices|units|leaders)\}|各(?:部门|单位|乡镇|镇街|村|社区|科室|股室|级)[一-鿿]{0,6}|有关部门|同志们|大家|你们|各位同志)[一-鿿]{0,4}"
    r"(?:必须|务必|要(?![求是素点])|应当|不得|不准|严禁)|(?<!被)责令|(?<![我们上])务必"
)
"""What tells others what to do anywhere in a sentence (check W04 finds it too)."""
_TOLD = re.compile(
    r"^(?:[一二三四五六]?要(?![紧害素领]|求)|由[^，。我]{2,12}牵头|[^，。我]{1,12}(?:部门|机关|财政|办公室|[局委院]|单位|媒体|企业|站所|中队)[^，。我]{0,6}要)"
)
"""Openings fit for those who lead; others take them only when there is nothing else."""
_SINGULAR = re.compile(r"我(?![们县镇乡村校市省局院区国处科室])|本人")
_POST = re.compile(
    r"我(?:们)?(?:这个|当|作为|身为|任|是)?[^，。]{0,5}(?:书记|[镇县乡局院所村校]长|主任|委员|老师|医生|教师|院士|队长|站长|组长|村官)"
)
"""A speaker who says what he is."""
_OTHER_RANK = re.compile(r"(?:([省市县区镇乡])(?:干部|机关|直|纪委|党委|政府|班子)|(?:几个|各)([县镇乡]))")
_TO_THE_ROOM = re.compile(r"同志们|大家|各位")
_LEVELS, _FULL = 16, 24
"""Bits of a rank below which it tells how much was drawn from a source; the bit that tells a source is drawn on enough."""
_BY_NUMBER = 0x9E3779B97F4A7C15
"""2⁶⁴ divided by the golden ratio, odd: multiplying by it spreads numbers over 64 bits (Knuth, TAOCP 3, 6.4)."""
_WIDTH = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Traits:
    """What choosing looks at in a phrase, worked out once a process: pairs of characters, opening, source, a number of its
    own, whether it tells others what to do."""

    pairs: frozenset[str]
    opening: str
    file: str
    number: int
    told: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may stand in a cell. `tier` ranks before all else: what the user pinned, then his own bank, phrases of this
    facet alone before those of several, faults that are named before what only hints at them, voices like the speaker's, what
    only leaders say last in other mouths."""

    phrase: Phrase
    traits: Traits
    tier: int


@dataclass(slots=True)
class Chooser:
    """Chooses phrases for one draft of `characters` and remembers what is used: no sentence twice, none that says the same as
    another; `told` are the facts that have a sentence of their own."""

    stack: Stack
    filler: Filler
    genre: Genre
    theme: str
    seed: int
    characters: int = 2000
    used: set[str] = field(default_factory=set)
    drawn: Counter[str] = field(default_factory=Counter)
    openings: Counter[str] = field(default_factory=Counter)
    told: set[str] = field(default_factory=set)
    _cells: dict[Query, tuple[Candidate, ...]] = field(default_factory=dict)
    _said: dict[str, list[int]] = field(default_factory=dict)
    _sizes: list[int] = field(default_factory=list)
    _state: tuple[int, ...] = ()

    def candidates(self, role: str, facet: str, slot: str, *, strict: bool = False, kind: str = "sentence") -> list[Phrase]:
        """Unused phrases that fit, best first; `strict` keeps to the facet, else the theme's others follow."""
        near = self._ordered(Query(role=role, theme=self.theme, facet=facet, kind=kind), slot)
        if strict or not facet:
            return near
        ids = {phrase.id for phrase in near}
        return near + [p for p in self._ordered(Query(role=role, theme=self.theme, kind=kind), slot) if p.id not in ids]

    def choose(
        self, role: str, facet: str, slot: str, *, strict: bool = False, mine: bool = False, kind: str = "sentence",
        room: int = 1000,
    ) -> Phrase | None:  # fmt: skip
        """The first candidate unlike everything used so far, marked as used; None when there is none.

        One that opens as another did is taken only where there is no other. `mine` puts those first in which the
        speaker speaks of himself. `room` is the most characters it may have.
        """
        candidates = self.candidates(role, facet, slot, strict=strict, kind=kind)
        if mine:
            candidates.sort(key=lambda phrase: not _MINE.match(phrase.text))
        phrase = self._first(candidates, room)
        if phrase is not None:
            self.use(phrase)
        return phrase

    def use(self, phrase: Phrase) -> None:
        """Marks a phrase as standing in the draft."""
        traits = traits_of(phrase)
        self.used.add(phrase.id)
        for pair in traits.pairs:
            self._said.setdefault(pair, []).append(len(self._sizes))
        self._sizes.append(len(traits.pairs))
        self.drawn[traits.file] += len(phrase.text)
        self.openings[traits.opening] += 1

    def _first(self, candidates: Iterable[Phrase], room: int) -> Phrase | None:
        """The first that says something new, by preference with a new opening too."""
        second = None
        for phrase in candidates:
            if len(phrase.text) > room or self._repeats(phrase) or self._tells_again(phrase):
                continue
            if not self.openings[traits_of(phrase).opening]:
                return phrase
            second = second or phrase
        return second

    def _tells_again(self, phrase: Phrase) -> bool:
        """Whether a phrase would tell a figure that a sentence of its own has told."""
        if not self.told or "{blank:数据" not in phrase.template:
            return False
        asked = (slot for slot in parse(phrase.template) if not isinstance(slot, str) and slot.name == "blank")
        spans = (span for slot in asked for span in (self.filler.blank(*(*slot.args, "", "")[:3]),))
        return any(span.origin.kind == "fact" and span.origin.ref in self.told for span in spans)

    def _ordered(self, query: Query, slot: str) -> list[Phrase]:
        """The cell in the order of this seed and slot: by tier, sources drawn on little before those drawn on much (no draft
        should be one old text again), then by chance of the seed."""
        mixed, cell = _mixer(self.seed, slot), self._cell(query)
        most = MOST * self.characters
        drawn = {file: size // EVEN | (size > most) << _FULL for file, size in self.drawn.items()}
        ranks = [
            (one.tier + drawn.get(one.traits.file, 0) << 64 | mixed(one.traits.number)) << 16 | at
            for at, one in enumerate(cell)
            if one.phrase.id not in self.used
        ]
        ranks.sort()
        return [cell[rank & 0xFFFF].phrase for rank in ranks]

    def _cell(self, query: Query) -> tuple[Candidate, ...]:
        """What the banks have for a cell and may stand in this draft; kept as long as the banks do not change."""
        if query not in self._cells:
            self._state = self._state or self.stack.state()
            kept = _SHELVES.setdefault(self.stack, {})
            voice = (self.genre.name, self.genre.orders, self.genre.person, self.genre.spoken)
            key = (query, voice, self.filler.outline.profile.level, self._state)
            if key not in kept:
                kept[key] = tuple(self._candidates(self.stack.search(query, POOL), query))
            self._cells[query] = kept[key]
        return self._cells[query]

    def _candidates(self, hits: Iterable[Hit], query: Query) -> Iterator[Candidate]:
        level = self.filler.outline.profile.level
        for hit in hits:
            if self._fits(hit.phrase, query.role):
                traits = traits_of(hit.phrase)
                first = (not hit.pinned) << 1 | (not hit.own)
                marks = (
                    bool(query.facet) and len(hit.phrase.facets) > 1,
                    query.role == "problem" and hit.phrase.polarity == "plain",
                    stranger(hit.phrase.level, level) or _at_home(hit.phrase.genre, self.genre.name),
                    traits.told and not self.genre.orders,
                )  # fmt: skip
                rest = sum(mark << place for place, mark in enumerate(reversed(marks)))
                yield Candidate(hit.phrase, traits, first << _FULL + 1 | rest << _LEVELS)

    def _fits(self, phrase: Phrase, role: str) -> bool:
        """Whether a phrase may stand in this role, genre and mouth."""
        allowed = {"plain", "negative"} if role in NEGATIVE_ROLES else {"plain"}
        if role not in SPOKEN_FOR_ONESELF and self.genre.person != "我" and _SINGULAR.search(phrase.template):
            return False  # who speaks for an office says of it what was done and what is amiss
        if role != "transition" and _FORMAL.search(phrase.template):
            return False
        if phrase.polarity not in allowed or not self.filler.can_fill(phrase):
            return False
        if role in GENRE_BOUND and (phrase.genre not in (None, self.genre.name) or _MOVE.search(phrase.template)):
            return False
        level = self.filler.outline.profile.level
        if phrase.level != level and (_POST.search(phrase.template) or _of_other_rank(phrase.template, level)):
            return False
        return self._speaks(phrase.template)

    def _speaks(self, template: str) -> bool:
        """Whether the genre lets its speaker say so: who may not give orders gives none, a unit's report has no 我, and a written
        one does not turn to the room."""
        if not self.genre.orders and (
            _COMMAND.search(template) or any(_ORDER.match(clause) for clause in re.split("[。！？；]", template) if clause)
        ):
            return False
        if self.genre.person == "unit" and _SINGULAR.search(template):
            return False
        return self.genre.spoken or not _TO_THE_ROOM.search(template)

    def _repeats(self, phrase: Phrase) -> bool:
        """Whether a phrase says the same as one used: more than `ALIKE` of the pairs of the shorter in common."""
        mine = traits_of(phrase).pairs
        common = [0] * len(self._sizes)
        for pair in mine & self._said.keys():
            for at in self._said[pair]:
                common[at] += 1
        size = len(mine)
        return any(count > ALIKE * min(size, self._sizes[at]) for at, count in enumerate(common) if count)


_SHELVES: WeakKeyDictionary[Stack, dict[object, tuple[Candidate, ...]]] = WeakKeyDictionary()
"""Cells of each stack of banks, for the drafts of one process."""

_RANKS = {"省": 4, "市": 3, "县": 3, "区": 3, "局": 3, "镇": 2, "乡": 2, "街道": 2, "村": 1, "社区": 1}
"""How far up a level is; schools and hospitals stand beside."""


def stranger(level: str | None, own: str) -> bool:
    """Whether wording of a level sounds strange at one's own: a village is not a county, a school no office."""
    if level is None or level == own:
        return False
    if level not in _RANKS or own not in _RANKS:
        return True
    return abs(_RANKS[level] - _RANKS[own]) > 1


CEREMONIAL = frozenset({"致辞", "主持词"})
"""Genres whose wording sounds strange in others."""


def _at_home(genre: str | None, own: str) -> bool:
    """Whether wording belongs to a ceremony that this is not."""
    return genre != own and genre in CEREMONIAL


def _of_other_rank(template: str, level: str) -> bool:
    """Whether a wording speaks of offices above one's own as if they were one's own."""
    own = _RANKS.get(level, 0)
    return any(_RANKS[a or b] > own for a, b in _OTHER_RANK.findall(template))


def pairs(template: str) -> frozenset[str]:
    """Character pairs of a wording without slots and marks."""
    bare = re.sub(r"\W", "", plain(template))
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1))


def traits_of(phrase: Phrase) -> Traits:
    """What choosing looks at in a phrase."""
    return _traits(phrase.id, phrase.template, phrase.sources[0].file if phrase.sources else "")


@lru_cache(maxsize=1 << 16)
def _traits(id_: str, template: str, file: str) -> Traits:
    number = int.from_bytes(hashlib.blake2b(id_.encode(), digest_size=8).digest(), "big")
    return Traits(pairs(template), re.sub(r"\W", "", plain(template))[:2], file, number, bool(_TOLD.match(template)))


def _mixer(seed: int, slot: str) -> Callable[[int], int]:
    """Numbers shuffled by seed and slot: the same way each time, another way for another slot."""
    digest = hashlib.blake2b(f"{seed}|{slot}".encode(), digest_size=16).digest()
    add, factor = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:], "big") | 1

    def mixed(number: int) -> int:
        number = (number ^ add) * factor & _WIDTH
        return (number ^ number >> 29) * _BY_NUMBER & _WIDTH

    return mixed

