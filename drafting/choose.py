"""Which phrase goes where: candidates for a slot, in an order that depends on the seed alone.

The order is a hash of seed, slot and phrase, so that a changed section leaves the others as they were.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from drafting.config import Genre
from drafting.fill import Filler
from phrasebank.model import Phrase
from phrasebank.search import Hit, Query, Stack
from phrasebank.slots import plain

NEGATIVE_ROLES = frozenset({"problem", "cause"})
"""Roles that may name faults; every other role takes plain wording only."""

GENRE_BOUND = frozenset({"opening", "closing"})
"""Roles whose wording belongs to one genre: how a lecture opens is not how a report does."""

EVEN = 4
"""Sentences drawn from one source before others are preferred."""

_MINE = re.compile(r"^(?:我(?!们)|本人|自己)")
_MOVE = re.compile(
    r"^(?:今天|按照|根据|围绕|刚才|借着|下面|会前)|召开|^以上|批评指正|到(?:这里|此)|会后|我就讲|谢谢大家"
)
"""Formal moves of openings and closings: the section templates make them, once a speech."""

_ORDER = re.compile(r"^(?:\{(?:offices|units|leaders|whole)\}|各|有关|督查|牵头)[^，。]{0,14}?(?:要|必须|务必|应当)")

POOL = 400
"""Phrases looked at for one cell of theme, facet and role."""

ALIKE = 0.34
"""Share of common character pairs above which two sentences say the same."""


@dataclass(slots=True)
class Chooser:
    """Chooses phrases for one draft and remembers what is used: no sentence twice, none that says the same as another."""

    stack: Stack
    filler: Filler
    genre: Genre
    theme: str
    seed: int
    used: dict[str, frozenset[str]] = field(default_factory=dict)
    drawn: Counter[str] = field(default_factory=Counter)

    def candidates(self, role: str, facet: str, slot: str, *, strict: bool = False) -> list[Phrase]:
        """Unused phrases that fit, best first; `strict` keeps to the facet, else the theme's others follow."""
        near = self._ordered(Query(role=role, theme=self.theme, facet=facet, kind="sentence"), slot)
        if strict or not facet:
            return near
        ids = {phrase.id for phrase in near}
        return near + [p for p in self._ordered(Query(role=role, theme=self.theme, kind="sentence"), slot) if p.id not in ids]

    def choose(self, role: str, facet: str, slot: str, *, strict: bool = False, mine: bool = False) -> Phrase | None:
        """The first candidate unlike everything used so far, marked as used; None when there is none.

        `mine` puts those first in which the speaker speaks of himself.
        """
        candidates = self.candidates(role, facet, slot, strict=strict)
        if mine:
            candidates.sort(key=lambda phrase: not _MINE.match(phrase.text))
        for phrase in candidates:
            if not self._repeats(phrase):
                self.use(phrase)
                return phrase
        return None

    def _ordered(self, query: Query, slot: str) -> list[Phrase]:
        hits = self._fitting(self.stack.search(query, POOL), query.role)
        return [hit.phrase for hit in sorted(hits, key=lambda hit: self._key(hit, query.facet, slot))]

    def use(self, phrase: Phrase) -> None:
        """Marks a phrase as standing in the draft."""
        self.used[phrase.id] = pairs(phrase.template)
        self.drawn[phrase.sources[0].file if phrase.sources else ""] += 1

    def _fitting(self, hits: Iterable[Hit], role: str) -> Iterable[Hit]:
        return (hit for hit in hits if self._fits(hit.phrase, role))

    def _fits(self, phrase: Phrase, role: str) -> bool:
        """Whether a phrase may stand in this role, genre and mouth."""
        allowed = {"plain", "negative"} if role in NEGATIVE_ROLES else {"plain"}
        if phrase.id in self.used or phrase.polarity not in allowed or not self.filler.can_fill(phrase):
            return False
        if role in GENRE_BOUND and (phrase.genre not in (None, self.genre.name) or _MOVE.search(phrase.template)):
            return False
        return self.genre.orders or not _ORDER.match(phrase.template)

    def _key(self, hit: Hit, facet: str, slot: str) -> tuple[bool, bool, bool, int, str]:
        """What the user pinned first, then his own bank, phrases of this facet alone before those of several, sources drawn on
        little before those drawn on much (no draft should be one old text again), then by chance of the seed."""
        digest = hashlib.blake2b(f"{self.seed}|{slot}|{hit.phrase.id}".encode(), digest_size=8).hexdigest()
        file = hit.phrase.sources[0].file if hit.phrase.sources else ""
        return not hit.pinned, not hit.own, bool(facet) and len(hit.phrase.facets) > 1, self.drawn[file] // EVEN, digest

    def _repeats(self, phrase: Phrase) -> bool:
        mine = pairs(phrase.template)
        return any(len(mine & other) > ALIKE * min(len(mine), len(other)) for other in self.used.values())


def pairs(template: str) -> frozenset[str]:
    """Character pairs of a wording without slots and marks."""
    bare = re.sub(r"\W", "", plain(template))
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1))
