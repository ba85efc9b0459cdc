"""Where a question stands in a draft: under which heading, between which sentences."""

from __future__ import annotations

import re

from drafting.model import Draft
from drafting.questions import Question


def heading_over(draft: Draft, question: Question) -> str:
    """The heading that the first place of a question stands under: the run-in one, else that of its section; empty where there is none."""
    spot = question.spots[0]
    if spot.block >= len(draft.blocks) or draft.blocks[spot.block].kind != "paragraph":
        return ""
    section = draft.blocks[spot.block].slot[0]
    above = [block for block in draft.blocks[spot.block :: -1] if block.slot[0] == section]
    return next((block.lead_text.rstrip("。") or block.text for block in above if block.lead or block.kind == "heading"), "")


def around(draft: Draft, question: Question) -> str:
    """The sentence of a question with the one before and the one behind it in its paragraph; alone once it has been answered."""
    spot = question.spots[0]
    block = draft.blocks[spot.block] if spot.block < len(draft.blocks) else None
    if block is None or not block.text.startswith(spot.text, spot.at) or spot.at < len(block.lead_text):
        return question.sentence
    text, head = block.text[len(block.lead_text) :], len(block.lead_text)
    ends = [0, *(found.end() for found in re.finditer("[。！？][”’」』）]*", text)), len(text)]
    first = max(n for n, end in enumerate(ends) if end <= spot.at - head)
    last = next(n for n, end in enumerate(ends) if end >= spot.at - head + len(spot.text))
    return text[ends[max(first - 1, 0)] : ends[min(last + 1, len(ends) - 1)]]
