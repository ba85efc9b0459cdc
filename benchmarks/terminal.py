"""The terminal session against an empty Textual application, side by side in one run, and how long a keystroke waits for its answer.

    python benchmarks/terminal.py [--rounds 12] [--bank BANK] [--folder FOLDER] [--phrases 1000000]

First paint: each application is started in a process and a pseudo-terminal of its own, in turn, and timed by the clock from the start of
the process until its first words come out. `empty` is a Textual application with one line of text, `same widgets` one with what our
first screen is made of. Keystrokes: the session runs without a screen over the bank given (or the million made-up phrases of
`bank_search.py`, put into FOLDER once and taken from there); a key is timed until the last paint it brings about.
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
TYPED = ("安", "全", "生", "产", "<", "<", "<", "<", "y", "s", "z", "r", "<", "<", "<", "<", "，", "<", "压", "实", "责", "任")
"""Keys in a row; < deletes."""


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
    print(f"first paint, median of {rounds}, a process each\n{'':16}{'clock ms':>10}{'× empty':>9}{'cpu ms':>9}{'× empty':>9}")
    clock, cpu = (statistics.median(column) for column in zip(*times["empty"], strict=True))
    for name, found in times.items():
        ours, used = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{name:16}{ours:10.0f}{ours / clock:9.2f}{used:9.0f}{used / cpu:9.2f}")


async def keystrokes(bank: Path, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds of each key, by the clock and of the processor, by where it was typed."""
    from textual import events
    from textual.widgets import Input

    from tui.app import NigaoApp
    from tui.screens.bank import BankScreen

    painted = 0.0

    class Watched(NigaoApp):
        CSS_PATH = str(ROOT / "tui/styles.tcss")

        def _display(self, screen, renderable):
            nonlocal painted
            super()._display(screen, renderable)
            painted = time.perf_counter()

    async def idle() -> None:
        """Until nothing has been painted for a while."""
        await asyncio.sleep(0.02)
        while time.perf_counter() - painted < 0.15:
            await asyncio.sleep(0.03)

    async def typed(field: Input) -> list[tuple[float, float]]:
        field.focus()
        await idle()
        found = []
        for character in TYPED * rounds:
            start, used = time.perf_counter(), time.process_time()
            app.post_message(events.Key("backspace", None) if character == "<" else events.Key(character, character))
            while painted < start and time.perf_counter() - start < 3:  # every key changes the line it is typed into
                await asyncio.sleep(0.005)
            await idle()
            found.append(((painted - start) * 1000, (time.process_time() - used) * 1000))
        return found

    times: dict[str, list[tuple[float, float]]] = {}
    app = Watched(None, [str(bank)])
    async with app.run_test(size=(120, 36)):
        while app.workshop is None:
            await asyncio.sleep(0.05)
        app.begin("安全生产")
        app.go("write")
        await idle()
        times["writing: filter of the offers"] = await typed(app.screen.query_one("#filter", Input))
        app.action_bank()
        await idle()
        assert isinstance(app.screen, BankScreen)
        times["bank desk: search line"] = await typed(app.screen.query_one("#bank-words", Input))
    return times


def answers(bank: Path, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as state:
        os.environ.update({"NIGAO_STATE": state, "NIGAO_HOME": state, "TEXTUAL_ANIMATIONS": "none"})
        times = asyncio.run(keystrokes(bank, rounds))
    print(f"\nkeystroke to last paint, {bank.name}\n{'milliseconds':32}{'n':>5}{'p50':>8}{'p95':>8}{'max':>8}{'cpu p50':>9}{'cpu p95':>9}")
    for name, found in times.items():
        clock, cpu = (sorted(column) for column in zip(*found, strict=True))
        last = int(len(clock) * 0.95)
        print(f"{name:32}{len(clock):5}{clock[len(clock) // 2]:8.1f}{clock[last]:8.1f}{clock[-1]:8.1f}", end="")
        print(f"{cpu[len(cpu) // 2]:9.1f}{cpu[last]:9.1f}")


def made_up(folder: Path, count: int) -> Path:
    path = folder / f"bank-{count}.db"
    if not path.exists():
        maker = [sys.executable, str(ROOT / "benchmarks/bank_search.py"), "--phrases", str(count), "--write-only", str(path)]
        subprocess.run(maker, check=True)
    return path


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=12)
    options.add_argument("--bank", type=Path, help="a bank to type against instead of one made up")
    options.add_argument("--folder", type=Path, help="where the made-up bank is put; taken as it is where it is there already")
    options.add_argument("--phrases", type=int, default=1_000_000)
    call = options.parse_args()
    paints(call.rounds)
    if call.bank:
        answers(call.bank, 3)
        return
    with tempfile.TemporaryDirectory() as scratch:
        answers(made_up(call.folder or Path(scratch), call.phrases), 3)


if __name__ == "__main__":
    main()
