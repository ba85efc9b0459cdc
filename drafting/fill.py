"""A phrase's template becomes spans: level words by the writer's level, names from the profile, figures from the fact sheet.

What the writer has not given becomes a typed blank. Nothing else can put a figure or a name into a draft.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

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

_SIDE_WORDS = re.compile(r"\W|去年|今年|近年|一年|以?来|全[省市县区镇乡村]|数量?$")
_FIRST_PERSON = re.compile(r"^(?:我(?!们)|自己)")

_OWNED = re.compile(r"我(?![们县镇乡村校市省局院区国])|^自己")

MATCH = 0.75
"""How alike (Dice over character pairs) a fact's name and a blank's question must be for the fact to answer it."""

_NARRATIVE = re.compile(
    r"^[^，。]{0,5}那[天年次]|会前|上午|前不久|前些[天日年]|^有(?:一|两|几)?[个位户名些](?!性)|从此|后来|打那以后|头一个|一遍遍|讲了一件"
    r"|^(?:去年|今年|前年|上个?月)[春夏秋冬入开底初汛]|我们?曾|我亲眼|我[^，。们我]{0,4}[见去挨碰遇问陪守听走到住跟坐干看]过|我有[位个]|有一[次回]|那一?[回顿]|[问说喊答]：“"
)
"""Marks of a story: it happened somewhere else, and only the writer knows whether the like happened here."""
_COUNTED = re.compile("[了过][^，。；]{0,4}[一二两三四五六七八九]?[十百千万](?:来|多|余|几)(?![回次遍]|年前)")
"""A deed with a count, told roughly: whatever it is said for, it happened somewhere."""
_TO_BE_DONE = frozenset({"measure", "pledge", "appeal", "transition", "closing", "basis"})
"""Roles that say what is to be done: what sounds like a story there is a way to do it."""
_VERIFY = {
    **dict.fromkeys(("achievement", "experience"), "是否已经做到"),
    **dict.fromkeys(("problem", "cause", "opening"), "是否确是本人的事"),
    "fault": "是否确有其事、在哪里", "mine": "是否确是本人的事",
}
"""What a writer has to make sure of, by the role of what was said."""
_AMISS = ("problem", "cause")
_DONE = re.compile(r"了|过(?![程来])|已|如今|近年|[今去往]年|以来|年来|半年|至今|现在|从前")
"""Words of what has come to pass: without them a deed is not claimed but praised."""
_MAXIM = re.compile(r"^(?:实践|经验|事实|教训|历史|工作)[^，。]{0,3}(?:证明|表明|告诉|说明|提醒|启示)")
"""Openings of what holds everywhere."""

_SOME_EACH = re.compile(r"(?:一些|有的|有些|部分|个别|少数|几个|多数|每个)\{(?:offices|units|leaders)\}")


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills slots for one outline."""

    outline: Outline

    def can_fill(self, phrase: Phrase) -> bool:
        """Whether the writer's level has a word for every level slot of the phrase, and one that fits there."""
        if _SOME_EACH.search(phrase.template):  # 一些各村 is no Chinese
            return False
        needed = slot_names(phrase.template) & set(SLOTS)
        level = self.outline.profile.level
        if needed and phrase.level is not None and (phrase.level in AREAS) != (level in AREAS):
            return False
        return all(word_for(level, slot) for slot in needed)

    def spans(self, phrase: Phrase) -> tuple[Span, ...]:
        """The phrase in the writer's words. One that tells what happened somewhere else is marked to be verified."""
        origin = Origin("phrase", phrase.id, phrase.sources)
        parts = _parts(phrase.role, phrase.text, phrase.template)
        return tuple(Span(part, origin) if isinstance(part, str) else self.slot(part, origin) for part in parts)

    def slot(self, slot: SlotRef, origin: Origin) -> Span:
        """One slot as a span; an unknown one becomes a blank that asks for it by name."""
        if slot.name in SLOTS and (word := word_for(self.outline.profile.level, slot.name)):
            return Span(word, origin)
        if slot.name in ("place", "post") and (known := getattr(self.outline.profile, slot.name)):
            return Span(known, Origin("profile", slot.name))
        if slot.name == "verify":
            return blank_span(Blank("事例", _VERIFY.get("".join(slot.args), "本地是否确有其事"), doubtful=True))
        if slot.name == "blank":
            return self.blank(*(*slot.args, "", "")[:3])
        return blank_span(Blank(*_BLANK_OF.get(slot.name, ("内容", slot.name))))

    def blank(self, kind: str, what: str, unit: str = "") -> Span:
        """The fact that answers the blank, or the blank."""
        facts = self.outline.facts
        fact = answer(facts, what, unit, self.outline.profile.year) if kind == "数据" else _by_name(facts, what)
        if fact is not None:
            return fact_span(fact if fact.unit else replace(fact, unit=unit))
        if kind == "人名" and what in {"发言人", "主讲人", "讲话人"} and self.outline.profile.name:
            return Span(self.outline.profile.name, Origin("profile", "name"))
        return blank_span(Blank(kind, what, unit))


def is_maxim(phrase: Phrase) -> bool:
    """Whether a phrase opens as what holds everywhere."""
    return bool(_MAXIM.match(phrase.text))


@lru_cache(maxsize=1 << 13)
def _parts(role: str, text: str, template: str) -> tuple[str | SlotRef, ...]:
    """A phrase cut into wording and slots, one to be verified among them where it claims something."""
    asked = "blank" in slot_names(template) and text.count("。") < 2  # a sentence that asks for its figure is verified by that
    if _claims(role, text) and not asked:  # behind a quotation, before any other closing mark
        mine = _OWNED.search(text)
        what = "fault" if role in _AMISS and not mine else "mine" if mine and role not in _VERIFY else role
        template = re.sub(r"((?<!”)[。！？；]?)$", lambda match: f"{{verify:{what}}}{match[1]}", template, count=1)
    return parse(template)


def _claims(role: str, text: str) -> bool:
    """Whether a phrase says of the writer or the place that something is so: a deed, or a fault owned up to."""
    first_person = _FIRST_PERSON.match if role == "opening" else _OWNED.search
    owned = role in (*_AMISS, "opening") and first_person(text)
    seen = role in ("problem", "cause", "achievement", "experience") and text.count("。") > 2
    story = role not in _TO_BE_DONE and _NARRATIVE.search(text)
    deed = role in CLAIMS and _DONE.search(text) and not _MAXIM.match(text)
    return bool(owned or seen or story or deed or _COUNTED.search(text))


def shown(phrase: Phrase) -> str:
    """A phrase as it is listed: its wording, with blanks where that has figures of its source."""
    if "{blank" not in phrase.template:
        return phrase.text
    return "".join(part if isinstance(part, str) else _named(part, phrase.level or "县") for part in parse(phrase.template))


def _named(slot: SlotRef, level: str) -> str:
    if slot.name == "blank":
        return f"〔待填：{'｜'.join(slot.args)}〕"
    return word_for(level, slot.name) or {"place": "〔地名〕", "post": "〔职务〕"}.get(slot.name, "〔…〕")


def blank_span(blank: Blank) -> Span:
    """A blank as it stands in the draft."""
    return Span(str(blank), Origin("blank", blank.what, blank=blank))


def fact_span(fact: Fact) -> Span:
    """A fact's value with its unit; the unit travels with the figure."""
    return Span(f"{fact.value}{fact.unit}", Origin("fact", fact.name))


def _by_name(facts: Sequence[Fact], what: str) -> Fact | None:
    """The fact of just that name: what is no figure is asked for in so many words that another name means another thing."""
    return next((fact for fact in facts if fact.name == what), None)


def answer(facts: Sequence[Fact], what: str, unit: str, year: int | None = None) -> Fact | None:
    """The fact whose name says what is asked for, in the same unit and, where `year` (now) is known, of the same time."""
    fitting = [
        (likeness(fact.name, what), fact)
        for fact in facts
        if (not unit or not fact.unit or fact.unit == unit) and _of_the_time(fact, what, year)
    ]
    best = max(fitting, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= MATCH else None


@lru_cache(maxsize=1 << 13)
def likeness(name: str, what: str) -> float:
    """How alike two indicator names are, 0 to 1 (Dice over character pairs; 去年, 一年来 and a final 数 do not count)."""
    first, second = (_SIDE_WORDS.sub("", text) for text in (name, what))
    a, b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (first, second))
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else float(bool(first) and first == second)


def _of_the_time(fact: Fact, what: str, year: int | None) -> bool:
    """去年 asks for a fact of last year, 今年 for one of this; a fact without a year answers either."""
    if year is None or fact.year is None:
        return True
    return fact.year == year - 1 if "去年" in what else fact.year == year if "今年" in what else True
