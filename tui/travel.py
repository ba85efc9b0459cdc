"""Undo and redo: the writer is told what was taken back or done again, for it may stand on another page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.saving import nothing_to_undo

if TYPE_CHECKING:
    from tui.app import NigaoApp


def travel(app: NigaoApp, way: str) -> None:
    """One step back (`undo`) or forward again (`redo`)."""
    from drafting.difference import difference

    session = app.session
    before = (session.draft, session.plan) if session else None
    if session is None or before is None or not getattr(session, way)():
        app.notify(nothing_to_undo(app) if way == "undo" else "没有可以重做的了")
        return
    app.clear_notifications()  # what they told has been taken back
    app.keeping.save_soon()
    app.refresh_step()
    after = session.draft, session.plan
    what = difference(after, before) if way == "undo" else difference(before, after)
    told, back = ("退回", "Ctrl+Y 再做一次") if way == "undo" else ("重做", "Ctrl+Z 退回")
    app.notify(f"{told}：{what}　{back}", markup=False, timeout=5)
