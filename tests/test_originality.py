"""What ships is written for this project: nothing in it is copied from the texts it was tested with."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

LENGTH = 20
"""Han characters in a row that no two people write alike by chance."""
SENTENCE = 12
"""Characters from which a whole sentence alike is no chance."""
GRAM, SHARED_GRAMS = 8, 0.7
"""Characters of a run; the share of a sentence's runs that may stand in one text of the corpus: titles of laws and set expressions do."""
OURS = ("corpus", "sections", "themes", "genres", "layouts", "frames", "reports")
"""What we wrote ourselves, below `templates`; terms, rules and quotations hold set expressions word for word, as they must."""

_RUN = re.compile(r"[\u4e00-\u9fff，。、；：！？“”‘’（）《》,;:!?()]+")
_TITLE = re.compile("《[^《》]*》")
"""Titles of laws and rules are what they are."""
_TERMS = re.compile(r"^terms:\s*\[.*?\]", re.M | re.S)
"""Set expressions of a theme are official wording, as they must."""
_MARKS = re.compile(r"[^\u4e00-\u9fff]")
_OTHER = re.compile(r"[^\u4e00-\u9fff\n]")


def folders() -> list[Path]:
    return [*(ROOT / "templates" / name for name in OURS), ROOT / "examples"]


def runs(text: str) -> Iterator[tuple[int, str]]:
    """Chinese runs with their line."""
    for number, line in enumerate(text.splitlines(), 1):
        for match in _RUN.finditer(line):
            yield number, match.group()


def written() -> Iterator[tuple[str, str]]:
    """Every Chinese run of ours, with its place."""
    for path in sorted(path for folder in folders() for path in folder.rglob("*") if path.is_file()):
        for number, run in runs(_TERMS.sub("", _TITLE.sub("《》", path.read_text("utf-8")))):
            yield f"{path.relative_to(ROOT)}:{number}", run


@pytest.fixture(scope="module")
def ours() -> dict[str, str]:
    """Every stretch of twenty characters of ours, with its place."""
    found: dict[str, str] = {}
    for place, run in written():
        bare = _MARKS.sub("", run)
        for start in range(len(bare) - LENGTH + 1):
            found.setdefault(bare[start : start + LENGTH], place)
    return found


@pytest.fixture(scope="module")
def sentences() -> dict[str, str]:
    """Every sentence of ours of twelve characters and more, with its place."""
    parts = ((_MARKS.sub("", part), place) for place, run in written() for part in re.split("[。！？；]", run))
    return {bare: place for bare, place in parts if len(bare) >= SENTENCE}


@pytest.fixture(scope="module")
def texts(shared, ours, sentences) -> dict[str, tuple[str, frozenset[str]]]:
    """The texts of the corpus, Han characters alone, sentences parted by line feeds, and which runs of eight characters they have of
    ours: only where there is one a longer stretch can be alike."""
    grams = {stretch[:GRAM] for stretch in ours}
    grams |= {sentence[i : i + GRAM] for sentence in sentences for i in range(len(sentence) - GRAM + 1)}
    found = {}
    for path in sorted((shared / "corpus").rglob("*.txt")):
        text = path.read_text("utf-8", "replace")
        text = _OTHER.sub("", re.sub("[。！？；]", "\n", "\n".join(run for _, run in runs(text))))
        whole = text.replace("\n", "")
        found[path.name] = text, frozenset(gram for i in range(len(whole) - GRAM + 1) if (gram := whole[i : i + GRAM]) in grams)
    return found


def test_no_twenty_characters_in_a_row_stand_in_the_corpus(texts, ours):
    assert len(ours) > 100_000
    begun: dict[str, list[str]] = defaultdict(list)
    for stretch in ours:
        begun[stretch[:GRAM]].append(stretch)
    copied = []
    for name, (text, grams) in texts.items():
        whole = text.replace("\n", "")
        copied += [f"{ours[w]}: {w} ({name})" for gram in grams & begun.keys() for w in begun[gram] if w in whole]
    assert copied == []


def test_no_sentence_stands_in_the_corpus_whole_or_nearly(texts, sentences):
    """No sentence of ours of twelve characters and more is one of theirs, and none has most of its runs in one of their texts."""
    assert len(sentences) > 8_000
    holders: dict[str, list[str]] = defaultdict(list)
    for sentence in sentences:
        for gram in {sentence[i : i + GRAM] for i in range(len(sentence) - GRAM + 1)}:
            holders[gram].append(sentence)
    copied = []
    for name, (text, grams) in texts.items():
        theirs = set(text.split("\n"))
        common = Counter(s for g in grams & holders.keys() for s in holders[g])
        near = {s for s, count in common.items() if count > SHARED_GRAMS * (len(s) - GRAM + 1)}
        copied += [f"{sentences[s]}: {s} ({name})" for s in near | (theirs & sentences.keys())]
    assert copied == []


def test_the_starter_corpus_plays_in_invented_places(builtin):
    """No sentence is held back for the name of a real place; and what the miner takes for names is rare."""
    from phrasebank.gazetteer import find_places

    held = [(name, phrase.text) for phrase in builtin.dropped() if phrase.reason == "names" for name in phrase.names]
    full = re.compile("[省市县区州盟旗镇乡]$")
    assert not [(n, t) for n, t in held if full.search(n) and find_places(n) == [(0, len(n))] and not re.search("青山|临河|和县|满城", n)]
    assert len(held) < 0.01 * builtin.count("phrases")


def test_the_starter_corpus_holds_no_figures():
    """Figures in starter texts are typed blanks: nobody's statistics are shipped."""
    for path in sorted((ROOT / "templates/corpus").glob("*-*.md")):
        _, _, body = path.read_text("utf-8").split("---\n", 2)
        assert not re.findall(r"\d+", body), path.name
