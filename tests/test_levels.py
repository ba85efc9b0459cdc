"""Level words: what changes with the rank of the speaker, and what does not."""

from __future__ import annotations

import pytest

from phrasebank.levels import LEVELS, SLOTS, guess_level, word_for
from phrasebank.slots import level_to_slots, slot_names


@pytest.mark.parametrize("level", LEVELS)
def test_levels_use_known_slots_with_words_in_them(level):
    """Every slot of every level is one drafting knows, and has a word that is not empty."""
    assert set(LEVELS[level]) <= set(SLOTS)
    assert all(words and all(words) for words in LEVELS[level].values())


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_can_say_all_of_us(level):
    """Titles and openings say 全县, 全镇 …: every level has a word for it."""
    assert word_for(level, "whole")
    assert word_for(level, "our")
    assert word_for(level, "committee")


@pytest.mark.parametrize("level", LEVELS)
def test_a_word_of_a_level_becomes_a_slot_that_gives_a_word_back(level):
    """Whatever word of a level stands in a text, the same level has a word for the slot it becomes; 村里 stays."""
    for slot, words in LEVELS[level].items():
        for word in words:
            template = level_to_slots(f"，{word}，", level)
            ambiguous = slot in ("own", "unit") and level in ("村", "社区", "街道", "学校", "医院")
            assert (template == f"，{word}，") == ambiguous
            assert all(word_for(level, name) for name in slot_names(template))


def test_the_longest_word_wins():
    """镇人民政府 is one word, and not 镇政府 with something left over."""
    assert level_to_slots("镇人民政府印发了方案", "镇") == "{government}印发了方案"
    assert level_to_slots("县直各部门都要到场", "县") == "{offices}都要到场"


def test_each_village_is_not_each_villager():
    """各村民 is not 各村 followed by 民."""
    assert "{" not in level_to_slots("请各村民代表到会", "镇")


@pytest.mark.parametrize(
    ("level", "slot", "word"),
    [("县", "whole", "全县"), ("镇", "whole", "全镇"), ("村", "committee", "村党支部"), ("学校", "own", "学校里")],
)
def test_the_word_a_level_uses(level, slot, word):
    """Drafting says it as an office of that rank does."""
    assert word_for(level, slot) == word


@pytest.mark.parametrize(("level", "slot"), [("村", "offices"), ("星球", "whole"), ("镇", "nothing")])
def test_no_word_is_none_and_not_a_guess(level, slot):
    """A village has no offices: a phrase that needs them cannot be used there."""
    assert word_for(level, slot) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("全县要行动起来，县委已经作了部署，我县不等不靠。", "县"),
        ("全镇要行动起来，镇党委已经作了部署。", "镇"),
        ("我校要把全校师生的安全放在心上。", "学校"),
        ("山青水绿，人人爱护。", None),
        ("", None),
    ],
)
def test_the_level_of_a_text_is_guessed_by_its_words(text, level):
    """The level whose words stand most often; none where none stands."""
    assert guess_level(text) == level
