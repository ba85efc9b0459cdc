"""Checks: each rule has a draft that is clean and one it must find."""

from __future__ import annotations

from dataclasses import replace

from conftest import own_library

from drafting.checks import check
from drafting.fill import blank_span
from drafting.model import Blank, Block, Draft, Fact, Origin, Outline, Profile, Span
from drafting.plan import plan

LIBRARY = own_library()
OUTLINE = Outline(
    "研讨发言",
    "安全生产",
    characters=100,
    profile=Profile("镇", "临河镇"),
    facts=(Fact("加固河堤", "36", "公里", 2025),),
)
PLAN = plan(OUTLINE, LIBRARY)
OWN = Origin("writer")


def para(*parts: Span | str, lead: str = "", slot: tuple[int, int] = (0, 0)) -> Block:
    spans = tuple(Span(part, OWN) if isinstance(part, str) else part for part in parts)
    return Block("paragraph", spans, (Span(lead, OWN),) if lead else (), 2 if lead else 0, slot=slot)


def found(*blocks: Block, outline: Outline = OUTLINE, only: str = "", final: bool = False):
    draft = Draft(outline, blocks)
    return [f for f in check(draft, replace(PLAN, characters=draft.characters), final=final) if f.id.startswith(only)]


def test_a_clean_draft_has_no_finding():
    """Nothing is found where nothing is wrong."""
    blocks = (
        para("把河堤上的险段一处一处查清。", lead="（一）查清险段。"),
        para("把水渠里的淤泥一锹一锹清走。", lead="（二）清走淤泥。"),
    )
    assert found(*blocks) == []


def test_a_blank_is_named_and_bars_a_final_version():
    """R03: a hint in a draft, an error in a final version; told with its paragraph and its words."""
    block = para("要在", blank_span(Blank("时间", "整改时限")), "前查清。")
    (finding,) = found(para("把河堤修牢。"), block, only="R03")
    assert (finding.severity, finding.paragraph, finding.text) == ("I", 2, "〔待填：时间｜整改时限〕")
    assert [f.severity for f in found(block, only="R03", final=True)] == ["E"]


def test_a_blank_in_a_heading_is_found_too():
    """R03 looks at run-in headings as well."""
    heading = Block("paragraph", (Span("查清。", OWN),), (blank_span(Blank("内容", "标题")),), 2)
    assert found(heading, only="R03")


def test_a_figure_without_a_home_is_an_error():
    """F03: a figure the writer types that no fact holds."""
    (finding,) = found(para("去年加固河堤48公里。"), only="F03")
    assert (finding.severity, finding.text) == ("E", "48")


def test_figures_of_facts_and_profile_are_at_home():
    """F03 is silent about the sheet's figures, years and the profile's year."""
    outline = replace(OUTLINE, profile=Profile("镇", year=2026))
    assert found(para("2026年，接着修；2025年修了36公里。"), outline=outline, only="F03") == []


def test_part_of_a_known_figure_is_another_figure():
    """F03: 3 is not 36, and 20 is not 2025."""
    assert [f.text for f in found(para("修了3处、20处、6处。"), only="F03")] == ["3", "20", "6"]


def test_figures_in_headings_are_looked_at():
    """F03: a figure in a run-in heading needs a home as much as one in the text."""
    assert [f.text for f in found(para("接着修。", lead="（一）修好48公里河堤。"), only="F03")] == ["48"]


def test_figures_that_facts_put_in_are_not_the_writers():
    """F03 looks at what the writer typed, not at what a fact put in."""
    assert found(para("已修", Span("99公里", Origin("fact", "别的")), "。"), only="F03") == []


def test_the_same_sentence_twice_is_found_where_it_stands_again():
    """W01 names the second place and tells the first."""
    (finding,) = found(para("把河堤修得牢牢的。"), para("先说水渠。把河堤修得牢牢的。"), only="W01")
    assert finding.paragraph == 2
    assert "第1段" in finding.message


def test_short_exclamations_may_be_repeated():
    """W01 leaves 同志们！ alone."""
    assert found(para("同志们！同志们！"), only="W01") == []


def test_siblings_that_are_not_parallel_are_found():
    """S02: told once for the group, with all its headings."""
    blocks = (para("甲。", lead="（一）查清险段。"), para("乙。", lead="（二）把水渠里的淤泥都清走。"))
    (finding,) = found(*blocks, only="S02")
    assert "查清险段" in finding.text
    assert "淤泥" in finding.text


def test_headings_of_two_sections_are_not_siblings():
    """S02 compares what stands under one head."""
    blocks = (
        para("甲。", lead="（一）查清险段。", slot=(0, 0)),
        para("乙。", lead="（一）把水渠里的淤泥都清走。", slot=(1, 0)),
    )
    assert found(*blocks, only="S02") == []


def test_a_length_too_far_from_what_was_asked_is_found():
    """S05: more than 8 % over or under; exactly asked for is silent."""
    draft = Draft(OUTLINE, (para("河" * 100),))
    for asked, count in ((100, 0), (95, 0), (105, 0), (91, 1), (110, 1)):
        ids = [f.id for f in check(draft, replace(PLAN, characters=asked))]
        assert ids.count("S05") == count, asked


def test_findings_come_by_paragraph():
    """Findings are in the order a reader meets them."""
    blocks = (
        para("修了48处。", blank_span(Blank("数据", "处数"))),
        para("修了49处。"),
        para(blank_span(Blank("数据", "户数"))),
    )
    numbers = [f.paragraph for f in found(*blocks)]
    assert numbers == sorted(numbers)
    assert len(numbers) >= 4
