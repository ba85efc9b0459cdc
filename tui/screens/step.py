"""What all steps have in common: the bars, help, the way back and forward."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from tui.keys import WALK
from tui.screens import walk
from tui.widgets.bars import KeyLine, StatusLine, StepBar

if TYPE_CHECKING:
    from drafting.session import Session
    from tui.app import NigaoApp


class Step(Screen[None]):
    """A step of the walk. `step` is its name in `walk`, `help_text` what F1 shows."""

    BINDINGS: ClassVar[list[BindingType]] = [*WALK]
    step: ClassVar[str] = "start"
    help_text: ClassVar[str] = ""
    shown = False
    """Whether its widgets are there; a screen is known to the application a moment before."""

    @property
    def desk(self) -> NigaoApp:
        """The application, by its own type."""
        return cast("NigaoApp", self.app)

    @property
    def session(self) -> Session:
        """The session; every step after the theme has one."""
        session = self.desk.session
        assert session is not None, "a step after the theme needs a session"
        return session

    def compose(self) -> ComposeResult:
        """Bar of steps, the step's own widgets, status and keys; laid out for the width at once and not only when it is told."""
        breakpoints = self.HORIZONTAL_BREAKPOINTS or self.app.HORIZONTAL_BREAKPOINTS or []
        self.add_class(*self._get_breakpoint_classes(self.app.size.width, breakpoints))
        yield StepBar(self.step)
        yield from self.body()
        yield StatusLine()
        yield KeyLine()

    def body(self) -> ComposeResult:
        """The step's own widgets."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Shows what is known already."""
        self.shown = True
        self.refresh_step()
        self.enter()
        self.desk.tell_status()

    def enter(self) -> None:
        """Gives the keys to the widget that most needs them."""

    def refresh_step(self) -> None:
        """Shows the session as it is now: after mounting, undo and redo."""

    def checked(self) -> None:
        """The checks are through with the draft as it is now (`desk.standing.known`)."""

    def before_leaving(self) -> bool:
        """Keeps what was typed and not yet applied; False stays here, because something typed cannot be kept."""
        return True

    def action_back(self) -> None:
        """To the step before."""
        if self.before_leaving():
            self.desk.go(walk.beside(self.step, -1))

    def action_forward(self) -> None:
        """To the step after."""
        if self.before_leaving():
            self.desk.go(walk.beside(self.step, 1))
