"""S01: numbers of headings and of spoken points that are wrong, skipped, repeated or taken up anew; points announced and never ended.

Forms and levels are those of `phrasebank.headings.STYLES`; the order of levels is that of GENRES.md §1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.text import Paragraph, Text

_HAN = "一二三四五六七八九十"
_VALUE = re.compile(rf"\d+|[{_HAN}]+")
_INSIDE = re.compile(rf"(?<=[。；！？\s　])（[{_HAN}]{{1,3}}）")
_WRONG_FORM = re.compile(rf"[（(][{_HAN}]{{1,3}}[）)]\s*[、.．]|[{_HAN}]{{1,3}}[.．]")
_BOUND = r"(?:^|(?<=[，。；：！？、“—]))\s*"
_SPOKEN = re.compile(
    rf"{_BOUND}(?:(?P<short>[{_HAN}])(?:要(?![素点件求害务领旨塞员闻目职诀])|是|靠)(?![{_HAN}]{{1,2}}[要是靠不严，、。]|是一)|(?<!、)第(?P<long>[{_HAN}])(?:[，：]|、(?![{_HAN}])|(?:是|要)(?!第))|其(?P<its>[{_HAN}])[，、：是])"
)
_COUNTED = re.compile(f"[{_HAN}][要是靠，、：]")
"""What every spoken point has."""
_ONE_SIDE = re.compile(rf"{_BOUND}一方面")
_OTHER_SIDE = re.compile(r"另一方面|再一方面|又一方面|另外|另一头|同时|也要|还要")
_FIRST = re.compile(r"(?:^|(?<=[。！？]))首先[，、：](?!我?(?:们)?(?:谨)?(?:代表|感谢|欢迎|祝贺|向))")
_NEXT = re.compile(r"其次|再次|最后|然后|第二|同时|接下来|下面|还要|此外|另外|再者|再就是|随后|接着")
_NOTE = re.compile(r"(?:\d+\s?[.、]|（\d+）)[^。]{1,40}[：:]")
"""A note on a term at the end of a report (18.“放管服”：即…): no heading."""
_ORDINALS = {1: ("首先",), 2: ("其次",), 3: ("再次",)}
"""Words that count as 第一 to 第三 do."""
_ORDER = re.compile("(?:^|(?<=[。；！？]))(?:首先|其次|第二|然后|接下来|另外|同时|再次)(?=[，、：])")
_CLAUSE_END = re.compile("[，。；：！？、]|$")
_NEAR = 40
"""Paragraphs on either side in which the other side of 一方面 is looked for."""
_TITLE = 40
"""Characters of a line that may be a title."""
_SENTENCE_MARK = re.compile("[。；！？，：]")
_LEVELS = {1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}


@kind("numbering")
def numbering(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """S01 over the numbered headings of each speech, then over the points inside its sections."""
    body = text.speech
    for _, rows in groupby(body, key=lambda p: p.piece):
        yield from _headings(rows)
    said: dict[int, set[tuple[str, int]]] = {}
    for section in _sections(body):
        yield from _points(section, said.setdefault(section[0].piece, set()))
        yield from _skipped(section)
        if not text.truncated:
            yield from _unfinished(section)


def _sections(body: Iterable[Paragraph]) -> Iterator[list[Paragraph]]:
    """Paragraphs under one heading; spoken numbers are none."""
    rows: list[Paragraph] = []
    for p in body:
        if rows and (p.piece != rows[-1].piece or (p.lead and not _is_spoken(p))):
            yield rows
            rows = []
        rows.append(p)
    if rows:
        yield rows


def _is_spoken(p: Paragraph) -> bool:
    return p.counted is not None and p.counted.level > 4


def _headings(paragraphs: Iterable[Paragraph]) -> Iterator[Hit]:
    """Numbers of headings against those that are open, and those `left` where another list began: a part with numbers of its own, a
    list within a list. That a list begins anew, or that many numbers are missing, may have reasons, and is not certain."""
    last: dict[int, int] = {}
    left: set[tuple[int, int]] = set()
    ran: dict[int, int] = {}
    for p in paragraphs:
        mark = p.counted
        if mark is None and _opens_part(p):
            left |= set(last.items())
            last = {}
        if mark is None or mark.level > 4 or (value := value_of(mark.number)) is None:
            _run_in(p, last)
            continue
        if mark.level > 2 and _NOTE.match(p.plain):
            continue
        if not p.lead and value not in (1, last.get(mark.level, 0) + 1):
            continue  # no heading: it may count what it likes
        runs_on = mark.level > 2 and value == ran.get(mark.level, 0) + 1 > 1  # 1. to 5. in one section, 6. to 9. in the next
        message = _fault(mark.level, value, last) if p.lead and not runs_on else ""
        ran[mark.level] = value
        if p.lead and (wrong := _WRONG_FORM.match(p.text)):
            in_brackets = wrong.group()[0] in "（("
            told = "“（一）”后面不加顿号或点，请删去" if in_brackets else "“一”这样的序号后面用顿号，写作“一、”"
            yield Hit(p, 0, wrong.end(), told)
        elif message and (mark.level, value - 1) not in left:
            yield Hit(p, 0, p.lead, message, severity="W" if value == 1 or value - last.get(mark.level, 0) > 2 else None)
        if value <= last.get(mark.level, 0):
            left.add((mark.level, last[mark.level]))
        if value != last.get(mark.level, 0) + 1:
            left.discard((mark.level, value - 1))
        last = {level: seen for level, seen in last.items() if level < mark.level} | {mark.level: value}
        _run_in(p, last)


def _run_in(p: Paragraph, last: dict[int, int]) -> None:
    """Takes in numbers of headings that a lost line break left inside a paragraph: …开工建设。（三）改善民生."""
    for found in _INSIDE.finditer(p.plain) if "（" in p.plain else ():
        value = value_of(found.group()) or 0
        if value == last.get(2, 0) + 1 > 1:
            last[2] = value


def _opens_part(p: Paragraph) -> bool:
    """Whether a line without number is the title of a part, which counts its headings anew: 2024年工作安排."""
    return p.kind == "heading" or (1 < len(p.text.strip()) <= _TITLE and not _SENTENCE_MARK.search(p.plain))


def _fault(level: int, value: int, last: dict[int, int]) -> str:
    """What is wrong with a number after those that are open; empty for nothing."""
    before = last.get(level, 0)
    if value == before + 1:
        upper = max((seen for seen in last if seen < level), default=0)
        if not before and upper and level > upper + 1:
            return f"层次跳级：“{_LEVELS[upper]}”下面应先用“{_LEVELS[upper + 1]}”，再用“{_LEVELS[level]}”"
        return ""
    if not before:
        return f"这一组编号从第{value}个开始，前面的缺了"
    if value == before:
        return f"编号重复：前面已经有第{value}个了"
    if value < before:
        return f"编号倒退：前面已经到第{before}个，这里又从第{value}个起"
    return f"编号跳号：前面是第{before}个，这里是第{value}个，缺第{before + 1}个"


@lru_cache(maxsize=512)
def value_of(number: str) -> int | None:
    """The value of a heading's number (一、 （十二） 3. ②); None where it has none."""
    if circled := re.search("[①-⑳]", number):
        return ord(circled.group()) - ord("①") + 1
    found = _VALUE.search(number)
    if not found:
        return None
    digits = found.group()
    if digits.isdigit():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    return (10 * (_HAN.index(tens) + 1 if tens else 1) if ten else 0) + (_HAN.index(ones) + 1 if ones else 0)


def _points(section: list[Paragraph], said: set[tuple[str, int]]) -> Iterator[Hit]:
    """Points such as 一要, 二要 or 第一, 第二; one may hold another list of its own, or headings between it and the one before, which
    the speech has `said`."""
    open_: dict[str, list[int]] = {"short": [], "long": [], "its": []}
    for p in section:
        if not _COUNTED.search(p.plain):
            continue
        for found in _SPOKEN.finditer(p.plain):
            form = found.lastgroup or "short"
            value = _HAN.index(found.group(form)) + 1
            message = _step(open_[form], value)
            known = value > 1 and ((form, value - 1) in said or _said_inside(p.plain[: found.start()], form, value - 1))
            said.add((form, value))
            if message and not known:
                end = _end(p.plain, found.end())
                yield Hit(p, found.start() + len(found.group()) - len(found.group().lstrip()), end, message)


def _said_inside(before: str, form: str, value: int) -> bool:
    """Whether the point before one stands where no point is looked for: 文章一是量少，二是质差; 首先…其次…第三."""
    number = _HAN[value - 1]
    if form == "long":
        return any(word in before for word in (f"第{number}", *_ORDINALS.get(value, ())))
    return re.search(f"{number}[是要靠]", before) is not None


def _step(open_: list[int], value: int) -> str:
    """Takes a point into the lists that are open, innermost last; what is wrong with it."""
    if value == 1:
        open_.append(1)
        return ""
    for depth in range(len(open_), 0, -1):
        if open_[depth - 1] + 1 == value:
            del open_[depth:]
            open_[-1] = value
            return ""
    before = open_[-1] if open_ else 0
    if open_:
        open_[-1] = value
    else:
        open_.append(value)
    if not before:
        return f"列点从第{value}点开始，前面的缺了"
    return f"列点不连：前面是第{before}点，这里是第{value}点"


def _end(plain: str, at: int) -> int:
    """Where the clause at `at` ends."""
    found = _CLAUSE_END.search(plain, at)
    return found.start() if found else len(plain)


def _skipped(rows: list[Paragraph]) -> Iterator[Hit]:
    """再次 right behind 首先: 其次 is not there."""
    before = ""
    for p in rows:
        for found in _ORDER.finditer(p.plain):
            if found.group() == "再次" and before == "首先":
                yield Hit(p, found.start(), _end(p.plain, found.end()), "前面是“首先”，这里是“再次”，缺“其次”")
            before = found.group()


def _unfinished(rows: list[Paragraph]) -> Iterator[Hit]:
    """一方面 without its other side and 首先 without what comes next, in the rest of the section."""
    for word, pattern, after, message in (
        ("一方面", _ONE_SIDE, _OTHER_SIDE, "只有“一方面”，没有“另一方面”"),
        ("首先", _FIRST, _NEXT, "只有“首先”，后面没有“其次”"),
    ):
        for index, p in enumerate(rows):
            found = list(pattern.finditer(p.plain)) if word in p.plain else []
            if len(found) != 1 or p.plain.count(word) > 1:
                continue
            rest = "".join(later.plain for later in rows[index + 1 : index + 1 + _NEAR])
            before = "".join(earlier.plain for earlier in rows[max(index - _NEAR, 0) : index]) + p.plain[: found[0].start()]
            if not after.search(p.plain[found[0].end() :] + rest) and not pattern.search(rest + before):
                end = _end(p.plain, found[0].end())
                yield Hit(p, found[0].start(), end, message)
