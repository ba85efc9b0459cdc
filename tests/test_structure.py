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


@pytest.mark.parametrize("width", [12, 20])
def test_a_heading_as_long_as_the_wrap_does_not_take_the_next_paragraph(width: int) -> None:
    heading = "一、把防汛的担子挑起来，让群众睡安稳觉"
    text = "青山县的水库修好了，河道也清出来了，大家心里踏实。" * 3
    other = "临河镇的田块平整了，农机也开到地头了，大家干劲更足。" * 3
    rows = ["　　" + part for part in (heading, text, "二、把春耕的活儿抓在手上", other)]
    blocks = mend(clean(RawText("x", tuple(row[i : i + width] for row in rows for i in range(0, len(row), width)))))
    assert [b.text for b in blocks] == [row.strip() for row in rows]


def test_a_stray_space_before_a_wrapped_line_begins_no_paragraph() -> None:
    rows = ["　　" + "青山县的道路修好了，大家的心也更齐了，日子越过越红火。" * 5] * 2
    wrapped = [row[i : i + 30] for row in rows for i in range(0, len(row), 30)]
    wrapped[2] = " " + wrapped[2]
    assert [b.text for b in mend(clean(RawText("x", tuple(wrapped))))] == [row.strip() for row in rows]


def test_a_short_text_broken_in_words_is_closed() -> None:
    broken = ("要把河道看住，把群众最关心的水", "库查到位，一处一处地看，让大家放", "心过汛期。")
    found = look("在临河镇会上的讲话", *broken, "一、提高认识", "要上心。")
    assert [p.text for p in found.pieces[0].paragraphs] == ["".join(broken), "要上心。"]
    assert brief(found.pieces[0].headings) == [(1, "一、", "提高认识", False)]
    assert [d.line for d in found.defects if d.kind == "broken_line"] == [2, 3]


@pytest.mark.parametrize("width", [20, 25, 30])
def test_a_wrapped_text_of_few_lines_is_closed(width: int) -> None:
    text = "今天我们在这里把汛期的工作再理一遍，大家要把各自的河段看住，把该备的沙袋备齐，把该查的水库查到位，不留死角。"
    blocks = mend(clean(RawText("x", ("讲话", *(text[i : i + width] for i in range(0, len(text), width))))))
    assert [b.text for b in blocks] == ["讲话", text]


def test_short_headings_on_lines_of_their_own_stay_apart() -> None:
    lines = ("盯住难点，把路修好", "要把路一段一段修好。", "盯住重点，把水管好", "要把水一处一处管好。")
    assert [b.text for b in mend(clean(RawText("x", lines)))] == list(lines)


def test_thanks_begin_a_paragraph() -> None:
    assert [b.text for b in mend(clean(RawText("x", ("以更实的举措、更严的要求", "谢谢大家！"))))][-1] == "谢谢大家！"


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


@pytest.mark.parametrize("number", ["一、", "一.", "一 ", "一　"])
def test_numbers_of_the_first_level(number: str) -> None:
    (heading,) = piece("发言材料", number + "抓好春耕生产", LONG).headings
    assert (heading.level, heading.number, heading.text) == (1, number.strip(), "抓好春耕生产")


@pytest.mark.parametrize(
    "text", ["最后，祝大家工作顺利！", "首先，我代表青山县委，向大家问好！", "一方面，路要修好。", "一是路要修好，二是水要管好。" + LONG]
)
def test_a_lone_spoken_number_makes_no_heading(text: str) -> None:
    found = piece("发言材料", "一、抓好落实", LONG, text, "二、改进作风", LONG)
    assert [h.number for h in found.headings] == ["一、", "二、"]
    assert text in [p.text for p in found.paragraphs]


def test_a_heading_ends_where_an_enumeration_begins() -> None:
    found = piece("发言材料", "（一）化解矛盾，一要多跑腿，二要多动嘴。" + LONG, "（二）改进作风。" + LONG)
    assert [h.text for h in found.headings] == ["化解矛盾", "改进作风"]
    assert found.paragraphs[0].text == "一要多跑腿，二要多动嘴。" + LONG


def test_a_heading_ends_at_the_colon_before_a_sentence() -> None:
    found = piece("发言材料", "一、关于春耕问题：要坚持一张图管到底。", "二、关于防汛物资：沙袋、铁锹、救生衣和照明灯。")
    assert [h.text for h in found.headings] == ["关于春耕问题", "关于防汛物资：沙袋、铁锹、救生衣和照明灯"]
    assert found.paragraphs[0].text == "要坚持一张图管到底。"


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


@pytest.mark.parametrize(
    "leads",
    [
        ("坚持防汛为先，守住河堤。", "坚持春耕为重，管好田块。", "坚持群众为本，办好实事。"),
        ("在看水守堤上下功夫，", "在种田养地上下功夫，", "在修桥补路上下功夫，"),
        ("河道管护有新提升。", "田间管理有新进展。", "道路养护有新变化。"),
        ("要在守堤看水上见行动。", "要在种田养地上见行动。", "要在修桥补路上见行动。"),
    ],
)
def test_leads_of_short_paragraphs_are_headings(leads: tuple[str, ...]) -> None:
    tails = ("各村要把人手备齐，把沙袋备足。", "农技员多到地头走一走，看一看苗情。", "今年先把三座老桥修起来，再通班车。")
    found = piece("发言", "一、抓好落实", *(a + b for a, b in zip(leads, tails, strict=True)))
    assert [(h.level, h.text) for h in found.headings[1:]] == [(2, lead[:-1]) for lead in leads]


@pytest.mark.parametrize("lead", ["《办法》{}，", "——{}任务全面完成，", "有的同志在{}上不上心，"])
def test_reports_items_and_cases_are_no_leads(lead: str) -> None:
    lines = [lead.format(word) + LONG for word in ("指出", "要求", "强调")]
    assert piece("发言", "一、抓好落实", *lines).headings[1:] == ()


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


@pytest.mark.parametrize(
    ("first", "second", "titles"),
    [
        (("守好一条河", "——在防汛会上的讲话"), ("种好一块田", "——在春耕会上的讲话"), ["守好一条河", "种好一块田"]),
        (("在临河镇防汛会暨", "河道清理会上的讲话"), ("在临河镇春耕会暨", "农技培训会上的讲话"),
         ["在临河镇防汛会暨河道清理会上的讲话", "在临河镇春耕会暨农技培训会上的讲话"]),
        (("守好一条河", "——在防汛会上的讲话"), ("第二篇", "在春耕会上的讲话"), ["守好一条河", "在春耕会上的讲话"]),
        (("守好一条河", "张三"), ("种好一块田", "李四"), ["守好一条河", "种好一块田"]),
    ],
)  # fmt: skip
def test_pieces_begin_with_the_first_line_of_their_titles(first: tuple[str, ...], second: tuple[str, ...], titles: list[str]) -> None:
    text = ("同志们：", LONG, LONG, "谢谢大家")
    found = look(*first, *text, *second, *text)
    assert [p.title for p in found.pieces] == titles
    assert [(p.first_line, p.last_line, p.truncated) for p in found.pieces] == [(1, 6, False), (7, 12, False)]


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


def test_a_salutation_with_the_text_running_on() -> None:
    found = piece("在会上的讲话", "同志们：今天把汛期的工作再理一遍。在推进", "道路建设时，要听群众的。", LONG)
    assert found.salutation == "同志们："
    assert [(p.line, p.text) for p in found.paragraphs[:2]] == [
        (2, "同志们："),
        (2, "今天把汛期的工作再理一遍。在推进道路建设时，要听群众的。"),
    ]


def test_a_block_cut_in_two_keeps_its_lines() -> None:
    (block,) = mend(clean(RawText("x", ("同志们：今天在推进", "道路建设，以及", "河道管护。"))))
    head, tail = block.split(4)
    assert (head.text, head.lines, tail.text, tail.lines) == ("同志们：", (1,), "今天在推进道路建设，以及河道管护。", (1, 2, 3))
    assert [tail.line_at(n) for n in (0, 5, 12)] == [block.line_at(n + 4) for n in (0, 5, 12)]


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
