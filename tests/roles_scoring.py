"""Scores hand-made labels against what the miner says of the same sentences: for tests that hold labels without text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from phrasebank.inspect import inspect_file
from phrasebank.model import Lexicon

ACTS = frozenset({"measure", "pledge", "appeal"})
"""What a negative or refuted sentence must never be offered for."""


@dataclass(frozen=True)
class Label:
    """What a reader says of a sentence: file below the corpus, line of its paragraph, its number there from 0."""

    file: str
    line: int
    k: int
    role: str
    polarity: str


@dataclass
class Score:
    """How often the miner agrees; `confused` counts (label, said); `acts` are negative or refuted ones taken for acts, with
    the role that was said."""

    total: int = 0
    roles: int = 0
    polarities: int = 0
    missing: list[Label] = field(default_factory=list)
    acts: list[tuple[Label, str]] = field(default_factory=list)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def measures(self) -> list[Label]:
        """The ones among `acts` taken for a measure."""
        return [label for label, role in self.acts if role == "measure"]

    @property
    def role_accuracy(self) -> float:
        return self.roles / self.total

    @property
    def polarity_accuracy(self) -> float:
        return self.polarities / self.total


def read_labels(path: Path) -> list[Label]:
    """Labels in lines of file, line, number, role and polarity, parted by tabs; lines that begin with # are remarks."""
    rows = [row.split("\t") for row in path.read_text("utf-8").splitlines() if row and not row.startswith("#")]
    return [Label(file, int(line), int(k), role, polarity) for file, line, k, role, polarity in rows]


def score(labels: Iterable[Label], corpus: Path, lexicon: Lexicon) -> Score:
    """The labels against an inspection of their files. A sentence that is not found counts as wrong."""
    result, said = Score(), {}
    for label in labels:
        if label.file not in said:
            said[label.file] = _said(corpus / label.file, lexicon)
        _count(result, label, said[label.file].get((label.line, label.k)))
    return result


@cache  # two lists of labels are of the same files
def _said(path: Path, lexicon: Lexicon) -> dict[tuple[int, int], tuple[str, str]]:
    return {
        (paragraph.line, k): (sentence.role, sentence.polarity)
        for piece in inspect_file(path, lexicon).pieces
        for paragraph in piece.paragraphs
        for k, sentence in enumerate(paragraph.sentences)
    }


def _count(result: Score, label: Label, said: tuple[str, str] | None) -> None:
    result.total += 1
    if said is None:
        result.missing.append(label)
        return
    result.roles += said[0] == label.role
    result.polarities += said[1] == label.polarity
    if said[0] != label.role:
        result.confused[label.role, said[0]] += 1
    if label.polarity != "plain" and said[0] in ACTS:
        result.acts.append((label, said[0]))
