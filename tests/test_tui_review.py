"""The review as a writer goes through it, and the line of figures under every step."""

from __future__ import annotations

from test_tui_facts import DEED, FIGURE, OUTLINE, drafted
from textual.widgets import Input, OptionList, Static
from walking import _one_desk, _seldom_collected, _work_folder, walk  # noqa: F401 - fixtures

from drafting.rewording import certain
from tui.screens.facts import FactsScreen
from tui.screens.review import UNHOUSED, ReviewScreen
from tui.screens.write import WriteScreen
from tui.standing import Known
from tui.widgets.bars import Figures, Share, StatusLine, StepBar
from tui.widgets.factrows import FactRow
from tui.widgets.page import Page
from tui.widgets.sentences import SentenceList

FAULTY = OUTLINE.replace("临河镇新修水渠12公里", "全镇排查了30处隐患")


def listed(w):
    return w.screen.query_one("#findings", OptionList)


def prompts(w):
    return [str(option.prompt) for option in listed(w).options]


async def choose(w, true):
    """The highlight on the first finding of which `true` holds."""
    number = next(i for i, f in enumerate(w.screen.rows) if true(f))
    listed(w).highlighted = listed(w).get_option_index(f"f{number}")
    await w.settle()
    return w.screen.rows[number]


async def test_findings_stand_by_severity_with_counts_and_reasons(tmp_path):
    async with drafted(tmp_path, "review", FAULTY) as w:
        heads = [line for line in prompts(w) if "处" in line and line[:2] in ("必改", "提示", "说明")]
        order = [head[:2] for head in heads]
        assert order == sorted(order, key=["必改", "提示", "说明"].index)
        for severity, name in (("E", "必改"), ("W", "提示")):
            count = sum(f.severity == severity for f in w.screen.rows)
            assert f"{name} {count}处" in heads
        assert prompts(w)[-1].startswith("还有 5 处待填、待核"), "blanks are counted, and listed in a step of their own"
        finding = await choose(w, lambda f: f.severity == "E")
        told = str(w.screen.query_one("#finding", Static).render())
        assert finding.message in told
        assert "为什么" in told
        assert w.screen.query_one(f"#b{finding.paragraph - 1}").has_class("pointed")


async def test_enter_leads_to_the_sentence_and_coming_back_keeps_the_place(tmp_path):
    async with drafted(tmp_path, "review", FAULTY) as w:
        finding = await choose(w, lambda f: "30" in f.text)
        await w.press("f6")
        assert isinstance(w.screen, WriteScreen)
        assert "30处隐患" in w.screen.query_one(SentenceList).at.item.text
        await w.press("f3", "f3")
        assert isinstance(w.screen, ReviewScreen)
        assert w.screen.finding_at == finding
        listed(w).highlighted = listed(w).option_count - 1
        await w.press("enter")
        assert isinstance(w.screen, FactsScreen), "blanks have a step of their own"


async def test_a_figure_without_a_source_leads_to_the_row_that_gives_it_one(tmp_path):
    async with drafted(tmp_path, "review", FAULTY) as w:
        finding = await choose(w, lambda f: f.id == UNHOUSED)
        assert "Enter 去事实清单添上" in str(w.screen.query_one("#finding", Static).render())
        await w.press("enter")
        row = list(w.screen.query(FactRow))[-1]
        assert (row.name_typed, row.typed[:2]) == ("排查隐患", ("30", "处"))
        assert w.app.focused is row.query_one(".fact-name")
        assert "“30处”已经填好" in str(w.screen.query_one("#facts-about", Static).render())
        await w.press("enter", "enter", "enter")
        await w.type("2026")
        await w.press("enter", "enter", "f3")
        assert isinstance(w.screen, ReviewScreen)
        assert not [f for f in w.screen.rows if f.id == UNHOUSED and f.message == finding.message]


async def test_one_key_does_what_is_certain_and_another_takes_it_back(tmp_path):
    async with drafted(tmp_path, "review") as w:
        text = w.session.draft.text
        await choose(w, certain)
        assert "F4 改为" in str(w.screen.query_one("#finding", Static).render())
        await w.press("f4")
        assert w.session.draft.text == text.replace("〕,不留", "〕，不留")
        assert not [f for f in w.screen.rows if certain(f)]
        await w.press("ctrl+z")
        assert w.session.draft.text == text
        assert [f for f in w.screen.rows if certain(f)]
        await w.press("f9")
        assert "〕，不留" in w.session.draft.text


async def test_what_is_not_certain_is_left_to_the_writer(tmp_path):
    async with drafted(tmp_path, "review", FAULTY) as w:
        text = w.session.draft.text
        await choose(w, lambda f: not certain(f))
        await w.press("f4")
        assert "由您定" in w.said()[-1]
        assert w.session.draft.text == text


async def test_with_nothing_left_it_says_what_to_do_next(tmp_path):
    text = OUTLINE.replace(f"{FIGURE},", "一批，").replace(FIGURE, "一批").replace(DEED, "").replace("〔待填：单位｜牵头单位〕", "应急办")
    async with drafted(tmp_path, "review", text) as w:
        assert not any("待填" in line for line in prompts(w))
        w.app.standing._known = Known(w.session.outline, ())
        await w.resize(80, 14)
        w.screen.refresh_step()
        await w.settle()
        assert "F3 去导出" in prompts(w)[-1]
        page = w.screen.query_one(Page)
        for key, way in (("down", 1), ("pagedown", 1), ("pageup", -1), ("end", 1), ("home", -1)):
            before = page.scroll_y
            await w.press(key)
            assert (page.scroll_y - before) * way > 0, f"{key} reads the draft at once"
        await w.press("f9")
        assert w.said()


async def test_the_page_follows_the_draft_without_being_made_anew(tmp_path):
    async with drafted(tmp_path, "review", FAULTY) as w:
        page = w.screen.query_one(Page)
        blocks = list(page.children)
        assert len(blocks) == len(w.session.draft.blocks)
        await w.press("f5")
        w.screen.query_one(Input).value = "把小事办好"
        await w.press("enter")
        assert w.session.draft.title == "把小事办好"
        assert list(page.children) == blocks
        assert "把小事办好" in str(page.query_one("#b0", Static).render())


async def test_another_draft_is_drawn():
    async with walk() as w:
        await w.to(ReviewScreen)
        text = w.session.draft.text
        await w.press("f7")
        assert w.session.draft.text.split("\n")[5:] != text.split("\n")[5:]
        assert len(w.screen.query_one(Page).children) == len(w.session.draft.blocks)
        assert str(w.screen.query_one("#shares", Static).render()).count("宜") == len(w.session.plan.sections)


# The line of figures

FIGURES = Figures(12345, 12000, 56.1, 123, Share("存在问题", 41.2, 20, 30), (12, 34))


def test_a_share_is_judged_as_it_is_shown():
    """What reads 3% is neither below 3% nor above it."""
    assert [Share("结尾", of, 3, 7).verdict for of in (2.4, 2.6, 3.0, 7.4, 7.6)] == ["偏少", "", "", "", "偏多"]


async def test_nothing_of_the_status_is_cut_off():
    async with walk((120, 20)) as w:
        line, bar = w.screen.query_one(StatusLine), w.screen.query_one(StepBar)
        for width in (120, 80, 60, 40, 34):
            await w.resize(width, 20)
            await w.settle()
            for saved, trouble in (("已保存 23:59", False), ("未保存！", True)):
                line.tell(FIGURES, saved, trouble)
                told = line.render()
                assert told.cell_length <= width - 2
                assert all(part in str(told) for part in ("12345", "123", "12", "34", "存"))
                assert "12000" in str(told) or width < 40
            assert bar.render().cell_length <= width - 2


async def test_the_status_tells_length_share_blanks_and_findings(tmp_path):
    async with drafted(tmp_path, "write", FAULTY, size=(120, 30)) as w:
        told = str(w.screen.query_one(StatusLine).render())
        draft = w.session.draft
        held = sum(len(span.text) for block in draft.blocks for span in block.spans if span.origin.kind == "blank")
        assert f"{draft.characters - held}/{w.session.plan.characters}字" in told
        assert "待填5 " in told
        assert f"必改{sum(f.severity == 'E' for f in w.app.findings())} " in told
        assert w.session.plan.sections[0].part.name in told
        assert "偏多" in told, "one of two parts is more than the genre has for it"


async def test_checks_run_beside_the_writing_and_the_last_word_counts(tmp_path, monkeypatch):
    import threading

    from tui import standing

    ran = []

    def checked(draft, plan):
        ran.append((threading.current_thread() is threading.main_thread(), draft.outline))
        return ()

    monkeypatch.setattr(standing, "_checked", checked)
    async with drafted(tmp_path, "write") as w:
        for words in ("甲甲甲。", "乙乙乙。"):
            w.app.change(lambda words=words: w.session.put_items(0, 0, [words]))
        await w.settle()
        assert not any(main for main, _ in ran)
        await w.until(lambda: w.app.standing.known is not None)
        assert ran[-1][1] is w.session.outline
        w.app.tell_status()
        await w.settle()
        assert len([o for _, o in ran if o is w.session.outline]) == 1, "once for each state of the draft"


async def test_a_rule_that_cannot_be_read_is_told_and_the_writing_goes_on(tmp_path, monkeypatch):
    from drafting.errors import ConfigError
    from tui import standing

    def broken(*_):
        raise ConfigError("规则文件写错了", "R99.yaml")

    monkeypatch.setattr(standing, "_checked", broken)
    async with drafted(tmp_path, "write") as w:
        assert any("检查没有做成" in (n.title or "") for n in w.app._notifications)
        await w.press("f3")
        assert isinstance(w.screen, FactsScreen)
