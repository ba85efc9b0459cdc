"""R: what was left over from elsewhere: marks of web pages (R01), blanks and censored names (R03)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.text import BLANK, Paragraph, Text
from drafting.model import Severity

_RESIDUE = frozenset({"ad", "paywall_marker", "watermark", "site_footer", "site_widget", "omission_marker", "contact", "copyright"})
"""Kinds of removals that are never the writer's own words; outlines and running heads may be."""
_GUESSED = frozenset({"ad", "site_widget", "site_footer"})
"""Kinds that are told by where a line stands, too: certain only where a word of such pages stands in it."""
_PROSE = re.compile(r"[一-鿿，、“”《》]{12,}[。！？；]")
"""A sentence without letters, figures or marks that pages have."""
SHOWN = 60
"""Characters quoted of what may be long."""


@kind("residue")
def residue(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """R01: advertisements, paywall marks, addresses and site furniture: what reading took out of a file, what it would take out
    of a draft, and what the rule's own patterns find."""
    if text.draft:
        likely = {p.number for p in rule.paragraphs("patterns", text, text.loose)}
        for p in text.loose:
            yield from _in_draft(p, rule, matched=p.number in likely)
        return
    taken: dict[int, str] = {}
    for item in text.removed:
        if item.kind in _RESIDUE and any(map(str.isalnum, item.text)) and item.line in text.numbers:
            taken[item.line] = taken.get(item.line, "") + item.text
            sure = item.kind not in _GUESSED or bool(rule.pattern("sure").search(item.text))
            if rule.pattern("own").fullmatch(item.text.strip()) or (not sure and len(item.text.strip()) < 4):
                continue
            if item.kind in _GUESSED and _PROSE.fullmatch(item.text.strip()) and not rule.pattern("proof").search(item.text):
                continue  # 未完的工程要抓紧: a sentence like any other
            severity: Severity | None = None if sure else "W"
            own = Paragraph(text.numbers[item.line], text.lines[item.line - 1], line=item.line)
            yield Hit(own, item.column, item.column + len(item.text), text=_cut(item.text), severity=severity)
    for number, line in enumerate(text.lines, 1):
        own = Paragraph(text.numbers[number], line, line=number)
        yield from (hit for hit in _matched(own, rule) if line[hit.start : hit.end] not in taken.get(number, ""))


def _in_draft(p: Paragraph, rule: Rule, *, matched: bool) -> Iterator[Hit]:
    """What cleaning would take out of a paragraph, and what the patterns find beside it, if they may find anything."""
    end = 0
    if rule.pattern("hints").search(p.text):
        from phrasebank.inline import line_spans

        for start, stop, what in sorted(line_spans(BLANK.sub(lambda m: "某" * len(m[0]), p.text))):
            if what in _RESIDUE:
                end = stop
                yield Hit(p, start, stop, text=_cut(p.text[start:stop]))
    yield from (hit for hit in (_matched(p, rule) if matched else ()) if hit.start >= end)


def _matched(p: Paragraph, rule: Rule) -> Iterator[Hit]:
    """What the rule's own patterns find, not within what it spares."""
    spared = rule.pattern("except")
    for found in rule.pattern("patterns").finditer(p.text):
        if not spared.search(p.text[max(0, found.start() - 8) : found.end() + 8]):
            yield Hit(p, *found.span(), text=_cut(found.group()))


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


@kind("blanks")
def blanks(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """R03: a blank is left, or a name or a figure was blotted out."""
    pattern = rule.pattern("patterns")
    censored: dict[int, list[Hit]] = {}
    for p, start, end, what in text.damage:
        if what == "censored_name" and end > start:
            censored.setdefault(p.number, []).append(Hit(p, start, end, rule.words("censored")[0]))
    likely = {p.number for p in rule.paragraphs("patterns", text, text.paragraphs)}
    for p in text.paragraphs:
        hits = [Hit(p, start, end) for start, end, origin in p.stretches if origin.kind == "blank"]
        hits += [Hit(p, *found.span()) for found in BLANK.finditer(p.text)] if "〔" in p.text and not hits else []
        hits += censored.get(p.number, [])
        if p.number in likely:
            hits += [Hit(p, *m.span(), rule.words("censored")[0]) for m in pattern.finditer(p.text) if not _vouched(p, m.start())]
        yield from _apart(hits)


def _vouched(p: Paragraph, offset: int) -> bool:
    """Whether the profile or a fact put a character there: what the writer calls himself is his own matter."""
    origin = p.origin_at(offset)
    return origin is not None and origin.kind in ("profile", "fact")


def _apart(hits: list[Hit]) -> Iterator[Hit]:
    """Hits of one paragraph without those that overlap an earlier one."""
    end = 0
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)) if len(hits) > 1 else hits:
        if hit.start >= end:
            end = hit.end
            yield hit


@kind("lost")
def lost(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """F02: a unit or a percent sign with no figure before it."""
    spared = rule.pattern("except")
    found: dict[int, list[Hit]] = {}
    for p, start, end, what in text.damage:
        if what == "missing_number" and end > start and not spared.search(p.text[max(0, start - 2) : end + 2]):
            found.setdefault(p.number, []).append(Hit(p, start, end))
    likely = {p.number for p in rule.paragraphs("patterns", text, text.loose)}
    for p in text.loose:
        hits = found.get(p.number, [])
        if p.number in likely:
            hits += [Hit(p, *m.span()) for m in rule.pattern("patterns").finditer(p.text) if not spared.search(m.group())]
        hits += [Hit(p, *m.span()) for m in _holes(p.text, rule) if not spared.search(m.group())]
        yield from _apart(hits)


_HOLE = re.compile("[到达为在人户名家吨斤亩顷米里次元村组会区部镇道](?=[，。；、和及])|[（(][ 　_＿]*[）)]")
"""Where a hole may end; to look there alone is several times quicker than to run the expressions over every word."""
_BEFORE, _BEHIND = 16, 8
"""Characters around the end of a hole that tell it."""


def _holes(text: str, rule: Rule) -> Iterator[re.Match[str]]:
    """What the rule's expressions for holes find: 满意率达到，, 惠及群众余户。, （　）亿元."""
    holes = rule.pattern("holes")
    for end in _HOLE.finditer(text):
        found = holes.search(text, max(end.start() - _BEFORE, 0), end.end() + _BEHIND)
        if found and found.start() <= end.start() < found.end():
            yield found
