"""Writing files so that a reader finds the old content or the new, never half of either."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

_serial = count()

_REASONS = {
    errno.ENOENT: "文件夹不存在，请先建好它",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EACCES: "没有写入权限，或者文件正被别的程序打开",
    errno.EPERM: "没有写入权限，或者文件正被别的程序打开",
    errno.EROFS: "这个磁盘是只读的",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EISDIR: "这个名字已经是一个文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接绕成了圈",
}


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file's path beside `path`; moved over it when the block ends well, removed when it raises.

    A link stays a link. Raises OSError as the disk does, and for a folder of that name before anything is written.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "", str(path))
    # Not tempfile: its files are private, and a name grown from a long Chinese title would pass the limit of 255 bytes.
    temporary = target.with_name(f".nigao-{os.getpid()}-{next(_serial)}.tmp")
    try:
        yield temporary
        os.replace(temporary, target)  # noqa: PTH105 - one name for the tests to refuse
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def reason(error: OSError) -> str:
    """An operating-system error as a writer understands it."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno or ''}".strip())
