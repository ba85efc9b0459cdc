"""What a genre needs, told to one who is about to write in it."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from drafting.genres import Genre
from drafting.plan import CHARACTERS_A_MINUTE
from tui.widgets.bar import bar

_KINDS = {"数据": "数字", "内容": "内容"}
BAR = 7


def needs(genre: Genre, occasion: str, level: str, characters: int) -> Content:
    """Length, listeners, parts with their shares of `characters`, and what only the writer has."""
    low, high = genre.range
    minutes = f"，讲 {low / CHARACTERS_A_MINUTE:.0f}–{high / CHARACTERS_A_MINUTE:.0f} 分钟" if genre.spoken else ""
    parts: list[str | tuple[str, str]] = [(f"{genre.name}\n", "bold"), (f"{genre.about}\n\n", "$text-muted")]
    parts += [("长短　", "$text-primary"), f"一般 {low}–{high} 字{minutes}\n"]
    parts += [("听众　", "$text-primary"), f"{_heard_by(genre, occasion, level)}\n"]
    if genre.tone.must_not:
        parts += [("忌讳　", "$text-primary"), f"{'、'.join(genre.tone.must_not)}\n"]
    parts.append(("\n各部分\n", "$text-primary"))
    most = max(sum(part.share) / 2 for part in genre.parts)
    for part in genre.parts:
        share, room = sum(part.share) / 2, round(characters * sum(part.share) / 2000) * 10
        name = part.name + " " * max(1, 11 - cell_len(part.name))
        parts += [name, (bar(share, most, BAR), "$text-success"), f" {part.share[0]:g}–{part.share[1]:g}%　{room}字\n"]
    return Content.assemble(*parts, *_must(genre))


def _heard_by(genre: Genre, occasion: str, level: str) -> str:
    if not genre.spoken:
        return "不当众讲，是交上去的书面材料"
    called = genre.salute(occasion, level).rstrip("：:")
    who = "台下的人归讲话人管，可以提要求、派任务" if genre.orders else "讲自己的，不给别人提要求"
    return (f"称“{called}”；" if called else "") + who


def _must(genre: Genre) -> list[str | tuple[str, str]]:
    """What the genre cannot do without and nobody else knows."""
    if not genre.must:
        return []
    rows: list[str | tuple[str, str]] = [("\n得由您提供\n", "$text-primary")]
    for must in genre.must:
        rows += [f"· {must.what}", (f"　{must.part}，{_KINDS.get(must.kind, must.kind)}\n", "$text-muted")]
    return [*rows, ("现在没有也不要紧，稿子里会留成〔待填〕；填上以后，稿子会比现在长些。", "$text-muted")]
