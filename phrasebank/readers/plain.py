"""Plain text and Markdown."""

from __future__ import annotations

import re

from phrasebank.readers.content import Content
from phrasebank.readers.encodings import decode

_META_LINE = re.compile(r"\s*([A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff -]{0,30})\s*[:：]\s*(.*?)\s*$")
_MD_HEAD = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_MD_BOLD = re.compile(r"\*\*([^*\n]{1,200})\*\*|__([^_\n]{1,200})__")
_LINE_END = re.compile(r"\r\n|\n|\r")


def read_text(data: bytes, file: str) -> Content:
    """The lines of a .txt. Raises ReadError for what is no text."""
    return Content(tuple(_lines(data, file)))


def read_markdown(data: bytes, file: str) -> Content:
    """The lines of a .md without its marks; its front matter as meta. Raises ReadError for what is no text."""
    meta, lines = _front_matter(_lines(data, file))
    return Content(tuple(_without_markdown(line) for line in lines), meta=meta)


def _lines(data: bytes, file: str) -> list[str]:
    lines = _LINE_END.split(decode(data, file))
    if lines and not lines[-1]:
        lines.pop()
    return lines


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
