"""What becomes of findings: mended marks, comments in a copy, a page to mail, exceptions that stand in the text."""

from __future__ import annotations

import io
from html.parser import HTMLParser

import pytest
import yaml
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from drafting.checks import Aids, choose, load_rules
from drafting.checks.marks import full_width
from drafting.checks.mending import diff_lines, edited, edits_of, mend_lines, mend_word
from drafting.checks.output import Checked, examine, excerpt
from drafting.checks.output_html import html_report
from drafting.checks.run import check_text
from drafting.checks.text import of_text
from drafting.config import TEMPLATES, load_library

RULES = load_rules([TEMPLATES])
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FAULTY = "同志们:河堤要守住,水渠要清好。\n覆盖率达%，群众喝上了“放心水”、“甜水”，要把这件事继续办好。"


def checked(text: str, *ids: str) -> Checked:
    seen = of_text(text)
    return Checked(seen, check_text(seen, choose(RULES, ids), Aids()))


def word(*paragraphs: tuple[str, ...]) -> bytes:
    """A Word file of paragraphs, each of runs."""
    import docx

    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for run in runs:
            paragraph.add_run(run)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def texts(data: bytes) -> list[str]:
    import docx

    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]


def test_mending_changes_only_what_is_certain():
    """Marks beside Chinese and 、 between quotation marks; times, figures, addresses and links stay."""
    lines = ("同志们:今天10:30,说“甲”、“乙”。", "见https://example.org/a,b和[链接](a.md)", "直奔堤上，直面群众，直击难处、直接办事。")
    after, changes = mend_lines(lines)
    assert after == ("同志们：今天10:30，说“甲”“乙”。", lines[1], "直奔堤上，直面群众，直击难处，直接办事。")
    assert [change.line for change in changes] == [1, 3]
    assert any("+" in line and "同志们：" in line for line in diff_lines(changes))


def test_what_is_mended_is_no_more_found():
    """The check is silent about its own mending, and mending twice changes nothing."""
    after, _ = mend_lines(FAULTY.split("\n"))
    assert not [f for f in checked("\n".join(after), "P01", "P02").report.findings]
    assert mend_lines(after)[1] == ()


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("一、加固基础，夯实堤防。\n堤要修。\n二、清通水渠。。\n渠要清。", "一、加固基础，夯实堤防\n堤要修。\n二、清通水渠\n渠要清。"),
        ("堤要修牢，，渠要清通，。", "堤要修牢，渠要清通。"),
        ("要守住河堤、，守住水库；。渠要清通。", "要守住河堤，守住水库。渠要清通。"),
        ("处理好“快”与“慢”、“堵”与“疏”。", "处理好“快”与“慢”、“堵”与“疏”。"),
        ("这件事还要说。。。大家听。", "这件事还要说。。。大家听。"),
    ],
)
def test_whatever_has_a_fix_is_mended_by_fix_too(text, right):
    """P02: what a finding says is to stand instead is what `--fix` writes, in plain text and in Word; the rest stays."""
    assert "\n".join(mend_lines(text.split("\n"))[0]) == right
    data, _ = mend_word(word(*((line,) for line in text.split("\n"))), text=of_text(text))
    assert "\n".join(texts(data)) == right
    for f in checked(text, "P01", "P02").report.findings:
        assert f.fix is None or f.fix in right
    assert not [f for f in checked(right, "P01", "P02").report.findings if f.fix is not None]


def test_the_planted_marks_are_mended():
    """Every planted fault of P01 and P02 that has a fix is found no more when it is mended."""
    for rule in ("P01", "P02"):
        for row in yaml.safe_load((ROOT / f"tests/data/checks/{rule}.yaml").read_text("utf-8"))["faulty"]:
            after = "\n".join(mend_lines(row["text"].split("\n"))[0])
            assert not [f for f in checked(after, rule).report.findings if f.fix is not None], row["text"]


@given(st.text(alphabet="河堤，、“”《》()\",:;?!a1. 要", max_size=60))
def test_mending_is_done_once(text):
    """Whatever the text: full-width marks keep its length, and a second mending finds nothing of the first kind."""
    right = full_width(text)
    assert len(right) == len(text)
    assert all(a == b or a in ",;:?!()\"" for a, b in zip(text, right, strict=True))
    assert edited(text, edits_of(text, ("P01",))) == right


def test_a_word_file_keeps_its_runs():
    """Marks are changed where they stand, over the borders of runs."""
    data, changes = mend_word(word(("同志们", ":今天", ",说“甲”、", "“乙”。"), ("没有毛病。",)))
    assert texts(data) == ["同志们：今天，说“甲”“乙”。", "没有毛病。"]
    assert len(changes) == 1


def test_what_is_no_word_file_is_refused():
    with pytest.raises(ValueError, match="no Word file"):
        mend_word(b"PK\x03\x04nothing")


def test_findings_become_comments_in_a_copy(tmp_path):
    """Each at the run its words stand in, with rule, severity and what to do."""
    import docx

    from drafting.checks.output_word import commented

    path = tmp_path / "稿.docx"
    path.write_bytes(word(("要把河堤修牢，把水渠清通。",), ("覆盖率", "达%，", "群众喝上了放心水，要把这件事继续办好。")))
    before = path.read_bytes()
    data, count = commented(before, examine(path, load_library(), ids=("F02",)))
    assert count == 1
    document = docx.Document(io.BytesIO(data))
    (comment,) = document.comments
    assert comment.text.startswith("F02 数字丢失（必须改）")
    assert texts(data) == texts(before)
    starts = [p for p in document.paragraphs if p._p.xpath(".//w:commentRangeStart")]
    assert [p.text[:3] for p in starts] == ["覆盖率"]


def test_what_reading_takes_out_is_commented_too(tmp_path):
    """R01: advertisements on lines of their own, twice the same, within a line and in a table: each has its comment at its own words."""
    import docx

    from drafting.checks.output_word import commented

    advert, body = "关注公众号：公文写作圈", "河堤守住了，水渠清好了，村里的老人孩子都转移到了高处。"
    document = docx.Document()
    for text in ("同志们：", f"{body}查看全文请加客服微信abc123456", advert, "##试读结束##", body, advert):
        document.add_paragraph(text)
    document.add_table(1, 1).cell(0, 0).text = "下载全文请登录会员网站"
    path = tmp_path / "稿.docx"
    document.save(str(path))
    found = examine(path, load_library(), ids=("R01",))
    data, count = commented(path.read_bytes(), found)
    assert count == len(found.report.findings) == 5
    paragraphs = docx.Document(io.BytesIO(data)).element.body.iter(f"{{{W}}}p")
    marked = [p for p in paragraphs for _ in p.iter(f"{{{W}}}commentRangeStart")]
    words = ["".join(t.text or "" for t in p.iter(f"{{{W}}}t")) for p in marked]
    assert len(set(map(id, marked))) == 5
    assert words == [f"{body}查看全文请加客服微信abc123456", advert, "##试读结束##", advert, "下载全文请登录会员网站"]


def test_the_page_holds_all_it_needs():
    """No script, no address, every finding with its place marked; what a text holds of HTML is text."""
    one = checked("覆盖率达%，群众喝上了<b>放心水</b>，要把这件事继续办好。", "F02", "R01")
    page = html_report([("稿<1>.txt", one)])
    HTMLParser().feed(page)
    assert page.count("<article>") == len(one.report.findings) > 0
    assert '<mark class="E">' in page
    assert "<b>放心水" not in page
    assert "稿&lt;1&gt;.txt" in page
    assert "http" not in page
    assert one.verdict.startswith("先别交")


@pytest.mark.parametrize(
    ("text", "kept", "spared"),
    [
        ("〔不查：F02 等县里的数〕覆盖率达%，还差一点。\n普及率达%，还差一点。", [2], ["等县里的数"]),
        ("〔不查：F 会后补〕\n覆盖率达%，还差一点。\n普及率达%，还差一点。", [], ["会后补", "会后补"]),
        ("覆盖率达%〔不查：R02〕，还差一点。\n普及率达%，还差一点。", [1, 2], []),
        ("覆盖率达%，还差一点〔不查〕。\n普及率达%，还差一点。", [2], ["稿子里注明不查（第1段）"]),
    ],
)
def test_exceptions_stand_in_the_text(text, kept, spared):
    """〔不查：…〕 speaks for its paragraph, alone on a line for the text; what it spares can be seen with its reason."""
    report = checked(text, "F02").report
    assert [f.paragraph for f in report.findings] == kept
    assert [reason for _, reason in report.excepted] == spared


def test_a_long_paragraph_is_shortened_around_the_place():
    before, inside, after = excerpt("甲" * 100 + "错处" + "乙" * 100, 100, 102)
    assert inside == "错处"
    assert len(before) == len(after) == 25
    assert excerpt("甲", 0, 0) == ("", "", "")
