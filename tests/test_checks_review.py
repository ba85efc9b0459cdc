"""What a review with fresh eyes taught the checks: each fault beside the wording that looks like it and is none."""

from __future__ import annotations

import pytest

from drafting.checks import Aids, choose, sums, load_rules
from drafting.checks.kinds import Example
from drafting.checks.run import check_example, check_text
from drafting.checks.text import of_text
from drafting.config import TEMPLATES

RULES = load_rules([TEMPLATES])
COUNTY = {"level": "县", "place": "青山县", "unit": "青山县人民政府", "year": 2026}
TOWN = {"level": "乡", "place": "临河乡", "unit": "临河乡人民政府", "year": 2026}
REPORT = {**COUNTY, "genre": "工作总结"}


def found(rule: str, text: str, **outline) -> list:
    (one,) = choose(RULES, [rule])
    return [f for f in check_example(one, Example(text, outline), Aids()) if f.severity != "I"]


PAIRS = [
    ("W04", "现在，我代表县人民政府，向大会报告工作。", "这一年我认为河堤修得最好。", REPORT),
    ("W04", "在此，我谨代表县人民政府表示感谢。", "在此我把一年的账说一说。", REPORT),
    ("W04", "以时不我待的劲头、舍我其谁的担当抓落实，形成你追我赶的局面。", "劲头要足，我也不例外。", REPORT),
    ("W04", "人人为我，我为人人，开展我爱家乡活动。", "全县开展活动，我负责水利。", REPORT),
    ("W04", "我方代表签了协议，民之所忧，我必念之。", "我在协议上签了字。", REPORT),
    ("W04", "我州堤防修了三里，我场我队都出了人。", "我跑遍了三里堤防。", REPORT),
    ("W04", "下面，我就河堤的事作简要说明。", "我从河堤上回来。", REPORT),
    ("W05", "口音成了我省力的由头。", "我省力争早修完。", TOWN | {"level": "县", "place": "青山县"}),
    ("W05", "我市场上买来的菜，我县城里没有房。", "我市市场红火。", COUNTY),
    ("W05", "我县城市建设加快。", "我市城建加快。", COUNTY),
    ("W05", "我区分了两类情况。", "我区分管领导到堤上。", COUNTY),
    ("W05", "我村里还有三亩地。", "我村有三亩地。", TOWN),
    ("W05", "全乡上下一条心，我乡的群众都说好。", "全镇上下一条心。", TOWN),
    ("W05", "全镇上下一条心。", "全县上下一条心。", {"level": "镇", "place": "临河"}),
]


@pytest.mark.parametrize(("rule", "clean", "faulty", "outline"), PAIRS)
def test_look_alikes_are_told_apart(rule, clean, faulty, outline):
    assert [(f.text, f.message) for f in found(rule, clean, **outline)] == []
    assert found(rule, faulty, **outline), faulty


def test_a_sentence_without_end_is_not_looked_through_again_for_every_figure(monkeypatch):
    """25,000 figures in a row took an hour: for each of them all that follow were compared."""
    seen = 0
    comparable = sums._comparable

    def counted(clause, total, parts, noun):
        nonlocal seen
        seen += len(parts)
        return comparable(clause, total, parts, noun)

    monkeypatch.setattr(sums, "_comparable", counted)
    check_text(of_text("增长%，达到3.5亿元，其中" * 600), choose(RULES, ["F04"]), Aids())
    assert 0 < seen < 600 * 120
