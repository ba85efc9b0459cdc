"""Runs of sentences: two or three neighbours of a paragraph that go on from each other, as one wording.

A run keeps what single sentences lose: the sentence that leans on the one before it (这样一来…, 由此…), and the turn from a claim to
how it is done, from a fault to what it leads to. It begins with a sentence that stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from phrasebank.model import Phrase, Polarity

LONGEST = 170
"""Characters of the longest run: beyond it is a paragraph, not a wording."""
MOST = 3
"""Sentences of a run."""

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
    """The runs of a paragraph whose sentences are given as phrases in their order. One begins at every sentence that is
    offered; it has two, and a third where that leans on the second. `identify` gives a wording's id."""
    for at, first in enumerate(paragraph):
        size = _size(paragraph, at)
        if size > 1:
            yield _joined(first, paragraph[at : at + size], identify)


def _size(paragraph: Sequence[Phrase], at: int) -> int:
    """Sentences of the run that begins at a sentence; 1 where none does."""
    first, size, length = paragraph[at], 1, len(paragraph[at].text)
    if first.reason or first.role not in _GOES_ON:
        return 1
    for phrase in paragraph[at + 1 : at + MOST]:
        length += len(phrase.text)
        if not _follows(first, phrase) or length > LONGEST or (size > 1 and not phrase.reason):
            break
        size += 1
    return size


def _follows(first: Phrase, phrase: Phrase) -> bool:
    return (
        phrase.reason in ("", "dangling")
        and phrase.role in _GOES_ON[first.role]
        and (phrase.polarity == "plain" or (phrase.polarity == "negative" and first.role in ("problem", "cause")))
        and "{blank" not in phrase.template
    )


def _joined(first: Phrase, run: Sequence[Phrase], identify: Callable[[str], str]) -> Phrase:
    text = "".join(phrase.text for phrase in run)
    template = "".join(phrase.template for phrase in run)
    faults = any(phrase.polarity == "negative" for phrase in run)
    polarity: Polarity = "negative" if faults else first.polarity
    return replace(first, id=identify(text), kind="run", text=text, template=template, polarity=polarity)
