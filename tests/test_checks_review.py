"""What a review with fresh eyes taught the checks: each fault beside the wording that looks like it and is none."""

from __future__ import annotations

import pytest

from drafting.checks import Aids, choose, sums, load_rules
from drafting.checks.kinds import Example
from drafting.checks.run import check_example, check_text
from drafting.checks.text import of_text
from drafting.config import TEMPLATES

RULES = load_rules([TEMPLATES])
COUNTY = {"level": "县", "place": "青山县", "unit": "青山县人民政府", "year": 2026}
TOWN = {"level": "乡", "place": "临河乡", "unit": "临河乡人民政府", "year": 2026}
REPORT = {**COUNTY, "genre": "工作总结"}


def found(rule: str, text: str, **outline) -> list:
    (one,) = choose(RULES, [rule])
    return [f for f in check_example(one, Example(text, outline), Aids()) if f.severity != "I"]


def test_a_sentence_without_end_is_not_looked_through_again_for_every_figure(monkeypatch):
    """25,000 figures in a row took an hour: for each of them all that follow were compared."""
    seen = 0
    comparable = sums._comparable

    def counted(clause, total, parts, noun):
        nonlocal seen
        seen += len(parts)
        return comparable(clause, total, parts, noun)

    monkeypatch.setattr(sums, "_comparable", counted)
    check_text(of_text("增长%，达到3.5亿元，其中" * 600), choose(RULES, ["F04"]), Aids())
    assert 0 < seen < 600 * 120
