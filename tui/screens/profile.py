"""Step 2: which genre, and who speaks. Remembered for the next draft."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Label, Select, Static

from drafting.model import Outline
from drafting.session import level_names
from drafting.store import Habits
from phrasebank.errors import NigaoError
from tui.cjk import ChineseInput
from tui.screens.dialogs import Confirm
from tui.screens.step import Step

_TEXTS = (
    ("place", "地方", "如 临河镇、青山县"), ("unit", "单位", "如 临河镇党委"),
    ("post", "职务", "如 组织委员"), ("name", "姓名", "讲话人姓名"),
)  # fmt: skip
_MORE = (
    ("occasion", "场合", "如 全镇安全生产工作会议"), ("date", "日期", "如 2026年3月12日"),
    ("title", "题目", "空着就按主题拟"),
)  # fmt: skip
DELAY = 0.3
"""Seconds of rest after which what is typed is applied: an input method commits several characters in a row."""


class ProfileScreen(Step):
    """A form; every field may stay empty, what is missing becomes 〔待填〕."""

    step = "profile"
    help_text = """第2步　文种和身份
  Tab 到下一格，Shift+Tab 回上一格；带 ▼ 的格子按 Enter 展开来选。
  级别决定用词：选“镇”，稿子里就是全镇、镇党委、各村；选“县”就是全县、县委。
  都可以空着，空着的地方稿子里标成〔待填〕，以后再补。
  身份会记住，下次写稿不用再填。
"""

    def body(self) -> ComposeResult:
        """The form."""
        library = self.session.library
        with VerticalScroll(classes="form", can_focus=False):
            yield self._row("文种", Select([(n, n) for n in library.genres], allow_blank=False, id="genre", compact=True))
            yield Static("", id="about-genre", classes="hint", markup=False)
            yield self._row("级别", Select([(n, n) for n in level_names()], allow_blank=False, id="level", compact=True))
            for name, label, hint in _TEXTS:
                yield self._row(label, ChineseInput(placeholder=hint, id=name, compact=True))
            yield self._row("年份", ChineseInput(placeholder="如 2026", id="year", compact=True))
            yield self._row("时长", ChineseInput(placeholder="分钟，如 8；空着按文种惯例", id="minutes", compact=True))
            for name, label, hint in _MORE:
                yield self._row(label, ChineseInput(placeholder=hint, id=name, compact=True))
            yield Static("", id="fault", markup=False)

    def _row(self, label: str, field: Any) -> Horizontal:  # noqa: ANN401 - Input or Select
        return Horizontal(Label(label), field, classes="row")

    def refresh_step(self) -> None:
        """The outline's values in the fields."""
        outline, profile = self.session.outline, self.session.outline.profile
        with self.prevent(Input.Changed, Select.Changed):
            self.query_one("#genre", Select).value = outline.genre
            self.query_one("#level", Select).value = profile.level
            values = {name: getattr(profile, name) for name, *_ in _TEXTS} | {n: getattr(outline, n) for n, *_ in _MORE}
            values |= {"year": str(profile.year or ""), "minutes": f"{outline.minutes:g}" if outline.minutes else ""}
            for name, value in values.items():
                self.query_one(f"#{name}", Input).value = value
        self.query_one("#about-genre", Static).update(self.session.library.genres[outline.genre].about)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._timer = self._rest(DELAY)

    def _rest(self, delay: float) -> Any:  # noqa: ANN401 - Textual's Timer
        if timer := getattr(self, "_timer", None):
            timer.stop()
        return self.set_timer(delay, self._apply)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.focus_next()

    @on(Select.Changed, "#level")
    def _level(self) -> None:
        self._apply()

    @on(Select.Changed, "#genre")
    def _genre(self, event: Select.Changed) -> None:
        genre = str(event.value)
        if genre == self.session.outline.genre:
            return
        if self.session.outline.sections:
            text = "换文种后，已经排好、改好的各部分要按新文种重来（可以用 Ctrl+Z 撤销）。"
            self.app.push_screen(Confirm(f"换成“{genre}”？", text), lambda yes: self._regenre(genre) if yes else self.refresh_step())
        else:
            self._regenre(genre)

    def _regenre(self, genre: str) -> None:
        session = self.session
        self.desk.change(lambda: session.retarget(genre=genre), quiet=True)
        self._remember()
        self.refresh_step()

    def before_leaving(self) -> bool:
        """What was typed is applied at once; a field that cannot be understood keeps us here."""
        return self._apply()

    def _apply(self) -> bool:
        """Puts the fields into the outline, and says which one cannot be understood."""
        session = self.session
        fault, action = self._action()
        self.query_one("#fault", Static).update(fault)
        if fault:
            self.notify(fault, severity="warning")
            return False
        if self.desk.change(lambda: session.apply(action, "profile"), quiet=True):
            self._remember()
        return True

    def _action(self) -> tuple[str, Callable[[Outline], Outline]]:
        texts: dict[str, Any] = {field.id or "": field.value.strip() for field in self.query(Input) if field.id}
        year, minutes = (unicodedata.normalize("NFKC", texts.pop(name)) for name in ("year", "minutes"))
        fault = _fault(year, minutes)
        who = {name: texts.pop(name) for name, *_ in _TEXTS} | {"level": str(self.query_one("#level", Select).value)}

        def action(outline: Outline) -> Outline:
            profile = replace(outline.profile, **who, year=int(year) if year else None)
            return replace(outline, profile=profile, minutes=float(minutes) if minutes else None, **texts)

        return fault, action

    def _remember(self) -> None:
        outline, store = self.session.outline, self.desk.store
        assert store
        try:
            store.remember(Habits(outline.profile, outline.genre, outline.minutes))
        except (NigaoError, OSError) as error:
            self.notify(f"身份没有记住：{error}", severity="warning", markup=False)


def _fault(year: str, minutes: str) -> str:
    """What is wrong with the figures; empty when nothing is."""
    if year and not (year.isdecimal() and 1900 <= int(year) <= 2200):
        return "年份写四位数字，如 2026；也可以空着"
    try:
        sound = not minutes or 0.5 <= float(minutes) <= 600
    except ValueError:
        sound = False
    return "" if sound else "时长写分钟数，如 8 或 12.5；也可以空着"
