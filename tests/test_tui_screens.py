"""What every step looks like, character by character, at three sizes: tests/data/screens holds a file for each, to be read in review.

NIGAO_SNAPSHOTS=1 writes them anew. Dates, times and folders are masked; everything else comes from a small world of the tests' own. In
every colour theme the characters are the same, and every word can be read (`test_themes`).
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import AsyncIterator, Iterator
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from small import small_outline, small_world
from test_themes import unreadable
from walking import Walk, _one_desk, _seldom_collected, walk  # noqa: F401 - fixtures

from drafting.model import Finding, Profile
from drafting.store import Habits, Store
from tui.screens.done import DoneScreen
from tui.themes import THEMES

SCREENS = Path(__file__).resolve().parent / "data" / "screens"
SIZES = [(80, 24), (120, 36), (200, 50)]


@pytest.fixture(autouse=True)
def _small_world(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Library and bank of its own, checks that always find the same, and a folder whose path is as long everywhere: it stands on three
    of the screens."""
    monkeypatch.setattr("drafting.checks.check", _found)
    monkeypatch.setattr("phrasebank.libreoffice.program", lambda: "soffice")
    with TemporaryDirectory(prefix="nigao-", dir="/tmp") as folder, small_world(Path(folder)):
        Store().remember(Habits(Profile("镇", "临河镇", "临河镇党委", "组织委员", "张三", 2026), "座谈发言", None))
        yield


def _found(draft, plan, **_):
    """Two findings that a change of our rules does not change."""
    at = next((n for n, block in enumerate(draft.blocks, 1) if "山口多守一刻" in block.text), 0)
    if not at:
        return ()
    start = draft.blocks[at - 1].text.index("多守一刻")
    return (
        Finding("X01", "E", at, "多守一刻", "这里说得不准", "多守一会儿", "说法", start, start + 4),
        Finding("X02", "W", at, "就多一分平安", "这句话可以再短一点", None, "句子", start + 8, start + 14),
    )


async def _screens(w: Walk) -> AsyncIterator[str]:
    """Every screen in turn, as a writer comes to it."""
    yield "start"
    await w.press("f1")
    yield "help"
    await w.press("escape", "f7")
    yield "tour"
    await w.press("escape")
    w.app.action_keys()
    await w.settle()
    yield "keys"
    await w.press("escape", "f4")
    yield "theme"
    w.app._take(w.app.workshop.session(small_outline(settled=True)), w.app.store.new_path())
    w.app.autosave()
    for step, keys in STEPS.items():
        w.app.go(step)
        await w.settle()
        await w.press(*keys)
        yield step
    w.screen.query_one("#path").value = "讲话.docx"
    await w.press("f3", "f4")
    assert isinstance(w.screen, DoneScreen)
    yield "done"
    w.app.keeping.keep_version()
    w.app.change(lambda: w.session.put_items(1, 0, ["火不上山，山就不上火。"]))
    w.app.keeping.keep_version()
    await w.press("f12", "down", "f4")
    yield "history"
    await w.press("escape", "ctrl+l", "down", "down")
    await w.until(lambda: w.screen.query_one("#bank-list").option_count == len(w.screen.hits))  # the rest comes when typing rests
    yield "bank"
    await w.press("escape")


STEPS = {"profile": (), "sections": ("down", "down"), "write": ("ctrl+n", "down", "down"), "facts": ("down",), "review": (), "export": ()}
"""The steps of a draft, with keys that lead to where there is something to see."""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_screen_looks_as_it_did_in_all_themes(size):
    changed, different, poor = [], [], {}
    async with walk(size) as w:
        async for name in _screens(w):
            shown = _text(w)
            if size == SIZES[1]:
                poor |= unreadable(w.screen, w.app.theme)
            for theme in list(THEMES) if size == SIZES[1] else [_other(w.app.theme)]:
                if theme != w.app.theme:
                    w.app.theme = theme
                    await w.settle()
                    different += [f"{name} {theme}: {line}" for line in _unlike(shown, _text(w))]
                    if size == SIZES[1]:
                        poor |= unreadable(w.screen, theme)
            changed += _compared(name, size, shown)
    assert not changed, "\n".join(changed)
    assert different == []
    assert poor == {}


def _other(theme):
    """From dark to light and back."""
    dark, light = list(THEMES)[:2]
    return light if theme == dark else dark


def _text(w):
    """The characters of the screen, without blanks at the ends of lines, with what changes from day to day masked."""
    text = "\n".join(line.rstrip() for line in w.lines())
    for found, instead in MASKS.items():
        text = re.sub(found, instead, text)
    return text + "\n"


FOLDER = re.escape(tempfile.gettempdir()) + r"/nigao-\w{8}"
MASKS = {
    r"\d\d:\d\d:\d\d": "00:00:00", r"\d\d:\d\d": "00:00", r"\d+ KB": "0 KB",
    FOLDER + "/work": "<the-folder-of-the-test>", FOLDER: "<the-tests'-folder>",
}  # fmt: skip
"""What changes from day to day and from machine to machine, and what stands for it, of the same length."""


def _compared(name, size, shown):
    """What differs from the file of that screen and size; written anew where that is asked for."""
    file = SCREENS / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("NIGAO_SNAPSHOTS"):
        file.write_text(shown, "utf-8")
    kept = file.read_text("utf-8") if file.is_file() else ""
    rows = _unlike(kept, shown)
    return [f"{file.name} (NIGAO_SNAPSHOTS=1 takes it as it is now)", *rows] if rows else []


def _unlike(first, second):
    """Lines that differ, both ways to read."""
    pairs = enumerate(zip_longest(first.splitlines(), second.splitlines(), fillvalue=""), 1)
    return [f"  {n}: {a}\n  {n}: {b}" for n, (a, b) in pairs if a != b]
