"""Set expressions: exact counts however a corpus is divided, and what is ranked."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phrasebank import grams
from phrasebank.grams import SEPARATOR, Counts, Cut, candidate_keys, count_grams, count_words, merge_counts, share_of
from phrasebank.terms import cut, rank_terms

VOCABULARY = ["河长", "护堤", "巡河", "，", "、", "的", "36", "+", "\n"]
TEXT = st.builds(
    lambda year, words: Cut(year, SEPARATOR.join(words)),
    st.sampled_from([0, 2019, 2020, 2021]),
    st.lists(st.sampled_from(VOCABULARY), max_size=14),
)
TEXTS = st.lists(TEXT, min_size=1, max_size=8)


def text_of(*sentences: str, year: int = 2020) -> Cut:
    """A text from sentences with spaces between words."""
    return Cut(year, SEPARATOR.join(f"{sentence} 。".replace(" ", SEPARATOR) for sentence in sentences))


def naive(texts: list[Cut]) -> tuple[Counter, Counter]:
    """Occurrences of each run of one to six words, and texts of a year that have it: counted the slow and plain way."""
    times: Counter = Counter()
    rows: Counter = Counter()
    for text in texts:
        words = text.words.split(SEPARATOR)
        runs = [
            tuple(words[i : i + n])
            for i in range(len(words))
            for n in range(1, 7)
            if i + n <= len(words) and all(grams.is_word(w) or w == "、" for w in words[i : i + n])
        ]
        runs = [run for run in runs if grams.is_word(run[0]) and grams.is_word(run[-1])]
        times.update(runs)
        rows.update((run, text.year) for run in set(runs))
    return times, rows


def spelled(counts: Counts) -> tuple[Counter, Counter]:
    """The same of columns."""
    runs = [tuple(counts.vocabulary[w] for w in row if w >= 0) for row in counts.grams]
    inner = [i for i, run in enumerate(runs) if "" not in run and len(run) < 7 and grams.is_word(run[0]) and grams.is_word(run[-1])]
    times = Counter({runs[i]: int(counts.times[i]) for i in inner})
    table = zip(counts.row_gram, counts.row_year, counts.row_documents, strict=True)
    rows = Counter({(runs[g], int(year)): int(n) for g, year, n in table if len(runs[g]) < 7})
    return times, rows


def same(one: Counts, other: Counts) -> bool:
    """Whether two counts are equal to the byte."""
    columns = ("grams", "keys", "times", "row_gram", "row_year", "row_documents")
    bytes_alike = all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in columns)
    return bytes_alike and (one.vocabulary, one.words) == (other.vocabulary, other.words)


def count_in_parts(parts: Sequence[Sequence[Cut]], least: int) -> Counts:
    """Both rounds over several partitions in this process: the model of what a cluster does."""
    sizes = [count_words(texts) for texts in parts]
    found = (count_grams(texts, share_of(least, n, sum(sizes))).keys for texts, n in zip(parts, sizes, strict=True))
    candidates = candidate_keys(found)
    return merge_counts([count_grams(texts, candidates=candidates) for texts in parts], least)


@given(TEXTS)
def test_counts_are_those_of_a_naive_counter(texts):
    """Occurrences, and texts a year, of every run of up to six words that crosses no mark but 、."""
    assert spelled(count_grams(texts)) == naive(texts)


@settings(deadline=None)
@given(TEXTS, st.integers(1, 4), st.integers(1, 5), st.randoms())
def test_counts_do_not_depend_on_partitions_or_order(texts, least, parts, rng):
    """Two rounds over any partitions give, byte for byte, what one round over all gives."""
    shuffled = list(texts)
    rng.shuffle(shuffled)
    divided = [part for i in range(parts) if (part := shuffled[i::parts])]
    assert same(count_in_parts(divided, least), count_grams(texts, least))


@given(TEXTS, TEXTS, TEXTS)
def test_merging_is_associative_and_commutative(a, b, c):
    """Counts may be added up in any order."""
    one, two, three = map(count_grams, (a, b, c))
    assert same(merge_counts([merge_counts([one, two]), three]), merge_counts([three, merge_counts([two, one])]))


@given(TEXTS, st.integers(1, 3))
def test_what_does_not_fit_into_64_bits_is_counted_all_the_same(texts, least):
    """The slower sort gives the same counts, byte for byte."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grams, "PACKED", 1)
        slow = count_grams(texts, least)
    assert same(slow, count_grams(texts, least))


@given(TEXTS, st.integers(1, 30))
def test_counts_do_not_depend_on_batches(texts, size):
    """Texts told into words a few at a time give the same counts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grams, "BATCH", size)
        few, words = count_grams(texts), grams.count_words(texts)
    assert same(few, count_grams(texts))
    assert words == grams.count_words(texts) == few.words


@given(st.lists(st.text(st.characters(exclude_characters=SEPARATOR), max_size=4), max_size=12))
def test_any_tokens_are_told_apart(tokens):
    """Odd characters, empty tokens and lone surrogates among them."""
    counts = count_grams([Cut(0, SEPARATOR.join(tokens))])
    words = [token for token in tokens if grams.is_word(token)]
    assert counts.words == len(words) == grams.count_words([Cut(0, SEPARATOR.join(tokens))])
    assert {w for w in counts.vocabulary if grams.is_word(w)} == set(words)


def test_terms_do_not_depend_on_partitions():
    """The same terms with the same scores, whatever way the corpus is divided."""
    rng = random.Random(7)
    words = ["河长", "护堤", "巡河", "清淤", "责任", "到人", "一河", "一策", "，", "的", "、", "村民"]
    texts = [Cut(2000 + i % 9, SEPARATOR.join(rng.choices(words, k=60))) for i in range(40)]
    whole = rank_terms(count_grams(texts, 3))
    assert whole
    assert rank_terms(count_in_parts([texts[::3], texts[1::3], texts[2::3]], 3)) == whole


def test_a_set_expression_ranks_above_a_chance_neighbour():
    """Words that only stand together come before words that meet anyone."""
    fixed = [text_of(f"{w} 巡河 护堤 {v}", "巡河 护堤", f"{v} 清淤 {w}") for w, v in zip("甲乙丙丁戊己", "子丑寅卯辰巳", strict=True)]
    free = [text_of(f"村民 {w}", f"用水 {w}") for w in ("清淤", "修路", "种树", "用电", "用气", "修渠") * 2]
    texts = [term.text for term in rank_terms(count_grams(fixed + free, 2))]
    assert "巡河护堤" in texts
    assert texts.index("巡河护堤") < min((texts.index(t) for t in texts if t.startswith("村民") and t != "村民"), default=99)


def test_a_part_of_a_longer_term_is_left_out():
    """What nearly always stands with the same neighbour is no term of its own."""
    texts = [text_of(f"{w} 一河 一策 制度 {v}") for w, v in zip("甲乙丙丁戊己庚辛", "子丑寅卯辰巳午未", strict=True)]
    found = {term.text for term in rank_terms(count_grams(texts, 2))}
    assert "一河一策制度" in found
    assert not {"一河一策", "一策制度", "一策"} & found


def test_terms_bear_their_years():
    """Texts a year, earliest first; a text of unknown year counts among the documents only."""
    texts = [text_of(f"{w} 巡河 护堤 {w}", "巡河 护堤", year=year) for w, year in zip("甲乙丙丁", (2021, 2004, 2021, 0), strict=True)]
    term = next(t for t in rank_terms(count_grams(texts, 2)) if t.text == "巡河护堤")
    assert (term.count, term.documents, term.years) == (8, 4, ((2004, 1), (2021, 2)))


@pytest.mark.parametrize(
    "words", ["36 个", "三 条", "的 护堤", "护堤 的", "密云县 水库", "万吨", "第二 位", "百分之 六", "一 点 八", "护堤 和"]
)
def test_figures_places_and_function_words_make_no_terms(words):
    """Bare counts, names of places, and runs that begin or end with a function word are left out; what stands alike is ranked."""
    texts = [text_of(f"{w} {words} {w}", f"{w} 巡河 水库 {w}", f"{words} {w}", f"巡河 水库 {w}") for w in "甲乙丙丁"]
    ranked = {term.text for term in rank_terms(count_grams(texts, 2))}
    assert words.replace(" ", "") not in ranked
    assert "巡河水库" in ranked


def test_a_joining_word_before_a_mark_belongs_to_the_run():
    """The 和 of 碳中和 joins nothing, since clauses end behind it."""
    texts = [text_of(f"{w} 碳 中 和", "碳 中 和", f"{w} 碳 中 和 {w}") for w in "甲乙丙丁"]
    assert "碳中和" in {term.text for term in rank_terms(count_grams(texts, 2))}


def test_what_occurs_once_is_no_term():
    """In a small corpus a term stands there twice at least."""
    assert rank_terms(count_grams([text_of("巡河 护堤")], 2)) == ()


def test_the_limit_and_one_spelling_each():
    """At most as many terms as asked for, and each spelling once, however it is cut."""
    texts = [text_of(f"{w} 河长 制度 落实 {w}", f"{w} 河长 制度落实 {w}") for w in "甲乙丙丁"]
    ranked = [term.text for term in rank_terms(count_grams(texts, 2))]
    assert len(ranked) == len(set(ranked))
    assert len(rank_terms(count_grams(texts, 2), 1)) == 1


def test_no_words_no_terms():
    """Empty texts, and no texts, have no terms."""
    assert rank_terms(count_grams([Cut(2020, "")])) == ()
    assert rank_terms(count_grams([])) == ()


def test_quotation_marks_hide_no_neighbours():
    """“巡河”护堤 is counted as 巡河护堤."""
    assert "“" not in cut(["干部“巡河”护堤"]).words


def test_terms_of_reports_as_built():
    """The shipped table: columns as its header says, years in order, periods adding up to the reports."""
    file = Path(__file__).parent.parent / "templates" / "terms" / "government-reports.tsv"
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = [line.split("\t") for line in lines[1:]]
    assert len(rows) > 6000
    assert file.stat().st_size < 600_000
    for text, documents, first, last, *periods in rows:
        assert text
        assert int(first) <= int(last)
        assert sum(int(n or 0) for n in periods) == int(documents)
    known = {"三个代表", "四个自信", "房住不炒", "碳中和", "河长制", "乡村振兴", "放管服", "四个意识"}
    assert known <= {row[0] for row in rows}
