"""The bytes of a file, wherever it lies."""

from __future__ import annotations

from pathlib import Path

from phrasebank.errors import ReadError
from phrasebank.readers.limits import MAX_FILE


def load(path: Path) -> bytes:
    """The bytes of a file. Raises ReadError for one that is missing, empty, too large or not to be read."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise ReadError(f"文件超过 {MAX_FILE // 1024**2} MB，请拆成几个文件", str(path))
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError("找不到这个文件，请检查路径是否写对", str(path)) from None
    except OSError as error:
        raise ReadError(f"文件读不了（{error.strerror or '系统错误'}），请检查权限", str(path)) from None
    if not data.strip():
        raise ReadError("文件是空的，没有可读的文字", str(path))
    return data
