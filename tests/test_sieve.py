"""The sieve says what may stand in a text: whatever a pattern finds, its signs must have announced."""

import random
import re
from re import _constants as op  # the parse tree of patterns, from which texts are made that they match
from re import _parser

import pytest

from phrasebank import barring, classify, rolefeatures
from phrasebank.constructions import anchors_in, frames_in, may_have_pairs, pairs_in
from phrasebank.cues import FAULT, FAULT_SIGNS, WARNING, WARNING_SIGNS
from phrasebank.levels import LEVELS, bound_to, level_pattern, level_signs
from phrasebank.model import MARKS
from phrasebank.sieve import Finder, Laid, Sieve

DRAWN = 150
FILLER = "某甲乙，不是"


def drawn(pattern, rng, count):
    """Texts that `pattern` may well match."""
    tree = _parser.parse(pattern.pattern)
    return ["".join(_drawn(tree, rng)) for _ in range(count)]


def _drawn(tree, rng):
    for code, value in tree:
        if code is op.LITERAL:
            yield chr(value)
        elif code is op.IN:
            yield _member(value, rng)
        elif code is op.BRANCH:
            yield from _drawn(rng.choice(value[1]), rng)
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            low, high, inner = value
            for _ in range(rng.randint(low, min(high, low + 3))):
                yield from _drawn(inner, rng)
        elif code is op.SUBPATTERN:
            yield from _drawn(value[-1], rng)
        elif code is op.ASSERT and value[0] > 0:
            yield from _drawn(value[1], rng)
        elif code in (op.ANY, op.NOT_LITERAL):
            yield rng.choice(FILLER)


def _member(items, rng):
    if items[0][0] is op.NEGATE:
        return rng.choice(FILLER)
    code, value = rng.choice(items)
    return chr(value) if code is op.LITERAL else chr(rng.randint(*value)) if code is op.RANGE else rng.choice(FILLER)


def sieve_of(signs):
    return Sieve([signs.split()])


def needed():
    """Patterns with the sieve and the bits without which they are not asked."""
    text, bare = barring.text_signs(), barring.bare_signs("县")
    yield FAULT, sieve_of(FAULT_SIGNS), 1
    yield WARNING, sieve_of(WARNING_SIGNS), 1
    yield classify._REFUTED, classify._sieve(), classify._MAY_VIEW
    yield classify._BAD_VIEW, classify._sieve(), classify._MAY_VIEW
    yield rolefeatures._PLAN, rolefeatures._sieve(), rolefeatures._MAY_PLAN
    yield rolefeatures._GLOSSARY, rolefeatures._sieve(), rolefeatures._EXPLAINS
    for (pattern, *_), bits in zip(rolefeatures._PHRASES, rolefeatures._NEEDED, strict=True):
        yield re.compile(pattern), rolefeatures._sieve(), bits
    for pattern, bits in ((barring._SPOKEN, barring.SPOKEN), (barring._DATED, barring.DATED), (barring._COUNT, barring.COUNT)):
        yield pattern, text, bits
    yield barring._REGION, bare, barring.REGION
    yield barring._LEVELLED, bare, barring.RANK


@pytest.mark.parametrize(("pattern", "sieve", "bits"), list(needed()), ids=range(22))
def test_what_a_pattern_finds_its_signs_have_announced(pattern, sieve, bits):
    rng = random.Random(4)
    texts = [text for text in drawn(pattern, rng, DRAWN) if pattern.search(text)]
    assert len(texts) > DRAWN // 10
    assert [text for text, mask in zip(texts, sieve.masks(Laid(texts)), strict=True) if mask & bits != bits] == []


def test_what_leans_on_the_text_before_it_is_asked_about():
    rng = random.Random(4)
    texts = [text for text in drawn(barring._DANGLING, rng, 1500) if barring._DANGLING.match(text)]
    masks = barring.text_signs().masks(Laid(texts))
    assert len(texts) > 300
    assert [t for t, mask in zip(texts, masks, strict=True) if not mask & barring.LEANING and t[0] not in barring._OPENS] == []


@pytest.mark.parametrize("level", LEVELS)
def test_words_of_a_level_are_announced(level):
    rng = random.Random(4)
    words = [word for slots in LEVELS[level].values() for word in slots] + [f"{level}{x}" for x in ("工作", "发展", "干部的", "组织委员")]
    texts = [f"某{word}{rng.choice(FILLER)}" for word in words]
    for text, own, bare in zip(texts, level_signs(level).masks(Laid(texts)), barring.bare_signs(level).masks(Laid(texts)), strict=True):
        assert own or not level_pattern(level).search(text)
        assert bare & barring.RANK or not bound_to(text, level)


def test_words_are_found_in_each_text_as_by_looking():
    rng, letters = random.Random(4), "甲乙丙丁，a𠀀\n"
    words = {"".join(rng.choices(letters, k=rng.randint(1, 4))) for _ in range(60)}
    texts = ["".join(rng.choices(letters, k=rng.randint(0, 30))) for _ in range(200)] + [""]
    found = Finder(words).standing_in(Laid(texts))
    assert [set(words_) for words_ in found] == [{word for word in words if word in text} for text in texts]
    assert all(len(set(words_)) == len(words_) for words_ in found)


@pytest.mark.parametrize("letters", ["甲乙，a_1。 ", "甲𠀀，a", "甲\0，乙"])
def test_letters_are_what_marks_leave(letters):
    rng = random.Random(4)
    texts = ["".join(rng.choices(letters, k=rng.randint(0, 20))) for _ in range(100)]
    assert Laid(texts).letters == [MARKS.sub("", text) for text in texts]
    assert Laid([]).letters == [] and Sieve([["甲"]]).masks(Laid([])) == [] and Finder(["甲乙"]).standing_in(Laid([])) == []


def test_pairs_and_frames_are_found_in_many_texts_as_in_one():
    texts = ["思想上不松，行动上不慢。", "把安全作为头等大事来抓", "没有什么。", "白天有人走,夜里有人看；", "", "以点带面，以面促点"]
    may = may_have_pairs(Laid(texts))
    assert all(found for found, text in zip(may, texts, strict=True) if list(pairs_in(text)))
    assert may[0] and not may[1] and not may[2]
    anchors = anchors_in(Laid(texts))
    assert [set(frames_in(text, near)) for text, near in zip(texts, anchors, strict=True)] == [set(frames_in(text)) for text in texts]
