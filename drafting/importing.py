"""A text that exists already as an outline: sections by its headings, its paragraphs as the writer's own words, none of them lost.

What an outline has no place for stands as a paragraph: a second title, a heading where the genre bears none, a speaker where the genre
names none. Numbers of headings are not kept, for the draft counts them itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from drafting.actions import split
from drafting.config import Library
from drafting.format.arrange import arranged
from drafting.format.bits import Para, text_of, weight
from drafting.format.plain import bits_of
from drafting.format.report import Suspect
from drafting.genres import Genre
from drafting.model import Outline, Point, Profile, SectionPlan, has_words
from drafting.partition import Stretch, assigned, front, stretches
from phrasebank.classify import Guess, facets_of
from phrasebank.levels import LEVELS
from phrasebank.model import Inspection, RawText, Topic
from phrasebank.readers import read
from phrasebank.readers.kinds import SUFFIXES, WORD, kind_of
from phrasebank.readers.source import load

ENDINGS = SUFFIXES - {".zip"}
"""Endings of files that hold one text to take in."""
SURE, LIKELY = 0.7, 0.4
"""Confidences from which a guess is told as certain, and as likely."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A speech found in a file. `roles` are those of its paragraphs by their number, `genre` and `theme` what it seems to be,
    `foreign` what looks as if it were not the speech."""

    paras: tuple[Para, ...]
    title: str
    roles: Mapping[int, str] = field(default_factory=dict)
    genre: Guess = field(default_factory=Guess)
    theme: Guess = field(default_factory=Guess)
    level: str = ""
    foreign: tuple[str, ...] = ()

    @property
    def characters(self) -> int:
        """Characters without white space."""
        return sum(weight(para.text) for para in self.paras)

    @property
    def headings(self) -> int:
        """Headings by which it is divided into sections."""
        return sum(bool(stretch.heading) for stretch in stretches(self.paras))


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds: its speeches, and what its reader has to say."""

    file: Path
    speeches: tuple[Speech, ...]
    notices: tuple[str, ...] = ()


def find_speeches(path: Path, library: Library) -> Found:
    """The speeches of a readable file. Raises ReadError."""
    raw = read(path)
    hints = _hints(path, raw)
    made = arranged(raw.file, list(bits_of(raw.lines, web=True)), clean=False, hints=hints)
    dropped = [item.text.strip()[:20] for item in raw.dropped if item.text.strip()]
    left = (f"页眉页脚、隐藏文字等 {len(dropped)} 处没有带过来：{'、'.join(dropped[:3])}",) if dropped else ()
    groups = tuple(_pieces([_styled(para, hints) for para in made.paras]))
    told = _told(raw.meta.get("title", ""), len(groups))
    speeches = tuple(_speech(group, path, library, made.report.suspects, told) for group in groups)
    return Found(path, speeches, (*raw.notices, *left))


def outline_of(
    speech: Speech, genre: str, theme: str, library: Library, profile: Profile, *, title: str | None = None, clean: bool = False
) -> Outline:
    """A speech as an outline of that genre and theme, under another title if one is given; with `clean` without what looks foreign.
    Raises ConfigError for unknown names."""
    kind, topic = library.genre(genre), library.theme(theme)
    paras = [_cleaned(para) if clean else para for para in speech.paras]
    head = front(paras, speech.title, kind, profile)
    rest = [replace(stretch, paras=tuple(p for p in stretch.paras if p not in head.used)) for stretch in stretches(paras)]
    facets = Topic(topic.name, topic.words, tuple(Topic(f.name, (f.name, *f.words)) for f in topic.facets))
    roles = {id(para): speech.roles.get(number, "") for number, para in enumerate(paras)}
    sections = _closed(tuple(_sections([s for s in rest if s.heading or s.paras], kind, facets, roles)), rest, kind, roles)
    return Outline(
        kind.name, topic.name, speech.title if title is None else title, head.subtitle,
        date=head.date, salutation=head.salutation, profile=head.profile,
        characters=min(max(round(speech.characters, -2), 100), 200_000), sections=sections,
    )  # fmt: skip


def likelihood(guess: Guess) -> str:
    """How sure a guess is, in a word to the writer."""
    if not guess.name:
        return "看不出来，请选一个"
    return "把握较大" if guess.confidence >= SURE else "大概是" if guess.confidence >= LIKELY else "拿不准，请看一下"


# Reading


def _hints(path: Path, raw: RawText) -> dict[int, int]:
    """Levels of the lines that a Word file sets in styles of headings."""
    data = load(path)
    if kind_of(path.suffix, data) is not WORD:
        return {}
    from drafting.format.word_source import read_source  # python-docx
    from drafting.opc import open_document

    document = open_document(data)
    source = read_source(document) if document is not None else None
    if source is None:
        return {}
    levels = {text_of(source.lines[at]).strip(): level for at, level in source.hints.items()}
    return {at: level for at, line in enumerate(raw.lines) if (level := levels.get(line.strip(), 0))}


def _styled(para: Para, hints: Mapping[int, int]) -> Para:
    """A line that the source sets as a heading is one, though below a title it might be a speaker."""
    level = hints.get(para.first, 0) if para.first == para.last and not para.lead else 0
    if not level or para.kind not in ("speaker", "subtitle", "paragraph"):
        return para
    return replace(para, kind="heading", lead=para.rest, rest=(), level=min(level, 4))


def _told(title: str, count: int) -> str:
    """The title a file's header tells, where it holds one speech."""
    return title if count == 1 else ""


def _pieces(paras: Sequence[Para]) -> Iterator[tuple[Para, ...]]:
    """The speeches of a file: each begins with its title, but for the titles of attachments."""
    now: list[Para] = []
    for para in paras:
        begun = any(p.kind in ("paragraph", "heading", "closing") for p in now)
        if para.kind == "title" and begun and now[-1].kind != "label":
            yield tuple(now)
            now = []
        now.append(para)
    if now:
        yield tuple(now)


def _speech(paras: tuple[Para, ...], path: Path, library: Library, suspects: Sequence[Suspect], told: str) -> Speech:
    from phrasebank.inspect import inspect  # numpy

    found = inspect(RawText(str(path), tuple(para.text for para in paras)), library.lexicon(), parallels=False)
    titles = [para.text.strip() for para in paras if para.kind == "title"]
    best = max(found.pieces, key=lambda piece: piece.last_line - piece.first_line, default=None)
    genre = Guess(best.genre, best.genre_confidence) if best and best.genre in library.genres else Guess()
    theme = Guess(best.theme, best.theme_confidence) if best and best.theme in library.themes else Guess()
    lines = range(paras[0].first + 1, paras[-1].last + 2)
    foreign = tuple(suspect.text.strip() for suspect in suspects if suspect.line in lines)
    return Speech(paras, told or (titles[-1] if titles else ""), _roles(found), genre, theme, _level(paras), foreign)


def _roles(found: Inspection) -> dict[int, str]:
    return {paragraph.line - 1: paragraph.role for piece in found.pieces for paragraph in piece.paragraphs}


def _level(paras: Sequence[Para]) -> str:
    """The rank whose words (全镇, 镇党委) the text uses most; empty where it uses none."""
    text = "".join(para.text for para in paras)
    counts = {level: sum(text.count(word) for slot in ("whole", "our", "own") for word in words.get(slot, ()))
              for level, words in LEVELS.items()}  # fmt: skip
    best = max(counts, key=lambda level: counts[level])
    return best if counts[best] else ""


def _cleaned(para: Para) -> Para:
    lead, rest = (tuple(bit for bit in bits if not bit.foreign) for bits in (para.lead, para.rest))
    return replace(para, lead=lead, rest=rest)


# Making


def _sections(rows: Sequence[Stretch], genre: Genre, topic: Topic, roles: Mapping[int, str]) -> Iterator[SectionPlan]:
    for stretch, part in zip(rows, assigned(rows, genre, roles), strict=True):
        points = [] if part.heading or not stretch.heading else [_own(stretch.number + stretch.heading)]
        points += _points(stretch, topic)
        heading = stretch.heading if part.heading else "auto"
        yield SectionPlan(part.name, heading, tuple(points) or (Point(heading="", fixed=True),))


def _closed(
    sections: tuple[SectionPlan, ...], rows: Sequence[Stretch], genre: Genre, roles: Mapping[int, str]
) -> tuple[SectionPlan, ...]:
    """The sections with a last paragraph that closes the speech in a part of its own, where the genre has one for it."""
    last, part = rows[-1], genre.parts[-1]
    if part.heading or not last.heading or len(sections[-1].points) < 2 or roles.get(id(last.paras[-1])) != "closing":
        return sections
    point = sections[-1].points[-1]
    if point.heading:
        return sections
    return (*sections[:-1], replace(sections[-1], points=sections[-1].points[:-1]), SectionPlan(part.name, points=(point,)))


def _points(stretch: Stretch, topic: Topic) -> Iterator[Point]:
    """A fixed point a paragraph; a heading of the second level takes in the paragraph below it."""
    waiting = ""
    for para in stretch.paras:
        heading, text = stretch.cut(para)
        if waiting and not heading:
            heading, waiting = waiting, ""
        elif waiting:
            yield Point(heading=waiting, fixed=True)
            waiting = ""
        if heading and not text:
            waiting = heading
        elif text:
            yield _own(text, heading, topic)
    if waiting:
        yield Point(heading=waiting, fixed=True)


def _own(text: str, heading: str = "", topic: Topic | None = None) -> Point:
    """A paragraph of the writer's; what has the form of an id is text, for as an item it would be read as one."""
    facets = facets_of(heading + text, topic) if topic else ()
    use = split(text) if has_words(text) else ()
    return Point(facets[0] if facets else "", heading, use, "" if use else text.strip(), fixed=True)
