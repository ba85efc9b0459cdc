"""Whose mouth a wording fits."""

from __future__ import annotations

import pytest

from drafting.voices import Voice
from phrasebank.model import Phrase


def may(text: str, own: str, source: str | None, role: str = "measure", **values: object) -> bool:
    phrase = Phrase("p1", text, text, role, "plain", level=source)
    genre = {"orders": True, "person": "我", "spoken": True, **values}
    return Voice("会议讲话", level=own, **genre).may_say(phrase, role)


@pytest.mark.parametrize(("text", "own", "source", "fits"), [
    ("民政办每月抽几户打电话。", "村", "镇", False),  # not a village's to send
    ("民政办每月抽几户打电话。", "镇", "县", True),
    ("民政办每月抽几户打电话。", "县", "镇", False),
    ("卫生健康局月底通报，财政局按人头拨款。", "镇", "县", False),
    ("卫生健康局月底通报，财政局按人头拨款。", "县", "局", True),
    ("请卫生健康局派人来讲一课。", "镇", "县", True),  # asked for, not sent
    ("水电局的师傅教大家看表。", "村", "县", True),
    ("市场监管所接报即到。", "村", "村", True),  # what a village itself says is its own affair
    ("各股室轮流值守。", "镇", "县", False),
    ("市场监管所接报即到。", "村", None, True),  # where it comes from is not known
])  # fmt: skip
def test_offices_act_only_where_they_are_the_speakers_to_send(text, own, source, fits):
    assert may(text, own, source) is fits


@pytest.mark.parametrize(("text", "values", "fits"), [
    ("大家要把阀门关紧。", {"orders": False}, False),
    ("我把阀门关紧。", {"person": "unit"}, False),
    ("同志们，把阀门关紧。", {"spoken": False}, False),
    ("把阀门关紧。", {"orders": False, "person": "unit", "spoken": False}, True),
])  # fmt: skip
def test_a_genre_says_who_may_order_who_is_we_and_who_hears(text, values, fits):
    assert may(text, "镇", "镇", **values) is fits


@pytest.mark.parametrize(("text", "role", "fits"), [
    ("有的井盖翘着，走夜路的人绊过跤，没有人管。", "problem", True),
    ("食堂按人头备菜，剩饭称重贴在门口。", "cause", False),  # nothing is amiss there
    ("试水试压要有居民在场。", "achievement", False),  # still to be done
    ("一年来，井盖换了新的，夜里走路心里踏实。", "achievement", True),
    ("写好的申请逐份送到镇上。", "measure", False),  # a village's way, in the mouth of a county
])  # fmt: skip
def test_a_wording_does_what_its_role_does(text, role, fits):
    assert may(text, "县", "镇", role) is fits


def test_strange_is_what_comes_from_far_ranks_or_other_ceremonies():
    voice = Voice("会议讲话", True, "我", True, "县")
    made = {level: Phrase("p1", "把灯点亮。", "把灯点亮。", "measure", "plain", level=level) for level in ("县", "镇", "村", "学校", None)}
    assert [voice.strange(phrase) for phrase in made.values()] == [False, False, True, True, False]
    assert voice.strange(Phrase("p1", "把灯点亮。", "把灯点亮。", "measure", "plain", genre="致辞", level="县"))


@pytest.mark.parametrize(("text", "role", "own", "source", "petty"), [
    ("我每天去扫一遍门口。", "pledge", "县", "镇", True),
    ("我每天去扫一遍门口。", "pledge", "镇", "镇", False),
    ("我每天去扫一遍门口。", "pledge", "村", "县", False),  # only downwards
    ("我没有去看过门口。", "problem", "局", "镇", True),
    ("有的门口没有人扫。", "problem", "局", "镇", False),  # of others anybody may say so
    ("门口扫得干净了。", "achievement", "县", "镇", False),
    ("我每天去扫一遍门口。", "pledge", "学校", "镇", False),
    ("我每天去扫一遍门口。", "pledge", "县", None, False),
])  # fmt: skip
def test_petty_is_what_lower_ranks_do_by_hand_in_the_mouth_of_one_who_leads(text, role, own, source, petty):
    voice = Voice("会议讲话", True, "我", True, own)
    assert voice.petty(Phrase("p1", text, text, role, "plain", level=source), role) is petty


@pytest.mark.parametrize(("text", "fits"), [
    ("我今后交办每一件安全责任，先同接手的同志面谈一次。", False),
    ("责任这本账，我将一件一件记下来。", False),
    ("安全生产连着家家户户，将来的日子也靠它。", True),
    ("我往后坐谁的车都要说一声慢点，前面有人等着。", True),
    ("责任的另一头坐着一家人。以后再看清单，我会先想一想每一行后面等着谁。", True),  # a thought, and what follows from it
])  # fmt: skip
@pytest.mark.parametrize("kind", ["sentence", "paragraph"])
def test_what_something_means_is_no_plan(text, fits, kind):
    phrase = Phrase("p1", text, text, "significance", "plain", level="镇", kind=kind)
    assert Voice("研讨发言", False, "我", True, "镇").may_say(phrase, "significance") is fits
    assert may(text, "镇", "镇", "pledge", person="我", orders=False), "it may be said of what is to be done"
