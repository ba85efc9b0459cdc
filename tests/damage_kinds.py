"""The kinds of damage: each a function that does one to a text and tells what it did, or None where it cannot be done."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from damage_text import HEADING, Line, Op, Pen, Text, gaps, put, scatter, some


# ---------------------------------------------------------------- foreign lines
def advert(text: Text, pen: Pen) -> Op:
    where = pen.rng.choice(("top", "between", "bottom"))
    lines = [pen.write("ad") for _ in range(pen.rng.choice((1, 1, 2, 3)))]
    _place(text, pen, where, lines)
    return {"op": "ad_line", "where": where}


def _place(text: Text, pen: Pen, where: str, lines: Sequence[str]) -> None:
    if where == "between":
        scatter(text, pen.rng, lines)
    else:
        put(text, 0 if where == "top" else len(text.lines), lines)


def contact(text: Text, pen: Pen) -> Op:
    where = pen.rng.choice(("top", "between", "bottom", "bottom"))
    _place(text, pen, where, [pen.write("contact")])
    return {"op": "contact_line", "where": where}


def paywall(text: Text, pen: Pen) -> Op:
    scatter(text, pen.rng, [pen.write("paywall") for _ in range(pen.rng.choice((1, 1, 2)))])
    return {"op": "paywall_line"}


def watermark(text: Text, pen: Pen) -> Op:
    line = pen.write("watermark")
    inside = pen.rng.random() < 0.5
    scatter(text, pen.rng, [line] * pen.rng.randint(1, 5), inside)
    return {"op": "watermark_line", "inside": inside}


def widgets(text: Text, pen: Pen) -> Op:
    put(text, 0, [pen.write("widgets_top") for _ in range(pen.rng.randint(0, 3))])
    put(text, len(text.lines), [pen.write("widgets_bottom") for _ in range(pen.rng.randint(1, 4))])
    return {"op": "widgets"}


def breadcrumb(text: Text, pen: Pen) -> Op:
    put(text, 0, [pen.write("breadcrumb")])
    return {"op": "breadcrumb"}


def page_numbers(text: Text, pen: Pen) -> Op:
    """Numbers of pages, in their order, also where a paragraph runs on over the page's end."""
    template = pen.rng.choice(pen.words["page"])
    places = gaps(text, inside=True)
    chosen = sorted(pen.rng.sample(places, min(len(places), pen.rng.randint(2, 5))))
    for page, at in sorted(enumerate(chosen, 1), reverse=True):
        put(text, at, [pen.fill(template, page=str(page), pages=str(len(chosen) + 1), title=text.title)])
    return {"op": "page_numbers", "template": template}


def counter(text: Text, pen: Pen) -> Op:
    where = pen.rng.choice(("top", "bottom"))
    _place(text, pen, where, [pen.write("counter")])
    return {"op": "counter", "where": where}


def related(text: Text, pen: Pen) -> Op:
    if pen.rng.random() < 0.3:
        block = [pen.write("neighbours") for _ in range(2)]
    else:
        item = pen.rng.choice(pen.words["related_item"])
        head = pen.write("related_head")
        block = ([head] if head else []) + [pen.fill(item, k=str(k)) for k in range(1, pen.rng.randint(4, 9))]
    put(text, len(text.lines), block)
    return {"op": "related"}


def reprint(text: Text, pen: Pen) -> Op:
    put(text, len(text.lines), [pen.write("reprint") for _ in range(pen.rng.randint(1, 3))])
    return {"op": "reprint"}


def source_line(text: Text, pen: Pen) -> Op:
    """Under the title. Where it names source or date alone it belongs to the text (`meta`)."""
    kind = pen.rng.choice(("source_noise", "source_noise", "source_meta"))
    at = next((n for n, x in enumerate(text.lines) if x.title), -1) + 1
    if at and text.lines[at - 1].glued:
        at = 0
    put(text, at, [pen.write(kind)], "noise" if kind == "source_noise" else "meta")
    return {"op": kind}


def outline_block(text: Text, pen: Pen) -> Op | None:
    """Headings of the text, listed before it or under its title."""
    heads = [x.text.split("。")[0] for x in text.body() if HEADING.match(x.text)]
    if len(heads) < 3 or text.titles:
        return None
    item = pen.rng.choice(pen.words["toc_item"])
    block = [
        pen.write("toc_head"),
        *(pen.fill(item, item=h, page=str(k)) for k, h in enumerate(heads, 1)),
        pen.write("toc_end"),
    ]
    at = next((n for n, x in enumerate(text.lines) if x.title), 0) + pen.rng.choice((0, 1))
    put(text, at, [x for x in block if x], "toc")
    return {"op": "outline"}


def doubled_title(text: Text, pen: Pen) -> Op | None:
    if text.titles:
        return None
    at = next((n for n, x in enumerate(text.lines) if x.title), 0)
    copy = pen.write("title_copy", title=text.title)
    put(text, at + 1 if copy == text.title else at + pen.rng.choice((0, 1)), [copy])
    return {"op": "doubled_title", "text": copy}


# ---------------------------------------------------------------- inside lines
def _insert(pen: Pen, mark: str, lines: Sequence[Line]) -> None:
    for line in lines:
        at = pen.rng.randint(6, len(line.text) - 2)
        line.text = line.text[:at] + mark + line.text[at:]


def _long(text: Text) -> list[Line]:
    return [x for x in text.body() if len(x.text) >= 20]


def paid_mark(text: Text, pen: Pen) -> Op:
    _insert(pen, "##paidbegin##", some(pen.rng, _long(text), 0.02))
    return {"op": "paidmark_inline"}


def inline_watermark(text: Text, pen: Pen) -> Op:
    mark = pen.write("inline")
    _insert(pen, mark, some(pen.rng, _long(text), pen.rng.choice((0.03, 0.08, 0.2))))
    return {"op": "watermark_inline", "text": mark}


def ad_sentence(text: Text, pen: Pen) -> Op | None:
    lines = [x for x in _long(text) if x.text.endswith("。")]
    if not lines:
        return None
    mark = pen.write("ad_sentence")
    for line in some(pen.rng, lines, 0.03):
        line.text += mark
    return {"op": "watermark_inline", "text": mark, "kind": "ad_sentence"}


def _may_go(line: Line) -> bool:
    """Headings stay, so that what is lost can be told from what is not found."""
    return line.label == "body" and not line.title and not HEADING.match(line.text)


def omission(text: Text, pen: Pen) -> Op | None:
    """Paragraphs lost, with a mark in their place, on a line of its own or at the end of the line before."""
    lines = [n for n, x in enumerate(text.lines) if n > 3 and _may_go(x) and not text.lines[n - 1].glued]
    if len(lines) < 8:
        return None
    at = pen.rng.choice(lines[2:-3])
    gone = list(itertools.takewhile(_may_go, text.lines[at : at + pen.rng.randint(1, 3)]))
    del text.lines[at : at + len(gone)]
    text.ops += [{"op": "omission", "removed_text": x.text} for x in gone[1:]]
    mark = pen.write("omission")
    if pen.rng.random() < 0.3 and text.lines[at - 1].text.endswith("。"):
        text.lines[at - 1].text += mark
        text.ops.append({"op": "watermark_inline", "text": mark, "kind": "omission"})
    else:
        put(text, at, [mark])
    return {"op": "omission", "removed_text": gone[0].text}


def cut_end(text: Text, pen: Pen) -> Op | None:
    """The last lines lost, the last that is left cut in the middle; a mark may follow. Not to be had back, nor asked for."""
    body = _long(text)
    if len(body) < 8:
        return None
    last = pen.rng.choice(body[len(body) * 2 // 3 :])
    at = next(n for n, x in enumerate(text.lines) if x is last)
    if text.titles and last.piece != len(text.titles) - 1:
        return None
    lost = len(text.lines) - at - 1
    del text.lines[at + 1 :]
    last.text = last.text[: pen.rng.randint(len(last.text) // 3, len(last.text) - 3)]
    text.clean[len(text.clean) - lost - 1 :] = [last.text]
    if pen.rng.random() < 0.4:
        put(text, at + 1, [pen.write("omission")])
    return {"op": "cut_end", "lost_lines": lost}


def censor(text: Text, pen: Pen) -> Op | None:
    mark = pen.rng.choice(("***", "_", "XXX", "xxx", "某某某", "×××", "＊＊＊", "**", "XX", "○○○"))
    hit = [x for x in text.body() if "习近平总书记" in x.text]
    for line in hit:
        line.text = line.text.replace("习近平总书记", mark + "总书记")
    return {"op": "censor_name", "mark": mark} if hit else None


def mask(text: Text, pen: Pen) -> Op:
    mark = pen.rng.choice(("", "XX", "×", "**", "X", "＊", "_", "〇"))
    share = pen.rng.choice((0.3, 0.7, 1.0))
    for line in (x for x in text.body() if not HEADING.match(x.text)):
        line.text = re.sub(r"(?<!^)\d+(?:\.\d+)?", lambda m: mark if pen.rng.random() < share else m[0], line.text)
    return {"op": "mask_numbers", "mark": mark}


HALF = str.maketrans("，；：？！（）", ",;:?!()")
HALF_ALL = str.maketrans("，；：？！（）“”", ',;:?!()""')
HALF_TABLES = (HALF, HALF, HALF_ALL, str.maketrans("，", ","), HALF_ALL | str.maketrans("。", "."))


def half_width(text: Text, pen: Pen) -> Op:
    table = pen.rng.choice(HALF_TABLES)
    share = pen.rng.choice((0.5, 1.0))
    for line in text.body():
        if pen.rng.random() < share:
            line.text = line.text.translate(table)
    return {"op": "half_width"}


def spaced(text: Text, pen: Pen) -> Op:
    """Spaces between Han: in titles and headings throughout, or here and there."""
    gap = pen.rng.choice((" ", " ", "　", "\u00a0"))
    if pen.rng.random() < 0.4:
        for line in text.lines:
            if line.title or (HEADING.match(line.text) and len(line.text) < 20):
                line.text = gap.join(line.text)
        return {"op": "spaces", "where": "headings"}
    for line in text.body():
        line.text = re.sub(
            r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", lambda _: gap if pen.rng.random() < 0.03 else "", line.text
        )
    return {"op": "spaces", "where": "body"}


def invisible(text: Text, pen: Pen) -> Op:
    """Marks that nobody sees: zero-width spaces, soft hyphens, byte order marks."""
    for line in some(pen.rng, text.body(), 0.4):
        at = pen.rng.randint(0, len(line.text))
        line.text = line.text[:at] + pen.rng.choice("\u200b\u200c\ufeff\u00ad\u200e") + line.text[at:]
    return {"op": "invisible"}


def html(text: Text, pen: Pen) -> Op:
    """Entities and tags left over from a page."""
    way = pen.rng.choice(("entities", "tags", "both", "breaks"))
    tags: tuple[str, ...] = ()
    if way in ("tags", "both"):
        tags = pen.rng.choice(
            (("<p>", "</p>"), ('<p style="text-indent:2em">', "</p>"), ("<div>", "</div>"), ("<span>", "</span>"))
        )
    if way == "breaks":
        tags = ("", pen.rng.choice(("<br>", "<br/>", "<BR />")))
    for line in text.body():
        if way in ("entities", "both"):
            line.text = line.text.replace("“", "&ldquo;").replace("”", "&rdquo;").replace("——", "&mdash;&mdash;")
            line.text = pen.rng.choice(("&nbsp;&nbsp;&nbsp;&nbsp;", "", "&emsp;&emsp;")) + line.text
        line.text = line.text.join(tags) if tags else line.text
    text.ops += [{"op": "watermark_inline", "text": tag, "kind": "html"} for tag in tags if tag]
    return {"op": "html", "way": way}


# ---------------------------------------------------------------- the lay of the lines
def hard_wrap(text: Text, pen: Pen) -> Op:
    width = pen.rng.randint(24, 40)
    indent = pen.rng.choice(("", "　　", "    ", "\u3000\u3000"))
    first_shorter = len(indent) if indent else 0
    text.lines = [part for line in text.lines for part in _wrapped(line, width, indent, first_shorter)]
    return {"op": "hardwrap", "width": width, "indent": indent}


def _wrapped(line: Line, width: int, indent: str, shorter: int) -> Iterator[Line]:
    if line.label != "body" or line.title:
        yield line
        return
    cut = max(8, width - shorter)
    parts = [line.text[:cut], *(line.text[n : n + width] for n in range(cut, len(line.text), width))]
    for n, part in enumerate(parts):
        yield Line(("" if n else indent) + part, "body", line.piece, open=n < len(parts) - 1, glued=False)


def indents(text: Text, pen: Pen) -> Op:
    indent = pen.rng.choice(("　　", "　　", "    ", "\t", "  　"))
    for line in text.body():
        line.text = indent + line.text
    return {"op": "indent"}


def blank_lines(text: Text, pen: Pen) -> Op:
    """One or two empty lines after every paragraph, some with spaces in them."""
    count = pen.rng.choice((1, 1, 2))
    spread: list[Line] = []
    for line in text.lines:
        blanks = (
            []
            if line.open or line.glued
            else [Line(pen.rng.choice(("", "", "　", "  ")), "blank") for _ in range(count)]
        )
        spread += [line, *blanks]
    text.lines = spread
    return {"op": "blank_lines", "count": count}


def line_ends(text: Text, pen: Pen) -> Op:
    text.ends = [pen.rng.choice(("\r\n", "\n", "\r\n", "\r")) for _ in range(7)]
    return {"op": "line_ends"}


Kind = Callable[[Text, Pen], "Op | None"]
KINDS: tuple[Kind, ...] = (
    cut_end, censor, mask, omission, half_width, inline_watermark, ad_sentence, paid_mark, spaced, invisible, html, indents,
    hard_wrap, paywall, watermark, page_numbers, blank_lines, advert, contact, outline_block, doubled_title, source_line, widgets,
    breadcrumb, counter, related, reprint, line_ends,
)  # fmt: skip
"""All kinds of damage, in the order in which they are done: words first, then lines, then what stands around the text."""

TOGETHER_NEVER = ({indents, hard_wrap}, {html, hard_wrap}, {html, half_width}, {html, indents})


def damaged(text: Text, pen: Pen, few: int = 4, many: int = 9) -> Text:
    """The text with some kinds of damage done to it, and told in `ops`."""
    chosen = set(pen.rng.sample(KINDS, pen.rng.randint(few, many)))
    for pair in TOGETHER_NEVER:
        if pair <= chosen:
            chosen.remove(min(pair, key=KINDS.index))
    for kind in (k for k in KINDS if k in chosen):
        if op := kind(text, pen):
            text.ops.append(op)
    return text
