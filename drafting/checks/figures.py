"""F04: figures that disagree with one another: parts and their sum, base and growth, shares, years, one indicator twice.

Only what cannot be otherwise is of severity E: figures told roughly (约, 余, 以上) are not compared, rounding is allowed for, and
real growth (可比价, 年均) is not worked out from nominal values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from drafting.checks.clauses import COUNTED, Clause, clauses_of, exact, plain_number, shown, within
from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.numbers import Figure
from drafting.checks.ratios import means, order, ranges, shares, shares_of
from drafting.checks.sums import parts, remainders, totals
from drafting.checks.text import Text
from drafting.model import Severity

_UP = "增加|提高|增长|上升|提升|扩大|增|升|上涨|发展|跃升|攀升|扩展|上调|增至|升至|提高至"
_DOWN = "下降|减少|降低|降|缩小|下调|压减|压缩|回落|缩短|减|降至|减至"
_YEAR = r"(?:(?:19|20)\d\d年(?:底|末|初)?|[上去前今]年(?:同期|底|末)?|\d{1,2}月份?|[五十]年前)?的?"
_FROM = re.compile(rf"(?:由|从)(?:原来|原先|最初|当初|建[省市县区镇]时)?{_YEAR}[^，。；：、\d]{{0,8}}$")
_TO = re.compile(rf"^(?P<verb>{_UP}|{_DOWN})(?:到|至|为)?了?{_YEAR}$")
_GROWN = re.compile(
    "^，?(?:同比|比上年|累计|共|总?体?|[两二三四五六七八九十0-9]{1,2}年(?:间|来|时间)?|全年)?(?:累计|共)?"
    "(?P<verb>净增|净?增长|提高|净?增加|上升|提升|扩大|增幅|涨幅|下降|净?减少|降低|降幅|回落)了?(?:达到?|为|近)?$"
)
_RATES = {"%": 1, "成": 10, "倍": 100}
"""What a rate of growth is told in, in hundredths."""
_REAL = re.compile("可比|不变价|年均|平均|名义|实际增|扣除|生产总值|增加值|GDP|产值|同口径|年度?均")
_MORE_THAN = re.compile(r"^，(?:同比|比(?:上年|去年|上年同期|去年同期|(?:19|20)\d\d年))(?P<verb>增加|增长|多|减少|下降|少|新增|净增)了?$")
_RANKS = re.compile("排名|名次|位次|跃升|前移|[第前]\\d+名")
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
        else:
            yield from _told_rates(clause, i)


def _told_rates(clause: Clause, i: int) -> Iterator[Hit]:
    """What is told of the growth from a figure to the next, behind them or before."""
    a, b = clause.counts[i : i + 2]
    for rate in clause.counts[i + 2 : i + 3]:
        if not _is_real(clause, a, rate):
            yield from _rate(clause, a, b, rate)
            if _DOUBLED.search(clause.between(b, rate)):
                yield from _doubled(clause, a, b, rate)
    if i and not _is_real(clause, a, b) and _STRAIGHT.match(clause.between(clause.counts[i - 1], a)):
        rate = clause.counts[i - 1]
        if _DOUBLED.search(clause.before(rate)):
            yield from _doubled(clause, a, b, rate)
        elif rate.unit == "%" and (grown := _GREW.search(clause.before(rate))) and (grown["verb"] in _UP.split("|")) == (b.value > a.value):
            yield from _off(clause, a, b, rate)


def _is_real(clause: Clause, a: Figure, last: Figure) -> bool:
    """Whether a comparison is told in constant prices, as a mean or the like: its figures need not agree."""
    return bool(_REAL.search(clause.text, max(clause.start, a.start - _NEAR), last.end))


_NEAR = 200
"""Characters before a figure in which 可比价 and the like still speak of it: a sentence of thousands of figures is looked through once."""
_DOUBLED = re.compile("(?<![近约])翻了?$")
_STRAIGHT = re.compile("^，(?:由|从)(?:原来的?)?$")
_GREW = re.compile("(?P<verb>增长|提高|增加|上升|提升|下降|减少|降低)了?$")


def _doubled(clause: Clause, a: Figure, b: Figure, times: Figure) -> Iterator[Hit]:
    """翻一番 is to twice as much; a little more is called so, too."""
    if times.unit != "番" or times.about or a.low <= 0 or times.value not in (1, 2):
        return
    if b.high * 100 < a.low * 2 ** int(times.value) * 95:
        message = f"从{shown(clause, a)}到{shown(clause, b)}是{b.value / a.value:.2f}倍，不是翻{shown(clause, times)}"
        yield clause.hit(min(a, times, key=_at), max(b, times, key=_at), message)


def _at(figure: Figure) -> int:
    return figure.start


def _years(clause: Clause, a: Figure, b: Figure) -> tuple[int, int] | None:
    """The years of two figures, where both are named right before them."""
    first, second = _WHEN_BEFORE.search(clause.before(a, 10)), _WHEN_BEFORE.search(clause.between(a, b))
    return (int(first["year"]), int(second["year"])) if first and second else None


def _rate(clause: Clause, a: Figure, b: Figure, rate: Figure) -> Iterator[Hit]:
    if not rate.about and _GROWN.match(clause.between(b, rate)):
        yield from _off(clause, a, b, rate)


def _off(clause: Clause, a: Figure, b: Figure, rate: Figure) -> Iterator[Hit]:
    """A rate, or a difference, that is not that of two figures."""
    low, high = (b.low - a.high, b.high - a.low) if b.value > a.value else (a.low - b.high, a.high - b.low)
    if rate.unit in _RATES and a.unit != "%" and a.low > 0:
        worth = _RATES[rate.unit]
        low, high = low * 100 / a.high / worth, high * 100 / a.low / worth
        if rate.unit == "倍" and within(rate, low + 1, high + 1):
            return  # 增长两倍 may mean to twice as much
    elif not (rate.unit == a.unit or (rate.unit == "个百分点" and a.unit == "%")):
        return
    grew = abs(b.value - a.value)
    whole = rate.unit in COUNTED and a.step == b.step == rate.step == 1  # things counted one by one are not rounded
    if rate.value != grew if whole else not within(rate, low, high):
        right = f"{grew * 100 / a.value:.1f}%" if rate.unit in _RATES and a.unit != "%" else f"{plain_number(grew)}{rate.unit}"
        message = f"从{shown(clause, a)}到{shown(clause, b)}，算出来是{right}，这里写的是{shown(clause, rate)}"
        yield clause.hit(min(a, rate, key=_at), max(b, rate, key=_at), message)


def _increase(clause: Clause) -> Iterator[Hit]:
    """A，比上年增加B，增长P%: P against the base A − B."""
    for a, b, rate in zip(clause.counts, clause.counts[1:], clause.counts[2:], strict=False):
        more = _MORE_THAN.match(clause.between(a, b))
        if not more or rate.unit != "%" or a.unit != b.unit or a.unit in ("%", "") or not exact(a, b, rate):
            continue
        if not _GROWN.match(clause.between(b, rate)) or _is_real(clause, a, rate):
            continue
        falling = more["verb"] in ("减少", "下降", "少")
        base = a.value + b.value if falling else a.value - b.value
        spread = (a.step + b.step) / 2
        if base - spread > 0 and not within(rate, b.low * 100 / (base + spread), b.high * 100 / (base - spread)):
            right = f"按{shown(clause, a)}和增减{shown(clause, b)}算，应是{b.value * 100 / base:.1f}%"
            yield clause.hit(a, rate, f"{right}，这里写的是{shown(clause, rate)}")


def _thirds(clause: Clause) -> Iterator[Hit]:
    """三次产业结构 a:b:c: the sum is 100."""
    for found in _THIRDS.finditer(clause.text[clause.start : clause.end]):
        total = sum((Decimal(found[n]) for n in (1, 2, 3)), Decimal(0))
        if 50 < total < 150 and abs(total - 100) > Decimal("0.25"):
            start, end = clause.start + found.start(1), clause.start + found.end(3)
            yield Hit(clause.paragraph, start, end, f"三次产业的比例加起来是{total}，不是100")


_WHEN_BEFORE = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:底|末|初)?的?$")
_CHECKS = (_growth, _increase, parts, totals, remainders, shares, shares_of, means, _thirds, order, ranges)


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
