"""Search: whatever is typed, what holds it is found; the user's own bank comes first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phrasebank.bank import Bank, Contents, write_bank
from phrasebank.errors import BankError
from phrasebank.model import MinedDocument, Phrase, Source
from phrasebank.pinyin import pair_keys
from phrasebank.ranking import quality
from phrasebank.search import Query, Stack, open_banks


def phrase(id_: str, text: str, role: str = "measure", polarity: str = "plain", **values: object) -> Phrase:
    return Phrase(id_, text, text, role, polarity, sources=(Source("a.txt", 1),), **values)


def bank(path, *phrases: Phrase) -> Bank:
    write_bank(Contents((MinedDocument("a.txt", "0" * 64, 1),), phrases), path)
    return Bank(path)


PHRASES = (
    phrase("p1", "把隐患查到底，一处也不放过。", theme="安全生产", facets=("隐患排查",), genre="党课"),
    phrase("p2", "把水渠修到田头，让水到渠成。", theme="民生实事", facets=("农田水利",)),
    phrase("p3", "有的隐患查而不改。", "problem", "negative", theme="安全生产", facets=("隐患排查", "责任落实")),
    phrase("p4", "少放PPT，多到田头走走。", "pledge", theme="正确政绩观"),
    phrase("p5", "到村里去听一听、看一看。", "pledge"),
)


@pytest.fixture
def stack(tmp_path):
    return Stack((bank(tmp_path / "a.db", *PHRASES),))


def ids(stack: Stack, limit: int = 20, **query: str) -> list[str]:
    return [hit.phrase.id for hit in stack.search(Query(**query), limit)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("水", ["p2"]), ("田头", ["p2", "p4"]), ("隐患查", ["p1", "p3"]), ("把隐患查到底", ["p1"]), ("水到渠成", ["p2"]),
        ("田头 走走", ["p4"]), ("查 改", ["p3"]), ("ppt", ["p4"]), ("PPT", ["p4"]), ("底，一处", ["p1"]), ("到田", ["p2", "p4"]),
        ("渠到", []), ("没有的词", []), ("", ["p1", "p2", "p3", "p4", "p5"]), ("  ", ["p1", "p2", "p3", "p4", "p5"]),
        ("，", ["p1", "p2", "p4"]),
    ],
)  # fmt: skip
def test_words_of_any_length(stack, words, found):
    """One character, two, many, several words, marks inside: every fragment must stand in the phrase as typed."""
    assert sorted(ids(stack, words=words)) == found


@pytest.mark.parametrize(
    "words", ['"', "'", "a OR b", "NEAR(", "*", "p1; DROP", "\\", "%", "_", "-田头", "「", "{whole}", "\0"]
)
def test_nothing_typed_is_a_command(stack, words):
    """Signs that mean something to SQLite or FTS5 are only characters here."""
    assert set(ids(stack, words=words)) <= {p.id for p in PHRASES}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"role": "pledge"}, ["p4", "p5"]), ({"theme": "安全生产"}, ["p1", "p3"]), ({"facet": "责任落实"}, ["p3"]),
        ({"genre": "党课"}, ["p1"]), ({"polarity": "negative"}, ["p3"]), ({"theme": "安全生产", "role": "measure"}, ["p1"]),
        ({"words": "隐患", "facet": "责任落实"}, ["p3"]), ({"role": "appeal"}, []), ({"theme": "没有的主题"}, []),
    ],
)  # fmt: skip
def test_properties_restrict(stack, query, found):
    """Role, theme, facet, genre and polarity restrict, alone and together with words."""
    assert ids(stack, **query) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("yh", ["p1", "p3"]), ("yhc", ["p1", "p3"]), ("yinhuan", ["p1", "p3"]), ("yhuan", ["p1", "p3"]), ("隐h", ["p1", "p3"]),
        ("shuiqu", ["p2"]), ("sq", ["p2"]), ("tiantou", ["p2", "p4"]), ("cd 田头", []), ("tt 走走", ["p4"]), ("yh bfg", ["p1"]), ("qq", []),
        ("YH", ["p1", "p3"]), ("x" * 30, []), ("yh1", []),
    ],
)  # fmt: skip
def test_pinyin_finds_what_it_spells(stack, typed, found):
    """Initials, syllables, both, with characters before them, and several fragments."""
    assert sorted(ids(stack, words=typed)) == found


def test_one_letter_finds_the_pairs_in_use_that_begin_so(tmp_path):
    """What an input method shows for a single letter; letters that begin no syllable find nothing."""
    stack = Stack((bank(tmp_path / "a.db", phrase("p1", "把堤坝再查一遍。"), phrase("p2", "让老人走得平稳。")),))
    assert ids(stack, words="c") == ["p1"] and ids(stack, words="l") == ["p2"] and ids(stack, words="v") == []


@pytest.mark.parametrize("typed", ["cx", "zx", "chongxin", "zhongxin"])
def test_a_character_with_two_readings_is_found_by_both(tmp_path, typed):
    """重新 is read chongxin, but the character may be read zhong: neither way breaks the search."""
    stack = Stack((bank(tmp_path / "a.db", phrase("p1", "把堤坝重新查一遍。")),))
    assert ids(stack, words=typed) == ["p1"]


@given(st.data())
@settings(max_examples=40)
def test_initials_find_what_has_them(builtin, data):
    """Everything that is found by initials has characters in a row that may be read with them."""
    typed = data.draw(st.text("bcdfgjlmnqstwxyz", min_size=2, max_size=4))
    for hit in Stack((), builtin).search(Query(typed), 20):
        text = hit.phrase.text
        words = (text[i : i + len(typed)] for i in range(len(text)))
        assert typed in text.lower() or any(_reads(word, typed) for word in words)


def _reads(word: str, typed: str) -> bool:
    keys = [pair_keys(word[i : i + 2]) for i in range(len(word) - 1)]
    return len(word) == len(typed) and all(typed[i : i + 2] in found for i, found in enumerate(keys))


def test_kind_and_level_restrict(tmp_path):
    """Headings, pairs and frames are found only where they are asked for or everything is."""
    heading = phrase("p1", "把河道管好", kind="heading", level="镇")
    stack = Stack((bank(tmp_path / "a.db", heading, phrase("p2", "把河道管好，把水渠修好。")),))
    assert ids(stack, kind="heading") == ids(stack, level="镇") == ["p1"]
    assert ids(stack, kind="sentence") == ["p2"]
    assert sorted(ids(stack)) == ["p1", "p2"]


def test_evidence_and_freshness_count(tmp_path):
    """What many texts came to goes before what one says, what is said now before what was said long ago; copies do not count."""
    old = phrase("p1", "把沿河的险段逐一查清并且记到本子上。", years=(1994, 1996), documents=1)
    new = phrase("p2", "让每个村都有自己的护林员和巡山的路。", years=(2024, 2026), documents=1)
    copied = phrase("p3", "请老师傅带着年轻人把水闸检修一遍吧。", years=(1994, 1996), documents=1, copies=500)
    many = phrase("p4", "食堂里的饭菜由家长代表轮流来尝一尝。", years=(2010, 2026), documents=60)
    stack = Stack((bank(tmp_path / "a.db", *sorted((old, new, copied, many), key=lambda p: quality(p, 2026))),))
    assert ids(stack) == ["p4", "p2", "p1", "p3"]


def test_neighbours_do_not_say_the_same(tmp_path):
    """Five wordings of one sentence do not fill the top: the other thought comes second, none is left out."""
    alike = [phrase(f"p{n}", f"要组织巡堤员沿着河堤走一遍，把渗漏都记到本子上{mark}") for n, mark in enumerate("。！；…”")]
    other = phrase("p9", "请家长代表到食堂陪餐，意见当天答复。")
    assert ids(Stack((bank(tmp_path / "a.db", *alike, other),)))[1] == "p9"
    assert len(ids(Stack((bank(tmp_path / "b.db", *alike, other),)))) == 6


@given(st.data())
@settings(max_examples=25)
def test_asking_for_more_leaves_the_first_ones(builtin, data):
    """The first ten are the first ten, however many are asked for."""
    word = data.draw(st.sampled_from(["", "要", "的", "工作", "群众", "把"]))
    role = data.draw(st.sampled_from(["", "measure", "lead"]))
    few, more = (Stack((), builtin).search(Query(word, role), limit) for limit in (10, data.draw(st.integers(10, 500))))
    assert more[: len(few)] == few


def test_a_wording_that_only_its_pairs_hold_is_looked_for_within_bounds(tmp_path):
    """Phrases that hold all pairs of a word but not the word are passed over, once each."""
    near = [phrase(f"n{n}", f"安全稳定，全生命周期，生产一线，第{chr(0x4e00 + n)}处。") for n in range(1500)]
    stack = Stack((bank(tmp_path / "a.db", *near, phrase("p1", "抓好安全生产。")),))
    assert ids(stack, limit=5, words="安全生产") == ["p1"]


def test_at_most_as_many_as_asked(stack):
    """The limit holds."""
    assert ids(stack, limit=2) == ["p1", "p2"]


def test_a_limit_does_not_hide_what_holds_the_words(tmp_path):
    """Phrases that hold only the pairs of a longer word do not crowd out one that holds the word itself."""
    near = [phrase(f"n{n}", f"修河道的人多，道长很少，第{n}处。") for n in range(30)]
    stack = Stack((bank(tmp_path / "a.db", *near, phrase("p1", "每一条河道长都要到场。")),))
    assert ids(stack, limit=5, words="河道长") == ["p1"]


def test_the_users_own_bank_comes_first(tmp_path):
    """The built-in bank fills what the user's lacks; a wording in both is the user's."""
    mine = bank(tmp_path / "mine.db", phrase("p9", "我们自己的河道自己护。"), phrase("p1", "把隐患查到底！"))
    stack = Stack((mine,), bank(tmp_path / "built.db", *PHRASES))
    hits = stack.search(Query(role="measure"), 10)
    assert [(hit.phrase.id, hit.own) for hit in hits] == [("p9", True), ("p1", True), ("p2", False)]
    assert stack.by_id("p1").text == "把隐患查到底！"
    assert stack.by_id("p2").id == "p2"
    assert stack.by_id("nothing") is None


def test_banks_stack_in_the_order_given(tmp_path):
    """Of two own banks the one named first wins."""
    one = bank(tmp_path / "one.db", phrase("p1", "甲说要办好。"))
    two = bank(tmp_path / "two.db", phrase("p1", "乙说要办好。"), phrase("p2", "乙还说要办好。"))
    assert [hit.phrase.text for hit in Stack((one, two)).search(Query("办好"))] == ["甲说要办好。", "乙还说要办好。"]
    assert [hit.phrase.text for hit in Stack((two, one)).search(Query("办好"))] == ["乙说要办好。", "乙还说要办好。"]


def test_each_wording_once(tmp_path):
    """A wording that stands in both banks is offered once."""
    stack = Stack((bank(tmp_path / "one.db", *PHRASES),), bank(tmp_path / "two.db", *PHRASES))
    assert len(ids(stack)) == len(set(ids(stack))) == len(PHRASES)


def test_scores_fall_with_the_rank(stack):
    """The first hit of a bank has score 1, every later one less."""
    scores = [hit.score for hit in stack.search(Query())]
    assert scores[0] == 1
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_what_is_dropped_is_never_found(tmp_path):
    """Wording with a reason not to be offered is not offered."""
    stack = Stack((bank(tmp_path / "a.db", phrase("p1", "青山县的河道要管好。", reason="names", names=("青山县",))),))
    assert ids(stack, words="河道") == ids(stack) == []


def test_no_bank_finds_nothing():
    """A stack without banks is empty, not broken."""
    assert Stack().search(Query("水")) == ()
    assert Stack().by_id("p1") is None


def test_opening_names_the_bank_that_is_missing(tmp_path):
    """Of several banks the missing one is named."""
    bank(tmp_path / "a.db")
    with pytest.raises(BankError) as caught:
        open_banks([str(tmp_path / "a.db"), str(tmp_path / "b.db")])
    assert caught.value.file == str(tmp_path / "b.db")


@given(st.data())
@settings(max_examples=50)
def test_any_fragment_of_an_offered_sentence_finds_it(builtin, data):
    """Whatever stretch of an offered sentence of the built-in bank is typed, that sentence is found."""
    offered = builtin.matching((), 2000)
    wanted = data.draw(st.sampled_from(offered))
    start = data.draw(st.integers(0, len(wanted.text) - 3))
    fragment = wanted.text[start : start + data.draw(st.integers(1, 12))].strip()
    hits = Stack((), builtin).search(Query(fragment), len(offered))
    assert wanted.id in {hit.phrase.id for hit in hits}
