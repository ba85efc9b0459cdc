"""The commands for layouts: an existing text laid out anew, and what layouts and section templates there are."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from drafting.config import template_folders
from drafting.errors import ConfigError
from drafting.layout import Layout, font_sets, layout_names, load_layout
from tui.output import DIM, GREEN, YELLOW, Output


def format_text(call: Namespace, output: Output) -> int:
    """A text that exists already, laid out anew, with an account of what was changed."""
    from drafting.format import format_file

    source = Path(call.file)
    target = Path(call.output) if call.output else Path(f"{source.stem}-排版.docx")
    layout = load_layout(call.layout, template_folders())
    report = format_file(source, target, layout, clean=call.clean)
    if call.json:
        output.data(asdict(report))
        return 0
    output.notice(f"{output.paint('已排好', GREEN)}：{report.output}")
    for line in report.lines():
        output.notice(f"  {line}")
    return 0


def templates(call: Namespace, output: Output) -> int:
    """The layouts and section templates there are, or one of them; of a layout also where it departs from the standard."""
    if call.action == "check":
        from tui.template_commands import check

        return check(call, output)
    folders = template_folders()
    if call.action == "list":
        return _list(call, output, folders)
    if not call.name:
        raise ConfigError("show 后面要写版式名，如 official、speech:windows，或段落模板名，如 研讨发言/打算-1")
    if "/" in call.name:
        return _section(call, output, folders)
    return _layout(load_layout(call.name, folders), call, output)


def _list(call: Namespace, output: Output, folders: tuple[Path, ...]) -> int:
    for name in layout_names(folders):
        layout = load_layout(name, folders)
        row = {"name": name, "kind": "layout", "about": layout.about, "fonts": list(font_sets())}
        output.data(row) if call.json else output.line(f"版式 {output.paint(name, YELLOW)}：{layout.about}")
    if not call.json:
        output.line(output.paint(f"  字体方案 {'、'.join(font_sets())}，写在版式名后面，如 official:windows", DIM))
    for name in _sections(folders):
        output.data({"name": name, "kind": "section"}) if call.json else output.line(f"段落模板 {name}")
    return 0


def _sections(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Section templates by name (研讨发言/打算-1); the user's go before ours."""
    return {
        path.relative_to(folder / "sections").with_suffix("").as_posix(): path
        for folder in reversed(folders)
        for path in sorted((folder / "sections").glob("*/*.j2"))
    }


def _section(call: Namespace, output: Output, folders: tuple[Path, ...]) -> int:
    from drafting.config import nearest

    found = _sections(folders)
    name = call.name.removesuffix(".j2")
    if name not in found:
        raise ConfigError(f"没有名为“{name}”的段落模板{nearest(name, list(found))}")
    text = found[name].read_text("utf-8")
    row = {"name": name, "kind": "section", "file": str(found[name]), "text": text}
    output.data(row) if call.json else output.line(text.rstrip("\n"))
    return 0


def _layout(layout: Layout, call: Namespace, output: Output) -> int:
    """Page, fonts and sizes of a layout, and each departure from GB/T 9704-2012."""
    from drafting.standard import characters_a_line, departures, lines_a_page

    found = departures(layout)
    if call.json:
        output.data({**asdict(layout), "kind": "layout", "departures": list(found)})
        return 0
    page, fonts = layout.page, layout.fonts
    output.line(f"{output.paint(layout.name, YELLOW)}：{layout.about}")
    output.line(f"页面：{page.width:g}×{page.height:g} 毫米，上 {page.top:g}、下 {page.bottom:g}、左 {page.left:g}、右 {page.right:g} 毫米")
    output.line(f"行与字：每面约 {int(lines_a_page(layout))} 行，每行 {characters_a_line(layout)} 字，"
                f"{f'固定行距 {layout.pitch:g} 磅' if layout.pitch else f'{layout.multiple:g} 倍行距'}")  # fmt: skip
    output.line(f"字体：标题 {fonts.title}，正文 {fonts.body}，一级标题 {fonts.hei}，二级标题 {fonts.kai}，数字和西文 {fonts.latin}")
    output.line(f"页码：{'单页居右、双页居左' if layout.odd_even else '居中'}")
    output.line("与 GB/T 9704—2012 不同之处：" if found else "与 GB/T 9704—2012 一致")
    for line in found:
        output.line(f"  {line}")
    return 0
