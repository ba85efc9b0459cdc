"""R05: stale time: this year is another one, a campaign long over goes on, an anniversary has passed, 二十年来 has no beginning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.text import Paragraph, Text
from drafting.model import Severity
from phrasebank.scan import any_of

_THIS = re.compile(
    r"(?P<word>[今去明前]年)(?:，?[就也正]?是|为|即|（|，)?(?P<year>20\d\d)年(?![至到—－\-～~]|度?以来)"
    r"|(?P<year2>20\d\d)年，?(?:即|也就是|就是|正是)(?P<word2>[今去明]年)"
)
_SHIFT = {"今年": 0, "去年": -1, "明年": 1, "前年": -2}
_PLAN = re.compile(
    r"今年(?:是|，|正值|恰逢|适逢)[^。；]{0,12}?“?十(?P<plan>[一二三四五六])五”?(?:规划|时期|计划)?的?"
    r"(?P<which>开局|起步|收官|收关|第[一二三四五]年|最后一年|首年|中期)"
)
_PLANS = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031}
_NTH = {c: n for n, c in enumerate("一二三四五")}
_ANNIVERSARY = re.compile(
    r"(?:今年(?:是|，|正值|恰逢|适逢|迎来|也是|又是|正好是|要)?[^。；，]{0,14}?|(?P<at>20\d\d)年(?:是|正值|恰逢|适逢|迎来|也是|又是|正好是)[^。；，]{0,6}?)"
    r"(?P<what>新中国成立|中华人民共和国成立|建国|建党|中国共产党成立|改革开放|建军|抗[日战][^，。；]{0,10}?胜利|红军长征胜利|长征胜利"
    r"|香港回归[^，。；]{0,4}?|澳门回归[^，。；]{0,4}?)(?P<n>\d{1,3})周?年"
)
_BORN = (
    ("新中国", 1949), ("中华", 1949), ("建国", 1949), ("建党", 1921), ("中国共产党", 1921), ("改革", 1978), ("建军", 1927), ("抗", 1945),
    ("红军", 1936), ("长征", 1936), ("香港", 1997), ("澳门", 1999),
)  # fmt: skip
_DUE = re.compile(
    r"(?:到|于|在|确保|力争|争取)?(?P<year>20\d\d)年(?:底|末|年底)?(?:前|之前|以前)[^。，；]{0,4}，?"
    r"(?:要|将|必须|务必|确保|力争|全面完成|基本完成|完成)"
)
_COMING = re.compile(r"到(?P<year>20\d\d)年(?:底|末|年底)?，?(?:全[省市县区镇乡村]|我们)?(?:要|将|必须|务必|确保|力争)")
_TOLD = re.compile("提出|规划|纲要|明确|当年|那时|原来|原定|如期|提前|目标是|蓝图")
"""What tells that a deadline is told of, not set."""
_GONE = re.compile(r"刚刚过去的(?P<year>20\d\d)年")
_JUST = re.compile(
    r"(?P<what>十[八九]届[一二三四五六七]中全会|二十届[一二三四]中全会|(?:十八|十九|二十)大)(?:刚刚|不久前|日前)(?:胜利|圆满)?(?:闭幕|召开|结束)"
    r"|(?:刚刚|不久前|日前)(?:胜利|圆满)?(?:闭幕|召开|结束)的(?:党的)?(?P<what2>十[八九]届[一二三四五六七]中全会|二十届[一二三四]中全会|(?:十八|十九|二十)大)"
)
_HELD = {
    "十八大": 2012, "十九大": 2017, "二十大": 2022,
    **{f"十八届{n}中全会": year for n, year in zip("一二三四五六七", (2012, 2013, 2013, 2014, 2015, 2016, 2017), strict=True)},
    **{f"十九届{n}中全会": year for n, year in zip("一二三四五六七", (2017, 2018, 2018, 2019, 2020, 2021, 2022), strict=True)},
    **{f"二十届{n}中全会": year for n, year in zip("一二三四", (2022, 2023, 2024, 2025), strict=True)},
}  # fmt: skip
"""The year of each meeting."""
_SPAN = re.compile(r"(?<!\d)(?P<n>\d{2,3}|[二三四五六七八九]?十[一二三四五六七八九]?|百)(?:多|余)?年(?:来|间|前|以来)(?!的?今天)")
_ANCHORED = re.compile(r"过去的?|自|从|以来|改革开放|建国|成立|建[党市县区镇乡村]|近|未来|再过|几|实施|(?:19|20)\d\d年[^。；]{0,12}$")
_LAST = re.compile("去年|上年|前年")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|\D|$)")


@kind("stale")
def stale(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """R05, against the year the text is meant for; without one only what is stale in itself."""
    told: dict[int, tuple[int, Paragraph]] = {}
    for p in text.loose if text.draft else text.paragraphs:
        if not _HINT.search(p.plain):
            continue
        yield from _this_year(text, p, told)
        if text.year:
            yield from _plans(text.year, p)
            yield from _overdue(text.year, p)
            yield from _just(text.year, p)
        else:
            yield from _unanchored(p)
        yield from _anniversaries(text.year, p)
        yield from _campaigns(text, p, rule)
    if not text.year and not any(_ANY_YEAR.search(p.plain) for p in text.paragraphs):
        yield from _last_year(text)


_HINT = any_of((
    "今年", "去年", "明年", "前年", "年前", "年来", "年间", "年底", "年末", "正在", "当前", "目前", "以来", "关键时期", "之际", "教育",
    "首要", "周年", "刚刚", "不久前", "日前", "到20", "脱贫", "小康",
))  # fmt: skip
"""What any of the findings has, but those of 去年."""


def _this_year(text: Text, p: Paragraph, told: dict[int, tuple[int, Paragraph]]) -> Iterator[Hit]:
    """今年是2024年 in a text for 2026, or where another place has said 2025."""
    for found in _THIS.finditer(p.plain):
        word, year = found["word"] or found["word2"], int(found["year"] or found["year2"])
        now = year - _SHIFT[word]
        if text.year and now != text.year:
            right = f"稿子是{text.year}年的，“{word}”应是{text.year + _SHIFT[word]}年"
            yield Hit(p, *found.span(), f"{right}，这里写的是{year}年", severity="E")
        elif not text.year and told.setdefault(p.piece, (now, p))[0] != now:
            first, where = told[p.piece]
            yield Hit(p, *found.span(), f"第{where.number}段说的“今年”是{first}年，和这里对不上", severity="E")


def _plans(now: int, p: Paragraph) -> Iterator[Hit]:
    """今年是“十三五”收官之年: the years of the five-year plans."""
    for found in _PLAN.finditer(p.plain):
        first, which = _PLANS[found["plan"]], found["which"]
        at = 4 if which in ("收官", "收关", "最后一年") else 2 if which == "中期" else _NTH.get(which[1:2], 0)
        if now != first + at:
            yield Hit(p, *found.span(), f"“十{found['plan']}五”的{which}是{first + at}年，稿子是{now}年的", severity="E")


def _anniversaries(year: int | None, p: Paragraph) -> Iterator[Hit]:
    """今年是建党100周年, 2026年是建党100周年."""
    for found in _ANNIVERSARY.finditer(p.plain):
        now = int(found["at"]) if found["at"] else year
        if now is None:
            continue
        born = next(year for name, year in _BORN if found["what"].startswith(name))
        if now - born != int(found["n"]) and now - born > 0:
            told = f"{found['what']}到{now}年是{now - born}年" if found["at"] else f"稿子是{now}年的，{found['what']}到今年是{now - born}年"
            yield Hit(p, *found.span(), told, severity="E")


def _overdue(now: int, p: Paragraph) -> Iterator[Hit]:
    """2024年底前要完成, said in 2026."""
    for found in _DUE.finditer(p.plain):
        if int(found["year"]) < now:
            yield Hit(p, *found.span(), f"稿子是{now}年的，这个时限已经过了", severity="W")
    for found in _COMING.finditer(p.plain):
        if int(found["year"]) < now and not _TOLD.search(p.sentence_at(found.start())[2]):
            yield Hit(p, *found.span(), f"稿子是{now}年的，{found['year']}年已经过了", severity="W")


def _just(now: int, p: Paragraph) -> Iterator[Hit]:
    """刚刚过去的2023年, 十九届五中全会刚刚闭幕, said in 2026."""
    for found in _GONE.finditer(p.plain):
        if int(found["year"]) not in (now, now - 1):
            yield Hit(p, *found.span(), f"稿子是{now}年的，刚刚过去的是{now - 1}年", severity="E")
    for found in _JUST.finditer(p.plain):
        what = found["what"] or found["what2"]
        if now > _HELD[what] + 1:
            yield Hit(p, *found.span(), f"{what}是{_HELD[what]}年开的，稿子是{now}年的，不能说刚刚开过", severity="E")


def _unanchored(p: Paragraph) -> Iterator[Hit]:
    """二十年来, 20年前: nothing says from when."""
    for found in _SPAN.finditer(p.plain):
        start = p.sentence_at(found.start())[0]
        if not _ANCHORED.search(p.plain[max(start, found.start() - 16) : found.start()]):
            yield Hit(p, *found.span(), "这里的年数没有起点，旧稿里的“多少年”到今年已经不对；请写明从哪一年算起", severity="W")


def _last_year(text: Text) -> Iterator[Hit]:
    """去年 in a text that names no year at all: told once."""
    for p in text.body:
        if found := _LAST.search(p.plain):
            yield Hit(p, *found.span(), "全文没有写年份，不知道“去年”是哪一年；请写明年份，或在提纲里写 year", severity="W")
            return


def _campaigns(text: Text, p: Paragraph, rule: Rule) -> Iterator[Hit]:
    """A campaign that is over, spoken of as going on."""
    going, over = _rows(rule.words("campaigns")), _rows(rule.words("over"))
    for at, (pattern, first, last, name, told) in enumerate((*going, *over)):
        if text.year and text.year <= last:
            continue
        for found in pattern.finditer(p.plain):
            start, end, sentence = p.sentence_at(found.start())
            ahead, behind = p.plain[start : found.start()], p.plain[found.end() : end]
            present = at >= len(going) or rule.pattern("now").search(ahead) or rule.pattern("now_behind").match(behind)
            if not present or rule.pattern("then").search(sentence):
                continue
            severity: Severity = "E" if text.year and rule.pattern("sure").search(ahead) else "W"
            when = f"{first}年" if first == last else f"{first}—{last}年"
            message = f"{told or f'{name}是{when}的事'}，已经过去；请改成现在的工作"
            yield Hit(p, *found.span(), message, severity=severity)
            break


@lru_cache(maxsize=8)
def _rows(words: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], int, int, str, str], ...]:
    """Rows of 写法（正则）;起;止;名称, and what to tell of one that has been twice."""
    split = ((row + ";").split(";")[:5] for row in words)
    return tuple((re.compile(pattern), int(first), int(last), name, told) for pattern, first, last, name, told in split)
