"""Parts of F04 that look at two or three figures side by side: shares and rates against their whole, ranges and years that run
backwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from drafting.checks.clauses import Clause, exact, plain_number, scale_of, shown, within
from drafting.checks.kinds import Hit
from drafting.checks.numbers import Figure

_SHARE = re.compile(r"^[^。；\d]{0,14}?，?占(?:总(?:数|量|额|人数|户数)|全部|比重?|其中)?(?:的|比重?)?(?:为|达到?)?$")
_WITHIN = re.compile("其中|中，?(?:有|已|共)|[里内]有")
"""What shows that the second of two figures is part of the first."""
_RATE = re.compile(r"^[一-鿿]{0,8}[，、](?P<root>[一-鿿]{1,4})率(?:高?达到?|为|是)?$")
_CHANGED = re.compile("(?:增加|增长|减少|新增|净增|下降|压缩|提高|多|少)了?$")
_NO_PART = re.compile("增|减|降|提高|上升|比|超|人均|户均|另|还|此外|以及")
_ORDER = re.compile(
    r"(?<![\d.])(?P<first>(?:19|20)\d\d)(?:年[^，。；\d]{0,6}(?:到|至|—|－|–|-|～|~)|(?:—|－|–|-|～|~|至))(?P<second>(?:19|20)\d\d)年"
)
_TO = re.compile(r"^[～~—－–\-至到]{1,2}$")
_FALLS = re.compile("[由从第前降减缩跌压低零高]|下|排名|比分|气温|版|号|电话")
_TIMES = ("年", "届", "期", "批", "层", "号", "周", "月", "天", "小时", "分钟", "度", "岁", "位", "名", "级", "次", "场", "分", "孔", "")
"""Units in which a range may run down, or is none."""
_FAR = 20
"""Times by which two ends of a range in one scale are apart at most: 500～1万元 is 500元 to 10,000."""


def shares(clause: Clause) -> Iterator[Hit]:
    """T，其中N，占P% and T，合格N，合格率P%: P against N and T."""
    for total, part, share in zip(clause.counts, clause.counts[1:], clause.counts[2:], strict=False):
        if share.unit != "%" or total.unit != part.unit or total.unit in ("%", "", "个百分点", "倍", "成") or not exact(total, part, share):
            continue
        if total.low <= 0 or part.value > total.value or not _is_share(clause, total, part, share):
            continue
        if not within(share, part.low * 100 / total.high, part.high * 100 / total.low):
            right = f"{shown(clause, part)}占{shown(clause, total)}的{part.value * 100 / total.value:.1f}%"
            yield clause.hit(total, share, f"{right}，这里写的是{shown(clause, share)}")


def _is_share(clause: Clause, total: Figure, part: Figure, share: Figure) -> bool:
    """Whether a percentage is that of the part in the whole: 其中…占, or a rate that is called as what was done to the part."""
    between, behind = clause.between(total, part), clause.between(part, share)
    if len(between) > _ROOM or _CHANGED.search(clause.before(total, 6)) or _NO_PART.search(between) or _NO_PART.search(behind):
        return False
    if _SHARE.match(behind):
        noun = between.rstrip("，、")  # 100个村，95个村…占
        return bool(_WITHIN.search(between)) or (0 < len(noun) < _NOUN and behind.startswith(noun))
    rate = _RATE.match(behind)
    return rate is not None and _root(rate["root"], between + _done(behind))


def _done(behind: str) -> str:
    """What was done to the part, told behind it: 79个村通了公交，通达率."""
    return "通达" if re.match("[一-鿿]{0,3}(?:通了?|通上了?|开通了?)[一-鿿]", behind) else ""


_OF = re.compile("^[^。；：，0-9]{0,8}，?[^。；：，0-9]{0,2}(?:占|完成|达到?|相当于|为|是)了?[^。；：，0-9]{0,12}$")
_OF_IT = re.compile("^[一-鿿]{0,6}的$")
_NOT_OF = re.compile("增|减|降|比|超|升|快|慢|上年|去年")


def shares_of(clause: Clause) -> Iterator[Hit]:
    """79个，占全县85个村的82.9%: P against what it is said to be of."""
    for part, whole, share in zip(clause.counts, clause.counts[1:], clause.counts[2:], strict=False):
        if share.unit != "%" or whole.unit != part.unit or part.unit in ("%", "", "个百分点", "倍", "成") or not exact(part, whole, share):
            continue
        if not _OF_IT.match(clause.between(whole, share)) or not _OF.match(between := clause.between(part, whole)) or whole.low <= 0:
            continue
        if _NOT_OF.search(between) or _CHANGED.search(clause.before(whole, 6)) or within(
            share, part.low * 100 / whole.high, part.high * 100 / whole.low
        ):
            continue
        right = f"{shown(clause, part)}是{shown(clause, whole)}的{part.value * 100 / whole.value:.1f}%"
        yield clause.hit(part, share, f"{right}，这里写的是{shown(clause, share)}")


_EACH = re.compile("，(?:平均)?(?P<per>[户人亩村])均(?P<what>[一-鿿]{0,4}?)(?:达到?|为)?$")
_GIVEN = re.compile("(?P<what>分红|补助|补贴|补偿|奖励|救助|发放|兑现|慰问)[^，。；]{0,8}$")
_REACHES = re.compile("^[^。；0-9]{0,8}(?:惠及|覆盖|分给|发给|补给|用于|受益|涉及|奖励|救助|慰问)[^，。；0-9]{0,6}$")
_PER = {"户": "户家", "人": "人名", "亩": "亩", "村": "个"}


def means(clause: Clause) -> Iterator[Hit]:
    """分红60万元，惠及300户，户均3000元: what each gets against what is given to all."""
    for given, many, each in zip(clause.counts, clause.counts[1:], clause.counts[2:], strict=False):
        per = _EACH.search(clause.between(many, each)) if each.unit == given.unit == "元" else None
        if not per or many.unit not in _PER[per["per"]] or not exact(given, many, each) or many.low <= 0:
            continue
        what = _GIVEN.search(clause.before(given, 14))
        if not what or not _REACHES.match(clause.between(given, many)) or per["what"] not in ("", what["what"]):
            continue
        low, high = given.low / many.high, given.high / many.low
        if not within(each, low, high):
            right = f"{shown(clause, given)}分给{shown(clause, many)}，{per['per']}均是{given.value / many.value:.0f}元"
            yield replace(clause.hit(given, each, f"{right}，这里写的是{shown(clause, each)}"), severity="W")


_NOUN = 5
"""Characters of what is counted, said again with the part, that are too many."""
_ROOM = 16
"""Characters between a whole and its part."""
_ROOTS = {"到会": "实到", "出席": "实到", "参会": "实到", "到课": "实到", "出勤": "实到", "到位": "到位"}


def _root(root: str, words: str) -> bool:
    """Whether a rate is named after what stands before: 合格95家，合格率."""
    return root in words or _ROOTS.get(root, root) in words


def order(clause: Clause) -> Iterator[Hit]:
    """由2025年到2023年, 2025年至2023年: the later year stands first."""
    for found in _ORDER.finditer(clause.text[clause.start : clause.end]):
        if int(found["second"]) < int(found["first"]):
            yield Hit(clause.paragraph, clause.start + found.start(), clause.start + found.end(), "前后年份颠倒了，请核对")


def ranges(clause: Clause) -> Iterator[Hit]:
    """5～3万元: the greater end stands first."""
    for a, b in pairwise(clause.counts):
        if not _TO.match(clause.between(a, b)) or b.unit in _TIMES or a.unit not in ("", b.unit):
            continue
        if _FALLS.search(clause.before(a, 6)) or _FALLS.search(clause.between(a, b)):
            continue
        first, second = _ends(a, b)
        if second < first < second * _FAR:
            right = f"{plain_number(second)}～{plain_number(first)}"
            yield clause.hit(a, b, f"“{clause.text[a.start : b.end]}”前大后小，应是{right}，请核对")


def _ends(a: Figure, b: Figure) -> tuple[Decimal, Decimal]:
    """Both ends in one scale: 5～3万元 is 5 and 3 of 万元, 5万～3万元 too."""
    scale = scale_of(b)
    return (a.value if scale_of(a) == 1 and scale > 1 else a.value / scale), b.value / scale
