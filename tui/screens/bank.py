"""The bank desk: what the banks hold, searched as one types; pinned, hidden, reworded, tagged and added to; and where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast
from unicodedata import normalize

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, OptionList, Select, Static
from textual.widgets.option_list import Option

from drafting.shelf import Shelf
from phrasebank.errors import NigaoError
from phrasebank.model import KINDS, POLARITIES, ROLES
from phrasebank.search import Hit, Query
from tui import keys
from tui.cjk import ChineseInput
from tui.keys import key
from tui.screens.bank_boxes import AskPhrase, Intaking, PassageBox, PlotsScreen
from tui.screens.bank_words import VIEWS, about, row
from tui.screens.dialogs import AskLine, AskText
from tui.widgets.asking import found
from tui.widgets.bars import KeyLine

if TYPE_CHECKING:
    from tui.app import NigaoApp

SHOWN = 60
"""Phrases listed; who looks for others types more."""
AT_ONCE = 16
"""Those that come with the key, more than a screen of them; the others follow when typing rests, for laying them out takes longer."""
REST = 0.25


class SearchLine(ChineseInput):
    """The line that is typed into; the arrow leads into the list below it, Esc takes away what was typed before it leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("down", "screen.into_list", "进列表", show=False), key("escape", "clear_words", "清空", show=False),
    ]  # fmt: skip

    async def action_clear_words(self) -> None:
        """What was typed goes first, then the writer."""
        if self.value:
            self.value = ""
        else:
            await self.run_action("screen.leave_bank")


class BankScreen(Screen[None]):
    """Filters over a list, and beside it all about the phrase at the highlight."""

    BINDINGS: ClassVar[list[BindingType]] = [
        keys.HELP, key("f2,escape", "leave_bank", "返回"), key("f3", "intake", "导入"), key("f4", "passage", "出处"),
        key("f5", "pin", "置顶"), key("f6", "reword", "改写"), key("f7", "tag", "标签"), key("f8", "hide", "隐藏"),
        key("f9", "add", "新加"),
        key("ctrl+g", "plots", "总数", shown="^g"), key("ctrl+z", "undo_bank", "撤销", shown="^z", show=False),
        key("ctrl+y", "redo_bank", "重做", shown="^y", show=False),
    ]  # fmt: skip
    help_text = """素材库
  在最上面一行输入字词或拼音首字母（如 aqsc）就查；
  下面一行按作用、主题、形式、语气缩小范围，
  “看”那一格可以只看置顶、隐藏、改写、自己加的和各个标签。
  ↓         从输入行进到列表；Tab 在各格之间换
  Esc       清空输入行；空着时返回
  F3        导入文件夹或文件，读完以前旧的库照用
  F4、Enter 出处：这句在哪篇稿子第几行，前后是什么
  F5        置顶，写稿时先用它；再按一次取消
  F6        改写成自己的说法；改成空的就恢复原文
  F7        加标签，几个标签用空格隔开
  F8        隐藏，不再提供；再按一次取消。自己加的就删掉
  F9        加一条自己的语句
  Ctrl+G    看库里有多少：按主题、作用、年份
  Ctrl+Z、Ctrl+Y 撤销、重做对素材库的改动
"""

    def __init__(self) -> None:
        super().__init__()
        self.hits: tuple[Hit, ...] = ()
        self._listing: tuple[Hit, ...] = ()
        self._asked: Query | None = None

    @property
    def desk(self) -> NigaoApp:
        """The application, by its own type."""
        return cast("NigaoApp", self.app)

    @property
    def shelf(self) -> Shelf:
        """The banks, the same as long as the session lasts, so that undo goes on."""
        assert self.desk.workshop
        if self.desk.shelf is None:
            self.desk.shelf = Shelf.over(self.desk.workshop.stack)
        return self.desk.shelf

    def compose(self) -> ComposeResult:
        """Title, line to type into, filters, list and what is told of the highlight."""
        yield Static("素材库", id="bank-title", markup=False)
        yield SearchLine(placeholder="输入字词或拼音首字母查找，如：安全生产、aqsc", id="bank-words", compact=True)
        with Horizontal(id="bank-filters"):
            yield self._filter("role", "作用", [(name, id_) for id_, name in ROLES.items()])
            yield self._filter("theme", "主题", [(name, name) for name in self._themes()])
            yield self._filter("kind", "形式", [(name, id_) for id_, name in KINDS.items()])
            yield self._filter("polarity", "语气", [(name, id_) for id_, name in POLARITIES.items()])
            yield self._filter("view", "看", self._views())
        with Horizontal(classes="split", id="bank-split"):
            yield OptionList(id="bank-list", markup=False)
            with VerticalScroll(id="bank-about", can_focus=False), Vertical():
                yield Static("", id="bank-phrase", markup=False)
        yield KeyLine()

    def _filter(self, name: str, prompt: str, options: list[tuple[str, str]]) -> Select[str]:
        return Select(options, prompt=prompt, id=f"bank-{name}", compact=True)

    def _themes(self) -> list[str]:
        assert self.desk.workshop
        return list(self.desk.workshop.library.themes)

    def _views(self) -> list[tuple[str, str]]:
        return [*((name, id_) for id_, name in VIEWS.items()), *((f"#{tag}", f"#{tag}") for tag in self.shelf.tags())]

    def on_mount(self) -> None:
        """The first phrases, before anything is typed."""
        self.load()
        self.query_one("#bank-words").focus()

    # Looking

    def load(self, *, keep: bool = False) -> None:
        """Asks the banks anew, waited for. `keep`: the highlight stays on its phrase, or on its place where that is gone."""
        self._asked = None
        if keep:
            self._show(self._found(), self.chosen, self.query_one("#bank-list", OptionList).highlighted or 0, SHOWN)
        else:
            self._show(self._found())

    def ask(self) -> None:
        """The same without waiting: what was found last stays until a thread has the answer."""
        if self._value("view") in VIEWS:
            self.load()
        else:
            self._asked = query = self._query()
            self.call_after_refresh(self._search, query)  # what was typed is painted first

    @work(thread=True, group="bank-search", exit_on_error=False)
    def _search(self, query: Query) -> None:
        assert self.desk.workshop
        try:
            hits = found(self.desk.workshop.stack, query, SHOWN, lambda: query is self._asked)
        except NigaoError as error:
            self.app.call_from_thread(self.desk.alarm, str(error), "没有查成")
            return
        if hits is not None:
            self.app.call_from_thread(self._answered, query, hits)

    def _answered(self, query: Query, hits: tuple[Hit, ...]) -> None:
        if query is self._asked and self.is_attached:
            self._show(self._own_theme_first(hits))

    def _show(self, hits: tuple[Hit, ...], before: Hit | None = None, at: int = 0, first: int = AT_ONCE) -> None:
        """What was found, the highlight on the phrase of before, or on its place."""
        listed = self.query_one("#bank-list", OptionList)
        self.hits = hits
        listed.clear_options()
        listed.add_options([Option(row(hit, self.shelf)) for hit in self.hits[:first]])
        self._listing = self.hits
        if len(self.hits) > first:
            self.set_timer(REST, partial(self._list_rest, self.hits, first))
        ids = [hit.phrase.id for hit in self.hits]
        if ids:
            listed.highlighted = ids.index(before.phrase.id) if before and before.phrase.id in ids else min(at, len(ids) - 1)
        else:
            listed.add_option(Option(self._nothing(), disabled=True))
        self.query_one("#bank-title", Static).update(self._told())
        self._look()

    def _list_rest(self, hits: tuple[Hit, ...], first: int) -> None:
        """The rows below the first ones, unless something else was asked meanwhile."""
        if hits is self._listing and self.is_attached:
            self.query_one("#bank-list", OptionList).add_options([Option(row(hit, self.shelf)) for hit in hits[first:]])

    def _found(self) -> tuple[Hit, ...]:
        words, view = normalize("NFKC", self.query_one("#bank-words", Input).value), self._value("view")
        if view in VIEWS:
            from drafting.typed import rank

            return tuple(hit for hit in self.shelf.curated(view, 10 * SHOWN) if rank(words, hit.phrase.text) is not None)[:SHOWN]
        return self._own_theme_first(self.shelf.search(self._query(), SHOWN))

    def _query(self) -> Query:
        words, view = normalize("NFKC", self.query_one("#bank-words", Input).value), self._value("view")
        role, theme, kind, polarity = (self._value(name) for name in ("role", "theme", "kind", "polarity"))
        return Query(words, role, theme, polarity=polarity, kind=kind, tag=view.removeprefix("#"))

    def _own_theme_first(self, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """What is on the theme of the draft at hand comes before the rest, where words were typed."""
        theme = self.desk.session.outline.theme if self.desk.session and self.query_one("#bank-words", Input).value else ""
        return tuple(sorted(hits, key=lambda hit: (not hit.pinned, hit.phrase.theme != theme))) if theme else hits

    def _value(self, name: str) -> str:
        value = self.query_one(f"#bank-{name}", Select).value
        return value if isinstance(value, str) else ""

    def _nothing(self) -> str:
        if self._value("view") in VIEWS:
            return f"还没有{VIEWS[self._value('view')]}的语句。"
        return "没有找到。删几个字，或把上面的范围放宽；按 F9 自己加一条，按 F3 导入旧稿。"

    def _told(self) -> str:
        more = "，只列前面的" if len(self.hits) == SHOWN else ""
        return f"素材库　{len(self.hits)} 条{more}"

    @property
    def chosen(self) -> Hit | None:
        """The phrase at the highlight."""
        at = self.query_one("#bank-list", OptionList).highlighted
        return self.hits[at] if at is not None and at < len(self.hits) else None

    def _look(self) -> None:
        hit = self.chosen
        self.query_one("#bank-phrase", Static).update(about(hit, self.shelf) if hit else "")
        self.query_one("#bank-about", VerticalScroll).scroll_home(animate=False)

    @on(Input.Changed, "#bank-words")
    def _typed(self) -> None:
        self.ask()

    @on(Select.Changed)
    def _narrowed(self) -> None:
        if self.is_mounted:
            self.ask()

    @on(Input.Submitted)
    def action_into_list(self) -> None:
        """From the line into the list."""
        self.query_one("#bank-list").focus()

    @on(OptionList.OptionHighlighted, "#bank-list")
    def _moved(self) -> None:
        self._look()

    @on(OptionList.OptionSelected, "#bank-list")
    def _selected(self) -> None:
        self.action_passage()

    def action_leave_bank(self) -> None:
        """Back to where the writer was."""
        self.dismiss(None)

    def action_passage(self) -> None:
        """Where the phrase comes from."""
        if hit := self._at():
            self.app.push_screen(PassageBox(hit.phrase, self.shelf))

    def action_plots(self) -> None:
        """What the banks hold."""
        self.app.push_screen(PlotsScreen(self.shelf))

    # Deciding

    def _at(self) -> Hit | None:
        if self.chosen is None:
            self.notify("先在列表里选一条")
        return self.chosen

    def _do(self, act: Callable[[], None], told: str) -> None:
        """Decides and shows it; what the bank refuses is shown and has changed nothing."""
        try:
            act()
        except NigaoError as error:
            self.desk.alarm(str(error), "没有改成")
            return
        self.notify(f"{told}；Ctrl+Z 可以撤销", timeout=3, markup=False)
        self._refresh()

    def _refresh(self) -> None:
        view = self.query_one("#bank-view", Select)
        value = view.value
        view.set_options(self._views())
        if value in {id_ for _, id_ in self._views()}:
            view.value = value
        self.load(keep=True)

    def _decide(self, action: str, told: str, text: str = "") -> None:
        if hit := self._at():
            self._do(lambda: self.shelf.decide(action, [hit.phrase.id], told, text=text), told)

    def action_pin(self) -> None:
        """First wherever it fits, or no more."""
        if hit := self._at():
            self._decide("unpin", "不再置顶") if hit.pinned else self._decide("pin", "已置顶")

    def action_hide(self) -> None:
        """Offered no more, or again; one of the user's own is taken out."""
        if hit := self._at():
            if self.shelf.is_own(hit.phrase.id):
                self._decide("remove", "已删掉")
            else:
                self._decide("unhide", "不再隐藏") if self.shelf.is_hidden(hit.phrase.id) else self._decide("hide", "已隐藏")

    def action_reword(self) -> None:
        """Asks for other wording."""
        if hit := self._at():
            mined = self.shelf.as_mined(hit.phrase.id)
            more = f"全部删掉再按 F3，就恢复原文：{mined}" if mined else "数字写成〔待填：数据｜名称｜单位〕。"
            hint = f"只改在自己的库里，原稿不动。{more}"
            self.app.push_screen(AskText("改写", hit.phrase.text, hint), lambda text: self._reworded(hit, text))

    def _reworded(self, hit: Hit, text: str | None) -> None:
        words = "".join((text or "").split("\n")).strip()
        if text is None or words == hit.phrase.text:
            return
        if words:
            self._do(lambda: self.shelf.reword(hit.phrase, words, "改写"), "已改写")
        elif self.shelf.as_mined(hit.phrase.id):
            self._decide("unedit", "已恢复原文")
        else:
            self.notify("没有写字，没有改动")

    def action_tag(self) -> None:
        """Asks for tags."""
        if hit := self._at():
            used = "、".join(self.shelf.tags()) or "还没有"
            box = AskLine("标签", " ".join(hit.tags), f"几个标签用空格隔开；空着就是不要标签。用过的标签：{used}")
            self.app.push_screen(box, lambda text: self._tagged(hit, text))

    def _tagged(self, hit: Hit, text: str | None) -> None:
        tags = list(dict.fromkeys((text or "").replace("#", " ").replace("，", " ").replace("、", " ").split()))
        if text is not None and set(tags) != set(hit.tags):
            self._do(lambda: self.shelf.retag(hit.phrase, hit.tags, tags, "标签"), "标签已记下")

    def action_add(self) -> None:
        """Asks for a phrase of the user's own."""
        box = AskPhrase(self._themes(), self._value("role") or "measure", self._value("theme"))
        self.app.push_screen(box, self._added)

    def _added(self, given: tuple[object, list[str]] | None) -> None:
        if given is not None:
            phrase, tags = given
            self._do(lambda: self.shelf.add(phrase, tags, "新加"), "已加进自己的素材库")  # type: ignore[arg-type]

    def action_undo_bank(self) -> None:
        """Takes the last decision back."""
        self._travel(self.shelf.undo, "已撤销", "没有可以撤销的了")

    def action_redo_bank(self) -> None:
        """Does it again."""
        self._travel(self.shelf.redo, "已重做", "没有可以重做的了")

    def _travel(self, way: Callable[[], str], done: str, nothing: str) -> None:
        try:
            told = way()
        except NigaoError as error:
            self.desk.alarm(str(error), "没有改成")
            return
        self.notify(f"{done}：{told}" if told else nothing, timeout=3, markup=False)
        self._refresh()

    # Bringing in

    def action_intake(self) -> None:
        """Asks for a folder and reads it into the user's bank."""
        hint = "写文件夹或文件的路径，也可以把它拖进窗口；.docx .txt .pdf .wps 等都能读，原来的文件不会变动。"
        self.app.push_screen(AskLine("导入旧稿", "", hint), self._given)

    def _given(self, text: str | None) -> None:
        from pathlib import Path

        if not text:
            return
        path = Path(text.strip().strip("'\"")).expanduser()
        if not path.exists():
            self.desk.alarm(f"没有这个文件夹或文件：{path}", "没有导入")
            return
        self.app.push_screen(Intaking(self.shelf, path.absolute()), lambda _: self._refresh())
