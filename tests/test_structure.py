"""Broken lines closed, pieces told apart, headings found in all their forms."""

import pytest

from phrasebank.clean import clean
from phrasebank.headings import parse_mark
from phrasebank.inspect import inspect
from phrasebank.mending import mend
from phrasebank.model import Heading, Inspection, Piece, RawText
from phrasebank.sentences import split

LONG = "这项工作事关全镇大局，我们要一项一项地抓，一件一件地办，直到群众满意为止。"


def look(*lines: str) -> Inspection:
    return inspect(RawText("稿.txt", lines))


def piece(*lines: str) -> Piece:
    return look(*lines).pieces[0]


def brief(headings: tuple[Heading, ...]) -> list[tuple[int, str, str, bool]]:
    return [(h.level, h.number, h.text, h.run_in) for h in headings]


def test_a_line_broken_in_a_word_is_closed() -> None:
    blocks = mend(clean(RawText("x", ("我们可以通过走村入户等办法。在推进", "道路建设时，要听群众的。"))))
    assert [(b.line, b.text) for b in blocks] == [(1, "我们可以通过走村入户等办法。在推进道路建设时，要听群众的。")]
    assert blocks[0].line_at(20) == 2


def test_a_wrapped_text_is_unwrapped_by_its_indents() -> None:
    first = "　　" + "青山县的道路修好了，大家的心也更齐了，日子越过越红火。" * 5
    second = "　　" + "临河镇的河水变清了，来看风景的人多了，生意也跟着好起来。" * 5
    wrapped = [part[i : i + 30] for part in (first, second) for i in range(0, len(part), 30)]
    blocks = mend(clean(RawText("x", ("在会上的发言", *wrapped))))
    assert [b.text for b in blocks] == ["在会上的发言", first.strip(), second.strip()]


def test_headings_and_titles_are_not_joined_to_the_text() -> None:
    found = piece(
        "在青山县工作会议上的发言", "同志们：", "一、抓好春耕生产，确保粮食安全", "今年雨水好。", "二、管好河道", LONG
    )
    assert found.title == "在青山县工作会议上的发言"
    assert found.salutation == "同志们："
    assert brief(found.headings) == [(1, "一、", "抓好春耕生产，确保粮食安全", False), (1, "二、", "管好河道", False)]


def test_the_four_levels_and_run_in_headings() -> None:
    found = piece(
        "发言材料",
        "一、认清形势。" + LONG,
        "（一）看到成绩。" + LONG,
        "1.粮食。" + LONG,
        "(1)水稻。" + LONG,
        "二、抓好落实",
        LONG,
    )
    assert [h.level for h in found.headings] == [1, 2, 3, 4, 1]
    assert [h.run_in for h in found.headings] == [True, True, True, True, False]
    under = found.paragraphs[3]
    assert [h.text for h in under.path] == ["认清形势", "看到成绩", "粮食", "水稻"]
    assert under.text == LONG


@pytest.mark.parametrize(
    ("numbers", "text"),
    [(("一要", "二要"), ""), (("一是", "二是"), ""), (("首先，", "其次，"), ""), (("一方面，", "另一方面，"), "要")],
)
def test_spoken_numbers_stand_below_the_written_level(numbers: tuple[str, str], text: str) -> None:
    found = piece(
        "发言材料", "一、抓好落实", numbers[0] + text + "下足功夫。" + LONG, numbers[1] + text + "走在前面。" + LONG
    )
    assert [(h.level, h.number) for h in found.headings[1:]] == [(2, numbers[0]), (2, numbers[1])]


def test_items_of_a_list_are_no_headings() -> None:
    found = piece("发言材料", "一、抓好落实", "一是修路。", "二是架桥。", "三是通水。", "二、改进作风", LONG)
    assert [h.number for h in found.headings] == ["一、", "二、"]


@pytest.mark.parametrize(
    "text",
    [
        "一批项目落地",
        "一把钥匙开一把锁",
        "一个小矛盾",
        "每一项工作",
        "第一时间到场",
        "一村一策",
        "3.5公里",
        "2024年",
        "第二个百年",
    ],
)
def test_what_is_no_number_of_a_heading(text: str) -> None:
    assert parse_mark(text) is None


def test_unnumbered_sentences_built_alike_are_headings() -> None:
    found = piece(
        "学习发言材料",
        "开头的话。" + LONG,
        "把准方向促发展，干在“实处”。" + LONG,
        "扎根基层聚民心，走在“前列”。" + LONG,
        "守住底线保平安，立在“潮头”。" + LONG,
    )
    assert brief(found.headings) == [
        (1, "", "把准方向促发展，干在“实处”", True),
        (1, "", "扎根基层聚民心，走在“前列”", True),
        (1, "", "守住底线保平安，立在“潮头”", True),
    ]


def test_unnumbered_phrases_closed_by_a_comma_are_headings() -> None:
    tails = ("这件事不能停在口头上。", "哪里问题多就先从哪里做起，不要平均用力。", "同一件事换个说法，大家就听得进去。")
    lines = [
        f"{lead}，{tail}{LONG}"
        for lead, tail in zip(("强化责任担当", "突出重点环节", "注重方式方法"), tails, strict=True)
    ]
    found = piece("发言", "一、抓好落实", *lines)
    assert [(h.level, h.text) for h in found.headings[1:]] == [
        (2, "强化责任担当"),
        (2, "突出重点环节"),
        (2, "注重方式方法"),
    ]


def test_paragraphs_that_open_alike_by_chance_have_no_headings() -> None:
    assert piece("发言", "今天的会很重要。" + LONG, "下面我讲讲想法，供大家参考。" + LONG).headings == ()


@pytest.mark.parametrize(
    "marks", [("第1篇：", "第2篇："), ("第一篇：", "第二篇："), ("【篇一】", "【篇二】"), ("篇一：", "篇二：")]
)
def test_several_pieces_in_a_file(marks: tuple[str, str]) -> None:
    found = look("学习材料两篇", marks[0] + "学习山区经验发言", LONG, LONG, marks[1] + "学习水乡经验发言", LONG, LONG)
    assert [(p.title, p.first_line, p.last_line) for p in found.pieces] == [
        ("学习山区经验发言", 2, 4),
        ("学习水乡经验发言", 5, 7),
    ]


def test_pieces_by_repeated_title_and_salutation() -> None:
    found = look("在春耕会上的讲话", "同志们：", LONG, LONG, LONG, "在防汛会上的讲话", "同志们：", LONG, LONG)
    assert [p.title for p in found.pieces] == ["在春耕会上的讲话", "在防汛会上的讲话"]


def test_chapters_of_a_plan_are_no_pieces() -> None:
    assert len(look("发展规划纲要", "第一篇　总则", LONG, "第二篇　产业", LONG).pieces) == 1


def test_a_label_before_the_title_is_not_part_of_it() -> None:
    found = piece("讲稿：年轻干部的志气", "同志们：", LONG)
    assert (found.title, found.genre) == ("年轻干部的志气", "党课讲稿")


@pytest.mark.parametrize(
    "text", ["尊敬的各位领导、同志们：", "各位代表：", "同志们：", "老师们、同学们：", "各位来宾，女士们、先生们："]
)
def test_salutations(text: str) -> None:
    assert piece("在会上的讲话", text, LONG).salutation == text


@pytest.mark.parametrize("end", ["切实为群众办好一批", "三、在兴业富民上下功夫，"])
def test_a_text_that_breaks_off_is_truncated(end: str) -> None:
    assert piece("在会上的讲话", "同志们：", LONG, end).truncated
    assert not piece("在会上的讲话", "同志们：", LONG).truncated


def test_headings_known_only_from_the_outline() -> None:
    found = piece("目录", "一、认清形势", "二、抓实任务", "三、强化保障", "……", "在会上的发言", "一、认清形势", LONG)
    assert [(h.text, h.in_body) for h in found.headings] == [
        ("认清形势", True),
        ("抓实任务", False),
        ("强化保障", False),
    ]


def test_sentences_keep_their_quotations_whole() -> None:
    text = "他说：“路要一步步走。事要一件件办。”我记住了。难在哪里？难在“怎么办？”这一问！好……"
    assert split(text) == [
        "他说：“路要一步步走。事要一件件办。”",
        "我记住了。",
        "难在哪里？",
        "难在“怎么办？”这一问！",
        "好……",
    ]


def test_sentences_joined_are_the_text() -> None:
    text = "甲“乙。丙”丁。戊！”己？庚“辛。"
    assert "".join(split(text)) == text


def test_damage_is_marked() -> None:
    found = look(
        "在会上的讲话",
        "同志们:",
        "_总书记要求我们走在前,***县要努力。",
        "入户率达%，新增余户。",
        "我们要抓好，、落实",
        "……（此处省略300字）……",
        "的要求，才能办好。",
    )
    kinds = {(d.line, d.kind) for d in found.defects}
    assert {
        (2, "half_width_punctuation"),
        (3, "half_width_punctuation"),
        (3, "censored_name"),
        (4, "missing_number"),
        (5, "typo"),
        (5, "truncated_end"),
        (7, "truncated_end"),
    } <= kinds


def test_damaged_sentences_bear_it() -> None:
    found = piece("在会上的讲话", "同志们：", "今年入户率达%。" + LONG)
    assert [s.damaged for s in found.paragraphs[1].sentences] == [True, False]


def test_a_header_wins_over_guesses() -> None:
    raw = RawText(
        "稿.md",
        ("", "在会上的讲话", "同志们：", LONG),
        {"genre": "表态发言", "theme": "安全生产", "level": "镇", "place": "临河镇", "title": "立军令状"},
    )
    found = inspect(raw).pieces[0]
    assert (found.genre, found.theme, found.level, found.place, found.title) == (
        "表态发言",
        "安全生产",
        "镇",
        "临河镇",
        "立军令状",
    )
