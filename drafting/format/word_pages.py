"""The pages of a .docx that is laid out in place: paper, margins, page numbers; what stands in its margins stays if it says anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.docx import part_xml, static_parts
from drafting.format.word_styles import prefixed
from drafting.layout import Layout
from drafting.opc import Docx, add_footer, element, hand_down
from phrasebank.readers.ooxml import Element, W, number, value

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NUMBERS = re.compile(r"[\s\d—–\-－−·•./／|第页共总]")
"""What page numbers are made of."""
_ORDER = ("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc", "pgBorders",
          "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter",
          "docGrid", "printerSettings", "sectPrChange")  # fmt: skip
"""Children of w:sectPr in the order of the schema (ECMA-376-1, 17.6.17)."""
_AFTER_SPACING = (
    "printTwoOnOne", "strictFirstAndLastChars", "noLineBreaksAfter", "noLineBreaksBefore", "savePreviewPicture",
    "doNotValidateAgainstSchema", "saveInvalidXml", "ignoreMixedContent", "alwaysShowPlaceholderText",
    "doNotDemarcateInvalidXml", "saveXmlDataOnly", "useXSLTWhenSaving", "saveThroughXslt", "showXMLTags", "alwaysMergeEmptyNamespace",
    "updateFields", "hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema",
    "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions",
    "readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator",
)  # fmt: skip
"""Children of w:settings that stand behind w:characterSpacingControl (ECMA-376-1, 17.15.1.78)."""


def says(root: Element | None) -> bool:
    """Whether a header or footer holds anything but a page number."""
    if root is None:
        return False
    words = "".join(text.text or "" for text in root.iter(f"{W}t"))
    return bool(_NUMBERS.sub("", words)) or next(root.iter(f"{W}drawing", f"{W}pict", f"{W}object"), None) is not None


def drop_empty_sections(body: Element) -> None:
    """Takes sections out that hold nothing, which would become empty pages; the next has what they lent it."""
    for paragraph in body.findall(f"{W}p"):
        section, before = _ended_by(paragraph), paragraph.getprevious()
        if section is None or len(paragraph) > 1 or not (before is None or _ended_by(before) is not None):
            continue
        behind = section_of(paragraph.getnext())
        if behind is not None:
            hand_down(section, behind)
            kind, now = section.find(f"{W}type"), behind.find(f"{W}type")
            if value(now) == "continuous" and value(kind) != "continuous":
                behind.remove(now)
                if kind is not None:
                    _insert(behind, kind)
            body.remove(paragraph)


def _ended_by(child: Element) -> Element | None:
    """The section that ends with a child of the body."""
    return child if child.tag == f"{W}sectPr" else child.find(f"{W}pPr/{W}sectPr")


def section_of(child: Element | None) -> Element | None:
    """The section that a child of the body is in."""
    while child is not None and _ended_by(child) is None:
        child = child.getnext()
    return None if child is None else _ended_by(child)


def title_cells(place: Element, layout: Layout) -> int:
    """How many characters of a title a line holds where something stands: pages that lie on their side keep their width."""
    section = section_of(place)
    if section is None or not is_wide(section):
        return layout.title_cells
    page, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    width = (number(page, "w") or 0) - (number(margin, "left") or 0) - (number(margin, "right") or 0)
    return max(1, int(width / 20 // layout.styles.title.size)) if width > 0 else layout.title_cells


def set_pages(document: Docx, layout: Layout) -> list[str]:
    """Sets every section of a document, and tells what its owner should know of it."""
    body = document.element.body
    sections = list(body.iter(f"{W}sectPr")) or [_last(body)]
    notices: list[str] = []
    heads, feet = (_spoken(document, sections, kind) for kind in ("header", "footer"))
    had_sides = document.settings.odd_and_even_pages_header_footer
    # What is kept goes on as its file shows it: a footer of all pages has none for even ones.
    sides = had_sides if feet else layout.odd_even or (heads and had_sides)
    references = {} if feet else _footers(document, layout, sides=sides)
    columns = any(_is_split(section) for section in sections)
    for section in sections:
        _set(section, layout)
        _refer(section, references, keeps_head=heads, keeps_foot=feet)
        if heads and sides and not had_sides:
            _even_heads(section)
    _settings(document, sides=sides)
    if heads:
        notices.append("页眉有文字，照原样保留")
    if feet:
        notices.append("页脚有页码以外的内容，照原样保留，没有换成统一的页码")
    if columns:
        notices.append("分栏改成了一栏")
    if any(is_wide(section) for section in sections):
        notices.append("横向的页面没有改版心")
    return [*notices, *_too_wide(body, layout)]


def _last(body: Element) -> Element:
    """The section of a body that has none."""
    body.append(body.makeelement(f"{W}sectPr"))
    return body[-1]


def _spoken(document: Docx, sections: list[Element], kind: str) -> bool:
    """Whether any header or footer that a section refers to says something."""
    names = {each.get(f"{_R}id") for section in sections for each in section.iterfind(f"{W}{kind}Reference")}
    parts = (document.part.rels[name].target_part for name in names if name in document.part.rels)
    return any(says(getattr(part, "element", None)) for part in parts)


def _footers(document: Docx, layout: Layout, *, sides: bool) -> dict[str, str]:
    """Our page numbers: relationships by the pages they are for; `sides` where those of even pages are named apart."""
    made = static_parts(layout)
    pages = {"default": "odd", "even": "even"} if layout.odd_even else {"default": "odd"}
    found = {kind: add_footer(document, prefixed(made[f"word/footer_{side}.xml"])) for kind, side in pages.items()}
    return {**found, "even": found.get("even", found["default"])} if sides else found


def is_wide(section: Element | None) -> bool:
    """Whether a section is of pages that lie on their side."""
    if section is None:
        return False
    size = section.find(f"{W}pgSz")
    return value(size, "orient") == "landscape" or (number(size, "w") or 0) > (number(size, "h") or 1 << 30)


def _is_split(section: Element) -> bool:
    """Whether a page that is laid out anew has several columns."""
    return (number(section.find(f"{W}cols"), "num") or 1) > 1 and not is_wide(section)


def _set(section: Element, layout: Layout) -> None:
    """Paper, margins, columns and grid; a page that lies on its side keeps its own, for the table it is for."""
    ours = element(prefixed(part_xml("section.xml", layout=layout)).replace(
        b"<w:sectPr>", f'<w:sectPr xmlns:w="{W[1:-1]}" xmlns:r="{_R[1:-1]}">'.encode()))  # fmt: skip
    for name in ("docGrid",) if is_wide(section) else ("pgSz", "pgMar", "cols", "docGrid"):
        old, new = section.find(W + name), ours.find(W + name)
        if old is not None:
            section.remove(old)
        if new is not None:
            _insert(section, new)


def _refer(section: Element, references: dict[str, str], *, keeps_head: bool, keeps_foot: bool) -> None:
    for kind, keeps in (("header", keeps_head), ("footer", keeps_foot)):
        for old in section.findall(f"{W}{kind}Reference") if not keeps else ():
            section.remove(old)
    title = section.find(f"{W}titlePg")
    if title is not None and not keeps_head and not keeps_foot:
        section.remove(title)
        title = None
    kinds = dict(references)
    if title is not None and references:
        kinds["first"] = references["default"]
    for kind, name in kinds.items():
        made = section.makeelement(f"{W}footerReference")
        made.set(f"{W}type", kind)
        made.set(f"{_R}id", name)
        _insert(section, made)


def _even_heads(section: Element) -> None:
    """Pages of both sides have the header that all pages had, not one that was put by and never shown."""
    heads = {value(each, "type"): each for each in section.findall(f"{W}headerReference")}
    if "even" in heads:
        section.remove(heads["even"])
    if "default" in heads:
        made = section.makeelement(f"{W}headerReference")
        made.set(f"{W}type", "even")
        made.set(f"{_R}id", heads["default"].get(f"{_R}id"))
        _insert(section, made)


def _insert(section: Element, made: Element) -> None:
    """Puts a child where the schema wants it."""
    order = {W + name: at for at, name in enumerate(_ORDER)}
    later = (child for child in section if order.get(child.tag, 99) > order[made.tag])
    behind = next(later, None)
    section.append(made) if behind is None else behind.addprevious(made)


def _settings(document: Docx, *, sides: bool) -> None:
    """Whether even pages differ, and marks that keep their width: 28 characters stand on a line."""
    document.settings.odd_and_even_pages_header_footer = sides
    root = document.settings.element
    spacing = root.find(f"{W}characterSpacingControl")
    if spacing is None:
        spacing = root.makeelement(f"{W}characterSpacingControl")
        later = (child for child in root if child.tag.rpartition("}")[2] in _AFTER_SPACING)
        behind = next(later, None)
        root.append(spacing) if behind is None else behind.addprevious(spacing)
    spacing.set(f"{W}val", "doNotCompress")


def _too_wide(body: Element, layout: Layout) -> Iterator[str]:
    """Tables that reach over the type area of the new page, by their width or since a narrower margin held them off."""
    room = (layout.page.width - layout.page.left - layout.page.right) / 25.4 * 1440
    for at, table in enumerate(body.iterfind(f"{W}tbl"), 1):
        width = sum(number(column, "w") or 0 for column in table.iterfind(f"{W}tblGrid/{W}gridCol"))
        indent = number(table.find(f"{W}tblPr/{W}tblInd"), "w") or 0
        if is_wide(section_of(table)):
            continue
        if width > room + _SLACK:
            yield f"第{at}个表格宽 {_mm(width)} 毫米，超出版心（{_mm(room)} 毫米），请看看要不要收窄"
        elif indent + width > room + _SLACK:
            yield f"第{at}个表格右边伸出版心 {_mm(indent + width - room)} 毫米（它左缩进 {_mm(indent)} 毫米），请看看要不要左移"


_SLACK = 120
"""Twips that a frame may stand over the margin: its cells are padded by about as much."""


def _mm(twips: float) -> str:
    return f"{twips / 1440 * 25.4:.0f}"
