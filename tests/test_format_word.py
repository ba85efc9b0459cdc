"""A .docx laid out in place: tables, pictures, notes and comments as they were, automatic numbers as text, every word there."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from ooxml import W, faults
from ooxml import words as docx_words
from test_base import DOT
from test_docx import judge, needs_judge

from drafting.format import format_file
from drafting.layout import load_layout
from phrasebank.errors import ReadError
from phrasebank.readers import office

SENTENCE = "各村要把名单理清，逐户上门讲清楚，一件一件登记好。"


@pytest.fixture(scope="module")
def layout():
    return load_layout("official")


@pytest.fixture
def laid(tmp_path, layout) -> Callable[..., tuple[Document, Document, object]]:
    """Lays a document out that `change` has made, and gives source, outcome and report; the words are the same."""

    def run(change: Callable[[Document], object], **more) -> tuple[Document, Document, object]:
        source = docx.Document()
        change(source)
        source.save(tmp_path / "原.docx")
        report = format_file(tmp_path / "原.docx", tmp_path / "新.docx", layout, **more)
        before, after = (tmp_path / "原.docx").read_bytes(), (tmp_path / "新.docx").read_bytes()
        assert docx_words(after) == docx_words(before)
        assert set(faults(after)) <= set(faults(before))
        return docx.Document(io.BytesIO(before)), docx.Document(io.BytesIO(after)), report

    return run


def xml(text: str):
    """An element whose prefixes are declared."""
    head, _, tail = text.partition(" " if " " in text.partition(">")[0] else ">")
    return parse_xml(f"{head} {nsdecls('w', 'r')}{' ' if ' ' in text.partition('>')[0] else '>'}{tail}")


def styled(document: Document) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in document.paragraphs if p.text]


def numbering(document: Document) -> None:
    """List 77: 一、 on its first level, （一） on its second."""
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, text in enumerate(("%1、", "（%2）"))
    )
    root.insert(0, xml(f'<w:abstractNum w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'))
    root.append(xml('<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def numbered(paragraph, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = 77


def test_automatic_numbers_become_text(laid):
    """And the headings they number are told by them, run in or not; a table that counts on between them keeps its number."""

    def change(document: Document) -> None:
        numbering(document)
        document.add_paragraph("防汛工作情况")
        for text, level in (("工作开展情况", 0), (f"压实责任。{SENTENCE}", 1), (f"抓实排查。{SENTENCE}", 1)):
            numbered(document.add_paragraph(text), level)
        numbered(document.add_table(1, 1).cell(0, 0).paragraphs[0], 0)
        document.tables[0].cell(0, 0).paragraphs[0].add_run("表里的一项")
        numbered(document.add_paragraph("下一步打算"), 0)
        document.add_paragraph(SENTENCE)

    _, found, report = laid(change)
    assert styled(found) == [
        ("Title", "防汛工作情况"), ("Heading 1", "一、工作开展情况"), ("段首标题 2", f"（一）压实责任。{SENTENCE}"),
        ("段首标题 2", f"（二）抓实排查。{SENTENCE}"), ("Heading 1", "三、下一步打算"), ("Body Text", SENTENCE),
    ]  # fmt: skip
    assert report.numbers == 4 and found.tables[0].cell(0, 0).text == "二、表里的一项"
    assert not [p for p in found.paragraphs if p._p.pPr.numPr is not None]


def test_numbers_that_a_table_counts_by_itself_stay_automatic(laid):
    def change(document: Document) -> None:
        numbering(document)
        document.add_paragraph("防汛工作情况")
        for cell, text in zip(document.add_table(1, 2)._cells, "甲乙", strict=True):
            cell.paragraphs[0].add_run(text)
            numbered(cell.paragraphs[0], 0)

    before, after, _ = laid(change)
    assert after.tables[0]._tbl.xml == before.tables[0]._tbl.xml


def test_tables_and_pictures_are_untouched(laid):
    """The XML of tables, the bytes and sizes of pictures, and the styles that tables are set in."""

    def change(document: Document) -> None:
        document.add_paragraph("情况报告", style="Heading 1")
        document.add_paragraph("一、排查情况。" + SENTENCE)
        table = document.add_table(2, 2)
        table.style = "Table Grid"
        table.cell(0, 0).text = "  险段,处  "
        table.cell(0, 0).paragraphs[0].style = document.styles["Heading 1"]
        table.cell(1, 1).paragraphs[0].add_run().add_picture(io.BytesIO(DOT), Cm(1))
        document.add_paragraph().add_run().add_picture(io.BytesIO(DOT), Cm(5))
        document.add_paragraph("图1　河道示意图")

    before, after, report = laid(change)
    assert [t._tbl.xml for t in after.tables] == [t._tbl.xml for t in before.tables]
    assert [(s.width, s.height) for s in after.inline_shapes] == [(s.width, s.height) for s in before.inline_shapes]
    assert {bytes(p.blob) for p in after.part.package.image_parts} == {DOT}
    cell = after.tables[0].cell(0, 0).paragraphs[0].style
    assert cell.name == "heading 1（原）" and cell.font.size == before.styles["Heading 1"].font.size
    assert [style.name for style in after.styles if style.name.endswith("（原）")] == ["heading 1（原）"]
    assert (report.tables, report.pictures) == (1, 2)
    (shown,) = [p for p in after.paragraphs if p._p.xpath(".//w:drawing")]
    assert shown.paragraph_format.line_spacing == 1.0 and shown.paragraph_format.alignment == 1, "a strip of it would be seen"


@needs_judge
def test_the_judge_passes_what_was_laid_out_in_place(laid, tmp_path):
    """Theme fonts in the defaults of the source, bold headings, a link and comments: none of them spoils the page."""

    def change(document: Document) -> None:
        document.add_paragraph("关于防汛工作情况的报告", style="Title")
        document.add_paragraph("青山县人民政府：")
        for part in range(4):
            document.add_paragraph(f"{'一二三四'[part]}、工作开展情况", style="Heading 1")
            for at in range(4):
                paragraph = document.add_paragraph()
                paragraph.add_run(f"（{'一二三四'[at]}）压实责任。").bold = True
                document.add_comment(paragraph.add_run(f"“{SENTENCE}”——" * 2 + SENTENCE), "请核对", "林一禾", "林")

    laid(change)
    assert judge(tmp_path / "新.docx") == []


def test_notes_comments_and_bookmarks_stay(laid):
    """They hang between words and must hang between the same words again."""

    def change(document: Document) -> None:
        document.add_paragraph("情况报告")
        paragraph = document.add_paragraph("（一）压实责任。")
        run = paragraph.add_run("各村照办")
        document.add_comment(run, "请核对", "林一禾", "林")
        paragraph.add_run("，不走样。")
        paragraph._p.insert(0, xml('<w:bookmarkStart w:id="9" w:name="责任"/>'))
        paragraph._p.append(xml('<w:bookmarkEnd w:id="9"/>'))

    _, after, report = laid(change)
    (comment,) = after.comments
    assert comment.text == "请核对" and report.notes == 1
    (paragraph,) = [p for p in after.paragraphs if "压实" in p.text]
    tags = [child.tag.rpartition("}")[2] for child in paragraph._p]
    assert tags == ["pPr", "bookmarkStart", "r", "commentRangeStart", "r", "commentRangeEnd", "r", "r", "bookmarkEnd"]
    assert [run.text for run in paragraph.runs] == ["（一）压实责任。", "各村照办", "", "，不走样。"]


def test_what_means_something_keeps_its_look(laid):
    """Raised figures, lines to write on, words in bold; a paragraph that is bold all over is not."""

    def change(document: Document) -> None:
        document.add_paragraph("情况报告")
        paragraph = document.add_paragraph("面积12m")
        paragraph.add_run("2").font.superscript = True
        paragraph.add_run("，H")
        paragraph._p.append(xml('<w:r><w:rPr><w:position w:val="-2"/><w:sz w:val="19"/></w:rPr><w:t>2</w:t></w:r>'))
        paragraph.add_run("，请签字：")
        paragraph.add_run("      ").font.underline = True
        paragraph.add_run("，务必").bold = True
        paragraph.add_run("按时交回到镇里来。")
        document.add_paragraph().add_run(SENTENCE).bold = True

    _, after, _ = laid(change)
    mixed, bold = after.paragraphs[2:]
    assert [(r.text, r.font.superscript, r.font.underline, r.bold) for r in mixed.runs] == [
        ("面积12m", None, None, None), ("2", True, None, None), ("，H", None, None, None), ("2", False, None, None),
        ("，请签字：", None, None, None), ("      ", None, True, None),
        ("，务必", None, None, True), ("按时交回到镇里来。", None, None, None),
    ]  # fmt: skip
    assert [r.bold for r in bold.runs] == [None]


def test_text_boxes_and_formulas(laid):
    """A box that floats leaves its paragraph on the grid; a formula is as tall as it is. Both keep their XML."""
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>框里,的话</w:t></w:r></w:p></w:txbxContent></mc:Choice>'
        "<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>"
    )
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    formula = f"<m:oMath {math}><m:r><m:t>a+b</m:t></m:r></m:oMath>"

    def change(document: Document) -> None:
        document.add_paragraph("情况报告")
        document.add_paragraph(SENTENCE)._p.append(xml(box))
        document.add_paragraph("算式是")._p.append(parse_xml(formula))

    _, after, _ = laid(change)
    boxed, tall = after.paragraphs[2:]
    assert "框里,的话" in boxed._p.xml and boxed.paragraph_format.line_spacing is None
    assert "<m:t>a+b</m:t>" in tall._p.xml and tall.paragraph_format.line_spacing == 1.0


def test_manual_lines_links_and_pages(laid):
    """A line break by hand parts paragraphs, a link becomes words, a page begins where it began."""

    def change(document: Document) -> None:
        document.add_paragraph("情况报告")
        paragraph = document.add_paragraph(SENTENCE)
        paragraph.add_run().add_break()
        paragraph.add_run("（二）抓实排查。" + SENTENCE)
        paragraph._p.append(xml('<w:hyperlink w:anchor="责任"><w:r><w:t>详见县政府网站。</w:t></w:r></w:hyperlink>'))
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph("下一页从这里开始。" + SENTENCE)

    _, after, report = laid(change)
    assert (report.split, report.links) == (1, 1)
    assert [text for _, text in styled(after)][1:] == [
        SENTENCE, f"（二）抓实排查。{SENTENCE}详见县政府网站。", f"下一页从这里开始。{SENTENCE}",
    ]  # fmt: skip
    assert [p.text[:3] for p in after.paragraphs if p.paragraph_format.page_break_before] == ["下一页"]


def test_tracked_changes_are_accepted_and_told(laid):
    def change(document: Document) -> None:
        document.add_paragraph("情况报告")
        paragraph = document.add_paragraph("各村")
        paragraph._p.append(xml('<w:ins w:id="5" w:author="林"><w:r><w:t>一定</w:t></w:r></w:ins>'))
        paragraph._p.append(xml('<w:del w:id="6" w:author="林"><w:r><w:delText>最好</w:delText></w:r></w:del>'))
        paragraph.add_run("要按时办完，办完报到镇里来。")

    _, after, report = laid(change)
    assert after.paragraphs[-1].text == "各村一定要按时办完，办完报到镇里来。"
    assert any("修订" in notice for notice in report.notices)


def test_tracked_changes_in_a_table_stay_and_are_told(laid):
    def change(document: Document) -> None:
        document.add_paragraph(SENTENCE)
        cell = document.add_table(1, 1).cell(0, 0).paragraphs[0]
        cell._p.append(xml('<w:ins w:id="8" w:author="甲"><w:r><w:t>新填的数</w:t></w:r></w:ins>'))

    _, after, report = laid(change)
    assert next(after.element.body.iter(qn("w:ins")), None) is not None
    assert ["没有改动" in notice for notice in report.notices if "修订" in notice] == [True]


def test_marks_of_what_was_moved_go_with_it(laid):
    """A mark of a move without the words that were moved is no sound file."""

    def change(document: Document) -> None:
        for kind in ("moveFrom", "moveTo"):
            p = document.add_paragraph(SENTENCE)._p
            p.append(xml(f'<w:{kind}RangeStart w:id="7" w:author="甲" w:name="m"/>'))
            p.append(xml(f'<w:{kind} w:id="8" w:author="甲"><w:r><w:t>各村按时办完。</w:t></w:r></w:{kind}>'))
            p.addnext(xml(f'<w:{kind}RangeEnd w:id="7"/>'))

    after = laid(change)[1]
    assert [p.text for p in after.paragraphs if p.text] == [SENTENCE, f"{SENTENCE}各村按时办完。"]
    assert "Range" not in after.element.xml


def test_pages(laid, layout):
    """A4 and the type area everywhere but on pages that lie on their side; running heads with words stay; our page numbers."""

    def change(document: Document) -> None:
        document.add_paragraph("情况报告")
        document.add_paragraph(SENTENCE)
        document.sections[0].header.paragraphs[0].text = "临河镇人民政府"
        wide = document.add_section(WD_SECTION.NEW_PAGE)
        wide.orientation, wide.page_width, wide.page_height = WD_ORIENT.LANDSCAPE, wide.page_height, wide.page_width
        document.add_table(2, 8)

    before, after, report = laid(change)
    upright, wide = after.sections
    assert (round(upright.page_width.mm), round(upright.top_margin.mm), round(upright.left_margin.mm)) == (210, 37, 28)
    assert (wide.page_width, wide.left_margin) == (before.sections[1].page_width, before.sections[1].left_margin)
    assert upright.header.paragraphs[0].text == upright.even_page_header.paragraphs[0].text == "临河镇人民政府"
    assert "PAGE" in upright.footer._element.xml and "PAGE" in wide.even_page_footer._element.xml
    assert any("页眉" in notice for notice in report.notices) and any("横向" in notice for notice in report.notices)


def test_words_in_a_footer_stay(laid):
    """Ours would take their place; a page number alone gives way."""
    told = laid(lambda d: (d.add_paragraph("报告"), setattr(d.sections[0].footer.paragraphs[0], "text", "临河镇党政办  电话1234")))
    assert told[1].sections[0].footer.paragraphs[0].text == "临河镇党政办  电话1234"
    given = laid(lambda d: (d.add_paragraph("报告"), d.add_table(1, 1), setattr(d.sections[0].footer.paragraphs[0], "text", "第1页 共3页")))
    assert "共3页" not in given[1].sections[0].footer._element.xml


def test_a_footer_that_stays_is_on_every_page(laid):
    """As in the source: with a footer of its own for even pages only where the source has one; the header likewise."""

    def change(document: Document) -> None:
        document.add_paragraph("报告")
        document.sections[0].header.paragraphs[0].text = "青山县"
        document.sections[0].footer.paragraphs[0].text = "临河镇党政办"

    assert not laid(change)[1].settings.odd_and_even_pages_header_footer


@pytest.mark.parametrize("name", ["official", "speech"])
def test_headers_of_even_pages_stay(tmp_path, name):
    """With a page number below them, in layouts too that make no difference between pages."""
    source = docx.Document()
    source.add_paragraph("报告")
    source.settings.odd_and_even_pages_header_footer = True
    section = source.sections[0]
    section.header.paragraphs[0].text, section.even_page_header.paragraphs[0].text = "单页", "双页"
    source.save(tmp_path / "原.docx")
    format_file(tmp_path / "原.docx", tmp_path / "新.docx", load_layout(name))
    after = docx.Document(tmp_path / "新.docx")
    assert after.settings.odd_and_even_pages_header_footer
    assert after.sections[0].even_page_header.paragraphs[0].text == "双页"
    assert "PAGE" in after.sections[0].even_page_footer._element.xml
    assert faults((tmp_path / "新.docx").read_bytes()) == []


def test_a_header_under_another_name_stays(laid):
    """A part is a header by its relationship; LibreOffice and others have names of their own."""

    def change(document: Document) -> None:
        document.add_paragraph("报告")
        section = document.sections[0]
        section.header.paragraphs[0].text = "青山县"
        section.header.part.partname = PackURI("/word/hdr_a.xml")

    assert laid(change)[1].sections[0].header.paragraphs[0].text == "青山县"


def test_hidden_words_stay_hidden(laid):
    """Also in a text of nothing but words."""

    def change(document: Document) -> None:
        run = document.add_paragraph(SENTENCE).add_run("这句先不给人看。")
        run.font.hidden = True

    after = laid(change)[1]
    assert [run.text for p in after.paragraphs for run in p.runs if run.font.hidden] == ["这句先不给人看。"]


def test_a_header_that_was_never_shown_is_not_shown(laid):
    """Word keeps the header of even pages when the difference is switched off."""

    def change(document: Document) -> None:
        document.add_paragraph("报告")
        section = document.sections[0]
        section.header.paragraphs[0].text, section.even_page_header.paragraphs[0].text = "每页", "旧的"

    assert laid(change)[1].sections[0].even_page_header.paragraphs[0].text == "每页"


def test_a_table_wider_than_the_page_is_told(laid):
    def change(document: Document) -> None:
        document.add_paragraph("报告")
        for column in document.add_table(1, 4).columns:
            column.width = Cm(5)

    assert any("第1个表格宽 200 毫米" in notice for notice in laid(change)[2].notices)


def test_tables_in_a_row_stay_apart(laid):
    """The empty paragraph between two tables is what parts them."""
    _, after, _ = laid(lambda d: [d.add_paragraph("报告"), d.add_table(1, 1), d.add_paragraph(), d.add_table(1, 1), d.add_paragraph()])
    assert len(after.tables) == 2
    assert [child.tag.rpartition("}")[2] for child in after.element.body][-5:] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_an_empty_last_section_has_a_line_and_no_page(laid):
    """A form often ends in one; without any paragraph it would become a page of its own."""

    def change(document: Document) -> None:
        document.add_paragraph("报告")
        document.add_table(1, 1)
        document.add_section(WD_SECTION.CONTINUOUS)
        document.add_paragraph()
        document.add_paragraph()

    _, after, _ = laid(change)
    last = after.element.body[-2]
    assert last.tag == qn("w:p") and last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None
    assert after.paragraphs[-1].paragraph_format.line_spacing == 12700  # EMU: one point


def test_content_controls_give_way_and_contents_stay(laid):
    def change(document: Document) -> None:
        body = document.element.body
        document.add_paragraph("情况报告")
        body.insert(0, xml('<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
                           "<w:sdtContent><w:p><w:r><w:t>一、工作开展情况 1</w:t></w:r></w:p></w:sdtContent></w:sdt>"))  # fmt: skip
        body.insert(2, xml(f"<w:sdt><w:sdtContent><w:p><w:r><w:t>一、开展。{SENTENCE}</w:t></w:r></w:p></w:sdtContent></w:sdt>"))

    _, after, _ = laid(change)
    assert after.element.body[0].tag == qn("w:sdt") and len(after.element.body.findall(qn("w:sdt"))) == 1
    assert ("段首标题 1", f"一、开展。{SENTENCE}") in styled(after)


def test_laid_out_twice_is_laid_out_once(tmp_path, laid, layout):
    """Our own file as source: the same paragraphs in the same styles, no styles twice."""
    _, once, _ = laid(lambda d: [d.add_paragraph("报告"), d.add_paragraph("一、排查。" + SENTENCE), d.add_table(1, 1)])
    format_file(tmp_path / "新.docx", tmp_path / "再.docx", layout)
    data = (tmp_path / "再.docx").read_bytes()
    assert styled(docx.Document(io.BytesIO(data))) == styled(once) and faults(data) == []


def test_signs_of_lists_go_and_are_told(laid):
    """A sign before a paragraph is no word; how many went is said."""
    _, after, report = laid(lambda d: [d.add_paragraph("情况报告"), d.add_paragraph(SENTENCE, style="List Bullet"), d.add_table(1, 1)])
    assert report.bullets == 1 and any("去掉项目符号 1 处" in line for line in report.lines())
    assert ("Body Text", SENTENCE) in styled(after)


def test_sections_without_anything_go_and_columns_become_one(laid):
    """As a form that was once a PDF has them: no empty page before the title, no title beside its label, no empty page at the end."""

    def change(document: Document) -> None:
        document.add_paragraph()
        document.add_section(WD_SECTION.NEW_PAGE)
        document.sections[0].header.paragraphs[0].text = "临河镇"
        document.add_paragraph("附件1")
        document.add_paragraph("险段登记表")
        document.add_section(WD_SECTION.CONTINUOUS)
        document.sections[1]._sectPr.find(qn("w:cols")).set(qn("w:num"), "2")
        document.add_table(1, 1)
        document.add_section(WD_SECTION.CONTINUOUS)
        document.add_paragraph()._p.append(xml('<w:bookmarkStart w:id="9" w:name="_GoBack"/>'))

    _, after, report = laid(change)
    assert "分栏改成了一栏" in report.notices and not after.element.body.findall(f".//{qn('w:cols')}[@{qn('w:num')}]")
    assert after.paragraphs[0].text == "附件1" and after.sections[0].header.paragraphs[0].text == "临河镇"
    assert [each.start_type for each in after.sections][1:] == [WD_SECTION.CONTINUOUS] * 2
    assert after.paragraphs[-1].paragraph_format.line_spacing == 12700 and after.element.body.findall(f".//{qn('w:bookmarkStart')}")


def test_a_title_on_a_page_that_lies_on_its_side_has_longer_lines(laid):
    def change(document: Document) -> None:
        section = document.sections[0]
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
        document.add_paragraph("临河镇各村河堤险段和老旧房屋排查登记汇总表")
        document.add_table(1, 1)

    _, after, _ = laid(change)
    assert styled(after) == [("Title", "临河镇各村河堤险段和老旧房屋排查登记汇总表")]


def test_a_strict_file_is_read_as_any_other(tmp_path, laid, layout):
    """Word's own Strict Open XML: other names of namespaces, start and end for left and right."""

    def change(document: Document) -> None:
        numbering(document)
        document.add_paragraph("情况报告")
        numbered(document.add_paragraph(SENTENCE), 0)
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "险段"
        cell.paragraphs[0]._p.get_or_add_pPr().append(xml('<w:ind w:left="200"/>'))
        cell.paragraphs[0]._p.pPr.append(xml('<w:jc w:val="right"/>'))
        cell._tc.get_or_add_tcPr().append(xml('<w:tcBorders><w:left w:val="single"/><w:right w:val="single"/></w:tcBorders>'))

    laid(change)
    strict = [
        (b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"http://purl.oclc.org/ooxml/wordprocessingml/"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/extended-", b"http://purl.oclc.org/ooxml/officeDocument/extended-"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
        (b"extended-properties", b"extendedProperties"), (b'w:ind w:left="200"', b'w:ind w:start="200"'),
        (b'w:jc w:val="right"', b'w:jc w:val="end"'), (b"<w:left w:val", b"<w:start w:val"), (b"<w:right w:val", b"<w:end w:val"),
        (b"<w:document ", b'<w:document w:conformance="strict" '),
    ]  # fmt: skip
    with zipfile.ZipFile(tmp_path / "原.docx") as source, zipfile.ZipFile(tmp_path / "严.docx", "w") as target:
        for name in source.namelist():
            part = source.read(name)
            for old, new in strict if name.endswith((".xml", ".rels")) else ():
                part = part.replace(old, new)
            target.writestr(name, part)
    assert b"w:start" in zipfile.ZipFile(tmp_path / "严.docx").read("word/document.xml")
    format_file(tmp_path / "严.docx", tmp_path / "再.docx", layout)
    plain, again = (zipfile.ZipFile(tmp_path / name) for name in ("新.docx", "再.docx"))
    for part in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
        assert again.read(part) == plain.read(part)
    assert not [name for name in again.namelist() if b"purl.oclc.org" in again.read(name)]


_TEXTS = st.sampled_from([
    "", " ", "　　", "一、工作开展情况", "（一）压实责任。", "各村要把名单理清，", "逐户上门讲清楚。", "同志们：", "附件1",
    "附件：1.名单", "林一禾", "2026年3月5日", "##paidend##", "𠮷😀&<>", "第1篇：春耕发言材料", "a b", "\t", "一是要快。",
])  # fmt: skip
_LOOKS = st.sampled_from(["", "bold", "underline", "break", "page", "picture", "link", "hidden", "note", "number"])
_PIECES = st.lists(st.tuples(_TEXTS, _LOOKS), max_size=4)
_BODY = st.lists(st.one_of(_PIECES, st.sampled_from(["table", "section", "control"])), max_size=7)


def build(document: Document, body: list) -> None:
    """A document of such paragraphs, tables and sections."""
    numbering(document)
    for item in body:
        if item == "table":
            document.add_table(1, 1).cell(0, 0).text = " 一、表格 "
        elif item == "section":
            document.add_section()
        elif item == "control":
            document.element.body.insert(0, xml("<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的话</w:t></w:r></w:p></w:sdtContent></w:sdt>"))
        else:
            paragraph = document.add_paragraph()
            for text, look in item:
                add_piece(document, paragraph, text, look)


def add_piece(document: Document, paragraph, text: str, look: str) -> None:
    run = paragraph.add_run(text)
    match look:
        case "bold" | "underline" | "hidden":
            setattr(run.font, look, True)
        case "break" | "page":
            run.add_break(WD_BREAK.PAGE if look == "page" else WD_BREAK.LINE)
        case "picture":
            run.add_picture(io.BytesIO(DOT), Cm(1))
        case "link":
            paragraph._p.append(xml('<w:hyperlink w:anchor="a"><w:r><w:t>链接</w:t></w:r></w:hyperlink>'))
        case "note":
            document.add_comment(run, "请核对", "林", "林")
        case "number":
            numbered(paragraph, 0)


def filled(document: Document) -> int:
    """How many sections hold a table, a picture or words."""
    return sum(
        any(content.tag.endswith("}tbl") or content.xpath("string()").strip() or content.xpath(".//w:drawing")
            for content in (getattr(each, "_element", each) for each in section.iter_inner_content()))
        for section in document.sections
    )  # fmt: skip


@lru_cache
def small() -> bytes:
    """An empty document without the table styles that python-docx brings: a hundred, which nothing here is set in."""
    document = docx.Document()
    tables = [style for style in document.styles if style.type == WD_STYLE_TYPE.TABLE]
    for style in tables[1:]:
        style.delete()
    for name in [name for name, each in document.part.rels.items() if each.reltype.endswith("/stylesWithEffects")]:
        del document.part.rels[name]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@settings(max_examples=15)
@given(_BODY)
def test_whatever_a_document_holds_its_words_and_things_stay(layout, tmp_path_factory, body):
    """Words in their order, tables, pictures and comments by number, sections that hold something, and a file by the rules."""
    folder = tmp_path_factory.mktemp("稿")
    source = docx.Document(io.BytesIO(small()))
    build(source, body)
    source.add_paragraph(SENTENCE)
    source.save(folder / "原.docx")
    format_file(folder / "原.docx", folder / "新.docx", layout)
    before, after = (folder / "原.docx").read_bytes(), (folder / "新.docx").read_bytes()
    assert docx_words(after) == docx_words(before)
    assert set(faults(after)) <= set(faults(before))
    old, new = docx.Document(io.BytesIO(before)), docx.Document(io.BytesIO(after))
    for what in ("tables", "inline_shapes", "comments"):
        assert len(getattr(new, what)) == len(getattr(old, what)), what
    assert not len(old.tables) or filled(old) <= len(new.sections) <= len(old.sections)


def test_a_document_by_another_name_keeps_its_tables(tmp_path, layout):
    """WPS names what it saves .wps or .doc at times, whatever is in it."""
    source = docx.Document()
    source.add_paragraph("情况报告")
    source.add_table(1, 1).cell(0, 0).text = "险段"
    source.save(tmp_path / "原.docx")
    (tmp_path / "原.docx").rename(tmp_path / "原.wps")
    assert format_file(tmp_path / "原.wps", tmp_path / "新.docx", layout).tables == 1


def test_macros_are_refused(tmp_path, layout):
    """They could not be carried over, and must not be."""
    docx.Document().save(tmp_path / "宏.docx")
    with zipfile.ZipFile(tmp_path / "宏.docx", "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(ReadError, match="带宏"):
        format_file(tmp_path / "宏.docx", tmp_path / "新.docx", layout)


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml"])
def test_damage_is_one_message(tmp_path, layout, part):
    """A part that is no XML, and one that is cut off."""
    source = docx.Document()
    source.add_table(1, 1)
    source.save(tmp_path / "原.docx")
    with zipfile.ZipFile(tmp_path / "原.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for damage in (b"<a/>", b"nonsense", parts[part][: len(parts[part]) // 2], b""):
        with zipfile.ZipFile(tmp_path / "坏.docx", "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, damage if name == part else data)
        with pytest.raises(ReadError):
            format_file(tmp_path / "坏.docx", tmp_path / "新.docx", layout)


def test_old_formats_are_laid_out_in_place(shared, tmp_path, layout, monkeypatch):
    """A .wps of the collection, which LibreOffice turns into a .docx once: the same words, and its table is still one."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    file = next(Path(shared / "corpus" / "office-files").glob("*.wps"))
    converted = office.as_word(file.read_bytes(), str(file))
    monkeypatch.setattr(office, "as_word", lambda data, name: (converted[0], ("从旧格式转来",)))
    report = format_file(file, tmp_path / "新.docx", layout)
    data = (tmp_path / "新.docx").read_bytes()
    assert docx_words(data) == docx_words(converted[0]) and set(faults(data)) <= set(faults(converted[0]))
    old, new = docx.Document(io.BytesIO(converted[0])), docx.Document(io.BytesIO(data))
    assert [t._tbl.xml for t in new.tables] == [t._tbl.xml for t in old.tables] != []
    assert report.tables == 1 and report.notices[0] == "从旧格式转来"


def test_a_title_broken_by_hand_is_one_title(laid):
    """As ours are: what was laid out once is laid out again the same. A subtitle below it stays a line of its own."""

    def change(document: Document) -> None:
        title = document.add_paragraph(style="Title").add_run("在青山县2026年春季农业生产")
        title.add_break()
        title.add_text("暨森林防火工作会议上的讲话")
        title.add_break()
        title.add_text("——春季工作安排")
        document.add_paragraph(SENTENCE)

    assert styled(laid(change)[1])[:2] == [
        ("Title", "在青山县2026年春季农业生产\n暨森林防火工作会议上的讲话"), ("Subtitle", "——春季工作安排"),
    ]  # fmt: skip


def form(document: Document) -> None:
    """A page on its side made to measure: label, title, a table, its note."""
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, section.page_height, section.page_width
    for text in ("附件4", "人员登记汇总表"):
        document.add_paragraph(text)
    document.add_table(2, 2).cell(0, 0).text = "姓名"
    note = document.add_paragraph("注：备注栏写明进入的方式, 如考录。")
    note.runs[0].font.size = Pt(10.5)


def test_a_form_keeps_to_its_page(laid):
    """No empty lines round the title of a page that was made to measure, and the note as small as it was, with its marks."""
    _, after, report = laid(form)
    kinds = [child.tag.rpartition("}")[2] for child in after.element.body]
    assert kinds == ["p", "p", "tbl", "p", "sectPr"]
    assert [p.text for p in after.paragraphs] == ["附件4", "人员登记汇总表", "注：备注栏写明进入的方式, 如考录。"]
    assert after.paragraphs[-1].runs[0].font.size == Pt(10.5) and any("表格下面的注" in each for each in report.notices)
    spaces = [p._p.pPr.find(f"{W}spacing") for p in after.paragraphs[:2]]
    assert [each is not None and each.get(f"{W}after") for each in spaces] == [False, "120"]


def test_notes_are_told_from_text(laid):
    """A line 注： in the text, or below the paragraph behind a table, is text."""

    def change(document: Document) -> None:
        document.add_paragraph("情况报告")
        document.add_table(1, 1).cell(0, 0).text = "险段"
        document.add_paragraph(SENTENCE)
        document.add_paragraph(f"注：{SENTENCE}")

    assert styled(laid(change)[1])[1:] == [("Body Text", SENTENCE), ("Body Text", f"注：{SENTENCE}")]


def test_a_table_held_off_from_a_narrow_margin_is_named(laid):
    """Its own XML stays, so that its owner must move it."""

    def change(document: Document) -> None:
        document.add_paragraph("情况报告")
        table = document.add_table(1, 2)
        for column in table._tbl.tblGrid.gridCol_lst:
            column.w = Mm(77)
        table._tbl.tblPr.append(xml('<w:tblInd w:w="441" w:type="dxa"/>'))

    assert [n for n in laid(change)[2].notices if "表格" in n] == ["第1个表格右边伸出版心 6 毫米（它左缩进 8 毫米），请看看要不要左移"]


def test_the_signature_of_a_text_laid_out_in_place(laid):
    """The date begins two cells behind the name, on the page of the name."""

    def change(document: Document) -> None:
        document.add_table(1, 1).cell(0, 0).text = "险段"
        for text in ("情况报告", SENTENCE, "临河镇人民政府", "2026年5月8日"):
            document.add_paragraph(text)

    name, date = (p._p.pPr for p in laid(change)[1].paragraphs[-2:])
    assert [p.find(f"{W}ind").get(f"{W}right") for p in (name, date)] == ["628", "314"]
    assert [p.find(f"{W}keepNext") is not None for p in (name, date)] == [True, False]
