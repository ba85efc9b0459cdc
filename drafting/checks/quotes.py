"""Q: quotations without a source (Q01), misquoted (Q02), credited to the wrong person or to nobody (Q03)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.text import Paragraph, Text
from drafting.quotations import LEAST, Near, fold
from phrasebank.names import is_personal_name

if TYPE_CHECKING:
    from phrasebank.quotations import Span

_MARKS = "“”「」『』\"＂"


def _inner(p: Paragraph, q: Span) -> str:
    return p.text[q.start : q.end].strip(_MARKS)


def _in_marks(p: Paragraph, q: Span) -> bool:
    return p.text[q.start : q.start + 1] in _MARKS


@kind("sourceless")
def sourceless(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """Q01: somebody's words in quotation marks, and nobody named whose they are."""
    for p in text.loose:
        for q in p.quotations:
            if not _in_marks(p, q) or len(fold(_inner(p, q))) < rule.number("least", 8) or q.start < p.lead or _from_bank(p, q):
                continue
            if _inner(p, q) in rule.words("names"):
                continue
            opens = not p.text[: q.start].strip() or p.text[q.start - 1] in "。！？"
            quoted = q.kind == "leader" or (q.kind in ("classic", "saying") and opens)
            if quoted and q.attributed_to is None and not _named_near(p, q, rule) and not _verified(aids, p, q):
                yield Hit(p, q.start, q.end)


def _from_bank(p: Paragraph, q: Span) -> bool:
    """Whether a draft put it in from the verified entries."""
    origin = p.origin_at(q.start + 1)
    return origin is not None and origin.kind == "quotation"


def _named_near(p: Paragraph, q: Span, rule: Rule) -> bool:
    """Whether a speaker or a work is named right before a quotation or right behind it, or it is but the name of an idea."""
    before, after = p.plain[max(0, q.start - 40) : q.start], p.plain[q.end : q.end + 24]
    closed = p.text[: q.end].rstrip(_MARKS)[-1:] in "。！？"  # what follows a closed sentence is another one, and no source
    return bool(rule.pattern("before").search(before) or rule.pattern("closed" if closed else "behind").match(after))


def _verified(aids: Aids, p: Paragraph, q: Span) -> bool:
    near = aids.quotations.nearest(_inner(p, q))
    return near is not None and near.likeness == 1.0 and bool(near.entry.work)


@kind("misquoted")
def misquoted(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """Q02: nearly a verified quotation, and not it."""
    for p in text.loose:
        told: list[Hit] = []
        for q in p.quotations:
            inner = _inner(p, q)
            if len(fold(inner)) < (8 if q.kind in ("name", "coined") else LEAST):
                continue
            near = aids.quotations.nearest(inner)
            if near and near.likeness < 1.0 and not rule.pattern("except").search(inner):
                start = p.text.find(inner, q.start)
                told.append(_misquoted(p, start, start + len(inner), near))
        yield from told
        for start, end, near in aids.quotations.altered(p.text):
            if not any(start < hit.end and hit.start < end for hit in told) and not rule.pattern("except").search(p.text[start:end]):
                yield _misquoted(p, start, end, near)


def _misquoted(p: Paragraph, start: int, end: int, near: Near) -> Hit:
    return Hit(p, start, end, _difference(near), near.wording, beside=f"{near.entry.text}——{near.entry.source}")


def _difference(near: Near) -> str:
    """What stands and what should, character by character."""
    told = [
        f"“{wrong}”应为“{right}”" if wrong and right else f"漏了“{right}”" if right else f"多了“{wrong}”" for wrong, right in near.edits
    ]
    return f"和{near.entry.source}的原文不一样：{'，'.join(told)}；原文是“{near.wording}”"


@kind("credited")
def credited(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """Q03: credited to somebody else than the entry says, to a title without a name, or under a title not yet held."""
    named = bool(rule.paragraphs("named", text, text.paragraphs)) and any(rule.pattern("named").search(p.plain) for p in text.paragraphs)
    for p in text.loose:
        for q in p.quotations:
            if q.attributed_to:
                yield from _nameless(p, q, rule, named=named)
                yield from _other(p, q, rule, aids)
    for p in rule.paragraphs("subjectless", text, text.loose):
        yield from _subjectless(p, rule)
    for p in rule.paragraphs("titles", text, text.loose):
        yield from _untimely(text, p, rule)
    for p in rule.paragraphs("short", text, text.loose):
        for found in rule.pattern("short").finditer(p.bare):
            yield Hit(p, *found.span(), "请写全称“习近平总书记”", severity="W")
    gave = dict(row.split("=") for row in rule.words("reports"))
    for p in text.holding(frozenset(gave), text.loose) if gave else ():
        yield from _report(p, gave)


def _nameless(p: Paragraph, q: Span, rule: Rule, *, named: bool) -> Iterator[Hit]:
    """A speaker blotted out, or a title alone in a text that never names its holder."""
    who = q.attributed_to or ""
    blotted = rule.pattern("blotted").search(who)
    if blotted or (rule.pattern("bare").fullmatch(who) and not named):
        at = p.text.rfind(who, 0, q.start + 1)
        at = at if at >= 0 else max(p.text.find(who), 0) or q.start
        if not blotted and _is_named(p.plain[:at], rule):
            return
        yield Hit(p, at, at + len(who), f"“{who}”说的是谁没有写明，请写全姓名和职务，并核对是不是他说的", text=who)


def _subjectless(p: Paragraph, rule: Rule) -> Iterator[Hit]:
    """指出，… at the start of a sentence: a name was taken out. At the start of a paragraph no sentence before can hold it."""
    for found in rule.pattern("subjectless").finditer(p.plain):
        message = f"“{found.group()}”前面没有说是谁，像是名字被删掉了，请补上"
        yield Hit(p, *found.span(), message, severity=None if found.start() <= p.lead else "W")


def _is_named(before: str, rule: Rule) -> bool:
    """Whether a name stands right before a title: 江泽民总书记, 江总书记."""
    return before.endswith(rule.words("surnames")) or any(is_personal_name(before[-size:]) for size in (2, 3))


def _other(p: Paragraph, q: Span, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """A known line under a name that is neither its author's nor its work's."""
    who = q.attributed_to or ""
    if rule.pattern("anybody").search(who):
        return
    near = aids.quotations.nearest(_inner(p, q))
    if not near or near.likeness < 1.0 or len(fold(_inner(p, q))) * 2 < len(fold(near.entry.text)):
        return
    if rule.pattern("leaders").search(who) and near.entry.work:
        return  # leaders quote the classics, too: 习近平总书记指出：“民惟邦本，本固邦宁”
    names = {near.entry.author, near.entry.work.strip("《》"), *near.entry.work.strip("《》").split("·"), *rule.words(near.entry.author)}
    names |= {name for name in rule.words("also") if name.split("|")[0] in names for name in name.split("|")}
    bare = who.strip("《》")
    if not any(name and (name in bare or bare in name) for name in names):
        source = near.entry.source
        yield Hit(p, q.start, q.end, f"这句话出自{source}，不是“{who}”说的，请核对", beside=f"{near.entry.text}——{source}")


def _untimely(text: Text, p: Paragraph, rule: Rule) -> Iterator[Hit]:
    """A title given to somebody for a time at which he did not hold it."""
    for found in rule.pattern("titles").finditer(p.plain):
        start, _, sentence = p.sentence_at(found.start())
        if rule.pattern("speaks").search(sentence) or "时任" in sentence:
            continue
        ahead = p.plain[start : found.start()]
        early = [int(y) for y in re.findall(r"(?<!\d)((?:19|20)\d\d)年[^。；]{0,8}$", ahead)]
        acts = rule.pattern("acts").match(p.plain, found.end())
        at_place = acts and rule.pattern("places").search(sentence) and _held_before(text, p)
        if at_place or (early and early[0] < rule.number("since", 2012)):
            yield Hit(p, found.start(), found.end(), f"那时还不是“{found.group()}”，请写“时任”什么职务，或改称“同志”")


_REPORT = re.compile(
    "(?P<who>江泽民|胡锦涛|习近平)(?:同志|总书记|主席)?(?:同志)?[^，。；：“”]{0,6}在(?:中国共产党|党的)?(?:第)?(?P<what>十[四五六七八九]大|二十大)(?:上?(?:的|所作的?)?报告)"
)


def _report(p: Paragraph, gave: Mapping[str, str]) -> Iterator[Hit]:
    """The report of a congress under the name of one who did not give it."""
    for found in _REPORT.finditer(p.plain):
        if (right := gave.get(found["what"])) and right != found["who"]:
            yield Hit(p, *found.span(), f"{found['what']}报告是{right}作的，不是{found['who']}，请核对")


def _held_before(text: Text, p: Paragraph) -> bool:
    """Whether the same speech says which post he held then."""
    return any("时任" in other.text for other in text.paragraphs if other.piece == p.piece)
