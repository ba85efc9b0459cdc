"""Step 2: which genre, and who speaks. Remembered for the next draft."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Container
from dataclasses import replace
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Label, Select, Static

from drafting.answer_text import dated, day_fault, full_date
from drafting.habits import Habits
from drafting.model import Outline, Profile
from drafting.session import level_names
from phrasebank.errors import NigaoError
from tui.cjk import ChineseInput
from tui.keys import key
from tui.screens.dialogs import AskLine, Confirm
from tui.screens.speakers import PickSpeaker, called
from tui.screens.step import Step
from tui.widgets.genre import needs

_TEXTS = (
    ("place", "地方", "讲话人所在的地方，只写一个，如 临河镇"), ("unit", "单位", "如 临河镇党委"),
    ("post", "职务", "如 副书记（不用再写单位）"), ("name", "姓名", "讲话人姓名"),
)  # fmt: skip
_MORE = (
    ("occasion", "场合", "如 全镇安全生产工作会议"), ("date", "日期", "如 2026年3月12日"),
    ("title", "题目", "空着就按主题拟"),
)  # fmt: skip
DELAY = 0.3
"""Seconds of rest after which what is typed is applied: an input method commits several characters in a row."""


class Fields(VerticalScroll):
    """The form: ↓ and ↑ go from field to field and do not scroll."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("up", "screen.field(-1)", "上一格", show=False), key("down", "screen.field(1)", "下一格", show=False),
    ]  # fmt: skip


class Choice(Select[str], inherit_bindings=False):
    """A field to choose from, opened by Enter alone: ↓ goes on to the next field, and what is typed is not lost without a word."""

    BINDINGS = [key("enter,space", "show_overlay", "展开", show=False)]  # noqa: RUF012 - Textual's own way

    def on_key(self, event: events.Key) -> None:
        """Letters: the field takes none."""
        if event.is_printable and event.character and event.character.strip():
            event.stop()
            self.app.clear_notifications()
            told = f"“{event.character}”没有打进去：这一格是选的。按 Enter 展开来选，或按 ↓ 到下面的格子再打字"
            self.notify(told, severity="warning", markup=False)


class ProfileScreen(Step):
    """A form; every field may stay empty, what is missing becomes 〔待填〕."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("f3", "forward", "继续"), key("f4", "speakers", "换身份"), key("f5", "keep_speaker", "记下身份"),
        key("pagedown", "page(1)", "往下翻", show=False), key("pageup", "page(-1)", "往上翻", show=False),
    ]  # fmt: skip
    step = "profile"
    help_text = """第2步　文种和身份
  ↓、Tab 到下一格，↑、Shift+Tab 回上一格；
  带 ▼ 的格子按 Enter 展开来选。
  旁边（窄的窗口在下面）说这个文种要多长、分几部分、
  哪些得由您提供；PgDn、PgUp 翻看。
  F5        把现在这个身份记下来，起个名字（如“镇长”）
  F4        换成记下的另一个身份，替谁写就选谁
  级别决定用词：选“镇”，稿子里就是全镇、镇党委、各村；选“县”就是全县、县委。
  都可以空着，空着的地方稿子里标成〔待填〕，以后再补。
  身份会记住，下次写稿不用再填。
"""

    def body(self) -> ComposeResult:
        """The form."""
        with Horizontal(classes="split"):
            with Fields(classes="form", id="profile", can_focus=False):
                yield from self._fields()
                with Vertical(id="needs-below"):
                    yield Static("", classes="needs", markup=False)
            with VerticalScroll(id="needs-beside"):
                yield Static("", classes="needs", markup=False)

    def _fields(self) -> ComposeResult:
        library = self.session.library
        yield self._row("文种", Choice([(n, n) for n in library.genres], allow_blank=False, id="genre", compact=True))
        yield self._row("级别", Choice([(n, n) for n in level_names()], allow_blank=False, id="level", compact=True))
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
        self._tell_needs()

    def _tell_needs(self) -> None:
        """What the genre needs, in whichever pane is shown."""
        outline, plan = self.session.outline, self.session.plan
        told = needs(plan.genre, outline.occasion, outline.profile.level, plan.characters)
        for pane in self.query(".needs"):
            assert isinstance(pane, Static)
            pane.update(told)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._timer = self._rest(DELAY)

    def _rest(self, delay: float) -> Any:  # noqa: ANN401 - Textual's Timer
        if timer := getattr(self, "_timer", None):
            timer.stop()
        return self.set_timer(delay, self._apply)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """The day as the speech will have it."""
        if isinstance(event.widget, Input) and event.widget.id == "date":
            typed = full_date(event.widget.value)
            year = self._texts()["year"]
            event.widget.value = dated(typed, int(year) if year and not _year_fault(year) else None)
            if event.widget.value != typed:
                self.notify(f"日期补上了年份：{event.widget.value}；不对就改", markup=False)

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
        """What was typed is applied at once; a field that cannot be understood keeps us here and gets the keys."""
        if self._apply():
            return True
        name, fault = next(iter(self._faults().items()))
        self.set_focus(self.query_one(f"#{name}", Input))
        self.notify(f"{fault}。别的几格已经用上了", severity="warning")
        return False

    def _apply(self) -> bool:
        """Puts the fields into the outline, all but those that cannot be understood, of which it is said why."""
        session, faults = self.session, self._faults()
        self.query_one("#fault", Static).update("\n".join(faults.values()))
        if self.desk.change(lambda: session.apply(self._action(faults), "profile"), quiet=True):
            self._remember()
            self._tell_needs()
        return not faults

    def _texts(self) -> dict[str, str]:
        """What stands in the fields; figures are half-width."""
        texts = {field.id or "": field.value.strip() for field in self.query(Input) if field.id}
        figures = {name: unicodedata.normalize("NFKC", texts[name]) for name in ("year", "minutes")}
        return texts | figures | {"date": full_date(texts["date"])}

    def _faults(self) -> dict[str, str]:
        """What is wrong, by the field it is wrong in."""
        texts = self._texts()
        told = {"year": _year_fault(texts["year"]), "minutes": _minutes_fault(texts["minutes"]), "date": day_fault(texts["date"])}
        return {name: fault for name, fault in told.items() if fault}

    def _action(self, without: Container[str]) -> Callable[[Outline], Outline]:
        """Takes the fields over, but for those of the names given."""
        texts: dict[str, Any] = self._texts()
        year, minutes = texts.pop("year"), texts.pop("minutes")
        who: dict[str, Any] = {name: texts.pop(name) for name, *_ in _TEXTS} | {"level": str(self.query_one("#level", Select).value)}
        who |= {} if "year" in without else {"year": int(year) if year else None}
        texts |= {} if "minutes" in without else {"minutes": float(minutes) if minutes else None}
        kept = {name: value for name, value in texts.items() if name not in without}
        return lambda outline: replace(outline, profile=replace(outline.profile, **who), **kept)

    def action_field(self, by: int) -> None:
        """To the next field or the one before; it ends at the first and the last."""
        chain = self.focus_chain
        at = chain.index(self.focused) + by if self.focused in chain else 0
        if 0 <= at < len(chain):
            self.set_focus(chain[at])

    def action_page(self, way: int) -> None:
        """Turns the page of what the genre needs, while the keys stay in the form."""
        beside = self.query_one("#needs-beside", VerticalScroll)
        pane = beside if beside.display else self.query_one("#profile", VerticalScroll)
        pane.scroll_relative(y=way * max(pane.size.height - 2, 1), animate=False)

    # Several speakers

    def action_speakers(self) -> None:
        """Another of the speakers kept by name."""
        store = self.desk.store
        assert store
        if not self.before_leaving():
            return
        if kept := store.profiles():
            self.app.push_screen(PickSpeaker(kept, self._forgotten), self._spoken_by)
        else:
            self.notify("还没有记下身份。填好下面几格，按 F5 起个名字记下来；替几位写就记几个。", timeout=8)

    def _spoken_by(self, profile: Profile | None) -> None:
        if profile is None:
            return
        session = self.session
        year = profile.year or session.outline.profile.year
        self.desk.change(lambda: session.apply(lambda o: replace(o, profile=replace(profile, year=year))), quiet=True)
        self._remember()
        self.refresh_step()

    def _forgotten(self, name: str) -> None:
        self._keep({who: profile for who, profile in self._kept().items() if who != name}, f"“{name}”忘掉了")

    def action_keep_speaker(self) -> None:
        """Keeps who speaks under a name; one of that name is replaced."""
        if not self.before_leaving():
            return
        profile = self.session.outline.profile
        if not called(profile):
            self.notify("先填上单位、职务或姓名，再记下来")
            return
        hint = "以后按 F4 就能换成这个身份。同名的会换成现在这个。"
        self.app.push_screen(AskLine("记下这个身份，叫什么？", called(profile), hint), self._named)

    def _named(self, name: str | None) -> None:
        if name:
            self._keep({**self._kept(), name: self.session.outline.profile}, f"记下了“{name}”，按 F4 可以换来换去")

    def _kept(self) -> dict[str, Profile]:
        assert self.desk.store
        return self.desk.store.profiles()

    def _keep(self, profiles: dict[str, Profile], said: str) -> None:
        assert self.desk.store
        try:
            self.desk.store.keep_profiles(profiles)
        except (NigaoError, OSError) as error:
            self.notify(f"没有记住：{error}", severity="warning", markup=False)
        else:
            self.notify(said, timeout=8, markup=False)

    def _remember(self) -> None:
        outline, store = self.session.outline, self.desk.store
        assert store
        try:
            store.remember(Habits(outline.profile, outline.genre, outline.minutes))
        except (NigaoError, OSError) as error:
            self.notify(f"身份没有记住：{error}", severity="warning", markup=False)


def _year_fault(year: str) -> str:
    sound = not year or (year.isdecimal() and 1900 <= int(year) <= 2200)
    return "" if sound else "年份写四位数字，如 2026；也可以空着"


def _minutes_fault(minutes: str) -> str:
    try:
        sound = not minutes or 0.5 <= float(minutes) <= 600
    except ValueError:
        sound = False
    return "" if sound else "时长写分钟数，如 8 或 12.5；也可以空着"
