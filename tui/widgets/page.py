"""The draft as the page will have it: centred title, headings, two-character indents, blanks marked."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from drafting.model import Block, Draft, Span
from tui.widgets.marks import MARKS

INDENT = "\u3000\u3000"
"""Only shown here: the draft itself has no indents, they belong to the page."""

CENTRED = frozenset({"title", "subtitle", "speaker", "date"})


class Page(VerticalScroll):
    """One widget a block, `b0`, `b1` …; `show` fills it anew."""

    async def show(self, draft: Draft) -> None:
        """The whole draft."""
        await self.remove_children()
        await self.mount_all(_paragraph(number, block) for number, block in enumerate(draft.blocks))

    def point_at(self, number: int) -> None:
        """Brings a block into view and marks it."""
        for child in self.children:
            child.set_class(child.id == f"b{number}", "pointed")
        for found in self.query(f"#b{number}"):
            self.scroll_to_widget(found, animate=False)


def _paragraph(number: int, block: Block) -> Static:
    classes = f"block {block.kind}" + (" centred" if block.kind in CENTRED else "")
    return Static(_words(block), id=f"b{number}", classes=classes, markup=False)


def _words(block: Block) -> Content:
    indented = block.kind not in CENTRED and block.kind != "salutation"
    return Content.assemble(INDENT if indented else "", *_styled(block.lead, "bold"), *_styled(block.spans, ""))


def _styled(spans: Iterable[Span], style: str) -> list[tuple[str, str]]:
    return [(span.text, MARKS["blank"][1] if span.origin.kind == "blank" else style) for span in spans]
