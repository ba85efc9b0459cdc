"""The only writer to the terminal besides the Textual application: results to stdout, notices and errors to stderr."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from phrasebank.errors import NigaoError

RED, GREEN, YELLOW, BLUE, DIM, BOLD = "31", "32", "33", "36", "2", "1"


@dataclass(slots=True)
class Output:
    """How a command talks: `quiet` leaves notices out, `color` is off for pipes, NO_COLOR and --no-color."""

    quiet: bool = False
    color: bool = field(default_factory=lambda: sys.stdout.isatty() and "NO_COLOR" not in os.environ)

    def line(self, text: str = "") -> None:
        """A line of the result."""
        print(text)

    def data(self, row: dict[str, Any]) -> None:
        """An object of the result, one line of JSON."""
        print(json.dumps(row, ensure_ascii=False))

    def notice(self, text: str) -> None:
        """Something worth knowing beside the result."""
        if not self.quiet:
            print(text, file=sys.stderr)

    def error(self, error: NigaoError) -> None:
        """What went wrong, one line for each fault."""
        for fault in getattr(error, "problems", (error,)):
            print(f"错误：{fault}", file=sys.stderr)

    def paint(self, text: str, *codes: str) -> str:
        """`text` in colours where colours are wanted."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.color and codes else text

    def progress(self, what: str) -> Callable[[int, int, str], None] | None:
        """A progress bar on stderr with rate and time left; None when nobody is looking."""
        if self.quiet or not sys.stderr.isatty():
            return None
        start = time.monotonic()

        def show(done: int, total: int, name: str) -> None:
            rate = done / max(time.monotonic() - start, 1e-6)
            filled = 24 * done // max(total, 1)
            left = f"剩约 {(total - done) / rate:.0f} 秒" if done < total else "完成"
            bar = "█" * filled + "░" * (24 - filled)
            sys.stderr.write(
                f"\r\x1b[K{what} {bar} {done}/{total}  {rate:.1f} 份/秒  {left}" + ("\n" if done == total else "")
            )
            sys.stderr.flush()

        return show
