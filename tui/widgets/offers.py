"""What the banks offer for the place where the writer is: a filter line over a list."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from drafting.model import Outline
from drafting.session import Session
from phrasebank.model import ROLES, Phrase
from phrasebank.search import Hit, Query
from tui.cjk import ChineseInput
from tui.widgets.marks import coloured

SCOPES = ("本侧面", "本主题", "全部主题", "不限作用")
"""From narrow to wide; the last one also drops the role."""


class Offers(Vertical):
    """Phrases for a role and a facet, narrowed as one types."""

    class Chosen(Message):
        """Enter on an offer."""

    def __init__(self) -> None:
        super().__init__(id="offers")
        self.hits: tuple[Hit, ...] = ()
        self.scope = self.shown = 0
        self._asked: tuple[str, str, Outline | None] = ("", "", None)
        self._session: Session | None = None

    def compose(self) -> ComposeResult:
        """Filter, what is shown, list."""
        yield ChineseInput(placeholder="输入字词筛选素材", id="filter", compact=True)
        yield Static("", id="scope", markup=False)
        yield OptionList(id="offered", markup=False)

    def ask(self, session: Session, role: str, facet: str) -> None:
        """Shows what there is for a role and facet; nothing moves while neither they nor the draft have changed."""
        asked = (role, facet, session.outline)
        if asked != self._asked:
            self._session, self._asked = session, asked
            self.load()

    def widen(self) -> None:
        """The next scope, back to the first after the last."""
        self.scope = (self.shown + 1) % len(SCOPES)
        self.load()

    def load(self) -> None:
        """Asks the banks anew and keeps the highlight where it can."""
        if self._session is None:
            return
        listed = self.query_one(OptionList)
        before = self.chosen
        for scope in range(self.scope, len(SCOPES)):  # further when there is nothing near
            self.shown = scope
            self.hits = self._session.offers(self._query(self._session))
            if self.hits:
                break
        listed.clear_options()
        listed.add_options(Option(self._label(hit)) for hit in self.hits)
        ids = [hit.phrase.id for hit in self.hits]
        if ids:
            listed.highlighted = ids.index(before.id) if before and before.id in ids else 0
        self.query_one("#scope", Static).update(self._told())

    def _query(self, session: Session) -> Query:
        role, facet, _ = self._asked
        theme = session.plan.theme.name if self.shown < 2 else ""
        words = self.query_one(Input).value
        return Query(words, "" if self.shown == 3 else role, theme, facet if self.shown == 0 else "", kind="sentence")

    def _told(self) -> str:
        role, facet, _ = self._asked
        if not self.hits:
            return "素材库里没有。删几个字再筛，或按 F9 自己写"
        named = (SCOPES[self.shown], facet if self.shown == 0 else "", ROLES.get(role, "") if self.shown < 3 else "")
        return f"{'·'.join(filter(None, named))}  {len(self.hits)}条　Ctrl+G换范围"

    def _label(self, hit: Hit) -> Content:
        assert self._session
        return Content.assemble(coloured(self._session.wording(hit.phrase)), "\n", (origin_of(hit.phrase), "$text-muted"))

    @property
    def chosen(self) -> Phrase | None:
        """The phrase at the highlight."""
        at = self.query_one(OptionList).highlighted
        return self.hits[at].phrase if at is not None and at < len(self.hits) else None

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


def origin_of(phrase: Phrase) -> str:
    """Where a phrase stands and how often: «安全生产-党课.md:12 ×3»."""
    first: Sequence[object] = phrase.sources[:1]
    where = "".join(f"{source.file}:{source.line}" for source in phrase.sources[:1]) if first else "没有出处"
    return f"{where} ×{phrase.count}"
