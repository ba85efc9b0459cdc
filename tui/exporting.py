"""Writing the draft to a file, in a thread: a PDF takes LibreOffice some seconds, and the keys stay alive meanwhile."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from phrasebank.errors import NigaoError

if TYPE_CHECKING:
    from drafting.layout import Layout
    from drafting.model import Draft, Outline
    from drafting.origins import Extras
    from tui.app import NigaoApp

OUTLINES = (".yaml", ".yml")


@dataclass(frozen=True)
class Order:
    """What is to be written: `draft` as it was when the order was given, without a layout its outline alone."""

    path: Path
    draft: Draft
    layout: Layout | None
    extras: Extras
    final: bool = False
    base: Path | None = None


class Exports:
    """Of the application. `choices` are those made last, by the names of their fields; `fault` is why the last one failed."""

    def __init__(self, app: NigaoApp) -> None:
        self.app = app
        self.choices: dict[str, str] = {}
        self.busy = False
        self._stamp: tuple[int, int] | None = None

    def forget(self) -> None:
        """Another draft is open: its exports are not ours any more."""
        self._stamp = None

    def ours(self, path: Path) -> bool:
        """Whether a file is what this draft was last exported to, and nobody has touched it since."""
        return self._stamp is not None and self.app.exported == path and self._stamp == _stamp(path)

    def start(self, order: Order) -> None:
        """Lets a thread write."""
        self.busy = True
        outline = self.app.session.outline if self.app.session else None
        self.app.run_worker(lambda: self._run(order, outline), thread=True, group="export", exit_on_error=False)

    def _run(self, order: Order, outline: Outline | None) -> None:
        fault = ""
        try:
            write(order)
        except (NigaoError, OSError) as error:
            fault = str(error)
        finally:
            with suppress(RuntimeError):  # the session has ended meanwhile
                self.app.call_from_thread(self._ended, order, outline, fault)

    def _ended(self, order: Order, outline: Outline | None, fault: str) -> None:
        from tui.screens.export import ExportScreen

        app, self.busy = self.app, False
        if fault:
            app.alarm(fault, "没有导出")
            if isinstance(app.screen, ExportScreen):
                app.screen.refresh_step()
            return
        if app.session and order.draft.outline.theme == app.session.outline.theme:
            app.exported, self._stamp = order.path, _stamp(order.path)
        if app.session and app.session.outline is outline and app.store and app.path:
            app.keeping.save_now()
            app.store.finish(app.path)
        if isinstance(app.screen, ExportScreen):
            app.go("done")
        else:
            app.notify(str(order.path), title="已导出", markup=False, timeout=8)


def write(order: Order) -> None:
    """Writes the file, whole or not at all. Raises what exporting raises."""
    from drafting.errors import ExportError
    from drafting.export import export
    from drafting.files import write_atomic
    from drafting.outline import dump

    if not order.path.parent.is_dir():
        raise ExportError("文件夹不存在，请先建好它，或换一个文件夹", str(order.path.parent))
    if order.layout is None:
        write_atomic(order.path, dump(order.draft.outline).encode())
    else:
        export(order.draft, order.path, order.layout, final=order.final, base=order.base, extras=order.extras)


def _stamp(path: Path) -> tuple[int, int]:
    """By what a file is known to be untouched."""
    try:
        state = path.stat()
    except OSError:
        return (0, 0)
    return state.st_mtime_ns, state.st_size
