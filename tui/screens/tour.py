"""Six short cards for one who sees this for the first time. Any of them can be the last."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.keys import HELP, key
from tui.widgets.bars import KeyLine

TOUR = "tour"
"""The mark that says it was seen."""

CARDS = (
    ("一步一步走",
     "主题 → 身份 → 结构 → 写作 → 事实 → 审校 → 导出，最后得到一个 Word 文件。\n\nF3 下一步，F2 上一步。前后随便走，写下的不会丢。"),
    ("先有一稿，再慢慢改",
     "选好主题和文种，程序就从素材库里配出一稿：标题对仗，段落有话。\n\n不中意的句子按 F4 换一句，或按 F6 自己改。"
     "觉得没话说时，左边总有几十条可挑。"),
    ("数字不会替您编",
     "只有您知道的——数据、人名、事例——稿子里留成〔待填〕；像是有过、要您核实的，标成〔待核〕。\n\n"
     "“事实”那一步把空都列在一张表上，还告诉您该去问谁。"),
    ("自己的话最要紧",
     "随时可以自己写：F9 写一句，F7 改整段。自己写的话，换主题、换文种都会跟着走。\n\n"
     "手头有旧稿？在第一屏按 F5 打开 Word，它会变成可以改的提纲。"),
    ("不用存盘",
     "每改一处就自动存一次，突然断电、关了窗口，打开就能接着写，连没打完的那句也在。\n\n"
     "Ctrl+Z 撤销。想找前天的写法，按 F12 看历史版本。"),
    ("记住三个键就够",
     "F1　这一步能做什么\nCtrl+P　所有命令，打中文或拼音首字母来查\nCtrl+Q　退出\n\n想先练练手，就在第一屏选“拿样稿练手”，改坏了不要紧。"),
)  # fmt: skip


class TourScreen(ModalScreen[bool]):
    """One card after the other; the answer is whether the writer wants to begin, from the last one. `begins` says whether that is a new
    draft or only the way back to the one at hand."""

    BINDINGS: ClassVar[list[BindingType]] = [
        HELP, key("f3,right,enter,space,pagedown", "card(1)", "下一张", shown="F3"),
        key("f2,left,pageup", "card(-1)", "上一张", shown="F2"), key("f3,enter", "begin", "开始写", shown="F3"),
        key("escape", "app.pop_screen", "不看了", shown="Esc"),
    ]  # fmt: skip
    help_text = """六张卡片
  F3、→、Enter 下一张；到最后一张，F3、Enter 就开始写
  F2、←     上一张
  Esc       不看了；以后在第一屏按 F7 还能再看
"""

    def __init__(self, *, begins: bool) -> None:
        super().__init__()
        self.at, self.begins = 0, begins

    def compose(self) -> ComposeResult:
        """The card and the keys."""
        with Vertical(classes="box", id="card"):
            yield Static("", id="card-title", markup=False)
            with VerticalScroll(id="card-scroll", can_focus=False):
                yield Static("", id="card-text", markup=False)
            yield Static("", id="card-place", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """The first card."""
        self._show()

    @property
    def _last(self) -> bool:
        return self.at == len(CARDS) - 1

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Behind the last card there is no other: there one begins."""
        if action == "begin":
            return self._last
        return not (self._last and action == "card" and parameters == (1,))

    def action_card(self, step: int) -> None:
        """To the next or the one before."""
        self.at = max(0, min(self.at + step, len(CARDS) - 1))
        self._show()

    def action_begin(self) -> None:
        """From the cards to the writing."""
        self.dismiss(self.begins)

    def _show(self) -> None:
        title, text = CARDS[self.at]
        self.query_one("#card-title", Static).update(Content.assemble((title, "bold $text-primary")))
        self.query_one("#card-text", Static).update(text)
        dots = "●" * (self.at + 1) + "○" * (len(CARDS) - self.at - 1)
        begin = "F3 开始写" if self.begins else "F3 回到稿子"
        hint = begin if self._last else "F3 下一张　Esc 不看了"
        place = Content.assemble((dots, "$text-primary"), (f"　第{self.at + 1}张，共{len(CARDS)}张　{hint}", "$text-muted"))
        self.query_one("#card-place", Static).update(place)
        self.refresh_bindings()
