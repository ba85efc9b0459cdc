"""Word files: all text once and in order, numbers of lists written out, nothing dangerous opened."""

from __future__ import annotations

import io
import time
import zipfile
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from phrasebank.errors import ReadError
from phrasebank.inspect import inspect
from phrasebank.model import RawText
from phrasebank.readers.content import Content
from phrasebank.readers.counting import write_number
from phrasebank.readers.symbols import symbol
from phrasebank.readers.word import read_word

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{MAIN}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
WHO = 'w:id="1" w:author="甲" w:date="2026-01-01T00:00:00Z"'
VANISH, SHOWN = "<w:vanish/>", '<w:vanish w:val="0"/>'
REVISED, HIDDEN, MACROS = "修订", "隐藏", "宏"


def parts(body: str, **more: str) -> dict[str, str]:
    """The parts of a Word file: a body, and what stands in its other parts by their names."""
    relations = "".join(f'<Relationship Id="{n}" Type="{RELATIONS}/{n}" Target="{n}.xml"/>' for n in more)
    listed = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": listed.format(f'<Relationship Id="d" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'),
        "word/_rels/document.xml.rels": listed.format(relations),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}.xml": f"<w:{name} {SPACES}>{content}</w:{name}>" for name, content in more.items()},
    }


def packed(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def content(body: str, **more: str) -> Content:
    return read_word(packed(parts(body, **more)), "稿.docx")


def lines(body: str, **more: str) -> list[str]:
    return list(content(body, **more).lines)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str, properties: str = "") -> str:
    """A paragraph of text or runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner if inner.startswith('<') else run(inner)}</w:p>"


def item(text: str, level: int = 0, of: int = 1, more: str = "") -> str:
    """A paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>{more}')


def styled(text: str, style: str, more: str = "") -> str:
    return p(text, f'<w:pStyle w:val="{style}"/>{more}')


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner if inner.startswith('<') else p(inner)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(*levels: str, key: int = 0, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{more}{"".join(levels)}</w:abstractNum>'


def use(list_id: int = 1, key: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{key}"/>{more}</w:num>'


def override(at: int, inner: str) -> str:
    return f'<w:lvlOverride w:ilvl="{at}">{inner}</w:lvlOverride>'


def anew(start: int, at: int = 0) -> str:
    return override(at, f'<w:startOverride w:val="{start}"/>')


def style(name: str, inner: str = "", kind: str = "paragraph", more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}" {more}>{inner}</w:style>'


SPEECH = definition(
    level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircleChinese", "%4"),
) + use()  # fmt: skip
OUTLINE = definition(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3")) + use()


# Text.


def test_paragraphs_tables_and_what_is_merged_in_document_order():
    wide = cell("宽", '<w:gridSpan w:val="2"/>')
    tall, rest = cell("高", '<w:vMerge w:val="restart"/>'), cell("<w:p/>", "<w:vMerge/>")
    nested = cell(p("外") + table(cell("内")) + "<w:p/>")
    body = p("起") + table(wide, tall + cell("甲"), rest + cell("乙"), nested) + p("") + p("止")
    assert lines(body) == ["起", "宽", "高", "甲", "乙", "外", "内", "", "", "止"]


def test_text_under_a_merged_cell_is_hidden():
    found = content(table(cell("显", '<w:vMerge w:val="restart"/>'), cell("隐", "<w:vMerge/>")))
    assert found.lines == ("显",)
    assert HIDDEN in "".join(found.notices)


BOX = f"<w:txbxContent>{p('框一')}{p('框二')}</w:txbxContent>"


@pytest.mark.parametrize("box", [
    f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>",
    f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></w:drawing></mc:Choice>'
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>",
    f"<mc:AlternateContent><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>",
], ids=["VML", "DrawingML", "fallback alone"])  # fmt: skip
def test_text_boxes_are_read_once_and_cut_no_sentence(box):
    assert lines(p(f"{run('一句话')}<w:r>{box}</w:r>{run('没有断。')}") + p("后")) == ["一句话没有断。", "框一", "框二", "后"]


def test_text_within_other_elements():
    wrapped = (
        f'<w:hyperlink r="x">{run("链")}</w:hyperlink><w:smartTag w:element="x">{run("签")}</w:smartTag>'
        f"<w:sdt><w:sdtPr><w:tabs><w:tab/></w:tabs></w:sdtPr><w:sdtContent>{run('控')}</w:sdtContent></w:sdt>"
        f'<w:fldSimple w:instr=" PAGE ">{run("域")}</w:fldSimple><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>'
    )
    block = f"<w:sdt><w:sdtContent>{p('块')}<w:customXml>{p('自')}</w:customXml></w:sdtContent></w:sdt>"
    assert lines(p(wrapped, "<w:tabs><w:tab/></w:tabs>") + block) == ["链签控域x", "块", "自"]


def test_breaks_tabs_hyphens_and_blanks():
    inner = (
        f'{run("甲")}<w:r><w:br/></w:r>{run("乙")}<w:r><w:br w:type="page"/><w:cr/><w:tab/><w:noBreakHyphen/></w:r>'
        "<w:r><w:t>\n  丙\n丁  </w:t></w:r>" + run(" 戊 ")
    )  # fmt: skip
    assert lines(p(inner)) == ["甲", "乙", "\t-丙 丁 戊 "]


def test_characters_of_symbol_fonts():
    inner = "".join(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>' for font, code in (
        ("Wingdings", "F0FC"), ("Symbol", "F0B4"), ("宋体", "2022"), ("Wingdings", "F081"), ("Webdings", "F061"), ("Symbol", "zz"),
    ))  # fmt: skip
    assert lines(p(run("一") + inner + run("二"))) == ["一✓×•①二"]


@pytest.mark.parametrize("code", ["", "-1", "0", "D800", "E0FC", "110000", "FFFFFFFFFFFF", "F0FF0", "9"])
def test_odd_symbols_are_nothing(code):
    assert symbol("宋体", code) == symbol("Wingdings", code) == ""


def test_ruby_gives_the_base():
    ruby = f"<w:r><w:ruby><w:rt>{run('gān')}</w:rt><w:rubyBase>{run('干')}</w:rubyBase></w:ruby></w:r>"
    assert lines(p(run("实") + ruby + run("者"))) == ["实干者"]


def test_fields_give_their_result():
    nested = field("begin") + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + field("separate") + run("7") + field("end")
    whole = field("begin") + run("IF") + nested + field("separate") + run("果") + nested + field("end")
    assert lines(p(run("前") + whole + run("后"))) == ["前果7后"]


def test_a_field_over_several_paragraphs_or_without_end_loses_no_text():
    contents = p(field("begin") + run("TOC") + field("separate") + run("一、甲\t1")) + p("二、乙") + p(field("end"))
    assert lines(contents + p(field("begin") + run("坏")) + p("后")) == ["一、甲\t1", "二、乙", "", "", "后"]


NOTES = {
    kind + "s": f'<w:{kind} w:id="-1" w:type="separator">{p("线")}</w:{kind}>'
    + "".join(f'<w:{kind} w:id="{n}">{p(f"{name}{n}")}</w:{kind}>' for n in (2, 3, 4))
    for kind, name in (("footnote", "脚注"), ("endnote", "尾注"))
}


def test_notes_follow_the_body_in_the_order_of_their_references():
    note = "<w:r><w:{}Reference w:id='{}'/></w:r>".format
    body = p(run("一句") + note("footnote", 3) + run("话。") + note("endnote", 2)) + p(run("又一句。") + note("footnote", 2))
    hidden = note("endnote", 4).replace("<w:r>", f"<w:r><w:rPr>{VANISH}</w:rPr>")
    deleted = p(f"<w:del {WHO}>{note('footnote', 4)}</w:del>{note('footnote', 9)}{hidden}")
    assert lines(body + deleted, **NOTES) == ["一句话。", "又一句。", "", "脚注3", "脚注2", "尾注2"]


def test_comments_and_running_heads_are_left_out():
    files = parts(p(run("正文") + '<w:r><w:commentReference w:id="1"/></w:r>'), comments=f'<w:comment w:id="1">{p("批注")}</w:comment>')
    files["word/header1.xml"] = f"<w:hdr {SPACES}>{p('页眉')}</w:hdr>"
    assert read_word(packed(files), "a").lines == ("正文",)


HIDING = (
    style("藏", f"<w:rPr>{VANISH}</w:rPr>", "character") + style("暗", f"<w:rPr>{VANISH}</w:rPr>") + style("影", '<w:basedOn w:val="暗"/>')
)  # fmt: skip


@pytest.mark.parametrize("body", [
    p(run("显") + run("隐", VANISH) + run("示")),
    p(run("显", SHOWN) + run("隐", '<w:rStyle w:val="藏"/>') + run("示")),
    p("显示") + styled("隐", "影"),
    styled(run("隐", '<w:rStyle w:val="显"/>') + run("显示", SHOWN), "暗") + p(run("隐", VANISH), f"<w:rPr>{VANISH}</w:rPr>"),
    p(run("显示", f"<w:rPrChange {WHO}><w:rPr>{VANISH}</w:rPr></w:rPrChange>") + run("隐", VANISH)),
    p(run("显示") + f"<w:r><w:rPr>{VANISH}</w:rPr><w:pict>{BOX}</w:pict></w:r>"),
], ids=["direct", "character style", "paragraph style", "shown again", "before a change", "text box"])  # fmt: skip
def test_hidden_text_is_left_out_and_said(body):
    found = content(body, styles=HIDING)
    assert found.lines == ("显示",)
    assert HIDDEN in "".join(found.notices)


def test_text_that_is_all_shown_has_no_notices():
    assert content(p(run("甲", SHOWN)) + p("乙", f"<w:rPr>{SHOWN}</w:rPr>")).notices == ()


# Tracked changes.


def test_insertions_are_read_and_deletions_are_not():
    inner = (
        f"{run('保')}<w:ins {WHO}>{run('增')}<w:del {WHO}><w:r><w:delText>悔</w:delText></w:r></w:del></w:ins>"
        f"<w:del {WHO}><w:r><w:delText>删</w:delText><w:t>余</w:t></w:r></w:del>"
        f"<w:moveFrom {WHO}>{run('移出')}</w:moveFrom><w:moveTo {WHO}>{run('移入')}</w:moveTo>"
    )
    rows = table(cell("留"), f"</w:tr><w:tr><w:trPr><w:del {WHO}/></w:trPr>{cell('删行')}", cell("删格", f"<w:cellDel {WHO}/>"))
    found = content(p(inner) + rows)
    assert found.lines == ("保增移入", "留")
    assert [REVISED in notice for notice in found.notices] == [True]


@pytest.mark.parametrize("inner", [
    f"<w:ins {WHO}>{run('文')}</w:ins>", f"{run('文')}<w:del {WHO}/>",
    f"<w:moveTo {WHO}>{run('文')}</w:moveTo>", f"{run('文')}<w:moveFrom {WHO}/>",
])  # fmt: skip
def test_every_kind_of_revision_is_said(inner):
    found = content(p(inner))
    assert found.lines == ("文",)
    assert REVISED in "".join(found.notices)


DELETED = f"<w:rPr><w:del {WHO}/></w:rPr>"


def test_paragraphs_whose_mark_is_deleted_join():
    body = p("甲", DELETED) + p("乙", f"<w:rPr><w:moveFrom {WHO}/></w:rPr>") + p("丙") + p("丁", DELETED)
    cells = table(cell(p("戊", DELETED)) + cell("己"), cell(p("庚", DELETED)))
    box = p(f"{run('辛')}<w:r><w:pict><w:txbxContent>{p('框', DELETED)}</w:txbxContent></w:pict></w:r>")
    assert lines(body + cells + box + p("壬")) == ["甲乙丙", "丁", "戊", "己", "庚", "辛", "框", "壬"]


def test_deleted_paragraphs_are_not_counted():
    gone = p(f"<w:del {WHO}><w:r><w:delText>二</w:delText></w:r></w:del>", f'<w:numPr><w:numId w:val="1"/></w:numPr>{DELETED}')
    assert lines(item("甲") + gone + item("乙"), numbering=SPEECH) == ["一、甲", "二、乙"]


def test_the_mark_that_stays_numbers_joined_paragraphs():
    assert lines(item("甲", more=DELETED) + p("乙") + p("丙", DELETED) + item("丁"), numbering=SPEECH) == ["甲乙", "一、丙丁"]


# Automatic numbers.


def test_a_speech_with_four_levels():
    body = item("甲") + item("子", 1) + item("丑", 1) + item("细", 2) + item("圈", 3) + item("圈", 3)
    body += p("正文") + item("寅", 1) + item("乙") + item("卯", 1) + item("辰", 1)
    numbers = ["一、甲", "（一）子", "（二）丑", "1.细", "①圈", "②圈", "正文", "（三）寅", "二、乙", "（一）卯", "（二）辰"]
    assert lines(body, numbering=SPEECH) == numbers


def test_written_numbers_are_headings():
    said = "我们要坚持把群众的事放在心上，把每一件小事办好，让大家看得见变化。"
    body = p("在青山县工作会议上的讲话") + p("同志们：") + p(said)
    for name in ("压实工作责任", "守牢安全底线"):
        body += item(name) + p(said) + item(f"抓好{name}的统筹", 1) + p(said) + item("强化督促检查", 2) + p(said)
    found = inspect(RawText("稿.docx", content(body, numbering=SPEECH).lines))
    (piece,) = found.pieces
    assert [h.level for h in piece.headings] == [1, 2, 3] * 2
    assert [h.number for h in piece.headings] == ["一、", "（一）", "1.", "二、", "（一）", "1."]


def test_numbers_of_higher_levels_and_what_follows_a_number():
    body = item("总则") + item("目的", 1) + item("细则", 2) + item("2026年", 2) + item("附则")
    assert lines(body, numbering=OUTLINE) == ["1 总则", "1.1 目的", "1.1.1 细则", "1.1.2 2026年", "2 附则"]
    close = '<w:suff w:val="nothing"/>'
    chapters = definition(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%2."), level(2, "decimal", "%3.", close)) + use()
    body = item("总则") + item("2026年", 1) + item("要求", 1) + item("2026年", 2)
    assert lines(body, numbering=chapters) == ["第一章 总则", "1. 2026年", "2.要求", "1.2026年"]


def test_legal_levels_show_the_higher_ones_in_figures():
    legal = level(1, "decimalZero", "%1.%2", "<w:isLgl/>")
    numbering = definition(level(0, "chineseCounting", "%1"), legal, level(2, "none", "甲%3")) + use()
    assert lines(item("章") + item("条", 1) + item("项", 2), numbering=numbering) == ["一 章", "1.01 条", "甲 项"]


def test_bullets_are_nothing_but_start_lower_levels_again():
    numbering = definition(level(0, "bullet", "•"), level(1, "decimal", "%2.")) + use()
    assert lines(item("点") + item("甲", 1) + item("点") + item("乙", 1), numbering=numbering) == ["点", "1.甲", "点", "1.乙"]


def test_list_zero_and_unknown_lists_have_no_numbers():
    level_alone = p("戊", '<w:numPr><w:ilvl w:val="0"/></w:numPr>')
    body = item("甲") + item("乙", of=0) + item("丙", of=9) + item("丁", 7) + level_alone + item("己")
    assert lines(body, numbering=SPEECH + use(0)) == ["一、甲", "乙", "丙", "丁", "戊", "二、己"]
    assert lines(item("甲")) == ["甲"]


def test_an_empty_paragraph_counts_but_shows_no_number():
    assert lines(item("甲") + item("") + item("　") + item("丁"), numbering=SPEECH) == ["一、甲", "", "　", "四、丁"]


def test_lists_of_one_definition_count_together_unless_they_start_anew():
    shared = definition(level(0, "decimal", "%1、"), level(1, "decimal", "%2）", start=5))
    numbering = shared + use(1) + use(2) + use(3, more=anew(1)) + use(4, more=anew(7))
    body = "".join(item("甲", of=of) for of in (1, 2, 1, 3, 3, 1, 4, 3)) + item("乙", 1, of=4)
    assert lines(body, numbering=numbering) == ["1、甲", "2、甲", "3、甲", "1、甲", "2、甲", "3、甲", "7、甲", "8、甲", "5）乙"]


def test_a_level_of_a_list_may_be_defined_anew():
    other = override(0, level(0, "chineseCounting", "其%1，", start=9))
    numbering = definition(level(0, "decimal", "%1.")) + use(1) + use(2, more=other)
    assert lines(item("甲") + item("乙", of=2) + item("丙"), numbering=numbering) == ["1.甲", "其二，乙", "3.丙"]


@pytest.mark.parametrize(("restart", "expected"), [(None, list("1211")), (0, list("1234")), (1, list("1231"))])
def test_which_levels_start_a_level_again(restart, expected):
    more = "" if restart is None else f'<w:lvlRestart w:val="{restart}"/>'
    bullets = level(0, "bullet", "•") + level(1, "bullet", "•")
    numbering = definition(bullets, level(2, "decimal", "%3", more)) + use()
    body = item("") + item("", 1) + item("子", 2) + item("丑", 2) + item("", 1) + item("寅", 2) + item("") + item("卯", 2)
    assert [line.split()[0] for line in lines(body, numbering=numbering) if line] == expected


def test_numbers_that_make_no_sense():
    numbering = definition(level(0, "decimal", "%1%2%9、", start="9" * 5000), level(1, "decimal", "%2"), level(99, "decimal", "%1")) + use()
    assert lines(item("甲") + item("乙") + item("丙", "9" * 5000), numbering=numbering) == ["1、甲", "2、乙", "3、丙"]


def test_levels_left_out_count_once_when_never_used_and_stand_at_their_start_after():
    assert lines(item("甲", 1) + item("乙"), numbering=OUTLINE) == ["1.1 甲", "2 乙"]
    body = item("甲") + item("乙", 1) * 2 + item("丙") + item("丁", 2) + item("戊", 1)
    assert lines(body, numbering=OUTLINE) == ["1 甲", "1.1 乙", "1.2 乙", "2 丙", "2.1.1 丁", "2.1 戊"]


def test_numbers_come_from_styles():
    list_of = '<w:pPr><w:numPr>{}<w:numId w:val="1"/></w:numPr></w:pPr>'.format
    second = '<w:pPr><w:numPr><w:ilvl w:val="2"/></w:numPr></w:pPr>'
    styles = (
        style("章", list_of("")) + style("节", list_of("")) + style("续", '<w:basedOn w:val="章"/>')
        + style("目", f'<w:basedOn w:val="章"/>{second}')
        + style("无", '<w:basedOn w:val="章"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>')
    )  # fmt: skip
    of = '<w:pStyle w:val="{}"/>'.format
    first, next_ = level(0, "chineseCounting", "%1、", of("章")), level(1, "chineseCounting", "（%2）", of("节"))
    numbering = definition(first, next_, level(2, "decimal", "%3.")) + use()
    body = "".join(styled(name, name) for name in ("章", "节", "目", "续", "无", "缺"))
    body += styled("关", "章", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    body += styled("级", "章", '<w:numPr><w:ilvl w:val="1"/></w:numPr>')
    assert lines(body, numbering=numbering, styles=styles) == ["一、章", "（一）节", "1.目", "二、续", "无", "缺", "关", "（一）级"]


def test_the_style_of_paragraphs_without_one_may_number_them():
    styles = style("a", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', more='w:default="1"')
    assert lines("<w:p><w:r><w:t>甲</w:t></w:r></w:p>" + item("乙", of=0), numbering=SPEECH, styles=styles) == ["一、甲", "乙"]


def test_list_styles_are_followed():
    linked = definition(key=1, more='<w:numStyleLink w:val="列表"/>')
    named = definition(level(0, "upperLetter", "%1）"), more='<w:styleLink w:val="列表"/>')
    lost = definition(key=2, more='<w:numStyleLink w:val="没有"/>')
    body = item("甲", of=1) + item("乙", of=2) + item("丙", of=2) + item("丁", of=3)
    assert lines(body, numbering=linked + named + lost + use(1) + use(2, 1) + use(3, 2)) == ["A）甲", "A）乙", "B）丙", "丁"]


def test_styles_based_on_themselves_end():
    styles = style("甲", '<w:basedOn w:val="乙"/>') + style("乙", '<w:basedOn w:val="甲"/>')
    assert lines(styled("文", "甲"), styles=styles, numbering=SPEECH) == ["文"]


def test_text_boxes_and_notes_count_for_themselves():
    box = f"<w:r><w:pict><w:txbxContent>{item('框')}{item('框')}</w:txbxContent></w:pict></w:r>"
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = item("甲") + p(run("图") + box + note) + item("乙")
    notes = f'<w:footnote w:id="1">{item("注")}</w:footnote>'
    assert lines(body, numbering=SPEECH, footnotes=notes) == ["一、甲", "图", "一、框", "二、框", "二、乙", "一、注"]


def test_a_heading_that_runs_into_its_paragraph_by_a_hidden_mark():
    apart = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    body = item("抓责任。", more=apart) + p("要层层落实。") + item("抓安全。")
    assert lines(body, numbering=SPEECH) == ["一、抓责任。要层层落实。", "二、抓安全。"]


def test_hidden_paragraphs_are_not_counted():
    hidden = item(run("隐", VANISH), more=f"<w:rPr>{VANISH}</w:rPr>")
    assert lines(item("甲") + hidden + p("文") + hidden + item("乙"), numbering=SPEECH) == ["一、甲", "文", "二、乙"]


def test_a_drop_cap_belongs_to_its_paragraph():
    assert lines(p("同", '<w:framePr w:dropCap="drop"/>') + p("志们：")) == ["同志们："]


def test_a_format_of_later_versions_has_an_older_one_beside_it():
    later = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="upperRoman"/></mc:Fallback></mc:AlternateContent>'
    )
    numbering = definition(f'<w:lvl w:ilvl="0">{later}<w:lvlText w:val="%1."/></w:lvl>') + use()
    assert lines(item("甲") + item("乙"), numbering=numbering) == ["I.甲", "II.乙"]


FORMATS = {
    "decimal": "1 2 10 11 21 105", "decimalZero": "01 02 10 11 21 105", "decimalFullWidth": "１ ２ １０ １１ ２１ １０５",
    "chineseCounting": "一 二 十 十一 二十一 一〇五", "taiwaneseCounting": "一 二 十 十一 二十一 一〇五",
    "chineseCountingThousand": "一 二 十 十一 二十一 一百零五", "ideographDigital": "一 二 一〇 一一 二一 一〇五",
    "taiwaneseCountingThousand": "一 二 十 十一 二十一 一百零五", "japaneseCounting": "一 二 十 十一 二十一 百五",
    "chineseLegalSimplified": "壹 贰 壹拾 壹拾壹 贰拾壹 壹佰零伍", "ideographLegalTraditional": "壹 貳 壹拾 壹拾壹 貳拾壹 壹佰零伍",
    "decimalEnclosedCircleChinese": "① ② ⑩ ⑪ 21 105", "decimalEnclosedCircle": "① ② ⑩ ⑪ 21 105",
    "decimalEnclosedParen": "⑴ ⑵ ⑽ ⑾ 21 105", "ideographEnclosedCircle": "㊀ ㊁ ㊉ 11 21 105",
    "ideographTraditional": "甲 乙 癸 11 21 105", "ideographZodiac": "子 丑 酉 戌 21 105",
    "ideographZodiacTraditional": "甲子 乙丑 癸酉 甲戌 甲申 105", "numberInDash": "-1- -2- -10- -11- -21- -105-",
    "lowerLetter": "a b j k u aaaaa", "upperLetter": "A B J K U AAAAA",
    "lowerRoman": "i ii x xi xxi cv", "upperRoman": "I II X XI XXI CV",
    "bullet": "", "none": "", "unknown": "1 2 10 11 21 105",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
def test_number_formats(form):
    assert [write_number(n, form).replace(" ", "") for n in (1, 2, 10, 11, 21, 105)] == (FORMATS[form].split() or [""] * 6)


@pytest.mark.parametrize(("value", "form", "written"), [
    (1000, "chineseCountingThousand", "一千"), (1010, "chineseCountingThousand", "一千零一十"),
    (9005, "chineseLegalSimplified", "玖仟零伍"), (1111, "japaneseCounting", "千百十一"),
    (1994, "upperRoman", "MCMXCIV"), (27, "lowerLetter", "aa"), (0, "chineseCounting", "0"),
    (999_999_999, "lowerLetter", "999999999"), (999_999_999, "upperRoman", "999999999"),
])  # fmt: skip
def test_large_and_odd_numbers(value, form, written):
    assert write_number(value, form) == written


# Files.


def test_parts_that_may_be_missing():
    files = parts(item("甲"))
    for name in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        del files[name]
    assert read_word(packed(files), "a").lines == ("甲",)
    files["word/numbering.xml"] = f"<w:numbering {SPACES}>{SPEECH}</w:numbering>"
    assert read_word(packed(files), "a").lines == ("一、甲",)
    relations = parts("", numbering="")["word/_rels/document.xml.rels"].replace("numbering.xml", "https://example.org/numbering.xml")
    assert read_word(packed(files | {"word/_rels/document.xml.rels": relations}), "a").lines == ("一、甲",)


def test_parts_are_found_by_their_relationships():
    files = parts(item("甲"), numbering=SPEECH)
    renamed = {name.replace("word/document.xml", "Text/Haupt.xml").replace("word/", "Text/"): text for name, text in files.items()}
    renamed["Text/_rels/Haupt.xml.rels"] = renamed.pop("Text/_rels/document.xml.rels").replace("numbering.xml", "../zahlen.xml")
    renamed["zahlen.xml"] = renamed.pop("Text/numbering.xml")
    renamed["_rels/.rels"] = renamed["_rels/.rels"].replace("word/document.xml", "/TEXT/haupt.xml")
    assert read_word(packed(renamed), "a").lines == ("一、甲",)


def test_strict_files_utf16_and_backslashes():
    files = {name: text.replace(MAIN, STRICT) for name, text in parts(item("甲"), numbering=SPEECH).items()}
    files["word/document.xml"] = ('<?xml version="1.0" encoding="UTF-16"?>' + files["word/document.xml"]).encode("utf-16")
    files["word\\numbering.xml"] = ("\ufeff" + files.pop("word/numbering.xml")).encode()
    assert read_word(packed(files), "a").lines == ("一、甲",)


def test_an_entry_that_is_there_twice():
    buffer = io.BytesIO(packed(parts(p("甲"))))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("word/document.xml", parts(p("乙"))["word/document.xml"])
    assert read_word(buffer.getvalue(), "a").lines in (("甲",), ("乙",))


def test_macros_are_mentioned():
    found = read_word(packed(parts(p("甲")) | {"word/vbaProject.bin": b"\xd0\xcf"}), "a")
    assert found.lines == ("甲",)
    assert [MACROS in notice for notice in found.notices] == [True]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]>'


def with_part(name: str, text: str | bytes) -> bytes:
    return packed(parts(p("甲")) | {name: text})


@pytest.mark.parametrize(("data", "message"), [
    (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    (OLE + "WordDocument".encode("utf-16-le"), "旧格式"),
    (b"PK\x03\x04 not a zip", "不完整"),
    ("只是文字".encode(), "不是有效的 Word"),
    (packed({"mimetype": "x"}), "不是有效的 Word"),
    (with_part("word/document.xml", f"<w:styles {SPACES}/>"), "不是有效的 Word"),
    (with_part("word/document.xml", f"<w:document {SPACES}>"), "已损坏"),
    (with_part("word/document.xml", b"\xff\xfe\x00"), "已损坏"),
    (with_part("word/document.xml", f"<w:document {SPACES}><w:body>&a;</w:body></w:document>"), "已损坏"),
    (with_part("word/document.xml", "0" * 5_000_000), "压缩"),
    (with_part("word/document.xml", ENTITY + parts("")["word/document.xml"]), "DTD"),
    (with_part("word/document.xml", (ENTITY + parts("")["word/document.xml"]).encode("utf-16")), "DTD"),
    (with_part("word/document.xml", (ENTITY + parts("")["word/document.xml"]).encode("utf-16-be")), "DTD"),
    (with_part("docProps/core.xml", ENTITY + "<x/>"), "DTD"),
    (with_part("word/_rels/document.xml.rels", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'), "DTD"),
    (with_part("word/document.xml", f'<?xml version="1.0" encoding="cp037"?>{ENTITY}<x/>'.encode("cp037")), "已损坏"),
], ids=range(16))  # fmt: skip
def test_what_cannot_or_must_not_be_read(data, message):
    with pytest.raises(ReadError, match=message) as caught:
        read_word(data, "稿.docx")
    assert caught.value.file == "稿.docx"


def test_an_encrypted_archive_asks_for_the_password_to_be_removed():
    data = bytearray(packed(parts(p("甲"))))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(ReadError, match="密码"):
        read_word(bytes(data), "a")


@pytest.mark.parametrize("depth", [20, 70, 1000, 5000])
def test_deep_nesting_is_read_or_refused(depth):
    body = p("底")
    for _ in range(depth):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    files = parts(body) | {"word/media/x.bin": bytes(range(256)) * 400}
    try:
        assert read_word(packed(files), "a").lines == ("底",)
    except ReadError as error:
        assert depth > 60 and ("嵌套" in error.message or "压缩" in error.message)


@pytest.mark.parametrize(
    "body", ["<w:t>散</w:t><w:r><w:br/></w:r>", "<w:tc/><w:tr/><w:fldChar/><w:sym/>", "<w:p><w:p><w:r/></w:p></w:p>", ""]
)
def test_elements_out_of_place_do_no_harm(body):
    assert lines(body + p("后"))[-1] == "后"


SAMPLE = packed(parts(
    item("甲") + p(field("begin") + run("域") + field("end")) + table(cell("格")) + p("乙", DELETED) + styled("丙", "章"),
    numbering=SPEECH, styles=style("章", '<w:basedOn w:val="章"/><w:rPr><w:vanish/></w:rPr>'), **NOTES,
))  # fmt: skip


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data):
    for start in (b"", b"PK\x03\x04", OLE):
        with pytest.raises(ReadError):
            read_word(start + data, "a")


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=8), st.integers(0, len(SAMPLE)))
def test_no_damage_to_the_file_makes_it_fail(changes, cut):
    data = bytearray(SAMPLE)
    for at, byte in changes:
        data[at] = byte
    reads_or_refuses(bytes(data))
    reads_or_refuses(bytes(data[:cut]))


FRAGILE = parts(
    item("甲") + p("乙", DELETED) + table(cell("丙")) + p(field("begin") + run("域", VANISH) + f"<w:r><w:pict>{BOX}</w:pict></w:r>"),
    numbering=SPEECH + definition(key=1, more='<w:numStyleLink w:val="章"/>') + use(2, 1, anew(3)), styles=style("章"),
)  # fmt: skip
CHANGE = st.tuples(st.sampled_from(["leave out", "repeat", "move", "rename", "value"]), st.integers(0, 999), st.integers(0, 999))


@given(st.sampled_from(["document", "numbering", "styles"]), st.lists(CHANGE, max_size=12), st.sampled_from(["", "-1", "9" * 12, "％"]))
def test_no_build_of_a_part_makes_it_fail(name, changes, odd):
    """Well-formed parts whose elements stand anywhere, under any name, with any value."""
    root = etree.fromstring(FRAGILE[f"word/{name}.xml"])
    for kind, first, second in changes:
        elements = list(root.iter())
        one, other = elements[first % len(elements)], elements[second % len(elements)]
        if kind == "rename":
            one.tag = other.tag
        elif kind == "value":
            for key in one.attrib:
                one.set(key, odd)
        elif one is not root and one not in other.iterancestors():
            if kind == "leave out":
                one.getparent().remove(one)
            elif one is not other:
                other.append(deepcopy(one) if kind == "repeat" else one)
    reads_or_refuses(packed(FRAGILE | {f"word/{name}.xml": etree.tostring(root)}))


def reads_or_refuses(data: bytes) -> None:
    try:
        assert isinstance(read_word(data, "a"), Content)
    except ReadError as error:
        assert error.message


def test_time_grows_with_length_only():
    """Four times the paragraphs take about four times as long: no number is counted by going back to the first."""
    took = []
    for count in (1000, 4000):
        data = packed(parts("".join(item(f"第{n}件事要办好", n % 3) for n in range(count)), numbering=SPEECH))
        start = time.perf_counter()
        assert len(read_word(data, "a").lines) == count
        took.append(time.perf_counter() - start)
    assert took[1] < 10 * took[0]
