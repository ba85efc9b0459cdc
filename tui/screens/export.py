"""Step 6: to a file."""

from __future__ import annotations

import os
import re
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Input, Label, Static

from drafting.errors import ExportError
from drafting.model import Finding
from phrasebank.errors import NigaoError
from tui.cjk import ChineseInput
from tui.keys import key
from tui.screens.dialogs import Confirm, Faults
from tui.screens.step import Step
from tui.widgets.ticks import Ticks

LAYOUTS = (("official", "公文版式（印发、存档用，三号字）"), ("speech", "讲台版式（站着念用，二号大字）"))

OUTLINES = (".yaml", ".yml")


class ExportScreen(Step):
    """Where to, in which layout, with or without comments."""

    BINDINGS = [key("f3", "forward", "导出")]  # noqa: RUF012 - Textual's own way
    step = "export"
    help_text = """第6步　导出
  写好文件名，选好版式，按 F3 或“导出”。
  文件名以 .docx 结尾是 Word 文件；也可以写 .txt、.md，
  或写 .yaml 只存提纲（以后还能打开接着改）。
  不打勾时，待填的地方有底色，要填什么写在批注里；定稿打勾，就都不带。
  还有待填、待核或必须改正的内容时，不能导出定稿；
  会列出是哪几处，选中一处就去改。
"""

    def body(self) -> ComposeResult:
        """The form."""
        with VerticalScroll(classes="form", can_focus=False):
            yield Static("", id="left", markup=False)
            yield Label("存到哪里")
            yield ChineseInput(str(self._proposed()), id="path", compact=True)
            yield Label("版式")
            yield Ticks(LAYOUTS, {"official"}, single=True, id="layout")
            yield Ticks([("final", "定稿：不带底色和批注")], (), id="final")
            with Horizontal(classes="buttons"):
                yield Button("F3 导出", id="export", variant="primary", compact=True)

    def refresh_step(self) -> None:
        """How many blanks and faults are left."""
        from drafting.summary import blanks

        left, wrong = len(blanks(self.session.draft)), len(self._faults(final=False))
        told = [f"还有 {left} 处〔待填〕〔待核〕，可以先按 F2 回去补，也可以导出后在 Word 里补。"] if left else []
        told += [f"有 {wrong} 处必须改正，导出时会列出来。"] if wrong else []
        self.query_one("#left", Static).update("\n".join(told) or "没有待填的内容，可以定稿。")

    def _proposed(self) -> Path:
        """The last path of this draft, else its title in the folder the session was started in."""
        if self.desk.exported:
            return self.desk.exported
        stem = re.sub(r'[\\/:*?"<>|\s]+', "", self.session.draft.title)[:40] or "讲话稿"
        try:
            return Path.cwd() / f"{stem}.docx"
        except OSError:  # the folder we were started in is gone
            return Path.home() / f"{stem}.docx"

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_forward()

    @on(Button.Pressed)
    def _pressed(self) -> None:
        self.action_forward()

    def action_forward(self) -> None:
        """Writes the file, after asking what has to be asked."""
        typed = self.query_one("#path", Input).value.strip().strip("'\"")
        if not typed:
            self.notify("先写好文件名，如 讲话稿.docx")
            return
        path = Path(typed).expanduser().absolute()
        if not path.suffix:
            path = path.with_name(path.name + ".docx")
        self._ask_faults(path)

    @property
    def _final(self) -> bool:
        return bool(self.query_one("#final", Ticks).picked)

    def _faults(self, *, final: bool) -> list[Finding]:
        """What has to be mended; in a final copy blanks too, by the same rule as `nigao draft --final`."""
        from drafting.checks import check

        found = check(self.session.draft, self.session.plan, final=final)
        return [finding for finding in found if finding.severity == "E"]

    def _ask_faults(self, path: Path) -> None:
        """Faults are told before anything is written, and lead to their places. An outline is no copy of the speech."""
        faults = [] if path.suffix in OUTLINES else self._faults(final=self._final)
        if faults:
            self.app.push_screen(Faults(faults, final=self._final), lambda answer: self._told(path, faults, answer))
        else:
            self._ask_over(path)

    def _told(self, path: Path, faults: list[Finding], answer: int | None) -> None:
        if answer == Faults.ANYWAY:
            self._ask_over(path)
        elif answer is not None:
            self.desk.mend(faults[answer])

    def _ask_over(self, path: Path) -> None:
        """Another file of that name is asked about; our own last export is not."""
        if os.path.exists(path) and path != self.desk.exported:  # noqa: PTH110 - Path.exists raises for a name too long
            question = f"{path.name} 已经存在，要换成这一份吗？"
            self.app.push_screen(Confirm("已有同名文件", question), lambda yes: self._export(path) if yes else None)
        else:
            self._export(path)

    def _export(self, path: Path) -> None:
        try:
            self._write(path, self._final)
        except (NigaoError, OSError) as error:
            self.desk.alarm(str(error), "没有导出")
            return
        self.desk.exported = path
        if self.desk.store and self.desk.path:
            self.desk.store.finish(self.desk.path)
        self.desk.go("done")

    def _write(self, path: Path, final: bool) -> None:
        from drafting.export import export
        from drafting.layout import load_layout
        from drafting.origins import asked

        if path.suffix in OUTLINES:
            self.session.save(path)
            return
        if not path.parent.is_dir():
            raise ExportError("文件夹不存在，请先建好它，或换一个文件夹", str(path.parent))
        name = self.query_one("#layout", Ticks).picked[0]
        layout = load_layout(name, self.session.library.folders)
        export(asked(self.session.draft, self.session.plan), path, layout, final=final)
