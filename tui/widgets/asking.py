"""Questions to the banks that must not hold up the keys: asked in a thread, one at a time, the last wish first.

The thread has connections of its own: a bank remembers rows it has read, which two threads must not do at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

from drafting.model import Span
from drafting.session import Session
from phrasebank.errors import NigaoError
from phrasebank.model import ROLES
from phrasebank.search import Hit, Query, Stack, open_banks

SCOPES = ("本侧面", "本主题", "全部主题", "不限作用")
"""From narrow to wide; the last one also drops the role."""
SHOWN = 30
"""Offers that are shown: the list is drawn anew with every key, and nobody reads on who can type a word instead."""
RECENT = 3
"""Years, the present one included, that are called 近年."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for at a place of a session as it stands: `scope` is the narrowest that will do, an index of SCOPES."""

    session: Session
    role: str = ""
    facet: str = ""
    words: str = ""
    scope: int = 0

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
    """What was found for a wish, in which scope; `more` whether there is more than is shown, `trouble` why nothing could be asked."""

    wish: Wish
    offers: tuple[Offer, ...] = ()
    scope: int = 0
    more: bool = False
    trouble: str = ""

    def by_role(self) -> tuple[tuple[str, tuple[Offer, ...]], ...]:
        """The offers grouped by role, in the order of their best; one group without name where all have the role asked for."""
        if self.scope < len(SCOPES) - 1:
            return (("", self.offers),)
        roles = dict.fromkeys(offer.hit.phrase.role for offer in self.offers)
        return tuple((ROLES[role], tuple(o for o in self.offers if o.hit.phrase.role == role)) for role in roles)


@dataclass(slots=True)
class _Twin:
    stack: Stack
    lock: Lock = field(default_factory=Lock)


_twins: WeakKeyDictionary[Stack, _Twin] = WeakKeyDictionary()


def _twin(stack: Stack) -> _Twin:
    """The same banks on connections for threads, opened once."""
    if stack not in _twins:
        own = [str(bank.path) for bank, own in stack.banks if own]
        builtin = [str(bank.path) for bank, own in stack.banks if not own]
        _twins[stack] = _Twin(type(stack)(open_banks(own), next(iter(open_banks(builtin)), None)))
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


class Asker:
    """Answers wishes one after another; of those that come while one is answered only the last is kept."""

    def __init__(self, start: Callable[[], object], told: Callable[[Answer], object]) -> None:
        self._start, self._told = start, told
        self._lock = Lock()
        self._next: Wish | None = None
        self._busy = False

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
            self._told(answer(wish))

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
