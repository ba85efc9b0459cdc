"""Words that change with the rank of the speaker: 全县 for a county is 全镇 for a town.

Mining turns such words into slots by the level of the text; drafting turns the slots back by the level of the writer.
Sources: common practice of county and township offices; a level that has no word for a slot cannot use a phrase with it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from phrasebank.scan import any_of

if TYPE_CHECKING:
    from phrasebank.sieve import Sieve

Words = tuple[str, ...]

SLOTS = (
    "whole", "our", "own", "committee", "government", "offices", "units", "unit", "leaders", "upper_committee", "upper",
)  # fmt: skip
"""whole 全县, our 我县, own 县里, committee 县委, government 县政府, offices 县直部门, units 各乡镇, unit 乡镇,
leaders 县级领导, upper_committee 市委, upper 市里."""

LEVELS: dict[str, dict[str, Words]] = {
    "省": {
        "whole": ("全省",), "our": ("我省",), "own": ("省里",), "unit": ("市州",),
        "committee": ("省委",), "government": ("省政府", "省人民政府"),
        "offices": ("省直部门", "省直各部门", "省直单位"), "units": ("各市州", "各地市"), "leaders": ("省级领导",),
        "upper_committee": ("中央",), "upper": ("中央",),
    },
    "市": {
        "whole": ("全市",), "our": ("我市",), "own": ("市里",), "unit": ("县区",),
        "committee": ("市委",), "government": ("市政府", "市人民政府"),
        "offices": ("市直部门", "市直各部门", "市直单位", "市直机关"), "units": ("各县区", "各区县", "各县（市、区）"),
        "leaders": ("市级领导",), "upper_committee": ("省委",), "upper": ("省里",),
    },
    "县": {
        "whole": ("全县",), "our": ("我县",), "own": ("县里",), "unit": ("乡镇",),
        "committee": ("县委",), "government": ("县政府", "县人民政府"),
        "offices": ("县直部门", "县直各部门", "县直单位", "县直各单位", "县直机关"),
        "units": ("各乡镇", "各镇街", "各乡镇（街道）"), "leaders": ("县级领导", "各县级领导"),
        "upper_committee": ("市委",), "upper": ("市里",),
    },
    "区": {
        "whole": ("全区",), "our": ("我区",), "own": ("区里",), "unit": ("镇街",),
        "committee": ("区委",), "government": ("区政府", "区人民政府"),
        "offices": ("区直部门", "区直各部门", "区直单位", "区直机关"), "units": ("各镇街", "各街镇", "各街道"),
        "leaders": ("区级领导",), "upper_committee": ("市委",), "upper": ("市里",),
    },
    "镇": {
        "whole": ("全镇",), "our": ("我镇",), "own": ("镇里",), "unit": ("村（社区）",),
        "committee": ("镇党委",), "government": ("镇政府", "镇人民政府"),
        "offices": ("镇直单位", "镇直各单位", "镇直部门", "镇属各部门", "镇属各单位", "镇机关各办公室"),
        "units": ("各村（社区）", "各村、各社区", "各村", "各社区"), "leaders": ("镇班子成员", "镇领导班子成员"),
        "upper_committee": ("县委",), "upper": ("县里",),
    },
    "乡": {
        "whole": ("全乡",), "our": ("我乡",), "own": ("乡里",), "unit": ("行政村",),
        "committee": ("乡党委",), "government": ("乡政府", "乡人民政府"),
        "offices": ("乡直单位", "乡直各单位", "乡直部门"), "units": ("各村",), "leaders": ("乡班子成员", "乡领导班子成员"),
        "upper_committee": ("县委",), "upper": ("县里",),
    },
    "街道": {
        "whole": ("全街道",), "our": ("我街道",), "own": ("街道上",), "unit": ("社区",),
        "committee": ("街道党工委",), "government": ("街道办事处",),
        "offices": ("街道各科室",), "units": ("各社区",), "leaders": ("街道班子成员",),
        "upper_committee": ("区委",), "upper": ("区里",),
    },
    "村": {
        "whole": ("全村",), "our": ("我村", "我们村"), "own": ("村里",), "unit": ("村民小组",),
        "committee": ("村党支部", "村党总支", "村党组织"),
        "government": ("村委会", "村民委员会"), "units": ("各村民小组", "各小组"), "leaders": ("村“两委”干部",),
        "upper_committee": ("镇党委",), "upper": ("镇里",),
    },
    "社区": {
        "whole": ("全社区",), "our": ("我社区", "我们社区"), "own": ("社区里",), "unit": ("网格",),
        "committee": ("社区党支部", "社区党总支", "社区党委"),
        "government": ("社区居委会", "居委会"), "units": ("各网格",), "leaders": ("社区“两委”干部",),
        "upper_committee": ("街道党工委",), "upper": ("街道",),
    },
    "局": {
        "whole": ("全局上下",), "our": ("我局",), "own": ("局里",), "unit": ("下属单位",),
        "committee": ("局党组", "局党委"),
        "offices": ("各科室", "局机关各科室", "各股室"), "units": ("局属各单位", "各下属单位"),
        "leaders": ("局班子成员", "局领导班子成员"), "upper_committee": ("县委",), "upper": ("县里",),
    },
    "学校": {
        "whole": ("全校",), "our": ("我校", "我们学校"), "own": ("学校里",), "unit": ("年级组",),
        "committee": ("学校党支部", "学校党总支", "学校党委", "校党委"),
        "offices": ("各处室",), "units": ("各年级组", "各年级"), "leaders": ("学校班子成员", "校领导班子成员"),
        "upper_committee": ("教育局党组",), "upper": ("县里",),
    },
    "医院": {
        "whole": ("全院",), "our": ("我院",), "own": ("医院里",), "unit": ("临床科室",),
        "committee": ("医院党支部", "医院党总支", "医院党委", "院党委"),
        "offices": ("各职能科室",), "units": ("各科室", "各临床科室"), "leaders": ("医院班子成员", "院领导班子成员"),
        "upper_committee": ("卫健局党组",), "upper": ("县里",),
    },
}  # fmt: skip

AREAS = frozenset({"省", "市", "县", "区", "镇", "乡", "街道", "村", "社区"})
"""Levels that govern a place; the others (局, 学校, 医院) run a unit, and what is said of a place is not said of them."""

_RULING = frozenset({"省", "市", "县", "区", "镇", "乡", "局"})
"""Levels whose 县里 or 镇里 means the organ itself."""

_NOT_BEFORE = {"units": "(?!民|组|户|的)", "committee": "(?!常委|党校|组织部|宣传部|统战部|政法委|办|全委)"}
"""What may not follow a level word: 各村民 is no 各村, 县委常委会 has no counterpart in a town."""

_TELLTALE = {name: tuple(w for slot in ("whole", "our", "committee", "government") for w in words.get(slot, ()))
             for name, words in LEVELS.items()}  # fmt: skip


def word_for(level: str, slot: str) -> str | None:
    """The word a speaker of `level` uses for `slot`, None where that level has none."""
    return next(iter(LEVELS.get(level, {}).get(slot, ())), None)


def guess_level(text: str) -> str | None:
    """The level whose words stand most often in `text`; None when none does."""
    counts = Counter({name: sum(text.count(word) for word in words) for name, words in _TELLTALE.items()})
    name, count = counts.most_common(1)[0]
    return name if count else None


@lru_cache
def level_pattern(level: str) -> re.Pattern[str]:
    """A pattern whose group names are slots, matching every level word of `level`, longest first."""
    pairs = _pairs(level)
    alternatives = [re.escape(word) + _NOT_BEFORE.get(slot, "") for word, slot in pairs]
    return re.compile("|".join(f"((?<![省市区县]、){body})" for body in alternatives) or r"(?!)")


@lru_cache
def level_words(level: str) -> re.Pattern[str]:
    """A pattern quick to search for: whether any level word of `level` stands in a text."""
    return any_of(word for word, _ in _pairs(level)) if level in LEVELS else re.compile("(?!)")


@lru_cache
def _work_of(level: str) -> re.Pattern[str]:
    """The level before what is done there: 县工作, but not 各县发展."""
    return re.compile(rf"{level}(?<![乡城村集市全各本我]{level})(?=工作|发展|经济|干部的|组织委员)")


def bound_to(text: str, level: str | None) -> bool:
    """Whether `text`, its level words already taken out, still names an organ only that level has (县委常委会)."""
    if level not in LEVELS:
        return False
    return bool(_organs(level).search(text) or (level in AREAS and _work_of(level).search(text)))


@lru_cache
def _organs(level: str) -> re.Pattern[str]:
    """Whether the level's own organs or its whole area are named."""
    return any_of(_TELLTALE[level])


def ranked_words(level: str | None) -> list[str]:
    """Words, or their first two characters, without one of which a text is not `bound_to` a level."""
    if level not in LEVELS:
        return []
    return [*_TELLTALE[level], *(f"{level[-1]}{first}" for first in "工发经干组")]


@lru_cache
def level_signs(level: str | None) -> Sieve:
    """A sieve with one sign: the level words of `level`."""
    from phrasebank.sieve import Sieve  # whoever only drafts goes without numpy

    return Sieve([[word for word, _ in _pairs(level)] if level in LEVELS else []])


@lru_cache
def slots_in_order(level: str) -> tuple[str, ...]:
    """Slot names by group number of `level_pattern(level)`."""
    return tuple(slot for _, slot in _pairs(level))


def _pairs(level: str) -> list[tuple[str, str]]:
    """Level words with their slots, longest first; 村里 and 学校里 are left alone, for they mean any village or school."""
    words = LEVELS.get(level, {})
    slots = [slot for slot in SLOTS if slot not in ("own", "unit") or level in _RULING]
    return sorted(((word, slot) for slot in slots for word in words.get(slot, ())), key=lambda pair: -len(pair[0]))
