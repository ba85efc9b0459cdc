"""A section as a list of sentences, each paragraph under its heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from drafting.actions import Item
from drafting.session import Session
from tui.keys import key
from tui.widgets.marks import coloured, mark


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: a sentence, or the head of its paragraph (`index` −1, `item` None)."""

    paragraph: int
    index: int
    item: Item | None = None


class SentenceList(OptionList):
    """The sentences of one section. The row at the highlight is `at`."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("left", "screen.section(-1)", "前一部分", show=False), key("right", "screen.section(1)", "后一部分", show=False),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__(id="sentences", markup=False)
        self.rows: list[Row] = []

    def show_section(self, session: Session, section: int, row: int) -> None:
        """The section's sentences, the highlight on that row or the last."""
        self.rows = []
        self.clear_options()
        self.add_options(list(self._sentence_options(session, section)))
        self.highlighted = max(0, min(row, len(self.rows) - 1)) if self.rows else None

    def _sentence_options(self, session: Session, section: int) -> Iterator[Option]:
        for number, block in enumerate(session.paragraphs(section)):
            facet = session.facet_of(section, number)
            self.rows.append(Row(number, -1))
            yield Option(_head(number, block.lead_text, facet))
            items = session.items(section, number)
            for index, item in enumerate(items):
                self.rows.append(Row(number, index, item))
                yield Option(Content.assemble(mark(item.spans), " ", coloured(item.spans)))

    @property
    def at(self) -> Row | None:
        """The row at the highlight; None in an empty section."""
        return self.rows[self.highlighted] if self.highlighted is not None and self.rows else None


def _head(number: int, lead: str, facet: str) -> Content:
    words = lead or f"第{number + 1}段"
    return Content.assemble((f"▌{words}", "bold"), (f"  {facet}" if facet and facet not in lead else "", "$text-muted"))
