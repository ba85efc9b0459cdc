"""What pages say before, inside and behind a speech."""

import pytest

from phrasebank.clean import Cleaned, clean
from phrasebank.frontmatter import kind_of
from phrasebank.inspect import inspect
from phrasebank.model import RawText

PROSE = "各镇村要把防汛排查一户一户做实，问题不过夜，责任不悬空，让群众睡得安稳。"
BODY = (
    "今年以来，全县上下抓项目、稳增长、惠民生，各项工作取得了新的成效，大家辛苦了。",
    "一、把责任扛起来",
    PROSE,
)
TITLE = "在临河镇防汛工作会议上的讲话"


def cleaned(*lines: str) -> Cleaned:
    return clean(RawText("a.txt", lines))


def kept(*lines: str) -> list[str]:
    return [text.strip() for _, text in cleaned(*lines).lines if text.strip()]


@pytest.mark.parametrize(
    "line",
    [
        f"下面是小编为大家整理的{TITLE}（精选文档），供大家参考。",
        f"《{TITLE}.docx》由会员分享，可在线阅读，更多相关《{TITLE}.docx（9页）》请在云帆文库上搜索。",
        "开会发言人人都会遇到，怎样讲才不冷场？下面是小编给大家收集的防汛讲话，希望对您有所帮助。",
        "怎样讲话才不冷场？下面给大家分享一些防汛讲话，希望对大家有所帮助。",
        "講話怎麼寫？下面是小編整理的防汛講話，歡迎大家借鑑與參考，希望對大家有所幫助。",
        "颁布单位：青山县人民政府 | 文号： |",
        "|来源：青山网",
        "|阅读模式",
        "【摘要】：今年以来，全县上下抓项目、稳增长、惠民生，各项工作取得了新的成效。",
        "导语：今年以来，全县上下抓项目、稳增长、惠民生，各项工作取得了新的成效。",
        f"首页 领导讲话 {TITLE}",
        "2024-05-06 10:22:31 云帆",
        "青山学刊 2024年3期",
        "索引号 | 0031-2024 | 公开目录 | 讲话 |",
        "|",
    ],
)
def test_words_of_a_page_above_a_speech(line: str) -> None:
    assert kept(TITLE, line, *BODY) == [TITLE, *BODY]


def test_a_speech_that_follows_the_words_of_a_page_in_one_line_stays() -> None:
    opening = "同志们：今天我们召开防汛工作会议。"
    assert kept(TITLE, f"下面是小编为大家整理的{TITLE}，供大家参考。{opening}", *BODY)[1] == opening


def test_one_of_two_equal_titles_stays() -> None:
    assert kept("主持词的格式", "时间：2023-08-31", "防汛主持词格式", *BODY) == ["防汛主持词格式", *BODY]


def test_a_byline_that_comes_twice_is_no_title() -> None:
    names = "■ 王建国 李志强"
    assert kept(names, TITLE, names, *BODY)[0] == TITLE


def test_greetings_and_collections_are_no_buttons() -> None:
    top = ("（12篇）防汛讲话汇编", "下午好！")
    assert kept(*top, *BODY) == [*top, *BODY]


@pytest.mark.parametrize(
    ("before", "stray", "behind"),
    [
        ("各镇村要把排查做实。", "[查看原文]", ""),
        ("各镇村要把排查做实。", " 展开全文>>", ""),
        ("各镇村要把排查做实。", "（县防汛办供稿）", ""),
        ("各镇村要把排查", "第 3 页 共 12 页", "一户一户做实。"),
        ("这是我们对群众的", "`", "责任，要一户一户排查。"),
        ("", "= k3 H; w% a& |( 9n% J5 ", "各镇村要把排查做实，责任不悬空。"),
        ("", "秘书之友—全网资源每日更新 www.example.com", "各镇村要把排查做实，责任不悬空。"),
        ("各镇村要把排查做实", "💪🏽✌🏻", "，责任不悬空。"),
        ("各镇村要把排查", "……此处隐藏10243个字……", "一户一户做实。"),
        ("", "-精品文档推荐-", "各镇村要把排查做实，责任不悬空。"),
    ],
)
def test_strays_inside_a_line(before: str, stray: str, behind: str) -> None:
    assert kept(TITLE, *BODY, before + stray + behind, BODY[0])[-2] == before + behind


@pytest.mark.parametrize(
    "line",
    [
        "各单位要组织干部职工把文件带回去查看原文。",
        "下面，我给大家分享三点体会，希望对大家有所帮助。",
        "要看到第3页共性问题清单列出的差距，逐条整改。",
        "今年要完成(1)、(2)、(3)、(4)项任务，GDP增长5.2%，R&D投入增长3.1%。",
        "要用好县里的《防汛手册》和会员单位的救援力量，推动责任落实。",
    ],
)
def test_what_only_looks_like_a_stray(line: str) -> None:
    assert not cleaned(TITLE, BODY[0], line, BODY[2]).removed


def test_page_numbers_of_a_viewer_are_told_from_items() -> None:
    pages = (f"{BODY[0]}下一步要把各项任务落到实处，防止侥", f"幸心理，守住底线。{BODY[2]}会后各单位要", "逐条对照。")
    torn = [f"{n}、{text}" for n, text in enumerate(pages, 1)]
    assert [r.text for r in cleaned(*torn).removed] == ["1、", "2、", "3、"]
    items = [f"{n}、{text}" for n, text in enumerate(BODY, 1)]
    assert not cleaned(TITLE, *items).removed


@pytest.mark.parametrize(
    "note",
    [
        "这篇讲话稿旨在动员大家做好防汛工作，语言流畅，符合会议场合的需求。希望对你有所帮助！",
        "以上就是小编为大家整理的防汛讲话，希望对大家有所帮助。",
        "小编给大家整理的防汛讲话就到这里，希望对大家有所帮助。",
    ],
)
def test_what_a_page_says_below_a_speech_takes_nothing_with_it(note: str) -> None:
    assert kept(TITLE, *BODY, note) == [TITLE, *BODY]


def test_a_section_named_twice_goes_where_a_title_stands() -> None:
    assert kept("学习园地频道", "学习园地频道", TITLE, *BODY) == [TITLE, *BODY]


def test_links_below_their_heading_need_no_form() -> None:
    links = ("最新文章", "临河大桥合龙 两岸群众奔走相告…", "县医院新楼启用")
    assert kept(TITLE, *BODY, *links) == [TITLE, *BODY]


def test_a_copy_of_the_title_below_goes() -> None:
    assert kept(TITLE, *BODY, f"云帆文稿{TITLE}") == [TITLE, *BODY]


@pytest.mark.parametrize(
    ("label", "numbers"), [("开学典礼致辞{}", "123"), ("防汛工作汇报篇{}", "123"), ("防汛工作汇报【篇{}】", "一二三")]
)
def test_counted_titles_part_a_collection(label: str, numbers: str) -> None:
    lines = [line for n in numbers for line in (label.format(n), "各位老师：", *BODY)]
    assert len(inspect(RawText("a.txt", tuple(lines))).pieces) == 3


def test_the_first_of_counted_titles_is_no_copy() -> None:
    first = f"{TITLE}【篇一】 同志们："
    assert kept(TITLE, "下面是小编给大家整理的讲话，仅供参考。", first, *BODY) == [TITLE, first, *BODY]


def test_a_page_head_parts_nothing() -> None:
    lines = [line for n in (1, 2, 3) for line in (f"{TITLE} {n}", BODY[0], BODY[2])]
    assert len(inspect(RawText("a.txt", (TITLE, *lines))).pieces) == 1


@pytest.mark.parametrize(
    ("line", "kind"), [("城管局副局长述职报告", None), ("城管局副局长王建国", "speaker"), ("发言人：王建国", "speaker")]
)
def test_a_title_names_no_speaker(line: str, kind: str | None) -> None:
    assert kind_of(line) == kind


def test_a_fragment_without_sentences_loses_its_buttons_only() -> None:
    heads = ("一、总体要求", "二、重点任务", "三、组织保障")
    assert kept("文档简介", "已阅读5页，还剩15页未读 继续免费阅读", *heads) == list(heads)


@pytest.mark.parametrize(
    "line",
    [
        "责任单位：县水务局", "完成时限：2025年12月", "牵头领导：王伟", "存在问题", "立行立改", "（鼓掌）", "120", "已完成",
    ],
)  # fmt: skip
def test_what_a_plan_repeats_is_no_watermark(line: str) -> None:
    """Work plans say under each task who does it by when."""
    plan = [text for n in range(4) for text in (f"（{'一二三四'[n]}）把第{n}段河堤看住，" + PROSE, line)]
    assert clean(RawText("稿.txt", ("防汛工作方案", *plan))).removed == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "要严厉打击代写作业、代笔造假这类事情。",
        "各村要及时关注“清风临河”公众号，组织党员一起看。",
        "要用好“一扫通”二维码，商户扫码就能申领补贴，充值、缴费一次办好。",
        "这份材料大家带回去，继续阅读，认真领会。",
        "大家有什么意见，可以打电话，也可以发邮件到 lhzdb@163.com 。",
        "我的电话贴在村口，24小时开机，欢迎大家监督，号码是13900000000。",
        "查看全文、逐段对照，才能找准自己的差距。",
        "要建立素材库、案例库，为党员教育出一份力。",
    ],
)
def test_who_speaks_of_downloads_is_no_advertiser(sentence: str) -> None:
    assert clean(RawText("稿.txt", ("在会上的讲话", PROSE, sentence, PROSE + sentence))).removed == ()


@pytest.mark.parametrize(
    "line", ["此致", "敬礼", "祝好！", "主题词：防汛 工作 通知", "（共印50份）", "县委办公室 2025年3月8日印发", "承诺人（签字）："]
)
def test_closings_and_imprints_stay(line: str) -> None:
    assert clean(RawText("稿.txt", ("关于防汛工作的通知", PROSE, line))).removed == ()


@pytest.mark.parametrize("line", ["上一页", "更多", "审核意见", "联系人：王伟", "年 月 日"])
def test_a_form_has_no_buttons(line: str) -> None:
    """What would be furniture around a page is a field in an office document."""
    assert clean(RawText("表.docx", ("防汛物资申领表", PROSE, line))).removed == ()
