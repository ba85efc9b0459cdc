"""A writer at the session, with Textual's Pilot: one application for all tests of a file, put back to its first screen before each.

Starting an application and closing it takes as long as many keys do. Waiting is exact: until nothing is left to run, no thread is at
work and nothing is left to lay out, however slow the machine; timers alone are waited for with `until`.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import styling

from tui.app import NigaoApp, Place  # isort: skip # the cures come before Textual

from textual import events
from textual._compositor import Compositor

from drafting.store import Store
from tui import themes
from tui.screens.start import StartScreen
from tui.screens.theme import ThemeScreen

SIZE = (100, 32)
PATIENCE = 60.0
"""Seconds in which everything comes to rest; a test that waits longer has found a fault."""
_PAINT = Compositor.render_update
_desks: dict[asyncio.AbstractEventLoop, _Desk] = {}


@pytest.fixture(autouse=True)
def _work_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builtin: object, library: object) -> None:
    """The session is started in a folder of its own, with state of its own; bank and library are opened once for all."""
    monkeypatch.setattr("drafting.workshop.builtin_bank", lambda: builtin)
    monkeypatch.setattr("drafting.workshop.load_library", lambda **_: library)
    monkeypatch.setattr("tui.widgets.asking.AHEAD", False)  # what nobody waits for
    monkeypatch.setenv("NIGAO_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("NIGAO_HOME", str(tmp_path / "home"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)


@pytest.fixture(autouse=True, scope="module")
def _seldom_collected() -> Iterator[None]:
    """Every session leaves many cycles behind; looking for them after every 700 objects takes a sixth of the time, and working out the
    same styles again and again (`styling`) another."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    with styling.remembered():
        yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest_asyncio.fixture(autouse=True, scope="module", loop_scope="module")
async def _one_desk() -> AsyncIterator[None]:
    """The application that the tests of a file share is closed after the last."""
    yield
    if desk := _desks.pop(asyncio.get_running_loop(), None):
        await desk.close()


class _Desk:
    """A running application, in a task of its own: it outlives the test that has begun it."""

    def __init__(self, app: NigaoApp, size: tuple[int, int]) -> None:
        self.app, self.size = app, size
        self._over = asyncio.Event()
        self._ready: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        try:
            async with self.app.run_test(size=self.size) as pilot:
                self._ready.set_result(pilot)
                await self._over.wait()
        except BaseException as error:
            if not self._ready.done():
                self._ready.set_exception(error)
            raise

    async def pilot(self) -> Any:
        return await asyncio.shield(self._ready)

    async def close(self) -> None:
        """Ends it; a fault it had is raised."""
        self._over.set()
        await self._task


class Walk:
    """A pilot with the words of a writer."""

    def __init__(self, app: NigaoApp, pilot: Any) -> None:
        self.app, self.pilot = app, pilot

    @property
    def screen(self) -> Any:
        return self.app.screen

    @property
    def session(self) -> Any:
        return self.app.session

    async def press(self, *keys: str) -> None:
        """Each key when what the one before it has brought about is done."""
        for key in keys:
            self.send(key)
            await self.settle()

    def send(self, key: str, character: str | None = None) -> None:
        """A key as the terminal sends it, without waiting."""
        self.app._driver.send_message(events.Key(key, character or _CHARACTERS.get(key)))

    async def settle(self) -> None:
        """Until all is done and laid out."""
        await settle(self.app)

    async def until(self, true: Callable[[], object], seconds: float = 10) -> None:
        """Waits for what a timer brings about, and fails when it does not."""
        for _ in range(int(seconds / 0.02)):
            if true():
                return
            await asyncio.sleep(0.02)
            await quiet(self.app)
        pytest.fail("waited in vain")

    async def type(self, text: str) -> None:
        """As an input method commits it."""
        for character in text:
            self.app.post_message(events.Key(character, character))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """The terminal has another size."""
        if self.app.size != (width, height):
            await resize(self.app, (width, height))

    async def to(self, screen: Any) -> None:
        """At once to a step with a new draft on the first theme, as F4 and F3 would make it."""
        if screen is not ThemeScreen:
            self.app.begin(next(iter(self.app.workshop.library.themes)))
        self.app.go(screen.step)
        await self.settle()
        assert isinstance(self.screen, screen)

    def said(self) -> list[str]:
        """What was told in passing."""
        return [notice.message for notice in self.app._notifications]

    def lines(self) -> list[str]:
        """The characters on the screen."""
        return ["".join(segment.text for segment in strip) for strip in self.screen._compositor.render_strips()]


_CHARACTERS = {"space": " ", "enter": "\r", "tab": "\t"}


@asynccontextmanager
async def walk(size: tuple[int, int] = SIZE, path: str | None = None, *, alone: bool = False, painted: bool = False) -> AsyncIterator[Walk]:
    """At the first screen, in the folders of the test, as a new process would be. What is about starting itself takes an application
    of its own (`alone`). What nobody looks at is not painted unless that is what the test is about (`painted`): it takes a quarter of
    the time. `Walk.lines` can be asked for in any case."""
    Compositor.render_update = _PAINT if painted else _unpainted  # type: ignore[method-assign]
    try:
        async with _walk(size, path, alone=alone) as w:
            yield w
    finally:
        Compositor.render_update = _PAINT  # type: ignore[method-assign]


def _unpainted(self: Compositor, *_: object, **__: object) -> None:
    self._dirty_regions.clear()


@asynccontextmanager
async def _walk(size: tuple[int, int], path: str | None, *, alone: bool) -> AsyncIterator[Walk]:
    desk = None if alone else _desks.get(asyncio.get_running_loop())
    if desk is None:
        desk = _Desk(NigaoApp(path), size)
        desk.app.animation_level = "none"
        pilot = await desk.pilot()
        if not alone:
            _desks[asyncio.get_running_loop()] = desk
        await settle(desk.app)
    else:
        pilot = await desk.pilot()
        await _afresh(desk.app, size, path)
    with desk.app._context():
        try:
            yield Walk(desk.app, pilot)
        finally:
            if alone or desk.app._exception or desk.app._exit:
                if _desks.get(asyncio.get_running_loop()) is desk:
                    del _desks[asyncio.get_running_loop()]
                await desk.close()
            else:
                await settle(desk.app)


async def _afresh(app: NigaoApp, size: tuple[int, int], path: str | None) -> None:
    """As it stands when it has just been started. The draft at hand is left as by a kill."""
    from drafting.shelf import with_own
    from drafting.workshop import Workshop

    app.session = app.path = app.shelf = app.exported = None
    app.saved, app.trouble, app.failure, app.place = "", False, "", Place()
    with app._context():
        while len(app.screen_stack) > 1:
            app.pop_screen()
        await settle(app)
        _forget(app)
        app.clear_notifications()
        app.theme = themes.remembered()
        app.store = Store()
        app.workshop = Workshop.open(with_own(app.banks))
        app.given = path
        assert isinstance(app.screen, StartScreen)
        app.screen.finished = False
        if app.size != size:
            await resize(app, size)
        app.screen.query_one("#choices").highlighted = None
        app.post_message(app.Ready())
        await settle(app)


def _forget(app: NigaoApp) -> None:
    keeping = app.keeping
    for timer in (keeping._typing, keeping._rest, keeping._longest):
        if timer:
            timer.stop()
    keeping._typing = keeping._rest = keeping._longest = keeping._field = keeping._spot = None
    keeping.step = "write"
    keeping.aside.clear()
    app.standing.__init__(app)
    app.exports.__init__(app)


async def resize(app: NigaoApp, size: tuple[int, int]) -> None:
    """The terminal has another size."""
    from textual.geometry import Size

    app._driver._size = Size(*size)
    app.post_message(events.Resize(Size(*size), Size(*size)))
    await settle(app)


async def quiet(app: NigaoApp) -> None:
    """Until nothing is left to run but timers and threads."""
    loop, calm = asyncio.get_running_loop(), 0
    while calm < 3:
        await asyncio.sleep(0)
        calm = 0 if loop._ready else calm + 1


async def settle(app: NigaoApp) -> None:
    """Until nothing is left to run, no worker is at work, and what is shown is laid out."""
    until = time.monotonic() + PATIENCE
    while True:
        await quiet(app)
        assert time.monotonic() < until, f"the session never comes to rest: {app.in_order._busy=} {app._resize_timer=} {app.screen=}"
        if app._exception or app._exit or not app.is_running:
            return
        if busy := [worker for worker in app.workers if not worker.is_finished]:
            with suppress(Exception):  # a worker that fails has told the application
                await asyncio.wait_for(app.workers.wait_for_complete(busy), PATIENCE)
        elif app.in_order._busy or app._resize_timer:  # a key waits for a screen, a new size for a moment without another
            await asyncio.sleep(0.003)
        elif _unsettled(screen := app.screen):
            with app._context():
                screen._on_timer_update()
        else:
            return


def _unsettled(screen: Any) -> bool:
    waiting = screen._layout_required, screen._scroll_required, screen._repaint_required, screen._recompose_required
    return any(waiting) or bool(screen._dirty_widgets or screen._callbacks)
