"""How a phrase is told at the bank desk: a row of the list, and all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from drafting.shelf import Shelf
from phrasebank.model import KINDS, POLARITIES, ROLES, Phrase
from phrasebank.search import Hit

VIEWS = {"pinned": "置顶", "hidden": "隐藏", "edited": "改写", "own": "自己加"}
"""What was decided, as the last filter lists it; tags follow."""

Part = str | tuple[str, str]


def row(hit: Hit, shelf: Shelf) -> Content:
    """The wording over a line that says what it is."""
    return Content.assemble(*_marks(hit, shelf), hit.phrase.text, "\n", (_kind(hit.phrase), "$text-muted"), *_tags(hit))


def _marks(hit: Hit, shelf: Shelf) -> Iterator[Part]:
    if hit.pinned:
        yield "▲", "bold $text-warning"
    if shelf.is_hidden(hit.phrase.id):
        yield "×", "bold $text-error"
    if shelf.is_own(hit.phrase.id):
        yield "自", "bold $text-primary"
    elif shelf.as_mined(hit.phrase.id):
        yield "改", "bold $text-primary"


def _kind(phrase: Phrase) -> str:
    facets = "、".join(phrase.facets[:2])
    kind = KINDS[phrase.kind] if phrase.kind not in ("sentence", phrase.role) else ""
    named = (ROLES[phrase.role], kind, phrase.theme or "", facets)
    return "·".join(filter(None, named)) + (f"  ×{phrase.count}" if phrase.count > 1 else "")


def _tags(hit: Hit) -> Iterator[Part]:
    if hit.tags:
        yield "  " + " ".join(f"#{tag}" for tag in hit.tags), "$text-accent"


def about(hit: Hit, shelf: Shelf) -> Content:
    """All that is known of a phrase."""
    return Content.assemble(*_about(hit, shelf))


def _about(hit: Hit, shelf: Shelf) -> Iterator[Part]:
    phrase = hit.phrase
    yield f"{phrase.text}\n\n", "bold"
    if mined := shelf.as_mined(phrase.id):
        yield f"原文　{mined}\n", "$text-muted"
    for name, value in _facts(phrase):
        if value:
            yield f"{name}　", "$text-muted"
            yield f"{value}\n"
    decided = [VIEWS["pinned"]] if hit.pinned else []
    decided += [VIEWS["hidden"]] if shelf.is_hidden(phrase.id) else []
    decided += [f"#{tag}" for tag in hit.tags]
    if decided:
        yield "取舍　", "$text-muted"
        yield f"{' '.join(decided)}\n"
    yield from _sources(phrase, own=shelf.is_own(phrase.id))


def _facts(phrase: Phrase) -> Iterator[tuple[str, str]]:
    yield "作用", "·".join(dict.fromkeys(filter(None, [ROLES[phrase.role], KINDS[phrase.kind], POLARITIES.get(phrase.polarity, "")])))
    yield "主题", "·".join(filter(None, [phrase.theme or "", *phrase.facets]))
    yield "文种", phrase.genre or ""
    yield "层级", phrase.level or ""
    yield "年份", "" if not phrase.years else "—".join(dict.fromkeys(map(str, phrase.years)))
    yield "用过", f"{phrase.documents} 篇 {phrase.count} 次" if phrase.count else ""


def _sources(phrase: Phrase, *, own: bool) -> Iterator[Part]:
    if own:
        yield "出处　", "$text-muted"
        yield "自己加的\n"
    for source in phrase.sources[:5]:
        yield "出处　", "$text-muted"
        yield f"{source.file}:{source.line}\n", "$text-success"
    if phrase.sources:
        yield "按 F4 看原文前后\n", "$text-muted"
