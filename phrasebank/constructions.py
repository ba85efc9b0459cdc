"""Smaller wordings inside a sentence, and larger ones over it: clause pairs, frames, sets of parallel headings.

A pair is two neighbouring clauses that answer each other (思想上不松，行动上不慢); a frame is a pattern with places to fill
(把{X}作为{Y}, `data/frames.tsv`), open in all its places or with the last one kept (把{X}作为头等大事); a set is the headings
of one level under one parent, where they are built alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np

from phrasebank.frames import clauses_alike
from phrasebank.gazetteer import ordinary_words
from phrasebank.model import Heading
from phrasebank.sieve import Finder, Laid
from phrasebank.wordlists import rows

PAIR = (4, 16)
"""Characters of each clause of a pair."""
SET = (2, 6)
"""Headings of a set."""
KEPT = 8
"""Characters of the longest last place that a frame keeps."""

_PLACE = re.compile(r"\{([XYZ])\}")
_FILLER = r"([^，。；：、！？“”（）《》{}]{2,14}"
_CLAUSE = re.compile(r"[^，。；：！？]+")
_BETWEEN = re.compile(r"([，。；：！？])")
_MARKS = re.compile(r"\W")
_MARK_TABLE, _JOINING = (np.isin(np.arange(0x10000), [ord(mark) for mark in marks]) for marks in ("，。；：！？,;:!?\0", "，；,;"))
"""Marks between clauses, of half width too, with what stands between texts; those between the clauses of a pair."""
_LOOSE = re.compile(r"^(?:以上|各位|同志们|我们|从|到|所|有的|这|那|其|即|但|而|如|若|因)|(?:[的了时后]|之处|有的是.*)$")
"""A clause that leans on what stands outside it."""
_COMMON = "换谁边先促保带化变该让再多又既从向到用由同与能不对上以中有为在是的"
"""Single characters that frames consist of, the most common last."""
_LONE = frozenset("化变谁先该能边有用做")
"""First characters of frames that are pieces of other words (深化, 不能), unless they begin their clause."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A frame and what finds it. `fixed` are its own words, the longest first: without them it cannot stand in a text, nor without
    what `alone` finds; `rarest` is the one of them that is looked for first. `order` is its place among all."""

    template: str
    order: int
    finder: re.Pattern[str]
    fixed: tuple[str, ...]
    rarest: str
    alone: re.Pattern[str] | None


def frames_in(sentence: str, anchors: Sequence[str] | None = None) -> Iterator[str]:
    """Templates of the frames that stand in a sentence, each once: open ones and those with their last place kept. `anchors`, where
    known, is what `anchors_in` says of it."""
    found: dict[str, None] = {}
    for pattern in _present(sentence, anchors_in(Laid([sentence]))[0] if anchors is None else anchors):
        for match in pattern.finder.finditer(sentence):
            if _splits_word(sentence, match):
                continue
            found[pattern.template] = None
            if len(match.groups()) > 1 and len(match[match.lastindex or 1]) <= KEPT:
                found[_with_last(pattern.template, match)] = None
    yield from found


def _splits_word(sentence: str, match: re.Match[str]) -> bool:
    """Whether a frame's own 中 or 上 is the first half of a word (在…中央, 在…上海)."""
    starts = (match.start(n) for n in range(1, len(match.groups()) + 1))
    return any(sentence[at - 1] in "中上" and sentence[at - 1 : at + 1] in ordinary_words() for at in starts if at)


def pairs_in(sentence: str) -> Iterator[str]:
    """Pairs of neighbouring clauses of one length that are members of one frame, without a slot."""
    parts = _BETWEEN.split(sentence)  # clauses, and the marks between them
    sizes, taken = [*map(len, parts)], -1
    for n in range(0, len(parts) - 2, 2):
        alike = sizes[n] == sizes[n + 2] and PAIR[0] <= sizes[n] <= PAIR[1]
        if alike and n > taken and parts[n + 1] in "，；" and _answers(parts[n], parts[n + 2]):
            yield f"{parts[n]}，{parts[n + 2]}"
            taken = n + 2


def may_have_pairs(laid: Laid) -> list[bool]:
    """Which texts have neighbouring clauses of one length at all."""
    marks = np.flatnonzero(_MARK_TABLE[laid.codes])
    before, behind = np.diff(marks, prepend=-1)[:-1], np.diff(marks)
    alike = (before == behind) & (before > PAIR[0]) & (before <= PAIR[1] + 1) & _JOINING[laid.codes[marks[:-1]]]
    found = np.zeros(len(laid.texts), np.bool_)
    found[laid.owners(marks[1:][alike])] = True
    chosen: list[bool] = found.tolist()
    return chosen


def sets_in(headings: Iterable[Heading]) -> Iterator[tuple[Heading, ...]]:
    """Sets of sibling headings that are built alike."""
    members = sorted((h for h in headings if h.group and h.in_body), key=lambda h: h.group)
    for _, group in groupby(members, key=lambda h: h.group):
        found = tuple(group)
        if SET[0] <= len(found) <= SET[1] and built_alike([h.text for h in found]):
            yield found


def built_alike(texts: Sequence[str]) -> bool:
    """Whether headings have the same number of clauses of the same length, one character more or less above eight, and are
    no two the same (GB/T has no rule for it: measured on the sets of real speeches)."""
    shapes = [tuple(len(_MARKS.sub("", c)) for c in _CLAUSE.findall(text)) for text in texts]
    same = all(len(shape) == len(shapes[0]) and all(map(_as_long, shape, shapes[0])) for shape in shapes)
    return same and len(set(texts)) == len(texts) and sum(shapes[0]) >= 4


def _as_long(a: int, b: int) -> bool:
    return abs(a - b) <= (max(a, b) > 8)


def _answers(first: str, second: str) -> bool:
    """Whether the second of two clauses of one length answers the first."""
    if "{" in first + second or _LOOSE.search(first) or _LOOSE.search(second):
        return False
    match = clauses_alike(first, second)
    return match is not None and match.sure and not match.lead and not match.tail


def _with_last(template: str, match: re.Match[str]) -> str:
    """A frame whose last place keeps what stood there."""
    last = [*_PLACE.finditer(template)][-1]
    return template[: last.start()] + match[match.lastindex or 1] + template[last.end() :]


def anchors_in(laid: Laid) -> list[list[str]]:
    """The words that stand in each text and that patterns are sought by."""
    return _sought()[0].standing_in(laid)


def _present(sentence: str, anchors: Sequence[str]) -> list[_Pattern]:
    """The patterns whose own words stand in a sentence, the one it is sought by not as the beginning of another's."""
    by_anchor = _sought()[1]
    found = [pattern for anchor in anchors for pattern in by_anchor[anchor] if _stands(pattern, sentence)]
    return sorted(found, key=lambda pattern: pattern.order) if len(found) > 1 else found


def _stands(pattern: _Pattern, sentence: str) -> bool:
    """Whether all words of a pattern stand in a sentence."""
    for word in pattern.fixed:
        if word not in sentence:
            return False
    return pattern.alone is None or pattern.alone.search(sentence) is not None


@lru_cache(maxsize=1)
def _sought() -> tuple[Finder, dict[str, list[_Pattern]]]:
    """What finds the words that patterns are sought by, and the patterns of each."""
    by_anchor: dict[str, list[_Pattern]] = {}
    for pattern in _patterns():
        by_anchor.setdefault(pattern.fixed[0] if len(pattern.fixed[0]) > 1 else pattern.rarest, []).append(pattern)
    return Finder(by_anchor), by_anchor


def _patterns() -> list[_Pattern]:
    """All patterns, in the order in which they are found."""
    templates = [template for (template,) in rows("frames")]
    anchors = sorted({_fixed(template)[0] for template in templates})
    templates.sort(key=lambda template: anchors.index(_fixed(template)[0]))
    return [_compiled(template, n, _alone(_fixed(template)[0], anchors)) for n, template in enumerate(templates)]


def _fixed(template: str) -> tuple[str, ...]:
    """The words of a pattern, the longest first."""
    words = {word for part in _PLACE.split(template)[::2] for word in _MARKS.split(part) if word}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _alone(anchor: str, others: Iterable[str]) -> re.Pattern[str] | None:
    """What finds a word where no longer one of `others` begins; None where none begins so."""
    longer = [other[len(anchor) :] for other in others if other.startswith(anchor) and other != anchor]
    return re.compile(f"{re.escape(anchor)}(?!{'|'.join(map(re.escape, longer))})") if longer else None


def _compiled(template: str, order: int, alone: re.Pattern[str] | None) -> _Pattern:
    """The finder of a frame; its last place reaches to the end of the clause."""
    parts = _PLACE.split(template)
    places = len(parts) // 2
    body = "".join(_FILLER + ("?" if n // 2 < places - 1 else "") + ")" if n % 2 else re.escape(part) for n, part in enumerate(parts))
    begins = r"(?<![^，。；：！？])" if template.startswith("{") or template[0] in _LONE else ""
    ends = r"(?![^，。；：！？])" if template.endswith("}") else ""
    fixed = _fixed(template)
    rarest = min(fixed, key=_COMMON.find)
    return _Pattern(template, order, re.compile(begins + body + ends), fixed, rarest, alone)
