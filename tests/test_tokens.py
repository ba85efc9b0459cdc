"""Tokens of the index: whatever part of a wording a user types, the wording is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrasebank.model import Phrase
from phrasebank.tokens import index_tokens, property_token, word_tokens

HAN = st.text("青山县临河镇要把隐患查到底坚持问需于民", min_size=1, max_size=20)


def phrase(template: str, **values: object) -> Phrase:
    return Phrase("p1", template, template, "measure", "plain", **values)


@given(HAN, st.data())
def test_every_fragment_finds_its_wording(wording, data):
    """All tokens of any fragment of a wording are in its index, so that a half-typed word is found."""
    start = data.draw(st.integers(0, len(wording) - 1))
    end = data.draw(st.integers(start + 1, len(wording)))
    assert set(word_tokens(wording[start:end])) <= set(index_tokens([phrase(wording)])[0].split())


def test_one_character_is_looked_for_as_it_is_and_more_by_pairs():
    """A single character is a token; a run of n has n − 1 pairs."""
    assert list(word_tokens("水")) == ["水"]
    assert list(word_tokens("河长制")) == ["河长", "长制"]


def test_marks_and_spaces_part_runs():
    """No pair is made of characters with a mark between them: no one would type it."""
    assert list(word_tokens("河长，巡河")) == ["河长", "巡河"]
    assert "长巡" not in index_tokens([phrase("河长，巡河")])[0].split()


def test_latin_and_figures_are_whole_words_in_small_letters():
    """PPT is found by ppt."""
    assert list(word_tokens("PPT")) == ["ppt"]
    assert "ppt" in index_tokens([phrase("少放PPT，多下村")])[0].split()


def test_words_as_the_user_sees_them_are_in_the_index():
    """The text shown to the user says 全镇, although the template has a slot there: typing it must find the phrase."""
    shown = Phrase("p1", "把全镇隐患查一遍", "把{whole}隐患查一遍", "measure", "plain")
    assert set(word_tokens("全镇隐患")) <= set(index_tokens([shown])[0].split())


def test_slot_names_are_no_words():
    """Nobody finds a phrase by the name of its slot."""
    assert "whole" not in index_tokens([Phrase("p1", "全镇都来", "{whole}都来", "measure", "plain")])[0].split()


@pytest.mark.parametrize(
    ("kind", "value"),
    [("role", "measure"), ("polarity", "plain"), ("theme", "安全生产"), ("genre", "党课"), ("facet", "隐患排查")],
)
def test_properties_are_tokens_of_their_own(kind, value):
    """A phrase is found by each of its properties, and a property is never taken for a word of the text."""
    tokens = index_tokens([phrase("查到底", theme="安全生产", genre="党课", facets=("隐患排查",))])[0].split()
    assert property_token(kind, value) in tokens
    assert property_token(kind, value) not in set(word_tokens(value))


def test_marks_in_a_property_do_not_break_its_token():
    """A theme named with quotation marks is one token all the same."""
    assert property_token("theme", "“千村”示范") == property_token("theme", "千村示范")
    assert '"' not in property_token("theme", 'a"b c')
