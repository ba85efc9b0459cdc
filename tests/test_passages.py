"""Copied passages: found in an index of any size, with file and line, whatever marks stand between."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phrasebank.errors import BankError
from phrasebank.passage_index import _codes, _fingerprints, build
from phrasebank.passages import GRAM, WINDOW, Passages, _Own

HAN = [chr(c) for c in range(0x4E00, 0x4E00 + 3000)]


def noise(seed: int, size: int) -> str:
    """Characters in no order, so that no run of eight comes twice."""
    rng = random.Random(seed)
    return "".join(rng.choice(HAN) for _ in range(size))


def index(tmp_path, *documents: tuple[str, list[str]]) -> Passages:
    path = tmp_path / "passages.idx"
    build([(file, list(enumerate(lines, 1))) for file, lines in documents], path)
    return Passages(path)


def test_a_copied_passage_is_found_with_file_and_line(tmp_path):
    """Thirty characters from the third line of the second file."""
    lines = [noise(n, 200) for n in range(4)]
    found = index(tmp_path, ("甲.txt", lines[:2]), ("乙.txt", [noise(9, 80), "", lines[3]])).passages(
        noise(20, 50) + lines[3][40:70] + noise(21, 50)
    )
    assert [(p.file, p.line, p.length, p.source) for p in found] == [("乙.txt", 3, 30, lines[3][40:70])]
    assert (found[0].start, found[0].end) == (50, 80)


@settings(max_examples=40)
@given(st.integers(25, 60), st.integers(0, 100), st.data())
def test_every_run_of_25_characters_is_found(tmp_path_factory, size, start, data):
    """Winnowing promises it: whatever stands around, and whatever marks the copyist changed."""
    source = noise(1, 200)
    passages = index(tmp_path_factory.mktemp("i"), ("源.txt", [source]))
    copy = list(source[start : start + size])
    for at in data.draw(st.lists(st.integers(1, len(copy) - 1), max_size=3)):
        copy.insert(at, "，")
    found = passages.passages(noise(2, 30) + "".join(copy) + noise(3, 30))
    assert sum(p.length for p in found) >= size


def test_24_characters_are_not_told(tmp_path):
    source = noise(1, 100)
    assert index(tmp_path, ("源.txt", [source])).passages(noise(2, 30) + source[10:34] + noise(3, 30)) == []


def test_a_passage_over_a_line_break_is_one(tmp_path):
    """A paragraph that the source has on two lines."""
    source = noise(1, 60)
    (found,) = index(tmp_path, ("源.txt", [source[:30], source[30:]])).passages(source[10:50])
    assert (found.length, found.line, found.source) == (40, 1, source[10:50])


def test_a_formula_that_stands_everywhere_has_few_rare_characters(tmp_path):
    """What six texts share is a formula; what one text has is a copy."""
    formula, own = noise(1, 30), noise(2, 30)
    passages = index(tmp_path, *((f"{n}.txt", [noise(10 + n, 50) + formula + noise(30 + n, 50)]) for n in range(6)), ("源.txt", [own]))
    common, rare = passages.passages(formula + "。" + noise(99, 40) + own)
    assert common.rare == 0
    assert rare.rare == 30


def test_the_longest_source_is_named(tmp_path):
    """Two files hold the passage, one of them more of it."""
    source = noise(1, 80)
    passages = index(tmp_path, ("短.txt", [noise(5, 20) + source[20:50]]), ("长.txt", [source]))
    (found,) = passages.passages(noise(2, 20) + source[10:60])
    assert (found.file, found.length) == ("长.txt", 50)


def test_the_file_that_is_checked_is_not_its_own_source(tmp_path):
    source = noise(1, 80)
    passages = index(tmp_path, ("自己.txt", [source]))
    assert passages.passages(source, spared="自己.txt") == []
    assert passages.shares(source, spared="自己.txt") is None


def test_shares_tell_how_much_of_a_text_one_document_holds(tmp_path):
    """Half of the runs from one file, in pieces too short for a passage."""
    source = noise(1, 400)
    mixed = "".join(source[a : a + 20] + noise(a + 50, 20) for a in range(0, 400, 40))
    share = index(tmp_path, ("源.txt", [source]), ("别.txt", [noise(7, 400)])).shares(mixed)
    assert share is not None
    assert share.file == "源.txt"
    assert 0.15 < share.share < 0.6


def test_both_sides_keep_the_same_fingerprints():
    """What numpy keeps when the index is made is what is looked for later."""
    text = "甲，" + noise(3, 300) + "ＡＢＣ１２３ 乙。" + noise(4, 40)
    own = _Own.of(text)
    hashes, places = _fingerprints(_codes(text))
    kept = [(own.hashes[at], own.places[at]) for at in sorted(own.fingerprints())]
    assert kept == list(zip(hashes.tolist(), places.tolist(), strict=True))


@pytest.mark.parametrize("text", ["", "短", "，。！？", "a" * (GRAM + WINDOW), "😀" * 40, "\ud800坏" * 20])
def test_odd_texts_do_no_harm(tmp_path, text):
    passages = index(tmp_path, ("源.txt", [text, noise(1, 50)]))
    assert all(p.length >= 25 for p in passages.passages(text))
    assert passages.documents == 1


def test_an_empty_corpus_has_no_passages(tmp_path):
    assert index(tmp_path).passages(noise(1, 60)) == []


@pytest.mark.parametrize("content", [b"", b"NGPASS1\n", b"NGPASS1\n\xff\xff\xff\xff", b"junk" * 100])
def test_a_damaged_index_is_named(tmp_path, content):
    path = tmp_path / "bad.idx"
    path.write_bytes(content)
    with pytest.raises(BankError, match="查重索引"):
        Passages(path)


def test_a_truncated_index_is_named(tmp_path):
    passages = index(tmp_path, ("源.txt", [noise(1, 300)]))
    path = tmp_path / "cut.idx"
    path.write_bytes(passages.path.read_bytes()[:-10])
    with pytest.raises(BankError, match="查重索引坏了"):
        Passages(path)
