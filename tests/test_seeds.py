"""Five real texts with all their damage: nothing of them that belongs to one place or one website reaches a draft."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, own_library

from drafting.builtin import builtin_bank
from drafting.model import Draft
from drafting.outline import load
from drafting.render import render
from phrasebank.assemble import Report
from phrasebank.bank import Bank
from phrasebank.mine import mine
from phrasebank.search import Stack

FOREIGN_KINDS = {"place", "org", "project", "event"}
FOREIGN_SCOPES = {"local", "case"}
ADVERTISING = {"ad", "contact", "site_footer", "site_widget", "paywall_marker", "copyright", "omission_marker"}
BOUND_TO_ACT = {"measure", "pledge", "appeal"}


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, dict]:
    """The annotation of each seed by the stem of its file."""
    files = sorted((shared / "gold/seeds").glob("*.json"))
    assert len(files) == 5
    return {path.stem: json.loads(path.read_text("utf-8")) for path in files}


@pytest.fixture(scope="module")
def mined(shared: Path, tmp_path_factory) -> tuple[Bank, Report]:
    """The bank mined from the five seeds, and what its mining counted."""
    path = tmp_path_factory.mktemp("seeds") / "bank.db"
    report = mine([shared / "corpus/seeds"], path, own_library().lexicon(), base=shared / "corpus/seeds")
    return Bank(path), report


@pytest.fixture(scope="module")
def offered(mined):
    """Everything the bank would offer."""
    return mined[0].matching((), 100_000)


@pytest.fixture(scope="module")
def drafts(mined) -> list[Draft]:
    """Every example of ours with four seeds, drafted from the real texts with the built-in bank behind them."""
    stack = Stack((mined[0],), builtin_bank())
    found = [o for path in sorted((ROOT / "examples").rglob("*.yaml")) for o in load(path, own_library())]
    assert found
    return [render(replace(outline, seed=seed), own_library(), stack) for outline in found for seed in (7, 8, 9, 12)]


def foreign_names(gold: dict[str, dict]) -> set[str]:
    """Places, bodies, projects and events that belong to the texts alone.

    A kind of office (…部门), which every county has, is no name.
    """
    return {
        slot["text"].strip("“”")
        for seed in gold.values()
        for slot in seed["slots"]
        if slot["kind"] in FOREIGN_KINDS
        and slot["scope"] in FOREIGN_SCOPES
        and len(slot["text"].strip("“”")) > 1
        and not slot["text"].endswith("部门")
    }


def advertising(gold: dict[str, dict]) -> set[str]:
    """Clauses of four characters or more, addresses and numbers of what was removed as advertising."""
    texts = [noise["text"] for seed in gold.values() for noise in seed["noise"] if noise["kind"] in ADVERTISING]
    clauses = {clause for text in texts for clause in re.findall(r"[\u4e00-\u9fff]{4,}", text)}
    titles = {title for seed in gold.values() for piece in seed["pieces"] for title in [piece["title"]] if title}
    signs = {sign for text in texts for sign in re.findall(r"[A-Za-z0-9.]{5,}", text)}
    return {word for word in clauses | signs if not any(word in title for title in titles)}


def stem(phrase) -> set[tuple[str, int]]:
    return {(Path(source.file).stem, source.line) for source in phrase.sources}


def test_the_seeds_give_enough_to_draft_from(mined, offered):
    """The five texts give a usable bank, and the counts of the run add up."""
    _, report = mined
    assert report.documents == 5
    assert report.pieces >= 5
    assert not report.unreadable
    assert report.offered + sum(report.dropped.values()) == report.phrases
    assert len(offered) == report.offered > 100


def test_drafts_use_the_seeds(drafts):
    """The user's own bank comes first: a good part of a draft on its theme is from it."""
    used = [
        s
        for d in drafts
        for b in d.blocks
        for s in b.spans
        if any(re.match(r"\d{3}_", x.file) for x in s.origin.sources)
    ]
    assert len(used) > 5


def test_no_name_of_another_place_reaches_a_draft(gold, drafts):
    """Places, bodies, projects and events of the five texts stand in no draft."""
    names = foreign_names(gold)
    assert len(names) > 20
    for draft in drafts:
        assert not [name for name in names if name in draft.text]


def test_no_name_of_another_place_is_offered(gold, offered):
    """Nor in anything the bank would offer, in its wording outside slots."""
    names = {name for name in foreign_names(gold) if len(name) > 2}
    assert not {(name, p.text) for p in offered for name in names if name in re.sub(r"\{[^}]*\}", "", p.template)}


def test_no_advertising_reaches_a_draft(gold, drafts, offered):
    """Nothing a website wrote into the texts stands in a draft or is offered."""
    words = advertising(gold)
    assert len(words) > 15
    for text in (*(draft.text for draft in drafts), *(phrase.text for phrase in offered)):
        assert not [word for word in words if word in text], text[:60]


def test_no_digit_of_the_seeds_reaches_a_draft(drafts):
    """Figures come from the fact sheet, the profile and the writer."""
    for draft in drafts:
        for block in draft.blocks:
            for span in (*block.lead, *block.spans):
                assert span.origin.kind in ("fact", "profile", "writer") or not re.search(r"\d", span.text)


def test_no_missing_character_is_offered(gold, offered):
    """A sentence with a censored name, a lost number or a cut in it is not offered."""
    damage = {
        (name, defect["line"], re.sub(r"\s", "", defect["text"]))
        for name, seed in gold.items()
        for defect in seed["defects"]
        if defect["kind"] in ("censored_name", "missing_number", "truncated_end")
        and defect.get("certainty", "certain") == "certain"
    }
    assert damage
    for phrase in offered:
        text = re.sub(r"\s", "", phrase.text)
        assert not [
            part for name, line, part in damage if (name, line) in stem(phrase) and (part in text or text in part)
        ], text


def test_the_faults_of_the_second_text_are_never_measures(gold, offered):
    """What the second text confesses is offered for problems and causes, never for what is to be done."""
    name = sorted(gold)[1]
    lines = {
        row["line"]
        for row in gold[name]["paragraph_roles"]
        if row["polarity"] == "negative" and row["role"] == "problem"
    }
    assert lines
    there = [phrase for phrase in offered if any(key in stem(phrase) for key in ((name, line) for line in lines))]
    assert there
    assert not [phrase.text for phrase in there if phrase.role in BOUND_TO_ACT]


def test_an_opinion_quoted_to_be_refuted_is_not_offered(gold, offered):
    """Nobody says again what the text only quotes to refute it."""
    views = [item["text"] for seed in gold.values() for item in seed["negatives"] if "refuted" in item["why"]]
    assert views
    fold = str.maketrans(",;:?!()", "，；：？！（）")
    for phrase in offered:
        assert not [view for view in views if view.translate(fold) in phrase.text.translate(fold)], phrase.text


def test_look_alikes_of_measures_are_none(gold, offered):
    """Wording the annotation marks as no phrase for measures is not offered as one."""
    fold = str.maketrans(",;:?!()", "，；：？！（）")
    traps = [
        item["text"].translate(fold)
        for seed in gold.values()
        for item in seed["negatives"]
        if item["looks_like"] == "phrase for measures"
    ]
    assert len(traps) >= 3
    negated = [trap for trap in traps if not trap.startswith("避免")]  # «避免…» says what not to do: that is a measure
    for phrase in offered:
        if phrase.role in BOUND_TO_ACT:
            assert not [trap for trap in negated if trap in phrase.text.translate(fold)], phrase.text
