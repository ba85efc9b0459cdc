"""GB/T 9704-2012 «党政机关公文格式» as far as a layout can keep or break it, and where one departs from it.

Speeches are no official documents, so that a departure is no fault: a writer should know of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from drafting.layout import Layout, Style

_SIZES = {26: "一号", 24: "小一", 22: "二号", 18: "小二", 16: "三号", 15: "小三", 14: "四号", 12: "小四", 10.5: "五号"}
_STYLES = (
    ("标题", "title", "title", 22), ("正文", "body", "body", 16), ("一级标题", "heading1", "hei", 16),
    ("二级标题", "heading2", "kai", 16), ("三级标题", "heading3", "body", 16), ("四级标题", "heading4", "body", 16),
    ("页码", "page_number", "song", 14),
)  # fmt: skip
"""Clauses 5.2.2, 7.3 and 7.5: what, the layout's style, the font it must have, its size in points."""
_FACES = {"title": ("小标宋", "小标宋"), "body": ("仿宋", "仿宋"), "kai": ("楷", "楷体"), "hei": ("黑", "黑体"), "song": ("宋", "宋体")}
"""What the name of a font for a part holds, and what the font is called."""


def departures(layout: Layout) -> tuple[str, ...]:
    """Where a layout departs from the standard, each a Chinese line 项目：标准…，这里…."""
    found = (*_page(layout), *_lines(layout), *_styles(layout), *_faces(layout))
    return tuple(f"{what}：标准{wanted}，这里{got}" for what, wanted, got in found)


def lines_a_page(layout: Layout) -> float:
    """Lines that a full page holds, as far as the pitch is known: a line of several times its font's height is 1.3 times its size."""
    pitch = layout.pitch or layout.multiple * 1.3 * layout.styles.body.size
    return (layout.page.height - layout.page.top - layout.page.bottom) / 25.4 * 72 / pitch


def characters_a_line(layout: Layout) -> int:
    """Chinese characters of body text that a line holds."""
    return layout.cells


def _page(layout: Layout) -> Iterator[tuple[str, str, str]]:
    """Clauses 5.1 and 5.2.1: A4; head 37±1 mm, back 28±1 mm, type area 156 × 225 mm."""
    page = layout.page
    if (page.width, page.height) != (210, 297):
        yield "用纸", " A4（210×297 毫米）", f" {page.width:g}×{page.height:g} 毫米"
    if abs(page.top - 37) > 1:
        yield "天头", " 37±1 毫米", f" {page.top:g} 毫米"
    if abs(page.left - 28) > 1:
        yield "订口", " 28±1 毫米", f" {page.left:g} 毫米"
    width, height = page.width - page.left - page.right, page.height - page.top - page.bottom
    if abs(width - 156) > 1 or abs(height - 225) > 1:
        yield "版心", " 156×225 毫米", f" {width:g}×{height:g} 毫米"


def _lines(layout: Layout) -> Iterator[tuple[str, str, str]]:
    """Clauses 5.2.3 and 7.5."""
    lines, characters = lines_a_page(layout), characters_a_line(layout)
    if int(lines) != 22 or not layout.pitch:
        spacing = f"固定 {layout.pitch:g} 磅" if layout.pitch else f"{layout.multiple:g} 倍行距"
        yield "行数", "每面 22 行", f"{spacing}，每面约 {int(lines)} 行"
    if characters != 28:
        yield "字数", "每行 28 字", f"每行 {characters} 字"
    if not layout.odd_even:
        yield "页码位置", "单页居右、双页居左", "居中"
    if layout.keep_together:
        yield "分页", "不要求标题与下文同页", "标题不落在页末，段落不留孤行，所以有的页不满行"


def _styles(layout: Layout) -> Iterator[tuple[str, str, str]]:
    for what, name, font, points in _STYLES:
        style: Style = getattr(layout.styles, name)
        if style.font != font or style.size != points:
            wanted = f"{_size(points)}{_FACES[font][1]}"
            yield f"{what}字体字号", wanted, f"{_size(style.size)}{_FACES.get(style.font, ('', style.font))[1]}"
        if style.bold:
            yield f"{what}加粗", "不加粗", "加粗"


def _faces(layout: Layout) -> Iterator[tuple[str, str, str]]:
    users = {font: what for what, _, font, _ in reversed(_STYLES)}
    for part, (held, called) in _FACES.items():
        name = getattr(layout.fonts, part)
        if held not in name:
            yield f"{users[part]}用的字体", called, name


def _size(points: float) -> str:
    return _SIZES.get(points, f"{points:g} 磅")
