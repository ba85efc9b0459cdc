"""Blocks of a draft as paragraphs of runs, the same for every .docx whatever its layout or base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from drafting.layout import title_breaks
from drafting.model import Blank, Block, BlockKind, Draft, Span

ROLES: dict[BlockKind, str] = {"title": "Title", "subtitle": "Subtitle", "speaker": "Speaker", "date": "Date",
                               "salutation": "Address", "heading": "", "paragraph": "", "closing": ""}  # fmt: skip
"""The role of each kind of block, empty for body text."""

HEAD = ("title", "subtitle", "speaker", "date")
"""What stands in the title block; speaker and date after the text are the signature."""

Run = tuple[str, int, int, int, bool, bool]
"""Text, heading level of its font (0: the paragraph's own), comments that begin and end with it (−1: none), blank,
line break before it. Plain tuples, for Jinja unpacks them faster than it looks names up."""
Paragraph = tuple[str, list[Run]]
"""Role and runs. The role is one of `ROLES`, Heading1 to Heading4, RunIn1 to RunIn4, SignOff or SignDate."""
Question = tuple[int, str]
"""A comment: its number, and what is asked of the writer."""


def properties(draft: Draft) -> tuple[str, str]:
    """Title and author of the file, each on one line."""
    profile = draft.outline.profile
    title = " ".join((draft.title or draft.outline.title).split())
    return title, " ".join(part for part in (profile.unit, profile.name) if part)


def paragraphs(blocks: Iterable[Block], cells: int, questions: list[Question] | None) -> Iterator[Paragraph]:
    """Blocks in their order, with an empty line under the title block and one over the signature.

    A line of the title holds `cells` characters. What the blanks ask for is put into `questions`; with None they are
    not marked.
    """
    place = "start"
    for block in blocks:
        now = ("end" if place in ("body", "end") else "head") if block.kind in HEAD[1:] else "body"
        now = "head" if block.kind == "title" else now
        if place not in (now, "start"):
            yield "", []
        place = now
        yield _paragraph(block, now == "end", cells, questions)


def _paragraph(block: Block, signature: bool, cells: int, questions: list[Question] | None) -> Paragraph:
    if block.kind == "title":
        return "Title", _runs(_in_lines(block, cells), 0, questions)
    # A paragraph that is all heading is a heading on its own line, whatever it is called.
    if block.lead and block.spans and 1 <= block.level <= 4:
        return f"RunIn{block.level}", _runs(block.lead, block.level, questions) + _runs(block.spans, 0, questions)
    own_line = 1 <= block.level <= 4 and (block.kind == "heading" or bool(block.lead))
    sign = "SignDate" if block.kind == "date" else "SignOff"
    role = f"Heading{block.level}" if own_line else sign if signature else ROLES[block.kind]
    return role, _runs(block.lead + block.spans, 0, questions)


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


def _runs(spans: Iterable[Span], lead: int, questions: list[Question] | None) -> list[Run]:
    """As few runs as the look allows: neighbours of one look are one run, each blank has its own and its comment."""
    runs: list[Run] = []
    plain = ""
    for span in spans:
        if questions is None or span.origin.kind != "blank":
            plain += span.text
            continue
        runs += _lines(plain, lead)
        plain = ""
        runs += _lines(span.text, lead, len(questions))
        questions.append((len(questions), _question(span)))
    return runs + _lines(plain, lead)


def _lines(text: str, lead: int, comment: int = -1) -> list[Run]:
    """One run for each line of a text; a comment spans them all."""
    if "\n" not in text:
        return [(text, lead, comment, comment, comment >= 0, False)] if text else []
    lines = text.split("\n")
    last = len(lines) - 1
    return [
        (line, lead, comment if at == 0 else -1, comment if at == last else -1, comment >= 0, at > 0)
        for at, line in enumerate(lines)
    ]


def _question(span: Span) -> str:
    blank = span.origin.blank or Blank("内容", span.text.strip())
    what = f"{blank.year}年{blank.what}" if blank.year and blank.kind == "数据" else blank.what
    unit = f"；单位：{blank.unit}" if blank.unit else ""
    return f"请{'核对' if blank.doubtful else '填写'}（{blank.kind}）：{what}{unit}。"
