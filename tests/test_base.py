"""A draft in a .docx of the user's own: its pages and styles, the draft's whole text, and nothing of the text that was there."""

from __future__ import annotations

import base64
import io
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from conftest import write_tree
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from ooxml import faults
from test_docx import full, judge, needs_judge

from drafting.base import check_base, write_into
from drafting.docx import write_docx
from drafting.errors import ExportError
from drafting.export import export
from drafting.layout import load_layout
from drafting.model import Blank, Block, Draft, Origin, Outline, Profile, Span

MILES = Blank("数据", "公路里程", "公里", 2025)
WORDS = Blank("引文", "原话", doubtful=True)
QUESTIONS = ("请填写（数据）：2025年公路里程；单位：公里。", "请核对（引文）：原话。")
STRIPPED = ("Title", "Subtitle", "Body Text", "Body Text 2", "Body Text 3", *(f"Heading {n}" for n in range(1, 10)))
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def span(text: str) -> Span:
    return Span(text, Origin("phrase", "p1"))


def asked(blank: Blank) -> Span:
    return Span(str(blank), Origin("blank", blank=blank))


@pytest.fixture(scope="module")
def draft() -> Draft:
    outline = Outline("会议讲话", "安全生产", profile=Profile(unit="临河镇党委", name="林一禾"))
    return Draft(outline, (
        Block("title", (span("在临河镇春耕会议上的讲话"),)),
        Block("speaker", (span("林一禾"),)),
        Block("salutation", (span("同志们："),)),
        Block("heading", lead=(span("一、抢农时"),), level=1, number="一、"),
        Block("paragraph", (span("各村要把“种子”备足——"), asked(MILES), span("已经修好。")), (span("（一）备好种子。"),), 2, "（一）"),
        Block("paragraph", (span("常言说："), asked(WORDS), span("。"))),
        Block("closing", (span("谢谢大家！"),)),
        Block("speaker", (span("临河镇党委"),)),
        Block("date", (span("2026年3月5日"),)),
    ))  # fmt: skip


@pytest.fixture
def base(tmp_path) -> Callable[..., Path]:
    """Saves a document, made by python-docx and changed by `change`, as a base."""

    def make(change: Callable[[Document], object] = lambda document: None, name: str = "模板.docx") -> Path:
        document = docx.Document()
        change(document)
        document.save(tmp_path / name)
        return tmp_path / name

    return make


def strip_styles(document: Document) -> None:
    """Leaves of what may play a part in a draft only the default style."""
    for name in STRIPPED:
        document.styles[name].delete()


def add_style(document: Document, name: str, **font: object) -> object:
    made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for key, value in font.items():
        setattr(made.font, key, value)
    return made


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def styled(data: bytes) -> list[tuple[str, str]]:
    """Style and text of each paragraph that has any."""
    return [(p.style.name, p.text) for p in opened(data).paragraphs if p.text]


def indent(paragraph) -> dict[str, str]:
    found = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    return {} if found is None else {name.rpartition("}")[2]: value for name, value in found.attrib.items()}


def everything(data: bytes) -> str:
    """The text of all parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())


# Text and styles


def test_the_whole_draft_and_nothing_else(base, draft):
    """Paragraphs in their order; an empty line under the title block and one over the signature."""
    file = base(lambda document: [document.add_paragraph("去年的旧话"), document.add_table(2, 2)])
    found = opened(write_into(draft, file))
    assert [p.text for p in found.paragraphs if p.text] == [block.text for block in draft.blocks]
    assert [at for at, p in enumerate(found.paragraphs) if not p.text] == [2, 8]
    assert found.tables == []


def test_styles_of_word(base, draft):
    """The built-in ones by their English names."""
    assert [style for style, _ in styled(write_into(draft, base()))] == [
        "Title", "Subtitle", "Body Text", "Heading 1", "Body Text", "Body Text", "Body Text", "Body Text", "Body Text",
    ]  # fmt: skip


def test_styles_of_ones_own_go_first(base, draft):
    """As written, whatever blanks and capitals."""
    names = ("公文标题", "署名", "称谓", "标题1", "公文正文", "落款", "日期")
    found = styled(write_into(draft, base(lambda document: [add_style(document, name) for name in names])))
    assert [style for style, _ in found] == [
        "公文标题", "署名", "称谓", "标题1", "公文正文", "公文正文", "公文正文", "落款", "日期"
    ]  # fmt: skip


def test_a_document_of_ours_is_a_base(tmp_path, draft):
    """Its styles are all found again; only what is said about the file's making may differ."""
    made = write_docx(draft, load_layout("official"))
    (tmp_path / "模板.docx").write_bytes(made)
    assert styled(write_into(draft, tmp_path / "模板.docx")) == styled(made)


@pytest.mark.parametrize(("used", "body"), [("Normal", "Normal"), ("Body Text", "Body Text"), ("List", "Normal")])
def test_a_style_of_word_is_body_text_where_it_was(base, draft, used, body):
    """Word and LibreOffice write Body Text into files that do not use it; a style of one's own counts all the same."""
    text = lambda document: document.add_paragraph("去年的旧话", document.styles[used])  # noqa: E731
    assert styled(write_into(draft, base(text)))[-1][0] == body
    file = base(lambda document: [text(document), add_style(document, "正文首行缩进")])
    assert styled(write_into(draft, file))[-1][0] == "正文首行缩进"


def test_a_character_style_of_that_name_is_none_for_paragraphs(base, draft):
    file = base(lambda document: document.styles.add_style("公文标题", WD_STYLE_TYPE.CHARACTER))
    assert styled(write_into(draft, file))[0][0] == "Title"


def test_without_styles_body_text_is_bent(base, draft):
    """Title in the middle and bold, salutation flush, headings bold, signature right, all else indented by two characters."""

    def plain(document: Document) -> None:
        strip_styles(document)
        document.styles["Normal"].font.size = Pt(16)

    title, speaker, salutation, heading, run_in, body, closing, sign, date = (
        p for p in opened(write_into(draft, base(plain))).paragraphs if p.text
    )
    assert [p.alignment for p in (title, speaker, salutation, body, sign, date)] == [1, 1, None, None, 2, 2]
    assert [p.runs[0].bold for p in (title, speaker, heading, run_in, body)] == [True, None, True, True, None]
    assert [p.runs[1].bold for p in (run_in, body)] == [None, None]
    two = {"firstLineChars": "200", "firstLine": "640"}
    assert [indent(p) for p in (heading, run_in, body, closing)] == [two] * 4
    assert all(set(indent(p).values()) == {"0"} for p in (title, speaker, salutation, sign, date))


@pytest.mark.parametrize(
    "xml", ['w:firstLine="420"', 'w:firstLineChars="200" w:firstLine="0"', 'w:hanging="420" w:left="420"']
)
def test_an_indent_of_the_base_stays(base, draft, xml):
    """Also one that the body style has from the style it is based on; the salutation stands flush all the same."""

    def indented(document: Document) -> None:
        strip_styles(document)
        document.styles["Normal"].element.get_or_add_pPr().append(parse_xml(f"<w:ind {nsdecls('w')} {xml}/>"))
        add_style(document, "公文正文").base_style = document.styles["Normal"]

    found = [p for p in opened(write_into(draft, base(indented))).paragraphs if p.text]
    assert [(p.style.name, indent(p)) for p in found[4:7]] == [("公文正文", {})] * 3
    assert indent(found[2])["firstLineChars"] == indent(found[2])["firstLine"] == "0"


def test_a_run_in_heading_takes_the_font_of_its_style(base, draft):
    """The heading sentence alone, in a paragraph of body text."""

    def kai(document: Document) -> None:
        font = document.styles["Heading 2"].font
        font.name, font.size, font.bold, font.italic = "楷体_GB2312", Pt(15), False, True

    paragraph = next(p for p in opened(write_into(draft, base(kai))).paragraphs if p.text.startswith("（一）"))
    lead, rest = paragraph.runs[:2]
    assert (paragraph.style.name, lead.text) == ("Body Text", "（一）备好种子。")
    assert (lead.font.name, lead.font.size, lead.font.bold, lead.font.italic) == ("楷体_GB2312", Pt(15), False, True)
    assert (rest.font.name, rest.font.size, rest.font.bold) == (None, None, None)


def test_a_style_that_numbers_does_not_number_twice(base, draft):
    """The draft has its own numbers in the text."""

    def numbered(document: Document) -> None:
        properties = document.styles["Heading 1"].element.get_or_add_pPr()
        properties.get_or_add_numPr().get_or_add_numId().val = 1

    heading, body = [p for p in opened(write_into(draft, base(numbered))).paragraphs if p.text][3:5]
    assert heading._p.pPr.numPr.numId.val == 0
    assert body._p.pPr.numPr is None


def test_every_run_has_the_hint(base, draft):
    """Or “ ” — come out in the Latin font."""
    runs = [r for p in opened(write_into(draft, base())).paragraphs for r in p.runs if r.text]
    assert {r._r.rPr.rFonts.get(qn("w:hint")) for r in runs} == {"eastAsia"}


def test_the_title_breaks_where_the_line_of_the_base_ends(base, draft):
    """A4 with margins of 28 and 26 mm holds 20 characters of 22 points, half of its width 10."""
    title = "强化责任担当 狠抓工作落实 奋力谱写临河镇乡村全面振兴新篇章"

    def page(document: Document, right: float = 26) -> None:
        section, style = document.sections[0], document.styles["Title"]
        section.page_width, section.left_margin, section.right_margin = Mm(210), Mm(28), Mm(right)
        style.font.size = Pt(22)

    long = Draft(draft.outline, (Block("title", (span(title),)),))
    assert len(styled(write_into(long, base(page)))[0][1].split("\n")) == 2
    assert len(styled(write_into(long, base(lambda document: page(document, 104))))[0][1].split("\n")) == 4


# Blanks


def test_blanks_are_lit_and_asked_about(base, draft):
    """One highlight and one comment each, in the words of our own layouts."""
    data = write_into(draft, base())
    runs = [r for p in opened(data).paragraphs for r in p.runs]
    assert [r.text for r in runs if r.font.highlight_color == WD_COLOR_INDEX.YELLOW] == [str(MILES), str(WORDS)]
    assert [(c.author, c.text) for c in opened(data).comments] == [("拟稿", question) for question in QUESTIONS]
    body = opened(data).element.body
    for tag in ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"):
        assert [found.get(qn("w:id")) for found in body.iter(qn(tag))] == ["0", "1"]


@pytest.mark.parametrize("own", [True, False])
def test_comments_are_in_the_styles_of_the_base(base, draft, own):
    """In Chinese files these have ids like a3; a file without them gets them."""

    def change(document: Document) -> None:
        for name, kind in (("annotation text", WD_STYLE_TYPE.PARAGRAPH), ("annotation reference", WD_STYLE_TYPE.CHARACTER)) if own else ():
            document.styles.add_style(name, kind).element.set(qn("w:styleId"), f"a{kind}")

    data = write_into(draft, base(change))
    assert faults(data) == []
    names = [s.name.casefold() for s in opened(data).styles]
    assert (names.count("annotation text"), names.count("annotation reference")) == (1, 1)


def test_a_blank_over_two_lines_of_the_title_has_one_comment(base, draft):
    """It begins with the first run and ends with the last; what XML cannot hold is left out of the question too."""
    long = Blank("会议", "全\x0b" + "称" * 40)
    found = opened(
        write_into(Draft(draft.outline, (Block("title", (span("在"), asked(long), span("上的讲话"))),)), base())
    )
    assert [comment.text for comment in found.comments] == [f"请填写（会议）：全{'称' * 40}。"]
    tags = [child.tag.rpartition("}")[2] for child in found.paragraphs[0]._p]
    start, end = tags.index("commentRangeStart"), tags.index("commentRangeEnd")
    assert tags[start:end].count("r") > 1 and start < end


def test_final_has_neither(base, draft):
    data = write_into(draft, base(), comments=False)
    assert "w:highlight" not in everything(data) and "commentReference" not in everything(data)
    assert str(MILES) in "".join(text for _, text in styled(data))


# What stays and what goes


def furnished(document: Document) -> None:
    """A landscape page with header and footer."""
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = "临河镇人民政府", "第 1 页"
    document.add_paragraph("去年的旧话")


def test_page_header_and_footer_stay(base, draft):
    (section,) = opened(write_into(draft, base(furnished))).sections
    assert (section.orientation, round(section.page_width.mm)) == (WD_ORIENT.LANDSCAPE, 297)
    assert (section.header.paragraphs[0].text, section.footer.paragraphs[0].text) == ("临河镇人民政府", "第 1 页")


def test_the_last_section_keeps_what_it_had_from_the_first(base, draft):
    """A header is written down with the first section that shows it."""
    found = opened(write_into(draft, base(lambda document: [furnished(document), document.add_section()])))
    assert len(found.sections) == 1
    assert found.sections[0].header.paragraphs[0].text == "临河镇人民政府"


def test_what_stands_around_the_place_stays(base, draft):
    """Letterhead and closing block; the mark may be cut into runs and written in full-width braces."""

    def letter(document: Document) -> None:
        document.add_paragraph("临河镇人民政府文件")
        mark = document.add_paragraph("｛｛正")
        mark.add_run("文｝｝")
        document.add_paragraph("抄送：各村")
        document.add_table(1, 1).cell(0, 0).text = "印数20份"

    found = opened(write_into(draft, base(letter)))
    texts = [p.text for p in found.paragraphs if p.text]
    assert texts == ["临河镇人民政府文件", *(block.text for block in draft.blocks), "抄送：各村"]
    assert found.tables[0].cell(0, 0).text == "印数20份"


def test_the_place_may_be_in_a_table(base, draft):
    """A cell must end with a paragraph: the draft's last is one."""
    file = base(lambda document: setattr(document.add_table(1, 2).cell(0, 1), "text", "{{正文}}"))
    cell = opened(write_into(draft, file)).tables[0].cell(0, 1)
    assert [p.text for p in cell.paragraphs if p.text] == [block.text for block in draft.blocks]


def test_a_section_that_ends_at_the_place_ends_with_the_draft(base, draft):
    """The landscape part after it stays landscape."""

    def two(document: Document) -> None:
        document.add_paragraph("{{正文}}")
        section = document.add_section()
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
        document.add_paragraph("附表")

    def joined(document: Document) -> None:
        two(document)
        mark, end = document.paragraphs[:2]  # python-docx ends a section with a paragraph of its own
        mark._p.set_sectPr(end._p.pPr.sectPr)
        end._p.getparent().remove(end._p)

    found = opened(write_into(draft, base(joined)))
    assert [section.orientation for section in found.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    assert [p.text for p in found.paragraphs if p._p.pPr is not None and p._p.pPr.sectPr is not None] == [
        "2026年3月5日"
    ]


def test_nothing_of_the_old_text_is_left_anywhere(base, draft):
    """Nor of its comments, notes, pictures and links; the separators of notes are no text and stay."""
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:type='separator' w:id='-1'><w:p/></w:footnote>"
        "<w:footnote w:id='2'><w:p><w:r><w:t>脚注秘密</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )

    def secret(document: Document) -> None:
        paragraph = document.add_paragraph("正文秘密")
        document.add_comment(paragraph.runs, "批注秘密")
        paragraph.add_run().add_picture(io.BytesIO(DOT))
        document.part.relate_to("https://example.org/mimi", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        name, package = PackURI("/word/footnotes.xml"), document.part.package
        part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, notes.encode(), package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    file = base(secret)
    before, after = everything(file.read_bytes()), everything(write_into(draft, file))
    for word in ("正文秘密", "批注秘密", "脚注秘密", "mimi", "media/image", "thumbnail"):
        assert word in before and word not in after
    assert "separator" in after


def test_comments_and_pictures_around_the_place_stay(base, draft):
    def letter(document: Document) -> None:
        head = document.add_paragraph("临河镇人民政府文件")
        document.add_comment(head.runs, "用新版的")
        head.add_run().add_picture(io.BytesIO(DOT))
        document.add_paragraph("{{正文}}")

    found = opened(write_into(draft, base(letter)))
    assert [comment.text for comment in found.comments] == ["用新版的", *QUESTIONS]
    assert len(found.inline_shapes) == 1


def test_the_file_is_the_drafts(base, draft):
    """Not the base's title and author."""

    def old(document: Document) -> None:
        document.core_properties.title, document.core_properties.author = "旧题", "旧人"

    core = opened(write_into(draft, base(old))).core_properties
    assert (core.title, core.author) == ("在临河镇春耕会议上的讲话", "临河镇党委 林一禾")


def test_properties_as_libreoffice_relates_them(base, draft):
    """In a relationship of its own kind, which python-docx does not know: a second part of that name would be damage."""
    file = base()
    parts = parts_of(file)
    word, office = b"package/2006/relationships/metadata", b"officedocument/2006/relationships/metadata"
    assert word in parts["_rels/.rels"]
    file.write_bytes(packed({**parts, "_rels/.rels": parts["_rels/.rels"].replace(word, office)}))
    data = write_into(draft, file)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist().count("docProps/core.xml") == 1
    assert opened(data).core_properties.title == draft.title


def test_same_draft_and_base_same_bytes(base, draft, monkeypatch):
    """Nothing of the clock gets in, and the base is not changed."""
    file = base(furnished)
    before, first = file.read_bytes(), write_into(draft, file)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 100_000)
    assert write_into(draft, file) == first
    assert file.read_bytes() == before
    assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {1980}
    assert f"{time.gmtime().tm_year}-" not in everything(first)


def test_characters_that_xml_cannot_hold(base, draft):
    """They go; the rest and its lines stay."""
    text = "A<b>&amp;𠮷😀\x00\x0b\x1f\ud800\ufffe\uffff第一行\r\n第二行"
    odd = Draft(draft.outline, (Block("title", (span("讲\x07话"),)), Block("paragraph", (span(text),))))
    assert styled(write_into(odd, base())) == [("Title", "讲话"), ("Body Text", "A<b>&amp;𠮷😀第一行\n第二行")]


def test_an_empty_draft_is_refused(base):
    with pytest.raises(ExportError, match="稿子是空的"):
        write_into(Draft(Outline("a", "b"), ()), base())


# Bases that cannot be used


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def parts_of(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("没有.docx", None, "找不到这个文件"),
        ("空.docx", b"", "文件是空的"),
        ("假.docx", "这是文字".encode(), "不是有效的 Word 文件"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "底稿要用 .docx"),
        ("旧.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式"),
        ("锁.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "有密码"),
        ("宏.docm", packed({"word/vbaProject.bin": b"x"}), "带宏.*另存为 .docx"),
        ("模板.dotx", b"PK", "底稿要用 .docx"),
        ("断.docx", b"PK\3\4" + bytes(80), "损坏"),
        ("别的.docx", packed({"a.txt": b"a"}), "已损坏或不是普通的 Word 文件"),
        ("炸弹.docx", packed({"word/document.xml": bytes(8_000_000)}), "压缩比异常"),
    ],
)
def test_what_is_no_base_is_told_in_a_sentence(tmp_path, draft, name, content, message):
    """The same before drafting and while writing, with the file's name."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    for call in (lambda: check_base(tmp_path / name), lambda: write_into(draft, tmp_path / name)):
        with pytest.raises(ExportError, match=message) as caught:
            call()
        assert caught.value.file == str(tmp_path / name) and "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("part", "old", "new", "message"),
    [
        ("word/document.xml", b"<w:body>", b"<w:nobody>", "损坏"),
        ("word/document.xml", b"w:body>", b"w:nobody>", "损坏"),
        ("word/styles.xml", b"<w:styles", b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:styles", "DTD"),
        ("[Content_Types].xml", b"document.main+xml", b"template.main+xml", "不是普通的 Word 文件"),
        ("[Content_Types].xml", b"document.main+xml", b"document.macroEnabled.main+xml", "不是普通的 Word 文件"),
    ],
)
def test_damage_inside_is_told_too(base, draft, part, old, new, message):
    file = base()
    parts = parts_of(file)
    assert old in parts[part]
    file.write_bytes(packed({**parts, part: parts[part].replace(old, new)}))
    with pytest.raises(ExportError, match=message):
        write_into(draft, file)


def test_macros_are_refused_under_any_name(base, draft):
    file = base()
    file.write_bytes(packed({**parts_of(file), "word/vbaProject.bin": b"x"}))
    with pytest.raises(ExportError, match="带宏"):
        write_into(draft, file)


@pytest.mark.parametrize("texts", [("正文：{{正文}}",), ("{{正文}}", "{{ 正文 }}")])
def test_a_place_that_is_not_plain(base, draft, texts):
    file = base(lambda document: [document.add_paragraph(text) for text in texts])
    with pytest.raises(ExportError, match="独占一段"):
        check_base(file)


def test_styles_in_a_circle(base, draft):
    """A damaged file; the draft is written all the same."""

    def circle(document: Document) -> None:
        document.styles["Body Text"].base_style = document.styles["Body Text 2"]
        document.styles["Body Text 2"].base_style = document.styles["Body Text"]

    assert len(styled(write_into(draft, base(circle)))) == len(draft.blocks)


def test_damage_never_ends_in_a_traceback(tmp_path, draft):
    """Values, tags and parts torn at random: a document or an ExportError. The base is one of ours, whose parts are small."""
    file = tmp_path / "模板.docx"
    file.write_bytes(write_docx(full(), load_layout("speech"), comments=False))
    document = opened(file.read_bytes())
    furnished(document)
    document.add_paragraph("{{正文}}")
    document.save(file)
    parts, chance = parts_of(file), random.Random(5)
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    outcomes = []
    for _ in range(150):
        name = chance.choice(names)
        data = parts[name]
        at = chance.choice([i for i, byte in enumerate(data) if byte in b'"<:'])
        torn = data[:at] + chance.choice([b"", b'"x', b"<a/>", b"9"]) + data[at + chance.choice([0, 1, 9]) :]
        file.write_bytes(
            packed({k: v for k, v in {**parts, name: torn}.items() if chance.random() > 0.02 or k == name})
        )
        try:
            outcomes.append(bool(write_into(draft, file)))
        except ExportError:
            outcomes.append(False)
    assert 20 < outcomes.count(True) < 130


# From the command line


def test_export_into_a_base(base, draft, tmp_path):
    """Only as .docx, and never over the base itself."""
    file, layout = base(), load_layout("official")
    export(draft, tmp_path / "稿.docx", layout, base=file)
    assert (tmp_path / "稿.docx").read_bytes() == write_into(draft, file)
    with pytest.raises(ExportError, match="只能写成"):
        export(draft, tmp_path / "稿.md", layout, base=file)
    with pytest.raises(ExportError, match="输出文件就是底稿"):
        export(draft, tmp_path / "子" / ".." / file.name, layout, base=file)
    assert not (tmp_path / "稿.md").exists()


def test_draft_and_batch_with_a_base(here, base, tmp_path, builtin):
    """One call each; the same outline gives the same document, whatever writes it."""
    base(lambda document: [document.add_paragraph("临河镇人民政府文件"), document.add_paragraph("{{正文}}")])
    write_tree(tmp_path, {"o.yaml": "genre: 研讨发言\ntheme: 安全生产\n"})
    assert here("draft", "o.yaml", "-o", "稿.docx", "--base", "模板.docx").returncode in (0, 1)
    assert here("batch", "o.yaml", "-o", "出", "--base", "模板.docx").returncode in (0, 1)
    assert (tmp_path / "稿.docx").read_bytes() == (tmp_path / "出" / "o.docx").read_bytes()
    assert styled((tmp_path / "稿.docx").read_bytes())[0][1] == "临河镇人民政府文件"
    refused = here("draft", "o.yaml", "-o", "定稿.docx", "--base", "模板.docx", "--final")
    assert refused.returncode == 1 and not (tmp_path / "定稿.docx").exists()


@pytest.mark.parametrize("command", ["draft", "batch"])
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--base", "没有.docx"), "找不到这个文件"),
        (("--base", "模板.docx", "--layout", "speech"), "不能和 --base 一起用"),
    ],
)
def test_a_wrong_call_writes_nothing(here, base, tmp_path, builtin, command, arguments, words):
    base()
    write_tree(tmp_path, {"o.yaml": "genre: 研讨发言\ntheme: 安全生产\n"})
    done = here(command, "o.yaml", "-o", "出", *arguments)
    assert done.returncode == 2 and words in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "出").exists()


@needs_judge
def test_a_base_of_ours_gives_the_page_of_the_standard(tmp_path):
    """What the outside judge passes as written by a layout it passes as written into a base."""
    (tmp_path / "模板.docx").write_bytes(write_docx(full(2), load_layout("official")))
    (tmp_path / "稿.docx").write_bytes(write_into(full(1), tmp_path / "模板.docx"))
    assert judge(tmp_path / "稿.docx") == []
