"""Names that no list has, told by how they end: 临河水库, 石桥大道, 东岭实业有限公司.

From the ending one goes back as far as nothing but a name can stand: to a mark, a function word, a level word or an
ordinary word (推进|石桥大道). What is left must be a name, not an ordinary word (教育集团). The lists are `data/endings.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from phrasebank.gazetteer import FUNCTION_WORDS, begins_place, is_ordinary, is_place
from phrasebank.name_patterns import alternation
from phrasebank.wordlists import groups

_LISTS = {key: frozenset(words) for key, words in groups("endings").items()}
_SETTLEMENTS, _NATURE, _BODIES = _LISTS["settlement"], _LISTS["nature"], _LISTS["body"]
_ENDING = re.compile(alternation(_SETTLEMENTS | _NATURE | _LISTS["feature"] | _BODIES))
_LONGEST = 6
"""Characters of a place's own name at most; a body's may have two more."""

_BEFORE_NAMES = "赴沿跨访驻游抵经建修抓办连接通入进出环绕迎新原老各对即如像含赞好把称"
"""Verbs and the like of one character that a name follows at once."""
_NOT_AFTER = {
    "高速": re.compile("增长|发展|增|运|成长|扩张|推进|宽带|网|度|路"),
    "县": re.compile("级|域|情|城|里|区|乡"),
    "镇": re.compile("级|域|村|街|区|里|化|痛|静|居民"),
    "乡": re.compile("镇|村|亲|愁|土|贤|规|风|音|情|里|级|道"),
    "村": re.compile("民|级|里|委|规|干|容|貌|组|庄|落|镇|务|情|晚|域|企|集体|部|卫|医|史|道"),
    "街道": re.compile("工厂"),
    "小学": re.compile("生"),
    "中学": re.compile("生"),
    "大学": re.compile("生"),
    "社区": re.compile("工厂"),
}
"""What makes an ending part of another word or a mere rank."""
_NO_SETTLEMENT = re.compile(
    r"[先再即后图须应报交送凡以时些家入户走农行政型强弱一二三四五六七八九十百千万所族]"
    r"|[返下回离驻归]$"
    r"|^(?:美丽|文明|示范|重点|边远|偏远|贫困|和谐|智慧|数字|平安|基层|街道|社区|特色|传统|其他|相关"
    r"|先进|后进|薄弱|空心|城中|城郊|中心|建制|驻地|产业|民族|革命|脱贫|经济|城|小|大|新|山|古|名|集|强)+$"
)
_NO_NATURE = "银大还强陆贸空排饮越翻一两三千万各"
"""What stands before a mountain, river or port that is none of its own: 金山银山, 大江大河, 退田还湖, 自贸港."""
_QUALITIES = "性化型式类级种"
"""Last characters of words of quality: 普惠性幼儿园."""


def find_by_ending(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind (place, org) of each unknown name in `text` that ends as places or bodies do."""
    for match in _ENDING.finditer(text):
        ending, at, end = match.group(), match.start(), match.end()
        if _is_other_word(text, ending, at):
            continue
        core = _without_trade(text, at) if len(ending) > 1 else at
        start = start_of_name(text, core, _LONGEST + 2 * (ending in _BODIES))
        if _is_name(text[start:core], ending):
            yield start, end, "org" if ending in _BODIES else "place"


def start_of_name(text: str, end: int, most: int) -> int:
    """Where the name that ends at `end` begins; `end` when it would be longer than `most` characters."""
    start = end
    while start and end - start <= most + 1 and "一" <= text[start - 1] <= "鿿" and text[start - 1] not in FUNCTION_WORDS:
        start -= 1
        pair = text[start : min(start + 2, end)]
        if is_ordinary(pair) and pair not in _LISTS["part"]:
            start += 1 if start and is_ordinary(text[start - 1 : start + 1]) else 2  # 中共|青山: 共青 goes across two words
            break
    while end - start > 2 and text[start] in _BEFORE_NAMES:
        start += 1
    return start if end - start <= most else end


def _is_other_word(text: str, ending: str, at: int) -> bool:
    """Whether the ending at `at` is the beginning of another word: 高速增长, 村民, 江苏."""
    if ending in _NATURE and (is_ordinary(text[at : at + 2]) or begins_place(text, at)):
        return True
    barred = _NOT_AFTER.get(ending)
    return bool(barred and barred.match(text, at + len(ending)))


def _without_trade(text: str, end: int) -> int:
    """Where the words of trade or kind before `end` begin: 临河|实业|有限公司, 青山|经济|技术|开发区."""
    while text[max(0, end - 2) : end] in _LISTS["trade"]:
        end -= 2
    return end


def _is_name(name: str, ending: str) -> bool:
    """Whether what stands before an ending names one thing of its kind."""
    if len(name) < 2 or name[-1] in _QUALITIES or (len(name) < 4 and name[-2:] in _LISTS["type"]):
        return False
    if len(ending) == 1 and is_ordinary(name[-1] + ending):
        return False
    if ending in _SETTLEMENTS:
        return len(name) <= (5 if ending == "社区" else 3) and not _NO_SETTLEMENT.search(name) and not is_ordinary(name[-2:])
    if ending in _NATURE:
        listed = len(name) < 4 and (is_place(name[-1] + ending) or is_place(name[-2:] + ending))
        return len(name) < 5 and name[-1] not in _NO_NATURE and not listed and not is_ordinary(name[-2:])
    return True
