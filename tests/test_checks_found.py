"""What unseen texts of the web taught: look-alikes that are told from the faults, and faults of scraped texts that are found."""

from __future__ import annotations

import pytest

from drafting.checks import Aids, choose, load_rules
from drafting.checks.output import examine
from drafting.checks.run import check_text
from drafting.checks.text import of_text
from drafting.config import load_library

RULES = load_rules()
BODY = "堤坝一天巡查两遍，险段有人看，沙袋堆在路口，村里的喇叭早晚各响一次，老人孩子先转移，粮食和种子搬到高处，夜里留人值守。"


def found(text: str, *ids: str) -> list[tuple[str, str, str]]:
    """Rule, severity and place of what is found in a text of unknown writer."""
    report = check_text(of_text(text), choose(RULES, ids), Aids())
    return [(f.id, f.severity, f.text) for f in report.findings]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("P03", f"守住河堤护住村庄\n{BODY}{BODY}"),  # a title without a mark
        ("P03", f"一、统一认识，把险段看住\n{BODY}"),
        ("P03", f"堤上的人换了三班。（老王口述）\n{BODY}"),
        ("P03", f"今年水情好于往年，堤坝没有一处出险。🌱\n{BODY}"),  # a picture behind the mark
        ("P03", f"各村报上来的情况是\n●{BODY}\n●{BODY}"),
        ("S01", f"一、河堤\n{BODY}\n1.查险段。\n2.修涵洞，全镇二十一处，年底前修完，谁的地段谁负责，修不完的说明白。\n3.清淤泥。\n{BODY}"),
        ("S01", f"一、河堤\n{BODY}\n二、村庄\n一、转移\n{BODY}\n二、安置\n{BODY}\n三、回迁\n{BODY}\n三、责任\n{BODY}"),
        ("S01", "防汛的难处一是人少，二是路远，三是天黑。"),
        ("S01", "我们一方面查险段，一方面修涵洞，两件事都不能等。"),
        ("S01", "防汛首先要有人，其次要有物，第三，要有路。"),
        ("S04", f"守住河堤\n同志们说得好，要学习，要研讨。\n{BODY}\n{BODY}"),  # no title tells the genre
        ("W04", f"河堤工作报告\n现在，我代表镇政府报告工作。\n{BODY}"),
        ("F05", "治水的经验就是八个字：疏浚、加固、巡查、转移。"),
        ("F06", f"巡查要严把“三关”。\n一是严把人员关。\n{BODY}\n二是严把物资关。\n{BODY}\n三是严把责任关。\n{BODY}"),
        ("P02", "要处理好“快”与“慢”、“堵”与“疏”的关系，不能只顾一头。"),
        ("W05", "我省今年雨水多。我市提前备汛，我市的物资都到了村。"),
        ("W01", "……………………………………………………………………………………………………"),
    ],
)
def test_a_look_alike_is_passed(rule, text):
    """What readers of unseen texts took for a false alarm is told no more."""
    assert [hit for hit in found(text, rule) if hit[1] == "E" or rule != "S01"] == []  # that a list begins anew is worth a look


@pytest.mark.parametrize(
    ("rule", "text", "place"),
    [
        ("F02", "全镇生产总值亿元，比上年有所增长。", "总值亿元"),
        ("F02", "完成固定资产投资三亿元，增长；财政收入一亿元。", "增长"),
        ("F02", "渔业产值已占到农业总产值的以上。", "占到农业总产值的以上"),
        ("W03", "坚持以总书记新时代中国特色社会主义思想为指导。", "总书记新时代中国特色社会主义思想"),
        ("Q03", "指出，历史是最好的教科书。各村要组织学习。", "指出"),
    ],
)
def test_what_scraping_takes_out_is_missed(rule, text, place):
    """A name or a figure that a site took out of a text leaves a hole that is certain."""
    assert (rule, "E", place) in found(text, rule)


@pytest.mark.parametrize(
    ("first", "rest", "place"),
    [
        ("各级党组织要坚持从严", "管理党员干部，做到守土有责。", "从严"),  # GENRES.md's own
        ("要把学习成果转化为推动", "工作的实际行动，不走过场。", "推动"),
        ("我们要始终牢记", "为人民服务的宗旨，把好事办好。", "牢记"),
        ("每天夜里都安排一名村干部带队在堤上巡", "逻，把险情报上来。", "巡"),
        ("村里把堤上的险段分给了十二个小组", "的党员，一段一段守。", "小组"),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_sentence_over_two_paragraphs_is_found(first, rest, place, between):
    """Also where the first half looks like a heading, alone or between others; joined again it is passed, and so are headings."""
    for before, behind in (("", ""), (f"{BODY}\n", f"\n{BODY}")):
        assert any(hit[2].endswith(place) for hit in found(f"{before}{first}{between}{rest}{behind}", "P03"))
        assert not found(f"{before}{first}{rest}{behind}", "P03")
    assert not found(f"{BODY}\n坚持从严治党\n{rest.lstrip('的逻，')}\n{BODY}", "P03")


def test_a_paragraph_broken_at_every_line_is_told_once():
    """A text copied from a page of fixed width has one finding a paragraph, not one a line."""
    words = "各村党组织要把巡堤查险的责任压到每一名党员每一个小组每一处险段并且做到白天有人看夜里有人守汛情不过夜险情不过村"
    lines = [words[at : at + 12] for at in range(0, len(words), 12)]
    assert len(found("\n".join((f"{BODY}{BODY}", *lines)) + "。", "P03")) == 1


def test_the_place_of_residue_is_shown_in_its_line(tmp_path):
    """What reading took out of a line is marked there, not where its offset falls in what is left."""
    path = tmp_path / "稿.txt"
    path.write_text(f"{BODY}\n要抓好落实。查看全文请加客服微信gwxz2020\n", "utf-8")
    checked = examine(path, load_library(), ids=["R01"])
    (finding,) = checked.report.findings
    assert checked.text_of(finding)[finding.start : finding.end] == finding.text == "查看全文请加客服微信gwxz2020"


@pytest.mark.parametrize("text", ["的" * 8_000, "“老王" * 3_000])
def test_one_endless_line_takes_no_square_of_memory(text):
    """Thousands of characters without an end take memory by their number, not by its square."""
    import tracemalloc

    tracemalloc.start()
    found(text, "W01", "P02", "P03")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 30e6
