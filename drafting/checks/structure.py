"""S: how a speech is built: siblings that do not stand parallel (S02), length (S05)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.paragraph import marked
from drafting.checks.text import Paragraph, Text
from drafting.parallel import measure
from drafting.plan import CHARACTERS_A_MINUTE

_SUBJECT = 3
"""Characters below which a heading but names a subject."""
_MOST = 12
"""Siblings that are measured: each against each other."""


@kind("parallel")
def siblings(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """S02: headings of one level under one head do not stand parallel; told once for the group."""
    groups: dict[tuple[int, ...], list[Paragraph]] = defaultdict(list)
    for p in text.speech:
        if 0 < p.level < 5:
            style = hash(p.counted.style) if p.counted and text.draft is None else 0
            groups[p.piece, p.level, style, *p.path[:-1], *_section_of(text, p)].append(p)
    for rows in groups.values():
        if text.draft is None and not rows[0].mark:
            continue  # lines without a number are headings by guess
        names = [p.text[: p.lead].rstrip("。") for p in rows]
        if any(rule.pattern("labels").search(name) for name in names) or _items(names):
            continue
        if len(rows) > 1 and not _parallel(tuple(names[:_MOST])):
            yield Hit(rows[0], 0, rows[0].lead, text="／".join(names))


def _items(names: Sequence[str]) -> bool:
    """Whether headings are items of a list rather, or names of subjects: 一、请某局长宣读通报；, 二、农业."""
    bare = [name[mark.size :] if (mark := marked(name)) else name for name in names]
    return any(name.endswith("；") for name in names) or any(len("".join(name.split())) < _SUBJECT for name in bare)


@lru_cache(maxsize=1024)
def _parallel(names: tuple[str, ...]) -> bool:
    return measure(names).parallel


def _section_of(text: Text, paragraph: Paragraph) -> tuple[int, ...]:
    """The section of a draft's outline that a heading below the first level belongs to."""
    if text.draft is None or paragraph.level == 1:
        return ()
    return (text.draft.blocks[paragraph.number - 1].slot[0],)


@kind("length")
def length(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """S05: longer or shorter than asked for."""
    asked = _asked(text)
    if asked and abs(text.characters - asked) > rule.number("tolerance", 0.08) * asked:
        message = f"全文约{text.characters}字，要求约{asked}字，相差超过 {rule.number('tolerance', 0.08):.0%}"
        yield Hit(text.paragraphs[0], 0, 0, message, text=text.title)
    elif not asked and text.paragraphs and (most := _most(rule, text.genre)) and text.characters > most:
        yield Hit(text.paragraphs[0], 0, 0, f"全文约{text.characters}字，{text.genre}一般不超过{most}字，请压一压", text=text.title)


def _most(rule: Rule, genre: str) -> int:
    """Characters a genre has at most (GENRES.md §2); 0 for a genre without a limit. Rows of the list are 表态发言=1500."""
    rows = dict(row.rpartition("=")[::2] for row in rule.words("most"))
    return int(rows[genre]) if genre in rows else 0


def _asked(text: Text) -> int:
    """Characters asked for; 0 where nothing was said."""
    if text.plan:
        return text.plan.characters
    outline = text.outline
    return (outline.characters or round((outline.minutes or 0) * CHARACTERS_A_MINUTE)) if outline else 0
