"""The rows of the facts step: what is asked, and the fields to answer it in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from drafting.answered import Line, standing
from drafting.beside import around, heading_over, matter_of
from drafting.model import Fact
from drafting.questions import ENDS, Answer, Question
from tui.keys import UNDO, key
from tui.widgets.factfields import CELLS, Field, NameField, Verdict
from tui.widgets.marks import MARKS

if TYPE_CHECKING:
    from drafting.session import Session

VERDICT, CONFIRMED = "F4 确有其事　F5 没有，换掉　F8 不要", "已核实"
UNUSED = "　没有用上，F4 写进稿子"


class Form(VerticalScroll):
    """The rows under each other; ↑ and ↓ go from row to row and do not scroll. Undo takes back first what was typed and is not in the
    draft yet."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding(UNDO.key, "screen.untype", UNDO.description, show=False, id=UNDO.id),
        key("up", "screen.step(-1)", "上一行", show=False), key("down", "screen.step(1)", "下一行", show=False),
    ]  # fmt: skip

    def watch_virtual_size(self) -> None:
        """A row has come or gone: the one that has the keys stays in sight."""
        self.call_after_refresh(self.follow)

    def on_resize(self) -> None:
        """So it does when there is less room."""
        self.call_after_refresh(self.follow)

    def follow(self) -> None:
        """Brings the row that has the keys into sight."""
        if self.is_attached and (row := row_of(self.screen.focused)):
            row.scroll_visible(animate=False)


class FactRow(Container):
    """One question, or one fact of the sheet, or with neither room to add one. `line` is the question with the answer that is in the
    draft, `over` the heading it stands under, `kept` what the fields hold when nothing has been typed since, `told` what is wrong with
    what was."""

    def __init__(self, line: Line | None = None, fact: Fact | None = None, *, used: bool = True, over: str = "") -> None:
        super().__init__()
        self.line, self.fact, self.used, self.over = line, fact, used, over
        self.kept, self.told = self._given(), ""

    def compose(self) -> ComposeResult:
        """What is asked, and the fields."""
        if self.fresh:
            yield NameField("", placeholder="＋ 添一条事实：名称，如 新修水渠", name="name", classes="fact-name")
        else:
            with Horizontal(classes="fact-head"):
                yield Static(self._sign(), classes="fact-sign", markup=False)
                yield Static(self._face(), classes="fact-what", markup=False)
        with Horizontal(classes="fact-fields"):
            yield from self._fields()

    def _fields(self) -> ComposeResult:
        value, unit, year, source = self.kept
        if self.question and self.question.blank.doubtful:
            yield Verdict(CONFIRMED if self.settled else VERDICT, classes="fact-verdict", markup=False)
        elif self.question and not self.question.figure:
            yield Field(value, placeholder="在这里写", name="value", classes="fact-words")
        else:
            yield Field(value, placeholder="数字" if self.question else CELLS["value"], name="value", classes="fact-value")
            if self.question and self.question.blank.unit:
                yield Label(unit, classes="fact-unit", markup=False)
            else:
                yield Field(unit, placeholder="单位", name="unit", classes="fact-unit")
            yield Field(year, placeholder="年份", name="year", classes="fact-year")
            yield Field(source, placeholder="来源，如 县年报", name="source", classes="fact-source")

    def _given(self) -> tuple[str, str, str, str]:
        """What the fields hold at first."""
        if fact := self.fact or (self.answer.fact if self.answer else None):
            return fact.value, fact.unit, str(fact.year or ""), fact.source
        blank = self.question.blank if self.question else None
        return "", blank.unit if blank else "", str(blank.year or "") if blank else "", ""

    def _sign(self) -> Content:
        """Answered or open; nothing on the sheet."""
        if self.fact:
            return Content("")
        return Content.assemble(("✓", "bold $text-success") if self.settled else ("○", "$text-warning"))

    def _face(self) -> Content:
        if self.fact:
            return Content.assemble(self.fact.name, ("" if self.used else UNUSED, "$text-warning"))
        assert self.question
        blank, many = self.question.blank, len(self.question.spots)
        what = f"“{_short(self.question.sentence.replace(str(blank), ''))}”" if blank.doubtful else blank.what
        kind = "核实" if blank.doubtful else blank.kind
        sentences = len([row for row in re.split("[。！？]", self.question.run.replace(str(blank), "")) if row.strip()])
        more = f"（{many}处）" if many > 1 else f"（连前面共{sentences}句）" if sentences > 1 else ""
        where = f"在“{self.over}”底下" if self.over else matter_of(self.question)
        return Content.assemble((f"{kind} ", "$text-muted"), what, (more, "$text-muted"), (f"\n{where}" if where else "", "$text-accent"))

    @property
    def question(self) -> Question | None:
        """What is asked; None on the sheet."""
        return self.line.question if self.line else None

    @property
    def answer(self) -> Answer | None:
        """What was put into the draft for the question."""
        return self.line.answer if self.line else None

    @property
    def settled(self) -> bool:
        """Whether the question has been answered."""
        return self.answer is not None

    @property
    def fresh(self) -> bool:
        """Whether the row is there to add a fact."""
        return self.question is None and self.fact is None

    @property
    def name_typed(self) -> str:
        """What a fact that is being added is called."""
        return self.query_one(".fact-name", Input).value.strip() if self.fresh else ""

    @property
    def typed(self) -> tuple[str, str, str, str]:
        """Value, unit, year and source as the fields hold them now."""
        held = {field.name: field.value.strip() for field in self.query(Input)}
        first = self.kept
        return held.get("value", first[0]), held.get("unit", first[1]), held.get("year", first[2]), held.get("source", first[3])

    def worded(self, after: str) -> str:
        """What stands in the sentence in the place of the blank, with `after` behind it: what is typed, else the blank itself."""
        assert self.question
        value, unit, *_ = self.typed
        if self.question.blank.doubtful or not value:
            return "" if self.question.blank.doubtful and self.settled else str(self.question.blank)
        return f"{value}{unit}" if self.question.figure else value.rstrip(ENDS) if after[:1] in ENDS else value

    @property
    def changed(self) -> bool:
        """Whether something was typed that is not in the draft yet."""
        if self.fresh:
            return bool(self.name_typed or self.typed[0])
        return self.typed != self.kept and (bool(self.typed[0]) or bool(self.kept[0]))

    def show(self, line: Line | None = None, fact: Fact | None = None, *, used: bool = True, over: str = "") -> None:
        """The row as the draft is now; what is being typed stays unless the draft has another answer than before."""
        before = self.kept
        self.line, self.fact, self.used, self.over = line, fact, used, over
        self.kept = self._given()
        if self.kept != before:
            self.restore()
        self.query_one(".fact-sign", Static).update(self._sign())
        self.query_one(".fact-what", Static).update(self._face())
        for verdict in self.query(Verdict):
            verdict.update(CONFIRMED if self.settled else VERDICT)

    def restore(self) -> None:
        """The fields as the draft has them; what was typed since goes."""
        if self.fresh:
            self.empty()
            return
        for name, value in zip(("value", "unit", "year", "source"), self.kept, strict=True):
            for field in (field for field in self.query(Input) if field.name == name):
                field.value = value
        self.fault("")

    @property
    def touched(self) -> bool:
        """Whether any field holds something else than the draft."""
        return any(field.value.strip() for field in self.query(Input)) if self.fresh else self.typed != self.kept

    def empty(self) -> None:
        """Room for another fact."""
        for field in self.query(Input):
            field.value = ""
        self.fault("")

    def fault(self, words: str) -> None:
        """Says under the row what is wrong with what was typed."""
        self.told = words
        told = next(iter(self.query(".fact-fault").results(Static)), None)
        if told:
            told.update(words)
            told.display = bool(words)
        elif words:
            self.mount(Static(words, classes="fact-fault", markup=False))

    def enter(self, cell: str = "") -> None:
        """Gives the keys to the first field or the one of that name, at once: `focus()` would wait, and a second key meanwhile go
        nowhere."""
        self.screen.set_focus(next(field for field in self.query("Field, Verdict") if cell in ("", field.name)))

    @property
    def lacking(self) -> str:
        """The field that a fact cannot do without and that is still empty; empty for none. Of one on the sheet it is none: it is taken
        off by emptying it."""
        return next((name for name in ("name", "value") if not self._held(name)), "") if self.fresh else ""

    def _held(self, name: str) -> str:
        return next((field.value.strip() for field in self.query(Input) if field.name == name), "")

    def after(self, cell: str) -> str:
        """The field Enter leads to from one of a fact's; empty behind the last, and where one goes from row to row."""
        names = list(CELLS)
        return next(iter(names[names.index(cell) + 1 :]), "") if self.question is None and cell in names else ""

    @on(NameField.Pasted)
    def _pasted(self, event: NameField.Pasted) -> None:
        """A whole fact by its fields; the keys go to the first that is left."""
        event.stop()
        self.spread(event.cells)

    def spread(self, cells: Sequence[str]) -> None:
        """Puts words into the fields in their order, and gives the keys to the first that holds none."""
        for name, words in zip(CELLS, cells, strict=False):
            for field in (field for field in self.query(Input) if field.name == name):
                field.value = words
                field.cursor_position = len(words)
        self.enter(next((name for name in CELLS if not self._held(name)), "source"))


class NoWayRound(Screen[None]):
    """A screen of such rows in which Tab ends at the last field and Shift+Tab at the first: beyond stand answers given before, and
    what is typed there would take their place."""

    def ended(self, row: FactRow) -> None:
        """Tab in the last field, of a row with something typed."""
        raise NotImplementedError

    def focus_next(self, selector: Any = "*") -> Widget | None:  # noqa: ANN401 - Textual's own
        """Tab ends at the last field: at the top again one would write over what was given there."""
        row, chain = row_of(self.focused), self.focus_chain
        if row is None or not chain or self.focused is not chain[-1]:
            return super().focus_next(selector)
        if row.changed:
            self.ended(row)
        else:
            self.notify("已是最后一格；按 F3 去审校，↑ 回上面几行")
        return self.focused

    def focus_previous(self, selector: Any = "*") -> Widget | None:  # noqa: ANN401 - Textual's own
        """Shift+Tab ends at the first field."""
        if (chain := self.focus_chain) and self.focused is chain[0]:
            return self.focused
        return super().focus_previous(selector)


def row_of(widget: Widget | None) -> FactRow | None:
    """The row a widget stands in."""
    return next((node for node in widget.ancestors_with_self if isinstance(node, FactRow)), None) if widget else None


def in_sentence(row: FactRow, session: Session) -> Content:
    """The sentence, of what is to be verified all sentences and of what is to be told the ones around it, the blank or what stands or
    is being typed in its place marked; the heading over it; how many other places there are."""
    question, draft = row.question, session.draft
    assert question
    told = around(draft, question) if question.blank.kind == "事例" else question.sentence
    blank = str(question.blank)
    now = standing(session, question, row.answer) if row.answer else None
    before, _, after = now or (question.run or told).partition(blank)
    words = row.worded(after)
    many = len(question.spots)
    more = f"　全文共{many}处，填一次都补上" if many > 1 else ""
    over = heading_over(draft, question)
    where = f"在“{over}”底下　" if over else ""
    style = MARKS["blank" if words == blank else "fact"][1]
    return Content.assemble((f"{where}原句　", "$text-muted"), before, (words, style), after, (more, "$text-muted"))


def _short(text: str, most: int = 22) -> str:
    return text if len(text) <= most else f"{text[:most - 1]}…"
