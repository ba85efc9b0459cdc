"""Files in, text out: finding them and reading each format. Every reader is `(bytes, name for messages) -> Content`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from phrasebank.errors import ReadError
from phrasebank.model import RawText
from phrasebank.readers.content import Content
from phrasebank.readers.encodings import decode
from phrasebank.readers.finding import SUFFIXES, find_files
from phrasebank.readers.source import load

__all__ = ["SUFFIXES", "decode", "find_files", "read"]

_READERS = {
    ".txt": "plain.read_text",
    ".md": "plain.read_markdown",
    ".docx": "word.read_word",
}
"""Module and function for each ending. Modules are loaded when first needed: each brings a library of its own."""


def read(path: str | Path) -> RawText:
    """The text of a file. Raises ReadError for what is missing, empty, damaged or no text."""
    path = Path(path)
    content = _reader(path.suffix.lower())(load(path), str(path))
    if not any(line.strip() for line in content.lines):
        raise ReadError("文件是空的，没有可读的文字", str(path))
    return RawText(str(path), content.lines, content.meta, content.notices)


def _reader(suffix: str) -> Callable[[bytes, str], Content]:
    module, name = _READERS.get(suffix, _READERS[".txt"]).split(".")
    reader: Callable[[bytes, str], Content] = getattr(import_module(f"phrasebank.readers.{module}"), name)
    return reader
