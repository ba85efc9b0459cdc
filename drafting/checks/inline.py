"""Exceptions that a writer sets in the text itself: 〔不查：R02 对口协作〕 in a paragraph speaks for that paragraph, on a line of its
own for the whole text; 〔不查〕 alone for every rule, 〔不查：R,F04〕 for a family and a rule. The rules do not see the marks, and
what is exported does not hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from drafting.checks.paragraph import unmarked
from drafting.checks.rules import is_known, unknown
from drafting.checks.text import MARK, Text
from drafting.model import Draft, Finding, Span

MISTAKEN = "不查"
"""What stands for an id where a mark names a check that there is not."""


@dataclass(frozen=True, slots=True)
class Inline:
    """What a mark says: paragraph (0: the whole text), rules or families (none: all), and why."""

    paragraph: int
    ids: tuple[str, ...]
    reason: str

    def spares(self, finding: Finding) -> bool:
        """Whether a finding is not to be told."""
        here = self.paragraph in (0, finding.paragraph)
        return here and (not self.ids or any(finding.id.startswith(id_) for id_ in self.ids))


def inline_exceptions(text: Text) -> tuple[Inline, ...]:
    """The exceptions that stand in a text, in order."""
    return tuple(_marks(text))


def _marks(text: Text) -> Iterator[Inline]:
    for number, at, mark in text.noted:
        reason = _read(mark)["reason"] or ""
        yield Inline(number, _ids(mark), reason.strip() or f"稿子里注明不查（第{at}段）")


def _read(mark: str) -> re.Match[str]:
    return MARK.fullmatch(mark)  # type: ignore[return-value]  # it was found as one


def _ids(mark: str) -> tuple[str, ...]:
    """The rules or families a mark names."""
    return tuple(part.upper() for part in re.split(r"[,，、\s]+", _read(mark)["ids"] or "") if part)


def mistaken(text: Text, known: Sequence[str]) -> Iterator[Finding]:
    """What is to be told of marks that name a check there is not: they spare nothing, and their writer thinks they do."""
    for at, mark in dict.fromkeys((at, mark) for _, at, mark in text.noted):
        for id_ in (id_ for id_ in _ids(mark) if not is_known(id_, known)):
            yield Finding(MISTAKEN, "W", at, mark, f"{unknown(id_, known)}；请改正，或把这个记号删去", name="例外写错了")


def without_marks(draft: Draft) -> Draft:
    """The draft as it goes out: without marks, and without paragraphs that were nothing but a mark."""
    if not any("〔不查" in span.text for block in draft.blocks for span in (*block.lead, *block.spans)):
        return draft
    cleared = ((block, replace(block, lead=_cleared(block.lead), spans=_cleared(block.spans))) for block in draft.blocks)
    return replace(draft, blocks=tuple(after for before, after in cleared if after.text.strip() or not before.text.strip()))


def _cleared(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans without marks. A mark is the writer's own, so it stands within one span."""
    return tuple(replace(span, text=unmarked(span.text)) for span in spans if unmarked(span.text) or not span.text)
