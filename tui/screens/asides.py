"""A box for a text that forgets nothing: what was typed and left with Esc stands there again the next time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.screens.dialogs import AskText

if TYPE_CHECKING:
    from tui.app import NigaoApp


def ask_text(desk: NigaoApp, title: str, text: str, hint: str, answered: Callable[[str | None], object]) -> None:
    """Asks for a text in the place of `text`; `answered` is told it, None where the writer left things as they were."""
    place = (title, text)
    box = AskText(title, text, hint, desk.keeping.aside.get(place, ""))

    def closed(given: str | None) -> None:
        desk.keeping.put_aside(place, box.left if given is None else "")
        if box.left and given is None:
            desk.notify("没有放进稿子，先替您留着；再打开这个框，就能接着写")
        answered(given)

    desk.clear_old_notices()
    desk.push_screen(box, closed)
