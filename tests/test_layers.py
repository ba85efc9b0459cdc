"""What stands in front is cut only at edges one can see."""

import random

import pytest

from tui import cjk  # isort: skip # noqa: F401 - the cures come before Textual

from textual._compositor import Compositor
from textual.app import App
from textual.containers import Horizontal
from textual.strip import Strip
from textual.widgets import Static

SAID = "时长写分钟数，如八或十二；也可以空着。"


class _Panes(App):
    """A notice in front of two panes, at any column."""

    CSS = "#left { width: 17; } #right { width: 1fr; border-left: solid white; } #front { layer: above; width: 40; height: 1; }"
    CSS += "Screen { layers: below above; } Horizontal { layer: below; height: 3; }"

    def compose(self):
        with Horizontal():
            yield Static("左边的一段话，" * 9, id="left")
            yield Static("右边的另一段话，" * 9, id="right")
        yield Static(SAID, id="front")


def _lines(app):
    return [strip.text for strip in app.screen._compositor.render_strips()]


async def test_a_notice_over_the_edge_of_a_pane_loses_no_character():
    async with _Panes().run_test(size=(60, 6)) as pilot:
        for column in range(20):
            pilot.app.query_one("#front").styles.offset = (column, 0)
            await pilot.pause()
            first = _lines(pilot.app)[0]
            assert SAID in first, column
            assert Strip(list(pilot.app.screen._compositor.render_strips()[0])).cell_length == 60


async def test_single_cells_are_as_textual_has_them(monkeypatch):
    """Where no character is wide the cure changes nothing, whatever lies over what."""
    chance = random.Random(5)
    async with _Panes().run_test(size=(60, 6)) as pilot:
        for name in ("left", "right", "front"):
            pilot.app.query_one(f"#{name}", Static).update("".join(chance.choices("abcdefghijk", k=150)))
        await pilot.pause()
        for column in range(0, 40, 3):
            pilot.app.query_one("#front").styles.offset = (column, column % 3)
            await pilot.pause()
            ours = _lines(pilot.app)
            with monkeypatch.context() as bare:
                bare.setattr(Compositor, "cuts", property(_plain_cuts))
                pilot.app.screen._compositor._cuts = None
                assert _lines(pilot.app) == ours
            pilot.app.screen._compositor._cuts = None


def _plain_cuts(compositor):
    """Every edge, hidden or not."""
    cuts = [{0, compositor.size.width} for _ in range(compositor.size.height)]
    for region, clip in compositor.visible_widgets.values():
        x, y, width, height = region.intersection(clip)
        for line in range(y, y + height) if width else ():
            cuts[line] |= {x, x + width}
    return [sorted(line) for line in cuts]


@pytest.fixture(autouse=True)
def _unmoved(monkeypatch):
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
