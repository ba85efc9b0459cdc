"""Runs of sentences that go on from each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phrasebank.extract import phrase_id
from phrasebank.model import Phrase
from phrasebank.runs import LONGEST, runs_in

LEAD = Phrase("p1", "守河堤先要认得河堤。", "守河堤先要认得河堤。", "lead", "plain")
HOW = Phrase("p2", "把险段一处一处走一遍，记在本子上。", "把险段一处一处走一遍，记在本子上。", "measure", "plain")
LEANING = Phrase("p3", "这样到了夜里也找得着地方。", "这样到了夜里也找得着地方。", "measure", "plain", reason="dangling")
MORE = Phrase("p6", "换岗的人当面点清沙袋和铁锹。", "换岗的人当面点清沙袋和铁锹。", "measure", "plain")
FAULT = Phrase("p4", "有的巡堤员图省事，只在车上看一眼。", "有的巡堤员图省事，只在车上看一眼。", "problem", "negative")
BARRED = Phrase("p5", "青水县的做法值得学。", "青水县的做法值得学。", "measure", "plain", reason="names")


def texts(*paragraph: Phrase) -> list[str]:
    return [run.text for run in runs_in(paragraph, phrase_id)]


def test_two_sentences_and_a_third_that_leans():
    (first, second) = texts(LEAD, HOW, LEANING)
    assert first == LEAD.text + HOW.text + LEANING.text
    assert second == HOW.text + LEANING.text  # a run begins at every sentence that stands alone


@pytest.mark.parametrize("paragraph", [(LEANING, HOW), (BARRED, HOW), (LEAD, BARRED), (LEAD,), ()])
def test_no_run_where_a_sentence_may_not_stand(paragraph):
    found = texts(*paragraph)
    assert not [text for text in found if text.startswith((LEANING.text, BARRED.text)) or BARRED.text in text]
    assert len(found) == 0


def test_a_fault_is_not_said_of_a_task():
    assert texts(LEAD, FAULT) == []
    (run,) = runs_in((replace(FAULT, polarity="plain"), FAULT), phrase_id)
    assert (run.role, run.polarity, run.kind) == ("problem", "negative", "run")


def test_a_long_run_goes_on_as_far_as_the_thought():
    found = [run.text for run in runs_in((LEAD, HOW, MORE, FAULT, HOW), phrase_id)]
    assert LEAD.text + HOW.text + MORE.text in found  # three that could each stand alone
    assert LEAD.text + HOW.text in found  # and a short one for little room
    assert not [text for text in found if FAULT.text in text]
    long = replace(HOW, text="把" + "险段" * 60)
    assert max(len(run.text) for run in runs_in((LEAD, long, long, HOW), phrase_id)) <= LONGEST


def test_a_run_has_one_blank_at_most_and_is_not_long():
    asked = replace(HOW, template="在{blank:时间|清查时限}前把险段走一遍。")
    assert len(texts(LEAD, asked)) == len(texts(asked, HOW)) == 1
    assert texts(asked, asked) == []
    assert texts(replace(LEAD, text="守" * LONGEST), HOW) == []


def test_a_run_does_what_most_of_it_does_and_is_of_its_first_sentence_else():
    (run,) = runs_in((replace(LEAD, facets=("巡堤",), genre="党课"), HOW), phrase_id)
    assert (run.role, run.facets, run.genre) == ("measure", ("巡堤",), "党课") and run.id == phrase_id(run.text) != LEAD.id
    (claims,) = runs_in((LEAD, replace(LEAD, id="p7", text="认得了才守得住。", template="认得了才守得住。")), phrase_id)
    assert claims.role == "lead"  # where nothing is said but claims


def test_a_list_of_all_sides_is_no_run():
    assert texts(replace(HOW, facets=("巡堤",)), replace(MORE, facets=("交接",))) == []
    assert texts(replace(HOW, facets=("巡堤",)), replace(MORE, facets=("交接", "巡堤"))) != []
    assert texts(replace(HOW, facets=("巡堤",)), MORE) != []


def kinds(*paragraph: Phrase) -> list[tuple[str, str, str]]:
    return [(run.kind, run.role, run.polarity) for run in runs_in(paragraph, phrase_id, headed=True)]


def test_what_stands_under_a_heading_is_offered_whole_and_no_part_of_it_without_its_head():
    last = replace(MORE, text="锈了的当天换下来。")
    paragraph, short = runs_in((HOW, MORE, last), phrase_id, headed=True)
    assert (paragraph.kind, paragraph.text) == ("paragraph", HOW.text + MORE.text + last.text)
    assert (short.kind, short.text) == ("run", HOW.text + MORE.text)  # for little room, from its beginning
    assert kinds(HOW, BARRED, MORE) == []
    more = (replace(HOW, text=text) for text in ("先看沙袋够不够。", "再看铁锹锈没锈。", "后看人到没到。"))
    many = (HOW, MORE, *more, LEANING)
    assert {kind for kind, _, _ in kinds(*many)} == {"run"}  # too long for one thought


def test_a_fault_on_the_way_makes_no_paragraph_negative_but_a_task():
    done = replace(HOW, role="achievement", text="险段已经一处一处走了一遍。")
    before = replace(FAULT, text="从前有的人只在车上看一眼。")
    assert kinds(done, before, replace(done, text="如今人人手里有一张图。"))[0] == ("paragraph", "achievement", "plain")
    assert ("paragraph", "measure", "plain") not in kinds(HOW, FAULT, MORE)
