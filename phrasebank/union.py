"""Several banks as one: every document once, the same wording as one phrase with the sources of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from phrasebank.bank import Contents
from phrasebank.model import MinedDocument, Term
from phrasebank.merge import merge
from phrasebank.model import Phrase, Source


def united(banks: Sequence[tuple[str, Contents]]) -> Contents:
    """The contents of banks, each given with a name, as one.

    A text that several banks hold (same digest) counts once, for the first of them. A file name that stands for different
    texts gets the bank's name in front. Of a phrase's sources a bank keeps only the first ones, so that its counts are exact
    up to there; beyond, texts in several banks may count twice. Pieces of a bank of which some texts were known are counted
    as one a new text. Set expressions of banks that bring a new text add up their counts and keep the best score.
    """
    documents: dict[str, MinedDocument] = {}
    phrases: list[Phrase] = []
    terms: list[Term] = []
    pieces = 0
    for name, contents in banks:
        before = len(documents)
        places = _places(name, contents.documents, documents)
        added = len(documents) - before
        pieces += int(contents.meta.get("pieces", added)) if added == len(contents.documents) else added
        phrases += [_moved(phrase, places) for phrase in contents.phrases]
        terms += contents.terms if added else ()
    known = tuple(sorted(documents.values(), key=lambda document: document.file))
    merged = merge(phrase for phrase in phrases if phrase.sources)
    return Contents(known, merged, _terms(terms), _meta(known, pieces))


def _places(name: str, new: Iterable[MinedDocument], documents: dict[str, MinedDocument]) -> dict[str, str | None]:
    """Under which name each file of a bank goes on, None for a text that is there already; adds what is new."""
    taken = {document.file for document in documents.values()}
    places: dict[str, str | None] = {}
    for document in new:
        file = document.file if document.file not in taken else f"{name}/{document.file}"
        places[document.file] = None if document.sha256 in documents else file
        documents.setdefault(document.sha256, replace(document, file=file))
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
        found[term.text] = Term(term.text, *counts, max(other.score, term.score))
    return tuple(sorted(found.values(), key=lambda term: (-term.score, term.text)))


def _meta(documents: Sequence[MinedDocument], pieces: int) -> dict[str, str]:
    characters = sum(document.characters for document in documents)
    return {"documents": str(len(documents)), "pieces": str(pieces), "characters": str(characters)}
