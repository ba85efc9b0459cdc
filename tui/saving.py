"""Files the session writes beside the draft's own: where they are proposed to lie, and asking before one is replaced."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from phrasebank.errors import NigaoError

if TYPE_CHECKING:
    from tui.app import NigaoApp


def proposed(title: str, suffix: str) -> Path:
    """A name by the title, in the folder the session was started in."""
    stem = re.sub(r'[\\/:*?"<>|\s]+', "", title)[:40] or "讲话稿"
    try:
        return Path.cwd() / f"{stem}{suffix}"
    except OSError:  # the folder we were started in is gone
        return Path.home() / f"{stem}{suffix}"


def typed_path(typed: str) -> Path:
    """A path as it was typed, quotation marks of a shell or of dragging taken off."""
    return Path(typed.strip().strip("'\"")).expanduser().absolute()


def exists(path: Path) -> bool:
    """Whether something lies there; for a name too long nothing does."""
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises for a name too long


def write_text(desk: NigaoApp, typed: str, text: str) -> None:
    """Writes a text where the writer said, after asking when something lies there."""
    from tui.screens.dialogs import Confirm

    path = typed_path(typed)

    def write() -> None:
        from drafting.files import write_atomic

        try:
            write_atomic(path, text.encode("utf-8", "ignore"))
        except (NigaoError, OSError) as error:
            desk.alarm(str(error), "没有存上")
        else:
            desk.notify(str(path), title="已存好", markup=False, timeout=8)

    if exists(path):
        question = f"{path.name} 已经存在，要换成这一份吗？"
        desk.push_screen(Confirm("已有同名文件", question), lambda yes: write() if yes else None)
    else:
        write()


def report(folder: Path | None) -> str:
    """Writes the exception at hand into a file for those who can mend it, and says where."""
    import traceback

    try:
        place = (folder or Path.cwd()) / "error.log"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(traceback.format_exc(), "utf-8")
    except OSError:
        return traceback.format_exc()
    return f"出错的细节记在 {place}，请发给维护的人。"


def whereabouts(desk: NigaoApp) -> str:
    """Where the draft at hand and what was exported of it lie, for whoever has left; empty where there is no draft."""
    if desk.session is None or desk.path is None:
        return ""
    told = f"稿子存着，再打开 nigao 就能接着写：\n  {desk.path}"
    return f"{told}\n导出的文件：\n  {desk.exported}" if desk.exported else told


def nothing_to_undo(app: NigaoApp) -> str:
    """What is said when there is nothing to take back: what was changed before the draft was opened is among its versions."""
    from drafting.history import folder_of

    before = app.path is not None and folder_of(app.path).exists()
    return "没有可以撤销的了" + ("。这次打开以前的改动，按 F12 到历史里挑一版换回去" if before else "")
