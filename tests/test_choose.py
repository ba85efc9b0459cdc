"""Which phrase goes where: never one twice, never a fault for a measure, always by the seed alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import own_library

from drafting.choose import Chooser
from drafting.fill import Filler
from drafting.model import Fact, Outline, Profile
from phrasebank.bank import Bank, Contents, write_bank
from phrasebank.model import ROLES, MinedDocument, Phrase, Source
from phrasebank.search import Stack

LIBRARY = own_library()
FILES = ("甲.txt", "乙.txt")
SUBJECTS = ("水渠", "山路", "桥面", "路灯", "井盖", "河堤", "林场", "粮仓", "校车", "灶台")
DEEDS = (
    "清淤见底",
    "补齐栏杆",
    "换新灯头",
    "焊牢接缝",
    "拆掉违建",
    "刷上标线",
    "备足沙袋",
    "修剪枝条",
    "看住火源",
    "腾空通道",
)


def phrase(id_: str, text: str, role: str = "measure", polarity: str = "plain", **values: object) -> Phrase:
    about = {
        "theme": "安全生产",
        "facets": ("隐患排查",),
        "genre": "会议讲话",
        "sources": (Source("甲.txt", 1),),
        **values,
    }
    return Phrase(
        id_, text, values.get("template", text), role, polarity, **{k: v for k, v in about.items() if k != "template"}
    )


MANY = tuple(
    phrase(f"p{n}{m}", f"{subject}{deed}。", sources=(Source(FILES[n % 2], n * 10 + m + 1),))
    for n, subject in enumerate(SUBJECTS)
    for m, deed in enumerate(DEEDS)
    if (n + m) % 4 == 0
)


def bank(path, *phrases: Phrase) -> Bank:
    write_bank(Contents(tuple(MinedDocument(file, "0" * 64, 1) for file in FILES), phrases), path)
    return Bank(path)


def chooser(stack: Stack, seed: int = 1, genre: str = "会议讲话", level: str = "镇") -> Chooser:
    filler = Filler(Outline(genre, "安全生产", profile=Profile(level)))
    return Chooser(stack, filler, LIBRARY.genres[genre], "安全生产", seed)


@pytest.fixture
def stack(tmp_path):
    return Stack((bank(tmp_path / "a.db", *MANY),))


def taken(chosen: Chooser, role: str = "measure", facet: str = "隐患排查") -> list[Phrase]:
    """Everything the chooser gives until it has no more."""
    found = []
    while (one := chosen.choose(role, facet, f"slot {len(found)}", strict=True)) is not None:
        found.append(one)
    return found


def test_no_sentence_twice(stack):
    """Whatever was used is not offered again, in any slot."""
    found = taken(chooser(stack))
    assert len(found) > 4
    assert len({p.id for p in found}) == len(found)


def test_none_that_says_the_same_as_another(tmp_path):
    """A sentence that differs from a used one in a word or two is passed over."""
    alike = (
        phrase("p1", "把河堤上的险段一处一处查清。"),
        phrase("p2", "把河堤上的险段一处一处查清楚。"),
        phrase("p3", "沙袋要备足。"),
    )
    found = taken(chooser(Stack((bank(tmp_path / "a.db", *alike),))))
    assert len(found) == 2
    assert not {"p1", "p2"} <= {p.id for p in found}


def test_what_the_writer_used_is_not_offered(stack):
    """A phrase the writer set somewhere counts as used."""
    one = chooser(stack)
    one.use(MANY[0])
    assert MANY[0].id not in {p.id for p in one.candidates("measure", "隐患排查", "slot")}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("polarity", ["plain", "negative", "refuted"])
def test_faults_are_offered_for_problems_and_causes_only(tmp_path, role, polarity):
    """Negative wording is never a measure, pledge or appeal; refuted wording is nothing at all, even if a bank holds it."""
    stack = Stack((bank(tmp_path / "a.db", phrase("p1", "有的干部坐等上门，没有人管。", role, polarity)),))
    chosen = chooser(stack).choose(role, "隐患排查", "slot")
    allowed = polarity == "plain" or (polarity == "negative" and role in ("problem", "cause"))
    assert (chosen is not None) == allowed


def test_a_phrase_without_a_word_at_this_level_is_not_offered(tmp_path):
    """A village is not given a sentence about its offices."""
    stack = Stack((bank(tmp_path / "a.db", phrase("p1", "镇直单位把沙袋备足。", template="{offices}把沙袋备足。")),))
    assert chooser(stack, level="镇").choose("measure", "隐患排查", "slot")
    assert chooser(stack, level="村").choose("measure", "隐患排查", "slot") is None


def test_who_may_not_give_orders_is_given_none(tmp_path):
    """In a seminar nobody tells the offices what they must do."""
    order = phrase("p1", "各村要把沙袋备足。", template="{units}要把沙袋备足。")
    other = phrase("p2", "各有关单位必须备足沙袋。")
    stack = Stack((bank(tmp_path / "a.db", order, other),))
    assert chooser(stack, genre="研讨发言").candidates("measure", "隐患排查", "slot") == []
    assert len(chooser(stack, genre="会议讲话").candidates("measure", "隐患排查", "slot")) >= 1


@pytest.mark.parametrize("role", ["opening", "closing"])
def test_openings_and_closings_belong_to_their_genre(tmp_path, role):
    """How a lecture opens is not how a report does."""
    texts = [
        phrase("p1", "党课要从身边事讲起。", role, genre="党课"),
        phrase("p2", "身边事最能说明道理。", role, genre=None),
    ]
    stack = Stack((bank(tmp_path / "a.db", *texts),))
    assert {p.id for p in chooser(stack, genre="研讨发言").candidates(role, "", "slot")} == {"p2"}
    assert {p.id for p in chooser(stack, genre="党课").candidates(role, "", "slot")} == {"p1", "p2"}


def test_strict_keeps_to_the_facet_and_otherwise_the_theme_follows(tmp_path):
    """A paragraph about one facet is not filled with another's sentences; a single sentence may be."""
    near, far = phrase("p1", "险段天天看。"), phrase("p2", "沙袋要备足。", facets=("应急处置",))
    other = phrase("p3", "村务要公开。", theme="基层治理", facets=())
    stack = Stack((bank(tmp_path / "a.db", near, far, other),))
    assert [p.id for p in chooser(stack).candidates("measure", "隐患排查", "slot", strict=True)] == ["p1"]
    assert [p.id for p in chooser(stack).candidates("measure", "隐患排查", "slot")] == ["p1", "p2"]
    assert {p.id for p in chooser(stack).candidates("measure", "", "slot")} == {"p1", "p2"}


def test_the_users_own_bank_comes_before_the_built_in_one(tmp_path):
    """The built-in bank fills what the user's lacks, whatever the seed."""
    own, built = bank(tmp_path / "a.db", *MANY[:3]), bank(tmp_path / "b.db", *MANY[3:])
    for seed in range(8):
        ids = [p.id for p in chooser(Stack((own,), built), seed).candidates("measure", "隐患排查", "slot")]
        assert set(ids[:3]) == {p.id for p in MANY[:3]}
        assert len(ids) == len(MANY)


def test_no_source_is_drawn_on_alone(stack):
    """Where two sources can give a sentence, both are drawn on."""
    for seed in range(8):
        files = [p.sources[0].file for p in taken(chooser(stack, seed))]
        assert min(files.count(file) for file in FILES) >= min(4, len(files) // 4)


def test_seed_and_slot_decide_and_nothing_else(stack):
    """The same seed and slot give the same order; another seed or slot another one."""
    order = [p.id for p in chooser(stack).candidates("measure", "隐患排查", "slot")]
    assert order == [p.id for p in chooser(stack).candidates("measure", "隐患排查", "slot")]
    assert order != [p.id for p in chooser(stack, seed=2).candidates("measure", "隐患排查", "slot")]
    assert order != [p.id for p in chooser(stack).candidates("measure", "隐患排查", "other slot")]


def test_the_order_does_not_hang_on_the_order_in_the_bank(tmp_path):
    """A bank mined again in another order of quality gives the same choice."""
    one = Stack((bank(tmp_path / "a.db", *MANY),))
    two = Stack((bank(tmp_path / "b.db", *reversed(MANY)),))
    assert chooser(one).choose("measure", "隐患排查", "slot") == chooser(two).choose("measure", "隐患排查", "slot")


def test_nothing_fitting_is_none(stack):
    """A role the bank has nothing for gives None, never something else."""
    assert chooser(stack).choose("appeal", "隐患排查", "slot") is None
    assert chooser(Stack()).choose("measure", "", "slot") is None
    assert replace(MANY[0]) in MANY


def test_a_figure_that_has_a_sentence_of_its_own_is_not_told_again(tmp_path):
    """«2025年，全镇加固河堤36公里。» and another sentence with the same 36公里 would stand side by side."""
    asking = phrase("p1", "险段加固了〔待填：数据｜加固河堤｜公里〕。", template="险段加固了{blank:数据|加固河堤|公里}。")
    other = phrase("p2", "沙袋要备足。")
    fact = Fact("加固河堤", "36", "公里", 2025)
    filler = Filler(Outline("会议讲话", "安全生产", profile=Profile("镇"), facts=(fact,)))
    one = Chooser(Stack((bank(tmp_path / "a.db", asking, other),)), filler, LIBRARY.genres["会议讲话"], "安全生产", 1)
    assert {one.choose("measure", "隐患排查", "a").id, one.choose("measure", "隐患排查", "b").id} == {"p1", "p2"}
    one = Chooser(one.stack, filler, one.genre, "安全生产", 1, told={"加固河堤"})
    assert one.choose("measure", "隐患排查", "a").id == "p2"
    assert one.choose("measure", "隐患排查", "b") is None
