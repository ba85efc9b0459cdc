"""One stretch of a draft put otherwise, wherever it stands: what filling a blank and mending a fault come down to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from drafting import actions
from drafting.model import Block, Finding

if TYPE_CHECKING:
    from drafting.session import Session


def reword(session: Session, number: int, start: int, end: int, new: str, *, across: bool = False) -> bool:
    """Puts `new` for that stretch of the block of that number (from 0), as one step for undo; False where nothing can be put there,
    and nothing has happened. The sentence it stands in becomes the writer's own; with `across` it may be several that are so already."""
    block = session.draft.blocks[number]
    if block.kind in ("title", "salutation"):
        return session.apply(lambda o: actions.change(o, **{block.kind: _put(block.text, start, end, new)}))
    section, lead = block.slot[0], len(block.lead_text)
    if section < 0 or (start < lead < end):
        return False
    if block.kind == "heading":
        return _headed(session, block, start, end, new)
    if block.kind != "paragraph":
        return False
    paragraph = session.paragraphs(section).index(block)
    if start < lead:
        heading = actions.bare_heading(_put(block.lead_text, start, end, new))
        return session.head(section, paragraph, heading)
    return _in_sentence(session, (section, paragraph), start - lead, end - lead, new, across=across)


def as_one(session: Session, act: Callable[[], bool]) -> bool:
    """Does `act` as one step for undo, however many it is made of; when it raises, nothing has happened."""
    depth = len(session.past)
    try:
        changed = act()
    except Exception:
        while len(session.past) > depth:
            session.undo()
        session.future.clear()
        raise
    del session.past[depth + 1 :]
    return changed


def certain(finding: Finding) -> bool:
    """Whether a finding says what to put instead, and where."""
    return finding.fix is not None and finding.end > finding.start


def accept(session: Session, *findings: Finding) -> bool:
    """Puts what findings of the session's draft are certain of, as one step for undo; False where none of it can be put."""
    rows = sorted(filter(certain, findings), key=lambda f: (f.paragraph, f.start), reverse=True)

    def act() -> bool:  # from the end, so that the places of the others stay
        done = [reword(session, f.paragraph - 1, f.start, f.end, f.fix or "") for f in rows if _stands(session, f)]
        return any(done)

    return as_one(session, act)


def _stands(session: Session, finding: Finding) -> bool:
    """Whether the stretch is still the one that was found; those of overlapping findings may have gone."""
    blocks = session.draft.blocks
    return finding.paragraph <= len(blocks) and blocks[finding.paragraph - 1].text[finding.start : finding.end] == finding.text


def _put(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _headed(session: Session, block: Block, start: int, end: int, new: str) -> bool:
    heading = session.plan.sections[block.slot[0]].heading
    before = len(block.text) - len(heading)  # the number in front is printed, not kept
    if start < before or not block.text.endswith(heading):
        return False
    words = _put(heading, start - before, end - before, new)
    return session.structure(lambda o: actions.set_heading(o, block.slot[0], words))


def _in_sentence(session: Session, place: tuple[int, int], start: int, end: int, new: str, *, across: bool) -> bool:
    """In the sentences that hold the stretch: in one, unless `across` and all of them are own words."""
    uses: list[str] = []
    held: list[actions.Item] = []
    at = first = 0
    for item in session.items(*place):
        after = at + len(item.text)
        if after < start or after <= start < end or at >= end > start or (held and at >= end):
            uses.append(item.use)
        elif held or at <= start:
            first = at if not held else first
            held.append(item)
            if end <= after:
                uses += actions.split(_put("".join(i.text for i in held), start - first, end - first, new))
        at = after
    if not held or first + sum(len(i.text) for i in held) < end:
        return False
    return (len(held) == 1 or (across and not any(i.phrase for i in held))) and session.put_items(*place, uses)
