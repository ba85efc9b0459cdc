"""Boxes over the bank desk: a phrase of one's own, where a phrase comes from, a folder being read, what the banks hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Label, Select, Static

from drafting.intake import Intake, Outcome, Step
from drafting.shelf import Holdings, Passage, Shelf
from phrasebank.errors import NigaoError
from phrasebank.model import ROLES, Kind, Phrase, Role
from tui.cjk import ChineseInput
from tui.keys import key
from tui.screens.dialogs import Dialog
from tui.text_area import ChineseTextArea
from tui.widgets.plots import Bars, bar

if TYPE_CHECKING:
    from tui.app import NigaoApp


class AskPhrase(Dialog[tuple[Phrase, list[str]]]):
    """A phrase of the user's own: its words, what it does, what it is about, tags."""

    def __init__(self, themes: Sequence[str], role: str, theme: str) -> None:
        super().__init__("加一条自己的语句", "数字换一篇稿子就不对了，请写成〔待填：数据｜名称｜单位〕。标签用空格隔开，可以不写。")
        self.themes, self.role, self.theme_name = themes, role, theme

    def fields(self) -> ComposeResult:
        """A text over three lines."""
        yield ChineseTextArea("", soft_wrap=True, id="own-text")
        with VerticalScroll(classes="form", can_focus=False):
            yield from self._row("作用", Select(
                [(name, id_) for id_, name in ROLES.items()], value=self.role, allow_blank=False, id="own-role", compact=True,
            ))  # fmt: skip
            themes = [("不限", ""), *((name, name) for name in self.themes)]
            chooser = Select(themes, value=self.theme_name, allow_blank=False, id="own-theme", compact=True)
            yield from self._row("主题", chooser)
            yield from self._row("标签", ChineseInput("", id="own-tags", compact=True))

    def _row(self, label: str, widget: Select[str] | ChineseInput) -> ComposeResult:
        with Horizontal(classes="row"):
            yield Label(label)
            yield widget

    def value(self) -> tuple[Phrase, list[str]] | None:
        """The phrase with its tags."""
        text = "".join(line.strip() for line in self.query_one(ChineseTextArea).text.splitlines())
        if not text:
            self.notify("先写好语句；不加了可按 Esc")
            return None
        role, theme = cast(Role, self.query_one("#own-role", Select).value), self.query_one("#own-theme", Select).value
        kind: Kind = "heading" if role == "heading" else "sentence"
        phrase = Phrase("", text, "", role, "plain", str(theme) or None, kind=kind)
        return phrase, self.query_one(ChineseInput).value.replace("#", " ").split()


class PassageBox(ModalScreen[None]):
    """The lines a phrase stands in, read from its file as it is now; a source after another."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,f1,f2,f3,f4,enter", "app.pop_screen", "关掉", shown="Esc"), key("left", "source(-1)", "前一处", shown="←"),
        key("right", "source(1)", "后一处", shown="→"),
    ]  # fmt: skip

    def __init__(self, phrase: Phrase, shelf: Shelf) -> None:
        super().__init__()
        self.phrase, self.shelf, self.at = phrase, shelf, 0

    def compose(self) -> ComposeResult:
        """One page of text."""
        with VerticalScroll(classes="box help", id="passage") as page:
            page.border_title, page.border_subtitle = "出处：原稿里的前后文", "↑↓ 翻　← → 换一处　Esc 关掉"
            yield Static("", markup=False, id="passage-head")

    async def on_mount(self) -> None:
        """The first source."""
        await self.action_source(0)

    async def action_source(self, step: int) -> None:
        """The source before or after."""
        page = self.query_one("#passage-head", Static)
        await self.query(".passage-line").remove()
        if not self.phrase.sources:
            own = self.shelf.is_own(self.phrase.id)
            page.update("这一条是自己加的，没有原稿。" if own else "库里没有记下这一条的出处。")
            return
        self.at = (self.at + step) % len(self.phrase.sources)
        page.update("正在打开原稿……")
        self._read(self.at)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _read(self, at: int) -> None:
        passage = self.shelf.passage(self.phrase.sources[at])
        self.app.call_from_thread(self.run_worker, self._show(passage))

    async def _show(self, passage: Passage) -> None:
        """The lines, the phrase marked in its own, which is brought into view."""
        if not self.is_attached:
            return
        self.query_one("#passage-head", Static).update(self._told(passage))
        self.query_one("#passage").border_title = f"出处：{PurePath(passage.source.file).name} 第{passage.source.line}行"
        lines = {number: self._line(number, line, passage.source.line) for number, line in passage.lines}
        page = self.query_one("#passage", VerticalScroll)
        await page.mount_all(lines.values())
        if here := lines.get(passage.source.line):
            self.call_after_refresh(page.scroll_to_widget, here, animate=False, center=True)

    def _told(self, passage: Passage) -> Content:
        source, many = passage.source, len(self.phrase.sources)
        head = f"{source.file}　第 {source.line} 行" + (f"　（{self.at + 1}/{many}，← → 换一处）" if many > 1 else "")
        parts: list[str | tuple[str, str]] = [(f"{head}\n", "bold $text-success")]
        if passage.missing:
            parts += [f"\n{passage.missing}。\n\n", ("库里记下的是：\n", "$text-muted"), self.phrase.text]
        return Content.assemble(*parts)

    def _line(self, number: int, line: str, wanted: int) -> Static:
        said, here = line.strip(), number == wanted
        before, mark, after = said.partition(self.phrase.text) if here else (said, "", "")
        label = (f"{number:>4} ", "bold $text-warning" if here else "$text-muted")
        plain = "" if mark or not here else "bold"  # what was mended in reading is not found word for word
        return Static(Content.assemble(label, (before, plain), (mark, "bold reverse"), after), markup=False, classes="passage-line")


class Intaking(ModalScreen[None]):
    """A folder being read into the user's bank, in a process of its own; what is there stays until the new is whole."""

    BINDINGS: ClassVar[list[BindingType]] = [key("escape,f2,f3", "close_intake", "停下", shown="Esc")]

    def __init__(self, shelf: Shelf, path: Path) -> None:
        super().__init__()
        self.shelf, self.path = shelf, path
        self.intake: Intake | None = None
        self.outcome: Outcome | None = None

    def compose(self) -> ComposeResult:
        """What is being read, how far it is, and a button."""
        with Vertical(classes="box"):
            yield Label("导入旧稿", classes="box-title", markup=False)
            yield Static(str(self.path), markup=False, classes="hint")
            yield Static("正在准备……", id="intake-state", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Esc 停下", id="intake-close", compact=True, action="screen.close_intake")

    def on_mount(self) -> None:
        """Begins at once."""
        self._run()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _run(self) -> None:
        self.intake = Intake.begin(self.shelf.path, [str(self.path)])
        for told in self.intake.steps():
            self.app.call_from_thread(self._hear, told)

    def _hear(self, told: Step | Outcome) -> None:
        self._step(told) if isinstance(told, Step) else self._end(told)

    def _step(self, step: Step) -> None:
        drawn = bar(step.done / max(step.total, 1), 24)
        what = step.name if step.done < step.total else "都读完了，正在合进素材库……"
        rest = f"{'░' * (24 - len(drawn))} {step.done}/{step.total}\n"
        self._state(Content.assemble((drawn, "$text-primary"), rest, (what, "$text-muted")))

    def _end(self, outcome: Outcome) -> None:
        if outcome.fault:
            self._finish(Outcome(fault=outcome.fault), Content.assemble((outcome.fault, "bold $text-warning")))
            return
        try:
            self.shelf.reopen()
        except NigaoError as error:
            self._finish(outcome, Content(str(error)))
            return
        self.shelf.past.clear()  # decisions before it speak of the bank that was
        self.shelf.future.clear()
        said = f"读了 {outcome.documents} 个文件，得到 {outcome.offered} 条能用的语句，已放进自己的素材库。"
        failed = "".join(f"\n读不了：{fault}" for fault in outcome.unreadable[:5])
        more = f"\n……还有 {len(outcome.unreadable) - 5} 个" if len(outcome.unreadable) > 5 else ""
        self._finish(outcome, Content.assemble((said, "bold $text-success"), (failed + more, "$text-warning")))

    def _finish(self, outcome: Outcome, said: Content) -> None:
        self.outcome = outcome
        self._state(said)
        for button in self.query(Button):
            button.label = "Esc 关掉"

    def _state(self, said: Content) -> None:
        for state in self.query("#intake-state"):
            cast(Static, state).update(said)

    def action_close_intake(self) -> None:
        """Stops what goes on, and closes the box when it has ended."""
        if self.outcome is not None:
            self.dismiss(None)
        elif self.intake is not None:
            self.intake.stop()

    def on_unmount(self) -> None:
        """Whoever leaves the session leaves the reading too."""
        if self.outcome is None and self.intake is not None:
            self.intake.stop()


class PlotsScreen(ModalScreen[None]):
    """Bars of what the banks hold, by theme, role and year."""

    BINDINGS: ClassVar[list[BindingType]] = [key("escape,f1,f2,f3,enter,ctrl+g", "app.pop_screen", "关掉", shown="Esc")]

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.shelf = shelf

    def compose(self) -> ComposeResult:
        """Counted behind the scenes: a million phrases take seconds."""
        with VerticalScroll(classes="box help", id="plots"):
            yield Static("正在数……", id="plots-head", markup=False)

    def on_mount(self) -> None:
        """Begins to count."""
        self._count()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _count(self) -> None:
        try:
            holdings = self.shelf.holdings()
        except NigaoError as error:
            self.app.call_from_thread(cast("NigaoApp", self.app).alarm, str(error), "数不了")
            return
        self.app.call_from_thread(self.run_worker, self._show(holdings))

    async def _show(self, held: Holdings) -> None:
        if not self.is_attached:
            return
        decided = "，".join(f"{name} {held.decided[key]}" for key, name in _DECIDED.items() if held.decided[key])
        said = f"{held.documents} 篇稿子，{held.phrases} 条能用的语句" + (f"；自己的取舍：{decided}" if decided else "") + "。\n"
        self.query_one("#plots-head", Static).update(said)
        roles = {ROLES[role]: number for role, number in held.roles.items()}
        await self.query_one("#plots").mount_all([
            Bars("按主题", held.themes), Bars("按作用", roles), Bars("按年份", held.years, empty="稿子里没有写年份"),
        ])  # fmt: skip


_DECIDED = {"pinned": "置顶", "hidden": "隐藏", "edits": "改写", "own": "自己加的"}
