"""Slots become spans: figures from the fact sheet, names from the profile, and a typed blank for the rest."""

from __future__ import annotations

import pytest

from drafting.desk import fact_sentence
from drafting.fill import Filler, answer, likeness
from drafting.model import Blank, Fact, Outline, Profile
from phrasebank.levels import LEVELS
from phrasebank.model import Phrase, Source

DYKE = Fact("加固河堤", "36", "公里", 2025, "镇水利站")
FIRMS = Fact("检查企业", "48", "家", 2025)


def outline(*facts: Fact, **profile: object) -> Outline:
    return Outline("研讨发言", "安全生产", facts=facts, profile=Profile(**{"level": "镇", **profile}))


def phrase(template: str, role: str = "measure", text: str = "") -> Phrase:
    return Phrase("p1", text or template, template, role, "plain", sources=(Source("稿.txt", 3),))


def shown(made: Outline, template: str, role: str = "measure") -> str:
    return "".join(span.text for span in Filler(made).spans(phrase(template, role)))


@pytest.mark.parametrize(
    ("level", "text"),
    [("县", "全县要查，县委带头。"), ("镇", "全镇要查，镇党委带头。"), ("村", "全村要查，村党支部带头。")],
)
def test_level_words_are_the_writers(level, text):
    """One phrase speaks as a county, a town or a village does."""
    assert shown(outline(level=level), "{whole}要查，{committee}带头。") == text


@pytest.mark.parametrize("level", LEVELS)
def test_a_phrase_can_be_used_where_every_slot_has_a_word(level):
    """`can_fill` says no exactly where a level has no word for a slot."""
    filler = Filler(outline(level=level))
    assert filler.can_fill(phrase("{whole}要查。"))
    assert filler.can_fill(phrase("{offices}要查。")) == ("offices" in LEVELS[level])
    assert filler.can_fill(phrase("在{place}查{blank:数据|户数|户}。"))


def test_a_fact_answers_a_blank_by_name_and_unit():
    """The figure stands with its unit, and its origin is the fact."""
    spans = Filler(outline(DYKE, FIRMS)).spans(phrase("已{blank:数据|加固河堤|公里}，还要修。"))
    assert [(span.text, span.origin.kind, span.origin.ref) for span in spans] == [
        ("已", "phrase", "p1"), ("36公里", "fact", "加固河堤"), ("，还要修。", "phrase", "p1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "what", "unit"),
    [
        (DYKE, "检查企业", "公里"),
        (DYKE, "加固河堤", "处"),
        (Fact("参加护堤人数", "1200", "人"), "加固河堤", "公里"),
        (Fact("公路", "36", "公里"), "新建河堤", "公里"),
    ],
)
def test_another_indicator_or_unit_is_no_answer(fact, what, unit):
    """A figure never stands for something it does not say."""
    assert answer((fact,), what, unit) is None
    assert shown(outline(fact), f"已有{{blank:数据|{what}|{unit}}}。") == f"已有〔待填：数据｜{what}｜{unit}〕。"


def test_the_nearest_of_several_facts_answers():
    """Of two facts in the same unit the one whose name says it."""
    roads = Fact("新改建农村公路", "12", "公里")
    assert answer((roads, DYKE), "加固河堤", "公里") is DYKE
    assert answer((DYKE, roads), "新改建农村公路", "公里") is roads


def test_a_figure_never_stands_without_its_unit():
    """Where the fact names no unit, the blank's own unit stands behind the figure, for the sentence has none left."""
    text = shown(outline(Fact("加固河堤", "36")), "已{blank:数据|加固河堤|公里}，还要修。")
    assert text in ("已36公里，还要修。", "已〔待填：数据｜加固河堤｜公里〕，还要修。")


def test_a_missing_fact_is_a_typed_blank():
    """What the writer has not given is asked for: kind, what, unit."""
    (_, span, _) = Filler(outline()).spans(phrase("已{blank:数据|加固河堤|公里}。"))
    assert span.text == "〔待填：数据｜加固河堤｜公里〕"
    assert (span.origin.kind, span.origin.blank) == ("blank", Blank("数据", "加固河堤", "公里"))


@pytest.mark.parametrize(
    ("slot", "profile", "text", "kind"),
    [
        ("place", {"place": "临河镇"}, "临河镇", "profile"), ("place", {}, "〔待填：地名｜地名全称〕", "blank"),
        ("post", {"post": "组织委员"}, "组织委员", "profile"), ("post", {}, "〔待填：职务｜本人职务〕", "blank"),
        ("org", {}, "〔待填：单位｜单位全称〕", "blank"), ("person", {}, "〔待填：人名｜姓名和职务〕", "blank"),
        ("date", {}, "〔待填：时间｜具体日期〕", "blank"), ("河长名单", {}, "〔待填：内容｜河长名单〕", "blank"),
    ],
)  # fmt: skip
def test_names_come_from_the_profile_or_are_asked_for(slot, profile, text, kind):
    """Nothing else puts a name into a draft; an unknown slot asks for itself."""
    (span,) = Filler(outline(**profile)).spans(phrase(f"{{{slot}}}"))
    assert (span.text, span.origin.kind) == (text, kind)


def test_a_level_without_a_word_asks_for_it():
    """Where a phrase that cannot be filled is used all the same, the slot is a blank and not an English name."""
    text = shown(outline(level="村"), "{offices}要到场。")
    assert "{" not in text
    assert text.startswith("〔待填")
    assert "offices" not in text


@pytest.mark.parametrize(("role", "asked"), [("example", "本地是否确有其事"), ("achievement", "是否已经做到")])
def test_what_claims_a_deed_is_marked_to_be_verified(role, asked):
    """A bank's wording can only suggest that something happened: the writer must know."""
    assert shown(outline(), "我们把河堤修牢了。", role) == f"我们把河堤修牢了〔待核：事例｜{asked}〕。"


def test_a_claim_that_asks_already_is_not_marked_twice():
    """A sentence with a blank is not finished before the writer has looked at it anyway."""
    assert "待核" not in shown(outline(), "已加固{blank:数据|加固河堤|公里}。", "achievement")


def test_a_fault_owned_up_to_is_marked_too():
    """«我…» in a self-examination says something of the writer."""
    assert "待核" in shown(outline(), "我到河堤上去得少。", "problem")
    assert "待核" not in shown(outline(), "有的干部到河堤上去得少。", "problem")
    assert "待核" not in shown(outline(), "我们到河堤上去得少。", "problem")


@pytest.mark.parametrize("role", ["experience", "problem", "measure"])
def test_a_deed_with_a_rough_count_is_to_be_verified(role):
    """Whatever it is said for: somewhere else it was a dozen."""
    assert "待核" in shown(outline(), "有人沿着河堤栽了十来棵柳树，根扎住了土。", role)
    assert "待核" not in shown(outline(), "要沿着河堤栽上十来棵柳树。", role)


def test_every_span_of_a_phrase_names_its_sources():
    """The wording of a phrase can be traced to file and line."""
    spans = Filler(outline()).spans(phrase("{whole}要查。"))
    assert all(span.origin.sources == (Source("稿.txt", 3),) for span in spans)


@pytest.mark.parametrize(
    ("name", "what", "alike"),
    [
        ("加固河堤", "加固河堤", 1), ("加固河堤", "去年加固河堤", 1), ("加固河堤数量", "加固河堤", 1), ("加固河堤", "检查企业", 0),
        ("", "加固河堤", 0), ("堤", "堤", 1), ("堤", "坝", 0),
    ],
)  # fmt: skip
def test_how_alike_two_names_are(name, what, alike):
    """Names are compared by pairs of characters, years and marks left out."""
    assert likeness(name, what) == likeness(what, name) == alike


@pytest.mark.parametrize(
    ("blank", "text"),
    [
        (Blank("数据", "加固河堤", "公里", 2025), "〔待填：数据｜2025年加固河堤｜公里〕"),
        (Blank("人名", "发言人姓名"), "〔待填：人名｜发言人姓名〕"),
        (Blank("事例", "是否已经做到", doubtful=True), "〔待核：事例｜是否已经做到〕"),
        (Blank("时间", "整改时限", year=2025), "〔待填：时间｜整改时限〕"),
    ],
)
def test_a_blank_as_it_stands_in_the_draft(blank, text):
    """Kind, question and unit between the marks; the year only with figures."""
    assert str(blank) == text


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (Fact("新改建农村公路", "36", "公里", 2025), "2025年，全镇新改建农村公路36公里。"),
        (Fact("排查安全隐患", "143", "处", 2026), "今年以来，全镇排查安全隐患143处。"),
        (Fact("全镇安全检查", "412", "次"), "全镇安全检查共412次。"),
        (Fact("石桥村新修水渠", "3", "公里", 2025), "2025年，石桥村新修水渠共3公里。"),
        (Fact("信访量下降", "12", "%", 2025), "2025年，全镇信访量下降12%。"),
        (Fact("安全事故", "0", "起"), "全镇安全事故共0起。"),
        (Fact("隐患整改率", "98", "%"), "全镇隐患整改率为98%。"),
        (Fact("联系点", "石桥组"), "联系点为石桥组。"),
    ],
)
def test_a_fact_in_a_sentence_of_its_own(fact, said):
    """Nothing is claimed beyond the fact: no second 全镇, no verb after a verb; the joining words are not the fact's."""
    spans = fact_sentence(fact, Profile(level="镇", year=2026))
    assert "".join(span.text for span in spans) == said
    told = "".join(span.text for span in spans if span.origin.kind == "fact")
    assert told.endswith(f"{fact.name}{fact.value}{fact.unit}")
    assert not set("全今") & set(told.replace(fact.name, ""))
