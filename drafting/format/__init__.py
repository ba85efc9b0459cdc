"""A text that exists already, laid out anew: read, told apart by its structure, set in a layout; no word is lost.

A text without tables, pictures and the like goes through a draft; a .docx that holds some is changed in place, so that they are
carried over as they are (`drafting.format.word`). What LibreOffice makes a .docx of (.doc, .wps, .rtf, .odt) goes that way too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from drafting.errors import ExportError
from drafting.files import refuse_taken, write_atomic
from drafting.format.arrange import arranged
from drafting.format.plain import bits_of, draft_of
from drafting.format.report import Report
from drafting.layout import Layout
from phrasebank.model import RawText
from phrasebank.readers import read
from phrasebank.readers.kinds import OLD_WORD, WORD, kind_of
from phrasebank.readers.source import load

__all__ = ["Report", "format_file"]

_WORDS_ALONE = (".txt", ".md")
"""Endings of files that hold nothing but words."""


def format_file(source: Path, target: Path, layout: Layout, *, clean: bool = False) -> Report:
    """Lays `source` out anew as the .docx `target` and says what was changed.

    `clean` takes out what looks as if it were not the speech (advertisements, furniture of web pages); otherwise it is only named.
    Raises ReadError for what cannot be read, ExportError for what cannot be written.
    """
    if target.suffix.lower() != ".docx":
        raise ExportError(f"排版的结果只能写成 .docx，不能写成 {target.suffix or '没有后缀的文件'}，请改 -o 的后缀", str(target))
    if _same(source, target):
        raise ExportError("输出文件就是原文件，会把它盖掉，请给 -o 换一个名字", str(target))
    refuse_taken(target)
    made, report = _word(source, layout, clean) or _plain(read(source), layout, clean)
    write_atomic(target, made)
    return replace(report, output=str(target))


def _same(source: Path, target: Path) -> bool:
    """Whether both are one file; a name that no disk can hold is told where it is read or written."""
    try:
        return target.samefile(source)
    except (OSError, ValueError):
        return False


def _word(source: Path, layout: Layout, clean: bool) -> tuple[bytes, Report] | None:
    """A .docx, whatever its name says, or what becomes one, changed in place where it holds more than words; None for what is none."""
    data = load(source)
    notices: tuple[str, ...] = ()
    kind = kind_of(source.suffix, data)
    if kind.reader == OLD_WORD.reader:
        from phrasebank.readers.office import as_word  # starts LibreOffice

        data, notices = as_word(data, str(source))
    elif kind is not WORD:
        return None
    from drafting.format.word import Keeper  # python-docx

    made, report = Keeper.of(data, str(source)).lay_out(layout, clean)
    return made, replace(report, notices=(*notices, *report.notices))


def _plain(raw: RawText, layout: Layout, clean: bool) -> tuple[bytes, Report]:
    """A text of nothing but words, as a document and what was done to it."""
    from drafting.docx import write_docx  # Jinja2

    lines = list(bits_of(raw.lines, web=True))
    found = arranged(raw.file, lines, clean=clean)
    title = next((para.text for para in found.paras if para.kind == "title"), raw.meta.get("title", ""))
    dropped = [f"“{item.text.strip()[:30]}”" for item in raw.dropped if item.text.strip()]
    notices = (*raw.notices, *_left_out(raw, dropped))
    return write_docx(draft_of(found.paras, title), layout, comments=False), replace(found.report, notices=notices)


def _left_out(raw: RawText, dropped: Sequence[str]) -> tuple[str, ...]:
    """What the reader did not hand on as text."""
    found = []
    if Path(raw.file).suffix.lower() not in _WORDS_ALONE:
        found.append("这种文件里的表格和图片带不过来，表格的文字成了一行行的段落；要原样保留，请先另存为 .docx 再排")
    if dropped:
        found.append(f"页眉页脚、隐藏文字等 {len(dropped)} 处没有带过来：{'、'.join(dropped[:5])}")
    if raw.meta:
        found.append(f"文件头里的 {'、'.join(raw.meta)} 没有写进正文")
    return tuple(found)
