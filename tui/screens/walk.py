"""The steps of the walk in their order. Screens are imported when they are walked to, so that the first one is painted early."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.screens.step import Step

_SCREENS = {
    "start": "StartScreen", "theme": "ThemeScreen", "profile": "ProfileScreen", "sections": "SectionsScreen",
    "write": "WriteScreen", "facts": "FactsScreen", "review": "ReviewScreen", "export": "ExportScreen", "done": "DoneScreen",
}  # fmt: skip
"""Module and class of each step, in their order."""

LABELS = {
    "theme": "主题", "profile": "身份", "sections": "结构", "write": "写作", "facts": "事实", "review": "审校",
    "export": "导出",
}  # fmt: skip
"""The steps the bar shows, by their names for the writer; start and end are none of them."""


def screen(step: str) -> Step:
    """A fresh screen for a step."""
    made: Step = getattr(import_module(f"tui.screens.{step}"), _SCREENS[step])()
    return made


def beside(step: str, by: int) -> str:
    """The step `by` places on; the first or the last where there is none."""
    steps = list(_SCREENS)
    return steps[max(0, min(steps.index(step) + by, len(steps) - 1))]
