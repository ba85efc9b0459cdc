"""Word files (.docx)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from phrasebank.errors import ReadError
from phrasebank.readers.content import Content
from phrasebank.readers.limits import check_archive


def read_word(data: bytes, file: str) -> Content:
    """Paragraphs and table cells of a .docx in their order, a line each. Raises ReadError."""
    _check_zip(data, file)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        return Content(tuple(line for block in document.iter_inner_content() for line in _block_lines(block)))
    except Exception as error:  # python-docx and lxml raise many kinds for damaged parts
        raise ReadError(f"Word 文件已损坏，打不开（{type(error).__name__}），请用 Word 另存一次", file) from None


def _block_lines(block: object) -> Iterator[str]:
    """Text lines of a paragraph, or of the cells of a table, each cell once though it be merged."""
    if hasattr(block, "rows"):
        seen: set[int] = set()
        for cell in (cell for row in block.rows for cell in row.cells):
            if id(cell._tc) not in seen:
                seen.add(id(cell._tc))
                for inner in cell.iter_inner_content():
                    yield from _block_lines(inner)
    else:
        yield from str(getattr(block, "text", "")).split("\n")


def _check_zip(data: bytes, file: str) -> None:
    """Raises ReadError for what is no Word file, or one that would burst the memory."""
    fault = ReadError("不是有效的 Word 文件（.docx），请用 Word 打开后另存为 .docx", file)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise fault from None
    if not any(entry.filename == "word/document.xml" for entry in entries):
        raise fault
    check_archive(entries, file)
