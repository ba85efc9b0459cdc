"""Step 5: everything only the writer can give, in one form by whom to ask, and the facts given so far."""

from __future__ import annotations

from collections.abc import Iterator

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from drafting.model import Fact
from drafting.questions import (
    Answer,
    Question,
    answer,
    checklist,
    confirm,
    drop_fact,
    fact_of,
    fault_of,
    put_fact,
    questions,
    revise,
    sheet,
    year_fault,
)  # fmt: skip
from tui.keys import key
from tui.screens.dialogs import AskLine
from tui.screens.step import Step
from tui.widgets.factrows import FactRow, Form
from tui.widgets.marks import MARKS


class FactsScreen(Step):
    """A row a question. What is typed goes into the draft when the writer leaves the row."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("f4", "confirm", "属实"), key("f5", "reject", "不属实"), key("f6", "visit", "看原句"), key("f7", "write_list", "清单"),
        key("f8", "remove", "删事实", show=False), key("f9", "next_open", "下一空"),
    ]  # fmt: skip
    step = "facts"
    help_text = """第5步　事实
  稿子里所有〔待填〕〔待核〕都在这里，按该问谁排在一起；
  光标在哪一行，下面就显示它在稿子里的原句。
  直接打字，Enter 到下一行，就填进稿子了；
  同一个内容在几处要用，填一次，处处补上。
  Tab       到年份、来源这几格
  ↑ ↓       上一行、下一行
  F9        跳到下一个没填的空
  F4        待核的这件事属实，去掉〔待核〕
  F5        不属实：到写作那一步把这句换掉
  F6        到写作那一步看这一句
  F7        把要问的存成一份清单，发给同事去填
  最下面是事实清单：每个数字的名称、年份、来源。可以改，
  最后一行添新的；F8 删掉光标所在的这一条。
  一时填不了的就空着，导出后稿子里仍标成〔待填〕。
  填错了再回这一格改；把它清空，〔待填〕就回来。
"""

    def body(self) -> ComposeResult:
        """How many are left, the form, the sentence of the row at hand."""
        yield Static("", id="facts-told", markup=False)
        yield Form(id="facts", can_focus=False)
        yield Static("", id="facts-about", markup=False)

    # What is shown

    def refresh_step(self) -> None:
        """The form anew: after mounting, undo and redo."""
        self.run_worker(self._fill_form(self._name_of(self._row)), exclusive=True)

    async def _fill_form(self, before: str) -> None:
        form = self.query_one(Form)
        await form.remove_children()
        await form.mount_all(self._widgets())
        self._tell()
        self._begin(before)

    def _widgets(self) -> Iterator[Widget]:
        rows = questions(self.session.draft, self.session.plan)
        for ask in dict.fromkeys(row.ask for row in rows):
            group = [row for row in rows if row.ask == ask]
            yield Static(Content.assemble((f"问 {ask}", "bold"), (f"　{len(group)}项", "$text-muted")), classes="fact-group", markup=False)
            yield from map(FactRow, group)
        facts = sheet(self.session.draft)
        words = (f"事实清单　已有{len(facts)}条" if facts else "事实清单　还没有", "bold")
        hint = ("　可以改，清空或按 F8 就是删掉" if facts else "　自己句子里的数字也记在这里", "$text-muted")
        yield Static(Content.assemble(words, hint), classes="fact-group", markup=False)
        for fact, used in facts:
            yield FactRow(fact=fact, used=used)
        yield FactRow()

    def _tell(self) -> None:
        rows = [row for row in self._rows if row.question]
        left = sum(not row.settled for row in rows)
        unused = [row.fact.name for row in self._rows if row.fact and not row.used]
        told = f"还有 {left} 项要填、要核；填不了的先空着，照样能往下走。" if left else "没有要填、要核的了。按 F3 去审校。"
        if unused and not left:
            told += f" 清单里没有用上的：{'、'.join(unused)}。"
        self.query_one("#facts-told", Static).update(told)

    def _begin(self, before: str) -> None:
        """The row asked for, the one we were at, the first open one, the first of all."""
        wanted, self.desk.place.blank = self.desk.place.blank, None
        rows = self._rows
        asked = (r for r in rows if wanted and r.question and any(
            (spot.block + 1, spot.text) == (wanted.paragraph, wanted.text) for spot in r.question.spots))  # fmt: skip
        same = (r for r in rows if before and self._name_of(r) == before)
        row = next(asked, None) or next(same, None) or next(iter(rows), None)
        if row:
            row.enter()
        else:
            self._about(None)

    @property
    def _rows(self) -> list[FactRow]:
        return list(self.query(FactRow))

    @property
    def _row(self) -> FactRow | None:
        """The row that has the keys."""
        return _row_of(self.focused)

    def _name_of(self, row: FactRow | None) -> str:
        """What a row is known by when the form is made anew."""
        if row is None:
            return ""
        return row.fact.name if row.fact else f"{row.question.blank}{row.question.sentence}" if row.question else "+"

    def _about(self, row: FactRow | None) -> None:
        about = self.query_one("#facts-about", Static)
        if row is None or row.fresh:
            about.update("稿子里要说的数字、名称记在这里：名称、数字、单位、年份、来源。合得上的句子会用它；自己的句子里照样写就算有了出处。")
        elif row.fact:
            unused = "" if row.used else "稿子里没有用上这条：到写作那一步自己写一句，或按 F8 删掉。"
            about.update(unused or "改了数，稿子里用到它的地方跟着改。")
        elif row.question:
            about.update(_in_its_sentence(row.question))

    # Going from row to row

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The sentence below follows the keys."""
        self._about(_row_of(event.widget))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A row that was left is put into the draft."""
        if row := _row_of(event.widget):
            self.call_after_refresh(self._left, row)

    def _left(self, row: FactRow) -> None:
        if row.is_attached and self.app.screen is self and self._row is not row:
            self._keep(row)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_step(1)

    def action_step(self, by: int) -> None:
        """To the row `by` places on; at the end what to do next is said."""
        rows, row = self._rows, self._row
        if row is None or not 0 <= rows.index(row) + by < len(rows):
            if row and by > 0:
                self._keep(row)
                self.notify("已是最后一行；按 F3 去审校")
            return
        rows[rows.index(row) + by].enter()

    def action_next_open(self) -> None:
        """To the next row that is still open, from the top again after the last."""
        rows, row = self._rows, self._row
        at = rows.index(row) + 1 if row else 0
        found = next((r for r in (*rows[at:], *rows[:at]) if r.question and not r.settled), None)
        if found:
            found.enter()
        else:
            self.notify("都填好了；按 F3 去审校")

    # Putting it into the draft

    def before_leaving(self) -> bool:
        """Everything typed is put into the draft; a row that cannot be understood keeps us here."""
        for row in self._rows:
            if not self._keep(row):
                row.enter()
                self.notify("这一行还没填对；先不填就清空这一格", severity="warning")
                return False
        return True

    def _keep(self, row: FactRow) -> bool:
        """Puts what was typed into the draft; False for what is no answer, which is told at the row and stays there."""
        if not row.changed:
            return True
        if row.fresh:
            return self._add(row)
        value, unit, year, source = row.typed
        fault = year_fault(year) if row.fact or not value else fault_of(row.question, value, year) if row.question else ""
        row.fault(fault)
        if fault:
            return False
        if row.fact:
            return self._keep_fact(row, value and Fact(row.fact.name, *_plain(value, unit, year, source)))
        assert row.question
        return self._answered(row, row.question, fact_of(row.question.blank, value, unit, year, source) if value else None)

    def _answered(self, row: FactRow, question: Question, fact: Fact | None) -> bool:
        made: list[Answer | None] = []

        def act() -> bool:
            before = row.answer
            made.append(revise(self.session, question, before, fact) if before else answer(self.session, question, fact) if fact else None)
            return made[-1] is not None

        if self.desk.change(act, quiet=True):
            row.settle(made[-1] if fact else None, done=fact is not None)
            self._match()
            return True
        row.fault("这里填不进去：原句已经改过。按 F6 到写作那一步改")
        return False

    def _keep_fact(self, row: FactRow, fact: Fact | str) -> bool:
        assert row.fact
        name = row.fact.name
        if isinstance(fact, str):
            return self._dropped(name)
        self.desk.change(lambda: put_fact(self.session, fact), quiet=True)
        row.fact = fact
        row.settle(None)
        self._match()
        return True

    def _add(self, row: FactRow) -> bool:
        """A new fact on the sheet; of one that is only half there is told what is missing."""
        name, (value, unit, year, source) = row.name_typed, row.typed
        known = any(fact.name == name for fact in self.session.outline.facts)
        fault = "" if name and value else "名称和内容都要填；先不添就清空这一行"
        fault = fault or (f"清单里已有“{name}”，在上面那一行改" if known else year_fault(year))
        row.fault(fault)
        if fault:
            return False
        if self.desk.change(lambda: put_fact(self.session, Fact(name, *_plain(value, unit, year, source))), quiet=True):
            self.refresh_step()
        return True

    def _dropped(self, name: str) -> bool:
        if self.desk.change(lambda: drop_fact(self.session, name), quiet=True):
            self.notify(f"已删去“{name}”；Ctrl+Z 可以找回", markup=False)
            self.refresh_step()
        return True

    def _match(self) -> None:
        """The open rows and the questions of the changed draft: those of one place are told apart by their order, for their places
        may have moved. When they are no longer the same questions the form is made anew."""
        fresh = questions(self.session.draft, self.session.plan)
        rows = [row for row in self._rows if row.question and not row.settled]
        if [str(row.question.blank) for row in rows if row.question] != [str(question.blank) for question in fresh]:
            self.refresh_step()
            return
        for row, question in zip(rows, fresh, strict=True):
            row.question = question
        self._tell()

    # Keys

    def action_confirm(self) -> None:
        """What is to be verified is so."""
        row = self._row
        question = row.question if row else None
        if not row or not question or not question.blank.doubtful or row.settled:
            self.notify("F4 用在待核的行上：确有其事，就去掉〔待核〕")
        elif self.desk.change(lambda: confirm(self.session, question), quiet=True):
            row.settle(None)
            self._match()
            self.action_next_open()

    def action_reject(self) -> None:
        """It is not so: to the sentence, to put another in its place."""
        row = self._row
        if row and row.question and row.question.blank.doubtful and not row.settled:
            self.action_visit()
            self.notify("不属实的这句按 F4 换一句素材，或按 F6 自己改，按 F8 删掉")
        else:
            self.notify("F5 用在待核的行上：不属实，就到写作那一步换掉这句")

    def action_visit(self) -> None:
        """To the sentence of the row at hand, in the writing step."""
        row = self._row
        if row and row.question and self.before_leaving():
            spot = row.question.spots[0]
            self.desk.visit(spot.block, spot.at)
        elif row and not row.question:
            self.notify("事实清单里的这一行没有自己的句子")

    def action_remove(self) -> None:
        """Takes the fact of the row off the sheet."""
        row = self._row
        if row and row.fact:
            self._dropped(row.fact.name)
        else:
            self.notify("F8 用在最下面的事实清单上；要去掉填好的内容，把那一格清空")

    def action_write_list(self) -> None:
        """Asks where to put the list of what is to be asked, and copies it."""
        if not self.before_leaving():
            return
        rows = questions(self.session.draft, self.session.plan)
        if not rows:
            self.notify("没有要问的了")
            return
        from tui.saving import proposed

        text = checklist(self.session.draft.title, rows)
        hint = f"共 {len(rows)} 项，按该问谁分列；存好后发给同事填。同时已复制到剪贴板。"
        self.app.copy_to_clipboard(text)
        box = AskLine("问题清单存到哪里", str(proposed(f"{self.session.draft.title}-要问的", ".txt")), hint)
        self.app.push_screen(box, lambda path: self._write(path, text) if path else None)

    def _write(self, path: str, text: str) -> None:
        from tui.saving import write_text

        write_text(self.desk, path, text)


def _row_of(widget: Widget | None) -> FactRow | None:
    return next((node for node in widget.ancestors_with_self if isinstance(node, FactRow)), None) if widget else None


def _plain(value: str, unit: str, year: str, source: str) -> tuple[str, str, int | None, str]:
    """The fields of a fact of the sheet."""
    from drafting.model import Blank

    fact = fact_of(Blank("数据", "", unit), value, unit, year, source)
    return fact.value, fact.unit, fact.year, fact.source


def _in_its_sentence(question: Question) -> Content:
    """The sentence, the blank marked; how many other places there are."""
    before, mark, after = question.sentence.partition(str(question.blank))
    many = len(question.spots)
    more = f"　全文共{many}处，填一次都补上" if many > 1 else ""
    return Content.assemble(("原句　", "$text-muted"), before, (mark, MARKS["blank"][1]), after, (more, "$text-muted"))
