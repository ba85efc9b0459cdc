"""When Python looks for what can go: not while a key waits for its answer.

A look through everything that has come since the library was loaded takes 50 to 110 ms, and by Python's own rule it falls upon any key.
It is put off until the writer rests.
"""

from __future__ import annotations

import gc
from time import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.base import WriterApp

REST = 2.0
"""Seconds without a key after which there is time for it."""
LOOKS = 1
"""Looks at what is new and at what has lasted a while stay as they are; that many of the latter make a look through everything due."""
NEVER = 1000
"""The same number while keys are pressed: only somebody who types on for hours without a rest gets there."""


def settle() -> None:
    """What is loaded now stays: it is not looked through again."""
    gc.freeze()
    gc.set_threshold(*gc.get_threshold()[:2], NEVER)
    gc.enable()


def sweep(app: WriterApp) -> bool:
    """Looks through everything if it is due and the writer rests; says whether it has."""
    due = gc.isenabled() and gc.get_count()[2] >= LOOKS and time() - app.pressed >= REST
    if due:
        gc.collect()
    return due
