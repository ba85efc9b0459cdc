"""Quick looks before slow ones: a hint must find something wherever the pattern does that it stands for."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrasebank import defects, noise, page_patterns, sentences
from phrasebank.mending import Block
from phrasebank.scan import WordCounter, any_of

LETTERS = "甲乙丙a.*"
DAMAGED = (
    "增长 达 达到 超 超过 共 共有 约 收入 占比 完成 了 为 至 余 多 * ＊ × xX 某某 _ 个百分点 亿元 万元 公里 平方米 万亩 万人 余户 户， "
    "万人次 , ; : ? ! ( ) ' 人次 元。 名群 年 月 县 书记 % ％ 百分之 习 在 的的 和和 确 ， 。 、 ； 松驰 销售经济人 做为一名 的 是 3 0"
)
FOREIGN = (
    "微信 微信号 QQ 电话 13800000000 : ： a1 ab_c zz- @ example .com .cn . www. http:// https:// /x 本文章 由 扫描 二维码 浏览 12 "
    "评论 （3） 登录 后 可 查看 公文 平台 下载 积分 只能看到 公众号 关注“某某” 更多 材料 海量 欢迎 加 客服 小编 进群 入群 群众 #paidbegin# "
    "[hide] 字 [/hide] {{ }} <!-- --> 【付费】 $$pay$$ @@水印@@ ** "
    "公文网 <br/> </p> 省略 未完 全文共 3000 显示 剩余 50% 余下 试读 中略 隐藏 ， 。"
)


HINTS = [
    *((DAMAGED, hint, pattern) for hint, patterns in defects._BY_LINE for pattern, _ in patterns),
    (DAMAGED, defects._HALF_HINT, defects._HALF),
    *((FOREIGN, hint, cue) for cue, _, hint in noise.CUES),
    *((FOREIGN, noise.SUSPECT, found) for found in (noise.TRIGGER, noise.GAP_WORDS, noise.MARKER, noise.TAG)),
    *((FOREIGN, page_patterns.STRAY_HINT, stray) for _, stray in page_patterns.STRAY),
    *((FOREIGN, noise.MARK, found) for found in (noise.MARKER, noise.TAG)),
]
"""Of what a text may be made, the hint, and the pattern it stands for."""


@given(st.lists(st.text(LETTERS, min_size=1, max_size=3), min_size=1, max_size=5), st.text(LETTERS, max_size=12))
def test_any_of_finds_a_word_where_there_is_one(words: list[str], text: str) -> None:
    found = any_of(words).search(text)
    assert (found is not None) == any(word in text for word in words)
    assert found is None or found.group() in words


@given(st.lists(st.text("甲乙a𠀀", min_size=1, max_size=6), max_size=6), st.text("甲乙a𠀀", max_size=20))
def test_a_counter_counts_each_word_as_a_string_does(words: list[str], text: str) -> None:
    assert WordCounter(words).counts(text) == {word: n for word in words if (n := text.count(word))}


@pytest.mark.parametrize(("words", "hint", "pattern"), HINTS, ids=range(len(HINTS)))
def test_what_a_pattern_finds_has_its_hint(words: str, hint: re.Pattern[str], pattern: re.Pattern[str]) -> None:
    texts = map("".join, itertools.product(words.split(), repeat=2))
    assert not [text for text in texts if pattern.search(text) and not hint.search(text)]


@given(st.sampled_from(HINTS), st.data())
def test_longer_texts_too(case: tuple[str, re.Pattern[str], re.Pattern[str]], data: st.DataObject) -> None:
    words, hint, pattern = case
    text = "".join(data.draw(st.lists(st.sampled_from(words.split()), max_size=8)))
    assert hint.search(text) or not pattern.search(text)


@given(st.text('甲的。！…“”」)" ', max_size=30))
def test_sentences_one_after_the_other_are_those_of_the_whole(text: str) -> None:
    parts = sentences.split(text)
    assert sentences.several(text) == (len(parts) > 1)
    assert next(sentences.each(text), None) == (parts[0] if parts else None)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_block_knows_the_line_of_every_character() -> None:
    block = Block(3, "甲乙丙丁", joins=((1, 5), (3, 9)))
    assert [block.line_at(i) for i in range(4)] == [3, 5, 5, 9]
    assert block.lines == (3, 5, 9)
    assert Block(2, "甲").line_at(0) == 2
