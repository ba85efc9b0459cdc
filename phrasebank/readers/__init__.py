"""Files in, text out: finding them and reading each format. Every reader is `(bytes, name for messages) -> Content`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from phrasebank.errors import ReadError
from phrasebank.model import RawText
from phrasebank.readers.content import Content
from phrasebank.readers.finding import find_files, size_of
from phrasebank.readers.kinds import READABLE, Kind, kind_of
from phrasebank.readers.source import load

__all__ = ["find_files", "read", "size_of"]


def read(path: str | Path) -> RawText:
    """The text of a file or of a member of an archive, read as what it is, though its name may say something else.

    Raises ReadError for what is missing, empty, damaged or no text.
    """
    path = Path(path)
    data = load(path)
    kind = kind_of(path.suffix, data)
    content = _reader(kind, path)(data, str(path))
    if not any(line.strip() for line in content.lines):
        raise ReadError("文件是空的，没有可读的文字", str(path))
    notices = (*_misnamed(path.suffix, kind), *content.notices)
    return RawText(str(path), content.lines, content.meta, notices, content.dropped)


def _reader(kind: Kind, path: Path) -> Callable[[bytes, str], Content]:
    """Modules are loaded when first needed: each brings a library of its own."""
    if not kind.reader:
        raise ReadError(f"这其实是“{kind.name}”，读不了，可读的有 {READABLE}", str(path))
    module, name = kind.reader.split(".")
    reader: Callable[[bytes, str], Content] = getattr(import_module(f"phrasebank.readers.{module}"), name)
    return reader


def _misnamed(suffix: str, kind: Kind) -> tuple[str, ...]:
    """What to tell of a file whose content is of another kind than its ending says."""
    if not kind.named(suffix):
        return (f"文件名以“{suffix}”结尾，内容其实是“{kind.name}”，已按内容读取",)
    return ()
