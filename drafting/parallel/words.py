"""Words of a heading with their parts of speech, from a table of our own: drafting loads no segmenter's dictionary.

The table (`templates/frames/words.txt`, made by `tools/heading_words.py` from jieba's dict.txt, MIT) holds words of one to four
characters. A clause is cut along the path of the least cost, a word's cost falling with its count (unigram model, as jieba's).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from drafting.config import TEMPLATES

TABLE = TEMPLATES / "frames" / "words.txt"
LONGEST = 4
"""Characters of the longest word."""
_TOTAL = 18.0
"""Natural logarithm of the number of words jieba's dictionary was counted on (about 6 · 10⁷)."""
_UNKNOWN = 21.0
"""Cost of a character that is no word: dearer than the rarest word."""
_DEAR = 1e9

FUNCTION = frozenset("的地得之上下中里内为以从在把将让使与和及对向于到由因用靠是有更不再先又还要、“”")
"""Words and marks a frame consists of; a set has them in the same places."""
_EITHER = frozenset(["加快", "加速", "提速", "统筹", "持续", "继续", "坚定", "严格", "协同"])
"""Words that are adverbs before a verb and verbs elsewhere."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a clause. `tag`: v verb, w verb that is also a noun, n noun, a adjective, d adverb, m number or measure, p preposition,
    c conjunction, u particle, f place word, r pronoun, t time, i set phrase, x unknown, s mark."""

    text: str
    tag: str

    @property
    def function(self) -> bool:
        """Whether it belongs to the frame rather than to what fills it."""
        return self.text in FUNCTION


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[str, float]]:
    """Part of speech and cost of every word."""
    found: dict[str, tuple[str, float]] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if line[0] != "#":
            tag, weight, *words = line.split(" ")
            found.update(dict.fromkeys(words, (tag, _TOTAL - int(weight))))
    return found


def known(word: str) -> bool:
    """Whether the table has the word."""
    return word in table()


@lru_cache(maxsize=8192)
def cut(clause: str) -> tuple[Word, ...]:
    """The words of a clause: "".join(w.text for w in cut(c)) == c."""
    lookup, size = table().get, len(clause)
    cost, start, tags = [0.0] + [_DEAR] * size, [0] * (size + 1), [""] * (size + 1)
    for i in range(size):
        here = cost[i]
        row = lookup(clause[i])
        price = here + (row[1] if row else _UNKNOWN)
        if price < cost[i + 1]:
            cost[i + 1], start[i + 1], tags[i + 1] = price, i, row[0] if row else _strange(clause[i])
        for j in range(i + 2, min(size, i + LONGEST) + 1):
            row = lookup(clause[i:j])
            if row and here + row[1] < cost[j]:
                cost[j], start[j], tags[j] = here + row[1], i, row[0]
    found: list[Word] = []
    while size:
        found.append(Word(clause[start[size] : size], tags[size]))
        size = start[size]
    return tuple(_settled(found[::-1]))


def _settled(words: list[Word]) -> list[Word]:
    """Adverbs that are verbs where no verb follows (加快步伐), and verbs that are adverbs where one does (加快推动). An adverb with
    nothing behind it is no adverb (掌握主动)."""
    if words and words[-1].tag == "d" and len(words[-1].text) > 1:
        words[-1] = Word(words[-1].text, "a")
    for n, word in enumerate(words):
        verb_next = n + 1 < len(words) and words[n + 1].tag in "vw"
        if word.text in _EITHER:
            words[n] = Word(word.text, "d" if verb_next else "v")
    return words


def _strange(character: str) -> str:
    """The part of speech of a character that is no word of the table."""
    return "x" if character.isalnum() else "s"
