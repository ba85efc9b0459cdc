"""`nigao headings`: how parallel headings are, what breaks them, and sets that stand parallel."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from drafting.config import Library, Theme, load_library
from drafting.errors import ConfigError
from drafting.parallel import Break, Likeness, breaks, measure
from drafting.parallel.generate import SIZE, Proposal, propose, repaired
from tui.output import BOLD, DIM, GREEN, RED, YELLOW, Output
from tui.views.parallels import said

LONGEST = 60
"""Characters of the longest heading that is looked at: what is longer is no heading."""


def headings(call: Namespace, output: Output) -> int:
    """Headings beside the given ones, how parallel they are and what breaks them, or sets from a theme."""
    given = _given(call)
    library = load_library()
    theme = library.theme(call.theme) if call.theme else _spoken_of(library, given)
    genre = library.genre(call.genre).name if call.genre else ""
    if not given and theme is None:
        raise ConfigError("请写一条或几条标题，或用 --theme 指定主题，如：nigao headings --theme 安全生产")
    likeness = measure(given) if len(given) > 1 else None
    base = repaired(given) if given else ()
    size = _size(call.n, given, base)
    more = _of_banks(call.bank, theme.name if theme else "") if base else ()
    proposals = propose(theme, base, size, seed=call.seed, limit=call.count, genre=genre, more=more) if size else ()
    if call.json:
        _data(output, given, likeness, proposals)
    else:
        _told(output, given, likeness, base, proposals)
    return 0


def _given(call: Namespace) -> list[str]:
    """The headings of the call, none empty, too long or too many. Several may stand in one argument, by lines or ／."""
    found = [piece.strip() for text in call.text for piece in text.replace("／", "\n").splitlines() if piece.strip()]
    if long := next((text for text in found if len(text) > LONGEST), None):
        raise ConfigError(f"“{long[:20]}…”有 {len(long)} 个字，不像标题；标题不超过 {LONGEST} 个字")
    if bare := next((text for text in found if not any(c.isalnum() for c in text)), None):
        raise ConfigError(f"“{bare}”里没有字")
    if len(found) > SIZE[1]:
        raise ConfigError(f"一组标题最多 {SIZE[1]} 条，给了 {len(found)} 条")
    return found


def _size(wanted: int | None, given: Sequence[str], base: Sequence[str]) -> int:
    """How many headings a set has: `wanted` more than the given ones, as many as are given where some must be replaced, 0 for none."""
    if not given:
        size = 3 if wanted is None else wanted
    elif len(base) < len(given):
        size = len(given) + (wanted or 0)
    else:
        size = len(given) + (wanted if wanted is not None else 2 if len(given) == 1 else 1)
        if wanted is None and size > SIZE[1]:
            return 0
    if not SIZE[0] <= size <= SIZE[1]:
        raise ConfigError(f"一组标题是 {SIZE[0]}–{SIZE[1]} 条，照 -n {wanted} 会是 {size} 条")
    return size


def _spoken_of(library: Library, given: Sequence[str]) -> Theme | None:
    """The theme whose name stands in the headings."""
    text = "".join(given)
    return next((t for t in library.themes.values() if any(name in text for name in (t.name, *t.aliases) if len(name) > 2)), None)


def _of_banks(paths: Sequence[str], theme: str) -> tuple[str, ...]:
    """Headings of the user's banks, those of the theme first."""
    if not paths:
        return ()
    from drafting.workshop import Workshop
    from phrasebank.search import Query

    stack = Workshop.open(paths, builtin=False).stack
    queries = [Query(kind=kind, theme=name) for name in dict.fromkeys((theme, "")) for kind in ("set", "heading")]
    texts = [piece for query in queries for hit in stack.search(query, 200) for piece in hit.phrase.text.split("；")]
    return tuple(dict.fromkeys(texts))


# ---------------------------------------------------------------- for programs
def _data(output: Output, given: Sequence[str], likeness: Likeness | None, proposals: Sequence[Proposal]) -> None:
    if likeness is not None:
        output.data({"kind": "likeness", "headings": list(given), **_figures(likeness), "breaks": [_break(b) for b in breaks(given)]})
    for proposal in proposals:
        output.data({
            "kind": "proposal", "headings": list(proposal.headings), "new": list(proposal.new), "source": proposal.source,
            "frame": proposal.frame or None, **_figures(proposal.likeness),
        })  # fmt: skip


def _figures(likeness: Likeness) -> dict[str, Any]:
    return {
        "parallel": likeness.parallel, "score": likeness.score, "clauses": round(likeness.clauses, 3), "length": round(likeness.length, 3),
        "words": round(likeness.words, 3), "speech": round(likeness.speech, 3), "openings": round(likeness.openings, 3),
        "series": likeness.series, "lengths": [list(row) for row in likeness.lengths],
    }  # fmt: skip


def _break(found: Break) -> dict[str, Any]:
    return {"heading": found.member, "clause": found.clause, "kind": found.kind, "found": found.found, "expected": found.expected}


# ---------------------------------------------------------------- for people
def _told(output: Output, given: Sequence[str], likeness: Likeness | None, base: Sequence[str], proposals: Sequence[Proposal]) -> None:
    if likeness is not None:
        _verdict(output, given, likeness)
    title = "可以这样成组" if not given else "可以这样改" if len(base) < len(given) else "可以这样接"
    if proposals:
        output.line(output.paint(title, BOLD))
    for n, proposal in enumerate(proposals, 1):
        _set(output, n, proposal)
    if not proposals and len(given) < SIZE[1]:
        output.notice("没有找到能与它对得上的标题。可以换一个常用句式（如“四字，四字”“六字，六字”），或用 --theme 指定主题再试。")


def _verdict(output: Output, given: Sequence[str], likeness: Likeness) -> None:
    word = output.paint("对仗", GREEN) if likeness.parallel else output.paint("不对仗", RED)
    output.line(f"{word}  {likeness.score * 100:.0f} 分")
    found = breaks(given)
    for n, heading in enumerate(given):
        lengths = "＋".join(map(str, likeness.lengths[n]))
        output.line(f"  {n + 1}. {heading}  {output.paint(f'{lengths} 字', DIM)}")
        for item in found:
            if item.member == n:
                output.line(f"     {output.paint('↳ ' + said(item), YELLOW)}")
    parts = (("字数", likeness.length), ("虚词", likeness.words), ("词性", likeness.speech), ("动词不重", likeness.openings))
    output.line(output.paint("  " + "　".join(f"{name} {value * 100:.0f}" for name, value in parts), DIM))
    output.line()


def _set(output: Output, number: int, proposal: Proposal) -> None:
    about = f"句式：{proposal.frame}" if proposal.frame else f"取自{proposal.source}"
    output.line(f"{output.paint(f'第 {number} 组', BOLD)}  {output.paint(about, DIM)}")
    for heading in proposal.headings:
        fresh = heading in proposal.new
        output.line(f"  {output.paint('＋' if fresh else '　', GREEN)}{heading if fresh else output.paint(heading, DIM)}")
