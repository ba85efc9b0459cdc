"""The values of drafting, all frozen: what the writer asks for (Outline) and what comes of it (Draft).

Outline → Session → Draft → Findings → file. Lengths are in characters, blanks and marks included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from phrasebank.model import Source

OriginKind = Literal["template", "phrase", "fact", "quotation", "profile", "writer", "blank"]
BlockKind = Literal[
    "title", "subtitle", "speaker", "date", "salutation", "heading", "paragraph", "closing", "attachment", "label"
]
"""`attachment` is a note that names one (附件：…), `label` what stands above an attachment's title (附件2)."""
Severity = Literal["E", "W", "I"]

_ID = re.compile(r"[a-z][0-9a-f]{9,11}")
"""A letter and ten hexadecimal digits (`phrasebank.model.phrase_id`); one digit more or less is a slip of the pen and not a sentence."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Who speaks. `level` is one of `phrasebank.levels.LEVELS` (县, 镇, 村, 学校 …)."""

    level: str = "镇"
    place: str = ""
    unit: str = ""
    post: str = ""
    name: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure or a name the writer vouches for: the only door by which one enters a draft."""

    name: str
    value: str
    unit: str = ""
    year: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to say in a section.

    `text` is the writer's own wording; `use` are phrases that must stand, by id, or sentences of the writer's between
    them (told apart by the form of an id). A `fixed` point is exactly its text and these, nothing is added. A
    `locked` point is one that drawing its section anew leaves as it is.
    """

    facet: str = ""
    heading: str = "auto"
    use: tuple[str, ...] = ()
    text: str = ""
    facts: tuple[str, ...] = ()
    fixed: bool = False
    locked: bool = False


def has_words(item: str) -> bool:
    """Whether an item of `Point.use` is words of the writer's: anything but what has the form of a phrase's id."""
    return bool(item.strip()) and not _ID.fullmatch(item.strip())


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """One part of the speech as the writer planned it; no points means: the genre's own."""

    part: str
    heading: str = "auto"
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Exempt:
    """Findings that stand though a check found them: of `rule` (id or family; empty: of any), in words that hold `text`, and why."""

    rule: str
    text: str = ""
    reason: str = ""

    def spares(self, finding: Finding) -> bool:
        """Whether a finding is one of them."""
        return finding.id.startswith(self.rule) and self.text in finding.text


@dataclass(frozen=True, slots=True)
class Outline:
    """The one file format of the writer (DESIGN: the outline file is the session file).

    `cases` are places, bodies and people that are cited on purpose, as examples from elsewhere. `exempt` (in a file: `except`) is what
    the checks are not to tell.
    """

    genre: str
    theme: str
    title: str = ""
    subtitle: str = ""
    characters: int | None = None
    minutes: float | None = None
    seed: int = 1
    occasion: str = ""
    date: str = ""
    salutation: str = ""
    profile: Profile = field(default_factory=Profile)
    facts: tuple[Fact, ...] = ()
    sections: tuple[SectionPlan, ...] = ()
    cases: tuple[str, ...] = ()
    exempt: tuple[Exempt, ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """What only the writer can give. kind: 数据, 地名, 单位, 人名, 时间, 会议, 事例, 内容 …; `doubtful` means 〔待核〕; `who` may
    know it."""

    kind: str
    what: str
    unit: str = ""
    year: int | None = None
    doubtful: bool = False
    who: str = ""

    def __str__(self) -> str:
        mark = "待核" if self.doubtful else "待填"
        what = f"{self.year}年{self.what}" if self.year and self.kind == "数据" else self.what
        return f"〔{mark}：{'｜'.join(part for part in (self.kind, what, self.unit) if part)}〕"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a span came from. `ref` is the template's name, the phrase's id, the fact's name or a quotation's id."""

    kind: OriginKind
    ref: str = ""
    sources: tuple[Source, ...] = ()
    blank: Blank | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text with one origin."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the page.

    A heading on its own line has kind `heading` and its words in `lead`. A paragraph with a run-in heading has kind
    `paragraph`, the heading sentence (number and closing mark included) in `lead`, the rest in `spans`. `level` is
    that of the heading (1–4), 0 for none, 5 for a spoken number (一要), which is set as body text. `number` is the
    heading's number as printed. `slot` names the place in the outline this block came from: (section, point), −1 for none.
    """

    kind: BlockKind
    spans: tuple[Span, ...] = ()
    lead: tuple[Span, ...] = ()
    level: int = 0
    number: str = ""
    slot: tuple[int, int] = (-1, -1)

    @property
    def text(self) -> str:
        """The block as the reader sees it."""
        return "".join([span.text for span in (*self.lead, *self.spans)])

    @property
    def lead_text(self) -> str:
        """The heading words, empty for none."""
        return "".join([span.text for span in self.lead])


@dataclass(frozen=True, slots=True)
class Draft:
    """A speech as blocks of spans, with the outline it was made from."""

    outline: Outline
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The title's text, empty for none."""
        return next((block.text for block in self.blocks if block.kind == "title"), "")

    @property
    def text(self) -> str:
        """The whole draft, one block a line."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def characters(self) -> int:
        """Characters without white space."""
        return sum(len("".join(block.text.split())) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault a check found. `paragraph` counts blocks from 1; `fix` is the text to put instead, if one is certain.

    `name` is the check's; `start` and `end` say where in the paragraph's text; `line` is the paragraph's first line in a file, 0 in
    a draft; `beside` is what the text is to be read beside (the source of a copied passage, the right wording of a quotation).
    """

    id: str
    severity: Severity
    paragraph: int
    text: str
    message: str
    fix: str | None = None
    name: str = ""
    start: int = 0
    end: int = 0
    line: int = 0
    beside: str = ""
