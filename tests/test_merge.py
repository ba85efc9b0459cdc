"""Merging: any number of workers, in any order, gives one result."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from phrasebank.merge import fold, gather, merge
from phrasebank.model import Phrase, Source

TEXTS = {"pa": ("干群一条心。", "干群一条心！"), "pb": ("山青水秀。", "山青水秀！"), "pc": ("河清鱼跃。", "河清鱼跃。")}


@st.composite
def phrases(draw: st.DrawFn) -> Phrase:
    id_ = draw(st.sampled_from(sorted(TEXTS)))
    polarity = draw(st.sampled_from(["plain", "negative", "refuted"]))
    text = draw(st.sampled_from(TEXTS[id_]))
    return Phrase(
        id_, text, text.replace("干群", draw(st.sampled_from(["干群", "{our}"]))),
        draw(st.sampled_from(["measure", "problem"])), polarity,
        theme=draw(st.sampled_from([None, "安全生产"])), facets=tuple(draw(st.sets(st.sampled_from("甲乙")))),
        sources=(Source(draw(st.sampled_from(["a.txt", "b.txt", "c.txt"])), draw(st.integers(1, 3))),),
        names=draw(st.sampled_from([(), ("干群",)])),
        reason="refuted" if polarity == "refuted" else draw(st.sampled_from(["", "names", "damaged"])),
    )  # fmt: skip


MANY = st.lists(phrases(), max_size=8)


@given(st.data(), MANY)
@settings(max_examples=60)
def test_the_order_of_documents_does_not_matter(data, many):
    """Files read in another order, or by other workers, give the same phrases."""
    assert merge(data.draw(st.permutations(many))) == merge(many)


@given(MANY, MANY, MANY)
@settings(max_examples=60)
def test_parts_merged_first_give_the_same(one, two, three):
    """Merging is associative: partitions may be merged among themselves before they meet."""
    assert merge([*merge([*one, *two]), *three]) == merge([*one, *merge([*two, *three])]) == merge([*one, *two, *three])


@given(MANY)
def test_every_occurrence_is_counted_once(many):
    """The counts of the merged phrases add up to what was found, one phrase a wording."""
    merged = merge(many)
    assert sum(phrase.count for phrase in merged) == len(many)
    assert {phrase.id for phrase in merged} == {phrase.id for phrase in many}
    assert len(merged) == len({phrase.id for phrase in merged})


@given(MANY)
def test_what_was_refuted_anywhere_is_never_offered(many):
    """The gravest polarity wins, and a refuted wording keeps its reason not to be offered."""
    for phrase in merge(many):
        alike = [p.polarity for p in many if p.id == phrase.id]
        assert phrase.polarity == max(alike, key=("plain", "negative", "refuted").index)
        if "refuted" in alike:
            assert phrase.reason == "refuted"


@given(MANY)
@example([
    Phrase("pa", "干群一条心。", "干群一条心。", "measure", "plain", sources=(Source("a.txt", 1),)),
    Phrase("pa", "干群一条心。", "干群一条心。", "measure", "plain", sources=(Source("b.txt", 1),), names=("干群",), reason="names"),
])  # fmt: skip
def test_a_name_known_from_one_file_is_not_smuggled_in_by_another(many):
    """A wording that is offered has no name left in its template, whichever file recognised the name."""
    for phrase in merge(many):
        if not phrase.reason:
            assert not [name for name in phrase.names if name in phrase.template]


def test_merging_again_counts_as_merging_once():
    """Sources stay whole until a bank is written, so that parts merged in turn count every file."""
    found = [
        Phrase("pa", "干群一条心。", "干群一条心。", "lead", "plain", sources=(Source(f"{n:02}.txt", 1),))
        for n in range(30)
    ]
    (phrase,) = merge(reversed(found))
    assert (phrase.count, phrase.documents) == (30, 30)
    assert merge([*merge(found[:25]), *merge(found[25:])]) == (phrase,)


def fish(file: str, **values: object) -> Phrase:
    """A phrase of one file."""
    one = Phrase("pa", "河清鱼跃。", "河清鱼跃。", "lead", "plain", sources=(Source(file, 1),))
    return replace(one, **values)


def test_what_only_stands_in_copies_counts_once():
    """A wording that came with copied texts alone is one document and so many copies."""
    copied = [fish(f"{n}.txt", documents=0, copies=1) for n in range(3)]
    (phrase,) = merge(copied)
    assert (phrase.documents, phrase.copies, phrase.count) == (1, 2, 3)
    (phrase,) = merge([*copied, fish("own.txt")])
    assert (phrase.documents, phrase.copies, phrase.count) == (1, 3, 4)


def test_years_reach_from_the_first_to_the_last():
    """The years of a phrase are those of all its sources; a source of unknown year takes none away."""
    years = [(2019, 2019), None, (2012, 2012), (2024, 2024)]
    assert [phrase.years for phrase in merge(fish(f"{n}.txt", years=span) for n, span in enumerate(years))] == [(2012, 2024)]


def test_a_frame_of_one_document_is_rare_until_another_has_it():
    """A pattern is one when several files have it; banks merged later may make it so."""
    frames = [fish(f"{n}.txt", text="把X作为Y", template="把{X}作为{Y}", kind="frame") for n in range(2)]
    (rare,) = merge(frames[:1])
    assert rare.reason == "rare"
    assert [phrase.reason for phrase in merge([rare, *merge(frames[1:])])] == [""]


def test_folding_keeps_one_of_what_is_nearly_the_same():
    """The wording that stands in most files stands for its like, with their counts; their ids lead to it."""
    two = fish("b.txt", id="pb", text="河清鱼跳。", documents=3, count=3, years=(2021, 2024))
    other = fish("c.txt", id="pc", text="山青水秀。")
    wordings = gather([fish("a.txt", years=(2019, 2019)), two, other])
    assert fold(wordings, ["pa", "pb", "pc"], [0, 0, 2]) == {"pa": "pb"}
    assert sorted(wordings) == ["pb", "pc"]
    kept = wordings["pb"]
    assert (kept.text, kept.count, kept.documents, kept.years) == ("河清鱼跳。", 4, 4, (2019, 2024))
    assert {source.file for source in kept.sources} == {"a.txt", "b.txt"}


def test_a_file_that_says_nearly_the_same_twice_is_one_document():
    """Folding counts files, not sentences."""
    alike = [fish("a.txt"), fish("a.txt", id="pb", text="河清鱼跳。"), fish("b.txt", id="pc", text="河清鱼游。")]
    wordings = gather(alike)
    fold(wordings, ["pa", "pb", "pc"], [0, 0, 0])
    (kept,) = wordings.values()
    assert (kept.count, kept.documents, kept.copies) == (3, 2, 0)
