"""The session as a writer walks it, with Textual's Pilot: from the start to a .docx, back, undone, killed and gone on with."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from walking import _one_desk, _seldom_collected, _work_folder, walk  # isort: skip # noqa: F401 # the cures come before Textual

from textual.widgets import Footer, Input, OptionList, Select, Static

from drafting.store import Store
from tui.screens.dialogs import Confirm
from tui.screens.done import DoneScreen
from tui.screens.export import ExportScreen
from tui.screens.facts import FactsScreen
from tui.screens.help import HelpScreen
from tui.screens.profile import ProfileScreen
from tui.screens.review import ReviewScreen
from tui.screens.sections import SectionsScreen
from tui.screens.start import StartScreen
from tui.screens.theme import ThemeScreen
from tui.screens.write import WriteScreen
from tui.widgets.sentences import SentenceList

ROOT = Path(__file__).resolve().parent.parent
WALK = (ThemeScreen, ProfileScreen, SectionsScreen, WriteScreen, FactsScreen, ReviewScreen, ExportScreen)


# The whole way


async def test_from_the_start_to_a_docx(tmp_path):
    import docx

    async with walk() as w:
        assert isinstance(w.screen, StartScreen)
        await w.press("f4")
        await w.type("安全")
        assert w.screen.query_one(OptionList).highlighted_option.id == "安全生产"
        await w.press("enter")
        assert isinstance(w.screen, ProfileScreen)
        w.screen.query_one("#genre", Select).value = "研讨发言"
        await w.settle()
        for name, value in {"place": "临河镇", "unit": "临河镇党委", "post": "组织委员", "name": "张三", "minutes": "８"}.items():
            w.screen.query_one(f"#{name}", Input).value = value
        await w.press("f3", "f3")
        assert isinstance(w.screen, WriteScreen)
        await w.press("right", "down", "f4", "f3", "f3", "f3")
        assert isinstance(w.screen, ExportScreen)
        w.screen.query_one("#path", Input).value = str(tmp_path / "讲话.docx")
        await w.press("f3")
        assert isinstance(w.screen, DoneScreen)
        text = w.session.draft.text
        assert w.session.outline.minutes == 8
    written = [p.text.strip() for p in docx.Document(str(tmp_path / "讲话.docx")).paragraphs if p.text.strip()]
    assert "".join("".join(written).split()) == "".join(text.split())
    assert Store().unfinished() == [], "what was exported is not offered as unfinished"
    assert Store().habits().profile.post == "组织委员"


async def test_forward_and_back_at_every_size_loses_nothing():
    """On the way forward each step tells its keys below and helps in Chinese; on the ways back and forward again nothing is lost and
    nothing breaks, however small or large the terminal is."""
    async with walk((80, 24)) as w:
        await w.press("f1", "escape", "f4")
        for step in WALK:
            assert isinstance(w.screen, step)
            await _tells_its_keys_and_helps(w, step)
            await w.press("tab", "down", *["f3"] * (step is not ExportScreen))
        text = w.session.draft.text
        await w.resize(30, 12)
        for step in reversed(WALK[:-1]):
            await w.press("f2")
            assert isinstance(w.screen, step)
            for key in ("f1", "escape", "tab", *BOXES.get(step, ())):
                await w.press(key)
                w.lines()
        for number, step in enumerate(WALK[1:]):
            await w.resize(*SIZES[number % len(SIZES)])
            await w.press("f3")
            assert isinstance(w.screen, step)
            w.lines()
        assert w.session.draft.text == text


SIZES = [(40, 20), (160, 50)]
BOXES = {WriteScreen: ("f6", "escape", "f7", "escape", "f9", "escape"), SectionsScreen: ("home", "down", "f7", "escape", "f6", "escape")}
"""Keys that open boxes, and those that close them."""


async def _tells_its_keys_and_helps(w, step):
    shown = [b.binding.description for b in w.screen.active_bindings.values() if b.binding.show]
    assert shown
    assert [child.description for child in w.screen.query_one(Footer).children] == list(dict.fromkeys(shown))
    assert not [label for label in shown if label.isascii()]
    await w.press("f1")
    assert isinstance(w.screen, HelpScreen)
    assert f"第{WALK.index(step) + 1}步" in str(w.screen.query_one(Static).render())
    await w.press("escape")
    assert isinstance(w.screen, step)


@pytest.mark.parametrize("screen", [*WALK, StartScreen, DoneScreen])
def test_no_bound_key_is_a_plain_letter(screen):
    """Input methods eat letters."""
    keys = [k for b in screen._merged_bindings.key_to_bindings for k in b.split(",")]
    assert keys
    assert not [k for k in keys if len(k) == 1]


async def test_the_keys_below_follow_the_focus():
    async with walk() as w:
        await w.to(ExportScreen)
        for widget, there in (("#sheet", True), ("#path", False), ("#final", True)):
            w.screen.query_one(widget).focus()
            await w.settle()
            assert ("选上或去掉" in [child.description for child in w.screen.query_one(Footer).children]) == there


# Theme


async def test_a_theme_is_found_by_a_word_of_its_facets_and_one_nobody_has_says_what_to_do():
    async with walk() as w:
        await w.press("f4")
        await w.type("消防")
        assert "安全生产" in [o.id for o in w.screen.query_one(OptionList).options]
        assert "条语句" in str(w.screen.query_one("#facets", Static).render())
        w.screen.query_one(Input).value = "航天"
        await w.settle()
        assert "没有这个主题" in str(w.screen.query_one("#facets", Static).render())
        await w.press("f3")
        assert isinstance(w.screen, ThemeScreen)


async def test_changing_the_theme_of_a_written_draft_asks_first():
    async with walk() as w:
        w.app.begin("安全生产")
        w.app.change(lambda: w.session.put_items(1, 0, ["隐患不会自己消失。"]))
        w.app.go("theme")
        await w.settle()
        theme = w.session.outline.theme
        listed = w.screen.query_one(OptionList)
        listed.highlighted = (listed.highlighted + 1) % listed.option_count
        await w.press("f3")
        assert isinstance(w.screen, Confirm)
        await w.press("escape")
        assert w.session.outline.theme == theme
        await w.press("f3", "f3")
        assert w.session.outline.theme != theme
        w.app.action_undo()
        assert w.session.outline.theme == theme
        assert w.session.outline.sections


# Profile


async def test_a_figure_that_is_none_is_told_and_keeps_us_here():
    async with walk() as w:
        await w.to(ProfileScreen)
        for field, value in [("year", "26"), ("year", "二六"), ("minutes", "八"), ("minutes", "0"), ("minutes", "nan")]:
            w.app.clear_notifications()
            w.screen.query_one(f"#{field}", Input).value = value
            await w.press("f3")
            assert isinstance(w.screen, ProfileScreen), value
            assert w.said(), value
            w.screen.query_one(f"#{field}", Input).value = ""
            assert w.screen.before_leaving(), "an empty field is none at all"
        await w.press("f3")
        assert isinstance(w.screen, SectionsScreen)


async def test_arrows_go_from_field_to_field_and_letters_never_vanish():
    async with walk((80, 24)) as w:
        await w.to(ProfileScreen)
        genre = w.session.outline.genre
        w.screen.query_one("#genre", Select).focus()
        await w.press("down")
        await w.type("临")
        assert "没有打进去" in w.said()[-1]
        await w.press("down")
        await w.type("临河镇")
        await w.press("down")
        await w.type("临河镇党委")
        await w.press("down", "up", "f3")
        assert w.session.outline.genre == genre
        assert w.session.outline.profile.place.endswith("临河镇")
        assert w.session.outline.profile.unit.endswith("临河镇党委")


async def test_an_open_menu_shows_its_choices():
    async with walk((80, 24)) as w:
        await w.to(ProfileScreen)
        w.screen.query_one("#genre", Select).focus()
        await w.press("enter")
        shown = "".join(w.lines())
        assert all(name in shown for name in list(w.session.library.genres)[:6])
        assert "职务" in shown, "the menu covers no more than it needs"
        await w.press("down", "enter")
        assert w.session.outline.genre == list(w.session.library.genres)[1]


async def test_what_is_typed_is_saved_without_leaving_the_step():
    async with walk() as w:
        await w.to(ProfileScreen)
        w.screen.query_one("#place", Input).value = "青山县"
        await w.until(lambda: "青山县" in w.app.path.read_text("utf-8"))


# Writing


async def _writing(w):
    await w.to(WriteScreen)
    await w.press("right", "down")
    return w.screen.query_one(SentenceList)


# Saving, and going on


async def test_a_killed_session_is_offered_and_gone_on_with():
    async with walk() as w:
        sentences = await _writing(w)
        await w.press("f4")
        text = w.session.draft.text
        assert sentences.at
    async with walk() as w:
        assert "接着写" in str(w.screen.query_one(OptionList).get_option_at_index(0).prompt)
        await w.press("enter")
        assert isinstance(w.screen, WriteScreen)
        assert w.session.draft.text == text


def test_a_real_kill_loses_nothing(tmp_path):
    """kill -9 right after a change; the next process finds the draft."""
    code = """
import asyncio, os, signal
from tui.app import NigaoApp
async def main():
    app = NigaoApp()
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete(); await pilot.pause()
        for key in ("f4", "f3", "f3", "f3", "right", "down", "f4"):
            await pilot.press(key); await pilot.pause()
        print(app.session.draft.text, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    run = {"capture_output": True, "text": True, "encoding": "utf-8", "env": environment}
    done = subprocess.run([sys.executable, "-c", code], check=False, **run)
    assert done.returncode == -9, done.stderr
    saved = Store().unfinished()
    assert len(saved) == 1
    assert Store().holder(saved[0].path) is None, "a dead process holds nothing"
    out = tmp_path / "out.txt"
    again = subprocess.run([sys.executable, "-m", "tui", "draft", str(saved[0].path), "-o", str(out)], check=False, **run)
    assert again.returncode == 0, again.stderr
    spoken = re.sub(r"\[\d\d:\d\d\]", "", out.read_text("utf-8"))  # the times of the teleprompter
    assert "".join(spoken.split()) == "".join(done.stdout.split())


async def test_a_draft_open_elsewhere_is_told_and_opened_as_a_copy():
    async with walk() as w:
        await w.to(WriteScreen)
        path = w.app.path
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    path.with_suffix(".pid").write_text(str(other.pid))
    try:
        async with walk() as w:
            await w.press("enter")
            assert isinstance(w.screen, Confirm)
            await w.press("f3")
            assert isinstance(w.screen, WriteScreen)
            assert w.app.path != path
    finally:
        other.communicate(b"\n")


async def test_a_folder_that_cannot_be_written_is_told_and_the_writing_goes_on(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NIGAO_STATE", str(tmp_path / "file"))
    async with walk() as w:
        sentences = await _writing(w)
        assert any("没有存上" in (n.title or "") for n in w.app._notifications)
        before = sentences.at.item.use
        await w.press("f4")
        assert sentences.at.item.use != before
        assert "未保存" in str(w.screen.query_one("#status", Static).render())


async def test_an_outline_is_opened_as_a_draft_of_its_own(tmp_path):
    outline = tmp_path / "提纲.yaml"
    outline.write_text("genre: 党课\ntheme: 民生实事\ntitle: 把小事办好\n", "utf-8")
    async with walk(path=str(outline)) as w:
        assert isinstance(w.screen, WriteScreen)
        assert w.session.draft.title == "把小事办好"
        assert w.app.path != outline
    assert outline.read_text("utf-8").startswith("genre: 党课")


async def test_phrases_no_bank_has_are_told_and_marked(tmp_path):
    outline = tmp_path / "提纲.yaml"
    point = "{facet: 责任落实, use: [p0123456789], fixed: true}"
    outline.write_text(f"genre: 研讨发言\ntheme: 安全生产\nsections:\n  - {{part: 认识, points: [{point}]}}\n", "utf-8")
    async with walk(path=str(outline)) as w:
        assert isinstance(w.screen, WriteScreen)
        assert "不在素材库" in w.said()[-1]
        assert "〔待填" in w.session.draft.text


@pytest.mark.parametrize(
    ("call", "path", "banks"),
    [
        (["提纲.yaml"], "提纲.yaml", []),
        (["--bank", "a.db", "文稿/提纲.YML", "--bank=b.db", "--quiet"], "文稿/提纲.YML", ["a.db", "b.db"]),
        (["--bank", "a.yaml"], None, ["a.yaml"]),
        (["--no-color"], None, []),
    ],
)
def test_a_call_without_a_command_opens_the_session(monkeypatch, call, path, banks):
    from types import SimpleNamespace

    from tui import app, cli

    opened = []
    monkeypatch.setattr(app, "run", lambda *given: opened.append(given) or 0)
    monkeypatch.setattr(cli, "sys", SimpleNamespace(**dict.fromkeys(("stdin", "stdout", "stderr"), _Terminal())))
    assert cli.main(call) == 0
    ((given_path, given_banks),) = opened
    assert (given_path, list(given_banks)) == (path, banks)


@pytest.mark.parametrize("call", ["draft 提纲.yaml --bank a.db", "batch a.yaml -o out", "mine a.yaml -o b.db"])
def test_a_command_keeps_its_outline(call):
    from tui.arguments import parse

    assert parse(call.split(), "0").command == call.split()[0]


@pytest.mark.parametrize("call", [["a.yaml", "b.yaml"], ["a.db"], ["a.yaml", "--layout", "speech"]])
def test_a_call_that_opens_nothing_is_refused(call, capsys):
    from tui.arguments import parse

    with pytest.raises(SystemExit) as refused:
        parse(call, "0")
    assert refused.value.code == 2
    assert "错误：" in capsys.readouterr().err


class _Terminal:
    def isatty(self):
        return True

    def flush(self):
        pass


@pytest.mark.parametrize("content", [None, "genre: 党课\n", "theme: [", "genre: 党课\ntheme: 没有的\n"])
async def test_an_outline_that_cannot_be_read_is_told(tmp_path, content):
    outline = tmp_path / "提纲.yaml"
    if content is not None:
        outline.write_text(content, "utf-8")
    async with walk(path=str(outline)) as w:
        assert isinstance(w.screen, StartScreen)
        assert w.said()


async def test_a_bank_that_cannot_be_opened_is_told_and_tried_again(monkeypatch):
    from drafting import workshop
    from phrasebank.errors import BankError

    def broken(*_, **__):
        raise BankError("磁盘空间不足")

    with monkeypatch.context() as patch:
        patch.setattr(workshop, "builtin_bank", broken)
        async with walk(alone=True) as w:
            assert "磁盘空间不足" in str(w.screen.query_one("#state", Static).render())
            patch.undo()
            await w.press("enter")
            await w.settle()
            assert w.app.workshop is not None


# Around


async def test_the_palette_speaks_chinese():
    async with walk() as w:
        await w.to(WriteScreen)
        await w.press("ctrl+p")
        await w.until(lambda: w.screen.query_one(OptionList).option_count)
        names = [str(option.prompt) for option in w.screen.query_one(OptionList).options]
        assert any("撤销" in name for name in names)
        await w.type("航天")
        listed = w.screen.query_one(OptionList)
        await w.until(lambda: listed.option_count and "没有这条命令" in str(listed.get_option_at_index(0).prompt))


async def test_light_and_dark():
    async with walk() as w:
        await w.press("ctrl+t")
        assert w.app.theme == "nigao-light"
        await w.press("ctrl+t", "ctrl+t")
        assert w.app.theme == "nigao-dark"


async def test_without_colours_marks_still_tell_origins(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with walk(alone=True) as w:
        assert w.app.no_color
        sentences = await _writing(w)
        assert str(sentences.get_option_at_index(1).prompt)[0] in "素模实稿空"


def test_the_first_screen_is_painted_before_bank_and_library_are_imported():
    code = "import sys, tui.app, tui.screens.start; print([m for m in sys.modules if m in ('drafting.workshop','jieba','docx','sqlite3')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


async def test_a_full_disk_is_told_once_and_healed(monkeypatch):
    import errno

    from drafting import store

    def full(*_):
        raise OSError(errno.ENOSPC, "")

    async with walk() as w:
        await _writing(w)
        with monkeypatch.context() as patch:
            patch.setattr(store, "write_atomic", full)
            await w.press("f4", "f4")
            assert len([n for n in w.app._notifications if "没有存上" in (n.title or "")]) == 1
            assert w.app.trouble
        await w.press("f4")
        assert not w.app.trouble
        assert w.session.plan.sections[1].part.name in w.app.path.read_text("utf-8")


async def test_going_back_to_the_start_keeps_the_session_and_its_undo():
    async with walk() as w:
        await _writing(w)
        text = w.session.draft.text
        await w.press("f4")
        w.app.walk_to("start")
        await w.settle()
        assert isinstance(w.screen, StartScreen)
        await w.press("enter", "ctrl+z")
        assert w.session.draft.text == text


async def test_a_fault_of_ours_is_told_in_a_sentence_and_kept_in_a_file(tmp_path, monkeypatch, capsys):
    class Fault(Exception):
        pass

    def broken(*_):
        raise Fault

    with pytest.raises(Fault):
        async with walk(alone=True) as w:
            await _writing(w)
            path = w.app.path
            monkeypatch.setattr(WriteScreen, "action_swap", broken)
            await w.press("f4")
    said = capsys.readouterr().err
    assert "接着写" in said
    assert "Traceback" not in said
    assert "Fault" in (tmp_path / "state" / "error.log").read_text("utf-8")
    assert path.exists()
    assert not path.with_suffix(".pid").exists()
