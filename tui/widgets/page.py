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
FLUSH = CENTRED | {"salutation"}
"""Blocks without an indent."""


class Page(VerticalScroll):
    """One widget a block, `b0`, `b1` …; `show` brings them up to date."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: tuple[Block, ...] = ()

    async def show(self, draft: Draft) -> None:
        """The whole draft. Where only words have changed nothing else is made anew."""
        before, self._blocks = self._blocks, draft.blocks
        if [block.kind for block in before] == [block.kind for block in draft.blocks]:
            for number, (old, new) in enumerate(zip(before, draft.blocks, strict=True)):
                if old != new:
                    self._at(number).update(_words(new))
            return
        await self.remove_children()
        await self.mount_all(_paragraph(number, block) for number, block in enumerate(draft.blocks))

    def point_at(self, number: int, start: int = 0, end: int = 0) -> None:
        """Brings a block into view and marks it, and in it the stretch that is meant."""
        for child in self.query(".pointed"):
            child.remove_class("pointed")
            old = int(str(child.id)[1:])
            self._at(old).update(_words(self._blocks[old]))
        if not 0 <= number < len(self._blocks) or not self.query(f"#b{number}"):
            return
        shown = self._at(number)
        shown.add_class("pointed")
        if 0 <= start < end:
            indent = len(INDENT) if _indented(self._blocks[number]) else 0
            shown.update(_words(self._blocks[number]).stylize("reverse", start + indent, end + indent))
        self.scroll_to_widget(shown, animate=False)

    def _at(self, number: int) -> Static:
        return self.query_one(f"#b{number}", Static)


def _paragraph(number: int, block: Block) -> Static:
    classes = f"block {block.kind}" + (" centred" if block.kind in CENTRED else "")
    return Static(_words(block), id=f"b{number}", classes=classes, markup=False)


def _indented(block: Block) -> bool:
    return block.kind not in FLUSH


def _words(block: Block) -> Content:
    return Content.assemble(INDENT if _indented(block) else "", *_styled(block.lead, "bold"), *_styled(block.spans, ""))


def _styled(spans: Iterable[Span], style: str) -> list[tuple[str, str]]:
    return [(span.text, MARKS["blank"][1] if span.origin.kind == "blank" else style) for span in spans]
