"""What has to be said before a phrase: what a further paragraph of a point is about, which fault a lone cause is the cause of.

Both in the words of the heading that stood over the phrase where it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from drafting.choose import lines_of, traits_of
from drafting.model import Span
from drafting.parallel.chance import pairs
from phrasebank.model import Phrase

if TYPE_CHECKING:
    from drafting.desk import Desk
    from drafting.filling import PointView
    from drafting.themes import Facet, Pairs
    from phrasebank.search import Stack

_FAULTS = ("还有一处", "再往深处看", "另有一样", "同样绕不开的")
_GOING_ON = {
    "problem": _FAULTS, "cause": _FAULTS, "significance": ("再往里想一层", "还有一层", "换个角度想", "把话说透些"),
    **dict.fromkeys(("achievement", "experience"), ("再说一件", "同时做成的还有", "与此相连的一件", "还有一件")),
    "": ("还有一条", "再加一条", "同样要紧的", "跟着要办的"),
}  # fmt: skip
"""What leads over to a further paragraph of a point, by its role."""

_ROOT = re.compile(r"根子|根由|根源|症结|原因|病根|毛病|追到底|往根上")
"""Openings of a sentence that tells a cause and leaves what it is the cause of to the one before."""
_BLAMED = ("至于“{}”，", "再看“{}”，", "说到“{}”，", "“{}”一类，")


def announced(desk: Desk, phrase: Phrase, point: PointView) -> str:
    """What a further paragraph of a point is about, said before it in the words of the heading it bore; nothing where that is not of
    the facet's own."""
    heading = _borne(desk, phrase, point) if point.title else ""
    if not heading:
        return ""
    lead = desk.next_of(_GOING_ON.get(phrase.role, _GOING_ON[""]), f"going on|{desk.index}", phrase.role)
    return desk.put((Span(f"{lead}：{heading}。", desk.origin),), point)


def blamed(desk: Desk, phrase: Phrase, point: PointView) -> str:
    """The fault that a lone sentence on a cause is about, said before it in the words of the heading that stood over both."""
    lone = phrase.role == "cause" and phrase.kind == "sentence" and _ROOT.match(phrase.text)
    heading = _borne(desk, phrase, point) if lone else ""
    if not heading:
        return ""
    lead = desk.next_of(_BLAMED, f"blamed|{desk.index}", phrase.role)
    return desk.put((Span(lead.format(heading), desk.origin),), point)


_ANNOUNCING = tuple(dict.fromkeys(lead for leads in _GOING_ON.values() for lead in leads))
_MORE = "{}，接着说。"
"""A lead-in that announces nothing of its own: of a phrase that was written under no heading."""


def led_anew(before: str, phrase: Phrase, facet: Facet | None, stack: Stack) -> str:
    """The lead-in for a phrase that takes the place of the one which `before` announced, in the words of its own heading; empty where
    `before` is no lead-in."""
    lead = next((lead for lead in _ANNOUNCING if before.startswith((f"{lead}：", _MORE.format(lead)))), "")
    if not lead or before.count("。") > 1:
        return ""
    state = stack.state()
    heads = _nearest(facet.every_group() if facet else (), phrase)
    own = (head for head in heads if not lines_of(head, stack, state).isdisjoint(phrase.sources))
    heading = next(own, "")
    return f"{lead}：{heading}。" if heading else _MORE.format(lead)


def _borne(desk: Desk, phrase: Phrase, point: PointView) -> str:
    """The heading of the point's facet under which a phrase was written, empty for none. Those whose words it takes up are looked at
    first: to ask the banks where a heading stands is dear, and only one stands there."""
    facet = desk.plan.theme.facet(point.facet)
    groups = facet.every_group() if facet else ()
    borne, key = desk.chooser.headings.borne, (groups, phrase.id)
    if key not in borne:
        heads = _nearest(groups, phrase)
        borne[key] = next((head for head in heads if not desk.chooser.lines_of(head).isdisjoint(phrase.sources)), "")
    return borne[key]


def _nearest(groups: Iterable[Pairs], phrase: Phrase) -> Iterator[str]:
    """Headings of a facet, those whose words a phrase takes up most first."""
    said = traits_of(phrase).pairs
    heads = [head for group in groups for head in _written(group)]
    nearest = sorted([(-len(own & said), at) for at, (_, own) in enumerate(heads)])
    return (heads[at][0] for _, at in nearest)


@lru_cache(maxsize=1 << 10)
def _written(group: Pairs) -> tuple[tuple[str, frozenset[str]], ...]:
    """Headings as they are written, each with its pairs of characters."""
    return tuple((head, pairs(head)) for head in map("，".join, group))
