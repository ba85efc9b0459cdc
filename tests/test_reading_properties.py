"""What holds of reading whatever the text: it never fails, loses nothing unsaid, and names the lines things stand on."""

from __future__ import annotations

import html
import json
import re
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from phrasebank.clean import clean
from phrasebank.errors import ReadError
from phrasebank.inspect import inspect, to_json
from phrasebank.model import RawText
from phrasebank.readers import read

often = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)

# ---------------------------------------------------------------- texts of all kinds
HAN = "我们要把工作抓实同志一二三四五六七八九十首先其次是讲话目录全县青山临河镇省市年月日第篇会上的人民群众微信关注打印关闭"
MARKS = "，。；：？！、“”‘’《》【】（）()[]<>「」—…·,.;:?!\"'#*_~|/\\@&%$￥+-=〇○×＊　 \t"
ODD = "\x00\x07\x0b\x0c\x1b\x1c\x85\u00a0\u00ad\u200b\u200d\u200e\u202e\u2028\u2029\u2066\ufeff\ufffd\ud800\udcff😀👩‍💻🇨🇳é̂ñ𠮷㊀①ⅣAbz019０９"

any_line = st.one_of(
    st.text(st.sampled_from(HAN + MARKS), max_size=80),
    st.text(st.sampled_from(HAN + MARKS + ODD), max_size=60),
    st.text(st.characters(exclude_characters="\n\r"), max_size=40),
)
number = st.sampled_from(
    [
        "一、", "二、", "（一）", "（二）", "(三)", "1.", "2．", "（1）", "第一，", "一是", "首先，", "一要", "第一章 ", "第1篇：",
        "【篇二】", "范文三：",
    ]
)  # fmt: skip
topic = st.sampled_from(["提高思想认识", "压实各级责任", "办好民生实事", "守住安全底线，筑牢防线", "以实干开新局"])
prose = st.sampled_from(
    [
        "临河镇把路修到了家门口，群众出门不再踩泥。", "同志们，干工作不能只看报表，要看灶台。",
        "老话说“桥要一块板一块板铺”，急不得，也停不得。", "全年新增就业1200人，增长3.5%；", "会议从10:30开到中午,大家都没有走.",
        "***总书记的话要记牢，占比达%，增长个百分点",
    ]
)  # fmt: skip
foreign = st.sampled_from(
    [
        "首页 > 讲话 > 正文", "【字号：大 中 小】", "打印", "关闭", "微信：abc12345", "QQ：1234567", "更多材料请关注公众号青山文库",
        "— 3 —", "第3页 共9页", "##paidbegin##", "##paidend##", "（未完待续）", "……试读结束……", "目录", "……", "相关文章：",
        "上一篇：在全县会议上的讲话", "责任编辑：张三", "来源：青山日报", "转载请注明出处：www.qingshan.com",
        "&nbsp;&nbsp;&ldquo;青山&rdquo;", "<p>青山</p>", "在全县工作会议上的讲话", "2024年5月1日", "县委书记 李四", "同志们：",
        "各位领导、同志们：", "谢谢大家！", "---", "title: 青山", "| 一 | 二 |", "", "　　", "   ",
    ]
)  # fmt: skip
heading = st.builds("{}{}{}".format, number, topic, st.sampled_from(["", "。", "：", ". ", "。临河镇先走了一步。"]))
mixed_line = st.lists(st.one_of(prose, heading, foreign, any_line), min_size=1, max_size=4).map("".join)
speech_line = st.one_of(heading, prose, foreign, prose, mixed_line, any_line)
texts = st.one_of(
    st.lists(speech_line, max_size=25),
    st.lists(any_line, max_size=12),
    st.text(st.sampled_from(HAN + MARKS + ODD + "\n"), max_size=300).map(lambda x: x.split("\n")),
)

repeated = (
    st.lists(st.one_of(speech_line, st.sampled_from(HAN + MARKS)), min_size=1, max_size=4).map("".join).filter(bool)
)
chinese_bytes = mixed_line.map(lambda x: x.encode("gb18030", "replace"))
openings = st.sampled_from([b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"---\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
file_bytes = st.one_of(
    st.binary(max_size=400),
    st.lists(st.one_of(st.binary(max_size=6), chinese_bytes), max_size=8).map(b"\n".join),
    st.tuples(openings, st.binary(max_size=200)).map(b"".join),
)


def raw(lines: list[str]) -> RawText:
    return RawText("t.txt", tuple(lines))


# ---------------------------------------------------------------- no input makes it fail
@often
@given(texts)
@example([])
@example([""])
@example(["\ud800"])
@example(["同志们："])
@example(["##paidbegin##"] * 3)
@example(["目录", "一、", "二、", "三、"])
def test_any_text_is_read_and_the_result_is_json(lines: list[str]) -> None:
    written = json.dumps(to_json(inspect(raw(lines))))
    assert json.dumps(json.loads(written)) == written


@often
@given(texts)
def test_the_same_text_gives_the_same_result(lines: list[str]) -> None:
    assert inspect(raw(lines)) == inspect(raw(list(lines)))


@settings(often, max_examples=25)
@given(repeated)
@example("（")
@example("一是")
@example("“")
@example("【青山文库】")
@example("第一，")
@example("的、")
@example("www.a.")
@example("1234567890")
@example("一、提高思想认识")
def test_a_very_long_line_takes_no_time_to_speak_of(part: str) -> None:
    """30,000 characters take about half a second in linear time, and many times that long in the square of it."""
    line = part * (30_000 // len(part))
    start = time.perf_counter()
    inspect(raw(["在全县会议上的讲话", line, "谢谢大家。"]))
    assert time.perf_counter() - start < 6, f"{part!r} repeated"


@often
@given(file_bytes, st.sampled_from([".txt", ".md", ".TXT", ""]))
def test_any_bytes_are_read_or_refused_in_words(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"t{suffix}"
    path.write_bytes(data)
    try:
        found = read(path)
    except ReadError as error:
        assert re.search(r"[\u4e00-\u9fff]", str(error))
    else:
        assert all("\n" not in line and "\r" not in line for line in found.lines)
        inspect(found)


# ---------------------------------------------------------------- removed + kept = the original
@often
@given(texts)
@example(["各位，工作思##paidbegin##路要清。"])
@example(["　　【青山文库】　同志们：（更多材料请关注青山文库）"])
@example(["目录", "一、提高认识", "二、压实责任", "三、办好实事", "同志们：", "一、提高认识", "临河镇先走了一步。"])
def test_what_was_removed_put_back_gives_the_text(lines: list[str]) -> None:
    cleaned = clean(raw(lines))
    kept = dict(cleaned.lines)
    assert len(kept) == len(cleaned.lines), "a line is kept twice"
    for n, line in enumerate(lines, 1):
        back = kept.pop(n, "")
        for r in sorted((r for r in cleaned.removed if r.line == n), key=lambda r: r.column):
            back = back[: r.column] + r.text + back[r.column :]
        assert back == line, f"line {n}"
    assert not kept, "a line is kept that the text does not have"
    assert all(1 <= r.line <= len(lines) and r.text for r in cleaned.removed)


# ---------------------------------------------------------------- line numbers
def printed(text: str) -> str:
    """A text without tags, spaces and what does not show, all of one width."""
    without_tags = re.sub(r"</?[A-Za-z][^<>]*>", "", html.unescape(text))
    return re.sub(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+", "", unicodedata.normalize("NFKC", without_tags)).replace("。", ".")


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", printed(text))


def begins_on(unit: str, line: str) -> bool:
    """Do the first letters of a unit stand on the line, or does the line end in what the unit begins with?"""
    return letters(unit)[:4] in letters(line) or any(
        form(unit).startswith(form(line)[-k:]) for form in (letters, printed) for k in range(1, len(form(line)) + 1)
    )


@often
@given(texts)
def test_things_stand_on_the_lines_they_name(lines: list[str]) -> None:
    """A paragraph with a run-in heading stands where the heading does."""
    text = raw(lines)
    kept = dict(clean(text).lines)
    for piece in inspect(text).pieces:
        assert 1 <= piece.first_line <= piece.last_line <= len(lines)
        heads = {h.line: h.number + h.text for h in piece.headings if h.in_body}
        units = [*heads.items(), *((p.line, heads.get(p.line, "") + p.text) for p in piece.paragraphs)]
        for n, unit in units:
            assert begins_on(unit, kept[n]), f"line {n} {kept[n]!r} has not {unit[:20]!r}"


SPEECH = [
    "在青山县民生实事推进会上的讲话", "（2024年3月5日）", "同志们：", "今天把大家请来，只谈一件事，就是百姓身边的小事怎么办。",
    "一、看清短板，不护短", "（一）路修得慢。石桥镇到县城的路修了两年，群众意见很大。",
    "（二）水送得迟。山里三个村去年夏天靠车拉水，这件事要记在账上。", "二、找准办法，不空转",
    "（一）盯住项目。每个项目一名领导、一张清单，按月对账。", "（二）管好资金。钱要花在群众看得见的地方，一分也不能挪。",
    "三、扛起责任，不推诿", "哪个环节拖了后腿，就由哪个单位来说明白。", "同志们，小事办好了，人心就齐了。让我们把答卷写在群众的门槛上。",
]  # fmt: skip
"""A speech invented for the test."""

harmless = st.sampled_from(
    [
        "", "　　", "【字号：大 中 小】", "更多材料请关注公众号青山文库", "##paidbegin##", "微信：abc12345", "QQ：1234567",
        "（此处省略300字）", "- 3 -", "转载请注明出处：www.qingshan.com",
    ]
)  # fmt: skip


@often
@given(st.lists(st.tuples(st.integers(0, len(SPEECH) - 1), harmless), max_size=12))
def test_lines_put_in_move_the_numbers_and_nothing_else(put: list[tuple[int, str]]) -> None:
    lines: list[str] = []
    at: dict[str, int] = {}
    for n, line in enumerate(SPEECH):
        lines += [x for where, x in put if where == n]
        lines.append(line)
        at[line] = len(lines)
    found = {h.number + h.text: h.line for p in inspect(raw(lines)).pieces for h in p.headings if h.in_body}
    want = {line.split("。")[0]: n for line, n in at.items() if re.match(r"[一二三]、|（[一二]）", line)}
    assert found == want


@often
@given(st.integers(18, 45), st.sampled_from(["", "　　", "    "]), st.integers(0, 2))
def test_hard_line_breaks_keep_the_numbers_right(width: int, indent: str, blank: int) -> None:
    lines: list[str] = []
    at: dict[str, int] = {}
    for line in SPEECH:
        lines += [""] * blank
        at[line] = len(lines) + 1
        printed = indent + line
        lines += [printed[n : n + width] for n in range(0, len(printed), width)]
    for piece in inspect(raw(lines)).pieces:
        for h in piece.headings:
            source = next(x for x in SPEECH if letters(x).startswith(letters(h.number + h.text)[:6]))
            assert h.line == at[source]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(" \n\t\n", "utf-8")
    with pytest.raises(ReadError):
        read(tmp_path / "t.txt")
