"""Openings that say outright what a sentence does: 究其原因, 我将, 有的干部, 按照…部署, 实践告诉我们.

Writers of speeches signal the role of a sentence in its first words. Such a signal decides, whatever heading the
sentence stands under; only what has none is weighed by `phrasebank.classify`. The patterns are data:
`data/openings.tsv`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import cast

from phrasebank.model import Polarity, Role

GUARD: frozenset[Role] = frozenset({"measure", "pledge", "appeal", "lead", "experience", "achievement"})
"""Roles a negative or refuted sentence never has."""

_TABLE = Path(__file__).parent / "data" / "openings.tsv"
_NAMES = {
    "{WHEN}": r"(?:去年|前年|今年|近年|近几年|一年|两年|几年|这些年|过去一年|多年|上半年|一段时间|年初)(?:以?来|里)?",
    "{BODY}": r"[\u4e00-\u9fff、“”（）]",
}

IMPERATIVE = re.compile(r"^(?:要|必须|务必)(?!是)")
"""A sentence that begins so gives a task, even where it names the fault to be mended."""

WARNING = re.compile(
    r"(?:如果|若|倘若|一旦)[^，,]{0,12}(?:不|没有|脱离|丢|忘)|否则|不然的话"
    r"|(?<!没)不[^，,。]{2,14}[，,]就(?:不能|不会|不可能|无法|会)"
)
"""What comes of it if something is not done: an argument, and no task."""
WARNING_SIGNS = "如果 若 一旦 否则 不然 ，就 ,就"
"""Beginnings of words without one of which no warning stands in a text."""
FAULT = re.compile(
    r"不够|不深(?<!无不深)|不足(?!以)|不强(?!求)|不高(?!兴)|不实(?<!实不实)(?!事)|不到位|不扎实|不及时|不充分|不全面"
    r"|不彻底|不严格|不平衡|不适应|不愿|不敢|不会|不想|不真|不匹配"
    r"|存在.{0,24}(?:问题|现象|不足|差距|短板|情况|倾向|偏差|漏洞|弱项|思想)|有的(?!放矢|是"
    r"|群众).{0,30}|有些(?:党员|干部|同志|地方|部门|单位|人)|个别(?:党员|干部|同志|地方|部门|单位)"
    r"|少数(?:党员|干部)"
    r"|缺乏|缺失|弱化|淡化|滞后|畏难|推诿|扯皮|敷衍|脱离群众|走过场|走走形式|一知半解|断章取义"
    r"|重.{1,6}轻|不理解|不利于|大打折扣|得不到|差距|短板|脱节"
    r"|难(?<=[一-鿿]{2}难)[一-鿿]{2}(?=[，,。、；])|有待(?:加强|提高|改进)|怨气|抵触|浪费(?=现象"
    r"|严重)|不作为|乱作为|慢作为|形象工程|政绩工程|面子工程|过度承诺"
)
"""Words that name a fault."""
FAULT_SIGNS = (
    "不够 不深 不足 不强 不高 不实 不到 不扎 不及 不充 不全 不彻 不严 不平 不适 不愿 不敢 不会 不想 不真 不匹 存在 有的 有些 个别 少数"
    " 缺乏 缺失 弱化 淡化 滞后 畏难 推诿 扯皮 敷衍 脱离 走过 走走 一知 断章 轻 不理 不利 大打 得不 差距 短板 脱节 难 有待 怨气 抵触 浪费"
    " 不作 乱作 慢作 形象 政绩 面子 过度"
)
"""Beginnings of words without one of which no fault is named."""
TURNED = re.compile(
    r"坚决(?:反对|摒弃|纠正|防止|杜绝|克服|整治|破除)|避免|防止|杜绝|克服|摒弃|反对|不搞|决不|绝不"
    r"|不能|不得|切忌|严禁|整治|纠正|破除|解决|补齐|补足|弥补|消除|化解|而不是|力戒|防范|治理|着力"
    r"|聚焦|针对|查找|整改|改进|转变|缩小"
)
"""Words that say a fault is fought."""


def opening_of(sentence: str) -> tuple[Role, Polarity] | None:
    """Role and polarity by the sentence's first words, None when they do not tell."""
    return next(((role, polarity) for role, polarity, pattern in _openings() if pattern.search(sentence)), None)


@lru_cache(maxsize=1)
def _openings() -> tuple[tuple[Role, Polarity, re.Pattern[str]], ...]:
    """The table, neighbouring lines of one role joined into one pattern."""
    rows = [line.split("\t") for line in _TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return tuple(
        (cast(Role, role), cast(Polarity, polarity), re.compile("|".join(_named(row[2]) for row in group)))
        for (role, polarity), group in groupby(rows, key=lambda row: (row[0], row[1]))
    )


def _named(pattern: str) -> str:
    for name, body in _NAMES.items():
        pattern = pattern.replace(name, body)
    return pattern
