"""A text on its way from one layout to another: lines of bits, and the paragraphs they become.

Words are never held apart from their place: what is no text (a picture, the mark of a note) is a bit between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from drafting.model import BlockKind

UNSEEN = re.compile(
    "[\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff\ufffe\uffff\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1b]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
"""Characters that nobody sees, as `phrasebank.mending` takes them off, and those that XML cannot hold."""


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of text of one look, or, with empty text, a thing that is none.

    `look` is what of its setting means something and stays, as pairs of a property and its value (("u", "single"),); `thing`
    is an element of the source. `foreign`: the cleaner takes it for something that is not the speech.
    """

    text: str = ""
    look: tuple[tuple[str, str], ...] = ()
    thing: Any = None
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph to be set: heading words in `lead` where it has some.

    `level` is that of its heading, 0 for none; 5 for a spoken number (一要, 首先), which is set as body text. `first` and
    `last` are the lines of the source it stands on, from 0. `breaks`: a page break of the source stands before it.
    """

    kind: BlockKind
    rest: tuple[Bit, ...]
    lead: tuple[Bit, ...] = ()
    level: int = 0
    number: str = ""
    first: int = 0
    last: int = 0
    breaks: bool = False

    @property
    def text(self) -> str:
        """The words of the paragraph."""
        return text_of(self.lead) + text_of(self.rest)


def text_of(bits: Iterable[Bit]) -> str:
    """The words of some bits."""
    return "".join(bit.text for bit in bits)


def weight(text: str) -> int:
    """Characters that are no white space: what a paragraph is measured by, for spaces come and go."""
    return sum(not character.isspace() for character in text)


def split_bits(bits: Sequence[Bit], offset: int) -> tuple[tuple[Bit, ...], tuple[Bit, ...]]:
    """Bits cut at a character of their text; a thing right at the cut goes with what is before it."""
    before: list[Bit] = []
    for at, bit in enumerate(bits):
        if len(bit.text) > offset:
            head = [replace(bit, text=bit.text[:offset])] if offset else []
            return (*before, *head), (replace(bit, text=bit.text[offset:]), *bits[at + 1 :])
        before.append(bit)
        offset -= len(bit.text)
    return tuple(before), ()
