"""Keys that come faster than the program works, as an input method and a practised hand send them, land where they were meant."""

from __future__ import annotations

from walking import _one_desk, _seldom_collected, _unpainted, _work_folder, walk  # isort: skip # noqa: F401 # the cures come before Textual
from test_tui_facts import drafted
from textual import events
from textual.widgets import Input

from tui.screens.profile import ProfileScreen
from tui.screens.review import ReviewScreen
from tui.screens.theme import ThemeScreen
from tui.widgets.factrows import FactRow


async def send(w, *keys):
    """All keys at once, a text as the characters that an input method commits."""
    for key in keys:
        for one in (key,) if key.isascii() else key:
            w.app.post_message(events.Key(one, one if len(one) == 1 else None))
    for _ in range(len(keys)):
        await w.settle()


async def test_what_follows_tab_goes_to_the_next_field(tmp_path):
    async with walk() as w:
        await w.to(ProfileScreen)
        field = {name: w.screen.query_one(f"#{name}", Input) for name in ("place", "unit", "post", "name", "date", "occasion")}
        field["occasion"].value = "全镇会议"
        field["place"].focus()
        await w.settle()
        await send(w, "临河镇", "tab", "ctrl+u", "镇党委", "tab", "镇长", "enter", "陈明", "shift+tab", "shift+tab", "ctrl+u", "政府")
        assert [field[name].value for name in ("place", "unit", "post", "name")] == ["临河镇", "政府", "镇长", "陈明"]
        assert field["occasion"].value == "全镇会议"


async def test_what_follows_enter_and_the_arrows_goes_to_the_next_field_or_row(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        rows = [row for row in w.screen.query(FactRow) if row.fact]
        rows[0].enter()
        await w.settle()
        await send(w, "ctrl+u", "一五", "enter", "ctrl+u", "千米", "down", "ctrl+u", "四零", "up", "down", "end")
        assert [(row.typed[0], row.typed[1]) for row in rows] == [("一五", "千米"), ("四零", "棵")]


async def test_what_follows_a_step_goes_to_the_next_step(tmp_path):
    async with drafted(tmp_path, "facts") as w:
        await send(w, "f3", "f2", "f3")
        assert isinstance(w.screen, ReviewScreen)
    async with walk() as w:
        await send(w, "f4", "消防")
        assert isinstance(w.screen, ThemeScreen)
        assert w.screen.query_one("#search", Input).value == "消防"
