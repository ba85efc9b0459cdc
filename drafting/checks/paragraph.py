"""A paragraph as the checks see it, with what is read out of its words once and asked for by many rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from drafting.checks.numbers import Figure, find_figures
from drafting.model import Origin
from phrasebank import sentences
from phrasebank.headings import Mark, parse_mark

if TYPE_CHECKING:
    from phrasebank.quotations import Span as Quotation

BLANK = re.compile("〔待[填核][^〔〕]{0,80}〕")
"""A blank as it stands in a text."""
_PLAIN = str.maketrans(
    {**dict(zip(",;:?!()", "，；：？！（）", strict=True)), **{chr(0xFF10 + n): str(n) for n in range(10)}, "％": "%", "．": "."}
)
REMEMBERED = 1 << 12
"""Paragraphs of which is remembered what was read out of their words: the drafts of a batch share many."""
_ROOM = 40
"""Characters at the start of a paragraph that tell whether it is numbered."""
BODY = ("paragraph", "closing")
"""Kinds of paragraphs that are running text of the speech."""
Stretch = tuple[int, int, Origin]
"""Start, end and origin of a stretch of a draft's paragraph."""
_ID = r"[A-Za-z]{1,6}\d{0,4}(?![A-Za-z0-9])"
MARK = re.compile(
    rf"〔不查(?:[：:]\s*(?P<ids>{_ID}(?:\s*[,，、]\s*{_ID}|\s+[A-Za-z]\d{{0,2}}(?![A-Za-z0-9]))*)?\s*(?P<reason>[^〔〕]{{0,60}}))?〕"
)
"""An exception that a writer sets in the text (`drafting.checks.inline`)."""
_TAKEN = re.compile(rf"(?:(?<=\S)[ \t　]+)?{MARK.pattern}[ \t　]*")
"""What goes out of a text with a mark: the blanks that were set around it."""
_HALF = re.compile("[,;:?!()％．０-９]")
_CLOSED = re.compile("“[^“”]*”|‘[^‘’]*’|〔[^〔〕]*〕|《[^《》]*》")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. `kind` is one of `drafting.model.BlockKind`; `level` that of the heading it is or begins with (from 1; 0 for
    none; a spoken one such as 一要 is one below what it stands under), `mark` that heading's number as written and `lead` how many
    characters it takes, closing mark included. `path` are the numbers of the paragraphs whose headings it stands under, outermost
    first, its own last. `line` is its first line in the file, 0 in a draft.
    `stretches` tell where each part of a draft came from, in order and without gaps; files have none. `piece` counts the speeches
    of a file from 1. `noted` is a draft's text as written where that holds marks of exceptions, which `text` is without."""

    number: int
    text: str
    kind: str = "paragraph"
    line: int = 0
    level: int = 0
    mark: str = ""
    lead: int = 0
    path: tuple[int, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    piece: int = 1
    noted: str = ""

    @property
    def heading(self) -> str:
        """The words of its heading without number and closing mark, empty for none."""
        return self.text[len(self.mark) : self.lead].strip().rstrip("。；;：:")

    @cached_property
    def plain(self) -> str:
        """Its text with half-width marks made full, digits and letters half-width, each in its place: what patterns are read on."""
        return self.text.translate(_PLAIN) if _HALF.search(self.text) else self.text

    @cached_property
    def bare(self) -> str:
        """That text with quotations, titles and blanks masked, each character in its place."""
        return _CLOSED.sub(lambda m: "　" * len(m.group()), self.plain)

    @property
    def is_body(self) -> bool:
        """Whether it is running text of the speech."""
        return self.kind in BODY

    @cached_property
    def sentences(self) -> tuple[tuple[int, int, str], ...]:
        """Start, end and text of each sentence."""
        return _sentences(self.text)

    @cached_property
    def counted(self) -> Mark | None:
        """The number it begins with."""
        return marked(self.text)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, as `drafting.checks.numbers` reads them."""
        return _figures(self.plain)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """What it quotes, in quotation marks or without, with kind and speaker."""
        from phrasebank.quotations import find_quotations

        return tuple(find_quotations(self.text))

    def as_written(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of its text stands in the text as written, marks of exceptions counted in."""
        for found in _TAKEN.finditer(self.noted):
            size = len(found.group())
            start, end = start + size * (start >= found.start()), end + size * (end > found.start())
        return start, end

    def sentence_at(self, offset: int) -> tuple[int, int, str]:
        """The sentence around `offset`."""
        at = bisect_right(self.sentences, offset, key=lambda row: row[0])
        return self.sentences[max(at - 1, 0)] if self.sentences else (0, len(self.text), self.text)

    def origin_at(self, offset: int) -> Origin | None:
        """Where the character at `offset` came from; None in a file."""
        at = bisect_right(self.stretches, offset, key=lambda row: row[0])
        return self.stretches[at - 1][2] if at else None


@lru_cache(maxsize=REMEMBERED)
def _figures(plain: str) -> tuple[Figure, ...]:
    return tuple(find_figures(plain))


@lru_cache(maxsize=REMEMBERED)
def _sentences(text: str) -> tuple[tuple[int, int, str], ...]:
    found: list[tuple[int, int, str]] = []
    at = 0
    for sentence in sentences.each(text):
        at = text.index(sentence, at)
        found.append((at, at + len(sentence), sentence))
        at += len(sentence)
    return tuple(found)


def marked(text: str) -> Mark | None:
    """The number a text begins with."""
    return _marked(text[:_ROOM])


_marked = lru_cache(maxsize=4096)(parse_mark)


def unmarked(text: str) -> str:
    """A text without its marks of exceptions: what is read, checked and handed in."""
    return _TAKEN.sub("", text) if "〔不查" in text else text
