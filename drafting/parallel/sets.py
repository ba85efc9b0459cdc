"""Parallel headings for a speech that is being planned: one for each headed part, one for each facet of a part.

Both functions are pure: the same theme, roles or facets, and seed give the same set; another seed gives another one where frames and
heads allow. They give () where nothing parallel can be made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, islice

from drafting.config import Facet, Theme
from drafting.parallel.chance import T, choices, number, pairs, shuffled, spread
from drafting.parallel.frames import Frame, load_frames, stage
from drafting.parallel.measure import parallel
from drafting.themes import Pairs

TRIES = 24
"""Combinations of one frame that are looked at before the next frame is tried."""
_ANSWERS = frozenset({"measure", "pledge"})
"""Roles whose headings answer a fault that was named: those that speak of the same things come first."""
_ANSWERED_BY = {"problem": "measure", "mine": "pledge"}
"""Roles whose headings name a fault, and those of what answers it."""
HEADS = "heads"
"""The name under which a theme's own pairs of verb–object phrases may be wished for."""
_ATTITUDES = {
    "观": "践行", "意识": "增强", "精神": "弘扬", "作风": "改进", "纪律": "严守", "党性": "锤炼", "初心": "坚守", "自信": "坚定",
    "自律": "坚持", "师风": "涵养", "信念": "坚定", "情怀": "厚植", "品格": "锤炼", "能力": "提升", "本领": "练强",
}  # fmt: skip
"""Ends of names that stand for an attitude rather than for work, and the verb that makes work of it."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What a heading is drawn by: the seed, its `place` among a draft's, the headings `said` before, and of each facet the words of the
    `faults` that were named, as pairs of characters."""

    seed: int = 0
    place: int = 0
    said: frozenset[str] = frozenset()
    faults: Mapping[str, frozenset[str]] = field(default_factory=dict)


NONE = Draw()


def spoken(name: str) -> str:
    """A theme as a heading names it: an attitude with its verb (践行正确政绩观), work as it is (安全生产)."""
    verb = next((verb for end, verb in _ATTITUDES.items() if name.endswith(end)), "")
    return name if not verb or name.startswith(verb) else verb + name


def fits(frame: Frame, theme: str) -> bool:
    """Whether a frame suits a theme of this kind: work to be done, or conduct."""
    return not frame.fits or (frame.fits == "work") == (spoken(theme) == theme)


def part_headings(
    theme: str, roles: Sequence[str | tuple[str, ...]], *, genre: str = "", frame: str = "", seed: int = 0,
    frames: Sequence[Frame] | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Headings of the first level, one for each of `roles` (a part by any of its names, 认识, 查摆, measure, or by its name and its role),
    that stand parallel and rise in the order of the roles. `frame` is tried first. () where no frame has a place for some role."""
    stages = [stage(role) if isinstance(role, str) else stage(*role) for role in roles]
    if len(stages) < 2 or not all(stages):
        return ()
    name = spoken(theme)
    for candidate in _fitting(frames, "theme", theme, genre=genre, wish=frame, seed=seed):
        if found := by_stages(candidate, stages, name, seed):
            return found
    return ()


def point_headings(
    theme: Theme, facets: Sequence[str], *, role: str = "measure", genre: str = "", frame: str = "", seed: int = 0,
    frames: Sequence[Frame] | None = None, draw: Draw | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Run-in headings, one for each facet in its order, that stand parallel: of a frame for the role, or of the facets' own pairs of
    verb–object phrases. `frame` (a frame's name, or HEADS) is tried first; `draw` has the seed and what the draft has so far. () where
    nothing parallel can be made."""
    draw = draw or Draw(seed)
    where = stage(role) or "举措"
    wished, own = frame == HEADS, [theme.facet(name) for name in facets]
    pairs_first = wished or (not frame and number(draw.seed, "|".join((HEADS, theme.name, where, str(draw.place), *facets))) % 5 < 4)
    if pairs_first and (found := of_heads(own, role, draw)):
        return found
    for candidate in _fitting(frames, "facet", theme.name, genre=genre, wish=frame, seed=draw.seed):
        if found := by_facets(candidate, where, facets, draw.seed):
            return found
    return () if pairs_first else of_heads(own, role, draw)


def _fitting(
    frames: Sequence[Frame] | None, takes: str, theme: str, *, genre: str, wish: str, seed: int
) -> Iterator[Frame]:
    """Frames that take what there is and suit theme and genre, the one wished for first, then in the order of the seed."""
    every = [f for f in (load_frames() if frames is None else frames) if f.takes == takes]
    fit = [f for f in every if fits(f, theme) and (not genre or not f.suits or genre in f.suits)]
    yield from (f for f in every if f.name == wish)
    yield from (f for f in shuffled(fit, seed, f"{takes}|{theme}") if f.name != wish)


def by_stages(frame: Frame, stages: Sequence[str], name: str, seed: int) -> tuple[str, ...]:
    """A set of a frame with one row for each stage; no row twice, none that says a word of the theme or of another row again."""
    orders = frame.orders(len(stages))
    if orders is None or any(len(frame.fill.get(place, ())) < stages.count(place) for place in stages):
        return ()
    pools = [shuffled(frame.fill[place], seed, f"{frame.name}|{n}") for n, place in enumerate(stages)]
    for rows in choices(pools, TRIES):
        if _varied([name, *("".join(row) for row in rows)], _fixed(frame)):
            said = tuple(frame.say(row, name, order) for row, order in zip(rows, orders, strict=True))
            if parallel(said):
                return said
    return ()


def by_facets(frame: Frame, where: str, facets: Sequence[str], seed: int) -> tuple[str, ...]:
    """A set of a frame with one facet in each row, the rows in their rising order; no row says a word of its facet again."""
    rows, orders = frame.fill.get(where, ()), frame.orders(len(facets))
    if len(facets) < 2 or len(rows) < len(facets) or orders is None or not all(facets):
        return ()
    for chosen in islice(shuffled(combinations(rows, len(facets)), seed, frame.name), TRIES):
        if all(not pairs(facet) & pairs("".join(row)) for facet, row in zip(facets, chosen, strict=True)):
            said = tuple(frame.say(*item) for item in zip(chosen, facets, orders, strict=True))
            return said if parallel(said) else ()  # the facets decide it, not the rows
    return ()


def of_heads(facets: Sequence[Facet | None], role: str = "measure", draw: Draw = NONE) -> tuple[str, ...]:
    """A pair of each facet for a role, no word said twice and none that was said before; () where a facet has none or the set is not
    parallel."""
    if len(facets) < 2 or not all(facet and facet.pairs_for(role) for facet in facets):
        return ()
    chosen: list[tuple[str, str]] = []
    for pool in (pool_of(facet, role, draw) for facet in facets if facet):
        fresh_ones = [pair for pair in pool if _fresh(pair, chosen)] or pool
        chosen.append(next((pair for pair in fresh_ones if _stands(pair, chosen)), fresh_ones[0]))
    said = tuple("，".join(pair) for pair in chosen)
    fresh = all(_fresh(pair, chosen[:n]) for n, pair in enumerate(chosen))
    return said if fresh and parallel(said) else ()


def pool_of(facet: Facet, role: str, draw: Draw) -> list[tuple[str, str]]:
    """The pairs of a facet for a role in the order they are to be taken: faults that something answers first, what answers a fault that was
    named first, then in their turn."""
    place = draw.place + facet.place
    answers = facet.pairs_for(_ANSWERED_BY[role]) if role in _ANSWERED_BY else ()
    turned = [pair for group in _parted(facet.pairs_for(role), answers, facet.name) for pair in _turned(group, draw.seed, place)]
    pool = [pair for pair in turned if "，".join(pair) not in draw.said] or turned
    fault = draw.faults.get(facet.name, frozenset()) if role in _ANSWERS else frozenset()
    return sorted(pool, key=lambda pair: fault.isdisjoint(pairs("".join(pair)))) if fault else pool


@lru_cache(maxsize=1 << 11)
def _parted(owned: Pairs, answers: Pairs, facet: str) -> tuple[Pairs, Pairs]:
    """Pairs that some answer takes up, and the others; the facet's own words tell nothing."""
    taken = frozenset().union(*(pairs("".join(answer)) for answer in answers)) - pairs(facet)
    sides = tuple(pair for pair in owned if not taken.isdisjoint(pairs("".join(pair))))
    return sides, tuple(pair for pair in owned if pair not in sides)


def _turned(items: Sequence[T], seed: int, place: int) -> list[T]:
    """The items from the one that a seed's draft takes at a place (`chance.spread`), so that few drafts take the same."""
    first = spread(abs(seed), place + 1, len(items))
    return [*items[first:], *items[:first]]


def _fresh(pair: tuple[str, str], before: Sequence[tuple[str, str]]) -> bool:
    """Whether a pair says no word of those before."""
    own = _words(pair)
    return all(own.isdisjoint(_words(other)) for other in before)


@lru_cache(maxsize=1 << 14)
def _words(pair: tuple[str, str]) -> frozenset[str]:
    return pairs(pair[0]) | pairs(pair[1])


def _stands(pair: tuple[str, str], before: Sequence[tuple[str, str]]) -> bool:
    """Whether a pair stands parallel to those before; the order of the seed decides among those that do."""
    return not before or parallel("，".join(one) for one in (*before, pair))


def _fixed(frame: Frame) -> frozenset[str]:
    return pairs(frame.pattern)


def _varied(texts: Sequence[str], frame: frozenset[str]) -> bool:
    """Whether no two texts have a word in common but the frame's own."""
    seen: set[str] = set()
    for text in texts:
        own = pairs(text) - frame
        if seen & own:
            return False
        seen |= own
    return True
