"""What a draft amounts to, in the form of `nigao draft --json`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from drafting.checks import check
from drafting.checks.inline import without_marks
from drafting.model import Block, Draft, Finding
from drafting.plan import CHARACTERS_A_MINUTE
from drafting.session import Session
from phrasebank.search import Stack

REMEMBERED = 512
"""Documents of the banks whose grams a process keeps."""
GRAM = 8
"""Characters of a gram by which overlap is told."""
_MARKS = re.compile(r"[^\w\n]+|_+")


def summarise(session: Session, output: str, *, final: bool = False) -> dict[str, object]:
    """Characters, minutes, sections, blanks, sources, overlap and findings of the session's draft."""
    return summary_of(session.draft, session.stack, output, check(session.draft, session.plan, final=final))


def summary_of(draft: Draft, stack: Stack, output: str, found: Iterable[Finding]) -> dict[str, object]:
    """What `summarise` gives, of a draft in which the checks have `found` what they found."""
    findings = Counter(finding.severity for finding in found)
    characters = without_marks(draft).characters
    return {
        "output": output,
        "title": draft.title,
        "characters": characters,
        "minutes": round(characters / CHARACTERS_A_MINUTE, 1),
        "sections": sections(draft),
        "blanks": blanks(draft),
        "sources": sources(draft),
        "overlap": overlap(draft, stack),
        "findings": {severity: findings[severity] for severity in ("E", "W", "I")},
    }


def said(draft: Draft) -> int:
    """Characters of a draft without what stands in its blanks: it is a note to the writer, and will not be spoken."""
    held = (span.text for block in draft.blocks for span in (*block.lead, *block.spans) if span.origin.kind == "blank")
    return draft.characters - sum(len("".join(text.split())) for text in held)


def sections(draft: Draft) -> list[dict[str, object]]:
    """Each section with its characters and its share of the draft."""
    rows: dict[int, list[Block]] = {}
    for block in draft.blocks:
        if block.slot[0] >= 0:
            rows.setdefault(block.slot[0], []).append(block)
    total = draft.characters or 1
    return [
        {
            "heading": next((b.lead_text for b in blocks if b.kind == "heading"), ""),
            "characters": (count := sum(len(b.text) for b in blocks)),
            "share": round(count / total, 3),
        }
        for _, blocks in sorted(rows.items())
    ]


def blanks(draft: Draft) -> list[dict[str, object]]:
    """Every blank with the paragraph (block, from 1) it stands in."""
    return [
        {"kind": blank.kind, "what": blank.what, "unit": blank.unit or None, "paragraph": number}
        for number, block in enumerate(draft.blocks, 1)
        for span in (*block.lead, *block.spans)
        if (blank := span.origin.blank) is not None
    ]


def sources(draft: Draft) -> list[dict[str, object]]:
    """File and line of every borrowed phrase, with its paragraph, each once."""
    rows = {
        (source.file, source.line, number): None
        for number, block in enumerate(draft.blocks, 1)
        for span in block.spans
        for source in span.origin.sources
    }
    return [{"file": file, "line": line, "paragraph": number} for file, line, number in rows]


def unused_facts(draft: Draft) -> tuple[str, ...]:
    """Facts of the sheet that stand nowhere in the draft, in their order: what the writer gave and nobody will hear."""
    used = {span.origin.ref for block in draft.blocks for span in (*block.lead, *block.spans) if span.origin.kind == "fact"}
    return tuple(dict.fromkeys(fact.name for fact in draft.outline.facts if fact.name not in used))


def overlap(draft: Draft, stack: Stack) -> float:
    """The highest share of the draft's 8-character grams that stand in any one document of the banks."""
    mine = grams([block.text for block in draft.blocks])
    files = {source.file for block in draft.blocks for span in block.spans for source in span.origin.sources}
    shares = (len(mine & _grams_of(stack, file)) / len(mine) for file in files) if mine else ()
    return round(max(shares, default=0.0), 3)


@lru_cache(maxsize=REMEMBERED)
def _grams_of(stack: Stack, file: str) -> frozenset[str]:
    """The grams of a document of the banks: the drafts of a batch borrow from the same ones. What stands in a longer wording, as
    sentences do in their paragraph, brings none of its own."""
    whole = ""
    for text in sorted(stack.wordings(file), key=len, reverse=True):
        whole += f"\n{text}" * (text not in whole)
    return frozenset(grams(whole.split("\n")))


def grams(texts: Iterable[str]) -> set[str]:
    """All runs of eight characters within each text, marks and spaces left out."""
    lines = "\n".join(" ".join(text.split()) for text in texts)
    return {text[i : i + GRAM] for text in _MARKS.sub("", lines).split("\n") for i in range(len(text) - GRAM + 1)}
