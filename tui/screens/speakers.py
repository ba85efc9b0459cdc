"""Speakers kept by name: writers write for several."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Button, OptionList
from textual.widgets.option_list import Option

from drafting.model import Profile
from tui.keys import key
from tui.screens.dialogs import Dialog


class PickSpeaker(Dialog[Profile]):
    """One of the speakers; `forget` is told of one that is no longer wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [key("f8,delete", "forget_speaker", "忘掉")]
    accept_label = "换成这个"

    def __init__(self, kept: Mapping[str, Profile], forget: Callable[[str], None]) -> None:
        super().__init__("换成哪个身份？", "↑↓ 选，Enter 换。场合、日期、题目不动，只换讲话人。")
        self.kept, self.forget = dict(kept), forget

    def fields(self) -> ComposeResult:
        """Name and what is known of each."""
        yield OptionList(*(Option(_row(name, who), name) for name, who in self.kept.items()), id="speakers", classes="picked", markup=False)

    def more_buttons(self) -> ComposeResult:
        """A speaker may be forgotten."""
        yield Button("F8 忘掉", action="screen.forget_speaker", compact=True)

    def on_mount(self) -> None:
        """The first one stands highlighted."""
        self.query_one(OptionList).highlighted = 0

    def value(self) -> Profile | None:
        """The highlighted one."""
        option = self.query_one(OptionList).highlighted_option
        return self.kept[str(option.id)] if option else None

    @on(OptionList.OptionSelected)
    def _picked(self) -> None:
        self.action_accept()

    def action_forget_speaker(self) -> None:
        """Takes the highlighted one off the list."""
        listed = self.query_one(OptionList)
        if listed.highlighted_option is None:
            return
        name = str(listed.highlighted_option.id)
        listed.remove_option(name)
        del self.kept[name]
        self.forget(name)
        if not self.kept:
            self.dismiss(None)


def called(profile: Profile) -> str:
    """A name for a speaker: unit, post and name as far as they are known."""
    return f"{profile.unit}{profile.post}{profile.name}" or profile.place


def _row(name: str, who: Profile) -> Content:
    about = "　".join(part for part in (who.level, who.place, f"{who.unit}{who.post}", who.name) if part)
    return Content.assemble((name, "bold"), " " * max(2, 16 - cell_len(name)), (about, "$text-muted"))
