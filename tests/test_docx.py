"""The Word document: sound as a package, laid out as LAYOUT.md has it, the same bytes each time."""

from __future__ import annotations

import io
import pickle
import random
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from ooxml import faults

from drafting.config import TEMPLATES
from drafting.docx import write_docx
from drafting.errors import ConfigError, ExportError
from drafting.layout import PARTS, Layout, load_layout, title_breaks
from drafting.model import Blank, Block, Draft, Fact, Origin, Outline, Profile, Span
from phrasebank.model import Source

SHARED = Path(__file__).resolve().parents[2] / "shared"
JUDGE = SHARED / "tools" / "check_layout.py"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PHRASE = Origin("phrase", "p1")
TITLE = "在青山县2026年春季农业生产暨森林防火工作会议上的讲话"

SENTENCES = (
    "各村各单位要把责任扛在肩上，把任务抓在手上，把措施落到实处，遇到难题不绕道，碰到矛盾不回避。",
    "我们常说“基础不牢，地动山摇”，镇里的工作千头万绪，哪一头没有理顺，最后都会落到柴米油盐上——这一点要想明白。",
    "《青山县村级事务管理办法》已经印发，大家要逐条学习、逐项对照，把规矩立起来，把程序走到位，让群众看得见、信得过。",
    "从走访的情况看，多数干部是过硬的，群众是认可的；也有少数同志习惯于坐在屋里听汇报，满足于在群里发通知。",
    "开春以后雨水渐多，河堤、水库、老旧房屋都要有人看、有人管、有人报，值班的同志要把电话守住，把情况摸清。",
    "产业要兴，路子要对，不能一哄而上，也不能等着看着，要先问市场，再问土地，最后问一问自己手里有几分本事。",
)


def span(text: str) -> Span:
    return Span(text, PHRASE)


def blank(kind: str, what: str, unit: str = "", **more) -> Span:
    asked = Blank(kind, what, unit, **more)
    return Span(str(asked), Origin("blank", blank=asked))


def paragraph(*spans: Span, lead: str = "", level: int = 0) -> Block:
    return Block("paragraph", spans, (span(lead),) if lead else (), level)


def draft(*blocks: Block, title: str = TITLE) -> Draft:
    outline = Outline("会议讲话", "安全生产", profile=Profile(unit="临河镇党委", name="林一禾"))
    return Draft(outline, (Block("title", (span(title),)), *blocks))


def body(seed: int = 1) -> list[Block]:
    """Four parts: a heading on its own line, then paragraphs, every third with a run-in heading, every fourth blanks."""
    chance = random.Random(seed)
    blocks = []
    for part in range(4):
        number = "一二三四"[part]
        blocks.append(
            Block("heading", lead=(span(f"{number}、把心思用到群众急盼的事上"),), level=1, number=f"{number}、")
        )
        for at in range(13):
            spans = [span("".join(chance.sample(SENTENCES, 2)))]
            if at % 4 == 1:
                spans += blank("数据", "新改建农村公路里程", "公里", year=2025), span("，惠及")
                spans += blank("数据", "受益群众", "人"), span("。")
            if at % 6 == 5:
                spans += span("全年排查隐患36处，整改率98.5%。"), blank("引文", "关于基层治理的论述", doubtful=True)
            lead = f"（{'一二三四五'[at // 3]}）在责任落实上再加一把力。" if at % 3 == 0 else ""
            blocks.append(paragraph(*spans, lead=lead, level=2 if lead else 0))
    return blocks


def full(seed: int = 1) -> Draft:
    """A whole speech of about sixty paragraphs and eight pages."""
    return draft(
        Block("subtitle", (span("——春季工作安排"),)),
        Block("speaker", (span("临河镇党委书记　林一禾"),)),
        Block("date", (span("（2026年3月5日）"),)),
        Block("salutation", (span("同志们："),)),
        paragraph(span("今天，我们召开"), blank("会议", "会议全称"), span("，把春天的几件大事安排下去。")),
        *body(seed),
        Block("closing", (span("地等不得，人更等不得，让我们一起把今年的活干漂亮。谢谢大家！"),)),
    )


@pytest.fixture(scope="module")
def official() -> Layout:
    return load_layout("official")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def tree(data: bytes, name: str = "word/document.xml"):
    etree = pytest.importorskip("lxml.etree")
    return etree.fromstring(parts(data)[name])


def runs(data: bytes) -> list[tuple[str, str, str]]:
    """Style of the paragraph, East Asian font of the run where given, text."""
    found = []
    for p in tree(data).iter(W + "p"):
        style = p.find(f"{W}pPr/{W}pStyle")
        for r in p.iter(W + "r"):
            font = r.find(f"{W}rPr/{W}rFonts")
            text = "".join(t.text or "" for t in r.iter(W + "t"))
            if text:
                name = style.get(W + "val") if style is not None else ""
                found.append((name, font.get(W + "eastAsia") or "", text))
    return found


def texts(data: bytes) -> list[str]:
    docx = pytest.importorskip("docx")
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]


# The package


def test_the_package_is_one_by_the_rules(official):
    """Parts, relationships, content types and the order of elements, with and without comments, in every layout."""
    for layout in (official, load_layout("speech")):
        for comments in (True, False):
            assert faults(write_docx(full(), layout, comments=comments)) == []
    assert faults(write_docx(full(), official, sources=True)) == []


def test_the_validator_sees_what_is_wrong(official):
    """Each a fault that Word refuses or repairs: found in an otherwise sound file."""
    sound = parts(write_docx(full(), official))
    planted = {
        "order in": ("word/document.xml", b"<w:cols ", b'<w:docGrid w:type="lines" w:linePitch="579"/><w:cols '),
        "is not there": ("word/_rels/document.xml.rels", b"settings.xml", b"setting.xml"),
        "content type of word/styles.xml": ("[Content_Types].xml", b"/word/styles.xml", b"/word/style.xml"),
        "no style": ("word/document.xml", b'w:val="Title"', b'w:val="Titel"'),
        "commentRangeEnd": ("word/document.xml", b'<w:commentRangeEnd w:id="0"/>', b""),
        "which is no relationship": ("word/document.xml", b'r:id="rId5"', b'r:id="rId9"'),
        "twice": ("word/styles.xml", b'w:styleId="Subtitle"', b'w:styleId="Title"'),
    }
    for told, (name, old, new) in planted.items():
        assert old in sound[name]
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            for part, data in sound.items():
                file.writestr(part, data.replace(old, new, 1) if part == name else data)
        assert any(told in fault for fault in faults(out.getvalue())), told


def test_same_draft_same_bytes_by_light_means(official):
    """DESIGN §4.5: nothing of the clock, of the run or of hashes gets into the file; another process that writes it loads neither
    python-docx nor jieba."""
    code = (
        "import pickle, sys; from drafting.docx import write_docx; from drafting.layout import load_layout; "
        "data = write_docx(pickle.load(sys.stdin.buffer), load_layout('official')); "
        "assert not {'docx', 'lxml', 'jieba', 'textual'} & set(sys.modules); sys.stdout.buffer.write(data)"
    )
    run = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(full()), capture_output=True, check=True)
    assert write_docx(full(), official) == write_docx(full(), load_layout("official")) == run.stdout


# Paragraphs and runs


def test_opens_in_python_docx_with_styles_and_properties(official):
    """Another reader sees the same text under the style names people look for."""
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(write_docx(full(), official)))
    styled = [(p.style.name, p.text) for p in document.paragraphs]
    assert styled[0] == ("Title", "在青山县2026年春季农业生产\n暨森林防火工作会议上的讲话")
    assert [name for name, _ in styled[1:8]] == ["Subtitle", "署名", "Date", "Normal", "称谓", "Normal", "Heading 1"]
    assert styled[4][1] == "" and [t for _, t in styled].count("") == 1
    assert document.core_properties.title == TITLE
    assert document.core_properties.author == "临河镇党委 林一禾"
    assert "".join(t for _, t in styled).replace("\n", "") == full().text.replace("\n", "")


def test_run_in_heading_is_one_paragraph_with_two_runs(official):
    """Only the heading sentence takes the heading font."""
    block = paragraph(span("各村要把名单理清。"), span("逐户上门。"), lead="（一）压实责任。", level=2)
    found = runs(write_docx(draft(block, title="讲话"), official))
    assert found[1:] == [("RunIn2", "楷体_GB2312", "（一）压实责任。"), ("RunIn2", "", "各村要把名单理清。逐户上门。")]


def test_a_paragraph_that_is_all_heading_is_a_heading(official):
    """Its style puts it into the navigation pane, and its font is the style's."""
    own = Block("heading", lead=(span("一、压实责任"),), level=1)
    data = write_docx(draft(own, paragraph(lead="（一）理清名单。", level=2), title="讲话"), official)
    assert [style for style, _, _ in runs(data)] == ["Title", "Heading1", "Heading2"]
    levels = [e.get(W + "val") for e in tree(data, "word/styles.xml").iter(W + "outlineLvl")]
    assert levels == ["0", "1", "2", "3"]


def test_signature_after_the_text_stands_right(official):
    """Speaker and date at the end are the signature, one empty line under the text."""
    sign = [Block("speaker", (span("林一禾"),)), Block("date", (span("2026年3月5日"),))]
    data = write_docx(draft(paragraph(span("好。")), *sign, title="讲话"), official)
    assert texts(data) == ["讲话", "", "好。", "", "林一禾", "2026年3月5日"]
    assert [style for style, _, _ in runs(data)][2:] == ["SignOff", "SignOff"]


def test_each_blank_has_its_highlight_and_its_comment(official):
    """Anchors and comments match one to one, and the comment says in Chinese what is asked."""
    asked = [
        blank("数据", "公路里程", "公里", year=2025),
        blank("人名", "讲话人"),
        blank("引文", "原话", doubtful=True),
    ]
    block = paragraph(span("全县"), asked[0], asked[1], span("指出："), asked[2], span("。"))
    data = write_docx(draft(block), official)
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert [e.get(W + "id") for e in tree(data).iter(W + tag)] == ["0", "1", "2"]
    comments = tree(data, "word/comments.xml")
    assert [c.get(W + "id") for c in comments] == ["0", "1", "2"]
    assert ["".join(c.itertext()).strip() for c in comments] == [
        "请填写（数据）：2025年公路里程；单位：公里。", "请填写（人名）：讲话人。", "请核对（引文）：原话。",
    ]  # fmt: skip
    lit = [r for r in tree(data).iter(W + "r") if r.find(f"{W}rPr/{W}highlight") is not None]
    assert ["".join(r.itertext()) for r in lit] == [span.text for span in asked]


def test_a_blank_in_the_lead_and_in_the_title_is_marked_too(official):
    """A blank that a title line breaks across keeps one comment over both runs."""
    long = Block("title", (span("在"), blank("会议", "全" * 30), span("上的讲话")))
    lead = Block("paragraph", (span("各村照办。"),), (span("（一）办好"), blank("项目", "名称"), span("。")), 2)
    data = write_docx(replace(draft(lead), blocks=(long, lead)), official)
    assert [e.get(W + "id") for e in tree(data).iter(W + "commentReference")] == ["0", "1"]
    assert texts(data)[0].replace("\n", "") == long.text and "\n" in texts(data)[0]
    assert [font for style, font, _ in runs(data) if style == "RunIn2"] == ["楷体_GB2312"] * 3 + [""]


def test_final_has_neither_highlights_nor_comments(official):
    """comments=False leaves no trace of the marking, not even an empty part."""
    data = write_docx(full(), official, comments=False)
    assert not [name for name in parts(data) if "comments" in name]
    assert b"highlight" not in parts(data)["word/document.xml"] and b"comment" not in parts(data)["word/document.xml"]
    assert "〔待填：会议｜会议全称〕" in "".join(texts(data))


def test_odd_characters(official):
    """Markup is escaped, astral characters and emoji stay, what XML cannot hold goes, line feeds are lines."""
    text = "A<b>&amp;\"'𠮷野家😀\x00\x0b\x1f\ud800\ufffe\uffff第一行\r\n第二行"
    data = write_docx(draft(paragraph(span(text)), title="讲\x07话"), official)
    assert texts(data)[2] == "A<b>&amp;\"'𠮷野家😀第一行\n第二行"
    assert b"<dc:title>\xe8\xae\xb2\xe8\xaf\x9d</dc:title>" in parts(data)["docProps/core.xml"]


def test_a_comment_says_whom_to_ask(official):
    """Whom the theme names; nobody where it names none."""
    block = paragraph(blank("数据", "公路里程", "公里", who="县交通运输部门"), blank("时间", "完成时限"))
    comments = tree(write_docx(draft(block), official), "word/comments.xml")
    assert ["".join(c.itertext()).strip() for c in comments] == [
        "请填写（数据）：公路里程；单位：公里；可问：县交通运输部门。", "请填写（时间）：完成时限。",
    ]  # fmt: skip


def test_origins_as_comments(official):
    """Each borrowed phrase and each fact once a paragraph, blanks as ever; the writer's own words have none."""
    phrase = Origin("phrase", "p7", (Source("旧稿/讲话.txt", 12), Source("旧稿/发言.docx", 3)))
    fact = Origin("fact", "公路里程")
    block = paragraph(
        Span("要把种子备足，", phrase), blank("时间", "时限"), Span("前到户。", phrase), Span("新修", fact), Span("36公里", fact),
        Span("我说完了。", Origin("writer")),
    )  # fmt: skip
    outline = Outline("会议讲话", "安全生产", facts=(Fact("公路里程", "36", "公里", 2025, "县交通局统计"),))
    one = Draft(outline, (block,))
    data = write_docx(one, official, sources=True)
    assert faults(data) == []
    assert ["".join(c.itertext()).strip() for c in tree(data, "word/comments.xml")] == [
        "出处：旧稿/讲话.txt 第12行；旧稿/发言.docx 第3行", "请填写（时间）：时限。", "事实：公路里程 36公里（2025年，来源：县交通局统计）",
    ]  # fmt: skip
    lit = [r for r in tree(data).iter(W + "r") if r.find(f"{W}rPr/{W}highlight") is not None]
    assert ["".join(r.itertext()) for r in lit] == ["〔待填：时间｜时限〕"]
    assert "".join(texts(data)) == block.text


def test_notes_on_attachments_and_labels(official):
    """A note hangs one empty line below the text; a label begins a page and stands flush left in 黑体, the title on the third line."""
    blocks = [
        paragraph(span("好。")), Block("attachment", (span("附件：1.责任人名单"),)), Block("attachment", (span("2.物资清单"),)),
        Block("speaker", (span("临河镇党委"),)), Block("label", (span("附件1"),)), Block("title", (span("责任人名单"),)),
    ]  # fmt: skip
    data = write_docx(draft(*blocks, title="讲话"), official)
    assert texts(data) == ["讲话", "", "好。", "", "附件：1.责任人名单", "2.物资清单", "", "临河镇党委", "附件1", "", "责任人名单"]
    assert [s for s, _, _ in runs(data)][2:] == ["Attachment", "AttachmentItem", "SignOff", "AttachmentLabel", "Title"]
    assert faults(data) == []


def insets(data: bytes) -> list[dict[str, float]]:
    """What w:ind each paragraph that has one sets by hand, in cells of body text."""
    found = [p.find(f"{W}pPr/{W}ind") for p in tree(data).iter(W + "p")]
    return [{k.removeprefix(W): round(int(v) / 314, 2) for k, v in each.attrib.items()} for each in found if each is not None]


@pytest.mark.parametrize(
    ("signature", "wanted"),
    [
        (["临河镇人民政府", "2026年3月5日"], [2, 1]),  # the date, of six cells, begins two behind the name
        (["林一禾", "2026年3月5日"], [7, 2]),  # the longer date keeps the two from the edge
        (["临河镇党委", "临河镇人民政府", "2026年3月5日"], [4, 2, 1]),  # all names begin below the first
        (["中共青山县委", "2026年3月5日"], [2, 0]),
        (["临河镇党委"], []),
        (["青" * 27, "2026年3月5日"], []),  # too long to stand aside of anything
    ],
)
def test_the_date_begins_two_cells_behind_the_signature(official, signature, wanted):
    """GB/T 9704-2012, 7.3.5.2; signature and date stay on one page with the line above."""
    *names, last = signature
    dated = last.endswith("日")
    sign = [Block("speaker", (span(name),)) for name in (names if dated else signature)]
    sign += [Block("date", (span(last),))] if dated else []
    data = write_docx(draft(paragraph(span("好。")), *sign, title="讲话"), official)
    assert insets(data) == [{"right": cells} for cells in wanted]
    kept = [p.find(f"{W}pPr/{W}keepNext") is not None for p in tree(data).iter(W + "p")]
    assert kept == [False] * 3 + [True] * len(sign) + [False]
    assert faults(data) == []


def test_turnover_lines_of_a_note_stand_below_the_name(official):
    """GB/T 9704-2012, 7.3.4: below the name, not below its number; ten of them too."""
    notes = ["附件：1.责任人名单", "2.物资清单", "10.电话", "附件：名单", "附件2：清单"]
    blocks = [Block("attachment", (span(note),)) for note in notes]
    found = insets(write_docx(draft(paragraph(span("好。")), *blocks, title="讲话"), official))
    assert [(each["left"], each["hanging"]) for each in found] == [(5.75, 3.75), (5.75, 0.75), (6.25, 1.25), (5, 3), (5.5, 3.5)]


def test_a_spoken_number_is_bold_body_text(official):
    """一要, 首先: never a heading font."""
    block = paragraph(span("各村照办。"), lead="一要压实责任。", level=5)
    data = write_docx(draft(block, title="讲话"), official)
    assert runs(data)[1:] == [("", "", "一要压实责任。"), ("", "", "各村照办。")]
    bold = [r for r in tree(data).iter(W + "r") if r.find(f"{W}rPr/{W}b") is not None]
    assert ["".join(r.itertext()) for r in bold] == ["一要压实责任。"]


def test_a_very_long_title_and_an_empty_section(official):
    """300 characters of title stay whole; a heading with nothing below it is a heading."""
    title = "在" + "青山县安全生产" * 42 + "工作会议上的讲话"
    data = write_docx(draft(Block("heading", lead=(span("一、空着的一部分"),), level=1), title=title), official)
    assert len(title) > 300
    assert texts(data) == [title, "", "一、空着的一部分"]
    assert faults(data) == []


def test_ten_thousand_paragraphs(official):
    """All there, in time that grows with their number."""
    many = [paragraph(span(f"第{at}段：“好”—— 𠮷😀。"), lead="（一）抓实。", level=2) for at in range(10_000)]
    data = write_docx(draft(*many), official)
    document = parts(data)["word/document.xml"].decode()
    assert document.count("<w:p>") == 10_002 and "第9999段" in document


def test_an_empty_draft_is_refused(official):
    with pytest.raises(ExportError, match="稿子是空的"):
        write_docx(Draft(Outline("a", "b"), ()), official)


# Titles


def lines(title: str, cells: int = 20) -> list[str]:
    edges = (0, *title_breaks(title, cells), len(title))
    return [title[a:b] for a, b in pairwise(edges)]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("在青山县安全生产工作会议上的讲话", ["在青山县安全生产工作会议上的讲话"]),
        (TITLE, ["在青山县2026年春季农业生产", "暨森林防火工作会议上的讲话"]),
        ("强化责任担当 狠抓工作落实 奋力谱写临河镇乡村全面振兴新篇章",
         ["强化责任担当 狠抓工作落实 ", "奋力谱写临河镇乡村全面振兴新篇章"]),
        ("坚持以人民为中心的发展思想，做到“民有所呼、我有所应”，在推进乡村振兴中当好“勤务员”",
         ["坚持以人民为中心的发展思想，", "做到“民有所呼、我有所应”，", "在推进乡村振兴中当好“勤务员”"]),
    ],
)  # fmt: skip
def test_titles_break_at_words(title, wanted):
    assert lines(title) == wanted


def test_titles_never_tear_groups_that_fit():
    """Quotations, book titles, blanks and numbers stay whole; no line begins with 的 or a closing mark."""
    chance = random.Random(3)
    groups = ["“四下基层”", "《青山县河湖管护办法》", "2026年", "第十八届", "〔待填：会议｜名称〕"]
    pieces = [*groups, "推动", "青山县", "的", "工作", "和", "人"]
    for _ in range(300):
        title = "".join(chance.choices(pieces, k=chance.randint(6, 14)))
        found = lines(title)
        assert "".join(found) == title
        for line in found if len(found) > 1 and len(found) < 5 else ():
            assert line.count("“") == line.count("”") and line.count("《") == line.count("》")
            assert line.count("〔") == line.count("〕") and not re.match("[0-9]?年|届|，", line)


def test_hopeless_titles_are_left_to_the_word_processor():
    assert title_breaks("青" * 200, 20) == ()
    assert title_breaks("", 20) == ()


def test_a_title_with_its_own_lines_keeps_them(official):
    data = write_docx(draft(title="在青山县春耕生产会议上的\n讲话"), official)
    assert texts(data)[0] == "在青山县春耕生产会议上的\n讲话"


# Layout files


def test_every_layout_and_font_set_loads():
    """What ships is sound; a font set changes the fonts and nothing else."""
    sets = yaml.safe_load((PARTS / "fonts.yaml").read_text("utf-8"))
    for path in (TEMPLATES / "layouts").glob("*.yaml"):
        plain = load_layout(path.stem)
        for name in sets:
            layout = load_layout(f"{path.stem}:{name}")
            assert layout.fonts.body == sets[name]["body"] and replace(layout, fonts=plain.fonts) == plain


def test_speech_is_for_the_lectern():
    """二号, one and a half lines, page numbers in the middle."""
    data = write_docx(full(), load_layout("speech"))
    styles = parts(data)["word/styles.xml"].decode()
    assert 'w:line="360" w:lineRule="auto"' in styles and '<w:sz w:val="44"/>' in styles
    assert 'w:jc w:val="center"' in parts(data)["word/footer_odd.xml"].decode()
    assert "word/footer_even.xml" not in parts(data)


@pytest.mark.parametrize(("name", "near"), [("oficial", "official"), ("official:window", "windows")])
def test_unknown_names_get_the_nearest(name, near):
    with pytest.raises(ConfigError, match=f"最接近的是“{near}”") as caught:
        load_layout(name)
    assert not caught.value.file, "no fault of a file's"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("tighten: 0.3", "tigten: 0.25", "不认识的键 tigten，最接近的是“tighten”"),
        ("tighten: 0.3", "tighten: 很多", "tighten 应为不小于 0 的数"),
        ("top: 37, ", "", "缺少 page.top"),
        ("{font: hei, size: 16}", "{font: heiti, size: 16}", "styles.heading1"),
        ("page_number: odd-even ", "page_number: left ", "page_number 应为"),
        ("{pitch: 28.95}", "28.95", "line 应为"),
        ("fonts: gb2312", "fonts: {title: 甲}", "缺少 fonts.body"),
        ("fonts: gb2312", "fonts: windos", "字体方案，最接近的是“windows”"),
        ("height: 297", "height: .inf", "page.height 应为"),
        ("tighten: 0.3", "tighten: .nan", "tighten 应为"),
        ("tighten: 0.3", "tighten: 16", "tighten 应小于正文的字号"),
        ("{font: title, size: 22}", "{font: title, size: 0}", "styles.title 的 size 应为 1 到 1638 磅"),
        ("width: 210", "width: 2100", "page.width 应不大于 558"),
        ("width: 210", "width: 55", "page.width.*放不下正文"),
        ("bottom: 35", "bottom: 260", "page.height.*放不下正文"),
        ("{pitch: 28.95}", "{multiple: 0}", "multiple 应大于 0"),
    ],
)
def test_a_broken_layout_names_file_and_key(tmp_path, old, new, message):
    source = (TEMPLATES / "layouts" / "official.yaml").read_text("utf-8")
    assert old in source
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "mine.yaml").write_text(source.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigError, match=message) as caught:
        load_layout("mine", (tmp_path, TEMPLATES))
    assert caught.value.file == str(tmp_path / "layouts" / "mine.yaml")


def test_a_users_layout_wins(tmp_path):
    """The earlier folder's file of the same name is taken."""
    source = (TEMPLATES / "layouts" / "official.yaml").read_text("utf-8")
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "official.yaml").write_text(source.replace("tighten: 0.3", "tighten: 0.2"), "utf-8")
    assert load_layout("official", (tmp_path, TEMPLATES)).tighten == 0.2


# The outside judge; real pages are in test_pages.py


def judge(*files: Path) -> list[str]:
    """The judge's FAIL lines."""
    pytest.importorskip("lxml")
    run = subprocess.run([sys.executable, JUDGE, *files], capture_output=True, text=True, check=False)
    assert "passed" in run.stdout, run.stderr
    return [line for line in run.stdout.splitlines() if line.startswith("FAIL")]


needs_judge = pytest.mark.skipif(not JUDGE.is_file(), reason="../shared/tools/check_layout.py is not here")


@needs_judge
@pytest.mark.parametrize("name", ["official", "official:founder"])
def test_the_judge_passes_the_xml(tmp_path, name):
    file = tmp_path / "draft.docx"
    file.write_bytes(write_docx(full(), load_layout(name)))
    assert judge(file) == []
