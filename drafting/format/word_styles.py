"""Our styles beside those of a .docx that is laid out in place: tables and text boxes go on in the styles they were made in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from drafting.docx import static_parts
from drafting.layout import Layout
from drafting.opc import Docx, element
from phrasebank.readers.ooxml import Element, W, value

PREFIX = "Nigao"
"""What the ids of our styles begin with in a file that has styles of its own."""
_IDS = re.compile(rb'(w:styleId="|<w:(?:basedOn|next|link|pStyle|rStyle) w:val=")(?=\w)')
_OMITTED = ("DefaultParagraphFont", "CommentReference", "CommentText")
_REFERENCES = ("pStyle", "rStyle", "tblStyle")


def prefixed(xml: bytes) -> bytes:
    """XML of ours with the ids of styles as they are in such a file."""
    return _IDS.sub(rb"\g<1>" + PREFIX.encode(), xml)


def add_styles(document: Docx, layout: Layout) -> list[Element]:
    """Adds the styles of a layout. A style of the source with one of their names is called otherwise from now on: these are given."""
    renamed: list[Element] = []
    root = document.styles.element
    _free_defaults(root)
    ours = element(static_parts(layout)["word/styles.xml"]).iterfind(f"{W}style")
    made = [_ours(style) for style in ours if value(style, "styleId") not in _OMITTED]
    names = {_name(style) for style in made}
    for style in root.findall(f"{W}style"):
        if (value(style, "styleId") or "").startswith(PREFIX):
            root.remove(style)  # a file that was laid out before
        elif _name(style) in names:
            _rename(style)
            renamed.append(style)
    root.extend(made)
    return renamed


_USES = re.compile(rb'<w:(pStyle|rStyle|tblStyle|styleLink|numStyleLink) w:val="([^"]+)"')
_TIES = tuple(W + name for name in ("basedOn", "next", "link"))


def drop_unused(document: Docx, renamed: list[Element]) -> None:
    """Takes those of the renamed styles out that nothing is set in any more, so that a list of styles shows ours alone."""
    relations = document.part.rels
    for name in [name for name, each in relations.items() if each.reltype.endswith("/stylesWithEffects")]:
        del relations[name]  # what Word 2010 saved of its styles for itself
    parts = (part.blob for part in document.part.package.iter_parts() if str(part.partname).endswith(".xml"))
    used = {name.decode() for blob in parts for _, name in _USES.findall(blob)}
    root = document.styles.element
    spare = list(renamed)
    while True:
        needed = used | {value(s.find(f"{W}basedOn")) for s in root.iterfind(f"{W}style")}
        gone = [style for style in spare if value(style, "styleId") not in needed]
        if not gone:
            break
        for style in gone:
            spare.remove(style)
            root.remove(style)
    ids = {value(style, "styleId") for style in root.iterfind(f"{W}style")}
    for tie in [tie for style in root.iterfind(f"{W}style") for tie in style.iterchildren(*_TIES) if value(tie) not in ids]:
        tie.getparent().remove(tie)


def _ours(style: Element) -> Element:
    """A style of ours under its id here. Body text is not the file's default, which its tables are set in."""
    made = deepcopy(style)
    for each in (made, *made.iter(f"{W}basedOn", f"{W}next", f"{W}link")):
        name = f"{W}styleId" if each is made else f"{W}val"
        each.set(name, PREFIX + (each.get(name) or ""))
    if (base := made.find(f"{W}basedOn")) is not None and value(base) == f"{PREFIX}DefaultParagraphFont":
        made.remove(base)
    if made.attrib.pop(f"{W}default", None):
        made.find(f"{W}name").set(f"{W}val", "Body Text")
        size = made.find(f"{W}rPr/{W}sz")
        size.addprevious(element(f'<w:kern xmlns:w="{W[1:-1]}" w:val="0"/>'))
    return made


def _name(style: Element) -> str:
    """A name as Word compares it; the character styles of headings go with them."""
    return (value(style.find(f"{W}name")) or "").casefold()


def _rename(style: Element) -> None:
    """A style of the source gives its name away and is a user's style from then on."""
    name = style.find(f"{W}name")
    name.set(f"{W}val", f"{value(name)}（原）")
    style.set(f"{W}customStyle", "1")
    for alias in style.findall(f"{W}aliases"):
        style.remove(alias)


_THEME = {f"{W}{name}Theme": W + name for name in ("ascii", "hAnsi", "eastAsia", "cs")}
_THEME[f"{W}cstheme"] = f"{W}cs"


def _free_defaults(root: Element) -> None:
    """Theme fonts of the defaults of a file, which some programs put before fonts by name, go to the styles that stand on nothing
    else; and text in these does not snap to the grid, whose lines are ours."""
    fonts = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    themed = {} if fonts is None else {name: fonts.attrib.pop(name) for name in list(_THEME) if name in fonts.attrib}
    if fonts is not None and not fonts.attrib:
        fonts.getparent().remove(fonts)
    for style in _roots(root):
        _give(style, themed)
        properties = style.get_or_add_pPr()
        if properties.find(f"{W}snapToGrid") is None:
            _snap(properties)


def _roots(root: Element) -> Iterator[Element]:
    """Paragraph styles that are based on none."""
    return (s for s in root.iterfind(f"{W}style") if value(s, "type") == "paragraph" and s.find(f"{W}basedOn") is None)


def _give(style: Element, themed: dict[str, str]) -> None:
    """Gives a style the theme fonts it took from the defaults, but for those it names itself."""
    if not themed:
        return
    fonts = style.get_or_add_rPr().get_or_add_rFonts()
    for name, theme in themed.items():
        if name not in fonts.attrib and _THEME[name] not in fonts.attrib:
            fonts.set(name, theme)


_BEHIND_SNAP = ("spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
                "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange")  # fmt: skip
"""Children of w:pPr behind w:snapToGrid (ECMA-376-1, 17.3.1.26)."""


def _snap(properties: Element) -> None:
    made = properties.makeelement(f"{W}snapToGrid")
    made.set(f"{W}val", "0")
    behind = next((child for child in properties if child.tag.rpartition("}")[2] in _BEHIND_SNAP), None)
    properties.append(made) if behind is None else behind.addprevious(made)
