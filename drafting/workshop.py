"""Library and banks opened together: what every way of drafting starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drafting.builtin import builtin_bank
from drafting.config import Library, load_library
from drafting.errors import ConfigError
from drafting.model import Outline
from drafting.session import Session
from phrasebank.search import Stack, open_banks


@dataclass(frozen=True, slots=True)
class Workshop:
    """An open library and an open stack of banks."""

    library: Library
    stack: Stack

    @classmethod
    def open(
        cls, banks: Sequence[str] = (), *, builtin: bool = True, library: Library | None = None, faults: list[ConfigError] | None = None
    ) -> Workshop:
        """Opens the user's `banks` before the built-in one. Raises BankError, ConfigError; with `faults` files of the user's that
        cannot be read are told there and left out."""
        library = library or load_library(faults=faults)
        return cls(library, Stack(open_banks(banks), builtin_bank() if builtin else None))

    def knows(self, phrase_id: str) -> bool:
        """Whether any bank has a phrase of that id."""
        return self.stack.by_id(phrase_id) is not None

    def session(self, outline: Outline) -> Session:
        """A session on `outline`."""
        return Session(self.library, self.stack, outline)
