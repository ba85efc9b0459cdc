"""Which files there are to read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from phrasebank.errors import ReadError
from phrasebank.readers import archive
from phrasebank.readers.kinds import READABLE, SUFFIXES


def find_files(paths: Sequence[str | Path]) -> tuple[tuple[Path, ...], tuple[ReadError, ...]]:
    """All readable files at `paths`, folders and zip archives searched through, sorted, each once whatever links lead to it;
    and what is wrong with a path that does not exist, is of an unknown kind, or a folder that holds nothing to read.

    What cannot be searched, a folder without permission or a broken archive, is listed itself: reading it says why.
    """
    found: set[Path] = set()
    faults: list[ReadError] = []
    for path in map(Path, paths):
        try:
            found.update(_files_at(path))
        except ReadError as error:
            faults.append(error)
    return tuple(sorted(_without_links(found))), tuple(faults)


def _without_links(files: Iterable[Path]) -> Iterable[Path]:
    """Each file once, by its own name rather than a link's."""
    real = {path: os.path.realpath(path) for path in files}
    ordered = sorted(real, key=lambda path: (real[path] != os.path.abspath(path), path))  # noqa: PTH100 - resolve() follows links
    return {real[path]: path for path in reversed(ordered)}.values()


def _files_at(path: Path) -> list[Path]:
    """The files one path stands for."""
    if not os.path.exists(path):  # noqa: PTH110 - no error for names too long for the disk
        return _in_archive(path)
    if not path.is_dir():
        if path.suffix.lower() not in SUFFIXES:
            raise ReadError(f"不支持的文件类型“{path.suffix}”，可读的有 {READABLE}", str(path))
        return list(_opened(path))
    files = [file for found in _walk(path) for file in _opened(found)]
    if not files:
        raise ReadError(f"文件夹里没有可读的文件，可读的有 {READABLE}", str(path))
    return files


def _in_archive(path: Path) -> list[Path]:
    """The members of an archive that a path into it stands for: one, or those of a folder."""
    lead = archive.inside(path)
    files = [file for file in archive.members(lead[0]) if path in (file, *file.parents)] if lead else []
    if not files:
        raise ReadError("找不到这个文件或文件夹，请检查路径是否写对", str(path))
    return files


def _opened(path: Path) -> Sequence[Path]:
    """The members of an archive; any other file itself, and an archive too that cannot be opened or has none."""
    if path.suffix.lower() != ".zip":
        return (path,)
    try:
        return archive.members(path) or (path,)
    except ReadError:
        return (path,)


def _walk(folder: Path) -> Iterator[Path]:
    """Readable files under a folder, and subfolders that cannot be opened; a folder is not entered again by a link."""
    seen: set[str] = set()
    locked: list[Path] = []
    for where, folders, names in os.walk(folder, followlinks=True, onerror=lambda e: locked.append(Path(e.filename))):
        real = os.path.realpath(where)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in names:
            path = Path(where, name)
            if not name.startswith((".", "~$")) and path.suffix.lower() in SUFFIXES:
                yield path
    yield from locked


def size_of(files: Sequence[Path]) -> int:
    """Bytes of files, of those in archives as many as the archive has, four times for what it saves."""
    found: Counter[Path] = Counter()
    for file in files:
        if file.is_file():
            found[file] = file.stat().st_size
        elif archive := next((parent for parent in file.parents if parent.is_file()), None):
            found[archive] = 4 * archive.stat().st_size
    return found.total()
