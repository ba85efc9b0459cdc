"""A text taken in as an outline: what was read, and what was guessed, for the writer to say yes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label, Select, Static

from drafting.importing import Found, Speech, likelihood
from drafting.session import level_names
from tui.cjk import ChineseInput
from tui.screens.dialogs import Dialog
from tui.widgets.ticks import Ticks

if TYPE_CHECKING:
    from tui.app import NigaoApp


@dataclass(frozen=True, slots=True)
class Imported:
    """What the writer said of a speech."""

    speech: Speech
    title: str
    genre: str
    theme: str
    level: str
    clean: bool


class ImportDialog(Dialog[Imported]):
    """Title, genre, theme and level, each with how sure the guess is."""

    accept_label = "导入"
    searches = True

    def __init__(self, found: Found, speech: Speech) -> None:
        super().__init__(f"导入 {found.file.name}", "原文的话一句不少，都算您自己写的；序号由程序重排。原文件不动。")
        self.found, self.speech = found, speech

    def fields(self) -> ComposeResult:
        """A form, and what was read above it."""
        desk = cast("NigaoApp", self.app)
        assert desk.workshop and desk.store
        library, habits = desk.workshop.library, desk.store.habits()
        genre = self.speech.genre.name or (habits.genre if habits.genre in library.genres else next(iter(library.genres)))
        yield Static(self._read(), id="read", markup=False)
        with VerticalScroll(classes="form", can_focus=False):
            yield _row("题目", ChineseInput(self.speech.title or self.found.file.stem, id="title", compact=True))
            yield _row("文种", _select(list(library.genres), genre, "genre"), likelihood(self.speech.genre))
            yield _row("主题", _select(list(library.themes), self.speech.theme.name, "theme"), likelihood(self.speech.theme))
            yield _row("级别", _select(list(level_names()), self.speech.level or habits.profile.level, "level"))
            if self.speech.foreign:
                yield Ticks([("clean", f"去掉不像正文的 {len(self.speech.foreign)} 处：{self.speech.foreign[0][:16]}…")], [])

    def _read(self) -> Content:
        divided = f"{self.speech.headings}个大标题" if self.speech.headings else "没有看出大标题"
        read = (f"读出 {self.speech.characters}字，{divided}。", "bold")
        return Content.assemble(read, *(f"\n{said}" for said in self.found.notices[:3]))

    def value(self) -> Imported | None:
        """The answers; the theme must be one."""
        theme = self.query_one("#theme", Select).value
        if not isinstance(theme, str):
            self.notify("主题看不出来，请选最接近的一个")
            self.query_one("#theme", Select).focus()
            return None
        title = self.query_one("#title", ChineseInput).value.strip()
        genre, level = (str(self.query_one(f"#{name}", Select).value) for name in ("genre", "level"))
        clean = any("clean" in ticks.picked for ticks in self.query(Ticks))
        return Imported(self.speech, title, genre, theme, level, clean)


def _select(names: list[str], value: str | None, name: str) -> Select[str]:
    options = [(n, n) for n in names]
    if value in names:
        return Select(options, value=value, allow_blank=False, id=name, compact=True)
    return Select(options, prompt="请选一个", id=name, compact=True)


def _row(label: str, field: Widget, note: str = "") -> Horizontal:
    return Horizontal(Label(label), field, *([Label(note, classes="sure")] if note else []), classes="row")
