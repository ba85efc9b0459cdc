"""A fact that no sentence tells yet, put into the draft with one of its own: where it makes sense, and what it would say there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafting.beside import heading_at
from drafting.factual import DEED, fact_sentence, home_of
from drafting.model import Block, Fact
from drafting.stock import facet_of

if TYPE_CHECKING:
    from drafting.session import Session

WEIGHTS = {"achievement": 6, "experience": 5, "lead": 4, "measure": 3, "significance": 3, "pledge": 2}
"""Roles of the parts that may tell what was done, and how well they do: of what one has done, before of what one means to do."""
FAULTS = {**WEIGHTS, "problem": 7, "cause": 4, "achievement": 2, "experience": 2}
"""Roles of the parts that may tell what went wrong."""
SURE = frozenset({"achievement", "experience", "problem"})
"""Roles of parts in which a figure on their matter is at home."""
LEADS_IN = 2
"""How much worse a paragraph does that is on no side of the theme: it leads into its part, or closes it."""
SHOWN = 3
"""Places a writer is asked to choose from."""
_AMISS = re.compile(
    "事故|问题|投诉|举报|信访|违规|违法|未(?!来|成年)|不(?:足|达标|合格|到位)|缺口|短缺|滞后|逾期|超期|伤亡|死亡|损失|空置|闲置|失联"
)
_HANDLED = re.compile("^(?:查处|处置|办复|回访|督办|追回|挽回)|率$")


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph a fact may be told in: its section and number there, the part's name, the heading over it, how it begins; `fits` is
    how well."""

    section: int
    paragraph: int
    part: str
    over: str
    begins: str
    role: str
    of_its_matter: bool
    fits: float


def sentence_on(session: Session, fact: Fact) -> str:
    """The sentence that tells a fact."""
    return "".join(span.text for span in fact_sentence(fact, session.outline.profile))


def places(session: Session, fact: Fact) -> tuple[Place, ...]:
    """The paragraphs that may tell a fact, the likeliest first; none where all of the draft speaks of other things. What was done never
    stands among what is at fault."""
    weights = FAULTS if _amiss(fact) else WEIGHTS
    found = [place for n, section in enumerate(session.plan.sections) if section.part.role in weights
             for place in _in_section(session, fact, n, weights[section.part.role])]  # fmt: skip
    found.sort(key=lambda place: -place.fits)
    return tuple(sorted(_apart(found)[:SHOWN], key=lambda place: -place.fits))


def _apart(found: Sequence[Place]) -> list[Place]:
    """The likeliest place of each part before the second of any, and under one heading no second at all: a writer has something to
    choose between."""
    heads: dict[tuple[int, str], Place] = {}
    for place in found:
        heads.setdefault((place.section, place.over or str(place.paragraph)), place)
    first = {place.section: place for place in reversed(heads.values())}
    rest = [place for place in heads.values() if first[place.section] is not place]
    return [*sorted(first.values(), key=lambda place: -place.fits), *rest]


def is_sure(found: tuple[Place, ...]) -> bool:
    """Whether the first place is the one, and no writer would ask for another."""
    first, *rest = found or (None,)
    return bool(first and first.of_its_matter and first.role in SURE and all(place.fits < first.fits for place in rest))


def tell_fact(session: Session, fact: Fact, place: Place) -> tuple[str, int] | None:
    """Puts the sentence on a fact at the head of a paragraph, where templates have figures too: the sentence, and the number of its
    block. None where nothing could be put."""
    text = sentence_on(session, fact)
    uses = [item.use for item in session.items(place.section, place.paragraph)]
    if not session.put_items(place.section, place.paragraph, [text, *uses]):
        return None
    return text, session.draft.blocks.index(session.paragraphs(place.section)[place.paragraph])


def _amiss(fact: Fact) -> bool:
    """Whether a fact names what went wrong, and not what was done about it."""
    return bool(_AMISS.search(fact.name)) and not DEED.match(fact.name) and not _HANDLED.search(fact.name)


def _in_section(session: Session, fact: Fact, number: int, weight: int) -> list[Place]:
    blocks = session.paragraphs(number)
    theme, part = session.plan.theme, session.plan.sections[number].part
    facets = [facet_of(theme, session.facet_of(number, n)) for n in range(len(blocks))]
    return [
        Place(
            number, n, part.name, heading_at(session.draft, session.draft.blocks.index(block)), _begins(block), part.role,
            home_of(fact, facets[n : n + 1]) >= 0,
            weight - LEADS_IN * (not facets[n].name) + 4 * (home_of(fact, facets) == n) + _shared(fact, block),
        )
        for n, block in enumerate(blocks) if block.spans
    ]  # fmt: skip


def _begins(block: Block) -> str:
    """How the words of a paragraph begin."""
    return "".join(span.text for span in block.spans)


def _shared(fact: Fact, block: Block) -> float:
    """How much of a fact's name a paragraph speaks of, 0 to 3: a writer's own heading may say it though no facet does."""
    pairs = {fact.name[at : at + 2] for at in range(len(fact.name) - 1)}
    return 3 * sum(pair in block.text for pair in pairs) / len(pairs) if pairs else 0.0
