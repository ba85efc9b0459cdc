"""A limit to what a rule of the user's own may take: a regular expression whose repetitions stand within repetitions would go on for
years."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from drafting.errors import ConfigError

SECONDS = 10.0
"""Seconds a rule of the user's own may take for one text."""


class _TooLong(Exception):
    """Time is up."""


@contextmanager
def limited(rule: str, seconds: float = SECONDS) -> Iterator[None]:
    """Raises ConfigError when the block takes longer. Only the main thread of a system with timers can tell; elsewhere there is no
    limit."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    handler = signal.signal(signal.SIGALRM, _up)
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _TooLong as error:
        message = f"规则 {rule} 在这份稿子上算了 {seconds:g} 秒还没有算完：正则表达式里多半是重复套着重复，如 (甲+)+，请改写"
        raise ConfigError(message) from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, left)
        signal.signal(signal.SIGALRM, handler)


def _up(_: int, __: FrameType | None) -> None:
    raise _TooLong
