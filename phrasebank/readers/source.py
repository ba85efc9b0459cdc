"""The bytes of a file, wherever it lies: on the disk or in an archive."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from phrasebank.errors import ReadError
from phrasebank.files import reason
from phrasebank.readers import archive
from phrasebank.readers.limits import MAX_FILE


def load(path: Path) -> bytes:
    """The bytes of a file, or of a member of a zip archive (`材料.zip/稿.docx`).

    Raises ReadError for one that is missing, empty, too large or not to be read.
    """
    try:
        data = _bytes(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise ReadError("找不到这个文件，请检查路径是否写对", str(path)) from None
    except PermissionError:
        raise ReadError("没有读取权限，打不开，请检查文件或文件夹的权限", str(path)) from None
    except OSError as error:
        raise ReadError(f"文件读不了（{reason(error)}），请检查后重试", str(path)) from None
    if not data.strip():
        raise ReadError("文件是空的，没有可读的文字", str(path))
    return data


def _bytes(path: Path) -> bytes:
    """Raises OSError as the disk does."""
    try:
        found = path.stat()
    except OSError:
        if lead := archive.inside(path):
            return archive.load_member(*lead)
        raise
    if stat.S_ISDIR(found.st_mode):
        os.scandir(path).close()
        raise ReadError("这是一个文件夹，不是文件", str(path))
    if not stat.S_ISREG(found.st_mode):  # reading a pipe or a device may never end
        raise ReadError("这不是普通文件（是管道或设备），读不了", str(path))
    if found.st_size > MAX_FILE:
        raise ReadError(f"文件超过 {MAX_FILE // 1024**2} MB，请拆成几个文件", str(path))
    return path.read_bytes()
