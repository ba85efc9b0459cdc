"""The command palette in Chinese: found by characters or by the initials of their pinyin."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.app import SystemCommand
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets.option_list import Option

from tui import keys, taking_in, themes
from tui.screens.walk import LABELS

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.app import NigaoApp
    from tui.base import WriterApp


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


class ChineseCommands(Provider):
    """Commands by what is typed of them; all of them, in their order, when nothing is."""

    async def discover(self) -> Hits:
        """All commands."""
        for name, about, callback, *_ in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(name, callback, help=about)

    async def search(self, query: str) -> Hits:
        """Those whose name or explanation fits."""
        from drafting.typed import rank

        for name, about, callback, *_ in self.app.get_system_commands(self.screen):
            found = rank(query, name)
            if found is None and query.strip() in about:
                found = 9
            if found is not None:
                yield Hit(1 / (1 + found), name, callback, help=about)


def commands(app: WriterApp, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """What can be done here, then what can be done from anywhere."""
    desk = cast("NigaoApp", app)
    yield from _here(app, screen)
    yield SystemCommand("帮助", f"这一步能做什么、用哪些键（{_key('help')}）", desk.action_help)
    yield SystemCommand("按键一览", "现在的按键；怎样换成自己的", app.action_keys)
    if desk.session is not None:
        yield SystemCommand("撤销", f"退回上一次改动（{_key('undo')}）", desk.action_undo)
        yield SystemCommand("重做", f"恢复刚才撤销的改动（{_key('redo')}）", desk.action_redo)
        yield SystemCommand("历史版本", f"看以前的样子，换回去（{_key('history')}）", desk.action_history)
        yield SystemCommand("复制全文", "把整篇稿子放进剪贴板，不带格式", desk.action_copy_draft)
    for number, (step, name) in enumerate(LABELS.items(), 1):
        if step == "theme" or desk.session is not None:
            yield SystemCommand(f"去第{number}步：{name}", "随时可以来回走，内容不会丢", lambda to=step: desk.walk_to(to))
    yield SystemCommand("素材库", f"查、改、加语句，导入文件夹，看库里有什么（{_key('bank')}）", desk.action_bank)
    yield SystemCommand("回到开始", "当前稿子留在草稿箱里", lambda: desk.walk_to("start"))
    yield SystemCommand("怎么用", "六张卡片，一分钟看完", partial(taking_in.show_tour, desk))
    if desk.workshop is not None:
        yield SystemCommand("打开文件", "提纲、Word、文本、网页、PDF，变成一份新稿子", partial(taking_in.ask_file, desk))
        yield SystemCommand("拿样稿练手", "一份填好了数字的研讨发言，随便改", partial(taking_in.take_sample, desk))
    for name, label in themes.THEMES.items():
        yield SystemCommand(f"配色：{label}", f"记住，下次还用它（{_key('shade')} 轮流换）", partial(app.choose_theme, name))
    yield SystemCommand("退出", f"稿子已自动保存（{_key('quit')}）", desk.action_leave)


def _here(app: WriterApp, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """The keys of the step, for those who do not know them by heart; Textual's own, with English names, are left out."""
    seen = set()
    for node, binding, enabled, _ in screen.active_bindings.values():
        named = binding.id in keys.NAMED and not binding.action.startswith("app.")
        if named and enabled and binding.action not in seen:
            seen.add(binding.action)
            act = partial(app.run_action, binding.action, default_namespace=node)
            yield SystemCommand(binding.description, f"这一步（{keys.told(binding.key)}）", act)


def _key(id_: str) -> str:
    return keys.told(keys.NAMED[id_].key)
