"""A draft into a .docx of the user's own, which lends it page, header, footer and styles.

What stands in the file's body gives way to the draft; a paragraph `{{正文}}` keeps what is before and after it. Same draft,
same base: the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from docx.document import Document as Docx
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run as Piece

from drafting.base_styles import BaseStyles, Look
from drafting.errors import ExportError
from drafting.model import Draft
from drafting.opc import FAULTS, element, forget, forget_author, hand_down, open_document, saved
from drafting.paragraphs import Marks, Question, Run, marks_of, paragraphs, properties
from phrasebank.errors import ReadError
from phrasebank.readers.ooxml import Element, W, number, open_package, value
from phrasebank.readers.source import load

_PLACE = re.compile(r"[{｛]{2}\s*正文\s*[}｝]{2}")
_CLOCK = datetime(2000, 1, 1)
"""The date the file says it was made at: the same draft gives the same bytes."""

_BROKEN = "底稿已损坏或不是普通的 Word 文件，请用 Word 或 WPS 打开后另存为 .docx"

# XML 1.0 has no way to write these, and nobody sees them: they come in with pasted text. CR would read as a line break.
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check_base(base: Path) -> None:
    """Raises ExportError for a base that cannot be written into, as `write_into` does."""
    _place(_open(base), base)


def write_into(draft: Draft, base: Path, *, comments: bool = True, sources: bool = False) -> bytes:
    """The draft as a Word document in the pages and styles of `base`, which is not changed.

    `comments` marks every blank: highlighted, with a Word comment that says what is asked; without it, neither. `sources` adds
    comments that say where borrowed words come from.

    Raises ExportError when there is nothing to write and for a base that is missing, damaged, locked, no .docx or has macros.
    """
    if not draft.blocks:
        raise ExportError("稿子是空的，没有可以导出的段落")
    document = _open(base)
    try:
        styles = BaseStyles(document.styles.element, _used(document))
        _fill(_Hand(document, _place(document, base), styles, []), draft, marks_of(draft, comments, sources))
        forget(document)
        forget_author(document)
        _describe(document, draft)
        return saved(document)
    except FAULTS:
        raise ExportError(_BROKEN, str(base)) from None


# The base


def _open(base: Path) -> Docx:
    """Checked before it is unpacked, as any Word file that comes from elsewhere."""
    if base.suffix.lower() not in (".docx", ".docm"):
        raise ExportError("底稿要用 .docx 文件，请用 Word 或 WPS 打开后另存为 .docx", str(base))
    try:
        data = load(base)
        package = open_package(data, str(base))
    except ReadError as error:
        raise ExportError(f"底稿用不了：{error.message}", error.file) from None
    if package.has_macros or base.suffix.lower() == ".docm":
        raise ExportError("底稿带宏，请用 Word 打开后另存为 .docx 再用", str(base))
    if (document := open_document(data)) is not None:
        return document
    raise ExportError(_BROKEN, str(base))


def _used(document: Docx) -> set[str]:
    """The ids of the styles that paragraphs with text have, empty for the default."""
    paragraphs = [p for p in document.element.body.iter(qn("w:p")) if any(text.text for text in p.iter(qn("w:t")))]
    return {value(p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")) or "" for p in paragraphs}


def _place(document: Docx, base: Path) -> Element:
    """The paragraph that the draft takes the place of: the one that says so, else a new one in an empty body."""
    body = document.element.body
    texts = ((p, "".join(text.text or "" for text in p.iter(qn("w:t")))) for p in body.iter(qn("w:p")))
    found = [(p, text.strip()) for p, text in texts if _PLACE.search(text)]
    if not found:
        _empty(body)
        return body.add_p()
    if len(found) > 1 or not _PLACE.fullmatch(found[0][1]):
        raise ExportError("底稿里的 {{正文}} 要独占一段，而且只能有一处", str(base))
    return found[0][0]


def _empty(body: Element) -> None:
    """Only the last section stays, with the headers and footers it took over from the sections before it."""
    last = body.find(qn("w:sectPr"))
    if last is not None:
        for section in reversed(body.findall(f"{qn('w:p')}/{qn('w:pPr')}/{qn('w:sectPr')}")):
            hand_down(section, last)
    for child in [child for child in body if child is not last]:
        body.remove(child)


# The draft


@dataclass(frozen=True, slots=True)
class _Hand:
    """Writes paragraphs before `place`, one after the other; `marked` are the runs between which comments begin and end."""

    document: Docx
    place: Element
    styles: BaseStyles
    marked: list[list[Piece]]

    def write(self, role: str, runs: Sequence[Run]) -> Paragraph:
        """A paragraph of one role."""
        look = self.styles.look(role)
        paragraph = Paragraph(self.place, self.document).insert_paragraph_before()
        _set(paragraph._p.get_or_add_pPr(), look)
        for text, level, opens, closes, blank, broken in runs:
            run = paragraph.add_run("\n" if broken else "")
            run.add_text(_ILLEGAL.sub("", text))
            _font(run._r, look.bold or level > 0, self.styles.heading_font(level) if 0 < level < 5 else None)
            if blank:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            if opens >= 0:
                self.marked.append([run])
            if closes >= 0:
                self.marked[closes].append(run)
        return paragraph


def _fill(hand: _Hand, draft: Draft, marks: Marks | None) -> None:
    """Puts the draft before its place and takes that out; a section that ended there ends with the draft."""
    place, cells = hand.place, _cells(hand.place, hand.styles.size("Title"))
    for role, runs in paragraphs(draft.blocks, cells, marks):
        last = hand.write(role, runs)
    if marks and marks.questions:
        _ask(hand.document, hand.marked, marks.questions)
    if place.pPr is not None and place.pPr.sectPr is not None:
        last._p.set_sectPr(place.pPr.sectPr)
    place.getparent().remove(place)


def _ask(document: Docx, marked: Sequence[Sequence[Piece]], questions: Sequence[Question]) -> None:
    """A comment for each question, copied from one: python-docx looks through all there are for the number of the next."""
    pattern = document.comments.add_comment("？", "拟稿", "拟")._comment_elm
    pattern.date = None  # the clock's
    for (first, last), (at, question) in zip(marked, questions, strict=True):
        comment = deepcopy(pattern)
        comment.id += at
        run = comment.p_lst[0].r_lst[-1]
        run.text = _ILLEGAL.sub("", question)
        _font(run, False, None)
        pattern.addprevious(comment)
        first.mark_comment_range(last, comment.id)
    pattern.getparent().remove(pattern)
    for style, (kind, name) in _COMMENT_STYLES.items():
        _dress(document, style, kind, name)


_COMMENT_STYLES = {"CommentReference": ("character", "annotation reference"), "CommentText": ("paragraph", "annotation text")}
"""The styles that python-docx sets comments in, by the ids they have in English files, with their kind and their name in all files."""


def _dress(document: Docx, style: str, kind: str, name: str) -> None:
    """Comments in the file's own style of that name, under whatever id (a3), or in one that is added."""
    root = document.styles.element
    own = (value(each, "styleId") for each in root.findall(qn("w:style")) if (value(each.find(qn("w:name"))) or "").casefold() == name)
    found = next(own, None)
    if found is None:
        found = style
        root.append(element(
            f'<w:style xmlns:w="{W[1:-1]}" w:type="{kind}" w:styleId="{style}"><w:name w:val="{name}"/><w:uiPriority w:val="99"/>'
            '<w:semiHidden/><w:unhideWhenUsed/><w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>'
        ))  # fmt: skip
    for part in (document.element, document.part._comments_part.element):
        for each in part.iter(qn("w:pStyle"), qn("w:rStyle")):
            if value(each) == style:
                each.set(qn("w:val"), found)


def _describe(document: Docx, draft: Draft) -> None:
    """The file's own title, author and dates, no others; 255 characters are python-docx's most."""
    title, author = (_ILLEGAL.sub("", text)[:255] for text in properties(draft))
    core = document.core_properties
    core.title, core.author, core.last_modified_by = title, author, author
    core.created = core.modified = _CLOCK


def _cells(place: Element, size: float) -> int:
    """How many characters of `size` points a line of the section around `place` holds; a great many when it does not say."""
    for section in place.xpath("(descendant::w:sectPr | following::w:sectPr)[not(parent::w:sectPrChange)]")[:1]:
        page, margin = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
        width, left, right = number(page, "w"), number(margin, "left"), number(margin, "right")
        if width and left is not None and right is not None and width > left + right:
            return max(1, int((width - left - right) / 20 // size))
    return 10_000


def _set(properties: Element, look: Look) -> None:
    if look.style:
        properties.style = look.style
    if look.unnumbered:
        properties.get_or_add_numPr().get_or_add_numId().val = 0
    for name, length in look.indent.items():
        properties.get_or_add_ind().set(qn(f"w:{name}"), str(length))
    if look.align:
        properties.get_or_add_jc().set(qn("w:val"), look.align)


def _font(run: Element, bold: bool, font: Element | None) -> None:
    """The font of a run-in heading, else bold or not; and the hint without which “ ” — … come out in the Latin font."""
    if font is not None:
        run.insert(0, deepcopy(font))
    properties = run.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
    if bold and font is None:
        properties.get_or_add_b()
