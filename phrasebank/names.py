"""What belongs to one text alone: places, bodies, people, figures, dates, projects, documents, events.

The wording alone tells most of it (`phrasebank.name_patterns`); places come from a list too (`phrasebank.gazetteer`),
and unknown names are told by how they end (`phrasebank.endings`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from phrasebank import name_patterns as patterns
from phrasebank.endings import find_by_ending, start_of_name
from phrasebank.gazetteer import FUNCTION_WORDS, begins_place, find_places, is_ordinary, openings
from phrasebank.sieve import Laid, Pairs, Starts

Match = Callable[[str, int], "re.Match[str] | None"]
Found = tuple[int, int, str]
"""Start, end and kind (place, org, person, number, date, project, document, event)."""

_LEVELS = frozenset("省市县区镇乡村")
_HAN = re.compile("[一-鿿]+")
_RUN = re.compile(r"[一-鿿\dA-Z“”·]*$")
_EXTENDED = frozenset({"org", "person", "event"})
"""Kinds whose name takes in the place before it: 青山县 + 县委."""

_STARTING = [(n, pair) for n, rule in enumerate(patterns.RULES) for pair in rule.starts]
_WIDE = re.compile("[\U00010000-\U0010ffff]")


def find_slots(text: str) -> list[Found]:
    """Slots of `text` in order, none inside another of its kind; a place joined to the place, body or post that follows."""
    return find_slots_in_each([text])[0]


def find_slots_in_each(texts: Sequence[str]) -> list[list[Found]]:
    """`find_slots` of each of many texts: one look tells of all where rules and names of the list may begin."""
    laid = Laid([_WIDE.sub("\uffff", text) for text in texts])
    rules, places = _starts()
    at, bits = rules.hits(laid)
    told, begun = iter(bits.tolist()), laid.within(places.hits(laid)[0])
    return [
        _slots(text, list(_by_rules(text, zip(starts, told, strict=False))), names)
        for text, starts, names in zip(texts, laid.within(at), begun, strict=True)
    ]


@cache
def _starts() -> tuple[Starts, Pairs]:
    """What finds where rules may begin, and where names of the list do."""
    return Starts([pair for _, pair in _STARTING]), Pairs(openings())


@cache
def _rules_of(bits: int) -> tuple[tuple[int, Match, str], ...]:
    """The rules that bits tell of."""
    told = sorted({n for bit, (n, _) in enumerate(_STARTING) if bits >> bit & 1})
    return tuple((n, patterns.RULES[n].pattern.match, patterns.RULES[n].kind) for n in told)


def _slots(text: str, ruled: Sequence[Found], begun: Sequence[int]) -> list[Found]:
    """The slots of a text in which rules found `ruled`, and names of the list may begin at `begun`."""
    ended, parts = list(find_by_ending(text)), list(_by_parts(text))
    bodies = [f for f in ended if f[2] == "org"]
    people = Cover((a + 1, b) for a, b, kind in parts if kind == "person")
    named = (*_named_places(text, begun), *((a, b) for a, b, kind in ended if kind == "place"))
    places = merge_spans(span for span in named if not people.touches(*span))
    found = [f for f in (*ruled, *bodies, *parts, *_short_places(text)) if f[2] != "number"]
    return _sorted([*_with_places(text, found, places), *_numbers(text, ruled), *((a, b, "place") for a, b in places)])


def _by_rules(text: str, starts: Iterable[tuple[int, int]]) -> Iterator[Found]:
    """What the wording alone tells; `starts`: where rules may begin, with the bits that tell which."""
    free = [0] * len(patterns.RULES)
    for at, bits in starts:
        for n, match, kind in _rules_of(bits):
            if at >= free[n] and (found := match(text, at)):
                free[n] = found.end()
                yield at, free[n], kind


def _by_parts(text: str) -> Iterator[Found]:
    """What one part tells, bounded by what cannot belong to it: meetings, numbered documents, periods, people, programmes."""
    for m in patterns.MEETING.finditer(text):
        if (size := _tail_size(text, m.start(), 16, patterns.EVENT_LEAD)) > 1:
            yield m.start() - size, m.end(), "event"
    for m in patterns.DOCUMENT_NUMBER.finditer(text) if "号" in text else ():
        yield m.start() - _tail_size(text, m.start(), 8), m.end(), "document"
    for m in patterns.PERIOD.finditer(text) if "期，" in text or "期," in text else ():
        if 0 < (size := _tail_size(text, m.start(), 11)) < 11:
            yield m.start() - size, m.end(), "date"
    for m in patterns.NAMED_PERSON.finditer(text):
        if "的" not in m.group() and not is_ordinary(m.group()[:2]):
            yield *m.span(), "person"
    yield from ((*m.span("name"), "person") for m in patterns.TITLED_PERSON.finditer(text))
    yield from ((*m.span("name"), "person") for m in patterns.ACTING_PERSON.finditer(text) if may_be_person(m["name"]))
    yield from _listed_projects(text)


def may_be_person(name: str) -> bool:
    """Whether `name`, a surname and what follows, may be a person's: it begins as no ordinary word and no place does."""
    return not is_ordinary(name[:2]) and not begins_place(name, 0)


def is_personal_name(text: str) -> bool:
    """Whether `text` is built as a person's full name: a surname and one or two characters."""
    return bool(patterns.FULL_NAME.fullmatch(text)) and may_be_person(text)


def _listed_projects(text: str) -> Iterator[Found]:
    """One place's programmes by enumeration: …、…等项目; 如：…、…、…等."""
    if "如：" in text or "如:" in text:
        yield from ((*m.span("name"), "project") for m in patterns.EXAMPLES.finditer(text))
    for m in patterns.LIST_OF_PROJECTS.finditer(text) if "等" in text else ():
        if listed := patterns.ENUMERATION.search(text[max(0, m.start() - 80) : m.start()]):
            lead = patterns.PROJECT_LEAD.match(listed.group().partition("、")[0])
            yield m.start() - len(listed.group()) + (lead.end() if lead else 0), m.start(), "project"


def _tail_size(text: str, end: int, most: int, lead: re.Pattern[str] | None = None) -> int:
    """Characters before `end`, up to `most`, that stand in one run, behind the last `lead` if there is one."""
    run = _RUN.search(text[max(0, end - most) : end])
    name = run.group() if run else ""
    cut = lead.match(name) if lead else None
    return len(name) - (cut.end() if cut else 0)


def _numbers(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """The figures of `found` that count something, without those of dates, documents and roads."""
    elsewhere = Cover((a, b) for a, b, kind in found if kind in ("date", "document", "place"))
    for start, end, kind in found:
        if kind == "number" and not elsewhere.touches(start, start + 1) and _counts(text, start, end):
            yield start, end, kind


def _counts(text: str, start: int, end: int) -> bool:
    """Whether a figure counts something: no bare digit or two, no set phrase."""
    if text[start].isdigit():
        return end - start > 2 or not text[start:end].isdigit()
    return not patterns.NOT_NUMBER.search(text, max(0, start - 1), end + 2)


class Cover:
    """Spans of a text, asked whether others touch them: in logarithmic time, however many there are."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        merged = merge_spans(spans)
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def touches(self, start: int, end: int) -> bool:
        """Whether a span from `start` to `end` shares a character with any."""
        i = bisect_left(self._starts, end)
        return i > 0 and self._ends[i - 1] > start


def _named_places(text: str, begun: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Places of the list, which may begin at `begun`, and rivers by their context."""
    yield from find_places(text, begun)
    for m in patterns.RIVER.finditer(text):
        size = m.start() - (start := start_of_name(text, m.start(), 3))
        if size > 1 or (size and not is_ordinary(text[start : m.end()])):
            yield start, m.end()


def _short_places(text: str) -> Iterator[Found]:
    """Short forms of one character each in set patterns: 来陕挂职, 浦镇两地."""
    yield from ((*m.span(1), "place") for m in patterns.COME_TO_PROVINCE.finditer(text))
    for m in patterns.TWO_PLACES.finditer(text) if "两" in text else ():
        if _stands_for_two(text, m.start()):
            yield m.start() - 2, m.end(), "place"


def _stands_for_two(text: str, end: int) -> bool:
    """Whether the two characters before `end` are short forms of two places, not one word (浦镇|两地, 城乡|两地)."""
    pair, before = text[max(0, end - 2) : end], text[max(0, end - 4) : max(0, end - 2)]
    if len(pair) < 2 or is_ordinary(pair) or not _HAN.fullmatch(pair) or _LEVELS.issuperset(pair):
        return False
    return not before or is_ordinary(before) or not "一" <= before[-1] <= "鿿" or before[-1] in FUNCTION_WORDS


def merge_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places that follow each other at once, or overlap, are one: city and county, county and town."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _with_places(text: str, found: Iterable[Found], places: list[tuple[int, int]]) -> Iterator[Found]:
    """Bodies, posts and meetings with the place they belong to: 青山 + 县委, 浙江省 + 教育厅, 中共 + 青山 + 县委."""
    starts = [start for start, _ in places]
    for start, end, kind in found:
        i = bisect_left(starts, start) - 1
        belongs = kind in _EXTENDED and i >= 0 and places[i][1] >= start
        first = places[i][0] if belongs else start
        yield first - 2 * (kind == "org" and text.endswith("中共", 0, first)), end, kind


def _sorted(found: list[Found]) -> list[Found]:
    """In order, without those inside another of their kind."""
    out: list[Found] = []
    last: dict[str, int] = {}
    for start, end, kind in sorted(set(found), key=lambda f: (f[0], -f[1])):
        if end > last.get(kind, -1):
            out.append((start, end, kind))
            last[kind] = end
    return out
