"""Memory given back to the system between the steps. What is freed stays with the allocators, of C and of Arrow, some 300 MB after set
expressions are ranked; the next step then takes its own on top."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from phrasebank.large.shards import release


def give_back() -> None:
    """Gives back what is free. Only glibc can be asked to; other systems do so by themselves, or not at all."""
    release()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def frugal(function: Callable[[Any], None]) -> Callable[[Any], None]:
    """A task that gives back what it took when it ends: the next one in the same process may be of another kind."""

    @wraps(function)
    def run(task: Any) -> None:  # noqa: ANN401 - of any step
        function(task)
        give_back()

    return run
