"""Facts as sentences, and which point of a speech a fact belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafting.fill import fact_span, likeness
from drafting.model import Fact, Origin, Profile, Span
from drafting.themes import Facet
from phrasebank.levels import word_for

DEED = re.compile(
    r"^(?:共|新|累计|已|全年)?(?:新|改|建|修|排查|整改|检查|开展|签订|落实|培训|举办|化解|调解|办理|办结|完成|发放|帮|走访|入户|组织|更新|转移|清理"
    r"|加固|加装|硬化|铺设|架设|疏通|栽|补|筹|捐|救|打通|引进|引导|带动|吸纳|流转|整治|整理|清淤|升级|创建|打造|减|压|取消|解决|受理|接待|招|引|种|推|服务|代办|救助|资助|安置|拆|治|实施|投|发展|吸收|选|配|评|征|收|挂牌|约谈|精简|公开|设)"
)
"""How names of indicators begin that name a deed (新改建公路, 培训从业人员)."""

_CHANGE = re.compile(r"(?:下降|减少|压减|降低|增长|增加|提高|上升|达到?|为|共)$")
_SCOPED = re.compile(
    r"[全我本各][省市县区镇乡村校局院]|全国|[省县镇](?!级)|市(?!场|民)|(?<!小)区(?!域)|(?<![农乡])村(?![级民务规])|街道"
)
"""Names of indicators that say themselves whose figure it is (石桥村新修水渠); 农村公路 does not."""
_FIGURE = re.compile(r"^[\d０-９][\d０-９.,，．万亿千百余多]*$")

BELONGS = 0.5
"""How alike a fact's name and an indicator of a facet must be for the fact to belong there."""


def fact_sentence(fact: Fact, profile: Profile) -> tuple[Span, ...]:
    """«2025年，全镇新改建农村公路36公里。»: year, name and figure are the fact's, the words that join them ours."""
    origin, ours = Origin("fact", fact.name), Origin("template", "fact")
    year: tuple[Span, ...] = (Span(f"{fact.year}年", origin), Span("，", ours)) if fact.year else ()
    if fact.year and fact.year == profile.year:
        year = (Span("今年以来，", ours),)
    whole = "" if _SCOPED.search(fact.name) or not _FIGURE.match(fact.value) else word_for(profile.level, "whole") or ""
    parts = (
        *year,
        Span(whole, ours),
        Span(fact.name, origin),
        Span(_joint(fact), ours),
        fact_span(fact),
        Span("。", ours),
    )
    return tuple(span for span in parts if span.text)


def _joint(fact: Fact) -> str:
    """The word between an indicator's name and its value: none after a verb, 为 for a rate or a name, 共 for a count."""
    if _CHANGE.search(fact.name):
        return ""
    if not _FIGURE.match(fact.value) or fact.unit.startswith(("%", "％")):
        return "为"
    return "" if DEED.match(fact.name) else "共"


def home_of(fact: Fact, facets: Sequence[Facet]) -> int:
    """The place of the facet a fact belongs to: the one that asks for such a figure, else the one whose words its name holds;
    −1 for none."""
    asked = [max((likeness(fact.name, i.name) for i in facet.facts if i.unit in ("", fact.unit)), default=0.0) for facet in facets]
    if asked and max(asked) >= BELONGS:
        return asked.index(max(asked))
    held = [sum(len(word) for word in facet.words if word in fact.name) for facet in facets]
    return held.index(max(held)) if held and max(held) >= 2 else -1
