"""Questions to the banks that must not hold up the keys: asked in a thread, one at a time, the last wish first.

The thread has connections of its own: a bank remembers rows it has read, which two threads must not do at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from threading import Lock
from weakref import WeakKeyDictionary

from drafting import actions
from drafting.choose import POOL, share
from drafting.model import Outline, Span
from drafting.render import render
from drafting.session import Session
from drafting.suggest import Slot, suggestions
from phrasebank.errors import NigaoError
from phrasebank.model import ROLES
from phrasebank.search import Hit, Query, Stack, open_banks

SCOPES = ("本侧面", "本主题", "全部主题", "不限作用")
"""From narrow to wide; the last one also drops the role."""
SHOWN = 30
"""Offers that are shown: the list is drawn anew with every key, and nobody reads on who can type a word instead."""
AHEAD = True
"""Whether what the next change needs is read before it is asked for."""
LENGTHS = (1.05, 0.95, 1.15, 0.85, 1.3)
"""Parts of the length asked for that are tried."""
RECENT = 3
"""Years, the present one included, that are called 近年."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for at a place of a session as it stands: `scope` is the narrowest that will do, an index of SCOPES.
    `place` is the sentence that may be changed next (section, paragraph, index; −1 for the paragraph's head), `state` that of the
    banks, `marked` the phrase at the highlight of what is shown. One that is `known` has been answered: only its place is new."""

    session: Session
    role: str = ""
    facet: str = ""
    words: str = ""
    scope: int = 0
    place: tuple[int, int, int] | None = None
    state: tuple[int, ...] = ()
    marked: str = ""
    known: bool = False

    def query(self, scope: int) -> Query:
        """The question for a scope."""
        theme = self.session.plan.theme.name if scope < 2 else ""
        role = "" if scope == len(SCOPES) - 1 else self.role
        return Query(self.words, role, theme, self.facet if scope == 0 else "", kind="sentence")


@dataclass(frozen=True, slots=True)
class Offer:
    """A phrase with its words as this draft would print them."""

    hit: Hit
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a wish, in which scope; `more` whether there is more than is shown, `trouble` why nothing could be asked.
    One that looked `ahead` tells only that what the next change needs has been read (`hand_over`)."""

    wish: Wish
    offers: tuple[Offer, ...] = ()
    scope: int = 0
    more: bool = False
    trouble: str = ""
    ahead: bool = False

    def by_role(self) -> tuple[tuple[str, tuple[Offer, ...]], ...]:
        """The offers grouped by role, in the order of their best; one group without name where all have the role asked for."""
        if self.scope < len(SCOPES) - 1:
            return (("", self.offers),)
        roles = dict.fromkeys(offer.hit.phrase.role for offer in self.offers)
        return tuple((ROLES[role], tuple(o for o in self.offers if o.hit.phrase.role == role)) for role in roles)


@dataclass(slots=True)
class _Twin:
    stack: Stack
    banks: object
    lock: Lock = field(default_factory=Lock)


_twins: WeakKeyDictionary[Stack, _Twin] = WeakKeyDictionary()


def _twin(stack: Stack) -> _Twin:
    """The same banks on connections for threads, opened once as long as they are those."""
    if stack not in _twins or _twins[stack].banks is not stack.banks:
        own = [str(bank.path) for bank, own in stack.banks if own]
        builtin = [str(bank.path) for bank, own in stack.banks if not own]
        _twins[stack] = _Twin(type(stack)(open_banks(own), next(iter(open_banks(builtin)), None)), stack.banks)
    return _twins[stack]


def answer(wish: Wish) -> Answer:
    """Asks the banks, further and further while there is nothing near. May run in any thread; raises nothing a bank raises."""
    session = wish.session
    try:
        twin = _twin(session.stack)
        with twin.lock:
            aside = Session(session.library, twin.stack, session.outline, _draft=session.draft)
            for scope in range(wish.scope, len(SCOPES)):
                if hits := aside.offers(wish.query(scope)):
                    shown = tuple(Offer(hit, aside.wording(hit.phrase)) for hit in hits[:SHOWN])
                    return Answer(wish, shown, scope, more=len(hits) > SHOWN)
    except (NigaoError, OSError) as error:
        return Answer(wish, scope=wish.scope, trouble=str(error))
    return Answer(wish, scope=len(SCOPES) - 1)


def found(stack: Stack, query: Query, limit: int, wanted: Callable[[], bool]) -> tuple[Hit, ...] | None:
    """Searches in a thread; None where nobody wants that any more. Raises BankError."""
    twin = _twin(stack)
    with twin.lock:
        return twin.stack.search(query, limit) if wanted() else None


def read_ahead(wish: Wish) -> Iterator[bool]:
    """Reads in a thread, bit by bit, what a draft of another length would need of the banks: every change takes room or leaves some.
    Then what the speech asks for one facet is read for its others too."""
    twin, session = _twin(wish.session.stack), wish.session
    with suppress(NigaoError, OSError):
        for part in LENGTHS:
            with twin.lock:
                other = replace(session.plan, characters=round(part * session.plan.characters))
                render(session.outline, session.library, twin.stack, session.known, other)
            yield True
        with twin.lock:
            queries = _crossed(twin.stack, session)
        for query in queries:
            with twin.lock:
                twin.stack.search(query, POOL)
            yield True


def _crossed(stack: Stack, session: Session) -> list[Query]:
    """What has been asked of the banks for facets of the speech, asked for each of them."""
    facets = {point.facet for section in session.plan.sections for point in section.points if point.facet}
    theme = session.plan.theme.name
    kinds = {(query.role, query.kind) for query in stack.asked() if query.facet in facets and query.theme == theme and not query.words}
    order = sorted(kinds, key=lambda pair: (pair[1] != "sentence", pair))  # sentences are asked for wherever room is left
    return [Query(role=role, theme=theme, facet=facet, kind=kind) for role, kind in order for facet in sorted(facets)]


def look_ahead(
    wish: Wish, offered: str = "", wanted: Callable[[], bool] = lambda: True, told: Callable[[Answer], object] = lambda _: None
) -> Answer:  # fmt: skip
    """Does in a thread what the writer may do next, for nothing, as long as that is `wanted`: the sentence is swapped, followed by the
    phrase of that id, and taken out. What that needs of the banks has then been read, and what it gives is known (`hand_over`), which
    is `told` of each."""
    twin, session = _twin(wish.session.stack), wish.session
    with suppress(NigaoError, OSError):
        with twin.lock:
            aside = Session(session.library, twin.stack, session.outline, known=dict(session.known), _draft=session.draft)
            changes = _changes(aside, wish.place, offered)
        for change in changes:
            with twin.lock:
                if wanted() and change():
                    aside.undo()
                    session.foresee(aside)
            told(Answer(wish, ahead=True))
    return Answer(wish, ahead=True)


def _changes(aside: Session, place: tuple[int, int, int] | None, offered: str) -> list[Callable[[], bool]]:
    """What the writer may do at a place, the likeliest first."""
    if place is None or place[2] >= len(aside.items(*place[:2])):
        return []
    section, paragraph, index = place
    insert = [lambda: aside.insert(section, paragraph, index + 1, offered)] if offered else []
    if index < 0:  # at the head of a paragraph: another heading, and all of it taken out
        return [lambda: _headed(aside, section, paragraph), *insert, lambda: aside.put_items(section, paragraph, ())]
    return [lambda: aside.swap(section, paragraph, index), *insert, lambda: aside.put(section, paragraph, index)]


def _headed(aside: Session, section: int, paragraph: int) -> bool:
    """The first other heading there is for a paragraph that bears one."""
    block = aside.paragraphs(section)[paragraph]
    slot = Slot("point", aside.draft.blocks.index(block), actions.bare_heading(block.lead_text), section, paragraph)
    rows = suggestions(aside, slot, 1) if block.lead else ()
    return bool(rows) and aside.head(section, paragraph, rows[0].use)


def hand_over(wish: Wish, session: Session) -> None:
    """Gives the session what was made ahead, and its stack what was read, unless the thread is at it again or the banks have changed."""
    stack, twin = wish.session.stack, _twin(wish.session.stack)
    session.foresee(wish.session)
    if twin.lock.acquire(blocking=False):
        try:
            if stack.learn(twin.stack, wish.state):
                share(twin.stack, stack)
        finally:
            twin.lock.release()


class Asker:
    """Answers wishes one after another; of those that come while one is answered only the last is kept."""

    def __init__(self, start: Callable[[], object], told: Callable[[Answer], object]) -> None:
        self._start, self._told = start, told
        self._lock = Lock()
        self._next: Wish | None = None
        self._busy = False
        self._speech: object = None
        self._reading: Iterator[bool] = iter(())
        self._outline: Outline | None = None
        self._looked: set[object] = set()
        """Places of that outline that were looked ahead at."""

    def ask(self, wish: Wish) -> None:
        """Wishes for something; `start` is called where nobody is at work."""
        with self._lock:
            self._next = wish
            idle, self._busy = not self._busy, True
        if idle:
            self._start()

    def work(self) -> None:
        """Answers until nothing is wished for. Runs in a thread."""
        while (wish := self._take()) is not None:
            found = Answer(wish) if wish.known else answer(wish)
            if not wish.known:
                self._told(found)
            if AHEAD and wish.place and self._wanted():
                ids = [offer.hit.phrase.id for offer in found.offers]
                self._look_ahead(wish, wish.marked if wish.marked in ids or wish.known else next(iter(ids), ""))

    def _wanted(self) -> bool:
        """Whether nothing else has been wished for."""
        return self._next is None

    def _look_ahead(self, wish: Wish, offered: str) -> None:
        if wish.session.outline is not self._outline:
            self._outline, self._looked = wish.session.outline, set()
        if (about := (wish.place, offered, wish.state)) not in self._looked:
            self._told(look_ahead(wish, offered, self._wanted, self._told))
            self._looked |= {about} if self._wanted() else set()
        plan = wish.session.plan
        if (speech := (plan.genre.name, plan.theme.name, wish.state)) != self._speech:
            self._speech, self._reading = speech, read_ahead(wish)
        if self._wanted() and next(self._reading, False):
            while self._wanted() and next(self._reading, False):
                pass
            self._told(Answer(wish, ahead=True))

    def _take(self) -> Wish | None:
        with self._lock:
            wish, self._next = self._next, None
            self._busy = wish is not None
            return wish


def freshness(years: Sequence[int] | None, now: int) -> str:
    """When a phrase was last seen in a text: 近年, or the year; empty where no text tells its year."""
    if not years:
        return ""
    return "近年" if years[1] > now - RECENT else f"最晚{years[1]}年"
