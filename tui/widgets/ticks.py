"""Choices with marks of plain characters: Textual's own tell on from off by colour alone, which NO_COLOR takes away."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.keys import key


class Ticks(OptionList):
    """Rows that can be ticked: any number of them, or with `single` always exactly one."""

    BINDINGS = [key("space", "select", "选上或去掉", shown="空格")]  # noqa: RUF012 - Textual's own way

    class Changed(Message):
        """A tick was set or taken away."""

    def __init__(self, rows: Sequence[tuple[str, str]], picked: Collection[str], *, single: bool = False, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.choices, self.single = dict(rows), single
        self.picked = [name for name, _ in rows if name in picked]
        self.add_options(Option(self._face(name), name) for name in self.choices)
        self.highlighted = list(self.choices).index(self.picked[0]) if self.picked and single else 0

    def _face(self, name: str) -> Content:
        on, off = ("(*)", "( )") if self.single else ("[x]", "[ ]")
        return Content.assemble((on if name in self.picked else off, "bold"), f" {self.choices[name]}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ticks a row or takes its tick away."""
        event.stop()
        name = str(event.option_id)
        if self.single:
            self.picked = [name]
        else:
            self.picked = [n for n in self.choices if (n in self.picked) != (n == name)]
        for option in self.choices:
            self.replace_option_prompt(option, self._face(option))
        self.post_message(self.Changed())
