"""Kinds of readable files: their endings, their names, their readers, and how the first bytes tell them."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from phrasebank.errors import ReadError
from phrasebank.readers.encodings import decoded
from phrasebank.readers.limits import open_archive


@dataclass(frozen=True, slots=True)
class Kind:
    """A file format.

    `name` is what messages call it; `suffixes` are endings that messages list, `aliases` others of the same kind;
    `reader` is module and function, empty for what is known but not read.
    """

    name: str
    suffixes: tuple[str, ...] = ()
    reader: str = ""
    aliases: tuple[str, ...] = ()

    def named(self, suffix: str) -> bool:
        """Whether an ending of a file's name is one of this kind."""
        return suffix.lower() in (*self.suffixes, *self.aliases)


TEXT = Kind("纯文本", (".txt",), "plain.read_text", (".text",))
MARKDOWN = Kind("Markdown", (".md",), "markdown.read_markdown", (".markdown",))
WORD = Kind("Word 文档（docx）", (".docx",), "word.read_word", (".docm",))
OLD_WORD = Kind("旧版 Word 文档（doc）", (".doc", ".wps"), "office.read_office")
RICH_TEXT = Kind("RTF 文档", (".rtf",), "office.read_office")
OPEN_DOCUMENT = Kind("ODT 文档", (".odt",), "office.read_office")
WEB_PAGE = Kind("网页", (".html",), "webpage.read_webpage", (".htm", ".xhtml", ".shtml"))
WEB_ARCHIVE = Kind("单文件网页（MHT）", (".mht",), "webpage.read_webpage", (".mhtml",))
PDF = Kind("PDF 文件", (".pdf",), "pdf.read_pdf")
ZIP = Kind("压缩包", (".zip",), "archive.read_archive")

KINDS = (TEXT, MARKDOWN, WORD, OLD_WORD, RICH_TEXT, OPEN_DOCUMENT, WEB_PAGE, WEB_ARCHIVE, PDF, ZIP)
_BY_SUFFIX = {suffix: kind for kind in KINDS for suffix in (*kind.suffixes, *kind.aliases)}

SUFFIXES = frozenset(_BY_SUFFIX)
"""Endings of the names of readable files, in lower case."""

READABLE = "、".join(suffix for kind in KINDS for suffix in kind.suffixes)
"""The endings as messages list them."""

_WORD_XML = Kind("Word XML 文档", (), "office.read_office")
_SPREADSHEET = Kind("电子表格")
_SLIDES = Kind("演示文稿")
_LOCKED = Kind("加了密码的文档")
_SIGNATURES = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RICH_TEXT),
    (b"Rar!\x1a\x07", Kind("RAR 压缩包")),
    (b"7z\xbc\xaf\x27\x1c", Kind("7z 压缩包")),
    (b"\x1f\x8b\x08", Kind("gzip 压缩包")),
    (b"\x89PNG\r\n", Kind("图片")),
    (b"\xff\xd8\xff", Kind("图片")),
    (b"GIF8", Kind("图片")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("WordDocument", OLD_WORD),
    ("EncryptedPackage", _LOCKED),
    ("Workbook", _SPREADSHEET),
    ("PowerPoint Document", _SLIDES),
)
"""Names in the directory of an OLE file, Word first: a letter may hold a spreadsheet, not the other way round."""
_ZIP_FOLDERS = (("word/", WORD), ("xl/", _SPREADSHEET), ("ppt/", _SLIDES))
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE)
_HTML_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_MAIL_HEADER = re.compile(
    rb"\s*(?:MIME-Version|From|Subject|Date|Content-Type|X-[\w-]+|Snapshot-[\w-]+):", re.IGNORECASE
)


def kind_of(suffix: str, data: bytes) -> Kind:
    """What a file is: by its first bytes where they tell, else by its ending (unknown endings: plain text)."""
    named = _BY_SUFFIX.get(suffix.lower(), TEXT)
    told = _told(data)
    if told is ZIP and named is WORD:  # a package that has lost its text: the reader of Word files says so
        return named
    if told is None and named not in (TEXT, MARKDOWN, WEB_PAGE) and _is_prose(data):
        return TEXT
    return told or named


def _told(data: bytes) -> Kind | None:
    """What the first bytes tell; None for what has no signature, or one whose inside cannot be looked into."""
    start = data[:2048].removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, kind in _SIGNATURES:
        if start.startswith(signature):
            return kind
    if start.startswith(_OLE):
        return next((kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") in data), OLD_WORD)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    return _marked_up(start.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"))


def _packed(data: bytes) -> Kind | None:
    """What a zip file is."""
    if data[30:38] == b"mimetype" and b"application/vnd.oasis.opendocument." in data[:100]:
        return OPEN_DOCUMENT if b"opendocument.text" in data[:100] else _SPREADSHEET
    try:
        with open_archive(io.BytesIO(data), "") as archive:
            names = archive.namelist()
    except ReadError:
        return None
    return next((kind for folder, kind in _ZIP_FOLDERS if any(n.startswith(folder) for n in names)), ZIP)


def _marked_up(start: bytes) -> Kind | None:
    """What kind of marked-up text begins like this."""
    if start.startswith(b"<?xml") and (b"Word.Document" in start or b"<pkg:package" in start):
        return _WORD_XML
    if _MAIL_HEADER.match(start) and b"multipart/related" in start.lower():
        return WEB_ARCHIVE
    return WEB_PAGE if _HTML.match(_HTML_COMMENT.sub(b"", start)) else None


def _is_prose(data: bytes) -> bool:
    """Whether bytes without signature are undamaged Chinese text."""
    try:
        text = decoded(data)
    except ReadError:
        return False
    return not text.notices and re.search(r"[\u4e00-\u9fff]", text.text) is not None
