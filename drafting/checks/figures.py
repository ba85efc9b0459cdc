"""F04: figures that disagree with one another: parts and their sum, base and growth, shares, years, one indicator twice.

Only what cannot be otherwise is of severity E: figures told roughly (约, 余, 以上) are not compared, rounding is allowed for, and
real growth (可比价, 年均) is not worked out from nominal values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from drafting.checks.clauses import Clause, clauses_of, exact, plain_number, scale_of, shown, tail, within
from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.numbers import Figure
from drafting.checks.ratios import order, ranges, shares
from drafting.checks.text import Text
from drafting.model import Severity

_UP = "增加|提高|增长|上升|提升|扩大|增|升|上涨|发展|跃升|攀升|扩展|上调|增至|升至|提高至"
_DOWN = "下降|减少|降低|降|缩小|下调|压减|压缩|回落|缩短|减|降至|减至"
_YEAR = r"(?:(?:19|20)\d\d年(?:底|末|初)?|[上去前今]年(?:同期|底|末)?|\d{1,2}月份?|[五十]年前)?的?"
_FROM = re.compile(rf"(?:由|从)(?:原来|原先|最初|当初|建[省市县区镇]时)?{_YEAR}[^，。；：、\d]{{0,8}}$")
_TO = re.compile(rf"^(?P<verb>{_UP}|{_DOWN})(?:到|至|为)?了?{_YEAR}$")
_GROWN = re.compile(
    "^，?(?:同比|比上年|累计|共|净|总?体?)?(?P<verb>增长|提高|增加|上升|提升|扩大|增幅|涨幅|下降|减少|降低|降幅|回落)了?(?:达到?|为|近)?$"
)
_RATES = {"%": 1, "成": 10, "倍": 100}
"""What a rate of growth is told in, in hundredths."""
_REAL = re.compile("可比|不变价|年均|平均|名义|实际增|扣除|生产总值|增加值|GDP|产值|同口径|年度?均")
_MORE_THAN = re.compile(r"^，(?:同比|比(?:上年|去年|上年同期|去年同期|(?:19|20)\d\d年))(?P<verb>增加|增长|多|减少|下降|少|新增|净增)了?$")
_TOTAL = re.compile(r"(?:共有?|共计|总计|合计|总共|一共|总数为?|总计为?|共安排|共实施|共分|分为|共设|全部)了?[^，。；：、\d]{0,10}$")
_RANKS = re.compile("排名|名次|位次|跃升|前移|[第前]\\d+名")
_CHANGE = re.compile("(?:增加|增长|减少|多|少|下降|提高|超|扩大|减)了?$")
_MEAN = re.compile("年均|月均|平均|人均|户均|每")
_OPENS = re.compile(r"^(?P<noun>[一-鿿“”]{0,8})(?:(?P<all>：|（(?!含)|，?分别[为是]|，(?:包括|即))|(?P<some>，?（?其中：?))")
_NESTED = re.compile("其中|各|每|均|以上|增长|下降|同比|比上年|占|等|左右|另|以及其他|平均|完成|已|达到|超额|不含|包含|提高|：")
_SHARE_OF = r"(\d+(?:\.\d+)?)"
_THIRDS = re.compile(
    rf"(?:三次产业|三产|一二三产业?|一、二、三产业|第一、二、三产业)[^，。；]{{0,14}}?{_SHARE_OF}[:：∶]{_SHARE_OF}[:：∶]{_SHARE_OF}"
)


@kind("disagree")
def disagree(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """F04, sentence by sentence, then across the text."""
    clauses = [clause for p in text.loose for clause in clauses_of(p)]
    for clause in clauses:
        hits = [hit for check in _CHECKS for hit in check(clause)]
        yield from hits
    yield from _twice(clauses, rule)


# ---------------------------------------------------------------- within a sentence
def _growth(clause: Clause) -> Iterator[Hit]:
    """由A增加到B，增长P%: the direction, and P against A and B."""
    for i, (a, b) in enumerate(zip(clause.counts, clause.counts[1:], strict=False)):
        to = _TO.match(clause.between(a, b))
        if not to or a.unit in ("", "位") or a.unit != b.unit or not exact(a, b) or not _FROM.search(clause.before(a)):
            continue
        if a.unit == "名" and _RANKS.search(clause.text, clause.start, clause.end):
            continue
        rising = to["verb"] in _UP.split("|")
        if a.value != b.value and rising != (b.value > a.value):
            yield clause.hit(a, b, f"说是“{to['verb']}”，数字却是从{shown(clause, a)}到{shown(clause, b)}，请核对")
        elif (years := _years(clause, a, b)) and years[1] < years[0]:
            yield clause.hit(a, b, f"从{years[0]}年到{years[1]}年，前后年份颠倒了，请核对")
        elif i + 2 < len(clause.counts) and not _REAL.search(clause.text, clause.start, clause.counts[i + 2].end):
            yield from _rate(clause, a, b, clause.counts[i + 2])


def _years(clause: Clause, a: Figure, b: Figure) -> tuple[int, int] | None:
    """The years of two figures, where both are named right before them."""
    first, second = _WHEN_BEFORE.search(clause.before(a, 10)), _WHEN_BEFORE.search(clause.between(a, b))
    return (int(first["year"]), int(second["year"])) if first and second else None


def _rate(clause: Clause, a: Figure, b: Figure, rate: Figure) -> Iterator[Hit]:
    grown = _GROWN.match(clause.between(b, rate))
    if not grown or rate.about:
        return
    low, high = (b.low - a.high, b.high - a.low) if b.value > a.value else (a.low - b.high, a.high - b.low)
    if rate.unit in _RATES and a.unit != "%" and a.low > 0:
        worth = _RATES[rate.unit]
        low, high = low * 100 / a.high / worth, high * 100 / a.low / worth
        if rate.unit == "倍" and within(rate, low + 1, high + 1):
            return  # 增长两倍 may mean to twice as much
    elif not (rate.unit == a.unit or (rate.unit == "个百分点" and a.unit == "%")):
        return
    if not within(rate, low, high):
        grew = abs(b.value - a.value)
        right = f"{grew * 100 / a.value:.1f}%" if rate.unit in _RATES and a.unit != "%" else f"{plain_number(grew)}{rate.unit}"
        yield clause.hit(a, rate, f"从{shown(clause, a)}到{shown(clause, b)}，算出来是{right}，这里写的是{shown(clause, rate)}")


def _increase(clause: Clause) -> Iterator[Hit]:
    """A，比上年增加B，增长P%: P against the base A − B."""
    for a, b, rate in zip(clause.counts, clause.counts[1:], clause.counts[2:], strict=False):
        more = _MORE_THAN.match(clause.between(a, b))
        if not more or rate.unit != "%" or a.unit != b.unit or a.unit in ("%", "") or not exact(a, b, rate):
            continue
        if not _GROWN.match(clause.between(b, rate)) or _REAL.search(clause.text, clause.start, rate.end):
            continue
        falling = more["verb"] in ("减少", "下降", "少")
        base = a.value + b.value if falling else a.value - b.value
        spread = (a.step + b.step) / 2
        if base - spread > 0 and not within(rate, b.low * 100 / (base + spread), b.high * 100 / (base - spread)):
            right = f"按{shown(clause, a)}和增减{shown(clause, b)}算，应是{b.value * 100 / base:.1f}%"
            yield clause.hit(a, rate, f"{right}，这里写的是{shown(clause, rate)}")


def _parts(clause: Clause) -> Iterator[Hit]:
    """共T：A、B、C: the parts against their sum; 其中A: no part over the whole."""
    for i, total in enumerate(clause.counts):
        opens = _OPENS.match(clause.text[total.end : clause.end])
        if not opens or not _counts(total) or not exact(total) or total.unit in ("%", "个百分点", "倍", "成", "次") or total.value < 2:
            continue
        if _CHANGE.search(clause.before(total)) or _MEAN.search(clause.before(total, 12)) or clause.before(total, 1) == "个":
            continue
        stop = _end_of_list(clause, total.end + opens.end(), bracket=opens["all"] == "（")
        parts = [f for f in clause.counts[i + 1 :] if f.start < stop]
        listed = clause.text[total.end + opens.end() : stop]
        if len(parts) >= (1 if opens["some"] else 2) and _comparable(clause, total, parts, opens["noun"]) and not _NESTED.search(listed):
            sure: Severity = "E" if _TOTAL.search(clause.before(total)) else "W"
            yield from _summed(clause, total, parts, sure if opens["all"] else None)


def _counts(total: Figure) -> bool:
    """Whether a figure counts something: it has a unit, or is told in 万, as people are."""
    return bool(total.unit) or scale_of(total) > 1


def _end_of_list(clause: Clause, start: int, *, bracket: bool) -> int:
    """Where a list of parts ends: at its bracket, else at a semicolon or the end of the sentence."""
    found = (clause.text.find(mark, start, clause.end) for mark in (("）",) if bracket else ("；", "。")))
    return min((at for at in found if at >= 0), default=clause.end)


def _comparable(clause: Clause, total: Figure, parts: Sequence[Figure], noun: str) -> bool:
    """Whether parts count what the total counts: one unit, all exact, no other noun behind."""
    if not exact(*parts) or any(f.unit != total.unit for f in parts):
        return False
    nouns = {_NOUN.match(clause.text[f.end :])[0] for f in parts}  # type: ignore[index]
    return all(not name or not noun or name[:2] in noun or noun[:2] in name for name in nouns)


_NOUN = re.compile("[一-鿿]{0,6}")


_NAMED_PARTS = re.compile("其中[：，]?(?:[一-鿿]{2,4}[0-9.]+[一-鿿]{1,3}[、，和]){1,}(?:和)?[一-鿿]{2,4}[0-9.]+[一-鿿]{1,3}$")


def _summed(clause: Clause, total: Figure, parts: Sequence[Figure], whole: Severity | None) -> Iterator[Hit]:
    """Parts that are the `whole` (a severity: how sure that is) must add up to it; one of several must not exceed it."""
    low, high = sum((f.low for f in parts), Decimal(0)), sum((f.high for f in parts), Decimal(0))
    added = "＋".join(shown(clause, f) for f in parts)
    told = sum((f.value for f in parts), Decimal(0))
    whole_numbers = all(f.step == 1 and f.value < 100_000 for f in (total, *parts))
    agree = told == total.value if whole_numbers else low <= total.high and total.low <= high
    if whole and not agree:
        message = f"分项加起来是{plain_number(told / scale_of(total))}{tail(clause, total)}（{added}），和总数{shown(clause, total)}对不上"
        yield replace(clause.hit(total, parts[-1], message), severity=whole)
    elif whole is None and any(f.low > total.high for f in parts):
        yield clause.hit(total, parts[-1], f"其中一项比总数{shown(clause, total)}还多，请核对")
    elif whole is None and (told > total.value if whole_numbers else low > total.high) and (sure := _are_kinds(clause, total, parts)):
        sum_ = f"{plain_number(told / scale_of(total))}{tail(clause, total)}（{added}）"
        message = f"其中几项加起来是{sum_}，比总数{shown(clause, total)}还多，请核对"
        yield replace(clause.hit(total, parts[-1], message), severity=sure)


_APART = re.compile(
    "(?P<a>男|城镇|城区|城市|本地|已|第一产业|一产|常住|汉族|国有|省内|县内|省级|新建|高中)|(?P<b>女|农村|乡村|乡镇|外地|未|第二产业|二产|流动|少数民族|民营|省外|县外|市级|改建|初中)"
)
"""Parts that have nothing in common, by what stands before them or behind."""


def _are_kinds(clause: Clause, total: Figure, parts: Sequence[Figure]) -> Severity | None:
    """How sure it is that parts have nothing in common: town and country cannot have; those that are but named, each with its figure
    (水利5项、道路4项、学校4项), have hardly."""
    listed = clause.text[total.end : parts[-1].end + 6]
    found = [m.lastgroup for m in _APART.finditer(listed)]
    if len(parts) == 2 and found.count("a") == found.count("b") == 1:
        return "E"
    return "W" if len(parts) > 1 and _NAMED_PARTS.search(clause.text[total.end : parts[-1].end]) else None


def _thirds(clause: Clause) -> Iterator[Hit]:
    """三次产业结构 a:b:c: the sum is 100."""
    for found in _THIRDS.finditer(clause.text[clause.start : clause.end]):
        total = sum((Decimal(found[n]) for n in (1, 2, 3)), Decimal(0))
        if 50 < total < 150 and abs(total - 100) > Decimal("0.25"):
            start, end = clause.start + found.start(1), clause.start + found.end(3)
            yield Hit(clause.paragraph, start, end, f"三次产业的比例加起来是{total}，不是100")


_WHEN_BEFORE = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:底|末|初)?的?$")
_CHECKS = (_growth, _increase, _parts, shares, _thirds, order, ranges)


# ---------------------------------------------------------------- across the text
_INDICATOR = re.compile(r"(?P<name>[一-鿿]{4,18}?)(?:(?P<verb>达到?|为|是|共有?|完成|实现)了?)?$")
_PLANNED = re.compile("目标|力争|计划|预计|确保|争取|规划|预期|任务|将|到20|要达|拟|应|左右")
_WHEN = re.compile(r"(?P<year>(?:19|20)\d\d年|[去上]年(?!同期|底|末|初)|今年(?!前|以来|上|一|二|三|第))(?:底|末)?")
_NOT_NAME = re.compile(
    "其中|同比|增长|下降|提高|累计|新增|分别|比重|每年|每月|当年|平均|最高|最低|第[一二三]|月|季度|半年|比|超|增加|减少|净"
)
_TIMED = re.compile("[去上前今明往]年|年[初末底前]|五年|月|季度|半年|(?:19|20)[0-9]{2}|时期|当时|以来|同期|过去|曾|原来|历史|最|目前|再|又")
"""What tells of a time that is not a year's."""
_PREFIX = re.compile("^(?:全年|年末|[全我][省市县区镇乡村])?(?:完成|实现|全年|共有?|累计)?(?:全社会|地区(?=生产总值))?")
_SCOPE = re.compile("^(?:全|我)([省市县区镇乡村])")


def _twice(clauses: Sequence[Clause], rule: Rule) -> Iterator[Hit]:
    """One indicator of one year with two values. Without a year two values may be of two times: those of a whole place are told as W
    where no word of a time stands beside them."""
    seen: dict[tuple[str, str, str], tuple[Figure, Clause]] = {}
    for clause in clauses:
        if _PLANNED.search(clause.text, clause.start, clause.end):
            continue
        for figure in clause.counts:
            key = _key(clause, figure, rule)
            if key is None or figure.about:
                continue
            first, where = seen.setdefault(key, (figure, clause))
            if not first.same(figure):
                here, told = shown(clause, figure), f"第{where.paragraph.number}段说的是{shown(where, first)}"
                of = f"{key[2]}的" if key[2] else ""
                message = f"{of}“{key[0]}”前后不一：这里是{here}，{told}"
                severity: Severity | None = None if key[2] else "W"
                yield Hit(clause.paragraph, figure.start, figure.end, message, text=f"{key[0]}{here}", severity=severity)


def _key(clause: Clause, figure: Figure, rule: Rule) -> tuple[str, str, str] | None:
    """Indicator, unit and year of a figure; None where they are not all plain. Without a verb (粮食总产量18万吨) the indicator must be
    one of those the rule knows by their ends."""
    if not figure.unit or (figure.unit in ("%", "个百分点") and figure.han):
        return None
    head = re.split("[，。；：、（）]", clause.before(figure, 40))[-1]
    bare = _WHEN.sub("", head)
    found = _INDICATOR.search(bare)
    if not found or found.start() or _NOT_NAME.search(bare):
        return None
    name, scope = found["name"], _SCOPE.match(found["name"])
    if not found["verb"] or scope:
        short = _PREFIX.sub("", name)
        if rule.pattern("indicators").search(name):
            name = f"全{scope[1]}{short}" if scope else short
        elif not found["verb"]:
            return None
    year = _WHEN.search(head) or _only_year(clause, figure)
    timeless = scope and rule.pattern("indicators").search(name) and not _TIMED.search(clause.text, clause.start, clause.end)
    return (name, figure.unit, year["year"] if year else "") if year or timeless else None


def _only_year(clause: Clause, figure: Figure) -> re.Match[str] | None:
    """The year a sentence opens with, if it names no other before the figure."""
    found = list(_WHEN.finditer(clause.text, clause.start, figure.start))
    return found[0] if len(found) == 1 and found[0].start() - clause.start < 3 else None
