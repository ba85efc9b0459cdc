"""Step 5: everything only the writer can give, in one form by whom to ask, and the facts given so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from textual import events, on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from drafting.answer_text import day_fault, year_fault
from drafting.answered import Line, answered, line_up
from drafting.beside import heading_at, heading_over
from drafting.model import Fact
from drafting.questions import (
    Answer,
    Question,
    answer,
    confirm,
    drop_fact,
    fact_of,
    fault_of,
    plain_fields,
    put_fact,
    revise,
    sheet,
    swapped,
)  # fmt: skip
from drafting.telling import tell_fact
from tui.keys import key
from tui.screens.asking_list import ask_where
from tui.screens.step import Step
from tui.widgets.factrows import FactRow, Form, NoWayRound, in_sentence, row_of


class FactsScreen(NoWayRound, Step):
    """A row a question. What is typed goes into the draft when the writer leaves the row."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("f4", "confirm", "属实"), key("f5", "reject", "换掉"), key("f6", "visit", "看原句"), key("f7", "write_list", "要问的"),
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
  F4        属实：待核的这件事确实有，去掉〔待核〕；
            在没有用上的事实上，就替它写一句进稿子
  F5        换掉：没有这回事，就地换一句，换成什么会说；
            没有可换的，带到写作那一步自己改
  F6        到写作那一步看这一句
  F7        把要问的存成一份清单，发给同事去填
  最下面是事实清单：每个数字的名称、年份、来源。可以改，
  最后一行添新的；F8 删掉光标所在的这一条。
  一时填不了的就空着，导出后稿子里仍标成〔待填〕。
  填错了再回这一格改；把它清空，〔待填〕就回来。
"""

    _refused: object = None
    """The row that F3 was last refused for, with what stood in it."""

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
        rows = {row.fact.name: row for row in self._rows if row.fact}
        for fact, used in self._sheet():
            if row := rows.pop(fact.name, None):
                row.show(fact=fact, used=used)
            else:
                self.query_one(Form).mount(FactRow(fact=fact, used=used), before=self._rows[-1])
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
        if unused and not left:
            told += f" 清单里没有用上的：{'、'.join(unused)}。"
        self.query_one("#facts-told", Static).update(told)
        facts = len(self._sheet())
        words = (f"事实清单　已有{facts}条" if facts else "事实清单　还没有", "bold")
        below = "　往下看全，" if facts and self.query_one(Form).max_scroll_y > 0 else "　"
        hint = (f"{below}可以改，清空或按 F8 就是删掉" if facts else "　自己句子里的数字也记在这里", "$text-muted")
        self.query_one("#facts-sheet", Static).update(Content.assemble(words, hint))

    def _begin(self) -> None:
        """The row asked for, the first open one, the first of all."""
        wanted, self.desk.place.blank = self.desk.place.blank, None
        rows = self._rows
        asked = (r for r in rows if wanted and r.question and any(
            (spot.block + 1, spot.text) == (wanted.paragraph, wanted.text) for spot in r.question.spots))  # fmt: skip
        still = (r for r in rows if r.question and not r.settled)
        (next(asked, None) or next(still, None) or rows[0]).enter()

    @property
    def _rows(self) -> list[FactRow]:
        return list(self.query(FactRow))

    @property
    def _row(self) -> FactRow | None:
        """The row that has the keys."""
        return row_of(self.focused)

    def _about(self, row: FactRow | None) -> None:
        about = self.query_one("#facts-about", Static)
        if row is None or row.fresh:
            about.update("稿子里要说的数字、名称记在这里：名称、数字、单位、年份、来源。合得上的句子会用它；自己的句子里照样写就算有了出处。")
        elif row.fact:
            unused = "" if row.used else "稿子里没有用上这条：按 F4 写一句进稿子，或到写作那一步自己写；不要了按 F8 删掉。"
            about.update(unused or "改了数，稿子里用到它的地方跟着改。")
        elif row.question:
            about.update(in_sentence(row.question, self.session.draft))

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
    def _entered(self) -> None:
        row = self._row
        added = row is not None and row.fresh and row.changed  # the row has room for another one then
        if row is not None and not self._keep(row):  # what is no answer is mended before one goes on
            return
        if added and row:
            row.enter()
        else:
            self.action_step(1)

    def ended(self, row: FactRow) -> None:
        """Like Enter there."""
        if self._keep(row):
            row.enter()

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

    # Putting it into the draft

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
            row.enter()
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
        made: list[Answer | None] = []

        def act() -> bool:
            before = row.answer
            made.append(revise(self.session, question, before, fact) if before else answer(self.session, question, fact) if fact else None)
            return made[-1] is not None

        if self.desk.change(act, quiet=True):
            self._answer(row, made[-1] if fact else None)
            return True
        if fact is None:  # its words have gone already: nothing is left to take back
            self._answer(row, None)
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
        fault = "" if name and value else "名称和内容都要填；先不添就清空这一行"
        fault = fault or (f"清单里已有“{name}”，在上面那一行改" if known else day_fault(value) or year_fault(year))
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

    # Keys

    def action_confirm(self) -> None:
        """What is to be verified is so; a fact that stands nowhere gets a sentence."""
        row = self._row
        if row and row.fact and not row.used:
            self._told(row.fact)
            return
        question = row.question if row else None
        if not row or not question or not question.blank.doubtful or row.settled:
            self.notify("F4 用在待核的行上：确有其事，就去掉〔待核〕")
            return
        made: list[Answer | None] = []

        def act() -> bool:
            made.append(confirm(self.session, question))
            return made[-1] is not None

        if self.desk.change(act, quiet=True):
            self._answer(row, made[-1])
            self.action_next_open()

    def _told(self, fact: Fact) -> None:
        """Puts a sentence with a fact into the draft, and says which and where."""
        made: list[tuple[str, int] | None] = []

        def act() -> bool:
            made.append(tell_fact(self.session, fact))
            return made[-1] is not None

        if self.desk.change(act, quiet=True) and (put := made[-1]):
            self._match()
            over = heading_at(self.session.draft, put[1])
            where = f"“{over}”底下" if over else "正文里"
            self.notify(f"写进了{where}那一段的末尾：{put[0]}　Ctrl+Z 拿掉；要改，到写作那一步", timeout=10, markup=False)

    def action_reject(self) -> None:
        """It is not so: another passage in its place; where there is none, to the sentence."""
        row = self._row
        if row and row.question and row.question.blank.doubtful and not row.settled:
            question, now = row.question, list[str]()

            def act() -> bool:
                now.append(swapped(self.session, question))
                return bool(now[-1])

            if self.desk.change(act, quiet=True):
                self._match()
                self.notify(f"换成了：{now[-1]}　Ctrl+Z 换回原来那句；要自己挑，到写作那一步", timeout=10, markup=False)
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
        """Takes the fact of the row off the sheet."""
        row = self._row
        if row and row.fact:
            self._dropped(row.fact.name)
        else:
            self.notify("F8 用在最下面的事实清单上；要去掉填好的内容，把那一格清空")

    def action_write_list(self) -> None:
        """Asks where to put the list of what is to be asked, and copies it."""
        self.before_leaving()
        ask_where(self.desk, self.session)
