"""What only repeats another file: whole texts and passages that circulate, marked so that they count once.

Of files that repeat each other the oldest is the original, of equally old ones the first by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from phrasebank.mined import Mined
from phrasebank.model import MinedDocument, Phrase

UNKNOWN_YEAR = 9999


@dataclass(frozen=True, slots=True)
class Copies:
    """Which files repeat which, and which passages (file, line) stand in an older file too."""

    documents: dict[str, str] = field(default_factory=dict)
    passages: frozenset[tuple[str, int]] = frozenset()

    def marked(self, document: MinedDocument) -> MinedDocument:
        """A document that knows what it is a copy of."""
        original = self.documents.get(document.file)
        return replace(document, copy_of=original) if original else document

    def counted(self, phrase: Phrase) -> Phrase:
        """A phrase of one file that counts as a copy where all it stands in is copied."""
        file = phrase.sources[0].file
        copied = file in self.documents or all((file, source.line) in self.passages for source in phrase.sources)
        return replace(phrase, documents=0, copies=1) if copied else phrase


def find_copies(mined: Iterable[Mined]) -> Copies:
    """The copies among files."""
    from phrasebank.duplicates import near_groups
    from phrasebank.similarity import DOCUMENTS, PASSAGES, sign

    files = by_age(mined)
    whole = [text_of(one) for one in files]
    documents = near_groups(sign(whole, DOCUMENTS), whole, DOCUMENTS)
    places = [(one.document.file, passage.line) for one in files for passage in one.passages]
    texts = [passage.text for one in files for passage in one.passages]
    passages = near_groups(sign(texts, PASSAGES), texts, PASSAGES)
    return copies_of([one.document.file for one in files], documents.tolist(), places, passages.tolist())


def copies_of(
    files: Sequence[str], documents: Sequence[int], places: Sequence[tuple[str, int]], passages: Sequence[int]
) -> Copies:
    """The copies that groups tell: of each file and each passage the smallest index among its like."""
    repeated = {files[n]: files[first] for n, first in enumerate(documents) if first != n}
    moved = (place for place, first in zip(places, passages, strict=True) if places[first][0] != place[0])
    return Copies(repeated, frozenset(moved))


def by_age(mined: Iterable[Mined]) -> list[Mined]:
    """Files from the oldest on."""
    return sorted(mined, key=lambda one: (one.document.year or UNKNOWN_YEAR, one.document.file))


def text_of(mined: Mined) -> str:
    """The text by which files are compared."""
    return "\n".join(passage.text for passage in mined.passages)


def counted(mined: Iterable[Mined], copies: Copies) -> Iterator[Phrase]:
    """All phrases of all files, those in copies counted as such."""
    return map(copies.counted, chain.from_iterable(one.phrases for one in mined))
