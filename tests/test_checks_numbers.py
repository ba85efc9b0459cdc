"""Figures in running text: value, unit and exactness, in Arabic and Chinese numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.checks.kinds import Aids
from drafting.checks.numbers import find_figures
from drafting.checks.rules import choose, load_rules
from drafting.checks.run import check_text
from drafting.checks.text import of_text
from drafting.numerals import chinese

F04 = choose(load_rules(), ["F04"])


@pytest.mark.parametrize(
    ("text", "value", "unit", "about"),
    [
        ("36公里", "36", "公里", False), ("3,256名", "3256", "名", False), ("6.5万元", "65000", "元", False),
        ("2.3亿元", "230000000", "元", False),
        ("30%", "30", "%", False), ("百分之三十", "30", "%", False),
        ("百分之九十二点五", "92.5", "%", False), ("一百二十户", "120", "户", False),
        ("两千零三人", "2003", "人", False), ("1.2个百分点", "1.2", "个百分点", False), ("约500户", "500", "户", True),
        ("300多人", "300", "人", True),
        ("六亿三千万元", "630000000", "元", False), ("近千人", "1000", "人", True), ("10万亩以上", "100000", "亩", True),
    ],
)  # fmt: skip
def test_a_figure_is_read(text, value, unit, about):
    (figure,) = find_figures(text)
    assert (figure.value, figure.unit, figure.about) == (Decimal(value), unit, about)


@pytest.mark.parametrize("text", ["三五户人家", "七八个人", "一把钥匙开一把锁", "进一步提高", "千方百计", "万无一失"])
def test_words_that_hold_numerals_are_no_figures(text):
    """Guesses (三五) and set phrases are not compared with anything."""
    assert [f for f in find_figures(text) if f.value > 1 and not f.about] == []


@given(st.integers(1, 99))
def test_chinese_and_arabic_numerals_tell_the_same(number):
    (han,), (arabic,) = find_figures(f"{chinese(number)}户"), find_figures(f"{number}户")
    assert han.value == arabic.value == number


def findings(text: str) -> list[str]:
    return [f.message for f in check_text(of_text(text), F04, Aids()).findings]


@given(st.integers(100, 9000), st.integers(1, 200), st.integers(0, 2))
def test_growth_worked_out_with_any_rounding_is_passed(base, percent, places):
    """A growth rate told to none, one or two places of what base and result give is never an error."""
    result = base + base * percent // 100
    if result == base:
        return
    rate = round(Decimal(result - base) * 100 / base, places)
    assert findings(f"受益农户由{base}户增加到{result}户，增长{rate}%。") == []


@given(st.integers(100, 9000), st.integers(5, 200), st.integers(3, 50))
def test_growth_that_is_off_is_found(base, percent, off):
    """A rate that misses by three points and more is an error, however the figures are."""
    result = base + base * percent // 100
    rate = round(Decimal(result - base) * 100 / base, 1) + off
    assert any("算出来是" in message for message in findings(f"受益农户由{base}户增加到{result}户，增长{rate}%。"))


@given(st.lists(st.integers(2, 500), min_size=2, max_size=6), st.integers(-40, 40))
def test_parts_are_compared_with_their_sum(parts, off):
    """A sum is told to be wrong if and only if it is."""
    total = sum(parts) + off
    if total < 2:
        return
    listed = "、".join(f"{name}{part}户" for name, part in zip("甲乙丙丁戊己", parts, strict=False))
    assert bool(findings(f"全镇共有{total}户：{listed}。")) == (off != 0)


@pytest.mark.parametrize(
    ("clean", "faulty"),
    [
        ("2024年全县粮食总产量18万吨。\n2025年全县粮食总产量20万吨。", "2024年全县粮食总产量18万吨。\n2024年全县粮食总产量20万吨。"),
        ("去年全县生产总值120亿元，今年全县生产总值150亿元。", "去年全县生产总值120亿元。\n去年，全县地区生产总值达到150亿元。"),
        ("全县常住人口30万人。\n全县户籍人口35万人。", "全县常住人口30万人。\n全县常住人口35万人。"),
        ("2024年新建公路30公里。\n2024年新建公路50公里。", "2024年公路总里程30公里。\n2024年公路总里程50公里。"),
        ("全县共有30万人，其中城镇13万人，农村17万人。", "全县共有30万人，其中城镇20万人，农村17万人。"),
        ("全县总人口37万，其中男性20万、女性17万。", "全县总人口30万，其中男性20万、女性17万。"),
        ("全镇30名干部，其中党员20名、妇女17名，都上了堤，其中还有退伍军人9名。", "全镇30名干部，其中男干部20名、女干部17名。"),
        ("抽查企业100家，合格95家，合格率95%。", "抽查企业100家，合格95家，合格率90%。"),
        ("应到代表100名，实到95名，到会率95%。", "应到代表100名，实到95名，到会率90%。"),
        ("100户贫困户中有95户脱贫，占95%。", "100户贫困户中有95户脱贫，占90%。"),
        ("全镇100个村，95个村通了硬化路，占95%。", "全镇100个村，95个村通了硬化路，占90%。"),
        ("城镇新增就业9.8万人，创业带动就业1.5万人，应届毕业生就业率达88.9%。", "排查隐患100处，已整改95处，整改率达88.9%。"),
        ("减少审批事项286项，进驻中心196项、占总数的95%。", "共有事项286项，其中进驻中心196项、占总数的95%。"),
        ("2023年至2025年，全县修路三十公里。", "2025年至2023年，全县修路三十公里。"),
        ("2023—2025年，全县修路三十公里。", "2025—2023年，全县修路三十公里。"),
        ("人均收入从三千元提高到六千元，增长百分之一百。", "人均收入从三千元提高到六千元，增长百分之五十。"),
        ("农户由三百户增至四百五十户，增长五成。", "农户由三百户增至四百五十户，增长七成。"),
        ("收入由三百万元增至九百万元，增长两倍。", "收入由三百万元增至九百万元，增长五倍。"),
        ("每亩增收3～5万元，每户补助500～1万元。", "每亩增收5～3万元。"),
        ("每户补助30%—50%，办结时限由15—10天再压缩。", "每户补助50%—30%。"),
    ],
)
def test_figures_that_fit_and_figures_that_do_not(clean, faulty):
    """One indicator without a verb, parts of persons, rates, years and ranges that run backwards, growth in Chinese numerals."""
    assert findings(clean) == []
    assert len(findings(faulty)) == 1


F02 = choose(load_rules(), ["F02"])


@pytest.mark.parametrize("text", ["增长了 %以上", "增长了%以上", "增长了　　％以上", "提高了以上", "达到左右", "增长了 % 以上"])
def test_a_digit_lost_before_a_rough_word_is_found(text):
    assert check_text(of_text(f"全县收入{text}，大家都高兴。"), F02, Aids()).findings
    right = text.replace("%", "30%").replace("％", "30％") if "%" in text or "％" in text else f"{text[:-2]}三成{text[-2:]}"
    assert not check_text(of_text(f"全县收入{right}，大家都高兴。"), F02, Aids()).findings


LOST = [
    ("群众满意率达到96%，比上年有提高。", "群众满意率达到，比上年有提高。"),
    ("参保率为96%，覆盖率为98%。", "参保率为，覆盖率为98%。"),
    ("全镇有个村民说得好，个人出一点，有个社区的老人也来了。", "全镇有个行政村、个村民小组，都通了路。"),
    ("户籍人口三万人。", "户籍人口万人。"),
    ("惠及群众百余户，其余人不在家。", "惠及群众余户。"),
    ("今年粮食产量达百吨，亩产近吨。", "今年粮食产量达吨。"),
    ("参会的有党员、群众代表，共产党员人人有责，法定代表人，也要到场。", "参会的有党员人、工人5人。"),
    ("每亩增收百元，户均分红千元。", "每亩增收元，户均分红千元。"),
    ("对照（一）元素表，完成投资（含贷款）一亿元。", "完成投资（　）亿元。"),
    ("今年（　）月，财政收入增长（约）5%。", "财政收入增长（）%。"),
]


@pytest.mark.parametrize(("clean", "faulty"), LOST)
def test_a_hole_where_a_figure_stood_is_found(clean, faulty):
    assert check_text(of_text(clean), F02, Aids()).findings == ()
    assert [f.severity for f in check_text(of_text(faulty), F02, Aids()).findings][:1] == ["E"]
