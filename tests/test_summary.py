"""What a draft amounts to, key by key as `nigao draft --json` prints it."""

from __future__ import annotations

import pytest
from conftest import own_library

from drafting.model import Blank, Block, Draft, Fact, Origin, Outline, Span
from drafting.plan import CHARACTERS_A_MINUTE
from drafting.session import Session
from drafting.summary import blanks, grams, overlap, sections, sources, summarise
from phrasebank.model import Source
from phrasebank.search import Stack


class Banks:
    """Banks that keep these wordings of each file."""

    def __init__(self, **wordings: str) -> None:
        self.kept = {f"{name}.txt": text for name, text in wordings.items()}

    def wordings(self, file: str) -> tuple[str, ...]:
        return (self.kept[file],)


def borrowed(text: str, *files: str) -> Span:
    return Span(text, Origin("phrase", "p1", tuple(Source(f"{file}.txt", 3) for file in files)))


def draft(*blocks: Block) -> Draft:
    return Draft(Outline("研讨发言", "安全生产"), blocks)


OLD = "把河堤上的险段一处一处查清楚再修牢固"


def test_overlap_is_the_share_of_the_draft_that_stands_in_one_old_text():
    """Half of the grams from one file: one half; marks and spaces do not count."""
    text = draft(Block("paragraph", (borrowed("把河堤上的险段，一处一处查清楚，再修牢固。", "甲"),)))
    assert overlap(text, Banks(甲=OLD)) == 1.0
    mixed = draft(
        Block("paragraph", (borrowed(OLD, "甲"),)),
        Block("paragraph", (Span("让水渠里的淤泥一锹一锹清走运出村子", Origin("writer")),)),
    )
    assert overlap(mixed, Banks(甲=OLD)) == pytest.approx(0.5, abs=0.05)


def test_overlap_is_the_highest_of_any_one_document_and_not_their_sum():
    """Two sources with a half each make one half, not the whole."""
    other = "让水渠里的淤泥一锹一锹清走运出村子"
    text = draft(Block("paragraph", (borrowed(OLD, "甲"),)), Block("paragraph", (borrowed(other, "乙"),)))
    assert overlap(text, Banks(甲=OLD, 乙=other)) == pytest.approx(0.5, abs=0.05)


def test_overlap_of_nothing_is_nothing():
    """A draft without borrowed wording, or without any, overlaps with nothing."""
    assert overlap(draft(), Stack()) == 0
    assert overlap(draft(Block("paragraph", (Span("河堤要修，水渠要清。", Origin("writer")),))), Stack()) == 0


def test_grams_do_not_cross_paragraphs():
    """Eight characters in a row of one text."""
    assert grams(["把河堤上的，险段查"]) == {"把河堤上的险段查"}
    assert grams(["把河堤上", "的险段查"]) == set()


def test_sections_share_the_draft():
    """Each section with its heading, its characters and its share of the whole."""
    rows = sections(draft(
        Block("title", (Span("题目两字", Origin("writer")),)),
        Block("heading", lead=(Span("一、查清", Origin("template", "h")),), level=1, slot=(0, -1)),
        Block("paragraph", (Span("河" * 12, Origin("writer")),), slot=(0, 0)),
        Block("paragraph", (Span("渠" * 20, Origin("writer")),), slot=(1, 0)),
    ))  # fmt: skip
    assert rows == [
        {"heading": "一、查清", "characters": 16, "share": 0.4},
        {"heading": "", "characters": 20, "share": 0.5},
    ]


def test_blanks_and_sources_name_their_paragraph():
    """Each blank with its kind and unit, each borrowed source once a paragraph, both with the paragraph they stand in."""
    blank = Blank("数据", "加固河堤", "公里")
    text = draft(
        Block("title", (Span("题", Origin("writer")),)),
        Block(
            "paragraph",
            (borrowed("已修", "甲", "乙"), Span(str(blank), Origin("blank", "x", blank=blank)), borrowed("。", "甲")),
        ),
    )
    assert blanks(text) == [{"kind": "数据", "what": "加固河堤", "unit": "公里", "paragraph": 2}]
    assert sources(text) == [
        {"file": "甲.txt", "line": 3, "paragraph": 2},
        {"file": "乙.txt", "line": 3, "paragraph": 2},
    ]


def test_the_summary_has_the_keys_of_the_design(builtin):
    """DESIGN §5, key by key, and figures that fit the draft."""
    outline = Outline("研讨发言", "安全生产", facts=(Fact("加固河堤", "36", "公里"),))
    session = Session(own_library(), Stack((), builtin), outline)
    row = summarise(session, "稿.docx")
    assert list(row) == [
        "output",
        "title",
        "characters",
        "minutes",
        "sections",
        "blanks",
        "sources",
        "overlap",
        "findings",
    ]
    assert row["output"] == "稿.docx"
    assert row["title"] == session.draft.title
    assert row["characters"] == session.draft.characters
    assert row["minutes"] == round(session.draft.characters / CHARACTERS_A_MINUTE, 1)
    assert 0 < row["overlap"] < 1
    assert set(row["findings"]) == {"E", "W", "I"}
    assert row["findings"]["I"] >= len(row["blanks"]) > 0
    assert summarise(session, "稿.docx", final=True)["findings"]["E"] >= len(row["blanks"])
    assert sum(s["share"] for s in row["sections"]) == pytest.approx(1, abs=0.1)


def test_facts_that_stand_nowhere_are_named():
    """What the writer gave and nobody will hear, each once and in the order of the sheet."""
    from drafting.summary import unused_facts

    outline = Outline("研讨发言", "安全生产", facts=(Fact("新栽柳树", "900", "棵"), Fact("演练", "3", "场"), Fact("新栽柳树", "1", "棵")))
    used = Block("paragraph", (Span("3场", Origin("fact", "演练")),))
    assert unused_facts(Draft(outline, (used,))) == ("新栽柳树",)
    assert unused_facts(Draft(outline, ())) == ("新栽柳树", "演练")
