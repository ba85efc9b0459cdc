"""How the draft stands: the figures of the status line, and what the checks say of it, which a thread looks for."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from phrasebank.errors import NigaoError
from tui.widgets.bars import Figures, Share

if TYPE_CHECKING:
    from drafting.model import Draft, Finding, Outline
    from drafting.plan import Plan
    from drafting.session import Session
    from tui.app import NigaoApp

MARK = "〔待"
"""How a blank begins: blanks have a step of their own and are not told among the findings."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the checks say of one state of the draft."""

    outline: Outline
    found: tuple[Finding, ...]


class Standing:
    """Of the application's session. Checks take tens of milliseconds, too long for a keystroke, so they never run in its way."""

    def __init__(self, app: NigaoApp) -> None:
        self.app = app
        self._known: Known | None = None
        self._busy = False

    @property
    def known(self) -> tuple[Finding, ...] | None:
        """The findings of the draft as it is now; None while they are being looked for."""
        session, known = self.app.session, self._known
        return known.found if session and known and known.outline is session.outline else None

    def findings(self) -> tuple[Finding, ...]:
        """The same, waited for."""
        session = self.app.session
        assert session is not None
        if self.known is None:
            self._known = Known(session.outline, _checked(session.draft, session.plan))
        return self._known.found if self._known else ()

    def figures(self) -> Figures | None:
        """What the status line shows, with the findings told last; None without a draft."""
        session = self.app.session
        if session is None:
            return None
        from drafting.plan import CHARACTERS_A_MINUTE
        from drafting.summary import blanks, said

        draft, plan = session.draft, session.plan
        found = [f for f in self._known.found if not is_blank(f)] if self._known else None
        counts = tuple(sum(f.severity == s for f in found) for s in "EW") if found is not None else None
        return Figures(
            said(draft), plan.characters, said(draft) / CHARACTERS_A_MINUTE, len(blanks(draft)), self._share(draft, plan),
            counts,  # type: ignore[arg-type]
        )  # fmt: skip

    def look(self) -> None:
        """Lets a thread look for the findings of the draft, once for each state of it."""
        session = self.app.session
        if session is None or self._busy or self.known is not None:
            return
        self._busy = True
        self.app.call_after_refresh(self._begin)  # what the key has changed is painted first

    def _begin(self) -> None:
        session = self.app.session
        if session is None:
            self._busy = False
            return
        outline, draft, plan = session.outline, session.draft, session.plan
        self.app.run_worker(
            lambda: self._look(outline, draft, plan), thread=True, group="check", exit_on_error=False, description="checks"
        )

    def forget(self) -> None:
        """Another draft is open."""
        self._known = None

    def _look(self, outline: Outline, draft: Draft, plan: Plan) -> None:
        try:
            found, fault = _checked(draft, plan), ""
        except NigaoError as error:  # a rule file of the user's that cannot be read
            found, fault = (), str(error)
        with suppress(RuntimeError):  # the session has ended meanwhile
            self.app.call_from_thread(self._found, Known(outline, found), fault)

    def _found(self, known: Known, fault: str) -> None:
        self._busy = False
        session = self.app.session
        if session is None:
            return
        if known.outline is not session.outline:  # it was changed meanwhile
            self.look()
            return
        self._known = known
        if fault:
            self.app.alarm(fault, "检查没有做成")
        self.app.checked()

    def _share(self, draft: Draft, plan: Plan) -> Share | None:
        """Of the section at hand, where the step has one and its genre says how much is right."""
        section = getattr(self.app.screen, "section", None)
        if not isinstance(section, int) or not 0 <= section < len(plan.sections):
            return None
        low, high = plan.sections[section].part.share
        return Share(plan.sections[section].part.name, share_of(draft, section), low, high) if (low, high) != (0, 100) else None


def share_of(draft: Draft, section: int) -> float:
    """What per cent of the draft a section takes."""
    count = sum(len(block.text) for block in draft.blocks if block.slot[0] == section)
    return 100 * count / (draft.characters or 1)


def row_of(session: Session, number: int, at: int) -> tuple[int, int] | None:
    """Section and row of the writing step (`tui.widgets.sentences`) for a character of the block of that number; None for the head."""
    block = session.draft.blocks[number]
    section, rows = block.slot[0], session.paragraphs(block.slot[0]) if block.slot[0] >= 0 else ()
    if section < 0 or block not in rows:
        return None if section < 0 else (section, 0)
    paragraph = rows.index(block)
    row = sum(1 + len(session.items(section, before)) for before in range(paragraph))
    rest = at - len(block.lead_text)
    for item in session.items(section, paragraph) if rest >= 0 else ():
        row += 1
        rest -= len(item.text)
        if rest < 0:
            break
    return section, row


def is_blank(finding: Finding) -> bool:
    """Whether a finding is nothing but a blank of ours."""
    return finding.id == "R03" and finding.text.startswith(MARK)


def _checked(draft: Draft, plan: Plan) -> tuple[Finding, ...]:
    from drafting.checks import check

    return check(draft, plan)
