"""Ways into a draft besides a new one: a file of any readable kind, a sample, what was left over from last time, an earlier version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from phrasebank.errors import NigaoError

if TYPE_CHECKING:
    from textual.screen import Screen

    from drafting.history import Version
    from drafting.importing import Found, Speech
    from drafting.model import Outline
    from drafting.store import Typed
    from tui.app import NigaoApp
    from tui.screens.importing import Imported

T = TypeVar("T")

SAMPLE = ("samples", "安全生产-研讨发言.yaml")


def _ask(desk: NigaoApp, box: Screen[T], answered: Callable[[T | None], object]) -> None:
    """Pushes a box in the application's own turn: the screen at hand, which would be told the answer otherwise, may be gone by then."""
    desk.call_later(desk.push_screen, box, answered)


def is_open(desk: NigaoApp) -> bool:
    """Whether drafting can begin; says so when it cannot."""
    if desk.workshop is None:
        wait = "素材库还没有建好，上面写着进度；建好了这里就有得选" if desk.mining else "素材库还没有打开，请稍等"
        desk.notify("素材库没有打开，原因在上面；改好以后选“再试一次”" if desk.failure else wait)
    return desk.workshop is not None


def begin_anew(desk: NigaoApp) -> None:
    """On to the themes, without a session yet."""
    if is_open(desk):
        desk.drop()
        desk.go("theme")


def ask_file(desk: NigaoApp) -> None:
    """Asks which file to open. What is typed in the step at hand is kept first."""
    from tui.screens.picking import PickFile

    if desk.workshop is None or desk.store is None:
        desk.notify("素材库还没有打开，打开了再按")
    elif desk.keep_typed_fields():
        _ask(desk, PickFile(desk.store.recent()), lambda path: open_file(desk, path) if path else None)


def show_tour(desk: NigaoApp) -> None:
    """Six cards; having been seen they are offered no more, but can be asked for. The last one leads to a new draft where none is at
    hand."""
    from tui.screens.tour import TOUR, TourScreen

    if desk.store:
        desk.store.mark(TOUR)

    def seen(begin: bool | None) -> None:
        desk.refresh_step()
        if begin:
            begin_anew(desk)

    _ask(desk, TourScreen(begins=desk.session is None), seen)


def take_sample(desk: NigaoApp) -> None:
    """A copy of the sample draft, to play with."""
    from drafting.config import TEMPLATES
    from drafting.outline import load

    assert desk.workshop
    if not desk.keep_typed_fields():
        return
    try:
        outline = load(TEMPLATES.joinpath(*SAMPLE), desk.workshop.library)[0]
    except NigaoError as error:  # a genre or theme of the user's may stand in the place of ours
        desk.alarm(str(error), "样稿打不开")
        return
    if desk.adopt(outline):
        desk.notify("这是一份样稿的副本，随便改，改坏了也不要紧。", title="练手", timeout=8)


def open_file(desk: NigaoApp, path: Path) -> None:
    """An outline as a new draft, or a text as an outline; the writer is asked where there is something to choose."""
    from drafting.outline import ENDINGS

    if path.suffix.lower() in ENDINGS:
        _open_outline(desk, path)
    else:
        desk.run_worker(lambda: _read_text(desk, path), thread=True, exclusive=True, exit_on_error=False, group="opening")


def _open_outline(desk: NigaoApp, path: Path) -> None:
    assert desk.workshop and desk.store
    from drafting.outline import load
    from tui.screens.picking import PickOne

    try:
        outlines = load(path, desk.workshop.library)
    except NigaoError as error:
        desk.alarm(str(error), "打不开这份提纲")
        return
    desk.store.opened(path)
    if len(outlines) == 1:
        desk.adopt(outlines[0])
        return
    names = [f"{outline.title or outline.theme}　{outline.genre}" for outline in outlines]
    _ask(
        desk,
        PickOne(f"{path.name} 里有 {len(outlines)} 份提纲", names, "↑↓ 选一份，Enter 打开。"),
        lambda at: None if at is None else _adopted(desk, outlines[at]),
    )


def _adopted(desk: NigaoApp, outline: Outline) -> None:
    desk.adopt(outline)


# Texts


def _read_text(desk: NigaoApp, path: Path) -> None:
    """In a thread: .doc goes through LibreOffice, which takes seconds."""
    assert desk.workshop
    from drafting.importing import find_speeches

    desk.call_from_thread(desk.notify, f"正在读 {path.name} ……", timeout=3, markup=False)
    try:
        found = find_speeches(path, desk.workshop.library)
    except (NigaoError, OSError) as error:
        desk.call_from_thread(desk.alarm, str(error), "读不出这个文件")
        return
    desk.call_from_thread(_choose_speech, desk, found)


def _choose_speech(desk: NigaoApp, found: Found) -> None:
    """Asks which of several speeches is meant."""
    assert desk.store
    from tui.screens.picking import PickOne

    desk.store.opened(found.file)
    if len(found.speeches) == 1:
        _ask_about(desk, found, found.speeches[0])
        return
    names = [f"{speech.title or '（没有标题）'}　{speech.characters}字" for speech in found.speeches]
    _ask(
        desk,
        PickOne(f"{found.file.name} 里有 {len(found.speeches)} 篇", names, "↑↓ 选一篇，Enter 往下。其余的可以再打开一次。"),
        lambda at: None if at is None else _ask_about(desk, found, found.speeches[at]),
    )


def _ask_about(desk: NigaoApp, found: Found, speech: Speech) -> None:
    from tui.screens.importing import ImportDialog

    _ask(desk, ImportDialog(found, speech), lambda answer: None if answer is None else _take_in(desk, answer))


def _take_in(desk: NigaoApp, answer: Imported) -> None:
    assert desk.workshop and desk.store
    from drafting.importing import outline_of

    profile = replace(desk.store.habits().profile, level=answer.level)
    try:
        outline = outline_of(
            answer.speech, answer.genre, answer.theme, desk.workshop.library, profile, title=answer.title, clean=answer.clean
        )
    except NigaoError as error:
        desk.alarm(str(error), "没有导入")
        return
    if desk.adopt(outline):
        desk.notify("原文的话都在这里了，算作您自己写的。F3 往下走，F2 回去改身份和结构。", title="已导入", timeout=8)


# What is left over, and what was


def offer_left_over(desk: NigaoApp) -> None:
    """Offers what was typed last time and never came into the draft."""
    typed = desk.keeping.left_over()
    if typed is None:
        return
    from tui.screens.leftover import LeftOver

    _ask(desk, LeftOver(typed), lambda answer: _put_left_over(desk, typed, answer))


def _put_left_over(desk: NigaoApp, typed: Typed, answer: str | None) -> None:
    """Into the draft as a paragraph of the section where the writer was, or away; kept for another time where he did not say."""
    if answer is None or desk.session is None:
        desk.keeping.hold(typed)
        return
    if answer == "put":
        session, section = desk.session, min(desk.place.section, len(desk.session.plan.sections) - 1)
        at = len(session.paragraphs(section))
        desk.change(lambda: session.insert_paragraph(section, at, typed.text))
        desk.refresh_step()
    desk.keeping.forget_left_over()


def show_history(desk: NigaoApp) -> None:
    """The versions of the draft at hand."""
    from tui.screens.history import HistoryScreen

    if desk.session is None or desk.path is None:
        desk.notify("打开一份稿子以后，才有它的历史版本")
    elif not isinstance(desk.screen, HistoryScreen) and desk.keep_typed_fields():
        desk.keeping.keep_version()
        _ask(desk, HistoryScreen(desk.path), lambda version: _take_back(desk, version) if version else None)


def _take_back(desk: NigaoApp, version: Version) -> None:
    """The draft becomes that version; Ctrl+Z undoes it."""
    assert desk.session and desk.workshop
    session = desk.session
    try:
        outline = version.restored(desk.workshop.library, desk.workshop.stack)
    except NigaoError as error:
        desk.alarm(str(error), "这一版打不开了")
        return
    if desk.change(lambda: session.apply(lambda _: outline), quiet=True):
        desk.keeping.keep_version()
        desk.notify("已换回那一版；不合适可以按 Ctrl+Z 撤销")
    desk.refresh_step()
