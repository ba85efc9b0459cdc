"""Writing files so that a reader finds the old content or the new, never half of either."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from drafting.errors import ExportError


def write_atomic(path: Path, content: bytes) -> None:
    """Writes `content` beside `path` and moves it there. Raises ExportError; the old file is then untouched."""
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(_mode(path))
        temporary.replace(path)
    except OSError as error:
        raise ExportError(f"写不了文件：{reason(error)}", str(path)) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def reason(error: OSError) -> str:
    """An operating-system error as a writer understands it."""
    known = {
        errno.ENOENT: "文件夹不存在，请先新建",
        errno.ENOTDIR: "路径中有一段不是文件夹",
        errno.EACCES: "没有写入权限，请换一个文件夹",
        errno.EPERM: "没有写入权限，请换一个文件夹",
        errno.EROFS: "磁盘是只读的，请换一个文件夹",
        errno.ENOSPC: "磁盘已满，请腾出空间",
        errno.EISDIR: "同名的文件夹已经存在，请换一个文件名",
        errno.ENAMETOOLONG: "文件名太长，请改短",
    }
    return known.get(error.errno or 0, error.strerror or str(error))


def _mode(path: Path) -> int:
    """The mode of the file that is replaced, else that of a new file (temporary files are private otherwise)."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
