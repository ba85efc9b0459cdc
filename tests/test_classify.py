"""What a sentence does, and what must never be taken for a measure."""

import pytest

from phrasebank.classify import Place, classify, facets_of, genre_of, theme_of
from phrasebank.model import Lexicon, Topic

GUARDED = {"measure", "pledge", "appeal", "achievement"}


def under(*headings: str) -> Place:
    return Place(headings, 0.5, first=False, opening=False)


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("要进一步压实责任，把任务落到每个岗位。", "measure"),
        ("强化队伍建设，选好用好年轻干部。", "measure"),
        ("做好安全工作，是发展的根本前提。", "significance"),
        ("习近平总书记强调，要把安全放在第一位。", "basis"),
        ("一年来，粮食增产取得了明显成效。", "achievement"),
        ("究其原因，主要是因为责任没有压实。", "cause"),
        ("我们将如期完成任务，请大家监督。", "pledge"),
        ("下面，我谈三点体会。", "transition"),
        ("以上发言，不妥之处请批评指正。", "closing"),
    ],
)
def test_roles(sentence: str, role: str) -> None:
    assert classify(sentence, under())[0] == role


@pytest.mark.parametrize(
    "sentence",
    [
        "有的干部学习不够深入，落实不到位。",
        "有些同志遇事推诿扯皮，不敢担当。",
        "工作中存在重部署轻落实的现象。",
        "调研不够细致，对群众的难处了解不深。",
        "如果不抓好落实，再好的政策也要打折扣。",
        "队伍难带动，任务难推开。",
        "少数党员不学习，对政策一知半解。",
    ],
)
def test_faults_are_negative_and_never_measures(sentence: str) -> None:
    role, polarity = classify(sentence, under("下一步举措"))
    assert polarity == "negative"
    assert role not in GUARDED


@pytest.mark.parametrize("sentence", ["有人说，只要把活干完就行，学习可以不学。", "有的人认为，抓安全没必要天天讲。"])
def test_views_to_be_refuted(sentence: str) -> None:
    role, polarity = classify(sentence, under("抓好学习的举措"))
    assert polarity == "refuted"
    assert role not in GUARDED


def test_what_follows_a_refuted_view() -> None:
    place = Place((), 0.5, first=False, opening=False, previous="problem", previous_polarity="refuted")
    assert classify("甚至觉得多一事不如少一事。", place)[1] == "refuted"
    assert classify("正是因为有这种想法，一些工作停在纸上。", place)[1] == "negative"


@pytest.mark.parametrize(
    "sentence", ["要坚决克服形式主义，不搞面子工程。", "着力解决群众反映强烈的问题，补齐短板。", "防止出现推诿扯皮。"]
)
def test_faults_that_are_fought_are_no_faults(sentence: str) -> None:
    assert classify(sentence, under())[1] == "plain"


def test_a_heading_that_names_faults_makes_what_stands_below_negative() -> None:
    assert classify("深入一线的时间还比较少。", under("当前存在的问题与不足"))[1] == "negative"
    assert classify("深入一线，多听群众意见。", under("坚持问题导向，解决群众难题"))[1] == "plain"


SAFETY = Topic("安全生产", ("安全", "事故"), (Topic("责任落实", ("责任", "负责")), Topic("隐患排查", ("隐患", "排查"))))


def test_facets_and_themes() -> None:
    assert facets_of("排查每一处隐患，把责任扛起来", SAFETY) == ("隐患排查", "责任落实")
    assert facets_of("今天天气好", SAFETY) == ()
    lexicon = Lexicon((SAFETY, Topic("乡村振兴", ("乡村", "农村"))))
    assert theme_of("安全生产工作发言", "抓好农村工作", lexicon).name == "安全生产"
    assert theme_of("发言", "无关", lexicon).name is None


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("在全县工作会议上的讲话", "会议讲话"),
        ("正确政绩观研讨发言", "研讨发言"),
        ("2024年述职述廉报告", "述职述廉报告"),
        ("学习心得体会", "心得体会"),
        ("表态发言", "表态发言"),
        ("会议主持词", "主持词"),
        ("年度工作总结", "工作总结"),
        ("关于道路的调研报告", "调研报告"),
        ("一封信", None),
    ],
)
def test_genres_by_title(title: str, genre: str | None) -> None:
    assert genre_of(title, "", "正文", Lexicon()).name == genre
