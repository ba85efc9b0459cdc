"""What of a web page is furniture: told by structure first, by names of classes second, never at the cost of prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

ROOT = 0
"""Index of the box that holds the whole page."""


@dataclass(frozen=True, slots=True)
class Box:
    """A block element: index of the box around it, its tag, its id, classes and role in one string, whether it is hidden."""

    parent: int
    tag: str
    names: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page: its text, the index of its box, how many of its characters stand in short links, how many links it has."""

    text: str
    box: int
    linked: int = 0
    links: int = 0

    @property
    def is_prose(self) -> bool:
        """Whether this reads like a sentence of a text, not like a label, a heading or a link."""
        return len(self.text) >= 20 and _MARKS.search(self.text) is not None and not self.is_link and not self._is_teaser

    @property
    def is_link(self) -> bool:
        """Whether most of this is links."""
        return self.links > 0 and self.linked >= 0.6 * len(_NO_WORDS.sub("", self.text))

    @property
    def _is_teaser(self) -> bool:
        """Whether this is the beginning of another text, with a link to it."""
        return self.links > 0 and _MORE.search(self.text) is not None


_MORE = re.compile(r"(?:详细|更多|全文|详情)[\]】）)>»…]*$")
_NO_WORDS = re.compile(r"[\W_]+")
_MARKS = re.compile("[，。；！？]")
_CONTAINERS = frozenset(
    ("html", "body", "div", "section", "article", "main", "form", "center", "table", "tbody", "tr", "td", "blockquote", "fieldset")
)
_FURNITURE_TAGS = frozenset(("nav", "header", "footer", "aside", "form", "menu", "dialog"))
_FURNITURE_ROLES = re.compile(r"\brole=(?:navigation|banner|contentinfo|complementary|search|menu|menubar|toolbar|dialog|alert)\b")
_TITLE_TAGS = frozenset(("h1", "h2", "h3"))
_TITLE_NAMES = re.compile(r"(?<![a-z])(?:[a-z]*title|tit|bt|biaoti)(?![a-z])")
_PART = re.compile(r"(?:page|part|content|text|txt|section|article|body)[-_ ]?[0-9]")
_FIGURES = re.compile(r"[0-9]+")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

_TELLING = re.compile(
    r"breadcrumb|crumbs|sidebar|navbar|navigat|bdshare|share(?!hold)|jiathis|comment|pinglun|copyright|footer|paginat|pagebar|recommend"
    r"|relat(?:ed|ion)|xiangguan|advert|banner|toolbar|qrcode|erweima|friendlink|ranking|subscribe|dashang|jammer|popup|modal|gotop"
    r"|backtop|disclaimer|statement|mianze|fenxiang|shouye|"
    r"(?<![a-z])(?:nav|menu|crumb|aside|side|foot|ads?|gg|dqwz|weizhi|fx|xgyd|xglj|xgxw|xgwz|hot|ewm|search|sousuo|login|pager|pages|reply"
    r"|pl|prev|next|print|dayin|modal|reward|tuijian|tags|keywords)(?![a-z])"
)
"""Names of what is furniture on nearly every site, in English and pinyin."""
_HINTING = re.compile(
    r"(?<![a-z])(?:header|head|top|logo|tools?|info|source|laiyuan|ly|pubtime|meta|edit|bianji|zeren|count|views|hits|click|fontsize"
    r"|zihao|tag|links?|position|location|path|bar|btn|buttons?|tips?|more|like|zan|follow|wechat|weixin|weibo|bottom|function"
    r"|operate)(?![a-z])"
)
"""Names that also stand over texts: they count only where there is no prose and no heading."""
_SITE_TALK = re.compile(
    r"版权|转载|ICP备|公安备|免责|责任编辑|本网站?|本站|举报|客服|登录|扫码|二维码|网友|未经授权|主办单位|承办单位|浏览器|分辨率"
)
"""A site that speaks of itself."""
_WHOLE = 0.95
"""Share of the prose the main text must hold: what is left over is less than a paragraph of a long text."""
_ASIDE = 0.4
"""Furniture holds less than this share of the prose; a form or a header that holds more is the page itself."""
_NEAR = 4
"""How many boxes around the main text its title may stand in."""


def kept_lines(boxes: Sequence[Box], lines: Sequence[Line]) -> list[bool]:
    """For each line whether it belongs to the text. Boxes stand in document order, each after the box around it.

    The main text is the smallest box with nearly all prose, as in Readability (Arc90, 2009); inside it only what is plainly
    furniture goes, outside it only prose without any mark of furniture stays. A page without prose keeps all but furniture.
    """
    gone = _furniture(boxes, lines)
    prose = [0 if gone[line.box] or _SITE_TALK.search(line.text) else _weight(line) for line in lines]
    amounts = _summed(boxes, lines, prose)
    if not amounts[ROOT]:
        found = [not gone[line.box] and not _is_stray_link(line, boxes) for line in lines]
        return found if any(found) else [True] * len(lines)
    main = _main_box(boxes, lines, amounts)
    series = _series(boxes, main)
    start = next(i for i, line in enumerate(lines) if series[line.box])
    linked = _links_everywhere(lines, series)
    top = range(_top(boxes, lines, gone, main, start), start)
    return [
        not gone[line.box]
        and (((series[line.box] or i in top) and (linked or not _is_stray_link(line, boxes))) or (prose[i] > 0 and not line.links))
        for i, line in enumerate(lines)
    ]


def _weight(line: Line) -> int:
    return len(line.text) if line.is_prose else 0


def _is_stray_link(line: Line, boxes: Sequence[Box]) -> bool:
    """Whether a line is a link to elsewhere: no heading with a link to itself, no enclosure named by an official letter."""
    return line.is_link and boxes[line.box].tag not in _HEADINGS and not line.text.startswith("附件")


def _links_everywhere(lines: Sequence[Line], inside: Sequence[bool]) -> bool:
    """Whether so much of the text is links, as in an encyclopedia or where one was never closed, that they tell nothing."""
    prose = [line for line in lines if inside[line.box] and line.is_prose]
    return 2 * sum(line.links > 0 for line in prose) > len(prose)


def _summed(boxes: Sequence[Box], lines: Sequence[Line], amounts: Sequence[int]) -> list[int]:
    """For each box the sum of what its lines amount to, boxes inside it counted in."""
    sums = [0] * len(boxes)
    for line, amount in zip(lines, amounts, strict=True):
        sums[line.box] += amount
    for index in range(len(boxes) - 1, ROOT, -1):
        sums[boxes[index].parent] += sums[index]
    return sums


def _furniture(boxes: Sequence[Box], lines: Sequence[Line]) -> list[bool]:
    """For each box whether it is furniture, or stands in furniture."""
    sizes = _summed(boxes, lines, [len(line.text) for line in lines])
    linked = _summed(boxes, lines, [line.linked for line in lines])
    links = _summed(boxes, lines, [line.links for line in lines])
    listed = _summed(boxes, lines, [len(line.text) if line.is_link else 0 for line in lines])
    prose = _summed(boxes, lines, [_weight(line) for line in lines])
    heads = _summed(boxes, lines, [boxes[line.box].tag in _HEADINGS and not line.is_link for line in lines])
    gone, in_text = [False] * len(boxes), [False] * len(boxes)
    for i, box in enumerate(boxes):
        if i == ROOT:
            continue
        in_text[i] = in_text[box.parent] or box.tag in ("article", "main")
        share = prose[i] / max(1, prose[ROOT])
        gone[i] = gone[box.parent] or (
            (share < _ASIDE and (box.hidden or _is_named_so(box, in_text[i])))
            or (not prose[i] and not heads[i] and _HINTING.search(box.names) is not None)
            or (prose[ROOT] > 0 and not prose[i] and links[i] >= 2 and linked[i] > 0.5 * sizes[i])
            or (0 < prose[i] < _ASIDE * prose[ROOT] and links[i] >= 3 and listed[i] > 0.2 * sizes[i])
        )
    return gone


def _is_named_so(box: Box, in_text: bool) -> bool:
    """Whether tag, role or names say furniture; header and footer of an article are parts of it."""
    if box.tag in _FURNITURE_TAGS and not (in_text and box.tag in ("header", "footer")):
        return True
    return _FURNITURE_ROLES.search(box.names) is not None or (box.tag not in ("html", "body") and _TELLING.search(box.names) is not None)


def _main_box(boxes: Sequence[Box], lines: Sequence[Line], prose: Sequence[int]) -> int:
    """The smallest box that still holds nearly all prose, and more than one line."""
    counts = _summed(boxes, lines, [1] * len(lines))
    enough = _WHOLE * prose[ROOT]
    # A box follows the box around it, and no two boxes side by side both hold more than half.
    fitting = (i for i, box in enumerate(boxes) if prose[i] >= enough and counts[i] > 1 and box.tag in _CONTAINERS)
    return max(fitting, default=ROOT)


def _series(boxes: Sequence[Box], main: int) -> list[bool]:
    """For each box whether it is the main box, a page of the same text beside it (page1, page2), or stands in one."""
    box, inside = boxes[main], [False] * len(boxes)
    named = _FIGURES.sub("", box.names) if _PART.search(box.names) else ""
    for i, other in enumerate(boxes):
        alike = named and other.parent == box.parent and other.tag == box.tag and _FIGURES.sub("", other.names) == named
        inside[i] = i == main or bool(alike) or (i != ROOT and inside[other.parent])
    return inside


def _top(boxes: Sequence[Box], lines: Sequence[Line], gone: Sequence[bool], main: int, start: int) -> int:
    """Index of the line that is the title over the main box, whose first line is `start`; `start` if none is near."""
    around = main
    for _ in range(_NEAR):
        around = boxes[around].parent
        inside = [False] * len(boxes)
        for i in range(around, len(boxes)):
            inside[i] = i == around or inside[boxes[i].parent]
        for i, line in enumerate(lines[:start]):
            box = boxes[line.box]
            if inside[line.box] and not gone[line.box] and (box.tag in _TITLE_TAGS or _TITLE_NAMES.search(box.names)):
                return i
    return start
