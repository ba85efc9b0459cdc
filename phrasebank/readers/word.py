"""Word files (.docx): the text as Word shows it, numbers of lists written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from phrasebank.errors import ReadError
from phrasebank.readers.content import MACROS, Content
from phrasebank.readers.numbering import Counter, Label, Numbering
from phrasebank.readers.ooxml import Element, Package, W, is_on, open_package, value
from phrasebank.readers.styles import Styles
from phrasebank.readers.symbols import symbol

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = " \t\r\n"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_REVISIONS = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"))
_NOTES = ("footnote", "endnote")
_REVISED = "文件带有修订：插入的文字按接受修订读入，删除的文字没有读入"
_HIDDEN = "文件里有隐藏文字，没有读入"


def read_word(data: bytes, file: str) -> Content:
    """The text of a .docx, a line for each paragraph or line in it, in the order of the document.

    Footnotes and endnotes come last, in the order of their references; running heads and comments are no part of the
    text. Raises ReadError for what is damaged, encrypted, no Word file, or declares entities.
    """
    package = open_package(data, file)
    main = package.related("", "officeDocument", "word/document.xml")
    document = package.parse(main)
    body = None if document is None else document.find(f"{W}body")
    if body is None:
        raise ReadError("不是有效的 Word 文件（.docx），请用 Word 打开后另存为 .docx", file)
    parts = {kind: package.parse(package.related(main, kind, f"word/{kind}.xml")) for kind in ("styles", "numbering")}
    styles = Styles(parts["styles"])
    walker = _Walker(styles, Numbering(parts["numbering"], styles))
    walker.walk([body])
    for kind in _NOTES:
        walker.walk(_notes(package, main, kind, walker.notes[kind]))
    return Content(tuple(walker.lines), tuple(_notices(package, walker)))


def _notes(package: Package, main: str, kind: str, referred: dict[str | None, None]) -> list[Element]:
    """The footnotes or endnotes that are referred to, in the order of their references."""
    root = package.parse(package.related(main, f"{kind}s", f"word/{kind}s.xml"))
    notes = {} if root is None else {value(note, "id"): note for note in root.iterfind(W + kind)}
    return [notes[number] for number in referred if number in notes]


def _notices(package: Package, walker: _Walker) -> Iterator[str]:
    if package.has_macros:
        yield MACROS
    if walker.revised:
        yield _REVISED
    if walker.hidden:
        yield _HIDDEN


@dataclass(slots=True)
class _Paragraph:
    """A paragraph being read: what it says so far, and where in it the walk is."""

    properties: Element | None = None
    style: str | None = None
    hides: bool = False
    """Whether its style hides it."""
    text: list[str] = field(default_factory=list)
    says_something: bool = False
    label: Label | None = None
    below: list[str] = field(default_factory=list)
    """Lines of text boxes anchored in it, which must not cut its sentences."""
    hidden: bool = False
    """Whether the run being read is hidden."""
    fields: list[bool] = field(default_factory=list)
    """For each open field, whether its instruction is being read, not its result."""
    instructions: int = 0
    """In how many instructions of fields the walk is."""


class _Walker:
    """Goes from element to element in the order of the document; without recursion, since files may nest to any depth."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.lines: list[str] = []
        self.notes: dict[str, dict[str | None, None]] = {kind: {} for kind in _NOTES}  # numbers, in order, each once
        self.hidden = self.revised = False
        self._styles, self._numbering = styles, numbering
        self._counters: list[Counter] = []  # one for the body or the notes, one for each open text box
        self._open = [_Paragraph(below=self.lines)]  # what lies outside of paragraphs is no text
        self._unfinished: _Paragraph | None = None  # goes on in the next, since its mark is deleted or hidden

    @property
    def _paragraph(self) -> _Paragraph:
        """The innermost paragraph that is open."""
        return self._open[-1]

    def walk(self, roots: Sequence[Element]) -> None:
        """Reads the body, or all notes of a kind."""
        self._counters = [Counter(self._numbering)]
        for root in roots:
            self.revised = self.revised or next(root.iter(*_REVISIONS), None) is not None
            self._read(root)
            self._finish(root)

    def _read(self, root: Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"), tag=(*_AT_START, *_LEFT_OUT))
        for event, element in walk:
            if event == "end":
                if element.tag in _AT_END:
                    _AT_END[element.tag](self, element)
            elif element.tag in _LEFT_OUT or _AT_START[element.tag](self, element):
                walk.skip_subtree()

    # What happens at the start of elements. True: what is inside is left out.

    def _begin(self, element: Element) -> None:
        paragraph, self._unfinished = self._unfinished or _Paragraph(), None
        paragraph.properties = element.find(f"{W}pPr")
        paragraph.style = self._styles.of(paragraph.properties)
        paragraph.hides = self._styles.hides(paragraph.style)
        self._open.append(paragraph)

    def _run(self, _: Element) -> None:
        self._paragraph.hidden = self._paragraph.hides

    def _run_style(self, element: Element) -> None:
        self._paragraph.hidden = self._paragraph.hidden or self._styles.hides(value(element))

    def _vanish(self, element: Element) -> None:
        self._paragraph.hidden = is_on(element)

    def _text(self, element: Element) -> None:
        text = element.text or ""
        self._add(_spaces(text if element.get(_SPACE) == "preserve" else text.strip(_BLANKS)))

    def _break(self, element: Element) -> None:
        self._add("" if value(element, "type") in ("page", "column") else "\n")

    def _character(self, element: Element) -> None:
        self._add(_CHARACTERS[element.tag])

    def _symbol(self, element: Element) -> None:
        self._add(symbol(value(element, "font") or "", value(element, "char") or ""))

    def _field(self, element: Element) -> None:
        paragraph, kind = self._paragraph, value(element, "fldCharType")
        if kind == "begin":
            paragraph.fields.append(True)
            paragraph.instructions += 1
        elif paragraph.fields:
            paragraph.instructions -= paragraph.fields.pop()
            if kind == "separate":
                paragraph.fields.append(False)

    def _note(self, element: Element) -> None:
        if not self._paragraph.hidden:
            self.notes[etree.QName(element).localname.removesuffix("Reference")][value(element, "id")] = None

    def _box(self, element: Element) -> bool:
        self._finish(element)
        self._counters.append(Counter(self._numbering))
        self.hidden = self.hidden or self._paragraph.hidden
        return self._paragraph.hidden

    def _row(self, element: Element) -> bool:
        return element.find(f"{W}trPr/{W}del") is not None

    def _cell(self, element: Element) -> bool:
        self._finish(element)
        merged = (element.find(f"{W}tcPr/{W}{name}") for name in ("vMerge", "hMerge"))
        covered = any(each is not None and value(each) != "restart" for each in merged)
        self.hidden = self.hidden or (covered and any(text.text for text in element.iter(f"{W}t")))
        return covered or element.find(f"{W}tcPr/{W}cellDel") is not None

    def _alternative(self, element: Element) -> bool:
        return element.getprevious() is not None  # the first says it all

    # What happens at their end.

    def _end(self, _: Element) -> None:
        paragraph = self._open.pop()
        mark = None if paragraph.properties is None else paragraph.properties.find(f"{W}rPr")
        vanish = None if mark is None else mark.find(f"{W}vanish")
        hidden = paragraph.hides if vanish is None else is_on(vanish)
        swallowed = _is_deleted(mark) or _is_drop_cap(paragraph.properties) or (hidden and not paragraph.says_something)
        if not swallowed:
            paragraph.label = paragraph.label or self._counters[-1].count(paragraph.properties, paragraph.style)
        if swallowed or hidden:  # a hidden mark is how Word sets a heading that runs into its paragraph apart
            self._unfinished = paragraph
        else:
            self._write(paragraph)

    def _end_box(self, element: Element) -> None:
        self._finish(element)
        self._counters.pop()

    def _finish(self, _: Element) -> None:
        """No paragraph goes on beyond here."""
        paragraph, self._unfinished = self._unfinished, None
        if paragraph and (paragraph.says_something or paragraph.below):
            self._write(paragraph)

    def _write(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.text)
        if paragraph.label and paragraph.says_something:  # a number alone says nothing, though it counts
            text = paragraph.label.before(text)
        self._paragraph.below += [*text.split("\n"), *paragraph.below]

    def _add(self, text: str) -> None:
        paragraph, says_something = self._paragraph, bool(text) and not text.isspace()
        if paragraph.hidden:
            self.hidden = self.hidden or says_something
        elif not paragraph.instructions:
            paragraph.text.append(text)
            paragraph.says_something = paragraph.says_something or says_something


_LEFT_OUT = frozenset(W + name for name in ("pPr", "rPrChange", "sdtPr", "del", "moveFrom", "rt"))
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_AT_START: dict[str, Callable[[_Walker, Element], bool | None]] = {
    f"{W}p": _Walker._begin,
    f"{W}r": _Walker._run,
    f"{_MATH}r": _Walker._run,
    f"{W}rStyle": _Walker._run_style,
    f"{W}vanish": _Walker._vanish,
    f"{W}t": _Walker._text,
    f"{_MATH}t": _Walker._text,
    f"{W}br": _Walker._break,
    **dict.fromkeys(_CHARACTERS, _Walker._character),
    f"{W}sym": _Walker._symbol,
    f"{W}fldChar": _Walker._field,
    f"{W}footnoteReference": _Walker._note,
    f"{W}endnoteReference": _Walker._note,
    f"{W}tr": _Walker._row,
    f"{W}tc": _Walker._cell,
    f"{W}txbxContent": _Walker._box,
    f"{_CHOICES}Choice": _Walker._alternative,
    f"{_CHOICES}Fallback": _Walker._alternative,
}
_AT_END: dict[str, Callable[[_Walker, Element], None]] = {
    f"{W}p": _Walker._end,
    f"{W}tc": _Walker._finish,
    f"{W}txbxContent": _Walker._end_box,
}


def _spaces(text: str) -> str:
    """Line ends in the source of a part are spaces, as in all XML."""
    return text.replace("\r", " ").replace("\n", " ") if "\n" in text or "\r" in text else text


def _is_deleted(mark: Element | None) -> bool:
    """Whether the mark at the end of a paragraph was deleted: then it goes on in the next, whose number it has."""
    return mark is not None and any(mark.find(W + name) is not None for name in ("del", "moveFrom"))


def _is_drop_cap(properties: Element | None) -> bool:
    """Whether a paragraph is the first letter, set large, of the next."""
    frame = None if properties is None else properties.find(f"{W}framePr")
    return value(frame, "dropCap") in ("drop", "margin")
