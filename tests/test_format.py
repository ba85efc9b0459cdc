"""`nigao format`: every word stays, every paragraph is what it is in the text, and what was changed is told."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import docx
import pytest
from conftest import write_tree
from hypothesis import given, settings
from hypothesis import strategies as st
from ooxml import faults
from ooxml import words as docx_words

from drafting.errors import ExportError
from drafting.format import format_file
from drafting.format.arrange import arranged
from drafting.format.bits import Bit, Para, text_of, weight
from drafting.format.plain import bits_of
from drafting.format.shape import shape_of
from drafting.layout import load_layout
from phrasebank.errors import ReadError
from phrasebank.readers import read

REPORT = """关于临河镇2026年防汛工作情况的报告
（2026年3月5日）

青山县人民政府:
　　今年以来,临河镇坚持"预防为主",扎实推进 防汛 工作.现将情况报告如下。
　　一、 工作开展情况
　　（一）压实责任链条。镇党委召开会议3次,各村把名单理清,逐户上门讲清楚。
　　（二）抓实隐患排查。排查河道12公里,发现险段3处,都已派人看守。

　　二、下一步打算
　　一要盯住险段。汛期来了就派人值守,夜里也不离人。
　　二要备足物资。沙袋、抽水机提前运到险段旁边。

　　附件：1.临河镇防汛责任人名单
　　2.临河镇防汛物资清单

　　　　　　　　临河镇人民政府
　　　　　　　　2026年3月5日
"""


def words(text: str) -> str:
    """What must not be lost: all but white space and marks."""
    return re.sub(r"[\W_]+", "", text)


def paras(text: str, **more) -> tuple[Para, ...]:
    return arranged("稿.txt", list(bits_of(text.splitlines(), web=True)), clean=more.pop("clean", False), **more).paras


def told(text: str) -> list[tuple[str, str, str]]:
    """Kind (with its level), heading words and the rest of each paragraph."""
    return [(f"{p.kind}{p.level or ''}", text_of(p.lead), text_of(p.rest)) for p in paras(text)]


@pytest.fixture(scope="module")
def layout():
    return load_layout("official")


# What each paragraph is


def test_a_report_is_told_apart():
    """Title, date, whom it is for, headings of three forms, notes on attachments, signature: none of them marked as such."""
    assert told(REPORT) == [
        ("title", "", "关于临河镇2026年防汛工作情况的报告"),
        ("date", "", "（2026年3月5日）"),
        ("salutation", "", "青山县人民政府："),
        ("paragraph", "", "今年以来，临河镇坚持“预防为主”，扎实推进防汛工作。现将情况报告如下。"),
        ("heading1", "一、工作开展情况", ""),
        ("paragraph2", "（一）压实责任链条。", "镇党委召开会议3次，各村把名单理清，逐户上门讲清楚。"),
        ("paragraph2", "（二）抓实隐患排查。", "排查河道12公里，发现险段3处，都已派人看守。"),
        ("heading1", "二、下一步打算", ""),
        ("paragraph5", "一要盯住险段。", "汛期来了就派人值守，夜里也不离人。"),
        ("paragraph5", "二要备足物资。", "沙袋、抽水机提前运到险段旁边。"),
        ("attachment", "", "附件：1.临河镇防汛责任人名单"),
        ("attachment", "", "2.临河镇防汛物资清单"),
        ("speaker", "", "临河镇人民政府"),
        ("date", "", "2026年3月5日"),
    ]


def test_broken_lines_become_paragraphs():
    """A text wrapped by hand: each paragraph in one piece, spaces only between Latin words."""
    text = (
        "春耕讲话\n同志们：\n我们今年要把种子备足，\n"
        "把水渠修好，把东头那一片棚里的旧薄膜都揭下来，按去年冬天说定的样子换成从外地运来的 Green\n"
        "House 专用薄膜，一件一件落到人头上。\n各村照着办就行。"
    )
    assert told(text)[2:] == [
        ("paragraph", "", "我们今年要把种子备足，把水渠修好，把东头那一片棚里的旧薄膜都揭下来，按去年冬天说定的样子换成从外地运来的"
         "Green House专用薄膜，一件一件落到人头上。"),
        ("paragraph", "", "各村照着办就行。"),
    ]  # fmt: skip


def test_a_text_below_a_label_has_a_title_of_its_own():
    """附件2 on its own line: another text begins there."""
    text = "关于防汛工作的通知\n各村：\n请把物资备足，一件一件登记好。\n附件2\n防汛物资登记表\n填表的时候要写清楚数量和存放的地点。"
    assert [kind for kind, _, _ in told(text)] == ["title", "salutation", "paragraph", "label", "title", "paragraph"]


def test_a_list_of_attachments_is_no_label():
    """附件： alone, its items counted below: notes, and no page begins there."""
    text = (
        "关于防汛工作的通知\n各村：\n请把物资备足，一件一件登记好。\n附件：\n1．防汛物资登记表\n2．责任人名单\n"
        "临河镇人民政府\n2026年3月5日"
    )
    kinds = [kind for kind, _, _ in told(text)]
    assert kinds == ["title", "salutation", "paragraph", "attachment", "attachment", "attachment", "speaker", "date"]


def test_short_lines_of_a_form_are_no_headings():
    """Without a number a line is a heading only where text follows."""
    text = "登记表\n姓名\n单位\n职务\n电话号码\n填表日期\n"
    assert not [kind for kind, _, _ in told(text) if kind.startswith("heading")]


@pytest.mark.parametrize(
    ("below", "kinds"),
    [
        ("审批机关（盖章）\n　　年　　月　　日\n（此件存本人档案。）\n— ６３ —", ["speaker", "date", "paragraph", "paragraph"]),
        ("审批机关（盖章）  年\t月\t日\n（此件抄送所在单位。）", ["speaker", "paragraph"]),
        ("临河镇人民政府（章）\n\n2026年3月5日", ["speaker", "date"]),
    ],
)  # fmt: skip
def test_a_place_for_seal_and_date_stands_by_itself(below, kinds):
    """Two lines that no mark closes are not one; a note and the number of a page may stand below."""
    found = told(f"关于人员辞退的决定\n张三（单位）：\n根据有关规定，经研究决定，辞退张三同志。\n{below}\n")
    assert [kind for kind, _, _ in found][-len(kinds) :] == kinds


def test_what_looks_foreign_stays_and_is_named():
    """Nothing is taken out unless asked, and it does not pass for a heading or a title."""
    text = "【某某素材网】更多材料请加微信abc123\n春耕讲话\n同志们：\n一、抓紧备耕。种子要备足，肥料要备齐。\n如若转载，请注明出处：https://example.com/1"
    found = arranged("稿.txt", list(bits_of(text.splitlines(), web=True)), clean=False)
    assert words("".join(p.text for p in found.paras)) == words(text)
    assert [p.kind for p in found.paras][:3] == ["paragraph", "title", "salutation"]
    assert [suspect.line for suspect in found.report.suspects] == [1, 5] and not found.report.removed
    cleaned = arranged("稿.txt", list(bits_of(text.splitlines(), web=True)), clean=True)
    assert [p.kind for p in cleaned.paras] == ["title", "salutation", "paragraph"] and cleaned.report.removed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("　　各村要把 责任 扛在肩上 ，把措施落到实处。", "各村要把责任扛在肩上，把措施落到实处。"),
        ("增长3.5%,完成率98.5%;其中:工业(含建筑业)增长4%。", "增长3.5%，完成率98.5%；其中：工业（含建筑业）增长4%。"),
        ("会议10:30开始,见http://example.com/a?b=1,地点在镇里。", "会议10:30开始，见http://example.com/a?b=1，地点在镇里。"),
        ('他说:"路修好了."大家都笑了。', "他说：“路修好了。”大家都笑了。"),
        ("把Word 2016 装好,打开A B两个文件就可以开始了。", "把Word 2016装好，打开A B两个文件就可以开始了。"),
        ("申请人（签字）：        日期：      ，请在这里写清楚。", "申请人（签字）：        日期：      ，请在这里写清楚。"),
        ("张　三", "张　三"),
        *[("（干部人事部门盖章）                    填表时间：        年 月 日",) * 2],
        ("第一条 为了规范 工作，制定本办法。", "第一条　为了规范工作，制定本办法。"),
        ("　　第十二章\t附　则", "第十二章　附则"),
        ("第一，要快。 第二，要稳。", "第一，要快。第二，要稳。"),
    ],
)  # fmt: skip
def test_spaces_and_marks(before, after):
    """Indents and stray spaces go, marks become full-width beside Chinese; figures, addresses, blanks to fill in and names stay."""
    (made,) = paras(before)
    assert made.text == after


# Nothing lost, whatever the text

_LINE = st.one_of(
    st.text(max_size=40),
    st.sampled_from([
        "一、抓好落实", "（一）压实责任。各村要动起来，件件有回音。", "1.第一条；", "同志们：", "附件1", "附件：1.名单", "林一禾",
        "2026年3月5日", "第1篇：春耕发言材料", "##paidbegin##各村要动起来", "如若转载，请注明出处：https://example.com",
        "——在春耕会议上的讲话", "　　", "\t", "&nbsp;&amp;<b>", "把水渠修好，把大棚的薄膜换新，一件一件落到人头上，谁也",
        "一是要快，二是要稳。", "“”", "。", "\u200b\ufeff", "𠮷😀", "\x00\x0b\ud800",
    ]),
)  # fmt: skip
_LINES = st.lists(_LINE, max_size=14)
_HINTS = st.dictionaries(st.integers(0, 13), st.integers(1, 4), max_size=3)


@settings(max_examples=150)
@given(_LINES, st.sets(st.integers(0, 13), max_size=3), _HINTS)
def test_no_word_of_any_text_is_lost(lines, barriers, hints):
    """Whatever the lines, the paragraphs hold their characters, in their order, each once."""
    bits = list(bits_of([line.replace("\n", " ") for line in lines], web=False))
    barriers = frozenset(at for at in barriers if at < len(bits) and not text_of(bits[at]).strip())
    found = arranged("稿.txt", bits, clean=False, barriers=barriers, hints=hints).paras
    assert words("".join(p.text for p in found)) == words("".join(text_of(line) for line in bits))


@settings(max_examples=60)
@given(_LINES)
def test_the_shape_fits_the_lines(lines):
    """The paragraphs of a shape have as many characters as the lines: otherwise structure would have to be given up."""
    bits = list(bits_of([line.replace("\n", " ") for line in lines], web=False))
    shape = shape_of("稿.txt", [text_of(line) for line in bits], frozenset(), {})
    foreign = sum(weight(text_of(bits[at])[start:end]) for at, start, end, _ in shape.foreign)
    assert sum(laid.size for laid in shape.laid) + foreign == sum(weight(text_of(line)) for line in bits)


def test_things_stay_between_the_words_they_stood_between():
    """A picture inside a heading sentence, one behind it, and one on a line of its own."""
    picture, note, alone = object(), object(), object()
    line = (Bit("　　（一）压实"), Bit(thing=picture), Bit("责任。"), Bit(thing=note), Bit("各村要把名单理清。"))
    heading, own = arranged("稿.docx", [line, (Bit(thing=alone),)], clean=False).paras
    assert [bit.thing or bit.text for bit in heading.lead] == ["（一）压实", picture, "责任。", note]
    assert [bit.thing or bit.text for bit in heading.rest] == ["各村要把名单理清。"]
    assert [bit.thing for bit in own.rest] == [alone]


# Files


def test_a_text_becomes_a_document(tmp_path, layout):
    """Run-in headings as two runs in their own font, the look of a draft, and an account in Chinese."""
    write_tree(tmp_path, {"报告.txt": REPORT})
    report = format_file(tmp_path / "报告.txt", tmp_path / "报告.docx", layout)
    data = (tmp_path / "报告.docx").read_bytes()
    assert faults(data) == [] and docx_words(data) == words(REPORT)
    found = docx.Document(io.BytesIO(data))
    styles = {p.text: p.style.name for p in found.paragraphs}
    assert styles["一、工作开展情况"] == "Heading 1" and styles["临河镇人民政府"] == "落款" and styles["青山县人民政府："] == "称谓"
    (run_in,) = [p for p in found.paragraphs if p.text.startswith("（一）")]
    assert [run.text for run in run_in.runs] == ["（一）压实责任链条。", "镇党委召开会议3次，各村把名单理清，逐户上门讲清楚。"]
    assert run_in.style.name == "段首标题 2"
    assert (report.title, report.headings, report.run_in) == ("关于临河镇2026年防汛工作情况的报告", 2, 4)
    said = "\n".join(report.lines())
    assert "去掉手工空格 14 处" in said and "去掉空行 4 行" in said and re.search(r"半角标点改为全角 \d+ 个", said)


def test_the_same_text_gives_the_same_bytes(tmp_path, layout):
    write_tree(tmp_path, {"稿.txt": REPORT})
    for name in ("甲.docx", "乙.docx"):
        format_file(tmp_path / "稿.txt", tmp_path / name, layout)
    assert (tmp_path / "甲.docx").read_bytes() == (tmp_path / "乙.docx").read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("空.txt", b"", "空"),
        ("图.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "读不了|不是"),
        ("坏.docx", b"PK\x03\x04" + b"0" * 300, "损坏|不是"),
    ],
)
def test_what_cannot_be_read_is_one_message(tmp_path, layout, name, content, message):
    write_tree(tmp_path, {name: content, "出.docx": "旧"})
    with pytest.raises(ReadError, match=message):
        format_file(tmp_path / name, tmp_path / "出.docx", layout)
    assert (tmp_path / "出.docx").read_text("utf-8") == "旧"


def test_the_source_is_never_overwritten(tmp_path, layout):
    """Nor anything written that is no .docx."""
    write_tree(tmp_path, {"稿.txt": REPORT})
    format_file(tmp_path / "稿.txt", tmp_path / "稿.docx", layout)
    before = (tmp_path / "稿.docx").read_bytes()
    (tmp_path / "别名.docx").symlink_to(tmp_path / "稿.docx")
    with pytest.raises(ExportError, match="输出文件就是原文件"):
        format_file(tmp_path / "稿.docx", tmp_path / "别名.docx", layout)
    with pytest.raises(ExportError, match=r"只能写成 \.docx"):
        format_file(tmp_path / "稿.txt", tmp_path / "稿.pdf", layout)
    assert (tmp_path / "稿.docx").read_bytes() == before


def test_a_name_that_is_too_long_is_one_message(tmp_path, layout):
    (tmp_path / "原.txt").write_text("报告", "utf-8")
    with pytest.raises(ExportError, match="文件名太长"):
        format_file(tmp_path / "原.txt", tmp_path / f"{'长' * 100}.docx", layout)
    with pytest.raises(ReadError):
        format_file(tmp_path / f"{'长' * 100}.txt", tmp_path / "新.docx", layout)


def test_half_a_megabyte_on_one_line(tmp_path, layout):
    """One paragraph, all of it."""
    write_tree(tmp_path, {"长.txt": "各村要把责任扛在肩上，" * 16_000})
    format_file(tmp_path / "长.txt", tmp_path / "长.docx", layout)
    assert len(docx_words((tmp_path / "长.docx").read_bytes())) == 160_000


def test_the_command(tmp_path, here):
    """Notices on stderr, one object with --json, exit code 2 and one line for what cannot be done."""
    write_tree(tmp_path, {"稿.txt": REPORT})
    done = here("format", "稿.txt")
    assert done.returncode == 0 and done.stdout == ""
    assert "已排好：稿-排版.docx" in done.stderr and "段首标题 4 处" in done.stderr
    row = json.loads(here("format", "稿.txt", "-o", "讲.docx", "--layout", "speech:windows", "--json").stdout)
    assert row["output"] == "讲.docx" and row["run_in"] == 4
    failed = here("format", "稿.txt", "-o", "无/稿.docx")
    assert failed.returncode == 2 and failed.stderr.count("\n") == 1 and "文件夹不存在" in failed.stderr


# Real texts


def test_run_in_headings_of_the_seeds_are_right(shared, tmp_path, layout):
    """Every run-in heading of the annotation is a run of its own; what goes on in its paragraph is in another, as body text."""
    for gold in sorted((shared / "gold" / "seeds").glob("*.json")):
        seed = shared / "corpus" / "seeds" / f"{gold.stem}.txt"
        format_file(seed, tmp_path / "稿.docx", layout)
        data = (tmp_path / "稿.docx").read_bytes()
        assert docx_words(data) == words("".join(read(seed).lines))
        paragraphs = docx.Document(io.BytesIO(data)).paragraphs
        heads = {words(p.runs[0].text) for p in paragraphs if len(p.runs) > 1 and p.runs[1].text.strip() and p.style.name != "Title"}
        annotated = [h for piece in json.loads(gold.read_text("utf-8"))["pieces"] for h in piece["headings"]]
        wanted = {words(h["number"] + h["text"]): h.get("certainty") != "arguable" for h in annotated if h["run_in"]}
        assert heads <= set(wanted) and {head for head, sure in wanted.items() if sure} <= heads
        own = {words(p.text) for p in paragraphs if p.style.name.startswith("Heading")}
        assert own == {words(h["number"] + h["text"]) for h in annotated if not h["run_in"] and h.get("in_body", True)}


def test_documents_made_of_real_texts_keep_their_words(shared, tmp_path, layout):
    """Five speeches and ten reports, each line a paragraph of a .docx."""
    reports = sorted((shared / "corpus" / "gov_reports").rglob("*.txt"))
    for file in (*sorted((shared / "corpus" / "seeds").glob("*.txt")), *reports[:: len(reports) // 10][:10]):
        source = docx.Document()
        for line in read(file).lines:
            source.add_paragraph("".join(c for c in line if c.isprintable() or c in "\t\u3000"))
        source.save(tmp_path / "原.docx")
        format_file(tmp_path / "原.docx", tmp_path / "新.docx", layout)
        data = (tmp_path / "新.docx").read_bytes()
        assert docx_words(data) == docx_words((tmp_path / "原.docx").read_bytes()) and faults(data) == []


def test_real_forms_and_decisions_keep_their_words(shared, tmp_path, layout):
    """Every .docx of the collection: the same words, the same tables, a sound file."""
    files = sorted(Path(shared / "corpus" / "office-files").glob("*.docx"))
    assert len(files) >= 9
    for file in files:
        before = file.read_bytes()
        format_file(file, tmp_path / "新.docx", layout)
        after = (tmp_path / "新.docx").read_bytes()
        assert docx_words(after) == docx_words(before)
        assert set(faults(after)) <= set(faults(before))
        old, new = docx.Document(io.BytesIO(before)), docx.Document(io.BytesIO(after))
        assert [t._tbl.xml for t in new.tables] == [t._tbl.xml for t in old.tables]
