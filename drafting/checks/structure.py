"""S: how a speech is built: siblings that do not stand parallel (S02), length (S05)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.numbering import value_of
from drafting.checks.paragraph import marked
from drafting.checks.text import Paragraph, Text
from drafting.parallel import parallel
from drafting.parallel.clauses import parts
from drafting.plan import CHARACTERS_A_MINUTE

_ENDS_ITEM = re.compile("(?:工程|行动|项目|计划|指标|目标)$")
"""What an item of a list is called: 就业促进工程."""
_SENTENCE = 48
"""Characters of a heading that is a sentence with a number."""
_SUBJECT = 3
"""Characters below which a heading but names a subject."""
_MOST = 12
"""Siblings that are measured: each against each other."""
_FEW = 4
"""Headings of which none need be like another to tell that they are not alike."""
_TWICE = 1.5
"""Times as long one of two headings must be as the other to sound unlike it."""
_MOSTLY = 0.75
"""Share of a set that must agree for the rest to stand out."""


@kind("parallel")
def siblings(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """S02: headings of one level under one head do not stand parallel; told once for the group."""
    groups: dict[tuple[int, ...], list[Paragraph]] = defaultdict(list)
    for p in text.speech:
        if 0 < p.level < 5:
            style = hash(p.counted.style) if p.counted and text.draft is None else 0
            groups[p.piece, p.level, style, *p.path[:-1], *_section_of(text, p)].append(p)
    for rows in (part for group in groups.values() for part in _restarts(group)):
        if text.draft is None and not rows[0].mark:
            continue  # lines without a number are headings by guess
        names = [p.text[: p.lead].rstrip("。") for p in rows]
        partial = text.draft is None and rows[0].mark and value_of(rows[0].mark) not in (None, 1)  # the first ones are not there
        if len(rows) < 2 or partial or any(rule.pattern("labels").search(name) for name in names) or _items(names):
            continue
        if not parallel(names[:_MOST]):
            apart = [] if text.draft is not None else standing_out(tuple(names[:_MOST]))
            if text.draft is not None or apart:
                yield Hit(rows[0], 0, rows[0].lead, _told(apart, len(names)), text="／".join(names))


def _told(apart: Sequence[int], count: int) -> str:
    """What to say of headings that stand out among `count`; nothing more than usual where most of them do."""
    if not apart or 2 * len(apart) >= count:
        return ""
    which = "、".join(str(n + 1) for n in apart)
    return f"这组标题不够对仗：第{which}个和其余的不齐，请看字数、分句和开头的词"


def _restarts(rows: list[Paragraph]) -> Iterator[list[Paragraph]]:
    """Siblings by the runs of their numbers: where they count from one again another list begins."""
    start = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or (rows[at].mark and value_of(rows[at].mark) == 1):
            yield rows[start:at]
            start = at


@lru_cache(maxsize=1024)
def standing_out(names: tuple[str, ...]) -> tuple[int, ...]:
    """Places of the headings that a listener hears as unlike the rest: another number of clauses, a clause much longer or shorter, or
    the one that does not open as all others do. Real headings that are but a character or two unequal would not be mended by anybody,
    nor a long row in which nothing is alike."""
    rows = [parts(name) for name in names]
    sizes = Counter(map(len, rows))
    usual, most = sizes.most_common(1)[0]
    if len(sizes) > 1:
        few = len(rows) <= _FEW
        return tuple(n for n, row in enumerate(rows) if few or len(row) != usual) if few or most >= _MOSTLY * len(rows) else ()
    found: set[int] = set()
    for clauses in zip(*rows, strict=True):
        found |= _unequal([len(clause.bare) for clause in clauses]) | _opening_otherwise([clause.bare[:2] for clause in clauses])
    return tuple(sorted(found))


def _unequal(lengths: Sequence[int]) -> set[int]:
    """Places of clauses much longer or shorter than the others, which are about equally long; where all others are equal to the
    character, two characters are heard."""
    middle = sorted(lengths)[(len(lengths) - 1) // 2]
    near = sum(abs(length - middle) < 2 for length in lengths)
    if len(lengths) > 2 and near < min(_MOSTLY * len(lengths), len(lengths) - 1):
        return set()
    if len(lengths) == 2 and max(lengths) < _TWICE * min(lengths):
        return set()
    limit = 2 if lengths.count(middle) == len(lengths) - 1 > 1 else max(3, middle / 3)
    return {n for n, length in enumerate(lengths) if abs(length - middle) >= limit}


def _opening_otherwise(openings: Sequence[str]) -> set[int]:
    """The place of the clause that does not open with the word all others open with."""
    word, count = Counter(openings).most_common(1)[0]
    return {n for n, other in enumerate(openings) if other != word} if count == len(openings) - 1 > 2 else set()


def _items(names: Sequence[str]) -> bool:
    """Whether headings are items of a list rather, or names of subjects: 一、请某局长宣读通报；, 二、农业."""
    bare = [name[mark.size :] if (mark := marked(name)) else name for name in names]
    named = sum(bool(_ENDS_ITEM.search(name)) for name in bare)
    listed = any(name.endswith("；") or len(name) > _SENTENCE for name in names) or 3 * named > 2 * len(names)
    return listed or 2 * sum(len("".join(name.split())) < _SUBJECT for name in bare) > len(names)


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
