"""Runs of sentences: neighbours of a paragraph that go on from each other, as one wording.

A run keeps what single sentences lose: the sentence that leans on the one before it (这样一来…, 由此…), and the turn from a claim to
how it is done, from a fault to what it leads to. It begins with a sentence that stands alone. A short run has two sentences,
and a third where that leans on the second; a long one goes on as far as the thought does. What stands under one run-in heading and
is not long is one thought: it is offered whole, as a paragraph, and runs of it begin where it begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from phrasebank.model import Kind, Phrase, Polarity, Role

LONGEST = 240
"""Characters of the longest run: about the paragraph of a speech."""
LEAST = 3
"""Sentences from which what stands under a heading carries a thought through."""
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
"""Which roles may follow one."""


def runs_in(paragraph: Sequence[Phrase], identify: Callable[[str], str], *, headed: bool = False) -> Iterator[Phrase]:
    """The runs of a paragraph whose sentences are given as phrases in their order: from every sentence that is offered a short
    one, and a long one where the thought goes on beyond it; one sentence of it may ask for a figure. One that is `headed` by a
    heading of its own and is one thought is a phrase itself. `identify` gives a wording's id."""
    whole = headed and one_thought(paragraph)
    if whole and not paragraph[0].reason and _size(paragraph, 0, whole=True) == len(paragraph):
        yield _joined(paragraph[0], paragraph, identify, "paragraph")
    cut = () if whole and _role(paragraph) in _TOLD else paragraph[:1] if whole else paragraph  # a story is told to its end
    for at, first in enumerate(cut):
        if (long := _size(paragraph, at)) < 2:
            continue
        short = _short(paragraph, at, long)
        for size in sorted({short, long} - {1, len(paragraph) if whole else 1}):
            yield _joined(first, paragraph[at : at + size], identify, "run")


def one_thought(paragraph: Sequence[Phrase]) -> bool:
    """Whether a paragraph under a heading of its own is short enough to be one thought."""
    return LEAST <= len(paragraph) <= MOST and sum(len(phrase.text) for phrase in paragraph) <= LONGEST


def _size(paragraph: Sequence[Phrase], at: int, *, whole: bool = False) -> int:
    """Sentences of the longest run that begins at a sentence, whatever their roles in a `whole` paragraph; 1 where none does."""
    first, length, blanks = paragraph[at], 0, 0
    if first.reason or first.role not in _GOES_ON:
        return 1
    for size, phrase in enumerate(paragraph[at : at + MOST]):
        length += len(phrase.text)
        blanks += "{blank" in phrase.template
        if size and (not _follows(first, phrase, whole) or length > LONGEST or blanks > 1):
            return size
    return min(MOST, len(paragraph) - at)


def _short(paragraph: Sequence[Phrase], at: int, size: int) -> int:
    """Sentences of the short run out of one of `size`: two, three where the third leans."""
    if size < 2:
        return 1
    two = len(paragraph[at].text) + len(paragraph[at + 1].text)
    if size > 2 and paragraph[at + 2].reason and two + len(paragraph[at + 2].text) <= SHORT:
        return 3
    return 2 if two <= SHORT else 1


def _follows(first: Phrase, phrase: Phrase, whole: bool) -> bool:
    return (
        phrase.reason in ("", "dangling")
        and (whole or (phrase.role in _GOES_ON[first.role] and _of_one_side(first, phrase)))
        and (phrase.polarity == "plain" or (phrase.polarity == "negative" and first.role in (*_FAULTS, *(_TOLD if whole else ()))))
    )


_FAULTS = frozenset({"problem", "cause"})
_TOLD = frozenset({"significance", "achievement", "experience"})
"""Roles of paragraphs that name a fault on the way: how it was before, what becomes of it otherwise."""


def _of_one_side(first: Phrase, phrase: Phrase) -> bool:
    """Whether two sentences speak of one facet: a list that goes through them all is no run."""
    return not first.facets or not phrase.facets or bool({*first.facets} & {*phrase.facets})


def _joined(first: Phrase, run: Sequence[Phrase], identify: Callable[[str], str], kind: Kind) -> Phrase:
    text = "".join([phrase.text for phrase in run])
    template = "".join([phrase.template for phrase in run])
    role, faults = _role(run), [phrase.polarity for phrase in run].count("negative")
    told = kind == "paragraph" and role in _TOLD and 2 * faults < len(run)
    polarity: Polarity = "negative" if faults and not told else "plain" if told else first.polarity
    return Phrase(  # in full, for `replace` takes three times as long
        identify(text), text, template, role, polarity, first.theme, first.facets, first.genre, first.level, first.count,
        first.documents, first.sources, first.names, first.reason, first.years, kind, first.copies,
    )  # fmt: skip


def _role(run: Sequence[Phrase]) -> Role:
    """What most of its sentences do, of equally many the first; a claim at the head does what it is a claim for."""
    roles = [phrase.role for phrase in run]
    said: list[Role] = [role for role in roles if role != "lead"] or roles
    return max(said, key=said.count)
