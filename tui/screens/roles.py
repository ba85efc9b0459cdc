"""Which role of phrases to look for while writing."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from phrasebank.model import ROLES
from tui.screens.dialogs import Dialog

ANY = "按光标所在的位置"


class PickRole(Dialog[str]):
    """Roles that sentences have; the answer is one, or empty for the one that belongs to the place."""

    def __init__(self, role: str) -> None:
        super().__init__("左边只看哪一种作用的素材", "选了以后一直这样看，直到再按 Ctrl+O 换。")
        self.role = role

    def fields(self) -> ComposeResult:
        """The roles by their names."""
        roles = [(ANY, ""), *((name, role) for role, name in ROLES.items() if role != "heading")]
        yield OptionList(*(Option(name, role or "any") for name, role in roles), id="roles", markup=False)

    def on_mount(self) -> None:
        """The present one stands highlighted."""
        listed = self.query_one(OptionList)
        listed.highlighted = listed.get_option_index(self.role or "any")
        listed.focus()

    def value(self) -> str | None:
        """The role at the highlight."""
        option = self.query_one(OptionList).highlighted_option
        return None if option is None else "" if option.id == "any" else str(option.id)

    @on(OptionList.OptionSelected)
    def _picked(self) -> None:
        self.action_accept()
