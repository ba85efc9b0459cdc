"""What was typed last time and never came into the draft, because the terminal was closed or the machine went off."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Button, Static

from drafting.store import Typed
from tui.keys import key
from tui.screens.dialogs import Dialog


class LeftOver(Dialog[str]):
    """The text, and what is to become of it: `put` or `drop`; no answer keeps it for another time."""

    BINDINGS: ClassVar[list[BindingType]] = [key("f4", "copy", "复制"), key("f8", "forget", "不要了")]
    accept_label = "放进稿子"

    def __init__(self, typed: Typed) -> None:
        asked = f"（在“{typed.asked}”里）" if typed.asked else ""
        hint = "F3 放在这一部分末尾，另起一段；F4 复制，自己贴到要放的地方；F8 不要了；Esc 先留着，下次再问。"
        super().__init__(f"上次有几句话没来得及放进稿子{asked}", hint)
        self.typed = typed

    def fields(self) -> ComposeResult:
        """The text."""
        with VerticalScroll(classes="leftover"):
            yield Static(self.typed.text, markup=False)

    def more_buttons(self) -> ComposeResult:
        """Two more ways out."""
        yield Button("F4 复制", action="screen.copy", compact=True)
        yield Button("F8 不要了", action="screen.forget", compact=True)

    def value(self) -> str | None:
        """Into the draft."""
        return "put"

    def action_copy(self) -> None:
        """To the clipboard; the box stays."""
        self.app.copy_to_clipboard(self.typed.text)
        self.notify("已复制")

    def action_forget(self) -> None:
        """The writer does not want it."""
        self.dismiss("drop")
