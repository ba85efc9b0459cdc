"""The user's own keys: read with every fault named by its line, in force on every step, and never a reason not to start."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.widgets import OptionList
from walking import _one_desk, _seldom_collected, _work_folder, walk  # noqa: F401 - fixtures

from drafting.typed import rank
from tui import clipboard, keys
from tui.base import half
from tui.keymap import known, load_keymap, place, read_keymap, sample
from tui.screens.keys import KeysScreen
from tui.screens.theme import ThemeScreen
from tui.screens.write import WriteScreen


def test_keys_are_read_in_all_the_ways_people_write_them():
    read = read_keymap("help: F20\nundo: Ctrl-U\nredo: [ctrl+r, f19]\nquit: ^x\nbank: ｃｔｒｌ＋Ｋ\nforward: f3, alt+n\n")
    assert not [fault for fault in read.faults if "没有键了" not in fault]
    assert read.keys == {
        "help": "f20", "undo": "ctrl+u", "redo": "ctrl+r,f19", "quit": "ctrl+x", "bank": "ctrl+k", "forward": "f3,alt+n",
    }  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), [
    ("help: f20\nhelq: f19", 2, "没有名为“helq”的操作"),
    ("help: h", 1, "会被输入法吃掉"),
    ("help: ？", 1, "会被输入法吃掉"),
    ("help: 1", 1, "会被输入法吃掉"),
    ("help: f25", 1, "没有“f25”这个键"),
    ("help: hyper+x", 1, "没有“hyper+x”这个键"),
    ("\n# 备注\nhelp: ctrl+i", 3, "就是 Tab"),
    ("help: ctrl+shift+k", 1, "分不出"),
    ("help:", 1, "冒号后面要写键"),
    ("help: {a: b}", 1, "冒号后面要写键"),
    ("help: f20\nundo: f19\nhelp: f18", 3, "写了两次"),
    ("- f1", 1, "名称: 键"),
    ("f1", 1, "名称: 键"),
    ("help: f20\nundo: [f1", 2, "不是 YAML 的写法"),
    ("help：f20", 1, "名称: 键"),
])  # fmt: skip
def test_faults_are_told_with_their_line(text, line, words):
    faults = read_keymap(text).faults
    assert any(fault.startswith(f"keys.yaml 第{line}行：") and words in fault for fault in faults), faults


def test_a_fault_leaves_the_other_keys_in_force():
    read = read_keymap("help: f20\nnone: f19\nundo: u\nredo: f18")
    assert read.keys == {"help": "f20", "redo": "f18"}
    assert len(read.faults) == 2


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
def test_no_text_breaks_the_reader(text):
    read_keymap(text)


def test_files_that_cannot_be_read_are_told(tmp_path):
    assert load_keymap(tmp_path / "none.yaml").faults == ()
    (tmp_path / "keys.yaml").write_bytes(b"help: \xff")
    assert "UTF-8" in load_keymap(tmp_path / "keys.yaml").faults[0]
    (tmp_path / "folder").mkdir()
    assert "读不了" in load_keymap(tmp_path / "folder").faults[0]


def test_the_sample_file_names_every_binding_and_changes_nothing():
    text = sample({})
    assert read_keymap(text).keys == {}
    assert read_keymap(text).faults == ()
    switched_on = "\n".join(line.removeprefix("# ") for line in text.splitlines()[2:])
    assert set(read_keymap(switched_on).keys) >= {id_ for id_, (key, _) in known().items() if key.startswith(("f", "ctrl+"))} - {""}


def test_no_step_has_a_plain_letter_for_a_key():
    """Input methods eat them."""
    for id_, (given_keys, _) in known().items():
        assert not any(len(key) == 1 for key in given_keys.split(",")), id_


async def test_the_users_keys_work_and_are_shown():
    place().parent.mkdir(parents=True, exist_ok=True)
    place().write_text("forward: f20\nnone: f1\n", "utf-8")
    async with walk(alone=True) as w:
        assert any("第2行" in said for said in w.said())
        await w.press("f4")
        assert isinstance(w.screen, ThemeScreen)
        await w.press("f3")
        assert isinstance(w.screen, ThemeScreen), "the old key is free now"
        assert any(b.binding.key == "f20" and w.app.get_key_display(b.binding) == "F20" for b in w.screen.active_bindings.values())
        await w.app.run_action("app.keys")
        await w.settle()
        assert isinstance(w.screen, KeysScreen)
        told = str(w.screen.query_one("#all-keys").render())
        assert "F20" in told
        assert "第2行" in told
        await w.press("escape", "f20")
        assert not isinstance(w.screen, ThemeScreen)


def test_what_loses_its_key_is_told():
    faults = read_keymap("help: f20\nforward: f4\n").faults
    assert any(fault.startswith("keys.yaml 第2行：F4 本来是“换句”") and "给 swap 也换一个" in fault for fault in faults)
    assert not [fault for fault in read_keymap("forward: f4\nswap: f3\n").faults if "swap" in fault]
    assert read_keymap("help: f20\n").faults == ()


async def test_a_sample_is_written_and_never_over_a_file():
    async with walk() as w:
        await w.app.run_action("app.keys")
        await w.settle()
        await w.press("f4")
        assert place().read_text("utf-8") == sample({})
        place().write_text("help: f20\n", "utf-8")
        await w.press("f4")
        assert place().read_text("utf-8") == "help: f20\n"


# Full-width keys


@pytest.mark.parametrize(("typed", "key"), [
    ("Ａ", "A"), ("ｚ", "z"), ("？", "question_mark"), ("１", "1"), ("　", "space"), ("。", "full_stop"), ("，", "comma"),
])  # fmt: skip
def test_full_width_keys_are_their_half_width_twins(typed, key):
    assert half(events.Key("whatever", typed)).key == key


def test_other_keys_stay_what_they_are():
    assert half(events.Key("f1", None)) is None
    assert half(events.Key("a", "a")) is None
    assert half(events.Key("县", "县")) is None


async def test_an_input_method_left_on_does_not_matter_where_a_key_is_expected():
    from tui.screens.dialogs import PickFacets
    from tui.widgets.ticks import Ticks

    async with walk() as w:
        box = PickFacets("侧面", [("a", "甲"), ("b", "乙")], [])
        w.app.push_screen(box)
        await w.settle()
        w.screen.query_one(Ticks).focus()
        await w.type("　")
        assert w.screen.query_one(Ticks).picked == ["a"], "the full-width space ticks"


async def test_where_text_is_typed_full_width_stays():
    async with walk() as w:
        await w.press("f4")
        await w.type("Ａ？　１")
        assert w.app.focused.value == "Ａ？　１"


# Palette


@pytest.mark.parametrize(("typed", "name", "rank_"), [
    ("撤销", "撤销", 0), ("销", "撤销", 1), ("cx", "撤销", 2), ("chexiao", "撤销", 2), ("x", "撤销", 3),
    ("ＣＸ", "撤销", 2), ("", "撤销", 0),
    ("scj", "素材库", None), ("sck", "素材库", 2), ("qs", "配色：浅色", 3), ("撤 x", "撤销", 3), ("航天", "撤销", None),
])  # fmt: skip
def test_names_are_found_by_characters_and_pinyin(typed, name, rank_):
    assert rank(typed, name) == rank_


async def test_the_palette_finds_by_initials_and_offers_the_steps_own_keys():
    async with walk() as w:
        await w.to(WriteScreen)
        await w.press("ctrl+p")
        await w.type("sck")
        listed = w.screen.query_one(OptionList)
        await w.until(lambda: listed.option_count == 1)
        assert "素材库" in str(listed.get_option_at_index(0).prompt)
        await w.press("backspace", "backspace", "backspace")
        await w.type("hj")
        await w.until(lambda: any("换句" in str(option.prompt) for option in listed.options))


# Clipboard


def _tool(monkeypatch, *installed):
    monkeypatch.setattr(clipboard.shutil, "which", lambda name, path=None: name if name in installed else None)


@pytest.mark.parametrize(("environment", "platform", "installed", "tool"), [
    ({}, "darwin", ["pbcopy"], clipboard.PBCOPY),
    ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", ["wl-copy", "xclip"], clipboard.WAYLAND),
    ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", ["xsel"], clipboard.XSEL),
    ({"DISPLAY": ":0"}, "linux", ["xclip", "wl-copy"], clipboard.XCLIP),
    ({"WSL_DISTRO_NAME": "Debian"}, "linux", ["clip.exe", "xclip"], clipboard.WINDOWS),
    ({}, "win32", ["clip.exe"], clipboard.WINDOWS),
    ({}, "linux", ["xclip"], None),
    ({"DISPLAY": ":0"}, "linux", [], None),
    ({"SSH_CONNECTION": "1 2 3 4"}, "darwin", ["pbcopy"], None),
    ({"SSH_CONNECTION": "1 2 3 4", "DISPLAY": ":10"}, "linux", ["xclip"], clipboard.XCLIP),
])  # fmt: skip
def test_each_system_has_its_tool(monkeypatch, environment, platform, installed, tool):
    _tool(monkeypatch, *installed)
    assert clipboard.tool(environment, platform) == tool


def test_chinese_comes_back_from_a_tool_as_it_went(tmp_path):
    """A file stands for the clipboard; clip.exe takes UTF-16 with its mark."""
    import sys

    kept = tmp_path / "clipboard"
    put = (sys.executable, "-c", f"import sys; open({str(kept)!r}, 'wb').write(sys.stdin.buffer.read())")
    get = (sys.executable, "-c", f"import sys; sys.stdout.buffer.write(open({str(kept)!r}, 'rb').read())")
    for encoding in ("utf-8", "utf-16"):
        tool = clipboard.Tool(put, get, encoding)
        assert clipboard.write("青山县“两地”", tool)
        assert clipboard.read(tool) == "青山县“两地”"
    assert not clipboard.write("x", clipboard.Tool(("no such program",)))
    assert clipboard.read(clipboard.Tool(("no such program",), ("no such program",))) is None
    assert clipboard.read(clipboard.WINDOWS) is None


async def test_copies_go_to_terminal_and_system_and_pastes_come_from_it(monkeypatch):
    written = []
    monkeypatch.setattr(clipboard, "tool", lambda: clipboard.XCLIP)
    monkeypatch.setattr(clipboard, "write", lambda text, tool: written.append((text, tool)) or True)
    monkeypatch.setattr(clipboard, "read", lambda tool: "从别处复制的")
    async with walk(alone=True) as w:
        sent = []
        monkeypatch.setattr(w.app._driver, "write", sent.append)
        w.app.copy_to_clipboard("全县")
        await w.settle()
        assert written == [("全县", clipboard.XCLIP)]
        assert any(text.startswith("\x1b]52;c;") for text in sent)
        await w.press("f4", "ctrl+v")
        assert w.app.focused.value == "从别处复制的"


def test_every_binding_of_ours_has_an_id():
    assert all(id_ == binding.id for id_, binding in keys.NAMED.items())
    assert "" not in keys.NAMED
