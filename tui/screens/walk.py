"""The order of the steps. Screens are imported when they are walked to, so that the first one is painted early."""

from __future__ import annotations

from importlib import import_module

from tui.screens.step import Step

_ORDER = (
    ("start", "StartScreen"), ("theme", "ThemeScreen"), ("profile", "ProfileScreen"), ("sections", "SectionsScreen"),
    ("write", "WriteScreen"), ("preview", "PreviewScreen"), ("export", "ExportScreen"), ("done", "DoneScreen"),
)  # fmt: skip


def screen(number: int) -> Step:
    """A fresh screen for the step of that number."""
    module, name = _ORDER[number]
    made: Step = getattr(import_module(f"tui.screens.{module}"), name)()
    return made
