"""The drafting session in the terminal: one screen a step over one `drafting.session.Session`.

The first screen is painted before library and bank are opened, which happens in a thread. Every change is saved.
"""

from __future__ import annotations

from tui import cjk  # isort: skip # before any other textual module

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from phrasebank.errors import NigaoError
from tui import keys, litter
from tui.base import WriterApp
from tui.exporting import Exports
from tui.keeping import Keeping
from tui.screens import walk
from tui.standing import Standing, is_blank, row_of
from tui.taking_in import offer_left_over, open_file, show_history
from tui.travel import travel
from tui.widgets.bars import StatusLine

if TYPE_CHECKING:
    from textual.widgets import TextArea

    from drafting.answered import Line
    from drafting.errors import ConfigError
    from drafting.model import Fact, Finding, Outline
    from drafting.session import Session
    from drafting.shelf import Shelf
    from drafting.store import Store
    from drafting.workshop import Workshop
    from tui.screens.step import Step

__all__ = ["NigaoApp", "cjk", "run"]

T = TypeVar("T")


@dataclass(slots=True)
class Place:
    """Where the writer was at work: section, row of its list; the blank or fact the facts step is to begin at and its questions in
    their order; the finding of the review."""

    section: int = 0
    row: int = 0
    blank: Finding | None = None
    fact: Fact | None = None
    lines: tuple[Line, ...] = ()
    finding: int = 0


class NigaoApp(WriterApp):
    """拟稿. `session` is None until a theme is chosen or a draft opened; `saved` is what the status line says."""

    CSS_PATH = "start.tcss"
    TITLE = "拟稿"
    NOTIFICATION_TIMEOUT = 3
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own way
        (0, "-narrow"), (72, "-middle"), (110, "-wide"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [keys.BANK, keys.HISTORY]

    class Ready(Message):
        """Library and banks are open, or cannot be (`app.failure`)."""

    def __init__(self, path: str | None = None, banks: Sequence[str] = ()) -> None:
        super().__init__()
        self.given, self.banks = path, banks
        self.workshop: Workshop | None = None
        self.store: Store | None = None
        self.session: Session | None = None
        self.path: Path | None = None
        self.place = Place()
        self.keeping = Keeping(self)
        self.saved, self.trouble, self.failure = "", False, ""
        self.faults: list[ConfigError] = []
        """Files of the user's that are left out because of a fault."""
        self.exported: Path | None = None
        self.shelf: Shelf | None = None
        self.mining = False
        self.standing, self.exports = Standing(self), Exports(self)

    def get_default_screen(self) -> Screen[None]:
        """The first screen; one of Textual's own below it would be painted first, for nothing."""
        from tui.screens.start import StartScreen

        return StartScreen()

    def on_mount(self) -> None:
        """Opens library and banks when the first screen is painted."""
        self.keeping.listen()
        self.set_interval(litter.REST / 2, lambda: litter.sweep(self))
        self.screen.call_after_refresh(self.dress)
        self.screen.call_after_refresh(self.load)
        self.screen.call_after_refresh(self.settle_in)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def load(self) -> None:
        """Opens what drafting needs; the first time the built-in bank is mined, which takes seconds."""
        from drafting.parallel.frames import load_frames

        try:
            from drafting.builtin import is_mined
            from drafting.shelf import with_own
            from drafting.store import Store
            from drafting.workshop import Workshop

            self.store, self.mining = Store(), not is_mined()
            self.workshop = Workshop.open(with_own(self.banks), faults=self.faults)
            self.failure = ""
        except (NigaoError, OSError) as error:
            self.failure = str(error)
        self.post_message(self.Ready())
        if not self.failure:
            load_frames()  # a tenth of a second that the first change need not wait

    def on_nigao_app_ready(self) -> None:
        """Tells the first screen, and opens the outline given in the call."""
        from tui.screens.start import StartScreen

        litter.settle()  # library and banks stay
        if self.faults:
            self.alarm("\n".join(map(str, self.faults[:4])), "有的文件写得不对，先不用它")
            self.faults.clear()
        start = next((screen for screen in self.screen_stack if isinstance(screen, StartScreen)), None)  # help may lie over it
        if start and start.shown:  # else it looks when its widgets are there
            start.ready()
        if self.given and not self.failure:
            path, self.given = Path(self.given), None
            self.open_outline(path)

    # Sessions

    def begin(self, theme: str) -> None:
        """A new draft on a theme, by the writer's habits."""
        assert self.workshop and self.store
        from drafting.model import Outline

        habits = self.store.habits()
        genres = self.workshop.library.genres
        genre = habits.genre if habits.genre in genres else next(iter(genres))
        year = habits.profile.year or time.localtime().tm_year
        outline = Outline(genre, theme, minutes=habits.minutes, profile=replace(habits.profile, year=year))
        self._take(self.workshop.session(outline), self.store.new_path())
        self.autosave()

    def resume(self, path: Path, *, copy: bool = False) -> bool:
        """Goes on with a saved draft, or with a copy of it; False when it cannot be read."""
        assert self.workshop and self.store
        from drafting.session import reopen

        again = not copy and self.store.is_finished(path)  # it was exported: who opens it means to write on
        if self.session and path == self.path and not copy:  # still open: undo goes on too
            self.go("write" if again else self.keeping.step)
            return True
        try:
            session = reopen(path, self.workshop.library, self.workshop.stack, self.store.words(path))
            session.known = self.store.origins(path)
            _ = session.draft
        except NigaoError as error:
            self.alarm(str(error), "打不开这份稿子")
            return False
        self._take(session, self.store.new_path(copy=True) if copy else path)
        if copy:
            self.autosave()
        else:
            self.saved = "已保存"
        spot = self.store.spot(path)
        self._tell_missing(session)
        self.place.section, self.place.row = spot.section, spot.row
        self.go(spot.step if spot.step in walk.LABELS and not again else "write")
        offer_left_over(self)
        return True

    def adopt(self, outline: Outline) -> bool:
        """A new draft on a ready outline; False when it cannot be drafted."""
        assert self.workshop and self.store
        session = self.workshop.session(outline)
        try:
            _ = session.draft
        except NigaoError as error:
            self.alarm(str(error), "打不开这份稿子")
            return False
        self._take(session, self.store.new_path())
        self.autosave()
        self._tell_missing(session)
        self.go("write")
        return True

    def _tell_missing(self, session: Session) -> None:
        if missing := len(session.missing):
            self.notify(f"有 {missing} 句素材已不在素材库里，稿子里标成了〔待填〕", severity="warning", timeout=10)

    def open_outline(self, path: Path) -> None:
        """Opens an outline or a text as a new draft; the file itself is left as it is."""
        open_file(self, path.expanduser())

    def _take(self, session: Session, path: Path) -> None:
        assert self.store
        self.drop()
        self.session, self.path, self.place = session, path, Place()
        self.exported = None
        self.standing.forget()
        self.exports.forget()
        self.store.claim(path)

    def drop(self) -> None:
        """Lets go of the draft at hand; it stays in the store."""
        self.keeping.leave()
        if self.path and self.store:
            self.store.release(self.path)
        self.session, self.path, self.saved, self.trouble = None, None, "", False

    # Changes

    def change(self, act: Callable[[], T], *, quiet: bool = False) -> T | None:
        """Runs an action of the session, saves, and gives what it gave, which is true where it has changed something; what the engine
        refuses is shown and has changed nothing."""
        try:
            changed = act()
        except NigaoError as error:
            self.alarm(str(error), "这一步没有做成")
            return None
        if changed:
            self.keeping.save_soon()
        elif not quiet:
            self.notify("没有变化")
        return changed

    def autosave(self) -> None:
        """Saves the draft; a failure is shown and never stops the writing."""
        assert self.store
        if self.session is None or self.path is None:
            return
        try:
            self.store.save(self.session, self.path)
            self.saved, self.trouble = f"已保存 {time.strftime('%H:%M')}", False
            self.keeping.changed()
        except (NigaoError, OSError) as error:
            if not self.trouble:
                self.alarm(f"{error}\n可以继续写；先按 F3 到最后一步导出，以免丢失。", "草稿没有存上")
            self.saved, self.trouble = "未保存！", True
        self.tell_status()

    def findings(self) -> tuple[Finding, ...]:
        """What the checks say of the draft, waited for (`standing.known` is not)."""
        return self.standing.findings()

    def tell_status(self) -> None:
        """Brings the status line up to date; what the checks say follows when they are through."""
        for line in self.screen.query(StatusLine):
            begins = self._step().step == "start"  # a draft that stays open is not what one looks at there
            line.tell(None if begins else self.standing.figures(), "" if begins else self.saved, self.trouble)
        self.standing.look()

    def checked(self) -> None:
        """The checks are through."""
        self.tell_status()
        if (step := self._step()).shown:
            step.checked()

    # Ways

    def go(self, step: str) -> None:
        """To a step (`tui.screens.walk`)."""
        if step not in ("start", "theme") and self.session is None:
            self.notify("先选好主题，再往下走")
            return
        self.keeping.save_now()
        self.clear_old_notices()
        self.keeping.at(step)
        # The first screen is the lowest and stays; those walked to take turns above it.
        (self.push_screen if len(self.screen_stack) == 1 else self.switch_screen)(walk.screen(step))

    def walk_to(self, step: str) -> None:
        """Like `go`, from a step that may hold something typed and not yet kept."""
        if self._step().before_leaving():
            self.go(step)

    def visit(self, number: int, at: int = 0) -> None:
        """To the writing step at that character of the block of that number (from 0), or to the profile for one of the head."""
        assert self.session
        if (row := row_of(self.session, number, at)) is None:
            self.go("profile")
            return
        self.place.section, self.place.row = row
        self.go("write")

    def mend(self, finding: Finding) -> None:
        """To where a finding can be mended: a blank in the facts step, which can fill it, anything else in the writing step."""
        if is_blank(finding):
            self.place.blank = finding
            self.go("facts")
        else:
            self.visit(max(finding.paragraph, 1) - 1, finding.start)

    def alarm(self, text: str, title: str) -> None:
        """Something went wrong; stays long enough to be read."""
        self.notify(text, title=title, severity="error", timeout=12, markup=False)

    def action_undo(self) -> None:
        """Takes the last change back."""
        travel(self, "undo")

    def action_redo(self) -> None:
        """Does it again."""
        travel(self, "redo")

    def _step(self) -> Step:
        from tui.screens.step import Step

        return next(s for s in reversed(self.screen_stack) if isinstance(s, Step))

    def action_help(self) -> None:
        """What can be done here."""
        from tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.clear_notifications()  # they would lie over its first lines
            self.push_screen(HelpScreen(getattr(self.screen, "help_text", "")))

    def action_bank(self) -> None:
        """To the bank desk, and back from it to where the writer was."""
        from tui.screens.bank import BankScreen

        if self.workshop is None:
            self.notify("素材库还没有打开，打开了再按")
        elif self.screen is self._step():
            self.push_screen(BankScreen(), lambda _: self._step().refresh_step())

    def action_copy_draft(self) -> None:
        """The words of the draft, for another program."""
        if self.session is not None:
            self.copy_to_clipboard(self.session.draft.text)
            self.notify("全文已复制")

    def refresh_step(self) -> None:
        """Shows the session as it is now, whatever box stands before the step."""
        self._step().refresh_step()

    def keep_typed_fields(self) -> bool:
        """Puts into the draft what stands in the fields of the step; False when it cannot be understood (and that has been told)."""
        return self._step().before_leaving()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """What is typed survives a kill, though it is not in the draft yet."""
        self.keeping.typed(event.text_area)

    def on_input_changed(self, event: Input.Changed) -> None:
        """The same for a line."""
        self.keeping.typed(event.input)

    def action_history(self) -> None:
        """Versions of the draft, to look at and to take back."""
        show_history(self)

    def action_leave(self) -> None:
        """Ends the session; the draft is in the store, and it is said where."""
        from tui.saving import whereabouts

        told = whereabouts(self)
        self.drop()
        self.exit(0, message=Text(told) if told else None)

    def _fatal_error(self) -> None:
        """A fault of ours: the writer is told what matters, the traceback goes to a file."""
        from tui.saving import report

        told = "起草界面出了意外，已经退出。稿子自动保存过，再打开 nigao 就能接着写。\n"
        self._exit_renderables.append(Text(told + report(self.store.folder if self.store else None)))
        self.drop()
        self._close_messages_no_wait()

    def action_help_quit(self) -> None:
        """Ctrl+C is habit; it copies here, so say how to leave."""
        self.notify("退出请按 Ctrl+Q，稿子已自动保存")


def run(path: str | None = None, banks: Sequence[str] = ()) -> int:
    """Runs the session and returns its exit code."""
    app = NigaoApp(path, banks)
    code = app.run()
    return app.return_code or code or 0
