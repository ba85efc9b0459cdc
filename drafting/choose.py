"""Which phrase goes where: candidates for a slot, in an order that depends on the seed alone.

The order is a mixture of seed, slot and phrase, so that a changed section leaves the others as they were.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from weakref import WeakKeyDictionary

from drafting.affinity import NOTHING, SAMPLE, TAKEN_UP, Around, affinity, rare
from drafting.config import Genre
from drafting.fill import MATCH, Filler, is_maxim, likeness
from drafting.voices import Voice, own, tells
from phrasebank.model import Phrase
from phrasebank.search import Hit, Query, Stack
from phrasebank.slots import plain

MOST = 0.22
"""Share of a speech that may come from one source as long as another has anything to say."""
MAXIMS = 2
"""What a speech says of practice and experience in general, before it says something of its own."""
RUNS, LIMIT = 0.26, 0.3
"""Shares of a speech beyond which one source gives no more runs, and nothing more: what copies a text passage by passage is that
text again."""

POOL = 400
"""Phrases looked at for one cell of theme, facet and role."""

SENTENCE = 6
"""Characters from which a sentence is one that is not said twice."""

CLAUSE = 10
"""Characters from which a clause of a template says something that a phrase could say again."""

ALIKE = 0.34
"""Share of common character pairs above which two sentences say the same."""

_LEVELS, _FULL = 16, 24
"""Bits of a rank below the marks of a tier; the bit that tells a source is drawn on enough."""
_FAR = 1 << 40
"""The bit that tells a phrase of another facet."""
_BY_NUMBER = 0x9E3779B97F4A7C15
"""2⁶⁴ divided by the golden ratio, odd: multiplying by it spreads numbers over 64 bits (Knuth, TAOCP 3, 6.4)."""
_WIDTH = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Traits:
    """What choosing looks at in a phrase, worked out once a process: its sentences, pairs of characters, opening, source, a
    number of its own, whether it tells others what to do."""

    sentences: frozenset[str]
    pairs: frozenset[str]
    opening: str
    file: str
    number: int
    told: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may stand in a cell. `tier` ranks before all else: what the user pinned, then his own bank, phrases of this
    voices like the speaker's, phrases of this facet alone before those of several, faults that are named before what only hints
    at them, what only leaders say last in other mouths. `own`: it is of the user's own bank; `home`: of the speaker's level;
    `rare` are the pairs that tell it from the others of its cell."""

    phrase: Phrase
    traits: Traits
    tier: int
    own: bool = False
    home: bool = False
    rare: frozenset[str] = frozenset()


Ranked = tuple[int, Candidate]
"""A candidate behind what ranks before chance."""


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
    said: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    maxims: int = 0
    drawn: Counter[str] = field(default_factory=Counter)
    openings: Counter[str] = field(default_factory=Counter)
    told: set[str] = field(default_factory=set)
    _cells: dict[Query, tuple[Candidate, ...]] = field(default_factory=dict)
    _said: dict[str, list[int]] = field(default_factory=dict)
    _sizes: list[int] = field(default_factory=list)
    _state: tuple[int, ...] = ()

    @property
    def _voice(self) -> Voice:
        return Voice.of(self.genre, self.filler.outline.profile.level)

    def candidates(self, role: str, facet: str, slot: str, *, strict: bool = False, kind: str = "sentence") -> list[Phrase]:
        """Unused phrases that fit, best first; `strict` keeps to the facet, else the theme's others follow."""
        return [one.phrase for _, one in self._ranked(role, facet, slot, strict, kind)]

    def choose(
        self, role: str, facet: str, slot: str, *, strict: bool = False, mine: bool = False, kind: str = "sentence",
        room: int = 1000, least: int = 0, around: Around = NOTHING,
    ) -> Phrase | None:  # fmt: skip
        """The first candidate unlike everything used so far, marked as used; None when there is none.

        One that opens as another did is taken only where there is no other. `mine` puts those first in which the
        speaker speaks of himself. `room` is the most characters it may have, `least` the fewest. Of what the seed puts
        first, what is nearest to `around` comes first.
        """
        ranked = self._ranked(role, facet, slot, strict, kind)
        fitting = [pair for pair in ranked if least <= len(pair[1].phrase.text) <= room and not self._much(pair[1])]
        if around.must:
            fitting = [pair for pair in fitting if len(pair[1].traits.pairs & around.heading) >= TAKEN_UP]
        if mine:
            fitting.sort(key=lambda pair: not own(pair[1].phrase))
        phrase = self._first(one.phrase for one in _nearest_first(fitting, around, mine))
        if phrase is not None:
            self.use(phrase)
        return phrase

    def use(self, phrase: Phrase) -> None:
        """Marks a phrase as standing in the draft."""
        traits = traits_of(phrase)
        self.used.add(phrase.id)
        self.said |= traits.sentences
        if "{blank" in phrase.template:
            self.asked |= {span.origin.ref for span in self.filler.spans(phrase) if span.origin.blank and not span.origin.blank.doubtful}
        self._say(traits.pairs)
        self.drawn[traits.file] += len(phrase.text)
        self.openings[traits.opening] += 1
        self.maxims += is_maxim(phrase)

    def hear(self, text: str) -> None:
        """Remembers what a draft says in words of no phrase, so that no phrase says it again."""
        for clause in re.split("[。！？；：]", text):
            if len(clause) >= CLAUSE and clause not in self.said:
                self.said.add(clause)
                self._say(pairs(clause))

    def _say(self, said: frozenset[str]) -> None:
        for pair in said:
            self._said.setdefault(pair, []).append(len(self._sizes))
        self._sizes.append(len(said))

    def _much(self, one: Candidate) -> bool:
        """Whether too much of the speech would come from a source: a run of any, any phrase of what ships. The user's own texts give
        sentences as long as nothing else does."""
        drawn = self.drawn[one.traits.file] + len(one.phrase.text)
        return drawn > (RUNS if one.phrase.kind == "run" else LIMIT) * self.characters and (one.phrase.kind == "run" or not one.own)

    def _first(self, candidates: Iterable[Phrase]) -> Phrase | None:
        """The first that says something new, by preference with a new opening too."""
        second = None
        for phrase in candidates:
            if self._repeats(phrase) or self._tells_again(phrase):
                continue
            if not self.openings[traits_of(phrase).opening] and not (self.maxims >= MAXIMS and is_maxim(phrase)):
                return phrase
            second = second or phrase
        return second

    def _tells_again(self, phrase: Phrase) -> bool:
        """Whether a phrase would tell a figure that a sentence of its own has told, or ask what another has asked."""
        if "{blank" not in phrase.template:
            return False
        spans = [span for span in self.filler.spans(phrase) if span.origin.kind in ("blank", "fact")]
        if any(span.origin.kind == "fact" and span.origin.ref in self.told for span in spans):
            return True
        return any(likeness(span.origin.ref, asked) >= MATCH for span in spans for asked in self.asked if span.origin.blank)

    def _ranked(self, role: str, facet: str, slot: str, strict: bool, kind: str) -> list[Ranked]:
        """What fits a role and facet, best first; then, unless `strict`, the theme's others, behind all of them."""
        near = self._ordered(Query(role=role, theme=self.theme, facet=facet, kind=kind), slot)
        if strict or not facet:
            return near
        ids = {one.phrase.id for _, one in near}
        others = self._ordered(Query(role=role, theme=self.theme, kind=kind), slot)
        return near + [(group | _FAR, one) for group, one in others if one.phrase.id not in ids]

    def _ordered(self, query: Query, slot: str) -> list[Ranked]:
        """The cell in the order of this seed and slot: by tier, sources that have given their share last (no draft should be one
        old text again), then by chance of the seed."""
        mixed, cell = _mixer(self.seed, slot), self._cell(query)
        most = MOST * self.characters
        full = {file: 1 << _FULL for file, size in self.drawn.items() if size > most}
        ranks = [
            (one.tier + full.get(one.traits.file, 0) << 64 | mixed(one.traits.number)) << 16 | at
            for at, one in enumerate(cell)
            if one.phrase.id not in self.used
        ]
        ranks.sort()
        return [(rank >> 80, cell[rank & 0xFFFF]) for rank in ranks]

    def _cell(self, query: Query) -> tuple[Candidate, ...]:
        """What the banks have for a cell and may stand in this draft; kept as long as the banks do not change."""
        if query not in self._cells:
            self._state = self._state or self.stack.state()
            kept = _SHELVES.setdefault(self.stack, {})
            key = (query, self._voice, self._state)
            if key not in kept:
                cell = tuple(self._candidates(self.stack.search(query, POOL), query))
                lone = rare([one.traits.pairs for one in cell])
                kept[key] = tuple(replace(one, rare=pairs) for one, pairs in zip(cell, lone, strict=True))
            self._cells[query] = kept[key]
        return self._cells[query]

    def _candidates(self, hits: Iterable[Hit], query: Query) -> Iterator[Candidate]:
        voice = self._voice
        for hit in hits:
            if voice.may_say(hit.phrase, query.role) and self.filler.can_fill(hit.phrase):
                traits = traits_of(hit.phrase)
                first = (not hit.pinned) << 1 | (not hit.own)
                marks = (
                    voice.strange(hit.phrase),
                    bool(query.facet) and len(hit.phrase.facets) > 1,
                    query.role == "problem" and hit.phrase.polarity == "plain",
                    traits.told and not self.genre.orders,
                )  # fmt: skip
                rest = sum(mark << place for place, mark in enumerate(reversed(marks)))
                tier = first << _FULL + 1 | rest << _LEVELS
                yield Candidate(hit.phrase, traits, tier, hit.own, hit.phrase.level == voice.level)

    def _repeats(self, phrase: Phrase) -> bool:
        """Whether a phrase has a sentence of one used, or says the same: more than `ALIKE` of the pairs of the shorter in common."""
        traits = traits_of(phrase)
        if not self.said.isdisjoint(traits.sentences):
            return True
        mine = traits.pairs
        common = [0] * len(self._sizes)
        for pair in mine & self._said.keys():
            for at in self._said[pair]:
                common[at] += 1
        size = len(mine)
        return any(count > ALIKE * min(size, self._sizes[at]) for at, count in enumerate(common) if count)


def _nearest_first(ranked: Sequence[Ranked], around: Around, mine: bool) -> Iterator[Candidate]:
    """Candidates of a rank by their nearness, the first of all; the others as they come."""
    first = ranked[:SAMPLE] if around.pairs else ()
    if first:
        first = sorted(first, key=lambda pair: _key(pair, around, mine))
    yield from (one for _, one in (*first, *ranked[len(first) :]))


def _key(ranked: Ranked, around: Around, mine: bool) -> tuple[bool, int, float]:
    group, one = ranked
    return mine and not own(one.phrase), group, -affinity(one.rare, one.traits.file, around, home=one.home)


_SHELVES: WeakKeyDictionary[Stack, dict[object, tuple[Candidate, ...]]] = WeakKeyDictionary()
"""Cells of each stack of banks, for the drafts of one process."""

@lru_cache(maxsize=1 << 14)
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
    sentences = frozenset(part for part in re.split("[。！？]", template) if len(part) >= SENTENCE)
    return Traits(sentences, pairs(template), re.sub(r"\W", "", plain(template))[:2], file, number, tells(template))


def _mixer(seed: int, slot: str) -> Callable[[int], int]:
    """Numbers shuffled by seed and slot: the same way each time, another way for another slot."""
    digest = hashlib.blake2b(f"{seed}|{slot}".encode(), digest_size=16).digest()
    add, factor = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:], "big") | 1

    def mixed(number: int) -> int:
        number = (number ^ add) * factor & _WIDTH
        return (number ^ number >> 29) * _BY_NUMBER & _WIDTH

    return mixed

