"""What single files gave, put together in memory: the second of the two steps of mining.

    copies found → phrases of one wording joined → nearly the same wordings folded → finished, best first
    words → set expressions counted and ranked

Corpora too large for memory take the same steps over files on disk (`phrasebank.large`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache

from phrasebank.bank import Contents
from phrasebank.copies import Copies, counted, find_copies
from phrasebank.errors import ReadError
from phrasebank.merge import finished, fold, gather
from phrasebank.mined import Mined
from phrasebank.model import Phrase, Term
from phrasebank.ranking import quality
from phrasebank.workers import beside


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of a run: what was kept, removed and dropped, with reasons; texts that repeat others; wordings folded into others
    that are nearly the same; files that could not be read, with why; how many files had not changed since they were mined
    before and were not read again; what else there is to say, in Chinese sentences."""

    documents: int
    pieces: int
    characters: int
    phrases: int
    offered: int
    roles: dict[str, int]
    kinds: dict[str, int]
    removed: dict[str, int]
    dropped: dict[str, int]
    defects: dict[str, int]
    copies: int = 0
    folded: int = 0
    terms: int = 0
    unreadable: tuple[ReadError, ...] = ()
    reused: int = 0
    notices: tuple[str, ...] = ()

    @property
    def meta(self) -> dict[str, str]:
        """What a bank keeps of it."""
        return {"documents": str(self.documents), "pieces": str(self.pieces), "characters": str(self.characters)}


@contextmanager
def assembled(mined: Sequence[Mined], terms: bool, jobs: int = 1) -> Iterator[tuple[Contents, Callable[[], Report]]]:
    """All of a bank, and what gives the report of the run when the bank is written: with several `jobs` set expressions are counted
    while phrases are put together and written. Files in the order of their names; the result does not hang on it, nor on `jobs`."""
    texts = [(one.document.year or 0, one.words) for one in mined] if terms else []
    with beside(terms_of, texts, jobs if terms else 1) as counted_:
        expressions = cache(counted_)
        copies = find_copies(mined)
        phrases, aliases = phrases_of(mined, copies)
        documents = tuple(copies.marked(one.document) for one in mined)
        report = replace(report_of(mined, phrases), copies=len(copies.documents), folded=len(aliases))
        later = (term for awaited in (expressions,) for term in awaited())
        yield Contents(documents, phrases, later, report.meta, aliases), lambda: replace(report, terms=len(expressions()))


def phrases_of(mined: Iterable[Mined], copies: Copies) -> tuple[tuple[Phrase, ...], dict[str, str]]:
    """The phrases of all files, best first, and the ids of wordings folded into others, with the others' ids."""
    from phrasebank.duplicates import near_groups
    from phrasebank.similarity import SENTENCES, sign

    wordings = gather(counted(mined, copies))
    folding = sorted(id_ for id_, phrase in wordings.items() if phrase.kind == "sentence" and not phrase.reason)
    texts = [wordings[id_].text for id_ in folding]
    groups = near_groups(sign(texts, SENTENCES), texts, SENTENCES)
    aliases = fold(wordings, folding, groups.tolist())
    phrases = [finished(phrase) for phrase in wordings.values()]
    newest = max((phrase.years[1] for phrase in phrases if phrase.years), default=None)
    return tuple(sorted(phrases, key=lambda phrase: quality(phrase, newest))), aliases


def terms_of(texts: Iterable[tuple[int, str]]) -> tuple[Term, ...]:
    """The set expressions of all files, best first; of each file its year (0: unknown) and its text cut into words."""
    from phrasebank.grams import Cut, count_grams, count_words
    from phrasebank.terms import least_for, rank_terms

    cuts = [Cut(year, words) for year, words in texts]
    return rank_terms(count_grams(cuts, least_for(count_words(cuts)))) if cuts else ()


def report_of(mined: Sequence[Mined], phrases: Sequence[Phrase]) -> Report:
    """What was read, kept and dropped."""
    offered = [phrase for phrase in phrases if not phrase.reason]
    return Report(
        documents=len(mined),
        pieces=sum(one.pieces for one in mined),
        characters=sum(one.document.characters for one in mined),
        phrases=len(phrases),
        offered=len(offered),
        roles=tally(phrase.role for phrase in offered),
        kinds=tally(phrase.kind for phrase in offered),
        removed=tally(removed.kind for one in mined for removed in one.document.removed),
        dropped=tally(phrase.reason for phrase in phrases if phrase.reason),
        defects=tally(kind for one in mined for kind in one.defects.elements()),
    )


def tally(values: Iterable[str]) -> dict[str, int]:
    """How often each value stands there, most first."""
    return most_first(Counter(values))


def most_first(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts in their order, equal ones by name."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
