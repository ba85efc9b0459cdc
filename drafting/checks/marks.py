"""P01 and P02: half-width marks beside Chinese, and marks of one series that do not agree (GB/T 15834-2011).

What is certain is mended: `mended` gives a line as these two rules would have it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.paragraph import REMEMBERED, Paragraph
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
    """P02: 、 and ， in one series, a mark twice, 、 between quotation marks or titles that stand side by side, 。 behind a heading
    of its own line."""
    for p in text.paragraphs:
        end = len(p.text)
        if closes := _closed_head(p):
            yield Hit(p, 0, len(p.text.rstrip()), "单独成行的标题末尾不加句号", fix=closes)
            end = len(closes)
        if p.kind == "title":
            continue
        for start, stop in between(p.text):
            yield Hit(p, start - 1, stop + 1, "并列的引号、书名号之间不用顿号", fix=p.text[start - 1] + p.text[stop])
        for start, stop, mark in doubled(p.text):
            if start < end:
                yield Hit(p, start, stop, "标点写了两个，只留一个" if mark else "标点重复，省略号应写“……”", fix=mark)
        for start, end, fix in _mixed(p.plain):
            yield Hit(p, start, end, "并列的几项标点不一致：顿号、逗号混用", fix=fix)


_TWICE = re.compile("[，、；：。]+(?<=[，、；：。]{2})")
_WORDS = 4
"""Characters of a heading that are enough to know it by."""
_ELLIPSIS = 3
"""Full stops from which on they are meant for an ellipsis."""


def _closed_head(p: Paragraph) -> str:
    """A heading of its own line without the full stop at its end; empty for one that has none."""
    bare = p.text.rstrip()
    return bare.rstrip("。") if p.kind == "heading" and bare.endswith("。") and len(p.text) <= _HEADING else ""


def closed_heads(text: Text) -> frozenset[str]:
    """Those headings as they stand, without blanks; without their numbers, too, which Word may set by itself."""
    heads = [p for p in text.paragraphs if _closed_head(p)]
    return frozenset("".join(row.split()) for p in heads for row in (p.text, p.text.strip()[len(p.mark) :]) if len(row) > _WORDS)


def between(text: str) -> Iterator[tuple[int, int]]:
    """Where 、 stands between quotation marks or titles side by side."""
    yield from (found.span() for found in BETWEEN.finditer(text) if not _in_pairs(text, found))


def doubled(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Where marks stand side by side of which one will do, and which one; none where an ellipsis may be meant."""
    for found in _TWICE.finditer(text):
        marks = found.group()
        dots = len(marks) >= _ELLIPSIS and set(marks) == {"。"}
        yield *found.span(), None if dots else "。" if "。" in marks else marks[-1]




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


@lru_cache(maxsize=REMEMBERED)
def _mixed(plain: str) -> tuple[tuple[int, int, str | None], ...]:
    """Series whose items are divided by 、 here and ， there: start, end, and the series as most of its marks have it."""
    return tuple(_mixed_in(plain))


def _mixed_in(plain: str) -> Iterator[tuple[int, int, str | None]]:
    if "、" not in plain or "，" not in plain:
        return
    at = quoted = 0
    before = ""
    for words in _BORDER.split(plain):
        likely = "、" in words and "，" in words and words.count("、") + words.count("，") > 1
        if likely and quoted <= 0:  # not within a quotation
            yield from ((at + start, at + end, fix) for start, end, fix in _within(words, before in _CLOSES and bool(before)))
        at += len(words) + 1
        before = plain[at - 1 : at]
        quoted += {"“": 1, "”": -1}.get(before, 0)


@lru_cache(maxsize=REMEMBERED)
def _within(words: str, opened: bool) -> tuple[tuple[int, int, str | None], ...]:
    """Such series between two marks that end one; `opened`: the first item goes on from what stands before."""
    items = [(m.start(), m.group()) for m in _SEGMENT.finditer(words)]
    return tuple(_runs(words, items[opened:]))


_CLOSES = "”》）"
"""What stands before words that go on with what was quoted: “安全第一”的方针，重基层、打基础."""


def _runs(plain: str, items: list[tuple[int, str]]) -> Iterator[tuple[int, int, str | None]]:
    """Items in a row that are alike in build and in length, and divided in two ways without grouping them."""
    at = 0
    while at < len(items) - 2:
        end = max(_run_end(items, at, alike) for alike in (_same_start, _same_end, _same_beat, _framed))
        run = items[at:end]
        if len(run) < 3:
            at += 1
            continue
        marks = [plain[start - 1] for start, _ in run[1:]]
        if len(set(marks)) == 2 and not _is_grouped(plain, items[at:end], marks):
            yield run[0][0], run[-1][0] + len(run[-1][1]), _agreed(plain, run, marks)
        at = end


Alike = Callable[[str, str], bool]


def _run_end(items: list[tuple[int, str]], at: int, alike: Alike) -> int:
    """Where the run of items ends that are each like the one before it; the first may have words before it that belong to the
    whole series (村里各种各的地), the last may be a little longer."""
    first, second = items[at][1], items[at + 1][1]
    tail = first[-len(second) :]
    trimmed = len(first) > len(second) > 3 and _in_place(tail, second) > 1 and alike(tail, second)
    if not trimmed and not _fits(first, second, alike):
        return at
    end = at + 2
    while end < len(items) and _fits(items[end - 1][1], items[end][1], alike):
        end += 1
    longer = end < len(items) and len(items[end][1]) - len(items[end - 1][1]) == 2 and alike is not _same_beat
    end += longer and alike(items[end - 1][1], items[end][1])
    if alike is _same_end:
        clauses = len({words[-2:] for _, words in items[at:end]}) == end - at  # 敲门招商、中介招商 are things of one kind
        return end - bool(_CONCLUDES.search(items[end - 1][1])) if clauses else at
    return end


def _fits(first: str, other: str, alike: Alike) -> bool:
    """Whether two items are alike and equally long, give or take one character; within a frame they may be as long as they like."""
    return (alike is _framed or abs(len(first) - len(other)) < 2) and alike(first, other)


_DIGIT = re.compile("[0-9A-Za-z]")
_CONCLUDES = re.compile("[就便才都也]|让|(?<!原)(?<!规)则|^(?:加快|推动|努力|确保|实现|促进|形成|做到)")
"""What tells that an item draws the conclusion of those before it: 预案短一点、队伍近一点，群众就安全一点."""
_SHORT = 5
"""Characters of an item up to which one that is the same will do."""


def _in_place(first: str, other: str) -> int:
    """Characters that two items have in the same place."""
    return sum(a == b for a, b in zip(first, other, strict=False))


def _same_start(first: str, other: str) -> bool:
    """Whether two items begin alike: 直奔基层，直面群众; longer ones have more in common."""
    if first[0] != other[0] or first[0] in _LOOSE - {"不"} or not 2 < len(first) < 18 or not 2 < len(other) < 18:
        return False
    return (len(first) <= _SHORT or _in_place(first, other) > 1) and not _DIGIT.search(first + other)


def _same_end(first: str, other: str) -> bool:
    """Whether two items end alike: 遇事想法、办事靠法. 新增旅馆69家、民宿61家 has one verb."""
    alike = first[-1] == other[-1] and first[-1] not in _LOOSE and first[-2:] != other[-2:]
    return alike and 2 < len(first) < 10 and 2 < len(other) < 10 and not _DIGIT.search(first + other) and "等" not in first + other


def _framed(first: str, other: str) -> bool:
    """Whether both stand in one frame: 体现在行动上来、体现在思想上来."""
    return min(len(first), len(other)) > _SHORT and first[:3] == other[:3] and first[-1] == other[-1] and first[-1] not in _LOOSE


def _same_beat(first: str, other: str) -> bool:
    """Whether both are three characters, verb and object, as series of short steps are: 强基础，补短板."""
    return len(first.removeprefix("要")) == len(other) == 3


def _is_grouped(plain: str, run: list[tuple[int, str]], marks: list[str]) -> bool:
    """Whether the marks tell groups apart: 围绕中心、服务大局，扎实工作、开拓创新. They do where each holds several items, what stands
    before and behind the run counted in, and where those of a group are more alike than those of different ones."""
    groups: list[list[str]] = [[run[0][1].removeprefix("要")]]
    for mark, (_, words) in zip(marks, run[1:], strict=True):
        if mark == "，":
            groups.append([])
        groups[-1].append(words)
    start, end = run[0][0], run[-1][0] + len(run[-1][1])
    sizes = [len(group) for group in groups]
    sizes[0] += plain[max(start - 1, 0) : start] == "、"
    sizes[-1] += plain[end : end + 1] == "、"
    if min(sizes) > 1 or len(set(sizes)) == 1:
        return True
    if marks.count("，") == 1 and len(groups[-1]) == 1 and not _kin([groups[0][-1], groups[-1][0]]):
        return True  # A、B、C，做好D
    bound = [len(group) > 1 and (len({words[:2] for words in group}) == 1 or (len(groups) == 2 and _kin(group))) for group in groups]
    return any(_is_apart(group, groups) for group, inside in zip(groups, bound, strict=True) if inside)


def _is_apart(group: list[str], groups: list[list[str]]) -> bool:
    """Whether a group has something in common that another has not."""
    return any(not _kin([group[0], other[0]]) for other in groups)


def _kin(group: list[str]) -> bool:
    """Whether all items of a group begin with one character or end in one."""
    return any(len({words[side] for words in group}) == 1 for side in (0, -1))


def _agreed(plain: str, run: list[tuple[int, str]], marks: list[str]) -> str | None:
    """The series with the mark most of it has; None where neither has most."""
    commas, stops = marks.count("，"), marks.count("、")
    if commas == stops:
        return None
    return ("，" if commas > stops else "、").join(words for _, words in run)
