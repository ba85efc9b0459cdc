"""What is typed into the rows of the facts step, put into the draft; of what is no answer it is told at the row why."""

from __future__ import annotations

from textual.actions import SkipAction

from drafting.answer_text import day_fault, year_fault
from drafting.answered import answered
from drafting.model import Fact
from drafting.questions import Answer, Question, answer, drop_fact, fact_of, fault_of, plain_fields, put_fact, revise
from tui.screens.step import Step
from tui.widgets.factfields import CELLS
from tui.widgets.factrows import FactRow, NoWayRound, row_of


class Answering(NoWayRound, Step):
    """The rows that answer questions and hold the sheet. The screen shows them (`_match`, `_about`)."""

    _refused: object = None
    """The row that F3 was last refused for, with what stood in it."""

    @property
    def _rows(self) -> list[FactRow]:
        return list(self.query(FactRow))

    @property
    def _row(self) -> FactRow | None:
        """The row that has the keys."""
        return row_of(self.focused)

    def _match(self) -> None:
        """Shows the rows of the changed draft."""
        raise NotImplementedError

    def _about(self, row: FactRow | None) -> None:
        """Tells of the row at hand."""
        raise NotImplementedError

    def before_leaving(self) -> bool:
        """Everything typed is put into the draft; of what cannot be understood it is told that it was not. It never keeps us here."""
        refused = [row for row in self._rows if not self._keep(row)]
        if refused:
            words = "、".join(f"“{row.name_typed or row.typed[0]}”" for row in refused)
            self.notify(f"{words}没有填进稿子：{refused[0].told}", severity="warning", timeout=8, markup=False)
        return True

    def action_forward(self) -> None:
        """To the step after; what cannot be understood is shown once, and the second time left as it is."""
        row = next((row for row in self._rows if not self._keep(row)), None)
        typed = (row, row.name_typed, row.typed) if row else None
        if row and typed != self._refused:
            self._refused = typed
            row.enter(row.lacking)
            self.notify("这一行还没填对；先不填就清空这一格，或再按一次 F3 往下走", severity="warning")
            return
        super().action_forward()

    def action_untype(self) -> None:
        """Undo: what stands in the row at hand and not in the draft goes first."""
        row = self._row
        if row is None or not row.touched:
            raise SkipAction
        row.restore()
        self._about(row)

    def _keep(self, row: FactRow) -> bool:
        """Puts what was typed into the draft; False for what is no answer, which is told at the row and stays there."""
        if not row.changed:
            row.fault("")
            return True
        if row.fresh:
            return self._add(row)
        value, unit, year, source = row.typed
        fault = (fault_of(row.question, value, year) if row.question else day_fault(value) or year_fault(year)) if value else ""
        row.fault(fault)
        if fault:
            return False
        if row.fact:
            return self._keep_fact(row, value and Fact(row.fact.name, *plain_fields(value, unit, year, source)))
        assert row.question
        return self._answered(row, row.question, fact_of(row.question.blank, value, unit, year, source) if value else None)

    def _answered(self, row: FactRow, question: Question, fact: Fact | None) -> bool:
        before = row.answer

        def act() -> Answer | None:
            return revise(self.session, question, before, fact) if before else answer(self.session, question, fact) if fact else None

        given = self.desk.change(act, quiet=True)
        if given or fact is None:  # of what is taken back the words may have gone already
            self._answer(row, given if fact else None)
            return True
        row.fault("这里填不进去：原句已经改过。按 F6 到写作那一步改")
        return False

    def _answer(self, row: FactRow, given: Answer | None) -> None:
        """The row has been answered, or its answer taken back."""
        assert row.line
        number = row.line.number
        self.desk.place.lines = tuple(answered(line, given) if line.number == number else line for line in self.desk.place.lines)
        row.line = answered(row.line, given)
        row.kept = row.typed
        self._match()

    def _keep_fact(self, row: FactRow, fact: Fact | str) -> bool:
        assert row.fact
        name = row.fact.name
        if isinstance(fact, str):
            return self._dropped(name)
        self.desk.change(lambda: put_fact(self.session, fact), quiet=True)
        row.fact, row.kept = fact, row.typed
        self._match()
        return True

    def _add(self, row: FactRow) -> bool:
        """A new fact on the sheet; of one that is only half there is told what is missing."""
        name, (value, unit, year, source) = row.name_typed, row.typed
        known = any(fact.name == name for fact in self.session.outline.facts)
        fault = _lacks(row) or (f"清单里已有“{name}”，在上面那一行改" if known else day_fault(value) or year_fault(year))
        row.fault(fault)
        if fault:
            return False
        if self.desk.change(lambda: put_fact(self.session, Fact(name, *plain_fields(value, unit, year, source))), quiet=True):
            row.empty()
            self._match()
            self.notify(f"已添上“{name}”；还可以再添，没有了就按 F3 去审校", markup=False)
        return True

    def _dropped(self, name: str) -> bool:
        if self.desk.change(lambda: drop_fact(self.session, name), quiet=True):
            self.notify(f"已删去“{name}”；Ctrl+Z 可以找回", markup=False)
            self._match()
        return True


def _lacks(row: FactRow) -> str:
    """Which field of a new fact is still to be filled in, and how one gets there; empty when it has all it needs."""
    way = {"name": "按 Shift+Tab 回到这一行的头一格", "value": "在名称后面，按 Tab 过去"}
    return f"还差“{CELLS[row.lacking]}”没有填（{way[row.lacking]}）；先不添就按 Ctrl+Z 清空这一行" if row.lacking else ""
