"""Search in one bank or in several stacked ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from phrasebank.bank import Bank
from phrasebank.model import Phrase
from phrasebank.tokens import property_token, word_tokens


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. Empty fields do not restrict; `words` are typed fragments, separated by spaces."""

    words: str = ""
    role: str = ""
    theme: str = ""
    facet: str = ""
    genre: str = ""
    polarity: str = ""

    def tokens(self) -> list[str]:
        """The index tokens that a phrase must hold, all of them."""
        kinds = ("role", "theme", "facet", "genre", "polarity")
        return [
            *word_tokens(self.words),
            *(property_token(kind, value) for kind in kinds if (value := getattr(self, kind))),
        ]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found; `score` falls from 1 with its rank; `own` tells the user's banks from the built-in one."""

    phrase: Phrase
    score: float
    own: bool


class Stack:
    """Banks in order of precedence: the user's own first, the built-in one last (`builtin`), which fills what they lack."""

    def __init__(self, own: Sequence[Bank] = (), builtin: Bank | None = None) -> None:
        self.banks: tuple[tuple[Bank, bool], ...] = tuple((bank, True) for bank in own)
        if builtin is not None:
            self.banks += ((builtin, False),)
        self._cells: dict[tuple[Query, int], tuple[Hit, ...]] = {}

    def search(self, query: Query, limit: int = 20) -> tuple[Hit, ...]:
        """At most `limit` phrases, best first: the user's banks before the built-in one, each wording once."""
        if (query, limit) not in self._cells:
            self._cells[query, limit] = self._search(query, limit)
        return self._cells[query, limit]

    def by_id(self, phrase_id: str) -> Phrase | None:
        """The phrase of that id in the first bank that has it."""
        return next((phrase for bank, _ in self.banks if (phrase := bank.by_id(phrase_id))), None)

    def wordings(self, file: str) -> tuple[str, ...]:
        """Every sentence the banks keep of a document, offered or not."""
        return tuple(text for bank, _ in self.banks for text in bank.wordings(file))

    def _search(self, query: Query, limit: int) -> tuple[Hit, ...]:
        found: dict[str, Hit] = {}
        for bank, own in self.banks:
            for rank, phrase in enumerate(_matching(bank, query, limit)):
                found.setdefault(phrase.id, Hit(phrase, 1 / (1 + rank / 10), own))
        return tuple(list(found.values())[:limit])


def _matching(bank: Bank, query: Query, limit: int) -> list[Phrase]:
    """The bank's first `limit` phrases that hold the words as typed; looks further where pairs alone matched."""
    asked = limit
    while True:
        rows = bank.matching(query.tokens(), asked)
        held = [phrase for phrase in rows if _holds(phrase, query.words)]
        if len(held) >= limit or len(rows) < asked:
            return held[:limit]
        asked *= 8


def _holds(phrase: Phrase, words: str) -> bool:
    """Whether the phrase holds each fragment as typed; the index alone knows only pairs of characters."""
    text = phrase.text.lower()
    return all(fragment in text for fragment in words.lower().split())


def open_banks(paths: Iterable[str]) -> tuple[Bank, ...]:
    """The banks at `paths`, in their order. Raises BankError for the first that cannot be opened."""
    return tuple(Bank(path) for path in paths)
