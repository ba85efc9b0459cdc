"""What stands around the text of a speech."""

import pytest

from phrasebank.frontmatter import closing_of, kind_of
from phrasebank.inspect import inspect
from phrasebank.model import Piece, RawText

TEXT = "今天我们开会，主要是把汛期的工作再理一遍。大家要把各自的河段看住，把该备的沙袋备齐。"


def piece(*lines: str) -> Piece:
    (found,) = inspect(RawText("稿.txt", lines)).pieces
    return found


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("（2024年3月5日）", "date"),
        ("2024年3月", "date"),
        ("二〇二四年三月五日", "date"),
        ("2024-03-05", "date"),
        ("——在全县防汛工作会议上的讲话", "subtitle"),
        ("（在临河镇防汛工作会议上的讲话）", "subtitle"),
        ("临河镇党委书记　张 三", "speaker"),
        ("讲话人：李四", "speaker"),
        ("青山县应急管理局", "speaker"),
        ("中共临河镇委员会", "speaker"),
        ("王 建国", "speaker"),
        ("方案", None),
        ("引言", None),
        ("一、汛期的形势", None),
        ("防汛工作怎么抓", None),
        (TEXT, None),
    ],
)
def test_lines_are_told_by_their_form(line: str, kind: str | None) -> None:
    assert kind_of(line) == kind


def test_front_matter_in_its_places() -> None:
    found = piece("把防汛抓在平时", "——在全县防汛工作会议上的讲话", "青山县副县长　张三", "（2024年3月5日）", "同志们：", TEXT)
    assert (found.title, found.subtitle, found.speaker, found.date, found.salutation) == (
        "把防汛抓在平时", "——在全县防汛工作会议上的讲话", "青山县副县长　张三", "2024年3月5日", "同志们：",
    )  # fmt: skip


def test_a_date_behind_the_name() -> None:
    found = piece("把防汛抓在平时", "临河镇镇长 李四（2024年3月5日）", "同志们：", TEXT)
    assert (found.speaker, found.date) == ("临河镇镇长 李四", "2024年3月5日")


def test_a_signature_is_no_text_and_no_break() -> None:
    found = piece("述职报告", TEXT, "以上报告，请予审议。", "临河镇党委", "2024年12月20日")
    assert (found.speaker, found.date, found.truncated, found.closing) == ("临河镇党委", "2024年12月20日", False, "以上报告，请予审议。")


def test_a_title_on_two_lines() -> None:
    assert piece("在临河镇春季防汛工作", "动员会议上的讲话", "同志们：", TEXT).title == "在临河镇春季防汛工作动员会议上的讲话"


@pytest.mark.parametrize(
    ("first", "second"),
    [("青山县今年农村防汛工作", "推进会议上的讲话"), ("临河镇春耕动员会和", "农技下乡活动安排意见")],
)
def test_a_title_on_two_lines_that_opens_no_occasion(first: str, second: str) -> None:
    assert piece(first, second, "同志们：", TEXT).title == first + second


def test_thanks_that_run_in_are_the_closing() -> None:
    assert closing_of([TEXT + "我的发言完了。谢谢大家！"]) == "我的发言完了。谢谢大家！"


def test_a_subtitle_does_not_join_the_title() -> None:
    assert piece("守住汛期每一天", "在防汛工作会议上的讲话", "同志们：", TEXT).title == "守住汛期每一天"


@pytest.mark.parametrize(
    "last",
    [
        "我的发言完了，谢谢大家！", "以上是我的几点认识，不当之处请批评指正。",
        "同志们，汛情就是命令，让我们马上行动起来！",
        "最后，祝大家工作顺利！",
    ],
)
def test_closing_words(last: str) -> None:
    assert closing_of([TEXT, last]) == last
    assert piece("防汛发言", TEXT, last).closing == last


@pytest.mark.parametrize("last", [TEXT, "以上问题要在汛前全部改好，改不好的要说明原因，由分管同志盯着改。"])
def test_a_speech_may_just_end(last: str) -> None:
    assert closing_of([TEXT, last]) is None


def test_siblings_bear_one_group() -> None:
    found = piece(
        "防汛讲话", "一、看清形势", TEXT, "（一）雨情", TEXT, "（二）水情", TEXT,
        "二、压实责任", TEXT, "（一）巡查", TEXT, "（二）值守", TEXT,
    )  # fmt: skip
    assert [h.group for h in found.headings] == [1, 2, 2, 1, 3, 3]


def test_a_heading_the_body_lost_is_known_from_the_outline() -> None:
    outline = ("目录", "一、看清形势", "（一）雨情", "二、压实责任", "（一）巡查", "（二）值守", "……")
    found = piece("防汛讲话", *outline, "一、看清形势", TEXT, "（二）值守", TEXT)
    assert [h.text for h in found.paragraphs[-1].path] == ["压实责任", "值守"]
    assert {h.text for h in found.headings if not h.in_body} == {"雨情", "压实责任", "巡查"}
