"""Where the words of settled points came from: an outline holds them as plain sentences, whoever's they once were.

What is remembered are stretches of a sentence by its text; so it holds through undo, versions and moves, and a sentence that was
changed keeps the origins of what was not changed in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, TypeVar

from drafting.actions import Item, SpansOf, items_of
from drafting.desk import writer_spans
from drafting.model import Draft, Origin, Outline, Span, has_words
from phrasebank.model import Source

T = TypeVar("T")

RUN = 4
"""Characters that must stand together for their origin to be kept: shorter runs agree by chance."""
SHARE = 0.5
"""Share of a changed sentence that must be another's words for those to be still called that."""
_KEPT = frozenset({"template", "phrase", "quotation"})
"""Origins that words keep. Facts and names of the profile are none: in settled words they do not follow their sheet any more."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of a sentence with one origin that is not the writer."""

    start: int
    end: int
    origin: Origin


Known = Mapping[str, tuple[Stretch, ...]]
"""What is known of sentences, by their text."""


def own_words(outline: Outline) -> set[str]:
    """The sentences an outline holds as words."""
    return {item for section in outline.sections for point in section.points for item in point.use if has_words(item)}


def learned(words: Iterable[str], draft: Draft, spans_of: SpansOf) -> dict[str, tuple[Stretch, ...]]:
    """Stretches of new sentences, from those that stood in the draft before: the same one, or the one most of it comes from."""
    blocks = (block for block in draft.blocks if block.kind == "paragraph" and block.slot[0] >= 0)
    same = {item.text: item for block in blocks for item in items_of(block, spans_of)}
    rows = [item for item in same.values() if any(span.origin.kind in _KEPT for span in item.spans)]
    found = ((text, _stretches(same[text]) if text in same else _carried(text, rows)) for text in words)
    return {text: stretches for text, stretches in found if stretches}


def told_spans(text: str, known: Known) -> tuple[Span, ...]:
    """A sentence as spans, each with its origin as far as it is known."""
    stretches, spans = known.get(text, ()), writer_spans(text)
    return tuple(_overlaid(spans, stretches)) if stretches else spans


def printed_by_templates(known: Known) -> frozenset[str]:
    """Sentences that are a template's from end to end."""
    sizes = ((text, sum(s.end - s.start for s in rows if s.origin.kind == "template")) for text, rows in known.items())
    return frozenset(text for text, size in sizes if size == len(text))


def as_json(known: Known) -> dict[str, list[list[Any]]]:
    """What is known, to be written down."""
    return {
        text: [[s.start, s.end, s.origin.kind, s.origin.ref, [[o.file, o.line] for o in s.origin.sources]] for s in stretches]
        for text, stretches in known.items()
    }


def from_json(data: object) -> dict[str, tuple[Stretch, ...]]:
    """What was written down; a damaged entry is left out."""
    known = {}
    for text, rows in data.items() if isinstance(data, dict) else ():
        try:
            known[text] = tuple(_stretch(*row) for row in rows)
        except (TypeError, ValueError):
            continue
    return known


def _stretch(start: int, end: int, kind: str, ref: str, sources: list[tuple[str, int]]) -> Stretch:
    if kind not in _KEPT:
        raise ValueError(kind)
    return Stretch(int(start), int(end), Origin(kind, str(ref), tuple(Source(file, line) for file, line in sources)))  # type: ignore[arg-type]


def _stretches(item: Item) -> tuple[Stretch, ...]:
    return tuple(_runs([span.origin for span in item.spans for _ in span.text]))


def _carried(text: str, items: Iterable[Item]) -> tuple[Stretch, ...]:
    """What a changed sentence has kept of the one it has most of."""
    best: tuple[int, list[Origin | None]] = (0, [])
    for item in items:
        if set(text) & set(item.text):
            best = max(best, _shared(text, item), key=lambda pair: pair[0])
    return tuple(_runs(best[1])) if best[0] >= SHARE * len(text) else ()


def _shared(text: str, item: Item) -> tuple[int, list[Origin | None]]:
    """How many characters of a text stand in a sentence in runs, and the origin of each."""
    before = [span.origin for span in item.spans for _ in span.text]
    origins: list[Origin | None] = [None] * len(text)
    for match in SequenceMatcher(None, item.text, text, autojunk=False).get_matching_blocks():
        if match.size >= RUN:
            origins[match.b : match.b + match.size] = before[match.a : match.a + match.size]
    return sum(origin is not None for origin in origins), origins


def _runs(origins: Iterable[Origin | None]) -> Iterator[Stretch]:
    for start, end, origin in _grouped(origins):
        if origin is not None and origin.kind in _KEPT:
            yield Stretch(start, end, origin)


def _grouped(origins: Iterable[T]) -> Iterator[tuple[int, int, T]]:
    """Where each run of characters of one origin begins and ends."""
    at = 0
    for origin, group in groupby(origins):
        end = at + sum(1 for _ in group)
        yield at, end, origin
        at = end


def _overlaid(spans: Iterable[Span], stretches: Iterable[Stretch]) -> Iterator[Span]:
    """The spans, those of the writer cut where a stretch has another origin; blanks stay blanks."""
    at = 0
    for span in spans:
        if span.origin.kind != "writer":
            yield span
        else:
            origins = [next((s.origin for s in stretches if s.start <= n < s.end), span.origin) for n in range(at, at + len(span.text))]
            yield from (Span(span.text[start:end], origin) for start, end, origin in _grouped(origins))
        at += len(span.text)
