"""Step 5: everything only the writer can give, in one form by whom to ask, and the facts given so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from drafting.answered import Line, line_up
from drafting.beside import heading_over
from drafting.doubtful import dropped, swapped
from drafting.model import Fact
from drafting.questions import Question, confirm, sheet
from tui.keys import key
from tui.screens.answering import Answering
from tui.screens.asking_list import ask_where
from tui.screens.placing import place_fact
from tui.views.columns import cut
from tui.widgets.factfields import CELLS, Ended
from tui.widgets.factrows import FactRow, Form, in_sentence, row_of

NEW = f"稿子里要说的数字、名称记在这里：{'、'.join(CELLS.values())}，打完一格按 Enter 到下一格，走完就存下；也可以整条贴进来。"
GONE = 60
"""Columns that are shown of what was taken out."""
TELLS = "合得上的句子会用它；自己的句子里照样写就算有了出处。"


class FactsScreen(Answering):
    """A row a question. What is typed goes into the draft when the writer leaves the row."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("f4", "confirm", "属实"), key("f5", "reject", "换掉"), key("f6", "visit", "看原句"), key("f7", "write_list", "要问的"),
        key("f8", "remove", "删", show=False), key("f9", "next_open", "下一空"), key("ctrl+end", "adding", "添事实", show=False),
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
  End       到最下面添一条事实（已在行尾时；也可按 Ctrl+End）
  F4        属实：待核的这件事确实有，去掉〔待核〕；
            在没有用上的事实上，就替它写一句进稿子，
            放哪里说不准时会问
  F5        换掉：没有这回事，就地换一句，换成什么会说；
            没有可换的，带到写作那一步自己改
  F8        不要：待核的这件事去掉，连带它作证的那几句；
            在事实清单上，删掉光标所在的这一条
  F6        到写作那一步看这一句
  F7        把要问的存成一份清单，发给同事去填
  最下面是事实清单：名称、数字/内容、单位、年份、来源。
  在清单里 Enter 到下一格，走完来源就存下；没有的空着。
  最后一行添新的；整条贴进来，会自己分到各格。
  一时填不了的就空着，导出后稿子里仍标成〔待填〕。
  填错了再回这一格改；把它清空，〔待填〕就回来。
"""

    _wanted: Fact | None = None
    """A fact that the review has found to be missing."""

    def body(self) -> ComposeResult:
        """How many are left, the form, the sentence of the row at hand."""
        yield Static("", id="facts-told", markup=False)
        yield Form(id="facts", can_focus=False)
        yield Static("", id="facts-about", markup=False)

    # What is shown

    def refresh_step(self) -> None:
        """The rows as the draft is now: at first all of them, later those that have come or gone, the rest where they are."""
        if self.query("#facts-sheet"):
            self._match()
        else:
            self.run_worker(self._fill_form(), exclusive=True)

    async def _fill_form(self) -> None:
        await self.query_one(Form).mount_all(self._widgets())
        self._tell()
        self._begin()

    def _widgets(self) -> Iterator[Widget]:
        lines = self.desk.place.lines = line_up(self.desk.place.lines, self.session)
        for ask, group in groupby(lines, lambda line: line.question.ask):
            rows = list(group)
            yield self._group(ask, len(rows))
            yield from (FactRow(line, over=self._over(line)) for line in rows)
        yield Static(id="facts-sheet", classes="fact-group", markup=False)
        for fact, used in self._sheet():
            yield FactRow(fact=fact, used=used)
        yield FactRow()

    def _over(self, line: Line) -> str:
        """The heading that something to be told stands under: it must fit what is told there."""
        blank = line.question.blank
        return heading_over(self.session.draft, line.question) if blank.kind == "事例" and not blank.doubtful else ""

    def _group(self, ask: str, many: int) -> Static:
        words = Content.assemble((f"问 {ask}", "bold"), (f"　{many}项", "$text-muted"))
        return Static(words, classes="fact-group", markup=False)

    def _sheet(self) -> list[tuple[Fact, bool]]:
        """The facts on the sheet, figures that were given as an answer above too; days and words stand there once."""
        told = {line.answer.fact.name for line in self.desk.place.lines if line.answer and not line.question.figure}
        return [(fact, used) for fact, used in sheet(self.session.draft) if fact.name not in told]

    def _match(self) -> None:
        """The rows of the changed draft."""
        lines = self.desk.place.lines = line_up(self.desk.place.lines, self.session)
        self._match_rows(lines)
        self._match_sheet()
        self._tell()
        self._about(self._row)

    def _match_rows(self, lines: Sequence[Line]) -> None:
        rows = {row.line.number: row for row in self._rows if row.line}
        above: FactRow | None = None
        for line in lines:
            row = rows.pop(line.number, None)
            if row:
                row.show(line, over=self._over(line))
            else:
                row, ask = FactRow(line, over=self._over(line)), line.question.ask
                headed = above is not None and above.question is not None and above.question.ask == ask
                new = [row] if headed else [self._group(ask, 1), row]
                self.query_one(Form).mount_all(new, after=above) if above else self.query_one(Form).mount_all(new, before=0)
            above = row
        self._gone(rows.values())

    def _match_sheet(self) -> None:
        rows, form = {row.fact.name: row for row in self._rows if row.fact}, self.query_one(Form)
        for fact, used in self._sheet():
            if row := rows.pop(fact.name, None):
                row.show(fact=fact, used=used)
            else:
                form.mount(row := FactRow(fact=fact, used=used), before=self._rows[-1])
                row.call_after_refresh(form.follow)  # when it is there and laid out: the row at hand must not be pushed out of sight
        self._gone(rows.values())

    def _gone(self, rows: Iterable[FactRow]) -> None:
        """Takes rows away; the keys go to the one below."""
        gone = list(rows)
        if self._row in gone:
            below = self._rows[self._rows.index(self._row) + 1 :]
            next(row for row in below if row not in gone).enter()
        for row in gone:
            row.remove()

    def _tell(self) -> None:
        rows = [row for row in self._rows if row.question]
        left = sum(not row.settled for row in rows)
        unused = [row.fact.name for row in self._rows if row.fact and not row.used]
        told = f"还有 {left} 项要填、要核；填不了的先空着，照样能往下走。" if left else "没有要填、要核的了。按 F3 去审校。"
        told += "添自己的数字按 End。" if left else ""
        if unused and not left:
            told += f" 清单里没有用上的：{'、'.join(unused)}。"
        self.query_one("#facts-told", Static).update(told)
        facts = len(self._sheet())
        words = (f"事实清单　已有{facts}条" if facts else "事实清单　还没有", "bold")
        below = "　往下看全，" if facts and self.query_one(Form).max_scroll_y > 0 else "　"
        hint = (f"{below}可以改，清空或按 F8 就是删掉" if facts else "　自己句子里的数字也记在这里，Enter 一格一格往下填", "$text-muted")
        self.query_one("#facts-sheet", Static).update(Content.assemble(words, hint))

    def _begin(self) -> None:
        """The row asked for, the first open one, the first of all; a figure that wants a fact stands in the last already."""
        wanted, self.desk.place.blank = self.desk.place.blank, None
        fact, self.desk.place.fact = self.desk.place.fact, None
        rows = self._rows
        if fact:
            self._begin_at(fact)
            return
        asked = (r for r in rows if wanted and r.question and any(
            (spot.block + 1, spot.text) == (wanted.paragraph, wanted.text) for spot in r.question.spots))  # fmt: skip
        still = (r for r in rows if r.question and not r.settled)
        (next(asked, None) or next(still, None) or rows[0]).enter()

    def _begin_at(self, fact: Fact) -> None:
        """At a fact of the sheet; at the last row, with what is known of the one that is missing."""
        if known := next((row for row in self._rows if row.fact and row.fact.name == fact.name), None):
            known.enter("unit")
            return
        self._wanted = fact
        self._rows[-1].spread((fact.name, fact.value, fact.unit))
        self._rows[-1].enter()
        self._about(self._rows[-1])

    def _about(self, row: FactRow | None) -> None:
        about = self.query_one("#facts-about", Static)
        if row and row.fresh and self._wanted and row.typed[0] == self._wanted.value:
            figure = f"{self._wanted.value}{self._wanted.unit}"
            about.update(f"“{figure}”已经填好。看看名称合不合适，按 Enter 一格一格往下，走完来源就存下；存下了按 F3 回审校。")
        elif row is None or row.fresh:
            about.update(NEW + TELLS)
        elif row.fact:
            unused = "" if row.used else "稿子里没有用上这条：按 F4 写一句进稿子，或到写作那一步自己写；不要了按 F8 删掉。"
            about.update(unused or "改了数，稿子里用到它的地方跟着改。")
        elif row.question:
            about.update(in_sentence(row, self.session))

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        """The sentence below has what is typed in its place: the field itself shows only its end."""
        if (row := row_of(event.input)) is self._row and row is not None and row.question:
            self._about(row)

    # Going from row to row

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The sentence below follows the keys."""
        self._about(row_of(event.widget))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A row that was left is put into the draft."""
        if row := row_of(event.widget):
            self.call_after_refresh(self._left, row)

    def _left(self, row: FactRow) -> None:
        if row.is_attached and self.app.screen is self and self._row is not row:
            self._keep(row)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        row, cell = self._row, event.input.name or ""
        if row is None:
            return
        if row.fresh and row.changed and (cell == row.lacking or not row.after(cell)):
            self.ended(row)
        elif row.fact or not row.fresh:
            self._on(row, cell)
        elif row.changed:
            row.enter(row.after(cell))
        else:
            self.action_step(1)

    def _on(self, row: FactRow, cell: str) -> None:
        """To the next field of a fact, the next row of questions; what is no answer is mended before one goes on."""
        if not self._keep(row) or self._row is not row:  # one that was emptied is off the sheet, and the keys are at the next
            return
        if after := row.after(cell):
            row.enter(after)
        else:
            self.action_step(1)

    def ended(self, row: FactRow) -> None:
        """Behind the last field of a row: it is kept, and there is room for another; where something is lacking, to that."""
        self._keep(row)
        row.enter(row.lacking if row.changed else "")

    @on(Ended)
    def action_adding(self) -> None:
        """To the last row, where a fact is added."""
        if self._row is not self._rows[-1]:
            self._rows[-1].enter()

    def action_step(self, by: int) -> None:
        """To the row `by` places on; at the end what to do next is said."""
        rows, row = self._rows, self._row
        if row is None or not 0 <= rows.index(row) + by < len(rows):
            if row and by > 0:
                self.notify("已是最后一行；按 F3 去审校")
            return
        rows[rows.index(row) + by].enter()

    def action_next_open(self) -> None:
        """To the next row that is still open, from the top again after the last; what was typed into the row at hand is kept first."""
        rows, row = self._rows, self._row
        if row and not self._keep(row):
            return
        at = rows.index(row) + 1 if row else 0
        found = next((r for r in (*rows[at:], *rows[:at]) if r.question and not r.settled), None)
        if found is row and row is not None:
            self.notify("只剩这一个空了")
        elif found:
            found.enter()
        else:
            self.notify("都填好了；按 F3 去审校")

    # Keys

    def action_confirm(self) -> None:
        """What is to be verified is so; a fact that stands nowhere gets a sentence."""
        row = self._row
        if row and row.fact and not row.used:
            place_fact(self.desk, self.session, row.fact, self._match)
            return
        question = row.question if row else None
        if not row or not question or not question.blank.doubtful or row.settled:
            self.notify("F4 用在待核的行上，确有其事就去掉〔待核〕；也用在“没有用上”的事实上，替它写一句进稿子")
            return
        if given := self.desk.change(lambda: confirm(self.session, question), quiet=True):
            self._answer(row, given)
            self.action_next_open()

    def action_reject(self) -> None:
        """It is not so: another passage in its place; where there is none, to the sentence."""
        row = self._row
        if row and row.question and row.question.blank.doubtful and not row.settled:
            question = row.question
            if now := self.desk.change(lambda: swapped(self.session, question), quiet=True):
                self._match()
                self.notify(f"换成了：{now}　Ctrl+Z 换回原来那句；要自己挑，到写作那一步", timeout=10, markup=False)
            else:
                self.action_visit()
                self.notify("没有长短相当的素材可换，这句还在：按 F6 自己改，按 F8 删掉", severity="warning", timeout=8)
        else:
            self.notify("F5 用在待核的行上：没有这回事，就换掉这句")

    def action_visit(self) -> None:
        """To the sentence of the row at hand, in the writing step."""
        row = self._row
        if row and row.question and self.before_leaving():
            spot = row.question.spots[0]
            self.desk.visit(min(spot.block, len(self.session.draft.blocks) - 1), spot.at)
        elif row and not row.question:
            self.notify("事实清单里的这一行没有自己的句子")

    def action_remove(self) -> None:
        """Takes the fact of the row off the sheet, or what is to be verified out of the draft."""
        row = self._row
        if row and row.fact:
            self._dropped(row.fact.name)
        elif row and row.question and row.question.blank.doubtful and not row.settled:
            self._without(row.question)
        else:
            self.notify("F8 用在待核的行上，就去掉这件事；用在最下面的事实清单上，就删掉这一条。要去掉填好的内容，把那一格清空")

    def _without(self, question: Question) -> None:
        if gone := self.desk.change(lambda: dropped(self.session, question), quiet=True):
            self._match()
            self.notify(f"去掉了：{cut(gone, GONE)}　Ctrl+Z 找回", timeout=6, markup=False)
        else:
            self.notify("这一段只有这几句，或者锁着，去掉就空了：按 F5 换一句，或按 F6 到写作那一步改", severity="warning", timeout=8)

    def action_write_list(self) -> None:
        """Asks where to put the list of what is to be asked, and copies it."""
        self.before_leaving()
        ask_where(self.desk, self.session)
