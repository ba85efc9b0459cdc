"""Step 0: a new draft, the last unfinished one, or an outline file."""

from __future__ import annotations

import time
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.keys import key
from tui.screens.dialogs import AskLine, Confirm
from tui.screens.step import Step

SHOWN = 8
"""Unfinished drafts offered at once."""


class StartScreen(Step):
    """Where the session begins."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("f3", "forward", "选定"),
        key("f4", "new", "新写一篇"), key("f5", "open", "打开提纲"), key("delete,f8", "shelve", "不再提示", shown="F8"),
    ]  # fmt: skip
    help_text = """开始
  Enter     选中光标所在的一项
  F4        新写一篇
  F5        打开提纲文件（.yaml，nigao new 可以写一份样本）
  F8        光标所在的旧稿不再提示（文件仍留着）
"""

    def body(self) -> ComposeResult:
        """The name, what is going on, and the choices."""
        with Vertical(id="start"):
            yield Static("拟 稿", classes="banner", markup=False)
            yield Static("讲话稿、党课、研讨发言，一步一步写成 Word", classes="motto", markup=False)
            yield Static("正在打开素材库……第一次要等几秒钟", id="state", markup=False)
            with Center():
                yield OptionList(id="choices")

    def refresh_step(self) -> None:
        """The choices, once library and banks are open."""
        if self.desk.workshop is not None or self.desk.failure:
            self.ready()

    def ready(self) -> None:
        """Library and banks are open, or have failed."""
        state, choices = self.query_one("#state", Static), self.query_one(OptionList)
        choices.clear_options()
        if self.desk.failure:
            state.update(f"素材库没有打开：{self.desk.failure}")
            choices.add_options([Option("再试一次", "retry"), Option("退出", "quit")])
        else:
            choices.add_options(self._options())
            drafts = choices.option_count - 3
            state.update("有没写完的稿子，按 Enter 接着写。" if drafts else "按 Enter 新写一篇。看不明白时按 F1。")
        choices.highlighted = 0
        choices.focus()

    def _options(self) -> list[Option]:
        assert self.desk.store
        drafts = [
            Option(Content.assemble(("接着写  ", "bold"), saved.title, (f"  {_when(saved.mtime)}", "$text-muted")), str(saved.path))
            for saved in self.desk.store.unfinished()[:SHOWN]
        ]
        return [*drafts, Option("新写一篇", "new"), Option("打开提纲文件……", "open"), Option("退出", "quit")]

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        match event.option_id:
            case "new":
                self.action_new()
            case "open":
                self.action_open()
            case "quit":
                self.desk.action_leave()
            case "retry":
                self.query_one("#state", Static).update("正在打开素材库……")
                self.desk.load()
            case str(path):
                self._resume(Path(path))

    def _resume(self, path: Path) -> None:
        assert self.desk.store
        holder = self.desk.store.holder(path)
        if holder is None:
            self.desk.resume(path)
            return
        question = f"这份稿子正在另一个窗口里写着（进程 {holder}）。\n两边一起改会互相覆盖。要打开一份副本吗？"
        self.app.push_screen(Confirm("已经打开", question), lambda yes: self._copy(path) if yes else None)

    def _copy(self, path: Path) -> None:
        self.desk.resume(path, copy=True)

    def _open(self) -> bool:
        """Whether drafting can begin; says so when it cannot."""
        if self.desk.workshop is None:
            self.notify("素材库还没有打开，请稍等几秒")
        return self.desk.workshop is not None

    def action_new(self) -> None:
        """On to the themes, without a session yet."""
        if self._open():
            self.desk.drop()
            self.desk.go("theme")

    def action_forward(self) -> None:
        """The highlighted choice."""
        self.query_one(OptionList).action_select()

    def action_back(self) -> None:
        """There is nothing before the start."""
        self.notify("已经是第一屏；退出请按 Ctrl+Q")

    def action_open(self) -> None:
        """Asks for an outline file."""
        if not self._open():
            return
        hint = "写文件的路径，如 提纲.yaml 或 ~/文稿/提纲.yaml。原文件不会被改动。"
        self.app.push_screen(AskLine("打开提纲文件", "", hint), self._opened)

    def _opened(self, path: str | None) -> None:
        if path:
            self.desk.open_outline(Path(path.strip("'\"")))

    def action_shelve(self) -> None:
        """Does not offer the highlighted draft again."""
        choices = self.query_one(OptionList)
        option = choices.highlighted_option
        if option is None or not str(option.id).endswith(".yaml") or self.desk.store is None:
            self.notify("先把光标移到一份旧稿上")
            return
        self.desk.store.finish(Path(str(option.id)))
        self.ready()


def _when(mtime: float) -> str:
    """Today by the hour, earlier by the day."""
    then, now = time.localtime(mtime), time.localtime()
    same_day = then[:3] == now[:3]
    return f"今天 {time.strftime('%H:%M', then)}" if same_day else f"{then.tm_mon}月{then.tm_mday}日"
