"""How far in the lines stand that a text ends with: notes on attachments and the signature (GB/T 9704-2012, 7.3.4 and 7.3.5.2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

NOTES, SIGNATURE = ("Attachment", "AttachmentItem"), ("SignOff", "SignDate")
"""The roles of `drafting.paragraphs` that are told here."""
_INDENT, _INSET, _STEP = 2.0, 2.0, 2.0
"""Cells: a note from the left, a signature from the right, the date behind the beginning of the name."""
_NOTE = re.compile(r"(附\s*件\s*\d{0,2}\s*[:：]\s*)?((?:\d{1,2}\s*[.．、]|[（(]\d{1,2}[)）])\s*)?")
_NARROW = {".": 0.25, ",": 0.25, " ": 0.25, ":": 0.28, "-": 0.33, "(": 0.33, ")": 0.33}
"""Times New Roman: what is not half an em wide."""


@dataclass(frozen=True, slots=True)
class Inset:
    """Cells from the left and from the right edge, None where the style tells; `hanging` is how far the first line stands out to the
    left. `stays`: on the page of what comes next."""

    left: float | None = None
    hanging: float | None = None
    right: float | None = None
    stays: bool = False

    def xml(self, cell: float) -> tuple[str, str]:
        """What a paragraph has set by hand, in the order of the schema: at its beginning, and the w:ind; a cell is so many points."""
        sides = {"left": self.left, "right": self.right, "hanging": self.hanging}
        set_ = "".join(f' w:{name}="{round(cells * cell * 20)}"' for name, cells in sides.items() if cells is not None)
        return "<w:keepNext/>" if self.stays else "", f"<w:ind{set_}/>" if set_ else ""


def insets(rows: Sequence[tuple[str, str]], cells: int) -> dict[int, Inset]:
    """The insets of paragraphs by their place, from role and text of each, as far as they are other than their style has it; a line
    holds so many cells."""
    found: dict[int, Inset] = {}
    group: list[int] = []
    for at, (role, text) in enumerate(rows):
        if role in NOTES:
            found[at] = _note(role, text)
        if role in SIGNATURE:
            group.append(at)
        elif group:
            found |= _signature(rows, group, cells)
            group = []
    return found | _signature(rows, group, cells)


def _note(role: str, text: str) -> Inset:
    """Turnover lines stand below the name, not below its number."""
    match = _NOTE.match(text)
    assert match is not None
    head, number = (_width(part or "") for part in match.groups())
    start = _INDENT + (3 if role == "AttachmentItem" else 0)
    return Inset(left=start + head + number, hanging=head + number)


def _signature(rows: Sequence[tuple[str, str]], group: Sequence[int], cells: int) -> dict[int, Inset]:
    """The date begins two cells behind the name; the longer of both keeps two cells from the edge. They share a page with one another
    and with the empty line above."""
    found = dict(_beside(rows, group, cells))
    above = [group[0] - 1] if group and group[0] and rows[group[0] - 1] == ("", "") else []
    return found | {at: replace(found.get(at, Inset()), stays=True) for at in (*above, *group[:-1])}


def _beside(rows: Sequence[tuple[str, str]], group: Sequence[int], cells: int) -> Iterator[tuple[int, Inset]]:
    """Names above one date, each beginning below the other; what is too long for that is left to the style."""
    *names, last = group or (-1,)
    if not names or rows[last][0] != "SignDate" or any(rows[at][0] == "SignDate" for at in names):
        return
    date, name = _width(rows[last][1]), max(_width(rows[at][1]) for at in names)
    begins = name + _INSET if date <= name else date + _INSET + _STEP
    if begins > cells:
        return
    yield from ((at, Inset(right=begins - _width(rows[at][1]))) for at in names)
    yield last, Inset(right=begins - _STEP - date)


def _width(text: str) -> float:
    """How many cells a line takes: Chinese one, figures and Latin letters half of one."""
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else _NARROW.get(c, 0.5) for c in text.strip("\n"))
