"""What the banks offer for the place where the writer is: a filter line over a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from drafting.session import Session
from phrasebank.model import ROLES, Phrase
from tui.cjk import ChineseInput
from tui.keys import key
from tui.views.columns import cut
from tui.widgets.asking import SCOPES, Answer, Asker, Offer, Wish, freshness, hand_over
from tui.widgets.marks import coloured
from tui.widgets.steady import SteadyList, SteadyText

REST = 0.15
"""Seconds between looking at what may be done at the sentences one passes."""
PATIENCE = 0.2
"""Seconds after which it is said that the banks are still being asked."""


class Offers(Vertical):
    """Phrases for a role and a facet, narrowed as one types. The banks are asked in a thread; what was found last stays until then."""

    BINDINGS = [key("escape", "leave_offers", "回到稿子", show=False)]  # noqa: RUF012 - Textual's own way

    class Left(Message):
        """Esc where there is nothing to clear: back to the draft."""

    class Chosen(Message):
        """Enter on an offer."""

    class Found(Message):
        """The banks have answered."""

        def __init__(self, answer: Answer) -> None:
            super().__init__()
            self.answer = answer

    def __init__(self) -> None:
        super().__init__(id="offers")
        self.answer: Answer | None = None
        self.scope = 0
        self.role = ""
        self._asked: tuple[Wish, tuple[object, ...]] | None = None
        self._place: tuple[Session, str, str, tuple[int, int, int] | None] | None = None
        self._asker = Asker(self._start, lambda answer: self.post_message(self.Found(answer)))
        self._waiting: Timer | None = None
        self._resting: Timer | None = None
        self._shown: dict[str, Offer] = {}
        self._gone: set[str] = set()

    def compose(self) -> ComposeResult:
        """Filter, what is shown, list."""
        yield ChineseInput(placeholder="字词或拼音首字母，如 aqsc", id="filter", compact=True)
        yield SteadyText("", id="scope", markup=False)
        yield SteadyList(id="offered")

    # ------------------------------------------------------------ asking
    def ask(self, session: Session, role: str, facet: str, place: tuple[int, int, int] | None = None) -> None:
        """Looks for what belongs to a role and facet; nothing moves while neither they nor the draft have changed. `place` is the
        sentence (section, paragraph, index) that may be changed next."""
        self._place = (session, role, facet, place)
        self.load()

    def widen(self) -> None:
        """The next scope, back to the first after the last."""
        shown = self.answer.scope if self.answer else self.scope
        self.scope = (shown + 1) % len(SCOPES)
        self.load()

    def only(self, role: str) -> None:
        """Only phrases of a role, wherever the writer is; empty: of the role that belongs there."""
        self.role = role
        self.scope = min(self.scope, len(SCOPES) - 2)
        self.load()

    def load(self) -> None:
        """Asks the banks for what is wished for now, unless that has been asked already."""
        if self._place is None:
            return
        session, role, facet, place = self._place
        state = session.stack.state()
        words, marked = self.query_one(Input).value.strip(), self._highlighted
        wish = Wish(_still(session), self.role or role, facet, words, self.scope, place, state, marked)
        key = (id(session.outline), state, wish.role, wish.facet, wish.words, wish.scope)
        if self._asked is None or key != self._asked[1]:
            self._asked = (wish, key)
            self._waiting = self._waiting or self.set_timer(PATIENCE, self._say_waiting)
            self.call_after_refresh(self._asker.ask, wish)  # what the key has changed is painted first
        elif place != self._asked[0].place:
            self._resting = self._resting or self.set_timer(REST, self._rest)

    def _rest(self) -> None:
        """The writer rests at another sentence with the same offers: it is looked what he may do there."""
        self._resting = None
        answered = self._asked and self.answer and self.answer.wish is self._asked[0]
        if self._place and self._asked and answered and self._place[0].outline is self._asked[0].session.outline:
            wish = replace(self._asked[0], place=self._place[3], marked=self._highlighted, known=True)
            self._asker.ask(wish)

    @work(thread=True, exit_on_error=False, group="offers")
    def _start(self) -> None:
        self._asker.work()

    @on(Found)
    def _found(self, event: Found) -> None:
        """Shows an answer, unless something else has been asked meanwhile."""
        event.stop()
        if event.answer.ahead:
            if self._place:
                hand_over(event.answer.wish, self._place[0])
        elif self._asked and event.answer.wish is self._asked[0]:
            if self._waiting:
                self._waiting.stop()
            self._waiting = None
            self._show(event.answer)

    def _say_waiting(self) -> None:
        self._waiting = None
        self.query_one("#scope", SteadyText).say(Content("正在素材库里找…"))

    @property
    def waiting(self) -> bool:
        """Whether words were typed that have no answer yet: what the list shows is then not what was asked for."""
        words = self.query_one(Input).value.strip()
        return self.answer is not None and self.answer.wish.words != words

    # ------------------------------------------------------------ showing
    def _show(self, answer: Answer) -> None:
        """Shows what was found, the highlight where it was if that is still there."""
        listed = self.query_one(SteadyList)
        self._drop()
        before, self.answer = self._highlighted, answer
        self._shown = {offer.hit.phrase.id: offer for offer in answer.offers}
        with self.app.batch_update():
            rows = list(self._options(answer))
            first = next((n for n, option in enumerate(rows) if option.id), None)
            at = next((n for n, option in enumerate(rows) if option.id == before), first) if before in self._shown else first
            listed.show(rows, at)
            if at == first:
                listed.scroll_home(animate=False, immediate=True)
        self.query_one("#scope", SteadyText).say(Content(self._told(answer)))

    def _options(self, answer: Answer) -> Iterator[Option]:
        now = answer.wish.session.outline.profile.year or _newest(answer.offers)
        room = self.query_one(OptionList).scrollable_content_region.width - 2
        for role, offers in answer.by_role():
            if role:
                yield Option(Content.assemble((f"── {role} {len(offers)}条", "$text-muted")), disabled=True)
            for offer in offers:
                star = "★" if offer.hit.pinned else ""
                told = f"{star}{origin_of(offer.hit.phrase, now, short=True, room=room - len(star) * 2)}"
                yield Option(Content.assemble(coloured(offer.spans), "\n", (f"└ {told}", "$text-muted"), "\n"), offer.hit.phrase.id)

    def _told(self, answer: Answer) -> str:
        wish = answer.wish
        if answer.trouble:
            return answer.trouble
        if not answer.offers:
            return "素材库里没有。" + ("删几个字再筛，或按 F9 自己写" if wish.words else "按 F9 自己写")
        role = ROLES.get(wish.role, "") if answer.scope < len(SCOPES) - 1 else ""
        named = (role + ("（自选）" if role and self.role else ""), wish.facet if answer.scope == 0 else "", SCOPES[answer.scope])
        return f"{'·'.join(filter(None, named))} {'前' if answer.more else ''}{len(answer.offers)}条"

    @property
    def _highlighted(self) -> str:
        option = self.query_one(OptionList).highlighted_option
        return str(option.id) if option and option.id else ""

    @property
    def hits(self) -> tuple[Offer, ...]:
        """What is offered."""
        return self.answer.offers if self.answer else ()

    @property
    def chosen(self) -> Phrase | None:
        """The phrase at the highlight; None while what was typed has no answer yet."""
        self._drop()
        offer = self._shown.get(self._highlighted)
        return offer.hit.phrase if offer and not self.waiting else None

    def taken(self, phrase: Phrase) -> None:
        """Takes what is in the draft now off the list, the highlight on the next, when the draft has been painted: the banks are asked
        again in their time."""
        if self._shown.pop(phrase.id, None):
            self._gone.add(phrase.id)
            self.call_after_refresh(self._drop)

    def _drop(self) -> None:
        """Takes off the list what is gone."""
        listed = self.query_one(SteadyList)
        if not self._gone:
            return
        at, rows = listed.highlighted or 0, [option for option in listed.options if option.id not in self._gone]
        at -= sum(option.id in self._gone for option in listed.options[:at])
        left = [n for n, option in enumerate(rows) if option.id]
        listed.show(rows, next((n for n in left if n >= at), left[-1] if left else None))
        self._gone.clear()

    # ------------------------------------------------------------ keys
    def clear(self) -> bool:
        """Takes away what was typed to narrow the list; False where nothing was."""
        typed = bool(self.query_one(Input).value)
        self.query_one(Input).value = ""
        return typed

    def action_leave_offers(self) -> None:
        """Esc: what was typed goes first, then the writer."""
        if not self.clear():
            self.post_message(self.Left())

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.load()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen())

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()


def _still(session: Session) -> Session:
    """The session as it stands now, for a thread to look at while the writer goes on."""
    return Session(session.library, session.stack, session.outline, known=session.known, _draft=session.draft)


def _newest(offers: Sequence[Offer]) -> int:
    return max((offer.hit.phrase.years[1] for offer in offers if offer.hit.phrase.years), default=0)


def origin_of(phrase: Phrase, now: int = 0, *, short: bool = False, room: int = 0) -> str:
    """Where a phrase stands, in how many places if there are several, and when it was last seen: «安全生产-党课.md 第12行 ×3 近年»; `short`
    leaves out folder and ending of the file, and cuts its name to fit into `room` columns."""
    source = next(iter(phrase.sources), None)
    file = (PurePath(source.file).stem if short else source.file) if source else "自己加的"
    seen = freshness(phrase.years, now)
    rest = (f" 第{source.line}行" if source else "") + (f" ×{phrase.count}" if phrase.count > 1 else "") + (f" {seen}" if seen else "")
    left = room - cell_len(rest)
    return (cut(file, left) if short and 8 <= left < cell_len(file) else file) + rest
