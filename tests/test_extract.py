"""Sentences as phrases: generalised, or dropped with a reason; nothing of one office reaches another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phrasebank.extract import REASONS, extract, phrase_id
from phrasebank.levels import LEVELS
from phrasebank.merge import merge
from phrasebank.model import Heading, Inspection, Lexicon, Paragraph, Phrase, Piece, Quoted, Sentence, Slot, Topic
from phrasebank.slots import plain

FACETS = (Topic("隐患排查", ("隐患", "排查")), Topic("责任落实", ("责任", "包保")))
LEXICON = Lexicon(themes=(Topic("安全生产", ("安全",), FACETS),))


def inspection(*sentences: Sentence, slots=(), headings=(), **piece: object) -> Inspection:
    """A file with one piece of one paragraph: a town's speech about safety unless `piece` says otherwise."""
    text = "".join(sentence.text for sentence in sentences)
    paragraphs = (Paragraph(5, text, "measure", "plain", tuple(headings), sentences),)
    about = {"theme": "安全生产", "genre": "会议讲话", "level": "镇", "place": "临河镇", **piece}
    speech = Piece(
        "讲话",
        about["genre"],
        about["theme"],
        None,
        False,
        1,
        9,
        tuple(headings),
        paragraphs,
        about["level"],
        about["place"],
    )
    return Inspection("稿.txt", (speech,), (), (), (), (), tuple(slots))


def one(text: str, role: str = "measure", polarity: str = "plain", damaged: bool = False, **about: object) -> Phrase:
    """The phrase that a text of this one sentence gives."""
    found = extract(inspection(Sentence(text, 5, role, polarity, damaged), **about), LEXICON)
    (phrase,) = (phrase for phrase in found if phrase.kind == "sentence")
    return phrase


def parts(text: str, kind: str, role: str = "measure", polarity: str = "plain", **about: object) -> list[Phrase]:
    """The pairs or frames that a text of this one sentence gives."""
    return [p for p in extract(inspection(Sentence(text, 5, role, polarity), **about), LEXICON) if p.kind == kind]


GOOD = "把河堤上的险段一处一处查清，查到哪里就修到哪里。"
DROPPED = {
    "damaged": one("把河堤上的险段一处一处查清，查到哪里就", damaged=True),
    "refuted": one("有人说河堤年年修年年垮，修它做什么。", "problem", "refuted"),
    "names": one("把青山县的经验学到手，把河堤修牢。", slots=(Slot(5, "青山县", "place"),)),
    "quotation": one("老书记曾说：“河堤修不牢，睡觉都睡不着。”大家都记着。", "basis"),
    "figures": one("2019 那一年大水漫过了河堤，谁也忘不了。"),
    "dated": one("围绕“把河堤修牢、把险段管好”这一主题，我来说说想法。"),
    "rank": one("会前由县委常委会逐段过一遍河堤的险情。", level="县"),
    "count": one("修河堤要从三个方面想办法，一样也不能少。"),
    "dangling": one("对此，河堤上的险段要一处一处查清。"),
    "length": one("修好河堤。"),
    "empty": one("切实加强工作，不断提高水平，持续增强能力。"),
    "rare": merge(parts("把修河堤作为头一件事来办。", "frame"))[0],
}


def test_every_reason_has_an_example():
    """No reason stands in the list that no sentence was ever dropped for."""
    assert set(DROPPED) == set(REASONS)


@pytest.mark.parametrize("reason", REASONS)
def test_each_drop_has_its_reason(reason):
    """What may not be offered says why, and stays readable word for word."""
    phrase = DROPPED[reason]
    assert phrase.reason == reason
    assert phrase.text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("〔待填：时间｜河堤加固时限〕接通，查到哪里就修到哪里。", "dangling"),
        ("〔待填：时间｜河堤加固时限〕前修牢，漏水的段再查一遍。", "dangling"),
        ("〔待填：时间｜河堤加固时限〕前，包段的干部把险段修牢。", ""),
        ("〔待填：时间｜河堤加固时限〕前我看头一遍，漏水的段再查一遍。", ""),
        ("〔待填：时间｜河堤加固时限〕前把险段修牢，漏水的再查一遍。", ""),
    ],
)
def test_a_day_alone_does_not_tell_what_is_done_by_then(text, reason):
    """What begins with a day and goes on with a bare verb leans on the sentence before it."""
    assert one(text).reason == reason


def runs_under(above: str, role: str) -> list[str]:
    """The kinds of what is more than a sentence, in a paragraph of three sentences of a role in the part under a heading."""
    said = (GOOD, "河堤上的涵洞夜里没有人看，闸板锈住了也没有人知道。", "包段的人说是看过了，本子上一个字也没有。")
    headings = (Heading(1, "一、", above, 1, False), Heading(2, "（一）", "查清河堤险段，修好漏水涵洞", 5, True))
    made = inspection(*(Sentence(text, 5, role, "negative" if role == "problem" else "plain") for text in said), headings=headings)
    return [phrase.kind for phrase in extract(made, LEXICON) if phrase.kind in ("run", "paragraph")]


def test_what_sounds_like_a_fault_under_a_plan_is_offered_as_none():
    """Under 打算 a fault is one on the way to what is to be done; under 问题, or 成绩和问题, it is one."""
    assert runs_under("存在的问题", "problem") and runs_under("成绩和问题", "problem")
    assert not runs_under("下一步的打算", "problem") and not runs_under("取得的成绩", "problem")
    assert runs_under("下一步的打算", "measure")


def test_a_sound_sentence_is_offered_as_it_stands():
    """A sentence without names and figures is offered unchanged, with its place in the file."""
    phrase = one(GOOD)
    assert (phrase.reason, phrase.text, phrase.template) == ("", GOOD, GOOD)
    assert [(source.file, source.line) for source in phrase.sources] == [("稿.txt", 5)]
    assert (phrase.theme, phrase.genre, phrase.level, phrase.role) == ("安全生产", "会议讲话", "镇", "measure")


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("全镇干部要到河堤上去，各村支书也要去。", "{whole}干部要到河堤上去，{units}支书也要去。"),
        ("镇党委把修河堤列为第一件事来办。", "{committee}把修河堤列为第一件事来办。"),
    ],
)
def test_level_words_become_slots(text, template):
    """全镇, 镇党委, 各村 are said otherwise elsewhere."""
    assert one(text).template == template


def test_the_level_is_guessed_where_nobody_says_it():
    """A text without a header tells its level by its words."""
    assert one("全县干部要到河堤上去，县委已经派了人。", level=None, place=None).template.startswith("{whole}干部")
    assert one("全县干部要到河堤上去，县委已经派了人。", level="星球").level == "县"


def test_the_own_place_becomes_a_slot():
    """The speaker's own place is replaced, and no longer a foreign name."""
    phrase = one("临河镇的河堤，临河镇的人自己修牢。", slots=(Slot(5, "临河镇", "place"),))
    assert phrase.template == "{place}的河堤，{place}的人自己修牢。"
    assert (phrase.names, phrase.reason) == ((), "")


@pytest.mark.parametrize("kind", ["place", "org", "person", "project", "event", "document"])
def test_no_foreign_name_is_offered(kind):
    """Places, bodies, people, projects and events of another place keep a wording from being offered."""
    name = {"place": "青山县", "document": "《青山县护堤办法》"}.get(kind, "“青山护堤”行动")
    slots = (Slot(1, "青山县", "place"), Slot(1, name, kind))
    phrase = one(f"把{name}的办法学到手，把河堤修牢。", slots=slots)
    assert phrase.reason == "names"
    assert name in phrase.names


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_of_the_old_office_is_left_in_what_is_offered(level):
    """Whatever the level, its words are slots in every offered template."""
    whole = LEVELS[level]["whole"][0]
    phrase = one(f"把{whole}的力量都用到修河堤上来，修得牢。", level=level)
    assert phrase.reason or whole not in phrase.template


@pytest.mark.parametrize(
    ("text", "template"),
    [
        (
            "已加固河堤〔待填：数据｜加固河堤｜公里〕，还要接着修。",
            "已加固河堤{blank:数据|加固河堤|公里}，还要接着修。",
        ),
        ("要在〔待填：时间｜汛前加固时限〕前把险段修完。", "要在{blank:时间|汛前加固时限}前把险段修完。"),
    ],
)
def test_typed_blanks_become_slots_that_ask_the_same(text, template):
    """What an old draft left open is asked again of the next writer."""
    phrase = one(text)
    assert (phrase.template, phrase.reason) == (template, "")


def test_a_figure_with_its_indicator_becomes_a_blank_that_asks_for_it():
    """«加固河堤36公里» is offered as a question, and the figure itself is gone."""
    phrase = one("一年来，全镇加固河堤36公里，修得牢靠。", "achievement")
    assert phrase.reason == ""
    assert "36" not in phrase.template
    assert "{blank:数据|加固河堤|公里}" in phrase.template


@pytest.mark.parametrize(
    "text",
    [
        "共出动民兵１２３４人次上堤，人人尽力。", "灾后第3天，河堤上又站满了修堤的人。", "河堤加固率达到98.5%，比上年提高两成。",
        "修堤的人比去年多了百分之三十，劲头更足。", "拨款1,200万元修河堤，一分一厘花在堤上。", "从2019年5月3日起，河堤天天有人看。",
    ],
)  # fmt: skip
def test_no_figure_is_offered(text):
    """Whatever its form, a figure is a blank or keeps the wording from being offered."""
    phrase = one(text, "achievement")
    assert phrase.reason or not any(c.isdigit() or c in "%％" for c in plain(phrase.template))


def test_braces_in_the_source_are_no_slots():
    """A source that holds braces of its own is dropped: it would be read as a template."""
    assert one("把{whole}的河堤一处一处查清修牢。").reason == "damaged"


def test_facets_come_from_the_sentence_or_the_nearest_heading():
    """A sentence that names no facet belongs to the one its heading names."""
    heading = Heading(1, "一、", "压实包保责任", 4, False)
    own = one("把河堤上的隐患查清，一处不漏。", headings=())
    assert own.facets == ("隐患排查",)
    *_, under = extract(inspection(Sentence(GOOD, 5, "measure", "plain"), headings=(heading,)), LEXICON)
    assert under.facets == ("责任落实",)


def test_headings_are_phrases_too():
    """A heading is offered with the role heading, and dropped when it is cut off."""
    headings = (Heading(1, "一、", "压实包保责任，守好全镇河堤", 4, False), Heading(1, "二、", "查清险段，", 6, False))
    found = list(extract(inspection(Sentence(GOOD, 5, "measure", "plain"), headings=headings), LEXICON))
    assert [(p.role, p.reason, p.template) for p in found[:2]] == [
        ("heading", "", "压实包保责任，守好{whole}河堤"),
        ("heading", "damaged", "查清险段，"),
    ]


def test_a_negative_sentence_stays_negative():
    """What names a fault is kept with its polarity, so that it is never offered for a measure."""
    phrase = one("有的干部一个汛期也没有到过河堤。", "problem", "negative")
    assert (phrase.role, phrase.polarity, phrase.reason) == ("problem", "negative", "")


def test_the_id_of_a_wording_does_not_hang_on_marks():
    """The same wording has the same id in every bank, whatever its marks and spaces."""
    assert phrase_id("河堤要修，还要守。") == phrase_id("河堤要修 还要守！") != phrase_id("河堤要修，还要看。")


def test_a_law_for_all_is_no_foreign_name():
    """A law in book marks without a place in its name may be cited anywhere."""
    assert (
        one(
            "按照《防洪法》的规定，河堤上不许盖房、不许种树。", "basis", slots=(Slot(5, "《防洪法》", "document"),)
        ).reason
        == ""
    )


def test_half_width_marks_are_printed_as_they_should_be():
    """A source typed with half-width marks is offered with full-width ones, under the same id."""
    typed, printed = one("要把河堤查清,哪里漏水,就修哪里。"), one("要把河堤查清，哪里漏水，就修哪里。")
    assert typed.text == printed.text == "要把河堤查清，哪里漏水，就修哪里。"
    assert typed.id == printed.id


def test_the_writers_post_is_not_the_old_speakers():
    """作为组织委员 becomes the post of whoever uses the sentence."""
    assert one("作为组织委员，我要带头到河堤上去。", "pledge").template == "作为{post}，我要带头到河堤上去。"


def test_names_of_one_character_bar_their_own_line_only():
    """陕 is a province on the line that says so, and an ordinary character elsewhere."""
    assert one("把陕甘两边的办法学到手，把河堤修牢。", slots=(Slot(5, "陕", "place"),)).reason == "names"
    assert one("把陕甘两边的办法学到手，把河堤修牢。", slots=(Slot(8, "陕", "place"),)).reason == ""


def test_quoted_words_of_others_are_no_phrase():
    """What a leader or a classic said is a quotation, to be verified, and not wording for anyone's mouth."""
    found = inspection(Sentence("古人讲“千里之堤毁于蚁穴”，险段要天天看。", 5, "basis", "plain"))
    found = replace(found, quotations=(Quoted(5, "“千里之堤毁于蚁穴”", "classic"),))
    assert [phrase.reason for phrase in extract(found, LEXICON)] == ["quotation"]


def test_pairs_and_frames_stand_beside_their_sentence():
    """Two clauses that answer each other, and a pattern with its places open, can be used by themselves."""
    text = "要把河堤作为头等大事，白天有人走，夜里有人看。"
    assert [(p.text, p.role, p.reason) for p in parts(text, "pair")] == [("白天有人走，夜里有人看", "measure", "")]
    assert [p.template for p in parts(text, "frame")] == ["把{X}作为{Y}", "把{X}作为头等大事"]
    assert [p.text for p in parts(text, "frame")] == ["把X作为Y", "把X作为头等大事"]


def test_a_frame_keeps_no_name_and_no_figure():
    """What a frame keeps of its sentence is looked at as a sentence is."""
    (named,) = (p for p in parts("把河堤建成青山县样板。", "frame", slots=(Slot(5, "青山县", "place"),)) if "样板" in p.text)
    assert (named.reason, named.names) == ("names", ("青山县",))
    (counted,) = (p for p in parts("把河堤加固任务变成36公里。", "frame") if "36" in p.text)
    assert counted.reason == "figures"


@pytest.mark.parametrize("about", [{"polarity": "negative", "role": "problem"}, {"polarity": "refuted", "role": "problem"}])
def test_no_frame_comes_from_a_fault(about):
    """How a fault is told is no pattern for a task."""
    assert parts("有的干部把河堤当作别人的事。", "frame", **about) == []


def test_what_is_quoted_or_refuted_gives_no_pair():
    """Another's words are not cut up either."""
    assert parts("有人说，修也是白修，看也是白看。", "pair", "problem", "refuted") == []


def test_headings_built_alike_are_a_set():
    """Sibling headings of one shape are offered together, those of another shape are not."""
    texts = ("查清险段，一处不漏", "压实责任，一人不缺", "备足沙石，一车不少")
    headings = tuple(Heading(1, f"{n}、", text, line, False, group=1) for n, text, line in zip("一二三", texts, (4, 6, 8), strict=True))
    found = list(extract(inspection(Sentence(GOOD, 5, "measure", "plain"), headings=headings), LEXICON))
    assert [(p.text, p.role) for p in found if p.kind == "set"] == [("；".join(texts), "heading")]
    uneven = (*headings[:2], replace(headings[2], text="备足沙石料物，险来时一车也不少"))
    found = list(extract(inspection(Sentence(GOOD, 5, "measure", "plain"), headings=uneven), LEXICON))
    assert not [p for p in found if p.kind == "set"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("全镇加固河堤36个百分点以上的险段。", "个百分点}以上"), ("全镇建成护堤重点工程12个重大项目。", "个}重大项目"),
        ("巡堤面积达到30平方公里以上，一处不漏。", "平方公里}以上"),
    ],
)
def test_units_are_not_cut_in_the_middle_of_words(text, kept):
    """A blank ends where its unit does."""
    assert kept in one(text, "achievement").template


BARE = ("巡堤的办法2021年起就写在堤上。", "全镇增长12%以上，人人尽力去做。", "要把“护堤3年行动”抓到底，一处不漏。")


@pytest.mark.parametrize("text", BARE)
def test_a_figure_without_indicator_or_unit_is_no_blank(text):
    """Years, growth of nothing, and figures in another's wording keep a sentence from being offered."""
    phrase = one(text, "achievement")
    assert (phrase.reason, "{blank" in phrase.template) == ("figures", False)


def test_words_of_another_rank_are_not_offered():
    """A county's speech that speaks of the whole city fits nobody else as it stands."""
    assert one("要为全市防汛大局多出一份力，多尽一份心。", level="县").reason == "rank"
    assert one("要把八闽大地的护堤办法学到手，把河堤修牢。").reason == "names"
