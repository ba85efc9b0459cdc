"""What a bank holds, as values: what was mined, and what its user has decided about it.

`Contents` may stream: `documents`, `phrases`, `terms` and `aliases` (then as pairs) are any iterables, read once, in that order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from phrasebank.model import MinedDocument, Phrase, Term


@dataclass(frozen=True, slots=True)
class Mark:
    """What the user decided about one phrase. `text` is wording of his own in place of the mined one, "" for none, and
    `template` the same with slots."""

    id: str
    pinned: bool = False
    hidden: bool = False
    text: str = ""
    template: str = ""


class Tag(NamedTuple):
    """A tag of the user's on a phrase."""

    phrase: str
    tag: str


@dataclass(frozen=True, slots=True)
class Curation:
    """All that a user decided in a bank: marks and tags by phrase id, and phrases of his own (ids o…), each in the order
    of ids. It may speak of phrases that are not in the bank any more."""

    marks: tuple[Mark, ...] = ()
    own: tuple[Phrase, ...] = ()
    tags: tuple[Tag, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.marks or self.own or self.tags)


@dataclass(frozen=True, slots=True)
class Contents:
    """All of a bank, ready to be written: documents in the order of their names, phrases best first (`ranking.quality`).

    `aliases`: ids of wordings folded into a phrase as nearly the same, and the id of the phrase that stands for each.
    """

    documents: Iterable[MinedDocument]
    phrases: Iterable[Phrase]
    terms: Iterable[Term] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] | Iterable[tuple[str, str]] = field(default_factory=dict)
    curation: Curation = Curation()


def joined(curations: Iterable[Curation]) -> Curation:
    """Several curations as one. Where two speak of the same phrase, pins, hidings and tags of both count, and the wording is
    that of the first that has one. A phrase hidden in one and pinned in another is as the first says."""
    marks: dict[str, Mark] = {}
    own: dict[str, Phrase] = {}
    tags: set[Tag] = set()
    for curation in curations:
        for mark in curation.marks:
            marks[mark.id] = _both(marks[mark.id], mark) if mark.id in marks else mark
        for phrase in curation.own:
            own.setdefault(phrase.id, phrase)
        tags |= set(curation.tags)
    return Curation(
        tuple(marks[key] for key in sorted(marks)), tuple(own[key] for key in sorted(own)), tuple(sorted(tags))
    )  # fmt: skip


def _both(first: Mark, second: Mark) -> Mark:
    decided = first.pinned or first.hidden
    return replace(
        first,
        pinned=first.pinned if decided else second.pinned,
        hidden=first.hidden if decided else second.hidden,
        text=first.text or second.text,
        template=first.template if first.text else second.template,
    )
