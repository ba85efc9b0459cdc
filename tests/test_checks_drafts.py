"""The checks on drafts of ours: silent about what we made, and each of a writer's slips found and named rightly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import own_library

from drafting.checks import Aids, check, check_draft
from drafting.config import TEMPLATES
from drafting.model import Block, Draft, Fact, Origin, Outline, Point, Profile, SectionPlan, Span
from drafting.plan import plan
from drafting.workshop import Workshop
from phrasebank.model import Phrase, Source
from phrasebank.passage_index import build
from phrasebank.passages import Passages

LIBRARY = own_library()
DATA = Path(__file__).parent / "data"
OUTLINE = Outline(
    "研讨发言", "安全生产", characters=1500, profile=Profile("镇", "青山县临河镇", "临河镇党委", "组织委员", year=2026),
    facts=(Fact("加固河堤", "36", "公里", 2025, "县水利局"), Fact("自来水普及率", "96", "%", 2025, "县水利局")),
)  # fmt: skip
PASTED = "坝上的每一块石头他都叫得出名字，雨再大的夜里也要提着马灯走上两个来回，水库安稳了，下游三个村才睡得踏实"


@pytest.fixture(scope="module")
def shop(builtin):
    return Workshop.open()


@pytest.fixture(scope="module")
def aids(tmp_path_factory) -> Aids:
    path = tmp_path_factory.mktemp("index") / "old.idx"
    build([("旧稿.txt", [(7, f"老党员守了半辈子水库，{PASTED}。")])], path)
    return Aids((DATA, TEMPLATES), passages=(Passages(path),))


def planted(shop, words: str) -> Draft:
    """A draft of ours with a paragraph of the writer's own."""
    session = shop.session(OUTLINE)
    blocks = list(session.draft.blocks)
    blocks.insert(len(blocks) - 1, Block("paragraph", (Span(words, Origin("writer")),), slot=(2, 0)))
    return replace(session.draft, blocks=tuple(blocks))


@pytest.mark.parametrize(
    ("rule", "words", "finds", "message"),
    [
        ("R02", "要立足镇安实际，让镇安群众得到实惠。", "镇安", "不是本地的地名"),
        ("F03", "去年加固河堤48公里，群众都说好。", "48", "不在事实清单里"),
        ("Q02", "古人讲“先天下之忧而忧，后天下之乐而笑”，干部要有这样的胸襟。", "后天下之乐而笑", "“笑”应为“乐”"),
        ("R04", f"身边就有榜样，{PASTED[:42]}，值得我们学习。", "马灯", "旧稿.txt 第7行"),
        ("F05", "增强政治意识、大局意识、核心意识、看齐意识、责任意识“四个意识”。", "四个意识", "列了5项"),
        ("F02", "全镇自来水普及率达%，群众喝上了放心水。", "%", "数字丢了"),
        ("F04", "村集体收入由36万元增加到96万元，增长96%。", "96%", "算出来是166.7%"),
        ("R05", "今年是2024年，是攻坚之年。", "2024年", "稿子是2026年的"),
        ("R01", "要抓好落实。查看全文请加客服微信gwxz2020。", "客服", "网站"),
    ],
)
def test_each_slip_in_a_draft_is_found_and_named(shop, aids, rule, words, finds, message):
    """One fault in an otherwise clean draft of ours: found in its paragraph, told by the check it belongs to."""
    draft = planted(shop, words)
    where = next(n for n, block in enumerate(draft.blocks, 1) if block.text == words)
    hits = [f for f in check_draft(draft, plan(OUTLINE, LIBRARY), aids, [rule]).findings if f.paragraph == where]
    assert any(finds in f.text and message in f.message for f in hits), hits


SLIPS = (
    ("R02", "要立足镇安实际，让镇安群众得到实惠。", "镇安"),
    ("F03", "去年加固河堤48公里，群众都说好。", "48"),
    ("Q02", "古人讲“先天下之忧而忧，后天下之乐而笑”，干部要有这样的胸襟。", "后天下之乐而笑"),
    ("R04", f"身边就有榜样，{PASTED[:42]}，值得我们学习。", "马灯"),
    ("F05", "增强政治意识、大局意识、核心意识、看齐意识、责任意识“四个意识”。", "四个意识"),
    ("F02", "全镇自来水普及率达%，群众喝上了放心水。", "%"),
)


@pytest.mark.parametrize("genre", ["会议讲话", "党课", "表态发言", "工作总结"])
def test_all_slips_of_one_draft_are_found_in_any_genre(shop, aids, genre):
    """A foreign place, a changed figure, a character in a quotation, a pasted passage, five of the four, a lost figure: each by its
    own check, in one draft, by the whole set of rules."""
    outline = replace(OUTLINE, genre=genre)
    session = shop.session(outline)
    blocks = list(session.draft.blocks)
    blocks[-1:-1] = [Block("paragraph", (Span(words, Origin("writer")),), slot=(1, 0)) for _, words, _ in SLIPS]
    found = check_draft(replace(session.draft, blocks=tuple(blocks)), session.plan, aids).findings
    assert [rule for rule, _, place in SLIPS if not any(f.id == rule and place in f.text for f in found)] == []


@pytest.mark.parametrize("genre", ["研讨发言", "会议讲话", "党课"])
@pytest.mark.parametrize("theme", ["安全生产", "民生实事", "基层治理"])
def test_what_we_made_ourselves_has_no_error(shop, genre, theme):
    """No draft of our own templates and bank has a finding of severity E of the families R, F and Q."""
    for seed in (1, 7):
        session = shop.session(replace(OUTLINE, genre=genre, theme=theme, seed=seed))
        assert [f for f in check(session.draft, session.plan) if f.severity == "E" and f.id[0] in "RFQ"] == []


def test_a_clean_paragraph_of_the_writers_own_is_passed(shop, aids):
    """Figures of the sheet, the own place and a right quotation are no fault."""
    words = "2025年，临河镇加固河堤36公里，自来水普及率96%。青山群众记得，古人讲“先天下之忧而忧，后天下之乐而乐”。"
    found = check_draft(planted(shop, words), plan(OUTLINE, LIBRARY), aids, ["R", "F", "Q"]).findings
    assert [f for f in found if f.severity == "E"] == []


def test_a_name_that_a_phrase_of_a_bank_smuggles_in_is_found(shop):
    """R02 knows the names of the source a phrase came from, though no gazetteer has them."""
    phrase = Phrase("abc", "学习赵家坝合作社的办法。", "学习赵家坝合作社的办法。", "measure", "plain", names=("赵家坝合作社",),
                    sources=(Source("旧稿.txt", 3),))  # fmt: skip

    class Stack:
        banks = ()

        def by_id(self, phrase_id: str) -> Phrase | None:
            return phrase if phrase_id == "abc" else None

    block = Block("paragraph", (Span(phrase.text, Origin("phrase", "abc", phrase.sources)),), slot=(0, 0))
    report = check_draft(Draft(OUTLINE, (block,)), plan(OUTLINE, LIBRARY), Aids(stack=Stack()), ["R02"])  # type: ignore[arg-type]
    assert [(f.text, f.severity) for f in report.findings] == [("赵家坝合作社", "E")]


def test_a_fact_without_year_or_source_is_told():
    """F03: whoever is asked for the year of a figure must have it."""
    outline = replace(OUTLINE, facts=(Fact("加固河堤", "36", "公里"),))
    block = Block("paragraph", (Span("36公里", Origin("fact", "加固河堤")),), slot=(0, 0))
    (finding,) = check_draft(Draft(outline, (block,)), plan(outline, LIBRARY), Aids(), ["F03"]).findings
    assert finding.severity == "W"
    assert "年份、来源" in finding.message


def test_session_and_summary_see_the_same_findings(shop):
    """The session's own count of errors is the check's: a foreign figure typed by the writer."""
    from drafting.summary import summarise

    point = Point(text="去年加固河堤48公里。", fixed=True)
    session = shop.session(replace(OUTLINE, sections=(SectionPlan("开头", points=(point,)),)))
    found = check(session.draft, session.plan)
    told = summarise(session, "x.md")["findings"]
    assert told["E"] == sum(f.severity == "E" for f in found) >= 1


@pytest.mark.parametrize(("own", "bare"), [
    ("今年七月汛期，有个村的水已经进了院子，值班的人半个钟头才赶到。", False),
    ("我检查零售点只看了台账，没有下库房，后来被通报。", False),
    ("上周三夜里，老支书打来电话，说河沟涨了。", False),
    ("要把责任扛在肩上，把工作落到实处，久久为功。", True),
    ("我们要十分重视，月亮走我也走，责任一刻不松。", True),
])  # fmt: skip
def test_what_the_writer_has_lived_through_is_a_fact(shop, own, bare):
    """A month, a day, something he did himself: no other place can tell the same."""
    said = "要进一步提高站位，充分认识做好这项工作的重要性，切实增强责任感，以更高的标准推动工作见效。"
    outline = replace(OUTLINE, facts=(), sections=(SectionPlan("认识", points=(Point(heading="", fixed=True, use=(said,) * 7 + (own,)),)),))
    session = shop.session(outline)
    assert [f.id for f in check(session.draft, session.plan) if f.id == "F01"] == ["F01"] * bare
