"""A draft as a file: .docx .md .txt .json .pdf by its suffix, whole or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from drafting.checks.inline import without_marks
from drafting.errors import ExportError
from drafting.files import refuse_taken, write_atomic
from drafting.layout import Layout
from drafting.model import Blank, Block, Draft, Origin, Span
from drafting.origins import Extras, spoken, with_extras
from drafting.plan import CHARACTERS_A_MINUTE
from phrasebank.sentences import split

NO_EXTRAS = Extras()

_HEAD = ("title", "subtitle", "speaker", "date")
_UNREAD = (*_HEAD, "attachment", "label")
_MARKDOWN = re.compile(r"[\\`*_\[\]<>&]|^(?=[#+\-=~])|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])")
_TRAIL = re.compile(r"^(.*?)([。！？；：，、]*)$", re.DOTALL)
_CONTROL = {code: None for code in (*range(9), *range(11, 32), 127)}


def export(
    draft: Draft, path: Path, layout: Layout, *, final: bool = False, base: Path | None = None, extras: Extras = NO_EXTRAS
) -> None:
    """Writes the draft to `path` in the format its suffix names; a file that was there is replaced only by a whole one.

    `final` leaves out highlights, comments and `extras`. `base` is a .docx whose pages and styles are taken instead of `layout`. Raises
    ExportError for an unknown suffix, one that cannot hold what is asked for, for a base that cannot be used, a PDF without LibreOffice
    and whatever the disk refuses.
    """
    suffix = path.suffix.lower()
    extras = NO_EXTRAS if final else extras
    draft = with_extras(without_marks(draft), extras)
    makers: dict[str, Callable[[], bytes]] = {
        ".docx": lambda: _docx(draft, layout, final, extras) if base is None else _in_base(draft, base, path, final, extras),
        ".md": lambda: _encoded(to_markdown(draft)),
        ".txt": lambda: _encoded(to_prompter(draft)),
        ".json": lambda: _encoded(json.dumps(to_json(draft), ensure_ascii=False, indent=1) + "\n"),
        ".pdf": lambda: _pdf(_docx(draft, layout, True, extras)),
    }
    maker = makers.get(suffix)
    if maker is None:
        raise ExportError(f"不能导出“{path.suffix or '没有后缀'}”，请用 {'、'.join(makers)} 之一", str(path))
    if suffix != ".docx":
        _plain_enough(path, base, extras)
    refuse_taken(path)
    write_atomic(path, maker())


def _plain_enough(path: Path, base: Path | None, extras: Extras) -> None:
    """Raises ExportError for what Word files alone can hold."""
    if extras.sources == "comments":
        raise ExportError("只有 .docx 能带批注（--sources comments）；别的格式请用 --sources list，把出处附在文末", str(path))
    if base is not None:
        raise ExportError(f"用了底稿（--base）只能写成 .docx，不能写成 {path.suffix}，请改输出文件的后缀", str(path))


def to_markdown(draft: Draft) -> str:
    """The draft as Markdown: headings by level, run-in headings in bold, one empty line between paragraphs."""
    return "\n\n".join(_markdown(block) for block in draft.blocks) + "\n"


def to_prompter(draft: Draft) -> str:
    """The draft for a teleprompter: a sentence a line, each with the time it begins at ([分:秒]), an empty line between paragraphs.

    What stands above and below the speech, and what is put behind it, is not read out and has no time. Pace:
    `drafting.plan.CHARACTERS_A_MINUTE`.
    """
    read, parts = 0, []
    said = len(spoken(draft).blocks)
    for at, block in enumerate(draft.blocks):
        text = _flat(block.text).translate(_CONTROL)
        if block.kind in _UNREAD or at >= said:
            parts.append(text)
            continue
        lines = []
        for sentence in split(text):
            minutes, seconds = divmod(round(read * 60 / CHARACTERS_A_MINUTE), 60)
            lines.append(f"[{minutes:02}:{seconds:02}] {sentence}")
            read += sum(character.isalnum() for character in sentence)
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def to_json(draft: Draft) -> dict[str, Any]:
    """The draft with every span's origin.

    {"title": str, "characters": int, "blocks": [{"kind", "level", "number", "slot": [int, int], "text",
    "lead": [span], "spans": [span]}]}, where span is {"text", "kind", "ref", "sources": [{"file", "line"}],
    "blank": {"kind", "what", "unit", "year", "doubtful", "who"} | null}.
    """
    return {
        "title": draft.title,
        "characters": spoken(draft).characters,
        "blocks": [_block(block) for block in draft.blocks],
    }


def _docx(draft: Draft, layout: Layout, final: bool, extras: Extras) -> bytes:
    from drafting.docx import write_docx  # Jinja2 and zlib, for .docx alone

    return write_docx(draft, layout, comments=not final, sources=extras.sources == "comments")


def _in_base(draft: Draft, base: Path, path: Path, final: bool, extras: Extras) -> bytes:
    from drafting.base import write_into  # python-docx, for bases alone

    if path.resolve() == base.resolve():
        raise ExportError("输出文件就是底稿，会把它盖掉，请给 -o 换一个名字", str(path))
    return write_into(draft, base, comments=not final, sources=extras.sources == "comments")


def _pdf(document: bytes) -> bytes:
    from drafting.pdf import to_pdf  # starts LibreOffice

    return to_pdf(document)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "ignore")  # a lone surrogate is no character


def _flat(text: str) -> str:
    """A block's text on one line."""
    return " ".join(text.splitlines()) if len(text.splitlines()) > 1 else text.strip("\r\n")


# Markdown


def _markdown(block: Block) -> str:
    text = _escaped(block.text)
    if block.kind == "title":
        return f"# {text}"
    if block.kind == "heading" or (block.lead and not block.spans and block.level):
        return f"{'#' * (max(block.level, 1) + 1)} {text}"
    if not block.lead:
        return text
    return _bold(_escaped(block.lead_text)) + _escaped("".join(span.text for span in block.spans), opens=False)


def _bold(lead: str) -> str:
    """The closing mark stays outside: `**…。**文` is not bold by CommonMark's rules, `**…**。文` is."""
    match = _TRAIL.match(lead)
    words, mark = match.groups() if match else (lead, "")
    return f"**{words}**{mark}" if words else mark


def _escaped(text: str, *, opens: bool = True) -> str:
    """Text that Markdown takes as it stands; `opens` when it begins a line, where lists and headings are read."""
    flat = _flat(text).translate(_CONTROL)
    done = _MARKDOWN.sub(lambda match: "\\" + match.group(), flat if opens else f"\0{flat}")
    return done.removeprefix("\0")


# JSON


def _block(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind, "level": block.level, "number": block.number, "slot": list(block.slot),
        "text": block.text, "lead": _spans(block.lead), "spans": _spans(block.spans),
    }  # fmt: skip


def _spans(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [{"text": span.text, **_origin(span.origin)} for span in spans]


def _origin(origin: Origin) -> dict[str, Any]:
    sources = [{"file": source.file, "line": source.line} for source in origin.sources]
    return {"kind": origin.kind, "ref": origin.ref, "sources": sources, "blank": _blank(origin.blank)}


def _blank(blank: Blank | None) -> dict[str, Any] | None:
    if blank is None:
        return None
    return {
        "kind": blank.kind, "what": blank.what, "unit": blank.unit, "year": blank.year, "doubtful": blank.doubtful,
        "who": blank.who,
    }  # fmt: skip
