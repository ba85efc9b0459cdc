"""Which files there are to read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from phrasebank.errors import ReadError

SUFFIXES = (".txt", ".md", ".docx")
"""Endings of the names of readable files."""


def find_files(paths: Sequence[str | Path]) -> tuple[Path, ...]:
    """All readable files at `paths`, folders searched through, sorted, each once.

    Raises ReadError for a path that does not exist, of an unknown kind, or a folder that holds nothing to read.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        found.update(dict.fromkeys(_files_at(path)))
    return tuple(sorted(found))


def _files_at(path: Path) -> list[Path]:
    """The files one path stands for."""
    if not path.exists():
        raise ReadError("找不到这个文件或文件夹，请检查路径是否写对", str(path))
    if not path.is_dir():
        if path.suffix.lower() not in SUFFIXES:
            raise ReadError(f"不支持的文件类型“{path.suffix}”，请另存为 .txt、.md 或 .docx", str(path))
        return [path]
    files = list(_walk(path))
    if not files:
        raise ReadError("文件夹里没有可读的文件，请放入 .txt、.md 或 .docx 文件", str(path))
    return files


def _walk(folder: Path) -> Iterator[Path]:
    """Readable files under a folder; a folder already seen through another link is not entered again."""
    seen: set[str] = set()
    for where, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(where)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in names:
            path = Path(where, name)
            if not name.startswith((".", "~$")) and path.suffix.lower() in SUFFIXES and path.is_file():
                yield path
