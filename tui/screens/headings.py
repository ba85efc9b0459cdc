"""Questions about headings and parts: a parallel set to choose, one heading beside its siblings, a part to add."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from drafting.genres import Genre, Part
from drafting.heading_sets import HeadingSet
from drafting.numerals import unnumbered
from phrasebank.model import ROLES
from tui.screens.dialogs import AskLine, Dialog
from tui.views.parallels import bar, verdict


class PickHeadings(Dialog[tuple[str, ...]]):
    """Sets of parallel headings, each with its score and the lengths of its headings, and before each what it stands over; the answer is
    the set at the highlight."""

    accept_label = "用这一组"

    def __init__(self, title: str, sets: Sequence[HeadingSet], over: Sequence[str] = ()) -> None:
        super().__init__(title, "↑↓ 看各组，Enter 用这一组，Esc 不换。横线是每句的字数。")
        self.sets, self.over = sets, over

    def fields(self) -> ComposeResult:
        """The sets, the one in use first."""
        columns = min(72, int(self.app.size.width * 0.94)) - 12  # the box with its frame, padding and scroll bar
        yield OptionList(*(_face(number, one, columns, self.over) for number, one in enumerate(self.sets)), id="sets", markup=False)

    def on_mount(self) -> None:
        """The first one that is not in use stands highlighted, for somebody asked for another."""
        listed = self.query_one(OptionList)
        listed.highlighted = min(1, len(self.sets) - 1)
        listed.focus()

    def value(self) -> tuple[str, ...] | None:
        """The highlighted set."""
        at = self.query_one(OptionList).highlighted
        return self.sets[at].headings if at is not None else None

    @on(OptionList.OptionSelected)
    def _picked(self) -> None:
        self.action_accept()


def _face(number: int, one: HeadingSet, columns: int, over: Sequence[str]) -> Content:
    """A set: its score, then its headings with what each stands over and a bar, beside them where there is room, else below."""
    score = f"{'对仗' if one.likeness.parallel else '不对仗'} {one.likeness.score * 100:.0f}分" if len(one.headings) > 1 else ""
    head = "现在用的" if one.used else f"第{number}组"
    parts: list[str | tuple[str, str]] = [(head, "bold"), "  ", (score, "$text-success" if one.likeness.parallel else "$text-warning")]
    bars = [bar(lengths) for lengths in one.likeness.lengths]
    widest, longest = max(map(cell_len, one.headings)), max(map(len, bars))
    names = over if len(over) == len(one.headings) else [""] * len(one.headings)
    margin = max(map(cell_len, names)) + 2 if any(names) else 0
    margin = margin if widest + margin <= columns else 0
    beside = margin + widest + 2 + longest <= columns
    for name, text, line in zip(names, one.headings, bars, strict=True):
        told = name + " " * (margin - cell_len(name)) if margin else ""
        gap = " " * (widest - cell_len(text) + 2) if beside else "\n  " + " " * margin
        parts += ["\n  ", (told, "$text-muted"), text, gap, (line, "$text-accent")]
    return Content.assemble(*parts)


class AskHeading(AskLine):
    """A heading beside its siblings: says as one types whether the set still stands parallel, and forbids nothing."""

    def __init__(self, title: str, text: str, hint: str, beside: Sequence[str], at: int) -> None:
        super().__init__(title, text, hint)
        self.beside, self.at = list(beside), at

    def fields(self) -> ComposeResult:
        """The line, and the score below it."""
        yield from super().fields()
        yield Static("", id="parallel", markup=False)

    def on_mount(self) -> None:
        """The score of the set as it stands."""
        self._tell()

    @on(Input.Changed)
    def _tell(self) -> None:
        self.query_one("#parallel", Static).update(self.told())

    def told(self) -> str:
        """The set with what is typed in its place: its score, what it was, and what breaks it."""
        typed = unnumbered(self.query_one(Input).value)
        if not 0 <= self.at < len(self.beside) or not typed:
            return ""
        after = [*self.beside[: self.at], typed, *self.beside[self.at + 1 :]]
        return f"和同级标题 {verdict(after, self.at)}" if verdict(after) else ""


class PickPart(Dialog[str]):
    """A part to add: one of the genre's, with what it does and takes, and whether there is one already."""

    accept_label = "加这一部分"

    def __init__(self, genre: Genre, there: Sequence[str]) -> None:
        super().__init__("加哪一种部分", "加在光标所在部分的后面；加了再用 Shift+↑↓ 移动，F6 改标题。")
        self.parts, self.there = genre.parts, there

    def fields(self) -> ComposeResult:
        """The genre's parts."""
        yield OptionList(*self._options(), id="parts", markup=False)

    def on_mount(self) -> None:
        """A part that is lacking stands highlighted, else the first that is worked out at length."""
        lacking = [n for n, part in enumerate(self.parts) if part.name not in self.there]
        long = [n for n, part in enumerate(self.parts) if part.points]
        listed = self.query_one(OptionList)
        listed.highlighted = next(iter((*lacking, *long, 0)))
        listed.focus()

    def _options(self) -> Iterator[Option]:
        for part in self.parts:
            yield Option(Content.assemble((part.name, "bold"), (f"  {_told(part, self.there.count(part.name))}", "$text-muted")), part.name)

    def value(self) -> str | None:
        """The name of the highlighted part."""
        option = self.query_one(OptionList).highlighted_option
        return str(option.id) if option else None

    @on(OptionList.OptionSelected)
    def _picked(self) -> None:
        self.action_accept()


def _told(part: Part, there: int) -> str:
    points = f"讲{part.points}个侧面" if part.points else ""
    share = f"宜{part.share[0]:.0f}–{part.share[1]:.0f}%"
    have = f"已有{there}个" if there else "还没有"
    role = ROLES[part.role] if ROLES[part.role] != part.name else ""
    return "　".join(filter(None, [role, "带标题" if part.heading else "", points, share, have]))
