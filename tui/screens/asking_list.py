"""The list of what is to be asked, for others to fill in: where to put it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafting.questions import checklist, questions
from tui.screens.dialogs import AskLine

if TYPE_CHECKING:
    from drafting.session import Session
    from tui.app import NigaoApp


def ask_where(desk: NigaoApp, session: Session) -> None:
    """Asks where to put the list, and copies it."""
    rows = questions(session.draft, session.plan)
    if not rows:
        desk.notify("没有要问的了")
        return
    from tui.saving import proposed, write_text

    text = checklist(session.draft.title, rows)
    hint = f"共 {len(rows)} 项，按该问谁分列；存好后发给同事填。同时已复制到剪贴板。"
    desk.copy_to_clipboard(text)
    box = AskLine("要问的存到哪里", str(proposed(f"{session.draft.title}-要问的", ".txt")), hint)
    desk.push_screen(box, lambda path: write_text(desk, path, text) if path else None)
