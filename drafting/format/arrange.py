"""Lines of bits to tidy paragraphs, with an account of what was changed: what both ways of laying out have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from drafting.format.bits import Bit, Para, text_of, weight
from drafting.format.compose import composed
from drafting.format.report import Report, Suspect
from drafting.format.shape import Shape, shape_of
from drafting.format.tidy import Tidied, tidied


@dataclass(frozen=True, slots=True)
class Arranged:
    """The paragraphs to be set, and what was done to them."""

    paras: tuple[Para, ...]
    report: Report


def arranged(
    file: str,
    lines: Sequence[Sequence[Bit]],
    *,
    clean: bool,
    barriers: frozenset[int] = frozenset(),
    breaks: frozenset[int] = frozenset(),
    hints: Mapping[int, int] | None = None,
) -> Arranged:
    """The paragraphs of a text. `barriers`, `breaks` and `hints` are told in `shape_of` and `composed`; `clean` takes foreign
    stretches out."""
    shape = shape_of(file, [text_of(line) for line in lines], barriers, hints or {})
    found = composed(lines, shape, breaks)
    suspects = _suspects(lines, shape)
    if clean:
        found = tuple(para for para in map(_cleaned, found) if para.lead or para.rest)
    done = [tidied(para) for para in found]
    return Arranged(tuple(each.para for each in done), _report(lines, done, suspects, clean))


def _suspects(lines: Sequence[Sequence[Bit]], shape: Shape) -> tuple[Suspect, ...]:
    found = (Suspect(at + 1, text_of(lines[at])[start:end], kind) for at, start, end, kind in sorted(shape.foreign))
    return tuple(suspect for suspect in found if suspect.text.strip())


def _cleaned(para: Para) -> Para:
    """A paragraph without its foreign stretches; things stay."""
    lead, rest = (tuple(bit for bit in bits if not bit.foreign or bit.thing is not None) for bits in (para.lead, para.rest))
    return replace(para, lead=lead, rest=rest)


def _report(lines: Sequence[Sequence[Bit]], done: Sequence[Tidied], suspects: tuple[Suspect, ...], clean: bool) -> Report:
    paras = [each.para for each in done]
    return Report(
        output="",
        title=next((para.text for para in paras if para.kind == "title"), ""),
        characters=sum(weight(para.text) for para in paras),
        paragraphs=sum(para.kind in ("paragraph", "closing") for para in paras),
        headings=sum(para.kind == "heading" for para in paras),
        run_in=sum(bool(para.lead and para.rest) for para in paras),
        spaces=sum(each.spaces for each in done),
        empty=sum(not text_of(line).strip() and all(bit.thing is None for bit in line) for line in lines),
        joined=sum(para.last - para.first for para in paras),
        marks=sum(each.marks for each in done),
        suspects=suspects,
        removed=clean,
    )
