"""A theme of the writer's own: a name, and what is to be said of it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Label

from drafting.config import Library
from drafting.own_themes import make_theme
from drafting.themes import Theme
from phrasebank.errors import NigaoError
from tui.cjk import ChineseInput
from tui.screens.dialogs import Dialog
from tui.text_area import ChineseTextArea


class OwnTheme(Dialog[Theme]):
    """Name and facets; what is missing is told and keeps the box open."""

    accept_label = "存好"

    def __init__(self, name: str, library: Library) -> None:
        hint = "一行一个侧面，就是要讲的几个方面；冒号后面可以写几个词，如“巡护责任：护林员、网格、巡山”。"
        super().__init__("自己的主题", hint)
        self.theme_name, self.library = name, library

    def fields(self) -> ComposeResult:
        """The name, and the facets below it."""
        with Horizontal(classes="row"):
            yield Label("名字")
            yield ChineseInput(self.theme_name, placeholder="如 林长制", id="theme-name", compact=True)
        yield ChineseTextArea("", id="theme-facets")

    def on_mount(self) -> None:
        """The facets have the keys where the name is known."""
        self.query_one("#theme-facets" if self.theme_name else "#theme-name").focus()

    def value(self) -> Theme | None:
        """The theme."""
        try:
            return make_theme(self.query_one(ChineseInput).value, self.query_one(ChineseTextArea).text, self.library)
        except NigaoError as error:
            self.notify(str(error), severity="warning", markup=False)
            return None
