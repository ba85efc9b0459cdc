"""F: facts a text stands on: sections that name none (F01), figures that no fact of the sheet holds (F03)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.numbers import Figure
from drafting.checks.sheet import DIGITS, Sheet
from drafting.checks.text import BLANK, Paragraph, Text
from drafting.model import Fact

_MEASURED = re.compile("元|亩|公里|平方|立方|吨|%|‰|个百分点|公斤|千瓦|人次|户|人$|名$|家$")
_DAY = re.compile(r"\d(?:年|月|日|号)")
"""A day that was given: it needs no year and no source of its own."""
_TIMES = frozenset(("年", "届", "期", "周", "级", "次"))
"""Units of what is numbered or told as a time."""
_SURE = frozenset({"project", "date", "event", "document"})


# ---------------------------------------------------------------- F01
@kind("factless")
def factless(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """F01: a section of some length that names no figure, place, project, date or person, and in a draft tells nothing the writer
    has lived through himself; its parts are not told apart then."""
    names = _vouched(text)
    told: set[tuple[int, int]] = set()
    for depth in (1, 2):
        for (piece, path), group in groupby(text.body, key=lambda p: (p.piece, p.path[:depth])):
            rows = tuple(group)
            size = sum(len(p.text) - p.lead for p in rows)
            if len(path) < depth or (piece, path[0]) in told or size <= rule.number("characters", 250):
                continue
            if not any(_holds_fact(text, p, names, rule) for p in rows):
                told |= {(piece, path[0])} if depth == 1 else set()
                yield _factless(rows, size)


def _factless(rows: Sequence[Paragraph], size: int) -> Hit:
    head = next((p for p in rows if p.lead), rows[0])
    quoted = head.text[: head.lead].strip() or head.text[:20] + "…"
    return Hit(head, 0, head.lead, f"这一节{size}字，没有一个数字、地名、项目、时间或人，请补上本地的事实", text=quoted)


def _vouched(text: Text) -> tuple[str, ...]:
    """Names and values the writer has given, and those he speaks for."""
    told = [text.profile.place, text.profile.unit, *(name for f in text.facts for name in (f.name, f.value))]
    return tuple(name for name in told if len(name) > 1)


def _holds_fact(text: Text, p: Paragraph, names: tuple[str, ...], rule: Rule) -> bool:
    body = p.text[p.lead :]
    if BLANK.search(body) or any(name in body for name in names):
        return True
    if any(f.start >= p.lead and _tells(f, rule) for f in p.figures):
        return True
    if p.number not in text.loose_numbers:
        return False  # what our own bank and templates give holds no names
    if rule.pattern("month").search(body) or (text.draft is not None and rule.pattern("lived").search(_own_words(p))):
        return True
    return any(a >= p.lead and _names(p.text[a:b], what, rule) for a, b, what, _ in text.slots[p.number])


def _own_words(p: Paragraph) -> str:
    """What of a draft's paragraph the writer wrote himself."""
    return "\n".join(p.text[max(a, p.lead) : b] for a, b, origin in p.stretches if origin.kind == "writer")


def _tells(figure: Figure, rule: Rule) -> bool:
    """Whether a figure tells how much: 三个方面 and 一批 do not."""
    return not figure.han or figure.value >= 10 or bool(_MEASURED.search(figure.unit))


def _names(name: str, what: str, rule: Rule) -> bool:
    """Whether a slot names something: 全县 and 各乡镇 do not."""
    if what in _SURE:
        return not rule.pattern("vague").fullmatch(name)
    if what == "person":
        from phrasebank.names import is_personal_name

        return any(is_personal_name(name[:size]) for size in (2, 3))
    return what == "place" and len(name) > 1 and not rule.pattern("generic").search(name)


# ---------------------------------------------------------------- F03
@kind("homeless")
def homeless(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """F03: a figure no fact holds; a fact that lacks unit, year or source; an indicator under a name it did not bear then."""
    known = Sheet(text)
    facts = {fact.name: fact for fact in text.facts}
    for p in text.paragraphs:
        if p.kind not in ("date", "title", "subtitle", "speaker") and known.can_tell:
            yield from _unknown(text, p, known, rule)
        yield from _incomplete(p, facts) if facts else ()
    yield from _renamed(text, rule)


def _unknown(text: Text, p: Paragraph, known: Sheet, rule: Rule) -> Iterator[Hit]:
    """Figures of the writer's own words (in a file: of all words) that the sheet does not hold."""
    misplaced = {figure.start: (figure, message) for figure, message in known.misplaced(p)}
    for figure, message in misplaced.values():
        if _is_own(p, figure):
            yield Hit(p, figure.start, _end(p, figure), message)
    if not _ANY_FIGURE.search(p.plain):
        return
    spared: list[tuple[int, int]] | None = None  # looked for once a figure asks: 12345热线, 3·15 need no home
    for figure in p.figures:
        written = p.plain[figure.start : figure.end]
        if figure.start in misplaced or figure.start < len(p.mark) or not _asks(text, figure, written) or known.holds(figure, written):
            continue
        if not _is_own(p, figure):
            continue
        if spared is None:
            spared = [m.span() for m in rule.pattern("except").finditer(p.plain)]
        if not any(a <= figure.start < b for a, b in spared):
            other = known.other_unit(figure, written)
            told = f"事实清单里{other.name}是{other.value}{other.unit}，这里单位是“{figure.unit}”，请核对" if other else ""
            yield Hit(p, figure.start, _end(p, figure), told)


def _end(p: Paragraph, figure: Figure) -> int:
    """Where a figure that is told ends: in a draft at its digits, behind which a fact may be put in its place."""
    digits = DIGITS.search(p.plain, figure.start, figure.end) if p.stretches and not figure.han else None
    return digits.end() if digits else figure.end


def _is_own(p: Paragraph, figure: Figure) -> bool:
    """Whether the writer told a figure himself; in a file he told all."""
    origin = p.origin_at(figure.start)
    return origin is None or origin.kind == "writer"


_ANY_FIGURE = re.compile("[0-9]|[十百千万亿](?:元|亩|公|平|立|吨|户|人|名|家|个百)|百[零一二三四五六七八九]|百分之")


def _asks(text: Text, figure: Figure, written: str) -> bool:
    """Whether a figure needs a home: Arabic ones do (in a file those with a unit), Chinese ones that measure."""
    if figure.han:
        odd = figure.value > 100 and figure.value % 100 and figure.unit not in _TIMES  # 四百八十二件, not 一百件
        return bool((figure.value >= 10 and _MEASURED.search(figure.unit)) or odd) and not figure.about
    return text.draft is not None or (bool(figure.unit) and figure.unit not in _TIMES and "月" not in written)


def _incomplete(p: Paragraph, facts: Mapping[str, Fact]) -> Iterator[Hit]:
    """A fact in use that lacks what somebody will ask for."""
    for start, end, origin in p.stretches:
        fact = facts.get(origin.ref) if origin.kind == "fact" else None
        if fact and DIGITS.search(fact.value) and not _DAY.search(fact.value) and (lacking := _lacking(fact)):
            severity = "I" if lacking == ["来源"] else "W"
            yield Hit(p, start, end, f"事实“{fact.name}”没有写{'、'.join(lacking)}，有人问起答不上", severity=severity)  # type: ignore[arg-type]


def _lacking(fact: Fact) -> list[str]:
    bare = not fact.unit and fact.value.replace(".", "").isdigit()
    return [name for name, lacks in (("单位", bare), ("年份", fact.year is None), ("来源", not fact.source)) if lacks]


def _renamed(text: Text, rule: Rule) -> Iterator[Hit]:
    """农村居民人均可支配收入 of 2003: the indicator bears that name since 2013."""
    rows, names = _indicators(rule.words("indicators"))
    here = text.standing(names) if rows else ()
    for name, since, earlier in (row for row in rows if row[0] in here):
        for p in text.holding(frozenset((name,)), text.paragraphs):
            at = p.plain.find(name)
            end = p.sentence_at(at)[1]
            for found in re.finditer(r"(?<!\d)((?:19|20)\d\d)年(?:的)?(?=[\d约不])", p.plain[at:end]):
                if int(found[1]) < int(since):
                    message = f"“{name}”{since}年才有，{found[1]}年的口径是“{earlier}”，请核对"
                    yield Hit(p, at, at + found.end(), message, text=name, severity="W")
                    break


@lru_cache(maxsize=8)
def _indicators(rows: tuple[str, ...]) -> tuple[tuple[list[str], ...], frozenset[str]]:
    """Each indicator with the year since when it bears its name and what was counted before; their names."""
    parts = tuple(row.split(";") for row in rows)
    return parts, frozenset(name for name, *_ in parts)
