"""What newcomers stumbled over."""

from __future__ import annotations

import pytest
from test_tui_facts import OUTLINE, drafted, row_of
from walking import _one_desk, _seldom_collected, _work_folder  # noqa: F401 - fixtures

from drafting.answer_text import dated
from drafting.beside import heading_over
from drafting.leadins import led_anew
from drafting.other_wordings import next_wording
from drafting.questions import questions
from phrasebank.search import Query
from tui.screens.picking import PickOne
from tui.screens.review import ReviewScreen

HEADED = OUTLINE.replace('隐患排查, heading: ""', "隐患排查, heading: 先查隐患")
LAST = '         "临河镇新修水渠12公里。"]}'
BELOW = 'heading: "", fixed: true, use: ["到〔待填：时间｜本人第一件事的完成时限〕见分晓。"]}'


@pytest.mark.parametrize(
    ("typed", "year", "day"),
    [("11月30日", 2026, "2026年11月30日"), ("11月30日", None, "11月30日"), ("2025年3月1日", 2026, "2025年3月1日"), ("月底", 2026, "月底")],
)
def test_a_day_without_its_year_gets_the_one_that_is_known(typed, year, day):
    assert dated(typed, year) == day


def told(session):
    texts = session.draft.blocks
    return {texts[q.spots[0].block].text[:3]: heading_over(session.draft, q) for q in questions(session.draft, session.plan)}


@pytest.mark.parametrize(("facet", "over"), [("facet: 隐患排查, ", True), ("", False)])
async def test_a_paragraph_of_no_point_is_not_told_to_stand_under_one(tmp_path, facet, over):
    text = HEADED.replace(LAST, f"{LAST}\n      - {{{facet}{BELOW}")
    async with drafted(tmp_path, "review", text) as w:
        assert ("先查隐患" in told(w.session)["到〔待"]) is over


async def test_the_review_says_how_much_too_short_and_stays_where_nothing_is_found(tmp_path):
    async with drafted(tmp_path, "review") as w:
        shown = str(w.screen.query_one("#shares").render())
        assert "比要的" in shown and "字（约" in shown and "先补“" in shown
        w.screen.rows, w.app.standing._known = (), None
        w.screen.listed.clear_options()
        w.screen.action_visit()
        assert isinstance(w.app.screen, ReviewScreen)


async def test_undo_after_reopening_names_the_history(tmp_path):
    async with drafted(tmp_path, "write") as w:
        w.app.keeping.keep_version()
        w.app.action_undo()
        await w.settle()
        assert any("F12" in notice.message for notice in w.app._notifications)


async def test_a_lead_in_announces_what_takes_the_place_of_its_sentence(tmp_path):
    async with drafted(tmp_path, "write") as w:
        session = w.session
        first = session.offers(Query(role="problem", theme="安全生产", facet="隐患排查", kind="sentence"))[0].phrase
        assert session.put_items(0, 0, ["还有一处：写稿搬用文件，说话隔着一层。", first.id])
        assert session.swap(0, 0, 1)
        led, new = session.items(0, 0)
        assert new.phrase != first.id
        assert led.text.startswith("还有一处") and "写稿搬用文件" not in led.text
        assert led.text == led_anew("还有一处：甲。", session.stack.by_id(new.phrase), session.plan.theme.facet("隐患排查"), session.stack)
        assert session.undo() and "写稿搬用文件" in session.items(0, 0)[0].text, "one step"
        assert not led_anew("今年已改隐患。", first, None, session.stack)


async def test_a_sentence_of_the_template_gives_way_to_its_other_wording_or_to_none(tmp_path):
    bare = OUTLINE[: OUTLINE.index("sections:")]
    async with drafted(tmp_path, "write", bare) as w:
        session = w.session
        places = [
            (section, paragraph, index, item)
            for section in range(len(session.plan.sections)) for paragraph in range(len(session.paragraphs(section)))
            for index, item in enumerate(session.items(section, paragraph)) if item.joins
        ]  # fmt: skip
        assert places
        folders = tuple(session.library.folders)
        worded = [p for p in places if next_wording(folders, session.plan.sections[p[0]].part.template, p[3].text)]
        assert worded
        section, paragraph, index, item = worded[0]
        assert session.swap(section, paragraph, index)
        new = session.items(section, paragraph)[index]
        assert not new.phrase and new.text != item.text
        assert all(span.origin.kind != "writer" for span in new.spans), "it is ours, whichever wording it is"
        assert new.text in session._rework.ours
        assert session.undo()
        for section, paragraph, index, _ in [p for p in places if p not in worded][:1]:
            assert not session.swap(section, paragraph, index)


def test_a_wording_with_words_of_the_level_or_a_blank_in_it_is_another_too(monkeypatch):
    ways = ("{{ word('units') }}要把{{ theme }}的事排在前面", "{{ theme }}的事，{{ word('units') }}先办", "{{ nobody_knows }}的事先办好")
    monkeypatch.setattr("drafting.other_wordings._places", lambda *_: (ways,))
    known = {"theme": "安全生产"}

    def value(expression):
        return known.get(expression, "")

    first = "会后，各村要把安全生产的事排在前面。"
    second = next_wording((), "x", first, value)
    assert second == "会后，安全生产的事，各村先办。"
    assert next_wording((), "x", second, value) == first, "one whose words are not known is passed over"
    assert not next_wording((), "x", "会后，各村要把防汛的事排在前面。", value)


async def test_a_fact_that_stands_nowhere_gets_a_sentence_by_one_key(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        row_of(w, "栽树").enter()
        await w.settle()
        assert "按 F4" in str(w.screen.query_one("#facts-about").render())
        await w.press("f4")
        if isinstance(w.screen, PickOne):  # where several places fit alike the writer says which
            await w.press("enter")
        assert "栽树" in w.session.draft.text and "300棵" in w.session.draft.text
        assert row_of(w, "栽树").used
        await w.press("ctrl+z")
        assert "栽树" not in w.session.draft.text and not row_of(w, "栽树").used


async def test_the_review_opens_at_the_first_finding(tmp_path):
    far = OUTLINE.replace("年底前再改隐患", "，".join(["把每一道门都看一遍"] * 40) + "。。年底前再改隐患")
    async with drafted(tmp_path, "review", far) as w:
        w.app.findings()
        w.app.checked()
        await w.settle()
        finding = w.screen.finding_at
        page, shown = w.screen.query_one("#page"), w.screen.query_one(f"#b{finding.paragraph - 1}")
        assert page.region.overlaps(shown.region)
