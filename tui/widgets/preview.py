"""The draft as the page will have it, beside the writing: follows the highlight, and draws only what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from drafting.model import Block, Draft, Span
from tui.widgets.marks import MARKS
from tui.widgets.page import CENTRED, INDENT

HERE = "underline"
"""Style of the sentence the writer is at."""


class Sheet(Static):
    """A block of the page."""

    def __init__(self, block: Block, sentence: str = "") -> None:
        super().__init__(markup=False)
        self.block, self.sentence = block, sentence
        self._dress()

    def show(self, block: Block, sentence: str = "") -> bool:
        """Shows a block, one sentence of it marked; False where it shows just that already."""
        if _face(block) == _face(self.block) and sentence == self.sentence:
            self.block = block
            return False
        self.block, self.sentence = block, sentence
        self._dress()
        return True

    def _dress(self) -> None:
        self.set_classes(f"block {self.block.kind}" + (" centred" if self.block.kind in CENTRED else ""))
        self.update(words_of(self.block, self.sentence))

    def line_of_sentence(self) -> int:
        """The row the marked sentence begins at, counted from the block's first."""
        before = max(0, self.block.text.find(self.sentence))
        return self.size.height * before // max(len(self.block.text), 1)


class Preview(VerticalScroll):
    """The page. `show` brings it up to date, `follow` brings a block into view and marks it."""

    def __init__(self, *, id: str | None = None, can_focus: bool = False) -> None:
        super().__init__(id=id, can_focus=can_focus)
        self.sheets: list[Sheet] = []
        self.drawn = 0
        """How many blocks have been drawn in all."""

    def show(self, draft: Draft, here: int = -1, sentence: str = "") -> None:
        """The draft, with the block at `here` and the sentence in it marked and in view: blocks that read as before are left alone,
        others drawn anew, added or taken away."""
        new = draft.blocks
        head = _alike(zip(self.sheets, new, strict=False))
        rest = min(len(self.sheets), len(new)) - head
        tail = min(_alike(zip(reversed(self.sheets), reversed(new), strict=False)), rest)
        old = self.sheets[head : len(self.sheets) - tail]
        middle = new[head : len(new) - tail]
        for number, (sheet, block) in enumerate(zip(old, middle, strict=False), head):
            self.drawn += sheet.show(block, sentence if number == here else "")
        self._remove(old[len(middle) :])
        self._mount(head + len(old), middle[len(old) :])
        self.follow(here, sentence)

    def _remove(self, sheets: Sequence[Sheet]) -> None:
        for sheet in sheets:
            self.sheets.remove(sheet)
            sheet.remove()

    def _mount(self, at: int, blocks: Sequence[Block]) -> None:
        fresh = [Sheet(block) for block in blocks]
        if fresh:
            after = self.sheets[at - 1] if at else None
            self.mount(*fresh, **({"after": after} if after else {"before": 0} if self.sheets else {}))
            self.sheets[at:at] = fresh
            self.drawn += len(fresh)

    def follow(self, here: int, sentence: str = "") -> None:
        """Marks a block and the sentence in it, and brings them into view."""
        for number, sheet in enumerate(self.sheets):
            self.drawn += sheet.show(sheet.block, sentence if number == here else "")
            sheet.set_class(number == here, "pointed")
        if 0 <= here < len(self.sheets):
            self.call_after_refresh(self._into_view, self.sheets[here])

    def _into_view(self, sheet: Sheet, tries: int = 8) -> None:
        if not sheet.is_mounted or not self.is_mounted:
            return
        if tries and not (sheet.size.height and self.virtual_size.height >= sheet.virtual_region.bottom):  # not laid out yet
            self.call_after_refresh(self._into_view, sheet, tries - 1)
            return
        line = sheet.virtual_region.y + sheet.line_of_sentence()
        self.scroll_to(y=max(0, line - self.size.height // 3), animate=False, immediate=True)


def words_of(block: Block, sentence: str = "") -> Content:
    """A block's words: indented, headings bold, blanks on a ground of their own, the sentence underlined."""
    indented = block.kind not in CENTRED and block.kind != "salutation"
    content = Content.assemble(INDENT if indented else "", *_styled(block.lead, "bold"), *_styled(block.spans, ""))
    at = content.plain.find(sentence) if sentence else -1
    return content.stylize(HERE, at, at + len(sentence)) if at >= 0 else content


def _styled(spans: Iterable[Span], style: str) -> list[tuple[str, str]]:
    return [(span.text, MARKS["blank"][1] if span.origin.kind == "blank" else style) for span in spans]


def _face(block: Block) -> tuple[object, ...]:
    """What of a block is seen."""
    blanks = tuple(span.text for span in (*block.lead, *block.spans) if span.origin.kind == "blank")
    return (block.kind, block.lead_text, block.text, blanks)  # however its words are cut into spans


def _alike(pairs: Iterable[tuple[Sheet, Block]]) -> int:
    """How many pairs from the first on read the same; their sheets learn the new block, which may stand elsewhere in the outline."""
    count = 0
    for sheet, block in pairs:
        if _face(sheet.block) != _face(block):
            break
        sheet.block = block
        count += 1
    return count
