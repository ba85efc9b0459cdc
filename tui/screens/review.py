"""Step 5: the whole text as the page will have it, and what is still to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafting.actions import change
from drafting.model import Blank, Fact, Finding
from drafting.summary import sections as shares
from tui.keys import key
from tui.screens.dialogs import AskFact, AskLine, Confirm
from tui.screens.step import Step
from tui.widgets.page import Page


@dataclass(frozen=True, slots=True)
class Task:
    """Something still to do, in the block of that number (from 0): a blank or a finding."""

    block: int
    blank: Blank | None = None
    finding: Finding | None = None


class ReviewScreen(Step):
    """The page, and beside it shares, blanks and findings."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("f4", "fill", "补空"), key("f5", "retitle", "改题目"), key("f6", "visit", "去改"), key("f7", "reseed", "换一稿"),
    ]  # fmt: skip
    step = "review"
    help_text = """第5步　审校
  左边（窄屏时在上面）是整篇稿子，〔待填〕〔待核〕有底色；
  旁边是要办的事：待填的内容、检查出的问题。
  ↑ ↓       在要办的事里走，稿子跟着翻到那一段
  F4、Enter 补上待填的内容；问题则去写作那一步改
  F5        改题目
  F6        到写作那一步改这一段
  F7        换一稿：没有动过的部分重新选句（可撤销）
  F3        去导出
"""
    tasks: tuple[Task, ...] = ()

    def body(self) -> ComposeResult:
        """Page and tasks."""
        with Horizontal(classes="split", id="preview"):
            yield Page(id="page")
            with Vertical(id="todo"):
                yield Static("", id="shares", markup=False)
                yield OptionList(id="tasks", markup=False)

    def refresh_step(self) -> None:
        """Everything anew."""
        self.tasks = tuple(self._tasks())
        listed = self.query_one(OptionList)
        row = self._asked_for() or listed.highlighted or 0
        self.run_worker(self._show(min(row, len(self.tasks) - 1)), exclusive=True)
        self.query_one("#shares", Static).update(self._shares())
        listed.clear_options()
        listed.add_options([Option(_label(task)) for task in self.tasks])
        if not self.tasks:
            listed.add_option(Option("没有待填的内容，也没有查出问题。按 F3 去导出。", disabled=True))

    def _asked_for(self) -> int:
        """The row of the blank the writer was sent here for, once; 0 without one."""
        wanted, self.desk.place.blank = self.desk.place.blank, None
        rows = enumerate(self.tasks)
        return next((i for i, t in rows if wanted and (t.block + 1, str(t.blank)) == (wanted.paragraph, wanted.text)), 0)

    async def _show(self, row: int) -> None:
        await self.query_one(Page).show(self.session.draft)
        if row >= 0:
            self.query_one(OptionList).highlighted = row
        self.query_one(OptionList).focus()

    def _tasks(self) -> Iterator[Task]:
        for number, block in enumerate(self.session.draft.blocks):
            for span in (*block.lead, *block.spans):
                if span.origin.blank is not None:
                    yield Task(number, blank=span.origin.blank)
        for finding in self.desk.findings():
            if finding.id != "R03":  # blanks are listed by themselves
                yield Task(finding.paragraph - 1, finding=finding)

    def _shares(self) -> Content:
        parts: list[str | tuple[str, str]] = []
        for section, row in zip(self.session.plan.sections, shares(self.session.draft), strict=False):
            share = float(str(row["share"]))
            low, high = section.part.share
            verdict = "偏少" if share * 100 < low else "偏多" if share * 100 > high else ""
            parts += [f"{section.part.name} {share:.0%} ", (f"{verdict} ", "$text-warning"), (f"宜{low:g}–{high:g}%", "$text-muted"), "\n"]
        return Content.assemble(*parts[:-1])

    @property
    def task_at(self) -> Task | None:
        """The task at the highlight."""
        at = self.query_one(OptionList).highlighted
        return self.tasks[at] if at is not None and at < len(self.tasks) else None

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        if task := self.task_at:
            self.query_one(Page).point_at(task.block)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_fill() if self.task_at and self.task_at.blank else self.action_visit()

    def action_fill(self) -> None:
        """Asks what belongs into the blank."""
        task = self.task_at
        if task is None or task.blank is None:
            self.notify("先在右边选一处待填的内容")
            return
        blank, block = task.blank, task.block
        near = _sentence(self.session.draft.blocks[block].text, str(blank))
        if blank.doubtful:
            question = f"{near}\n\n本地确有其事吗？F3 确认属实、去掉〔待核〕；不属实按 Esc，再按 F6 去换掉这句。"
            box = Confirm(f"核实：{blank.what}", question)
            self.app.push_screen(box, lambda yes: self._filled(task, Fact(blank.what, "")) if yes else None)
        else:
            self.app.push_screen(AskFact(blank, near), lambda fact: self._filled(task, fact) if fact else None)

    def _filled(self, task: Task, fact: Fact) -> None:
        blank, session = task.blank, self.session
        assert blank
        if self.desk.change(lambda: session.fill(task.block, blank, fact)):
            self.refresh_step()

    def action_retitle(self) -> None:
        """Asks for a title."""
        hint = "空着就按主题和文种来拟。"
        self.app.push_screen(AskLine("改题目", self.session.draft.title, hint), self._retitled)

    def _retitled(self, given: str | None) -> None:
        session = self.session
        if given is not None and self.desk.change(lambda: session.apply(lambda o: change(o, title=given)), quiet=True):
            self.refresh_step()

    def action_visit(self) -> None:
        """To the paragraph of the task, in the writing step; the first paragraph where there is no task."""
        if task := self.task_at:
            self.desk.visit(task.block)
        else:
            self.desk.go("write")

    def action_reseed(self) -> None:
        """Another choice of wording wherever the writer has touched nothing."""
        session = self.session
        if self.desk.change(lambda: session.apply(lambda o: change(o, seed=o.seed + 1)), quiet=True):
            self.refresh_step()
            self.notify("没有动过的部分已重新选句；Ctrl+Z 可以换回去")


def _sentence(text: str, blank: str) -> str:
    """The sentence the blank stands in."""
    at = max(text.find(blank), 0)
    end = text.find("。", at)
    return text[text.rfind("。", 0, at) + 1 : end + 1 if end >= 0 else len(text)]


def _label(task: Task) -> Content:
    if blank := task.blank:
        sign = "核" if blank.doubtful else "填"
        unit = f"（{blank.unit}）" if blank.unit else ""
        return Content.assemble((sign, "bold $text-warning"), f" {blank.kind}：{blank.what}{unit}")
    assert task.finding
    style = "bold $text-error" if task.finding.severity == "E" else "$text-accent"
    sign = {"E": "错", "W": "提"}.get(task.finding.severity, "注")
    return Content.assemble((sign, style), f" {task.finding.message}", (f" {task.finding.text[:20]}", "$text-muted"))
