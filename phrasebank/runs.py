"""Runs of sentences: neighbours of a paragraph that go on from each other, as one wording.

A run keeps what single sentences lose: the sentence that leans on the one before it (这样一来…, 由此…), and the turn from a claim to
how it is done, from a fault to what it leads to. It begins with a sentence that stands alone. A short run has two sentences,
and a third where that leans on the second; a long one goes on as far as the thought does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from phrasebank.model import Phrase, Polarity

LONGEST = 240
"""Characters of the longest run: about the paragraph of a speech."""
MOST = 5
"""Sentences of a long run."""
SHORT = 170
"""Characters of the longest short run."""

_GOES_ON: dict[str, frozenset[str]] = {
    "lead": frozenset({"lead", "measure", "significance", "basis", "experience", "cause"}),
    "basis": frozenset({"basis", "significance", "lead", "measure"}),
    "significance": frozenset({"significance", "lead", "basis", "experience", "cause"}),
    "achievement": frozenset({"achievement", "experience"}),
    "experience": frozenset({"experience", "lead", "example", "significance"}),
    "problem": frozenset({"problem", "cause", "significance"}),
    "cause": frozenset({"cause", "problem"}),
    "measure": frozenset({"measure", "pledge", "lead"}),
    "example": frozenset({"example", "experience", "lead", "significance"}),
    "pledge": frozenset({"pledge", "measure"}),
    "opening": frozenset({"opening", "transition"}),
    "closing": frozenset({"closing", "appeal", "pledge"}),
    "appeal": frozenset({"appeal", "closing", "measure"}),
}
"""Which roles may follow one: what a run does is what its first sentence does."""


def runs_in(paragraph: Sequence[Phrase], identify: Callable[[str], str]) -> Iterator[Phrase]:
    """The runs of a paragraph whose sentences are given as phrases in their order: from every sentence that is offered a short
    one, and a long one where the thought goes on beyond it; one sentence of it may ask for a figure. `identify` gives a wording's id."""
    for at, first in enumerate(paragraph):
        long = _size(paragraph, at)
        short = _short(paragraph, at, long)
        for size in sorted({short, long} - {1}):
            yield _joined(first, paragraph[at : at + size], identify)


def _size(paragraph: Sequence[Phrase], at: int) -> int:
    """Sentences of the longest run that begins at a sentence; 1 where none does."""
    first, length, blanks = paragraph[at], 0, 0
    if first.reason or first.role not in _GOES_ON:
        return 1
    for size, phrase in enumerate(paragraph[at : at + MOST]):
        length += len(phrase.text)
        blanks += "{blank" in phrase.template
        if size and (not _follows(first, phrase) or length > LONGEST or blanks > 1):
            return size
    return min(MOST, len(paragraph) - at)


def _short(paragraph: Sequence[Phrase], at: int, size: int) -> int:
    """Sentences of the short run out of one of `size`: two, three where the third leans."""
    if size > 2 and paragraph[at + 2].reason and sum(len(phrase.text) for phrase in paragraph[at : at + 3]) <= SHORT:
        return 3
    return min(size, 2) if sum(len(phrase.text) for phrase in paragraph[at : at + 2]) <= SHORT else 1


def _follows(first: Phrase, phrase: Phrase) -> bool:
    return (
        phrase.reason in ("", "dangling")
        and phrase.role in _GOES_ON[first.role]
        and (phrase.polarity == "plain" or (phrase.polarity == "negative" and first.role in ("problem", "cause")))
    )


def _joined(first: Phrase, run: Sequence[Phrase], identify: Callable[[str], str]) -> Phrase:
    text = "".join(phrase.text for phrase in run)
    template = "".join(phrase.template for phrase in run)
    faults = any(phrase.polarity == "negative" for phrase in run)
    polarity: Polarity = "negative" if faults else first.polarity
    return replace(first, id=identify(text), kind="run", text=text, template=template, polarity=polarity)
