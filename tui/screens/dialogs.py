"""Questions over a step: a line, a text, a choice of facets, yes or no. Esc always leaves things as they were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, OptionList, Static

from drafting.model import Finding
from tui.cjk import ChineseInput
from tui.keys import HELP, key
from tui.text_area import ChineseTextArea
from tui.widgets.ticks import Ticks

T = TypeVar("T")


class Dialog(ModalScreen[T | None]):
    """A box over the step. `value` is the answer, None when there is none yet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,f2", "dismiss_box", "取消", shown="Esc"),
        key("f3,ctrl+s", "accept", "确定", shown="F3"), HELP,
    ]

    accept_label = "确定"

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__()
        self.heading, self.hint = title, hint

    def compose(self) -> ComposeResult:
        """Title, the dialog's own widgets, hint and buttons."""
        with Vertical(classes="box"):
            yield Label(self.heading, classes="box-title", markup=False)
            yield from self.fields()
            if self.hint:
                yield Static(self.hint, classes="hint", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(f"F3 {self.accept_label}", id="yes", variant="primary", compact=True)
                yield from self.more_buttons()
                yield Button("Esc 取消", id="no", compact=True)

    def fields(self) -> ComposeResult:
        """The dialog's own widgets."""
        yield from ()

    def more_buttons(self) -> ComposeResult:
        """Other ways out than yes and no."""
        yield from ()

    def value(self) -> T | None:
        """The answer, None when what was typed is no answer (and has been told)."""
        raise NotImplementedError

    def action_accept(self) -> None:
        """Hands the answer over."""
        if (value := self.value()) is not None:
            self.dismiss(value)

    def action_dismiss_box(self) -> None:
        """Leaves things as they were."""
        self.dismiss(None)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self.action_accept()
        elif event.button.id == "no":
            self.action_dismiss_box()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_accept()


class AskLine(Dialog[str]):
    """One line of text."""

    def __init__(self, title: str, text: str = "", hint: str = "") -> None:
        super().__init__(title, hint)
        self.text = text

    def fields(self) -> ComposeResult:
        """The line."""
        yield ChineseInput(self.text, select_on_focus=False)

    def value(self) -> str | None:
        """The line, ends trimmed."""
        return self.query_one(ChineseInput).value.strip()


class AskText(Dialog[str]):
    """A sentence or several paragraphs. `aside` is what was typed here before and not handed over: the writer goes on with it."""

    BINDINGS: ClassVar[list[BindingType]] = [key("f8", "empty", "清空"), key("f4", "afresh", "用原句", show=False)]

    def __init__(self, title: str, text: str = "", hint: str = "", aside: str = "") -> None:
        super().__init__(title, f"上回写到这里，没有放进稿子；接着写就是。{hint}" if aside else hint)
        self.text, self.aside = text, aside

    def fields(self) -> ComposeResult:
        """The text, with the cursor at its end."""
        yield ChineseTextArea(self.aside or self.text, soft_wrap=True)

    def on_mount(self) -> None:
        """The cursor goes where the writer will most often go on."""
        self.call_after_refresh(self._to_end)

    def _to_end(self) -> None:
        area = self.query_one(ChineseTextArea)
        area.move_cursor(area.document.end)

    def more_buttons(self) -> ComposeResult:
        """To begin again."""
        yield Button("F8 清空", action="screen.empty", compact=True)
        if self.aside and self.text:
            yield Button("F4 用原句", action="screen.afresh", compact=True)

    def action_empty(self) -> None:
        """Takes all of the text out; Ctrl+Z in the text brings it back."""
        self._retype("")

    def action_afresh(self) -> None:
        """What stands in the draft instead of what was typed before; Ctrl+Z in the text brings that back."""
        if self.aside and self.text:
            self._retype(self.text)

    def _retype(self, text: str) -> None:
        area = self.query_one(ChineseTextArea)
        area.replace(text, area.document.start, area.document.end)
        area.focus()

    def value(self) -> str | None:
        """The text."""
        return self.query_one(ChineseTextArea).text

    def action_dismiss_box(self) -> None:
        """Leaves things as they were, but for what was typed: that is not thrown away."""
        typed = self.value() or ""
        self.left = typed if typed.strip() and typed != self.text else ""
        super().action_dismiss_box()

    left = ""
    """What was typed and not handed over when the box was closed."""


class PickFacets(Dialog[list[str]]):
    """Which facets a section treats, in the order of the theme; those it has keep their order."""

    def __init__(self, title: str, facets: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
        super().__init__(title, "空格键选上或去掉，F3 确定。一般选二至四个。")
        self.facets, self.chosen = facets, chosen

    def fields(self) -> ComposeResult:
        """The facets with what the banks have for them."""
        yield Ticks(self.facets, self.chosen)

    def value(self) -> list[str] | None:
        """The names, at least one."""
        picked = self.query_one(Ticks).picked
        if not picked:
            self.notify("至少选一个侧面；不要这一部分，可在上一屏按 F8 删去")
            return None
        new = [name for name, _ in self.facets if name in picked and name not in self.chosen]
        return [name for name in self.chosen if name in picked] + new


class Confirm(Dialog[bool]):
    """Yes or no."""

    def fields(self) -> ComposeResult:
        """Nothing but the question."""
        yield from ()

    def value(self) -> bool | None:
        """Yes; no is Esc."""
        return True


class Faults(Dialog[int]):
    """What has to be mended before a file is written. The answer is the number of the one to go to, or `ANYWAY`."""

    ANYWAY = -1
    BINDINGS: ClassVar[list[BindingType]] = [key("f4", "anyway", "照样导出")]
    accept_label = "去改这一处"

    def __init__(self, faults: Sequence[Finding], *, final: bool) -> None:
        rule = "有这些内容时不能导出定稿；改好再来，或去掉“定稿”的勾。" if final else "定下来以前都要改好。先导出一份草稿看看，按 F4。"
        super().__init__(f"还有 {len(faults)} 处必须补上或改正", f"↑↓ 选一处，F3 去改。{rule}")
        self.faults, self.final = faults, final

    def fields(self) -> ComposeResult:
        """The list, with the keys."""
        yield OptionList(*(_told(fault) for fault in self.faults), id="faults", markup=False)

    def more_buttons(self) -> ComposeResult:
        """A draft may have faults, a final copy may not."""
        if not self.final:
            yield Button("F4 照样导出", action="screen.anyway", compact=True)

    def on_mount(self) -> None:
        """The first one stands highlighted."""
        self.query_one(OptionList).highlighted = 0

    def value(self) -> int | None:
        """The highlighted one."""
        return self.query_one(OptionList).highlighted

    def action_anyway(self) -> None:
        """Writes the draft all the same."""
        if not self.final:
            self.dismiss(self.ANYWAY)

    @on(OptionList.OptionSelected)
    def _picked(self) -> None:
        self.action_accept()


def _told(fault: Finding) -> str:
    """A blank by its own words, anything else with what is wrong."""
    return f"第{fault.paragraph}段  {fault.text}" + ("" if fault.id == "R03" else f"：{fault.message}")
