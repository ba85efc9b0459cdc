"""Writing what the writer will read: whole or not at all, with a reason a writer understands when it fails."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from drafting.errors import ExportError
from phrasebank.files import reason, replacing

__all__ = ["reason", "refuse_taken", "write_atomic", "write_synced"]


def refuse_taken(path: Path) -> None:
    """Raises ExportError for a file that its owner has made read-only, or has open in an office program: both would be moved away
    without a word, for what counts in moving is the folder."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return  # whoever writes says why
    target = Path(os.path.realpath(path))
    if stat.S_ISREG(mode) and not mode & 0o222:
        raise ExportError("写不了这个文件：它是只读的，请换一个名字，或先去掉只读属性", str(path))
    for name in _locks(target.name):
        if target.with_name(name).exists():
            told = f"写不了这个文件：它正在 Word、WPS 或 LibreOffice 里开着，请先关掉再写；要是没有开着，删去旁边的 {name} 再试"
            raise ExportError(told, str(path))


def _locks(name: str) -> tuple[str, ...]:
    """The files that LibreOffice, WPS and Word put beside one that is open; Word puts two characters over a long name's first."""
    stem = name.rpartition(".")[0]
    return f".~lock.{name}#", f".~{name}", f"~${name[min(2, max(0, len(stem) - 6)) :]}"


def write_atomic(path: Path, content: bytes) -> None:
    """Writes `content` beside `path` and moves it there. Raises ExportError; the old file is then untouched."""
    try:
        with replacing(path) as temporary, temporary.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise ExportError(f"写不了这个文件：{reason(error)}", str(path)) from error


def write_synced(path: Path, content: bytes) -> None:
    """Like `write_atomic`, and on the disk before it returns: the content before its name, so that a power cut leaves the old file
    or the new one. Raises ExportError."""
    try:
        with replacing(path) as temporary, temporary.open("xb") as file:
            file.write(content)
            file.flush()
            _sync(file.fileno())
        _sync_folder(path.parent)
    except OSError as error:
        raise ExportError(f"写不了这个文件：{reason(error)}", str(path)) from error


def _sync(handle: int) -> None:
    """Forces a file to the disk; file systems that cannot are left to themselves."""
    with suppress(OSError):
        os.fsync(handle)


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows opens no folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            _sync(handle)
        finally:
            os.close(handle)
