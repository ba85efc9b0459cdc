"""Words of a text, by jieba or by rjieba."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrasebank.segment import VARIABLE, segmenter, words

needs_rjieba = pytest.mark.skipif(find_spec("rjieba") is None, reason="rjieba is not installed (extra `fast`)")
SENTENCES = (
    "临河镇要把巡河护堤的责任落到每一个村，不留空白。",
    "青山县今年修好了水渠36公里，群众用水方便了。",
    "我们抓工作，要一件一件地抓，抓一件成一件。",
    "会上通报了3个村的问题，整改期限到2025年12月底。",
    "干部要多到田间地头去，听一听老百姓怎么说。",
    "全镇上下拧成一股绳，谁也不能当看客！",
    "互联网+政务服务让群众少跑腿，PPT 里的数字要变成手里的实惠。",
    "种粮大户老周说：“水来了，心就定了。”",
)


@pytest.fixture(params=["jieba", pytest.param("rjieba", marks=needs_rjieba)])
def each_segmenter(request, monkeypatch):
    monkeypatch.setenv(VARIABLE, request.param)
    return request.param


def test_the_variable_forces_a_segmenter(each_segmenter):
    """NIGAO_SEGMENTER says which one is used, and `segmenter` says so."""
    assert segmenter() == each_segmenter


def test_cutting_loses_nothing(each_segmenter):
    """The words of a text, put together, are the text."""
    for text in SENTENCES:
        assert "".join(words(text)) == text


@needs_rjieba
def test_the_fast_segmenter_is_used_where_it_is_installed(monkeypatch):
    """Without the variable rjieba goes first."""
    monkeypatch.delenv(VARIABLE, raising=False)
    assert segmenter() == "rjieba"


@needs_rjieba
def test_ordinary_prose_is_cut_alike(monkeypatch):
    """Every cut of the sentences above is the same; in 171,534 cuts of 25 government reports, 2 were not (2020-2035)."""
    cuts = {}
    for name in ("jieba", "rjieba"):
        monkeypatch.setenv(VARIABLE, name)
        cuts[name] = [words(text) for text in SENTENCES]
    assert cuts["jieba"] == cuts["rjieba"]


@needs_rjieba
@pytest.mark.parametrize(
    ("text", "jieba", "rjieba"),
    [
        ("规划2020-2035年", "规划|2020|-|2035|年", "规划|2020-2035|年"),
        ("Wi-Fi", "Wi|-|Fi", "Wi-Fi"),
        ("a_b c.d", "a|_|b| |c|.|d", "a_b| |c.d"),
    ],
)
def test_where_the_segmenters_differ(monkeypatch, text, jieba, rjieba):
    """rjieba keeps together what hyphens, underscores and dots join among letters and figures; jieba takes it apart."""
    for name, expected in (("jieba", jieba), ("rjieba", rjieba)):
        monkeypatch.setenv(VARIABLE, name)
        assert "|".join(words(text)) == expected


@needs_rjieba
@given(st.text("临河镇要把堤修牢，36！ \n", max_size=40))
def test_rjieba_loses_nothing_of_any_text(text):
    """Marks, spaces and ends of lines come back as they were."""
    import rjieba

    assert "".join(rjieba.cut(text)) == text
