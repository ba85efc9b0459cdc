"""The commands. Each takes the parsed call and an Output and returns the exit code; errors are raised."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from drafting.config import load_library
from drafting.errors import ConfigError
from phrasebank.model import KINDS, POLARITIES, ROLES, Inspection, RawText
from tui.bank_commands import bank, choice, facet_name, mine
from tui.batch_commands import base_of, batch, new, schema
from tui.check_commands import check
from tui.format_commands import format_text as format
from tui.format_commands import templates
from tui.heading_commands import headings
from tui.output import DIM, GREEN, RED, YELLOW, Output
from tui.web_commands import web

if TYPE_CHECKING:
    from drafting.session import Session

__all__ = [
    "bank", "batch", "check", "draft", "format", "genres", "headings", "inspect", "mine", "new", "schema", "suggest", "templates",
    "themes", "web",
]  # fmt: skip


def draft(call: Namespace, output: Output) -> int:
    """One outline to one file, or to several numbered ones when the outline holds several pieces."""
    from drafting.export import export
    from drafting.layout import load_layout
    from drafting.origins import Extras, asked
    from drafting.outline import load
    from drafting.summary import summarise, unused_facts
    from drafting.workshop import Workshop

    shop = Workshop.open(call.bank, builtin=not call.no_builtin)
    outlines = load(Path(call.outline), shop.library, shop.knows)
    layout = load_layout(call.layout, shop.library.folders)
    base = base_of(call)
    code = 0
    for path, outline in zip(_targets(call, len(outlines)), outlines, strict=True):
        session = shop.session(outline)
        summary = summarise(session, str(path), final=call.final)
        faulty = bool(summary["findings"]["E"])  # type: ignore[index]
        code = max(code, int(faulty))
        if call.final and faulty:
            _refused(summary, output)
        else:
            extras = Extras(call.sources, call.fact_sheet)
            export(asked(session.draft, session.plan), path, layout, final=call.final, base=base, extras=extras)
            output.data(summary) if call.json else _told(summary, output)
        if left := unused_facts(session.draft):
            output.notice(f"  事实清单里没有用上的：{'、'.join(left)}；写进某一点的 facts，或自己写一句")
        if faulty:
            _faults(session, output)
    return code


def inspect(call: Namespace, output: Output) -> int:
    """Everything found in texts, for people or as JSON, or the texts themselves with what was found marked in them."""
    from drafting.corpus import inspect_files, inspection_data
    from phrasebank.errors import ReadError

    code, first = 0, True
    for found in inspect_files(call.paths, load_library()):
        if isinstance(found, ReadError):
            output.error(found)
            code = 2
        elif call.json:
            output.data(inspection_data(found[1]))
        else:
            for line in _view(*found, call, output, first=first):
                output.line(line)
            first = False
    return code


def _view(raw: RawText, found: Inspection, call: Namespace, output: Output, *, first: bool) -> Iterator[str]:
    """A text as people read it, apart from the one before."""
    from tui.views.inspection import inspection_lines
    from tui.views.marked import marked_lines
    from tui.views.page import Page

    page = Page(output.paint, get_terminal_size().columns, call.all)
    if not first:
        yield ""
    yield from marked_lines(raw, found, page, sys.stdout.isatty()) if call.marked else inspection_lines(found, page)


def suggest(call: Namespace, output: Output) -> int:
    """Phrases by words and properties, best first."""
    from drafting.fill import shown
    from drafting.workshop import Workshop
    from phrasebank.search import Query

    shop = Workshop.open(call.bank, builtin=not call.no_builtin)
    theme = shop.library.theme(call.theme).name if call.theme else ""
    genre = shop.library.genre(call.genre).name if call.genre else ""
    query = Query(
        call.words, choice(call.role, ROLES, "作用"), theme, facet_name(shop.library, theme, call.facet), genre,
        choice(call.polarity, POLARITIES, "语气"), choice(call.kind, KINDS, "形式"), tag=call.tag,
    )  # fmt: skip
    hits = shop.stack.search(query, max(call.n, 1))
    for hit in hits:
        p = hit.phrase
        if call.json:
            output.data({
                "id": p.id, "text": p.text, "template": p.template, "role": p.role, "polarity": p.polarity, "facets": list(p.facets),
                "score": round(hit.score, 4), "count": p.count, "documents": p.documents, "sources": [asdict(s) for s in p.sources],
                "names": list(p.names), "kind": p.kind, "copies": p.copies, "years": list(p.years) if p.years else None,
                "pinned": hit.pinned, "tags": list(hit.tags),
            })  # fmt: skip
        else:
            source = f"{p.sources[0].file}:{p.sources[0].line}" if p.sources else ""
            output.line(shown(p))
            tags = "".join(f"  #{tag}" for tag in hit.tags)
            output.line(output.paint(f"    {p.id}  {ROLES[p.role]}  {'、'.join(p.facets)}  {source}{'  置顶' * hit.pinned}{tags}", DIM))
    if not hits:
        output.notice("没有找到；少写几个条件，或换一个说法再试。")
    return 0


def themes(call: Namespace, output: Output) -> int:
    """The themes there are, or one of them."""
    library = load_library()
    if call.action == "list":
        for theme in library.themes.values():
            facets = [facet.name for facet in theme.facets]
            row = {"name": theme.name, "aliases": list(theme.aliases), "facets": facets}
            output.data(row) if call.json else output.line(f"{theme.name}：{'、'.join(facets)}")
        return 0
    shown = asdict(library.theme(_wanted(call, "主题")))
    output.data(shown) if call.json else _show(shown, output)
    return 0


def genres(call: Namespace, output: Output) -> int:
    """The genres there are, or one of them."""
    library = load_library()
    if call.action == "list":
        for genre in library.genres.values():
            parts = [part.name for part in genre.parts]
            row = {
                "name": genre.name,
                "aliases": list(genre.aliases),
                "about": genre.about,
                "parts": parts,
                "characters": genre.characters,
            }
            output.data(row) if call.json else output.line(
                f"{genre.name}：{genre.about}（{'→'.join(parts)}，约{genre.characters}字）"
            )
        return 0
    shown = asdict(library.genre(_wanted(call, "文种")))
    output.data(shown) if call.json else _show(shown, output)
    return 0


def _targets(call: Namespace, count: int) -> list[Path]:
    first = Path(call.output) if call.output else Path(Path(call.outline).with_suffix(".docx").name)
    if count == 1:
        return [first]
    return [first.with_name(f"{first.stem}-{number}{first.suffix}") for number in range(1, count + 1)]


def _told(summary: dict[str, Any], output: Output) -> None:
    findings = summary["findings"]
    output.notice(f"{output.paint('已写好', GREEN)}：{summary['output']}")
    output.notice(f"  《{summary['title']}》 {summary['characters']} 字，约 {summary['minutes']} 分钟")
    output.notice(
        f"  待填、待核 {len(summary['blanks'])} 处；与单篇旧稿最高重合 {summary['overlap']:.0%}；需留意 {findings['W']} 处"
    )


def _faults(session: Session, output: Output) -> None:
    """What must be mended before the draft may be final, blanks apart: they are in the text."""
    from drafting.checks import check as findings

    for finding in findings(session.draft, session.plan):
        if finding.severity == "E":
            output.notice(output.paint(f"  须改正 第{finding.paragraph}段“{finding.text}”：{finding.message}", RED))


def _refused(summary: dict[str, Any], output: Output) -> None:
    output.notice(output.paint(f"未写定稿：《{summary['title']}》还有待填或必须改正的内容", RED))
    for blank in summary["blanks"][:20]:
        output.notice(
            f"  第{blank['paragraph']}段  {blank['kind']}：{blank['what']}"
            + (f"（{blank['unit']}）" if blank["unit"] else "")
        )


def _show(value: Any, output: Output, indent: int = 0) -> None:  # noqa: ANN401 - nested plain values
    for key, item in value.items():
        if isinstance(item, dict):
            output.line(" " * indent + f"{key}：")
            _show(item, output, indent + 2)
        elif isinstance(item, (list, tuple)) and item and isinstance(item[0], dict):
            for row in item:
                output.line(" " * indent + f"{key}：")
                _show(row, output, indent + 2)
        else:
            shown = "、".join(map(str, item)) if isinstance(item, (list, tuple)) else item
            output.line(" " * indent + f"{output.paint(key, YELLOW)}：{shown}")


def _wanted(call: Namespace, what: str) -> str:
    if not call.name:
        raise ConfigError(f"show 后面要写{what}名")
    return str(call.name)
