"""Everything in quotation marks is found, and told whose it is."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrasebank import maxims
from phrasebank.extract import extract
from phrasebank.inspect import inspect
from phrasebank.model import Lexicon, RawText
from phrasebank.quotations import find_quotations


def kinds(text: str) -> list[tuple[str, str, str | None]]:
    return [(text[q.start + 1 : q.end - 1], q.kind, q.attributed_to) for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        ("习近平总书记强调：“路是一步一步走出来的。”", "leader", "习近平总书记"),
        ("***总书记曾说过,“事情要一件一件办好”。", "leader", "***总书记"),
        ("“把事情办到大家心里去”，这是_总书记对我们的要求。", "leader", "_总书记"),
        ("俗话说“人心齐，泰山移”。", "saying", None),
        ("古人云：“慎终如始，则无败事。”", "classic", None),
        ("孔子说：“其身正，不令而行。”", "classic", "孔子"),
        ("《礼记》有言：“凡事预则立，不预则废。”", "classic", "《礼记》"),
        ("《论语》里讲：“言必信，行必果。”", "classic", "《论语》"),
        ("老王说：“井打好了，心就定了。”", "saying", None),
        ("坚定“先天下之忧而忧”的胸怀。", "classic", None),
        ("实施“百村千树工程”。", "name", None),
        ("打通“最后一段路”。", "coined", None),
        ("“临河经验”倡导“把矛盾解决在门口”。", "name", None),
    ],
)
def test_kinds_and_speakers(text: str, kind: str, who: str | None) -> None:
    assert kinds(text)[0][1:] == (kind, who)


def test_examples_after_a_leader_are_his() -> None:
    found = kinds("深深体会到党中央的关怀，比如“让大家的日子越来越好”、比如“不让一个人在路上掉队”。")
    assert [f[1:] for f in found] == [("leader", "党中央"), ("leader", "党中央")]


def test_the_taught_word_is_credited_to_the_experience() -> None:
    assert kinds("“临河经验”倡导“把矛盾解决在门口”。")[1] == ("把矛盾解决在门口", "slogan", "“临河经验”")


def test_one_word_is_of_one_kind_in_a_paragraph() -> None:
    text = "打造“红色驿站”。“红色驿站”品牌叫得响。"
    assert [(k[0], k[1]) for k in kinds(text)] == [("红色驿站", "name")] * 2


def test_half_width_marks_count_too() -> None:
    assert [k[0] for k in kinds('落实"路长制"和"河长制"要求')] == ["路长制", "河长制"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("坚持“办事靠大家”的理念。", "slogan"),
        ("做到“两个维护”。", "slogan"),
        ("推行“三个临河”。", "coined"),
        ("深入开展“我为群众办实事”实践活动。", "slogan"),
        ("打造“红色驿站”品牌。", "name"),
        ("“十四五”时期。", "name"),
        ("从“要我干”到“我要干”。", "coined"),
        ("让服务更有“温度”。", "coined"),
        ("所谓“自由市场”。", "coined"),
        ("老王说：“井打好了，心就定了。”", "saying"),
        ("要牢记“学而时习之，不亦说乎”。", "classic"),
        ("拿出“咬定青山不放松”的韧劲。", "classic"),
    ],
)
def test_kinds_by_the_words_and_by_what_they_are_called(text, kind):
    assert kinds(text)[0][1] == kind


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("***总书记强调,要把路修到家门口。大家要落实。", ("要把路修到家门口", "leader", "***总书记")),
        ("总书记在座谈会的讲话中指出，要算“长远账”，不算眼前账。", ("要算“长远账”，不算眼前账", "leader", "总书记")),
        ("有人说，修路是别人的事，等着就行了。", ("修路是别人的事，等着就行了", "saying", "有人")),
        ("俗话说，人心齐，泰山移，我们要一起干。", ("人心齐，泰山移", "saying", None)),
        ("工作中要一把钥匙开一把锁。", ("一把钥匙开一把锁", "saying", None)),
        ("孔子说，言必信，行必果，我们要守诺。", ("言必信，行必果", "classic", "孔子")),
        ("《礼记》有云，凡事预则立，这话不假。", ("凡事预则立", "classic", "《礼记》")),
    ],
)
def test_what_is_quoted_without_marks(text, span):
    first = next(find_quotations(text))
    assert (text[first.start : first.end], first.kind, first.attributed_to) == span


@pytest.mark.parametrize(
    "text",
    [
        "按照总书记的要求，把路修好，把事办好。",
        "根据党中央强调，把路修好，把事办好。",
        "总书记十分关心修路，多次过问进展情况。",
        "各村要说话算数，要求明确，措施到位。",
    ],
)
def test_a_mention_of_a_leader_reports_nothing(text):
    assert list(find_quotations(text)) == []


def test_the_nearest_person_speaks_and_no_thought_that_bears_a_name():
    text = "在毛泽东思想指引下，总书记在党中央会议上强调：“路要一步一步走下去。”"
    assert kinds(text) == [("路要一步一步走下去。", "leader", "总书记")]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("老王说：「把事『办好』再走」。", ["「把事『办好』再走」"]),
        ("他说：“要记住‘路长制’三个字。”", ["“要记住‘路长制’三个字。”"]),
        ("“这一段引文分成几段来排，这是头一段。", ["“这一段引文分成几段来排，这是头一段。"]),
        ("他说，“先把路修好。大家都同意。", ["“先把路修好"]),
        ("这是一处多出来的”，后面照常。", []),
        ('他说"甲乙"又说"丙', ['"甲乙"']),
        ("《临河镇志》里有记载。", []),
        ("“甲”“乙", ["“甲”"]),
    ],
)
def test_nested_unclosed_and_stray_marks(text, quoted):
    assert [text[q.start : q.end] for q in find_quotations(text)] == quoted


def test_reported_words_of_a_leader_are_not_offered():
    lines = (
        "在全镇安全生产会议上的讲话",
        "总书记强调，要把安全放在心上，把隐患消除在前头。",
        "各村要逐户排查隐患，当天整改到位。",
    )
    phrases = {p.text: p.reason for p in extract(inspect(RawText("稿.txt", lines)), Lexicon())}
    assert phrases["总书记强调，要把安全放在心上，把隐患消除在前头。"] == "quotation"
    assert phrases["各村要逐户排查隐患，当天整改到位。"] != "quotation"


@given(st.text(alphabet='甲乙说要，。：“”‘’"「」『』总书记强调指出俗话有人古\n,: ', max_size=60))
def test_any_text_is_taken_in_order(text):
    spans = list(find_quotations(text))
    assert all(0 <= q.start < q.end <= len(text) for q in spans)
    assert [q.start for q in spans] == sorted(q.start for q in spans)


@pytest.mark.parametrize(
    "unit", ["，", "“", "”", '"', "“”", "“甲”", "「", "要", "的", "总书记强调", "有人说，", "俗话说"]
)
def test_half_a_megabyte_on_one_line(unit):
    """Linear: 200,000 characters take seconds at most on a slow machine, minutes where the time grows squared."""
    text = (unit * 200_000)[:200_000]
    start = time.process_time()
    list(find_quotations(text))
    assert time.process_time() - start < 10


def test_every_line_of_the_lists_is_told_by_its_kind():
    rows = (Path(maxims.__file__).parent / "data/maxims.tsv").read_text("utf-8").splitlines()
    for kind, lines in (row.split("\t") for row in rows if row[0] != "#"):
        for line in lines.split():
            assert maxims.kind_of(line) == kind, line
