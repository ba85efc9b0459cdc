"""W: how things are said: the same sentence twice (W01)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.text import Text

_SENTENCE = re.compile(r"[^。！？；]+[。！？；]")


@kind("repetition")
def repeats(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """W01: the same sentence twice."""
    seen: dict[str, int] = {}
    for p in text.paragraphs:
        for found in _SENTENCE.finditer(p.text):
            sentence = found.group()
            if len(sentence) >= rule.number("sentence", 8) and sentence in seen:
                yield Hit(p, *found.span(), f"这句话在第{seen[sentence]}段已经说过，请换一句或删去")
            seen.setdefault(sentence, p.number)
