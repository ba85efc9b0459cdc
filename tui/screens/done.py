"""The end: where the file is, and what next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafting.summary import blanks
from tui.keys import key
from tui.screens.step import Step


class DoneScreen(Step):
    """Says where the file is."""

    BINDINGS = [key("f3", "forward", "回到开始"), key("f4", "open_folder", "开文件夹"), key("f5", "open_file", "打开文件")]  # noqa: RUF012 - Textual's own way
    step = "done"
    help_text = """写好了
  文件在屏幕上写的位置。
  F4        打开文件所在的文件夹
  F5        打开文件看看
  还可以回去接着改，换一种格式再导出一份（如提词稿），
  或接着写下一篇，身份不用重填。
"""

    def body(self) -> ComposeResult:
        """What was written, and the choices."""
        with Vertical(id="start"):
            yield Static("写好了", classes="banner", markup=False)
            yield Static(self._told(), id="state", markup=False)
            with Center():
                yield OptionList(*self._choices(), id="choices")

    def _choices(self) -> Iterator[Option]:
        if self.app.is_web:
            yield Option("下载到这台电脑", "download")
        else:
            yield Option("打开所在文件夹（F4）", "folder")
            yield Option("打开文件（F5）", "file")
        yield Option("回去再改改", "back")
        yield Option("换一种格式、版式再导出", "export")
        yield Option("再写一篇", "new")
        yield Option("退出", "quit")

    def enter(self) -> None:
        """The choices have the keys."""
        self.query_one(OptionList).focus()

    def _told(self) -> Content:
        draft, left = self.session.draft, len(blanks(self.session.draft))
        path = self.desk.exported
        size = ""
        with suppress(OSError):
            size = f"　{max(1, round(path.stat().st_size / 1024))} KB" if path else ""
        rest = f"\n还有 {left} 处待填、待核，在稿子里搜“〔”就能逐处找到。" if left else ""
        return Content.assemble((f"《{draft.title}》", "bold"), f" {draft.characters}字\n", (str(path or ""), "$text-success"), size, rest)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        match event.option_id:
            case "folder":
                self.action_open_folder()
            case "file":
                self.action_open_file()
            case "download":
                self.action_download()
            case "back":
                self.desk.go("write")
            case "export":
                self.desk.go("export")
            case "new":
                self.desk.drop()
                self.desk.go("theme")
            case _:
                self.desk.action_leave()

    def action_open_folder(self) -> None:
        """The folder the file lies in."""
        if path := self.desk.exported:
            self._open(path.parent)

    def action_open_file(self) -> None:
        """The file itself."""
        if path := self.desk.exported:
            self._open(path)

    def action_download(self) -> None:
        """Through the browser."""
        if path := self.desk.exported:
            try:
                self.app.deliver_binary(path.open("rb"), save_filename=path.name)
            except OSError:
                self.notify("文件已经不在那里了；请再导出一次", severity="warning")

    def _open(self, path: Path) -> None:
        from tui.desktop import open_path

        def run() -> None:
            told = open_path(path)
            with suppress(RuntimeError):  # the session has ended meanwhile
                self.app.call_from_thread(self.notify, told or f"已打开 {path.name}", markup=False)

        self.run_worker(run, thread=True, exclusive=True, exit_on_error=False)

    def action_back(self) -> None:
        """To the last step but this: another form of the file is made there."""
        self.desk.go("export")

    def action_forward(self) -> None:
        """Nothing comes after the end but the start."""
        self.desk.go("start")
