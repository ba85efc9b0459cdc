"""How the origin of words is shown: a colour, and a character for terminals without colours."""

from __future__ import annotations

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
    ("素", "素材", "phrase"), ("模", "模板", "template"), ("实", "事实", "fact"), ("引", "引文", "quotation"), ("稿", "已定的话", "writer"),
    ("空", "待填", "blank"),
)  # fmt: skip
LOCKED = "  ［锁］"
"""What stands behind the head of a locked paragraph."""


def coloured(spans: Iterable[Span]) -> Content:
    """Words in the colours of their origins."""
    return Content.assemble(*((span.text, MARKS[span.origin.kind][1]) for span in spans))


def mark(spans: Iterable[Span]) -> Content:
    """The mark of a sentence: that of its first words that are no blank, 空 when there is nothing else."""
    kinds = [span.origin.kind for span in spans]
    kind = next((kind for kind in kinds if kind != "blank"), "blank")
    return Content.assemble((MARKS[kind][0], MARKS[kind][1]))


def legend() -> Content:
    """What the marks and colours mean."""
    parts: list[tuple[str, str] | str] = []
    for sign, name, kind in LEGEND:
        parts += [(f"{sign}{name}", MARKS[kind][1]), " "]
    return Content.assemble(*parts)


def locked_mark() -> Content:
    """The mark of a locked paragraph."""
    return Content.assemble((LOCKED, "bold $text-warning"))
