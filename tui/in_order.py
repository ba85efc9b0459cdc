"""Keys take effect in the order they were pressed.

Textual hands each key to the widget that has the focus at that moment. One that moves the focus (Tab, Enter, F3) takes effect later,
when it has come up from widget to application, and what was typed meanwhile, as by an input method that commits a phrase at once, would
still go to the widget that was left. So after such a key the next ones wait until it is through.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from textual import events
from textual.dom import DOMNode

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer

STAYING = frozenset({"backspace", "delete", "left", "right", "home", "space"})
"""Keys without a character of their own that leave the focus where it is."""
ROUNDS = 2
"""How often all messages from the widget up to the application are waited for: once for the key, once for what it has set off."""
PATIENCE = 3.0
"""Seconds after which the waiting keys go on whatever has happened."""


class InOrder:
    """The keys of one application."""

    def __init__(self, app: App[Any]) -> None:
        self.app = app
        self._held: deque[events.Key | events.Paste] = deque()
        self._turn = 0
        self._busy = False
        self._timer: Timer | None = None

    def holds(self, event: events.Event) -> bool:
        """Whether the event has to wait for a key before it; it comes again by itself."""
        if not self._busy or not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            return False
        self._held.append(event)
        return True

    def moves(self, event: events.Event) -> bool:
        """Whether a key that has just come from the keyboard may move the focus."""
        return isinstance(event, events.Key) and not event.is_forwarded and not event.is_printable and event.key not in STAYING

    def wait(self, at: DOMNode) -> None:
        """A key was given to that widget: the next ones wait until it is through."""
        self._busy = True
        self._turn += 1
        self._timer = self.app.set_timer(PATIENCE, self._go_on)
        self._climb(self._turn, at, at, ROUNDS)

    def _climb(self, turn: int, first: DOMNode, node: DOMNode, rounds: int) -> None:
        """Behind every message that waits at the widget, then at the one around it, up to the application."""
        if turn != self._turn:
            return
        if node is not self.app:
            if not node.is_attached or not node.call_later(self._climb, turn, first, node.parent or self.app, rounds):
                self.app.call_later(self._climb, turn, first, self.app, rounds)
        elif rounds > 1:
            self.app.call_later(self._climb, turn, first, first, rounds - 1)
        else:
            self.app.call_later(self._arrived, turn)

    def _arrived(self, turn: int) -> None:
        """The key is through; a screen that it has opened must stand before the next one."""
        if turn == self._turn:
            screen = self.app.screen
            if screen.is_mounted:
                self._go_on()
            else:
                self.app.set_timer(0.01, lambda: self._arrived(turn))

    def _go_on(self) -> None:
        """The keys that wait come again, in their order, before any that is pressed later."""
        self._turn += 1
        if self._timer:
            self._timer.stop()
        self._busy, self._timer = bool(self._held), None  # those pressed until they have come stand behind them
        if self._held:
            self.app.call_next(self._replay)

    async def _replay(self) -> None:
        self._busy = False
        while self._held and not self._busy:
            await self.app.on_event(self._held.popleft())
