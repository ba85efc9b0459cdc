"""Export and the end: what is chosen, what is asked, what is written, and what one can do with it."""

from __future__ import annotations

import threading
import zipfile

import pytest
from test_tui_facts import DEED, FIGURE, OUTLINE, drafted
from textual.widgets import Button, Input, OptionList, Select, Static
from walking import _one_desk, _seldom_collected, _work_folder, walk  # noqa: F401 - fixtures

from drafting.store import Store
from drafting.summary import blanks
from tui.screens.dialogs import Confirm, Faults
from tui.screens.done import DoneScreen
from tui.screens.export import ExportScreen
from tui.screens.facts import FactsScreen
from tui.screens.write import WriteScreen
from tui.widgets.sentences import SentenceList
from tui.widgets.ticks import Ticks

WHOLE = OUTLINE.replace("〕,不", "〕，不").replace(FIGURE, "一批").replace(DEED, "").replace("〔待填：单位｜牵头单位〕", "应急办")


def path(w):
    return w.screen.query_one("#path", Input)


def chosen(w, name):
    return w.screen.query_one(f"#{name}", Select)


def choices(w):
    listed = w.screen.query_one(OptionList)
    return [option.id for option in listed.options]


async def export(w, name):
    """To that file, through whatever is asked."""
    path(w).value = name
    await w.press("f3")
    if isinstance(w.screen, Faults):
        await w.press("f4")
    await w.settle()


async def test_the_suffix_follows_the_format_and_the_format_the_suffix(tmp_path):
    async with drafted(tmp_path, "export") as w:
        assert path(w).value.endswith("守住安全底线.docx")
        chosen(w, "format").value = ".txt"
        await w.settle()
        assert path(w).value.endswith("守住安全底线.txt")
        assert chosen(w, "layout").disabled
        path(w).value = "稿.md"
        await w.settle()
        assert chosen(w, "format").value == ".md"
        for typed, meant in (("讲话3.12", "讲话3.12.md"), ("讲话", "讲话.md"), (f"{tmp_path}", "守住安全底线.md")):
            path(w).value = typed
            await w.settle()
            assert meant in str(w.screen.query_one("#target", Static).render()), typed


async def test_one_format_is_written_after_another(tmp_path):
    async with drafted(tmp_path, "export", WHOLE) as w:
        for suffix in (".docx", ".txt", ".yaml"):
            await export(w, f"稿{suffix}")
            assert isinstance(w.screen, DoneScreen)
            assert f"稿{suffix}" in str(w.screen.query_one("#state", Static).render())
            made = tmp_path / "work" / f"稿{suffix}"
            assert made.stat().st_size > 100
            assert Store().unfinished() == []
            await w.press("f2")
            assert isinstance(w.screen, ExportScreen)
            assert path(w).value == str(made)
            assert chosen(w, "format").value == suffix
            assert "同名" not in str(w.screen.query_one("#target", Static).render()), "our own, untouched since"


async def test_sources_sheet_and_layout_go_into_the_file(tmp_path, monkeypatch):
    home = tmp_path / "home" / "templates" / "layouts"
    async with drafted(tmp_path, "export", WHOLE.replace("临河镇新修水渠12公里。", "临河镇新修水渠12公里。")) as w:
        assert [value for _, value in chosen(w, "layout")._options][:2] == ["official", "speech"]
        chosen(w, "layout").value, chosen(w, "fonts").value, chosen(w, "sources").value = "speech", "windows", "list"
        sheet = w.screen.query_one("#sheet", Ticks)
        sheet.focus()
        await w.press("space")
        assert sheet.picked == ["sheet"]
        await export(w, "稿.docx")
        with zipfile.ZipFile("稿.docx") as made:
            document, styles = made.read("word/document.xml").decode(), made.read("word/styles.xml").decode()
        assert "附：借用语句的出处" in document
        assert "附：事实核对表" in document
        assert "SimSun" in styles or "宋体" in styles
        assert not home.exists()
        await w.press("f2")
        assert (chosen(w, "layout").value, chosen(w, "sources").value) == ("speech", "list"), "the choices are kept"


async def test_the_users_own_layouts_are_offered(tmp_path, library, monkeypatch):
    from dataclasses import replace

    from drafting.config import TEMPLATES

    own = tmp_path / "own"
    (own / "layouts").mkdir(parents=True)
    text = (TEMPLATES / "layouts" / "speech.yaml").read_text("utf-8")
    about = next(line for line in text.splitlines() if line.startswith("about:"))
    (own / "layouts" / "本单位.yaml").write_text(text.replace(about, "about: 本单位版式：红头以下"), "utf-8")
    monkeypatch.setattr("drafting.workshop.load_library", lambda **_: replace(library, folders=(own, *library.folders)))
    async with drafted(tmp_path, "export", WHOLE) as w:
        assert ("本单位版式", "本单位") in [(str(words), value) for words, value in chosen(w, "layout")._options]
        chosen(w, "layout").value = "本单位"
        await export(w, "稿.docx")
        assert isinstance(w.screen, DoneScreen)


async def test_comments_say_whom_to_ask(tmp_path):
    """As `nigao draft` has them."""
    async with drafted(tmp_path, "export") as w:
        await export(w, "稿.docx")
    with zipfile.ZipFile(tmp_path / "work" / "稿.docx") as made:
        assert "；可问：" in made.read("word/comments.xml").decode()


async def test_another_file_is_not_replaced_unasked_nor_our_own_that_was_changed(tmp_path):
    taken = tmp_path / "work" / "旧稿.docx"
    taken.write_bytes(b"old")
    async with drafted(tmp_path, "export", WHOLE) as w:
        path(w).value = "旧稿"
        await w.press("f3")
        assert isinstance(w.screen, Confirm)
        await w.press("escape")
        assert taken.read_bytes() == b"old"
        await w.press("f3", "f3")
        assert isinstance(w.screen, DoneScreen)
        assert taken.read_bytes()[:2] == b"PK"
        taken.write_bytes(b"changed in Word")
        await w.press("f2", "f3")
        assert isinstance(w.screen, Confirm)
        assert "改过" in str(w.screen.query_one(".hint", Static).render())


async def test_a_path_that_cannot_be_written_is_told_and_the_old_file_stays(tmp_path, monkeypatch):
    old = tmp_path / "work" / "稿.docx"
    old.write_bytes(b"old")
    async with drafted(tmp_path, "export", WHOLE) as w:
        for name in ("没有的文件夹/稿.docx", "稿.odt", "长" * 200 + ".docx"):
            w.app.clear_notifications()
            await export(w, name)
            assert isinstance(w.screen, ExportScreen), name
            assert len(w.said()) == 1, name
            assert not w.app.exports.busy
        w.app.clear_notifications()
        path(w).value = ""
        await w.press("f3")
        assert "先写好文件名" in w.said()[0]

        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("phrasebank.files.os.replace", full)
        path(w).value = "稿.docx"
        await w.press("f3", "f3")
        assert isinstance(w.screen, ExportScreen)
        assert old.read_bytes() == b"old"


async def test_a_final_copy_is_not_written_with_blanks_and_leads_to_them(tmp_path):
    async with drafted(tmp_path, "export") as w:
        final = w.screen.query_one("#final", Ticks)
        final.focus()
        await w.press("space")
        assert final.picked == ["final"]
        await w.press("f3")
        assert isinstance(w.screen, Faults)
        assert sum(f.id == "R03" for f in w.screen.faults) == len(blanks(w.session.draft))
        await w.press("f4")
        assert isinstance(w.screen, Faults), "never written with blanks"
        at = next(i for i, fault in enumerate(w.screen.faults) if "牵头单位" in fault.text)
        wanted = w.screen.faults[at]
        w.screen.query_one(OptionList).highlighted = at
        await w.press("f3")
        assert isinstance(w.screen, FactsScreen)
        spot = w.screen._row.question.spots[0]
        assert (spot.block + 1, spot.text) == (wanted.paragraph, wanted.text)
        assert not list((tmp_path / "work").iterdir())


async def test_a_fault_is_told_before_a_draft_is_written_and_leads_to_its_place(tmp_path):
    async with drafted(tmp_path, "export", WHOLE.replace("临河镇新修水渠12公里", "全镇排查了30处隐患")) as w:
        assert "处必须改正" in str(w.screen.query_one("#left", Static).render())
        await w.press("f3")
        assert isinstance(w.screen, Faults)
        at = next(i for i, fault in enumerate(w.screen.faults) if "30" in fault.text)
        w.screen.query_one(OptionList).highlighted = at
        await w.press("enter")
        assert isinstance(w.screen, WriteScreen)
        assert "30处" in w.screen.query_one(SentenceList).at.item.text
        assert not list((tmp_path / "work").iterdir())
        w.app.go("export")
        await w.settle()
        await w.press("f3", "f4")
        assert isinstance(w.screen, DoneScreen), "a draft may be written all the same"


async def test_an_outline_is_saved_with_blanks_and_a_final_text_is_not(tmp_path):
    async with drafted(tmp_path, "export") as w:
        w.screen.query_one("#final", Ticks).picked = ["final"]
        path(w).value = "稿.md"
        await w.press("f3")
        assert isinstance(w.screen, Faults)
        await w.press("escape")
        path(w).value = "提纲.yaml"
        await w.press("f3")
        assert isinstance(w.screen, DoneScreen)
        assert [p.name for p in (tmp_path / "work").iterdir()] == ["提纲.yaml"]


async def test_a_slow_pdf_leaves_the_keys_alive(tmp_path, monkeypatch):
    go_on = threading.Event()

    def slow(document):
        assert document[:2] == b"PK"
        go_on.wait(10)
        return b"%PDF-1.7 " + b"0" * 200

    monkeypatch.setattr("drafting.pdf.to_pdf", slow)
    monkeypatch.setattr("phrasebank.libreoffice.program", lambda: "soffice")
    async with drafted(tmp_path, "export", WHOLE) as w:
        chosen(w, "format").value = ".pdf"
        await w.settle()
        w.send("f3")
        await w.until(lambda: w.app.exports.busy)
        assert "正在写 PDF" in str(w.screen.query_one("#busy", Static).render())
        assert w.screen.query_one("#export", Button).disabled
        w.send("f3")
        await w.until(lambda: any("稍候" in said for said in w.said()))
        w.send("f2")
        await w.until(lambda: not isinstance(w.screen, ExportScreen))
        assert not isinstance(w.screen, ExportScreen), "one may go elsewhere meanwhile"
        go_on.set()
        await w.settle()
        assert (tmp_path / "work" / "守住安全底线.pdf").read_bytes()[:5] == b"%PDF-"
        assert any(n.title == "已导出" for n in w.app._notifications)
        assert not isinstance(w.screen, DoneScreen)


async def test_without_libreoffice_there_is_no_pdf_to_choose(tmp_path, monkeypatch):
    monkeypatch.setattr("phrasebank.libreoffice.program", lambda: None)
    async with drafted(tmp_path, "export", WHOLE) as w:
        assert ".pdf" not in [value for _, value in chosen(w, "format")._options]
        assert "LibreOffice" in str(w.screen.query_one("#target", Static).render())


async def test_the_end_opens_folder_and_file_or_says_why_not(tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("tui.desktop.opener", lambda: "")
    async with drafted(tmp_path, "export", WHOLE) as w:
        await export(w, "稿.docx")
        assert choices(w) == ["folder", "file", "back", "export", "new", "quit"]
        await w.press("f4")
        assert "没有桌面" in w.said()[-1]
        monkeypatch.setattr("tui.desktop.opener", lambda: "true")
        monkeypatch.setattr("tui.desktop.open_path", lambda target: opened.append(target) or "")
        await w.press("enter", "f5")
        assert [target.name for target in opened] == ["work", "稿.docx"]
        w.screen.query_one(OptionList).highlighted = 4
        await w.press("enter")
        assert w.session is None


@pytest.mark.parametrize(
    ("program", "told"), [("true", ""), ("false", "没能打开"), ("no-such-program", "没能打开"), ("", "没有桌面")]
)
def test_an_opener_that_fails_is_told_quietly(tmp_path, monkeypatch, program, told):
    from tui import desktop

    monkeypatch.setattr(desktop, "opener", lambda: program)
    said = desktop.open_path(tmp_path)
    assert told in said
    assert bool(said) == bool(told)
    assert "不在" in desktop.open_path(tmp_path / "没有")


async def test_the_choices_fit_a_small_screen(tmp_path):
    async with drafted(tmp_path, "export", size=(40, 20)) as w:
        for widget in w.screen.query("#export, Select, #path"):
            widget.focus()
            await w.settle()
            assert widget.region.right <= 40
            assert widget.region.bottom <= 20, widget.id
