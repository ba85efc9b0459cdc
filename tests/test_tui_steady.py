"""Lists that are filled anew at every key: they show what any other list would, and draw no row twice."""

from __future__ import annotations

import random
from unittest.mock import patch

from tui import cjk  # noqa: F401 # isort: skip # before any other textual module

from textual._styles_cache import StylesCache
from textual.app import App
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.widgets.steady import SteadyList

WORDS = ["责任落到人头上，最后都要落成几件小事：一把钥匙在谁手上，一张单子谁来签。" * n for n in (1, 2, 3)] + ["短句。", "隐患要清零。"]


def rows(names, styles=("", "bold", "$text-muted")):
    return [Option(Content.assemble((WORDS[n % 5], styles[n % 3]), f"{n}"), str(n)) for n in names]


class Lists(App[None]):
    AUTO_FOCUS = ""
    CSS = "#steady { scrollbar-gutter: stable; } #plain { scrollbar-gutter: stable; }"  # as in the session

    def __init__(self):
        super().__init__()
        self.told = []

    def on_option_list_option_highlighted(self, event):
        self.told.append(event.option.id)

    def compose(self):
        yield OptionList(id="plain", markup=False)
        yield SteadyList(id="steady")


def lines(listed):
    """Each line with the styles of its words and what a click on it would mean."""
    return [
        [(segment.text, str(segment.style), segment.style.meta) for segment in listed.render_line(y)] for y in range(listed.size.height)
    ]


async def test_it_looks_like_any_other_list_whatever_was_shown_before():
    chance = random.Random(7)
    app = Lists()
    async with app.run_test(size=(48, 40)) as pilot:
        plain, steady = app.query_one("#plain", OptionList), app.query_one("#steady", SteadyList)
        names = list(range(8))
        for step in range(12):
            if step % 3 == 0:
                names.insert(chance.randrange(len(names)), 20 + step)
            elif step % 3 == 1:
                names.pop(chance.randrange(len(names)))
            else:
                chance.shuffle(names)
            if step == 6:
                app.theme = "textual-light"
            plain.clear_options()
            plain.add_options(rows(names))
            at = chance.randrange(len(names))
            plain.highlighted = at
            steady.show(rows(names), at)
            await pilot.pause()
            assert steady.virtual_size == plain.virtual_size
            plain.scroll_y = steady.scroll_y = 0
            assert lines(steady) == lines(plain)


async def test_a_row_is_wrapped_once(monkeypatch):
    app = Lists()
    wrapped, wrap = [], Content._wrap_and_format
    async with app.run_test(size=(48, 40)) as pilot:
        steady = app.query_one("#steady", SteadyList)
        steady.styles.height = 24  # as in the session: not by what stands in it
        steady.show(rows(range(6)), 0)
        await pilot.pause()
        monkeypatch.setattr(Content, "_wrap_and_format", lambda one, *args, **kept: wrapped.append(one.plain) or wrap(one, *args, **kept))
        steady.show(rows([9, *range(6)]), 1)
        await pilot.pause()
        assert {words for words in wrapped if words[-1] != "9"} == set()
        assert wrapped


async def test_rows_made_ready_are_not_wrapped_when_they_are_shown(monkeypatch):
    app = Lists()
    wrapped, wrap = [], Content._wrap_and_format
    async with app.run_test(size=(48, 40)) as pilot:
        steady = app.query_one("#steady", SteadyList)
        steady.styles.height = 24
        steady.show(rows(range(3)), 0)
        await pilot.pause()
        steady.prepare(rows(range(10, 14)))
        monkeypatch.setattr(Content, "_wrap_and_format", lambda one, *args, **kept: wrapped.append(one.plain) or wrap(one, *args, **kept))
        steady.show(rows(range(10, 15)), 4)
        await pilot.pause()
        assert {words[-2:] for words in wrapped} == {"14"}


async def test_another_row_at_the_same_place_is_told():
    app = Lists()
    async with app.run_test(size=(48, 40)) as pilot:
        steady = app.query_one("#steady", SteadyList)
        steady.show(rows([1, 2, 3]), 1)
        await pilot.pause()
        steady.show(rows([1, 4, 3]), 1)
        await pilot.pause()
        steady.show([], None)
        await pilot.pause()
        assert app.told == ["2", "4"]
        assert steady.highlighted is None


async def test_only_lines_that_show_something_else_are_painted_and_all_of_those():
    """After any change what is on the terminal is what painting everything anew would give."""
    chance = random.Random(3)
    app = Lists()
    async with app.run_test(size=(48, 40)) as pilot:
        plain, steady = app.query_one("#plain", OptionList), app.query_one("#steady", SteadyList)
        plain.display, steady.styles.height = False, 12
        names = list(range(8))
        steady.show(rows(names), 0)
        await pilot.pause()
        painted, render = [], StylesCache.render_line
        with patch.object(StylesCache, "render_line", lambda *args, **kept: painted.append(args[2]) or render(*args, **kept)):
            for step in range(13):
                names[chance.randrange(len(names))] = 20 + step
                if step % 4 == 1:
                    names.insert(chance.randrange(len(names)), 60 + step)
                if step == 9:
                    app.theme = "textual-light"
                if step == 11:
                    steady.focus()
                steady.show(rows(names), chance.randrange(len(names)))
                if step % 5 == 0:
                    steady.scroll_to(y=chance.randrange(6), animate=False, immediate=True)
                await pilot.pause()
                there = _cached(steady)
                steady._painted = []
                steady.refresh()
                await pilot.pause()
                assert _cached(steady) == there, step
            painted.clear()
            steady.show(rows([*names[:-1], 99]), steady.highlighted)
            await pilot.pause()
        assert len(painted) < 12  # the last row alone, if it is in sight


def _cached(listed):
    """What was painted of a list, line by line."""
    return [[(s.text, str(s.style), s.style.meta) for s in listed._styles_cache._cache[y]] for y in range(listed.size.height)]
