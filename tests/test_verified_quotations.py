"""Verified quotations: read from YAML with every fault named, and found by wordings that come near them."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import write_tree

from drafting.errors import ConfigError
from drafting.quotations import Quotations, Verified, load_quotations

DATA = Path(__file__).parent / "data"
ENTRIES = Quotations([
    Verified("先天下之忧而忧，后天下之乐而乐", "岳阳楼记", author="范仲淹"), Verified("民惟邦本，本固邦宁", "尚书", "五子之歌"),
    Verified("其身正，不令而行；其身不正，虽令不从", "论语", "子路", "孔子"),
])  # fmt: skip


def test_the_test_quotations_are_read():
    found = load_quotations([DATA])
    assert len(found.entries) >= 10
    assert found.entries[1].source == "《尚书·五子之歌》"


@pytest.mark.parametrize(
    ("wording", "likeness"),
    [("先天下之忧而忧,后天下之乐而乐。", 1.0), ("先天下之忧而忧", 1.0), ("古训云：民惟邦本，本固邦宁", 1.0), ("民为邦本，本固邦宁", 0.875)],
)
def test_likeness_counts_characters_alone(wording, likeness):
    near = ENTRIES.nearest(wording)
    assert near is not None
    assert near.likeness == pytest.approx(likeness)


def test_what_differs_is_told_character_by_character():
    near = ENTRIES.nearest("其身正，不令则行；其身不正，虽令不从")
    assert near is not None
    assert near.edits == (("则", "而"),)
    assert near.wording == "其身正，不令而行；其身不正，虽令不从"


def test_a_part_of_an_entry_is_compared_with_that_part():
    near = ENTRIES.nearest("其身正，不领而行")
    assert near is not None
    assert (near.edits, near.wording) == ((("领", "令"),), "其身正，不令而行")


@pytest.mark.parametrize("wording", ["", "民惟邦本", "上下同欲者胜", "天下大事必作于细", "先进先锋先行先试", "的" * 300])
def test_other_wordings_are_nothing(wording):
    assert ENTRIES.nearest(wording) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("text: 不是列表\n", "应为一条条"),
        ("- 一句话\n", "第1条引语应为若干“键: 值”"),
        ("- {text: 民惟邦本，本固邦宁, works: 尚书, verified: true}\n", "没有“works”这个键，最接近的是“work”"),
        ("- {work: 尚书, verified: true}\n", "第1条引语缺少“text”"),
        ("- {text: 民惟邦本，本固邦宁, verified: true}\n", "第1条引语缺少“work”"),
    ],
)
def test_a_faulty_entry_is_named(tmp_path, text, message):
    folder = write_tree(tmp_path, {"quotations/own.yaml": text})
    with pytest.raises(ConfigError, match=message):
        load_quotations([folder])
