"""What `nigao inspect` shows to people: the short view, and the whole text with marks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrasebank.classify import genre_of, theme_of
from phrasebank.inspect import inspect
from phrasebank.model import (
    Defect,
    Heading,
    Inspection,
    Lexicon,
    Paragraph,
    Parallel,
    Piece,
    Quoted,
    RawText,
    Removed,
    Sentence,
    Slot,
    Topic,
)
from tui.cli import main
from tui.output import Output
from tui.views.columns import breaks, cut, visible, width, wrap
from tui.views.inspection import inspection_lines
from tui.views.marked import lines_of, marked_lines
from tui.views.page import Page

SGR = re.compile("\x1b\\[[0-9;]*m")
PLAIN = Page(Output(color=False).paint)
COLOURED = Page(Output(color=True).paint)
LETTERS = st.text(alphabet="同志们要抓好安全。，“”（）[]a1 :;,%\t\x1b\u200b", max_size=60)


def piece(*headings: Heading, **about: object) -> Piece:
    """A speech with two sentences."""
    sentences = (Sentence("要查清隐患。", 3, "measure", "plain"), Sentence("谢谢大家。", 3, "closing", "plain"))
    paragraph = Paragraph(3, "要查清隐患。谢谢大家。", "measure", "plain", headings[:1], sentences)
    usual = Piece("安全生产讲话", "会议讲话", "安全生产", "同志们：", False, 1, 9, headings, (paragraph,))
    return replace(usual, **about)  # type: ignore[arg-type]


def found(**lists: object) -> Inspection:
    """An inspection in which only what is given was found."""
    nothing = Inspection("稿.txt", (piece(),), (), (), (), (), ())
    return replace(nothing, **lists)  # type: ignore[arg-type]


def view(inspection: Inspection, page: Page = PLAIN) -> str:
    return "\n".join(inspection_lines(inspection, page))


# ---------------------------------------------------------------- columns
def test_width_counts_chinese_twice() -> None:
    assert [width(text) for text in ("", "abc", "安全", "a安", "“安”")] == [0, 3, 4, 3, 6]


@pytest.mark.parametrize("columns", [3, 6, 7, 40])
def test_cut_text_fits_and_says_that_it_is_cut(columns: int) -> None:
    shown = cut("安全生产abc隐患排查", columns)
    assert width(shown) <= columns
    assert shown.endswith("…") == (columns < 40)


@given(LETTERS, st.integers(4, 30))
def test_wrapped_text_fits_and_is_whole(text: str, columns: int) -> None:
    lines = list(wrap(text, columns))
    assert "".join(lines) == text
    assert all(width(line) <= columns for line in lines)


def test_no_line_begins_with_a_closing_mark_or_tears_a_word() -> None:
    assert list(wrap("要查清隐患，要压实责任", 10)) == ["要查清隐", "患，要压实", "责任"]
    assert list(wrap("联系nigao写稿", 8)) == ["联系", "nigao写", "稿"]
    assert list(wrap("会议“安全”", 6)) == ["会议", "“安", "全”"]


def test_breaks_of_half_a_megabyte_are_found_in_one_pass() -> None:
    assert len(breaks("安，" * 250_000, 80)) > 10_000


def test_control_and_invisible_characters_are_shown_and_not_obeyed() -> None:
    assert visible("a\x1b[2J\t\u200b\u202e\ud800") == "a‹U+001B›[2J⇥‹U+200B›‹U+202E›‹U+D800›"


# ---------------------------------------------------------------- the short view
def test_a_piece_tells_who_says_what_where() -> None:
    told = piece(
        subtitle="在调度会上", speaker="青山县委书记", date="2026年3月5日", genre_confidence=0.95, theme_confidence=0.4, truncated=True,
        closing="让我们守住平安！", level="县", place="青山县",
    )  # fmt: skip
    shown = view(found(pieces=(told,), notices=("文件里有宏，没有运行",)))
    for part in (
        "稿.txt", "文件里有宏", "安全生产讲话", "在调度会上", "青山县委书记", "2026年3月5日", "同志们：", "会议讲话（把握 95%）",
        "可能是安全生产（把握 40%）", "11 字，1 段", "被截断", "举措 1", "结尾 1", "结尾　让我们守住平安！", "级别　县", "地方　青山县",
    ):  # fmt: skip
        assert part in shown


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    shown = view(found(pieces=(piece(title=None, genre=None, theme="安全生产", theme_confidence=1.0),)))
    assert "没有标题" in shown
    assert "文种　没有认出" in shown
    assert "安全生产（文件头写明）" in shown


def test_headings_stand_as_a_tree() -> None:
    headings = (
        Heading(1, "一、", "提高认识", 2, run_in=False, group=1),
        Heading(2, "（一）", "思想上不松", 3, run_in=True, group=2),
        Heading(2, "（二）", "行动上不慢", 4, run_in=True, group=2),
        Heading(3, "1.", "查隐患", 5, run_in=False),
        Heading(1, "二、", "压实责任", 6, run_in=False, group=1),
        Heading(2, "（一）", "严格考核", 8, run_in=False, in_body=False),
    )
    tree = [line for line in view(found(pieces=(piece(*headings),))).splitlines() if re.search("[├└]", line)]
    assert tree == [
        "  ├─ 一、提高认识  2 条并列，第2行",
        "  │  ├─ （一）思想上不松  2 条并列，段首，第3行",
        "  │  └─ （二）行动上不慢  段首，第4行",
        "  │     └─ 1.查隐患  第5行",
        "  └─ 二、压实责任  第6行",
        "     └─ （一）严格考核  目录里有，正文已缺",
    ]


def test_long_lists_are_cut_short_unless_all_is_wanted() -> None:
    removed = tuple(Removed(n, f"广告第{n}条" + "，欢迎订阅" * 20, "ad") for n in range(1, 8))
    short, whole = view(found(removed=removed)), view(found(removed=removed), replace(PLAIN, full=True))
    assert "另有 4 处，--all 全部列出" in short
    assert "广告第7条" not in short
    assert "--all" not in whole
    assert all(f"第{n}行  广告第{n}条" in whole for n in range(1, 8))


def test_damage_that_needs_a_hand_comes_before_what_is_mended() -> None:
    defects = (*(Defect(n, "half_width_punctuation", ",") for n in range(9)), Defect(5, "censored_name", "XX书记"))
    shown = view(found(defects=defects))
    assert shown.index("姓名被遮 1　查原稿补全") < shown.index("半角标点 9　,×9，入库时改成全角")


def test_words_of_others_are_listed_with_who_said_them_and_names_counted() -> None:
    quotations = (
        Quoted(3, "“小洞不补，大洞吃苦”", "saying", "老话"),
        *(Quoted(n, "“敲门行动”", "name") for n in range(3)),
    )
    shown = view(found(quotations=quotations))
    assert "第3行  “小洞不补，大洞吃苦”——老话" in shown
    assert "专名 3　“敲门行动”×3" in shown


def test_names_come_by_kind_and_the_most_frequent_first() -> None:
    slots = (
        Slot(1, "临河镇", "place"),
        Slot(2, "青山县", "place"),
        Slot(3, "青山县", "place"),
        Slot(3, "三月", "date"),
    )
    assert "地名 3　青山县×2、临河镇\n  时间 1　三月" in view(found(slots=slots))


def test_short_forms_bear_their_full_names() -> None:
    slots = (Slot(1, "青山", "place", full="青山县"), Slot(2, "青山", "place", full="青山县"))
    assert "地名 2　青山（青山县）×2" in view(found(slots=slots))


def test_parallels_show_their_frame_those_with_most_members_first() -> None:
    rows = (Parallel(2, "查隐患、补短板", "X、X", 2), Parallel(4, "要严、要细、要实", "要X", 3))
    shown = view(found(parallels=rows))
    assert shown.index("第4行  3 项  要X：要严") < shown.index("第2行  2 项")


def test_unknown_kinds_are_not_shown_in_english() -> None:
    assert not re.search("[a-z]_[a-z]", view(found(removed=(Removed(1, "某某", "new_kind"),))))


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("full", [False, True])
def test_no_line_is_wider_than_the_terminal(columns: int, full: bool) -> None:
    long = "安全生产工作" * 30
    heading = Heading(3, "1.", long, 4, run_in=True, group=1)
    everything = found(
        pieces=(piece(heading, heading, title=long, subtitle=long),), notices=(long,), removed=(Removed(1, long, "ad"),),
        defects=(Defect(2, "typo", long),), quotations=(Quoted(3, long, "saying", long), Quoted(3, long, "name")),
        parallels=(Parallel(2, long, long, 12),), slots=(Slot(1, long, "place"),),
    )  # fmt: skip
    assert max(width(line) for line in inspection_lines(everything, Page(PLAIN.paint, columns, full))) <= columns


def test_colours_change_nothing_but_colours() -> None:
    raw = RawText("稿.txt", ("讲话##paidbegin##", "同志们：", "XX书记说,要严。"))
    inspection = inspect(raw)
    coloured = view(inspection, COLOURED)
    assert SGR.search(coloured)
    assert SGR.sub("", coloured) == view(inspection)
    marked = ["\n".join(marked_lines(raw, inspection, page, True)) for page in (COLOURED, PLAIN)]
    assert SGR.sub("", marked[0]) == marked[1]


# ---------------------------------------------------------------- the whole text with marks
def stretches(raw: RawText, inspection: Inspection) -> str:
    """The marked text in a short notation: <removed>, {damaged}, and the level of a heading as a digit before it."""
    shown = ""
    for line in lines_of(raw, inspection):
        for part in line.stretches:
            text = f"<{part.text}>" if part.removed else f"{{{part.text}}}" if part.damaged else part.text
            shown += (str(part.level) if part.level else "") + text
        shown += "".join(f"@{note.kind}" for note in line.notes) + "\n"
    return shown


def test_what_was_taken_out_stands_in_its_place() -> None:
    raw = RawText("稿.txt", ("工作思##x##路清", "广告"))
    removed = (Removed(1, "##x##", "paywall_marker", 3), Removed(2, "广告", "ad"))
    inspection = found(removed=removed, defects=(Defect(1, "inline_marker", "##x##"),))
    assert stretches(raw, inspection) == "工作思<##x##>路清\n<广告>\n"
    shown = list(marked_lines(raw, inspection, PLAIN, False))
    assert shown[-2:] == ["1 　　 工作思［删·付费标记：##x##］路清", "2 删　 ［删·广告：广告］"]


def test_what_the_reader_left_out_stands_where_it_stood() -> None:
    """A button that the reader left out, and one in a line that reads the same: the line loses only its own."""
    dropped = (Removed(2, "打印", "site_widget"), Removed(3, "版权所有", "hidden"))
    raw = RawText("稿.html", ("同志们：", "打印工作要抓实。"), dropped=dropped)
    inspection = found(removed=(dropped[0], Removed(2, "打印", "site_widget"), dropped[1]))
    assert stretches(raw, inspection) == "同志们：\n<打印>\n<打印>工作要抓实。\n<版权所有>\n"
    assert list(marked_lines(raw, inspection, PLAIN, False))[-4:] == [
        "1 　　 同志们：",
        "  删　 ［删·网页零件：打印］",
        "2 　　 ［删·网页零件：打印］工作要抓实。",
        "  删　 ［删·隐藏或划掉的字：版权所有］",
    ]


def test_what_the_reader_left_out_is_counted_and_listed() -> None:
    dropped = (Removed(1, "首页", "site_widget"), Removed(3, "— 1 —", "running_head"))
    inspection = inspect(RawText("稿.pdf", ("在青山县工作会议上的讲话", "同志们：要抓实。"), dropped=dropped))
    assert inspection.removed == dropped
    assert "页眉页脚" in view(inspection)


def test_damage_is_found_around_what_was_taken_out() -> None:
    raw = RawText("稿.txt", ("占比##x##达%，占比达%。",))
    removed = (Removed(1, "##x##", "paywall_marker", 2),)
    defects = (Defect(1, "missing_number", "占比达%"), Defect(1, "missing_number", "占比达%"))
    assert stretches(raw, found(removed=removed, defects=defects)) == "{占比}<##x##>{达%}，{占比达%}。\n"
    line = list(marked_lines(raw, found(removed=removed, defects=defects), PLAIN, False))[-1]
    assert line.count("〔破损：数字缺失〕") == 2
    assert line.startswith("1 损　 ")


def test_a_sentence_torn_over_two_lines_is_marked_on_its_last() -> None:
    raw = RawText("稿.txt", ("要推动责任", "落到"))
    shown = stretches(
        raw, found(defects=(Defect(2, "truncated_end", "要推动责任落到"), Defect(1, "broken_line", "责任落到")))
    )
    assert shown == "要推动责任@broken_line\n{落到}\n"


def test_half_width_marks_are_named_once_a_line() -> None:
    raw = RawText("稿.txt", ("要严,要细,比例3,5。",))
    inspection = found(defects=(Defect(1, "half_width_punctuation", ","),))
    assert stretches(raw, inspection) == "要严{,}要细{,}比例3,5。@half_width_punctuation\n"


def test_headings_are_marked_as_far_as_they_go() -> None:
    raw = RawText("稿.txt", ("一、抓责任", "（一）抓考核。要严。"))
    headings = (Heading(1, "一、", "抓责任", 1, run_in=False), Heading(2, "（一）", "抓考核", 2, run_in=True))
    inspection = found(pieces=(piece(*headings),))
    assert stretches(raw, inspection) == "1一、抓责任\n2（一）抓考核。要严。\n"
    assert [part.level for line in lines_of(raw, inspection) for part in line.stretches] == [1, 2, 0]


def test_a_header_of_the_file_is_shown_too() -> None:
    raw = RawText("稿.md", ("", "", "讲话"), {"title": "讲话"})
    assert "文件头　title：讲话" in "\n".join(marked_lines(raw, found(), PLAIN, False))


@given(st.lists(LETTERS, min_size=1, max_size=12), st.integers(20, 80))
def test_every_character_of_the_file_appears(lines: list[str], columns: int) -> None:
    raw = RawText("稿.txt", tuple(lines))
    inspection = inspect(raw)
    assert ["".join(part.text for part in line.stretches) for line in lines_of(raw, inspection)] == lines
    margin = len(str(len(lines))) + 4
    rows = list(marked_lines(raw, inspection, Page(PLAIN.paint, columns), True))
    first = next(n for n, row in enumerate(rows) if re.match(" *1 .. ", row))
    below = " " * (margin + 2)  # the margin of a line that goes on
    text = "".join(row.removeprefix(below) if row.startswith(below) else f"\n{row[margin:]}" for row in rows[first:])
    shown = re.sub("［删·[^：]*：|］|〔[^〕]*〕|⏎", "", text)
    assert shown == "".join(f"\n{visible(line)}" for line in lines)


def test_half_a_megabyte_on_one_line_is_marked_in_one_pass() -> None:
    raw = RawText("稿.txt", ("要严,要细。" * 80_000,))
    inspection = found(defects=(Defect(1, "half_width_punctuation", ","),))
    assert sum(len(part.text) for line in lines_of(raw, inspection) for part in line.stretches) == 480_000


# ---------------------------------------------------------------- the command
@pytest.fixture
def speech(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "80")
    file = tmp_path / "稿.txt"
    file.write_text("抓安全的讲话\n同志们：\nXX书记说，要严。\n上一篇：在动员会上的讲话\n", "utf-8")
    return str(file)


def test_the_command_shows_the_view_the_marks_or_json(speech: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = {}
    for option in ("--quiet", "--all", "--marked", "--json"):
        assert main(["inspect", speech, option]) == 0
        shown[option] = capsys.readouterr().out
    assert "姓名被遮 1" in shown["--quiet"]
    assert "姓名被遮 1" in shown["--all"]
    assert "3 损　 XX书记〔破损：姓名被遮〕说，要严。" in shown["--marked"]
    assert json.loads(shown["--json"])["pieces"][0]["genre_confidence"] > 0.9
    assert not any(SGR.search(text) for text in shown.values())


def test_the_forms_exclude_each_other(speech: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["inspect", speech, "--json", "--marked"])
    assert stopped.value.code == 2
    assert "不能和 --json 一起用" in capsys.readouterr().err


def test_inspecting_loads_no_textual(speech: str) -> None:
    program = f"import sys; from tui.cli import main; main(['inspect', {speech!r}]); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"textual", "rich", "jieba", "docx"} & set(done.stdout.split())


# ---------------------------------------------------------------- how sure genre and theme are
LEXICON = Lexicon(
    (Topic("安全生产", ("隐患", "事故")), Topic("乡村振兴", ("乡村", "农户"))), (Topic("会议讲话", ("讲话", "推进会")),)
)


def test_a_title_tells_the_genre_for_certain_and_words_hardly() -> None:
    speech = "同志们：今天召开推进会。" + "要抓实。" * 400
    titled = genre_of("在推进会上的讲话", "", speech, LEXICON)
    opened = genre_of("抓实工作", "", "同志们：今天召开推进会，请先看讲话稿。" + "要抓实。" * 400, LEXICON)
    mentioned = genre_of("抓实工作", "", "要抓实。" * 400 + "推进会上的讲话要学。", LEXICON)
    assert (titled.name, opened.name, mentioned.name) == ("会议讲话",) * 3
    assert titled.confidence > 0.9 > opened.confidence > 0.5 > mentioned.confidence > 0


def test_a_formal_document_is_hardly_a_speech() -> None:
    assert genre_of("关于学习讲话精神的通知", "", "各单位要组织学习。", LEXICON).confidence < 0.5


def test_a_report_to_a_congress_is_told_by_its_opening() -> None:
    opening = "各位代表：下面，由我代表青山县政府，向大会作上一年的工作报告。"
    guess = genre_of("——在青山县第十届人民代表大会第二次会议上", "", opening, Lexicon())
    assert guess.name == "政府工作报告"
    assert guess.confidence > 0.9


def test_a_theme_is_sure_when_its_words_lead_far() -> None:
    filler = "我们要把各项工作抓实抓细。" * 40
    one = theme_of("", filler + "排查隐患，防住事故。" * 12, LEXICON)
    both = theme_of("", filler + "排查隐患，防住事故。" * 12 + "走进乡村，走访农户。" * 11, LEXICON)
    assert one.name == both.name == "安全生产"
    assert one.confidence > 0.6
    assert both.confidence < 0.3


def test_a_header_is_certain_and_nothing_known_is_zero() -> None:
    told = inspect(RawText("稿.md", ("讲话", "要抓实。"), {"genre": "党课"}), LEXICON).pieces[0]
    assert (told.genre, told.genre_confidence) == ("党课", 1.0)
    assert (told.theme, told.theme_confidence) == (None, 0.0)
