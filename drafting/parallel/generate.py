"""Sets of headings proposed: from a theme, or the missing ones that stand parallel to some that are given.

What is said comes from frames with their fillers, from the pairs of themes, from phrases by subject, and from whole headings the caller
has (of a bank); nothing is put together by chance. Every set proposed passes our own measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from drafting.config import Theme
from drafting.parallel.chance import pairs, shuffled
from drafting.parallel.clauses import parts, unmarked
from drafting.parallel.frames import SLOT, STAGES, Frame, load_frames, slot_units
from drafting.parallel.measure import Likeness, measure, speech_likeness
from drafting.parallel.phrases import answers, load_stock, shape_of
from drafting.parallel.sets import TRIES, Draw, by_facets, by_stages, fits, of_heads, spoken
from drafting.parallel.words import cut

SIZE = (2, 6)
"""Headings of a set."""
RISING = {
    2: ("认识", "举措"), 3: ("认识", "问题", "举措"), 4: ("认识", "问题", "举措", "保障"), 5: ("成绩", "认识", "问题", "举措", "保障"),
    6: ("成绩", "认识", "问题", "原因", "举措", "保障"),
}  # fmt: skip
"""Stages of a set of that size where nobody says which."""
POOL = 400
"""Candidates looked at for the missing headings of one set."""
OWN_WORDS = 2
"""Characters a frame must say of its own for a heading to be known as one of it; one less where a verb stands before the theme."""
CLAUSE = 0.6
"""What the parts of speech of each clause proposed must come to with the given one's: stricter than the measure of whole headings."""
FRAME, HEADS, PHRASES, OWN = "句式", "主题", "词组", "素材库"
"""Where a heading comes from."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A set: what was given, then what is new, in a rising order. `source` is FRAME, HEADS, PHRASES or OWN, `frame` a frame's name."""

    headings: tuple[str, ...]
    new: tuple[str, ...]
    source: str
    frame: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A heading that would do: `content` is what of it is not the frame's own, `place` its place in a rising order."""

    text: str
    content: str
    place: int
    source: str
    frame: str
    kin: str


def propose(
    theme: Theme | None = None, given: Sequence[str] = (), count: int = 3, *, seed: int = 0, limit: int = 3, genre: str = "",
    more: Sequence[str] = (), frames: Sequence[Frame] | None = None,
) -> tuple[Proposal, ...]:  # fmt: skip
    """At most `limit` sets of `count` headings (2–6), the `given` ones in each, best first; other seeds give other sets.

    `more` are whole headings that may be used (of a bank). Raises ValueError where `count` is out of range or leaves nothing to add."""
    if not SIZE[0] <= count <= SIZE[1] or count <= len(given):
        raise ValueError(count)
    every = shuffled(load_frames() if frames is None else frames, seed, "frames")
    fit = [frame for frame in every if not genre or not frame.suits or genre in frame.suits]
    bare = [unmarked(heading) for heading in given]
    found = _missing(theme, bare, count, fit, seed=seed, limit=limit, more=more) if given else _fresh(theme, count, seed, fit)
    return tuple(islice(_distinct(found), limit))


def repaired(given: Sequence[str]) -> tuple[str, ...]:
    """The largest parallel set among some headings, the first of equals; the first heading alone where no two are parallel."""
    for size in range(len(given), 1, -1):
        for some in combinations(given, size):
            if measure(some).parallel:
                return some
    return tuple(given[:1])


def _distinct(found: Iterator[Proposal]) -> Iterator[Proposal]:
    """Sets of which at least two thirds are new against each before."""
    kept: list[frozenset[str]] = []
    for proposal in found:
        own = frozenset(proposal.new)
        if all(len(own & other) * 3 <= len(own) for other in kept):
            kept.append(own)
            yield proposal


# ---------------------------------------------------------------- sets of a theme
def _fresh(theme: Theme | None, count: int, seed: int, fit: Sequence[Frame]) -> Iterator[Proposal]:
    """Sets for a theme, level-1 sets and sets of points by turns; without a theme sets of frames that name none."""
    if theme is None:
        yield from _turns([_of_stages(f, "", count, seed) for f in fit if not f.takes])
        return
    fit = [f for f in fit if fits(f, theme.name)]
    large = [f for f in fit if f.takes == "theme"]
    small = [f for f in fit if f.takes == "facet"]
    yield from _turns([_turns([_of_stages(f, spoken(theme.name), count, seed) for f in large]), _of_pairs(theme, count, seed),
                       _turns([_of_points(f, theme, count, seed) for f in small])], )  # fmt: skip


def _turns(streams: Sequence[Iterator[Proposal]]) -> Iterator[Proposal]:
    """One of each stream by turns until all are dry."""
    left = list(streams)
    while left:
        for stream in tuple(left):
            if (found := next(stream, None)) is None:
                left.remove(stream)
            else:
                yield found


def _of_stages(frame: Frame, name: str, count: int, seed: int) -> Iterator[Proposal]:
    stages = RISING[count]
    if not frame.takes and not all(stage in frame.fill for stage in stages):
        stages = tuple(stage for stage in STAGES for _ in frame.fill.get(stage, ()))[:count]
    if len(stages) == count and (said := by_stages(frame, stages, name, seed)):
        yield Proposal(said, said, FRAME, frame.name, measure(said))


def _of_points(frame: Frame, theme: Theme, count: int, seed: int) -> Iterator[Proposal]:
    facets = _some(theme, count, seed, frame.name)
    if len(facets) < count:
        return
    for where in frame.fill:
        if said := by_facets(frame, where, facets, seed):
            yield Proposal(said, said, FRAME, frame.name, measure(said))


def _of_pairs(theme: Theme, count: int, seed: int) -> Iterator[Proposal]:
    for turn in range(TRIES if len(theme.facets) >= count else 0):
        facets = [theme.facet(name) for name in _some(theme, count, seed, f"pairs|{turn}")]
        if said := of_heads(facets, draw=Draw(seed * TRIES + turn)):
            yield Proposal(said, said, HEADS, "", measure(said))


def _some(theme: Theme, count: int, seed: int, slot: str) -> list[str]:
    """`count` facets in the theme's order."""
    names = [facet.name for facet in theme.facets]
    chosen = set(shuffled(names, seed, slot)[:count])
    return [name for name in names if name in chosen]


# ---------------------------------------------------------------- missing headings
def _missing(
    theme: Theme | None, given: Sequence[str], count: int, fit: Sequence[Frame], *, seed: int, limit: int, more: Sequence[str]
) -> Iterator[Proposal]:
    """Sets with the given headings in them, by turns of the bank's headings, one frame, the theme's pairs, and phrases."""
    named = [_of_frame(frame, given, count, theme) for frame in fit]
    own, heads, phrases = (_sets(given, c, count, seed, limit) for c in (_of_bank(more), _whole(theme), _of_phrases(theme, given, seed)))
    yield from _turns([own, _turns([_sets(given, c, count, seed, limit) for c in named]), heads, phrases])


def _sets(given: Sequence[str], candidates: Iterator[_Candidate], count: int, seed: int, limit: int) -> Iterator[Proposal]:
    """Sets made of candidates of one source."""
    pool = [c for c in candidates if _answers(c, given)]
    for turn in range(2 * limit if pool else 0):
        if found := _assembled(given, shuffled(pool, seed, f"turn|{turn}"), count):
            yield found


def _answers(candidate: _Candidate, given: Sequence[str]) -> bool:
    """Whether a candidate stands parallel to what is given and says no word of it again but the frame's."""
    own = pairs(candidate.content)
    if any(candidate.text == g for g in given) or any(own & pairs(g) for g in given):
        return False
    mine, first = parts(candidate.text), parts(given[0])
    alike = len(mine) == len(first) and all(speech_likeness(x, y) >= CLAUSE for x, y in zip(mine, first, strict=True))
    return alike and measure([*given, candidate.text]).parallel


def _assembled(given: Sequence[str], pool: Sequence[_Candidate], count: int) -> Proposal | None:
    """The first set of candidates, in the order given, of which no two say the same word or speak of the same subject."""
    chosen: list[_Candidate] = []
    for candidate in pool:
        fresh = all(not pairs(candidate.content) & pairs(c.content) and (not c.kin or candidate.kin != c.kin) for c in chosen)
        if fresh and measure([*given, *(c.text for c in chosen), candidate.text]).parallel:
            chosen.append(candidate)
        if len(given) + len(chosen) == count:
            new = tuple(c.text for c in sorted(chosen, key=lambda c: c.place))
            said = (*given, *new)
            return Proposal(said, new, chosen[0].source, chosen[0].frame, measure(said))
    return None


def _of_frame(frame: Frame, given: Sequence[str], count: int, theme: Theme | None) -> Iterator[_Candidate]:
    """Headings of the frame that all given ones are of."""
    rows = [frame.read(heading) or frame.read(heading, loose=True) for heading in given]
    names = {row[0] for row in rows if row} if frame.takes else {""}
    if any(_misread(frame, row) for row in rows if row):
        return
    one_theme = frame.takes != "theme" or len(names) == 1
    if any(row is None for row in rows) or not one_theme or not all(_named(frame, name, theme) for name in names):
        return
    orders = frame.orders(count)
    order = orders[len(given)] if orders else ""
    others = names if frame.takes != "facet" else [f.name for f in theme.facets if f.name not in names] if theme else ()
    for place, fill in enumerate(frame.fill.get(stage, ()) for stage in STAGES):
        for row, name in product(fill, sorted(others)):
            if not pairs(name) & pairs("".join(row)):
                kin = name if frame.takes == "facet" else ""
                yield _Candidate(frame.say(row, name, order), "".join(row), place, FRAME, frame.name, kin)


def _misread(frame: Frame, row: Sequence[str]) -> bool:
    """Whether an adverb alone stands in the place of a frame's verb: then the heading is of another frame."""
    units = slot_units(frame.pattern, frame.pos)
    values = row[1:] if frame.takes else row
    alone = [[word.tag for word in cut(value)] in (["d"], ["a"]) for value in values]
    return any(units[slot] == "V2" and adverb for slot, adverb in zip(frame.slots, alone, strict=True))


def _named(frame: Frame, name: str, theme: Theme | None) -> bool:
    """Whether what stands in the place of theme or facet may be one: it has no word of a frame in it, and where the frame says too little
    of its own to be sure, it is one of the theme's."""
    if not frame.takes:
        return True
    if theme and (name in {theme.name, spoken(theme.name), *theme.aliases} or theme.facet(name)):
        return True
    fixed = sum(piece.isalnum() for piece in "".join(SLOT.split(frame.pattern)[::2]))
    words = parts(name)[0].words
    sure = fixed >= OWN_WORDS - (not frame.pattern.startswith("{theme}"))
    return sure and bool(words) and words[0].tag != "d" and not any(word.function and word.text not in "和与" for word in words)


def _whole(theme: Theme | None) -> Iterator[_Candidate]:
    """Pairs of the theme."""
    for facet in theme.facets if theme else ():
        for pair in facet.heads:
            yield _Candidate("，".join(pair), "".join(pair), STAGES.index("举措"), HEADS, "", facet.name)


def _of_phrases(theme: Theme | None, given: Sequence[str], seed: int) -> Iterator[_Candidate]:
    """Headings put together of phrases of one subject, in the shape of the first one given."""
    shapes = [shape_of(clause) for clause in parts(given[0])]
    if any(shape is None for shape in shapes):
        return
    stock = load_stock()
    text = "".join(given) + (theme.name + "".join(theme.words) if theme else "")
    for subject in stock.beside(text):
        for said in islice(answers(stock, subject, [s for s in shapes if s], seed), POOL):
            yield _Candidate(said, said, STAGES.index(subject.stage), PHRASES, "", subject.name)


def _of_bank(more: Sequence[str]) -> Iterator[_Candidate]:
    for heading in more:
        text = unmarked(heading)
        if "{" not in text and "〔" not in text:
            yield _Candidate(text, text, STAGES.index("举措"), OWN, "", "")
