"""Step 7: to a file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Input, Label, LoadingIndicator, Select, Static

from drafting.model import Finding
from phrasebank.errors import NigaoError
from tui.cjk import ChineseInput
from tui.exporting import OUTLINES, Order
from tui.keys import key
from tui.saving import exists, proposed, typed_path
from tui.screens.dialogs import Confirm, Faults
from tui.screens.step import Step
from tui.standing import is_blank
from tui.widgets.ticks import Ticks

FORMATS = {
    ".docx": "Word 文件（.docx）", ".pdf": "PDF，只供看和印（.pdf）", ".txt": "提词稿，一句一行带时间（.txt）",
    ".md": "Markdown（.md）", ".json": "给程序用的数据（.json）", ".yaml": "只存提纲，以后打开接着改（.yaml）",
}  # fmt: skip
"""Suffixes and what they are for."""
PAGED = (".docx", ".pdf")
"""Formats that have a layout."""
SOURCES = {"none": "不写", "comments": "写成批注（只有 Word 能带）", "list": "附在文末"}
OWN_FONTS = ""


class ExportScreen(Step):
    """What kind of file, how it looks, what goes with it, and where to."""

    BINDINGS = [key("f3", "forward", "导出")]  # noqa: RUF012 - Textual's own way
    step = "export"
    help_text = """第7步　导出
  选好格式、版式，看一眼文件名，按 F3 导出。
  Tab 到下一格，带 ▼ 的格子按 Enter 展开来选；空格打勾。
  格式      Word 可以接着改；提词稿一句一行、标着时间；
            提纲存下来，以后还能打开接着写
  版式      公文版式印发、存档用，讲稿大字版站着念用；
            自己的版式放在模板文件夹里，也列在这里
  字体      换成这台电脑上有的那一套；不确定就用版式自带的
  出处      借用的语句从哪里来：写成批注，或附在文末
  核对表    文末附一页：数字、引文、待填，逐条打钩
  定稿      不带底色、批注、出处和核对表；
            还有待填或必改的内容时不能定稿，会列出来带您去改
  已有同名文件会先问；写不成时旧文件不动。
"""

    def body(self) -> ComposeResult:
        """The form."""
        with VerticalScroll(classes="form", can_focus=False):
            yield Static("", id="left", markup=False)
            yield self._row("格式", self._choice("format", [(words, suffix) for suffix, words in _formats().items()]))
            yield self._row("版式", self._choice("layout", self._layouts()))
            yield self._row("字体", self._choice("fonts", self._fonts()))
            base, hint = self.desk.exports.choices.get("base", ""), "可空；填自己的 .docx，就用它的版式"
            yield self._row("模板", ChineseInput(base, placeholder=hint, id="base", compact=True))
            yield self._row("出处", self._choice("sources", [(words, name) for name, words in SOURCES.items()]))
            yield self._row("另附", Ticks([("sheet", "事实核对表：数字、引文、待填，逐条打钩")], (), id="sheet"))
            yield self._row("定稿", Ticks([("final", "定稿：不带底色、批注、出处和核对表")], (), id="final"))
            yield self._row("文件名", ChineseInput(str(self._proposed()), id="path", compact=True))
            yield Static("", id="target", classes="hint", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("F3 导出", id="export", variant="primary", compact=True)
        with Horizontal(id="writing"):
            yield LoadingIndicator()
            yield Static("", id="busy", markup=False)

    def _row(self, label: str, field: Select[str] | Ticks | ChineseInput) -> Horizontal:
        return Horizontal(Label(label), field, classes="row")

    def _choice(self, name: str, rows: Sequence[tuple[str, str]]) -> Select[str]:
        kept = self.desk.exports.choices.get(name, "")
        value = kept if kept in [value for _, value in rows] else rows[0][1]
        return Select(rows, allow_blank=False, value=value, id=name, compact=True)

    def _layouts(self) -> list[tuple[str, str]]:
        """All layouts by name, ours for documents first; what they are for stands behind the name."""
        from drafting.layout import layout_names, load_layout

        rows = []
        for name in sorted(layout_names(self._folders), key=lambda name: (name != "official", name != "speech", name)):
            try:
                about = load_layout(name, self._folders).about
            except NigaoError:  # a user's file with a fault: told when it is chosen
                about = "这个版式文件有错"
            rows.append((about.partition("：")[0] or name, name))
        called = [label for label, _ in rows]
        return [(f"{label}（{name}）" if called.count(label) > 1 else label, name) for label, name in rows]

    def _fonts(self) -> list[tuple[str, str]]:
        from drafting.layout import font_sets

        return [("版式自带的字体", OWN_FONTS), *((name, name) for name in font_sets())]

    @property
    def _folders(self) -> tuple[Path, ...]:
        return self.session.library.folders

    def refresh_step(self) -> None:
        """How many blanks and faults are left, and what is written where."""
        self._tell()
        self._show_target()
        self._tell_busy()

    def checked(self) -> None:
        """The faults are known."""
        self._tell()

    def _tell(self) -> None:
        from drafting.summary import blanks

        left = len(blanks(self.session.draft))
        wrong = sum(f.severity == "E" and not is_blank(f) for f in self.desk.standing.known or ())
        told = [f"还有 {left} 处〔待填〕〔待核〕，可以先按 F2 回去补，也可以导出后在 Word 里补。"] if left else []
        told += [f"有 {wrong} 处必须改正，导出时会列出来。"] if wrong else []
        self.query_one("#left", Static).update("\n".join(told) or "没有待填的内容，可以定稿。")

    def _proposed(self) -> Path:
        """The last path of this draft, else its title in the folder the session was started in; in the format chosen last."""
        suffix = self.desk.exports.choices.get("format", ".docx")
        if self.desk.exported:
            return self.desk.exported.with_suffix(suffix)
        return proposed(self.session.draft.title, suffix)

    # What belongs together

    def _picked(self, name: str) -> str:
        return str(self.query_one(f"#{name}", Select).value)

    @on(Select.Changed)
    def _chosen(self, event: Select.Changed) -> None:
        """A choice is kept for the next time; the file's name follows the format."""
        self.desk.exports.choices[str(event.select.id)] = str(event.value)
        if event.select.id == "format" and (path := self._path()) and path.suffix.lower() != event.value:
            field = self.query_one("#path", Input)
            with self.prevent(Input.Changed):
                field.value = str(path.with_suffix(str(event.value)))
        self._show_target()

    @on(Input.Changed, "#base")
    def _based(self, event: Input.Changed) -> None:
        self.desk.exports.choices["base"] = event.value
        self._show_target()

    @on(Input.Changed, "#path")
    def _retyped(self) -> None:
        """A suffix that was typed is the format that is meant."""
        path = self._path()
        suffix = path.suffix.lower().replace(".yml", ".yaml") if path else ""
        if suffix in _formats() and suffix != self._picked("format"):
            with self.prevent(Select.Changed):
                self.query_one("#format", Select).value = suffix
            self.desk.exports.choices["format"] = suffix
        self._show_target()

    def _show_target(self) -> None:
        """Where the file will lie, and what the format leaves out."""
        path, suffix = self._path(), self._picked("format")
        for name in ("layout", "fonts"):
            self.query_one(f"#{name}", Select).disabled = suffix not in PAGED or (self._base is not None and suffix == ".docx")
        self.query_one("#base").disabled = suffix != ".docx"
        for name in ("sources", "sheet", "final"):
            self.query_one(f"#{name}").disabled = suffix in OUTLINES
        typed = self.query_one("#path", Input).value.strip()
        told = ["先写好文件名，如 讲话稿.docx" if path is None else f"写到 {path}" if str(path) != typed else ""]
        told += ["　已有同名文件，导出前会问" if path and exists(path) and not self.desk.exports.ours(path) else ""]
        if suffix != ".docx" and suffix not in OUTLINES and self._picked("sources") == "comments":
            told.append("\n批注只有 Word 文件能带；这种格式的出处会附在文末。")
        if ".pdf" not in _formats():
            told.append("\n装了 LibreOffice 才能直接导出 PDF；也可导出 Word 再另存为 PDF。")
        self.query_one("#target", Static).update("".join(told).strip())

    def _path(self) -> Path | None:
        """Where to, with the suffix of the format where none was typed; None while nothing is typed."""
        typed = self.query_one("#path", Input).value
        if not typed.strip().strip("'\""):
            return None
        path = typed_path(typed)
        if typed.strip().endswith(("/", os.sep)) or os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name too long
            return path / proposed(self.session.draft.title, self._picked("format")).name
        if path.suffix.lower() in (*FORMATS, *OUTLINES) or path.suffix[1:].isalpha():
            return path
        return path.with_name(path.name + self._picked("format"))

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_forward()

    @on(Button.Pressed)
    def _pressed(self) -> None:
        self.action_forward()

    # Asking first

    def action_forward(self) -> None:
        """Writes the file, after asking what has to be asked."""
        path = self._path()
        if path is None:
            self.notify("先写好文件名，如 讲话稿.docx")
        elif self.desk.exports.busy:
            self.notify("正在写文件，请稍候")
        else:
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
        faults = [] if path.suffix.lower() in OUTLINES else self._faults(final=self._final)
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
        """Another file of that name is asked about, and our own export where it was changed since."""
        if exists(path) and not self.desk.exports.ours(path):
            changed = "，导出以后又改过" if path == self.desk.exported else ""
            question = f"{path.name} 已经存在{changed}，要换成这一份吗？"
            self.app.push_screen(Confirm("已有同名文件", question), lambda yes: self._export(path) if yes else None)
        else:
            self._export(path)

    # Writing

    def _export(self, path: Path) -> None:
        """Has the file written, and says that it is being written."""
        try:
            order = self._order(path)
        except NigaoError as error:
            self.desk.alarm(str(error), "没有导出")
            return
        self.desk.exports.start(order)
        self._tell_busy(path)

    def _tell_busy(self, path: Path | None = None) -> None:
        slow = path is not None and path.suffix.lower() == ".pdf"
        words = "正在写 PDF，约需十秒；可以先去别的步骤，写好会告诉您" if slow else "正在写文件…"
        busy = self.desk.exports.busy
        self.query_one("#busy", Static).update(words if busy else "")
        self.query_one("#writing").display = busy
        self.query_one("#export", Button).disabled = busy

    def _order(self, path: Path) -> Order:
        """What was chosen. Raises ConfigError for a layout that cannot be read."""
        from drafting.layout import load_layout
        from drafting.origins import Extras, asked

        suffix, fonts, sources, base = path.suffix.lower(), self._picked("fonts"), self._picked("sources"), self._base
        if sources == "comments" and suffix != ".docx":
            sources = "list"
        name = self._picked("layout") + (f":{fonts}" if fonts else "")
        layout = None if suffix in OUTLINES else load_layout(name, self._folders)
        extras = Extras(sources, bool(self.query_one("#sheet", Ticks).picked))  # type: ignore[arg-type]
        return Order(path, asked(self.session.draft, self.session.plan), layout, extras, self._final, base if suffix == ".docx" else None)

    @property
    def _base(self) -> Path | None:
        """The writer's own .docx whose pages and styles are taken."""
        typed = self.query_one("#base", Input).value
        return typed_path(typed) if typed.strip() else None


def _formats() -> dict[str, str]:
    """The formats this machine can write."""
    from drafting.pdf import available

    return {suffix: words for suffix, words in FORMATS.items() if suffix != ".pdf" or available()}
