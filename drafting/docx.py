"""A draft as .docx bytes: XML by Jinja2, the parts that never change compressed once for each layout.

The package is written by hand (a zip is three kinds of records), because `zipfile` compresses everything again and
costs more than the text itself. Same draft, same layout: the same bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError
from markupsafe import Markup

from drafting.errors import ExportError
from drafting.layout import PARTS, Layout, title_breaks
from drafting.model import Blank, Block, BlockKind, Draft, Span

STYLES: dict[BlockKind, str] = {"title": "Title", "subtitle": "Subtitle", "speaker": "Speaker", "date": "Date",
                                "salutation": "Address", "heading": "", "paragraph": "", "closing": ""}  # fmt: skip
"""The paragraph style of each kind of block, empty for Normal."""

HEAD = ("title", "subtitle", "speaker", "date")
"""What stands in the title block; speaker and date after the text are the signature."""

# XML 1.0 has no way to write these, and nobody sees them: they come in with pasted text. CR would read as a blank.
_ILLEGAL = bytes([*range(9), 11, 12, *range(13, 32)])
_NONCHARACTERS = ("\ufffe", "\uffff")

_Run = tuple[str, int, int, int, bool, bool]
"""Text, heading level of its font (0: the paragraph's own), comments that begin and end with it (−1: none), blank,
line break before it. Plain tuples, for Jinja unpacks them faster than it looks names up."""
_Paragraph = tuple[str, list[_Run]]
_Question = tuple[int, bool, str, str, str]
"""A comment: its number, whether something is to be checked rather than filled in, kind, what, unit."""


class _Static(NamedTuple):
    """The front of the zip, which never changes: its records and their entries in the directory."""

    records: bytes
    entries: bytes
    parts: int
    section: Markup
    lead_fonts: tuple[Markup, ...]


def write_docx(draft: Draft, layout: Layout, *, comments: bool = True) -> bytes:
    """The draft as a Word document.

    `comments` marks every blank: highlighted, with a Word comment that says what is asked; without it, neither. What
    XML cannot hold is left out. Raises ExportError when there is nothing to write or a layout template fails.
    """
    if not draft.blocks:
        raise ExportError("稿子是空的，没有可以导出的段落")
    try:
        return _package(draft, layout, comments)
    except TemplateError as error:
        raise ExportError(f"版式模板出错：{error}") from error


def _package(draft: Draft, layout: Layout, comments: bool) -> bytes:
    questions: list[_Question] = []
    paragraphs = list(_paragraphs(draft.blocks, layout, questions if comments else None))
    static = _static(layout, bool(questions))
    parts = {
        "word/document.xml": _xml(
            "document.xml", paragraphs=paragraphs, section=static.section, lead_fonts=static.lead_fonts
        ),
        "docProps/core.xml": _xml("core.xml", title=_title(draft), author=_author(draft)),
    }
    if questions:
        parts["word/comments.xml"] = _xml("comments.xml", questions=questions)
    return _zip(static, parts)


def _title(draft: Draft) -> str:
    return " ".join((draft.title or draft.outline.title).split())


def _author(draft: Draft) -> str:
    profile = draft.outline.profile
    return " ".join(part for part in (profile.unit, profile.name) if part)


# Paragraphs: blocks to (style, runs)


def _paragraphs(blocks: Iterable[Block], layout: Layout, questions: list[_Question] | None) -> Iterator[_Paragraph]:
    """Blocks in their order, with an empty line under the title block and one over the signature."""
    place = "start"
    for block in blocks:
        now = ("end" if place in ("body", "end") else "head") if block.kind in HEAD[1:] else "body"
        now = "head" if block.kind == "title" else now
        if place not in (now, "start"):
            yield "", []
        place = now
        yield _paragraph(block, now == "end", layout, questions)


def _paragraph(block: Block, signature: bool, layout: Layout, questions: list[_Question] | None) -> _Paragraph:
    if block.kind == "title":
        return "Title", _runs(_in_lines(block, layout), 0, questions)
    # A paragraph that is all heading is a heading on its own line, whatever it is called.
    if block.lead and block.spans and 1 <= block.level <= 4:
        return f"RunIn{block.level}", _runs(block.lead, block.level, questions) + _runs(block.spans, 0, questions)
    own_line = 1 <= block.level <= 4 and (block.kind == "heading" or bool(block.lead))
    style = f"Heading{block.level}" if own_line else "SignOff" if signature else STYLES[block.kind]
    return style, _runs(block.lead + block.spans, 0, questions)


def _in_lines(block: Block, layout: Layout) -> Iterator[Span]:
    """The title's spans with a line feed wherever a line should end; a writer's own line feeds are respected."""
    breaks = () if "\n" in block.text else title_breaks(block.text, layout.title_cells)
    start = 0
    for span in (*block.lead, *block.spans):
        end = start + len(span.text)
        cuts = [start, *(at for at in breaks if start < at < end), end]
        text = "\n".join(span.text[a - start : b - start] for a, b in pairwise(cuts))
        yield Span("\n" + text if start in breaks else text, span.origin)
        start = end


def _runs(spans: Iterable[Span], lead: int, questions: list[_Question] | None) -> list[_Run]:
    """As few runs as the look allows: neighbours of one look are one run, each blank has its own and its comment."""
    runs: list[_Run] = []
    plain = ""
    for span in spans:
        if questions is None or span.origin.kind != "blank":
            plain += span.text
            continue
        runs += _lines(plain, lead)
        plain = ""
        runs += _lines(span.text, lead, len(questions))
        questions.append(_question(len(questions), span))
    return runs + _lines(plain, lead)


def _lines(text: str, lead: int, comment: int = -1) -> list[_Run]:
    """One run for each line of a text; a comment spans them all."""
    if "\n" not in text:
        return [(text, lead, comment, comment, comment >= 0, False)] if text else []
    lines = text.split("\n")
    last = len(lines) - 1
    return [
        (line, lead, comment if at == 0 else -1, comment if at == last else -1, comment >= 0, at > 0)
        for at, line in enumerate(lines)
    ]


def _question(number: int, span: Span) -> _Question:
    blank = span.origin.blank or Blank("内容", span.text.strip())
    what = f"{blank.year}年{blank.what}" if blank.year and blank.kind == "数据" else blank.what
    return number, blank.doubtful, blank.kind, what, blank.unit


# XML


@cache
def _environment() -> Environment:
    """Trimmed blocks keep the markup free of blank lines; escaping is for XML (HTML's is the same five characters)."""
    made = Environment(
        loader=FileSystemLoader(PARTS), autoescape=True, undefined=StrictUndefined, trim_blocks=True, auto_reload=False
    )
    made.filters["mm"] = lambda value: round(value / 25.4 * 1440)
    made.filters["twips"] = lambda value: round(value * 20)
    return made


@cache
def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.j2")


def _xml(template: str, **values: object) -> bytes:
    """A part as bytes, without what XML cannot hold (control characters, lone surrogates, noncharacters)."""
    text = _template(template).render(values)
    for mark in _NONCHARACTERS:
        text = text.replace(mark, "")
    return text.encode("utf-8", "ignore").translate(None, _ILLEGAL)


@lru_cache(32)
def _static(layout: Layout, commented: bool) -> _Static:
    """Everything that depends on the layout alone, compressed."""
    values = {"layout": layout, "commented": commented}
    names = {
        "[Content_Types].xml": "content_types.xml", "_rels/.rels": "package.rels", "docProps/app.xml": "app.xml",
        "word/_rels/document.xml.rels": "document.rels", "word/styles.xml": "styles.xml",
        "word/settings.xml": "settings.xml", "word/fontTable.xml": "font_table.xml",
    }  # fmt: skip
    parts = {part: _xml(template, **values) for part, template in names.items()}
    for side in ("odd", "even")[: 1 + layout.odd_even]:
        parts[f"word/footer_{side}.xml"] = _xml("footer.xml", side=side, **values)
    records, directory = _records(parts, 0, 9)
    leads = [_xml("run_font.xml", level=level, style=style, **values) for level, style in layout.headings]
    section = Markup(_xml("section.xml", **values).decode())
    return _Static(records, directory, len(parts), section, (Markup(), *(Markup(x.decode()) for x in leads)))


# The zip

_LOCAL = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DATE = 33  # 1 January 1980, the first a zip can name: the clock stays out of the bytes


def _records(parts: dict[str, bytes], offset: int, level: int) -> tuple[bytes, bytes]:
    """The local records of parts that begin at `offset`, and their directory entries.

    Level 3 takes half the time of 6 and gives a twelfth more bytes: 200 of a whole document's 8,000.
    """
    records: list[bytes] = []
    directory: list[bytes] = []
    for name, data in parts.items():
        packed = zlib.compress(data, level, -15)
        path, sizes = name.encode(), (zlib.crc32(data), len(packed), len(data))
        records += _LOCAL.pack(b"PK\3\4", 20, 0, 8, 0, _DATE, *sizes, len(path), 0), path, packed
        directory += _ENTRY.pack(b"PK\1\2", 20, 20, 0, 8, 0, _DATE, *sizes, len(path), 0, 0, 0, 0, 0, offset), path
        offset += _LOCAL.size + len(path) + len(packed)
    return b"".join(records), b"".join(directory)


def _zip(static: _Static, parts: dict[str, bytes]) -> bytes:
    records, directory = _records(parts, len(static.records), 3)
    count, start = static.parts + len(parts), len(static.records) + len(records)
    size = len(static.entries) + len(directory)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, size, start, 0)
    return b"".join((static.records, records, static.entries, directory, end))
