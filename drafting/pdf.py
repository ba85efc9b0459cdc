"""A Word document as a PDF, by LibreOffice where it is installed."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from drafting.errors import ExportError
from phrasebank import libreoffice
from phrasebank.files import reason

TIME_LIMIT = 120.0
"""Seconds for one document; starting takes one or two, ten thousand paragraphs about twenty."""

_INSTEAD = "也可以写成 .docx，用 Word 或 WPS 打开后另存为 PDF"


def available() -> bool:
    """Whether this machine can make one."""
    return libreoffice.program() is not None


def to_pdf(document: bytes) -> bytes:
    """The pages of a .docx. Raises ExportError where LibreOffice is not installed, fails or does not end."""
    program = libreoffice.program()
    if program is None:
        raise ExportError(f"写 PDF 要用 LibreOffice，请先安装（Debian、Ubuntu 用命令 sudo apt install libreoffice-writer）；{_INSTEAD}")
    try:
        with tempfile.TemporaryDirectory(prefix="nigao-", ignore_cleanup_errors=True) as name:
            return _converted(program, Path(name), document)
    except OSError as error:  # the program does not start, or the disk is full
        raise ExportError(f"LibreOffice 没有运行成功（{reason(error)}）；{_INSTEAD}") from None


def _converted(program: str, folder: Path, document: bytes) -> bytes:
    source = folder / "draft.docx"
    source.write_bytes(document)
    try:
        libreoffice.convert(program, source, "pdf:writer_pdf_Export", folder, TIME_LIMIT)
    except subprocess.TimeoutExpired:
        raise ExportError(f"LibreOffice 转换了 {TIME_LIMIT:.0f} 秒还没有完成，已停止；{_INSTEAD}") from None
    made = folder / "draft.pdf"
    if not made.is_file():
        raise ExportError(f"LibreOffice 没有写出 PDF；{_INSTEAD}")
    return made.read_bytes()
