"""Several banks as one: every document once, the same wording as one phrase with the sources of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from phrasebank.contents import Contents, joined
from phrasebank.merge import folded, merge
from phrasebank.model import MinedDocument, Phrase, Source, Term
from phrasebank.ranking import quality


def united(banks: Sequence[tuple[str, Contents]]) -> Contents:
    """The contents of banks, each given with a name, as one.

    A text that several banks hold (same digest) counts once, for the first of them. A file name that stands for different
    texts gets the bank's name in front. Of a phrase's sources a bank keeps only the first ones, so that its counts are exact
    up to there; beyond, texts in several banks may count twice. Pieces of a bank of which some texts were known are counted
    as one a new text. Set expressions of banks that bring a new text add up their counts and keep the best score. A wording
    that any of the banks folded into another is folded. What users decided is joined, see `contents.joined`.
    """
    documents: dict[str, MinedDocument] = {}
    phrases: list[Phrase] = []
    terms: list[Term] = []
    pieces = 0
    aliases: dict[str, str] = {}
    for name, contents in banks:
        before = len(documents)
        given = tuple(contents.documents)
        places = _places(name, given, documents)
        added = len(documents) - before
        pieces += int(contents.meta.get("pieces", added)) if added == len(given) else added
        phrases += [_moved(phrase, places) for phrase in contents.phrases]
        terms += contents.terms if added else ()
        aliases = {**dict(contents.aliases), **aliases}
    known = tuple(sorted(documents.values(), key=lambda document: document.file))
    ranked, aliases = _ranked(merge(phrase for phrase in phrases if phrase.sources), aliases)
    return Contents(known, ranked, _terms(terms), _meta(known, pieces), aliases, joined(contents.curation for _, contents in banks))


def _ranked(phrases: Iterable[Phrase], aliases: Mapping[str, str]) -> tuple[tuple[Phrase, ...], dict[str, str]]:
    """Phrases best first, those that a bank folded into another folded; and the aliases that lead to one of them."""
    found = {phrase.id: phrase for phrase in phrases}
    goes = {id_: end for id_ in aliases if (end := _end(id_, aliases, found)) and end != id_}
    for id_, end in sorted(goes.items()):
        if id_ in found:
            found[end] = folded(found[end], [found.pop(id_)])
    newest = max((phrase.years[1] for phrase in found.values() if phrase.years), default=None)
    return tuple(sorted(found.values(), key=lambda phrase: quality(phrase, newest))), goes


def _end(id_: str, aliases: Mapping[str, str], found: Mapping[str, Phrase]) -> str:
    """The last phrase that an alias leads to; of a ring, its first id in order."""
    seen = [id_]
    while (following := aliases.get(seen[-1])) is not None:
        if following in seen:
            seen = [min(seen[seen.index(following) :])]
            break
        seen.append(following)
    return seen[-1] if seen[-1] in found else ""


def _places(name: str, new: Iterable[MinedDocument], documents: dict[str, MinedDocument]) -> dict[str, str | None]:
    """Under which name each file of a bank goes on, None for a text that is there already; adds what is new."""
    taken = {document.file for document in documents.values()}
    given = {document.file: document for document in new}
    places: dict[str, str | None] = {}
    for document in given.values():
        file = document.file if document.file not in taken else f"{name}/{document.file}"
        places[document.file] = None if document.sha256 in documents else file
        documents.setdefault(document.sha256, replace(document, file=file))
    for document in given.values():
        if document.copy_of and places[document.file]:
            original = documents[given[document.copy_of].sha256].file
            documents[document.sha256] = replace(documents[document.sha256], copy_of=original)
    return places


def _moved(phrase: Phrase, places: dict[str, str | None]) -> Phrase:
    """A phrase with its sources under their new names, those of texts that are known already left out of its counts."""
    sources = tuple(Source(file, source.line) for source in phrase.sources if (file := places.get(source.file)))
    known = [source.file for source in phrase.sources if places.get(source.file) is None]
    return replace(phrase, sources=sources, count=phrase.count - len(known), documents=phrase.documents - len(set(known)))


def _terms(terms: Iterable[Term]) -> tuple[Term, ...]:
    found: dict[str, Term] = {}
    for term in terms:
        other = found.get(term.text, Term(term.text, 0, 0, term.score))
        counts = other.count + term.count, other.documents + term.documents
        years = Counter(dict(other.years))
        years.update(dict(term.years))
        found[term.text] = Term(term.text, *counts, max(other.score, term.score), tuple(sorted(years.items())))
    return tuple(sorted(found.values(), key=lambda term: (-term.score, term.text)))


def _meta(documents: Sequence[MinedDocument], pieces: int) -> dict[str, str]:
    characters = sum(document.characters for document in documents)
    return {"documents": str(len(documents)), "pieces": str(pieces), "characters": str(characters)}
