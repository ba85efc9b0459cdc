"""The terminal session against an empty Textual application, side by side in one run, and how long a keystroke waits for its answer.

    python benchmarks/terminal.py [--rounds 12] [--bank BANK] [--folder FOLDER] [--phrases 1000000]

First paint: each application is started in a process and a pseudo-terminal of its own, in turn, and timed by the clock from the start of
the process until its first words come out. `empty` is a Textual application with one line of text, `same widgets` one with what our
first screen is made of. Keystrokes: the session runs without a screen over the bank given (or the million made-up phrases of
`bank_search.py`, put into FOLDER once and taken from there); a key is timed until the first paint it brings about, which shows what was
typed or done, and until the last, when banks and checks have answered too. The processor's time is that of the thread that paints.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # not this folder, whose files bear the names of packages

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("READY")
Empty().run()
"""
SAME = """
from textual.app import App
from textual.containers import Center, Vertical
from textual.widgets import Footer, OptionList, Static
class Same(App):
    BINDINGS = [("f1", "x", "A"), ("f2", "x", "B"), ("f3", "x", "C"), ("f4", "x", "D"), ("f5", "x", "E")]
    def compose(self):
        yield Static("1 2 3 4 5 6 7")
        with Vertical():
            yield Static("READY")
            yield Static("a line")
            yield Static("another")
            with Center():
                yield OptionList()
        yield Static("status")
        yield Footer()
Same().run()
"""
_ESCAPES = re.compile(rb"\x1b\[[0-9;?<>=$]*[a-zA-Z]|\x1b\][^\a]*\a")
Answer = tuple[float, ...]
TYPED = ("安", "全", "生", "产", "<", "<", "<", "<", "y", "s", "z", "r", "<", "<", "<", "<", "，", "<", "压", "实", "责", "任")
"""Keys in a row; < deletes."""
SECTIONS = 3
WRITTEN = (
    ("move", "down", 4), ("next candidate", "f4", 4), ("insert", "f5", 4), ("undo", "ctrl+z", 4), ("remove", "f8", 4),
    ("undo", "ctrl+z", 3),
)  # fmt: skip
"""What is done in each of so many sections, the key for it, and how often in a round."""


def first_paint(command: Sequence[str], words: str, environment: dict[str, str]) -> tuple[float, float]:
    """Milliseconds from the start of a process until its words are on the terminal, by the clock and of the processor."""
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment, start_new_session=True)
    os.close(theirs)
    try:
        seen = b""
        while time.perf_counter() - start < 30:
            if select.select([ours], [], [], 0.5)[0]:
                seen += os.read(ours, 65536)
                if words.encode() in _ESCAPES.sub(b"", seen):
                    clock = (time.perf_counter() - start) * 1000
                    os.killpg(process.pid, signal.SIGKILL)
                    _, process.returncode, used = os.wait4(process.pid, 0)
                    return clock, (used.ru_utime + used.ru_stime) * 1000
        raise SystemExit(f"{command}: nothing was painted: {seen[-500:]!r}")
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        os.close(ours)


def paints(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as state:
        environment = {
            **os.environ, "NIGAO_STATE": state, "NIGAO_HOME": state, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{state}/compiled",  # as an installed package has it
        }  # fmt: skip
        calls = {
            "empty": ([sys.executable, "-c", EMPTY], "READY"), "same widgets": ([sys.executable, "-c", SAME], "READY"),
            "nigao": ([sys.executable, "-m", "tui"], "拟"),
        }  # fmt: skip
        for command, words in calls.values():  # compiled, and in the system's cache
            first_paint(command, words, environment)
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
        for _ in range(rounds):
            for name, (command, words) in calls.items():
                times[name].append(first_paint(command, words, environment))
    for what, middle in (("least", min), ("median", statistics.median)):
        print(f"first paint, {what} of {rounds}, a process each\n{'':16}{'clock ms':>10}{'× empty':>9}{'cpu ms':>9}{'× empty':>9}")
        clock, cpu = (middle(column) for column in zip(*times["empty"], strict=True))
        for name, found in times.items():
            ours, used = (middle(column) for column in zip(*found, strict=True))
            print(f"{name:16}{ours:10.0f}{ours / clock:9.2f}{used:9.0f}{used / cpu:9.2f}")


class Clock:
    """When a key was sent, when its first paint came and when its last, by the clock and of the thread that paints."""

    def __init__(self) -> None:
        self.sent = self.first = self.last = (0.0, 0.0)

    def painted(self) -> None:
        """Something was painted."""
        self.last = _now()
        if self.first < self.sent:
            self.first = self.last

    async def idle(self) -> None:
        """Until nothing has been painted for a while."""
        await asyncio.sleep(0.02)
        while _now()[0] - max(self.last[0], self.sent[0]) < 0.25:
            await asyncio.sleep(0.02)

    async def answer(self, app: App[int], key: str) -> Answer | None:
        """Milliseconds until the first paint and until the last, by the clock and of the processor; None where nothing was painted."""
        from textual import events

        await self.idle()
        self.sent = _now()
        app.post_message(events.Key("backspace", None) if key == "<" else events.Key(key, key if len(key) == 1 else None))
        await asyncio.sleep(0)
        while self.first < self.sent and _now()[0] - self.sent[0] < 3:
            await asyncio.sleep(0.001)
        await self.idle()
        if self.first < self.sent:
            return None
        clock, used = self.sent
        return tuple(1000 * ms for ms in (self.first[0] - clock, self.last[0] - clock, self.first[1] - used, self.last[1] - used))


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.thread_time()


async def keystrokes(bank: Path, rounds: int) -> dict[str, list[Answer]]:
    """What each key takes, by what it does."""
    from textual.widgets import Input

    from tui.app import NigaoApp

    clock = Clock()

    class Watched(NigaoApp):
        CSS_PATH = str(ROOT / "tui/start.tcss")

        def _display(self, screen, renderable):
            super()._display(screen, renderable)
            clock.painted()

    times: dict[str, list[Answer]] = {}
    app = Watched(None, [str(bank)])

    async def pressed(name: str, keys: Sequence[str]) -> None:
        found = [await clock.answer(app, key) for key in keys]
        times[name] = times.get(name, []) + [answer for answer in found if answer]

    async def written(section: int) -> None:
        """The keys of the writing step, in turn, in a section that has not been touched."""
        for name, key, many in WRITTEN:
            await pressed(f"writing: {name}", [key] * many * rounds)
        if section < SECTIONS - 1:
            await pressed("writing: next section", ["ctrl+n"])

    async def typed(name: str, field: str) -> None:
        app.screen.query_one(field, Input).focus()
        await pressed(name, TYPED * rounds)

    async with app.run_test(size=(120, 36)):
        while app.workshop is None:
            await asyncio.sleep(0.05)
        app.go("theme")
        await clock.idle()
        await typed("theme: search line", "#search")
        app.begin("安全生产")
        app.go("write")
        await clock.idle()
        await asyncio.sleep(4)  # a writer reads a sentence before he swaps it
        for section in range(SECTIONS):
            await written(section)
        await typed("writing: filter of the offers", "#filter")
        app.action_bank()
        await clock.idle()
        await typed("bank desk: search line", "#bank-words")
    return times


def answers(bank: Path, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as state:
        os.environ.update({"NIGAO_STATE": state, "NIGAO_HOME": state, "TEXTUAL_ANIMATIONS": "none"})
        times = asyncio.run(keystrokes(bank, rounds))
    head = "".join(f"{name:>10}" for name in ("n", "min", "p50", "p95", "clock p50", "last p50"))
    print(f"\nkey to first paint, cpu ms of the painting thread; {bank.name}\n{'':32}{head}")
    for name, found in times.items():
        clock, last, used, _ = (sorted(column) for column in zip(*found, strict=True))
        row = (used[0], used[len(used) // 2], used[int(len(used) * 0.95)], clock[len(clock) // 2], last[len(last) // 2])
        print(f"{name:32}{len(found):10}" + "".join(f"{ms:10.1f}" for ms in row))


def made_up(folder: Path, count: int) -> Path:
    path = folder / f"bank-{count}.db"
    if not path.exists():
        maker = [sys.executable, str(ROOT / "benchmarks/bank_search.py"), "--phrases", str(count), "--write-only", str(path)]
        subprocess.run(maker, check=True)
    return path


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=12)
    options.add_argument("--keys", type=int, default=2, help="rounds of keys")
    options.add_argument("--bank", type=Path, help="a bank to type against instead of one made up")
    options.add_argument("--folder", type=Path, help="where the made-up bank is put; taken as it is where it is there already")
    options.add_argument("--phrases", type=int, default=1_000_000)
    call = options.parse_args()
    paints(call.rounds)
    if call.bank:
        answers(call.bank, call.keys)
        return
    with tempfile.TemporaryDirectory() as scratch:
        answers(made_up(call.folder or Path(scratch), call.phrases), call.keys)


if __name__ == "__main__":
    main()
