"""Python's look for what can go waits until the writer rests."""

from __future__ import annotations

import gc
from time import time
from types import SimpleNamespace

import pytest

from tui import litter


@pytest.fixture
def as_it_was():
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.parametrize(("ago", "due", "swept"), [(0.1, True, False), (9, True, True), (9, False, False)])
def test_looks_through_everything_only_at_rest(as_it_was, monkeypatch, ago, due, swept):
    litter.settle()
    assert gc.get_threshold()[2] == litter.NEVER
    looked = []
    monkeypatch.setattr(litter.gc, "collect", lambda: looked.append(1))
    monkeypatch.setattr(litter.gc, "get_count", lambda: (0, 0, int(due)))
    assert litter.sweep(SimpleNamespace(pressed=time() - ago)) is swept
    assert bool(looked) is swept
