"""Word files as packages of parts (ECMA-376-2): checked before they are unpacked, parsed without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree

from phrasebank.errors import ReadError
from phrasebank.readers.limits import check_archive, open_archive, read_entry

Element: TypeAlias = Any
"""An element of lxml, which brings no types."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of WordprocessingML, as lxml writes it before a tag."""
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AGAIN = "请用 Word 打开后另存为 .docx"


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute of the namespace of WordprocessingML, None without element or attribute."""
    return None if element is None else element.get(W + name)


def number(element: Element | None, name: str = "val") -> int | None:
    """An attribute as a number of at most nine digits, else None."""
    text = (value(element, name) or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def is_on(element: Element) -> bool:
    """Whether a property that is there is switched on (ECMA-376-1, 17.17.4, ST_OnOff)."""
    return value(element) not in ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Package:
    """An opened Word file; `entries` by their names in lower case, for names of parts do not tell case."""

    file: str
    archive: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]

    @property
    def has_macros(self) -> bool:
        """Whether there is a macro project."""
        return any(posixpath.basename(name) == "vbaproject.bin" for name in self.entries)

    def related(self, part: str, kind: str, usual: str) -> str:
        """The name of the part that `part` ("" for the package) is related to by `kind`; `usual` when nothing says so."""
        folder, name = posixpath.split(part)
        root = self.parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in () if root is None else root:
            if relation.get("Type", "").endswith(f"/{kind}"):
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                if target.lower() in self.entries:
                    return target
        return usual

    def parse(self, part: str) -> Element | None:
        """The root of a part, None for a part that is not there. Raises ReadError for one that is damaged."""
        entry = self.entries.get(part.lower())
        if entry is None:
            return None
        parser = etree.XMLParser(
            encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(self._xml(entry), parser)
        except etree.XMLSyntaxError as error:
            fault = "嵌套过深" if "depth" in str(error) else "已损坏"
            raise ReadError(f"Word 文件里的 {part} {fault}，读不了，{_SAVE_AGAIN}", self.file) from None

    def check(self) -> None:
        """Raises ReadError if any part in XML is damaged or declares a document type or entities."""
        for name, entry in self.entries.items():
            if name.endswith((".xml", ".rels")):
                self._xml(entry)

    def _xml(self, entry: zipfile.ZipInfo) -> bytes:
        """A part in UTF-8, whatever its header says, in the transitional namespace, free of declarations."""
        try:
            data = _utf8(read_entry(self.archive, entry, self.file))
        except (ReadError, UnicodeDecodeError):
            raise ReadError(f"Word 文件里的 {entry.filename} 已损坏，读不了，{_SAVE_AGAIN}", self.file) from None
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise ReadError(f"文件里有 DTD 或实体声明，可能有害，为安全起见不读，{_SAVE_AGAIN}", self.file)
        return data.replace(_STRICT, W[1:-1].encode())


def open_package(data: bytes, file: str) -> Package:
    """Opens a Word file. Raises ReadError for one that is no .docx, is encrypted or damaged, or would burst the memory."""
    if data.startswith(_OLE):
        raise ReadError(_ole_fault(data), file)
    if not data.startswith(b"PK"):
        raise ReadError(f"不是有效的 Word 文件（.docx），{_SAVE_AGAIN}", file)
    archive = open_archive(io.BytesIO(data), file)
    entries = archive.infolist()
    check_archive(entries, file)
    package = Package(file, archive, {_name(entry): entry for entry in entries})
    package.check()
    return package


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/").lstrip("/").lower()


def _ole_fault(data: bytes) -> str:
    """What is wrong with a file that is an OLE container and no zip archive."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "文件有密码，打不开，请用 Word 打开，去掉密码后另存为 .docx"
    return "这是旧格式的文件（.doc 或 .wps），只是扩展名写成了 .docx，请用 Word 或 WPS 打开后另存为 .docx"


def _utf8(data: bytes) -> bytes:
    """XML in UTF-16, which Word may read too, as UTF-8; other bytes as they are."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16").encode()
    if data.startswith((b"<\0", b"\0<")):
        return data.decode("utf-16-le" if data[1] == 0 else "utf-16-be").encode()
    return data
