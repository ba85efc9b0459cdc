"""What the application is to any writer: colours and keys of his choice, his system's clipboard, full-width keys, a Chinese palette."""

from __future__ import annotations

from tui import cjk  # isort: skip # before any other textual module

from collections.abc import Callable, Iterable
from pathlib import Path
from time import time
from typing import Any, ClassVar

from textual import events, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.widgets import Input

from tui import clipboard, keys, themes
from tui.in_order import InOrder

__all__ = ["WriterApp", "cjk", "half"]

STYLES = Path(__file__).with_name("styles.tcss")
"""Styles read behind the first paint."""


def _palette() -> type[Provider]:
    from tui.palette import ChineseCommands

    return ChineseCommands


class WriterApp(App[int]):
    """The habits of writers; what they write is a matter of `tui.app`."""

    BINDINGS: ClassVar[list[BindingType]] = [keys.QUIT, keys.PALETTE, keys.SHADE, keys.HELP]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}

    def __init__(self) -> None:
        super().__init__()
        for theme in themes.OURS:
            self.register_theme(theme)
        self.set_reactive(App.theme, themes.remembered())  # before the first paint, which would otherwise be done twice
        self.stylesheet.set_variables(self.get_css_variables())
        self._tool: clipboard.Tool | None = None
        self.in_order = InOrder(self)
        self.pressed = 0.0
        """When the last key was."""

    # Colours and styles

    def dress(self) -> None:
        """Reads the styles of all screens but the first; what is shown already needs none of them."""
        self.stylesheet.read(STYLES)
        self.stylesheet.parse()
        if len(self.screen_stack) > 1:
            self.stylesheet.update(self)

    def choose_theme(self, name: str) -> None:
        """Takes a theme and remembers it."""
        self.theme = name
        themes.remember(name)

    def action_shade(self) -> None:
        """The next of our themes."""
        self.choose_theme(themes.after(self.theme))
        self.notify(f"配色：{themes.THEMES[self.theme]}", timeout=2)

    # Notices

    def clear_old_notices(self) -> None:
        """Takes away what was told before the last key, but for faults: it is about a screen that is left."""
        for notice in list(self._notifications):
            if notice.raised_at < self.pressed and notice.severity != "error":
                self._unnotify(notice)

    # Keys

    @work(thread=True, exit_on_error=False)
    def settle_in(self) -> None:
        """Reads the user's keys and looks for the clipboard's tool; after the first paint, for it takes time."""
        from tui.keymap import load_keymap, place

        keymap = load_keymap(place())
        self._tool = None if self.is_web else clipboard.tool()
        if keymap.keys:
            self.call_from_thread(self.set_keymap, dict(keymap.keys))
        if keymap.faults:
            said = "\n".join(keymap.faults[:6])
            self.notify(said, title="有的按键设置没有用上", severity="warning", timeout=15, markup=False)

    def get_key_display(self, binding: Binding) -> str:
        """In capitals, as they are on the keyboard."""
        shown = super().get_key_display(binding)
        return shown.upper() if shown[:1] == "^" or (shown[:1] == "f" and shown[1:].isdigit()) else shown.replace("esc", "Esc")

    def action_keys(self) -> None:
        """All keys as they are now."""
        from tui.screens.keys import KeysScreen

        if not isinstance(self.screen, KeysScreen):
            self.push_screen(KeysScreen())

    async def on_event(self, event: events.Event) -> None:
        """Full-width keys work as their half-width twins, except where text is typed; each key waits for those before it."""
        if self.in_order.holds(event):
            return
        if isinstance(event, events.Key) and (twin := half(event)) and not self._writes:
            event = twin
        if isinstance(event, (events.Key, events.Click)):
            self.pressed = time()
        moves, at = self.in_order.moves(event), self.focused or self.screen if self._screen_stacks.get(self._current_mode) else None
        await super().on_event(event)
        if moves and at is not None:
            self.in_order.wait(at)

    @property
    def _writes(self) -> bool:
        """Whether text is typed now."""
        return isinstance(self.focused, Input) or cjk.is_text_area(self.focused)

    # Clipboard

    def copy_to_clipboard(self, text: str) -> None:
        """To the terminal (OSC 52) and, for terminals that do not take it, by the system's own tool."""
        super().copy_to_clipboard(text)
        if self._tool:
            self._copy(text, self._tool)

    @work(thread=True, exclusive=True, group="clipboard", exit_on_error=False)
    def _copy(self, text: str, tool: clipboard.Tool) -> None:
        clipboard.write(text, tool)

    @property
    def clipboard(self) -> str:
        """What the system's clipboard holds, else what was copied here last."""
        found = clipboard.read(self._tool) if self._tool else None
        return found if found is not None else super().clipboard

    # Palette

    def action_command_palette(self) -> None:
        """All commands by their Chinese names."""
        from tui.palette import ChinesePalette

        if not isinstance(self.screen, ChinesePalette):
            self.push_screen(ChinesePalette(placeholder="输入要做的事或拼音首字母，如：撤销、cx", id="--command-palette"))

    def get_system_commands(self, screen: Any) -> Iterable[Any]:  # noqa: ANN401 - Textual's own
        """The palette's entries."""
        from tui.palette import commands

        return commands(self, screen)


def half(event: events.Key) -> events.Key | None:
    """The key that was meant by one of full width, as an input method left on types it: Ａ？１　。; None for any other."""
    character = event.character or ""
    if len(character) != 1:
        return None
    if "\uff01" <= character <= "\uff5e":
        plain = chr(ord(character) - 0xFEE0)
    elif not (plain := {"\u3000": " ", "。": "."}.get(character, "")):
        return None
    from textual.keys import _character_to_key

    return events.Key(_character_to_key(plain), plain)
