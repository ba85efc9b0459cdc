"""Where a question stands in a draft: under which heading, between which sentences."""

from __future__ import annotations

import re

from drafting.model import Block, Draft
from drafting.questions import Question


def heading_over(draft: Draft, question: Question) -> str:
    """The heading that the first place of a question stands under: the run-in one, else that of its section; empty where there is none."""
    return heading_at(draft, question.spots[0].block)


def heading_at(draft: Draft, number: int) -> str:
    """The same for the block of that number."""
    if number >= len(draft.blocks) or draft.blocks[number].kind != "paragraph":
        return ""
    here = draft.blocks[number]
    above = [block for block in draft.blocks[number::-1] if block.slot[0] == here.slot[0]]
    over = (block for block in above if block.kind == "heading" or (block.lead and _of_one_point(draft, block, here)))
    return next((block.lead_text.rstrip("。") or block.text for block in over), "")


def _of_one_point(draft: Draft, one: Block, other: Block) -> bool:
    """Whether two paragraphs of a section are of one point; of a settled section, in which each is its own, whether of one facet."""
    if one.slot == other.slot:
        return True
    section = one.slot[0]
    points = draft.outline.sections[section].points if section < len(draft.outline.sections) else ()
    facets = [points[at].facet if 0 <= at < len(points) else "" for at in (one.slot[1], other.slot[1])]
    return bool(points) and facets[0] == facets[1] != ""


_OTHER = re.compile(r"〔待[填核]：[^〕]*〕")
_SAYS, _TAIL = 5, 26
"""Characters of a clause that say something; of one that are shown."""


def matter_of(question: Question) -> str:
    """What a day is asked for, by the words around it: «别的可以等，我想早点碰：装好台阶扶手，＿＿动手»; empty for anything else, and
    where the words before it say nothing."""
    if question.blank.kind != "时间" or question.blank.doubtful:
        return ""
    before, after = (_OTHER.sub("＿＿", part) for part in question.sentence.partition(str(question.blank))[::2])
    says = before.rpartition("：")[2] if len(before.rpartition("：")[2]) >= _SAYS else before
    if len(re.sub(r"[＿\W]", "", says)) < _SAYS:
        return ""
    head = f"…{says[-_TAIL:]}" if len(says) > _TAIL else says
    return f"{head}＿＿{re.split('[，。！？；]', after)[0][:8]}"


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
