"""The writing step with Textual's Pilot: what is offered, what can be done to sentences and paragraphs, the page beside."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from test_tui import _writing
from walking import _one_desk, _seldom_collected, _work_folder, quiet  # noqa: F401 - fixtures
from walking import walk as _walk

from textual.widgets import Footer, Input, OptionList, Static  # isort: skip

from drafting import actions
from drafting.model import Outline
from drafting.session import Session
from phrasebank.model import ROLES, Source
from phrasebank.search import Stack
from tui.screens.dialogs import AskLine, AskText
from tui.screens.look import LookScreen
from tui.screens.roles import PickRole
from tui.screens.sections import SectionsScreen
from tui.screens.write import WriteScreen
from tui.text_area import ChineseTextArea
from tui.widgets.asking import SCOPES, Wish, answer, freshness
from tui.widgets.offers import Offers, origin_of
from tui.widgets.preview import Preview, words_of
from tui.widgets.sentences import SentenceList

LONG = "临河镇的干部把责任一条一条写在墙上，" * 28 + "写在心里。"
"""A sentence of more than five hundred characters."""


def walk(size=(72, 18)):
    """A small terminal: drawing takes most of the time of these tests."""
    return _walk(size)


@pytest.fixture(autouse=True)
def _unchecked(monkeypatch):
    """What the checks say of a draft after every change is told by other tests, and would take most of the time of these."""
    monkeypatch.setattr("drafting.checks.check", lambda *_, **__: ())


@pytest.fixture
def session(builtin, library):
    return Session(library, Stack((), builtin), Outline("研讨发言", "安全生产"))


def text_of(w, name):
    return str(w.screen.query_one(name, Static).render())


# What is offered


def test_offers_go_further_until_there_is_something(session):
    near = answer(Wish(session, "significance", "隐患排查"))
    assert near.scope == 0
    assert all(o.hit.phrase.role == "significance" and "隐患排查" in o.hit.phrase.facets for o in near.offers)
    far = answer(Wish(session, "significance", "隐患排查", "课堂"))
    assert far.scope > 0
    assert far.offers
    assert answer(Wish(session, words="航天飞船")).offers == ()


def test_initials_find_what_they_spell(session):
    found = answer(Wish(session, "", "", "aqsc", len(SCOPES) - 1)).offers
    assert found
    assert all("安全生产" in offer.hit.phrase.text for offer in found)


def test_the_widest_scope_is_grouped_by_role(session):
    grouped = answer(Wish(session, "measure", "", "", len(SCOPES) - 1)).by_role()
    assert len(grouped) > 2
    assert all(ROLES[o.hit.phrase.role] == role for role, offers in grouped for o in offers)
    assert len({role for role, _ in grouped}) == len(grouped)


def test_a_bank_that_cannot_be_read_is_told_and_not_raised(session, monkeypatch):
    from phrasebank.errors import BankError

    def broken(*_):
        raise BankError("素材库文件已损坏")

    monkeypatch.setattr(Stack, "search", broken)
    assert "损坏" in answer(Wish(session)).trouble


@pytest.mark.parametrize(
    ("years", "told"), [(None, ""), ((2012, 2026), "近年"), ((2024, 2024), "近年"), ((2019, 2023), "最晚2023年")],
)
def test_freshness_is_the_last_year_a_phrase_was_seen(years, told):
    assert freshness(years, 2026) == told


def test_the_origin_tells_source_count_and_freshness(session):
    phrase = answer(Wish(session, "measure")).offers[0].hit.phrase
    dated = replace(phrase, sources=(Source("材料/年度/讲话.docx", 7),), count=3, years=(2015, 2019))
    assert origin_of(dated, 2026) == "材料/年度/讲话.docx 第7行 ×3 最晚2019年"
    assert origin_of(dated, 2020, short=True) == "讲话 第7行 ×3 近年"
    assert origin_of(replace(dated, sources=(), count=1, years=None)) == "自己加的"
    long = replace(dated, sources=(Source("安全生产-侧面-重点领域-2.md", 25),), count=1, years=None)
    assert origin_of(long, short=True, room=20) == "安全生产-侧… 第25行"


async def test_typing_goes_on_while_the_banks_are_slow(monkeypatch):
    asked, go, search = [], threading.Event(), Stack.search

    def slow(self, query, limit=20):
        if threading.current_thread() is not threading.main_thread():
            asked.append(query.words)
            assert go.wait(20)
        return search(self, query, limit)

    async with walk() as w:
        await _writing(w)
        offers, listed = w.screen.query_one(Offers), w.screen.query_one("#offered", OptionList)
        before = [option.id for option in listed.options]
        monkeypatch.setattr(Stack, "search", slow)
        offers.query_one(Input).focus()
        for letter in "qunzhong":
            w.send(letter)
            await quiet(w.app)
            await w.until(lambda: asked)  # the thread has begun, and sticks at the first letter
        assert offers.query_one(Input).value == "qunzhong", "every key has been answered"
        assert not go.is_set()
        assert [option.id for option in listed.options] == before, "what was there stays until there is an answer"
        text = w.session.draft.text
        w.send("f5")
        await quiet(w.app)
        assert w.session.draft.text == text, "what is shown is not what was asked for"
        assert "正在找" in w.said()[-1]
        for key in ("shift+tab", "down", "tab"):
            w.send(key)
            await quiet(w.app)
        go.set()
        await w.settle()
        assert offers.hits
        assert all("群众" in offer.hit.phrase.text for offer in offers.hits)
        assert set(asked) == {"q", "qunzhong"}, "what was typed in between is not asked any more"


async def test_offers_are_filtered_as_one_types_and_enter_inserts():
    async with walk() as w:
        await _writing(w)
        offers = w.screen.query_one(Offers)
        await w.press("ctrl+g", "ctrl+g", "ctrl+g")
        offers.query_one(Input).focus()
        await w.type("群众")
        await w.settle()
        assert offers.hits
        assert all("群众" in hit.hit.phrase.text for hit in offers.hits)
        wanted = offers.chosen.id
        await w.press("enter", "enter")
        assert wanted in w.session.used
        offers.query_one(Input).focus()
        await w.type("航天")
        await w.settle()
        assert "自己写" in text_of(w, "#scope")
        await w.press("f5")
        assert w.said()


async def test_the_highlight_stays_on_its_offer_and_what_is_used_goes():
    async with walk() as w:
        await _writing(w)
        offers, listed = w.screen.query_one(Offers), w.screen.query_one("#offered", OptionList)
        listed.focus()
        await w.press("down", "down")
        kept = offers.chosen.id
        w.screen.query_one(SentenceList).focus()
        await w.press("f6")
        w.screen.query_one(ChineseTextArea).text = "我们临河镇靠的是一条心。"
        await w.press("f3")
        assert offers.chosen.id == kept
        listed.focus()
        w.send("enter")
        w.send("enter")
        await w.settle()
        use = [item.use for item in w.session.items(1, 0)]
        assert use.count(kept) == 1, "a second Enter takes the next one"
        assert kept not in [offer.hit.phrase.id for offer in offers.hits]


async def test_only_one_role_is_looked_for_until_another_is_chosen():
    async with walk() as w:
        await _writing(w)
        offers = w.screen.query_one(Offers)
        await w.press("ctrl+o")
        assert isinstance(w.screen, PickRole)
        listed = w.screen.query_one(OptionList)
        listed.highlighted = listed.get_option_index("basis")
        await w.press("enter")
        assert {offer.hit.phrase.role for offer in offers.hits} == {"basis"}
        assert "依据（自选）" in text_of(w, "#scope")
        await w.press("down")
        assert {offer.hit.phrase.role for offer in offers.hits} == {"basis"}
        await w.press("ctrl+o", "home", "f3")
        assert "自选" not in text_of(w, "#scope")


# Sentences


async def test_one_key_turns_candidates_over_and_another_turns_them_back():
    async with walk() as w:
        sentences = await _writing(w)
        stood = [sentences.at.item.use]
        for _ in range(3):
            await w.press("f4")
            stood.append(sentences.at.item.use)
        assert len(set(stood)) == 4
        await w.press("ctrl+z")
        assert sentences.at.item.use == stood[2]
        await w.press("ctrl+y")
        for use in reversed(stood[:-1]):
            await w.press("ctrl+e")
            assert sentences.at.item.use == use
        await w.press("down")
        template = next(n for n, row in enumerate(sentences.rows) if row.item and row.item.spans[0].origin.kind == "template")
        sentences.highlighted = template
        before = sentences.at.item
        await w.press("f4", "ctrl+e")
        assert [span.origin.kind for span in sentences.at.item.spans] == [span.origin.kind for span in before.spans], "not the writer's now"
        sentences.highlighted = 1
        await w.settle()
        await w.press("ctrl+e")
        assert "最先的那一句" in w.said()[-1]
        await w.press("down", "ctrl+e")
        assert "没有用 F4 换过" in w.said()[-1]
        await w.press("up")
        assert "换过" not in text_of(w, "#about")
        await w.press("f4")
        assert "换过1次，Ctrl+E 换回" in text_of(w, "#about")
        await w.press("ctrl+e")
        await w.press("f4", "f6")
        w.screen.query_one(ChineseTextArea).text = "改成自己的话。"
        await w.press("f3", "ctrl+e")
        assert sentences.at.item.text == "改成自己的话。", "own words are not turned away"


async def test_a_run_in_heading_is_turned_over_too():
    async with walk() as w:
        await _writing(w)
        await w.press("up")
        before = w.session.paragraphs(1)[0].lead_text
        await w.press("f4")
        after = w.session.paragraphs(1)[0].lead_text
        await w.press("f4")
        assert len({before, after, w.session.paragraphs(1)[0].lead_text}) == 3
        await w.press("ctrl+e", "ctrl+e")
        assert w.session.paragraphs(1)[0].lead_text == before


async def test_an_offer_is_inserted_after_the_sentence_and_one_replaces_it():
    async with walk() as w:
        sentences = await _writing(w)
        offers = w.screen.query_one(Offers)
        first, offered = sentences.at.item.use, offers.chosen.id
        await w.press("f5")
        assert [item.use for item in w.session.items(1, 0)][:2] == [first, offered]
        assert sentences.at.item.use == offered
        other = offers.chosen.id
        await w.press("ctrl+r")
        assert [item.use for item in w.session.items(1, 0)][:2] == [first, other]


async def test_own_words_are_written_edited_and_removed():
    async with walk() as w:
        sentences = await _writing(w)
        await w.press("f9")
        assert isinstance(w.screen, AskText)
        w.screen.query_one(ChineseTextArea).text = "我们临河镇不靠山、不靠矿，靠的是一条心。\n这是另起的一段。"
        await w.press("f3")
        assert sentences.at.item.text.startswith("我们临河镇")
        assert w.session.paragraphs(1)[1].text == "这是另起的一段。"
        await w.press("f6")
        w.screen.query_one(ChineseTextArea).text = "12.5%"
        await w.press("f3")
        assert sentences.at.item.text == "12.5%", "without a Chinese character it is one's own words too"
        assert "没有编号" not in w.session.draft.text
        await w.press("f6")
        w.screen.query_one(ChineseTextArea).text = "我们靠的是一条心。"
        await w.press("f3", "f8")
        assert "一条心" not in w.session.draft.text


async def test_own_words_behind_an_empty_line_are_a_paragraph_of_their_own():
    async with walk() as w:
        await _writing(w)
        before = [block.text for block in w.session.paragraphs(1)]
        await w.press("f9")
        w.screen.query_one(ChineseTextArea).text = "\n这是另起的一段。"
        await w.press("f3")
        after = [block.text for block in w.session.paragraphs(1)]
        assert after[:2] == [before[0], "这是另起的一段。"]
        assert after[2:] == before[1:]


async def test_esc_in_the_offers_clears_the_filter_then_goes_back_to_the_draft():
    async with walk() as w:
        sentences = await _writing(w)
        line = w.screen.query_one("#filter", Input)
        line.focus()
        await w.type("群众")
        await w.press("escape")
        assert (line.value, line.has_focus) == ("", True)
        await w.press("escape")
        assert sentences.has_focus
        line.focus()
        await w.type("群众")
        await w.press("enter", "escape", "escape")
        assert line.value == ""
        assert sentences.has_focus
        line.value = "群众"
        await w.press("right")
        assert line.value == "", "it was typed for the section that was left"


async def test_what_was_typed_and_left_with_esc_is_offered_again():
    async with walk() as w:
        sentences = await _writing(w)
        await w.press("f9")
        w.screen.query_one(ChineseTextArea).text = "我还没想好后半句，"
        await w.press("escape")
        assert "留着" in w.said()[-1]
        assert w.app.store.typed(w.app.path, held=True).text == "我还没想好后半句，", "another day too"
        await w.press("down", "f9")
        area = w.screen.query_one(ChineseTextArea)
        assert area.text == "我还没想好后半句，"
        assert "没有放进稿子" in w.screen.hint
        area.text += "现在想好了。"
        await w.press("f3")
        assert sentences.at.item.text == "我还没想好后半句，现在想好了。"
        assert w.app.store.typed(w.app.path, held=True) is None
        await w.press("f9")
        assert w.screen.query_one(ChineseTextArea).text == ""
        await w.press("escape", "f6")
        area, before = w.screen.query_one(ChineseTextArea), sentences.at.item.text
        area.text = "改到一半"
        await w.press("escape", "f6", "f4")
        assert w.screen.query_one(ChineseTextArea).text == before, "the sentence as it stands is a key away"
        await w.press("escape")
        assert not w.app.keeping.aside


async def test_a_sentence_without_its_full_stop_gets_it():
    async with walk() as w:
        await _writing(w)
        for typed, mark in (("我在村里蹲过三年点", "。"), ("还有一句没说完，", ""), ("占了12.5%", "")):
            await w.press("f9")
            w.screen.query_one(ChineseTextArea).text = typed
            await w.press("f3")
            assert f"{typed}{mark}" in w.session.draft.text
            assert f"{typed}{mark}。" not in w.session.draft.text


async def test_what_stands_in_a_longer_passage_is_not_offered_again():
    async with walk() as w:
        await _writing(w)
        await w.press("ctrl+g", "ctrl+g", "ctrl+g")
        said = w.session.draft.text
        hits = w.session.suggest(w.screen.query_one(Offers).answer.wish.query(1), 400)
        assert any(hit.phrase.text in said for hit in hits)
        assert not any(hit.phrase.text in said for hit in w.session.offers(w.screen.query_one(Offers).answer.wish.query(1), 400))


async def test_cancelling_changes_nothing():
    async with walk() as w:
        await _writing(w)
        text = w.session.draft.text
        for key in ("f6", "f7", "f9"):
            await w.press(key)
            w.screen.query_one(ChineseTextArea).text = "不要了。"
            await w.press("escape")
        assert w.session.draft.text == text


# Paragraphs


async def test_a_paragraph_and_its_heading_are_edited():
    async with walk() as w:
        await _writing(w)
        await w.press("f7")
        area = w.screen.query_one(ChineseTextArea)
        before = area.text
        area.text = area.text + "12.5%\n再起一段。\n2026"
        await w.press("ctrl+s")
        assert [block.text for block in w.session.paragraphs(1)][1:3] == ["再起一段。", "2026"]
        assert w.session.paragraphs(1)[0].text.endswith(before + "12.5%")
        await w.press("up", "f6")
        assert isinstance(w.screen, AskLine)
        w.screen.query_one(Input).value = "换个小标题"
        await w.press("f3")
        assert "换个小标题" in w.session.paragraphs(1)[0].lead_text
        await w.press("f8")
        assert "换个小标题" not in w.session.draft.text


async def test_what_is_locked_is_shown_and_left_alone_until_it_is_unlocked():
    async with walk() as w:
        sentences = await _writing(w)
        await w.press("ctrl+k")
        assert "［锁］" in str(sentences.get_option_at_index(0).prompt)
        locked = w.session.paragraphs(1)[0].text
        for key in ("f4", "f5", "ctrl+r", "f8"):
            await w.press(key)
            assert "Ctrl+K" in w.said()[-1], key
        assert w.session.paragraphs(1)[0].text == locked
        await w.press("f6")
        w.screen.query_one(ChineseTextArea).text = "自己改的不拦。"
        await w.press("f3")
        assert "自己改的不拦。" in w.session.draft.text
        await w.press("ctrl+k")
        assert "［锁］" not in str(sentences.get_option_at_index(0).prompt)
        await w.press("f8")
        assert "自己改的不拦。" not in w.session.draft.text


async def test_a_section_is_drawn_anew_but_for_what_is_locked_or_own():
    """What is drawn anew is a single sentence here: the whole paragraph that a heading is of would be drawn again."""
    async with walk() as w:
        await _writing(w)
        offered = [offer.hit.phrase for offer in w.screen.query_one(Offers).hits]
        w.app.change(lambda: w.session.put_items(1, 1, [next(phrase.id for phrase in offered if phrase.kind == "sentence")]))
        w.screen.refresh_step()
        await w.press("ctrl+k")
        locked, other = w.session.paragraphs(1)[0].text, w.session.paragraphs(1)[1].text
        rest = [b.text for b in w.session.draft.blocks if b.slot[0] != 1]
        await w.press("ctrl+d")
        after = [block.text for block in w.session.paragraphs(1)]
        assert after[0] == locked
        assert other not in after
        assert [b.text for b in w.session.draft.blocks if b.slot[0] != 1] == rest
        await w.press("ctrl+z")
        assert w.session.paragraphs(1)[1].text == other


async def test_a_paragraph_moves_and_the_highlight_goes_with_it():
    async with walk() as w:
        sentences = await _writing(w)
        first, second = (block.lead_text.partition("）")[2] for block in w.session.paragraphs(1)[:2])
        words = sentences.at.item.text
        await w.press("shift+down")
        assert [b.lead_text for b in w.session.paragraphs(1)[:2]] == [f"（一）{second}", f"（二）{first}"]
        assert (sentences.at.paragraph, sentences.at.item.text) == (1, words)
        await w.press("shift+up", "shift+up")
        assert [b.lead_text for b in w.session.paragraphs(1)[:2]] == [f"（一）{first}", f"（二）{second}"]
        assert "第一段" in w.said()[-1]


async def test_paragraph_sentence_and_facet_are_told_and_the_share_of_the_section():
    async with walk() as w:
        sentences = await _writing(w)
        facet = w.session.facet_of(1, 0)
        assert text_of(w, "#about").startswith(f"第1段第1句　{facet}　")
        await w.press("f4")
        assert "出处" in text_of(w, "#about")
        assert "宜23–33%" in text_of(w, "#section-title")
        assert "偏" not in text_of(w, "#section-title")
        w.session.put_items(1, 0, ["只剩一句话了。"])
        while len(w.session.paragraphs(1)) > 1:
            w.session.put_items(1, 1, [])
        w.screen.refresh_step()
        assert "偏少" in text_of(w, "#section-title")
        assert sentences.option_count == 2


async def test_an_empty_section_takes_an_offer_or_own_words():
    async with walk() as w:
        await _writing(w)
        for way in ("f5", "f9"):  # each from an empty section
            while w.session.put_items(1, 0, []):
                pass
            w.screen.refresh_step()
            await w.settle()
            await w.press("f4", "ctrl+e", "f8", "ctrl+k", "ctrl+k", "shift+up", "f10", "escape")
            assert "还没有内容" in text_of(w, "#about")
            assert [block.text for block in w.session.paragraphs(1)] == [""]
            await w.press(way)
            if way == "f9":
                w.screen.query_one(ChineseTextArea).text = "从头写起。"
                await w.press("f3")
            assert [bool(block.text) for block in w.session.paragraphs(1)] == [True]
            assert w.screen.query_one(SentenceList).at.item


async def test_a_section_that_was_added_and_taken_back_leaves_the_writer_somewhere():
    async with walk() as w:
        await w.to(SectionsScreen)
        await w.press("end", "f9", "f3", "f3")
        assert isinstance(w.screen, WriteScreen)
        last = len(w.session.plan.sections) - 1
        for _ in range(last):
            await w.press("ctrl+n")
        assert w.screen.section == last
        await w.press("ctrl+z")
        assert w.screen.section == last - 1
        assert w.screen.query_one(SentenceList).at
        await w.press("down", "f4", "ctrl+b", "f2", "f3")
        assert isinstance(w.screen, WriteScreen)


@pytest.mark.parametrize("width", [40, 97])
async def test_no_line_of_a_sentence_is_cut_off(width):
    async with walk((width, 24)) as w:
        await w.to(WriteScreen)
        for section in range(1, 3):
            await w.press("right")
            sentences = w.screen.query_one(SentenceList)
            shown = []
            for y in range(sentences.virtual_size.height):
                sentences.scroll_to(y=y, animate=False, immediate=True)
                top = min(y, sentences.max_scroll_y)
                shown.append(sentences.render_line(y - top).text)
            text = "".join("".join(shown).split())
            for number in range(len(w.session.paragraphs(section))):
                for item in w.session.items(section, number):
                    assert "".join(item.text.split()) in text


async def test_a_sentence_taller_than_the_list_is_read_to_its_end_and_back():
    async with walk((40, 20)) as w:
        await w.to(WriteScreen)
        w.session.put_items(0, 0, [LONG, "下一句。"])
        w.screen.refresh_step()
        sentences = w.screen.query_one(SentenceList)
        await w.press("down")
        seen, keys = "", 0
        while sentences.at.index == 0 and keys < 40:
            height = sentences.scrollable_content_region.height
            seen += "".join(sentences.render_line(y).text for y in range(height))
            await w.press("down")
            keys += 1
        assert 1 < keys < 40
        assert "写在心里。" in "".join(seen.split()), "its end has been in sight"
        assert sentences.at.item.text == "下一句。"
        for _ in range(keys):
            await w.press("up")
        assert sentences.at.index == 0
        await w.press("f10")
        assert isinstance(w.screen, LookScreen)


# The page


def test_the_page_has_indents_headings_and_marks(session):
    blocks = {block.kind: block for block in session.draft.blocks}
    assert words_of(blocks["paragraph"]).plain.startswith("\u3000\u3000")
    assert not words_of(blocks["title"]).plain.startswith("\u3000")
    styles = [str(span.style) for block in session.draft.blocks for span in words_of(block).spans]
    assert "bold" in styles
    assert any("warning" in style for style in styles), "blanks are marked"


async def test_the_page_beside_follows_and_draws_only_what_changed():
    async with walk((160, 40)) as w:
        sentences = await _writing(w)
        page = w.screen.query_one("#preview", Preview)
        await w.settle()
        assert page.display
        assert [sheet.block for sheet in page.sheets] == list(w.session.draft.blocks)
        before = page.drawn
        await w.press("f4")
        assert 0 < page.drawn - before <= 2, "the paragraph, and the sentence in it"
        assert [sheet.block for sheet in page.sheets] == list(w.session.draft.blocks)
        (here,) = [sheet for sheet in page.sheets if sheet.has_class("pointed")]
        assert sentences.at.item.text in here.block.text
        assert here.region.overlaps(page.region)
        await w.press("right", "right", "down")
        (here,) = [sheet for sheet in page.sheets if sheet.has_class("pointed")]
        assert here.block in w.session.paragraphs(3)
        assert here.region.overlaps(page.region)
        before = page.drawn
        await w.press("f7")
        w.screen.query_one(ChineseTextArea).text = "第一段。\n第二段。\n第三段。"
        await w.press("f3")
        assert [sheet.block for sheet in page.sheets] == list(w.session.draft.blocks)
        assert [child.block for child in page.children] == list(w.session.draft.blocks)
        assert page.drawn - before <= 5
        await w.press("ctrl+z")
        assert [child.block for child in page.children] == list(w.session.draft.blocks)
        await w.resize(100, 30)
        await w.settle()
        assert not page.display


async def test_the_page_opens_where_the_writer_is_and_closes_by_the_same_key():
    async with walk((40, 20)) as w:
        await _writing(w)
        await w.press("right", "down")
        words = w.screen.query_one(SentenceList).at.item.text
        assert not w.screen.query_one("#preview").display
        for key in ("f10", "escape"):
            await w.press("f10")
            assert isinstance(w.screen, LookScreen)
            await w.until(lambda: w.screen.query_one(Preview).scroll_offset.y > 0)
            (here,) = [sheet for sheet in w.screen.query_one(Preview).sheets if sheet.has_class("pointed")]
            assert words in here.block.text
            assert here.region.overlaps(w.screen.query_one(Preview).region)
            await w.press("f1", "escape", "down", key)
            assert isinstance(w.screen, WriteScreen)
            assert w.screen.query_one(SentenceList).at.item.text == words


async def test_the_keys_fit_eighty_columns():
    async with walk((80, 24)) as w:
        await w.to(WriteScreen)
        footer = w.screen.query_one(Footer)
        assert footer.max_scroll_x == 0
        assert footer.children[-1].region.right <= 80


def test_a_session_is_left_as_it_was_by_the_asking(session):
    """The thread looks at the session, it never changes it."""
    outline, text = session.outline, session.draft.text
    answer(Wish(session, "measure", "隐患排查"))
    assert session.outline is outline
    assert session.draft.text == text
    assert actions.is_settled(session.plan.sections[1].plan) is False
