"""Which phrase goes where: candidates for a slot, in an order that depends on the seed alone.

The order is a mixture of seed, slot and phrase, so that a changed section leaves the others as they were.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from operator import add
from weakref import WeakKeyDictionary

from drafting.affinity import NOTHING, OF_IT, SAMPLE, Around, affinity, common
from drafting.config import Genre
from drafting.fill import MATCH, Filler, is_maxim, likeness
from drafting.parallel import chance
from drafting.voices import Voice, own, tells
from phrasebank.model import Phrase, Source, phrase_id
from phrasebank.search import Hit, Query, Stack
from phrasebank.slots import plain

MOST = 0.22
"""Share of a speech that may come from one source as long as another has anything to say."""
MAXIMS = 2
"""What a speech says of practice and experience in general, before it says something of its own."""
RUNS, LIMIT = 0.21, 0.28
"""Shares of a speech beyond which one source gives no more runs, and nothing more: what copies a text passage by passage is that
text again."""

POOL = 400
"""Phrases looked at for one cell of theme, facet and role."""

SENTENCE = 6
"""Characters from which a sentence is one that is not said twice."""

CLAUSE = 10
"""Characters from which a clause of a template says something that a phrase could say again."""

HEARD = 2
"""How many times as much of a template's clause as of a phrase must stand in another before that says the same: it is short, and what it
names is what the phrase is to be about."""
_ANNOUNCED = ("measure", "pledge", "problem", "achievement", "experience", "significance")
FEW = 2
"""Paragraphs of which the nearer goes on from what stands there."""

ALIKE = 0.34
"""Share of common character pairs above which two sentences say the same."""

CELLS = 2000
"""Cells kept for the drafts of one process: those of some fifty drafts that have nothing in common."""

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
    """A phrase that may stand in a cell. `tier` ranks before all else: what the user pinned, then his own bank, phrases of voices like
    the speaker's and of his rank, phrases of this facet alone before those of several, faults that are named before what only hints at
    them, what only leaders say last in other mouths. `own`: it is of the user's own bank; `home`: of the speaker's level; `common` are
    the pairs that tell it from few others of its cell: one set for all of a cell, of which there are thousands."""

    phrase: Phrase
    traits: Traits
    tier: int
    own: bool = False
    home: bool = False
    common: frozenset[str] = frozenset()

    @property
    def rare(self) -> frozenset[str]:
        """The pairs that tell it from the others of its cell."""
        return self.traits.pairs - self.common


@dataclass(slots=True)
class Headings:
    """Files and lines in which headings stand, and under which of some headings a phrase was written, by its id."""

    lines: dict[str, frozenset[Source]] = field(default_factory=dict)
    borne: dict[tuple[tuple[tuple[tuple[str, str], ...], ...], str], str] = field(default_factory=dict)


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
    _cells: dict[tuple[str, str, str], tuple[Candidate, ...]] = field(default_factory=dict)
    _said: list[tuple[frozenset[str], float]] = field(default_factory=list)
    """The pairs of each wording said so far, and how many of them another may have in common with it."""
    _state: tuple[int, ...] = ()

    @property
    def _voice(self) -> Voice:
        return Voice.of(self.genre, self.filler.outline.profile.level)

    def candidates(self, role: str, facet: str, slot: str, *, strict: bool = False, kind: str = "sentence") -> list[Phrase]:
        """Unused phrases that fit, best first; `strict` keeps to the facet, else the theme's others follow."""
        return [one.phrase for _, one in self._ranked(role, facet, slot, strict, kind)]

    def choose(
        self, role: str, facet: str, slot: str, *, strict: bool = False, mine: bool = False, kind: str = "sentence",
        room: int = 1000, least: int = 0, around: Around = NOTHING, at_rank: bool = False,
    ) -> Phrase | None:  # fmt: skip
        """The first candidate unlike everything used so far, marked as used; None when there is none.

        One that opens as another did is taken only where there is no other. `mine` puts those first in which the
        speaker speaks of himself. `room` is the most characters it may have, `least` the fewest. Of what the seed puts
        first, what is nearest to `around` comes first. `at_rank` leaves out what is petty in this mouth. The slot of a paragraph
        may be the number of a place (`chance.spread`).
        """
        if around.must >= OF_IT and strict:
            ranked = self._of_heading(role, facet, slot, kind, around.lines)
        else:
            ranked = self._ranked(role, facet, slot, strict, kind)
        fitting: Iterator[Ranked] = (pair for pair in ranked if least <= len(pair[1].phrase.text) <= room and not self._much(pair[1]))
        if around.must:
            fitting = (pair for pair in fitting if _taken_up(pair[1], around) >= around.must)
        if at_rank:
            voice = self._voice
            fitting = (pair for pair in fitting if not voice.petty(pair[1].phrase, role))
        if mine:
            fitting = iter(sorted(fitting, key=lambda pair: not own(pair[1].phrase)))
        phrase = self._first(one.phrase for one in _in_order(fitting, around, mine=mine, whole=kind == "paragraph"))
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

    def lines_of(self, heading: str) -> frozenset[Source]:
        """Files and lines in which a heading of the banks stands."""
        return lines_of(heading, self.stack, self._banks)

    @property
    def headings(self) -> Headings:
        """What is known of headings of these banks as they are."""
        return headings_of(self.stack, self._banks)

    @property
    def _banks(self) -> tuple[int, ...]:
        """The state of the banks when they were first asked."""
        self._state = self._state or self.stack.state()
        return self._state

    def written_under(self, heading: str, facet: str) -> frozenset[str]:
        """The pairs of the paragraph that a facet's heading is of, in the roles a heading may announce."""
        lines = self.lines_of(heading)
        cells = (self._cell(role, facet, "paragraph") for role in _ANNOUNCED) if lines else ()
        under = (one for cell in cells for one in cell if not lines.isdisjoint(one.phrase.sources))
        return next((one.traits.pairs for one in under), frozenset())

    def hear(self, text: str) -> None:
        """Remembers what a draft says in words of no phrase, so that no phrase says it again."""
        for clause in _CLAUSE_ENDS.split(text):
            if len(clause) >= CLAUSE and clause not in self.said:
                self.said.add(clause)
                self._say(pairs(clause), HEARD)

    def _say(self, said: frozenset[str], weight: int = 1) -> None:
        self._said.append((said, ALIKE * (weight * len(said))))

    def _much(self, one: Candidate) -> bool:
        """Whether too much of the speech would come from a source: a run of any, any phrase of what ships. The user's own texts give
        sentences as long as nothing else does."""
        drawn = self.drawn[one.traits.file] + len(one.phrase.text)
        run = one.phrase.kind != "sentence"
        return drawn > (RUNS if run else LIMIT) * self.characters and (run or not one.own)

    def _first(self, candidates: Iterable[Phrase]) -> Phrase | None:
        """The first that says something new, by preference with a new opening too; what opens a paragraph stands further from the next."""
        second = None
        for phrase in candidates:
            if self._repeats(phrase) or self._tells_again(phrase):
                continue
            opened = self.openings[traits_of(phrase).opening]
            if opened <= (phrase.kind == "paragraph") and not (self.maxims >= MAXIMS and is_maxim(phrase)):
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

    def _ranked(self, role: str, facet: str, slot: str, strict: bool, kind: str) -> Iterator[Ranked]:
        """What fits a role and facet, best first; then, unless `strict`, the theme's others, behind all of them."""
        near = self._ordered(role, facet, slot, kind)
        yield from near
        if facet and not strict:
            ids = {one.phrase.id for _, one in near}
            others = self._ordered(role, "", slot, kind)
            yield from ((group | _FAR, one) for group, one in others if one.phrase.id not in ids)

    def _of_heading(self, role: str, facet: str, slot: str, kind: str, lines: frozenset[Source]) -> Iterator[Ranked]:
        """What of a cell was written under a heading, which is one paragraph or none: only where there are more is a draw called for."""
        cell = self._cell(role, facet, kind)
        there = [one for one in cell if one.phrase.id not in self.used and not lines.isdisjoint(one.phrase.sources)]
        return ((0, one) for one in there) if len(there) < 2 else iter(self._ordered(role, facet, slot, kind))

    def _ordered(self, role: str, facet: str, slot: str, kind: str) -> list[Ranked]:
        """The cell in the order of this seed and slot: by tier, sources that have given their share last (no draft should be one
        old text again), then by chance of the seed."""
        cell, used = self._cell(role, facet, kind), self.used
        most = MOST * self.characters
        full = {file: 1 << _FULL for file, size in self.drawn.items() if size > most}
        tiers = [one.tier + full.get(one.traits.file, 0) for one in cell]
        order = self._turned(slot, tiers) if kind == "paragraph" else self._mixed(slot, cell)
        ranks = [(tiers[at] << 64 | order[at]) << 16 | at for at, one in enumerate(cell) if one.phrase.id not in used]
        ranks.sort()
        return [(rank >> 80, cell[rank & 0xFFFF]) for rank in ranks]

    def _turned(self, slot: str, tiers: Sequence[int]) -> Sequence[int]:
        """Ranks of a cell of few, long phrases, among those of one tier: drafts of different seeds are to have few in common."""
        sizes, seen, ranks = Counter(tiers), Counter[int](), list[int]()
        place = int(slot) if slot.isdecimal() else chance.number(0, slot)
        starts = {tier: chance.spread(abs(self.seed), place, size) for tier, size in sizes.items()}
        for tier in tiers:
            ranks.append((seen[tier] - starts[tier]) % sizes[tier])
            seen[tier] += 1
        return ranks

    def _mixed(self, slot: str, cell: Sequence[Candidate]) -> Sequence[int]:
        """Ranks of a cell by chance, mixed in place: a call for each of a thousand a speech is what this would cost."""
        add, factor = _mixing(self.seed, slot)
        return [((number := (one.traits.number ^ add) * factor & _WIDTH) ^ number >> 29) * _BY_NUMBER & _WIDTH for one in cell]

    def _cell(self, role: str, facet: str, kind: str) -> tuple[Candidate, ...]:
        """What the banks have for a cell and may stand in this draft; kept as long as the banks do not change."""
        cell = role, facet, kind
        if cell not in self._cells:
            query = Query(role=role, theme=self.theme, facet=facet, kind=kind)
            kept = _SHELVES.setdefault(self.stack, {})
            key = (query, self._voice, self._banks)
            if key not in kept:
                if len(kept) >= CELLS:
                    kept.clear()
                kept[key] = self._candidates(self.stack.search(query, POOL), query)
            self._cells[cell] = kept[key]
        return self._cells[cell]

    def _candidates(self, hits: Iterable[Hit], query: Query) -> tuple[Candidate, ...]:
        voice = self._voice
        fit = [hit for hit in hits if voice.may_say(hit.phrase, query.role) and self.filler.can_fill(hit.phrase)]
        every = common([traits_of(hit.phrase).pairs for hit in fit])
        return tuple(self._candidate(hit, query, voice, every) for hit in fit)

    def _candidate(self, hit: Hit, query: Query, voice: Voice, every: frozenset[str]) -> Candidate:
        traits = traits_of(hit.phrase)
        first = (not hit.pinned) << 1 | (not hit.own)
        marks = (
            voice.strange(hit.phrase),
            voice.petty(hit.phrase, query.role),
            bool(query.facet) and len(hit.phrase.facets) > 1,
            query.role == "problem" and hit.phrase.polarity == "plain",
            traits.told and not self.genre.orders,
        )  # fmt: skip
        rest = sum(mark << place for place, mark in enumerate(reversed(marks)))
        tier = first << _FULL + 1 | rest << _LEVELS
        return Candidate(hit.phrase, traits, tier, hit.own, hit.phrase.level == voice.level, every)

    def _repeats(self, phrase: Phrase) -> bool:
        """Whether a phrase has a sentence of one used, or says the same: more than `ALIKE` of the pairs of the shorter in common."""
        traits = traits_of(phrase)
        if not self.said.isdisjoint(traits.sentences):
            return True
        own = traits.pairs
        most = ALIKE * len(own)
        return any(len(own & said) > min(most, bound) for said, bound in self._said)


def _in_order(fitting: Iterator[Ranked], around: Around, *, mine: bool, whole: bool) -> Iterator[Candidate]:
    """Candidates as they are to be tried: a whole paragraph by how much of its heading it takes up, or in its turn, or where something
    stands before it the nearer of the next; other phrases by nearness."""
    if whole and around.must:
        return iter([one for _, one in sorted(fitting, key=lambda pair: -_taken_up(pair[1], around))])
    if whole and not around.file:
        return (one for _, one in fitting)
    return _nearest_first(fitting, around, mine, FEW if whole else SAMPLE)


def _taken_up(one: Candidate, around: Around) -> int:
    return around.takes_up(one.traits.pairs, one.phrase.sources if one.phrase.kind == "paragraph" else ())


def _nearest_first(ranked: Iterator[Ranked], around: Around, mine: bool, sample: int) -> Iterator[Candidate]:
    """Candidates of a rank by their nearness, the first of all; the others as they come, looked at when they are asked for."""
    first = list(islice(ranked, sample)) if around.pairs else []
    first.sort(key=lambda pair: _key(pair, around, mine))
    yield from (one for _, one in chain(first, ranked))


def _key(ranked: Ranked, around: Around, mine: bool) -> tuple[bool, int, float]:
    group, one = ranked
    return mine and not own(one.phrase), group, -affinity(one.rare, one.traits.file, around, home=one.home)


def headings_of(stack: Stack, state: tuple[int, ...]) -> Headings:
    """What is known of the headings of banks that are in that state."""
    return _HEADINGS.setdefault(stack, {}).setdefault(state, Headings())


def lines_of(heading: str, stack: Stack, state: tuple[int, ...]) -> frozenset[Source]:
    """Files and lines in which a heading stands in banks that are in that state; asked once."""
    lines = headings_of(stack, state).lines
    if heading not in lines:
        phrase = stack.by_id(phrase_id(heading))
        lines[heading] = frozenset(phrase.sources if phrase else ())
    return lines[heading]


def share(source: Stack, target: Stack) -> None:
    """Gives the cells of one stack to another on the same banks, which has to be as the first one is now."""
    now, then = target.state(), source.state()
    found = {(query, voice, now): cell for (query, voice, state), cell in _SHELVES.get(source, {}).items() if state == then}
    _SHELVES.setdefault(target, {}).update(found)
    if known := _HEADINGS.get(source, {}).get(then):
        headings_of(target, now).lines.update(known.lines)


_SHELVES: WeakKeyDictionary[Stack, dict[tuple[Query, Voice, tuple[int, ...]], tuple[Candidate, ...]]] = WeakKeyDictionary()
"""Cells of each stack of banks, for the drafts of one process."""
_HEADINGS: WeakKeyDictionary[Stack, dict[tuple[int, ...], Headings]] = WeakKeyDictionary()
"""Where the headings of drafts stand in each stack of banks."""

_MARKS = re.compile(r"\W+")
_CLAUSE_ENDS = re.compile("[。！？；：]")


@lru_cache(maxsize=1 << 12)
def pairs(template: str) -> frozenset[str]:
    """Character pairs of a wording without slots and marks."""
    bare = _MARKS.sub("", plain(template))
    return frozenset(map(add, bare, bare[1:]))


@dataclass(slots=True)
class Growing:
    """The pairs of a text that grows at its end from one question to the next: only what is new is cut."""

    text: str = ""
    last: str = ""
    known: set[str] = field(default_factory=set)

    def pairs(self, text: str) -> Set[str]:
        """The same as `pairs` of the text; not to be kept, for it grows."""
        text = text.rstrip("。")
        if "{" in text:
            return pairs(text)
        if not text.startswith(self.text):
            self.text, self.last, self.known = "", "", set()
        if more := _MARKS.sub("", text[len(self.text) :]):
            more = self.last + more
            self.known.update(map(add, more, more[1:]))
            self.last = more[-1]
        self.text = text
        return self.known


def traits_of(phrase: Phrase) -> Traits:
    """What choosing looks at in a phrase."""
    return _traits(phrase.id, phrase.template, phrase.sources[0].file if phrase.sources else "")


@lru_cache(maxsize=1 << 16)
def _traits(id_: str, template: str, file: str) -> Traits:
    number = int.from_bytes(hashlib.blake2b(id_.encode(), digest_size=8).digest(), "big")
    sentences = frozenset(part for part in re.split("[。！？]", template) if len(part) >= SENTENCE)
    return Traits(sentences, pairs(template), _MARKS.sub("", plain(template))[:2], file, number, tells(template))


def _mixing(seed: int, slot: str) -> tuple[int, int]:
    """What the numbers of phrases are mixed with, so that they are shuffled by seed and slot: the same way each time, another way for
    another slot."""
    digest = hashlib.blake2b(f"{seed}|{slot}".encode(), digest_size=16).digest()
    return int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:], "big") | 1

