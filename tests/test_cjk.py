"""Each cure of `tui.cjk` against what Textual does without it. They patch private names: Textual is pinned below 8.3."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import version
from itertools import pairwise

import pytest

from tui import cjk  # isort: skip
from tui.text_area import ChineseTextArea  # isort: skip

import rich._wrap
import textual._wrap
from textual import events
from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Select, TextArea

CLOSING = "，。、；：？！）》”’」』】〕…—％"
OPENING = "（《“‘「『【〔"
TEXT = "　　要抓好“安全生产”这件大事，坚持（一手抓治理、一手抓服务），2025年GDP增长5.2%，做到《守则》上墙……不走过场！共 36 公里。"


@pytest.fixture
def uncured(monkeypatch):
    """Rich's and Textual's own patterns."""
    monkeypatch.setattr(rich._wrap, "re_word", re.compile(r"\s*\S+\s*"))
    monkeypatch.setattr(textual._wrap, "re_chunk", re.compile(r"\S+\s*|\s+"))


def test_textual_is_the_release_the_cures_were_tried_on():
    assert version("textual").startswith("8.2.")


def _lines(width: int) -> list[str]:
    return [TEXT[a:b] for a, b in pairwise([0, *rich._wrap.divide_line(TEXT, width), len(TEXT)])]


@pytest.mark.parametrize("width", range(8, 72))
def test_no_line_begins_with_a_closing_or_ends_with_an_opening_mark(width):
    lines = _lines(width)
    assert "".join(lines) == TEXT
    assert not [line for line in lines[1:] if line[0] in CLOSING]
    assert not [line for line in lines if line.rstrip()[-1] in OPENING]


def test_the_indent_stays_with_its_first_character():
    assert all(_lines(width)[0].strip() for width in range(8, 72))


def test_a_space_does_not_cut_a_line_short():
    assert len(_lines(40)[-2]) >= 15


def test_without_the_cure_a_line_begins_with_a_mark(uncured):
    assert any(line[0] in CLOSING for width in range(8, 72) for line in _lines(width)[1:])


@pytest.mark.parametrize("width", range(8, 72))
def test_text_areas_break_by_the_same_rule(width):
    assert not [TEXT[a:] for a in textual._wrap.compute_wrap_offsets(TEXT, width, 4) if TEXT[a] in CLOSING]


def test_without_the_cure_text_areas_break_before_marks(uncured):
    starts = {TEXT[a] for width in range(8, 72) for a in textual._wrap.compute_wrap_offsets(TEXT, width, 4)}
    assert starts & set(CLOSING)


def test_content_takes_the_cure():
    """Widgets wrap through `textual.content`, which took its function from Rich by name."""
    lines = Content(TEXT).wrap(30)
    assert not [line for line in lines[1:] if line.plain[0] in CLOSING]


def test_the_kitty_protocol_is_off_before_textual_reads_it():
    code = "import tui.cjk, textual.constants as c; print(c.DISABLE_KITTY_KEY)"
    environment = {k: v for k, v in os.environ.items() if k != "TEXTUAL_DISABLE_KITTY_KEY"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "True"


class Fields(App[None]):
    def __init__(self, *widgets):
        super().__init__()
        self.widgets = widgets

    def compose(self) -> ComposeResult:
        yield from self.widgets


async def _typed(widget, *characters: str) -> None:
    app = Fields(widget)
    async with app.run_test() as pilot:
        widget.focus()
        await pilot.pause()
        for character in characters:
            app.post_message(events.Key("ideographic_space" if character == cjk.SPACE else character, character))
        await pilot.pause()


async def test_an_input_takes_the_ideographic_space():
    field = cjk.ChineseInput()
    await _typed(field, "县", cjk.SPACE, "镇")
    assert field.value == "县　镇"


async def test_an_area_takes_the_ideographic_space_once():
    area = ChineseTextArea()
    await _typed(area, "县", cjk.SPACE, "镇")
    assert area.text == "县　镇"


async def test_textuals_own_fields_drop_it():
    field, area = Input(), TextArea()
    await _typed(field, "县", cjk.SPACE)
    await _typed(area, "县", cjk.SPACE)
    assert field.value == area.text == "县"


async def test_a_paste_of_several_lines_keeps_them_all():
    field, plain = cjk.ChineseInput(), Input()
    for widget in (field, plain):
        app = Fields(widget)
        async with app.run_test() as pilot:
            widget.focus()
            await pilot.pause()
            widget.post_message(events.Paste("青山县\n临河镇"))
            await pilot.pause()
    assert field.value == "青山县临河镇"
    assert plain.value == "青山县"


async def test_an_open_menu_says_in_chinese_what_closes_it():
    menu = Select([("镇", "镇"), ("县", "县")])
    app = Fields(menu)
    async with app.run_test() as pilot:
        menu.focus()
        await pilot.press("enter")
        shown = [b.binding.description for b in app.screen.active_bindings.values() if b.binding.show]
        assert "收起" in shown
        assert "Dismiss menu" not in shown


async def test_a_list_without_room_is_no_reason_to_stop():
    """As a window is while it is drawn smaller. Rich chops words into pieces of no width, and Textual looks for a line it has not drawn."""
    assert rich._wrap.divide_line("abc", 0) == rich._wrap.divide_line("abc", 1)
    app = Fields(OptionList("abc 一二三", "def"))
    app.CSS = "OptionList { width: 2; height: 0; padding: 0 1; border: none; }"
    async with app.run_test(size=(12, 5)) as pilot:
        app.query_one(OptionList).highlighted = 1
        await pilot.press("pagedown", "pageup")
        assert app.is_running
