"""Files in, text out: finding them, telling their encoding, reading .txt, .md and .docx."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from phrasebank.errors import ReadError
from phrasebank.model import RawText

SUFFIXES = (".txt", ".md", ".docx")
MAX_ENTRY = 50 * 1024 * 1024
"""Bytes one part of a .docx may unpack to."""
MAX_RATIO = 200
"""How many times its packed size a part of a .docx may unpack to."""

_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说"
    "产种面而方后多定行学法所民得经"
)
"""Frequent characters: a decoding that yields many of them is the right one."""
_META_LINE = re.compile(r"\s*([A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff -]{0,30})\s*[:：]\s*(.*?)\s*$")
_MD_HEAD = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_MD_BOLD = re.compile(r"\*\*([^*\n]{1,200})\*\*|__([^_\n]{1,200})__")
_LINE_END = re.compile(r"\r\n|\n|\r")


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


def read(path: str | Path) -> RawText:
    """The text of a file. Raises ReadError for what is missing, empty, or no text."""
    path = Path(path)
    if path.suffix.lower() == ".docx":
        return RawText(str(path), _docx_lines(path))
    text = decode(_bytes_of(path), str(path))
    lines = _LINE_END.split(text)
    if lines and not lines[-1]:
        lines.pop()
    if not any(line.strip() for line in lines):
        raise ReadError("文件是空的，没有可读的文字", str(path))
    meta: dict[str, str] = {}
    if path.suffix.lower() == ".md":
        meta, lines = _front_matter(lines)
        lines = [_without_markdown(line) for line in lines]
    return RawText(str(path), tuple(lines), meta)


def _bytes_of(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError("找不到这个文件，请检查路径是否写对", str(path)) from None
    except OSError as error:
        raise ReadError(f"文件读不了（{error.strerror or '系统错误'}），请检查权限", str(path)) from None
    if not data.strip():
        raise ReadError("文件是空的，没有可读的文字", str(path))
    return data


def decode(data: bytes, file: str | None = None) -> str:
    """Bytes as text: by byte order mark, else UTF-8, UTF-16 without mark, GB18030 or Big5, whichever reads best."""
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _checked(_try(data, codec), file)
    text = _try(data, "utf-8")
    if text is not None and "\0" not in text:
        return _checked(text, file)
    codecs = ("utf-16-le", "utf-16-be") if b"\0" in data else ("gb18030", "big5")
    tried = [(score, text) for codec in codecs if (text := _try(data, codec)) and (score := _score(text)) > 0]
    return _checked(max(tried)[1] if tried else None, file)


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _score(text: str) -> float:
    """How much a decoded text looks like Chinese prose: the share of frequent characters, strays counted off."""
    sample = text[:20000]
    odd = sum((c < " " and c not in "\t\r\n\f") or "\ue000" <= c <= "\uf8ff" or c == "\ufffd" for c in sample)
    han = sum("\u4e00" <= c <= "\u9fff" for c in sample)
    known = sum(c in _COMMON for c in sample)
    return (known + 0.1 * han - 3 * odd) / max(1, len(sample))


def _checked(text: str | None, file: str | None) -> str:
    """`text`, unless it holds what no text holds."""
    controls = 0 if text is None else sum(c < " " and c not in "\t\r\n\f\v\x1c\x1d\x1e" for c in text[:20000])
    if text is None or "\0" in text or controls > len(text[:20000]) // 100:
        raise ReadError("不是文本文件，或编码无法识别，请另存为 UTF-8 编码的 .txt", file)
    return text


def _front_matter(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Meta and lines of a Markdown text: the lines of its header are empty, so that numbers stay right."""
    if not lines or lines[0].strip() != "---":
        return {}, lines
    end = next((i for i, line in enumerate(lines[1:60], 1) if line.strip() in ("---", "...")), None)
    if end is None:
        return {}, lines
    found = (_META_LINE.match(line) for line in lines[1:end])
    meta = {m.group(1).strip(): m.group(2).strip("\"'") for m in found if m}
    return meta, [""] * (end + 1) + lines[end + 1 :]


def _without_markdown(line: str) -> str:
    """A line without its Markdown marks of headings and bold type."""
    if head := _MD_HEAD.match(line):
        line = head.group(1)
    return _MD_BOLD.sub(lambda m: m.group(1) or m.group(2), line)


def _docx_lines(path: Path) -> tuple[str, ...]:
    """Paragraphs and table cells of a .docx in their order, a line each."""
    _check_zip(path)
    import docx

    try:
        document = docx.Document(str(path))
        lines = [line for block in document.iter_inner_content() for line in _block_lines(block)]
    except Exception as error:  # python-docx and lxml raise many kinds for damaged parts
        raise ReadError(f"Word 文件已损坏，打不开（{type(error).__name__}），请用 Word 另存一次", str(path)) from None
    if not any(line.strip() for line in lines):
        raise ReadError("文件是空的，没有可读的文字", str(path))
    return tuple(lines)


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


def _check_zip(path: Path) -> None:
    """Raises ReadError for what is no zip, or one that would burst the memory."""
    data_error = ReadError("不是有效的 Word 文件（.docx），请用 Word 打开后另存为 .docx", str(path))
    _bytes_of(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise data_error from None
    if not any(entry.filename == "word/document.xml" for entry in entries):
        raise data_error
    for entry in entries:
        if entry.file_size > MAX_ENTRY or entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise ReadError("Word 文件压缩比异常，为安全起见不打开，请用 Word 另存一次", str(path))
