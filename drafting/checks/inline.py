"""Exceptions that a writer sets in the text itself: 〔不查：R02 对口协作〕 in a paragraph speaks for that paragraph, on a line of its
own for the whole text; 〔不查〕 alone for every rule, 〔不查：R,F04〕 for a family and a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from drafting.checks.text import Text
from drafting.model import Finding

_ID = r"[A-Za-z]\d{0,2}"
MARK = re.compile(rf"〔不查(?:[：:]\s*(?P<ids>{_ID}(?:[,，、\s]+{_ID}(?![A-Za-z0-9]))*)?\s*(?P<reason>[^〔〕]{{0,60}}))?〕")


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
        for found in MARK.finditer(p.text) if "〔不查" in p.text else ():
            alone = not MARK.sub("", p.text).strip()
            ids = tuple(part.upper() for part in re.split(r"[,，、\s]+", found["ids"] or "") if part)
            yield Inline(0 if alone else p.number, ids, (found["reason"] or "").strip() or f"稿子里注明不查（第{p.number}段）")
