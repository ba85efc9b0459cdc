"""Set expressions: runs of words that stand together more often than chance would have it."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from phrasebank.segment import words
from phrasebank.terms import count_grams, rank_terms

WORDS = st.lists(st.sampled_from(["河长", "护堤", "巡河", "，", "的", "36", "PPT"]), max_size=12)


def ranked(*sentences: list[str]) -> list[str]:
    counts: Counter = Counter()
    documents: Counter = Counter()
    for sentence in sentences:
        grams = count_grams([sentence])
        counts.update(grams)
        documents.update(grams.keys())
    return [term.text for term in rank_terms(counts, documents)]


def test_runs_of_one_to_four_words_are_counted():
    """A run ends at a mark, a figure or a Latin word."""
    counts = count_grams([["河长", "护堤", "，", "巡河"]])
    assert counts == {("河长",): 1, ("护堤",): 1, ("河长", "护堤"): 1, ("巡河",): 1}


@given(st.lists(WORDS, max_size=6))
def test_no_run_crosses_a_mark_or_is_longer_than_four(sentences):
    """Only words of Han characters, at most four of them."""
    for gram in count_grams(sentences):
        assert 1 <= len(gram) <= 4
        assert all("\u4e00" <= word[0] <= "\u9fff" for word in gram)


@given(st.lists(WORDS, max_size=6), st.randoms())
def test_the_order_of_sentences_does_not_matter(sentences, random):
    """Counts are counts, whoever counts first."""
    shuffled = list(sentences)
    random.shuffle(shuffled)
    assert count_grams(sentences) == count_grams(shuffled)


def test_a_set_expression_ranks_above_a_chance_neighbour():
    """Words that only ever stand together come before words that meet anyone."""
    fixed = [["巡河", "护堤"]] * 6
    free = [["抓好", other] for other in ("用水", "用电", "用气", "用水", "种树", "修路")]
    assert ranked(*fixed, *free)[0] == "巡河护堤"


def test_what_occurs_once_is_no_term():
    """One occurrence is no set expression."""
    assert ranked(["巡河", "护堤"]) == []


def test_terms_do_not_begin_or_end_with_a_single_character():
    """的 and 了 at an edge make no term."""
    assert all(len(term) > 3 for term in ranked(*[["的", "河长", "了"]] * 5, *[["河长", "护堤"]] * 5))


def test_more_documents_rank_higher():
    """Of two equally fixed runs the one more documents have comes first."""
    often = [["巡河", "护堤"]] * 8
    seldom = [["种树", "修路"]] * 2
    assert ranked(*often, *seldom) == ["巡河护堤", "种树修路"]


def test_the_limit_and_one_spelling_each():
    """At most as many terms as asked for, and a spelling once, however it is cut."""
    cut_two_ways = [["河长", "制度", "落实"]] * 3 + [["河长", "制度落实"]] * 3
    texts = ranked(*cut_two_ways)
    assert len(texts) == len(set(texts))
    counts = count_grams(cut_two_ways)
    assert len(rank_terms(counts, counts, 1)) == 1


def test_no_words_no_terms():
    """An empty corpus has no terms and divides by nothing."""
    assert rank_terms(Counter(), Counter()) == ()


@given(st.text("临河镇要把河堤修牢，PPT 36！\n", max_size=40))
def test_cutting_into_words_loses_nothing(text):
    """The words of a text, put together, are the text."""
    assert "".join(words(text)) == text
