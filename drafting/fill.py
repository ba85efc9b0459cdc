"""A phrase's template becomes spans: level words by the writer's level, names from the profile, figures from the fact sheet.

What the writer has not given becomes a typed blank. Nothing else can put a figure or a name into a draft.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafting.model import Blank, Fact, Origin, Outline, Span
from phrasebank.levels import AREAS, SLOTS, word_for
from phrasebank.model import Phrase
from phrasebank.slots import SlotRef, parse, slot_names

_BLANK_OF = {
    "place": ("地名", "地名全称"),
    "org": ("单位", "单位全称"),
    "post": ("职务", "本人职务"),
    "person": ("人名", "姓名和职务"),
    "date": ("时间", "具体日期"),
    **dict.fromkeys(SLOTS, ("单位", "本级的相应称谓")),
}
CLAIMS = frozenset({"example", "achievement"})
"""Roles that claim something happened: a bank's wording can only suggest it, the writer must know whether it is so."""

_FIRST_PERSON = re.compile(r"^(?:我(?!们)|自己)")

MATCH = 0.6
"""Share of a blank's character pairs that a fact's name must hold to answer it (and the same unit)."""


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills slots for one outline."""

    outline: Outline

    def can_fill(self, phrase: Phrase) -> bool:
        """Whether the writer's level has a word for every level slot of the phrase."""
        needed = slot_names(phrase.template) & set(SLOTS)
        level = self.outline.profile.level
        if needed and phrase.level is not None and (phrase.level in AREAS) != (level in AREAS):
            return False
        return all(word_for(level, slot) for slot in needed)

    def spans(self, phrase: Phrase) -> tuple[Span, ...]:
        """The phrase in the writer's words. One that tells what happened somewhere else is marked to be verified."""
        origin = Origin("phrase", phrase.id, phrase.sources)
        template = phrase.template
        if _claims(phrase) and "blank" not in slot_names(template):
            template = re.sub(r"([。！？；”]*)$", lambda match: "{verify}" + match[1], template, count=1)
        return tuple(
            Span(part, origin) if isinstance(part, str) else self.slot(part, origin) for part in parse(template)
        )

    def slot(self, slot: SlotRef, origin: Origin) -> Span:
        """One slot as a span; an unknown one becomes a blank that asks for it by name."""
        if slot.name in SLOTS and (word := word_for(self.outline.profile.level, slot.name)):
            return Span(word, origin)
        if slot.name in ("place", "post") and (known := getattr(self.outline.profile, slot.name)):
            return Span(known, Origin("profile", slot.name))
        if slot.name == "verify":
            return blank_span(Blank("事例", "是否确有其事", doubtful=True))
        if slot.name == "blank":
            return self.blank(*(*slot.args, "", "")[:3])
        return blank_span(Blank(*_BLANK_OF.get(slot.name, ("内容", slot.name))))

    def blank(self, kind: str, what: str, unit: str = "") -> Span:
        """The fact that answers the blank, or the blank."""
        fact = answer(self.outline.facts, what, unit)
        if fact is not None:
            return fact_span(fact if fact.unit else replace(fact, unit=unit))
        if kind == "人名" and what in {"发言人", "主讲人", "讲话人"} and self.outline.profile.name:
            return Span(self.outline.profile.name, Origin("profile", "name"))
        return blank_span(Blank(kind, what, unit))


def _claims(phrase: Phrase) -> bool:
    """Whether a phrase says of the writer or the place that something is so: a deed, or a fault owned up to."""
    return phrase.role in CLAIMS or (phrase.role in ("problem", "cause") and bool(_FIRST_PERSON.match(phrase.text)))


def blank_span(blank: Blank) -> Span:
    """A blank as it stands in the draft."""
    return Span(str(blank), Origin("blank", blank.what, blank=blank))


def fact_span(fact: Fact) -> Span:
    """A fact's value with its unit; the unit travels with the figure."""
    return Span(f"{fact.value}{fact.unit}", Origin("fact", fact.name))


def answer(facts: Sequence[Fact], what: str, unit: str) -> Fact | None:
    """The fact whose name says what is asked for, in the same unit."""
    fitting = [(likeness(fact.name, what), fact) for fact in facts if not unit or not fact.unit or fact.unit == unit]
    best = max(fitting, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= MATCH else None


def likeness(name: str, what: str) -> float:
    """Share of the character pairs of the shorter of two names that the longer one holds: 0 to 1."""
    a, b = sorted((re.sub(r"\W|去年|今年|数量?$", "", name), re.sub(r"\W|去年|今年|数量?$", "", what)), key=len)
    pairs = {a[i : i + 2] for i in range(len(a) - 1)}
    return sum(pair in b for pair in pairs) / len(pairs) if pairs else float(bool(a) and a == b)
