"""F1: what can be done at this step."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.keys import key

COMMON = """
哪一步都能用
  F1        这页帮助（Esc 关掉）
  F2 或 Esc 返回上一步
  F3        继续下一步
  Tab       在几个框之间换
  ↑ ↓       在列表里走，Enter 选中
  Ctrl+Z    撤销    Ctrl+Y  重做
  Ctrl+P    全部命令，用中文查
  Ctrl+T    深色、浅色底
  Ctrl+Q    退出

稿子每改一处就自动存一次，突然断电、关窗口也不怕，
下次打开会请你接着写。前后几步可以随便来回。
F1 被终端占用时，按 Ctrl+P 选“帮助”。
"""


class HelpScreen(ModalScreen[None]):
    """A page of plain words; any of the usual keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [key("escape,f1,f2,f3,enter", "app.pop_screen", "关掉", shown="Esc")]

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        """The step's own help first."""
        with VerticalScroll(classes="box help"):
            yield Static(f"{self.text.strip()}\n{COMMON}".strip(), markup=False)
