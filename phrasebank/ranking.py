"""The order of quality in which phrases lie in a bank."""

from __future__ import annotations

from phrasebank.model import Phrase


def quality(phrase: Phrase, newest: int | None) -> tuple[object, ...]:
    """Offered before dropped, more documents first, then lengths near a spoken sentence, then the id for a fixed order."""
    return bool(phrase.reason), -phrase.documents, abs(len(phrase.text) - 45) // 15, phrase.id
