"""What a document of a batch amounts to: the summary of `nigao draft --json`, and what a report about many needs besides.

Keys besides those of `drafting.summary`: "unit" (whose draft it is), "ask" in each blank (who may know), "faults" (findings of
severity E and W, one by one).
"""

from __future__ import annotations

from drafting.checks import check
from drafting.model import Blank, Block, Draft
from drafting.session import Session
from drafting.summary import blanks, summary_of, unused_facts

SPEAKER = "发言人本人"
WRITER = "拟稿人"
_OWN = frozenset({"人名", "职务"})
"""Kinds of blanks that the speaker himself knows best."""


def describe(session: Session, draft: Draft, output: str, *, final: bool = False) -> dict[str, object]:
    """The summary of a session's draft that is written to `output`, or is to be; its blanks say who may know (`drafting.origins`)."""
    found = check(draft, session.plan, final=final)
    profile = draft.outline.profile
    return {
        **summary_of(draft, session.stack, output, found),
        "unit": profile.unit or profile.place,
        "blanks": [{**row, "ask": ask} for row, ask in zip(blanks(draft), _asked(draft), strict=True)],
        "unused_facts": list(unused_facts(draft)),
        "faults": [
            {"id": f.id, "severity": f.severity, "paragraph": f.paragraph, "text": f.text, "message": f.message}
            for f in found
            if f.severity != "I" and f.id != "R03"
        ],
    }


def whom(block: Block, blank: Blank) -> str:
    """Who may know what a blank in a block asks for: whom the theme names (`drafting.origins.asked`), else the speaker or the writer."""
    return blank.who or (SPEAKER if block.kind in ("speaker", "date") or blank.kind in _OWN else WRITER)


def _asked(draft: Draft) -> list[str]:
    """Who may know what each blank asks for, in the order of the blanks."""
    return [
        whom(block, blank)
        for block in draft.blocks
        for span in (*block.lead, *block.spans)
        if (blank := span.origin.blank) is not None
    ]
