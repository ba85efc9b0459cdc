"""W04 to W06: words that do not fit who speaks to whom, of which level he is, or what a section is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.text import Paragraph, Text
from drafting.model import Severity
from phrasebank.levels import AREAS, LEVELS

_TOLD = re.compile("有人|有的|有些|正是因为")
"""What tells that others think or do so."""


@kind("tone")
def tone(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """W04: orders in genres that give none, humble phrases of a leader to those below him, 我 in a report of a unit."""
    reported = rule.pattern("reported")
    for genres, words, message in (
        ("no_orders", "orders", f"{text.genre}不向别人下命令、提要求，请改成自己要做什么"),
        ("leaders", "humble", "对下级讲话不用这样的话，请删去"),
        ("units", "self", "单位的材料不用“我”，请改为单位名称或“我们”"),
    ):
        if text.genre not in rule.words(genres):
            continue
        pattern, spared = rule.pattern(words), rule.pattern(f"{words}_spared")
        for p in rule.paragraphs(words, text, text.body):
            for found in pattern.finditer(p.bare):
                start, _, sentence = p.sentence_at(found.start())
                if not spared.search(sentence) and not reported.search(p.plain[max(start, found.start() - 60) : found.start()]):
                    yield Hit(p, *found.span(), message)


@kind("levels")
def levels(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """W05: 全市上下 in a county's text, 我县 in a town's, levels mixed in a text of nobody known; 居民, 村民 and 市民 side by side."""
    own = text.profile.level if text.profile.level in LEVELS else ""
    found = [(p, m) for p in text.holding(frozenset("我全"), text.body) for m in _OURS.finditer(p.bare)]
    if own:
        for p, m in found:
            level = _level(m)
            if not _may_say(own, level, text.profile.place, whole=bool(m["whole"])) and not text.profile.place.endswith(level):
                severity: Severity = "W" if level == "省" else "E"  # whoever lies in a province may speak of it as his
                yield Hit(p, *m.span(), f"讲话人是{own}一级，这里说的是{level}一级，请核对", severity=severity)
    else:
        yield from _mixed([(p, m) for p, m in found if m["our"]])
    if text.characters < rule.number("people_below", 8000):
        yield from _people(text, rule)


_AFTER = "上下|人民|广大|各级|干部|党员|群众|老百姓"
_OURS = re.compile(
    "(?<![你他敌自忘])我(?!省(?:力(?!争|度|推|求|促|保|抓|量)|心(?!理|脑|血)|钱|得(?!到|益|以|分)|了|略|吃|下(?:了|来))|市场(?!馆|景)|市井|县城(?!乡|市|镇|区|关|投)"
    "|区(?:分|别)(?:了|清|开|出|得|不|两|好)|镇[定静]|乡(?:愁|音|亲)|校[正对]|局限|院子)"
    "(?P<our>街道|社区|[省市县区镇乡村局校院])(?![镇委组党]|[里口头]|上(?:的|有|买|也|都|没|[，。]))"
    f"|全(?P<whole>街道|社区|[省市县区镇乡村])(?:{_AFTER})"
)
"""我县, 全县上下 and the like; 我区分了, 我市场上 and 我村里 are split otherwise."""
_NAMES = {"校": "学校", "院": "医院"}


def _level(found: re.Match[str]) -> str:
    name = found["our"] or found["whole"]
    return _NAMES.get(name, name)


def _may_say(own: str, level: str, place: str, *, whole: bool) -> bool:
    """Whether a speaker of one level may call another his; a bureau or a school says 全县上下 of what it lies in."""
    if own == level:
        return True
    if {own, level} == {"镇", "乡"}:  # who writes may have taken one for the other in his outline, but not in the name of his place
        return not place.endswith(own)
    return whole and own not in AREAS


def _mixed(found: list[tuple[Paragraph, re.Match[str]]]) -> Iterator[Hit]:
    names = [name for name in dict.fromkeys(_level(m) for _, m in found) if name != "省"]  # whoever lies in it may say so
    for name in names[1:]:
        p, m = next((p, m) for p, m in found if _level(m) == name)
        yield Hit(p, *m.span(), f"前面说“我{names[0]}”，这里说“我{name}”，讲话人到底在哪一级，请统一", severity="W")


def _people(text: Text, rule: Rule) -> Iterator[Hit]:
    """居民, 村民, 市民 for the same people."""
    pattern = rule.pattern("people")
    first: dict[str, tuple[Paragraph, int, int]] = {}
    for p in rule.paragraphs("people", text, text.body):
        for m in pattern.finditer(p.bare):
            first.setdefault(m.group(), (p, *m.span()))
    if len(first) > 1:
        names = "、".join(first)
        for p, start, end in first.values():
            yield Hit(p, start, end, f"一篇稿子里{names}混着说，讲的是谁，请统一", severity="W")


@kind("polarity")
def polarity(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """W06: faults told as if they were measures, praise in the section of faults."""
    measures, problems = rule.pattern("measure_heads"), rule.pattern("problem_heads")
    marked = {p.number for name in ("praise", "faults") for p in rule.paragraphs(name, text, text.body)}
    for p in (p for p in text.speech if p.number in marked):
        names = " ".join(head.heading for number in p.path if (head := text.paragraph(number)))
        if not p.is_body or not names:
            continue
        if problems.search(names):
            yield from _against(p, rule.pattern("praise"), rule.pattern("praise_spared"), "这里在说问题，这句话却在说成绩")
        elif measures.search(names):
            severity: Severity | None = "W" if text.genre in rule.words("spoken") else None  # who speaks to others names their faults
            message = "这里在说怎么做，这句话却在说毛病，请核对"
            yield from _against(p, rule.pattern("faults"), rule.pattern("faults_spared"), message, severity)


def _against(
    p: Paragraph, pattern: re.Pattern[str], spared: re.Pattern[str], message: str, severity: Severity | None = None
) -> Iterator[Hit]:
    bare = p.bare
    for start, end, _ in p.sentences:
        hits = list(pattern.finditer(bare, start, end))
        before = p.sentence_at(start - 1)[2] if hits and start else ""
        if hits and not spared.search(bare[start:end]) and not _TOLD.search(before):
            for found in hits:
                yield Hit(p, *found.span(), message, severity=severity)
