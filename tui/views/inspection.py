"""What was read in a text, for people: its build as a tree, what was taken out, what is damaged, what is quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from phrasebank.model import ROLES, Defect, Heading, Inspection, Parallel, Piece, Quoted, Removed, Slot
from tui.output import BLUE, BOLD, DIM, GREEN, RED, YELLOW
from tui.views.columns import width
from tui.views.names import KINDS, MENDED, TO_CHECK, TO_DO, called
from tui.views.page import Page

SHOWN = 3
"""Entries of a kind in the short form of a list."""
SHOWN_NAMES = 8
"""Names of a kind in the short form."""
SURE = 0.5
"""Below this confidence genre and theme are only called possible."""
WORDS_OF_OTHERS = ("leader", "classic", "saying")
"""Kinds of quotations that somebody said; the others are names and slogans, which stand in quotation marks too."""

T = TypeVar("T")


def inspection_lines(found: Inspection, page: Page) -> Iterator[str]:
    """Everything found in a text."""
    yield from page.prose("", found.file, BOLD)
    to_check = sum(defect.kind in TO_CHECK for defect in found.defects)
    yield from page.prose("", _summary(found, to_check), *((YELLOW,) if to_check else ()))
    for notice in found.notices:
        yield from page.prose("提示　", notice, YELLOW)
    for piece in found.pieces:
        yield ""
        yield from _piece(piece, page)
    yield ""
    yield from _removed(found.removed, page)
    yield from _defects(found.defects, page)
    yield from _quotations(found.quotations, page)
    yield from _parallels(found.parallels, page)
    yield from _slots(found.slots, page)
    if not page.full:
        yield page.paint("--all 全部列出，--marked 看带标记的全文", DIM)


def _summary(found: Inspection, to_check: int) -> str:
    """The whole in one sentence: what there is, and what is left to do."""
    if not found.pieces:
        return "没有读到正文"
    todo = f"{to_check} 处要对照原稿核对" if to_check else "没有要核对的"
    return f"读到 {len(found.pieces)} 篇，删去杂质 {len(found.removed)} 处，破损 {len(found.defects)} 处，{todo}"


# ---------------------------------------------------------------- pieces
def _piece(piece: Piece, page: Page) -> Iterator[str]:
    """One speech: who says what where, how long it is, and its headings."""
    yield from page.prose("", piece.title or "（没有标题）", GREEN, BOLD)
    for name, value in _facts(piece):
        yield from page.prose(f"  {name}　", value)
    if piece.closing:
        yield from page.entry("  结尾　", piece.closing)
    if piece.headings:
        yield page.paint("  结构", BOLD)
        yield from _tree(piece.headings, page)
    else:
        yield page.paint("  没有认出小标题", DIM)


def _facts(piece: Piece) -> Iterator[tuple[str, str]]:
    """What is known of a piece, by its name."""
    known = (
        ("副题", piece.subtitle), ("讲话人", piece.speaker), ("日期", piece.date), ("称呼", piece.salutation),
        ("级别", piece.level), ("地方", piece.place),
    )  # fmt: skip
    yield from ((name, value) for name, value in known if value)
    yield "文种", _guess(piece.genre, piece.genre_confidence)
    yield "主题", _guess(piece.theme, piece.theme_confidence)
    characters = sum(len(paragraph.text) for paragraph in piece.paragraphs)
    state = "，没有写完或被截断" if piece.truncated else ""
    yield "篇幅", f"{characters} 字，{len(piece.paragraphs)} 段，第 {piece.first_line}—{piece.last_line} 行{state}"
    roles = Counter(sentence.role for paragraph in piece.paragraphs for sentence in paragraph.sentences)
    yield "语句", f"{roles.total()} 句：" + "，".join(f"{ROLES[role]} {count}" for role, count in roles.most_common())


def _guess(name: str | None, confidence: float) -> str:
    """A genre or theme with how sure it is."""
    if name is None:
        return "没有认出"
    if confidence == 1:
        return f"{name}（文件头写明）"
    return f"{'' if confidence >= SURE else '可能是'}{name}（把握 {confidence:.0%}）"


def _tree(headings: Sequence[Heading], page: Page) -> Iterator[str]:
    """Headings as a tree with the lines they stand on."""
    sizes = Counter(heading.group for heading in headings if heading.group)
    for heading, branch in zip(headings, _branches([heading.level for heading in headings]), strict=True):
        lead, text = f"  {branch}", heading.number + heading.text
        codes = (BOLD,) if heading.level == 1 else ()
        notes = _notes(heading, sizes.pop(heading.group, 0))
        whole = f"{text}  {'，'.join(notes)}"
        if page.full:
            yield from page.prose(lead, whole, *codes)
            continue
        # The heading is worth more than what is said of it.
        kept = notes if width(lead + whole) <= page.columns else notes[-1:]
        tail = f"  {'，'.join(kept)}"
        (line,) = replace(page, columns=page.columns - width(tail)).entry(lead, text, *codes)
        yield line + page.paint(tail, DIM if heading.in_body else RED)


def _notes(heading: Heading, siblings: int) -> list[str]:
    """What there is to know of a heading, the most needed last; `siblings` counts them at the first of a set."""
    if not heading.in_body:
        return ["目录里有", "正文已缺"]
    return [f"{siblings} 条并列"] * (siblings > 1) + ["段首"] * heading.run_in + [f"第{heading.line}行"]


def _branches(levels: Sequence[int]) -> list[str]:
    """The lines drawn before each item of a tree."""
    drawn: list[str] = []
    below: set[int] = set()  # levels that go on further down, up to the next heading above them
    for level in reversed(levels):
        below = {other for other in below if other <= level}
        outer = "".join("│  " if other in below else "   " for other in range(1, level))
        drawn.append(outer + ("├─ " if level in below else "└─ "))
        below.add(level)
    return drawn[::-1]


# ---------------------------------------------------------------- lists
class Entry(NamedTuple):
    """A line of a list."""

    kind: str
    line: int
    text: str


def _removed(rows: Sequence[Removed], page: Page) -> Iterator[str]:
    if not rows:
        yield from page.title("删去", "没有发现混进来的杂质")
        return
    yield from page.title("删去", f"{len(rows)} 处，不进素材库；原文件没有改动")
    yield from _by_kind([Entry(row.kind, row.line, row.text) for row in rows], page, RED)


def _defects(rows: Sequence[Defect], page: Page) -> Iterator[str]:
    if not rows:
        yield from page.title("破损", "没有发现")
        return
    yield from page.title("破损", f"{len(rows)} 处，只标出，不补写")
    yield from _by_kind([Entry(row.kind, row.line, row.text) for row in rows if row.kind != MENDED], page, YELLOW)
    yield from _by_name([(row.kind, row.text) for row in rows if row.kind == MENDED], page)


def _quotations(rows: Sequence[Quoted], page: Page) -> Iterator[str]:
    """The words of others one by one with who said them; slogans and names, which are many, by name only."""
    if not rows:
        return
    said = [Entry(row.kind, row.line, row.text + _by_whom(row)) for row in rows if row.kind in WORDS_OF_OTHERS]
    yield from page.title("引号里的话", f"{len(rows)} 处")
    yield from _by_kind(said, page, BLUE)
    names = [(row.kind, row.text + _by_whom(row)) for row in rows if row.kind not in WORDS_OF_OTHERS]
    yield from _by_name(names, page)


def _by_whom(row: Quoted) -> str:
    return f"——{row.attributed_to}" if row.attributed_to else ""


def _parallels(rows: Sequence[Parallel], page: Page) -> Iterator[str]:
    """Parallel constructions, those with most members first."""
    if not rows:
        return
    yield from page.title("排比对偶", f"{len(rows)} 处，项数多的在前")
    shown = _first(sorted(rows, key=lambda row: -row.count), SHOWN, page)
    for row in shown:
        yield from page.entry(f"    第{row.line}行  {row.count} 项  ", f"{row.frame}：{row.text}")
    yield from _more(len(rows) - len(shown), page)


def _slots(rows: Sequence[Slot], page: Page) -> Iterator[str]:
    if not rows:
        return
    yield from page.title("只属于本文的词", f"{len(rows)} 处，套用时要换掉")
    names = [(row.kind, row.text.strip() + (f"（{row.full}）" if row.full else "")) for row in rows]
    yield from _by_name(names, page)


# ---------------------------------------------------------------- forms of lists
def _by_kind(rows: Sequence[Entry], page: Page, *codes: str) -> Iterator[str]:
    """Entries under the names of their kinds."""
    for kind, group in _groups((row.kind, row) for row in rows):
        todo = f"　{TO_DO[kind]}" if kind in TO_DO else ""
        yield f"  {called(kind)} {len(group)}" + page.paint(todo, DIM)
        shown = _first(group, SHOWN, page)
        for row in shown:
            yield from page.entry(f"    第{row.line}行  ", row.text.strip(), *codes)
        yield from _more(len(group) - len(shown), page)


def _by_name(rows: Iterable[tuple[str, str]], page: Page) -> Iterator[str]:
    """Names of each kind with how often they stand in the text, the most frequent first."""
    for kind, names in _groups(rows):
        counted = Counter(names).most_common()
        shown = _first(counted, SHOWN_NAMES, page)
        listed = "、".join(f"{name}×{count}" if count > 1 else name for name, count in shown)
        more = f" 等 {len(counted)} 个" if len(counted) > len(shown) else ""
        todo = f"，{TO_DO[kind]}" if kind in TO_DO else ""
        yield from page.prose(f"  {called(kind)} {len(names)}　", listed + more + todo)


def _groups(rows: Iterable[tuple[str, T]]) -> list[tuple[str, list[T]]]:
    """Values by kind, the kinds in the order of `KINDS`."""
    groups: dict[str, list[T]] = {}
    for kind, value in rows:
        groups.setdefault(kind, []).append(value)
    order = list(KINDS)
    return sorted(groups.items(), key=lambda item: order.index(item[0]) if item[0] in KINDS else len(order))


def _first(rows: Sequence[T], count: int, page: Page) -> Sequence[T]:
    """So many of the rows, or all where all are wanted or a line on the last one would take its place."""
    return rows if page.full or len(rows) <= count + 1 else rows[:count]


def _more(left: int, page: Page) -> Iterator[str]:
    if left:
        yield page.paint(f"    另有 {left} 处，--all 全部列出", DIM)
