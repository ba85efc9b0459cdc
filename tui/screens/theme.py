"""Step 1: what the speech is about."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from drafting.config import Theme
from drafting.session import stock
from tui.cjk import ChineseInput
from tui.keys import key
from tui.screens.dialogs import Confirm
from tui.screens.step import Step

LIMIT = 500
"""Phrases counted at most: enough to know whether a theme can carry a speech."""


class ThemeScreen(Step):
    """Search by words; the facets of the highlighted theme beside the list."""

    BINDINGS = [key("f3", "forward", "选定")]  # noqa: RUF012 - Textual's own way
    step = "theme"
    help_text = """第1步　选主题
  在上面的框里输入几个字查主题，如“安全”“群众”“消防”；
  ↓ 进到列表，上下移动看每个主题有哪些侧面、素材库有多少条语句。
  Enter 或 F3 选定光标所在的主题，进入下一步。
  没有你要的主题时，选最接近的，标题和句子后面都能自己改。
"""

    def body(self) -> ComposeResult:
        """Search line, list, and what is known of the highlighted theme."""
        yield ChineseInput(placeholder="输入几个字查主题，如：安全、群众；↓ 进列表，Enter 选定", id="search")
        with Horizontal(classes="split"):
            yield OptionList(id="themes")
            with VerticalScroll(id="about-theme"):
                yield Static("", id="facets", markup=False)

    def refresh_step(self) -> None:
        """The themes that fit what is typed, the present one highlighted."""
        self._list(self.query_one(Input).value)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._list(event.value)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_forward()

    @on(OptionList.OptionSelected)
    def _picked(self) -> None:
        self.action_forward()

    def on_key(self, event: object) -> None:
        """Down leads from the search line into the list."""
        if getattr(event, "key", "") == "down" and self.query_one(Input).has_focus:
            self.query_one(OptionList).focus()

    def _list(self, typed: str) -> None:
        listed = self.query_one(OptionList)
        listed.clear_options()
        themes = sorted((t for t in self._themes() if _fits(t, typed)), key=lambda t: _distance(t, typed))
        listed.add_options(Option(self._label(theme), theme.name) for theme in themes)
        names = [theme.name for theme in themes]
        now = self.desk.session.outline.theme if self.desk.session else ""
        if names:
            listed.highlighted = names.index(now) if now in names else 0
        else:
            self.query_one("#facets", Static).update(
                "没有这个主题。\n\n换个说法再查，或清空上面的框看全部主题，选最接近的一个。\n\n"
                "自己的主题可以写成一个文件，放到 ~/.config/nigao/themes 里。"
            )

    def _themes(self) -> list[Theme]:
        assert self.desk.workshop
        return list(self.desk.workshop.library.themes.values())

    def _label(self, theme: Theme) -> Content:
        return Content.assemble(theme.name, (f"  {self._stock(theme.name)}条", "$text-muted"))

    def _stock(self, theme: str, facet: str = "") -> str:
        assert self.desk.workshop
        number = stock(self.desk.workshop.stack, theme, facet, LIMIT)
        return f"{number}+" if number >= LIMIT else str(number)

    @on(OptionList.OptionHighlighted)
    def _shown(self, event: OptionList.OptionHighlighted) -> None:
        assert self.desk.workshop
        if self.query_one(OptionList).highlighted_option is not event.option:
            return  # typed on meanwhile
        theme = self.desk.workshop.library.themes[str(event.option_id)]
        self.query_one("#facets", Static).update(self._about(theme))

    def _about(self, theme: Theme) -> Content:
        parts: list[str | tuple[str, str]] = [(theme.name, "bold"), f"　素材库有 {self._stock(theme.name)} 条语句\n"]
        if theme.aliases:
            parts.append((f"也叫：{'、'.join(theme.aliases)}\n", "$text-muted"))
        parts.append("\n侧面\n")
        for facet in theme.facets:
            parts += [(f"· {facet.name}", "bold"), f" {self._stock(theme.name, facet.name)}条\n"]
            parts.append((f"  {'、'.join(facet.words[:6])}\n", "$text-muted"))
        return Content.assemble(*parts)

    def action_forward(self) -> None:
        """The highlighted theme becomes that of the draft; a new draft begins where there is none."""
        option = self.query_one(OptionList).highlighted_option
        if option is None:
            self.notify("先在列表里选一个主题")
            return
        theme = str(option.id)
        if self.desk.session is None:
            self.desk.begin(theme)
        elif theme != self.session.outline.theme and self.session.outline.sections:
            text = "换主题后，已经排好、改好的各部分要按新主题重来（可以用 Ctrl+Z 撤销）。"
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


def _distance(theme: Theme, typed: str) -> int:
    """How far what is typed is from the theme's name: it opens it, stands in it or an alias, or only in what belongs to it."""
    names = (theme.name, *theme.aliases)
    return 0 if theme.name.startswith(typed) else 1 if any(typed in name for name in names) else 2


def _fits(theme: Theme, typed: str) -> bool:
    """Whether every typed fragment is in the theme's names, words, facets or their words."""
    words = (theme.name, *theme.aliases, *theme.words, *(w for f in theme.facets for w in (f.name, *f.words)))
    return all(any(part in word or word in part for word in words) for part in typed.split())
