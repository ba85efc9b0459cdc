"""The line of steps above and the line of figures below every step."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from tui.screens.walk import LABELS


class StepBar(Static):
    """The steps; the one we are at stands out."""

    def __init__(self, step: str) -> None:
        super().__init__(markup=False)
        self.step = step

    def render(self) -> Content:
        """Numbers and names, narrow enough for 40 columns."""
        parts: list[str | tuple[str, str]] = []
        for number, (step, name) in enumerate(LABELS.items(), 1):
            style = "reverse bold" if step == self.step else "$text-muted"
            parts += [(f"{number}{name}", style), " "]
        return Content.assemble(*parts)


class KeyLine(Footer):
    """Textual's line of keys, made anew only when the keys have changed and not with every move of the focus."""

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)
        self._keys: list[tuple[str, str, bool]] | None = None

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """Compares what would be shown with what is."""
        active = [b for b in screen.active_bindings.values() if b.binding.show]
        keys = [(b.binding.key, b.binding.description, b.enabled) for b in active]
        if keys != self._keys and self.is_attached and screen is self.screen and screen.app.app_focus:
            self._keys = keys
            super().bindings_changed(screen)


class StatusLine(Static):
    """Characters, minutes, blanks, findings and whether it is saved. `tell` is called after every change."""

    def __init__(self) -> None:
        super().__init__("", markup=False, id="status")

    def tell(self, figures: tuple[int, float, int, int, int] | None, saved: str, trouble: bool) -> None:
        """`figures` are characters, minutes, blanks, mistakes and hints; None while there is no draft."""
        parts: list[str | tuple[str, str]] = []
        if figures:
            characters, minutes, blanks, wrong, hints = figures
            parts += [f"{characters}字 {minutes:.1f}分 ", (f"待填{blanks} ", "$text-warning" if blanks else "")]
            parts += [(f"必改{wrong} ", "bold $text-error")] if wrong else []
            parts += [f"提示{hints} "]
        parts.append((saved, "bold $text-error" if trouble else "$text-success"))
        if figures:
            parts.append(("　Ctrl+Z撤销 Ctrl+P全部命令", "$text-muted"))
        self.update(Content.assemble(*parts))
