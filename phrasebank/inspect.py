"""Reading one text: everything found in it. The one interface of the reading stage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from phrasebank import classify, sentences
from phrasebank.clean import Cleaned, clean
from phrasebank.defects import find_defects
from phrasebank.headings import key_of
from phrasebank.mending import Block, mend
from phrasebank.model import (
    Defect,
    Heading,
    Inspection,
    Lexicon,
    Paragraph,
    Parallel,
    Piece,
    Polarity,
    Quoted,
    RawText,
    Role,
    Sentence,
    Slot,
)
from phrasebank.outlines import begins_any
from phrasebank.parallels import find_parallels
from phrasebank.quotations import find_quotations
from phrasebank.readers import read
from phrasebank.shortforms import find_tied
from phrasebank.structure import Body, Part, ancestors, part_of, pieces

if TYPE_CHECKING:  # the model is loaded when a sentence is judged
    from phrasebank.rolefeatures import Line

_NO_LEXICON = Lexicon()
HARMFUL = frozenset({"censored_name", "missing_number", "truncated_end", "typo"})
"""Kinds of damage that keep a sentence from being offered; the others are mended or only marked."""

MAX_JUDGED = 600
"""Characters of a sentence that are looked at for its role: what runs on longer has lost its full stops."""


def inspect_file(path: str | Path, lexicon: Lexicon = _NO_LEXICON) -> Inspection:
    """Everything found in a file. Raises ReadError."""
    return inspect(read(path), lexicon)


def inspect(raw: RawText, lexicon: Lexicon = _NO_LEXICON, *, parallels: bool = True, judged: bool = True) -> Inspection:
    """Everything found in a text: pieces, what was removed, damage, quotations, slots; parallel constructions, which mining
    does not need and which take longest, only if `parallels`. Unless `judged`, only how the text is built: no role is told, no
    quotation and no slot, which the checks look for in the paragraphs they want them of."""
    cleaned = clean(raw)
    blocks = mend(cleaned)
    groups = pieces(blocks)
    above = ancestors(cleaned.outline)
    parts = [part_of(group, _cut_off(group), above) for group in groups]
    defects = find_defects(cleaned, blocks, parts)
    harm = _harm(defects)
    return Inspection(
        raw.file,
        tuple(_piece(part, cleaned, harm, lexicon, len(parts) == 1, judged=judged) for part in parts),
        tuple(sorted((*raw.dropped, *cleaned.removed), key=attrgetter("line"))),
        tuple(defects),
        tuple(_quotations(blocks)) if judged else (),
        tuple(_parallels(blocks)) if parallels else (),
        tuple(_slots(blocks)) if judged else (),
        raw.notices,
    )


def _cut_off(group: Sequence[Block]) -> bool:
    return group[-1].cut_after


def _harm(defects: Sequence[Defect]) -> dict[int, set[str]]:
    """The damaged words of each line that has some."""
    harm: dict[int, set[str]] = {}
    for defect in defects:
        if defect.kind in HARMFUL:
            harm.setdefault(defect.line, set()).add(defect.text)
    return harm


def _piece(part: Part, cleaned: Cleaned, harm: dict[int, set[str]], lexicon: Lexicon, alone: bool, *, judged: bool) -> Piece:
    """A speech with its sentences classified, if they are to be `judged`. What a header says wins over what is guessed."""
    meta = cleaned.meta if alone else {}
    text = "\n".join(b.text for b in part.blocks)
    title = meta.get("title") or part.title
    genre = _told(meta, "genre") or classify.genre_of(title or "", part.label, text, lexicon)
    theme = _told(meta, "theme") or classify.theme_of(title or "", text, lexicon)
    return Piece(
        title, genre.name, theme.name, part.salutation, part.truncated, part.blocks[0].line, part.blocks[-1].last,
        (*part.headings, *_missing(part, cleaned, alone)), tuple(_paragraphs(part, harm, genre.name, title) if judged else _unjudged(part)),
        meta.get("level"), meta.get("place"),
        part.around.subtitle, part.around.speaker, part.around.date, part.closing, genre.confidence, theme.confidence,
    )  # fmt: skip


def _told(meta: dict[str, str], key: str) -> classify.Guess | None:
    """What a header says for certain."""
    return classify.Guess(meta[key], 1.0) if meta.get(key) else None


def _missing(part: Part, cleaned: Cleaned, alone: bool) -> Iterator[Heading]:
    """Headings known only from the outline, which may shorten those of the body."""
    known = sorted(key_of(h.number + h.text) for h in part.headings)
    entries = cleaned.outline if alone else ()
    return (h for h in entries if not begins_any(key_of(h.number + h.text), known))


def _unjudged(part: Part) -> Iterator[Paragraph]:
    """The paragraphs of a speech as they stand."""
    for body in part.bodies:
        yield Paragraph(body.block.line, body.text, *classify.main_role(()), body.path, ())


def _paragraphs(part: Part, harm: dict[int, set[str]], genre: str | None, title: str | None) -> Iterator[Paragraph]:
    """The paragraphs of a speech with role and polarity."""
    first_heading = min((h.line for h in part.headings), default=0)
    lines = tuple(_lines(part, first_heading))
    judged = iter(_judged(lines, genre, title))
    texts = {number: [line.text for line in group] for number, group in groupby(lines, key=attrgetter("paragraph"))}
    for n, body in enumerate(part.bodies):
        if body.kind != "text":
            role: Role = "opening" if body.kind == "salutation" else "heading"
            yield Paragraph(
                body.block.line, body.text, role, "plain", (), (Sentence(body.text, body.block.line, role, "plain"),)
            )
            continue
        opening = _is_opening(body.block.line, n, first_heading)
        found = tuple(_sentences(body, texts.get(n, ()), judged, harm))
        role, polarity = (
            ("opening", "plain") if opening else classify.main_role([(s.role, s.polarity, len(s.text)) for s in found])
        )
        yield Paragraph(body.block.line, body.text, role, polarity, body.path, found)


def _is_opening(line: int, number: int, first_heading: int) -> bool:
    """Whether a paragraph stands before all headings."""
    return line < first_heading or (not first_heading and number == 0)


def _lines(part: Part, first_heading: int) -> Iterator[Line]:
    """The sentences of a speech as they are judged."""
    from phrasebank.rolefeatures import Line

    for n, body in enumerate(part.bodies):
        if body.kind == "text":
            opening = _is_opening(body.block.line, n, first_heading)
            path = tuple(h.text for h in body.path)
            for k, text in enumerate(sentences.split(body.text)):
                yield Line(text, path, n, n / len(part.bodies), k == 0, opening)


def lines_of(piece: Piece) -> tuple[list[tuple[int, int]], list[Line]]:
    """The sentences of an inspected speech as they were judged, each with its line and its number in the paragraph."""
    from phrasebank.rolefeatures import Line

    first_heading = min((h.line for h in piece.headings if h.in_body), default=0)
    count = len(piece.paragraphs)
    found = [
        ((p.line, k), Line(s.text, tuple(h.text for h in p.path), n, n / count, k == 0, _is_opening(p.line, n, first_heading)))
        for n, p in enumerate(piece.paragraphs)
        if p.role != "heading" and p.text != piece.salutation
        for k, s in enumerate(p.sentences)
    ]
    return [place for place, _ in found], [line for _, line in found]


def _judged(lines: Sequence[Line], genre: str | None, title: str | None) -> Iterator[tuple[Role, Polarity]]:
    """Role and polarity of each sentence: short speeches by rule, one sentence after the other; all else as a whole."""
    from phrasebank import roles

    cut = [line if len(line.text) <= MAX_JUDGED else replace(line, text=line.text[:MAX_JUDGED]) for line in lines]
    if roles.is_speech(cut, genre, title):
        yield from classify.classified(cut)
    else:
        yield from roles.judge(cut, classify.polarities(cut))


def _sentences(
    body: Body, texts: Sequence[str], judged: Iterator[tuple[Role, Polarity]], harm: dict[int, set[str]]
) -> Iterator[Sentence]:
    """The sentences of a paragraph with what they were judged to be."""
    here = {text for line in body.block.lines for text in harm.get(line, ())}
    for text in texts:
        role, polarity = next(judged)
        yield Sentence(text, body.block.line, role, polarity, any(t in text or text in t for t in here))


def _quotations(blocks: Sequence[Block]) -> Iterator[Quoted]:
    for block in blocks:
        for q in find_quotations(block.text):
            yield Quoted(block.line_at(q.start), block.text[q.start : q.end], q.kind, q.attributed_to)


def _parallels(blocks: Sequence[Block]) -> Iterator[Parallel]:
    for block in blocks:
        for run in find_parallels(block.text):
            yield Parallel(block.line_at(run.start), block.text[run.start : run.end], run.frame, run.count)


def _slots(blocks: Sequence[Block]) -> Iterator[Slot]:
    for block, slots in zip(blocks, find_tied([block.text for block in blocks]), strict=True):
        for start, end, kind, full in slots:
            yield Slot(block.line_at(start), block.text[start:end], kind, full)


def to_json(found: Inspection) -> dict[str, Any]:
    """An inspection in the form of `nigao inspect --json`.

    Besides, paragraphs bear their `sentences` and `path` (the headings above), and a piece its `level` and `place` where
    known, and the headings known only from its outline as `outline`.
    """
    record: dict[str, Any] = _plain(found)
    for piece in record["pieces"]:
        for paragraph in piece["paragraphs"]:
            paragraph["path"] = [h["number"] + h["text"] for h in paragraph["path"]]
        piece["outline"] = [h for h in piece["headings"] if not h["in_body"]]
        piece["headings"] = [h for h in piece["headings"] if h["in_body"]]
    return record


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON is what it is
    """A value object as lists and dictionaries."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
