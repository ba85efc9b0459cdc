"""Step 0: a new draft, one that is not finished, or a file; finished drafts, a sample and a tour."""

from __future__ import annotations

import time
from pathlib import Path

from rich.cells import cell_len as width
from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.keys import key
from tui.screens.step import Step
from tui.views.columns import cut
from tui.widgets.when import when

SIGNS = "◐◓◑◒"
"""What moves while one waits."""
SHOWN = 8
"""Unfinished drafts offered at once."""
ROOMY = 60
"""Columns from which there is room for explanations."""
WAIT = "素材库建好以后，这里就能新写一篇、打开文件、拿样稿练手。"
TOUR = "tour"
"""The mark that says the tour was seen (`tui.screens.tour`)."""


class StartScreen(Step):
    """Where the session begins. `finished` shows the drafts that are done instead of those that are not."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("f3", "forward", "选定"),
        key("f4", "new", "新写"), key("f5", "open", "打开文件"), key("f6", "finished", "写完的"), key("f7", "tour", "怎么用"),
        key("delete,f8", "shelve", "收起", shown="F8"), key("delete,f8", "unshelve", "放回", shown="F8"),
    ]  # fmt: skip
    help_text = """开始
  Enter     选中光标所在的一项
  F4        新写一篇
  F5        打开文件：提纲（.yaml）接着写；Word、文本、
            网页、PDF 变成提纲，原文的话一句不少
  F6        看写完的稿子，再按一次回来
  F7        六张卡片，说说怎么用
  F8        把光标所在的旧稿收到“写完的”里去
            （文件仍留着；在“写完的”里按，就放回来）
"""
    finished = False

    def body(self) -> ComposeResult:
        """The name, what is going on, and the choices."""
        with Vertical(id="start"):
            yield Static("拟 稿", classes="banner", markup=False)
            yield Static("讲话稿、党课、研讨发言，一步一步写成 Word", classes="motto", markup=False)
            yield Static("正在打开素材库", id="state", markup=False)
            with Center():
                yield OptionList(id="choices")

    def refresh_step(self) -> None:
        """The choices, once library and banks are open."""
        if self.desk.workshop is not None or self.desk.failure:
            self.ready()

    def enter(self) -> None:
        """A sign that moves as long as there is nothing to choose from."""
        if self.desk.workshop is None and not self.desk.failure:
            self._began = time.monotonic()
            self._waiting = self.set_interval(0.25, self._tell_waiting)

    def _tell_waiting(self) -> None:
        if self.desk.workshop is not None or self.desk.failure:
            self._waiting.stop()
            return
        seconds = time.monotonic() - self._began
        doing = _mining() if self.desk.mining else "正在打开素材库"
        self.query_one("#state", Static).update(f"{doing} {SIGNS[int(seconds * 4) % len(SIGNS)]} {int(seconds)} 秒")
        choices = self.query_one(OptionList)
        if self.desk.mining and not choices.option_count:  # half a minute: what one can do meanwhile, and why there is nothing else yet
            choices.add_options([Option(WAIT, disabled=True), None])
            choices.add_options([self._option("怎么用", "六张卡片，先看着", "tour"), Option("退出", "quit")])
            choices.focus()

    def on_resize(self) -> None:
        """Titles take what room there is."""
        self.refresh_step()

    def ready(self) -> None:
        """Library and banks are open, or have failed."""
        state, choices = self.query_one("#state", Static), self.query_one(OptionList)
        before = choices.highlighted_option.id if choices.highlighted_option else None
        choices.clear_options()
        if self.desk.failure:
            state.update(f"素材库没有打开：{self.desk.failure}")
            choices.add_options([Option("再试一次", "retry"), Option("退出", "quit")])
        else:
            said, options = self._finished() if self.finished else self._offered()
            state.update(said)
            choices.add_options(options)
        ids = [option.id for option in choices.options]
        choices.highlighted = ids.index(before) if before in ids else 0
        choices.focus()

    def _offered(self) -> tuple[str, list[Option | None]]:
        """What is told and offered first: a writer with drafts wants to go on, one without any wants to begin."""
        assert self.desk.store
        drafts, done = self.desk.store.unfinished(), self.desk.store.finished()
        rows: list[Option | None] = [self._draft(saved, "接着写") for saved in drafts[:SHOWN]]
        rows += [self._draft(done[0], "再改改")] if done and not drafts else []  # one comes back to what was exported last
        rows += [None] if rows else []
        rows += [self._option("新写一篇", "选主题，程序配出一稿，再慢慢改", "new")]
        rows += [self._option("打开文件", "提纲、Word、文本、网页、PDF", "open")]
        if done or len(drafts) > SHOWN:
            rows.append(self._option("写完的稿子", f"{len(done)} 篇，可以拿出来再改", "finished"))
        if not drafts and not done:
            rows.append(self._option("拿样稿练手", "一份填好了数字的研讨发言，随便改", "sample"))
        rows.append(self._option("素材库", "查语句、导入旧稿、看有多少（Ctrl+L）", "bank"))
        if not self.desk.store.knows(TOUR):
            rows.append(self._option("怎么用", "六张卡片，一分钟", "tour"))
        rows.append(self._option("退出", "", "quit"))
        if drafts:
            return "有没写完的稿子，按 Enter 接着写。", rows
        if done:
            return "上次写完的在第一行，按 Enter 再改改；按 F4 新写一篇。", rows
        return "按 Enter 新写一篇。看不明白时按 F1。", rows

    def _finished(self) -> tuple[str, list[Option | None]]:
        assert self.desk.store
        done = self.desk.store.finished()
        rows: list[Option | None] = [self._draft(saved, "") for saved in done]
        said = "写完的稿子：Enter 打开再改，F8 放回没写完的，F6 回去。" if done else "还没有写完的稿子。导出以后，稿子就到这里来。F6 回去。"
        return said, [*rows, *([None] if rows else []), self._option("回去", "", "back")]

    def _option(self, name: str, about: str, id_: str) -> Option:
        """A choice with what it is, in columns; where there is no room the name says enough."""
        if not about or self.size.width < ROOMY:
            return Option(Content.assemble((name, "bold")), id_)
        return Option(Content.assemble((name, "bold"), " " * (14 - width(name)), (about, "$text-muted")), id_)

    def _draft(self, saved: object, lead: str) -> Option:
        from drafting.store import Saved

        assert isinstance(saved, Saved)
        room = min(self.size.width, 76) - 6
        when_ = when(saved.mtime)
        facts = f"{saved.genre}　{when_}" + (f"　{saved.characters}字" if saved.characters else "")
        lead = f"{lead}　" if lead else ""
        if room >= 58:
            title = cut(saved.title, room - width(lead) - width(facts) - 2)
            gap = " " * (room - width(lead) - width(title) - width(facts))
            return Option(Content.assemble((lead, "bold"), title, gap, (facts, "$text-muted")), str(saved.path))
        title = cut(saved.title, room - width(lead))
        return Option(Content.assemble((lead, "bold"), title, "\n", (cut(f"　{facts}", room), "$text-muted")), str(saved.path))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        match event.option_id:
            case "new" | "open" | "finished" | "tour" as name:
                getattr(self, f"action_{name}")()
            case "back":
                self.action_finished()
            case "bank":
                self.desk.action_bank()
            case "sample":
                self._sample()
            case "quit":
                self.desk.action_leave()
            case "retry":
                self.query_one("#state", Static).update("正在打开素材库……")
                self.desk.load()
            case str(path):
                self._resume(Path(path))

    def _resume(self, path: Path) -> None:
        from tui.screens.dialogs import Confirm

        assert self.desk.store
        holder = self.desk.store.holder(path)
        if holder is None:
            self.desk.resume(path)
            return
        question = f"这份稿子正在另一个窗口里写着（进程 {holder}）。\n两边一起改会互相覆盖。要打开一份副本吗？"
        self.app.push_screen(Confirm("已经打开", question), lambda yes: self._copy(path) if yes else None)

    def _copy(self, path: Path) -> None:
        self.desk.resume(path, copy=True)

    def _open(self) -> bool:
        """Whether drafting can begin; says so when it cannot."""
        from tui.taking_in import is_open

        return is_open(self.desk)

    def _sample(self) -> None:
        from tui.taking_in import take_sample

        if self._open():
            take_sample(self.desk)

    def action_new(self) -> None:
        """On to the themes, without a session yet."""
        from tui.taking_in import begin_anew

        begin_anew(self.desk)

    def action_forward(self) -> None:
        """The highlighted choice."""
        self.query_one(OptionList).action_select()

    def action_back(self) -> None:
        """There is nothing before the start, but for what is shown instead of it."""
        if self.finished:
            self.action_finished()
        else:
            self.notify("已经是第一屏；退出请按 Ctrl+Q")

    def action_open(self) -> None:
        """Asks for a file."""
        from tui.taking_in import ask_file

        ask_file(self.desk)

    def action_finished(self) -> None:
        """Finished drafts, and back to the others."""
        if self._open():
            self.finished = not self.finished
            self.ready()

    def action_tour(self) -> None:
        """Six cards."""
        from tui.taking_in import show_tour

        show_tour(self.desk)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a draft can be put away."""
        if action not in ("shelve", "unshelve") or not self.shown:
            return True
        if self.finished != (action == "unshelve"):
            return False
        option = self.query_one(OptionList).highlighted_option
        return option is not None and str(option.id).endswith(".yaml")

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def action_unshelve(self) -> None:
        """Puts a finished draft back."""
        self.action_shelve()

    def action_shelve(self) -> None:
        """Puts the highlighted draft to the finished ones, or back."""
        option = self.query_one(OptionList).highlighted_option
        if option is None or not str(option.id).endswith(".yaml") or self.desk.store is None:
            self.notify("先把光标移到一份旧稿上")
            return
        path = Path(str(option.id))
        if self.finished:
            self.desk.store.reopen(path)
            self.notify("放回没写完的稿子里了")
        elif path in (saved.path for saved in self.desk.store.finished()):
            self.notify("它已经在“写完的”里；按 F6 能看到")
        else:
            self.desk.store.finish(path)
            self.notify("收到“写完的”里了，按 F6 能找到")
        self.ready()


def _mining() -> str:
    """What is being done the first time, and how far it is."""
    from drafting.builtin import how_far

    done, of = how_far() or (0, 0)
    told = f"已读 {done}/{of} 篇" if done < of else "都读完了，正在归并、写库" if of else "一般要半分钟到两分钟"
    return f"第一次用，正在从样稿里建素材库，只此一次\n{told}"
