"""Merging what was mined: the same wording found in several places is one phrase with several sources.

Merging is associative and does not depend on the order of documents, so that any number of workers gives one result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from phrasebank.model import Phrase, Polarity

KEPT_SOURCES = 20
"""Sources kept of a phrase: the smallest by file and line."""


def merge(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """One phrase a wording, best first."""
    merged: dict[str, Phrase] = {}
    for phrase in phrases:
        other = merged.get(phrase.id)
        merged[phrase.id] = phrase if other is None else _joined(other, phrase)
    return tuple(sorted((_counted(phrase) for phrase in merged.values()), key=_rank))


def _joined(a: Phrase, b: Phrase) -> Phrase:
    first, _ = sorted((a, b), key=lambda p: (bool(p.reason), p.sources[0].file, p.sources[0].line))
    sources = tuple(sorted({*a.sources, *b.sources}, key=lambda s: (s.file, s.line)))
    polarity = _gravest(a.polarity, b.polarity)
    return replace(
        first,
        count=a.count + b.count,
        sources=sources,
        facets=tuple(sorted({*a.facets, *b.facets})),
        names=tuple(sorted({*a.names, *b.names})),
        polarity=polarity,
        reason="refuted" if polarity == "refuted" else first.reason,
    )


def _gravest(a: Polarity, b: Polarity) -> Polarity:
    """A wording that was negative or refuted anywhere is never offered as plain."""
    order: tuple[Polarity, ...] = ("plain", "negative", "refuted")
    return max(a, b, key=order.index)


def _counted(phrase: Phrase) -> Phrase:
    documents = len({source.file for source in phrase.sources})
    return replace(phrase, documents=documents, sources=phrase.sources[:KEPT_SOURCES])


def _rank(phrase: Phrase) -> tuple[object, ...]:
    """Offered before dropped, more documents first, then lengths near a spoken sentence, then the id for a fixed order."""
    return bool(phrase.reason), -phrase.documents, abs(len(phrase.text) - 45) // 15, phrase.id
