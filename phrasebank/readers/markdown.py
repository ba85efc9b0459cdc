"""Markdown without its marks: a line for each line of the file, so that line numbers stay right."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from phrasebank.readers.content import Content
from phrasebank.readers.plain import read_text

_META_LINE = re.compile(r"\s*([A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff -]{0,30})\s*[:：](.*)")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})[ -_a-~]*$")
"""A row of marks and the name of a language, no words."""
_RULE = re.compile(r"\s{0,3}(?:=+|(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_TABLE_RULE = frozenset("|-: \t")
_DEFINITION = re.compile(r"\s{0,3}\[(?!\^)[^\[\]]{1,200}\]:\s*<?(?:https?:|mailto:|[./#])\S*\s*(?:[\"'(].*)?$")
_NOTE = re.compile(r"\s{0,3}\[\^[^\]]{1,60}\]:\s*")
_QUOTE = re.compile(r"(?:\s{0,3}>(?!\d))+ ?")
_HEAD = re.compile(r"\s{0,3}(?:#{1,6}(?:\s+|$)|#{2,6}(?=[^#\s]))")
"""As CommonMark has it, and as many write it: without a space, which a single # of a hashtag does not have either."""
_HEAD_END = re.compile(r"\s#+\s*$")
_BULLET = re.compile(r"\s*[-*+]\s+(?:\[[ xX]\]\s+)?")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`]+)\1(?!`)")
_TARGET = r"\((?=[^()\s]{0,300}(?:[/#:]|\.[A-Za-z]))[^()]{0,1000}(?:\([^()]{0,200}\)[^()]{0,200})?\)"
"""An address: with a slash, a scheme or an ending; [1](共3.5万字) has none and is text."""
_IMAGE = re.compile(rf"!\[[^\[\]]{{0,500}}\]{_TARGET}")
_LINK = re.compile(rf"\[([^\[\]]{{0,500}})\]{_TARGET}")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,60}\]")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,500})>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,10});")
_TAG = re.compile(
    r"</?(?:a|b|big|center|code|del|div|em|font|h[1-6]|hr|i|img|ins|kbd|mark|p|s|small|span|strike|strong|sub|sup|u)"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_SPECIAL = re.compile(r"[-\\`*_~\[<>|#=+&]")
"""A line without any of these is as it is, and most are."""
_MARKS = re.compile(r"(?<!\*)\*{1,3}(?!\*)|(?<!_)_{1,3}(?!_)|(?<!~)~~(?!~)")
"""Longer runs blot a name out, or are left to be filled in."""
_SHIELD = {code: 0xDC00 + code for code in range(0x21, 0x7F) if not chr(code).isalnum()}
"""Escaped marks and code wait as lone surrogates, which no text holds, until the other marks are off."""
_UNSHIELD = {shield: code for code, shield in _SHIELD.items()}


def read_markdown(data: bytes, file: str) -> Content:
    """The lines of a .md without its marks; its front matter as meta. Raises ReadError for what is no text."""
    text = read_text(data, file)
    meta, lines = _front_matter(list(text.lines))
    return Content(tuple(_unmarked(lines)), text.notices, meta)


def _front_matter(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Meta and lines of a Markdown text: the lines of its header are empty, so that numbers stay right."""
    if not lines or lines[0].strip() != "---":
        return {}, lines
    end = next((i for i, line in enumerate(lines[1:60], 1) if line.strip() in ("---", "...")), None)
    if end is None:
        return {}, lines
    found = (_META_LINE.match(line) for line in lines[1:end])
    meta = {m.group(1).strip(): m.group(2).strip().strip("\"'") for m in found if m}
    return meta, [""] * (end + 1) + lines[end + 1 :]


def _unmarked(lines: Sequence[str]) -> Iterator[str]:
    """Every line without marks. Fenced code is left alone, comments are left out."""
    fence, comment = "", False
    tables = _table_lines(lines)
    last_end = max((n for n, line in enumerate(lines) if "-->" in line), default=-1)
    for number, line in enumerate(lines):
        if fence:
            closed = line.strip().startswith(fence) and not line.strip().strip(fence[0])
            fence = "" if closed else fence
            yield "" if closed else line
        elif not comment and (opened := _FENCE.match(line)):
            fence = opened.group(1)
            yield ""
        else:
            rest, comment = _without_comments(line, comment, number < last_end)
            yield _line(rest, number in tables)


def _table_lines(lines: Sequence[str]) -> set[int]:
    """Numbers of the lines that are rows of tables: those around a row of dashes and bars that have bars too."""
    rows: set[int] = set()
    for n in range(1, len(lines)):
        if n - 1 in rows and "|" in lines[n]:
            rows.add(n)
        elif _is_table_rule(lines[n]) and "|" in lines[n - 1]:
            rows.update((n - 1, n))
    return rows


def _is_table_rule(line: str) -> bool:
    return "|" in line and "-" in line and _TABLE_RULE.issuperset(line)


def _without_comments(line: str, inside: bool, ends_later: bool) -> tuple[str, bool]:
    """A line without its comments, and whether one goes on in the next line. One that never ends is no comment."""
    kept: list[str] = []
    at = 0
    while True:
        if inside:
            end = line.find("-->", at)
            if end < 0:
                return "".join(kept), True
            at = end + 3
        start = line.find("<!--", at)
        inside = start >= 0 and (ends_later or line.find("-->", start) >= 0)
        kept.append(line[at:start] if inside else line[at:])
        if not inside:
            return "".join(kept), False
        at = start


def _line(line: str, in_table: bool) -> str:
    """A line without the marks of its block and of its words."""
    if not _SPECIAL.search(line):
        return line
    if _RULE.match(line) or _DEFINITION.match(line) or (in_table and _is_table_rule(line)):
        return ""
    for mark in (_QUOTE, _HEAD, _BULLET, _NOTE):
        if found := mark.match(line):
            line = line[found.end() :]
            line = _HEAD_END.sub("", line) if mark is _HEAD else line
    line = _ESCAPE.sub(lambda m: m.group(1).translate(_SHIELD), line)
    line = _CODE.sub(lambda m: m.group(2).translate(_SHIELD), line)
    if in_table:
        line = "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))
    return _words(line).translate(_UNSHIELD)


def _words(line: str) -> str:
    """A line without links, pictures, tags and emphasis."""
    line = _LINK.sub(r"\1", _IMAGE.sub("", line))
    line = _ADDRESS.sub(r"\1", _NOTE_MARK.sub("", line))
    line = _emphasised(_TAG.sub("", _BREAK.sub(" ", line)))
    return _ENTITY.sub(lambda m: html.unescape(m.group()).replace("\n", " ").replace("\r", " "), line)


def _emphasised(line: str) -> str:
    """A line without marks of emphasis that stand in pairs; those alone are words of the text."""
    waiting: dict[str, int] = {}
    dropped: set[int] = set()
    marks = list(_MARKS.finditer(line))
    for n, mark in enumerate(marks):
        opens, closes = _flanks(line, mark)
        if closes and mark.group() in waiting:
            first = waiting.pop(mark.group())
            dropped.update((first, n))
            waiting = {text: place for text, place in waiting.items() if place < first}
        elif opens:
            waiting[mark.group()] = n
    pieces, last = [], 0
    for n in sorted(dropped):
        pieces.append(line[last : marks[n].start()])
        last = marks[n].end()
    return "".join(pieces) + line[last:]


def _flanks(line: str, mark: re.Match[str]) -> tuple[bool, bool]:
    """Whether a mark may open and may close emphasis.

    As CommonMark has it, but that figures keep theirs (5*3*2), and `***` and `_` inside words too: so names are blotted out.
    """
    before, after = line[mark.start() - 1 : mark.start()].strip(), line[mark.end() : mark.end() + 1].strip()
    opens, closes = bool(after), bool(before)
    if mark.group() not in ("**", "~~"):
        inside = before.isalnum() and after.isalnum()
        strict = mark.group() != "*" or (before.isascii() and after.isascii())
        if inside and strict:
            return False, False
        if mark.group() != "*":
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    return opens, closes
