"""Our colour themes: every word that is shown can be read, and origins are told apart by those too who see fewer colours."""

from __future__ import annotations

from itertools import combinations

import pytest
from test_tui import ROOT
from textual.color import Color
from walking import _one_desk, _seldom_collected, _work_folder, walk  # noqa: F401 - fixtures

from tui import themes
from tui.app import NigaoApp
from tui.themes import CLEAR, OURS
from tui.widgets.marks import MARKS

LEAST = 4.5
"""WCAG 2.2, 1.4.3: contrast of text at level AA."""
DRAWN = range(0x2500, 0x2600)
"""Frames, bars, shades and arrows: drawn, not read."""

# Machado, Oliveira, Fernandes 2009, severity 1.0: linear RGB as it looks without one kind of cones.
SEEN_WITHOUT = {
    "long (protanopia)": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "middle (deuteranopia)": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "short (tritanopia)": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(color: Color) -> tuple[float, ...]:
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (color.r / 255, color.g / 255, color.b / 255))


def contrast(first: Color, second: Color) -> float:
    lights = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05 for r, g, b in map(linear, (first, second)))
    return lights[1] / lights[0]


def lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    """CIE Lab of linear RGB, D65."""
    x = 0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]
    y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]
    z = 0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (max(x, 0) / 0.95047, max(y, 0), max(z, 0) / 1.08883))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def difference(first: tuple[float, ...], second: tuple[float, ...]) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(first), lab(second), strict=True)) ** 0.5


def words(screen) -> set[tuple[str, Color, Color, bool]]:
    """What is painted: each run of text with its colour, its ground, and whether it is dimmed."""
    strips = screen._compositor.render_strips()
    for box in screen.query(".box"):  # what stands behind a box is dimmed on purpose
        x, y, width, height = box.region
        strips = [strip.crop(x, x + width) for strip in strips[y : y + height]]
    found = set()
    for strip in strips:
        for text, style, _ in strip:
            readable = "".join(c for c in text if ord(c) not in DRAWN).strip()
            if readable and style is not None and style.color and style.bgcolor:
                ink, ground = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
                found.add((readable, *((ground, ink) if style.reverse else (ink, ground)), bool(style.dim)))
    return found


def test_the_formula_is_that_of_wcag():
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


def unreadable(screen, theme: str) -> dict[tuple[str, str, str], str]:
    """Words a screen paints with too little contrast, by theme, colour and ground: what is painted is looked at, not what the styles
    promise. `test_tui_screens` looks at every screen in every theme."""
    poor = {}
    for text, ink, ground, dim in words(screen):
        ratio = contrast(ground.blend(ink, 0.5) if dim else ink, ground)
        if ratio < LEAST:
            poor.setdefault((theme, ink.hex, ground.hex), f"{type(screen).__name__}: {text[:20]} {ratio:.2f}")
    return poor


async def test_a_word_that_cannot_be_read_is_found():
    async with walk((80, 24)) as w:
        assert unreadable(w.screen, w.app.theme) == {}
        w.screen.query_one("#state").styles.color = w.screen.query_one("#state").background_colors[1].lighten(0.05)
        await w.settle()
        (found,) = unreadable(w.screen, w.app.theme).values()
        assert found.startswith("StartScreen: 按 Enter")


def _mark_colours(name: str) -> dict[str, Color]:
    """The colour of each origin's mark on the screen's ground, for kinds that must not be taken for each other."""
    app = NigaoApp()
    app.theme = name
    variables = app.get_css_variables()
    kinds = ("phrase", "template", "fact", "writer", "blank")
    names = {kind: next(word for word in MARKS[kind][1].split() if word.startswith("$text")) for kind in kinds}
    return {kind: Color.parse(variables[word.removeprefix("$")]) for kind, word in names.items()}


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
def test_origins_differ_to_most_eyes(theme):
    for (a, first), (b, second) in combinations(_mark_colours(theme.name).items(), 2):
        assert difference(linear(first), linear(second)) > 15, (a, b)


@pytest.mark.parametrize("cones", SEEN_WITHOUT)
def test_origins_differ_without_one_kind_of_cones(cones):
    """A difference of 2.3 can just be seen side by side; words apart need several times that."""
    matrix = SEEN_WITHOUT[cones]
    seen = {
        kind: tuple(min(max(sum(m * v for m, v in zip(row, linear(color), strict=True)), 0), 1) for row in matrix)
        for kind, color in _mark_colours(CLEAR.name).items()
    }
    for (a, first), (b, second) in combinations(seen.items(), 2):
        assert difference(first, second) > 15, (a, b)


def test_the_ordinary_dark_theme_would_not_do_for_them():
    """So the third theme is there for a reason."""
    matrix = SEEN_WITHOUT["middle (deuteranopia)"]
    seen = [
        tuple(min(max(sum(m * v for m, v in zip(row, linear(color), strict=True)), 0), 1) for row in matrix)
        for color in _mark_colours(themes.DARK.name).values()
    ]
    assert min(difference(a, b) for a, b in combinations(seen, 2)) < 25


async def test_the_theme_is_remembered():
    async with walk(alone=True) as w:
        assert w.app.theme == "nigao-dark"
        await w.press("ctrl+t")
        assert w.app.theme == "nigao-light"
    assert themes.remembered() == "nigao-light"
    assert NigaoApp().theme == "nigao-light"


@pytest.mark.parametrize("content", [b"", b"nord", b"\xff\xfe", b"nigao-light" * 1000])
def test_a_damaged_memory_means_the_dark_theme(tmp_path, monkeypatch, content):
    monkeypatch.setenv("NIGAO_STATE", str(tmp_path))
    (tmp_path / "theme").write_bytes(content)
    assert themes.remembered() == "nigao-dark"


def test_no_colour_is_kept_to(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert NigaoApp().no_color
    assert (ROOT / "tui/cli.py").read_text("utf-8").count("NO_COLOR") >= 1
