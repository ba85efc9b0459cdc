"""Step 4: the sentences, section by section, with what the banks offer beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from drafting.actions import split
from drafting.model import has_words
from drafting.numerals import heading_number
from phrasebank.model import ROLES
from tui.keys import key
from tui.screens.dialogs import AskLine, AskText
from tui.screens.step import Step
from tui.widgets.marks import legend
from tui.widgets.offers import Offers, origin_of
from tui.widgets.sentences import Row, SentenceList


class WriteScreen(Step):
    """Left the offers, right the section; the row at the highlight decides what is offered."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("f4", "swap", "换句"), key("f5", "insert", "插入"), key("f6", "edit", "改句"), key("f7", "edit_paragraph", "改段"),
        key("f8", "remove", "删"), key("f9", "own", "自写"),
        key("ctrl+r", "replace", "替换", show=False), key("ctrl+g", "widen", "换范围", show=False),
        key("ctrl+left,ctrl+b", "section(-1)", "前一部分", show=False), key("ctrl+right,ctrl+n", "section(1)", "后一部分", show=False),
    ]  # fmt: skip
    step = "write"
    help_text = """第4步　写作
  右边是这一部分的稿子，一行一句；左边是素材库给这一处的语句。
  句前的字：素 素材，模 模板，实 事实，空 待填，
            稿 已定下的话（自己写的、改过的）。
  ← →       换到前一、后一部分（光标要在右边；
            在哪里都能用的是 Ctrl+B、Ctrl+N）
  F4        这句换成下一条素材，不满意再按
  F5        把左边选中的素材插到这句后面
            （光标在左边时按 Enter 也一样）
  Ctrl+R    用左边选中的素材替换这句
  F6、Enter 自己改这句（在段首那行是改小标题）
  F7        自己改整段；另起一行就是另起一段
  F8        删这句（在段首那行是删整段）
  F9        自己写一句，放在这句后面
  Ctrl+G    左边换范围：
            本侧面→本主题→全部主题→不限作用
  左上角输入几个字，就只看含这几个字的素材。
"""

    def body(self) -> ComposeResult:
        """Two panes, and a line about the sentence at the highlight."""
        with Horizontal(classes="split", id="desk"):
            yield Offers()
            with Vertical(id="section"):
                yield Static("", id="section-title", markup=False)
                yield SentenceList()
        yield Static("", id="about", markup=False)

    def enter(self) -> None:
        """The section's sentences have the keys."""
        self.sentences.focus()

    @property
    def sentences(self) -> SentenceList:
        """The right pane."""
        return self.query_one(SentenceList)

    @property
    def offers(self) -> Offers:
        """The left pane."""
        return self.query_one(Offers)

    @property
    def section(self) -> int:
        """The section at hand; one that was removed meanwhile gives way to the last."""
        return min(self.desk.place.section, len(self.session.plan.sections) - 1)

    def refresh_step(self) -> None:
        """The section as it stands now."""
        planned = self.session.plan.sections[self.section]
        number = heading_number(1, planned.number) if planned.number else ""
        where = f"{self.section + 1}/{len(self.session.plan.sections)} {planned.part.name}"
        title = Content.assemble(("← ", "$text-muted"), (f"{number}{planned.heading}", "bold"), (f" {where} →", "$text-muted"))
        self.query_one("#section-title", Static).update(title)
        self.sentences.show_section(self.session, self.section, self.desk.place.row)
        self._look()

    @on(OptionList.OptionHighlighted, "#sentences")
    def _moved(self) -> None:
        if self.sentences.highlighted is not None:
            self.desk.place.row = self.sentences.highlighted
        self._look()

    @on(OptionList.OptionSelected, "#sentences")
    def _selected(self) -> None:
        self.action_edit()

    @on(Offers.Chosen)
    def _offered(self) -> None:
        self.action_insert()

    def _look(self) -> None:
        """Offers and the line below follow the highlight."""
        row = self.sentences.at
        facet = self.session.facet_of(self.section, row.paragraph) if row else ""
        self.offers.ask(self.session, self.session.role_of(self.section, row.item if row else None), facet)
        self.query_one("#about", Static).update(self._about(row))

    def _about(self, row: Row | None) -> Content:
        if row is None:
            return Content("这一部分还没有内容。按 F9 自己写一句，或在左边选一条素材按 Enter。")
        if row.item is None:
            return Content.assemble(("段首　", "$text-muted"), legend())
        if phrase := self.session.stack.by_id(row.item.phrase) if row.item.phrase else None:
            return Content.assemble((f"{ROLES[phrase.role]}　", "bold"), (f"出处 {origin_of(phrase)}", "$text-success"))
        return Content.assemble(("不是素材：模板的话或自己写的　", "$text-muted"), legend())

    # What can be done

    def _do(self, act: Callable[[], bool], row: int | None = None) -> None:
        """Changes the draft and shows it, the highlight on `row`."""
        if self.desk.change(act):
            if row is not None:
                self.desk.place.row = row
            self.refresh_step()

    def _uses(self, paragraph: int) -> list[str]:
        return [item.use for item in self.session.items(self.section, paragraph)]

    def _put(self, at: Row, new: Sequence[str], *, drop: int) -> bool:
        """Puts `new` after the row, or in its place (`drop` 1)."""
        uses = self._uses(at.paragraph)
        start = at.index + 1 - drop
        return self.session.put_items(self.section, at.paragraph, [*uses[:start], *new, *uses[start + drop :]])

    def action_section(self, step: int) -> None:
        """To the section before or after."""
        target = self.section + step
        if 0 <= target < len(self.session.plan.sections):
            self.desk.place.section, self.desk.place.row = target, 0
            self.refresh_step()
        else:
            self.notify("已经是第一部分" if step < 0 else "已经是最后一部分；按 F3 去预览")

    def action_swap(self) -> None:
        """The next candidate for the sentence."""
        row = self.sentences.at
        if row is None or row.item is None:
            self.notify("先把光标移到要换的句子上")
            return
        section = self.section
        if not self.desk.change(lambda: self.session.swap(section, row.paragraph, row.index), quiet=True):
            self.notify("这一处没有别的素材可换；可以按 F6 自己改")
        self.refresh_step()

    def action_insert(self) -> None:
        """The offer at the highlight, after the sentence."""
        self._take(drop=0)

    def action_replace(self) -> None:
        """The offer at the highlight, in the sentence's place."""
        row = self.sentences.at
        self._take(drop=1 if row and row.item else 0)

    def _take(self, *, drop: int) -> None:
        row, phrase = self.sentences.at, self.offers.chosen
        if phrase is None:
            self.notify("左边没有可用的素材；删几个字再筛，或按 F9 自己写")
        elif row is None:
            self.notify("这一部分没有段落；先按 F9 自己写一句")
        else:
            self._do(lambda: self._put(row, [phrase.id], drop=drop), self.desk.place.row + 1 - drop)

    def action_edit(self) -> None:
        """Asks for the sentence in the writer's own words, or for the run-in heading."""
        row = self.sentences.at
        if row is None:
            self.action_own()
        elif row.item is None:
            lead = self.session.paragraphs(self.section)[row.paragraph].lead_text
            text = lead.partition("）")[2].rstrip("。") if lead else ""
            hint = "不用写序号；空着就不要小标题。"
            self.app.push_screen(AskLine("改小标题", text, hint), lambda given: self._headed(row, given))
        else:
            hint = "改过的句子就算自己写的，不再标素材出处。"
            self.app.push_screen(AskText("改这一句", row.item.text, hint), lambda given: self._typed(row, given, drop=1))

    def _headed(self, row: Row, given: str | None) -> None:
        if given is not None:
            section = self.section
            self._do(lambda: self.session.head(section, row.paragraph, given))

    def _typed(self, row: Row, given: str | None, *, drop: int) -> None:
        if given is None or (row.item and drop and given == row.item.text):
            return
        text = "".join(line.strip() for line in given.splitlines())
        if text and not has_words(text):
            self.notify("一句话里至少要有一个汉字", severity="warning")
            return
        self._do(lambda: self._put(row, split(text), drop=drop), self.desk.place.row + 1 - drop)

    def action_own(self) -> None:
        """Asks for a sentence of the writer's."""
        row = self.sentences.at or Row(0, -1)
        hint = "只有自己知道的，可写成〔待填：数据｜名称｜单位〕，以后再补。"
        self.app.push_screen(AskText("自己写一句", "", hint), lambda given: self._typed(row, given, drop=0) if given else None)

    def action_edit_paragraph(self) -> None:
        """Asks for the whole paragraph."""
        row = self.sentences.at
        if row is None:
            self.action_own()
            return
        text = "".join(item.text for item in self.session.items(self.section, row.paragraph))
        hint = "没有动过的素材句子仍记着出处。另起一行就是另起一段。"
        self.app.push_screen(AskText("改这一段", text, hint), lambda given: self._retyped(row, text, given))

    def _retyped(self, row: Row, before: str, given: str | None) -> None:
        if given is None or given == before:
            return
        texts = [line.strip() for line in given.splitlines() if line.strip()]
        if not all(has_words(text) for text in texts):
            self.notify("每一段里至少要有一个汉字", severity="warning")
            return
        section = self.section
        self._do(lambda: self.session.retype(section, row.paragraph, texts))

    def action_remove(self) -> None:
        """Takes the sentence out, or on a paragraph's head the paragraph."""
        row = self.sentences.at
        if row is None:
            self.notify("这里没有可删的句子")
            return
        uses = self._uses(row.paragraph)
        left = [] if row.item is None else [*uses[: row.index], *uses[row.index + 1 :]]
        section = self.section
        self._do(lambda: self.session.put_items(section, row.paragraph, left))
        self.notify("已删；Ctrl+Z 可以找回")

    def action_widen(self) -> None:
        """Looks further for offers."""
        self.offers.widen()
