"""The values that pass from stage to stage, all frozen. The vocabulary of the field is `docs/architecture.md`.

Lines count from 1 in the original file. Texts are as the file has them, unless a field says otherwise.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Literal

Role = Literal[
    "opening", "closing", "heading", "lead", "basis", "significance", "achievement", "experience",
    "problem", "cause", "measure", "example", "pledge", "appeal", "transition",
]  # fmt: skip
ROLES: dict[str, str] = {
    "opening": "开头", "closing": "结尾", "heading": "标题", "lead": "观点句", "basis": "依据",
    "significance": "意义", "achievement": "成效", "experience": "经验", "problem": "问题", "cause": "原因",
    "measure": "举措", "example": "事例", "pledge": "承诺", "appeal": "号召", "transition": "过渡",
}  # fmt: skip
"""Role names and what a writer calls them."""

Polarity = Literal["plain", "negative", "refuted"]
"""plain; negative: names a fault; refuted: quoted only to be refuted."""
POLARITIES: dict[str, str] = {"plain": "平实", "negative": "说问题"}
"""What a writer calls them; what is refuted is never offered."""

Kind = Literal["sentence", "heading", "set", "pair", "frame", "run", "paragraph"]
KINDS: dict[str, str] = {
    "sentence": "句子", "heading": "标题", "set": "成组标题", "pair": "对句", "frame": "句式", "run": "连句", "paragraph": "整段",
}  # fmt: skip
"""Kinds of phrases and what a writer calls them: a set holds parallel headings, a pair two clauses that answer each other, a
frame is a pattern with places to fill (把{X}作为{Y}), a run two or more sentences that go on from each other, a paragraph
all that stands under one run-in heading."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out, word for word, and the column (from 0) it began at in its line. kind: ad, paywall_marker,
    watermark, site_footer, site_widget, omission_marker, toc, duplicate_title, contact, copyright; of readers also running_head
    (of a printed page, or its number) and hidden (not to be seen, or struck out)."""

    line: int
    text: str
    kind: str
    column: int = 0


@dataclass(frozen=True, slots=True)
class RawText:
    """A file as text. `file` is the path as given; `lines` have no line ends; `meta` is a front-matter header;
    `notices` are Chinese sentences on the file itself (macros not run, tracked changes accepted). `dropped` is what the
    reader left out: it stood before the line whose number it has, or in it; the last has the number after `lines`."""

    file: str
    lines: tuple[str, ...]
    meta: dict[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    dropped: tuple[Removed, ...] = ()


@dataclass(frozen=True, slots=True)
class Defect:
    """Damage that is marked, never filled in. kind: censored_name, missing_number, broken_line, truncated_end,
    inline_marker, half_width_punctuation, typo."""

    line: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """`number` as written with its mark (一、 （一） 一要); `text` without closing mark; `in_body` is False for a
    heading known only from an outline block. `group` numbers from 1 the sets of siblings of a piece: headings of one
    kind under one parent; 0 for a heading that stands alone."""

    level: int
    number: str
    text: str
    line: int
    run_in: bool
    in_body: bool = True
    group: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its closing mark, the line its paragraph starts on, and what it does there."""

    text: str
    line: int
    role: Role
    polarity: Polarity
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with broken lines joined and indents off, run-in heading taken out of `text`.

    `path` are the headings it stands under, outermost first. `role` and `polarity` are those of its main sentence.
    """

    line: int
    text: str
    role: Role
    polarity: Polarity
    path: tuple[Heading, ...] = ()
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One speech inside a file.

    `subtitle`, `speaker` and `date` are the lines that say so, below the title or as a signature; `closing` is the last
    paragraph where it closes the speech, None for one that just ends or is cut off. The confidences, from 0 to 1, say how
    likely genre and theme are right; 1 where a header of the file tells them.
    """

    title: str | None
    genre: str | None
    theme: str | None
    salutation: str | None
    truncated: bool
    first_line: int
    last_line: int
    headings: tuple[Heading, ...]
    paragraphs: tuple[Paragraph, ...]
    level: str | None = None
    place: str | None = None
    subtitle: str | None = None
    speaker: str | None = None
    date: str | None = None
    closing: str | None = None
    genre_confidence: float = 0.0
    theme_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Quoted:
    """Something quoted, in quotation marks or reported without them. kind: leader, classic, saying, slogan, coined, name."""

    line: int
    text: str
    kind: str
    attributed_to: str | None = None


@dataclass(frozen=True, slots=True)
class Parallel:
    """A parallel construction (排比、对偶): its frame and how many members it has."""

    line: int
    text: str
    frame: str
    count: int


@dataclass(frozen=True, slots=True)
class Slot:
    """Something that belongs to that text alone. kind: place, org, person, number, date, project, document, event.

    `full`: for a short form the full name it stands for, as far as the text or the gazetteer tells.
    """

    line: int
    text: str
    kind: str
    full: str | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """Everything found in one file."""

    file: str
    pieces: tuple[Piece, ...]
    removed: tuple[Removed, ...]
    defects: tuple[Defect, ...]
    quotations: tuple[Quoted, ...]
    parallels: tuple[Parallel, ...]
    slots: tuple[Slot, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A theme, or a facet of one, as mining sees it: a name and the words that tell it."""

    name: str
    words: tuple[str, ...]
    facets: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the miner must be told of the writer's world: themes with facets, genres with the words that tell them."""

    themes: tuple[Topic, ...] = ()
    genres: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a phrase stands."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A reusable wording.

    `template` is `text` with slots (`{whole}`, `{number:what|unit}`, see `phrasebank.slots`); `names` are those it
    would smuggle in; `reason` says why it is not offered (empty: it is). `count` counts occurrences; `documents` the
    files that came to the wording by themselves, `copies` those that only repeat a passage or a whole text of one of them.
    `years` are the first and last year known of its sources.
    """

    id: str
    text: str
    template: str
    role: Role
    polarity: Polarity
    theme: str | None = None
    facets: tuple[str, ...] = ()
    genre: str | None = None
    level: str | None = None
    count: int = 1
    documents: int = 1
    sources: tuple[Source, ...] = ()
    names: tuple[str, ...] = ()
    reason: str = ""
    years: tuple[int, int] | None = None
    kind: Kind = "sentence"
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """A set expression: occurrences, documents, a score by which they rank, and in how many documents of each year it stands,
    the years in order; documents of unknown year are in none."""

    text: str
    count: int
    documents: int
    score: float
    years: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class MinedDocument:
    """What the store keeps of a source file. `copy_of` is the file that it repeats as a whole, None for one that stands by
    itself; `year` the one it was written in, as far as name or text tell."""

    file: str
    sha256: str
    characters: int
    removed: tuple[Removed, ...] = ()
    quotations: tuple[Quoted, ...] = ()
    year: int | None = None
    copy_of: str | None = None


def phrase_id(text: str) -> str:
    """A stable id of a wording: the same in every bank, whatever its marks and spaces."""
    return id_of(MARKS.sub("", text))


def id_of(bare: str) -> str:
    """`phrase_id` of a wording whose marks and spaces are out."""
    return "p" + hashlib.blake2b(bare.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


MARKS = re.compile(r"[\W_]+")
"""Runs of what is neither letter nor figure."""
