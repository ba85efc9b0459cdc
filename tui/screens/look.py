"""F10: the draft as the page will have it, on the whole screen, opened where the writer is."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from drafting.model import Draft
from tui.keys import HELP, key
from tui.widgets.preview import Preview

LOOKING = """版面
  这是整篇稿子在纸上的样子：标题、段首空两格，
  〔待填〕〔待核〕有底色，光标所在的句子有下划线。
  ↑ ↓ PgUp PgDn Home End  翻看
  F10 或 Esc              回去接着写
"""


class LookScreen(ModalScreen[None]):
    """The page alone; the key that opened it closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [key("f10,ctrl+u,escape,f2,f3,enter", "app.pop_screen", "回去", shown="F10"), HELP]
    help_text = LOOKING

    def __init__(self, draft: Draft, number: int, sentence: str) -> None:
        super().__init__()
        self.draft, self.number, self.sentence = draft, number, sentence

    def compose(self) -> ComposeResult:
        """The page, and how to leave it."""
        yield Preview(id="look", can_focus=True)
        yield Static("F10 或 Esc 回去写　↑↓ PgUp PgDn 翻看", id="look-hint", markup=False)

    def on_mount(self) -> None:
        """The page opens where the writer is."""
        page = self.query_one(Preview)
        page.show(self.draft, self.number, self.sentence)
        page.focus()
