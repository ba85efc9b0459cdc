"""W03: set expressions that were altered, whose members are wrong or out of order, or whose time is over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.sieve import needed
from drafting.checks.text import Paragraph, Text

_QUOTE = re.compile("[“”‘’]")


@dataclass(frozen=True, slots=True)
class _Set:
    """A set by its name, its members in order, and a pattern of lists that look like it. `tail` is the word all members end in."""

    name: str
    members: tuple[str, ...]
    near: re.Pattern[str]
    tail: str


@kind("terms")
def terms(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """W03 from the rule's lists: `sets` (name=member、member…), `exact` (wordings), `wrong` (regex=right), `dated`
    (regex=first year-last year|what it was)."""
    for one in _loaded_sets(rule.words("sets")):
        for p in text.holding(frozenset((one.tail or one.name,)), text.body):
            if not one.tail or p.text.count(one.tail) > len(one.members) - 2:
                yield from _listed(p, one)
    yield from _wrong(text, rule)
    yield from _near(text, rule)
    yield from _dated(text, rule)


def _listed(p: Paragraph, one: _Set) -> Iterator[Hit]:
    for found in one.near.finditer(p.text):
            members = tuple(re.split("[、，]", found.group("list")))
            wrong = [m for m in members if m not in one.members]
            named = bool(found.groupdict().get("name"))
            if len(members) == len(one.members) and members == one.members:
                continue
            more = set(one.members) < set(members) and len(wrong) == 1  # the four of them, and one's own
            if not named and not more and (len(members) != len(one.members) or len(wrong) > 1):
                continue
            right = f"“{one.name}”是{'、'.join(one.members)}"
            message = f"“{wrong[0]}”不在其中：{right}" if wrong else f"次序或项数不对：{right}"
            yield Hit(p, found.start(), found.end(), message, severity="W" if more and not named else "E")


@lru_cache(maxsize=8)
def _loaded_sets(rows: tuple[str, ...]) -> tuple[_Set, ...]:
    found = []
    for row in rows:
        name, _, members = row.partition("=")
        parts = tuple(members.split("、"))
        tail = next((parts[0][-n:] for n in (2, 1) if all(part.endswith(parts[0][-n:]) for part in parts)), "")
        item = rf"[一-鿿]{{2}}{tail}" if len(tail) == 2 else "[一-鿿]{2}"
        list_ = rf"{item}(?:[、，]{item}){{{len(parts) - 2},{len(parts)}}}"
        after = rf"(?:等)?(?:的)?(?P<name>“?{name}”?)"
        near = re.compile(rf"(?P<list>{list_}){after}{'?' if tail and len(tail) == 2 else ''}")
        found.append(_Set(name, parts, near, tail if len(tail) == 2 else ""))
    return tuple(found)


def _wrong(text: Text, rule: Rule) -> Iterator[Hit]:
    """Wordings known to be wrong."""
    for row in rule.words("wrong"):
        words, _, right = row.rpartition("=")
        for p in text.holding(needed((words,)), text.body):
            for found in _compiled(words).finditer(p.text):
                yield Hit(p, *found.span(), f"提法不准，应为“{right}”", severity="E")


@lru_cache(maxsize=512)
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(words)


def _near(text: Text, rule: Rule) -> Iterator[Hit]:
    """Wordings that differ by one character from a set one: looked for where a half of it stands."""
    spoken = tuple(rule.words("spoken"))
    for words in rule.words("exact"):
        head, tail = words[: len(words) // 2], words[len(words) // 2 :]
        for half, back in ((head, 0), (tail, len(words) - len(tail))):
            for p in text.holding(frozenset((half,)), text.body):
                yield from _beside(p, words, half, back, spoken)


def _beside(p: Paragraph, words: str, half: str, back: int, spoken: tuple[str, ...]) -> Iterator[Hit]:
    """Wordings near to `words` where a half of them stands, `back` characters behind their beginning."""
    at = p.text.find(half)
    while at >= 0:
        start = max(at - back, 0)
        if p.text[start : start + len(words)] != words and words not in p.text[max(start - 1, 0) : start + len(words) + 1]:
            yield from _altered(p, start, words, spoken, anchored_end=bool(back), anchor=at)
        at = p.text.find(half, at + 1)


def _altered(p: Paragraph, start: int, words: str, spoken: tuple[str, ...], *, anchored_end: bool, anchor: int) -> Iterator[Hit]:
    """A stretch that is `words` but for a character changed, lost or added; two characters in long ones."""
    for size in (len(words), len(words) - 1, len(words) + 1, len(words) - 2):
        begin = max(anchor + len(words) - len(words) // 2 - size, 0) if anchored_end else start
        found = p.text[begin : begin + size]
        ends = found[-1:] == words[-1] or (found[:-1] == words[:-1] and not anchored_end)  # 绿水青山就是金山银矿
        if len(found) == size and found[0] == words[0] and ends and _is_near(found, words):
            lost = _QUOTE.sub("", found) == words.replace("的", "", 1)  # often left out in speech
            if lost and words in spoken:
                return
            yield Hit(p, begin, begin + size, f"提法被改动，应为“{words}”", severity="W" if lost else "E")
            return


def _is_near(found: str, words: str) -> bool:
    """Whether two texts differ in one place by one character, in texts of twelve and more by two."""
    found = _QUOTE.sub("", found)
    if words in found:
        return False
    least = min(len(found), len(words))
    head = next((i for i in range(least) if found[i] != words[i]), least)
    tail = next((i for i in range(least - head) if found[-1 - i] != words[-1 - i]), least - head)
    return max(len(found), len(words)) - head - tail <= (2 if len(words) >= 12 else 1)


def _looks_back(p: Paragraph, text: Text, rule: Rule) -> bool:
    """Whether a paragraph tells what has been done: it says so at its beginning, or a heading over it does."""
    heads = (head.heading for number in p.path if (head := text.paragraph(number)))
    return any(rule.pattern("back").search(words) for words in (p.plain[:24], *heads))


_NOW = re.compile("当前|目前|正在|现在|眼下|今年|下一步")


def _in_time(text: Text, first: int, last: int, sentence: str) -> bool:
    """Whether a campaign of those years may be spoken of: in the year after it as what was done, unless it is said to go on; and
    before it in a file that tells its year itself, where it can be no leftover."""
    year = text.year or 0
    return first <= year <= last or (year == last + 1 and not _NOW.search(sentence)) or (year < first and not text.profile.year)


def _dated(text: Text, rule: Rule) -> Iterator[Hit]:
    """What had its time, spoken of in another year, or in a text that names none."""
    past = rule.pattern("past")
    for row in rule.words("dated"):
        words, _, told = row.rpartition("=")
        years, _, what = told.partition("|")
        first, last = (int(year) for year in years.split("-"))
        for p in text.holding(needed((words,)), text.body):
            for found in _compiled(words).finditer(p.text):
                if text.year is not None and _in_time(text, first, last, p.sentence_at(found.start())[2]):
                    continue
                if not past.search(p.sentence_at(found.start())[2]) and not _looks_back(p, text, rule):
                    yield Hit(p, *found.span(), f"{what}，是{first}年到{last}年的事，请核对现在还能不能这样提", severity="W")
                    break
