"""Web pages: the text of invented pages in the layouts of real sites, without the furniture around it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phrasebank.errors import ReadError
from phrasebank.readers.content import Content
from phrasebank.readers.webpage import read_webpage

TITLE = "在青山县防汛工作会议上的讲话"
BODY = (
    "（2024年5月6日）",
    "同志们：",
    "今天召开这次会议，主要任务是把入汛以来的工作理一理，把还没有落到人头上的责任分一分。",
    "一、把底子摸清",
    "上半年，全县把沿河七个镇的堤段走了两遍，查出隐患四十一处，已经整改三十六处。",
    "二、把责任压实",
    "各镇书记是第一责任人，一旦有险情，人要在岗、话要说准、物资要到位。",
    "谢谢大家！",
)
NEWS = ("临河镇举行防汛演练", "石桥村修好三座便桥", "我县召开河长制工作会议", "白鹭乡开展安全大检查", "全县中小学开展避险教育")
NAV = ("首页", "政务公开", "政务服务", "互动交流", "走进青山")


def anchors(texts: tuple[str, ...], between: str = " | ") -> str:
    return between.join(f'<a href="/{i}.html">{text}</a>' for i, text in enumerate(texts))


def listed(texts: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f'<li><a href="/{i}.html">{text}</a></li>' for i, text in enumerate(texts)) + "</ul>"


def marked(form: str = "<p>{}</p>") -> str:
    return "\n".join(form.format(text) for text in BODY)


GOVERNMENT = f"""<div class="top"><a href="/">设为首页</a> <a href="/m">手机版</a></div><div id="nav">{listed(NAV)}</div>
<div class="dqwz">您当前的位置：{anchors(NAV[:2], " &gt; ")} &gt; 正文</div><div class="main"><h1>{TITLE}</h1>
<div class="info">发布时间：2024-05-07 来源：县政府办 浏览次数：88 字号：
<a href="#">大</a> <a href="#">中</a> <a href="#">小</a></div>
<div class="TRS_Editor"><style>p {{ margin: 0 }}</style>{marked("<p>&nbsp;&nbsp;&nbsp;&nbsp;{}</p>")}</div>
<div class="bdsharebuttonbox">分享到：<a href="#">微信</a></div><div class="xgyd"><h3>相关阅读</h3>{listed(NEWS)}</div></div>
<div class="footer"><p>主办：青山县人民政府办公室</p><p>本网站的内容，未经许可，任何单位不得转载。</p></div>"""
WECHAT = f"""<div id="page-content"><h1 id="activity-name">
  {TITLE}
</h1><div id="meta_content"><a href="javascript:void(0);" id="js_name">青山发布</a></div>
<div id="js_content" style="visibility: hidden; opacity: 0;">
{marked('<section><p><span leaf="">{}</span></p></section><p><br></p>')}</div>
<p style="display:none">微信扫一扫，关注该公众号，每天都有新内容。</p><div class="rich_media_tool"><a href="#">阅读原文</a></div></div>"""
TABLES = f"""<table width=760><tr><td>{anchors(NAV)}</td></tr></table>
<table><tr><td width=180><table><tr><td>{anchors(NEWS, "<br>")}</td></tr></table></td><td>
<table><tr><td align=center><font size=5><b>{TITLE}</b></font></td></tr><tr><td>{"<br><br>".join("　　" + text for text in BODY)}
</td></tr><tr><td>上一篇：<a href=1>{NEWS[0]}</a></td></tr></table></td></tr></table>
<table><tr><td>Copyright 2005 青山网 版权所有</td></tr></table>"""
FORM = f"""<form id="aspnetForm" action="a.aspx"><div class="menu">{listed(NAV)}</div><h2>{TITLE}</h2>
<span id="lblContent">{"<br/>".join(BODY)}</span>
<div class="comment"><h3>网友评论</h3><p>写得很实在，对我们基层的同志很有帮助，收藏了慢慢看。</p></div></form>"""
ARTICLE = f"""<header><nav>{listed(NAV)}</nav></header><main><article><header><h1>{TITLE}</h1></header>{marked()}</article>
<aside><h2>延伸阅读</h2>{listed(NEWS)}</aside></main><footer><p>地址：青山县迎宾大道1号</p></footer>"""
SOUP = f"""<div><div>{anchors(NAV, " ")}</div><div><div><strong>{TITLE}</strong></div>
<div>{marked("<div><div><span>{}</span></div></div>")}</div></div>
<div>{anchors(NEWS, "<br>")}</div></div>"""
INDENTED = f"""<div class=nav>{anchors(NAV)}</div><h1>{TITLE}</h1><div class=content>{"".join("　　" + text for text in BODY)}</div>"""
PRE = f"""<div class=nav>{anchors(NAV)}</div><pre>{TITLE}
{chr(10).join(BODY)}</pre>"""
PAGES = f"""<div class=nav>{anchors(NAV)}</div><h1>{TITLE}</h1><div class="page1">{"".join(f"<p>{text}</p>" for text in BODY[:7])}</div>
<div class="page2"><p>{BODY[7]}</p></div><div class="side"><h3>点击排行</h3>{listed(NEWS)}</div>"""


def page(body: str, title: str = TITLE + "_青山县人民政府", head: str = "") -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'.encode()


def lines_of(body: str) -> tuple[str, ...]:
    """Lines of a page that names no title."""
    return read_webpage(page(body, ""), "甲.html").lines


@pytest.mark.parametrize("body", [GOVERNMENT, WECHAT, TABLES, FORM, ARTICLE, SOUP, INDENTED, PRE, PAGES])
def test_text_of_the_page_and_nothing_else(body: str) -> None:
    assert read_webpage(page(body), "甲.html").lines == (TITLE, *BODY)


def test_what_was_left_out_is_said() -> None:
    assert read_webpage(page(ARTICLE), "甲.html").notices == ("已去掉网页上的导航、链接等 12 行",)


@pytest.mark.parametrize("head", [f'<meta name="ArticleTitle" content="{TITLE}">', f'<meta property="og:title" content="{TITLE}">'])
def test_title_from_the_head_of_the_page(head: str) -> None:
    assert read_webpage(page(f"<div>{marked()}</div>", "详情", head), "甲.html").lines[:2] == (TITLE, BODY[0])


@pytest.mark.parametrize("title", [f"{TITLE}-青山新闻网", f"青山网 | {TITLE}", f"{TITLE} - 党建 - 青山论坛", TITLE])
def test_name_of_the_site_is_no_title(title: str) -> None:
    assert read_webpage(page(f"<div>{marked()}</div>", title), "甲.html").lines[:2] == (TITLE, BODY[0])


def test_dashes_of_a_title_stay() -> None:
    title = "青山县2021-2025年防汛规划——征求意见稿"
    assert read_webpage(page(f"<div>{marked()}</div>", title), "甲.html").lines[0] == title


@pytest.mark.parametrize(
    ("named", "codec"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("utf-8", "utf-8"),
        ("big5", "big5hkscs"),
        ("gb2312", "utf-8"),
        ("", "gb18030"),
        ("utf-8", "utf-16"),
    ],
)
def test_encodings(named: str, codec: str) -> None:
    text = "各位代表，今天我們開會，大家都來了，這是為了人民的工作。" if codec == "big5hkscs" else BODY[2]
    source = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={named}"></head><body><p>{text}</p></body></html>'
    assert read_webpage(source.encode(codec), "甲.htm").lines == (text,)


def test_little_text_in_much_source() -> None:
    source = f"<script>{'var a = 1;' * 5000}</script><p>{BODY[2]}</p>"
    assert read_webpage(source.encode("gb18030"), "甲.htm").lines == (BODY[2],)


def test_rare_characters_of_a_gb2312_page() -> None:
    source = '<meta charset="gb2312"><p>镕基、喆、㙟村的堤段都要有人看守。</p>'
    assert read_webpage(source.encode("gb18030"), "甲.htm").lines == ("镕基、喆、㙟村的堤段都要有人看守。",)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_one_broken_byte_does_not_matter(codec: str) -> None:
    data = (f'<meta charset="{codec}">' + marked() * 20).encode(codec).replace("险情".encode(codec), b"\xff\xcf", 1)
    assert read_webpage(data, "甲.htm").lines.count(BODY[2]) == 20


@pytest.mark.parametrize(
    ("opening", "numbers"),
    [
        ("<ol>", ("1.", "2.")),
        ('<ol start="3">', ("3.", "4.")),
        ('<ol type="A">', ("A.", "B.")),
        ('<ol style="list-style-type: simp-chinese-informal">', ("一、", "二、")),
        ('<ol start=11 style="list-style: cjk-ideographic inside">', ("十一、", "十二、")),
        ('<ol style="list-style:none">', ("", "")),
        ("<ul>", ("", "")),
    ],
)
def test_numbers_of_lists_are_written_out(opening: str, numbers: tuple[str, str]) -> None:
    items = ("堤段要有人看，夜里也不能断人。", "物资要点清楚，缺的当天补齐。")
    found = lines_of(opening + "".join(f"<li><p>{item}</p></li>" for item in items))
    assert found == tuple(number + item for number, item in zip(numbers, items, strict=True))


def test_number_that_stands_there_is_not_written_twice() -> None:
    assert lines_of("<ol><li>1. 堤段要有人看，夜里也不能断人。</li></ol>") == ("1. 堤段要有人看，夜里也不能断人。",)


def test_lines_and_cells() -> None:
    table = "<table><tr><td>甲村<br>三处</td><td>乙村</td></tr></table>"
    body = "<p>堤段要有人看，&ldquo;人在岗&rdquo;不是一句空话。<br>物资要点清楚。</p>"
    assert lines_of(table + body) == ("甲村", "三处", "乙村", "堤段要有人看，“人在岗”不是一句空话。", "物资要点清楚。")


def test_line_ends_of_the_source_are_no_spaces() -> None:
    assert lines_of("<p>堤段要有人\n      看，夜里\r\n也不能断人，用 GPS\n定位。</p>") == ("堤段要有人看，夜里也不能断人，用 GPS 定位。",)


def test_reading_aids_are_left_out() -> None:
    assert lines_of("<p>把<ruby>堤<rp>(</rp><rt>dī</rt><rp>)</rp></ruby>段看好，夜里也不能断人。</p>") == ("把堤段看好，夜里也不能断人。",)


def test_struck_text_is_left_out_and_said() -> None:
    content = read_webpage(page("<p>堤段要<del>常常</del>天天有人看，夜里也不能断人。</p>", ""), "甲.html")
    assert content.lines == ("堤段要天天有人看，夜里也不能断人。",)
    assert content.notices == ("已略去网页上划掉的文字 2 个字",)


def test_strike_that_is_never_closed_strikes_nothing() -> None:
    assert lines_of("<p>开头的一句话，说明来意。<s></p>" + marked())[1:] == BODY


def test_hidden_signs_between_words_are_left_out() -> None:
    body = '<p>堤段要有人看<span style="display:none">x9!k</span>，夜里也<font class="jammer">8 K$</font>不能断人。</p>'
    assert lines_of(body) == ("堤段要有人看，夜里也不能断人。",)


def test_what_was_left_out_is_listed_where_it_stood() -> None:
    """Every line of the page is either read or listed, furniture, struck and hidden text alike."""
    nav = "<ul><li><a href=/1>首页</a></li><li><a href=/2>公文</a></li></ul>"
    foot = "<div class=footer>版权所有 青山县融媒体中心</div>"
    struck = '<p>堤段要<del>常常</del>天天有人看，<span style="display:none">x9!k<script>var a</script></span>夜里也不能断人。</p>'
    content = read_webpage(page(f"{nav}{marked()}{struck}{foot}"), "甲.html")
    assert content.lines == (TITLE, *BODY, "堤段要天天有人看，夜里也不能断人。")
    last = len(content.lines)
    assert [(r.line, r.text, r.kind) for r in content.dropped] == [
        (2, "首页", "site_widget"), (2, "公文", "site_widget"), (last, "常常", "hidden"), (last, "x9!k", "hidden"),
        (last + 1, "版权所有 青山县融媒体中心", "site_widget"),
    ]  # fmt: skip
    assert content.notices[-1] == "网页里有隐藏文字 1 处，没有读入"


def test_scripts_in_hidden_places_are_no_hidden_text() -> None:
    content = read_webpage(page("<p>堤段要有人看<span hidden><script>var a = 1</script></span>，夜里也不能断人。</p>", ""), "甲.html")
    assert content.dropped == content.notices == ()


def test_entities_that_a_page_defines_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "哈哈">' + "".join(f'<!ENTITY {y} "&{x};&{x};">' for x, y in pairwise("abcdefgh")) + "]>"
    content = read_webpage((bomb + page(f"<p>夜里也不能断人&h;。</p>{marked()}").decode()).encode(), "甲.html")
    assert "哈哈" not in "".join(content.lines[1:])
    assert set(BODY) <= set(content.lines)


def test_text_under_a_misleading_name_stays() -> None:
    assert lines_of(f'<div class="share-box print-area"><div class="footer">{marked()}</div></div>') == BODY


def test_links_all_over_the_text_tell_nothing() -> None:
    body = "".join(f"<p><a href=/a>{text[:2]}</a>{text[2:-1]}<a href=/b>{text[-1]}</a></p>" for text in BODY[2:7])
    assert lines_of(body.replace(BODY[3], f"<a href=/c>{BODY[3]}</a>")) == BODY[2:7]


def test_beginnings_of_other_texts_are_left_out() -> None:
    others = "".join(f"<div><a href=/x><h4>{text}</h4></a><p>近日，{text}，受到干部群众的好评。</p></div>" for text in NEWS)
    assert lines_of(f"<div>{marked()}{marked()}{marked()}</div><div>{others}</div>") == BODY * 3


def test_page_of_short_lines_stays() -> None:
    assert lines_of("<div class=nav>" + listed(NAV) + "</div><div><p>人在岗</p><p>话说准</p></div>") == ("人在岗", "话说准")


def test_text_under_the_wrong_name() -> None:
    text = "同志们：\n1 < 2，这不是网页。\n　　夜里也不能断人。"
    assert read_webpage(text.encode("gb18030"), "甲.html").lines == tuple(text.split("\n"))


def test_web_archive() -> None:
    inner = page(ARTICLE).replace(b"=", b"=3D")
    data = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n"
    data += b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + inner + b"\r\n--b--\r\n"
    assert read_webpage(data, "甲.mht").lines == (TITLE, *BODY)


def test_web_archive_nested_beyond_reason() -> None:
    part = b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n'
    with pytest.raises(ReadError, match="网页存档已损坏"):
        read_webpage(b"MIME-Version: 1.0\r\n" + b"".join(part % (i, i) for i in range(3000)), "甲.mht")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<html><frameset cols=2><frame src=a.htm></frameset></html>", "框架网页"),
        ("<html><body><div id=app></div><script>load()</script></body></html>", "网页里没有文字"),
    ],
)
def test_page_without_text(source: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_webpage(source.encode(), "甲.html")


SENTENCE = "堤段要有人看，夜里也不能断人。"


@pytest.mark.parametrize("deep", ["<div>", "<ul><li>", "<table><tr><td>", "<b><div>", "<div></b>", "<span>"])
def test_depth_does_not_matter(deep: str) -> None:
    assert read_webpage((deep * 50_000 + SENTENCE).encode(), "甲.html").lines == (SENTENCE,)


BLOCKS = ["<div><p>" + SENTENCE + "</p></div>", "<p>" + SENTENCE, "<a href=x>词</a>", "<h1>题</h1>", "<li>"]


@pytest.mark.parametrize("part", [*BLOCKS, SENTENCE, "　", " ", "\n", "&nbsp;", "aB", "<"])
def test_a_very_long_page_is_read(part: str) -> None:
    """Would take hours if time grew squared."""
    page = read_webpage(("<title>题_目</title><p>" + part * 100_000 + SENTENCE).encode(), "甲.html")
    assert page.lines[-1].endswith(SENTENCE)


TAGS = ("div", "p", "ol", "ul", "li", "table", "td", "pre", "a", "s", "h1", "title", "form", "svg", "br", "textarea", "span")
MORE = ("", " href=x", " class='nav title'", " style='display:none'", " start=9 value=x")
ODD = (SENTENCE, "一、", "　　", "&nbsp;", "&#0;", "&#x110000;", "<!--", "-->", "<![CDATA[", "\x00", "\ud7ff", "𠮷")
PIECES = st.sampled_from([f"<{mark}{tag}{more}>" for tag in TAGS for mark in ("", "/") for more in MORE] + list(ODD))


@settings(max_examples=300, deadline=5000)
@given(st.lists(PIECES, max_size=40))
def test_any_page(pieces: list[str]) -> None:
    check("".join(pieces).encode())


@settings(max_examples=200, deadline=5000)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    check(data)
    check(b"<html><p>" + data)


def check(data: bytes) -> None:
    try:
        content = read_webpage(data, "甲.html")
    except ReadError:
        return
    assert isinstance(content, Content)
    assert all("\n" not in line for line in content.lines)
