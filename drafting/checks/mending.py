"""What is certain, mended: marks of P01 and P02, in the lines of a text or the paragraphs of a Word file, and shown before it is
written.

An edit changes or takes out one character, so that a Word file keeps its runs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from drafting.checks.marks import agreed_series, between, closed_heads, doubled, full_width
from drafting.checks.text import Text, of_raw

if TYPE_CHECKING:
    from phrasebank.readers.ooxml import Element

Edits = tuple[tuple[int, str], ...]
"""Offset of a character and what stands there afterwards (nothing: it goes)."""
MENDS = ("P01", "P02")


@dataclass(frozen=True, slots=True)
class Change:
    """A line that changes: its number from 1, the line before and after."""

    line: int
    before: str
    after: str


def edits_of(text: str, rules: Collection[str] = MENDS, heads: Collection[str] = ()) -> Edits:
    """The certain edits of a paragraph by those rules, by offset; `heads` are the headings of which the full stop at the end goes."""
    found: dict[int, str] = {}
    right = full_width(text) if "P01" in rules else text
    found.update((i, new) for i, (old, new) in enumerate(zip(text, right, strict=True)) if old != new)
    if "P02" in rules:
        for start, fix in agreed_series(right):
            found.update((start + i, c) for i, c in enumerate(fix) if right[start + i] != c and c in "、，")
        found.update((start, "") for start, _ in between(right))
        for start, end, mark in doubled(right):
            if mark:
                found.update({start: mark, **{at: "" for at in range(start + 1, end)}})
        if "".join(text.split()) in heads:
            bare = right.rstrip()
            found.update((at, "") for at in range(len(bare.rstrip("。")), len(bare)))
    return tuple(sorted((at, new) for at, new in found.items() if text[at] != new))


def edited(text: str, edits: Edits) -> str:
    """`text` after `edits`."""
    characters = list(text)
    for at, new in edits:
        characters[at] = new
    return "".join(characters)


def mend_lines(lines: Sequence[str], rules: Collection[str] = MENDS) -> tuple[tuple[str, ...], tuple[Change, ...]]:
    """The lines mended, and what changed."""
    from phrasebank.model import RawText

    heads = closed_heads(of_raw(RawText("", tuple(lines)))) if "P02" in rules else ()
    after = tuple(edited(line, edits_of(line, rules, heads)) for line in lines)
    changes = (Change(n, a, b) for n, (a, b) in enumerate(zip(lines, after, strict=True), 1) if a != b)
    return after, tuple(changes)


def mend_text(path: Path, rules: Collection[str] = MENDS) -> tuple[bytes, tuple[Change, ...]]:
    """A text file mended, as UTF-8, and what changed. Raises ReadError."""
    from phrasebank.readers import read

    after, changes = mend_lines(read(path).lines, rules)
    return ("\n".join(after) + "\n").encode(), changes


def mend_word_file(path: Path, rules: Collection[str] = MENDS) -> tuple[bytes, tuple[Change, ...]]:
    """A Word file mended with what reading tells of its headings. Raises ReadError, ValueError for what is no Word file."""
    from phrasebank.readers import read

    return mend_word(path.read_bytes(), rules, of_raw(read(path)))


def mend_word(data: bytes, rules: Collection[str] = MENDS, text: Text | None = None) -> tuple[bytes, tuple[Change, ...]]:
    """A Word file mended run by run, and what changed, by paragraph; `text` is what reading made of it, which tells its headings.
    Raises ValueError for what is no Word file."""
    from drafting import opc
    from phrasebank.readers.ooxml import W

    document = opc.open_document(data)
    if document is None:
        raise ValueError("no Word file")
    heads = closed_heads(text) if text else frozenset()
    changes: list[Change] = []
    for number, paragraph in enumerate(document.element.iter(f"{W}p"), 1):
        if change := _mend_paragraph(number, list(_own(paragraph, f"{W}t", f"{W}p")), rules, heads):
            changes.append(change)
    return opc.saved(document), tuple(changes)


def _own(paragraph: Element, name: str, nested: str) -> Iterator[Element]:
    """The texts of a paragraph, not those of paragraphs in a text box of it."""
    for node in paragraph.iter(name):
        if next(node.iterancestors(nested)) is paragraph:
            yield node


def _mend_paragraph(number: int, nodes: Sequence[Element], rules: Collection[str], heads: Collection[str]) -> Change | None:
    """Mends the texts of a paragraph in place."""
    before = "".join(node.text or "" for node in nodes)
    edits = dict(edits_of(before, rules, heads))
    at = 0
    for node in nodes if edits else ():
        words = node.text or ""
        node.text = "".join(edits.get(at + i, c) for i, c in enumerate(words))
        at += len(words)
    return Change(number, before, edited(before, tuple(edits.items()))) if edits else None


def diff_lines(changes: Sequence[Change], paint: Callable[[str, bool], str] = lambda text, _: text) -> Iterator[str]:
    """Changes as people read them: the stretch that changes with a few characters around it, before and after; `paint` marks a
    line as taken out (False) or put in (True)."""
    for change in changes:
        old, new = _stretch(change)
        yield f"第{change.line}行"
        yield paint(f"  - {old}", False)
        yield paint(f"  + {new}", True)


def _stretch(change: Change, room: int = 8) -> tuple[str, str]:
    a, b = change.before, change.after
    least = min(len(a), len(b))
    head = next((i for i in range(least) if a[i] != b[i]), least)
    tail = next((i for i in range(least - head) if a[-1 - i] != b[-1 - i]), least - head)
    start = max(head - room, 0)
    end = max(tail - room, 0)
    return _cut(a[start : len(a) - end]), _cut(b[start : len(b) - end])


def _cut(text: str, most: int = 160) -> str:
    return text if len(text) <= most else f"{text[: most // 2]} … {text[-most // 2 :]}"
