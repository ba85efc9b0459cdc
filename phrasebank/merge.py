"""Merging what was mined: the same wording found in several places is one phrase with several sources.

Two steps: `merge_document` makes the phrases of one file one a wording, `merge` joins those of different files. The second is
associative and does not depend on the order of documents, so that any number of workers gives one result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from phrasebank.model import Phrase, Polarity
from phrasebank.slots import plain

KEPT_SOURCES = 20
"""Sources kept of a phrase: the first by file and line; its counts are of all."""


def merge_document(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """The phrases of one file, one a wording, in the order of their first occurrence."""
    return tuple(replace(phrase, documents=1) for phrase in _by_wording(phrases).values())


def merge(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """Phrases of different files, one a wording, best first."""
    return tuple(sorted((_finished(phrase) for phrase in _by_wording(phrases).values()), key=_rank))


def _by_wording(phrases: Iterable[Phrase]) -> dict[str, Phrase]:
    merged: dict[str, Phrase] = {}
    for phrase in phrases:
        other = merged.get(phrase.id)
        merged[phrase.id] = phrase if other is None else _joined(other, phrase)
    return merged


def _joined(a: Phrase, b: Phrase) -> Phrase:
    """The two as one: the wording of the one that is freer, sources, names and counts of both."""
    first = min(a, b, key=_freedom)
    sources = sorted({*a.sources, *b.sources}, key=lambda s: (s.file, s.line))
    return replace(
        first,
        count=a.count + b.count,
        documents=a.documents + b.documents,
        sources=tuple(sources[:KEPT_SOURCES]),
        facets=tuple(sorted({*a.facets, *b.facets})),
        names=tuple(sorted({*a.names, *b.names})),
        polarity=_gravest(a.polarity, b.polarity),
    )


def _freedom(phrase: Phrase) -> tuple[object, ...]:
    """Which of two occurrences gives the wording: offered before dropped, more slots before fewer, then in a fixed order.

    Looks at what merging leaves as it is, so that the order of merging does not matter.
    """
    barred = "" if phrase.reason in ("names", "refuted") else phrase.reason
    about = (phrase.role, phrase.theme or "", phrase.genre or "", phrase.level or "")
    return bool(barred), -phrase.template.count("{"), barred, phrase.text, phrase.template, about, phrase.reason


def _gravest(a: Polarity, b: Polarity) -> Polarity:
    """A wording that was negative or refuted anywhere is never offered as plain."""
    order: tuple[Polarity, ...] = ("plain", "negative", "refuted")
    return max(a, b, key=order.index)


def _finished(phrase: Phrase) -> Phrase:
    """A last look at whether the wording may be offered: a name that any file knows for one bars it, and so does a
    refutal anywhere."""
    reason = "" if phrase.reason == "refuted" or (phrase.reason == "names" and phrase.names) else phrase.reason
    if any(name in plain(phrase.template) for name in phrase.names):
        reason = reason or "names"
    reason = "refuted" if phrase.polarity == "refuted" else reason
    return replace(phrase, reason=reason)


def _rank(phrase: Phrase) -> tuple[object, ...]:
    """Offered before dropped, more documents first, then lengths near a spoken sentence, then the id for a fixed order."""
    return bool(phrase.reason), -phrase.documents, abs(len(phrase.text) - 45) // 15, phrase.id
