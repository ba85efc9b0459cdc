"""Near-duplicates: edited copies are found, likenesses of the genre are not, and nothing depends on order or division."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.duplicates import Editor, cut, inserted, levels, planted, score
from phrasebank.duplicates import BAND, CROWD, bands, candidates, near_groups, stars
from phrasebank.similarity import DOCUMENTS, PASSAGES, SENTENCES, Kind, Signatures, fold, sign, verify

THINGS = ("水库除险加固", "山区道路养护", "茶叶品牌建设", "老旧小区改造", "村级账目公开", "河道清淤疏浚", "夜校技能培训", "果园节水灌溉")
ENDS = ("让群众看得见变化", "把账算在明处", "使产业有了奔头", "把难题解在年内", "不让一户掉队", "把经验带到邻乡")
KINDS = {"sentence": SENTENCES, "passage": PASSAGES, "document": DOCUMENTS}
SHORT = st.text(alphabet="青山县临河镇，。0123 ,ab", max_size=40)




def invented(level: str, count: int, draw: random.Random) -> list[str]:
    """Different invented texts; those of more than one sentence are put together at random."""
    size = {"sentence": 1, "passage": 4, "document": 40}[level]
    return list(dict.fromkeys("".join(_scrambled(draw) for _ in range(size)) for _ in range(count)))


def _scrambled(draw: random.Random) -> str:
    """A sentence with words of its own, so that two share no more than real ones do."""
    own = "".join(chr(draw.randrange(0x4E00, 0x6E00)) for _ in range(24))
    return own[:9] + draw.choice(THINGS) + own[9:17] + "，" + own[17:] + draw.choice(ENDS) + "。"


def groups(labels: Sequence[int], texts: Sequence[str]) -> set[frozenset[str]]:
    """The groups as sets of texts."""
    found: dict[int, set[str]] = {}
    for label, text in zip(labels, texts, strict=True):
        found.setdefault(int(label), set()).add(text)
    return {frozenset(group) for group in found.values()}


def labels_of(texts: Sequence[str], kind: Kind = SENTENCES) -> list[int]:
    """The labels of texts."""
    labels: list[int] = near_groups(sign(texts, kind), texts, kind).tolist()
    return labels


# ---------------------------------------------------------------- properties
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_of_nothing_come_no_groups(kind):
    assert sign([], kind).shape == (0, kind.width)
    assert labels_of([], kind) == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@settings(max_examples=40)
@given(text=SHORT)
def test_a_text_is_its_own_copy(kind, text):
    """However short, and of whatever characters: even of none that count."""
    assert labels_of([text, text], kind) == [0, 0]


@settings(max_examples=40)
@given(texts=st.lists(SHORT, max_size=12), data=st.data())
def test_signatures_do_not_depend_on_how_texts_are_divided(texts, data):
    at = data.draw(st.integers(0, len(texts)))
    assert np.array_equal(sign(texts), np.concatenate([sign(texts[:at]), sign(texts[at:])]))


@settings(max_examples=40)
@given(texts=st.lists(SHORT, max_size=12), data=st.data())
def test_groups_do_not_depend_on_order(texts, data):
    other = data.draw(st.permutations(texts))
    assert groups(labels_of(texts), texts) == groups(labels_of(other), other)


def test_groups_of_a_crowd_do_not_depend_on_order():
    """More copies than a bucket compares with one another."""
    draw = random.Random(4)
    editor = Editor(draw, invented("sentence", 100, draw))
    texts = [*editor.pool, *(editor.copy(editor.pool[0], draw.uniform(0, 0.2)) for _ in range(10 * CROWD))]
    other = draw.sample(texts, len(texts))
    assert groups(labels_of(texts), texts) == groups(labels_of(other), other)


@settings(max_examples=40)
@given(texts=st.lists(SHORT, max_size=20))
def test_a_label_is_the_smallest_index_of_its_group(texts):
    labels = labels_of(texts)
    assert all(labels[label] == label <= index for index, label in enumerate(labels))


def test_every_copy_is_like_one_text_of_its_group():
    """No chains: a row of texts, each an edit of the one before, is not one group."""
    draw = random.Random(5)
    editor = Editor(draw, invented("sentence", 100, draw))
    chain = [editor.pool[0]]
    while len(chain) < 30:
        chain.append(editor.copy(chain[-1], 0.1, "characters"))
    labels = np.array(labels_of(chain))
    assert len(set(labels.tolist())) > 3
    for label in set(labels.tolist()):
        group = np.flatnonzero(labels == label)
        pairs = np.stack(np.meshgrid(group, group), axis=-1).reshape(-1, 2)
        assert verify(pairs, chain).reshape(len(group), -1).all(axis=1).any()


def test_stars_take_the_text_with_most_copies_first():
    pairs = np.array([[0, 1], [1, 2], [2, 3], [1, 4]])
    assert stars(pairs, 6).tolist() == [1, 1, 1, 3, 1, 5]


@settings(max_examples=40)
@given(texts=st.lists(SHORT, max_size=12), data=st.data())
def test_characters_that_differ_never_hide_a_copy(texts, data):
    """The quick look at character sets and lengths throws out no pair that comparison would keep."""
    some = Kind(hashes=20, bands=12, agreeing=0, least=SENTENCES.least, short=SENTENCES.short, full=SENTENCES.full)
    pairs = np.array([(a, b) for a in range(len(texts)) for b in range(a)], np.int64).reshape(-1, 2)
    left, right = Signatures.of(sign(texts, some), some).plausible(pairs[:, 0], pairs[:, 1])
    kept = set(zip(left.tolist(), right.tolist(), strict=True))
    assert {tuple(pair) for pair in pairs[verify(pairs, texts, some)].tolist()} <= kept


# ---------------------------------------------------------------- what is compared
@settings(max_examples=40)
@given(texts=st.lists(st.text(max_size=20), max_size=8))
def test_folding_keeps_texts_apart(texts):
    """Each text is folded as it would be alone: characters of any plane, and halves of pairs."""
    assert fold(texts) == [fold([text])[0] for text in texts]


def test_marks_and_figures_do_not_count():
    one, other = "青山县全年生产总值增长8.5%，城镇新增就业3,200人。", "青山县全年生产总值增长１２％;城镇新增就业９８０人"
    assert fold([one]) == fold([other]) == ["青山县全年生产总值增长0城镇新增就业0人"]
    assert labels_of([one, other]) == [0, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("办好临河镇夜校。", "办好临河镇茶市。"),
        ("青山县着力培育茶叶品牌。", "青山县着力整治河道采砂。"),
        ("推动水库除险加固早见成效。", "推动山区道路养护早见成效。"),
    ],
)
def test_a_short_sentence_with_another_thing_in_it_is_no_copy(one, other):
    assert labels_of([one, other]) == [0, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青山县着力培育高山茶叶品牌，带动茶农增收。", "临河县着力培育高山茶叶品牌,带动茶农增收！"),
        ("对问题逐项列出清单、逐项明确责任、逐项限期整改。", "对发现的问题逐项列出清单，逐项明确责任，限期整改。"),
    ],
)
def test_an_edited_sentence_is_a_copy(one, other):
    assert labels_of([one, other]) == [0, 0]


# ---------------------------------------------------------------- an engine
def test_bands_sorted_by_an_engine_give_the_same_pairs():
    """Rows of all texts joined by key, as DuckDB would do it, and then looked at: the pairs of `candidates`."""
    duckdb = pytest.importorskip("duckdb")
    pa = pytest.importorskip("pyarrow")
    draw = random.Random(6)
    editor = Editor(draw, invented("sentence", 200, draw))
    texts = [*editor.pool, *(editor.copy(draw.choice(editor.pool[:20]), 0.1) for _ in range(400))]
    signatures = sign(texts)
    rows = bands(signatures)
    assert rows.dtype == BAND
    table = pa.table({name: rows[name] for name in BAND.names})  # noqa: F841  # read by the query
    found = duckdb.sql(f"""
        WITH placed AS (
            SELECT *, row_number() OVER (PARTITION BY key ORDER BY "order", item) AS place,
                   count(*) OVER (PARTITION BY key) AS size FROM "table")
        SELECT DISTINCT least(a.item, b.item) AS a, greatest(a.item, b.item) AS b FROM placed a JOIN placed b
        ON a.key = b.key AND b.place > a.place AND b.place < a.place + {CROWD} AND (a.size <= {CROWD} OR a."order" = b."order")
        ORDER BY ALL""").fetchnumpy()
    left, right = Signatures.of(signatures, SENTENCES).plausible(found["a"], found["b"])
    assert np.array_equal(np.stack([left, right], axis=1), candidates(signatures))


def test_minhash_estimates_what_another_library_estimates():
    """The share of hashes that agree is the resemblance of the sets of shingles, as rensa's MinHash has it."""
    rensa = pytest.importorskip("rensa")
    draw = random.Random(7)
    editor = Editor(draw, invented("document", 20, draw))
    kind = Kind(hashes=256, bands=1, agreeing=1, least=0.5)
    for rate in (0.05, 0.1, 0.2):
        text = draw.choice(editor.pool)
        pair = fold([text, editor.copy(text, rate)])
        a, b = ({one[at : at + 4] for at in range(len(one) - 3)} for one in pair)
        ours = np.equal(*sign(pair, kind)[:, :256]).mean()
        theirs = np.equal(*(np.array(rensa.RMinHash.from_token_sets([one], 256, 1)[0].digest()) for one in (a, b))).mean()
        exact = len(a & b) / len(a | b)
        assert abs(ours - exact) < 0.13 and abs(theirs - exact) < 0.13  # four standard deviations


# ---------------------------------------------------------------- planted copies
@pytest.mark.parametrize("rate", [0.05, 0.1, 0.15, 0.2])
@pytest.mark.parametrize("level", KINDS)
def test_planted_copies_among_invented_texts(level, rate):
    texts = invented(level, 400 if level != "document" else 60, random.Random(level))
    found, right = scored(texts, level, rate, "mixed", range(len(texts)))
    assert found >= 0.95 and right >= 0.95


@pytest.mark.parametrize("damage", ["cut", "inserted"])
def test_documents_cut_or_with_matter_put_in(damage):
    draw = random.Random(damage)
    texts = invented("document", 60, draw)
    editor = Editor(draw, texts)
    edited = [editor.copy(text, 0.1) for text in texts[:40]]
    copies = [cut(text, draw) if damage == "cut" else inserted(text, draw, texts[-1]) for text in edited]
    labels = labels_of([*texts, *copies], DOCUMENTS)
    assert labels[60:] == labels[:40]


def test_hundreds_of_copies_are_one_group():
    draw = random.Random(8)
    for level, kind in (("sentence", SENTENCES), ("passage", PASSAGES)):
        editor = Editor(draw, invented(level, 300, draw))
        copies = [editor.copy(editor.pool[0], draw.choice((0.05, 0.1, 0.15))) for _ in range(300)]
        labels = np.array(labels_of([*editor.pool, *copies], kind))
        assert (labels[300:] == 0).mean() >= 0.97


def scored(texts: Sequence[str], level: str, rate: float, how: str, fitting: Sequence[int]) -> tuple[float, float]:
    kind = KINDS[level]
    alone = near_groups(sign(texts, kind), texts, kind)
    return score(texts, alone, *planted(texts, fitting, rate, how, seed=1), kind)


# ---------------------------------------------------------------- real texts
@pytest.fixture(scope="module")
def reports(shared):
    files = sorted((shared / "corpus/gov_reports").rglob("*.txt"))
    return levels([path.read_text("utf-8") for path in random.Random(1).sample(files, 40)])


@pytest.mark.parametrize("level", KINDS)
def test_planted_copies_among_real_texts(reports, level):
    """A fifth of the characters edited, the hardest of what is promised."""
    texts = reports[level]
    least = {"sentence": 25, "passage": 40, "document": 0}[level]
    fitting = [index for index, text in enumerate(texts) if len(text) >= least]
    found, right = scored(texts, level, 0.2, "mixed", fitting)
    assert found >= 0.95 and right >= 0.95


def test_damaged_reports_are_copies_of_their_clean_twins(shared):
    clean = sorted((shared / "corpus/gov_reports").rglob("*_202[46].txt"))
    dirty = sorted((shared / "corpus/dirty_prov2026").glob("*.txt"))
    paths = [*clean, *dirty]
    labels = labels_of([path.read_text("utf-8") for path in paths], DOCUMENTS)
    twins = {path.name: paths[label].name for path, label in zip(paths, labels, strict=True) if path in dirty}
    assert all(name == twin for name, twin in twins.items())
    assert len(set(labels[: len(clean)])) == len(clean)
