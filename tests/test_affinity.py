"""What belongs together: rare pairs of characters, the same text, the speaker's own level."""

from __future__ import annotations

from drafting.affinity import NOTHING, Around, affinity, common
from drafting.choose import pairs

CELL = [pairs(text) for text in ("巡堤员把险段走一遍", "巡堤员把沙袋数一遍", "巡堤员把灯点亮", "巡堤员把哨子带好")]
DYKE, SACKS, *_ = (own - common(CELL) for own in CELL)


def test_what_stands_in_many_phrases_of_a_cell_tells_nothing():
    assert "巡堤" not in DYKE and "险段" in DYKE and "沙袋" in SACKS


def test_a_phrase_on_the_same_things_is_nearer():
    around = Around(pairs("河湾那处险段去年塌过"))
    assert affinity(DYKE, "", around, home=False) > affinity(SACKS, "", around, home=False) >= affinity(SACKS, "x", NOTHING, home=False)


def test_the_same_text_and_the_own_level_count_where_words_say_nothing():
    around = Around(pairs("别的话"), "甲.txt")
    plain = affinity(DYKE, "乙.txt", around, home=False)
    assert affinity(DYKE, "甲.txt", around, home=False) > plain < affinity(DYKE, "乙.txt", around, home=True)
