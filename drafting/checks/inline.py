"""Exceptions that a writer sets in the text itself: 〔不查：R02 对口协作〕 in a paragraph speaks for that paragraph, on a line of its
own for the whole text; 〔不查〕 alone for every rule, 〔不查：R,F04〕 for a family and a rule. The rules do not see the marks, and
what is exported does not hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from drafting.checks.text import MARK, Text
from drafting.model import Draft, Finding, Span


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
    for p in text.paragraphs:
        for found in MARK.finditer(p.noted):
            alone = not p.text.strip()
            ids = tuple(part.upper() for part in re.split(r"[,，、\s]+", found["ids"] or "") if part)
            yield Inline(0 if alone else p.number, ids, (found["reason"] or "").strip() or f"稿子里注明不查（第{p.number}段）")


def without_marks(draft: Draft) -> Draft:
    """The draft as it goes out: without marks, and without paragraphs that were nothing but a mark."""
    if not any("〔不查" in span.text for block in draft.blocks for span in (*block.lead, *block.spans)):
        return draft
    cleared = ((block, replace(block, lead=_cleared(block.lead), spans=_cleared(block.spans))) for block in draft.blocks)
    return replace(draft, blocks=tuple(after for before, after in cleared if after.text.strip() or not before.text.strip()))


def _cleared(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans without marks. A mark is the writer's own, so it stands within one span."""
    return tuple(replace(span, text=MARK.sub("", span.text)) for span in spans if MARK.sub("", span.text) or not span.text)
