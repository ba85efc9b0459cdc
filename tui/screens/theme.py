"""Step 1: what the speech is about."""

from __future__ import annotations

from dataclasses import replace

from rich.cells import cell_len
from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from drafting.config import Theme
from drafting.supply import Supply, count, supply_of, told
from drafting.typed import rank
from phrasebank.errors import NigaoError
from phrasebank.model import ROLES
from phrasebank.search import Query
from tui.cjk import ChineseInput
from tui.keys import key
from tui.screens.dialogs import Confirm
from tui.screens.own_theme import OwnTheme
from tui.screens.step import Step
from tui.widgets.bar import bar
from tui.widgets.steady import SteadyList

NONE_YET = "素材库里还没有它的语句：程序先搭好架子，内容留成〔待填〕；写作时按 Ctrl+G 可以从全部主题里挑句子，也可以导入自己的材料。"
"""What one is told of a theme that the banks hold nothing for."""
LABEL = 21
"""Columns of a theme in the list with how much there is for it."""
BAR = 14
"""Cells of the longest bar."""


class ThemeScreen(Step):
    """Search by words or pinyin; what is known of the highlighted theme beside the list."""

    BINDINGS = [key("f3", "forward", "选定"), key("f5", "own", "自己的主题")]  # noqa: RUF012 - Textual's own way
    step = "theme"
    help_text = """第1步　选主题
  在上面的框里打几个字查主题，如“安全”“消防”；
  拼音也行：aqsc、anquan 都能查到“安全生产”。
  Esc       清空上面的框；框空着时回到上一屏
  ↑ ↓       在列表里走，右边是这个主题有哪些侧面、
            素材库里各类语句有多少（够不够写）
  Enter、F3 选定光标所在的主题，进入下一步
  F5        没有合适的，自己起一个：写名字和几个侧面，
            存成文件，以后都能选
  素材少的主题也能写，只是〔待填〕会多些。
"""

    def body(self) -> ComposeResult:
        """Search line, list, and what is known of the highlighted theme."""
        yield ChineseInput(placeholder="打几个字或拼音查主题，如：消防、aqsc；↑↓ 选，Enter 选定", id="search")
        with Horizontal(classes="split"):
            yield SteadyList(id="themes")
            with VerticalScroll(id="about-theme"):
                yield Static("", id="facets", markup=False)

    def on_mount(self) -> None:
        """The list at once, the numbers when they are counted."""
        self.totals: dict[str, int] = {}
        self.supplies: dict[str, Supply] = {}
        self._told: object = None
        super().on_mount()
        self.count_all()

    def refresh_step(self) -> None:
        """The themes that fit what is typed, the present one highlighted."""
        self._list(self.query_one("#search", Input).value)

    @work(thread=True, exclusive=True, group="totals", exit_on_error=False)
    def count_all(self) -> None:
        """How much there is for each theme; with large banks this takes its time."""
        assert self.desk.workshop
        stack = self.desk.workshop.stack
        totals = {theme.name: count(stack, Query(theme=theme.name, kind="sentence")) for theme in self._themes()}
        self.app.call_from_thread(self._counted, totals)

    def _counted(self, totals: dict[str, int]) -> None:
        self.totals = totals
        listed = self.query_one("#themes", OptionList)
        for option in listed.options:
            if option.id:
                listed.replace_option_prompt(option.id, self._label(option.id))

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        self._list(event.value)

    @on(Input.Submitted, "#search")
    def _entered(self) -> None:
        self.action_forward()

    @on(OptionList.OptionSelected, "#themes")
    def _picked(self) -> None:
        self.action_forward()

    def on_key(self, event: events.Key) -> None:
        """The arrows move in the list while one types; Esc empties the search line before it leaves."""
        pressed = event.key
        if pressed == "escape" and self.query_one("#search", Input).value:
            event.stop()
            self.query_one("#search", Input).value = ""
        elif pressed in ("down", "up", "pagedown", "pageup") and self.query_one("#search", Input).has_focus:
            way = {"down": "cursor_down", "up": "cursor_up", "pagedown": "page_down", "pageup": "page_up"}[pressed]
            getattr(self.query_one("#themes", OptionList), f"action_{way}")()

    def _list(self, typed: str) -> None:
        listed = self.query_one("#themes", SteadyList)
        ranked = [(place, theme.name) for theme in self._themes() if (place := _place(theme, typed)) is not None]
        names = [name for _, name in sorted(ranked, key=lambda pair: pair[0])]
        now = self.desk.session.outline.theme if self.desk.session else ""
        at = names.index(now) if now in names and not typed else 0
        listed.show([Option(self._label(name), name) for name in names], at if names else None)
        if not names:
            self._told = None
            self.query_one("#facets", Static).update(_nothing(typed))

    def _themes(self) -> list[Theme]:
        assert self.desk.workshop
        return list(self.desk.workshop.library.themes.values())

    def _label(self, name: str) -> Content:
        number = f"{told(self.totals[name])}条" if name in self.totals else ""
        room = LABEL - cell_len(name) - cell_len(number)
        gap = " " * room if room > 0 else "\n" + " " * (LABEL - cell_len(number))
        return Content.assemble(name, (gap + number if number else "", "$text-muted"))

    @on(OptionList.OptionHighlighted, "#themes")
    def _shown(self, event: OptionList.OptionHighlighted) -> None:
        assert self.desk.workshop
        if self.query_one("#themes", OptionList).highlighted_option is not event.option:
            return  # typed on meanwhile
        name = str(event.option_id)
        theme = self.desk.workshop.library.themes[name]
        self._tell(theme)
        if name not in self.supplies:
            self.count_one(theme)

    @work(thread=True, exclusive=True, group="supply", exit_on_error=False)
    def count_one(self, theme: Theme) -> None:
        """What the banks hold for one theme."""
        assert self.desk.workshop
        found = supply_of(self.desk.workshop.stack, theme)
        self.app.call_from_thread(self._supplied, theme, found)

    def _supplied(self, theme: Theme, found: Supply) -> None:
        self.supplies[theme.name] = found
        option = self.query_one("#themes", OptionList).highlighted_option
        if option is not None and option.id == theme.name:
            self._tell(theme)

    def _tell(self, theme: Theme) -> None:
        if self._told == (shown := (theme, self.supplies.get(theme.name))):
            return  # the same theme stays first while one types on
        self._told = shown
        self.query_one("#facets", Static).update(_about(theme, self.supplies.get(theme.name)))
        self.query_one("#about-theme", VerticalScroll).scroll_home(animate=False)

    # What can be done

    def action_forward(self) -> None:
        """The highlighted theme becomes that of the draft; a new draft begins where there is none."""
        option = self.query_one("#themes", OptionList).highlighted_option
        if option is None:
            self.notify("先在列表里选一个主题；没有合适的，按 F5 自己起一个")
            return
        theme = str(option.id)
        if self.desk.session is None:
            self.desk.begin(theme)
        elif theme != self.session.outline.theme and self.session.outline.sections:
            text = "换主题后，已经排好、改好的各部分要按新主题重来，自己写的话会留下（可以用 Ctrl+Z 撤销）。"
            self.app.push_screen(Confirm(f"换成“{theme}”？", text), lambda yes: self._retarget(theme) if yes else None)
            return
        else:
            self.session_theme(theme)
        self.desk.go("profile")

    def _retarget(self, theme: str) -> None:
        self.session_theme(theme)
        self.desk.go("profile")

    def session_theme(self, theme: str) -> None:
        """Gives the draft another theme."""
        session = self.session
        self.desk.change(lambda: session.retarget(theme=theme), quiet=True)

    def action_own(self) -> None:
        """A theme of the writer's own, its name as far as it was typed."""
        typed = self.query_one("#search", Input).value.strip()
        name = typed if not typed.isascii() else ""
        assert self.desk.workshop
        self.app.push_screen(OwnTheme(name, self.desk.workshop.library), self._made)

    def _made(self, theme: Theme | None) -> None:
        from drafting.config import load_library, user_folder
        from drafting.own_themes import save_theme

        if theme is None or self.desk.workshop is None:
            return
        try:
            path = save_theme(theme)
            folders = tuple(dict.fromkeys((user_folder(), *self.desk.workshop.library.folders)))
            self._take_library(replace(self.desk.workshop, library=load_library(folders, faults=[])))
        except NigaoError as error:
            self.desk.alarm(str(error), "主题没有存成")
            return
        self.query_one("#search", Input).value = theme.name
        self._list(theme.name)
        self.count_all()
        self.notify(f"{path}\n{NONE_YET}", title="主题已存好", timeout=10, markup=False)

    def _take_library(self, workshop: object) -> None:
        from drafting.workshop import Workshop

        assert isinstance(workshop, Workshop)
        self.desk.workshop = workshop
        if self.desk.session is not None:
            self.desk.session.library = workshop.library


def _place(theme: Theme, typed: str) -> int | None:
    """How far what is typed is from the theme, 0 best: its name, another name of it, or what belongs to it; None where it is not it."""
    names = [(rank(typed, theme.name), 0), *((rank(typed, alias), 10) for alias in theme.aliases)]
    found = [place + far for place, far in names if place is not None]
    if found:
        return min(found)
    words = (*theme.words, *(word for facet in theme.facets for word in (facet.name, *facet.words)))
    spelled = all(any(part in word or word in part or rank(part, word) is not None for word in words) for part in typed.split())
    return 20 if spelled else None


def _nothing(typed: str) -> Content:
    return Content.assemble(
        (f"没有这个主题：{typed}\n\n", "bold"), "三个办法：\n",
        "· 换个说法再查，或者只打一两个字\n",
        "· 清空上面的框，在全部主题里选最接近的\n",
        "· 按 F5 自己起一个，写上要讲的几个侧面",
    )  # fmt: skip


def _about(theme: Theme, supply: Supply | None) -> Content:
    total = f"素材库有 {told(supply.total)} 条语句" if supply else "正在数素材……"
    parts: list[str | tuple[str, str]] = [(theme.name, "bold"), f"　{total}\n"]
    if theme.aliases:
        parts.append((f"也叫：{'、'.join(theme.aliases)}\n", "$text-muted"))
    if supply and not supply.total:
        parts.append((NONE_YET + "\n", "$text-warning"))
    parts.append(("\n侧面\n", "$text-primary"))
    most = max(supply.facets.values(), default=0) if supply else 0
    for facet in theme.facets:
        number = supply.facets.get(facet.name, 0) if supply else 0
        parts += [_column(facet.name, 14), (bar(number, most, BAR), "$text-success"), f" {told(number)}\n" if supply else "\n"]
        parts.append((f"  {'、'.join(facet.words[:6])}\n", "$text-muted"))
    parts.append(("\n语句的作用\n", "$text-primary"))
    rows = sorted(supply.roles.items(), key=lambda row: -row[1]) if supply else []
    most = max((number for _, number in rows), default=0)
    for role, number in rows:
        parts += [_column(ROLES[role], 14), (bar(number, most, BAR), "$text-success"), f" {told(number)}\n"]
    return Content.assemble(*parts)


def _column(text: str, width: int) -> str:
    return text + " " * max(1, width - cell_len(text))
