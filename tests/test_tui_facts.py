"""The facts step as a writer fills it in: typed into the row, put everywhere, taken back, never lost."""

from __future__ import annotations

from contextlib import asynccontextmanager

from textual import events
from textual.widgets import Input, Static
from walking import _one_desk, _seldom_collected, _work_folder, walk  # noqa: F401 - fixtures

from drafting.model import Fact, Finding
from drafting.outline import loads
from tui.screens.dialogs import AskLine
from tui.screens.facts import FactsScreen
from tui.screens.picking import PickOne
from tui.screens.review import ReviewScreen
from tui.screens.write import WriteScreen
from tui.widgets.factfields import Verdict, cells_of
from tui.widgets.factrows import FactRow
from tui.widgets.sentences import SentenceList

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
  - {{name: 栽树, value: "300", unit: 棵}}
sections:
  - part: 认识
    points:
      - {{facet: 隐患排查, heading: "", fixed: true, use: ["今年已改隐患{FIGURE}。", "去年冬天我们守过一夜堤{DEED}。",
         "临河镇新修水渠12公里。"]}}
  - part: 打算
    points:
      - {{heading: "", fixed: true, use: ["年底前再改隐患{FIGURE},不留尾巴。", "有位老站长教过我看水{DEED}。",
         "请〔待填：单位｜牵头单位〕来牵头。"]}}
"""


@asynccontextmanager
async def drafted(tmp_path, step, text=OUTLINE, size=(80, 24)):
    """A short draft at a step, without the way there."""
    async with walk(size) as w:
        outline = loads(text, "", w.app.workshop.library)[0]
        w.app._take(w.app.workshop.session(outline), w.app.store.new_path())
        w.app.autosave()
        w.app.go(step)
        await w.settle()
        yield w


def row_of(w, what):
    """The row that asks for something, or of a fact of that name."""
    return next(
        r for r in w.screen.query(FactRow)
        if not r.fresh and what in (r.fact.name if r.fact else f"{r.question.blank.what}{r.question.sentence}")
    )  # fmt: skip


def shown(w, name):
    return str(w.screen.query_one(name, Static).render())


async def at(w, what):
    row = row_of(w, what)
    row.enter()
    await w.settle()
    return row


async def test_a_row_is_typed_into_and_enter_puts_it_everywhere(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        assert isinstance(w.screen, FactsScreen)
        heads = [str(head.render()) for head in w.screen.query(".fact-group").results(Static)]
        assert heads[0].startswith("问 应急管理部门"), "questions stand under whom to ask"
        assert heads[-1].startswith("事实清单　已有2条")
        await at(w, "排查整改安全隐患")
        assert "全文共2处" in shown(w, "#facts-about")
        assert "今年已改隐患" in shown(w, "#facts-about")
        await w.type("３６")
        await w.press("enter")
        assert w.session.draft.text.count("隐患36处") == 2
        assert "隐患36处" in w.app.path.read_text("utf-8"), "it is saved"
        assert row_of(w, "排查整改安全隐患").settled
        assert "还有 3 项" in shown(w, "#facts-told")
        await w.press("ctrl+z")
        assert FIGURE in w.session.draft.text
        assert "还有 4 项" in shown(w, "#facts-told")


async def test_a_figure_without_digits_and_a_wrong_year_are_told_at_the_row_and_kept(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        text = w.session.draft.text
        row = await at(w, "排查整改安全隐患")
        for value, year, told in (("三十", "", "数字"), ("36", "26", "年份")):
            row.query("Input").first(Input).value = value
            next(field for field in row.query(Input) if field.name == "year").value = year
            await w.press("f3")
            assert isinstance(w.screen, FactsScreen)
            fault = row.query_one(".fact-fault", Static)
            assert told in str(fault.render())
            assert fault.region.height == 1, "it is seen"
            assert fault.region.y == row.query_one(".fact-fields").region.bottom
            assert (row.typed[0], row.typed[2]) == (value, year)
            assert w.app.focused in row.query(Input)
        assert w.session.draft.text == text
        next(field for field in row.query(Input) if field.name == "year").value = "２０２６"
        await w.press("f3")
        assert isinstance(w.screen, ReviewScreen)
        assert w.session.draft.text.count("隐患36处") == 2


async def test_an_answer_is_corrected_in_its_row_and_emptied_again(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        row = await at(w, "牵头单位")
        text = w.session.draft.text
        field = row.query_one(Input)
        for words in ("水利站", "应急办", ""):
            field.value = words
            await w.press("enter")
            field.focus()
            await w.settle()
            assert f"请{words or '〔待填：单位｜牵头单位〕'}来牵头" in w.session.draft.text
        assert w.session.draft.text == text
        assert not row.settled


async def test_a_deed_is_confirmed_by_a_key_each_by_itself(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        await at(w, "老站长")
        assert isinstance(w.app.focused, Verdict)
        await w.press("不")  # what is typed where nothing can be written does not go without a word
        assert any("不用打字" in notice for notice in w.said())
        await w.press("f4")
        assert "教过我看水。" in w.session.draft.text
        assert f"守过一夜堤{DEED}" in w.session.draft.text
        assert not row_of(w, "守过一夜堤").settled
        await at(w, "牵头单位")
        await w.press("f4")
        assert "待核的行" in w.said()[-1]


async def test_what_is_not_so_leads_to_its_sentence(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        w.session.lock(1, 0)
        await at(w, "老站长")
        await w.press("f5")
        assert isinstance(w.screen, WriteScreen), "what is locked is not swapped"
        assert "这句还在" in w.said()[-1]
        assert "教过我看水" in w.screen.query_one(SentenceList).at.item.text
        await w.press("f3")
        await at(w, "牵头单位")
        await w.type("应急办")
        await w.press("f2")
        assert isinstance(w.screen, WriteScreen)
        assert "请应急办来牵头" in w.session.draft.text, "what was typed is kept when one goes back"
        await w.press("f3")
        await at(w, "守过一夜堤")
        await w.press("f6")
        assert "守过一夜堤" in w.screen.query_one(SentenceList).at.item.text


async def test_what_is_not_so_is_swapped_at_once_with_all_its_sentences(tmp_path):
    whole = "去年冬天我们守过一夜堤。水退了大家才回家。第二天又去补了缺口"
    async with drafted(tmp_path, "facts", OUTLINE.replace("去年冬天我们守过一夜堤", whole)) as w:
        before = w.session.draft.text
        await at(w, "补了缺口")
        await w.press("f5")
        assert isinstance(w.screen, FactsScreen)
        assert "水退了" not in w.session.draft.text
        assert "守过一夜堤" not in w.session.draft.text
        assert w.said()[-1].startswith("换成了：")
        now = w.said()[-1].removeprefix("换成了：").split("　Ctrl")[0]
        assert now in w.session.draft.text
        assert not [r for r in w.screen.query(FactRow) if r.question and "缺口" in r.question.sentence]
        await w.press("ctrl+z")
        assert w.session.draft.text == before


async def test_a_case_says_which_heading_it_stands_under(tmp_path):
    case = "〔待填：事例｜本人的一次不足〕"
    point = f'{{facet: 应急处置, heading: 应急处置上劲头不足, fixed: true, use: ["先说难的：{case}。", "那以后我才晓得。"]}}'
    text = OUTLINE.replace("  - part: 打算\n    points:\n", f"  - part: 打算\n    points:\n      - {point}\n")
    async with drafted(tmp_path, "facts", text) as w:
        row = await at(w, "一次不足")
        face = str(row.query_one(".fact-what", Static).render())
        assert "应急处置上劲头不足”底下" in face
        assert "先说难的" in shown(w, "#facts-about")
        assert "那以后我才晓得" in shown(w, "#facts-about")


async def test_the_sheet_is_changed_and_a_fact_taken_off(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        assert "没有用上" in str(row_of(w, "栽树").query_one(".fact-what", Static).render())
        row = await at(w, "新修水渠")
        row.query(Input).first(Input).value = "15"
        await w.press("enter")
        assert "新修水渠15公里" in w.session.draft.text
        assert w.app.focused.name == "unit", "Enter goes through the fields of a fact"
        await w.press("enter", "enter", "enter")
        assert "没有用上" in shown(w, "#facts-about"), "the row below"
        await w.press("f8")
        assert [fact.name for fact in w.session.outline.facts] == ["新修水渠"]
        await w.press("ctrl+z")
        assert [fact.name for fact in w.session.outline.facts] == ["新修水渠", "栽树"]
        row = list(w.screen.query(FactRow))[-1]
        row.query(Input).first(Input).focus()
        await w.type("夜校开课")
        await w.press("enter", "enter")
        assert "还差“数字/内容”" in str(row.query_one(".fact-fault", Static).render())
        assert w.app.focused.name == "value"
        await w.type("８")
        next(field for field in row.query(Input) if field.name == "source").value = "教办"
        await w.press("enter", "enter", "enter", "enter")
        fact = w.session.outline.facts[-1]
        assert (fact.name, fact.value, fact.source) == ("夜校开课", "8", "教办")
        assert row_of(w, "夜校开课").fact == fact


async def test_the_list_of_questions_is_written_and_copied(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        await w.press("f7")
        assert isinstance(w.screen, AskLine)
        w.screen.query_one(Input).value = str(tmp_path / "要问的.txt")
        await w.press("enter")
        text = (tmp_path / "要问的.txt").read_text("utf-8")
        assert "排查整改安全隐患" in text
        assert w.app.clipboard == text
        await w.press("f7")
        w.screen.query_one(Input).value = str(tmp_path / "没有的" / "要问的.txt")
        await w.press("enter")
        assert any("没有存上" in (n.title or "") for n in w.app._notifications)


async def test_with_nothing_to_fill_it_says_what_to_do_next(tmp_path):
    text = OUTLINE.replace(FIGURE, "一批").replace(DEED, "").replace("〔待填：单位｜牵头单位〕", "应急办")
    async with drafted(tmp_path, "facts", text[: text.index("facts:")] + text[text.index("sections:") :]) as w:
        assert all(row.fresh for row in w.screen.query(FactRow))
        assert "按 F3 去审校" in shown(w, "#facts-told")
        await w.press("f9", "f4", "f5", "f6", "f7", "f8", "f3")
        assert isinstance(w.screen, ReviewScreen)


async def test_one_comes_to_the_row_of_a_finding(tmp_path):
    async with drafted(tmp_path, "review") as w:
        block = next(n for n, b in enumerate(w.session.draft.blocks, 1) if "牵头单位" in b.text)
        w.app.mend(Finding("R03", "E", block, "〔待填：单位｜牵头单位〕", ""))
        await w.settle()
        assert w.app.focused in row_of(w, "牵头单位").query(Input)


async def test_all_fields_of_a_row_stand_on_the_screen(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        row = await at(w, "新修水渠")
        for size in ((120, 36), (80, 24), (40, 20)):
            await w.resize(*size)
            await w.settle()
            for field in row.query(Input):
                assert field.region.x >= 0
                assert field.region.right <= size[0]
                assert field.region.width >= 4, (field.name, size)
        await w.press("up", "up")
        rows = list(w.screen.query(FactRow))
        before = rows.index(row)
        for _ in range(2):  # two keys at once
            w.app.post_message(events.Key("down", None))
        await w.settle()
        assert w.app.focused in rows[before].query(Input), "each key goes a row on"
        await w.press("f9")


TIMES = OUTLINE.replace("年底前再改", "〔待填：时间｜整改时限〕前再改")


async def test_rows_keep_their_place_while_they_are_filled_and_when_one_comes_back(tmp_path):
    async with drafted(tmp_path, "facts", TIMES) as w:
        before = [row.question.blank for row in w.screen.query(FactRow) if row.question]
        for what, words in (("整改时限", "12月底"), ("牵头单位", "应急办")):
            await at(w, what)
            await w.type(words)
            await w.press("enter")
            assert [row.question.blank for row in w.screen.query(FactRow) if row.question] == before
        await w.press("f3", "f2")
        rows = [row for row in w.screen.query(FactRow) if row.question]
        assert [row.question.blank for row in rows] == before
        assert [row.typed[0] for row in rows if row.settled] == [
            {"整改时限": "12月底", "牵头单位": "应急办"}[row.question.blank.what] for row in rows if row.settled
        ]
        row = await at(w, "整改时限")
        await w.press("ctrl+u")
        await w.type("11月底")
        await w.press("enter")
        assert "请应急办来牵头" in w.session.draft.text
        assert "11月底前再改隐患" in w.session.draft.text
        assert not any(finding.id == "F03" for finding in w.app.findings()), "what was filled in needs no other home"
        await w.press("ctrl+z")
        assert row.typed[0] == "12月底", "the answer before it"
        await w.press("ctrl+z", "ctrl+z")
        assert not row.settled
        assert row.typed[0] == ""


async def test_a_day_that_no_calendar_has_is_told_at_the_field(tmp_path):
    async with drafted(tmp_path, "facts", TIMES) as w:
        row = await at(w, "整改时限")
        for typed, told in (("2月30日", "29 天"), ("2026年13月4日", "12 月")):
            await w.press("ctrl+u")
            await w.type(typed)
            await w.press("enter")
            assert told in str(row.query_one(".fact-fault", Static).render())
            assert w.app.focused in row.query(Input)


async def test_after_a_new_fact_comes_the_name_of_the_next_and_tab_never_comes_to_the_top(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        row = await at(w, "牵头单位")
        await w.type("应急办")
        await w.press("enter")
        fresh = list(w.screen.query(FactRow))[-1]
        fresh.enter()
        for name in ("夜校开课", "新建凉亭"):
            assert w.app.focused is fresh.query_one(".fact-name"), "the keys are where the next fact is named"
            assert 0 <= fresh.region.y < w.screen.query_one("#facts-about").region.y, "it is in sight"
            await w.type(name)
            await w.press("tab")
            await w.type("41")
            await w.press("tab", "tab", "tab")
            await w.type("教办")
            await w.press("enter" if name == "夜校开课" else "tab")
        assert [(fact.name, fact.value, fact.source) for fact in w.session.outline.facts[-2:]] == [
            ("夜校开课", "41", "教办"), ("新建凉亭", "41", "教办"),
        ]  # fmt: skip
        assert w.app.focused is fresh.query_one(".fact-name")
        await w.press("tab", "tab", "tab", "tab", "tab", "tab", "enter")
        assert w.app.focused in fresh.query(Input), "no way round to the top"
        assert row.typed[0] == "应急办"
        assert "请应急办来牵头" in w.session.draft.text


async def test_as_many_facts_are_shown_as_are_counted(tmp_path):
    async with drafted(tmp_path, "facts", TIMES) as w:
        await at(w, "整改时限")
        await w.type("12月底")
        await w.press("enter")
        facts = [fact for fact in w.session.outline.facts if fact.name != "整改时限"]  # a day has its row above
        assert len(facts) == 2 < len(w.session.outline.facts)
        assert f"已有{len(facts)}条" in shown(w, "#facts-sheet")
        assert [row.fact for row in w.screen.query(FactRow) if row.fact] == facts


async def test_what_is_typed_at_an_answer_come_to_by_the_arrows_does_not_take_its_place(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        await w.type("36")
        await w.press("enter", "up")
        await w.type("8")
        assert row_of(w, "今年已改隐患").typed[0] == "368"


async def test_undo_shows_what_the_draft_has_here_and_after_coming_back(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        row = await at(w, "牵头单位")
        for words in ("水利站", "处"):  # the second stands in other sentences too
            row.enter()
            await w.press("ctrl+u")
            await w.type(words)
            await w.press("enter")
        figure = await at(w, "排查整改安全隐患")
        await w.type("41")
        await w.press("ctrl+z")
        assert figure.typed[0] == "", "what was typed goes first"
        assert row.typed[0] == "处"
        await w.press("ctrl+z")
        assert "请水利站来牵头" in w.session.draft.text
        assert row.typed[0] == "水利站"
        await w.press("ctrl+z")
        assert (row.typed[0], row.settled) == ("", False)
        await w.press("f2", "f3")
        assert not row_of(w, "牵头单位").settled
        await w.press("ctrl+y", "ctrl+y", "f2", "f3")
        assert row_of(w, "牵头单位").typed[0] == "处"


async def test_nobody_is_locked_in(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        figure = await at(w, "排查整改安全隐患")
        await w.type("三十")
        await w.press("f3")
        assert isinstance(w.screen, FactsScreen)
        assert w.app.focused in figure.query(Input)
        await w.press("f3")
        assert isinstance(w.screen, ReviewScreen), "told once, then let go"
        for key in ("f2", "f6"):
            w.app.go("facts")
            await w.settle()
            await at(w, "排查整改安全隐患")
            await w.type("三十")
            await w.press(key)
            assert isinstance(w.screen, WriteScreen), key
            assert any("“三十”没有填进稿子" in told for told in w.said())
        w.app.go("facts")
        await w.settle()
        row = await at(w, "牵头单位")
        await w.type("应急办")
        await w.press("enter")
        w.session.undo()  # the words have gone, the row does not know yet
        row.enter()
        await w.press("ctrl+u", "f3")
        assert isinstance(w.screen, ReviewScreen), "a cleared field is no answer"


async def test_what_is_to_be_verified_is_shown_whole(tmp_path):
    whole = "去年冬天我们守过一夜堤。水退了大家才回家。第二天又去补了缺口"
    async with drafted(tmp_path, "facts", OUTLINE.replace("去年冬天我们守过一夜堤", whole)) as w:
        await at(w, "补了缺口")
        assert f"{whole}{DEED}" in shown(w, "#facts-about")
        assert "连前面共" in str(row_of(w, "补了缺口").query_one(".fact-what", Static).render())
        lines = "".join("".join(line.split()) for line in w.lines())
        assert whole in lines, "all of it is on the screen"


async def test_a_new_fact_is_typed_field_by_field_with_enter_and_pasted_in_one_go(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        await at(w, "牵头单位")
        await w.press("end")
        fresh = list(w.screen.query(FactRow))[-1]
        assert w.app.focused is fresh.query_one(".fact-name"), "End leads to where facts are added"
        assert "数字/内容" in shown(w, "#facts-about")
        for words in ("排查商铺隐患", "126", "处", "2026", "应急办台账"):
            await w.type(words)
            await w.press("enter")
        assert w.session.outline.facts[-1] == Fact("排查商铺隐患", "126", "处", 2026, "应急办台账")
        assert w.app.focused is fresh.query_one(".fact-name"), "room for another"
        w.app.post_message(events.Paste("走访老人户85户2026民政办"))
        await w.settle()
        assert w.app.focused.name == "source"
        await w.press("enter")
        assert w.session.outline.facts[-1] == Fact("走访老人户", "85", "户", 2026, "民政办")
        await w.type("只有名称")
        await w.press("f3")
        assert isinstance(w.screen, FactsScreen)
        assert "还差“数字/内容”" in fresh.told
        assert w.app.focused.name == "value", "the keys are where something is lacking"


def test_what_is_pasted_comes_into_its_fields():
    for text, cells in {
        "新修水渠\t12\t公里\t2025\t水利站": ["新修水渠", "12", "公里", "2025", "水利站"],
        "新修水渠\n12\n公里": ["新修水渠", "12", "公里"],
        "排查沿街商铺安全隐患126处2026镇应急办台账": ["排查沿街商铺安全隐患", "126", "处", "2026", "镇应急办台账"],
        "培训骨干 300 人次，2026年，党校": ["培训骨干", "300", "人次", "2026", "党校"],
        "平安村居": ["平安村居"], "2025年平安村居": ["2025年平安村居"],
    }.items():  # fmt: skip
        assert cells_of(text) == cells


async def test_what_is_typed_is_read_whole_in_its_sentence_and_a_day_says_what_it_is_of(tmp_path):
    case = "〔待填：内容｜本人分管的具体工作〕"
    day = "〔待填：时间｜隐患排查上这件小事的动手日期〕"
    points = f'"我管的是{case}，常下去看。", "我想早点碰：替独居老人装好扶手，{day}动手。", '
    async with drafted(tmp_path, "facts", OUTLINE.replace('use: ["年底前', f'use: [{points}"年底前')) as w:
        row = await at(w, "分管的具体工作")
        words = "去年冬天我去东街菜市场查消防，一家粮油店的灭火器早就没了，从此每月都去"
        await w.type(words + "。")
        assert f"我管的是{words}，常下去看。" in shown(w, "#facts-about"), "while it is typed"
        await w.press("enter", "up")
        assert w.app.focused in row.query(Input)
        assert f"我管的是{words}，常下去看。" in shown(w, "#facts-about"), "and once it stands in the draft"
        assert "〔" not in shown(w, "#facts-about")
        face = str(row_of(w, "动手日期").query_one(".fact-what", Static).render())
        assert "替独居老人装好扶手，＿＿动手" in face


async def test_what_is_not_so_is_taken_out_unless_nothing_would_be_left(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        before = w.session.draft.text
        await at(w, "老站长")
        await w.press("f8")
        assert "教过我看水" not in w.session.draft.text
        assert w.said()[-1].startswith("去掉了：年底前"), "all that the mark vouches for"
        assert "请〔待填：单位｜牵头单位〕来牵头。" in w.session.draft.text
        assert not [r for r in w.screen.query(FactRow) if r.question and "老站长" in r.question.sentence]
        await w.press("ctrl+z")
        assert w.session.draft.text == before
        assert "退回：删句“年底前" in w.said()[-1], "it is said what was taken back"
        w.session.put_items(1, 0, [f"有位老站长教过我看水{DEED}。"])
        w.screen.refresh_step()
        await w.settle()
        await at(w, "老站长")
        await w.press("f8")
        assert "去掉就空了" in w.said()[-1]
        assert "教过我看水" in w.session.draft.text


async def test_a_fact_without_a_place_is_written_where_it_makes_sense(tmp_path):
    """What was done never comes among what is at fault; where several paragraphs would do, the writer is asked."""
    fault = '{facet: 应急处置, heading: 栽树不足, fixed: true, use: ["栽树一事我抓得不紧。"]}'
    text = OUTLINE.replace("  - part: 打算", f"  - part: 查摆\n    points: [{fault}]\n  - part: 打算")
    async with drafted(tmp_path, "facts", text) as w:
        row = await at(w, "栽树")
        assert "F4 写进稿子" in str(row.query_one(".fact-what", Static).render())
        await w.press("f4")
        assert isinstance(w.screen, PickOne)
        rows = [str(option.prompt) for option in w.screen.query_one("#rows").options]
        assert [line[:2] for line in rows[:-1]] == ["认识", "打算"]
        assert "复制" in rows[-1]
        await w.press("down", "enter")
        assert "栽树300棵" in w.session.paragraphs(2)[0].text.split("。")[0], "at the head"
        assert row.used
        await w.press("ctrl+z")
        row.enter()
        await w.press("f4", "end", "enter")
        assert "栽树300棵" in w.app.clipboard
        assert "栽树300" not in w.session.draft.text
