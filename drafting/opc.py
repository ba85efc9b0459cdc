"""Word files of others through python-docx: opened, freed of what nothing in them names any more, saved with steady bytes."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

from docx import Document
from docx.document import Document as Docx
from docx.exceptions import PythonDocxError
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.parts.hdrftr import FooterPart
from docx.text.paragraph import Paragraph

from drafting.strict import transitional
from phrasebank.readers.ooxml import Element

__all__ = ["FAULTS", "Docx", "add_footer", "element", "forget", "forget_author", "hand_down", "open_document", "paragraphs_of",
           "saved"]  # fmt: skip

FAULTS = (
    PythonDocxError, OpcError, SyntaxError, ValueError, LookupError, AttributeError, TypeError, zipfile.BadZipFile
)  # fmt: skip
"""What python-docx raises for files that are no Word files, or whose XML is not by the schema (SyntaxError: or is none)."""

_NAMED = ("image", "hyperlink", "header", "footer", "oleObject", "package", "chart", "control", "aFChunk", "subDocument",
          "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing", "video", "audio", "media",
          "commentsExtended", "commentsIds", "commentsExtensible")  # fmt: skip
"""Kinds of relationships that hold only as long as something in the document names them (ECMA-376-1, 15), and what Word notes
about comments beside them, which it makes anew."""
_NOTES = ("comments", "footnotes", "endnotes")


def open_document(data: bytes) -> Docx | None:
    """A Word file with a body, None for what is none. Check it with `phrasebank.readers.ooxml.open_package` first."""
    with suppress(*FAULTS):
        document = Document(io.BytesIO(transitional(data)))
        if document.element.body is not None:
            return document
    return None


def paragraphs_of(document: Docx) -> list[Paragraph]:
    """Every paragraph of the body in order, those in tables and text boxes too."""
    return [Paragraph(node, document._body) for node in document.element.body.iter(qn("w:p"))]


def element(xml: str | bytes) -> Element:
    """The root of some XML, as an element that python-docx can hold."""
    return parse_xml(xml)


def add_footer(document: Docx, xml: bytes) -> str:
    """A new footer part; returns the id of the relationship to it."""
    package = document.part.package
    name = package.next_partname("/word/footer%d.xml")
    part = FooterPart(PackURI(name), CONTENT_TYPE.WML_FOOTER, parse_xml(xml), package)
    return str(document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTER))


def hand_down(section: Element, to: Element) -> None:
    """Gives a section the headers and footers of one before it, of the kinds (first, even, other pages) that it has none of."""
    for tag in (qn("w:headerReference"), qn("w:footerReference")):
        kinds = {own.get(qn("w:type")) for own in to.findall(tag)}
        for reference in section.findall(tag):
            if reference.get(qn("w:type")) not in kinds:
                to.insert(0, reference)


def forget(document: Docx) -> None:
    """Takes out pictures, links, headers, notes and comments that nothing in the document names any more."""
    part = document.part
    used = {str(name) for name in document.element.xpath("//@*")}
    for name, relation in list(part.rels.items()):
        if _kind(relation) in _NAMED and name not in used:
            del part.rels[name]
        elif _kind(relation) in _NOTES and not relation.is_external:
            _forget_notes(relation.target_part, document.element, _kind(relation)[:-1])


def forget_author(document: Docx) -> None:
    """Takes out what the file says of itself: author, dates, a picture of its first page."""
    part = document.part
    for name, relation in list(part.package.rels.items()):
        if _kind(relation) in ("thumbnail", "core-properties"):
            del part.package.rels[name]


def _forget_notes(part: Part, document: Element, kind: str) -> None:
    """Takes out notes of a kind without a reference; those with a type are separators."""
    used = {note.get(qn("w:id")) for note in document.iter(qn(f"w:{kind}Reference"))}
    root = getattr(part, "element", None)
    notes = parse_xml(part.blob) if root is None else root
    for note in notes.findall(qn(f"w:{kind}")):
        if note.get(qn("w:id")) not in used and note.get(qn("w:type")) is None:
            notes.remove(note)
    if root is None:
        part._blob = serialize_part_xml(notes)


def _kind(relation: Element) -> str:
    return str(relation.reltype).rpartition("/")[2]


def saved(document: Docx) -> bytes:
    """The package with every entry at the first date a zip can name, whatever the clock and the system say."""
    clocked, steady = io.BytesIO(), io.BytesIO()
    document.save(clocked)
    with zipfile.ZipFile(clocked) as source, zipfile.ZipFile(steady, "w") as target:
        names = source.namelist()
        if len(set(names)) < len(names):
            raise ValueError("two parts of one name")
        for name in names:
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            target.writestr(entry, source.read(name))
    return steady.getvalue()
