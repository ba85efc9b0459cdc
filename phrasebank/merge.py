"""Merging what was mined: the same wording found in several places is one phrase with several sources.

`merge_document` makes the phrases of one file one a wording, `gather` joins those of different files, `fold` those that are nearly
the same, and `finished` looks whether the outcome may be offered. Gathering is associative and does not depend on the order of
documents, so that any number of workers gives one result.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import replace

from phrasebank.model import Phrase, Polarity
from phrasebank.slots import plain

KEPT_SOURCES = 20
"""Sources kept of a phrase: the first by file and line; its counts are of all."""
RARE = 2
"""Documents in which a frame must stand to be one."""


def merge_document(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """The phrases of one file, one a wording, in the order of their first occurrence."""
    merged = gather(phrases).values()
    return tuple(replace(phrase, documents=1) if phrase.documents > 1 else phrase for phrase in merged)


def merge(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """Phrases of different files, one a wording, finished, in the order of their ids."""
    return tuple(sorted((finished(phrase) for phrase in gather(phrases).values()), key=lambda phrase: phrase.id))


def gather(phrases: Iterable[Phrase]) -> dict[str, Phrase]:
    """Phrases by id, those of one wording joined."""
    merged: dict[str, Phrase] = {}
    for phrase in phrases:
        other = merged.get(phrase.id)
        merged[phrase.id] = phrase if other is None else joined(other, phrase)
    return merged


def joined(a: Phrase, b: Phrase) -> Phrase:
    """The two as one: the wording of the one that is freer, sources, names and counts of both."""
    first = min(a, b, key=_freedom)
    return replace(_added(first, a, b), facets=tuple(sorted({*a.facets, *b.facets})), names=tuple(sorted({*a.names, *b.names})))


def _added(first: Phrase, a: Phrase, b: Phrase) -> Phrase:
    """The wording of `first` with the counts, sources and years of both."""
    sources = sorted({*a.sources, *b.sources}, key=lambda s: (s.file, s.line))
    return replace(
        first,
        count=a.count + b.count,
        documents=a.documents + b.documents,
        copies=a.copies + b.copies,
        sources=tuple(sources[:KEPT_SOURCES]),
        polarity=_gravest(a.polarity, b.polarity),
        years=_span(a.years, b.years),
    )


def _span(a: tuple[int, int] | None, b: tuple[int, int] | None) -> tuple[int, int] | None:
    """From the first year of both to the last."""
    return (min(a[0], b[0]), max(a[1], b[1])) if a and b else a or b


def _freedom(phrase: Phrase) -> tuple[object, ...]:
    """Which of two occurrences gives the wording: offered before dropped, more slots before fewer, then in a fixed order.

    Looks at what merging leaves as it is, so that the order of merging does not matter.
    """
    barred = "" if phrase.reason in ("names", "refuted", "rare") else phrase.reason
    about = (phrase.role, phrase.theme or "", phrase.genre or "", phrase.level or "")
    return bool(barred), -phrase.template.count("{"), barred, phrase.text, phrase.template, about, phrase.reason


def _gravest(a: Polarity, b: Polarity) -> Polarity:
    """A wording that was negative or refuted anywhere is never offered as plain."""
    order: tuple[Polarity, ...] = ("plain", "negative", "refuted")
    return max(a, b, key=order.index)


def fold(wordings: MutableMapping[str, Phrase], ids: Sequence[str], groups: Sequence[int]) -> dict[str, str]:
    """Folds wordings that are nearly the same: `groups` gives for each of `ids` the index of the first of its group. The one that
    most files came to by themselves stands for all. Returns the ids that are gone, with the id of what stands for them."""
    members: dict[int, list[Phrase]] = {}
    for id_, group in zip(ids, groups, strict=True):
        members.setdefault(group, []).append(wordings[id_])
    aliases: dict[str, str] = {}
    for alike in members.values():
        if len(alike) > 1:
            best, *others = sorted(alike, key=_standing)
            wordings[best.id] = folded(best, others)
            aliases |= {other.id: best.id for other in others}
    for id_ in aliases:
        del wordings[id_]
    return aliases


def _standing(phrase: Phrase) -> tuple[object, ...]:
    """What stands for its like first: what offices wrote by themselves before what only copies have."""
    return -phrase.documents, -phrase.copies, phrase.polarity == "plain", -phrase.template.count("{"), phrase.id


def folded(best: Phrase, others: Iterable[Phrase]) -> Phrase:
    """A phrase that stands for others that are nearly the same. A file that has several of them counts once, as far as their
    sources are kept."""
    for other in others:
        both = len({source.file for source in best.sources} & {source.file for source in other.sources})
        documents = best.documents + max(0, other.documents - both)
        files = best.documents + best.copies + other.documents + other.copies - both
        best = replace(_added(best, best, other), documents=documents, copies=files - documents)
    return best


def finished(phrase: Phrase) -> Phrase:
    """A last look at whether the wording may be offered: a name that any file knows for one bars it, and so does a refutal
    anywhere; a frame must stand in several files. What stands in copies only counts as one document."""
    reason = _reason(phrase)
    if phrase.documents < 1:
        return replace(phrase, reason=reason, documents=1, copies=phrase.copies - 1)
    return phrase if reason == phrase.reason else replace(phrase, reason=reason)


def _reason(phrase: Phrase) -> str:
    reason = "" if phrase.reason in ("refuted", "rare") or (phrase.reason == "names" and phrase.names) else phrase.reason
    if phrase.names:
        bare = plain(phrase.template)
        reason = "names" if not reason and any(name in bare for name in phrase.names) else reason
    if phrase.kind == "frame" and phrase.documents < RARE:
        reason = reason or "rare"
    return "refuted" if phrase.polarity == "refuted" else reason
