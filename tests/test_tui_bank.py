"""The bank desk: searched as one types, decided with a way back, added to from a folder, and looked at where it comes from."""

from __future__ import annotations

import os

import pytest
from textual.widgets import Input, OptionList, Select, Static
from walking import _one_desk, _seldom_collected, _work_folder, walk  # noqa: F401 - fixtures

from drafting.builtin import CORPUS
from drafting.intake import Intake, Outcome, Step
from drafting.shelf import Shelf, own_path, with_own
from phrasebank.errors import BankError
from phrasebank.model import Phrase, Source
from phrasebank.search import Query, Stack
from tui.screens.bank import BankScreen
from tui.screens.bank_boxes import AskPhrase, Intaking, PassageBox, PlotsScreen
from tui.screens.dialogs import AskLine, AskText
from tui.screens.write import WriteScreen
from tui.widgets.plots import bar, rows

TEXT = """在全镇安全生产工作会议上的讲话
同志们：
一、压实工作责任
要把安全责任压实到每个岗位，做到人人肩上有担子。要对照清单逐项排查隐患，发现一处整改一处。
二、严格督查考核
要坚持一线督查，对敷衍应付的及时提醒，确保各项措施落到实处。
"""


@pytest.fixture
def desk(builtin):
    """A shelf over the built-in bank alone, as a new user has it."""
    return Shelf.over(Stack((), builtin))


def texts(screen) -> list[str]:
    return [hit.phrase.text for hit in screen.hits]


async def _bank(w) -> BankScreen:
    await w.press("ctrl+l")
    assert isinstance(w.screen, BankScreen)
    return w.screen


# On the screen


async def test_it_is_reached_from_every_step_and_leads_back():
    async with walk() as w:
        for screen in (None, WriteScreen):
            if screen:
                await w.to(screen)
            before = w.screen
            bank = await _bank(w)
            await w.type("隐患")
            await w.press("escape")
            assert w.screen is bank, "what was typed goes first"
            assert not bank.query_one("#bank-words", Input).value
            await w.press("escape")
            assert w.screen is before


async def test_typing_narrows_the_list_also_by_pinyin_and_full_width():
    async with walk() as w:
        screen = await _bank(w)
        await w.type("隐患")
        assert texts(screen)
        assert all("隐患" in text for text in texts(screen))
        for typed in ("aqsc", "ａｑｓｃ"):
            screen.query_one("#bank-words", Input).value = typed
            await w.settle()
            assert any("安全生产" in text for text in texts(screen)[:5])
        screen.query_one("#bank-words", Input).value = "没有的词语甲乙丙"
        await w.settle()
        assert "没有找到" in str(screen.query_one("#bank-list", OptionList).get_option_at_index(0).prompt)
        await w.press("f5")
        assert w.said()[-1] == "先在列表里选一条"


async def test_filters_narrow_by_role_theme_kind_and_polarity():
    async with walk() as w:
        screen = await _bank(w)
        for name, value in {"role": "problem", "theme": "安全生产", "kind": "sentence", "polarity": "negative"}.items():
            screen.query_one(f"#bank-{name}", Select).value = value
        await w.settle()
        found = [hit.phrase for hit in screen.hits]
        assert found
        assert {(p.role, p.theme, p.kind, p.polarity) for p in found} == {("problem", "安全生产", "sentence", "negative")}


async def test_pinned_hidden_reworded_tagged_and_all_of_it_undone():
    """Of phrases of the built-in bank, which no one changes: it goes into the user's own."""
    async with walk() as w:
        screen = await _bank(w)
        await w.type("隐患")
        before = texts(screen)
        await w.press("down", "down", "f5")
        assert texts(screen)[0] == before[1]
        await w.press("home", "f7")
        assert isinstance(w.screen, AskLine)
        w.screen.query_one(Input).value = "常用 #开会"
        await w.press("f3")
        assert set(screen.hits[0].tags) == {"常用", "开会"}
        await w.press("f6")
        assert isinstance(w.screen, AskText)
        w.screen.query_one("TextArea").text = "隐患就在身边，人人都要睁大眼睛。"
        await w.press("f3")
        assert texts(screen)[0] == "隐患就在身边，人人都要睁大眼睛。"
        assert before[1] in str(screen.query_one("#bank-phrase", Static).render())
        await w.press("f8")
        assert before[1] not in texts(screen)
        assert "隐患就在身边，人人都要睁大眼睛。" not in texts(screen)
        screen.query_one("#bank-view", Select).value = "hidden"
        await w.settle()
        assert texts(screen) == ["隐患就在身边，人人都要睁大眼睛。"]
        screen.query_one("#bank-view", Select).clear()
        await w.press(*["ctrl+z"] * 4)
        assert texts(screen) == before
        await w.press("ctrl+z")
        assert w.said()[-1] == "没有可以撤销的了"
        await w.press(*["ctrl+y"] * 3)
        assert texts(screen)[0] == "隐患就在身边，人人都要睁大眼睛。"
        assert own_path().is_file()


async def test_a_phrase_of_ones_own_is_added_used_and_taken_out():
    async with walk() as w:
        screen = await _bank(w)
        await w.press("f9")
        assert isinstance(w.screen, AskPhrase)
        await w.press("f3")
        assert "先写好语句" in w.said()[-1]
        w.screen.query_one("TextArea").text = "临河镇的事，要靠临河人自己一件一件办。"
        await w.press("f3")
        await w.type("一件一件办")
        assert texts(screen)[0] == "临河镇的事，要靠临河人自己一件一件办。", "one's own come first"
        assert "自己加的" in str(screen.query_one("#bank-phrase", Static).render())
        await w.press("f6")
        w.screen.query_one("TextArea").text = "自己的事，要一件一件办好。"
        await w.press("f3")
        screen.query_one("#bank-words", Input).value = "一件一件办"
        await w.settle()
        assert texts(screen)[0] == "自己的事，要一件一件办好。"
        assert "临河镇的事，要靠临河人自己一件一件办。" not in texts(screen)
        await w.press("f8")
        assert "自己的事，要一件一件办好。" not in texts(screen)


async def test_what_a_bank_refuses_is_told_and_changes_nothing():
    async with walk() as w:
        await _bank(w)
        await w.press("f9")
        w.screen.query_one("TextArea").text = "把{什么}都办好。"
        await w.press("f3")
        assert "不要用花括号" in w.said()[-1]
        assert w.app.shelf.past == []


async def test_a_phrase_is_shown_in_its_source_and_the_sources_go_round():
    async with walk() as w:
        screen = await _bank(w)
        await w.type("以上是我的体会")
        many = next(i for i, hit in enumerate(screen.hits) if len(hit.phrase.sources) > 1)
        screen.query_one("#bank-list", OptionList).highlighted = many
        await w.press("f4")
        box = w.screen
        assert isinstance(box, PassageBox)
        await w.until(lambda: box.query(".passage-line"))
        told = str(box.query_one("#passage-head", Static).render())
        assert f"第 {screen.hits[many].phrase.sources[0].line} 行" in told
        assert "1/" in told
        await w.press("right")
        await w.until(lambda: "2/" in str(box.query_one("#passage-head", Static).render()))


async def test_plots_tell_what_there_is_at_any_width():
    async with walk((60, 24)) as w:
        await _bank(w)
        await w.press("ctrl+g")
        assert isinstance(w.screen, PlotsScreen)
        await w.until(lambda: len(w.screen.query("Bars")) == 3)
        files = len(list(CORPUS.glob("*-*.md")))
        assert f"{files} 篇稿子" in str(w.screen.query_one("#plots-head", Static).render())


def test_bars_line_up_and_stay_in_their_width():
    from rich.cells import cell_len

    for columns in (24, 40, 80):
        drawn = rows([("安全生产", 1500), ("党课", 3), ("没有", 0), ("一个很长很长很长的主题名", 700)], columns)
        assert len({cell_len(name) for name, _, _ in drawn}) == 1
        assert all(cell_len(f"{name} {line} {number}") <= columns for name, line, number in drawn)
    assert bar(0, 10) == ""
    assert len(bar(0.001, 10)) == 1, "what is more than nothing is seen"
    assert len(bar(1, 10)) == 10


async def test_a_folder_is_read_in_and_can_be_searched(tmp_path):
    (tmp_path / "旧稿").mkdir()
    (tmp_path / "旧稿" / "讲话.txt").write_text(TEXT, "utf-8")
    async with walk() as w:
        screen = await _bank(w)
        await w.press("f3")
        w.screen.query_one(Input).value = str(tmp_path / "旧稿")
        w.send("f3")
        await w.until(lambda: isinstance(w.screen, Intaking) and w.screen.outcome is not None, 60)
        assert w.screen.outcome.documents == 1
        await w.press("escape")
        await w.type("人人肩上有担子")
        assert any("人人肩上有担子" in text for text in texts(screen))
        source = screen.hits[0].phrase.sources[0]
        assert w.app.shelf.passage(source).lines
        assert any(bank.path == own_path() for bank, _ in w.app.workshop.stack.banks)


async def test_a_folder_that_is_not_there_is_told():
    async with walk() as w:
        await _bank(w)
        await w.press("f3")
        w.screen.query_one(Input).value = "/没有/这里"
        await w.press("f3")
        assert "没有这个文件夹" in w.said()[-1]
        assert isinstance(w.screen, BankScreen)


@pytest.mark.parametrize("size", [(80, 24), (30, 12)])
async def test_no_size_breaks_it(size):
    async with walk(size) as w:
        await _bank(w)
        await w.type("隐患")
        for key in ("f1", "f4", "ctrl+g", "f6", "f7", "f9", "f3"):
            await w.press("down", key, "escape")
        assert isinstance(w.screen, BankScreen)


# Without a screen


def test_decisions_make_the_users_own_bank(desk):
    assert with_own([]) == []
    phrase = desk.search(Query("隐患"), 1)[0].phrase
    desk.decide("pin", [phrase.id], "置顶")
    assert with_own([]) == [str(own_path())]
    assert with_own(["mine.db"]) == ["mine.db"], "banks that are given stand alone"
    assert desk.search(Query("隐患"), 1)[0].pinned


def test_undo_gives_way_to_another_program(desk):
    from drafting.corpus import curate

    first, second = (hit.phrase.id for hit in desk.search(Query("隐患"), 2))
    desk.decide("pin", [first], "置顶")
    curate("pin", str(own_path()), [second])
    with pytest.raises(BankError, match="另一个程序"):
        desk.undo()
    assert {hit.phrase.id for hit in desk.search(Query("隐患"), 9) if hit.pinned} == {first, second}


@pytest.mark.parametrize(("write", "line", "missing"), [
    (None, 3, "已经不在那里"), ("甲\n乙\n", 9, "改短了"), (b"PK\x03\x04 no archive", 1, "读不了"),
])  # fmt: skip
def test_a_source_that_cannot_be_shown_says_why(desk, tmp_path, write, line, missing):
    path = tmp_path / ("稿.docx" if isinstance(write, bytes) else "稿.txt")
    if write is not None:
        path.write_bytes(write if isinstance(write, bytes) else write.encode())
    assert missing in desk.passage(Source(str(path), line)).missing


def test_reading_in_a_file_again_takes_the_place_of_what_it_was(tmp_path):
    file, bank = tmp_path / "稿.txt", tmp_path / "bank.db"
    shelf = Shelf(Stack(), bank)
    for wording in ("人人肩上有担子", "个个心里有杆秤"):
        file.write_text(TEXT.replace("人人肩上有担子", wording), "utf-8")
        *steps, outcome = Intake.begin(bank, [str(file)]).steps()
        assert isinstance(outcome, Outcome)
        assert outcome.fault == ""
        assert Step(1, 1, "稿.txt") in steps
    shelf.reopen()
    assert not shelf.search(Query("人人肩上有担子"), 5)
    assert shelf.search(Query("个个心里有杆秤"), 5)[0].phrase.sources[0].file == str(file)


@pytest.mark.skipif(os.name != "posix", reason="a process is asked to end by a signal on POSIX only")
def test_a_stopped_reading_leaves_the_bank_as_it_was(tmp_path):
    (tmp_path / "own").mkdir()
    bank = tmp_path / "own" / "bank.db"
    shelf = Shelf(Stack(), bank)
    shelf.add(Phrase("", "把小事办好，把实事办实。", "", "measure", "plain"), [], "新加")
    before = bank.read_bytes()
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(80):
        (folder / f"{number}.txt").write_text(TEXT * 20 + str(number), "utf-8")
    intake = Intake.begin(bank, [str(folder)])
    told = intake.steps()
    assert isinstance(next(told), Step)
    intake.stop()
    assert list(told)[-1] == Outcome(fault="已停下，素材库还是原来的")
    assert bank.read_bytes() == before
    assert [path.name for path in bank.parent.iterdir()] == ["bank.db"], "nothing is left beside it"
