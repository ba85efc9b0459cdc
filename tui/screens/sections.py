"""Step 3: the parts of the speech, their headings and what each is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafting import actions, heading_sets, restructure
from drafting.actions import set_heading
from drafting.model import Outline
from drafting.numerals import heading_number
from drafting.plan import PlannedPoint
from drafting.session import Session, stock
from drafting.shares import Share, shares
from tui.keys import key
from tui.screens.dialogs import PickFacets
from tui.screens.headings import AskHeading, PickHeadings, PickPart
from tui.screens.step import Step
from tui.views.parallels import points, verdict

MARGIN = 4
"""Columns of the tree that are no text: padding and scroll bar."""
RANGE = 8
"""Columns of the widest range, 宜23–33%."""


class SectionsScreen(Step):
    """The tree of parts. A part's rows stand together: its heading, then its points."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        key("f4", "redraw", "大标题"), key("f5", "redraw_points", "小标题"), key("f6", "rename", "改"),
        key("f7", "facets", "侧面"), key("f8,delete", "remove", "删", shown="F8"), key("f9,insert", "add", "加", shown="F9"),
        key("shift+up,ctrl+up", "move(-1)", "上移", show=False), key("shift+down,ctrl+down", "move(1)", "下移", show=False),
    ]  # fmt: skip
    step = "sections"
    help_text = """第3步　结构
  每一行是一个部分，下面缩进的是它要讲的侧面：主题的
  一个方面，如安全生产的“应急处置”“责任落实”。
  右边是字数、占全文的比例；“宜4–10%”是这个文种里
  这一部分合适的比例，超出或不够会写“偏多”“偏少”。
  “对仗98分”说几个标题对得齐不齐：句数、字数、虚词、
  词的搭配都一样是100分；不对仗也能用。
  字数里没有算您还要填的：填上待填的，稿子会长些。
  F4        大标题：几套对仗的标题里挑一套，一起换
  F5        小标题：光标所在部分的小标题挑一套；
            自带正文的标题，正文跟着换，会说一声
  F6、Enter 改光标所在的标题，底下的正文不动；
            改不整齐会说，不拦着
  F7        选这一部分讲哪几个侧面；没动的侧面、
            别的部分都不变
  F8        删光标所在的部分；光标在侧面上就删侧面
  F9        在光标所在部分的后面加一个部分
  Shift+↑ ↓ 上移、下移这一部分或这个侧面
  F3        去写作
"""

    def body(self) -> ComposeResult:
        """The title, the tree, and how parallel the headings stand."""
        yield Static("", id="draft-title", markup=False)
        yield OptionList(id="tree", markup=False)
        yield Static("", id="tree-hint", markup=False)

    @property
    def rows(self) -> OptionList:
        """The list that shows the tree."""
        return self.query_one("#tree", OptionList)

    def refresh_step(self) -> None:
        """The tree as the outline has it, the highlight where it was."""
        row = self.rows.highlighted
        self.query_one("#draft-title", Static).update(Content.assemble("《", (self.session.draft.title, "bold"), "》"))
        self.rows.clear_options()
        self.rows.add_options(self._lines())
        self.rows.highlighted = min(row or 0, self.rows.option_count - 1)
        self._hint()

    def enter(self) -> None:
        """The tree has the keys."""
        self.rows.focus()

    def on_resize(self) -> None:
        """Figures stand at the right edge, wherever it is now."""
        self.refresh_step()

    def _lines(self) -> Iterator[Option]:
        taken = shares(self.session.draft, self.session.plan)
        sizes = sizes_of(self.session)
        for index, section in enumerate(self.session.plan.sections):
            number = heading_number(1, section.number) if section.number else ""
            head = Content.assemble((f"{number}{section.heading or section.part.name}", "bold"))
            part = Content.assemble((section.part.name if section.heading else "", "$text-muted"))
            yield Option(self._line(head, part, _figures(taken[index])), f"s{index}")
            named = [(i, section.points[i]) for i in _named(section.points)]
            for i, point in named:
                branch = "  └ " if i == named[-1][0] else "  ├ "
                head = Content.assemble(branch, point.heading or "（没有小标题）")
                about = Content.assemble((point.facet, "$text-accent"))
                yield Option(self._line(head, about, _size(sizes[index, i])), f"s{index}.{i}")

    def _line(self, head: Content, about: Content, right: Content) -> Content:
        """A row with its figures at the right edge, below it where there is no room; what it is about beside the heading or there."""
        width = self.app.size.width - MARGIN
        left = Content.assemble(head, "  ", about) if about else head
        room = width - left.cell_length - right.cell_length
        if room >= 2:
            return Content.assemble(left, " " * room, right)
        if left.cell_length <= width:
            return Content.assemble(left, "\n    ", right)
        return Content.assemble(head, "\n    ", about, "  ", right)

    @property
    def at(self) -> tuple[int, int]:
        """Section and point of the highlighted row; the point is −1 on a section's own row."""
        option = self.rows.highlighted_option
        section, _, point = str(option.id)[1:].partition(".") if option else ("0", "", "")
        return min(int(section), len(self.session.plan.sections) - 1), int(point) if point else -1

    def _point_at(self, section: int, row: str) -> None:
        """Puts the highlight on a row, on its section's where it is gone."""
        ids = [option.id for option in self.rows.options]
        name = row if row in ids else f"s{section}"
        self.rows.highlighted = ids.index(name) if name in ids else 0

    # ------------------------------------------------------------ headings
    def _headings(self) -> list[str]:
        return [section.heading for section in self.session.plan.sections if section.heading]

    def _runin(self, section: int) -> list[str]:
        return [point.heading for point in self.session.plan.sections[section].points if point.heading]

    @on(OptionList.OptionHighlighted, "#tree")
    def _hint(self) -> None:
        """The line below the tree: how parallel the headings are, and those of the part at the highlight."""
        large, small = self._headings(), self._runin(self.at[0])
        told = [f"{name}{verdict(rows)}" for name, rows in (("大标题", large), ("小标题", small)) if len(rows) > 1]
        told += ["填上待填的，稿子还会长些"] if self._grows() else []
        self.query_one("#tree-hint", Static).update(Content.assemble(("　".join(["Shift+↑↓移动", *told]), "$text-muted")))

    def _grows(self) -> bool:
        """Whether the draft is shorter than was asked for and has blanks: what the writer fills in makes it longer."""
        figures = self.desk.standing.figures()
        held = (span.origin.blank for block in self.session.draft.blocks for span in block.spans)
        return bool(figures and figures.characters < figures.target and any(blank and not blank.doubtful for blank in held))

    @on(OptionList.OptionSelected, "#tree")
    def _selected(self) -> None:
        self.action_rename()

    def action_redraw(self) -> None:
        """Proposes sets of section headings."""
        session = self.session
        sets = heading_sets.section_sets(session.outline, session.library)
        over = [section.part.name for section in session.plan.sections if section.heading]
        self._propose("挑一套大标题", sets, over, lambda o, rows: heading_sets.with_section_headings(o, session.library, rows))

    def action_redraw_points(self) -> None:
        """Proposes sets of run-in headings for the part at the highlight."""
        session, section = self.session, self.at[0]
        sets = heading_sets.point_sets(session.outline, session.library, section)
        planned = session.plan.sections[section]
        over = [point.facet for point in planned.points if point.heading]
        title = f"给“{planned.part.name}”挑一套小标题"
        self._propose(title, sets, over, lambda o, rows: heading_sets.with_point_headings(o, session.library, section, rows), section)

    def _propose(
        self, title: str, sets: Sequence[heading_sets.HeadingSet], over: Sequence[str], put: Callable[[Outline, tuple[str, ...]], Outline],
        section: int | None = None,
    ) -> None:  # fmt: skip
        if not sets:
            points = bool(self.session.plan.sections[self.at[0]].points)
            told = "这一部分还没有小标题；光标移到侧面上，按 F6 自己加" if points else "这里不用成套的标题；F9 加部分，F7 选侧面"
            self.notify(told)
        elif len(sets) == 1:
            self.notify("没有别的成套标题可换；可以按 F6 自己改")
        else:
            self.app.push_screen(PickHeadings(title, sets, over), lambda rows: self._chosen(put, rows, sets[0].headings, section))

    def _chosen(
        self, put: Callable[[Outline, tuple[str, ...]], Outline], rows: tuple[str, ...] | None, used: tuple[str, ...], section: int | None
    ) -> None:
        before = self._bodies()
        if rows == used:
            self.notify("还是原来那一套标题")
        elif rows and self.desk.change(lambda: self.session.structure(lambda o: put(o, rows), section), quiet=True):
            self.refresh_step()
            if other := (before - self._bodies()).total():
                self.notify(f"换了标题，底下的正文也跟着换了{other}段（新标题自带的）。只想改标题，Ctrl+Z 撤销，再用 F6 改", timeout=10)

    def _bodies(self) -> Counter[str]:
        """The paragraphs of the draft without their headings."""
        return Counter(block.text[len(block.lead_text) :] for block in self.session.draft.blocks if block.kind == "paragraph")

    def _told(self, changed: bool | None, nothing: str) -> None:
        if changed:
            self.refresh_step()
        else:
            self.notify(nothing)

    def action_rename(self) -> None:
        """Asks for another heading."""
        section, point = self.at
        planned = self.session.plan.sections[section]
        if point < 0 and not planned.part.heading:
            self.notify(f"“{planned.part.name}”部分不用标题")
            return
        text = planned.points[point].heading if point >= 0 else planned.heading
        siblings, before = self._siblings(section, point)
        hint = "不用写序号。" + ("空着就不要小标题。" if point >= 0 else "空着就由文种来拟。")
        ask = AskHeading("改小标题" if point >= 0 else "改大标题", text, hint, siblings, before)
        self.app.push_screen(ask, lambda given: self._renamed(section, point, given) if given != text else None)

    def _siblings(self, section: int, point: int) -> tuple[list[str], int]:
        """The headings of the same level that stand together, and the place of this one among them."""
        sections = self.session.plan.sections
        if point < 0:
            return self._headings(), sum(bool(s.heading) for s in sections[:section])
        return self._runin(section), sum(bool(p.heading) for p in sections[section].points[:point])

    def _renamed(self, section: int, point: int, given: str | None) -> None:
        if given is None:
            return
        session = self.session
        siblings, at = self._siblings(section, point)
        if point < 0:
            changed = self.desk.change(lambda: session.structure(lambda o: set_heading(o, section, given)), quiet=True)
        else:
            changed = self.desk.change(lambda: session.rename_point(section, point, given), quiet=True)
        self._told(changed, "标题没有变")
        if changed:
            self._warn(siblings, self._siblings(section, point)[0], at)

    def _warn(self, before: Sequence[str], after: Sequence[str], at: int) -> None:
        """Says that a set has come to stand less parallel by one heading."""
        if len(before) == len(after) > 1 and points(after) < points(before):
            self.notify(f"改前对仗{points(before)}分，现在{verdict(after, at)}。不要紧，也可以再改", markup=False, timeout=8)

    # ------------------------------------------------------------ parts
    def action_facets(self) -> None:
        """Asks which facets the part treats."""
        section, _ = self.at
        planned = self.session.plan.sections[section]
        if not planned.part.points:
            self.notify(f"“{planned.part.name}”部分不分侧面")
            return
        theme = self.session.plan.theme
        rows = [(f.name, f"{f.name}  {stock(self.session.stack, theme.name, f.name)}条") for f in theme.facets]
        chosen = [point.facet for point in planned.points if point.facet]
        head = f"（{heading_number(1, planned.number)}{planned.heading}）" if planned.heading else ""
        title = f"整个“{planned.part.name}”部分讲哪几个侧面{head}"
        self.app.push_screen(PickFacets(title, rows, chosen), lambda p: self._picked(section, p))

    def _picked(self, section: int, facets: list[str] | None) -> None:
        if not facets:
            return
        session, name = self.session, self.session.plan.sections[section].part.name
        before, there = self._bodies_by_facet(section), [p.facet for p in session.plan.sections[section].points if p.facet]
        self._told(self.desk.change(lambda: session.choose_facets(section, facets), quiet=True), "侧面没有变")
        gone = [facet for facet in there if facet not in facets]
        new = [facet for facet in facets if facet not in there]
        if new or gone:
            after = self._bodies_by_facet(section)
            other = (_without(before, gone) - after).total()
            did = "，".join(f"{verb}了{'、'.join(names)}" for verb, names in (("加", new), ("去掉", gone)) if names)
            rest = f"另有{other}段也变了，Ctrl+Z 可以退回" if other else "别的侧面、别的部分都没有动"
            self.notify(f"“{name}”{did}；{rest}", markup=False, timeout=8)

    def _bodies_by_facet(self, section: int) -> Counter[tuple[str, str]]:
        """The paragraphs of the draft, headings included, each with its facet where it stands in that section."""
        session = self.session
        rows = Counter[tuple[str, str]]()
        for index in range(len(session.plan.sections)):
            for number, block in enumerate(session.paragraphs(index)):
                words = actions.bare_heading(block.lead_text) + block.text[len(block.lead_text) :]  # numbers move up and down
                rows[session.facet_of(index, number) if index == section else "", words] += 1
        return rows

    def _do(self, act: Callable[[Outline], Outline], section: int, point: int = -1) -> bool:
        """Changes the tree; the highlight goes to that row."""
        session = self.session
        if not self.desk.change(lambda: session.apply(act), quiet=True):
            return False
        self.refresh_step()
        self._point_at(section, f"s{section}.{point}" if point >= 0 else f"s{section}")
        return True

    def action_add(self) -> None:
        """Asks which part to add."""
        there = [section.part.name for section in self.session.plan.sections]
        self.app.push_screen(PickPart(self.session.plan.genre, there), self._added)

    def _added(self, part: str | None) -> None:
        if part is None:
            return
        library, at = self.session.library, self.at[0] + 1
        if self._do(lambda o: restructure.added(o, library, at, part), at):
            self.notify(f"加了“{part}”。F4 挑成套标题，F6 自己改，Ctrl+Z 撤销")

    def action_remove(self) -> None:
        """Takes out the part, or the point the highlight is on."""
        section, point = self.at
        library, planned = self.session.library, self.session.plan.sections
        if point >= 0 and len(planned[section].points) < 2:
            self.notify("至少留一个侧面；整个部分都不要，请把光标移到它的标题上再按 F8")
        elif point >= 0:
            if self._do(lambda o: restructure.point_removed(o, library, section, point), section, max(point - 1, 0)):
                self.notify("已删去这个侧面；Ctrl+Z 可以找回")
        elif len(planned) < 2:
            self.notify("至少要留一个部分")
        elif self._do(lambda o: restructure.removed(o, library, section), max(section - 1, 0)):
            self.notify("已删去这一部分；Ctrl+Z 可以找回")

    def action_move(self, step: int) -> None:
        """Moves the part or the point; the highlight goes with it."""
        section, point = self.at
        library = self.session.library
        if point >= 0:
            self._do(lambda o: restructure.point_moved(o, library, section, point, step), section, point + step)
        else:
            self._do(lambda o: restructure.moved(o, library, section, step), section + step)


def _without(rows: Counter[tuple[str, str]], facets: Collection[str]) -> Counter[tuple[str, str]]:
    return Counter({row: count for row, count in rows.items() if row[0] not in facets})


def sizes_of(session: Session) -> Counter[tuple[int, int]]:
    """Characters of each point of each section, by their numbers; what follows under a heading counts with it: settled paragraphs stand
    each by itself and have no row of their own."""
    sizes = Counter[tuple[int, int]]()
    for block in session.draft.blocks:
        sizes[block.slot] += len("".join(block.text.split()))
    for index, section in enumerate(session.plan.sections):
        named, points = _named(section.points), section.points
        for i, point in enumerate(points):
            over = max((n for n in named if n < i), default=-1)
            if i not in named and over >= 0 and point.facet == points[over].facet:
                sizes[index, over] += sizes[index, i]
    return sizes


def _named(points: Sequence[PlannedPoint]) -> list[int]:
    """The points that have a row of their own."""
    return [i for i, point in enumerate(points) if point.heading or (point.facet and not point.point.fixed)]


def _figures(share: Share) -> Content:
    """What the share comes to, characters, percent and the genre's range, in columns."""
    style = "bold $text-warning" if share.verdict else "$text-muted"
    wanted = share.wanted + " " * (RANGE - Content(share.wanted).cell_length)
    told = f"{share.verdict} {share.characters}字 {share.percent:>2}%  {wanted}".lstrip()
    return Content.assemble((told, style))


def _size(characters: int) -> Content:
    """The characters of a point, below those of its section."""
    return Content.assemble((f"{characters}字{' ' * (RANGE + 6)}", "$text-muted"))
