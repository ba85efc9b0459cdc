"""Blocks of a draft as paragraphs of runs, the same for every .docx whatever its layout or base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from drafting.layout import title_breaks
from drafting.model import Block, BlockKind, Draft, Fact, Span
from drafting.origins import facts_of, has_words, question, told

ROLES: dict[BlockKind, str] = {"title": "Title", "subtitle": "Subtitle", "speaker": "Speaker", "date": "Date",
                               "salutation": "Address", "heading": "", "paragraph": "", "closing": "",
                               "attachment": "Attachment", "label": "AttachmentLabel"}  # fmt: skip
"""The role of each kind of block, empty for body text."""

HEAD = ("title", "subtitle", "speaker", "date")
"""What stands in the title block; speaker and date after the text are the signature."""

Run = tuple[str, int, int, int, bool, bool]
"""Text, heading level of its font (0: the paragraph's own), comments that begin and end with it (−1: none), blank,
line break before it. Plain tuples, for Jinja unpacks them faster than it looks names up."""
Paragraph = tuple[str, list[Run]]
"""Role and runs. The role is one of `ROLES`, Heading1 to Heading4, RunIn1 to RunIn4, AttachmentItem, SignOff or SignDate."""
Question = tuple[int, str]
"""A comment: its number, and what it says."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The comments of a document as they are found; `facts` by name, None when the origin of words is not told.

    `said` is what was told in a paragraph: a phrase that blanks part has its origin told once.
    """

    questions: list[Question]
    facts: Mapping[str, Fact] | None = None
    said: set[str] = field(default_factory=set)

    def comment(self, span: Span) -> str:
        """What is to be said of a span, empty for nothing."""
        if span.origin.kind == "blank":
            return question(span)
        if self.facts is None or not has_words(span.text):
            return ""
        text = told(span.origin, self.facts)
        if text in self.said:
            return ""
        self.said.add(text)
        return text


def marks_of(draft: Draft, comments: bool, sources: bool) -> Marks | None:
    """What is marked in a document: nothing, its blanks, or the origin of borrowed words too."""
    return Marks([], facts_of(draft) if sources else None) if comments else None


def properties(draft: Draft) -> tuple[str, str]:
    """Title and author of the file, each on one line."""
    profile = draft.outline.profile
    title = " ".join((draft.title or draft.outline.title).split())
    return title, " ".join(part for part in (profile.unit, profile.name) if part)


def paragraphs(blocks: Iterable[Block], cells: int, marks: Marks | None) -> Iterator[Paragraph]:
    """Blocks in their order, with an empty line under the title block and one over the signature.

    A line of the title holds `cells` characters. Comments are put into `marks`; with None nothing is marked.
    """
    for role, block in placed(blocks):
        if marks:
            marks.said.clear()
        yield role, [] if block is None else _block_runs(role, block, cells, marks)


def placed(blocks: Iterable[Block]) -> Iterator[tuple[str, Block | None]]:
    """Each block with its role, and None for the empty lines between them."""
    place = "start"
    for block in blocks:
        now = _place(block, place)
        # A label begins a page; the title below it stands on the third line (GB/T 9704-2012, 7.3.7).
        if place not in (now, "start") and now != "label" and (place != "label" or now == "head"):
            yield "", None
        place = now
        yield _role(block, now == "end"), block


def _place(block: Block, before: str) -> str:
    """Where a block stands: in the title block, the body, among the notes on attachments, in the signature."""
    if block.kind in HEAD[1:]:
        return "end" if before in ("body", "notes", "end") else "head"
    return {"title": "head", "label": "label", "attachment": "notes"}.get(block.kind, "body")


def _role(block: Block, signature: bool) -> str:
    # A paragraph that is all heading is a heading on its own line, whatever it is called.
    if 1 <= block.level <= 4 and (block.kind == "heading" or block.lead):
        return f"RunIn{block.level}" if block.lead and block.spans else f"Heading{block.level}"
    if signature:
        return "SignDate" if block.kind == "date" else "SignOff"
    return "AttachmentItem" if block.kind == "attachment" and not block.text.startswith("附") else ROLES[block.kind]


def _block_runs(role: str, block: Block, cells: int, marks: Marks | None) -> list[Run]:
    if role == "Title":
        return _runs(_in_lines(block, cells), 0, marks)
    if block.lead and block.spans and role in (f"RunIn{block.level}", ""):
        return _runs(block.lead, block.level, marks) + _runs(block.spans, 0, marks)
    return _runs(block.lead + block.spans, 0, marks)


def _in_lines(block: Block, cells: int) -> Iterator[Span]:
    """The title's spans with a line feed wherever a line should end; a writer's own line feeds are respected."""
    breaks = () if "\n" in block.text else title_breaks(block.text, cells)
    start = 0
    for span in (*block.lead, *block.spans):
        end = start + len(span.text)
        cuts = [start, *(at for at in breaks if start < at < end), end]
        text = "\n".join(span.text[a - start : b - start] for a, b in pairwise(cuts))
        yield Span("\n" + text if start in breaks else text, span.origin)
        start = end


def _runs(spans: Iterable[Span], lead: int, marks: Marks | None) -> list[Run]:
    """As few runs as the look allows: neighbours of one look are one run, whatever has a comment has its own."""
    if marks is None:
        return _lines("".join([span.text for span in spans]), lead)
    runs: list[Run] = []
    plain = ""
    for span in spans:
        comment = marks.comment(span)
        if not comment:
            plain += span.text
            continue
        runs += _lines(plain, lead)
        plain = ""
        runs += _lines(span.text, lead, len(marks.questions), span.origin.kind == "blank")
        marks.questions.append((len(marks.questions), comment))
    return runs + _lines(plain, lead)


def _lines(text: str, lead: int, comment: int = -1, blank: bool = False) -> list[Run]:
    """One run for each line of a text; a comment spans them all."""
    if "\n" not in text:
        return [(text, lead, comment, comment, blank, False)] if text else []
    lines = text.split("\n")
    last = len(lines) - 1
    return [
        (line, lead, comment if at == 0 else -1, comment if at == last else -1, blank, at > 0)
        for at, line in enumerate(lines)
    ]
