"""Merging what was mined: the same wording found in several places is one phrase with several sources.

Merging is associative and does not depend on the order of documents, so that any number of workers gives one result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from phrasebank.model import Phrase, Polarity
from phrasebank.slots import plain


def merge(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """One phrase a wording, best first."""
    merged: dict[str, Phrase] = {}
    for phrase in phrases:
        other = merged.get(phrase.id)
        merged[phrase.id] = phrase if other is None else _joined(other, phrase)
    return tuple(sorted((_finished(phrase) for phrase in merged.values()), key=_rank))


def _joined(a: Phrase, b: Phrase) -> Phrase:
    """The two as one: the wording of the one that is freer, sources, names and counts of both."""
    first = min(a, b, key=_freedom)
    sources = tuple(sorted({*a.sources, *b.sources}, key=lambda s: (s.file, s.line)))
    return replace(
        first,
        count=a.count + b.count,
        sources=sources,
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
    """Documents counted, and a last look at whether the wording may be offered: a name that any file
    knows for one bars it, and so does a refutal anywhere."""
    documents = len({source.file for source in phrase.sources})
    reason = "" if phrase.reason == "refuted" or (phrase.reason == "names" and phrase.names) else phrase.reason
    if any(name in plain(phrase.template) for name in phrase.names):
        reason = reason or "names"
    reason = "refuted" if phrase.polarity == "refuted" else reason
    return replace(phrase, documents=documents, reason=reason)


def _rank(phrase: Phrase) -> tuple[object, ...]:
    """Offered before dropped, more documents first, then lengths near a spoken sentence, then the id for a fixed order."""
    return bool(phrase.reason), -phrase.documents, abs(len(phrase.text) - 45) // 15, phrase.id
