"""The line of steps above and the line of figures below every step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static
from textual.widgets._footer import FooterKey

from drafting.shares import judged
from tui.screens.walk import LABELS

Part = tuple[str, str]
"""Words with their style."""


@dataclass(frozen=True, slots=True)
class Share:
    """What per cent of the draft a part takes, and how much its genre has for it."""

    name: str
    of: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """Whether that is too little or too much; empty where it is right."""
        return judged(self.of, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Figures:
    """What the status line tells: `target` is the length asked for, `counts` are findings of severity E and W, None before the checks
    have first told of this draft."""

    characters: int
    target: int
    minutes: float
    blanks: int
    share: Share | None = None
    counts: tuple[int, int] | None = None


class StepBar(Static):
    """The steps; the one we are at stands out. Where there is no room for all names only that one has its own."""

    def __init__(self, step: str) -> None:
        super().__init__(markup=False)
        self.step = step

    def render(self) -> Content:
        """The names, that of the step we are at marked; they are no keys."""
        full = self._steps(names=True)
        return full if full.cell_length <= self.app.size.width - 2 else self._steps(names=False)

    def _steps(self, *, names: bool) -> Content:
        parts: list[str | Part] = []
        for step, name in LABELS.items():
            here = step == self.step
            parts += [(name if names or here else "·", "reverse bold" if here else "$text-muted"), (" › " if names else " ", "$text-muted")]
        return Content.assemble(*parts[:-1])


class KeyLine(Footer):
    """Textual's line of keys, made anew only when the keys have changed and not with every move of the focus."""

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)
        self._keys: list[tuple[str, str, bool]] | None = None

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """Compares what would be shown with what is."""
        active = [b for b in screen.active_bindings.values() if b.binding.show]
        keys = [(b.binding.key, b.binding.description, b.enabled) for b in active]
        if keys != self._keys and self.is_attached and screen is self.screen and screen.app.app_focus:
            self._keys = keys
            super().bindings_changed(screen)

    def compose(self) -> ComposeResult:
        """The keys, those that have no room with all of their name unseen."""
        yield from super().compose()
        self.call_after_refresh(self.on_resize)

    def on_resize(self) -> None:
        """Another width has room for more keys, or for fewer."""
        room = self.app.size.width
        for shown in self.query(FooterKey):
            room -= cell_len(f"{shown.key_display} {shown.description} ")
            shown.visible = room >= 0


class StatusLine(Static):
    """Length against what was asked for, share of the section at hand, blanks, findings, and whether it is saved: all of it at every
    width, in fewer words where there is less room. `tell` is called after every change."""

    def __init__(self) -> None:
        super().__init__("", markup=False, id="status")
        self._told: tuple[Figures | None, str, bool] = (None, "", False)

    def tell(self, figures: Figures | None, saved: str, trouble: bool) -> None:
        """`figures` is None while there is no draft."""
        self._told = (figures, saved, trouble)
        self.refresh()

    def render(self) -> Content:
        """The fullest wording that has room."""
        figures, saved, trouble = self._told
        state = (saved, "bold $text-error" if trouble else "$text-success")
        if figures is None:
            return Content.assemble(state)
        room = self.app.size.width - 2  # padding
        told = [Content.assemble(*parts) for parts in _wordings(figures, state, trouble)]
        return next((content for content in told if content.cell_length <= room), told[-1])


def _wordings(figures: Figures, state: Part, trouble: bool) -> Iterator[list[Part | str]]:
    """From full to short."""
    f, keys = figures, ("Ctrl+Z撤销 Ctrl+P全部命令", "$text-muted")
    length = f"{f.characters}/{f.target}字 " if f.target else f"{f.characters}字 "
    minutes = f"{f.minutes:.1f}分 "
    long, short = _counts(f, ("待填", "必改", "提示")), _counts(f, ("填", "改", "提"))
    share = _share(f.share, full=True)
    yield [length, f"约{minutes}", *share, *long, state, "　", keys]
    yield [length, f"约{minutes}", *share, *long, state]
    yield [length, minutes, *_share(f.share, full=False), *long, state]
    brief = (state[0] if trouble else state[0].replace("已保存", "已存"), state[1])
    yield [length, minutes, *_share(f.share, full=False), *short, brief]
    barest = (state[0] if trouble else brief[0].partition(" ")[0], state[1])
    yield [length, minutes, *short, barest]
    yield [length, *short, barest]
    yield [f"{f.characters}字 ", *short, barest]


def _counts(figures: Figures, names: tuple[str, str, str]) -> list[Part]:
    """Blanks, what must be changed, hints; while the checks are at it for the first time nothing is said of them."""
    rows = [(names[0], figures.blanks, "$text-warning")]
    rows += zip(names[1:], figures.counts, ("bold $text-error", ""), strict=True) if figures.counts else []
    return [(f"{name}{count} ", style if count else "") for name, count, style in rows]


def _share(share: Share | None, *, full: bool) -> list[Part | str]:
    if share is None:
        return []
    told, verdict = f"{share.name}{share.of:.0f}%", share.verdict
    right = f"宜{share.low:g}–{share.high:g}% " if full else ""
    return [told, (verdict or " ", "$text-warning"), (f"{right}" if right else " " if verdict else "", "$text-muted")]
