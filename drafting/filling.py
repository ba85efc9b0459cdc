"""Fills the room of a point with sentences, when it is known how much room there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import TYPE_CHECKING

from drafting.choose import traits_of
from drafting.fill import blank_span
from drafting.leadins import announced, blamed
from drafting.model import Blank, Origin, Span
from drafting.themes import Task
from phrasebank.model import Phrase

if TYPE_CHECKING:
    from drafting.affinity import Around
    from drafting.desk import Desk

SENTENCE = 46
"""Characters of a usual sentence: filling stops when less than half of one is left of the budget."""

RUN = 95
"""Characters of a usual run of sentences."""

LONG_RUN = 120
"""Characters from which a run carries a thought through: preferred where there is room for it."""

WHOLE, OWNED = 90, 45
"""Characters of room from which a point begins with a whole paragraph, and with the one that its heading is of."""

OVER = 30
"""Which part of a speech the paragraph that a heading is of may be too long by."""

UNDER = 60
"""Characters of room that a heading has under it at least."""
_WORDS = re.compile(r"[^\W（）一二三四五六七八九十]")

OPEN = 26
"""Which part of a speech may be left open behind the paragraphs of a point."""

LONG = 280
"""Characters after which a point goes on in a new paragraph: longer ones are hard to read and to hear."""


@dataclass(slots=True)
class PointView:
    """A point as a template sees it. `about` is the heading of its facet's own whose paragraph it tells; it may bear another."""

    index: int
    facet: str
    title: str
    text: str
    who: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    use: list[str] = field(default_factory=list)
    facts: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a `fill` asks for: roles in turn, spare ones when they have run out, the role that closes, whether the speaker's own
    come first."""

    roles: tuple[str, ...]
    spare: tuple[str, ...] = ()
    last: str = ""
    mine: bool = False


@dataclass(slots=True)
class Filling:
    """One `fill` of a template: `budget` characters of room, `before` and `after` what stands in the paragraph already; `out` are
    the tokens put in so far, `size` their characters and `paragraph` those of the paragraph they are in, `given` whether the writer
    has said what stands there."""

    desk: Desk
    wish: Wish
    point: PointView | None
    budget: int
    before: str
    after: str
    out: str = ""
    size: int = 0
    paragraph: int = 0
    file: str = ""
    given: bool = False

    def run(self) -> str:
        """Tokens of all that was put in, a line break where a new paragraph begins."""
        self.desk.chooser.hear(f"{self._unheaded}。{self.after}")
        self.out = "".join(self.desk.put(spans, self.point) for spans in self.desk.wanted(self.point))
        self.given, self.size = bool(self.out), self.desk.loom.length(self.out)
        self.paragraph = len(self.before) + self.size
        if self.point and self.point.title and not self.out:  # no heading stands alone, however little room is left
            own = self.point.about == self.point.title
            self.budget = max(self.budget, UNDER if own or not _WORDS.search(self._unheaded + self.after) else 0)
        for phrase in self._phrases():
            self._add(phrase)
        if self.wish.last and (phrase_last := self.desk.choose(self.wish.last, self.point, strict=True, around=self._around)):
            self.out += self.desk.put(self.desk.filler.spans(phrase_last), self.point)
        if not self.out and self._left() > SENTENCE:  # the banks have nothing at all
            about = self.point.facet if self.point else self.desk.outline.theme
            self.out = self.desk.put((blank_span(Blank("内容", f"{about}：具体内容")), Span("。", Origin("template", "fill"))), self.point)
        return self.out

    @property
    def _enough(self) -> int:
        """Characters that may be left open behind whole paragraphs: another sentence would stand there alone."""
        return max(SENTENCE // 2, min(2 * SENTENCE, self.desk.plan.characters // OPEN))

    @property
    def _over(self) -> int:
        """Characters by which the paragraph that a heading is of may be too long: a short speech has little to spare elsewhere."""
        return max(SENTENCE, min(2 * SENTENCE, self.desk.plan.characters // OVER))

    @property
    def _unheaded(self) -> str:
        """What stands before, without the heading: what it announces is no repetition."""
        return self.before.replace(self.point.title, "") if self.point and self.point.title else self.before

    def _add(self, phrase: Phrase) -> None:
        whole = phrase.kind == "paragraph" and self.out  # one thought a paragraph
        if whole or (self.paragraph > LONG and self._left() > LONG // 2):
            self.out, self.paragraph = self.out + "\n", 0
        token = self._led_in(phrase, bool(whole)) + self.desk.put(self.desk.filler.spans(phrase), self.point)
        size = self.desk.loom.length(token)
        self.out, self.size, self.paragraph = self.out + token, self.size + size, self.paragraph + size

    def _led_in(self, phrase: Phrase, further: bool) -> str:
        """What has to be said before a phrase: what a further paragraph is about, which fault a cause is the cause of."""
        if self.point is None:
            return ""
        return announced(self.desk, phrase, self.point) if further else blamed(self.desk, phrase, self.point)

    def _phrases(self) -> Iterator[Phrase]:
        """Phrases of the roles in turn, then of the spare ones, then of other facets where much room is left, until there are none
        or the room is full."""
        whole = False
        for paragraph in self._paragraphs():
            whole = True
            yield paragraph
        for group, strict in ((self.wish.roles, True), (self.wish.spare, True), (self.wish.roles, False)):
            misses = 0
            for role in cycle(group):
                room = self._left()
                if misses >= len(group) or room < (self._enough if whole or not strict else SENTENCE // 2):
                    break
                most = room + SENTENCE // 2
                phrase = self.desk.choose(
                    role, self.point, strict=strict, mine=self.wish.mine, run=True, room=most, around=self._around
                )
                self.file = traits_of(phrase).file if phrase else self.file
                misses = 0 if phrase else misses + 1
                if phrase:
                    yield phrase

    def _paragraphs(self) -> Iterator[Phrase]:
        """Whole paragraphs, the one that the heading is of first, as long as there is room; each may be a little too long. None where
        the writer has said what stands here."""
        if self.point is None or self.given or self._left() < (OWNED if self.point.about == self.point.title else WHOLE):
            return
        point, mine = self.point, self.wish.mine
        groups = [[role for role in group if role != "lead"] for group in (self.wish.roles, self.wish.spare)]
        phrase = self.desk.own_paragraph([*groups[0], *groups[1]], point, self._left() + self._over, mine=mine)
        while phrase or self._left() >= WHOLE:
            found = (self.desk.paragraph(roles, point, self._left() + SENTENCE, mine=mine, around=self._around) for roles in groups)
            phrase = phrase or next(filter(None, found), None)
            if phrase is None:
                return
            self.file = traits_of(phrase).file
            yield phrase
            phrase = None

    @property
    def _around(self) -> Around:
        """What stands around the next sentence."""
        said = f"{self.before}。{self.desk.loom.text(self.out)}。{self.after}"
        return self.desk.around(self.point, said, self.file)

    def _left(self) -> int:
        """Characters of room, without those kept for the last sentence."""
        return self.budget - (SENTENCE if self.wish.last else 0) - self.size
