"""F03 against an outline's facts: figures swapped, of another unit or year, in Chinese numerals, each beside what is right."""

from __future__ import annotations

import pytest

from drafting.checks import Aids, choose, load_rules
from drafting.checks.kinds import Example
from drafting.checks.run import check_example

(F03,) = choose(load_rules(), ["F03"])
FACTS = [
    {"name": "办结群众诉求", "value": 428, "unit": "件", "year": 2025, "source": "镇便民服务中心"},
    {"name": "新改建农村公路", "value": 36, "unit": "公里", "year": 2025, "source": "镇经发办"},
    {"name": "入户走访", "value": 1860, "unit": "户", "year": 2025, "source": "驻村工作队"},
    {"name": "群众满意率", "value": 96.4, "unit": "%", "year": 2025, "source": "县统计局"},
    {"name": "发放补助", "value": "4.5", "unit": "万元", "year": 2025, "source": "财政所"},
    {"name": "办成民生实事", "value": 12, "unit": "件", "year": 2025, "source": "镇党政办"},
    {"name": "收入", "value": 50, "unit": "万元", "year": 2025, "source": "财政所"},
]


def found(text: str) -> list[tuple[str, str]]:
    outline = {"facts": FACTS, "level": "镇", "place": "临河镇", "year": 2026}
    return [(f.severity, f.text) for f in check_example(F03, Example(text, outline), Aids())]


PAIRS = [
    ("办结群众诉求428件，新改建农村公路36公里。", "办结群众诉求36件，新改建农村公路428公里。", ["36件", "428公里"]),
    ("办结群众诉求428件，入户走访1860户。", "办结群众诉求428户，入户走访1860件。", ["428户", "1860件"]),
    ("群众送来428件诉求，都办结了。", "群众送来诉求，428户都办结了。", ["428户"]),
    ("2025年，全镇办结群众诉求428件。", "2024年，全镇办结群众诉求428件。", ["428件"]),
    ("去年，全镇办结群众诉求428件。", "2024年，我镇共办结群众诉求428件。", ["428件"]),
    ("2024年建成的大厅里，全年办结群众诉求428件。", "2024年办结群众诉求四百二十八件。", ["四百二十八件"]),
    ("办结群众诉求四百二十八件。", "办结群众诉求四百八十二件。", ["四百八十二件"]),
    ("群众送来诉求四百二十八件，一百件事里九十九件有回音。", "群众送来诉求四百八十二件。", ["四百八十二件"]),
    ("群众满意率为96.4%。", "群众满意率为96.4个百分点。", ["96.4个百分点"]),
    ("发放补助4.5万元，也就是45000元。", "发放补助4.5亿元。", ["4.5亿元"]),
    ("办成民生实事十二件。", "办成民生实事十件。", ["十件"]),
    ("入户走访1860家，走了36千米路。", "入户走访36家，走了1860千米路。", ["36家", "1860千米"]),
    ("办结群众诉求四百多件。", "办结群众诉求400件。", ["400件"]),
    ("办结群众诉求一批，还有一批在办。", "办结群众诉求两批。", ["两批"]),
    ("村集体收入12件实事都办到了，收入50万元。", "全镇收入12万元。", ["12万元"]),
]


@pytest.mark.parametrize(("clean", "faulty", "places"), PAIRS)
def test_a_figure_stands_for_its_own_fact_alone(clean, faulty, places):
    """That a figure stands somewhere on the sheet is not enough."""
    assert found(clean) == []
    assert found(faulty) == [("E", place) for place in places]


def test_what_is_told_names_the_fact():
    """A writer sees at once which figure he has taken and which he wanted."""
    told = [check_example(F03, Example(f"办结群众诉求{words}。", {"facts": FACTS}), Aids())[0].message for words in ("36公里", "99件")]
    assert "“办结群众诉求”是428件（2025年），这里写的是36公里" in told[0]
    assert "99件不在事实清单里：清单里“办结群众诉求”是428件" in told[1]


def test_a_small_figure_met_by_chance_names_no_fact():
    """12公里 beside a fact of 12件 is not on the sheet, but that says nothing about the fact."""
    (chance,) = check_example(F03, Example("全镇清理河道12公里。", {"facts": FACTS}), Aids())
    (same,) = check_example(F03, Example("送来的诉求428户都有着落。", {"facts": FACTS}), Aids())
    assert "办成民生实事" not in chance.message
    assert "办结群众诉求是428件，这里单位是“户”" in same.message
