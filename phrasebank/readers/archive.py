"""Zip archives, read like folders: `材料.zip/发言/稿.docx` is a path. Nothing is ever unpacked to disk."""

from __future__ import annotations

import io
import os
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count
from pathlib import Path, PurePosixPath
from typing import NoReturn

from phrasebank.errors import ReadError
from phrasebank.readers.encodings import LEGACY, best_codec, certain_utf8
from phrasebank.readers.kinds import READABLE, SUFFIXES
from phrasebank.readers.limits import check_total, open_archive, read_entry

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075
_DRIVE = re.compile(r"^[A-Za-z]:")


def members(path: Path) -> tuple[Path, ...]:
    """The readable members of an archive as paths below it, in the order of their names.

    Hidden ones, lock files and what macOS adds are passed over. Raises ReadError for an archive that is damaged or too large.
    """
    entries = _opened(path)[1]
    return tuple(path / name for name in sorted(entries))


def inside(path: Path) -> tuple[Path, str] | None:
    """The archive a path leads into and the member's name there; None for any other path."""
    for parent in path.parents:
        if parent.suffix.lower() == ".zip" and os.path.isfile(parent):  # noqa: PTH113 - no error for names too long for the disk
            return parent, path.relative_to(parent).as_posix()
    return None


def load_member(archive: Path, name: str) -> bytes:
    """The bytes of a member. Raises ReadError for one that is missing, locked, damaged or too large."""
    file = str(archive / name)
    opened, entries = _opened(archive)
    if (entry := entries.get(name)) is None:
        raise ReadError("压缩包里没有这个文件，请检查路径是否写对", file)
    return read_entry(opened, entry, file)


def read_archive(data: bytes, file: str) -> NoReturn:
    """An archive taken for one text. Always raises ReadError: it is damaged, holds nothing to read, or lies in another."""
    with open_archive(io.BytesIO(data), file) as archive:
        entries = _readable(archive.infolist())
        check_total(entries.values(), file)
    if entries:
        raise ReadError("套在别的压缩包里或改了名的压缩包不读，请先把它解压出来", file)
    raise ReadError(f"压缩包里没有可读的文件，可读的有 {READABLE}", file)


def _opened(path: Path) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
    """An archive and its readable entries by name; opened once, not once a member."""
    try:
        found = path.stat()
    except OSError:
        raise ReadError("找不到这个文件，请检查路径是否写对", str(path)) from None
    return _open(path, found.st_mtime_ns, found.st_size, os.getpid())


@lru_cache(maxsize=2)  # a run reads archive after archive
def _open(path: Path, _changed: int, _size: int, _process: int) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
    """By process too: a forked one would share the place in the open file with its parent."""
    archive = open_archive(path, str(path))
    entries = _readable(archive.infolist())
    check_total(entries.values(), str(path))
    return archive, entries


def _readable(entries: Sequence[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Entries that readers know, by a name that is one of its own and safe to show."""
    found: dict[str, zipfile.ZipInfo] = {}
    for raw, entry in zip(_names(entries), entries, strict=True):
        path = _sane(raw)
        hidden = any(part.startswith((".", "~$")) or part == "__MACOSX" for part in path.parts)
        if not raw.endswith(("/", "\\")) and not hidden and path.suffix.lower() in SUFFIXES:
            found[_unique(path, found)] = entry
    return found


def _unique(path: PurePosixPath, taken: dict[str, zipfile.ZipInfo]) -> str:
    """A name that no other member has: `稿 (2).docx`."""
    names = (str(path.with_stem(f"{path.stem} ({n})")) if n > 1 else str(path) for n in count(1))
    return next(name for name in names if name not in taken)


def _sane(name: str) -> PurePosixPath:
    """A path below the archive, whatever the name says: no root, drive, `..` nor characters that cannot be shown."""
    shown = "".join("_" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in _DRIVE.sub("", name))
    return PurePosixPath(*(part for part in re.split(r"[/\\]", shown) if part not in ("", ".", "..")))


def _names(entries: Sequence[zipfile.ZipInfo]) -> Iterator[str]:
    """The names of entries; those that do not say their encoding are judged together, for each alone is short."""
    bare = [_raw(e) for e in entries if not e.flag_bits & _UTF8_FLAG]
    codec = best_codec(b"\n".join(bare), LEGACY)
    for entry in entries:
        if entry.flag_bits & _UTF8_FLAG:
            yield entry.orig_filename.split("\0")[0]
        else:
            yield _unicode_path(entry) or _decoded(_raw(entry), codec)


def _raw(entry: zipfile.ZipInfo) -> bytes:
    """The bytes of a name: the library reads names without mark as cp437, which every byte has a place in."""
    return entry.orig_filename.encode("cp437").split(b"\0")[0]


def _decoded(raw: bytes, codec: str) -> str:
    """A name without mark: UTF-8 where it certainly is, else in the archive's codec."""
    text = certain_utf8(raw)
    return raw.decode(codec, "replace") if text is None else text


def _unicode_path(entry: zipfile.ZipInfo) -> str | None:
    """The name in Info-ZIP's Unicode Path field (APPNOTE.TXT 4.6.9), if it is there and belongs to this name."""
    extra = entry.extra
    while len(extra) >= 4:
        tag, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if tag == _UNICODE_PATH and field[1:5] == zlib.crc32(_raw(entry)).to_bytes(4, "little"):
            return field[5:].decode("utf-8", "replace")
    return None
