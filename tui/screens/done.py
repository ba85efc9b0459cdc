"""The end: where the file is, and what next."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafting.summary import blanks
from tui.keys import key
from tui.screens.step import Step


class DoneScreen(Step):
    """Says where the file is."""

    BINDINGS = [key("f3", "forward", "回到开始")]  # noqa: RUF012 - Textual's own way
    step = "done"
    help_text = """写好了
  文件已经在屏幕上写的位置。还可以回去改，再导出一次；
  也可以接着写下一篇，身份不用重填。
"""

    def body(self) -> ComposeResult:
        """What was written, and the choices."""
        with Vertical(id="start"):
            yield Static("写好了", classes="banner", markup=False)
            yield Static(self._told(), id="state", markup=False)
            with Center():
                yield OptionList(
                    Option("回去再改改", "back"), Option("换个版式或文件名再导出", "export"), Option("再写一篇", "new"),
                    Option("退出", "quit"), id="choices",
                )  # fmt: skip

    def enter(self) -> None:
        """The choices have the keys."""
        self.query_one(OptionList).focus()

    def _told(self) -> Content:
        draft, left = self.session.draft, len(blanks(self.session.draft))
        named = (f"《{draft.title}》", "bold")
        rest = f"\n还有 {left} 处待填、待核，在 Word 里搜“〔”就能逐处找到。" if left else ""
        return Content.assemble(named, f" {draft.characters}字\n", (str(self.desk.exported), "$text-success"), rest)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        match event.option_id:
            case "back":
                self.desk.go("write")
            case "export":
                self.desk.go("export")
            case "new":
                self.desk.drop()
                self.desk.go("theme")
            case _:
                self.desk.action_leave()

    def action_forward(self) -> None:
        """Nothing comes after the end but the start."""
        self.desk.go("start")
