"""How the origin of words is shown: a colour, and a character for terminals without colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from textual.content import Content

from drafting.model import Span

MARKS = {
    "phrase": ("素", "$text-success"),
    "template": ("模", "$text-muted"),
    "fact": ("实", "$text-accent"),
    "profile": ("实", "$text-accent"),
    "quotation": ("引", "$text-accent"),
    "writer": ("稿", "$text-primary"),
    "blank": ("空", "bold $text-warning on $warning-muted"),
}
"""Mark and style of each origin. The mark is what NO_COLOR leaves."""

LEGEND = (
    ("素", "素材", "phrase"), ("模", "模板", "template"), ("实", "事实", "fact"), ("引", "引文", "quotation"), ("稿", "自己", "writer"),
    ("空", "待填", "blank"),
)  # fmt: skip
LOCKED = "  ［锁］"
"""What stands behind the head of a locked paragraph."""


def coloured(spans: Iterable[Span]) -> Content:
    """Words in the colours of their origins."""
    return Content.assemble(*((span.text, MARKS[span.origin.kind][1]) for span in spans))


def mark(spans: Iterable[Span]) -> Content:
    """The mark of a sentence: that of most of its characters that are no blank, 空 when there is nothing else."""
    kind = most_of(spans)
    return Content.assemble((MARKS[kind][0], MARKS[kind][1]))


def most_of(spans: Iterable[Span]) -> str:
    """The origin of most characters of a sentence, blanks and marks aside; "blank" where there is nothing else."""
    sizes: Counter[str] = Counter()
    for span in spans:
        if span.origin.kind != "blank":
            sizes[span.origin.kind] += sum(character.isalnum() for character in span.text)
    return max(sizes, key=sizes.__getitem__) if sizes else "blank"


def legend() -> Content:
    """What the marks and colours mean."""
    parts: list[tuple[str, str] | str] = []
    for sign, name, kind in LEGEND:
        parts += [(f"{sign}={name}", MARKS[kind][1]), " "]
    return Content.assemble(*parts)


def locked_mark() -> Content:
    """The mark of a locked paragraph."""
    return Content.assemble((LOCKED, "bold $text-warning"))
