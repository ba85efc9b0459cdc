"""F1: what can be done at this step."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from tui.keys import key
from tui.widgets.hanging import Hanging

if TYPE_CHECKING:
    from tui.app import NigaoApp

COMMON = """
哪一步都能用
  F1        这页帮助（Esc 关掉）
  F2 或 Esc 返回上一步
  F3        继续下一步
  Tab       在几个框之间换
  ↑ ↓       在列表里走，Enter 选中
  Ctrl+Z    撤销    Ctrl+Y  重做
  Ctrl+P    全部命令，打中文或拼音首字母来查
  F12       历史版本：看以前的样子，换回去
  Ctrl+T    换配色
  Ctrl+Q    退出

稿子每改一处就自动存一次，突然断电、关窗口也不怕，
下次打开就在离开的地方接着写，没打完的话也在。
F1、F12 被终端占用时，按 Ctrl+P 打“帮助”“历史”。
在这一页按 F7，看六张卡片，从头说说怎么用。
"""


class HelpScreen(ModalScreen[None]):
    """A page of plain words; any of the usual keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,f1,f2,f3,enter", "app.pop_screen", "关掉", shown="Esc"), key("f7", "cards", "六张卡片"),
    ]  # fmt: skip

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        """The step's own help first."""
        with VerticalScroll(classes="box help"):
            yield Hanging(f"{self.text.strip()}\n{COMMON}".strip())

    def action_cards(self) -> None:
        """The tour in place of this page, which may have been asked for from there."""
        from tui.screens.tour import TourScreen
        from tui.taking_in import show_tour

        within = any(isinstance(screen, TourScreen) for screen in self.app.screen_stack)
        self.dismiss(None)
        if not within:
            show_tour(cast("NigaoApp", self.app))
