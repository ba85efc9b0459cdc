"""Foreign matter goes, the speech stays, and nothing is lost between the two."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phrasebank.clean import Cleaned, clean
from phrasebank.inspect import inspect, to_json
from phrasebank.model import RawText

BEFORE = ("在青山县春季工作会议上的发言", "同志们：", "今天开会，主要是安排下一阶段的工作，请大家认真听。")
AFTER = ("我们要把责任扛在肩上，一件一件抓好落实。",)


def cleaned(*lines: str) -> Cleaned:
    return clean(RawText("稿.txt", lines))


def around(line: str) -> Cleaned:
    return cleaned(*BEFORE, line, *AFTER)


@pytest.mark.parametrize(
    "line",
    [
        "更多公文写作材料，请关注微信公众号：青山笔友",
        "本文由青山文秘网www.qswm123.com整理发布",
        "【青山公文网】每日更新优质材料，永久会员仅需99元",
        "加客服微信：qs88888 领取最新讲话稿合集",
        "QQ群：123456789，欢迎加入",
        "下载本文需要5积分",
        "以下内容需要付费后阅读",
        "声明：本站所有资源均来自网络，仅供学习交流使用，版权归原作者所有。",
        "转载请注明：公文范文网 » 一篇讲话",
        "上一篇：心得体会",
        "扫描下方二维码关注我们",
        "您当前的位置：首页 > 范文大全 > 讲话稿",
        "发布时间：2024-05-06 10:22  浏览次数：1234",
        "[hide]此处内容回复可见[/hide]",
        "............试读到此结束............",
        "（本文共计3456字，预览结束，下载后可查看全文）",
        "- 12 -",
        "第3页 共8页",
        "==========",
        "您还没有登录，请登录后发表评论",
        "联系电话：13800001111（微信同号）",
    ],
)
def test_foreign_lines_go(line: str) -> None:
    found = around(line)
    assert [(r.line, r.text) for r in found.removed] == [(4, line)]


@pytest.mark.parametrize(
    "line",
    [
        "开通政务微信公众号，方便群众扫码下载办事材料，提升服务水平。",
        "加强版权保护，严厉打击侵权盗版行为。",
        "完善会员制度，发展商会会员，提高会员企业的参与度。",
        "增加群众收入，引导低收入群体学一门技术。",
        "用好微信群、村级平台、文化书屋等载体宣传政策。",
        "公布举报电话12345，接受社会监督。",
        "请大家把会议材料带回去认真阅读，抓好传达学习。",
        "资金来源：县级财政配套。",
        "阅读量突破百万次，点击率居全市前列。",
    ],
)
def test_speeches_may_speak_of_such_things(line: str) -> None:
    assert around(line).removed == ()


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ("##paidbegin##", "paywall_marker"),
        ("（来源：青山文秘网www.qswm.com）", "watermark"),
        ("【青山公文网】", "watermark"),
        ("qs123.com", "watermark"),
        ("……（此处省略300字）……", "omission_marker"),
        ("（加微信qs12345）", "watermark"),
    ],
)
def test_marks_inside_a_line_go(mark: str, kind: str) -> None:
    found = around(f"要把责任扛在肩上，抓好各{mark}项任务落实。")
    assert [(r.text, r.kind) for r in found.removed] == [(mark, kind)]
    assert dict(found.lines)[4] == "要把责任扛在肩上，抓好各项任务落实。"


def test_a_mark_cut_by_a_line_break_goes() -> None:
    found = cleaned(*BEFORE, "我们要抓好各（来源：青山文秘网ww", "w.qswm.com）项任务的落实。", *AFTER)
    assert dict(found.lines)[4] + dict(found.lines)[5] == "我们要抓好各项任务的落实。"


def test_a_sentence_of_advertising_at_the_end_of_a_paragraph_goes() -> None:
    found = around("要把责任扛在肩上，抓好落实。更多材料请关注公众号：青山笔友")
    assert dict(found.lines)[4] == "要把责任扛在肩上，抓好落实。"


def test_an_open_note_and_its_end_on_the_next_line_go() -> None:
    found = cleaned(*BEFORE, "各乡镇 ……（未完，全文共3000字，当前显示1200字。", "收藏《工作会议上的发言》）")
    assert [r.line for r in found.removed] == [4, 5]
    assert found.gaps == ((4, 4),)


def test_buttons_go_in_a_row_only() -> None:
    assert [r.line for r in cleaned("下载", "打印", "【字号：", "大", "小", "】", *BEFORE).removed] == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]
    assert cleaned(*BEFORE, "更多", BEFORE[2]).removed == ()
    assert [r.line for r in cleaned(*BEFORE, "更多").removed] == [4]


def test_links_behind_the_speech_go() -> None:
    found = cleaned(*BEFORE, *AFTER, "相关阅读：", "青山县召开春季动员会", "临河镇开展环境整治")
    assert [r.line for r in found.removed] == [5, 6, 7]


def test_outline_goes_and_is_kept_as_headings() -> None:
    found = cleaned(
        "目录", "一、认清形势", "二、抓实任务", "三、强化保障", "……", "在会上的发言", "一、认清形势", "形势很好。"
    )
    assert [r.kind for r in found.removed] == ["toc"] * 5
    assert [h.text for h in found.outline] == ["认清形势", "抓实任务", "强化保障"]
    assert dict(found.lines)[7] == "一、认清形势"


def test_outline_without_title_is_told_by_its_repetition() -> None:
    body = ("一、认清形势", "形势很好。", "二、抓实任务", "任务很重。", "三、强化保障", "保障要强。")
    found = cleaned("发言提要", *body[::2], *body)
    assert [r.line for r in found.removed] == [2, 3, 4]


def test_a_list_of_headings_without_body_stays() -> None:
    assert cleaned("工作要点", "一、认清形势", "二、抓实任务", "三、强化保障").removed == ()


def test_doubled_title_goes() -> None:
    found = cleaned(BEFORE[0], "", " " + BEFORE[0], *BEFORE[1:])
    assert [(r.line, r.kind) for r in found.removed] == [(3, "duplicate_title")]


PIECES = st.sampled_from(
    [
        "##paid##",
        "【青山公文网】",
        "www.qs.com",
        "（未完，全文共30字",
        "加微信qs123456",
        "目录",
        "一、抓落实",
        "（一）",
        "“引语”",
        "。",
        "，",
        "\t",
        "下载",
        "第1篇：",
        "同志们：",
        "1.",
        "%",
        "***",
        "2024年",
        "青山县",
        "试读结束",
        "上一篇：",
        "有人说，",
        "……",
        "&nbsp;",
        " ",
        "“",
        "《",
        "https://",
        "@",
        "[hide]",
    ]
)
LINES = st.lists(st.lists(PIECES | st.text(max_size=12), max_size=8).map("".join), max_size=12)


@settings(max_examples=300, deadline=None)
@given(LINES)
def test_kept_and_removed_are_the_original(lines: list[str]) -> None:
    """Whatever the input, every character is either kept or reported as removed, on its own line."""
    raw = RawText("x", tuple(lines))
    found = clean(raw)
    both: dict[int, Counter[str]] = {n: Counter() for n in range(1, len(lines) + 1)}
    for number, text in [*found.lines, *((r.line, r.text) for r in found.removed)]:
        both[number].update(text)
    assert both == {n: Counter(line) for n, line in enumerate(lines, 1)}
    to_json(inspect(raw))


@pytest.mark.parametrize(
    "unit",
    ["抓落实，", "“", "（", "《", "【", "a.", "镇", "十", "1", "…", "、和", "www.", "http://", "*", "要，", "第一，"],
)
def test_a_huge_line_is_read(unit: str) -> None:
    """Would take hours if time grew squared; how fast it is, benchmarks/reading.py tells."""
    found = inspect(RawText("x", (unit * (500_000 // len(unit.encode())),)))
    assert {item.line for item in (*found.removed, *(p for piece in found.pieces for p in piece.paragraphs))} == {1}
