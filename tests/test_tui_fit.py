"""Every pane of every step ends where the screen does, and a line of keys ends with a whole name."""

import pytest
from textual.widgets import OptionList
from textual.widgets._footer import FooterKey
from walking import walk

from tui.screens.walk import LABELS
from tui.screens.write import WriteScreen


@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
async def test_no_pane_is_taller_than_its_screen(size):
    async with walk(size) as w:
        await w.to(WriteScreen)
        for step in LABELS:
            w.app.go(step)
            await w.settle()
            for listed in w.screen.query(OptionList):
                if listed.display and listed.parent.display:
                    assert listed.region.bottom <= size[1], (step, listed)
            shown = [key for key in w.screen.query(FooterKey) if key.visible]
            assert shown and all(key.region.right <= size[0] + 1 for key in shown), step


async def test_a_notice_does_not_outlive_its_screen():
    async with walk() as w:
        await w.to(WriteScreen)
        await w.press("left", "left")
        assert "第一部分" in w.said()[-1]
        await w.press("f3")
        assert not w.said()
