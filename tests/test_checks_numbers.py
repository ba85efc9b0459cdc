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
