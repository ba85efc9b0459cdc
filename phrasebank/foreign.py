"""How foreign a short text is to speeches, by its pairs of characters: what pages and offers say and officials do not.

A naive Bayes classifier over pairs of characters. `data/pairs.tsv` holds for each pair the rounded log-odds of its share in
`tools/noise_wordings.txt` (invented wordings of page furniture, offers, contacts, paywalls) against its share in reports and
documents; `tools/train_noise.py` makes it and prints how it does on wordings left out. Digits and Latin words count as one
character each, so that the text of an address or of a number says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from operator import add
from pathlib import Path

UNKNOWN = -0.3
"""Weight of a pair in neither: plain speech has many that no report has, noise few that the wordings lack."""
ENOUGH = 4.0
"""Log-odds of a whole text below which a few pairs may be chance."""

_RUN = re.compile(r"\d[\d.,]*|[A-Za-z][A-Za-z0-9_\-]*|\s+")
_HALF = str.maketrans("，：；！？（）［］", ",:;!?()[]")
_DATA = Path(__file__).with_name("data") / "pairs.tsv"


def pairs(text: str) -> Iterator[str]:
    """The pairs of characters of `text` as the model sees it, its edges marked."""
    bare = _RUN.sub(_one, text).translate(_HALF)
    return map(add, "^" + bare, bare + "$")


def _one(run: re.Match[str]) -> str:
    first = run.group()[0]
    return "" if first.isspace() else "0" if first.isdigit() else "a"


def foreignness(text: str) -> float:
    """Mean log-odds a pair that `text` is no speech: above 0 for page furniture and offers, well below for speeches;
    0 for what is too short to tell."""
    weights = _weights()
    found = [weights.get(pair, UNKNOWN) for pair in pairs(text)]
    total = sum(found)
    return total / len(found) if abs(total) >= ENOUGH else 0.0


@cache
def _weights() -> dict[str, float]:
    rows = (line.split("\t") for line in _DATA.read_text("utf-8").splitlines() if line[:1] != "#")
    found: dict[str, float] = {}
    for weight, first, seconds in rows:
        found.update(dict.fromkeys(map(first.__add__, seconds), float(weight)))
    return found
