"""Web pages: .html, .htm, .xhtml, .shtml, and .mht archives of one."""

from __future__ import annotations

import email
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from phrasebank.errors import ReadError
from phrasebank.model import Removed
from phrasebank.readers.content import Content
from phrasebank.readers.counting import write_number
from phrasebank.readers.encodings import Decoded, decoded, lost
from phrasebank.readers.furniture import ROOT, Box, Line, kept_lines
from phrasebank.readers.page_title import own_title, title_of
from phrasebank.readers.plain import read_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_PAGE = 50 * 1024 * 1024
"""Bytes of a page; parsed it takes some twenty times as much."""
MAX_DEPTH = 500
"""How deep elements may stand in each other; browsers stop at 512. The parser takes quadratic time in the depth."""
MAX_BROKEN = 0.1
"""Share of the characters beyond ASCII that may be broken."""
MAX_LINK = 60
"""Characters of a link to another page; what is longer, or a whole sentence, is text that was made a link by mistake."""
MAX_TITLE = 200
"""Characters of a title."""

Unread = tuple[int, str]
"""Text that is not read, and how many lines of the page stand before it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{3,20})", re.IGNORECASE)
_CODECS = dict.fromkeys(("gb2312", "gbk", "gb18030", "gb-2312", "x-gbk"), "gb18030") | {"big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
"""What pages name and what they hold: writers of GB2312 and Big5 pages use characters of the larger sets."""
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*)")
_PAGE_TAGS = _words("html head body title meta div p br table td span font a h1 h2 h3 ul ol li section article frameset")
_NEVER_OPEN = _words("area base br col embed hr img input link meta param source track wbr p li td th tr dd dt option")
_SKIPPED = _words(
    "head script style noscript template iframe frame svg math canvas video audio object embed applet select button datalist"
    " rt rp rtc map"
)
_STRUCK = frozenset(("del", "s", "strike"))
_BLOCKS = _words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td textarea tfoot th thead tr ul xmp"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile(r"display\s*:\s*none")
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|table|flex|grid|list-item)")
_NUMBER_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z\- ]+)")
_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_FORMS = {
    "none": "none",
    "disc": "none",
    "circle": "none",
    "square": "none",
    "chinese-formal": "chineseLegalSimplified",
    "cjk": "chineseCountingThousand",
    "chinese": "chineseCountingThousand",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal": "decimal",
}
"""Parts of names of list styles in CSS, with Word's names of the same numbers."""
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十百\d]{1,4}[、.．)）]|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[条章节]")

_SPACE = " \t\u3000\xa0\r\n\f\v"
_SOURCE_SPACE = re.compile(r"[ \t\f\r\n]+")
_BLANKS = re.compile(r"[ \t\xa0]+")
_WIDE_BLANKS = re.compile(r"[ \t\xa0\u3000]{2,}")
_SENTENCE_END = tuple("。！？；：…”")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]")

def read_webpage(data: bytes, file: str) -> Content:
    """The text of a page, furniture left out, its title first. Raises ReadError for a page without text."""
    if len(data) > MAX_PAGE:
        raise ReadError("网页文件过大，为安全起见不打开，请把正文另存为 .txt 或 .docx", file)
    data = _unpacked(data, file)
    decoding = _decoded(data, file)
    source = decoding.text
    found = {match.group(2).lower() for match in _TAG.finditer(source)}
    if not found & _PAGE_TAGS:
        return read_text(data, file)
    page = _Page()
    page.read(source := _flattened(source))
    if _length(page.struck) > sum(len(line.text) for line in page.lines):  # a mark of deletion that was never closed
        page = _Page(with_struck=True)
        page.read(source)
    if not any(line.text for line in page.lines):
        raise ReadError(_no_text(found), file)
    content = _content(page)
    return replace(content, notices=(*decoding.notices, *content.notices))


def _no_text(tags: set[str]) -> str:
    if tags & {"frameset", "iframe"}:
        return "这是框架网页，正文在另一个网页里，请在浏览器里单独打开正文那一页再保存"
    return "网页里没有文字（正文可能要联网才显示），请在浏览器里打开后把正文复制到 .txt 或 .docx"


def _unpacked(data: bytes, file: str) -> bytes:
    """The page inside a web archive (.mht); other data as they are."""
    if not re.match(rb"\s*(?:From|MIME-Version|Subject|Date|Snapshot-Content-Location):", data, re.IGNORECASE):
        return data
    try:
        parts = email.message_from_bytes(data).walk()
        page = next((part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    except RecursionError:
        raise ReadError("网页存档已损坏，打不开，请在浏览器里打开原网页后重新保存", file) from None
    content = page.get_payload(decode=True) if page is not None else None
    return content if isinstance(content, bytes) else data


def _decoded(data: bytes, file: str) -> Decoded:
    """The source by its mark, else as UTF-8 if it is that, else as the page says; a few broken characters do not matter."""
    named = _CHARSET.search(data[:4096])
    codec = _CODECS.get(named.group(1).decode("ascii").lower(), "utf-8") if named else "utf-8"
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        for attempt, errors in (("utf-8", "strict"), (codec, "strict"), ("utf-8", "replace"), (codec, "replace")):
            with suppress(UnicodeDecodeError):
                text = data.decode(attempt, errors)
                if text.count("\ufffd") <= MAX_BROKEN * sum(sign > "\x7f" for sign in text) and "\0" not in text:
                    return Decoded(text, lost(text.count("\ufffd")))
    return decoded(data, file)


def _flattened(source: str) -> str:
    """The source, with opening tags too deep for the parser made line breaks."""
    opened: Counter[str] = Counter()
    kept: list[str] = []
    depth, end = 0, 0
    for match in _TAG.finditer(source):
        name = match.group(2).lower()
        if name in _NEVER_OPEN:
            continue
        if match.group(1):
            closes = opened[name] > 0
            opened[name] -= closes
            depth -= closes
        elif depth < MAX_DEPTH:
            opened[name] += 1
            depth += 1
        else:
            kept += (source[end : match.start()], "<br")
            end = match.end()
    return "".join(kept) + source[end:] if kept else source


class _Page:
    """The lines and boxes of a page, gathered in one walk over its nodes."""

    def __init__(self, with_struck: bool = False) -> None:
        self.boxes = [Box(ROOT, "html")]
        self.lines: list[Line] = []
        self.titles: list[str] = []
        self.struck: list[Unread] = []
        self.hidden: list[Unread] = []
        self._skipped = _SKIPPED if with_struck else _SKIPPED | _STRUCK
        self._open = [ROOT]
        self._pieces: list[str] = []
        self._links: list[str] = []
        self._in_link = 0
        self._lists: list[_Numbering] = []
        self._number = ""

    def read(self, source: str) -> None:
        """Gather the lines of a page, without recursion: pages may be nested as deep as MAX_DEPTH."""
        from selectolax.lexbor import LexborHTMLParser

        tree = LexborHTMLParser(source)
        self.titles = _named_titles(tree)
        waiting: list[tuple[LexborNode, bool]] = [(tree.root, False)] if tree.root is not None else []
        while waiting:
            node, leaving = waiting.pop()
            if leaving:
                self._leave(node)
            elif node.tag == "-text":
                self._text(node.text_content or "")
            elif self._enter(node):
                waiting.append((node, True))
                waiting += ((child, False) for child in _children_backwards(node))
        self._flush()

    def _enter(self, node: LexborNode) -> bool:
        """Whether what stands in a node is to be read."""
        tag = node.tag or ""
        block = _is_block(node)
        hidden = not block and (_is_hidden(node) or "jammer" in _names(node))
        if hidden or tag in self._skipped:
            text = _text_in(node) if hidden or tag in _STRUCK else ""
            if text:
                (self.hidden if hidden else self.struck).append((len(self.lines), text))
            return False
        if block or tag == "br":
            self._flush()
        if block:
            self.boxes.append(Box(self._open[-1], tag, _names(node), _is_hidden(node)))
            self._open.append(len(self.boxes) - 1)
            self._number_item(node)
        self._in_link += tag == "a" and "href" in node.attributes
        return True

    def _leave(self, node: LexborNode) -> None:
        if _is_block(node):
            self._flush()
            self._open.pop()
        if node.tag in ("ol", "ul"):
            self._lists.pop()
        elif node.tag == "li":
            self._number = ""
        self._in_link -= node.tag == "a" and "href" in node.attributes

    def _number_item(self, node: LexborNode) -> None:
        """Open a list, or number an item of one."""
        if node.tag in ("ol", "ul"):
            self._lists.append(_Numbering(node))
        elif node.tag == "li":
            self._number = self._lists[-1].next(node) if self._lists else ""

    def _text(self, text: str) -> None:
        if self.boxes[self._open[-1]].tag in ("pre", "textarea", "xmp"):
            for line in text.split("\n"):
                self._pieces.append(line)
                self._flush()
            return
        self._pieces.append(text)
        if self._in_link:
            self._links.append(text)

    def _flush(self) -> None:
        """End the line that is being gathered."""
        text = _spaced("".join(self._pieces))
        short = [link for link in map(_spaced, self._links) if 0 < len(link) <= MAX_LINK and "。" not in link]
        links = len(self._links)
        self._pieces.clear()
        self._links.clear()
        if not text:
            return
        if self._number and not _NUMBERED.match(text):
            text = self._number + text
        self._number = ""
        for part in _paragraphs(text):
            self.lines.append(Line(part, self._open[-1], sum(map(len, short)), links))


class _Numbering:
    """The numbers of the items of a list, as a browser would show them; an unordered list has none."""

    def __init__(self, node: LexborNode) -> None:
        attributes = node.attributes
        style = _NUMBER_STYLE.search((attributes.get("style") or "").lower())
        plain = _TYPES.get(attributes.get("type") or "1", "decimal") if node.tag == "ol" else "none"
        self._form = next((form for name, form in _FORMS.items() if style and name in style.group(1)), plain)
        self._next = _whole(attributes.get("start"), 1)

    def next(self, item: LexborNode) -> str:
        """The number before an item, with its mark."""
        number = _whole(item.attributes.get("value"), self._next)
        self._next = number + 1
        sign = write_number(number, self._form)
        return sign and sign + ("、" if self._form.startswith("chinese") else ".")


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and re.fullmatch(r"[0-9]{1,4}", value.strip()) else otherwise


def _children_backwards(node: LexborNode) -> Iterator[LexborNode]:
    child = node.last_child
    while child is not None:
        yield child
        child = child.prev


def _text_in(node: LexborNode) -> str:
    """What a reader would have seen of a node that is not read: its words, without scripts and the like."""
    texts = [(part.text_content or "", part.parent) for part in node.traverse(include_text=True) if part.tag == "-text"]
    return _spaced("".join(text for text, parent in texts if parent is None or parent.tag not in _SKIPPED))


def _length(unread: Sequence[Unread]) -> int:
    return sum(len(text) for _, text in unread)


def _is_block(node: LexborNode) -> bool:
    return node.tag in _BLOCKS or _BLOCK_STYLE.search(node.attributes.get("style") or "") is not None


def _is_hidden(node: LexborNode) -> bool:
    """Not to be seen for good; `visibility: hidden` is how pages wait for their scripts."""
    attributes = node.attributes
    marked = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    return marked or _HIDDEN.search((attributes.get("style") or "").lower()) is not None


def _names(node: LexborNode) -> str:
    """Id, classes and role of a node, the words of fooBar apart, in lower case."""
    attributes = node.attributes
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    role = attributes.get("role")
    return _HUMP.sub(" ", names).lower() + (f" role={role.lower()}" if role else "")


def _spaced(text: str) -> str:
    """A line with its blanks as a reader sees them: line ends of the source inside Chinese are none, indents are off."""
    return _SOURCE_SPACE.sub(_joint, text).replace("\u200b", "").replace("\ufeff", "").strip(_SPACE)


def _joint(match: re.Match[str]) -> str:
    """What a run of white space in the source stands for."""
    text, start, end = match.string, match.start(), match.end()
    inside_chinese = start and end < len(text) and _WIDE.match(text[start - 1]) and _WIDE.match(text[end])
    return "" if inside_chinese and ("\n" in match.group() or "\r" in match.group()) else " "


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a line whose first-line indents show them though no tag does: most indents follow a sentence's end."""
    found = [match for match in _WIDE_BLANKS.finditer(text) if _is_indent(match)]
    ended = sum(text.startswith(_SENTENCE_END, match.start() - 1) for match in found)
    cuts = [(match.start(), match.end()) for match in found] if 2 * ended >= len(found) else []
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    return [_BLANKS.sub(" ", text[start:end]) for start, end in zip(starts, ends, strict=True)]


def _is_indent(blanks: re.Match[str]) -> bool:
    """Whether blanks are as wide as two characters, and do not just set off the number of an article."""
    wide = blanks.group().count("\u3000") >= 2 or blanks.group().count("\xa0") >= 4
    return wide and blanks.string[blanks.start() - 1] not in "条章节"


def _named_titles(tree: LexborHTMLParser) -> list[str]:
    """What the head of a page says its title is, the most exact first."""
    found = [tree.css_first(selector) for selector in ('meta[name="ArticleTitle" i]', 'meta[property="og:title"]')]
    named = [node.attributes.get("content") or "" for node in found if node is not None]
    title = tree.css_first("title")
    return [text for text in map(_spaced, [*named, title.text() if title is not None else ""]) if 0 < len(text) <= MAX_TITLE]


def _content(page: _Page) -> Content:
    """The text of a page, its title in front, and what was left out of it."""
    keep = kept_lines(page.boxes, page.lines)
    title = title_of(page.titles, page.boxes, page.lines, keep)
    body = [n for n, kept in enumerate(keep) if kept]
    start, end = own_title([page.lines[n].text for n in body], "".join(title))
    furniture = [(n, page.lines[n].text) for n, kept in enumerate(keep) if not kept]
    longer = [(n, page.lines[n].text) for n in body[start:end] if end - start == 1 and page.lines[n].text not in title]
    body = body[:start] + body[end:]
    unread = (("site_widget", furniture), ("duplicate_title", longer), ("hidden", page.struck + page.hidden))
    found = sorted(((n, text, kind) for kind, texts in unread for n, text in texts), key=itemgetter(0))
    dropped = tuple(Removed(len(title) + bisect_left(body, n) + 1, text, kind) for n, text, kind in found)
    return Content((*title, *(page.lines[n].text for n in body)), _notices(page, furniture), dropped=dropped)


def _notices(page: _Page, furniture: Sequence[Unread]) -> tuple[str, ...]:
    told = (
        (len(furniture), "已去掉网页上的导航、链接等 {} 行"),
        (_length(page.struck), "已略去网页上划掉的文字 {} 个字"),
        (len(page.hidden), "网页里有隐藏文字 {} 处，没有读入"),
    )
    return tuple(notice.format(count) for count, notice in told if count)
