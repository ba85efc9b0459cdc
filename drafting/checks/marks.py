"""P01 and P02: half-width marks beside Chinese, and marks of one series that do not agree (GB/T 15834-2011).

What is certain is mended: `mended` gives a line as these two rules would have it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.text import Text
from phrasebank.punctuation import fold_marks

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s一-鿿“”，。；]+|[\w.\-]{1,40}@[\w\-]{1,40}(?:\.\w{1,20}){1,5}|\]\([^()\n]*\)|<[^<>\n]{1,200}>", re.ASCII
)
"""Addresses, the target of a Markdown link, a tag."""
_BRACKETS = re.compile(r"\(([^()（）\n]{0,60})\)")
_CHINESE = re.compile("[一-鿿“”‘’《》〔〕（），。；：、？！%]")
_STRAIGHT = re.compile('"([^"\n]{1,200})"')
BETWEEN = re.compile("(?<=[”》])、(?=[“《])")
_BORDER = re.compile("[。；：！？“”《》（）()\n]")
_SEGMENT = re.compile("[^、，,]+")
_HEADING = 40
"""Characters of a line that is a heading; a longer one has lost the break behind it."""
_LOOSE = frozenset("的了是在和与及也都不有")
MARKS = re.compile(r'[,;:?!()"]')


def full_width(text: str) -> str:
    """`text` with half-width marks beside Chinese made full; its length stays, so do addresses, times and figures. Brackets go in
    pairs, straight quotation marks where they pair."""
    if not MARKS.search(text):
        return text
    kept: list[str] = []
    at = 0
    for address in _ADDRESS.finditer(text):
        kept += [_folded(text, at, address.start()), address.group()]
        at = address.end()
    return "".join((*kept, _folded(text, at, len(text))))


def _folded(text: str, start: int, end: int) -> str:
    part = text[start:end]
    if not _CHINESE.search(part):
        return part
    if part.count('"') % 2 == 0:
        part = _STRAIGHT.sub(lambda m: f"“{m[1]}”" if _CHINESE.search(_around(part, m)) else m[0], part)
    part = _BRACKETS.sub(lambda m: f"（{m[1]}）" if _CHINESE.search(_around(part, m)) else m[0], part)
    return fold_marks(part)


def _around(text: str, found: re.Match[str]) -> str:
    """What stands in a pair of marks, and the character on either side."""
    return text[max(found.start() - 1, 0) : found.start()] + found[1] + text[found.end() : found.end() + 1]


@kind("half_width")
def half_width(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """P01: told once a paragraph, from the first mark to the last, with the stretch as it should be."""
    for p in text.paragraphs:
        if not MARKS.search(p.text):
            continue
        right = full_width(p.text)
        wrong = [i for i, (a, b) in enumerate(zip(p.text, right, strict=True)) if a != b]
        odd = [i for i, c in enumerate(right) if c == '"' and _CHINESE.search(right[max(i - 1, 0) : i + 2])]
        if wrong:
            start, end = wrong[0], wrong[-1] + 1
            kinds = "".join(dict.fromkeys(p.text[i] for i in wrong))
            yield Hit(p, start, end, f"这一段有{len(wrong)}处半角标点（{kinds}），应为全角", fix=right[start:end])
        if odd:
            yield Hit(p, odd[0], odd[0] + 1, "直引号不成对，请改为“”")


@kind("series")
def series(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """P02: 、 and ， in one series, 、 between quotation marks or titles that stand side by side, 。 behind a heading of its own
    line."""
    for p in text.paragraphs:
        if p.kind == "heading" and p.text.rstrip().endswith("。") and len(p.text) <= _HEADING:
            end = len(p.text.rstrip())
            yield Hit(p, 0, end, "单独成行的标题末尾不加句号", fix=p.text[: end - 1])
        if p.kind == "title":
            continue
        for found in BETWEEN.finditer(p.text):
            start, end = found.start() - 1, found.end() + 1
            if _in_pairs(p.text, found):
                continue
            yield Hit(p, start, end, "并列的引号、书名号之间不用顿号", fix=p.text[start] + p.text[end - 1])
        for start, end, fix in _mixed(p.plain):
            yield Hit(p, start, end, "并列的几项标点不一致：顿号、逗号混用", fix=fix)


_PAIRED = (re.compile("[”》][与和及跟]“[^“”]{1,12}”$"), re.compile("“[^“”]{1,12}”[与和及跟]“"))


def _in_pairs(text: str, found: re.Match[str]) -> bool:
    """Whether 、 parts pairs that stand in quotation marks: “形”与“势”、“稳”与“进”."""
    ahead, behind = _PAIRED
    return bool(ahead.search(text, max(found.start() - 20, 0), found.start()) and behind.match(text, found.end()))


def agreed_series(text: str) -> Iterator[tuple[int, str]]:
    """Start and right wording of each series whose marks are to be made one for certain."""
    for start, _, fix in _mixed(text):
        if fix is not None:
            yield start, fix


def _mixed(plain: str) -> Iterator[tuple[int, int, str | None]]:
    """Series whose items are divided by 、 here and ， there: start, end, and the series as most of its marks have it."""
    if "、" not in plain or "，" not in plain:
        return
    at = quoted = 0
    for words in _BORDER.split(plain):
        likely = "、" in words and "，" in words and words.count("、") + words.count("，") > 1
        if likely and quoted <= 0:  # not within a quotation
            yield from _runs(plain, [(m.start() + at, m.group()) for m in _SEGMENT.finditer(words)])
        at += len(words) + 1
        quoted += {"“": 1, "”": -1}.get(plain[at - 1 : at], 0)


def _runs(plain: str, items: list[tuple[int, str]]) -> Iterator[tuple[int, int, str | None]]:
    at = 0
    while at < len(items) - 2:
        if not _fit(items[at + 1][1], items[at + 2][1]):
            at += 1
            continue
        end = _akin_end(items, at)
        if end - at < 3:
            end = _run_end(items, at, _equal)
        run = items[at:end]
        if len(run) >= 3:
            marks = [plain[start - 1] for start, _ in run[1:]]
            akin = any(_akin(run[-2][1], run[-1][1], side) for side in (0, -1))
            concludes = marks.count("，") == 1 and marks[-1] == "，" and not akin  # A、B、C，做好D
            if len(set(marks)) == 2 and not _in_groups(marks) and not concludes:
                last = run[-1][0] + len(run[-1][1])
                yield run[0][0], last, _agreed(plain, run, marks)
            at = end
        else:
            at += 1


def _fit(first: str, other: str) -> bool:
    """Whether two items may be neighbours in a series."""
    return abs(len(first) - len(other)) < 5 and (first[0] == other[0] or first[-1] == other[-1] or _equal(first, other))


def _run_end(items: list[tuple[int, str]], at: int, fits: Callable[[str, str], bool]) -> int:
    """Where the run of items ends that fit, each the one before it."""
    end = at + 1
    while end < len(items) and fits(items[end - 1][1], items[end][1]):
        end += 1
    return end


def _akin_end(items: list[tuple[int, str]], at: int) -> int:
    """Where a run of items ends that all begin alike or all end alike; the first may have words before it that belong to the whole
    series (村里各种各的地)."""
    ends = []
    for side in (0, -1):

        def akin(first: str, other: str, side: int = side) -> bool:
            return _akin(first, other, side)

        words = items[at][1]
        trimmed = at + 1 < len(items) and len(words) > len(other := items[at + 1][1]) > 3 and akin(words[-len(other) :], other)
        end = _run_end(items, at + 1 if trimmed else at, akin)
        while side == -1 and end - at > 2 and _CONCLUDES.search(items[end - 1][1]):
            end -= 1
        ends.append(end)
    return max(ends)


_DIGIT = re.compile("[0-9]")
_CONCLUDES = re.compile("[就便才都也]|让|(?<!原)(?<!规)则")
"""What tells that an item draws the conclusion of those before it: 预案短一点、队伍近一点，群众就安全一点."""


def _akin(first: str, other: str, side: int) -> bool:
    """Whether two items begin (0) or end (-1) alike and are of like length."""
    likely = 2 < len(first) < 18 and 2 < len(other) < 18 and abs(len(first) - len(other)) < 4
    if not likely or first[side] != other[side] or first[side] in (_LOOSE - {"不"} if side == 0 else _LOOSE):
        return False
    return side == 0 or (first[-2:] != other[-2:] and not _DIGIT.search(first + other))  # 新增旅馆69家、民宿61家 has one verb


def _equal(first: str, other: str) -> bool:
    """Whether two items are equally long and short; those of four are set phrases, which go in pairs."""
    return len(first.removeprefix("要")) == len(other) in (3, 5)


def _in_groups(marks: list[str]) -> bool:
    """Whether ， divides groups of equally many items that 、 divides: 围绕中心、服务大局，扎实工作、开拓创新."""
    sizes = [len(group) + 1 for group in "".join(marks).split("，")]
    return len(set(sizes)) == 1


def _agreed(plain: str, run: list[tuple[int, str]], marks: list[str]) -> str | None:
    """The series with the mark most of it has; None where neither has most."""
    commas, stops = marks.count("，"), marks.count("、")
    if commas == stops:
        return None
    return ("，" if commas > stops else "、").join(words for _, words in run)
