"""Templates of phrases: wording with slots in braces.

    {whole}做好{blank:数据|排查隐患数|处}的整改        a level word; a typed blank (kind, what, unit)
    {place}                                        the writer's place

`generalise` makes a template from a sentence, `parse` cuts a template into text and slots for drafting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from phrasebank.levels import level_pattern, level_words, slots_in_order

BLANK = re.compile(r"〔待[填核][:：](?P<body>[^〔〕]*)〕")
_TITLE = re.compile(r"(《[^《》]*》)")
_BARS = re.compile(r"[{}|｜]")
_SLOT = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class SlotRef:
    """A slot of a template: `name` (a level slot, place, or blank) and its arguments (kind, what, unit)."""

    name: str
    args: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "{" + self.name + (":" + "|".join(self.args) if self.args else "") + "}"


def parse(template: str) -> tuple[str | SlotRef, ...]:
    """`template` cut into plain stretches and slots, in order, no empty stretch."""
    if "{" not in template:
        return (template,) if template else ()
    parts: list[str | SlotRef] = []
    for i, piece in enumerate(_SLOT.split(template)):
        if i % 2:
            name, _, args = piece.partition(":")
            parts.append(SlotRef(name, tuple(args.split("|")) if args else ()))
        elif piece:
            parts.append(piece)
    return tuple(parts)


def slot_names(template: str) -> frozenset[str]:
    """The names of the slots in `template`."""
    return frozenset(match.partition(":")[0] for match in _SLOT.findall(template))


def plain(template: str) -> str:
    """`template` without its slots, to compare wordings."""
    return _SLOT.sub("", template) if "{" in template else template


def blank_slot(kind: str, what: str, unit: str = "") -> str:
    """A blank as a slot; braces and bars in the arguments are dropped, for they would end it."""
    args = (_BARS.sub("", arg).strip() for arg in (kind, what, unit))
    return str(SlotRef("blank", tuple(arg for arg in args if arg)))


def blanks_to_slots(text: str) -> str:
    """Typed blanks 〔待填：数据｜指标｜单位〕 as slots. The bracket's own wording is kept as the question."""
    return BLANK.sub(lambda match: blank_slot(*blank_fields(match["body"])), text)


def level_to_slots(text: str, level: str | None) -> str:
    """Level words of `level` as slots; `text` itself when the level is unknown."""
    if not level or ("{" not in text and not level_words(level).search(text)):
        return text
    names = slots_in_order(level)

    def slotted(plain_part: str) -> str:
        pieces = _TITLE.split(plain_part)  # what stands in 《》 is a name: 《村民委员会组织法》
        pieces[::2] = [level_pattern(level).sub(_named(names), piece) for piece in pieces[::2]]
        return "".join(pieces)

    return "".join(slotted(part) if isinstance(part, str) else _without_level(part, level) for part in parse(text))


def _named(names: Sequence[str]) -> Callable[[re.Match[str]], str]:
    return lambda match: "{" + names[(match.lastindex or 1) - 1] + "}"


def _without_level(slot: SlotRef, level: str) -> str:
    """A blank asks the next writer too: 全县培训人数 is asked for as 培训人数."""
    return str(SlotRef(slot.name, tuple(level_pattern(level).sub("", arg) or arg for arg in slot.args)))


def blank_fields(body: str) -> tuple[str, str, str]:
    """Kind, what and unit of a blank's words; a blank that says only one thing asks for 内容."""
    fields = [part.strip() for part in re.split(r"[|｜]", body) if part.strip()]
    kind, what, unit = (*(fields if len(fields) > 1 else ["内容", *fields]), "", "")[:3]
    return kind, what, unit
