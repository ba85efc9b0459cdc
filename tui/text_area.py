"""The field for more than a line; apart from `tui.cjk`, for Textual's takes a while to load and the first screen has none."""

from __future__ import annotations

from tui.cjk import SPACE  # isort: skip # the cures come before Textual

from textual import events
from textual.widgets import TextArea


class ChineseTextArea(TextArea):
    """A `TextArea` that takes the ideographic space."""

    async def _on_key(self, event: events.Key) -> None:
        if event.character == SPACE and not self.read_only:
            event.stop()
            event.prevent_default()
            self._replace_via_keyboard(SPACE, *self.selection)

    def action_delete_to_start_of_line(self) -> None:
        """To where the line was begun: what is wrapped on the screen is one line to the writer."""
        if not self.read_only:
            row, column = self.selection.end
            start = (row, 0) if self.selection.is_empty and column else self.selection.start
            start = self.get_cursor_left_location() if start == self.selection.end else start
            self._delete_via_keyboard(start, self.selection.end)
