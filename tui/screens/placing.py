"""A fact that stands nowhere, written into the draft: where is asked unless it is plain."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content

from drafting.beside import heading_at
from drafting.model import Fact
from drafting.telling import Place, is_sure, places, sentence_on, tell_fact
from tui.screens.picking import PickOne
from tui.views.columns import cut

if TYPE_CHECKING:
    from drafting.session import Session
    from tui.app import NigaoApp

BEGINNING = 52
"""Columns of a paragraph's beginning that are shown."""
COPY = Content.assemble(("都不合适", "bold"), "：把这句复制下来，自己到写作那一步放")


def place_fact(desk: NigaoApp, session: Session, fact: Fact, shown: Callable[[], None]) -> None:
    """Puts a sentence on a fact into the draft, and calls `shown`; asks where when more than one place would do, and says so when none
    would."""
    found = places(session, fact)
    if is_sure(found):
        _put(desk, session, fact, found[0], shown)
    elif found:
        box = PickOne("写到哪里", [*map(_row, found), COPY], f"要写的是：{sentence_on(session, fact)}　放在那一段的开头。Enter 选定。")

        def chosen(at: int | None) -> None:
            if at is not None and at < len(found):
                _put(desk, session, fact, found[at], shown)
            elif at is not None:
                _copy(desk, session, fact, "")

        desk.push_screen(box, chosen)
    else:
        _copy(desk, session, fact, "稿子里没有说成绩、做法、打算的段落，放哪里都不合适。")


def _row(place: Place) -> Content:
    over = f"　{place.over}" if place.over else f"　第{place.paragraph + 1}段"
    match = ("　同一件事", "$text-success") if place.of_its_matter else ("", "")
    return Content.assemble((place.part, "bold"), over, match, (f"\n　　{cut(place.begins, BEGINNING)}", "$text-muted"))


def _put(desk: NigaoApp, session: Session, fact: Fact, place: Place, shown: Callable[[], None]) -> None:
    """Says which sentence and where."""
    if put := desk.change(lambda: tell_fact(session, fact, place), quiet=True):
        shown()
        over = heading_at(session.draft, put[1])
        where = f"“{over}”底下" if over else "正文里"
        desk.notify(f"写进了“{place.part}”部分{where}那一段的开头：{put[0]}　Ctrl+Z 拿掉；要改，到写作那一步", timeout=8, markup=False)


def _copy(desk: NigaoApp, session: Session, fact: Fact, why: str) -> None:
    said = sentence_on(session, fact)
    desk.copy_to_clipboard(said)
    desk.notify(f"{why}已复制“{said}”，按 F2 到写作那一步，按 F9 贴到合适的地方", timeout=8, markup=False)
