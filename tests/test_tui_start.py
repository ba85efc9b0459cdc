"""The way into a draft, with Textual's Pilot: new, gone on with, imported, a sample, an earlier version; and what survives a kill."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from walking import _one_desk, _seldom_collected, _work_folder, walk  # isort: skip  # noqa: F401 - fixtures

from test_importing import SPEECH, words
from textual.widgets import Input, OptionList, Select, Static
from textual.widgets._toast import ToastRack

from drafting import history
from drafting.config import TEMPLATES, load_library
from drafting.errors import ConfigError
from drafting.model import Profile
from drafting.outline import load
from drafting.store import Spot, Store, Typed
from tui.screens.dialogs import AskLine, AskText
from tui.screens.export import ExportScreen
from tui.screens.history import HistoryScreen
from tui.screens.importing import ImportDialog
from tui.screens.leftover import LeftOver
from tui.screens.own_theme import OwnTheme
from tui.screens.picking import PickFile, PickOne
from tui.screens.profile import ProfileScreen
from tui.screens.sections import SectionsScreen
from tui.screens.speakers import PickSpeaker
from tui.screens.start import StartScreen
from tui.screens.theme import ThemeScreen
from tui.screens.tour import CARDS, TourScreen
from tui.screens.write import WriteScreen
from tui.text_area import ChineseTextArea


def rows(w):
    """The choices of a list as they are read."""
    return [str(option.prompt) for option in w.screen.query_one(OptionList).options]


def shown(w, name):
    return str(w.screen.query_one(name, Static).render())


async def boxed(w, box):
    """Waits for a box that a thread brings up."""
    await w.until(lambda: isinstance(w.screen, box))
    await w.settle()


async def choose(w, name):
    """The choice that begins with `name`."""
    listed = w.screen.query_one(OptionList)
    listed.highlighted = next(n for n, row in enumerate(rows(w)) if row.startswith(name))
    await w.press("enter")


# Start


async def test_a_newcomer_is_offered_a_sample_and_a_tour_once():
    async with walk() as w:
        assert any(row.startswith("拿样稿练手") for row in rows(w))
        await choose(w, "怎么用")
        assert isinstance(w.screen, TourScreen)
        seen = []
        for _ in CARDS:
            seen.append(shown(w, "#card-title"))
            await w.press("f1", "f7", "f3")  # help, and from there back to the cards
        assert seen == [title for title, _ in CARDS]
        assert isinstance(w.screen, ThemeScreen), "the last card begins, as it says"
        await w.press("f2")
        assert isinstance(w.screen, StartScreen)
        assert not any(row.startswith("怎么用") for row in rows(w)), "seen once, it is offered no more"
        await w.press("f7", "f3", "f2")
        assert shown(w, "#card-title") == CARDS[0][0]
        await w.press("escape")
        await choose(w, "拿样稿练手")
        assert isinstance(w.screen, WriteScreen)
        assert w.session.outline.facts
    async with walk() as w:
        assert not any(row.startswith(("怎么用", "拿样稿")) for row in rows(w))
        assert rows(w)[0].startswith("接着写　把隐患当事故看")
        assert "字" in rows(w)[0]


async def test_while_the_bank_is_built_the_box_says_what_goes_on():
    async with walk() as w:
        workshop, w.app.workshop, w.app.mining = w.app.workshop, None, True
        w.screen.query_one(OptionList).clear_options()
        w.screen.enter()
        w.screen._tell_waiting()
        assert "建好以后" in rows(w)[0]
        await choose(w, "怎么用")
        await w.press(*["f3"] * len(CARDS))
        assert isinstance(w.screen, StartScreen)
        assert "还没有建好" in w.said()[-1]
        rack = ToastRack()  # Pilot has none
        await w.screen.mount(rack)
        rack.show(w.app._notifications)
        await w.settle()
        notice = rack.query_one("Toast").region
        await rack.remove()
        assert w.screen.query_one("#choices").region.bottom <= notice.y, "notices stand at the foot"
        assert notice.bottom == w.app.size.height - 2, "and leave the figures and keys free"
        w.app.workshop, w.app.mining = workshop, False
        w.app.post_message(w.app.Ready())
        await w.settle()
        assert any(row.startswith("新写一篇") for row in rows(w))


async def test_finished_drafts_can_be_seen_opened_and_put_back():
    async with walk() as w:
        await w.to(ExportScreen)
        path = w.app.path
    async with walk() as w:
        await w.press("f6")
        assert "还没有写完的稿子" in shown(w, "#state")
        await w.press("f2", "f8")
        assert not any("接着写" in row for row in rows(w))
        await w.press("f6")
        assert Store().finished()[0].path == path
        assert "放回" in "".join(w.lines()[-1:])
        assert "收起" not in "".join(w.lines()[-1:])
        await w.press("f2")
        assert rows(w)[0].startswith("再改改　"), "one comes back to what was finished last"
        await w.press("f6")
        assert Store().finished()[0].title != "安全生产", "the title of the draft, not its theme"
        await w.press("f8")
        assert [saved.path for saved in Store().unfinished()] == [path]
        await w.press("f2", "f8", "f6", "enter")
        assert isinstance(w.screen, WriteScreen), "who opens it means to write on, wherever it was left"
        assert w.app.path == path


async def test_whoever_leaves_is_told_where_the_draft_lies():
    async with walk() as w:
        await w.to(WriteScreen)
        path = w.app.path
        w.app.action_leave()
        assert str(path) in str(w.app._exit_renderables[-1])


async def test_a_draft_is_gone_on_with_where_it_was_left():
    async with walk() as w:
        await w.to(WriteScreen)
        await w.press("ctrl+n", "ctrl+n", "down")
        place = (w.app.place.section, w.app.place.row)
        assert place[0] == 2
        assert place[1] > 0
        w.app.action_leave()
    async with walk() as w:
        await w.press("enter")
        assert isinstance(w.screen, WriteScreen)
        assert (w.app.place.section, w.app.place.row) == place
        await w.press("f2")
        w.app.action_leave()
    async with walk() as w:
        await w.press("enter")
        assert isinstance(w.screen, SectionsScreen)


async def test_a_spot_that_is_no_more_leads_to_one_that_is():
    async with walk() as w:
        await w.to(WriteScreen)
        path = w.app.path
    Store().keep_spot(path, Spot("nowhere", 99, 99))
    async with walk() as w:
        await w.press("enter")
        assert isinstance(w.screen, WriteScreen)


# Opening


async def test_a_file_is_found_by_typing_tab_and_arrows(tmp_path):
    (tmp_path / "work" / "文稿").mkdir()
    (tmp_path / "work" / "文稿" / "讲话提纲.yaml").write_text("genre: 党课\ntheme: 民生实事\ntitle: 把小事办好\n", "utf-8")
    (tmp_path / "work" / "文稿" / "图.png").write_text("")
    (tmp_path / "work" / "别的.bin").write_text("")
    async with walk() as w:
        await w.press("f5")
        assert isinstance(w.screen, PickFile)
        assert rows(w) == ["文稿/"]
        await w.type("wg")
        assert rows(w) == ["文稿/"], "by the initials of its pinyin"
        await w.press("tab")
        assert w.screen.query_one(Input).value == "文稿/"
        assert rows(w) == ["讲话提纲.yaml"], "only what can be opened"
        await w.press("enter")
        assert isinstance(w.screen, WriteScreen)
        assert w.session.draft.title == "把小事办好"
        w.app.walk_to("start")
        await w.settle()
        await w.press("f5")
        assert "讲话提纲.yaml" in rows(w)[0], "opened lately"
        await w.type("没有的")
        assert "没有能打开的文件" in rows(w)[0]
        await w.press("enter")
        assert isinstance(w.screen, PickFile)
        assert w.said()
        w.screen.query_one(Input).value = f'"{tmp_path.joinpath("work", "文稿", "讲话提纲.yaml")}" '
        await w.press("enter")
        assert isinstance(w.screen, WriteScreen), "a path as it was dragged into the terminal"


async def test_one_of_several_outlines_is_picked(tmp_path):
    path = tmp_path / "几篇.yaml"
    path.write_text("theme: 民生实事\npieces:\n  - {genre: 党课, title: 第一篇}\n  - {genre: 研讨发言, title: 第二篇}\n", "utf-8")
    async with walk(path=str(path)) as w:
        assert isinstance(w.screen, PickOne)
        assert len(rows(w)) == 2
        await w.press("down", "enter")
        assert w.session.draft.title == "第二篇"
        assert len(load(w.app.path, w.session.library)) == 1


async def test_a_text_is_imported_word_for_word(tmp_path):
    import docx

    document = docx.Document()
    for line in filter(None, SPEECH.splitlines()):
        document.add_paragraph(line)
    document.save(tmp_path / "讲话.docx")
    async with walk() as w:
        w.app.open_outline(tmp_path / "讲话.docx")
        await boxed(w, ImportDialog)
        assert w.screen.query_one("#theme", Select).value == "安全生产"
        assert w.screen.query_one("#genre", Select).value == "研讨发言"
        assert "3个大标题" in shown(w, "#read")
        await w.press("f3")
        assert isinstance(w.screen, WriteScreen)
        assert words(SPEECH) - words(w.session.draft.text) == {}
    async with walk() as w:
        await w.press("enter")
        assert words(SPEECH) - words(w.session.draft.text) == {}


async def test_what_was_guessed_can_be_changed_and_what_cannot_be_is_asked(tmp_path):
    path = tmp_path / "散文.txt"
    path.write_text("今天天气很好，我们去河边走走，看看水，看看山，说说话。\n\n傍晚回来吃饭，大家都很高兴，都说下次还来。\n", "utf-8")
    async with walk() as w:
        w.app.open_outline(path)
        await boxed(w, ImportDialog)
        await w.press("f3")
        assert isinstance(w.screen, ImportDialog), "no theme yet"
        assert w.said()
        w.screen.query_one("#theme", Select).value = "乡村振兴"
        w.screen.query_one("#genre", Select).value = "致辞"
        w.screen.query_one("#title", Input).value = "河边"
        await w.press("f3")
        outline = w.session.outline
        assert (outline.genre, outline.theme, outline.title) == ("致辞", "乡村振兴", "河边")


async def test_a_file_that_cannot_be_read_is_told(tmp_path):
    path = tmp_path / "坏.docx"
    path.write_bytes(b"PK\x03\x04 broken")
    async with walk() as w:
        w.app.open_outline(path)
        await w.until(w.said)
        await w.until(lambda: any(n.severity == "error" for n in w.app._notifications))
        assert isinstance(w.screen, StartScreen)


# Theme


async def test_a_theme_is_found_by_pinyin_and_tells_what_the_bank_has():
    async with walk() as w:
        await w.press("f4")
        for typed in ("aqsc", "anquan", "安全sc", "ａｑｓｃ", "安全生产"):
            w.screen.query_one(Input).value = typed
            await w.settle()
            assert w.screen.query_one(OptionList).highlighted_option.id == "安全生产", typed
        await w.settle()
        told = shown(w, "#facets")
        assert "█" in told
        assert all(word in told for word in ("语句的作用", "举措", "责任落实"))


async def test_a_theme_of_ones_own_is_begun_from_an_empty_result():
    async with walk() as w:
        await w.press("f4")
        await w.type("航天育种")
        assert "F5" in shown(w, "#facets")
        await w.press("f5")
        assert isinstance(w.screen, OwnTheme)
        assert w.screen.query_one(Input).value == "航天育种"
        await w.press("f3")
        assert isinstance(w.screen, OwnTheme), "facets are missing"
        w.screen.query_one(ChineseTextArea).text = "育种责任：技术员、基地\n资金保障\n"
        await w.press("f3")
        assert isinstance(w.screen, ThemeScreen)
        assert w.screen.query_one(OptionList).highlighted_option.id == "航天育种", w.said()
        await w.press("f3")
        assert w.session.outline.theme == "航天育种"
        await w.press("f3", "f3")
        assert {"育种责任", "资金保障"} >= {p.facet for s in w.session.plan.sections for p in s.points if p.facet}
        path = w.app.path
    from drafting.config import load_library

    assert load(path, load_library())[0].theme == "航天育种", "the next session knows it"


# Profile


async def test_a_file_of_ones_own_with_a_fault_is_told_and_shuts_nobody_out(tmp_path):
    themes = tmp_path / "home" / "themes"
    themes.mkdir(parents=True)
    (themes / "坏.yaml").write_text("name: 没有侧面\n", "utf-8")
    (themes / "安全生产.yaml").write_text("name: 安全生产\nfacets: 3\n", "utf-8")
    faults: list[ConfigError] = []
    found = load_library([tmp_path / "home", TEMPLATES], faults)
    assert [Path(fault.file).name for fault in faults] == ["安全生产.yaml", "坏.yaml"]
    assert found.theme("安全生产").facets, "ours in its place"
    with pytest.raises(ConfigError):
        load_library([tmp_path / "home", TEMPLATES])
    async with walk() as w:
        w.app.faults.extend(faults)
        w.app.post_message(w.app.Ready())
        await w.settle()
        assert "坏.yaml" in w.said()[-1]
        await w.press("f4")
        assert isinstance(w.screen, ThemeScreen)


async def test_help_that_lies_over_the_first_screen_does_not_keep_it_waiting():
    """The first bank may be ready while one reads the help: the choices stand there when that is closed."""
    async with walk() as w:
        choices = w.screen.query_one("#choices", OptionList)
        choices.clear_options()
        await w.press("f1")
        assert w.screen is not choices.screen
        w.app.post_message(w.app.Ready())
        await w.settle()
        await w.press("escape")
        assert choices.option_count
        await w.press("f4")
        assert isinstance(w.screen, ThemeScreen)


async def test_the_form_tells_what_the_genre_needs():
    async with walk((120, 36)) as w:
        await w.to(ProfileScreen)
        genre = w.session.plan.genre
        pane = w.screen.query_one("#needs-beside")
        told = str(pane.query_one(Static).render())
        assert pane.display
        assert all(part.name in told for part in genre.parts)
        assert all(must.what in told for must in genre.must)
        assert str(genre.range[1]) in told
        w.screen.query_one("#minutes", Input).value = "20"
        assert w.screen.before_leaving()
        assert str(pane.query_one(Static).render()) != told, "shares of the length that was asked for"


async def test_several_speakers_are_kept_and_picked():
    async with walk() as w:
        await w.to(ProfileScreen)
        await w.press("f4")
        assert "F5" in w.said()[-1], "an empty list says what to do"
        Store().keep_profiles({"镇长": Profile("镇", "临河镇", "临河镇人民政府", "镇长", "王明", 2026)})
        for field, value in {"place": "临河镇", "unit": "临河镇党委", "post": "书记", "name": "李华"}.items():
            w.screen.query_one(f"#{field}", Input).value = value
        await w.press("f5")
        assert isinstance(w.screen, AskLine)
        w.screen.query_one(Input).value = "书记"
        await w.press("enter", "f4")
        assert isinstance(w.screen, PickSpeaker)
        assert len(rows(w)) == 2
        await choose(w, "镇长")
        assert (w.session.outline.profile.post, w.session.outline.profile.name) == ("镇长", "王明")
        assert w.screen.query_one("#name", Input).value == "王明"
        await w.press("ctrl+z")
        assert w.session.outline.profile.name == "李华"
        await w.press("f4", "f8", "escape")
        assert len(Store().profiles()) == 1


# Nothing is lost


async def test_text_in_an_open_box_is_on_the_disk_and_offered_again():
    async with walk() as w:
        await w.to(WriteScreen)
        path, before = w.app.path, w.session.draft.text
        await w.press("f9")
        assert isinstance(w.screen, AskText)
        await w.type("隐患不会自己消失。")
        await w.until(lambda: Store().typed(path) is not None and "消失。" in Store().typed(path).text)
        await w.press("escape")
        await w.until(lambda: Store().typed(path) is None, 3)
        await w.press("f9")
        await w.type("要一条一条去销号。")
        w.app.action_leave()
    assert "销号" in Store().typed(path).text
    async with walk() as w:
        await w.press("enter")
        await w.until(lambda: isinstance(w.screen, LeftOver))
        await w.press("escape")
        assert w.session.draft.text == before
    async with walk() as w:
        await w.press("enter")
        await w.until(lambda: isinstance(w.screen, LeftOver))
        await w.press("f3")
        await w.until(lambda: "要一条一条去销号。" in w.session.draft.text)
        w.app.action_undo()
        assert w.session.draft.text == before
        assert w.app.keeping.left_over() is None


async def test_what_was_put_into_the_draft_is_not_left_over():
    async with walk() as w:
        await w.to(WriteScreen)
        await w.press("down", "f9")
        await w.type("隐患不会自己消失。")
        await w.press("f3")
        assert "隐患不会自己消失。" in w.session.draft.text
        w.screen.query_one("#filter", Input).focus()
        await w.type("群众")
        w.app.keeping.sweep()
        assert w.app.keeping.left_over() is None, "neither that nor what is searched for"
        Store().keep_typed(w.app.path, Typed("自己写一句", "隐患不会\n自己消失。"))
        assert w.app.keeping.left_over() is None


async def test_versions_are_made_shown_and_taken_back():
    async with walk() as w:
        await w.to(WriteScreen)
        w.app.keeping.keep_version()
        before = w.session.draft.text
        await w.press("down", "f9")
        await w.type("隐患不会自己消失。")
        await w.press("f3")
        after = w.session.draft.text
        await w.press("f12")
        assert isinstance(w.screen, HistoryScreen)
        await w.settle()
        assert len(rows(w)) == 2
        assert "隐患不会" in rows(w)[0]
        assert "和现在一样" in shown(w, "#history-title")
        await w.press("down")
        assert "1 段不同" in shown(w, "#history-title")
        whole = shown(w, "#version-text")
        await w.press("f4")
        assert "隐患不会自己消失。" in shown(w, "#version-text")
        assert len(shown(w, "#version-text")) < len(whole)
        await w.press("f3")
        assert isinstance(w.screen, WriteScreen)
        assert w.session.draft.text == before
        await w.press("ctrl+z")
        assert w.session.draft.text == after


async def test_boxes_open_in_a_narrow_terminal(tmp_path):
    (tmp_path / "讲话.md").write_text(SPEECH, "utf-8")
    async with walk((40, 20)) as w:
        await w.press("f12")
        assert isinstance(w.screen, StartScreen)
        assert w.said(), "there is no draft yet, and so no versions of it"
        await w.press("f7", "escape", "f5", "escape", "f6", "f2")
        await w.to(ProfileScreen)
        await w.press("pagedown")
        w.app.push_screen(HistoryScreen(w.app.path.with_name("other.yaml")))
        await w.settle()
        assert "还没有历史版本" in shown(w, "#version-text")
        await w.press("f3", "f1", "escape", "escape")
        assert isinstance(w.screen, ProfileScreen)
        w.app.open_outline(tmp_path / "讲话.md")
        await boxed(w, ImportDialog)
        await w.press("f3")
        assert isinstance(w.screen, WriteScreen)


SESSION = """
import asyncio, sys
from tui.app import NigaoApp
from tui.screens.write import WriteScreen
async def main():
    app = NigaoApp()
    async with app.run_test() as pilot:
        while app.workshop is None: await pilot.pause(0.02)
        app.begin("安全生产"); app.go("write"); await pilot.pause()
        print(app.path, flush=True)
        if sys.argv[1] == "typing":
            await pilot.press("f9")
            for c in "没有打完的一句话": await pilot.press(c)
            await pilot.pause()
            print("ready", flush=True)
            while app.is_running: await asyncio.sleep(0.05)
            return
        await pilot.press("down")
        for _ in range(400):
            await pilot.press("f4")
            print(app.session.draft.characters, flush=True)
asyncio.run(main())
"""


def _session(how):
    environment = {**os.environ, "PYTHONUTF8": "1"}
    call = [sys.executable, "-c", SESSION, how]
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment)


def test_a_kill_at_any_moment_leaves_a_readable_draft(library, builtin):
    """Killed while one change follows the other, at a moment that chance has chosen."""
    running = _session("changing")
    path = Path(running.stdout.readline().strip())
    for _ in range(random.Random(os.getpid()).randrange(2, 12)):
        running.stdout.readline()
    running.kill()
    running.communicate()
    outline = load(path, library)[0]
    assert outline.theme == "安全生产"
    assert isinstance(json.loads(path.with_suffix(".json").read_text("utf-8")), dict)
    assert [saved.path for saved in Store().unfinished()] == [path]
    assert Store().holder(path) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_closed_terminal_leaves_everything_in_order():
    running = _session("typing")
    path = Path(running.stdout.readline().strip())
    assert running.stdout.readline().strip() == "ready"
    running.send_signal(signal.SIGHUP)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 0, said
    assert Store().typed(path).text == "没有打完的一句话"
    assert not path.with_suffix(".pid").exists()
    assert len(history.versions(path)) == 1
    assert Store().spot(path).step == "write"


def test_how_far_the_first_bank_is_can_be_told(tmp_path, monkeypatch):
    from drafting import builtin
    from tui.screens.start import _mining

    monkeypatch.setattr(builtin, "cache_folders", lambda: [tmp_path])
    assert builtin.how_far() is None
    assert "半分钟到两分钟" in _mining()
    (tmp_path / "builtin-1.progress").write_text("35 120")
    assert "35/120" in _mining()
    (tmp_path / "builtin-1.progress").write_text("120 120")
    assert "归并" in _mining()
    (tmp_path / "builtin-1.progress").write_text("")
    assert builtin.how_far() is None, "just being written"
