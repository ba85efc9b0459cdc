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
from itertools import groupby, pairwise

from phrasebank.frames import clauses_alike
from phrasebank.model import Heading
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
_MARKS = re.compile(r"\W")
_LOOSE = re.compile(r"^(?:以上|从|到|所|有的|这|那|其|即|但|而|如|若|因)|(?:[的了时后]|之处|有的是.*)$")
"""A clause that leans on what stands outside it."""
_LONE = frozenset("化变谁先该能边有用做")
"""First characters of frames that are pieces of other words (深化, 不能), unless they begin their clause."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A frame and what finds it; `fixed` are its own words, the longest first: without them it cannot stand in a text."""

    template: str
    finder: re.Pattern[str]
    fixed: tuple[str, ...]


def frames_in(sentence: str) -> Iterator[str]:
    """Templates of the frames that stand in a sentence, each once: open ones and those with their last place kept."""
    found: dict[str, None] = {}
    for pattern in _present(sentence):
        for match in pattern.finder.finditer(sentence):
            found[pattern.template] = None
            if len(match.groups()) > 1 and len(match[match.lastindex or 1]) <= KEPT:
                found[_with_last(pattern.template, match)] = None
    yield from found


def pairs_in(sentence: str) -> Iterator[str]:
    """Pairs of neighbouring clauses of one length that are members of one frame, without a slot."""
    clauses = [(m.start(), m.end(), m.group()) for m in _CLAUSE.finditer(sentence)]
    taken = -1
    for (start, end, first), (begin, stop, second) in pairwise(clauses):
        if start >= taken and sentence[end] in "，；" and end + 1 == begin and _answers(first, second):
            yield f"{first}，{second}"
            taken = stop


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
    """Whether the second of two clauses answers the first."""
    if len(first) != len(second) or not PAIR[0] <= len(first) <= PAIR[1] or "{" in first + second:
        return False
    if _LOOSE.search(first) or _LOOSE.search(second):
        return False
    match = clauses_alike(first, second)
    return match is not None and match.sure and not match.lead and not match.tail


def _with_last(template: str, match: re.Match[str]) -> str:
    """A frame whose last place keeps what stood there."""
    last = [*_PLACE.finditer(template)][-1]
    return template[: last.start()] + match[match.lastindex or 1] + template[last.end() :]


def _present(sentence: str) -> Iterator[_Pattern]:
    """The patterns whose own words stand in a sentence."""
    seen = set(_anchors()[0].findall(sentence))
    for anchor in sorted(seen):
        yield from (p for p in _anchors()[1][anchor] if all(word in sentence for word in p.fixed))


@lru_cache(maxsize=1)
def _anchors() -> tuple[re.Pattern[str], dict[str, tuple[_Pattern, ...]]]:
    """One look for the words that patterns are sought by, and the patterns of each."""
    by_anchor: dict[str, list[_Pattern]] = {}
    for (template,) in rows("frames"):
        pattern = _compiled(template)
        by_anchor.setdefault(pattern.fixed[0], []).append(pattern)
    longest_first = sorted(by_anchor, key=lambda a: (-len(a), a))
    return re.compile(f"(?=({'|'.join(map(re.escape, longest_first))}))"), {a: tuple(p) for a, p in by_anchor.items()}


def _compiled(template: str) -> _Pattern:
    """The finder of a frame; its last place reaches to the end of the clause."""
    parts = _PLACE.split(template)
    places = len(parts) // 2
    body = "".join(_FILLER + ("?" if n // 2 < places - 1 else "") + ")" if n % 2 else re.escape(part) for n, part in enumerate(parts))
    begins = r"(?<![^，。；：！？])" if template.startswith("{") or template[0] in _LONE else ""
    ends = r"(?![^，。；：！？])" if template.endswith("}") else ""
    words = sorted({word for part in parts[::2] for word in _MARKS.split(part) if word}, key=lambda word: (-len(word), word))
    return _Pattern(template, re.compile(begins + body + ends), tuple(words))
