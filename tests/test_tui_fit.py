"""Every pane of every step ends where the screen does, and a line of keys ends with a whole name."""

import pytest
from rich.cells import cell_len
from textual.widgets import OptionList
from textual.widgets._footer import FooterKey
from walking import walk

from tui.screens import walk as steps
from tui.screens.help import COMMON
from tui.screens.walk import LABELS
from tui.screens.write import WriteScreen
from tui.widgets.hanging import COLUMN, hang


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


def test_help_keeps_its_second_column_in_every_width():
    for text in (COMMON, *(steps.screen(step).help_text for step in LABELS)):
        for columns in (66, 50, 34, 20):
            told = hang(text, columns)
            assert all(cell_len(line) <= columns for line in told.splitlines())
            assert "".join(told.split()) == "".join(text.split()), "no word is lost"
    long = "  F4        写明“改为…”的，一个键照改，不合适的话可以按退回的键退回来"
    first, *more = hang(long, 40).splitlines()
    assert first.startswith("  F4        写明")
    assert more
    assert all(line.startswith(" " * COLUMN) and line[COLUMN] != " " for line in more)
    assert all(line.startswith("  ") for line in hang("  左边是整篇稿子在纸上的样子；旁边是查出来的问题：", 30).splitlines())
