"""The checks of structure, wording and punctuation on real texts, on drafts of ours and on texts made to break them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from drafting.checks import Aids, choose, load_rules
from drafting.checks.run import check_text
from drafting.checks.text import Paragraph, Text, of_draft, of_raw
from drafting.config import TEMPLATES
from drafting.model import Outline, Profile
from drafting.workshop import Workshop
from phrasebank.readers import read

RULES = load_rules([TEMPLATES])
OURS = Outline("研讨发言", "安全生产", profile=Profile("镇", "青山县临河镇", "临河镇党委", "组织委员", year=2026))
GENRES = {"002": "会议讲话", "004": "党课"}
FIRES = [
    ("S01", "002", (24,)), ("S02", "001", (5,)), ("S02", "004", (11,)), ("S03", "004", (14,)), ("S04", "000", (5,)),
    ("S04", "003", (7, 12)), ("W01", "003", (12,)), ("W02", "001", ()), ("W02", "002", ()), ("W03", "000", (3,)),
    ("W03", "001", (4,)), ("W05", "004", (6, 8)), ("P01", "001", (1, 3, 4)), ("P01", "002", (14, 24)), ("P01", "003", (5, 10)),
    ("P01", "004", (3, 8)), ("P02", "000", (4,)), ("P02", "003", (9,)), ("P02", "004", (8, 12, 13)), ("P03", "001", (14,)),
    ("P03", "002", (17, 19, 30, 32)), ("P03", "004", (14,)),
]  # fmt: skip
"""Check, seed, and paragraphs in which it must find something (none: anywhere). 001 counts one less than its lines."""
SILENT = [
    ("S01", "000"), ("S01", "001"), ("S01", "003"), ("S01", "004"), ("S02", "000"), ("S02", "003"), ("S03", "000"), ("S03", "001"),
    ("S03", "003"), ("S04", "001"), ("W02", "000"), ("W02", "003"), ("W02", "004"), ("W06", "001"), ("W06", "004"), ("P01", "000"),
    ("P03", "000"), ("P03", "003"), ("W04", "002"), ("W04", "001"),
]  # fmt: skip


@pytest.fixture
def seed(shared: Path):
    def open_(name: str) -> Text:
        outline = Outline(GENRES.get(name, "研讨发言"), "", profile=Profile("县", "青山县", "青山县委"))
        return of_raw(read(next((shared / "corpus" / "seeds").glob(f"{name}_*.txt"))), outline)

    return open_


def found(text: Text, rule: str):
    return check_text(text, choose(RULES, [rule]), Aids()).findings


@pytest.mark.parametrize(("rule", "name", "paragraphs"), FIRES)
def test_a_check_fires_where_the_guide_says(seed, rule, name, paragraphs):
    numbers = {f.paragraph for f in found(seed(name), rule)}
    assert numbers
    assert set(paragraphs) <= numbers


@pytest.mark.parametrize(("rule", "name"), SILENT)
def test_a_check_is_silent_where_nothing_is_wrong(seed, rule, name):
    """Guards of the guide: parts in order, headings of one frame, faults in a section of faults, 25个县(市、区) no heading."""
    assert found(seed(name), rule) == ()


@pytest.mark.parametrize("genre", ["研讨发言", "会议讲话", "党课", "对照检查材料", "述职述廉报告"])
def test_drafts_of_ours_have_no_error(builtin, genre):
    """No draft of our own templates and bank has a finding of severity E of these families."""
    shop = Workshop.open()
    for theme in ("安全生产", "乡村振兴"):
        session = shop.session(replace(OURS, genre=genre, theme=theme, seed=5))
        report = check_text(of_draft(session.draft, session.plan), choose(RULES, ["S", "W", "P"]), Aids())
        assert [f for f in report.findings if f.severity == "E"] == []


ODD = ["", "。", "“（《" * 500, "一、" * 400, '"' * 301, "要、" * 500, "\ufeff\u200b", "一方面" * 99, "a" * 9000]


@pytest.mark.parametrize("words", ODD)
def test_odd_texts_break_nothing(words):
    """Whatever stands in a paragraph, findings lie inside it."""
    text = Text((Paragraph(1, words), Paragraph(2, "把河堤修牢。")), genre="表态发言")
    for finding in check_text(text, choose(RULES, ["S", "W", "P"]), Aids()).findings:
        assert 0 <= finding.start <= finding.end <= max(len(words), 6)
