"""Plain text."""

from __future__ import annotations

from phrasebank.readers.content import Content
from phrasebank.readers.encodings import decoded


def read_text(data: bytes, file: str) -> Content:
    """The lines of a .txt, as editors count them: form feeds and U+2028 end none. Raises ReadError for what is no text."""
    text = decoded(data, file)
    lines = text.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Content(tuple(lines if lines[-1] else lines[:-1]), text.notices)
