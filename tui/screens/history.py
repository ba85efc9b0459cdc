"""Earlier versions of a draft: when, how long, what changed; their text beside what stands there now."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafting import history
from drafting.history import Kind, Version
from tui.keys import HELP, key
from tui.widgets.bars import KeyLine
from tui.widgets.when import when

if TYPE_CHECKING:
    from tui.app import NigaoApp

WIDTH = 34
"""Columns for what is said of a version in the list."""
INDENT = "\u3000\u3000"
_STYLES: dict[Kind, str] = {"same": "", "added": "$text-error strike", "removed": "$text-success bold underline"}
"""A version is what was before: what has been removed since is what it has, what was added since is what it lacks."""


class HistoryScreen(ModalScreen[Version | None]):
    """Left the versions, newest first, right the text of one; the answer is the version to go back to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,f2", "leave_history", "关掉", shown="Esc"), key("f3", "take_back", "换回这一版"),
        key("f4", "only_changes", "只看改动"), key("tab", "app.focus_next", "换边", show=False), HELP,
    ]  # fmt: skip
    help_text = """历史版本
  稿子每改一阵就留一版：一小时内的都在，一天内每小时留一版，
  再早的每天留一版。
  ↑ ↓       选一版，右边是那时的文字
  Enter、F3 换回这一版（可以再用 Ctrl+Z 撤销，现在的也会留一版）
  F4        只看改动的段落，或看全文
  Tab       到右边去翻页
  粗体下划线是那时有、现在没有的；删除线是后来才加的。
"""

    def __init__(self, draft: Path) -> None:
        super().__init__()
        self.draft = draft
        self.versions: tuple[Version, ...] = ()
        self.short = False

    def compose(self) -> ComposeResult:
        """Title, the two panes, the keys."""
        with Vertical(id="history"):
            yield Static("历史版本", id="history-title", markup=False)
            with Horizontal(classes="split"):
                yield OptionList(id="versions", markup=False)
                with VerticalScroll(id="version"):
                    yield Static("正在读……", id="version-text", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        """The files are read in a thread."""
        self.query_one(OptionList).focus()
        self.read()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def read(self) -> None:
        """All versions, and what each changed."""
        found = history.versions(self.draft)
        earlier = [version.text for version in found[1:]]
        said = [history.changed(before, version.text) for before, version in zip(earlier, found, strict=False)]
        self.app.call_from_thread(self._show, found, [*said, "最早的一版"])

    def _show(self, found: tuple[Version, ...], said: list[str]) -> None:
        self.versions = found
        listed = self.query_one(OptionList)
        listed.add_options([Option(_row(version, what), str(n)) for n, (version, what) in enumerate(zip(found, said, strict=False))])
        if found:
            listed.highlighted = 0
        else:
            self.query_one("#version-text", Static).update("还没有历史版本。写下去，每改一阵就自动留一版，到时候再来看。")

    @property
    def chosen(self) -> Version | None:
        """The version at the highlight."""
        at = self.query_one(OptionList).highlighted
        return self.versions[at] if at is not None and at < len(self.versions) else None

    @on(OptionList.OptionHighlighted)
    def _look(self) -> None:
        if self.chosen is None:
            return
        rows = history.compared(self.chosen.text, self._now())
        changed = sum(any(kind != "same" for _, kind in row) for row in rows)
        self.query_one("#history-title", Static).update(self._title(changed))
        shown = [row for row in rows if not self.short or any(kind != "same" for _, kind in row)]
        text = Content("\n").join(Content.assemble(INDENT, *((part, _STYLES[kind]) for part, kind in row)) for row in shown)
        self.query_one("#version-text", Static).update(text if shown else "这一版和现在的文字一样。按 F4 看全文。")
        self.query_one("#version", VerticalScroll).scroll_home(animate=False)

    def _title(self, changed: int) -> Content:
        said = f"和现在有 {changed} 段不同" if changed else "和现在一样"
        legend = Content.assemble(("那时有、现在没有", _STYLES["removed"]), "　", ("后来才有", _STYLES["added"]))
        return Content.assemble(("历史版本", "bold"), f"　{said}　", legend if changed else "")

    def _now(self) -> str:
        session = cast("NigaoApp", self.app).session
        return session.draft.text if session else ""

    def action_only_changes(self) -> None:
        """Only paragraphs that differ, or all."""
        self.short = not self.short
        self._look()

    @on(OptionList.OptionSelected)
    def action_take_back(self) -> None:
        """The draft is to become this version."""
        if self.chosen is None:
            self.notify("还没有可以换回的版本")
        else:
            self.dismiss(self.chosen)

    def action_leave_history(self) -> None:
        """The draft stays as it is."""
        self.dismiss(None)


def _row(version: Version, what: str) -> Content:
    clock = time.strftime("%H:%M:%S", time.localtime(version.time))
    said = "\n  ".join(_folded(what))
    return Content.assemble((f"{when(version.time, clock)}", "bold"), f"  {version.characters}字\n", (f"  {said}", "$text-muted"))


def _folded(what: str) -> list[str]:
    """What changed in lines of the list's width, broken where one would pause."""
    lines = [""]
    for piece in re.split("(?<=：)|(?=改成“)", what):
        if cell_len(lines[-1] + piece) > WIDTH and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return lines
