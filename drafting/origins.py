"""Where the words of a draft come from, told to its reader: in comments, in a list of sources, in a sheet for checking facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from drafting.model import Blank, Block, BlockKind, Draft, Fact, Origin, Span
from drafting.plan import Plan

Sources = Literal["none", "comments", "list"]
_SHOWN = 3
"""Sources of a phrase that are named; the rest are counted."""
_TEMPLATE = Origin("template", "appendix")
_FIGURE = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?")
_UNASKED = ("地名", "人名")
"""Kinds of blanks that the writer knows himself."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What goes with a draft besides its words: where borrowed phrases come from, and a sheet of what must be checked."""

    sources: Sources = "none"
    fact_sheet: bool = False


def question(span: Span) -> str:
    """What is asked of the writer at a blank: what, in which unit, of which year, and who may know."""
    blank = span.origin.blank or Blank("内容", span.text.strip())
    what = f"{blank.year}年{blank.what}" if blank.year and blank.kind == "数据" else blank.what
    unit = f"；单位：{blank.unit}" if blank.unit else ""
    who = f"；可问：{blank.who}" if blank.who else ""
    return f"请{'核对' if blank.doubtful else '填写'}（{blank.kind}）：{what}{unit}{who}。"


def told(origin: Origin, facts: Mapping[str, Fact]) -> str:
    """Where borrowed words come from, empty for the writer's own and for templates."""
    if origin.kind == "fact" and origin.ref in facts:
        return f"事实：{_fact(facts[origin.ref])}"
    if origin.kind == "quotation":
        return f"引文：{origin.ref or '未注明'}{_places(origin, '，')}"
    return f"出处：{_places(origin)}" if origin.sources else ""


def has_words(text: str) -> bool:
    """Whether some words are more than the mark that closes a sentence."""
    return any(character.isalnum() for character in text)


def facts_of(draft: Draft) -> dict[str, Fact]:
    """The facts of the outline by name."""
    return {fact.name: fact for fact in draft.outline.facts}


def with_extras(draft: Draft, extras: Extras) -> Draft:
    """The draft with its list of sources and its sheet of facts behind it, each on a page of its own."""
    added = (*(_list(draft) if extras.sources == "list" else ()), *(_sheet(draft) if extras.fact_sheet else ()))
    return replace(draft, blocks=(*draft.blocks, *added)) if added else draft


def spoken(draft: Draft) -> Draft:
    """The draft without what `with_extras` has put behind it."""
    return replace(draft, blocks=tuple(b for b in draft.blocks if all(span.origin != _TEMPLATE for span in (*b.lead, *b.spans))))


def asked(draft: Draft, plan: Plan) -> Draft:
    """The draft with the name of those who may know at each blank: whom the theme names for the facet of its paragraph."""
    who = {facet.name: "、".join(facet.who) for facet in plan.theme.facets if facet.who}
    owners = {fact.name: who.get(facet.name, "") for facet in plan.theme.facets for fact in facet.facts}
    return replace(draft, blocks=tuple(_asked(block, owners, who.get(_facet(block, plan), "")) for block in draft.blocks))


def _facet(block: Block, plan: Plan) -> str:
    section, point = block.slot
    points = plan.sections[section].points if 0 <= section < len(plan.sections) else ()
    return points[point].facet if 0 <= point < len(points) else ""


def _asked(block: Block, owners: Mapping[str, str], usual: str) -> Block:
    if all(span.origin.blank is None for span in (*block.lead, *block.spans)):
        return block
    lead, spans = (tuple(_with_who(span, owners, usual) for span in spans) for spans in (block.lead, block.spans))
    return block if (lead, spans) == (block.lead, block.spans) else replace(block, lead=lead, spans=spans)


def _with_who(span: Span, owners: Mapping[str, str], usual: str) -> Span:
    blank = span.origin.blank
    if blank is None or blank.who or blank.kind in _UNASKED:
        return span
    who = owners.get(blank.what) or usual
    return replace(span, origin=replace(span.origin, blank=replace(blank, who=who))) if who else span


# What stands behind the text


def _list(draft: Draft) -> Iterator[Block]:
    """Each borrowed stretch with its sources."""
    yield _block("附：借用语句的出处", "label")
    rows: dict[tuple[int, Origin], str] = {}
    for number, text, origin in _stretches(draft):
        if origin.kind in ("phrase", "quotation") and has_words(text) and (place := told(origin, {})):
            rows.setdefault((number, origin), f"第{number}段“{_short(text)}”——{place.partition('：')[2]}")
    yield from map(_block, rows.values() or ["全文没有借用素材库里的语句。"])


def _sheet(draft: Draft) -> Iterator[Block]:
    """What must be checked before the text is spoken, a box before each."""
    yield _block("附：事实核对表", "label")
    for heading, rows in (
        ("一、数字和事实", _facts(draft)), ("二、写作者自己句子里的数字", _figures(draft)),
        ("三、引文", _quotations(draft)), ("四、待填、待核", _blanks(draft)),
    ):  # fmt: skip
        yield Block("heading", lead=(Span(heading, _TEMPLATE),), level=1)
        yield from map(_block, [f"□ {row}" for row in rows] or ["无。"])


def _facts(draft: Draft) -> list[str]:
    """Every fact that stands in the text, with the paragraphs it stands in."""
    used: dict[str, list[int]] = {}
    for number, _, origin in _stretches(draft):
        if origin.kind == "fact" and number not in used.setdefault(origin.ref, []):
            used[origin.ref].append(number)
    facts = facts_of(draft)
    return [f"第{'、'.join(map(str, places))}段　{_fact(facts[name]) if name in facts else name}" for name, places in used.items()]


def _figures(draft: Draft) -> list[str]:
    return [
        f"第{number}段　{found.group()}：{_around(text, found)}"
        for number, text, origin in _stretches(draft)
        if origin.kind == "writer" and draft.blocks[number - 1].kind not in ("title", "date")
        for found in _FIGURE.finditer(text)
    ]


def _quotations(draft: Draft) -> list[str]:
    return [f"第{number}段　“{_short(text)}”：{origin.ref}" for number, text, origin in _stretches(draft) if origin.kind == "quotation"]


def _blanks(draft: Draft) -> list[str]:
    return [
        f"第{number}段　{question(Span(text, origin))}" for number, text, origin in _stretches(draft) if origin.kind == "blank"
    ]


def _stretches(draft: Draft) -> Iterator[tuple[int, str, Origin]]:
    """Text of one origin with the number of its paragraph, neighbours of the same origin as one."""
    for number, block in enumerate(draft.blocks, 1):
        spans: Sequence[Span] = (*block.lead, *block.spans)
        text = ""
        for span, after in zip(spans, (*spans[1:], None), strict=True):
            text += span.text
            if after is None or after.origin != span.origin:
                yield number, text, span.origin
                text = ""


def _block(text: str, kind: BlockKind = "paragraph") -> Block:
    return Block(kind, (Span(text, _TEMPLATE),))


def _fact(fact: Fact) -> str:
    year, source = (f"{fact.year}年" if fact.year else "未注明年份"), (f"来源：{fact.source}" if fact.source else "未注明来源")
    return f"{fact.name} {fact.value}{fact.unit}（{year}，{source}）"


def _places(origin: Origin, before: str = "") -> str:
    """File and line of the sources of a span."""
    named = "；".join(f"{source.file} 第{source.line}行" for source in origin.sources[:_SHOWN])
    more = f"；等 {len(origin.sources)} 处" if len(origin.sources) > _SHOWN else ""
    return f"{before}{named}{more}" if named else ""


def _short(text: str) -> str:
    bare = text.strip()
    return f"{bare[:20]}…" if len(bare) > 21 else bare


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 10) : found.end() + 10].strip()
