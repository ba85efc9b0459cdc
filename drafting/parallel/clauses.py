"""A heading taken apart: its number off, its clauses, and their words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from drafting.parallel.words import Word, cut

_ORDINAL = "[一二三四五六七八九十]"
_NUMBER = re.compile(
    rf"^(?:{_ORDINAL}+、|[（(]{_ORDINAL}+[）)]|\d+[.．、]|[（(]\d+[）)]|第{_ORDINAL}+[，,、]|{_ORDINAL}(?:是|要)(?={_ORDINAL}?\w)|(?:一|另一)方面[，,]|——)"
)
_CLAUSE = re.compile(r"[，,；;：:]")
_GOVERNING = frozenset("用靠因对以为让把将使由从向到是有")
_MARKS = re.compile(r"([、“”])")
LOOKED_AT = 200
"""Characters of a clause that are cut into words."""
NO_HEADING = 1000
"""Characters of a text that is no heading: it counts as one clause, and a file given by mistake takes no minutes."""
_DROPPED = re.compile(r"[^\w、“”]|_")
"""What is neither character nor a mark that belongs to a frame."""
_QUOTES = str.maketrans({"「": "“", "」": "”", "『": "“", "』": "”", "‘": "“", "’": "”", "＂": "”"})
_STRAIGHT = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Clause:
    """A clause. `marked` keeps 、 and quotation marks, `bare` does not: its length is what the ear counts."""

    marked: str

    @cached_property
    def bare(self) -> str:
        """The characters alone."""
        return self.marked.replace("、", "").replace("“", "").replace("”", "")

    @cached_property
    def beats(self) -> tuple[int, ...]:
        """Characters of its pieces between 、 and function words; quotation marks divide nothing."""
        ends = [at for word, _, at in self.frame if word not in "“”"]
        return tuple(b - a for a, b in zip([0, *ends], [*ends, len(self.bare)], strict=True))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words, marks among them, as far as anybody reads a heading."""
        return tuple(word for piece in _MARKS.split(self.marked[:LOOKED_AT]) if piece for word in cut(piece))

    @cached_property
    def spoken(self) -> tuple[Word, ...]:
        """Its words without marks."""
        return tuple(word for word in self.words if word.tag != "s")

    @cached_property
    def tags(self) -> str:
        """The part of speech of each character of `bare`, capital where a word begins."""
        return "".join(word.tag.upper() + word.tag * (len(word.text) - 1) for word in self.spoken)

    @cached_property
    def frame(self) -> tuple[tuple[str, str, int], ...]:
        """Function words and marks: the word, its part of speech, the character before which it stands."""
        found, at, before = [], 0, None
        for word in self.words:
            of_verb = word.text in "上下到" and before is not None and before.tag == "v" and len(before.text) == 1  # 攒下了经验
            before = word
            if word.function and not of_verb:
                found.append((word.text, word.tag, at))
            at += len(word.text) if word.tag != "s" else 0
        if found and found[-1][2] == at - 1 and found[-1][0] in _GOVERNING:  # 修旧利废再用: nothing left to govern
            found.pop()
        return tuple(found)

    @cached_property
    def phrases(self) -> frozenset[int]:
        """Places of the characters of `bare` that belong to set phrases."""
        found: set[int] = set()
        at = 0
        for word in self.spoken:
            if word.tag == "i":
                found.update(range(at, at + len(word.text)))
            at += len(word.text)
        return frozenset(found)

    @cached_property
    def verb(self) -> str:
        """The verb it opens with; the preposition of a frame, or its first word, where it opens with none."""
        first = next((word for word in self.spoken if word.tag != "d"), None)
        return first.text if first else self.bare[:2]

    @cached_property
    def head(self) -> str:
        """Its last word: the head noun of a verb–object clause."""
        return self.spoken[-1].text if self.spoken else ""


def parts(heading: str) -> tuple[Clause, ...]:
    """The clauses of a heading without number and closing mark, at least one."""
    return clauses_of(wording(heading))


@lru_cache(maxsize=4096)
def wording(heading: str) -> str:
    """A heading as it is compared: without number and closing mark, its quotation marks of one kind."""
    return _STRAIGHT.sub(r"“\1”", unmarked(heading).translate(_QUOTES))


@lru_cache(maxsize=4096)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of a heading's wording, at least one."""
    if len(text) > NO_HEADING:
        return (Clause(_DROPPED.sub("", text)),)
    found = [Clause(kept) for piece in _CLAUSE.split(text) if re.sub(r"[^\w]", "", kept := _DROPPED.sub("", piece))]
    return tuple(found) or (Clause(""),)


def unmarked(heading: str) -> str:
    """A heading without the number before and the full stop behind it."""
    bare = _NUMBER.sub("", heading.strip())
    return (bare or heading).strip().rstrip("。．.；;：:，,")


def clauses(heading: str) -> list[str]:
    """The clauses of a heading as characters alone, at least one."""
    return [clause.bare for clause in parts(heading)]
