"""Writing what the writer will read: whole or not at all, with a reason a writer understands when it fails."""

from __future__ import annotations

from pathlib import Path

from drafting.errors import ExportError
from phrasebank.files import reason, replacing

__all__ = ["reason", "write_atomic"]


def write_atomic(path: Path, content: bytes) -> None:
    """Writes `content` beside `path` and moves it there. Raises ExportError; the old file is then untouched."""
    try:
        with replacing(path) as temporary, temporary.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise ExportError(f"写不了这个文件：{reason(error)}", str(path)) from error
