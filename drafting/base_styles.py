"""The styles of a user's own .docx: which of them plays which role of a draft, and what it inherits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from phrasebank.readers.ooxml import Element, W, number, value

_BODY = (
    "公文正文", "正文缩进", "Normal Indent", "正文首行缩进", "Body Text First Indent", "正文文本缩进", "Body Text Indent",
    "正文文本", "Body Text", "Normal",
)  # fmt: skip
_SMALLEST = 10.0
"""The size of type in points where a file names none (ECMA-376-1, 17.3.2.38)."""
_FIRST_LINE = tuple(W + name for name in ("firstLineChars", "firstLine", "hangingChars", "hanging"))


@dataclass(frozen=True, slots=True)
class _Role:
    """Names of styles that may play a role, the best first, and how body text is bent to it where a file has none of them."""

    names: tuple[str, ...]
    align: str = ""
    indent: bool = False
    bold: bool = False


_ROLES = {
    "": _Role((), indent=True),
    "Title": _Role(("公文标题", "标题", "Title"), "center", bold=True),
    "Subtitle": _Role(("副标题", "Subtitle"), "center"),
    "Speaker": _Role(("署名", "副标题", "Subtitle"), "center"),
    "Date": _Role(("日期", "Date", "副标题", "Subtitle"), "center"),
    "Address": _Role(("称谓", "Salutation", "正文首行不缩进")),
    # 落款 first: in our own .docx 署名 and Date are the centred lines under the title.
    "SignOff": _Role(("落款", "署名", "Signature"), "right"),
    "SignDate": _Role(("落款日期", "日期", "落款", "Date", "署名", "Signature"), "right"),
    **dict.fromkeys(("Attachment", "AttachmentItem"), _Role(("附件说明", "附件"), indent=True)),
    "AttachmentLabel": _Role(("附件标识", "正文首行不缩进")),
    **{f"RunIn{n}": _Role((f"段首标题 {n}",), indent=True) for n in range(1, 5)},
    **{
        f"Heading{n}": _Role((f"标题 {n}", f"Heading {n}", f"{'一二三四'[n - 1]}级标题"), indent=True, bold=True)
        for n in range(1, 5)
    },
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is set: its style, and what is set by hand because the style does not.

    `style` is a style's id, empty for the file's default. `align` is a value of w:jc. `indent` holds attributes of w:ind.
    `unnumbered` takes off the style's automatic number: the draft's own stands in the text.
    """

    style: str
    align: str
    indent: dict[str, int]
    bold: bool
    unnumbered: bool


class BaseStyles:
    """The paragraph styles of a file, from the root of its styles part.

    `used` are the ids of styles that paragraphs with text have, empty for the default.
    """

    def __init__(self, root: Element, used: Collection[str]) -> None:
        styles = root.findall(f"{W}style")
        self._defaults = root.findall(f"{W}docDefaults/*")
        self._by_id = {value(style, "styleId"): style for style in styles}
        paragraphs = [style for style in styles if value(style, "type") == "paragraph"]
        self._by_name = {_key(value(style.find(f"{W}name")) or ""): style for style in reversed(paragraphs)}
        default = next((style for style in paragraphs if value(style, "default") in ("1", "true", "on")), None)
        # LibreOffice writes Body Text into every file, so a built-in style counts where text is set in it.
        body = self._first(name for name in _BODY if not (name.isascii() and used) or self._id(name) in used)
        self._body = default if body is None else body

    def look(self, role: str) -> Look:
        """How paragraphs of a role of `drafting.paragraphs` are set."""
        part, own = _ROLES[role], self._named(role)
        style = self._body if own is None else own
        return Look(
            style=("" if style is None else value(style, "styleId")) or "",
            align=part.align if own is None else "",
            indent=self._indent(style, part.indent) if style is self._body else {},
            bold=part.bold and own is None,
            unnumbered=self._inherited(style, "pPr/numPr") is not None,
        )

    def heading_font(self, level: int) -> Element | None:
        """The w:rPr of a level's heading style or of the nearest it is based on, as far as body text has not the same."""
        shared = list(self._lineage(self._body))
        for style in self._lineage(self._named(f"Heading{level}")):
            font = style.find(f"{W}rPr")
            if font is not None and len(font) and style not in shared:
                return font
        return None

    def size(self, role: str) -> float:
        """The size of a role's type in points."""
        half = number(self._inherited(self._by_id.get(self.look(role).style), "rPr/sz"))
        return half / 2 if half else _SMALLEST

    def _indent(self, style: Element | None, wanted: bool) -> dict[str, int]:
        """Two characters, counted and in twips for readers that cannot count; nothing where the style has an indent of its own."""
        if not wanted:
            return dict.fromkeys(("leftChars", "left", "firstLineChars", "firstLine"), 0)
        places = (place.attrib for place in self._all(style, "pPr/ind"))
        found = next(([p[name] for name in _FIRST_LINE if name in p] for p in places if set(_FIRST_LINE) & set(p)), [])
        if any(length not in ("", "0") for length in found):
            return {}
        half = number(self._inherited(style, "rPr/sz"))
        return {"firstLineChars": 200, "firstLine": round((half / 2 if half else _SMALLEST) * 2 * 20)}

    def _named(self, role: str) -> Element | None:
        return self._first(_ROLES[role].names)

    def _first(self, names: Iterable[str]) -> Element | None:
        """The first of the styles that the file has."""
        return next((self._by_name[key] for key in map(_key, names) if key in self._by_name), None)

    def _id(self, name: str) -> str | None:
        style = self._by_name.get(_key(name))
        return None if style is None else value(style, "styleId")

    def _inherited(self, style: Element | None, path: str) -> Element | None:
        return next(self._all(style, path), None)

    def _all(self, style: Element | None, path: str) -> Iterator[Element]:
        """A property of a style, then of those it is based on, then of the file's defaults."""
        path = "/".join(W + name for name in path.split("/"))
        for place in (*self._lineage(style), *self._defaults):
            if (found := place.find(path)) is not None:
                yield found

    def _lineage(self, style: Element | None) -> Iterator[Element]:
        """A style and those it is based on, each once: damaged files have them in a circle."""
        seen: set[str | None] = set()
        while style is not None and (name := value(style, "styleId")) not in seen:
            seen.add(name)
            yield style
            style = self._by_id.get(value(style.find(f"{W}basedOn")))


def _key(name: str) -> str:
    """A style's name without what programs write differently: capitals and blanks."""
    return "".join(name.casefold().split())
