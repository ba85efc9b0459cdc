"""PDF files: built here byte by byte, set in a font whose codes are the characters themselves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phrasebank.errors import ReadError
from phrasebank.model import Removed
from phrasebank.readers.content import Content
from phrasebank.readers.pdf import read_pdf
from phrasebank.readers.typeset import Row, paragraphs

WIDTH, HEIGHT, LEFT, SIZE, PITCH = 595, 842, 88, 16, 29
COLUMNS = 26
"""Characters of a line; the right margin stands at LEFT + COLUMNS * SIZE."""
CMAP = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n" + b"".join(
    b"1 beginbfrange <%02X00> <%02XFF> <%02X00> endbfrange\n" % (high, high, high) for high in range(256)
) + b"endcmap end end"

Line = tuple[str, float, float, float]
"""Text, left edge, base line, size."""

BODY = [
    "　　今天召开这次会议，主要任务是把入汛以来的工作理一理，把还没有落到人头上的责任分一分，把大家的劲头鼓起来。",
    "　　一、把底子摸清",
    "　　上半年，全镇把沿河七个村的堤段走了两遍，查出隐患四十一处，已经整改三十六处。余下五处卡在资金上，镇里正在想办法。",
    "　　二、把责任压实",
    "　　各村支部书记是第一责任人，要做到守土有责、守土尽责，一旦有险情，人要在岗、话要说准、物资要到位，不许推给别人。",
]


def build(pages: list[list[Line]], pictures: tuple[int, ...] = (), extra: str = "", trailer: bytes = b"") -> bytes:
    """A PDF with these lines on its pages; on the pages numbered in `pictures` lies one picture as large as the page."""
    image = b"<< /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), b" ".join(b"%d 0 R" % (7 + 2 * i) for i in range(len(pages)))),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        b" /DW 1000 /W [32 [250] 33 126 500] /FontDescriptor << /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -120 1000 880]"
        b" /Ascent 880 /Descent -120 /CapHeight 700 /ItalicAngle 0 /StemV 80 >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(CMAP), CMAP),
        image,
    ]
    for number, lines in enumerate(pages):
        drawn = "".join(f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n" for text, x, y, size in lines)
        drawn += f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q\n" if number + 1 in pictures else ""
        content = (drawn + extra).encode()
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F 3 0 R >> /XObject << /I 6 0 R >> >>"
            b" /Contents %d 0 R >>" % (WIDTH, HEIGHT, 8 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    data, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return data + head + b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(data))


def wrapped(paragraphs: list[str], columns: int = COLUMNS) -> list[str]:
    """Lines of so many characters."""
    return [text[i : i + columns] for text in paragraphs for i in range(0, len(text), columns)]


def placed(lines: list[str], top: float = 720, left: float = LEFT, size: float = SIZE) -> list[Line]:
    """Lines one under the other; an indent moves a line, as a word processor does, and is not set."""
    found = []
    for number, text in enumerate(lines):
        indent = (len(text) - len(text.lstrip("　"))) * size
        found.append((text.lstrip("　"), left + indent, top - number * PITCH, size))
    return found


def centred(text: str, base: float, size: float = 22) -> Line:
    return text, LEFT + (COLUMNS * SIZE - len(text) * size) / 2, base, size


def stripped(paragraphs: list[str]) -> tuple[str, ...]:
    return tuple(text.strip("　") for text in paragraphs)


def lines_of(data: bytes) -> tuple[str, ...]:
    return read_pdf(data, "甲.pdf").lines


def test_paragraphs_are_joined_across_lines_and_pages() -> None:
    lines = wrapped(BODY)
    pages = [placed(lines[:6]), placed(lines[6:])]
    assert lines_of(build(pages)) == stripped(BODY)


def test_page_numbers_and_running_heads_go() -> None:
    lines = wrapped(BODY)
    head = ("临河镇防汛工作材料汇编", LEFT, 790, 9)
    numbers = ["— 1 —", "第 2 页 共 4 页", "3/4", "共四页，第四页"]
    pages = [[head, *placed(lines[i * 3 : i * 3 + 3]), (numbers[i], 280, 60, 10.5)] for i in range(4)]
    content = read_pdf(build(pages), "甲.pdf")
    assert content.lines == stripped(BODY)
    assert content.notices == ("已去掉页眉、页脚和页码 8 处",)
    assert [r.text for r in content.dropped] == [text for number in numbers for text in (head[0], number)]
    assert {r.kind for r in content.dropped} == {"running_head"}
    lines_before = [r.line for r in content.dropped]
    assert lines_before == sorted(lines_before)
    assert (lines_before[0], lines_before[-1]) == (1, len(BODY) + 1)


def test_figure_in_the_body_stays() -> None:
    pages = [placed(["　　三项指标分别是：", "　　41", "　　36", "　　5"])]
    assert lines_of(build(pages)) == ("三项指标分别是：", "41", "36", "5")


def test_title_of_two_lines_is_one_and_its_subtitle_another() -> None:
    title = [centred("在临河镇防汛备汛工作", 770), centred("推进会上的讲话", 735), centred("——坚持底线思维", 700, 16)]
    pages = [[*title, *placed(wrapped(["同志们：", *BODY]), top=650)]]
    assert lines_of(build(pages)) == ("在临河镇防汛备汛工作推进会上的讲话", "——坚持底线思维", "同志们：", *stripped(BODY))


def test_paragraphs_without_indent_are_told_by_their_spacing() -> None:
    lines: list[Line] = []
    base = 760.0
    texts = list(stripped(BODY))
    for text in texts:
        for line in wrapped([text]):
            lines.append((line, LEFT, base, SIZE))
            base -= 22
        base -= 14
    assert lines_of(build([lines])) == tuple(texts)


def test_text_of_a_number_that_stands_out_and_a_block_set_in() -> None:
    first, second = ["1." + BODY[2].strip("　"), "2." + BODY[4].strip("　")], BODY[0].strip("　")
    lines: list[Line] = []
    for text in first:
        start, rest = text[: COLUMNS - 1], wrapped([text[COLUMNS - 1 :]], COLUMNS - 2)
        lines += [(start, LEFT, 0, SIZE), *((line, LEFT + 2 * SIZE, 0, SIZE) for line in rest)]
    lines += [(line, LEFT + 4 * SIZE, 0, SIZE) for line in wrapped([second], 18)]
    lines += [(line, LEFT, 0, SIZE) for line in wrapped([second])]
    data = build([[(text, left, 780 - number * PITCH, size) for number, (text, left, _, size) in enumerate(lines)]])
    assert lines_of(data) == (*first, second, second)


def test_two_columns_are_read_one_after_the_other() -> None:
    lines = wrapped(BODY * 2, 13)
    half = len(lines) // 2
    left, right = placed(lines[:half], size=12, left=70), placed(lines[half:], size=12, left=330)
    both = [line for pair in zip(left, right, strict=False) for line in pair] + right[len(left) :]
    assert lines_of(build([both])) == stripped(BODY * 2)


def test_footnote_stands_after_the_paragraph_that_goes_on_over_it() -> None:
    lines = wrapped(BODY[:1])
    pages = [[*placed(lines[:2]), ("①指今年四月以来的情况。", LEFT, 130, 9)], placed([*lines[2:], *wrapped(BODY[2:])])]
    assert lines_of(build(pages)) == (BODY[0].strip("　"), "①指今年四月以来的情况。", *stripped(BODY[2:]))


def test_radicals_and_ligatures_become_letters() -> None:
    assert lines_of(build([placed(["⼀切为了⺠生，依靠⼈⺠，ﬁve ⻓堤"])])) == ("一切为了民生，依靠人民，five 长堤",)


def test_letter_spacing_is_no_text() -> None:
    assert lines_of(build([[("通 知", 250, 780, 22), *placed(wrapped(BODY))]]))[0] == "通 知"
    assert lines_of(build([[("会 议 纪 要", 220, 700, 22), *placed(wrapped(BODY), top=650)]]))[0] == "会议纪要"


def test_blank_without_room_between_characters_goes() -> None:
    first, second = ("堤段要有人看，", LEFT, 700, SIZE), (" 夜里也不能断人。", LEFT + 6.75 * SIZE, 700, SIZE)
    assert lines_of(build([[first, second]])) == ("堤段要有人看，夜里也不能断人。",)


def test_bold_type_set_twice_is_read_once_but_a_dash_is_two_signs() -> None:
    text = "——坚持底线思维"
    data = build([[(text, LEFT, 700, SIZE), (text[2:], LEFT + 2 * SIZE + 0.3, 700, SIZE)]])
    assert lines_of(data) == (text,)


def test_watermark_aslant_goes() -> None:
    mark = f"BT /F 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm <{'内部资料'.encode('utf-16-be').hex()}> Tj ET"
    content = read_pdf(build([placed(wrapped(BODY))], extra=mark), "甲.pdf")
    assert content.lines == stripped(BODY)
    assert content.dropped == (Removed(1, "内部资料", "watermark"),)
    assert content.notices == ("已去掉斜放的水印 1 页",)


def test_page_shown_turned_is_read_as_it_was_set() -> None:
    data = build([placed(wrapped(BODY))]).replace(b"/Contents", b"/Rotate 90 /Contents")
    assert lines_of(data) == stripped(BODY)


def test_scan_is_named_as_such() -> None:
    with pytest.raises(ReadError, match=r"扫描件.*OCR"):
        read_pdf(build([[], []], pictures=(1, 2)), "甲.pdf")


def test_scanned_pages_among_others_are_named() -> None:
    content = read_pdf(build([placed(wrapped(BODY)), [("扫描全能王", 400, 40, 9)]], pictures=(2,)), "甲.pdf")
    assert content.lines == stripped(BODY)
    assert content.notices == ("第 2 页（共 1 页）是扫描的图片，没有读出文字，要先做文字识别（OCR）",)


def test_pages_without_anything() -> None:
    with pytest.raises(ReadError, match="没有文字"):
        read_pdf(build([[]]), "甲.pdf")


def test_text_without_codes_is_not_passed_on() -> None:
    with pytest.raises(ReadError, match="乱码"):
        read_pdf(build([placed(["\ue123\ue124\ue125" * 8])]), "甲.pdf")


def test_encrypted_file() -> None:
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]" % (b"11" * 32, b"22" * 32)
    with pytest.raises(ReadError, match="密码"):
        read_pdf(build([placed(BODY)], trailer=lock), "甲.pdf")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"no pdf at all", build([placed(BODY)])[:300]])
def test_damaged_file(data: bytes) -> None:
    with pytest.raises(ReadError, match="不是有效的 PDF"):
        read_pdf(data, "甲.pdf")


def test_too_many_pages() -> None:
    with pytest.raises(ReadError, match="超过 2000 页"):
        read_pdf(build([[]] * 2001), "甲.pdf")


def test_a_page_of_very_many_rows_is_read() -> None:
    """Would take hours if time grew squared."""
    page = [(text, x, 800 - i * 0.5, 1.0) for i, (text, x, _, _) in enumerate(placed(wrapped(BODY)) * 80)]
    assert read_pdf(build([page]), "甲.pdf").lines


GOOD = build([placed(wrapped(BODY))])


@settings(max_examples=80, deadline=5000)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.binary(max_size=6)), max_size=6))
def test_damage_never_ends_in_anything_but_an_error_of_ours(blows: list[tuple[int, bytes]]) -> None:
    data = bytearray(GOOD)
    for place, blow in blows:
        data[place : place + len(blow)] = blow
    check(bytes(data))


@settings(max_examples=80, deadline=5000)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    check(b"%PDF-1.4\n" + data)


def check(data: bytes) -> None:
    try:
        content = read_pdf(data, "甲.pdf")
    except ReadError:
        return
    assert isinstance(content, Content)
    assert all("\n" not in line for line in content.lines)


def test_a_short_line_set_in_ends_its_paragraph() -> None:
    """A page set in a font that is not there has signs of half the width, and indents of four of them: a heading is no block set in,
    while one that fills its lines is."""

    def read(first: str) -> list[str]:
        texts = [(80.0, "堤" * 55), (112.0, first), (112.0, "想过了，也查过了。"), (80.0, "渠" * 55)]
        rows = [Row(text, left, left + 8 * len(text), 700 - 29 * n, 8, 0.8 - n / 20) for n, (left, text) in enumerate(texts)]
        return paragraphs([rows])[0]

    assert "想过了，也查过了。" in read("三、立足岗位落实，交出正确政绩观的答卷")
    assert "想过了，也查过了。" not in read("心" * 40)
