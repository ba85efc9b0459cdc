"""A section as a list of sentences, each paragraph under its heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.widgets.option_list import Option

from drafting.actions import Item
from drafting.session import Session
from tui.keys import key
from tui.widgets.marks import coloured, locked_mark, mark
from tui.widgets.steady import SteadyList


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: a sentence, or the head of its paragraph (`index` −1, `item` None)."""

    paragraph: int
    index: int
    item: Item | None = None


class SentenceList(SteadyList):
    """The sentences of one section. The row at the highlight is `at`."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("left", "screen.section(-1)", "前一部分", show=False), key("right", "screen.section(1)", "后一部分", show=False),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__(id="sentences")
        self.rows: list[Row] = []
        self._shown: tuple[Session, int] | None = None
        self._wide = 0

    def show_section(self, session: Session, section: int, row: int) -> None:
        """The section's sentences, the highlight on that row or the last."""
        self._shown = session, section
        pairs = list(self._sentence_options(session, section))
        self.rows, options = [row for row, _ in pairs], [option for _, option in pairs]
        self.show(options, max(0, min(row, len(options) - 1)) if options else None)

    def foresee(self, session: Session, section: int) -> None:
        """Works out how a section will look, which the writer may go on to."""
        self.prepare(option for _, option in self._sentence_options(session, section))

    def _sentence_options(self, session: Session, section: int) -> Iterator[tuple[Row, Option]]:
        for number, block in enumerate(session.paragraphs(section)):
            items = session.items(section, number)
            head = self._head(number, block.lead_text, session.facet_of(section, number), is_locked(session, section, number))
            yield Row(number, -1), Option(head if items else Content.assemble(head, ("  （空）", "$text-muted")))
            for index, item in enumerate(items):
                yield Row(number, index, item), Option(Content.assemble(mark(item.spans), " ", coloured(item.spans)))

    def fit(self) -> None:
        """The same in another width."""
        if self._shown and self._wide != self.scrollable_content_region.width:
            self.show_section(*self._shown, self.highlighted or 0)

    def _head(self, number: int, lead: str, facet: str, locked: bool) -> Content:
        """The run-in heading; what it is about beside it where there is room: the line below the list says it too."""
        self._wide = self.scrollable_content_region.width
        words = f"▌{lead or f'第{number + 1}段'}"
        about = f"  {facet}" if facet and facet not in lead else ""
        mark = locked_mark() if locked else Content("")
        room = not self._wide or cell_len(words + about) + mark.cell_length <= self._wide
        return Content.assemble((words, "bold"), (about if room else "", "$text-muted"), mark)

    @property
    def at(self) -> Row | None:
        """The row at the highlight; None in an empty section."""
        return self.rows[self.highlighted] if self.highlighted is not None and self.highlighted < len(self.rows) else None

    def head_of(self, paragraph: int) -> int:
        """The row of a paragraph's head, the last one where there are fewer."""
        heads = [n for n, row in enumerate(self.rows) if row.index < 0]
        return heads[max(0, min(paragraph, len(heads) - 1))] if heads else 0

    def show_through(self, last: int) -> None:
        """Has the rows from the highlight to that one in sight, as far as they have room."""
        last = min(last, self.option_count - 1)
        if self.highlighted is None or last not in self._index_to_line:
            return
        height, top = self.scrollable_content_region.height, self._index_to_line[self.highlighted]
        below = self._index_to_line[last] + self._heights.get(last, 1) - height
        if below > self.scroll_offset.y:
            self.scroll_to(y=min(below, top), animate=False, immediate=True)

    def action_cursor_down(self) -> None:
        """To the next sentence; of one taller than the list first its rest is shown."""
        if not self._turned(1):
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """To the sentence before; of one taller than the list first its beginning is shown."""
        if not self._turned(-1):
            super().action_cursor_up()

    def _turned(self, way: int) -> bool:
        """Scrolls within a sentence that does not fit; False where that end of it is in sight."""
        height = self.scrollable_content_region.height
        if self.highlighted is None or self._heights.get(self.highlighted, 0) <= height:
            return False
        top = self._index_to_line[self.highlighted]
        hidden = top + self._heights[self.highlighted] - (self.scroll_offset.y + height) if way > 0 else self.scroll_offset.y - top
        if hidden > 0:
            self.scroll_to(y=self.scroll_offset.y + way * min(hidden, max(1, height - 1)), animate=False, immediate=True)
        return hidden > 0


def is_locked(session: Session, section: int, paragraph: int) -> bool:
    """Whether a paragraph is locked."""
    points = session.plan.sections[section].plan.points
    index = session.paragraphs(section)[paragraph].slot[1]
    return 0 <= index < len(points) and points[index].fixed and points[index].locked


