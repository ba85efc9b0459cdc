"""A figure that no fact of the sheet holds, as the fact it would be."""

from __future__ import annotations

import re

from drafting.model import Draft, Fact, Finding

LONGEST = 12
"""Characters of a name that may be guessed."""
_SIDE = re.compile(
    r"^(?:(?:今|去|本|前|上)?[年月周]|至今|目前|今年以来|以来|全[省市县区镇乡村校院局]|我[们省市县区镇乡村校院局]?|一?共计?|总共|累计|已经?|先后|就|还|也|又"
    r"|都|仅|约|近|超过|达到?)+"
)
_TAIL = re.compile(r"(?:一?共计?|总共|累计|已经?|有|达到?|约|近|超过|超|了|为|是)+$")


def fact_for(draft: Draft, finding: Finding) -> Fact | None:
    """The fact of the sheet that a finding is about; else one to be added, with the figure, its unit, and a name where the words around
    it make one; None where the finding names no figure."""
    from drafting.checks.numbers import find_figures

    blocks = draft.blocks
    text = blocks[finding.paragraph - 1].text if 0 < finding.paragraph <= len(blocks) else ""
    figure = next((figure for figure in find_figures(text) if figure.start <= finding.start < figure.end), None)
    if figure is None:
        return None
    written = text[figure.start : figure.end]
    value = written.removesuffix(figure.unit)
    known = (fact for fact in draft.outline.facts if fact.value == value and fact.unit in ("", figure.unit))
    return next(known, None) or Fact(_name(text, figure.start, figure.end), value, figure.unit)


def _name(text: str, start: int, end: int) -> str:
    """The clause around a figure without it and without words of the time: 今年检查了85家企业 names 检查企业."""
    before, after = re.split("[，。；：！？、）]", text[:start])[-1], re.split("[，。；：！？、]", text[end:])[0]
    name = _TAIL.sub("", _SIDE.sub("", before)) + after
    return name if 2 <= len(name) <= LONGEST and not re.search(r"[\d〔“]", name) else ""
