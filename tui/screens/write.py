"""Step 4: the sentences, section by section, with what the banks offer beside them, and the page beside those where there is room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import OptionList

from drafting import actions
from drafting.answered import line_up, still_quoted
from drafting.model import Outline
from drafting.numerals import heading_number
from drafting.shares import shares
from phrasebank.errors import NigaoError
from phrasebank.model import ROLES
from tui.keys import key
from tui.screens.asides import ask_text
from tui.screens.dialogs import AskLine
from tui.screens.look import LookScreen
from tui.screens.roles import PickRole
from tui.screens.step import Step
from tui.screens.turns import Turns
from tui.screens.writing_help import WRITING
from tui.widgets.marks import legend, most_of
from tui.widgets.offers import Offers, origin_of
from tui.widgets.preview import Preview
from tui.widgets.sentences import Row, SentenceList, is_locked
from tui.widgets.steady import SteadyText

REST = 0.2
"""Seconds after a change in which the next section is made ready."""
PAGE = 150
"""Columns from which the page stands beside the writing."""


class WriteScreen(Step):
    """Left the offers, right the section; the row at the highlight decides what is offered and where the page is."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("f4", "swap", "换句"), key("f5", "insert", "插入"), key("f6", "edit", "改句"), key("f7", "edit_paragraph", "改段"),
        key("f8", "remove", "删"), key("f9", "own", "自写"),
        key("shift+f4,f16,ctrl+e", "swap_back", "换回上一句", show=False), key("ctrl+r", "replace", "替换", show=False),
        key("ctrl+g", "widen", "换范围", show=False), key("ctrl+o", "role", "按作用看", show=False),
        key("ctrl+k", "lock", "锁定", show=False), key("ctrl+d", "redraw", "重拟这部分", show=False),
        key("f10,ctrl+u", "look", "看版面", show=False),
        key("shift+up,ctrl+up", "move_paragraph(-1)", "段落上移", show=False),
        key("shift+down,ctrl+down", "move_paragraph(1)", "段落下移", show=False),
        key("ctrl+left,ctrl+b", "section(-1)", "前一部分", show=False), key("ctrl+right,ctrl+n", "section(1)", "后一部分", show=False),
    ]  # fmt: skip
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-middle"), (110, "-wide"), (PAGE, "-page")]  # noqa: RUF012 - Textual's own way
    step = "write"
    _soon: Timer | None = None
    help_text = WRITING

    def body(self) -> ComposeResult:
        """Two panes or three, and a line about the sentence at the highlight."""
        with Horizontal(classes="split", id="desk"):
            yield Offers()
            with Vertical(id="section"):
                yield SteadyText("", id="section-title", markup=False)
                yield SentenceList()
            yield Preview(id="preview")
        yield SteadyText("", id="about", markup=False)

    def on_mount(self) -> None:
        """Where candidates have been turned over is remembered as long as the screen is open."""
        self.turns = Turns()
        super().on_mount()

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

    # ------------------------------------------------------------ showing
    def refresh_step(self) -> None:
        """The section as it stands now."""
        self.query_one("#section-title", SteadyText).say(self._title())
        self.sentences.show_section(self.session, self.section, self.desk.place.row)
        self._look(changed=True)
        if self._soon:
            self._soon.stop()
        self._soon = self.set_timer(REST, self._foresee)

    def _foresee(self) -> None:
        """The writer rests: the next section will be there at once."""
        self._soon = None
        if self.desk.session and self.session.plan.sections[self.section + 1 :]:
            with suppress(NigaoError):  # a bank that has gone meanwhile is told when it is asked for something
                self.sentences.foresee(self.session, self.section + 1)

    def on_resize(self) -> None:
        """The page comes and goes with the width; what stands beside headings has room or not."""
        if self.is_mounted and self.query(Preview):
            self.call_after_refresh(self.sentences.fit)
            self._page(self.sentences.at, changed=True)

    def _title(self) -> Content:
        """The section's heading; where we are; its share against the genre."""
        plan = self.session.plan
        planned, share = plan.sections[self.section], shares(self.session.draft, plan)[self.section]
        number = heading_number(1, planned.number) if planned.number else ""
        where = f"{self.section + 1}/{len(plan.sections)}"
        name = f" {planned.part.name}" if planned.heading else ""
        head = f"{number}{planned.heading or planned.part.name}"
        size = " ".join(filter(None, (f"{share.characters}字 {share.percent}%", share.wanted, share.verdict)))
        style = "bold $text-warning" if share.verdict else "$text-muted"
        return Content.assemble((f"← {where} → ", "$text-muted"), (head, "bold"), (name, "$text-muted"), "\n", (size, style))

    @on(OptionList.OptionHighlighted, "#sentences")
    def _moved(self) -> None:
        if self.sentences.highlighted is not None:
            self.desk.place.row = self.sentences.highlighted
        self._look()

    @on(OptionList.OptionSelected, "#sentences")
    def _selected(self) -> None:
        self.action_edit()

    @on(Offers.Left)
    def _left_offers(self) -> None:
        self.sentences.focus()

    @on(Offers.Chosen)
    def _offered(self) -> None:
        self.action_insert()

    def _look(self, *, changed: bool = False) -> None:
        """Offers, the page and the line below follow the highlight."""
        row = self.sentences.at
        facet = self.session.facet_of(self.section, row.paragraph) if row else ""
        place = (self.section, row.paragraph, row.index) if row else None
        self.offers.ask(self.session, self.session.role_of(self.section, row.item if row else None), facet, place)
        self.query_one("#about", SteadyText).say(self._about(row, facet))
        self._page(row, changed=changed)

    def _page(self, row: Row | None, *, changed: bool) -> None:
        """The page beside, where it is shown."""
        if self.app.size.width >= PAGE:
            page = self.query_one("#preview", Preview)
            here, sentence = self._block(row), row.item.text if row and row.item else ""
            if changed or not page.sheets:
                page.show(self.session.draft, here, sentence)
            else:
                page.follow(here, sentence)

    def _block(self, row: Row | None) -> int:
        """The number of the block the highlight is in, from 0; of an empty section its heading's, −1 where it has none."""
        blocks = self.session.draft.blocks
        wanted = self.session.paragraphs(self.section)[row.paragraph] if row else None
        there = (n for n, block in enumerate(blocks) if block is wanted or (wanted is None and block.slot[0] == self.section))
        return next(there, -1)

    def _about(self, row: Row | None, facet: str) -> Content:
        """Which paragraph and sentence the highlight is on, what it is about, and where its words come from."""
        if row is None or not self.session.items(self.section, row.paragraph):
            return Content("这里还没有内容。按 F9 自己写一句，或在左边选一条素材按 Enter。")
        place = f"第{row.paragraph + 1}段" + (f"第{row.index + 1}句" if row.item else "")
        turned = self.turns.turned(self.session, self.section, row)
        place += f"　换过{turned}次，Ctrl+E 换回" if turned else ""
        about = Content.assemble((f"{place}　", "bold"), (f"{facet}　" if facet else "", "$text-accent"))
        if row.item is None:
            lock = "已锁定　" if is_locked(self.session, self.section, row.paragraph) else ""
            return Content.assemble(about, (lock, "$text-warning"), legend())
        if phrase := self.session.stack.by_id(row.item.phrase) if row.item.phrase else None:
            now = self.session.outline.profile.year or 0
            filled = "　已补" if any(span.origin.kind == "fact" for span in row.item.spans) else ""
            source = (f"出处 {origin_of(phrase, now)}", "$text-success")
            return Content.assemble(about, (f"{ROLES[phrase.role]}　", "bold"), source, (filled, "$text-accent"))
        return Content.assemble(about, self._whose(row.item))

    def _whose(self, item: actions.Item) -> Content:
        """Where words come from that are no phrase of a bank as it stands there: changed ones, or none."""
        kind = most_of(item.spans)
        changed = any(span.origin.kind == "writer" for span in item.spans)
        if kind == "phrase":
            ref = next(span.origin.ref for span in item.spans if span.origin.kind == "phrase")
            source = origin_of(phrase, self.session.outline.profile.year or 0) if (phrase := self.session.stack.by_id(ref)) else "素材"
            return Content.assemble((f"出处 {source}", "$text-success"), ("　改过、补过" if changed else "", "$text-accent"))
        named = {"quotation": "引文", "template": "模板的话", "blank": "待填"}.get(kind, "自己的话")
        return Content.assemble((named + ("，改过" if changed and kind != "writer" else "") + "　", "$text-muted"), legend())

    # ------------------------------------------------------------ what can be done
    def _do(self, act: Callable[[], bool], row: int | None = None) -> bool:
        """Changes the draft and shows it, the highlight on `row`."""
        changed = bool(self.desk.change(act))
        if changed:
            if row is not None:
                self.desk.place.row = row
            self.refresh_step()
        return changed

    def _uses(self, paragraph: int) -> list[str]:
        return [item.use for item in self.session.items(self.section, paragraph)]

    def _put(self, at: Row | None, new: Sequence[str], *, drop: int, below: Sequence[str] = ()) -> bool:
        """Puts `new` after the row, or in its place (`drop` 1), and each of `below` as a paragraph after it."""
        section, paragraph = self.section, at.paragraph if at else -1
        uses = self._uses(paragraph) if at else []
        start = at.index + 1 - drop if at else 0

        def action(outline: Outline) -> Outline:
            if at:
                items = [*uses[:start], *new, *uses[start + drop :]]
                if items:
                    outline = actions.set_items(outline, section, paragraph, items)
                else:
                    outline = actions.remove_point(outline, section, paragraph)
            paragraphs = [actions.split(text) for text in below]
            for number, words in enumerate(paragraphs if at else [tuple(new), *paragraphs], 1):
                outline = actions.insert_point(outline, section, paragraph + number, words)
            return outline

        return self.session.edit(section, action)

    def _locked(self, row: Row | None) -> bool:
        """Whether the row stands in a locked paragraph, which is told: only typing changes one."""
        if row is None or not is_locked(self.session, self.section, row.paragraph):
            return False
        self.notify("这一段锁着。按 Ctrl+K 解锁再动；自己改（F6、F7）不用解锁")
        return True

    def action_section(self, step: int) -> None:
        """To the section before or after; what the offers were filtered by belonged to the one that is left."""
        target = self.section + step
        if 0 <= target < len(self.session.plan.sections):
            self.offers.clear()
            self.desk.place.section, self.desk.place.row = target, 0
            self.refresh_step()
            self.desk.tell_status()
        else:
            self.notify("已经是第一部分" if step < 0 else "已经是最后一部分；按 F3 往下走")

    def action_swap(self) -> None:
        """The next candidate for the sentence or the run-in heading."""
        row = self.sentences.at
        if row is None:
            self.notify("先把光标移到要换的句子上")
        elif not self._locked(row):
            section = self.section
            if not self.desk.change(lambda: self.turns.forward(self.session, section, row), quiet=True):
                joining = "这是模板里承上启下的话，没有别的写法" if row.item and row.item.joins else "这一处没有长短相当的素材可换"
                nothing = "没有别的小标题可换" if row.item is None else joining
                self.notify(f"{nothing}；可以按 F6 自己改")
            elif row.item and (left := still_quoted(self.session.draft, row.item.text)):
                self.notify(f"还有一处引着换掉的这句：“{left}”。请一并改，或按 Shift+F4 换回", severity="warning", timeout=8, markup=False)
            self.refresh_step()

    def action_swap_back(self) -> None:
        """What stood there before the last candidate."""
        row, section = self.sentences.at, self.section
        if row is None or not self.desk.change(lambda: self.turns.back(self.session, section, row), quiet=True):
            turned = row is not None and self.turns.turned(self.session, section, row) is not None
            never = "Ctrl+E 是把刚用 F4 换掉的那句换回来；光标这一处还没有用 F4 换过"
            self.notify("已经换回最先的那一句了；再往下换按 F4" if turned else never)
        else:
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
            self.notify("正在找，找到了再按" if self.offers.waiting else "左边没有可用的素材；删几个字再筛，或按 F9 自己写")
        elif not self._locked(row) and self._do(lambda: self._put(row, [phrase.id], drop=drop), self._next_row(row, drop)):
            self.offers.taken(phrase)

    def _next_row(self, row: Row | None, drop: int) -> int:
        return self.desk.place.row + 1 - drop if row else 1

    def action_edit(self) -> None:
        """Asks for the sentence in the writer's own words, or for the run-in heading."""
        row = self.sentences.at
        if row is None:
            self.action_own()
        elif row.item is None:
            text = actions.bare_heading(self.session.paragraphs(self.section)[row.paragraph].lead_text)
            hint = "不用写序号；空着就不要小标题。"
            self.app.push_screen(AskLine("改小标题", text, hint), lambda given: self._headed(row, given))
        else:
            hint = "改过的字算自己的，没有动过的仍记着出处。"
            ask_text(self.desk, "改这一句", row.item.text, hint, lambda given: self._edited(row, given))

    def _headed(self, row: Row, given: str | None) -> None:
        if given is not None:
            section = self.section
            self._do(lambda: self.session.head(section, row.paragraph, given))

    def _edited(self, row: Row, given: str | None) -> None:
        if given is not None and row.item and given != row.item.text:
            self._typed(row, _lines("".join(line.strip() for line in given.splitlines())), drop=1)

    def _typed(self, row: Row | None, lines: Sequence[str], *, drop: int) -> None:
        """Puts what was typed: the first line at the row, further ones as paragraphs below."""
        first, *below = lines or [""]
        if first or drop or below:
            words, at = actions.split(first), self._next_row(row, drop)
            if self._do(lambda: self._put(row, words, drop=drop, below=below), at):
                last = at + max(len(words) - 1, 0) + sum(1 + len(actions.split(text)) for text in below)
                self.call_after_refresh(self.sentences.show_through, last)

    def action_own(self) -> None:
        """Asks for a sentence of the writer's."""
        row = self.sentences.at
        hint = "另起一行就是另起一段。只有自己知道的可写成〔待填：数据｜名称｜单位〕，以后再补。"
        ask_text(self.desk, "自己写一句", "", hint, lambda given: self._typed(row, _lines(given, own=row is not None), drop=0))

    def action_edit_paragraph(self) -> None:
        """Asks for the whole paragraph."""
        row = self.sentences.at
        if row is None:
            self.action_own()
            return
        text = "".join(item.text for item in self.session.items(self.section, row.paragraph))
        hint = "没有动过的素材句子仍记着出处。另起一行就是另起一段。"
        ask_text(self.desk, "改这一段", text, hint, lambda given: self._retyped(row, text, given))

    def _retyped(self, row: Row, before: str, given: str | None) -> None:
        if given is None or given == before:
            return
        section, texts = self.section, [line.strip() for line in given.splitlines() if line.strip()]
        self._do(lambda: self.session.retype(section, row.paragraph, texts))

    def action_remove(self) -> None:
        """Takes the sentence out, or on a paragraph's head the paragraph."""
        row = self.sentences.at
        if row is None:
            self.notify("这里没有可删的句子")
        elif not self._locked(row):
            uses = self._uses(row.paragraph)
            left = [] if row.item is None else [*uses[: row.index], *uses[row.index + 1 :]]
            section = self.section
            if self._do(lambda: self.session.put_items(section, row.paragraph, left)):
                self.notify("已删；Ctrl+Z 可以找回")

    def action_lock(self) -> None:
        """Locks the paragraph, or unlocks it."""
        row, section = self.sentences.at, self.section
        if row is None:
            self.notify("这里没有可锁的段落")
            return
        lock = not is_locked(self.session, section, row.paragraph)
        if self._do(lambda: self.session.lock(section, row.paragraph, lock)):
            self.notify("锁住了：换句、重拟都不动这一段" if lock else "解锁了")

    def action_redraw(self) -> None:
        """Draws the section anew, but for what is locked or the writer's own."""
        section = self.section
        heads = [block.lead_text for block in self.session.paragraphs(section) if block.lead]
        if self.desk.change(lambda: self.session.redraw(section), quiet=True):
            self.refresh_step()
            lost = self._answers_lost()
            told = f"您填好的“{'、'.join(lost)}”也换掉了" if lost else "锁住的和自己写的没有动"
            if heads != [block.lead_text for block in self.session.paragraphs(section) if block.lead]:
                told = f"小标题也换了，{told}"
            self.notify(f"这一部分重拟了，{told}；Ctrl+Z 可以找回", severity="warning" if lost else "information", timeout=8, markup=False)
        else:
            self.notify("没有别的写法了：都锁着、都是自己写的，或素材不够")

    def _answers_lost(self) -> list[str]:
        """What was filled in and does not stand in the draft any more."""
        lines = self.desk.place.lines
        left = {line.number for line in line_up(lines, self.session) if line.answer}
        return [line.answer.fact.value for line in lines if line.answer and line.answer.fact.value and line.number not in left]

    def action_move_paragraph(self, step: int) -> None:
        """Moves the paragraph; the highlight goes with it."""
        row, section = self.sentences.at, self.section
        if row is None or not 0 <= row.paragraph + step < len(self.session.paragraphs(section)):
            self.notify("已经是第一段" if step < 0 else "已经是最后一段")
        elif self._do(lambda: self.session.move_paragraph(section, row.paragraph, step)):
            self.sentences.highlighted = self.sentences.head_of(row.paragraph + step) + row.index + 1

    def action_widen(self) -> None:
        """Looks further for offers."""
        self.offers.widen()

    def action_role(self) -> None:
        """Asks which role to look for."""
        self.app.push_screen(PickRole(self.offers.role), lambda role: self.offers.only(role) if role is not None else None)

    def action_look(self) -> None:
        """The page, on the whole screen."""
        row = self.sentences.at
        self.app.push_screen(LookScreen(self.session.draft, self._block(row), row.item.text if row and row.item else ""))


def _lines(given: str | None, *, own: bool = False) -> list[str]:
    """What was typed, a paragraph each; sentences that lack it get their full stop, or they would run into the next. With `own` an empty
    line in front says that all of it stands by itself."""
    front = [""] if own and given and not given.splitlines()[0].strip() else []
    rows = [line for row in (given or "").splitlines() if (line := row.strip())]
    return front + [f"{line}。" if "\u4e00" <= line[-1] <= "\u9fff" else line for line in rows]
