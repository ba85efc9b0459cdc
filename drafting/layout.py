"""Page layouts as data: `layouts/NAME.yaml` in a template folder, and where the lines of a title break.

A name may carry a font set after a colon, `official:windows`; otherwise the one named in the file is taken.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache
from math import inf
from pathlib import Path
from typing import Any, Literal, TypeVar, get_type_hints

from drafting.config import TEMPLATES, nearest, read_yaml
from drafting.errors import ConfigError

PARTS = TEMPLATES / "layouts" / "docx"
"""The XML templates of a .docx and the font sets."""

NumberPlace = Literal["odd-even", "centre"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins in millimetres. `footer` is from the page number's foot to the paper's edge."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    footer: float


@dataclass(frozen=True, slots=True)
class Fonts:
    """The names of the fonts in use, one for each part they play."""

    title: str
    body: str
    kai: str
    hei: str
    song: str
    latin: str


@dataclass(frozen=True, slots=True)
class Style:
    """`font` is a field of `Fonts`; `size` is in points."""

    font: str
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """How each kind of paragraph is set. `byline` is for subtitle, speaker and date."""

    title: Style
    byline: Style
    body: Style
    heading1: Style
    heading2: Style
    heading3: Style
    heading4: Style
    page_number: Style


@dataclass(frozen=True, slots=True)
class Layout:
    """A page layout, as all the parts of a .docx see it.

    `pitch` is the exact line pitch in points, 0 when lines are `multiple` times their font's height. `tighten` is
    taken off each character, in points. `keep_together` keeps headings with their text and lines from standing alone.
    """

    name: str
    about: str
    page: Page
    fonts: Fonts
    styles: Styles
    page_number: NumberPlace = "odd-even"
    keep_together: bool = False
    pitch: float = 0
    multiple: float = 1
    tighten: float = 0

    @property
    def odd_even(self) -> bool:
        """Whether page numbers stand at the outer edge."""
        return self.page_number == "odd-even"

    @property
    def headings(self) -> tuple[tuple[int, Style], ...]:
        """Level and style of the four headings."""
        s = self.styles
        return ((1, s.heading1), (2, s.heading2), (3, s.heading3), (4, s.heading4))

    @property
    def font_names(self) -> tuple[str, ...]:
        """Every font once, in a steady order."""
        return tuple(dict.fromkeys(getattr(self.fonts, item.name) for item in fields(self.fonts)))

    @property
    def cell(self) -> float:
        """How wide a Chinese character of body text is, in points."""
        return self.styles.body.size - self.tighten

    @property
    def cells(self) -> int:
        """How many Chinese characters of body text fit on a line."""
        return self._fit(self.cell)

    @property
    def title_cells(self) -> int:
        """How many Chinese characters of the title fit on a line."""
        return self._fit(self.styles.title.size)

    def _fit(self, points: float) -> int:
        return int((self.page.width - self.page.left - self.page.right) / 25.4 * 72 // points)


def load_layout(name: str, folders: Sequence[Path] = (TEMPLATES,)) -> Layout:
    """The layout of that name from the first of the template folders that has it, `NAME:FONTS` with another font set.

    Raises ConfigError for an unknown name (with the nearest right one) and for a malformed file.
    """
    stem, _, font_set = name.partition(":")
    found = _names(folders)
    if stem not in found:
        raise ConfigError(f"没有名为“{stem}”的版式{nearest(stem, list(found))}")
    if font_set and font_set not in font_sets():  # no fault of the file's
        raise ConfigError(_no_set(font_set))
    return _layout(found[stem], stem, font_set)


def layout_names(folders: Sequence[Path] = (TEMPLATES,)) -> tuple[str, ...]:
    """The names of all layouts in template folders."""
    return tuple(sorted(_names(folders)))


def font_sets() -> tuple[str, ...]:
    """The names of the font sets."""
    return tuple(read_yaml(PARTS / "fonts.yaml"))


def _names(folders: Sequence[Path]) -> dict[str, Path]:
    """Every layout by name; a folder that comes earlier wins."""
    return {path.stem: path for folder in reversed(folders) for path in sorted((folder / "layouts").glob("*.yaml"))}


def _layout(path: Path, name: str, font_set: str) -> Layout:
    data = _table(read_yaml(path), "版式", path)
    line = _table(data.pop("line", {}), "line", path)
    _known(line, ("pitch", "multiple"), "line", path)
    styles = _table(data.pop("styles", {}), "styles", path)
    parts = {key: _build(Style, value, f"styles.{key}", path) for key, value in styles.items()}
    made = {
        "name": name,
        "page": _build(Page, data.pop("page", {}), "page", path),
        "fonts": _fonts(font_set or data.pop("fonts", "gb2312"), path),
        "styles": _build(Styles, parts, "styles", path),
    }
    data.pop("fonts", None)
    return _sound(_build(Layout, {"about": "", **data, **line, **made}, "", path), path)


def _fonts(chosen: object, path: Path) -> Fonts:
    """A font set by name, or spelled out in the layout file."""
    if isinstance(chosen, Mapping):
        return _build(Fonts, chosen, "fonts", path)
    sets = read_yaml(PARTS / "fonts.yaml")
    if chosen not in sets:
        raise ConfigError(_no_set(str(chosen)), str(path))
    return _build(Fonts, sets[chosen], "fonts", path)


def _no_set(name: str) -> str:
    return f"没有名为“{name}”的字体方案{nearest(name, list(font_sets()))}"


def _sound(layout: Layout, path: Path) -> Layout:
    """Refuses what would only fail, or look wrong, in the finished page."""
    if layout.page_number not in ("odd-even", "centre"):
        raise ConfigError(f"page_number 应为 odd-even 或 centre，这里是“{layout.page_number}”", str(path))
    known = [item.name for item in fields(Fonts)]
    for item in fields(Styles):
        style: Style = getattr(layout.styles, item.name)
        if style.font not in known:
            what = f"styles.{item.name} 的 font“{style.font}”不在字体方案里"
            raise ConfigError(what + nearest(style.font, known), str(path))
        if not 1 <= style.size <= _LARGEST_TYPE:
            raise ConfigError(f"styles.{item.name} 的 size 应为 1 到 {_LARGEST_TYPE} 磅，这里是 {style.size:g}", str(path))
    _roomy(layout, path)
    return layout


_LARGEST_TYPE, _LARGEST_PAPER = 1638, 558
"""What Word takes: points of type, millimetres of paper (22 inches)."""


def _roomy(layout: Layout, path: Path) -> None:
    """Refuses pages that hold no line of text, and lines that have no height."""
    page, size = layout.page, layout.styles.body.size
    sides = (("width", page.width, page.left + page.right), ("height", page.height, page.top + page.bottom))
    for name, length, margins in sides:
        if length > _LARGEST_PAPER:
            raise ConfigError(f"page.{name} 应不大于 {_LARGEST_PAPER} 毫米，这里是 {length:g}", str(path))
        if (length - margins) / 25.4 * 72 < size:
            raise ConfigError(f"page.{name} 是 {length:g} 毫米，两边的边距共 {margins:g} 毫米，放不下正文", str(path))
    if layout.tighten >= size:
        raise ConfigError(f"tighten 应小于正文的字号 {size:g} 磅，这里是 {layout.tighten:g}", str(path))
    if not layout.pitch and not layout.multiple:
        raise ConfigError("line 的 multiple 应大于 0", str(path))


def _build(kind: type[T], data: object, where: str, path: Path) -> T:
    """A dataclass from a mapping: unknown, missing and ill-typed keys are errors that name the key."""
    table = _table(data, where, path)
    items = fields(kind)  # type: ignore[arg-type] # all kinds here are dataclasses
    _known(table, [item.name for item in items], where, path)
    missing = [item.name for item in items if item.name not in table and item.default is MISSING]
    if missing:
        raise ConfigError(f"缺少 {_key(where, missing[0])}", str(path))
    hints = get_type_hints(kind)
    for key, value in table.items():
        _typed(value, hints[key], _key(where, key), path)
    return kind(**table)


def _typed(value: object, hint: object, key: str, path: Path) -> None:
    if hint is float and (isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < inf):
        raise ConfigError(f"{key} 应为不小于 0 的数，这里是“{value}”", str(path))
    if hint is bool and not isinstance(value, bool):
        raise ConfigError(f"{key} 应为 true 或 false，这里是“{value}”", str(path))
    if hint is str and not isinstance(value, str):
        raise ConfigError(f"{key} 应为文字，这里是“{value}”", str(path))


def _table(data: object, where: str, path: Path) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise ConfigError(f"{where} 应为“键: 值”的表", str(path))
    return {str(key): value for key, value in data.items()}


def _known(table: Mapping[str, Any], names: Iterable[str], where: str, path: Path) -> None:
    names = list(names)
    for key in table:
        if key not in names:
            raise ConfigError(f"不认识的键 {_key(where, key)}{nearest(key, names)}", str(path))


def _key(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


# The lines of a title

# Words a line of the title must not tear, and at whose edges it may end: punctuation, a few function words and these
# tell enough, and drafting stays free of jieba.
_WORDS = re.compile(
    "高质量发展|人民代表大会|代表大会|中心组|理论学习|现代化建设|乡村振兴|安全生产|生态环境|基层治理|城乡融合|共同富裕|"
    "民主生活会|组织生活会|征求意见|主题教育|学习教育|"
    "全面从严治党|从严治党|党风廉政|正确政绩观|政绩观|营商环境|防灾减灾|防汛抗旱|森林防火|人居环境|招商引资|项目建设|作风建设|"
    "座谈会|推进会|动员会|部署会|研讨会|交流会|报告会|总结会|表彰会|现场会|党组织|领导小组|指导意见|"
    "全面|深入|扎实|持续|坚持|坚决|加快|推动|推进|促进|提升|增强|强化|压实|筑牢|树牢|树立|践行|落实|贯彻|学习|建设|打造|谱写|奋力|努力|"
    "着力|聚焦|围绕|关于|工作|会议|大会|讲话|发言|党课|动员|部署|总结|表彰|任务|责任|经济|社会|文化|生态|环境|安全|生产|农业|农村|农民|"
    "产业|项目|改革|创新|开放|发展|服务|群众|人民|干部|党员|组织|纪律|作风|能力|水平|质量|基层|治理|乡村|振兴|教育|教学|学校|医疗|"
    "卫生|健康|防汛|防火|年度|上半年|下半年|第一|季度|春季|夏季|秋季|冬季|全省|全市|全县|全区|全镇|全乡|全村|新时代|新征程|新篇章|新局面"
)

_NUMBERS = re.compile(
    r"[0-9０-９A-Za-z.．％%]+[年月日届次期个名项条号]*|(?:第?[〇零一二三四五六七八九十百千万两]+[届年月日个期次轮批项条中全会]+)+"
)
_GROUPS = re.compile("“[^“”]*”|《[^《》]*》|〔[^〔〕]*〕|（[^（）]*）")
_OPENING, _CLOSING = set("“‘《〈（〔【"), set("”’》〉）〕】，、；：。！？…—")
# What a break costs: inside a group, word or number; at an unknown place; at the edge of a word; after a mark.
_TORN, _UNKNOWN, _EDGE, _MARK = 2000, 80, 15, 0


_Way = tuple[float, tuple[int, ...]]
_NO_WAY: _Way = (float("inf"), ())


@lru_cache(256)
def title_breaks(text: str, cells: int) -> tuple[int, ...]:
    """The offsets at which a new line begins, none for a title that fits on one line of `cells` characters.

    A title of more than four lines is left to the word processor.
    """
    widths = [0]
    for char in text:
        widths.append(widths[-1] + (2 if unicodedata.east_asian_width(char) in "WFA" else 1))  # in half characters
    wanted = -(-widths[-1] // (2 * cells))
    if not 2 <= wanted <= 4:
        return ()
    costs = _costs(text)
    best = _best(costs, widths, wanted, 2 * cells)
    if best[0] >= _TORN:  # one line more is better than a torn word
        best = min(best, _best(costs, widths, wanted + 1, 2 * cells))
    return best[1]


def _best(costs: Sequence[int], widths: Sequence[int], lines: int, limit: int) -> _Way:
    """The best way to break into that many lines, and what it costs: the breaks, and lines unlike the mean.

    A line shorter than both its neighbours makes an hourglass, which costs too; trapezoids and diamonds are right.
    """
    end, mean = len(widths) - 1, widths[-1] / lines

    def go(start: int, left: int, before: int, shrunk: bool) -> _Way:
        if left == 1:
            width = widths[end] - widths[start]
            waist = _UNKNOWN if shrunk and width > before else 0
            return ((width - mean) ** 2 / 2 + waist, ()) if width <= limit else _NO_WAY
        best = _NO_WAY
        low = max(widths[start] + mean * 0.6, widths[end] - limit * (left - 1))
        for at in range(bisect_left(widths, low), bisect_right(widths, widths[start] + limit, hi=end)):
            width = widths[at] - widths[start]
            cost, cuts = go(at, left - 1, width, before > width)
            cost += costs[at] + (width - mean) ** 2 / 2 + (_UNKNOWN if shrunk and width > before else 0)
            if cost < best[0]:
                best = cost, (at, *cuts)
        return best

    return go(0, lines, 0, False)


def _costs(text: str) -> list[int]:
    """The cost of a break before each character."""
    costs = [_UNKNOWN] * (len(text) + 1)
    for at in range(1, len(text)):
        costs[at] = _seam(text[at - 1], text[at])
    for match in _WORDS.finditer(text):
        _bind(costs, match.start(), match.end(), _EDGE)
    for match in _NUMBERS.finditer(text):
        _bind(costs, match.start(), match.end(), _UNKNOWN)
    for match in _GROUPS.finditer(text):
        _bind(costs, match.start(), match.end(), _MARK)
    for at in range(1, len(text)):
        if text[at] in _CLOSING or text[at - 1] in _OPENING or text[at] == "的":
            costs[at] = 2 * _TORN
    return costs


def _seam(before: str, after: str) -> int:
    if before in _CLOSING or after in _OPENING or before.isspace():
        return _MARK
    return _EDGE if before in "的和暨与" or after in "暨在以" else _UNKNOWN


def _bind(costs: list[int], start: int, end: int, edge: int) -> None:
    """Nothing breaks inside; the edges are as good as `edge` at least."""
    for at in range(start + 1, end):
        costs[at] += _TORN
    costs[start], costs[end] = min(costs[start], edge), min(costs[end], edge)
