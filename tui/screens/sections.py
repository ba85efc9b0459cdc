"""Step 3: the parts of the speech, their headings and what each is about."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafting.actions import move_section, remove_section, set_heading
from drafting.numerals import heading_number
from drafting.session import stock
from drafting.summary import sections as shares
from tui.keys import key
from tui.screens.dialogs import AskLine, PickFacets
from tui.screens.step import Step


class SectionsScreen(Step):
    """The tree of parts. A part's rows stand together: its heading, then its points."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("f4", "redraw", "换标题"), key("f5", "redraw_points", "换小标题"), key("f6", "rename", "改标题"),
        key("f7", "facets", "选侧面"), key("f8,delete", "remove", "删", shown="F8"),
        key("shift+up,ctrl+up", "move(-1)", "上移", show=False), key("shift+down,ctrl+down", "move(1)", "下移", show=False),
    ]  # fmt: skip
    step = "sections"
    help_text = """第3步　结构
  每一行是一个部分，下面缩进的是它要讲的侧面。
  F4        大标题换一套（几个大标题一起换，保持对仗）
  F5        光标所在部分的小标题换一套
  F6、Enter 改光标所在的标题
  F7        选这一部分讲哪几个侧面
  Shift+↑ ↓ 这一部分上移、下移
  F8        删去这一部分
  F3        去写作
"""

    def body(self) -> ComposeResult:
        """The title and the tree."""
        yield Static("", id="draft-title", markup=False)
        yield OptionList(id="tree")
        yield Static("Shift+↑↓ 移动这一部分，Ctrl+Z 撤销", classes="hint", id="tree-hint", markup=False)

    def refresh_step(self) -> None:
        """The tree as the outline has it, the highlight where it was."""
        tree = self.query_one(OptionList)
        row = tree.highlighted
        self.query_one("#draft-title", Static).update(Content.assemble("《", (self.session.draft.title, "bold"), "》"))
        tree.clear_options()
        tree.add_options(self._rows())
        tree.highlighted = min(row or 0, tree.option_count - 1)

    def enter(self) -> None:
        """The tree has the keys."""
        self.query_one(OptionList).focus()

    def _rows(self) -> Iterator[Option]:
        lengths = shares(self.session.draft)
        for index, section in enumerate(self.session.plan.sections):
            number = heading_number(1, section.number) if section.number else ""
            part = f"  {section.part.name}" if section.heading else ""
            size = f"  {lengths[index]['characters']}字 {lengths[index]['share']:.0%}" if index < len(lengths) else ""
            words = f"{number}{section.heading or section.part.name}"
            yield Option(Content.assemble((words, "bold"), (part + size, "$text-muted")), f"s{index}")
            named = [(i, point) for i, point in enumerate(section.points) if point.facet or point.heading]
            for i, point in named:
                words = point.heading or "（没有小标题）"
                about = f"  {point.facet}" if point.facet else ""
                branch = "  └ " if i == named[-1][0] else "  ├ "
                yield Option(Content.assemble(branch, words, (about, "$text-accent")), f"s{index}.{i}")

    @property
    def _at(self) -> tuple[int, int]:
        """Section and point of the highlighted row; the point is −1 on a section's own row."""
        option = self.query_one(OptionList).highlighted_option
        section, _, point = str(option.id)[1:].partition(".") if option else ("0", "", "")
        return int(section), int(point) if point else -1

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_rename()

    def action_redraw(self) -> None:
        """The next set of headings."""
        self._told(self.desk.change(self.session.redraw_headings, quiet=True), "这个文种只有一套标题；可以按 F6 自己改")

    def action_redraw_points(self) -> None:
        """The next set of run-in headings in this part."""
        session, section = self.session, self._at[0]
        changed = self.desk.change(lambda: session.redraw_point_headings(section), quiet=True)
        self._told(changed, "这一部分没有别的小标题可换；可以按 F6 自己改")

    def _told(self, changed: bool, nothing: str) -> None:
        if changed:
            self.refresh_step()
        else:
            self.notify(nothing)

    def action_rename(self) -> None:
        """Asks for another heading."""
        section, point = self._at
        planned = self.session.plan.sections[section]
        if point < 0 and not planned.part.heading:
            self.notify(f"“{planned.part.name}”部分不用标题")
            return
        text = planned.points[point].heading if point >= 0 else planned.heading
        hint = "不用写序号。" + ("空着就不要小标题。" if point >= 0 else "空着就由文种来拟。")
        self.app.push_screen(AskLine("改标题", text, hint), lambda given: self._renamed(section, point, given))

    def _renamed(self, section: int, point: int, given: str | None) -> None:
        if given is None:
            return
        session = self.session
        if point < 0:
            changed = self.desk.change(lambda: session.structure(lambda o: set_heading(o, section, given)), quiet=True)
        else:
            changed = self.desk.change(lambda: session.rename_point(section, point, given), quiet=True)
        self._told(changed, "标题没有变")

    def action_facets(self) -> None:
        """Asks which facets the part treats."""
        section, _ = self._at
        planned = self.session.plan.sections[section]
        if not planned.part.points:
            self.notify(f"“{planned.part.name}”部分不分侧面")
            return
        theme = self.session.plan.theme
        rows = [(f.name, f"{f.name}  {stock(self.session.stack, theme.name, f.name)}条") for f in theme.facets]
        chosen = [point.facet for point in planned.points if point.facet]
        self.app.push_screen(PickFacets(f"“{planned.part.name}”讲哪几个侧面", rows, chosen), lambda p: self._picked(section, p))

    def _picked(self, section: int, facets: list[str] | None) -> None:
        if facets:
            session = self.session
            self._told(self.desk.change(lambda: session.choose_facets(section, facets), quiet=True), "侧面没有变")

    def action_remove(self) -> None:
        """Takes the part out, or the point the highlight is on."""
        section, _ = self._at
        if len(self.session.plan.sections) < 2:
            self.notify("至少要留一个部分")
            return
        session = self.session
        if self.desk.change(lambda: session.structure(lambda o: remove_section(o, section)), quiet=True):
            self.refresh_step()
            self.notify("已删去这一部分；Ctrl+Z 可以找回")

    def action_move(self, step: int) -> None:
        """Moves the part; the highlight goes with it."""
        section, _ = self._at
        session = self.session
        if self.desk.change(lambda: session.structure(lambda o: move_section(o, section, step)), quiet=True):
            self.refresh_step()
            tree = self.query_one(OptionList)
            tree.highlighted = tree.get_option_index(f"s{section + step}")
