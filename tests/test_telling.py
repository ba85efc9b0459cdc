"""A fact that no sentence tells yet, told where it makes sense; and what a change came to, in the writer's words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafting import actions
from drafting.difference import difference
from drafting.doubtful import dropped
from drafting.model import Draft, Fact, Finding
from drafting.outline import loads
from drafting.questions import answer, confirm, fact_of, put_fact, questions
from drafting.session import Session
from drafting.telling import is_sure, places, tell_fact
from drafting.unhoused import fact_for
from phrasebank.search import Stack

SUMMARY = """
genre: 工作总结
theme: 安全生产
title: 守住安全底线
profile: {level: 镇, place: 临河镇, unit: 临河镇党委, year: 2026}
sections:
  - part: 成效
    points:
      - {facet: 责任落实, heading: 划清交界地带, fixed: true, use: ["交界地带的责任重新划了一遍。"]}
      - {facet: 隐患排查, heading: 看清各处险点, fixed: true, use: ["险点一处一处看过。", "看过的都记了下来。"]}
  - part: 问题
    points:
      - {facet: 隐患排查, heading: 沿街商铺看得不勤, fixed: true, use: ["沿街商铺的隐患，我们看得不勤。"]}
  - part: 下步
    points:
      - {facet: 应急处置, heading: 备好夜里的手电, fixed: true, use: ["手电一户一把。", "我守过一夜堤〔待核：事例｜是否确有其事〕。",
         "请〔待填：单位｜牵头单位〕来牵头。"]}
"""


@pytest.fixture
def session(library, builtin):
    return Session(library, Stack((builtin,)), loads(SUMMARY, "", library)[0])


def test_what_was_done_is_told_among_what_was_done_and_on_its_matter(session):
    fact = Fact("排查沿街商铺安全隐患", "126", "处", 2026)
    found = places(session, fact)
    assert [place.part for place in found] == ["成效", "成效", "下步"], "the likeliest first, and no fault"
    assert is_sure(found)
    assert tell_fact(session, fact, found[0])[0] == "今年以来，全镇排查沿街商铺安全隐患126处。"
    told = session.paragraphs(0)[1].text
    assert told.index("126处") < told.index("险点一处一处看过"), "at the head of its paragraph, where templates have figures"


def test_what_went_wrong_is_told_among_faults_and_nothing_is_sure_without_its_matter(session):
    assert places(session, Fact("火灾事故", "3", "起"))[0].part == "问题"
    assert places(session, Fact("整改事故隐患", "3", "处"))[0].part == "成效", "what was done about it is no fault"
    tree = places(session, Fact("栽树", "300", "棵"))
    assert tree
    assert not is_sure(tree)
    assert not is_sure(())


def _after(session, act):
    """What is said of a change when it is taken back, and when it is done again."""
    before = session.draft, session.plan
    assert act()
    after = session.draft, session.plan
    return difference(before, after)


def test_a_change_is_named_and_says_where(session):
    open_ = {q.blank.kind: q for q in questions(session.draft, session.plan)}
    for told, act in {
        "改题目“守夜”": lambda: session.apply(lambda o: loads(SUMMARY.replace("守住安全底线", "守夜"), "", session.library)[0]),
        "记下“栽树”300棵": lambda: put_fact(session, Fact("栽树", "300", "棵")),
        "改“栽树”为400棵": lambda: put_fact(session, Fact("栽树", "400", "棵")),
        "填空“应急办”（“下步”第1段）": lambda: answer(session, open_["单位"], fact_of(open_["单位"].blank, "应急办")),
        "核实“我守过一夜堤”（“下步”第1段）": lambda: confirm(session, open_["事例"]),
        "改“下步”的小标题“夜里有光。”": lambda: session.head(2, 0, "夜里有光"),
        "改句“险点一处一处看过。”为“险点都看过。”（“成效”第2段）": lambda: session.put(0, 1, 0, "险点都看过。"),
        "删句“险点都看过。”（“成效”第2段）": lambda: session.put(0, 1, 0),
        "添句“夜里也看。”（“成效”第2段）": lambda: session.insert(0, 1, 0, "夜里也看。"),
        "移动“成效”里的段落": lambda: session.move_paragraph(0, 0, 1),
        "删“成效”里的一段": lambda: session.put_items(0, 0, []),
        "改大标题“把账还清”": lambda: session.structure(lambda o: actions.set_heading(o, 1, "把账还清")),
        "改身份里的姓名": lambda: session.apply(lambda o: replace(o, profile=replace(o.profile, name="李四"))),
        "锁住一段": lambda: session.lock(0, 0),
    }.items():
        assert _after(session, act).startswith(told)


def test_a_sentence_more_in_a_part_that_nobody_had_touched_is_just_that(library, builtin):
    outline = loads(SUMMARY.partition("sections:")[0], "", library)[0]
    session = Session(library, Stack((builtin,)), outline)
    assert _after(session, lambda: session.insert(0, 0, 0, "先说一句。")).startswith("添句“先说一句。”（“概述”第1段）")


def test_what_is_not_so_goes_with_all_that_its_mark_vouches_for(session):
    open_ = next(q for q in questions(session.draft, session.plan) if q.blank.doubtful)
    assert dropped(session, open_) == "手电一户一把。我守过一夜堤。"
    assert session.paragraphs(2)[0].text.endswith("请〔待填：单位｜牵头单位〕来牵头。")
    session.undo()
    session.lock(2, 0)
    assert not dropped(session, open_), "a locked paragraph stays"


def test_a_figure_without_a_fact_becomes_one_with_a_name_of_its_clause(session):
    text = "今年全镇一共检查了85家企业，务必人人过关。累计走访困难群众1.2万户。又花了〔待填〕3元。"
    session.put(0, 0, 0, text)
    draft = session.draft
    at = next(n for n, block in enumerate(draft.blocks) if "85家" in block.text)
    found = []
    for figure in ("85", "1.2万", "3"):
        start = draft.blocks[at].text.index(figure)
        found.append(fact_for(draft, Finding("F03", "E", at + 1, figure, "", start=start, end=start + len(figure))))
    assert [(f.name, f.value, f.unit) for f in found] == [("检查企业", "85", "家"), ("走访困难群众", "1.2万", "户"), ("", "3", "元")]
    assert isinstance(draft, Draft)
    session.apply(lambda o: loads(SUMMARY, "", session.library)[0])
    put_fact(session, Fact("走访", "85", "家"))
    session.put(0, 0, 0, text)
    known = Finding("F03", "E", at + 1, "85", "", start=session.draft.blocks[at].text.index("85"), end=0)
    assert fact_for(session.draft, known).name == "走访", "one that is on the sheet is that one"
