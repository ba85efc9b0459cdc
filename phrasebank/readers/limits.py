"""What is too large to open: said before anything is unpacked. All sizes in bytes."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import IO

from phrasebank.errors import ReadError

MAX_FILE = 200 * 1024 * 1024
"""A file of any format."""
MAX_ENTRIES = 20_000
"""Entries of an archive, or parts of a Word file."""
MAX_ENTRY = 50 * 1024 * 1024
"""What one entry may unpack to."""
MAX_TOTAL = 500 * 1024 * 1024
"""What all entries together may unpack to."""
MAX_RATIO = 200
"""How many times its packed size an entry above `SMALL` may unpack to."""
SMALL = 1024 * 1024
"""An entry that bursts nothing, whatever its ratio: a page of empty table rows packs a hundredfold."""

ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError, struct.error, OverflowError)
"""What the library raises for damaged archives (RuntimeError: unknown methods too, ValueError: bad names too)."""
_MAX_DIRECTORY = 512 * MAX_ENTRIES
_END_RECORD = 22 + 65_535
"""Length of the end record with the longest comment."""
_LOCKED = 1
_TOO_LARGE = "压缩内容过大或压缩比异常，为安全起见不打开，请解压或另存后再试"


def open_archive(source: Path | IO[bytes], file: str) -> zipfile.ZipFile:
    """A zip archive, opened. Raises ReadError for a damaged one and for one whose list of entries is too long to load."""
    try:
        if _directory_size(source) > _MAX_DIRECTORY:
            raise ReadError(_TOO_LARGE, file)
        return zipfile.ZipFile(source)
    except ZIP_FAULTS:
        raise ReadError("文件已损坏或不完整，打不开，请重新下载或另存一次", file) from None


def _directory_size(source: Path | IO[bytes]) -> int:
    """How long the list of entries is by the end record (APPNOTE.TXT 4.3.16); 0 where there is no such record."""
    if isinstance(source, Path):
        with source.open("rb") as stream:
            return _directory_size(stream)
    source.seek(max(0, source.seek(0, os.SEEK_END) - _END_RECORD))
    tail = source.read()
    at = tail.rfind(b"PK\x05\x06")
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0


def check_archive(entries: Collection[zipfile.ZipInfo], file: str) -> None:
    """Raises ReadError for entries that would burst memory or disk when unpacked, or that cannot be unpacked."""
    check_total(entries, file)
    for entry in entries:
        check_entry(entry, file)


def check_total(entries: Collection[zipfile.ZipInfo], file: str) -> None:
    """Raises ReadError for entries that are too many or together too large."""
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise ReadError(_TOO_LARGE, file)


def check_entry(entry: zipfile.ZipInfo, file: str) -> None:
    """Raises ReadError for one entry that is too large, locked, or packed by a method whose output cannot be bounded."""
    if entry.file_size > max(SMALL, MAX_RATIO * entry.compress_size) or entry.file_size > MAX_ENTRY:
        raise ReadError(_TOO_LARGE, file)
    if entry.flag_bits & _LOCKED:
        raise ReadError("文件加了密码，读不了，请先去掉密码，或用密码解压出来", file)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ReadError("文件用了少见的压缩方法，读不了，请解压或另存后再试", file)


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str) -> bytes:
    """The bytes of an entry, at most as many as its checked header says. Raises ReadError for a damaged one too.

    The library's own `read` unpacks up to 2 GB before it compares; with a number of bytes it stops there.
    """
    check_entry(entry, file)
    try:
        with archive.open(entry) as stream:
            return stream.read(entry.file_size + 1)
    except ZIP_FAULTS:
        raise ReadError("压缩包里的这个文件已损坏，读不了，请重新下载压缩包", file) from None
