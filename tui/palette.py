"""The command palette in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.command import CommandList, CommandPalette
from textual.content import Content
from textual.widgets.option_list import Option

from tui.screens.walk import LABELS

if TYPE_CHECKING:
    from tui.app import NigaoApp


class ChinesePalette(CommandPalette):
    """Textual's palette; its own message for no match is fixed English and kept in a private method."""

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()

        def show() -> None:
            self._list_visible = bool(search_value)
            if search_value:
                nothing = Content("没有这条命令；换个说法，或按 Esc 关掉")
                self.query_one(CommandList).add_option(Option(nothing, disabled=True, id=self._NO_MATCHES))

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, show)


def commands(app: NigaoApp) -> Iterator[SystemCommand]:
    """What can be done from anywhere."""
    yield SystemCommand("帮助", "这一步能做什么、用哪些键", app.action_help)
    if app.session is not None:
        yield SystemCommand("撤销", "退回上一次改动（Ctrl+Z）", app.action_undo)
        yield SystemCommand("重做", "恢复刚才撤销的改动（Ctrl+Y）", app.action_redo)
    for number, (step, name) in enumerate(LABELS.items(), 1):
        if step == "theme" or app.session is not None:
            yield SystemCommand(f"去第{number}步：{name}", "随时可以来回走，内容不会丢", lambda to=step: app.walk_to(to))
    yield SystemCommand("回到开始", "当前稿子留在草稿箱里", lambda: app.walk_to("start"))
    yield SystemCommand("深色浅色切换", "换一种屏幕底色（Ctrl+T）", app.action_shade)
    yield SystemCommand("退出", "稿子已自动保存（Ctrl+Q）", app.action_leave)
