"""What of a run of a .docx stays when its paragraph is set anew: its text, looks that mean something, and things that are no text."""

from __future__ import annotations

from copy import deepcopy

from phrasebank.readers.ooxml import Element, W, value

MEANT = ("b", "strike", "dstrike", "highlight", "u", "vertAlign", "em")
"""Properties of runs that mean something, in the order of the schema; all others are looks and go."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LOOKS = {"sym": ("rFonts",), "footnoteReference": ("rStyle", "vertAlign"), "endnoteReference": ("rStyle", "vertAlign"),
          "commentReference": ("rStyle",), "delText": ("strike",)}  # fmt: skip
"""What a run keeps of its properties for the sake of the thing in it."""

_INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_MARKS = frozenset(
    W + name for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd")
)  # fmt: skip


def is_mark(thing: Element | None) -> bool:
    """Whether a thing only marks a place, and takes none itself."""
    return thing is not None and thing.tag in _MARKS


def text_in(child: Element) -> str | None:
    """What an element of a run says, None for what is no text."""
    if child.tag == f"{W}t":
        text = child.text or ""
        text = text if child.get(_SPACE) == "preserve" else text.strip(" \t\r\n")
        return text.replace("\r", " ").replace("\n", " ")
    return {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}.get(child.tag)


def looks(run: Element) -> tuple[tuple[str, str], ...]:
    """What of the properties of a run means something, in the order of the schema."""
    properties = run.find(f"{W}rPr")
    return tuple(sorted(_named(properties) + _raised(run, properties), key=lambda each: MEANT.index(each[0])))


def _named(properties: Element | None) -> tuple[tuple[str, str], ...]:
    found = []
    for name in MEANT:
        each = None if properties is None else properties.find(W + name)
        said = None if each is None else value(each) or "1"
        if said not in (None, "0", "false", "off", "none", "baseline"):
            found.append((name, "1" if name == "b" else str(said)))
    return tuple(found)


def _raised(run: Element, properties: Element | None) -> tuple[tuple[str, str], ...]:
    """A figure set higher or lower by a length, as LibreOffice writes the 2 of m²; longer text is only moved to fit its line."""
    if properties is None or properties.find(f"{W}vertAlign") is not None:
        return ()
    position = value(properties.find(f"{W}position"))
    if not position or position in ("0", "1", "-1"):
        return ()
    text = "".join(each.text or "" for each in run.iterchildren(f"{W}t"))
    if not (text.isascii() and text.isalnum() and len(text) < 4):
        return ()
    return (("vertAlign", "subscript" if position.startswith("-") else "superscript"),)


def thing_of(run: Element, child: Element) -> Element:
    """A run that holds one thing, with as much of its properties as the thing needs."""
    made = run.makeelement(run.tag, nsmap=run.nsmap)
    name = child.tag.rpartition("}")[2]
    properties = run.find(f"{W}rPr")
    if properties is not None and name == "ruby":
        made.append(deepcopy(properties))
    elif properties is not None and name in _LOOKS:
        kept = made.makeelement(f"{W}rPr")
        kept.extend(deepcopy(each) for each in properties if each.tag.rpartition("}")[2] in _LOOKS[name])
        made.append(kept)
    made.append(deepcopy(child))
    return made


def is_picture(thing: Element | None) -> bool:
    """Whether a thing takes room in its line: a picture, a formula; not what floats beside the text."""
    if thing is None:
        return False
    tall = thing.iter(_INLINE, _FORMULA, f"{W}pict", f"{W}object")
    return any(each.tag in (_INLINE, _FORMULA) or not is_fallback(each) for each in tall)


def is_fallback(each: Element) -> bool:
    """Whether something stands in for a thing that older programs do not know."""
    return any(parent.tag.endswith("}Fallback") for parent in each.iterancestors())
