"""The list of what the checks have found; beside it lies the draft, which is read with the same keys."""

from __future__ import annotations

from collections.abc import Callable

from textual.containers import ScrollableContainer
from textual.widgets import OptionList

from tui.keys import key


class Findings(OptionList):
    """PgUp and PgDn turn the draft beside the list; where there is nothing to choose the arrows move it too."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("pagedown", "turn(1)", "往下翻", show=False), key("pageup", "turn(-1)", "往上翻", show=False),
    ]  # fmt: skip

    def __init__(self, beside: str, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._beside = beside

    @property
    def _page(self) -> ScrollableContainer:
        return self.screen.query_one(self._beside, ScrollableContainer)

    def _move(self, choose: Callable[[], None], read: Callable[..., None]) -> None:
        """Goes on among the findings; where there is nothing to choose the draft is read on."""
        if any(not option.disabled for option in self.options):
            choose()
        else:
            read(animate=False)

    def action_turn(self, way: int) -> None:
        """A page of the draft on, or back."""
        (self._page.scroll_page_down if way > 0 else self._page.scroll_page_up)(animate=False)

    def action_cursor_down(self) -> None:
        """The next finding; a line of the draft."""
        self._move(super().action_cursor_down, self._page.scroll_down)

    def action_cursor_up(self) -> None:
        """The one before."""
        self._move(super().action_cursor_up, self._page.scroll_up)

    def action_first(self) -> None:
        """The first; the top of the draft."""
        self._move(super().action_first, self._page.scroll_home)

    def action_last(self) -> None:
        """The last; the end of the draft."""
        self._move(super().action_last, self._page.scroll_end)
