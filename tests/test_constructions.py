"""Pairs, frames and sets: found where they stand, not where words only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrasebank.constructions import PAIR, built_alike, frames_in, pairs_in
from phrasebank.wordlists import rows


@pytest.mark.parametrize(
    ("sentence", "frame"),
    [
        ("要把河堤安全作为头等大事来抓。", "把{X}作为{Y}"), ("在巡堤查险上下功夫，一处不漏。", "在{X}上下功夫"),
        ("坚持防汛为先，着力补齐短板。", "坚持{X}，着力{Y}"), ("要从巡堤入手，从小处抓起。", "从{X}入手"),
        ("推动治水从被动应付向主动防范转变。", "从{X}向{Y}转变"), ("既要修得牢，又要看得住。", "既要{X}，又要{Y}"),
        ("越是汛期临近，越要沉得住气。", "越是{X}，越要{Y}"), ("哪里有险情，哪里就有党员。", "哪里{X}，哪里就{Y}"),
        ("变事后抢险为事前排险。", "变{X}为{Y}"), ("让护堤员成为领路人。", "让{X}成为{Y}"),
    ],
)  # fmt: skip
def test_frames_are_found(sentence, frame):
    """The pattern stands there, whatever fills it."""
    assert frame in frames_in(sentence)


@pytest.mark.parametrize(
    ("sentence", "frame"),
    [
        ("持续深化改革为护堤添力。", "化{X}为{Y}"), ("河堤，作为一道屏障，要修牢。", "把{X}作为{Y}"),
        ("把河堤修牢，作为交代。", "把{X}作为{Y}"), ("", "把{X}作为{Y}"), ("大家都站在堤坝中央位置看水。", "在{X}中{Y}"),
    ],
)  # fmt: skip
def test_no_frame_lies_across_words_or_clauses(sentence, frame):
    """深化…为 is no 化…为, and a frame does not reach over a comma that is not its own."""
    assert frame not in list(frames_in(sentence))


@pytest.mark.parametrize("template", [row[0] for row in rows("frames")])
def test_every_frame_of_the_list_is_found_in_a_sentence_made_of_it(template):
    """No line of the list is dead."""
    sentence = template.format(X="巡堤查险", Y="守护家园", Z="头一件事") + "。"
    assert template in frames_in(sentence)


@pytest.mark.parametrize(
    ("sentence", "pair"),
    [
        ("白天有人走，夜里有人看。", "白天有人走，夜里有人看"), ("思想上不松，行动上不慢，人人尽力。", "思想上不松，行动上不慢"),
        ("把险段查清，让责任落地；不漏一处，不落一人。", "不漏一处，不落一人"),
    ],
)  # fmt: skip
def test_pairs_are_found(sentence, pair):
    """Neighbouring clauses of one length and build."""
    assert pair in pairs_in(sentence)


LEANING = ("以上发言，不妥之处，请大家指正。", "从河堤上，到村子里，都有人。", "{whole}有人走，{units}有人看。", "河堤修好了。", "")


@pytest.mark.parametrize("sentence", LEANING)
def test_what_leans_on_the_rest_is_no_pair(sentence):
    """Pieces of a sentence that only happen to be as long as each other."""
    assert list(pairs_in(sentence)) == []


@given(st.text("河堤有人走看修，。；", max_size=60))
def test_a_pair_stands_in_its_sentence(text):
    """A pair is what the sentence says, two clauses of one length within bounds."""
    for pair in pairs_in(text):
        first, second = pair.split("，")
        assert len(first) == len(second)
        assert PAIR[0] <= len(first) <= PAIR[1]
        assert pair.replace("，", "") in text.replace("，", "").replace("；", "")


@pytest.mark.parametrize(
    ("texts", "alike"),
    [
        (("查清险段", "压实责任"), True), (("查清险段，一处不漏", "压实责任"), False), (("查清险段", "压实河堤责任"), False),
        (("查清险段", "查清险段"), False), (("把河堤上的险段一处处查清", "把护堤的责任一级级地压实下去"), False),
        (("把河堤上的险段逐处查清", "把护堤的责任一级级压实"), True),
    ],
)  # fmt: skip
def test_sets_are_of_one_shape(texts, alike):
    """As many clauses, as long; of long clauses one character more or less is heard by nobody."""
    assert built_alike(texts) is alike
