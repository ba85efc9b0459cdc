"""Picking one of several things, and a file, without a mouse."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui import paths
from tui.cjk import ChineseInput
from tui.keys import key
from tui.screens.dialogs import Dialog


class PickOne(Dialog[int]):
    """One of several rows; the answer is its number."""

    def __init__(self, title: str, rows: Sequence[str | Content], hint: str = "") -> None:
        super().__init__(title, hint)
        self.rows = rows

    def fields(self) -> ComposeResult:
        """The rows."""
        yield OptionList(*self.rows, id="rows", classes="picked", markup=False)

    def on_mount(self) -> None:
        """The first one stands highlighted."""
        self.query_one(OptionList).highlighted = 0

    def value(self) -> int | None:
        """The highlighted one."""
        return self.query_one("#rows", OptionList).highlighted

    @on(OptionList.OptionSelected)
    def _picked(self) -> None:
        self.action_accept()


class PickFile(Dialog[Path]):
    """A path line with what lies in its folder below it; files opened lately stand first while nothing is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [key("tab", "complete", "补全")]
    accept_label = "打开"
    searches = True

    def __init__(self, recent: Sequence[Path] = ()) -> None:
        super().__init__("打开文件", "↑↓ 选，Tab 补全，Enter 打开。提纲 .yaml 接着写；Word、文本、网页、PDF 会变成提纲。原文件不动。")
        self.recent = recent
        self._found: tuple[paths.Entry, ...] = ()

    def fields(self) -> ComposeResult:
        """The line and the list."""
        yield ChineseInput(placeholder="文件的路径，如 文稿/讲话.docx；可以打拼音首字母", id="typed", select_on_focus=False, compact=True)
        yield OptionList(id="files", classes="picked", markup=False)

    def on_mount(self) -> None:
        """What lies where the session was started."""
        self._list()

    @on(Input.Changed)
    def _list(self) -> None:
        listed, typed = self.query_one("#files", OptionList), self.query_one(Input).value
        listed.clear_options()
        if not paths.plain(typed):
            listed.add_options([Option(Content.assemble(("最近 ", "$text-success"), paths.told(p)), f"+{p}") for p in self.recent])
        self._found = paths.entries(typed)
        listed.add_options([Option(_row(entry), str(number)) for number, entry in enumerate(self._found)])
        if listed.option_count:
            listed.highlighted = 0
        else:
            listed.add_option(Option("这里没有能打开的文件。退格可以回到上一层，~/ 是自己的文件夹。", disabled=True))

    def on_key(self, event: events.Key) -> None:
        """The arrows move in the list while one types."""
        if event.key in ("up", "down", "pageup", "pagedown") and self.query_one(Input).has_focus:
            event.stop()
            event.prevent_default()
            getattr(self.query_one(OptionList), f"action_{_WAYS[event.key]}")()

    @property
    def _chosen(self) -> paths.Entry | None:
        """What is highlighted."""
        option = self.query_one(OptionList).highlighted_option
        if option is None or option.id is None:
            return None
        return paths.Entry(Path(option.id[1:]), False) if option.id.startswith("+") else self._found[int(option.id)]

    def action_complete(self) -> None:
        """As much as is certain, or what is highlighted."""
        line, chosen = self.query_one(Input), self._chosen
        if chosen and not paths.plain(line.value) and chosen.path in self.recent:
            line.value = str(chosen.path)
        else:
            line.value = paths.completed(line.value, self._found, chosen)
        line.cursor_position = len(line.value)

    def value(self) -> Path | None:
        """The file that was typed in full, else the highlighted one; a folder is gone into."""
        typed = paths.there(self.query_one(Input).value)
        path = typed if typed and typed.is_file() else self._chosen.path if self._chosen else typed
        if path is None:
            self.notify("没有这个文件；看看路径有没有写错")
            return None
        if path.is_dir():
            line = self.query_one(Input)
            line.value = f"{paths.plain(str(path)).rstrip('/')}/"
            line.cursor_position = len(line.value)
            line.focus()
            return None
        return path.absolute()

    @on(OptionList.OptionSelected)
    def _picked(self) -> None:
        self.action_accept()


_WAYS = {"up": "cursor_up", "down": "cursor_down", "pageup": "page_up", "pagedown": "page_down"}


def _row(entry: paths.Entry) -> Content:
    return Content.assemble((f"{entry.path.name}/", "bold")) if entry.folder else Content(entry.path.name)
