"""Step 6: the whole text as the page will have it, and what the checks say of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafting.actions import change
from drafting.model import Finding
from drafting.plan import CHARACTERS_A_MINUTE
from drafting.rewording import accept, certain
from drafting.summary import blanks, said
from drafting.unhoused import fact_for
from tui.keys import key
from tui.screens.dialogs import AskLine
from tui.screens.step import Step
from tui.standing import is_blank, share_of
from tui.widgets.bars import Share
from tui.widgets.findings import Findings
from tui.widgets.page import Page

if TYPE_CHECKING:
    from drafting.checks.kinds import Rule

GROUPS = {"E": ("必改", "bold $text-error"), "W": ("提示", "bold $text-warning"), "I": ("说明", "bold $text-muted")}
"""Severities as the writer calls them, the worst first, with their style."""
BLANKS, UNHOUSED = "blanks", "F03"
"""The row for what is left to fill in; the rule of figures that no fact of the sheet holds."""
NEAR = 0.05
"""By how much of the length asked for a draft may miss it without a word."""


class ReviewScreen(Step):
    """The page, and beside it shares and findings."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("f4", "accept", "照改"), key("f5", "retitle", "改题目"), key("f6", "visit", "去改"), key("f7", "reseed", "换一稿"),
        key("f9", "accept_all", "全部照改", show=False),
    ]  # fmt: skip
    step = "review"
    help_text = """第6步　审校
  左边（窄屏时在上面）是整篇稿子在纸上的样子；旁边是查出来的问题：
  必改  不改不能定稿；提示  请看一眼，拿不准就改；
  说明  知道就行。
  ↑ ↓       在问题里走，稿子跟着翻到那一处，下面说为什么
  PgDn PgUp 翻看整篇稿子（没有问题时 ↑ ↓ 也翻）
  Enter、F6 到写作那一步改这一句，
            改完按两次 F3（经过事实那一步）回到这里
  Enter     在“数字没有出处”上，是去事实清单添上这个数字
  F4        写明“改为…”的，一个键照改（Ctrl+Z 可以退回）
  F9        写明“改为…”的全部照改
  F5        改题目
  F7        换一稿：没有动过的部分重新选句（可撤销）
  F3        去导出
"""
    rows: tuple[Finding, ...] = ()
    """The findings in the order in which they are listed."""

    def body(self) -> ComposeResult:
        """Page, shares, findings, and what is said of the one at hand."""
        with Horizontal(classes="split", id="review"):
            yield Page(id="page")
            with Vertical(id="todo"):
                yield Static("", id="shares", markup=False)
                yield Findings("#page", id="findings")
                yield Static("", id="finding", markup=False)

    @property
    def listed(self) -> OptionList:
        """The list of findings."""
        return self.query_one("#findings", OptionList)

    def enter(self) -> None:
        """The findings have the keys."""
        self.listed.focus()

    def refresh_step(self) -> None:
        """Everything anew."""
        self.query_one("#shares", Static).update(self._shares())
        self.run_worker(self._show(), exclusive=True)
        if self.desk.standing.known is None:
            self.desk.tell_status()  # asks for them
            self._list([Option("正在检查…", disabled=True)])
        else:
            self.checked()

    def checked(self) -> None:
        """The findings by severity, the highlight where it was."""
        found = [f for f in self.desk.standing.known or () if not is_blank(f)]
        self.rows = tuple(f for severity in GROUPS for f in found if f.severity == severity)
        self._list(list(self._options()))
        options = [str(option.id) for option in self.listed.options]
        at = f"f{min(self.desk.place.finding, len(self.rows) - 1)}"
        if at in options:
            self.listed.highlighted = options.index(at)
        elif BLANKS in options:
            self.listed.highlighted = options.index(BLANKS)
        self._tell()

    def _list(self, options: list[Option]) -> None:
        with self.prevent(OptionList.OptionHighlighted):
            self.listed.clear_options()
            self.listed.add_options(options)

    async def _show(self) -> None:
        await self.query_one(Page).show(self.session.draft)
        self._tell()
        self.call_after_refresh(self._tell)  # what has just been mounted has its place only now

    def _options(self) -> Iterator[Option]:
        at = 0
        for severity, (name, style) in GROUPS.items():
            group = [f for f in self.rows if f.severity == severity]
            if group:
                yield Option(Content.assemble((f"{name} {len(group)}处", style)), disabled=True)
            for finding in group:
                yield Option(_label(finding), f"f{at}")
                at += 1
        if left := len(blanks(self.session.draft)):
            yield Option(Content.assemble((f"还有 {left} 处待填、待核", "$text-warning"), "，按 Enter 去事实那一步补"), BLANKS)
        elif not self.rows:
            yield Option("没有查出问题，也没有待填的内容。PgDn、↓ 通读一遍，再按 F3 去导出。", disabled=True)

    def _shares(self) -> Content:
        parts: list[str | tuple[str, str]] = []
        draft = self.session.draft
        for number, section in enumerate(self.session.plan.sections):
            low, high = section.part.share
            share = Share(section.part.name, share_of(draft, number), low, high)
            right = f"宜{low:g}–{high:g}%" if (low, high) != (0, 100) else ""
            verdict = (f"{share.verdict} ", "$text-warning") if share.verdict else ""
            parts += [f"{share.name} {share.of:.0f}% ", verdict, (right, "$text-muted"), "\n"]
        return Content.assemble(*parts[:-1], *((f"\n{over}", "$text-warning") for over in filter(None, (self._over(),))))

    def _over(self) -> str:
        """By how much the draft is longer or shorter than was asked for, and where to begin; empty where that is near enough."""
        draft, plan = self.session.draft, self.session.plan
        more = said(draft) - plan.characters
        more = more if more > 0 else min(draft.characters - plan.characters, 0)  # what is filled in will take the room of its blank
        if abs(more) < NEAR * plan.characters:
            return ""
        sizes = [(share_of(draft, n) - sum(section.part.share) / 2, section.part.name) for n, section in enumerate(plan.sections)]
        _, name = max(sizes) if more > 0 else min(sizes)
        told = f"比要的{plan.characters}字{'多' if more > 0 else '少'}{abs(more)}字（约{abs(more) / CHARACTERS_A_MINUTE:.1f}分钟）"
        return f"{told}，{'先压' if more > 0 else '先补'}“{name}”"

    # The finding at hand

    @property
    def finding_at(self) -> Finding | None:
        """The finding at the highlight."""
        option = self.listed.highlighted_option
        name = str(option.id) if option else ""
        return self.rows[int(name[1:])] if name.startswith("f") and int(name[1:]) < len(self.rows) else None

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        if finding := self.finding_at:
            self.desk.place.finding = self.rows.index(finding)
        self._tell()

    def _tell(self) -> None:
        """Page and words follow the highlight."""
        finding, told = self.finding_at, self.query_one("#finding", Static)
        told.display = finding is not None
        if finding is not None:
            self.query_one(Page).point_at(finding.paragraph - 1, finding.start, finding.end)
            told.update(self._told(finding))

    def _told(self, finding: Finding) -> Content:
        rule = self._rules().get(finding.id)
        parts: list[str | tuple[str, str]] = [(f"{finding.name}　", "bold"), finding.message]
        if certain(finding):
            parts += ["\n", ("F4 改为", "bold $text-success"), f"“{finding.fix}”" if finding.fix else "：删去"]
        if finding.id == UNHOUSED:
            parts += ["\n", ("Enter 去事实清单添上", "bold $text-success"), "，数字已经填好；要改这一句按 F6。"]
        if finding.beside:
            parts += [("\n对照　", "$text-muted"), finding.beside]
        if rule and rule.reason != finding.message:
            parts += [("\n为什么　", "$text-muted"), (rule.reason, "$text-muted")]
        return Content.assemble(*parts)

    def _rules(self) -> dict[str, Rule]:
        from drafting.checks import load_rules

        return {rule.id: rule for rule in load_rules(self.session.library.folders)}

    # What can be done

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        finding = self.finding_at
        fact = fact_for(self.session.draft, finding) if finding and finding.id == UNHOUSED else None
        if fact:
            self.desk.place.fact = fact
            self.desk.go("facts")
        else:
            self.action_visit()

    def action_visit(self) -> None:
        """To the place in the writing step, of blanks to the facts step; where nothing is found it is said so."""
        option = self.listed.highlighted_option
        if finding := self.finding_at:
            self.desk.visit(max(finding.paragraph, 1) - 1, finding.start)
        elif option and option.id == BLANKS:
            self.desk.go("facts")
        elif self.desk.standing.known is None:
            self.notify("还在检查，查完再按")
        else:
            self.notify("没有要改的。按 F3 去导出；想再改改，按 F2 往回走")

    def action_accept(self) -> None:
        """Puts what the finding at hand is certain of."""
        finding = self.finding_at
        if finding is None:
            self.notify("先选一处查出的问题")
        elif not certain(finding):
            self.notify("这一处怎么改要由您定；按 F6 到能改的地方")
        else:
            self._accept([finding])

    def action_accept_all(self) -> None:
        """Puts all that is certain."""
        rows = [finding for finding in self.rows if certain(finding)]
        if rows:
            self._accept(rows)
        else:
            self.notify("没有能照着改的；按 F6 到能改的地方")

    def _accept(self, rows: list[Finding]) -> None:
        session = self.session
        if self.desk.change(lambda: accept(session, *rows), quiet=True):
            self.refresh_step()
            self.notify(f"已照改{len(rows)}处；Ctrl+Z 可以退回" if len(rows) > 1 else "已照改；Ctrl+Z 可以退回")
        else:
            self.notify("这一处照改不了：它跨着两句。按 F6 到能改的地方")

    def action_retitle(self) -> None:
        """Asks for a title."""
        hint = "空着就按主题和文种来拟。"
        self.app.push_screen(AskLine("改题目", self.session.draft.title, hint), self._retitled)

    def _retitled(self, given: str | None) -> None:
        session = self.session
        if given is not None and self.desk.change(lambda: session.apply(lambda o: change(o, title=given)), quiet=True):
            self.refresh_step()

    def action_reseed(self) -> None:
        """Another choice of wording wherever the writer has touched nothing."""
        session = self.session
        if self.desk.change(lambda: session.apply(lambda o: change(o, seed=o.seed + 1)), quiet=True):
            self.refresh_step()
            self.notify("没有动过的部分已重新选句；Ctrl+Z 可以换回去")


def _label(finding: Finding) -> Content:
    """What is wrong and with which words: «外地地名　“临河镇”»."""
    sign = ("改 ", "bold $text-success") if certain(finding) else "  "
    words = " ".join(finding.text.split())
    quoted = f"“{words[:18]}{'…' if len(words) > 18 else ''}”" if words else f"第{finding.paragraph}段"
    return Content.assemble(sign, finding.name, (f"　{quoted}", "$text-muted"))
