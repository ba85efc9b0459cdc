"""A .docx laid out in place: its paragraphs are set anew, and whatever else it holds stays where and as it is.

Tables, pictures, formulas, notes, text boxes keep their own XML and the styles of the source they are set in; ours come
beside those (`drafting.format.word_styles`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from drafting.docx import STYLES as ROLE_STYLES
from drafting.docx import lead_fonts, write_docx
from drafting.format.arrange import Arranged, arranged
from drafting.format.bits import Bit, Para, text_of
from drafting.format.plain import block_of, draft_of
from drafting.format.report import Report
from drafting.format.word_pages import drop_empty_sections, is_wide, says, section_of, set_pages, title_cells
from drafting.format.word_runs import MEANT, is_mark, is_picture
from drafting.format.word_source import Source, read_source
from drafting.format.word_styles import PREFIX, add_styles, drop_unused
from drafting.insets import Inset, insets
from drafting.layout import Layout, title_breaks
from drafting.opc import FAULTS, Docx, element, forget, open_document, saved
from drafting.paragraphs import HEAD, ROLES, placed
from phrasebank.errors import ReadError
from phrasebank.readers.ooxml import Element, Package, W, open_package, value

_BROKEN = "文件已损坏或不是普通的 Word 文件，请用 Word 或 WPS 打开后另存为 .docx"
_NAMESPACE = f'xmlns:w="{W[1:-1]}"'


@dataclass(frozen=True, slots=True)
class Keeper:
    """A .docx; `plain` when it holds nothing but words, so that nothing of the file itself need be kept."""

    file: str
    data: bytes
    plain: bool

    @classmethod
    def of(cls, data: bytes, file: str) -> Keeper:
        """A file as it is to be laid out. Raises ReadError for a damaged one, and for one with macros."""
        package = open_package(data, file)
        if package.has_macros:
            raise ReadError("文件带宏，没法原样带过来，请用 Word 打开后另存为 .docx 再排", file)
        return cls(file, data, not _keeps(package))

    def lay_out(self, layout: Layout, clean: bool) -> tuple[bytes, Report]:
        """The file in its new layout, and what was done to it. Raises ReadError for one that is damaged."""
        document = open_document(self.data)
        if document is None:
            raise ReadError(_BROKEN, self.file)
        try:
            source = read_source(document)
            found = arranged(
                self.file, source.lines, clean=clean, barriers=source.barriers, breaks=source.breaks, hints=source.hints
            )
            if not found.paras and not source.tables:
                raise ReadError("文件是空的，没有可读的文字", self.file)
            made, notices = self._plain(found, layout) if self.plain else self._in_place(document, source, found, layout)
        except FAULTS as error:
            raise ReadError(_BROKEN, self.file) from error
        return made, _report(found.report, source, notices)

    def _plain(self, found: Arranged, layout: Layout) -> tuple[bytes, list[str]]:
        return write_docx(draft_of(found.paras, found.report.title), layout, comments=False), []

    def _in_place(self, document: Docx, source: Source, found: Arranged, layout: Layout) -> tuple[bytes, list[str]]:
        renamed = add_styles(document, layout)
        _Setter(source, layout).set(found.paras)
        source.clear()
        drop_empty_sections(document.element.body)
        notices = set_pages(document, layout)
        forget(document)
        drop_unused(document, renamed)
        return saved(document), notices


_HEAD = tuple(role for kind, role in ROLES.items() if kind in HEAD)
_BODY = frozenset(W + name for name in ("p", "sectPr"))
_PARAGRAPH = frozenset(W + name for name in ("pPr", "r", "proofErr", "bookmarkStart", "bookmarkEnd"))
_RUN = frozenset(
    W + name
    for name in ("rPr", "t", "tab", "br", "cr", "lastRenderedPageBreak", "noBreakHyphen", "softHyphen")
)  # fmt: skip


def _keeps(package: Package) -> bool:
    """Whether a document holds anything but words in paragraphs whose look may go."""
    main = package.related("", "officeDocument", "word/document.xml")
    root = package.parse(main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        return False  # the reader says what is wrong
    meant = frozenset(W + name for name in (*MEANT, "position", "vanish"))
    return (
        any(child.tag not in _BODY for child in body)
        or any(child.tag not in _PARAGRAPH for p in body.iterchildren(f"{W}p") for child in p)
        or any(child.tag not in _RUN or value(child, "type") == "page" for r in body.iter(f"{W}r") for child in r)
        or any(child.tag in meant for r in body.iter(f"{W}r") for child in r.iterfind(f"{W}rPr/*"))
        or any(_speaks(package.parse(name)) for name in package.entries if _MARGINS.fullmatch(name))
    )


_MARGINS = re.compile(r"word/(?!(?:document|styles|numbering|settings|fonttable|websettings)\.xml)[^/]+\.xml")
"""Parts that may be a header or footer, whatever the program calls them."""


def _speaks(root: Element | None) -> bool:
    """Whether a part is a header or footer that holds anything but a page number."""
    return root is not None and root.tag in (f"{W}hdr", f"{W}ftr") and says(root)


@dataclass(frozen=True, slots=True)
class _Setter:
    """Writes paragraphs at the places of those they come from."""

    source: Source
    layout: Layout

    def set(self, paras: Sequence[Para]) -> None:
        """Sets all paragraphs, with the empty lines that the layout has between them."""
        paras = folded(paras)
        rows = list(placed(map(block_of, paras)))
        given = insets([(role, "" if block is None else block.text) for role, block in rows], self.layout.cells)
        rest = iter(paras)
        before: tuple[str, Element] | None = None
        gap: Inset | None = None
        for at, (role, block) in enumerate(rows):
            if block is None:
                gap = given.get(at, Inset())
                continue
            para = next(rest)
            place = self.source.places[para.first]
            if gap is not None and (before is None or self._has_gap(*before, place)):
                place.addprevious(self._paragraph("", Para("paragraph", ()), gap))
            made = self._paragraph(role, para, given.get(at, Inset()))
            place.addprevious(made)
            self._end_head(before)
            before, gap = (role, made), None
        self._end_head(before)

    def _has_gap(self, role: str, before: Element, place: Element) -> bool:
        """Whether an empty line stands below a paragraph; not where a table follows the head, or lies on a page of its own below its
        label: that page was made to measure."""
        if role == "AttachmentLabel" and is_wide(section_of(place)):
            return False
        return role not in _HEAD or self._below(before) != f"{W}tbl"

    def _end_head(self, last: tuple[str, Element] | None) -> None:
        """Room between a head and a table right below it: its type would touch the frame."""
        if last is not None and last[0] in _HEAD and self._below(last[1]) == f"{W}tbl":
            last[1].pPr.get_or_add_spacing().set(f"{W}after", "120")

    def _below(self, made: Element) -> str:
        """The tag of what will stand below a paragraph when those that were set anew are gone."""
        given = set(self.source.old)
        return next((str(each.tag) for each in made.itersiblings() if each not in given and not is_mark(each)), "")

    def _paragraph(self, role: str, para: Para, inset: Inset) -> Element:
        style = PREFIX + (ROLE_STYLES.get(role, role) or "Normal")
        picture = any(is_picture(bit.thing) for bit in (*para.lead, *para.rest))
        setting = _SETTING[para.breaks, picture, not para.text.strip()]
        first, indent = inset.xml(self.layout.cell)
        made = element(f'<w:p {_NAMESPACE}><w:pPr><w:pStyle w:val="{style}"/>{first}{setting}{indent}</w:pPr></w:p>')
        for run in self._runs(role, para):
            made.append(run)
        return made

    def _runs(self, role: str, para: Para) -> Iterator[Element]:
        plain = role in ("Title",) or role.startswith("Heading") or _all_bold(para.rest)
        level = para.level if para.lead and text_of(para.rest) else 0
        breaks = title_breaks(para.text, title_cells(self.source.places[para.first], self.layout)) if role == "Title" else ()
        at = 0
        for bit in para.lead:
            yield from self._bit(bit, at, breaks, self._font(level), False)
            at += len(bit.text)
        for bit in para.rest:
            yield from self._bit(bit, at, breaks, self._font(0), not plain)
            at += len(bit.text)

    def _font(self, level: int) -> str:
        if not level:
            return '<w:rFonts w:hint="eastAsia"/>'
        return lead_fonts(self.layout)[level - 1].replace('w:val="Heading', f'w:val="{PREFIX}Heading')

    def _bit(self, bit: Bit, at: int, breaks: Sequence[int], font: str, bold: bool) -> Iterator[Element]:
        """The runs of a bit; a title's has a line break wherever its lines end."""
        if bit.thing is not None:
            yield bit.thing
            return
        cuts = [at, *(cut for cut in breaks if at < cut < at + len(bit.text)), at + len(bit.text)]
        look = "".join(f'<w:{name} w:val="{value}"/>' for name, value in bit.look if bold or name != "b")
        for start, end in pairwise(cuts):
            run = element(f"<w:r {_NAMESPACE}><w:rPr>{font}{look}</w:rPr></w:r>")
            if start in breaks:
                run.append(element(f"<w:br {_NAMESPACE}/>"))
            text = element(f'<w:t {_NAMESPACE} xml:space="preserve"/>')
            text.text = bit.text[start - at : end - at]
            run.append(text)
            yield run


def folded(paras: Sequence[Para]) -> list[Para]:
    """Paragraphs without those that only hold marks (a bookmark in an empty line): these go to the end of the one before, of the first
    to the beginning of the next."""
    made: list[Para] = []
    spare: tuple[Bit, ...] = ()
    turned = False
    for para in paras:
        bits = (*para.lead, *para.rest)
        if not all(is_mark(bit.thing) or (bit.thing is None and not bit.text.strip()) for bit in bits):
            made.append(_opened(para, spare, breaks=turned))
            spare, turned = (), False
            continue
        turned = turned or para.breaks
        marks = tuple(bit for bit in bits if bit.thing is not None)
        if made:
            made[-1] = replace(made[-1], rest=(*made[-1].rest, *marks))
        else:
            spare += marks
    return made or list(paras)


def _opened(para: Para, spare: tuple[Bit, ...], *, breaks: bool) -> Para:
    """A paragraph that begins with some marks, and a page where it is to."""
    if not spare and not breaks:
        return para
    lead, rest = ((*spare, *para.lead), para.rest) if para.lead else ((), (*spare, *para.rest))
    return replace(para, lead=lead, rest=rest, breaks=para.breaks or breaks)


def _all_bold(bits: Sequence[Bit]) -> bool:
    return all(("b", "1") in bit.look for bit in bits if bit.text.strip())


_SETTING = {
    (breaks, picture, alone): ("<w:pageBreakBefore/>" if breaks else "")
    # A line of exact height would show a strip of a picture.
    + ('<w:spacing w:line="240" w:lineRule="auto"/>' if picture else "")
    + ('<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>' if picture and alone else "")
    for breaks in (False, True) for picture in (False, True) for alone in (False, True)
}  # fmt: skip
"""What a paragraph has set by hand: (page break before it, a picture in its line, nothing but things in it)."""


def _report(report: Report, source: Source, notices: Sequence[str]) -> Report:
    return replace(
        report, numbers=source.numbers, bullets=source.bullets, links=source.links, tables=source.tables, pictures=source.pictures,
        notes=source.notes, split=source.split, empty=report.empty - source.kept, notices=(*source.notices, *notices),
    )  # fmt: skip
