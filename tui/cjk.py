"""Makes Textual behave for Chinese prose. To be imported before any other textual module.

It replaces private patterns of Textual and Rich, so Textual is pinned (`textual<8.3`) and each cure has a test that
fails without it (tests/test_cjk.py).
"""

from __future__ import annotations

import os
import re
from typing import Literal

# Terminals with the kitty keyboard protocol send an input method's commit as one escape sequence; Textual's parser
# garbles those of more than four characters, and iTerm2 sends nothing. Read once, when textual.constants is imported.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

import rich._wrap
import textual._wrap
from rich.cells import chop_cells
from textual import events
from textual.binding import Binding
from textual.widgets import Input, OptionList
from textual.widgets._select import SelectOverlay

from tui import layers

SPACE = "\u3000"
"""The ideographic space, which `str.isprintable()` rejects and Textual therefore drops."""

_OPEN = re.escape("（《〈“‘「『【〔([{")
_CLOSE = re.escape("，。、；：？！）》〉”’」』】〕…—～％,.!?;:)]}%")
_HAN = (
    "\u2e80-\u2fff\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60"
    "\U00020000-\U0003ffff"
)  # radicals, marks, ideographs, full-width forms, the supplementary planes
# One unit that may not be torn: opening marks, a Chinese character or a foreign word, and the marks that close it.
_UNIT = rf"[{_OPEN}]*(?:[{_HAN}]|[^\s{_HAN}{_OPEN}]+?(?=[\s{_HAN}{_OPEN}]|$)|\S)[{_CLOSE}]*\s*"


def install() -> None:
    """Lets lines break between Chinese characters, and never before a closing or after an opening mark; one English label goes."""
    textual._wrap.re_chunk = re.compile(rf"{_UNIT}|\s+")
    # The indent stays with its first character, lest it stand on a line of its own.
    rich._wrap.re_word = re.compile(rf"\s*{_UNIT}")
    # In a window drawn very small a list may have no room at all; Rich and Textual would stop with an error.
    rich._wrap.chop_cells = _chop_cells  # type: ignore[attr-defined]
    OptionList._move_page = _move_page  # type: ignore[method-assign]
    # An open menu says what closes it, in fixed English and in the footer.
    if (merged := SelectOverlay._merged_bindings) is not None:
        merged.key_to_bindings["escape"] = [Binding("escape", "dismiss", "收起")]
    layers.install()


def _chop_cells(text: str, width: int, unicode_version: str = "auto") -> list[str]:
    """Pieces of a word too long for a line, none of them empty."""
    return chop_cells(text, max(width, 1), unicode_version)


_paged = OptionList._move_page


def _move_page(self: OptionList, direction: Literal[-1, 1]) -> None:
    """A page up or down, in a list that has been laid out."""
    if (self.highlighted or 0) in self._index_to_line:
        _paged(self, direction)


def is_text_area(widget: object) -> bool:
    """Whether a widget is a `TextArea`, which takes a while to load and is loaded when the first one is shown."""
    return any(kind.__name__ == "TextArea" for kind in type(widget).__mro__)


class ChineseInput(Input):
    """An `Input` that takes the ideographic space, of a paste all lines instead of the first, and shows its beginning when it is left."""

    # Textual calls the handler of each class in turn, so that these must not call super(): the base comes by itself.
    async def _on_key(self, event: events.Key) -> None:
        if event.character == SPACE:
            event.stop()
            event.prevent_default()
            self.replace(SPACE, *self.selection)

    def _on_blur(self, event: events.Blur) -> None:
        self.cursor_position = len(self.value)
        self.scroll_to(x=0, animate=False, immediate=True)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = "".join(line.strip() for line in event.text.splitlines())
        self.replace(text, *self.selection)


install()
