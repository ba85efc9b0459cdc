"""What is too large to open: said before anything is unpacked. All sizes in bytes."""

from __future__ import annotations

import zipfile

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
"""How many times its packed size an entry may unpack to."""


def check_archive(entries: list[zipfile.ZipInfo], file: str) -> None:
    """Raises ReadError for a list of entries that would burst memory or disk when unpacked."""
    too_many = len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_TOTAL
    if too_many or any(_bursts(entry) for entry in entries):
        raise ReadError("压缩内容过大或压缩比异常，为安全起见不打开，请解压或另存后再试", file)


def _bursts(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > MAX_ENTRY or entry.file_size > MAX_RATIO * max(1, entry.compress_size)
