"""What every check sees: a draft of ours with its origins, or anybody's file as far as it can be read.

Paragraphs are numbered from 1 as a reader counts them: the blocks of a draft, the lines of a file that are not blank (a paragraph
that hard line breaks cut has the number of its first line).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from drafting.checks.paragraph import BLANK, BODY, MARK, Paragraph, marked, unmarked
from drafting.checks.sieve import coded, pairs_of
from drafting.checks.timed import untimed
from drafting.config import TEMPLATES
from drafting.model import Block, Draft, Fact, Origin, Outline, Profile

if TYPE_CHECKING:
    from drafting.plan import Plan
    from phrasebank.mending import Block as Mended
    from phrasebank.model import Defect, Heading, Inspection, Lexicon, Piece, RawText, Removed
    from phrasebank.shortforms import Tied

__all__ = ["BLANK", "MARK", "Paragraph", "Text", "of_draft", "of_raw", "of_text"]


Noted = tuple[int, int, str]
"""A mark of an exception: the paragraph it speaks for (0: the whole text), the one it stands in, and the mark."""
_NOTES = re.compile(
    "^.{0,30}(?:名词|用语|术语|词语|部分概念|有关概念)(?:解释|说明|注释)[）)]?[：:]?$"
    "|^(?:附[件录]?|注释|说明)[：:]?$|^.{2,30}实事(?:项目)?(?:清单|情况|安排)?$"
)
"""A line that opens what stands behind a speech."""
_NOTES_LINE = 60
"""Characters of a line that may open them."""
_ARTICLE = re.compile(r"\s*第[一二三四五六七八九十百零]{1,6}条")
_ARTICLES = 4
"""Articles that make a law of a text."""
_TOLD = 0.9
"""Confidence of a genre that the title or the address tells. A guess by words is wrong too often to find fault with a text for it."""
_SENTENCE_MARK = re.compile("[，。；！？,;!?]")


@dataclass(frozen=True)
class Text:
    """What is checked. `final`: it is to go out as it is. `draft` and `plan` are there for a draft of ours, `inspection` for a
    file; `outline` where one is known, with profile and facts. `lines` are a file's lines as they are, `numbers` the paragraph
    number of each. `noted` are the marks of exceptions, which paragraphs and lines are without."""

    paragraphs: tuple[Paragraph, ...]
    title: str = ""
    genre: str = ""
    file: str = ""
    outline: Outline | None = None
    draft: Draft | None = None
    plan: Plan | None = None
    inspection: Inspection | None = None
    lines: tuple[str, ...] = ()
    numbers: Mapping[int, int] = field(default_factory=dict)
    final: bool = False
    noted: tuple[Noted, ...] = ()

    @property
    def profile(self) -> Profile:
        """Who speaks, as far as that is told."""
        return self.outline.profile if self.outline else Profile("", "")

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The fact sheet."""
        return self.outline.facts if self.outline else ()

    @property
    def cases(self) -> tuple[str, ...]:
        """Names that belong to a cited case and may stand though they are not the writer's own."""
        return self.outline.cases if self.outline else ()

    @property
    def removed(self) -> tuple[Removed, ...]:
        """What reading took out of a file."""
        return self.inspection.removed if self.inspection else ()

    @property
    def defects(self) -> tuple[Defect, ...]:
        """Damage that reading marked in a file."""
        return self.inspection.defects if self.inspection else ()

    @property
    def truncated(self) -> bool:
        """Whether a speech of a file is cut off."""
        return any(piece.truncated for piece in self.inspection.pieces) if self.inspection else False

    @cached_property
    def year(self) -> int | None:
        """The year it is meant for: the speaker's own, else the one that a file's name, title or date line tells."""
        if self.profile.year or not self.inspection:
            return self.profile.year
        from phrasebank.dating import year_of
        from phrasebank.model import RawText

        return year_of(RawText(self.file, ()), self.inspection.pieces)

    @cached_property
    def body(self) -> tuple[Paragraph, ...]:
        """The running text and its headings, without title, speaker, date and salutation."""
        return tuple(p for p in self.paragraphs if p.is_body or p.kind == "heading")

    @cached_property
    def speech(self) -> tuple[Paragraph, ...]:
        """The body without notes on terms and lists that stand behind the speech of a file."""
        if self.draft is not None:
            return self.body
        first: dict[int, int] = {}
        for number, line in enumerate(self.lines, 1):  # the lines as they are: reading may have closed one up with the text before it
            if len(line) < _NOTES_LINE and _NOTES.match(line.strip()) and (p := self.at_line(number)):
                first.setdefault(p.piece, self.numbers[number])
        return tuple(p for p in self.body if p.number < first.get(p.piece, p.number + 1))

    @cached_property
    def loose(self) -> tuple[Paragraph, ...]:
        """The running text that may hold anything: of a draft, the paragraphs with words that the writer wrote or that come from
        banks of his own; what our templates and our bank give holds no names, figures or quotations of others."""
        if self.draft is None:
            return self.body
        return tuple(p for p in self.body if any(_is_loose(origin) for _, _, origin in p.stretches))

    @cached_property
    def loose_numbers(self) -> frozenset[int]:
        """The numbers of those paragraphs."""
        return frozenset([p.number for p in self.loose])

    @cached_property
    def is_form(self) -> bool:
        """Whether a file is a form or a table: most of its lines are names of fields, and no sentences."""
        fields = sum(len(p.text) < 40 and not _SENTENCE_MARK.search(p.text) for p in self.paragraphs)
        return self.draft is None and fields >= 8 and fields * 2 > len(self.paragraphs)

    @cached_property
    def is_law(self) -> bool:
        """Whether a file is a law or a regulation: its paragraphs are articles."""
        return self.draft is None and sum(bool(_ARTICLE.match(p.text)) for p in self.paragraphs) >= _ARTICLES

    @cached_property
    def characters(self) -> int:
        """Characters without white space."""
        return sum(len("".join(p.text.split())) for p in self.paragraphs)

    @cached_property
    def _written(self) -> str:
        """All its text as written, and with its marks made full where that differs."""
        return "\n".join(part for p in self.paragraphs for part in ((p.text,) if p.plain == p.text else (p.text, p.plain)))

    @cached_property
    def _pairs(self) -> frozenset[int]:
        return pairs_of(self._written)

    def standing(self, words: frozenset[str]) -> list[str]:
        """Those of `words` that may stand somewhere in it: every pair of their characters does. Single characters always may."""
        here = self._pairs
        firsts, rows = coded(words)
        return [word for word, pairs in rows if pairs <= here] if not firsts or not firsts.isdisjoint(here) else []

    def holding(self, words: frozenset[str], paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
        """Those of `paragraphs` that any of `words` stands in; all of them for no words."""
        if not words:
            return paragraphs
        here = self.standing(words)
        return [p for p in paragraphs if _holds(p, here)] if here else ()

    @cached_property
    def slots(self) -> dict[int, list[Tied]]:
        """Names, figures and dates of each paragraph by its number: start, end, kind, and the full name of a short form."""
        from phrasebank.shortforms import find_tied

        rows, own = self.paragraphs, ""
        if self.draft is not None:  # of the rest no more is needed than what the writer calls himself
            rows = tuple(p for p in rows if any(origin.kind == "fact" or _is_loose(origin) for _, _, origin in p.stretches))
            own = "，".join((self.profile.place, self.profile.unit))
        found = dict(zip((p.number for p in rows), find_tied([*(p.text for p in rows), own])[:-1], strict=True))
        return {p.number: found.get(p.number, []) for p in self.paragraphs}

    @cached_property
    def damage(self) -> tuple[tuple[Paragraph, int, int, str], ...]:
        """The damage that reading marked in a file, with its place in a paragraph. A draft has been read by nobody: the rules' own
        patterns look at it."""
        return tuple(self._placed((d.line, d.kind, d.text) for d in self.defects))

    def _placed(self, rows: Iterable[tuple[int, str, str]]) -> Iterator[tuple[Paragraph, int, int, str]]:
        """Each (line, kind, text) with its paragraph and offsets; from 0 to 0 where the text stands there no more."""
        after: dict[tuple[int, str], int] = {}
        for line, kind, text in rows:
            p = self.at_line(line)
            if p is not None:
                at = p.text.find(text, after.get((line, text), 0))
                after[line, text] = at + len(text) if at >= 0 else 0
                yield p, max(at, 0), at + len(text) if at >= 0 else 0, kind

    def paragraph(self, number: int) -> Paragraph | None:
        """The paragraph of that number."""
        return self._by_number.get(number)

    def at_line(self, line: int) -> Paragraph | None:
        """The paragraph of a file that stands on a line, or the last one before it."""
        at = bisect_right(self.paragraphs, line, key=lambda p: p.line)
        return self.paragraphs[at - 1] if at else (self.paragraphs[0] if self.paragraphs else None)

    def sections(self) -> Iterator[tuple[Paragraph | None, tuple[Paragraph, ...]]]:
        """The parts under the outermost headings, each with its heading's paragraph (None for what stands before the first)
        and its paragraphs, that one first."""
        for rows in _runs(self.speech):
            first = self.paragraph(rows[0].path[0]) if rows[0].path else None
            yield first, rows

    @cached_property
    def _by_number(self) -> dict[int, Paragraph]:
        return {p.number: p for p in self.paragraphs}


def _holds(p: Paragraph, words: Iterable[str]) -> bool:
    """Whether any of `words` stands in a paragraph, as written or with its marks made full."""
    text, plain = p.text, p.plain
    for word in words:  # noqa: SIM110 - any() takes twice the time, and this is asked a thousand times a text
        if word in text or (plain is not text and word in plain):
            return True
    return False


def _is_loose(origin: Origin) -> bool:
    """Whether words of an origin may hold anything."""
    return origin.kind == "writer" or (origin.kind == "phrase" and any(s.file not in _our_corpus() for s in origin.sources))


@cache
def _our_corpus() -> frozenset[str]:
    """The files our own bank is made of, as they are named in it."""
    return frozenset(path.name for path in (TEMPLATES / "corpus").glob("*"))


def _runs(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, ...]]:
    """Paragraphs in a row that stand under one outermost heading."""
    for _, rows in groupby(paragraphs, key=lambda p: (p.piece, p.path[:1])):
        yield tuple(rows)


# ---------------------------------------------------------------- drafts
def of_draft(draft: Draft, plan: Plan | None = None, *, final: bool = False) -> Text:
    """A draft of ours, blocks as paragraphs."""
    nesting = _Nesting()
    paragraphs = tuple(_of_block(number, block, nesting) for number, block in enumerate(draft.blocks, 1))
    noted = tuple(row for p in paragraphs if p.noted for row in _marks(p.noted, p.number))
    return Text(paragraphs, draft.title, draft.outline.genre, "", draft.outline, draft, plan, final=final, noted=noted)


def _of_block(number: int, block: Block, nesting: _Nesting) -> Paragraph:
    at, stretches, words = 0, [], []
    for span in (*block.lead, *block.spans):
        text = unmarked(span.text)  # a mark is the writer's own, so it stands within one span
        end = at + len(text)
        stretches.append((at, end, span.origin))
        words.append(text)
        at = end
    lead = unmarked(block.lead_text) if block.lead else ""
    mark = marked(lead) if lead else None
    text = "".join(words)
    noted = block.text if text != block.text else ""
    return Paragraph(
        number, text, block.kind, 0, block.level, mark.number if mark else "", len(lead),
        nesting.path(number, block.level, block.kind), stretches=tuple(stretches), noted=noted,
    )  # fmt: skip


def _marks(written: str, *numbers: int) -> Iterator[Noted]:
    """The marks in a paragraph or on a line, and the paragraphs they speak for; alone there they speak for the whole text."""
    alone = not unmarked(written).strip()
    for found in MARK.finditer(written):
        yield from ((0 if alone else number, numbers[0], found.group()) for number in dict.fromkeys(numbers))


class _Nesting:
    """The headings that are open as a text is gone through."""

    def __init__(self) -> None:
        self._open: list[tuple[int, int]] = []
        self._piece = 1

    def path(self, number: int, level: int, kind: str, piece: int = 1) -> tuple[int, ...]:
        """The headings of its speech that the next paragraph stands under, its own last; none for what is no running text."""
        if piece != self._piece:
            self._open, self._piece = [], piece
        if level:
            while self._open and self._open[-1][1] >= level:
                self._open.pop()
            self._open.append((number, level))
        return tuple(n for n, _ in self._open) if kind in BODY or kind == "heading" else ()


# ---------------------------------------------------------------- files
def of_raw(raw: RawText, outline: Outline | None = None, lexicon: Lexicon | None = None, *, final: bool = False) -> Text:
    """Anybody's text, with what reading finds in it, marks of exceptions taken out; `outline` tells who speaks and which facts there
    are."""
    from phrasebank.clean import clean
    from phrasebank.inspect import inspect
    from phrasebank.mending import mend
    from phrasebank.model import Lexicon

    raw = replace(raw, lines=untimed(raw.lines))
    numbers, written = _numbers(raw.lines), {n: line for n, line in enumerate(raw.lines, 1) if "〔不查" in line}
    if written:
        raw = replace(raw, lines=tuple(map(unmarked, raw.lines)))
    found = inspect(raw, lexicon or Lexicon(), parallels=False, judged=False)
    nesting = _Nesting()
    heads = {id(piece): {h.line: h for h in reversed(piece.headings) if h.in_body} for piece in found.pieces}
    rows = []
    held: dict[int, int] = {}
    for block in mend(clean(raw)):
        held.update((line, numbers.get(block.line, 1)) for line in block.lines if line in written)
        which, piece = _piece_at(found.pieces, block.line)
        p = _of_file(block, numbers.get(block.line, 1), piece, heads.get(id(piece), {}).get(block.line))
        rows.append(replace(p, piece=which, path=nesting.path(p.number, p.level, p.kind, which)))
    title = next((piece.title for piece in found.pieces if piece.title), "") or ""
    genre = (outline.genre if outline else "") or next((p.genre for p in found.pieces if p.genre and p.genre_confidence >= _TOLD), "")
    noted = tuple(row for n, line in written.items() for row in _marks(line, held.get(n, numbers[n]), numbers[n]))
    return Text(tuple(rows), title, genre, raw.file, outline, None, None, found, raw.lines, numbers, final, noted)


def of_text(text: str, outline: Outline | None = None, *, final: bool = False) -> Text:
    """A text in memory, a paragraph a line, seen as a file is."""
    from phrasebank.model import RawText

    return of_raw(RawText("", tuple(text.split("\n"))), outline, final=final)


def _numbers(lines: Sequence[str]) -> dict[int, int]:
    """The paragraph number of every line: lines that are not blank count."""
    numbers: dict[int, int] = {}
    count = 0
    for line, text in enumerate(lines, 1):
        count += bool(text.strip())
        numbers[line] = max(count, 1)
    return numbers


def _piece_at(pieces: Sequence[Piece], line: int) -> tuple[int, Piece | None]:
    """The speech a line belongs to, with its number."""
    return next(((n, piece) for n, piece in enumerate(pieces, 1) if piece.first_line <= line <= piece.last_line), (1, None))


def _of_file(block: Mended, number: int, piece: Piece | None, head: Heading | None) -> Paragraph:
    text = block.text
    if piece is None:
        return Paragraph(number, text, line=block.line)
    kind = _kind(block, piece, head)
    size = _lead_size(block.text, head) if head else 0
    level = head.level if head else 0
    return Paragraph(number, text, kind, block.line, level, head.number if head else "", size)


def _kind(block: Mended, piece: Piece, head: Heading | None) -> str:
    """The kind of block a paragraph of a file would be in a draft."""
    if head:
        return "paragraph" if head.run_in else "heading"
    names = {"title": piece.title, "subtitle": piece.subtitle, "speaker": piece.speaker, "date": piece.date}
    for kind, text in names.items():
        if text and len(block.text) < len(text) + 12 and (text in block.text or block.text in text):
            return kind
    if piece.salutation and block.text.startswith(piece.salutation):
        return "salutation"
    return "closing" if piece.closing and block.text.endswith(piece.closing) else "paragraph"


def _lead_size(text: str, head: Heading) -> int:
    """Characters of a heading at the start of its paragraph, closing mark included."""
    at = text.find(head.text)
    if at < 0 or not head.text:
        return len(text) if not head.run_in else 0
    end = at + len(head.text)
    return end + (text[end : end + 1] in "。；;：:，,！？" and end < len(text))
