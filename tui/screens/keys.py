"""All keys as they are now: those of the step that was left open, of every step, and where to change them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from rich.cells import set_cell_size
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from phrasebank.errors import NigaoError
from tui import keys
from tui.keymap import known, load_keymap, place, sample
from tui.keys import key


def _place(key: str) -> tuple[bool, str]:
    """By which the list is sorted: F2 before F10, Ctrl last."""
    return key.startswith("ctrl"), re.sub(r"\d+", lambda found: found[0].zfill(2), key)


class KeysScreen(ModalScreen[None]):
    """Three columns: key, what it does, under which name the user's file may give it another."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,f1,f2,f3,enter", "app.pop_screen", "关掉", shown="Esc"), key("f4", "write_sample", "写一份 keys.yaml"),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        """The table, and above it how to change it."""
        with VerticalScroll(classes="box help"):
            yield Static(self._told(), markup=False, id="all-keys")

    def _told(self) -> Content:
        own = load_keymap(place())
        head = f"按键写在 {place()} 里，可以换成自己的。\n按 F4 写一份样本，改好以后重新打开 nigao。\n\n"
        faults = "".join(f"{fault}\n" for fault in own.faults)
        return Content.assemble(
            ("按键一览", "bold"), "\n", (head, "$text-muted"), (faults and f"{faults}\n", "$text-warning"), *self._rows(own.keys),
        )  # fmt: skip

    def _rows(self, own: dict[str, str] | object) -> Iterable[str | tuple[str, str]]:
        given = own if isinstance(own, dict) else {}
        known()  # loads all screens
        rows = ((_place(default), id_, label, default) for (id_, label), default in keys.LABELLED.items())
        for _, id_, label, default in sorted(rows):
            changed = given.get(id_)
            yield set_cell_size(keys.told(changed or default), 18), "bold $text-warning" if changed else "bold"
            yield f" {set_cell_size(label, 14)} "
            yield f"{id_}\n", "$text-muted"

    def action_write_sample(self) -> None:
        """Writes a file to start from, never over one that is there."""
        from drafting.files import write_atomic

        path = place()
        if path.exists():
            self.notify(f"已经有 {path} 了，直接改它就行", markup=False)
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, sample({}).encode())
        except (NigaoError, OSError) as error:
            self.notify(f"没有写成：{error}", severity="error", markup=False)
            return
        self.notify(f"已写好 {path}，用记事本一类的软件打开来改", markup=False, timeout=10)
