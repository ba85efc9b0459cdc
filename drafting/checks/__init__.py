"""Mechanical checks over a draft: each rule a function from a draft and its plan to findings.

So far: R03 blanks, F03 figures without a home, W01 the same sentence twice, S02 siblings not parallel, S05 length.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from drafting.model import Draft, Finding
from drafting.parallel import measure
from drafting.plan import Plan

Rule = Callable[[Draft, Plan, bool], Iterator[Finding]]

TOLERANCE = 0.08
"""How far the length may be from what was asked for."""

_SENTENCE = re.compile(r"[^。！？；]+[。！？；]")
_DIGITS = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")


def check(draft: Draft, plan: Plan, *, final: bool = False) -> tuple[Finding, ...]:
    """All findings of `draft`, by paragraph. With `final` blanks are of severity E."""
    found = (finding for rule in RULES for finding in rule(draft, plan, final))
    return tuple(sorted(found, key=lambda f: (f.paragraph, f.id)))


def blanks(draft: Draft, plan: Plan, final: bool) -> Iterator[Finding]:
    """R03: a blank is left."""
    for number, block in enumerate(draft.blocks, 1):
        for span in (*block.lead, *block.spans):
            if span.origin.kind == "blank":
                yield Finding("R03", "E" if final else "I", number, span.text, "还有待填或待核的内容，定稿前补上")


def figures(draft: Draft, plan: Plan, final: bool) -> Iterator[Finding]:
    """F03: a figure of the writer's own text that no fact of the sheet holds."""
    sheet = " ".join(f"{fact.value} {fact.year}" for fact in draft.outline.facts)
    known = set(_DIGITS.findall(f"{sheet} {draft.outline.profile.year}"))
    for number, block in enumerate(draft.blocks, 1):
        for span in (*block.lead, *block.spans):
            if span.origin.kind == "writer" and block.kind not in ("date", "title"):
                for figure in _DIGITS.findall(span.text):
                    if figure not in known:
                        yield Finding(
                            "F03", "E", number, figure, "这个数字不在事实清单里；核实后写进 facts，注明单位、年份和来源"
                        )


def repeats(draft: Draft, plan: Plan, final: bool) -> Iterator[Finding]:
    """W01: the same sentence twice."""
    seen: dict[str, int] = {}
    for number, block in enumerate(draft.blocks, 1):
        for sentence in _SENTENCE.findall(block.text):
            if len(sentence) >= 8 and sentence in seen:
                yield Finding("W01", "W", number, sentence, f"这句话在第{seen[sentence]}段已经说过，请换一句或删去")
            seen.setdefault(sentence, number)


def siblings(draft: Draft, plan: Plan, final: bool) -> Iterator[Finding]:
    """S02: headings of one level under one head do not stand parallel."""
    groups: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
    for number, block in enumerate(draft.blocks, 1):
        if block.level:
            groups[block.level, -1 if block.level == 1 else block.slot[0]].append(
                (number, block.lead_text.rstrip("。"))
            )
    for rows in groups.values():
        if len(rows) > 1 and not measure([text for _, text in rows]).parallel:
            yield Finding(
                "S02",
                "W",
                rows[0][0],
                "／".join(text for _, text in rows),
                "这组标题不够对仗：请看字数、分句和虚词是否一致",
            )


def length(draft: Draft, plan: Plan, final: bool) -> Iterator[Finding]:
    """S05: longer or shorter than asked for."""
    asked = plan.characters
    if abs(draft.characters - asked) > TOLERANCE * asked:
        message = f"全文约{draft.characters}字，要求约{asked}字，相差超过 8%"
        yield Finding("S05", "W", 1, draft.title, message)


RULES: tuple[Rule, ...] = (blanks, figures, repeats, siblings, length)
