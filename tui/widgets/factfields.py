"""The fields of a row of the facts step, and what is pasted into them at once."""

from __future__ import annotations

import re

from textual import events
from textual.message import Message
from textual.widgets import Static

from tui.cjk import ChineseInput
from tui.keys import key

CELLS = {"name": "名称", "value": "数字/内容", "unit": "单位", "year": "年份", "source": "来源"}
"""The fields of a fact in their order, as the writer calls them."""
_JOINED = re.compile(r"(\D{2,}?)[：:，、]?(\d[\d.,]*[十百千万亿]*)(\D{0,5}?)(?:[，、]?((?:19|20)\d\d)年?[，、]?(\D.*)?)?")
"""A fact written in one go: 排查隐患126处2026应急办台账."""


def cells_of(text: str) -> list[str]:
    """What was pasted, by fields: columns of a table or lines under each other, or a name with its figure; one where it cannot be told."""
    parts = [part.strip() for part in re.split(r"[\t\n]+", text.strip())]
    if len(parts) > 1:
        last = len(CELLS) - 1
        return [*parts[:last], "".join(parts[last:])] if len(parts) > last else parts
    found = _JOINED.fullmatch(re.sub(r"\s+", "", text))
    return [part or "" for part in found.groups()] if found else parts


class Ended(Message):
    """End was pressed where there is nothing more to go to."""


class Field(ChineseInput):
    """A field that goes on behind what it holds when it is entered: what is typed never takes the place of an answer unasked. End,
    pressed where there is nothing more to go to, leads to the row where facts are added."""

    def __init__(self, value: str, *, placeholder: str, name: str, classes: str) -> None:
        super().__init__(value, placeholder=placeholder, name=name, classes=classes, compact=True, select_on_focus=False)
        self._before = value

    def on_focus(self) -> None:
        """What it holds before anything is typed."""
        self._before = self.value

    def action_end(self, select: bool = False) -> None:
        """To the end of the text; from there to the last row, unless one is just typing."""
        if not select and self.cursor_position == len(self.value) and self.value == self._before:
            self.post_message(Ended())
        else:
            super().action_end(select)


class NameField(Field):
    """Where a new fact is named. A whole fact can be pasted here."""

    class Pasted(Message):
        """Several fields' worth of text."""

        def __init__(self, cells: list[str]) -> None:
            super().__init__()
            self.cells = cells

    def _on_paste(self, event: events.Paste) -> None:
        cells = cells_of(event.text)
        if len(cells) > 1 and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.Pasted(cells))


class Verdict(Static, can_focus=True):
    """Stands in the place of a field where there is nothing to write, only yes or no."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("enter", "screen.step(1)", "下一行", show=False), key("end", "adding", "添事实", show=False),
    ]  # fmt: skip

    def action_adding(self) -> None:
        """To the row where facts are added."""
        self.post_message(Ended())

    def on_key(self, event: events.Key) -> None:
        """Says that nothing can be written here: what is typed into no field would go without a word."""
        if event.is_printable:
            event.stop()
            self._refuse()

    def on_paste(self, event: events.Paste) -> None:
        """As for what is typed."""
        event.stop()
        self._refuse()

    def _refuse(self) -> None:
        self.notify("这一行不用打字，打的没有记下。确有其事按 F4，没有、要换一段按 F5，不要这一段按 F8", severity="warning", timeout=8)
