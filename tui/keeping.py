"""Nothing that was typed is lost: what stands in an open field, where the writer is, versions of the draft, and leaving in good order
when the terminal is closed.

The draft itself is saved at each change by the application. Here is the rest, and none of it may stop the writing: what cannot be
written is left.
"""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input

from phrasebank.errors import NigaoError
from tui.cjk import is_text_area

if TYPE_CHECKING:
    from textual.widgets import TextArea

    from drafting.store import Typed
    from tui.app import NigaoApp

SAVING = 0.5
"""Seconds after which a change is saved in any case."""
TYPING = 0.4
"""Seconds after which what is being typed is on the disk."""
SPOT = 5.0
"""Seconds after which it is remembered where the writer has moved to without changing anything."""
REST = 20.0
"""Seconds without a change after which the draft makes a version."""
LONGEST = 120.0
"""Seconds after which it makes one though the writer never rests."""
PATIENCE = 3.0
"""Seconds that leaving in good order may take when the terminal is gone."""


class Keeping:
    """What is kept of one session beside its draft. `step` is where the writer is."""

    def __init__(self, app: NigaoApp) -> None:
        self.app = app
        self.step = "write"
        self._unsaved: Timer | None = None
        self._field: TextArea | Input | None = None
        self._spot: object = None
        self._typing: Timer | None = None
        self._rest: Timer | None = None
        self._longest: Timer | None = None
        self.aside: dict[tuple[str, str], str] = {}
        """What was typed into a box and left with Esc, by the box's title and what it stood in the place of."""

    def listen(self) -> None:
        """Leaves in good order when the terminal is closed or the process is asked to end; remembers now and then where the writer is."""
        loop = asyncio.get_running_loop()
        self.app.set_interval(SPOT, self.keep_spot)
        for name in ("SIGHUP", "SIGTERM"):
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):  # not on Windows, not outside the main thread
                loop.add_signal_handler(getattr(signal, name), self._asked_to_leave)

    # The draft

    def save_soon(self) -> None:
        """The draft has changed: it is saved when that has been painted, for a disk may take longer than a key."""
        if self._unsaved is None:
            self._unsaved = self.app.set_timer(SAVING, self.save_now)
            self.app.call_after_refresh(self.save_now)

    def save_now(self) -> None:
        """Saves what waits to be saved."""
        if self._unsaved is not None:
            self._unsaved.stop()
            self._unsaved = None
            self.app.autosave()

    # What is being typed

    def typed(self, field: TextArea | Input) -> None:
        """A field has changed. Text areas hold sentences, and so do lines in a box that asks for one."""
        if not field.is_attached:  # taken off the screen with what was typed into it
            return
        asks = isinstance(field.screen, ModalScreen) and hasattr(field.screen, "heading") and not getattr(field.screen, "searches", False)
        if self.app.session is None or not (is_text_area(field) or asks) or getattr(field, "read_only", False):
            return
        self._field = field
        if self._typing is None:
            self._typing = self.app.set_timer(TYPING, self.sweep)

    def sweep(self) -> None:
        """Writes down what stands in the open field, again and again while it is open, and forgets it when it is closed."""
        self._typing = None
        self._keep_typed(self._open_text())
        if self._field is not None:
            self._typing = self.app.set_timer(TYPING, self.sweep)

    def _open_text(self) -> Typed | None:
        """What stands in the field, None when it has been closed or is empty."""
        from drafting.store import Typed

        field = self._field
        if field is None or not field.is_attached or field.screen not in self.app.screen_stack:
            self._field = None
            return None
        text = field.value if isinstance(field, Input) else field.text
        return Typed(str(getattr(field.screen, "heading", "")), text) if text.strip() else None

    def _keep_typed(self, typed: Typed | None) -> None:
        if self.app.store and self.app.path:
            with suppress(NigaoError, OSError):
                if typed is None or self.app.store.typed(self.app.path) != typed:
                    self.app.store.keep_typed(self.app.path, typed)

    def left_over(self) -> Typed | None:
        """What was typed into the draft at hand when it was left, and did not come into it; or what was held for another time."""
        if not (self.app.store and self.app.path and self.app.session):
            return None
        found = (self.app.store.typed(self.app.path, held=held) for held in (False, True))
        text = "".join(self.app.session.draft.text.split())
        return next((typed for typed in found if typed and "".join(typed.text.split()) not in text), None)

    def hold(self, typed: Typed) -> None:
        """Keeps what was left over for another time, behind what is held already."""
        if self.app.store and self.app.path:
            held = self.app.store.typed(self.app.path, held=True)
            with suppress(NigaoError, OSError):
                if held is None or typed.text not in held.text:
                    both = replace(typed, text=f"{held.text}\n{typed.text}" if held else typed.text)
                    self.app.store.keep_typed(self.app.path, both, held=True)
                self.app.store.keep_typed(self.app.path, None)

    def put_aside(self, box: tuple[str, str], text: str) -> None:
        """Keeps what was typed into a box for when it is opened again, or for another day; nothing: it was handed over or is not
        wanted."""
        from drafting.store import Typed

        if before := self.aside.pop(box, ""):
            self._unhold(before)
        if text:
            self.aside[box] = text
            self.hold(Typed(box[0], text))

    def _unhold(self, text: str) -> None:
        """Takes a text out of what is held."""
        held = self.app.store.typed(self.app.path, held=True) if self.app.store and self.app.path else None
        if held and self.app.store and self.app.path:
            rest = held.text.replace(text, "", 1).strip("\n")
            with suppress(NigaoError, OSError):
                self.app.store.keep_typed(self.app.path, replace(held, text=rest) if rest else None, held=True)

    def forget_left_over(self) -> None:
        """What was left over is in the draft, or not wanted."""
        if self.app.store and self.app.path:
            for held in (False, True):
                self.app.store.keep_typed(self.app.path, None, held=held)

    # Where the writer is, and versions

    def at(self, step: str) -> None:
        """The writer has gone to a step."""
        if step not in ("start", "theme", "done"):
            self.step = step
            self.keep_spot()

    def keep_spot(self) -> None:
        """Remembers the step, section and row."""
        from drafting.store import Spot

        spot = (self.app.path, Spot(self.step, self.app.place.section, self.app.place.row))
        if self.app.store and self.app.path and spot != self._spot:
            self.app.store.keep_spot(self.app.path, spot[1])
            self._spot = spot if self.app.path.exists() else None

    def changed(self) -> None:
        """The draft was saved: when the writer rests, it makes a version."""
        self.keep_spot()
        if self._rest:
            self._rest.stop()
        self._rest = self.app.set_timer(REST, self.keep_version)
        if self._longest is None:
            self._longest = self.app.set_timer(LONGEST, self.keep_version)

    def keep_version(self) -> None:
        """The draft as it is now becomes a version, unless it is the last one already."""
        for timer in (self._rest, self._longest):
            if timer:
                timer.stop()
        self._rest = self._longest = None
        if self.app.session is None or self.app.path is None or not self.app.path.exists():
            return
        from drafting import history

        with suppress(NigaoError, OSError):
            history.keep(self.app.session, self.app.path)

    # Leaving

    def leave(self) -> None:
        """The draft is let go of: what was typed, where, and how it stands are kept."""
        self.aside.clear()  # it is held, and will be offered when the draft is opened again
        if self.app.session is None:
            return
        with suppress(Exception):  # after a fault of ours there may be no screen to tell; the draft is written before that
            self.save_now()
        if self._typing:
            self._typing.stop()
            self._typing = None
        if self._field is not None:
            with suppress(Exception):  # after a fault of ours there may be no screen to look at; what was swept stays
                self._keep_typed(self._open_text())
            self._field = None
        self.keep_spot()
        self.keep_version()

    def _asked_to_leave(self) -> None:
        """Keeps everything first; if the terminal is gone, painting the end may never come back."""
        with suppress(Exception):  # a field that cannot be understood must not keep the rest from being saved
            self.app.keep_typed_fields()
        self.app.action_leave()
        asyncio.get_running_loop().call_later(PATIENCE, os._exit, 0)
