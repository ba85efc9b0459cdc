"""Parts of F04 that add up: parts against their sum, told before them or behind, and what is left of a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from drafting.checks.clauses import COUNTED, Clause, exact, plain_number, scale_of, shown, tail
from drafting.checks.kinds import Hit
from drafting.checks.numbers import Figure
from drafting.model import Severity

_NO_SUM = frozenset(("", "%", "个百分点", "倍", "成", "次"))
"""Units of what is not added up."""
_MOST, _FAR = 24, 400
"""Parts that are looked at, and characters in which they stand: a line without an end must not take the square of its length."""
_TOTAL = re.compile(r"(?:共有?|共计|总计|合计|总共|一共|总数为?|总计为?|共安排|共实施|共分|分为|共设|全部)了?[^，。；：、\d]{0,10}$")
_CHANGE = re.compile("(?:增加|增长|减少|多|少|下降|提高|超|扩大|减)了?$")
_MEAN = re.compile("年均|月均|平均|人均|户均|每")
_OPENS = re.compile(r"(?P<noun>[一-鿿“”]{0,8})(?:(?P<all>：|（(?!含)|，?分别[为是]|，(?:包括|即))|(?P<some>，?（?其中：?))")
_NESTED = re.compile("其中|各|每|均|以上|增长|下降|同比|比上年|占|等|左右|另|以及其他|平均|完成|已|达到|超额|不含|包含|提高|：")


def parts(clause: Clause) -> Iterator[Hit]:
    """共T：A、B、C: the parts against their sum; 其中A: no part over the whole."""
    for i, total in enumerate(clause.counts):
        opens = _OPENS.match(clause.text, total.end, clause.end)
        if not opens or not _counts(total) or not exact(total) or (total.unit and total.unit in _NO_SUM) or total.value < 2:
            continue
        if _CHANGE.search(clause.before(total)) or _MEAN.search(clause.before(total, 12)) or clause.before(total, 1) == "个":
            continue
        found, whole = _listed(clause, total, opens, i)
        if len(found) >= (1 if opens["some"] else 2) and _comparable(clause, total, found, opens["noun"]):
            sure: Severity = "E" if whole and _TOTAL.search(clause.before(total)) else "W"
            either = opens["some"] and _are_sexes(clause, total, found)
            yield from _summed(clause, total, found, sure if opens["all"] else "W" if either else None)


def _listed(clause: Clause, total: Figure, opens: re.Match[str], i: int) -> tuple[Sequence[Figure], bool]:
    """The figures of a list of parts, and whether it goes on to where it may end. It is over where something else is told: 男972名，
    女424名，平均年龄52岁; with more of the kind behind that, nobody can tell."""
    start = opens.end()
    stop = _end_of_list(clause, start, bracket=opens["all"] == "（")
    behind, end = clause.counts[i + 1 : i + 1 + _MOST], start
    for segment in _SEGMENT.finditer(clause.text, start, stop):
        here = [f for f in behind if segment.start() <= f.start < segment.end() and not _is_ordinal(clause, f)]
        if not here or any(f.unit != total.unit for f in here) or _NESTED.search(segment.group()):
            break
        end = segment.end()
    rest = clause.text[end : min(end + _FAR, clause.end)]
    found = [f for f in behind if start <= f.start < end and not _is_ordinal(clause, f)]
    if end < stop and (opens["all"] == "（" or _MORE.search(rest) or _NESTED.search(clause.text, start, start + 1)):
        return (), False
    if rest[:1] != "）" and any(f.unit == total.unit and f.start >= end for f in behind):
        return (), False
    return found, end >= stop


_SEGMENT = re.compile("[^，]+，?")
_MORE = re.compile("其他|其它|其余|另|还|以及|等")
"""What tells of more parts than a list has."""


def _is_ordinal(clause: Clause, figure: Figure) -> bool:
    """Whether a figure is but the name of a part: 一类6个."""
    return figure.han and figure.unit in tuple("类级期批层档") and clause.text[figure.end : figure.end + 1].isdigit()


def _counts(total: Figure) -> bool:
    """Whether a figure counts something: it has a unit, or is told in 万, as people are."""
    return bool(total.unit) or scale_of(total) > 1


def _end_of_list(clause: Clause, start: int, *, bracket: bool) -> int:
    """Where a list of parts ends: at its bracket, else at a semicolon or the end of the sentence."""
    limit = min(start + _FAR, clause.end)
    found = (clause.text.find(mark, start, limit) for mark in (("）",) if bracket else ("；", "。")))
    return min((at for at in found if at >= 0), default=limit)


def _comparable(clause: Clause, total: Figure, parts: Sequence[Figure], noun: str) -> bool:
    """Whether parts count what the total counts: one unit, all exact, no other noun behind."""
    if not exact(*parts) or any(f.unit != total.unit for f in parts):
        return False
    nouns = {_NOUN.match(clause.text, f.end)[0] for f in parts}  # type: ignore[index]
    return all(not name or not noun or name[:2] in noun or noun[:2] in name for name in nouns)


_NOUN = re.compile("[一-鿿]{0,6}")


_NAMED_PARTS = re.compile("其中[：，]?(?:[一-鿿]{2,4}[0-9.]+[一-鿿]{1,3}[、，和]){1,}(?:和)?[一-鿿]{2,4}[0-9.]+[一-鿿]{1,3}$")


def _summed(clause: Clause, total: Figure, parts: Sequence[Figure], whole: Severity | None) -> Iterator[Hit]:
    """Parts that are the `whole` (a severity: how sure that is) must add up to it; one of several must not exceed it."""
    if whole and not _adds_up(total, parts):
        message = f"分项加起来是{_sum_of(clause, total, parts)}，和总数{shown(clause, total)}对不上"
        yield replace(clause.hit(total, parts[-1], message), severity=whole)
    elif whole is None and any(f.low > total.high for f in parts):
        yield clause.hit(total, parts[-1], f"其中一项比总数{shown(clause, total)}还多，请核对")
    elif whole is None and _exceeds(total, parts) and (sure := _are_kinds(clause, total, parts)):
        message = f"其中几项加起来是{_sum_of(clause, total, parts)}，比总数{shown(clause, total)}还多，请核对"
        yield replace(clause.hit(total, parts[-1], message), severity=sure)


def _sum_of(clause: Clause, total: Figure, parts: Sequence[Figure]) -> str:
    """What parts come to, told as the total is, with the parts in brackets."""
    told = sum((f.value for f in parts), Decimal(0))
    return f"{plain_number(told / scale_of(total))}{tail(clause, total)}（{'＋'.join(shown(clause, f) for f in parts)}）"


def _adds_up(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts come to the total, each as exactly as it is told."""
    low, high = _between(total, parts)
    return low <= total.high and total.low <= high


def _exceeds(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts come to more than the total."""
    return _between(total, parts)[0] > total.high


def _between(total: Figure, parts: Sequence[Figure]) -> tuple[Decimal, Decimal]:
    """What parts come to at least and at most; things counted one by one are not rounded."""
    if all(f.step == 1 and f.value < 100_000 for f in (total, *parts)):
        told = sum((f.value for f in parts), Decimal(0))
        return told, told
    return sum((f.low for f in parts), Decimal(0)), sum((f.high for f in parts), Decimal(0))


_SEXES = re.compile("其中：?男(?P<of>[一-鿿]{0,3}?)[0-9]+[人名]?[、，和]女(?P=of)[0-9]+[人名]?$")


def _are_sexes(clause: Clause, total: Figure, found: Sequence[Figure]) -> bool:
    """Whether parts are the men and the women of what the total counts, who are all of them."""
    sexes = _SEXES.search(clause.text, total.start, found[-1].end)
    if not sexes or total.step != 1 or sum(f.value for f in found) > total.value:
        return False
    counted = clause.before(total, 12) + clause.text[total.end : sexes.start()]
    return sexes["of"] in ("", "性") or sexes["of"] in counted


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


# ---------------------------------------------------------------- a sum behind its parts
_CLOSES = re.compile("[，、](?P<scope>[全我][省市县区镇乡村]|两[项年])?(?P<word>共计|合计|总计|一共|总共|共|累计)$")
_GOES_ON = re.compile("[。；：]|其中|增长|下降|提高|同比|比上年|每|均|占")
_STOCK = re.compile("[新增改扩建]|完成|关闭|取消")
"""What is new, or gone: what is then told of the whole place counts more."""
_BESIDES = re.compile("以及|[和及与]|、[^，、]{2}|另|还|外加")
"""What tells of a part without a figure: 8个以及秘书厅，共64个."""
_YEARS = re.compile("[去今前]年|(?:19|20)[0-9]{2}年")
_GAP = 14
"""Characters between two parts."""


def totals(clause: Clause) -> Iterator[Hit]:
    """男972名，女424名，共计1386名: parts, then their sum."""
    for j, total in enumerate(clause.counts):
        closes = _CLOSES.search(clause.before(total, 8)) if j > 1 and total.unit not in _NO_SUM else None
        if not closes or not exact(total) or _BESIDES.search(clause.between(clause.counts[j - 1], total)):
            continue
        found = _run_before(clause, j)
        if len(found) < 2 or any(_adds_up(total, found[k:]) for k in range(len(found) - 1)):
            continue
        ahead = clause.text[max(clause.start, found[0].start - 10) : total.start]
        if closes["word"] == "累计" and not (closes["scope"] == "两年" and len(found) == 2 == len(_YEARS.findall(ahead))):
            continue
        if closes["word"] == "共" and closes["scope"] and _STOCK.search(ahead):
            continue
        sexes = len(found) == 2 and "男" in ahead and "女" in ahead
        message = f"前面的加起来是{_sum_of(clause, total, found)}，和{shown(clause, total)}对不上"
        yield replace(clause.hit(found[0], total, message), severity="E" if sexes else "W")


def _run_before(clause: Clause, j: int) -> list[Figure]:
    """The figures of one unit that stand side by side before a total."""
    found: list[Figure] = []
    for k in range(j - 1, max(j - 1 - _MOST, -1), -1):
        figure, after = clause.counts[k], clause.counts[k + 1]
        gap = clause.between(figure, after)
        if figure.unit != clause.counts[j].unit or not exact(figure) or len(gap) > _GAP or _GOES_ON.search(gap) or not _COMMA.search(gap):
            break
        found.insert(0, figure)
    return found if not found or not _CHANGE.search(clause.before(found[0])) else []


_COMMA = re.compile("[，、]")


# ---------------------------------------------------------------- what is left of a whole
_LEFT = re.compile("[，；、](?P<word>其余|余下|剩下|剩余|还有|尚有|仍有)的?$")
_UNDONE = re.compile("[^，。；]{0,10}(?:没|未|待|尚)")
_SHOULD, _CAME = re.compile("应到[一-鿿]{0,4}$"), re.compile("实到[一-鿿]{0,4}$")
_ABSENT = re.compile("(?:请假|缺席|缺勤|未到|因[病事][一-鿿]{0,4})[一-鿿]{0,2}$")


def remainders(clause: Clause) -> Iterator[Hit]:
    """85个村，79个通了公交，其余7个…: what is done and what is left make up the whole; 应到, 实到 and 请假 do not make up more."""
    if len(clause.counts) < 3 or not _TELLS_REST.search(clause.text, clause.start, clause.end):
        return
    for j, left in enumerate(clause.counts[2:], 2):
        word = _LEFT.search(clause.before(left, 8))
        if word and left.unit in COUNTED and exact(left):
            yield from _left(clause, j, sure=word["word"] not in ("还有", "尚有", "仍有"))
    for i, (whole, came) in enumerate(zip(clause.counts, clause.counts[1:], strict=False)):
        if _SHOULD.search(clause.before(whole, 8)) and _CAME.search(clause.before(came, 8)):
            gone = [f for f in clause.counts[i + 2 : i + 2 + _MOST] if f.unit == whole.unit and _ABSENT.search(clause.before(f, 8))]
            if gone and came.unit == whole.unit and exact(whole, came, *gone) and came.value + sum(f.value for f in gone) > whole.value:
                yield clause.hit(whole, gone[-1], f"实到和请假的加起来是{came.value + sum(f.value for f in gone)}，比应到的还多，请核对")


_TELLS_REST = re.compile("其余|余下|剩下|剩余|还有|尚有|仍有|实到")


def _left(clause: Clause, j: int, *, sure: bool) -> Iterator[Hit]:
    left = clause.counts[j]
    same = [f for f in clause.counts[max(j - _MOST, 0) : j] if f.unit == left.unit]
    if len(same) < 2 or any(f.value >= same[0].value for f in same[1:]) or not exact(*same) or any(f.step != 1 for f in (*same, left)):
        return
    if not sure and (len(same) > 2 or not _UNDONE.match(clause.text, left.end)):
        return
    if _CHANGE.search(clause.before(same[0])) or _GOES_ON.search(clause.between(same[0], left)[:-1].replace("其中", "")):
        return
    told = sum((f.value for f in same[1:]), left.value)
    if told != same[0].value:
        message = f"分开说的加起来是{plain_number(told)}，和总数{shown(clause, same[0])}对不上"
        yield replace(clause.hit(same[0], left, message), severity="E" if sure and len(same) == 2 else "W")
