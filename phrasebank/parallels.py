"""Parallel constructions (排比、对偶) inside paragraphs: members of one frame, set side by side.

Members stand between 、 and 和 (items), between commas (clauses) or between semicolons and full stops (sentences);
`phrasebank.frames` tells whether two neighbours are members of one frame. A quotation is one place of the frame around
it and is looked through by itself for lists.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from phrasebank.frames import LONGEST, QUOTE, TOO_LONG, Frame, Match, clauses_alike, items_alike
from phrasebank.gazetteer import is_place, ordinary_words
from phrasebank.name_patterns import BODY, DEPARTMENT
from phrasebank.names import is_personal_name


@dataclass(frozen=True, slots=True)
class Run:
    """A parallel construction in a text: start, end, frame with X for what changes, number of members."""

    start: int
    end: int
    frame: str
    count: int


class _Part(NamedTuple):
    """A stretch of text between two marks: its start, its text and the mark behind it (、 和 ， or another)."""

    start: int
    text: str
    mark: str


_Alike = Callable[[_Part, _Part, bool], Match | None]

_QUOTED = re.compile(r"“([^“”]{1,200})”|\"([^“”\"]{1,200})\"|「([^「」]{1,200})」")
_QUOTES = re.compile(r"(?<!”.)“[^“”]{2,12}”(?:、?“[^“”]{2,12}”)+")
_GROUP = re.compile(r"[^。；！？：]{4,}")
_RANKS = ("中国", "国家", "中央", "全国", "自治")
"""Beginnings that only names of bodies and places share; such a list is no construction."""
_LISTED = ("、", "和")
_LIST = re.compile("[、和与及]")
_FULL_WIDTH = str.maketrans(",;:!?", "，；：！？")
_AND = re.compile("以及|(?<!共)和|与|(?<![惠涉普顾波触危遍])及")
_BARE = (
    (re.compile(r"[^感，、]{2}感(?:[^感，、]{2}感)+"), "感"),
    (re.compile(r"所[^所，、](?:所[^所，、])+"), "所"),
    (re.compile(r"每一[^每，、]{1,3}(?:每一[^每，、]{1,3})+"), "每一"),
    (re.compile(r"重[^重轻，、的]{1,3}轻[^重轻，、的]{1,3}"), "重X轻"),
)
_MIDDLE = re.compile(r"就是要?|是为了|就要")


def find_parallels(text: str) -> Iterator[Run]:
    """Parallel items, clauses and sentences, and those inside quotations, in order within each."""
    yield from _bare(text)
    flat, moves = text, [(0, 0, 1)]
    if "“" in text or '"' in text or "「" in text:
        for quoted in _QUOTED.finditer(text):
            yield from _inside(quoted)
        yield from _quotes(text)
        flat, moves = _flattened(text)
    for run in _runs_of(flat):
        yield replace(run, start=_back(moves, run.start)[0], end=_back(moves, run.end - 1)[1])


def _inside(quoted: re.Match[str]) -> Iterator[Run]:
    """Lists inside a quotation, and clauses from three up: two of them are how any saying is built."""
    inner, at = quoted[quoted.lastindex or 0], quoted.start() + 1
    if "、" in inner or inner.count("，") + inner.count(",") > 1:
        for run in _runs_of(inner):
            if run.count > 2 or not re.search("[，,]", inner[run.start : run.end]):
                yield replace(run, start=run.start + at, end=run.end + at)


def _quotes(text: str) -> Iterator[Run]:
    """Quotations side by side that are of one length (“宣传员”、“联络员”), without 、 only with a shared character."""
    for found in _QUOTES.finditer(text):
        inner = re.findall("“([^“”]*)”", found.group())
        frame = _frame(inner)
        if frame.places and (frame.fixed or "”、“" in found.group()):
            yield Run(found.start(), found.end(), f"“{frame.shown('词')}”", len(inner))


def _frame(members: Sequence[str]) -> Frame:
    frame = Frame.of(members[0])
    for member in members[1:]:
        frame = frame.joined(member)
    return frame


def _flattened(text: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text with one `QUOTE` for each quotation, and where it moved: (place there, place here, characters here)."""
    pieces: list[str] = []
    moves, at, size = [(0, 0, 1)], 0, 0
    for quoted in _QUOTED.finditer(text):
        pieces += text[at : quoted.start()], QUOTE
        size += quoted.start() - at + 1
        at = quoted.end()
        moves += (size - 1, quoted.start(), at - quoted.start()), (size, at, 1)
    return "".join([*pieces, text[at:]]), moves


def _back(moves: Sequence[tuple[int, int, int]], i: int) -> tuple[int, int]:
    """Start and end, in the text, of character `i` of the flattened text."""
    there, here, size = moves[bisect_right(moves, i, key=lambda move: move[0]) - 1]
    return here + i - there, here + i - there + size


def _runs_of(text: str) -> Iterator[Run]:
    """The runs of all levels, of two that cover the same words the one with more members."""
    text = text.translate(_FULL_WIDTH)
    groups = [_Part(m.start(), m.group(), text[m.end() : m.end() + 1]) for m in _GROUP.finditer(text)]
    found = list(_sentences(groups))
    for group in groups:
        clauses = _split(group, "，")
        if len(clauses) > 1:
            found += _runs(clauses, _clause_pair, "句")
        if _LIST.search(group.text):
            found += _runs([item for clause in clauses for item in _items(clause)], _item_pair, "词")
    return _best(found)


def _split(part: _Part, mark: str) -> list[_Part]:
    """A part at each `mark`; the last one keeps the mark behind the whole."""
    start, whole, behind = part
    if mark not in whole:
        return [part]
    at, found = start, []
    *texts, last = whole.split(mark)
    for text in texts:
        if text:
            found.append(_Part(at, text, mark))
        at += len(text) + 1
    if last:
        found.append(_Part(at, last, behind))
    return [*found[:-1], found[-1]._replace(mark=behind)] if found else []


def _items(clause: _Part) -> list[_Part]:
    """The items of a clause, the last of them parted at 和."""
    items = _split(clause, "、")
    if not items:
        return []
    start, text, mark = items[-1]
    if ("和" in text or "与" in text or "及" in text) and (parting := _parting(text)):
        i, j = parting
        items[-1:] = _Part(start, text[:i], "和"), _Part(start + j, text[j:], mark)
    return items


def _parting(text: str) -> tuple[int, int] | None:
    """Where the 和, 与, 及 or 以及 that parts two items stands: one that is not part of a word (和谐, 参与)."""
    words = ordinary_words()
    for found in _AND.finditer(text[:TOO_LONG], 1):
        i, j = found.span()
        if j < len(text) and text[i : j + 1] not in words and text[i - 1 : j] not in words:
            return i, j
    return None


def _clause_pair(a: _Part, b: _Part, _first: bool) -> Match | None:
    return clauses_alike(a.text, b.text) if a.mark == "，" else None


def _item_pair(a: _Part, b: _Part, first: bool) -> Match | None:
    """Items that 、 or 和 parts; across a comma a list goes on when its frame does.

    A list may end inside an item that goes on with another (获得感、幸福感更加充实、更有保障).
    """
    if a.mark == "，":
        if first and a.text[0] != b.text[0]:
            return None
        match = clauses_alike(a.text, b.text)
        return match if match and not match.lead and _frame((a.text, b.text)).fixed else None
    strange = set(a.text[-LONGEST:]).isdisjoint(b.text[:LONGEST])
    if a.mark == "和" and strange:
        return None
    last = b.mark not in _LISTED
    need = 3.4 if a.mark == "和" and first else 2.3 if last else 1.6
    match = items_alike(a.text, b.text, first, last, need)
    return match if match or last or strange else items_alike(a.text, b.text, first, True, 3)


def _runs(parts: Sequence[_Part], alike: _Alike, unit: str) -> Iterator[Run]:
    """Longest runs of neighbours that share a frame."""
    i = resumed = 0
    while i + 1 < len(parts):
        match = alike(parts[i], parts[i + 1], i == resumed or parts[i - 1].mark not in _LISTED)
        if not match:
            i += 1
            continue
        start = parts[i].start + match.lead
        frame = Frame.of(parts[i].text[match.lead :]).joined(_cut(parts[i + 1], match.tail))
        j, last, sure = i + 1, match, match.sure
        while not last.tail and j + 1 < len(parts):
            following = alike(parts[j], parts[j + 1], False)
            if not following or following.lead:
                break
            wider = frame.joined(_cut(parts[j + 1], following.tail))
            if not wider.holds or (parts[j].mark == "，" and wider.fixed < min(2, frame.fixed)):
                break
            j, last, sure, frame = j + 1, following, sure or following.sure, wider
        members = [parts[i].text[match.lead :], *(part.text for part in parts[i + 1 : j]), _cut(parts[j], last.tail)]
        if (sure or j - i > 1) and _whole(parts, i, j, frame) and not _lists_names(members, frame):
            end = parts[j].start + len(parts[j].text) - last.tail
            yield Run(start, end, match.frame or frame.shown(unit), j - i + 1)
            i = resumed = j
        else:
            i += 1


def _cut(part: _Part, tail: int) -> str:
    return part.text[: len(part.text) - tail]


def _whole(parts: Sequence[_Part], i: int, j: int, frame: Frame) -> bool:
    """Whether parts `i` to `j` are a construction: no list of names, and all of a list that shares its length alone."""
    if frame.front[:2] in _RANKS or (len(frame.front) > 1 and is_place(frame.front[:2])):
        return False
    marks = {part.mark for part in parts[i:j]}
    part_of_list = (i > 0 and parts[i - 1].mark in _LISTED) or parts[j].mark in _LISTED
    if part_of_list and "，" in marks:
        return False
    return frame.fixed > 0 or marks == {"，"} or not (part_of_list or marks == {"和"})


def _lists_names(members: Sequence[str], frame: Frame) -> bool:
    """Whether members share nothing but what they are: people's names, or names of bodies they begin with."""
    if not frame.fixed:
        return all(map(is_personal_name, members)) and any(map(_no_word, members))
    bodies = (DEPARTMENT.match(member) or BODY.match(member) for member in members)
    return 1 < len(frame.front) >= frame.fixed and all(body and body.end() >= len(frame.front) for body in bodies)


def _no_word(name: str) -> bool:
    """Whether no ordinary word stands in `name`, as one does in most items of a list (严要求)."""
    return all(name[i : i + 2] not in ordinary_words() for i in range(len(name) - 1))


def _sentences(groups: Sequence[_Part]) -> Iterator[Run]:
    """Sentences and parts of sentences in a row that are built alike."""
    i = 0
    while i + 1 < len(groups):
        lead, frame = _sentence_frame(groups[i], groups[i + 1])
        j = i + 1
        while frame and j + 1 < len(groups) and _sentence_frame(groups[j], groups[j + 1]) == (0, frame):
            j += 1
        if frame:
            yield Run(groups[i].start + lead, groups[j].start + len(groups[j].text), frame, j - i + 1)
        i = j


def _sentence_frame(a: _Part, b: _Part) -> tuple[int, str]:
    """What leads to the first of two sentences, and their frame: alike openings, or as many clauses between semicolons."""
    x, y = a.text, b.text
    middle = _MIDDLE.search(x, 2, 10)
    if middle and a.mark == "。" and y.startswith(middle.group(), middle.start()):
        return 0, f"X{middle.group()}X"
    if a.mark != "；":
        return 0, ""
    front = Frame.of(x[:8]).joined(y[:8]).front
    if len(front) > 1:
        return 0, f"{front}X；"
    clauses, others = x.split("，"), y.split("，")
    lead = len(clauses[0]) + 1 if len(clauses) == len(others) + 1 else 0
    sizes = sorted((len(x) - lead, len(y)))
    if len(others) in (2, 3) and len(clauses) - (lead > 0) == len(others) and sizes[1] <= 1.5 * sizes[0]:
        return lead, "，".join("X" * len(others)) + "；"
    return 0, ""


def _bare(text: str) -> Iterator[Run]:
    """Members without any mark between them (获得感幸福感安全感, 重X轻X)."""
    for pattern, word in _BARE:
        if word[0] in text:
            for found in pattern.finditer(text):
                count = found.group().count(word) or 2
                yield Run(found.start(), found.end(), "X感" if word == "感" else f"{word}X", count)


def _best(runs: list[Run]) -> Iterator[Run]:
    """The runs in order; of two that share half of the longer's characters the one with more members."""
    kept: list[Run] = []
    for run in sorted(runs, key=lambda r: (r.start, r.end)):
        rival = next((i for i in range(len(kept) - 1, max(-1, len(kept) - 4), -1) if _shared(run, kept[i])), None)
        if rival is None:
            kept.append(run)
        elif (run.count, run.end - run.start) > (kept[rival].count, kept[rival].end - kept[rival].start):
            kept[rival] = run
    return iter(kept)


def _shared(a: Run, b: Run) -> bool:
    common = min(a.end, b.end) - max(a.start, b.start)
    return 2 * common >= max(a.end - a.start, b.end - b.start)
