"""How parallel sibling headings are, after the rules measured on real sets (GENRES §1.2).

A set is parallel when its members have the same number of clauses; clauses of the same length (up to eight characters exactly, one more
or less beyond); the same function words in the same places; the same part of speech slot by slot; and repeat no verb but the frame's
own. Where clauses share a frame (在…上下功夫), what fills it may differ by a few characters: so do real sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import fsum

from drafting.parallel.clauses import Clause, clauses_of, wording

EXACT = 8
"""Clauses up to this length must be equally long; longer ones may differ by one character."""
FRAMED = 0.9
"""What a clause counts whose length differs within a frame that the two share."""
SHORT = 4
SAID_ALIKE = 0.2
"""Share of characters that clauses of one length have in common in the same places: from there on they are one frame."""
BEAT = 0.4
"""What clauses of one frame, or of four characters, are alike by their beat alone: 四字格 answer each other whatever their grammar."""
WORDS = 0.7
"""What function words must come to for each member of a parallel set."""
SPEECH = (0.68, 0.04, 0.5)
"""What parts of speech must come to: for two headings of one clause, less for each clause more, and at least. The more clauses are of one
length, the less it is chance. Both chosen on half of the labelled sets (docs/headings.md)."""

_ALIKE = {frozenset(pair): value for value, alike in {
    1: "vw nw nt", 0.8: "ad ia mr", 0.7: "iv in iw id vi cp", 0.6: "wa nr tm", 0.5: "va vd nm mw ma rd",
    0.4: "na dw nf pv dp nv", 0.3: "fd",
}.items() for pair in alike.split()}  # fmt: skip
"""How like two parts of speech are, 1 the same. A word unknown to the table may be anything: 0.7."""
LOOKED_AT = 40
"""Words of a clause that are compared: more stand in no heading, and a text given by mistake must not take minutes."""
SERIES = frozenset("员感链网关")
"""What the members of number series end in (三个“…员”, 三“感”)."""
_LIGHT = frozenset("更和及与不又还要有、“”")


_LETTERS = "vwnadmpcufritxsVWNADMPCUFRITXS"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How parallel a set is.

    Each part is from 0 to 1: `clauses` number of clauses, `length`, `words` function words and marks, `speech` part of speech slot by
    slot, `openings` verbs that open clauses all the same or all different, `series` the same of number series (“…员”). `weakest` is the
    least likeness of one member to the others in words and in speech; `lengths` are characters a clause of each member.
    """

    clauses: float
    length: float
    words: float
    speech: float
    openings: float
    series: float
    weakest: tuple[float, float]
    lengths: tuple[tuple[int, ...], ...]

    @property
    def score(self) -> float:
        """The parts weighed: structure first, since the ear hears it first."""
        return round(_weighed(self.clauses, self.length, self.words, self.speech, self.openings * self.series), 3)

    @property
    def parallel(self) -> bool:
        """Whether the set would pass for parallel with a careful reader."""
        words, speech = self.weakest
        return self.clauses == 1 and self.length >= FRAMED and self.series == 1 and words >= WORDS and speech >= self.needed

    @property
    def needed(self) -> float:
        """The least likeness of parts of speech that will do."""
        most, less, least = SPEECH
        return max(least, most - less * (sum(map(len, self.lengths)) - 2))


@dataclass(frozen=True, slots=True)
class _Pair:
    clauses: float
    length: float
    words: float
    speech: float


def measure(headings: Sequence[str]) -> Likeness:
    """How parallel `headings` are, numbers left out of account; one alone is parallel to itself. Raises ValueError without any."""
    if not headings:
        raise ValueError("no headings to measure")
    return _measured([wording(heading) for heading in headings])


def _measured(texts: Sequence[str]) -> Likeness:
    """How parallel headings of these wordings are."""
    rows = [clauses_of(text) for text in texts]
    both = {(i, j): (texts[i], texts[j]) for i, j in combinations(range(len(rows)), 2)} or {(0, 0): (texts[0], texts[0])}
    pairs = {places: _alike(*two) for places, two in both.items()}
    openings = _openings(rows)
    return Likeness(
        clauses=_mean(pair.clauses for pair in pairs.values()),
        length=_mean(pair.length for pair in pairs.values()) if min(p.length for p in pairs.values()) >= FRAMED
        else min(_mean(pair.length for pair in pairs.values()), FRAMED - 0.01),
        words=_mean(pair.words for pair in pairs.values()),
        speech=_mean(pair.speech for pair in pairs.values()),
        openings=openings,
        series=_series(rows),
        weakest=_weakest(pairs, len(rows)),
        lengths=tuple(tuple(len(clause.bare) for clause in row) for row in rows),
    )  # fmt: skip


def parallel(headings: Iterable[str]) -> bool:
    """Whether headings stand parallel: `measure(headings).parallel`, remembered, for a draft's are asked for by plan and checks."""
    return _parallel(tuple(map(wording, headings)))


@lru_cache(maxsize=1 << 13)
def _parallel(texts: tuple[str, ...]) -> bool:
    """What `_measured` would say, told as soon as it is certain: most sets that are tried fail by their clauses or lengths."""
    if any(pair.clauses < 1 or pair.length < FRAMED for pair in (_alike(*two) for two in combinations(texts, 2))):
        return False
    return _measured(texts).parallel


def _weakest(pairs: dict[tuple[int, int], _Pair], count: int) -> tuple[float, float]:
    """The least that any member comes to with the others, on average: words, speech."""
    own = [[pair for key, pair in pairs.items() if member in key] for member in range(count)]
    return round(min(_mean(p.words for p in some) for some in own), 6), round(min(_mean(p.speech for p in some) for some in own), 6)


def _weighed(clauses: float, length: float, words: float, speech: float, openings: float) -> float:
    return 0.2 * clauses + 0.3 * length + 0.2 * words + 0.2 * speech + 0.1 * openings


def _mean(values: Iterable[float]) -> float:
    numbers = [float(value) for value in values]
    return fsum(numbers) / len(numbers)


@lru_cache(maxsize=1 << 15)
def _alike(first: str, second: str) -> _Pair:
    """How like two wordings are, clause by clause; clauses one of them lacks count 0."""
    a, b = clauses_of(first), clauses_of(second)
    size = max(len(a), len(b))
    both = list(zip(a, b, strict=False))
    words = fsum(frame_likeness(x, y) for x, y in both) / size
    speech = fsum(speech_likeness(x, y) for x, y in both) / size
    length = fsum(length_likeness(x, y) for x, y in both) / size if len(a) == len(b) else 0.0
    return _Pair(float(len(a) == len(b)), length, words, speech)


def length_likeness(a: Clause, b: Clause) -> float:
    """1 for clauses of one length, FRAMED where a frame they share lets them differ, 0 otherwise."""
    x, y = a.bare, b.bare
    longer = max(len(x), len(y))
    if abs(len(x) - len(y)) <= (longer > EXACT):
        return 1.0
    return FRAMED if _framed(a, b) else 0.0


def _framed(a: Clause, b: Clause) -> bool:
    """Whether two clauses of unequal length share a frame: its words before and behind what fills it,
    a function word among them, are at least four characters and a quarter of the longer one (在…上下功夫, …是…的五年)."""
    x, y = a.bare, b.bare
    front = _shared(x, y)
    back = min(_shared(x[::-1], y[::-1]), min(len(x), len(y)) - front)
    tied = {word for word, _, _ in a.frame} & {word for word, _, _ in b.frame} & set(x[:front] + x[len(x) - back :])
    return front >= 1 and back >= 2 and front + back >= max(4, max(len(x), len(y)) / 4) and bool(tied)


def _shared(x: str, y: str) -> int:
    return next((n for n, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), min(len(x), len(y)))


def frame_likeness(a: Clause, b: Clause) -> float:
    """1 less what function words and marks stand in only one of two clauses, as a share of their words. Another preposition in the same
    place counts three quarters (为“民”而生, 因“民”而兴), words that come and go easily (更, 和, a mark) half."""
    if a.frame == b.frame:
        return 1.0
    drift = 1 + abs(len(a.bare) - len(b.bare))
    first, second = _own(a, b)[:LOOKED_AT], _own(b, a)[:LOOKED_AT]
    kept = [[0.0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i, p in enumerate(first):
        for j, q in enumerate(second):
            kept[i + 1][j + 1] = max(kept[i][j] + _matched(p, q, drift), kept[i][j + 1], kept[i + 1][j])
    lone = fsum(map(_weight, (*first, *second))) - kept[-1][-1]
    return max(0.0, 1 - 2 * lone / (len(a.words) + len(b.words)))


def _own(clause: Clause, other: Clause) -> tuple[tuple[str, str, int], ...]:
    """The function words of a clause, those left out that a set phrase of the other answers (抓在日常, 落到实处)."""
    if len(clause.bare) != len(other.bare) or not other.phrases:
        return clause.frame
    return tuple(item for item in clause.frame if item[1] == "s" or item[2] not in other.phrases)


def _matched(p: tuple[str, str, int], q: tuple[str, str, int], drift: int) -> float:
    """What two function words count as one place of a frame, at most `drift` characters apart."""
    if abs(p[2] - q[2]) > drift or (p[0] != q[0] and not (p[1] == q[1] and p[1] in "pc")):
        return 0.0
    return (_weight(p) + _weight(q)) * (1.0 if p[0] == q[0] else 0.75)


def _weight(item: tuple[str, str, int]) -> float:
    return 0.5 if item[0] in _LIGHT else 1.0


def speech_likeness(a: Clause, b: Clause) -> float:
    """How far the parts of speech of two clauses agree: character by character in clauses of one length, word by word otherwise. The
    first two characters count double, since a clause that opens with a verb answers one that opens with a verb."""
    if a.bare == b.bare:
        return 1.0
    if len(a.bare) == len(b.bare):
        values = [_TAGS[pair] for pair in zip(a.tags, b.tags, strict=False)] or [1.0]
        likeness = fsum(values + values[:2]) / (len(values) + len(values[:2]))
        return BEAT + (1 - BEAT) * likeness if _one_beat(a, b) else likeness
    return _aligned(a, b)


def _one_beat(a: Clause, b: Clause) -> bool:
    """Whether two clauses of one length answer each other by their beat: 四字格, short pieces on either side of 、 or of function words
    that both have in the same places, one frame."""
    divided = len(a.beats) > 1 and a.beats == b.beats and max(a.beats) <= SHORT + 1 and a.frame == b.frame
    short = len(a.bare) == SHORT or divided
    return short or sum(map(str.__eq__, a.bare, b.bare)) >= SAID_ALIKE * len(a.bare)


def _words_alike(x: str, y: str) -> float:
    """How like two parts of speech are."""
    return 1.0 if x == y else 0.7 if "x" in (x, y) else _ALIKE.get(frozenset((x, y)), 0.0)


def _tags_alike(x: str, y: str) -> float:
    """How like the parts of speech of two characters are; capitals begin a word."""
    return 0.85 * _words_alike(x.lower(), y.lower()) + 0.15 * (x.isupper() == y.isupper() or "i" in (x.lower(), y.lower()))


_TAGS = {(x, y): _tags_alike(x, y) for x in _LETTERS for y in _LETTERS}


def _aligned(a: Clause, b: Clause) -> float:
    """The best alignment of the words of two clauses of unequal length, as a share of the longer one's words."""
    x, y = a.spoken[:LOOKED_AT], b.spoken[:LOOKED_AT]
    best = [[0.0] * (len(y) + 1) for _ in range(len(x) + 1)]
    for i, p in enumerate(x):
        for j, q in enumerate(y):
            best[i + 1][j + 1] = max(best[i][j] + _words_alike(p.tag, q.tag), best[i][j + 1], best[i + 1][j])
    return best[-1][-1] / max(len(x), len(y), 1)


def _openings(rows: Sequence[Sequence[Clause]]) -> float:
    """1 when the verbs that open a clause are all the same (a frame) or all different in every clause, and none stands in two clauses
    of different members."""
    if len(rows) < 2:
        return 1.0
    shares = [_variety([row[n].verb for row in rows if len(row) > n]) for n in range(max(map(len, rows)))]
    return _mean(shares)


def _variety(verbs: Sequence[str]) -> float:
    kinds = len(set(verbs))
    return 1.0 if kinds in (1, len(verbs)) else kinds / len(verbs)


def _series(rows: Sequence[Sequence[Clause]]) -> float:
    """0 where all members of three or more but one stand in a number series (“宣传员”, “联络员”, …) and one does not, else 1."""
    if len(rows) < 3:
        return 1.0
    ends = [row[-1].marked[-2] if row[-1].marked.endswith("”") and len(row[-1].marked) > 2 else "" for row in rows]
    return 0.0 if any(ends.count(end) == len(rows) - 1 for end in set(ends) & SERIES) else 1.0
