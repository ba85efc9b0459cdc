"""What makes the tests of the session quick changes nothing of what they see."""

from __future__ import annotations

from small import small_outline, small_world
from styling import differing
from walking import _one_desk, _seldom_collected, walk  # noqa: F401 - fixtures


async def test_remembered_styles_are_those_that_textual_finds(tmp_path):
    with small_world(tmp_path):
        async with walk() as w:
            w.app._take(w.app.workshop.session(small_outline()), w.app.store.new_path())
            w.app.autosave()
            for step, *keys in ("profile", "tab", "ctrl+t"), ("write", "down", "ctrl+n", "f1"):
                w.app.go(step)
                await w.settle()
                for key in keys:
                    await w.press(key)
                    seen = [w.app, *w.screen.walk_children(with_self=True)]
                    assert not differing(w.app.stylesheet, seen), (step, key)


async def test_a_difference_would_be_noticed(tmp_path):
    with small_world(tmp_path):
        async with walk() as w:
            choices = w.screen.query_one("#choices")
            choices.styles.base.padding = 3
            assert differing(w.app.stylesheet, list(w.screen.walk_children())) == [choices]
