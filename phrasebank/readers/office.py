"""Formats that LibreOffice turns into .docx for us: .doc, .wps, .rtf, .odt."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import quoteattr

from phrasebank import libreoffice
from phrasebank.errors import ReadError
from phrasebank.files import reason
from phrasebank.readers.content import MACROS, Content
from phrasebank.readers.encodings import is_prose
from phrasebank.readers.limits import MAX_FILE
from phrasebank.readers.word import read_word

TIME_LIMIT = 60.0
"""Seconds for one file; starting takes about one, a long report one more. Some real .wps never end."""

_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),  # very high
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),  # never
    ("Inet/Settings", "ooInetProxyType", "2"),  # by hand: nothing listens at the discard port, so nothing is fetched
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "WordDocument".encode("utf-16-le"), ".doc"),
    (b"{\\rtf", b"", ".rtf"),
    (b"PK\3\4", b"", ".odt"),
    (b"<?xml", b"", ".xml"),
)
"""First bytes, what there must be besides, and the ending by which LibreOffice finds the filter. All else it would take for
text: an OLE file too whose directory has lost the stream of that name ([MS-DOC] 2.1.1)."""


def read_office(data: bytes, file: str) -> Content:
    """The text of a file that LibreOffice knows. Raises ReadError where it is not installed, fails or does not end."""
    content = _prose(_converted(data, file), file)
    return replace(content, notices=(*_macros(data), *content.notices))


def as_word(data: bytes, file: str) -> tuple[bytes, tuple[str, ...]]:
    """Such a file as a .docx, and what its owner should know of it. Raises ReadError as `read_office` does."""
    converted = _converted(data, file)
    _prose(converted, file)
    return converted, _macros(data)


def _prose(converted: bytes, file: str) -> Content:
    content = read_word(converted, file)
    if not is_prose("".join(content.lines)):
        raise ReadError("文件已损坏，读出来是乱码，请用 Word 或 WPS 打开后另存为 .docx", file)
    return content


def _macros(data: bytes) -> tuple[str, ...]:
    return (MACROS,) if "_VBA_PROJECT".encode("utf-16-le") in data else ()


def _converted(data: bytes, file: str) -> bytes:
    suffix = _suffix(data, file)
    program = libreoffice.program()
    if program is None:
        raise ReadError(
            "读这种文件要用 LibreOffice，请先安装（Debian、Ubuntu 用命令 sudo apt install libreoffice-writer），"
            "或用 Word、WPS 打开后另存为 .docx",
            file,
        )
    try:
        return _as_docx(program, data, suffix, file)
    except OSError as error:  # the program does not start, or the disk is full
        raise ReadError(
            f"LibreOffice 没有运行成功（{reason(error)}），请用 Word 或 WPS 打开后另存为 .docx", file
        ) from None


def _as_docx(program: str, data: bytes, suffix: str, file: str) -> bytes:
    """A file converted, in a folder and with a profile of its own."""
    with tempfile.TemporaryDirectory(prefix="nigao-", ignore_cleanup_errors=True) as name:
        source = Path(name) / f"source{suffix}"
        _write_profile(libreoffice.profile_of(source))
        source.write_bytes(data)
        output = Path(name) / "out"
        try:
            libreoffice.convert(program, source, "docx:MS Word 2007 XML", output, TIME_LIMIT)
        except subprocess.TimeoutExpired:
            raise ReadError(
                f"LibreOffice 转换了 {TIME_LIMIT:.0f} 秒还没有完成，已停止，请用 Word 或 WPS 打开后另存为 .docx", file
            ) from None
        return _result(output / "source.docx", file)


def _suffix(data: bytes, file: str) -> str:
    """The ending for a copy of the file, whatever it was called. Raises ReadError for what is no document."""
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, needed, suffix in _SIGNATURES:
        if start.startswith(signature) and needed in data:
            return suffix
    raise ReadError("不是有效的文档，可能已损坏，请用 Word 或 WPS 打开后另存为 .docx", file)


def _write_profile(profile: Path) -> None:
    """A user profile that runs no macro and follows no link."""
    items = "".join(
        f'<item oor:path={quoteattr(f"/org.openoffice.{path}")}><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        "utf-8",
    )


def _result(path: Path, file: str) -> bytes:
    """What LibreOffice wrote: its exit code is 0 even when it could not open the file."""
    if not path.is_file():
        raise ReadError("LibreOffice 打不开这个文件（可能已损坏或加了密码），请用 Word 或 WPS 打开后另存为 .docx", file)
    if path.stat().st_size > MAX_FILE:
        raise ReadError("转换后的文件过大，为安全起见不打开，请用 Word 或 WPS 拆成几个文件", file)
    return path.read_bytes()
