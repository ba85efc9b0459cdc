"""What takes the place of a sentence or passage that the writer swaps for the next one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from drafting.actions import Item
from drafting.choose import POOL
from phrasebank.model import Phrase
from phrasebank.search import Hit, Query

if TYPE_CHECKING:
    from drafting.session import Session

ALIKE, SLACK = 0.35, 25
"""By how much of its size, or by how many characters, a candidate for the place of a sentence may be longer or shorter."""
PASSAGE = 70
"""Characters from which what stands at a place is a passage that one short sentence does not replace."""


def candidate_after(session: Session, item: Item, section: int, facet: str) -> Phrase | None:
    """The candidate after `item`: those of the facet in turn, then the theme's others, then round again; one of about its size
    where there is one, and never a single sentence for a whole passage."""
    there = session.stack.by_id(item.phrase) if item.phrase else None
    narrow = Query(role=session.role_of(section, item), theme=session.plan.theme.name, facet=facet, kind="sentence")
    ranked: dict[str, Phrase] = {}
    whole = replace(narrow, kind=there.kind if there else "sentence")  # a passage gives way to a passage
    for query in dict.fromkeys((whole, replace(whole, facet=""), narrow, replace(narrow, facet=""))):
        hits = own_genre_first(session.stack.search(query, POOL), session.outline.genre)
        ranked |= {hit.phrase.id: hit.phrase for hit in hits if hit.phrase.id not in ranked}
    ids, may_offer = list(ranked), session.offerable(narrow.role)
    start = ids.index(item.phrase) + 1 if item.phrase in ids else 0
    turn = [ranked[i] for i in (*ids[start:], *ids[:start])]
    size = len(there.text if there else item.text)
    near = (p for p in turn if abs(len(p.text) - size) <= max(SLACK, ALIKE * size) and may_offer(p))
    left = (p for p in turn if (size < PASSAGE or 2 * len(p.text) >= size) and may_offer(p))
    return next(near, None) or next(left, None)


def own_genre_first(hits: Iterable[Hit], genre: str) -> tuple[Hit, ...]:
    """Hits as they come, those written for other genres behind."""
    return tuple(sorted(hits, key=lambda hit: hit.phrase.genre not in (None, genre)))
