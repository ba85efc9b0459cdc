"""What only the writer can give: asked once, by whom to ask, answered wherever it stands, taken back as one step."""

from __future__ import annotations

import pytest

from drafting.answer_text import day_fault, full_date, year_fault
from drafting.checks import check
from drafting.model import Blank
from drafting.outline import loads
from drafting.questions import (
    answer,
    checklist,
    confirm,
    drop_fact,
    fact_of,
    fault_of,
    put_fact,
    questions,
    revise,
    sheet,
)  # fmt: skip
from drafting.rewording import accept, certain, reword
from drafting.session import Session
from phrasebank.search import Stack

FIGURE = "〔待填：数据｜排查整改安全隐患｜处〕"
DEED = "〔待核：事例｜是否确有其事〕"
OUTLINE = f"""
genre: 研讨发言
theme: 安全生产
title: 守住安全底线
date: 2026年3月12日
profile: {{level: 镇, place: 临河镇, unit: 临河镇党委, name: 张三, year: 2026}}
facts:
  - {{name: 新修水渠, value: "12", unit: 公里, year: 2025, source: 水利站}}
sections:
  - part: 认识
    points:
      - {{facet: 隐患排查, heading: "", fixed: true, use: ["今年已改隐患{FIGURE}。", "去年冬天我们守过一夜堤{DEED}。",
          "临河镇新修水渠12公里。"]}}
  - part: 打算
    points:
      - {{heading: "", fixed: true, use: ["年底前再改隐患{FIGURE},不留尾巴。", "有位老站长教过我看水{DEED}。"]}}
      - {{heading: "", fixed: true, use: ["让{{〔待填：单位｜牵头单位〕}}来牵头。"]}}
""".replace("{{〔", "〔").replace("〕}}", "〕")


@pytest.fixture
def session(library, builtin):
    return Session(library, Stack((builtin,)), loads(OUTLINE, "", library)[0])


def _asked(session):
    return questions(session.draft, session.plan)


def _of(session, kind, which=0):
    return [q for q in _asked(session) if q.blank.kind == kind][which]


def test_the_same_question_is_asked_once_and_a_deed_at_each_place(session):
    asked = _asked(session)
    assert [(q.blank.kind, len(q.spots)) for q in asked if q.blank.kind == "数据"] == [("数据", 2)]
    assert len([q for q in asked if q.blank.doubtful]) == 2
    assert len({q.sentence for q in asked}) == len(asked)
    for question in asked:
        for spot in question.spots:
            assert session.draft.blocks[spot.block].text.startswith(str(question.blank), spot.at)


def test_the_theme_says_whom_to_ask(session):
    assert "应急管理部门" in _of(session, "数据").ask
    asks = [q.ask for q in _asked(session)]
    assert asks == sorted(asks, key=asks.index), "those of one person stand together"


def test_an_answer_stands_everywhere_and_is_one_step(session):
    text, steps = session.draft.text, len(session.past)
    given = answer(session, (question := _of(session, "数据")), fact_of(question.blank, "３６处"))
    assert given
    assert session.draft.text.count("隐患36处") == 2
    assert len(session.past) == steps + 1
    session.undo()
    assert session.draft.text == text


def test_an_answer_is_changed_and_taken_back_where_it_stands(session):
    question = _of(session, "数据")
    text = session.draft.text
    given = answer(session, question, fact_of(question.blank, "36"))
    changed = revise(session, question, given, fact_of(question.blank, "40"))
    assert session.draft.text.count("隐患40处") == 2
    assert revise(session, question, changed, None)
    assert session.draft.text == text


def test_an_answer_gives_its_last_mark_to_the_sentence(session):
    session.put_items(1, 1, ["有一回值班，〔待填：事例｜自己的一次疏忽〕。", "请〔待填：单位｜牵头单位〕的人来。"])
    question = _of(session, "事例", -1)
    given = answer(session, question, fact_of(question.blank, "水已经进了院子。我慢了半个钟头。"))
    assert "水已经进了院子。我慢了半个钟头。请〔" in session.draft.text.replace("\n", "")
    assert revise(session, question, given, fact_of(question.blank, "我没有去看；"))
    assert "值班，我没有去看。请〔" in session.draft.text
    question = _of(session, "单位")
    answer(session, question, fact_of(question.blank, "水利站"))
    assert "请水利站的人来。" in session.draft.text


def test_an_answer_whose_words_are_gone_is_not_changed(session):
    question = _of(session, "单位")
    given = answer(session, question, fact_of(question.blank, "水利站"))
    paragraph = len(session.paragraphs(1)) - 1
    session.put_items(1, paragraph, ["另起一句。"])
    assert revise(session, question, given, fact_of(question.blank, "应急办")) is None


def test_each_deed_is_vouched_for_by_itself(session):
    assert confirm(session, _of(session, "事例", 1))
    assert session.draft.text.count(DEED) == 1
    assert "教过我看水。" in session.draft.text
    assert f"守过一夜堤{DEED}" in session.draft.text


def test_an_answer_goes_on_the_fact_sheet_where_that_is_the_door(library, builtin):
    text = "genre: 工作报告\ntheme: 农村公路\nprofile: {level: 镇, place: 临河镇, unit: 镇政府, name: 李四, year: 2026}\n"
    theme = next(iter(library.themes))
    session = Session(library, Stack((builtin,)), _any_outline(library, text, theme))
    figures = [q for q in _asked(session) if q.figure]
    assert figures, "a report asks for figures"
    for question in figures:
        steps = len(session.past)
        fresh = next((q for q in _asked(session) if q.blank == question.blank), None)
        if fresh is None:
            continue
        given = answer(session, fresh, fact_of(fresh.blank, "36", year="2025", source="统计站"))
        assert given
        assert len(session.past) == steps + 1
        assert str(question.blank) not in session.draft.text
        if not given.spots:
            fact = next(f for f in session.outline.facts if f.name == question.blank.what)
            assert (fact.value, fact.year, fact.source) == ("36", 2025, "统计站")
            changed = revise(session, fresh, given, fact_of(fresh.blank, "41", year="2025"))
            assert changed
            assert f"41{fresh.blank.unit}" in session.draft.text
            assert revise(session, fresh, changed, None)
            assert all(f.name != question.blank.what for f in session.outline.facts)
            return
    pytest.fail("no figure came from the sheet")


def _any_outline(library, text, theme):
    """An outline of the first genre whose draft asks for figures by the sheet."""
    genre = "述职述廉报告" if "述职述廉报告" in library.genres else next(iter(library.genres))
    return loads(text.replace("工作报告", genre).replace("农村公路", theme), "", library)[0]


@pytest.mark.parametrize(
    ("value", "year", "sound"),
    [
        ("36", "", True), ("３６处", "２０２６", True), ("1.2万", "2025年", True), ("近300余", "", True), ("3—5", "", True),
        ("98.6%", "", True),
        ("三十六", "", False), ("36", "26", False), ("36", "去年", False), ("2026应急办", "", False), ("不到", "", False),
    ],
)
def test_a_figure_needs_digits_and_a_year_four_of_them(session, value, year, sound):
    assert (fault_of(_of(session, "数据"), value, year) == "") == sound
    assert fault_of(_of(session, "单位"), "水利站") == ""
    assert year_fault("") == ""


def test_a_day_is_written_as_a_speech_has_it():
    assert [full_date(day) for day in ("2026.11.30", "2026-1-5", "２０２６／１１／３０", "2026年11月30日", "12345-1-5", "2026.11/3")] == [
        "2026年11月30日", "2026年1月5日", "2026年11月30日", "2026年11月30日", "12345-1-5", "2026.11/3",
    ]  # fmt: skip
    assert fact_of(Blank("时间", "整改完成时限"), "2026.11.30").value == "2026年11月30日"
    assert "没有" in day_fault("2026.2.30")


def test_figures_are_made_plain_and_keep_their_unit_once(session):
    fact = fact_of(_of(session, "数据").blank, " ３６ 处 ", year="２０２５年", source=" 应急办 ")
    assert (fact.value, fact.unit, fact.year, fact.source) == ("36", "处", 2025, "应急办")


def test_the_sheet_tells_what_is_used_and_a_changed_fact_changes_own_sentences(session):
    assert [(fact.name, used) for fact, used in sheet(session.draft)] == [("新修水渠", True)]
    fact = session.outline.facts[0]
    assert put_fact(session, fact_of(_of(session, "数据").blank, "1"))
    assert put_fact(session, type(fact)("新修水渠", "15", "公里", 2025, "水利站"))
    assert "新修水渠15公里" in session.draft.text
    assert [f.name for f in session.outline.facts] == ["新修水渠", "排查整改安全隐患"], "it stays at its place"
    assert drop_fact(session, "新修水渠")
    assert [f.name for f in session.outline.facts] == ["排查整改安全隐患"]


def test_a_fact_nobody_hears_is_told(session):
    session.put_items(0, 0, ["今年已改隐患若干。"])
    assert [(fact.name, used) for fact, used in sheet(session.draft)] == [("新修水渠", False)]


def test_the_list_for_colleagues_holds_each_question_under_whom_to_ask(session):
    rows = _asked(session)
    text = checklist(session.draft.title, rows)
    assert text.count("□") == len(rows)
    for row in rows:
        assert f"【{row.ask}】" in text
        assert row.sentence in text
    assert text.index(f"【{rows[0].ask}】") < text.index(rows[0].sentence)


# Rewording


def test_what_a_check_is_certain_of_is_put_in_as_one_step(session):
    found = [f for f in check(session.draft, session.plan) if certain(f)]
    assert found, "a half-width comma is found"
    text = session.draft.text
    assert accept(session, *found)
    assert session.draft.text == text.replace("〕,不留", "〕，不留")
    assert not [f for f in check(session.draft, session.plan) if certain(f)]
    session.undo()
    assert session.draft.text == text


def test_a_mark_typed_twice_is_found_and_mended(session):
    session.put_items(1, 1, ["水已经进了院子。。我们被通报，。"])
    found = [f for f in check(session.draft, session.plan) if f.message.startswith("标点写了两个")]
    assert [f.text for f in found] == ["。。", "，。"]
    assert accept(session, *found)
    assert session.draft.text.count("院子。我们被通报。") == 1


def test_every_kind_of_block_is_reworded_at_its_place(session):
    for number, block in enumerate(session.draft.blocks):
        text = session.draft.blocks[number].text
        at = len(text) - 2 if block.kind in ("title", "heading", "salutation") else len(block.lead_text)
        done = reword(session, number, at, at + 1, "甲")
        after = session.draft.blocks[number].text
        assert done == (block.kind not in ("speaker", "date", "subtitle")), block.kind
        assert after == (text[:at] + "甲" + text[at + 1 :] if done else text), block.kind


def test_a_stretch_over_two_sentences_is_left_alone(session):
    block = next(n for n, b in enumerate(session.draft.blocks) if "守过一夜堤" in b.text)
    text = session.draft.blocks[block].text
    end = text.index("。")
    assert not reword(session, block, end - 1, end + 2, "甲")
    assert session.draft.blocks[block].text == text
