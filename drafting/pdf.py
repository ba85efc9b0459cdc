"""A Word document as a PDF, by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from drafting.errors import ExportError
from phrasebank.files import reason

TIME_LIMIT = 120.0
"""Seconds for one document; starting takes one or two, ten thousand paragraphs about twenty."""

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_INSTEAD = "也可以写成 .docx，用 Word 或 WPS 打开后另存为 PDF"


def to_pdf(document: bytes) -> bytes:
    """The pages of a .docx. Raises ExportError where LibreOffice is not installed, fails or does not end."""
    program = shutil.which("soffice") or shutil.which("libreoffice") or next((p for p in _PLACES if Path(p).is_file()), None)
    if program is None:
        raise ExportError(f"写 PDF 要用 LibreOffice，请先安装（Debian、Ubuntu 用命令 sudo apt install libreoffice-writer）；{_INSTEAD}")
    try:
        with tempfile.TemporaryDirectory(prefix="nigao-", ignore_cleanup_errors=True) as name:
            return _converted(program, Path(name), document)
    except OSError as error:  # the program does not start, or the disk is full
        raise ExportError(f"LibreOffice 没有运行成功（{reason(error)}）；{_INSTEAD}") from None


def _converted(program: str, folder: Path, document: bytes) -> bytes:
    """In a folder and with a profile of its own, so that it meets no LibreOffice that is running."""
    source = folder / "draft.docx"
    source.write_bytes(document)
    _run([
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck", "--nologo",
        "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(source),
    ], folder)  # fmt: skip
    made = folder / "draft.pdf"
    if not made.is_file():  # its exit code is 0 even when it could not
        raise ExportError(f"LibreOffice 没有写出 PDF；{_INSTEAD}")
    return made.read_bytes()


def _run(command: list[str], folder: Path) -> None:
    """Ends LibreOffice with all its processes when time is up or the user breaks off."""
    quiet, environment = subprocess.DEVNULL, {**os.environ, "TMPDIR": str(folder)}
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, start_new_session=True)
    try:
        process.wait(TIME_LIMIT)
    except subprocess.TimeoutExpired:
        raise ExportError(f"LibreOffice 转换了 {TIME_LIMIT:.0f} 秒还没有完成，已停止；{_INSTEAD}") from None
    finally:
        if process.returncode is None:
            if os.name == "nt":
                subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
            else:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
