"""Three colour themes of our own, and the one the user chose last.

What words come from is told by colour (`tui.widgets.marks`): success a phrase, accent a fact, primary the writer, warning a blank.
So every theme keeps these apart and readable, which tests/test_themes.py measures: contrast of at least 4.5 : 1, and in `CLEAR` a
difference that those see too who cannot tell red from green or blue from yellow.
"""

from __future__ import annotations

from contextlib import suppress

from textual.theme import Theme

DARK = Theme(
    "nigao-dark", primary="#5aa9e6", secondary="#8fa6b8", accent="#d7a0f0", success="#7fcf7f", warning="#f0b545", error="#ff8080",
    foreground="#e6e6e6", background="#14181c", surface="#1b2127", panel="#232b33", boost="#27313a", dark=True,
    variables={
        "text-primary": "#7dbef0", "text-accent": "#dfb0f5", "text-success": "#8fd98f", "text-warning": "#f5c05a", "text-error": "#ff9a9a",
        "text-muted": "#a9b4be", "text-disabled": "#98a3ad", "warning-muted": "#463a1e", "border": "#5aa9e6",
    },
)  # fmt: skip
LIGHT = Theme(
    "nigao-light", primary="#0b5cad", secondary="#4a5a68", accent="#7a1fa2", success="#165c28", warning="#7d4300", error="#b3141b",
    foreground="#1c1c1c", background="#fbfaf6", surface="#f3f1ea", panel="#e7e4da", boost="#ebe8df", dark=False,
    variables={
        "text-primary": "#0b5cad", "text-accent": "#7a1fa2", "text-success": "#165c28", "text-warning": "#7d4300", "text-error": "#b3141b",
        "text-muted": "#56585a", "text-disabled": "#56585a", "warning-muted": "#ffecc4", "border": "#0b5cad",
        "footer-key-foreground": "#0b5cad",
    },
)  # fmt: skip
# Blue, white, orange and yellow: the colours of Okabe and Ito that stay apart whichever cones are missing.
CLEAR = Theme(
    "nigao-clear", primary="#56b4e9", secondary="#9aa7b0", accent="#f0e442", success="#56b4e9", warning="#ff9e3d", error="#ff8f66",
    foreground="#f2f2f2", background="#101010", surface="#191919", panel="#242424", boost="#2a2a2a", dark=True,
    variables={
        "text-primary": "#ffffff", "text-accent": "#f0e442", "text-success": "#56b4e9", "text-warning": "#ff9e3d", "text-error": "#ff8f66",
        "text-muted": "#b4b4b4", "text-disabled": "#a0a0a0", "warning-muted": "#4a2c00", "border": "#56b4e9",
    },
)  # fmt: skip

THEMES = {DARK.name: "深色", LIGHT.name: "浅色", CLEAR.name: "色觉友好"}
"""Our themes in the order in which one key goes through them, and their names for people."""
OURS = (DARK, LIGHT, CLEAR)


def after(name: str) -> str:
    """The theme after `name`, the first after the last."""
    names = list(THEMES)
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]


def remembered() -> str:
    """The theme chosen last, the dark one at first."""
    from drafting.state import state_folder

    name = ""
    with suppress(OSError, ValueError):
        name = (state_folder() / "theme").read_text("utf-8").strip()
    return name if name in THEMES else DARK.name


def remember(name: str) -> None:
    """Keeps the theme for the next session; where that cannot be written it is forgotten."""
    from drafting.errors import ExportError
    from drafting.files import write_atomic
    from drafting.state import state_folder

    with suppress(OSError, ExportError):
        state_folder().mkdir(parents=True, exist_ok=True)
        write_atomic(state_folder() / "theme", name.encode())
