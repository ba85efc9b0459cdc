"""Questions to the banks that must not hold up the keys: asked in a thread, one at a time, the last wish first.

The thread has connections of its own: a bank remembers rows it has read, which two threads must not do at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from threading import Lock
from weakref import WeakKeyDictionary

from drafting.choose import share
from drafting.model import Span
from drafting.render import render
from drafting.session import Session
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
    banks."""

    session: Session
    role: str = ""
    facet: str = ""
    words: str = ""
    scope: int = 0
    place: tuple[int, int, int] | None = None
    state: tuple[int, ...] = ()

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


def read_ahead(wish: Wish, wanted: Callable[[], bool]) -> Answer:
    """Reads in a thread what a draft of another length would need of the banks: every change takes room or leaves some."""
    twin, session = _twin(wish.session.stack), wish.session
    for part in LENGTHS:
        with twin.lock, suppress(NigaoError, OSError):
            if not wanted():
                break
            other = replace(session.plan, characters=round(part * session.plan.characters))
            render(session.outline, session.library, twin.stack, session.known, other)
    return Answer(wish, ahead=True)


def look_ahead(wish: Wish, offered: str = "") -> Answer:
    """Does in a thread what the writer may do next, for nothing: the sentence is followed by the phrase of that id, taken out, and
    swapped. What that needs of the banks has then been read, and what it gives is known (`hand_over`)."""
    twin = _twin(wish.session.stack)
    with twin.lock, suppress(NigaoError, OSError):
        session = wish.session
        aside = Session(session.library, twin.stack, session.outline, known=dict(session.known), _draft=session.draft)
        if wish.place and wish.place[2] < len(aside.items(*wish.place[:2])):
            section, paragraph, index = wish.place
            changes = [
                lambda: aside.insert(section, paragraph, index + 1, offered) if offered else False,
                lambda: aside.put(section, paragraph, index), lambda: aside.swap(section, paragraph, index),
            ]  # fmt: skip
            if index < 0:  # at the head of a paragraph: all of it is taken out, and nothing swapped
                changes[1:] = [lambda: aside.put_items(section, paragraph, ())]
            for change in changes:
                if change():
                    aside.undo()
        wish.session.foresee(aside)
    return Answer(wish, ahead=True)


def hand_over(wish: Wish, session: Session) -> None:
    """Gives the session and its stack what was made and read ahead, unless the thread is at it again or the banks have changed."""
    stack, twin = wish.session.stack, _twin(wish.session.stack)
    if twin.lock.acquire(blocking=False):
        try:
            if stack.learn(twin.stack, wish.state):
                share(twin.stack, stack)
                session.foresee(wish.session)
        finally:
            twin.lock.release()


class Asker:
    """Answers wishes one after another; of those that come while one is answered only the last is kept."""

    def __init__(self, start: Callable[[], object], told: Callable[[Answer], object]) -> None:
        self._start, self._told = start, told
        self._lock = Lock()
        self._next: Wish | None = None
        self._busy = False
        self._ahead: set[object] = set()

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
            found = answer(wish)
            self._told(found)
            about = (wish.place and wish.place[0], wish.role, wish.facet, wish.state, id(wish.session.outline))
            if AHEAD and wish.place and self._next is None and about not in self._ahead:
                self._ahead.add(about)
                self._told(look_ahead(wish, found.offers[0].hit.phrase.id if found.offers else ""))
                plan = wish.session.plan
                if (speech := (plan.genre.name, plan.theme.name, wish.state)) not in self._ahead and self._next is None:
                    self._told(read_ahead(wish, lambda: self._next is None))
                    self._ahead |= {speech} if self._next is None else set()

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
