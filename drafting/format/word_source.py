"""The body of a .docx as lines of bits: what may be set anew, and the places where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from drafting.format.bits import UNSEEN, Bit, text_of
from drafting.format.word_runs import is_fallback, looks, text_in, thing_of
from drafting.opc import Docx
from phrasebank.readers.numbering import Counter, Numbering
from phrasebank.readers.ooxml import Element, W, is_on, value
from phrasebank.readers.styles import Styles

_UNWRAPPED = frozenset(W + name for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo"))
_GONE = frozenset(
    W + name
    for name in ("pPr", "rPr", "proofErr", "lastRenderedPageBreak", "softHyphen", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr",
                 "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")
)
_MOVES = frozenset(tag for tag in _GONE if tag.startswith(f"{W}move"))
_DELETED = frozenset(W + name for name in ("del", "moveFrom"))
_REVISED = (*_DELETED, f"{W}ins", f"{W}moveTo")
_PICTURE = ("drawing", "pict", "object")
_NOTES = tuple(W + f"{kind}Reference" for kind in ("footnote", "endnote", "comment"))
_HEADING = re.compile(r"heading ([1-4])|标题 ?([1-4])")
_CONTENTS = re.compile(r"toc \d|toc heading|目录.*")
_TITLES = ("title", "标题", "公文标题")
_TABLE_NOTE = re.compile(r"\s*(?:备?\s*注|附\s*注|(?:填表)?说明|[资数][料据]来源)\s*\d?\s*[：:]")
"""How a note begins that stands below a table and goes with it."""


@dataclass(slots=True)
class Source:
    """Lines of a body with their places: the elements that new paragraphs are put before.

    `old` are the paragraphs that give way. `kept` counts lines that only hold the place of a table or the like.
    """

    lines: list[tuple[Bit, ...]] = field(default_factory=list)
    places: list[Element] = field(default_factory=list)
    old: list[Element] = field(default_factory=list)
    fences: set[int] = field(default_factory=set)
    turns: set[int] = field(default_factory=set)
    hints: dict[int, int] = field(default_factory=dict)
    kept: int = 0
    numbers: int = 0
    bullets: int = 0
    links: int = 0
    tables: int = 0
    pictures: int = 0
    notes: int = 0
    split: int = 0
    notices: list[str] = field(default_factory=list)

    @property
    def barriers(self) -> frozenset[int]:
        """Lines over which no sentence goes on."""
        return frozenset(self.fences)

    @property
    def breaks(self) -> frozenset[int]:
        """Lines that begin a new page."""
        return frozenset(self.turns)

    def clear(self) -> None:
        """Takes out the paragraphs that were set anew, but for what a section or a table needs behind it."""
        for paragraph in self.old:
            section = paragraph.find(f"{W}pPr/{W}sectPr")
            before, after = paragraph.getprevious(), paragraph.getnext()
            last = after is None or after.tag == f"{W}sectPr"
            parts = before is not None and before.tag == f"{W}tbl" and (last or after.tag == f"{W}tbl")
            parts = parts or (last and before is not None and before.find(f"{W}pPr/{W}sectPr") is not None)
            if section is not None and _takes(before):
                before.find(f"{W}pPr").append(section)
            if (section is not None and not _takes(before, section)) or parts:
                _shrink(paragraph)
            else:
                paragraph.getparent().remove(paragraph)


def _shrink(paragraph: Element) -> None:
    """Leaves of a paragraph that only parts or ends something a line one point high: an empty one may fill a page of its own."""
    section = paragraph.find(f"{W}pPr/{W}sectPr")
    for child in list(paragraph):
        paragraph.remove(child)
    properties = paragraph.get_or_add_pPr()
    spacing = properties.get_or_add_spacing()
    for name, length in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(W + name, length)
    if section is not None:
        properties.append(section)


def _takes(before: Element | None, section: Element | None = None) -> bool:
    """Whether a paragraph that was set anew ends the section, or may."""
    found = None if before is None or before.tag != f"{W}p" else before.find(f"{W}pPr/{W}sectPr")
    return before is not None and before.tag == f"{W}p" and (found is section)


def read_source(document: Docx) -> Source:
    """The body of a document. Content controls around paragraphs are taken off it, tracked changes accepted."""
    body = document.element.body
    if (document.styles.element.tag, document.settings.element.tag) != (f"{W}styles", f"{W}settings"):
        raise ValueError("parts of other kinds")
    _unwrap(body)
    source = Source()
    parts = {each.reltype.rpartition("/")[2]: each.target_part for each in document.part.rels.values() if not each.is_external}
    styles = Styles(document.styles.element)
    numbering = getattr(parts.get("numbering"), "element", None)
    numbers = Numbering(numbering, styles)
    reader = _Reader(source, styles, numbers, Counter(numbers), _names(document.styles.element))
    reader.read(body)
    if reader.is_cut(Counter(numbers)):
        source.notices.append("表格里接着正文往下数的自动编号，也改成了文字")
    if reader.noted:
        source.notices.append("表格下面的注随表格保留原样，没有改字体和标点")
    source.pictures = sum(1 for tag in _PICTURE for each in body.iter(W + tag) if not is_fallback(each))
    source.notes = sum(1 for _ in body.iter(*_NOTES))
    source.notices += _revisions(body, source.old)
    return source


def _revisions(body: Element, old: Sequence[Element]) -> Iterator[str]:
    """What became of tracked changes: accepted in the paragraphs that give way, left in tables and the like."""
    given = set(old)
    if any(next(paragraph.iter(*_REVISED), None) is not None for paragraph in old):
        yield "正文里的修订已按接受处理：插入的留下，删除的去掉"
    if any(next(child.iter(*_REVISED), None) is not None for child in body if child not in given):
        yield "表格等原样保留的内容里有修订，没有改动，请在 Word 里接受或拒绝"


def _unwrap(body: Element) -> None:
    """Content controls and the like around whole paragraphs, but for a table of contents, give way to what they hold; marks of
    moves between paragraphs go."""
    for mark in body.findall("*"):
        if mark.tag in _MOVES:
            body.remove(mark)
    for wrapper in list(body.iter(f"{W}sdt", f"{W}customXml", f"{W}smartTag")):
        if wrapper.getparent() is not body or _is_contents(wrapper):
            continue
        inner = wrapper.find(f"{W}sdtContent")
        for child in list(wrapper if inner is None else inner):
            if child.tag not in _GONE:
                wrapper.addprevious(child)
        body.remove(wrapper)


def _is_contents(wrapper: Element) -> bool:
    gallery = wrapper.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return value(gallery) == "Table of Contents"


def _names(styles: Element) -> dict[str | None, str]:
    return {value(style, "styleId"): (value(style.find(f"{W}name")) or "").casefold() for style in styles.iterfind(f"{W}style")}


@dataclass(slots=True)
class _Reader:
    """Goes through a body; `going` are bits of a paragraph that goes on in the next, since its mark is deleted."""

    source: Source
    styles: Styles
    numbering: Numbering
    counter: Counter
    names: dict[str | None, str]
    bits: list[Bit] = field(default_factory=list)
    going: list[Bit] = field(default_factory=list)
    noted: bool = False
    inside: list[tuple[Element, str]] = field(default_factory=list)
    """Paragraphs of what is kept, with their automatic numbers."""

    def is_cut(self, counter: Counter) -> bool:
        """Whether numbers in what is kept went on from the body, and were written out: alone they would begin again."""
        alone = [self._label(paragraph, counter) for paragraph, _ in self.inside]
        cut = any(was != now for (_, was), now in zip(self.inside, alone, strict=True))
        for paragraph, label in self.inside if cut else ():
            if label:
                _write_out(paragraph, label)
        return cut

    def read(self, body: Element) -> None:
        """All that stands in the body, in its order."""
        for child in list(body):
            if child.tag == f"{W}p" and _is_table_note(child):
                self._keep(child)
                self.noted = True
            elif child.tag == f"{W}p" and not self._is_listed(child):
                self._paragraph(child)
            elif child.tag in (f"{W}p", f"{W}tbl", f"{W}sdt") or child.tag.endswith(("}AlternateContent", "}altChunk", "}oMathPara")):
                self._keep(child)
        if self.going:  # nothing came that it could go on in
            self.source.lines.append(tuple(self.going))
            self.source.places.append(self.source.old[-1])

    def _is_listed(self, paragraph: Element) -> bool:
        """Whether a paragraph is an entry of a table of contents."""
        style = self.styles.of(paragraph.find(f"{W}pPr"))
        return _CONTENTS.fullmatch(self.names.get(style, "")) is not None

    def _keep(self, child: Element) -> None:
        """Something that stays as it is: numbers in it count on, and no sentence goes on beyond it."""
        self.inside += ((paragraph, self._label(paragraph, self.counter)) for paragraph in child.iter(f"{W}p"))
        self.source.tables += child.tag == f"{W}tbl"
        if len(self.source.lines) in self.source.turns:  # the page break was in the paragraph before
            child.addprevious(_page_break(child))
            self.source.turns.discard(len(self.source.lines))
        self.source.kept += 1
        self.source.fences.add(len(self.source.lines))
        self.source.lines.append(())
        self.source.places.append(child)

    def _label(self, paragraph: Element, counter: Counter) -> str:
        """Counts a paragraph and gives its number as text."""
        properties = paragraph.find(f"{W}pPr")
        label = counter.count(properties, self.styles.of(properties))
        return label.before("一")[:-1] if label else ""

    def _has_bullet(self, paragraph: Element) -> bool:
        """Whether a list puts a sign before a paragraph that is no number."""
        properties = paragraph.find(f"{W}pPr")
        found, at = self.numbering.place(properties, self.styles.of(properties))
        level = None if found is None else found.levels.get(at)
        return level is not None and level.format == "bullet" and bool(level.text.strip())

    def _paragraph(self, paragraph: Element) -> None:
        first = len(self.source.lines)
        self.bits, self.going = self.going, []
        for child in paragraph:
            self._inline(child, paragraph)
        self.source.old.append(paragraph)
        if _goes_on(paragraph):
            self.going = self.bits
            return
        label = self._label(paragraph, self.counter)
        self._line(paragraph)
        if self._name(paragraph) in _TITLES:
            self._close_title(first)
        self._describe(paragraph, first, label)

    def _name(self, paragraph: Element) -> str:
        """The name of a paragraph's style."""
        return self.names.get(self.styles.of(paragraph.find(f"{W}pPr")), "")

    def _close_title(self, first: int) -> None:
        """Makes one line of those that a title was broken into, as our own titles are; a subtitle or a date stays on its own."""
        if any(at >= first for at in (*self.source.fences, *self.source.turns)):
            return
        made: list[tuple[Bit, ...]] = []
        for line in self.source.lines[first:]:
            text = text_of(line).strip()
            if made and text and text[0] not in "—－-（(":
                latin = text_of(made[-1])[-1:].isascii() and text[0].isascii()
                made[-1] = (*made[-1], *((Bit(" "),) if latin else ()), *line)
            else:
                made.append(line)
        self.source.lines[first:] = made
        del self.source.places[first + len(made) :]

    def _describe(self, paragraph: Element, first: int, label: str) -> None:
        """Puts the automatic number before the first line that says something, and notes what the paragraph tells of it."""
        says = [at for at in range(first, len(self.source.lines)) if any(bit.text.strip() for bit in self.source.lines[at])]
        self.source.split += max(0, len(says) - 1)
        if label and says:
            self.source.lines[says[0]] = (Bit(label), *self.source.lines[says[0]])
            self.source.numbers += 1
        self.source.bullets += bool(says) and self._has_bullet(paragraph)
        properties = paragraph.find(f"{W}pPr")
        name = _HEADING.fullmatch(self._name(paragraph))
        if name and len(says) == 1:
            self.source.hints[says[0]] = int(name[1] or name[2])
        if properties is not None and properties.find(f"{W}sectPr") is not None:
            self.source.fences.add(len(self.source.lines))
            self.source.lines.append(())
            self.source.places.append(paragraph)
            self.source.kept += 1

    def _line(self, paragraph: Element) -> None:
        """Ends a line."""
        at = len(self.source.lines)
        if self.bits and not any(bit.text.strip() for bit in self.bits):
            self.source.fences.add(at)  # a picture
        self.source.lines.append(tuple(self.bits))
        self.source.places.append(paragraph)
        self.bits = []

    def _inline(self, child: Element, paragraph: Element) -> None:
        """Something inside a paragraph."""
        if child.tag == f"{W}r":
            self._run(child, paragraph)
        elif child.tag in _UNWRAPPED:
            self.source.links += child.tag == f"{W}hyperlink"
            for inner in child:
                self._inline(inner, paragraph)
        elif child.tag not in _GONE and child.tag not in _DELETED:
            self.bits.append(Bit(thing=deepcopy(child)))

    def _run(self, run: Element, paragraph: Element) -> None:
        properties = run.find(f"{W}rPr")
        hidden = None if properties is None else properties.find(f"{W}vanish")
        if hidden is not None and is_on(hidden):
            self.bits.append(Bit(thing=deepcopy(run)))
            return
        look = looks(run)
        for child in run:
            text = text_in(child)
            if text is not None:
                self._add(text, look)
            elif child.tag in (f"{W}br", f"{W}cr"):
                self._break(child, paragraph)
            elif child.tag not in _GONE:
                self.bits.append(Bit(thing=thing_of(run, child)))

    def _add(self, text: str, look: tuple[tuple[str, str], ...]) -> None:
        """Some text, in one bit with what has the same look before it."""
        text = UNSEEN.sub("", text)
        if self.bits and self.bits[-1].look == look and self.bits[-1].thing is None:
            text = self.bits.pop().text + text
        if text:
            self.bits.append(Bit(text, look))

    def _break(self, child: Element, paragraph: Element) -> None:
        kind = value(child, "type")
        if kind == "column":
            return
        if kind != "page" or self.bits:
            self._line(paragraph)
        if kind == "page":
            self.source.turns.add(len(self.source.lines))


def _is_table_note(paragraph: Element) -> bool:
    """Whether a paragraph is the note of the table above it, which is set smaller and made to stand on the table's page."""
    before = paragraph.getprevious()
    while before is not None and before.tag == f"{W}p" and not len(before.findall(f"{W}r")):
        before = before.getprevious()
    if before is None or before.tag != f"{W}tbl" or paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return False
    return _TABLE_NOTE.match("".join(text.text or "" for text in paragraph.iter(f"{W}t"))) is not None


def _goes_on(paragraph: Element) -> bool:
    """Whether a paragraph goes on in the next: its mark is deleted, or it is a letter set large before it."""
    properties = paragraph.find(f"{W}pPr")
    mark = None if properties is None else properties.find(f"{W}rPr")
    deleted = mark is not None and any(mark.find(tag) is not None for tag in _DELETED)
    frame = None if properties is None else properties.find(f"{W}framePr")
    return deleted or value(frame, "dropCap") in ("drop", "margin")


def _write_out(paragraph: Element, label: str) -> None:
    """Puts an automatic number into its paragraph as text, in the look of its first words."""
    first = next(paragraph.iter(f"{W}r"), None)
    run = paragraph.makeelement(f"{W}r")
    if first is not None and first.find(f"{W}rPr") is not None:
        run.append(deepcopy(first.find(f"{W}rPr")))
    text = run.makeelement(f"{W}t")
    text.text = label
    run.append(text)
    properties = paragraph.get_or_add_pPr()
    properties.addnext(run)
    properties.get_or_add_numPr().get_or_add_numId().val = 0


def _page_break(near: Element) -> Element:
    """A paragraph that does nothing but begin a page."""
    made = near.makeelement(f"{W}p", nsmap=near.nsmap)
    run = made.makeelement(f"{W}r")
    turn = made.makeelement(f"{W}br")
    turn.set(f"{W}type", "page")
    run.append(turn)
    made.append(run)
    return made
