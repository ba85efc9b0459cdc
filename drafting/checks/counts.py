"""F05 announced counts against what follows; F06 short forms by number (三个治理) that nobody explains."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.listed import HAN, NUMBER, against_lists, number_of
from drafting.checks.text import Paragraph, Text

_SPEAKS = re.compile(
    rf"(?:讲|谈|提|说|汇报|分享|交流|强调|作|做|就)(?:以下|如下|这么)?(?:几|{NUMBER})(?:个方面|点|个问题|个部分|条)的?"
    r"(?:意见|认识|体会|想法|要求|建议|看法|感受|情况|工作|内容|表态|汇报|启示|问题|希望)?"
)
_ASKED = frozenset(("个方面", "点", "个问题", "个部分", "条"))
"""Words one of which stands in what announces headings."""

@kind("announced")
def announced(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """F05: 讲三点意见 against the headings; 三类：… and “六位” against the length of their list."""
    yield from _against_headings(text)
    for p, after in zip_longest(text.body, text.body[1:]):
        yield from against_lists(p, after)


def _against_headings(text: Text) -> Iterator[Hit]:
    """What the speaker says he will say, against the outermost headings of his speech."""
    for p in text.holding(_ASKED, text.paragraphs):
        found = _SPEAKS.search(p.plain)
        if not found or not found["n"] or p.level or text.truncated:
            continue
        count, heads = number_of(found["n"]), _heads(text, p)
        if heads and count != heads:
            yield Hit(p, *found.span(), f"说的是{found['n']}，后面却有{heads}个标题，请核对")


def _heads(text: Text, said: Paragraph) -> int:
    """Headings of the level that opens behind a paragraph, in the same speech and under the same heads; 0 where that cannot be told."""
    later = [p for p in text.body if p.number > said.number and p.piece == said.piece]
    inside = [p for p in later if p.path[: len(said.path)] == said.path and p.level]
    if not inside:
        return 0
    level = inside[0].level
    marks = [p.mark for p in inside if p.level == level]
    return len(marks) if len(marks) > 1 and all(marks) and _from_one(marks) else 0


def _from_one(marks: Sequence[str]) -> bool:
    """Whether numbers as written count up from one."""
    return [number_of(m) for m in ("".join(c for c in mark if c in HAN or c.isdigit()) for mark in marks)] == list(range(1, len(marks) + 1))


# ---------------------------------------------------------------- short forms
_SHORT = re.compile(rf"“(?P<n>[{HAN}两双])(?P<what>个|大|项|条|种|本|张|支|类|方)?(?P<noun>[一-鿿]{{1,6}})”")
_SIGNS = re.compile("[省市县区乡镇街村社组户]{2,6}$")
"""Levels named one character each: 市县镇村“四级”."""
_PAIR = re.compile("[一-鿿]{2,8}(?:和|与|、|及)[一-鿿]{2,8}$")
_ITEMS = "(?P<list>[一-鿿]{1,14}(?:、[一-鿿]{1,14})+)"
_JOINS = re.compile("、|(?<=[一-鿿]{2})[和及与](?=[一-鿿]{2,12}$)")
_EXPLAINS = re.compile(
    r"，?(?:[具特主](?:体|要)?指|[一-鿿]{0,4}即(?![将使可便日])|为(?!了)|就是|是指|指的是|也就是|分别)|(?:[“”一-鿿]{0,14}?)?[\[〔［]\d{1,3}[\]〕］]|[①-⑳]"
)
"""What follows a term that is explained here, or in a note."""
_BRACKET = re.compile("^[^。；]{0,30}（(?:[具特主](?:体|要)?指|即|指|包括)")
"""Brackets a little later that explain it: “四心”问题教育整顿大会（特指…）."""
_LIST, _REST = 160, 600
"""Characters behind a term in which a list of its items, and the items one after another, are looked for."""
_PLACE = 2
"""Characters of a name of a place that may be a short form of something else as well: 三河, 三台."""
_PARTED = 100
"""Paragraphs behind a heading in which those below it stand."""
_HEAD, _NEXT = 30, 40
"""Characters of a paragraph in which its heading stands, and paragraphs that may hold the parts of something announced."""
_PARTS = re.compile(rf"[{HAN}两双](?=[一-鿿])")
_LIST_BEFORE, _LIST_AFTER = re.compile(f"{_ITEMS}(?:等|这|的|等方面的?)?$"), re.compile(f"[一-鿿]{{0,4}}[，：]{_ITEMS}")


@kind("undefined")
def undefined(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """F06: “四大提升”, neither explained near by nor known to all."""
    from phrasebank.generalise import number_terms

    known, several = number_terms() | set(rule.words("known")), set(rule.words("several"))
    seen: dict[str, list[tuple[Paragraph, re.Match[str]]]] = {}
    for p in text.loose:
        for found in _SHORT.finditer(p.plain) if "“" in p.plain else ():
            seen.setdefault(found.group()[1:-1], []).append((p, found))
    for term, places in seen.items():
        new = (term not in known or term in several) and not rule.pattern("except").search(term) and not _is_named(term)
        explained = any(_explained(p, found, rule.number("near", 60)) or _headed(text, p, found) for p, found in places)
        if new and not explained:
            p, found = places[0]
            yield Hit(p, *found.span())


def _is_named(term: str) -> bool:
    """Whether it begins with the name of a place that begins with a number: 七台河模式."""
    from phrasebank.gazetteer import find_places

    return any(start == 0 and end > _PLACE for start, end in find_places(term))


def _headed(text: Text, p: Paragraph, found: re.Match[str]) -> bool:
    """Whether as many paragraphs behind it begin with one of the things each: 严把“四关” … 一是严把谈话关 … 二是严把材料关."""
    count = 2 if found["n"] in "双两" else number_of(found["n"])
    item = re.compile(rf"\w{re.escape(found['noun'][-2:])}(?=[，、。；：]|$)")
    at = bisect_right(text.body, p.number, key=lambda q: q.number)
    if found.end() <= p.lead and sum(q.path[-2:-1] == (p.number,) and bool(q.mark) for q in text.body[at : at + _PARTED]) == count:
        return True  # a heading over so many others
    later = (q for q in text.body[at : at + _NEXT] if q.piece == p.piece)
    heads = [q.plain[:_HEAD] for q in later]
    counted = re.compile(rf"^[{HAN}](?:是|要|、){re.escape(found['noun'])}|^（[{HAN}]）{re.escape(found['noun'])}")
    return count > 1 and (sum(bool(item.search(head)) for head in heads) >= count or any(map(counted.search, heads)))


def _explained(p: Paragraph, found: re.Match[str], near: float) -> bool:
    """Whether a list of about as many items, or an explanation in brackets or behind a colon, stands within `near` characters."""
    count = 2 if found["n"] in "双两" else number_of(found["n"])
    parts = [2 if n in "双两" else number_of(n) for n in _PARTS.findall(found.group())]
    whole = sum(parts) if len(parts) > 1 else count  # “三网一库”: four things
    before, after = p.plain[max(0, found.start() - int(near)) : found.start()], p.plain[found.end() : found.end() + int(near)]
    if after[:1] in ("（", "：") or _EXPLAINS.match(after) or _BRACKET.search(after):
        return True
    if _follows(p.plain[found.end() :], found["noun"], count):
        return True
    if (signs := _SIGNS.search(before)) and len(signs.group()) >= count:
        return True
    if (_PAIR.search(before) and count == 2) or re.search(f"“{found['n']}[^“”]{{1,4}}”(?:，?即|为|：|，?是)", after):
        return True  # 浓度和天数“双达标”; “三带四区”…“三带”，即…
    if len(found["noun"]) > 1 and before.count(found["noun"][-2:]) >= count:
        return True  # 问题导向目标导向结果导向“三个导向”
    if len(re.findall(rf"(?:^|[、，“”]){found['noun'][0]}\w{{1,5}}(?=[、，”。的])", before)) >= count > 2:
        return True  # 自行筹资、自行建设、自行收费的“三自”
    noun = re.escape(found["noun"][-2:])
    same = max(len(re.findall(rf"\w{noun}(?=[、，。；和与及]|$)", part)) for part in (before, after))
    longer = p.plain[found.end() : found.end() + _LIST]
    ahead, behind = (part.replace("“", "").replace("”", "") for part in (before[:-1] if before.endswith("“") else before, longer))
    listed = max(_adjacent(ahead, behind), _quoted_items(before, after))
    return same >= count or listed >= count or listed >= whole


def _follows(rest: str, noun: str, count: int) -> bool:
    """Whether as many things of the name stand in what follows: 三大保卫战 … 蓝天保卫战 … 碧水保卫战 … 净土保卫战."""
    name = re.escape(noun[-3:])
    return len(noun) > 1 and len(set(re.findall(rf"\w{{2}}{name}", rest[:_REST]))) >= count > 1


def _adjacent(before: str, after: str) -> int:
    """Items of the list that ends right before a term, or begins right behind it; the last may be joined by 和."""
    ahead, behind = _LIST_BEFORE.search(before), _LIST_AFTER.match(after)
    return max((len(_JOINS.findall(m.group("list"))) + 1 for m in (ahead, behind) if m), default=0)


def _quoted_items(before: str, after: str) -> int:
    """Quoted items in a row right before a term or right behind it."""
    ahead = re.search("(?:“[^“”]{1,12}”[、和]?)+(?:等|这)?$", before)
    behind = re.match("[，：]?[一-鿿]{0,4}(?:“[^“”]{1,12}”[、和]?)+", after)
    return max(m.group().count("“") if m else 0 for m in (ahead, behind))
