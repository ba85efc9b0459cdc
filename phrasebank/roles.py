"""The roles of all sentences of a report or document, each seen with the sentences around it.

A linear model over runs of characters, headings, places and signals (`phrasebank.rolefeatures`): regularised least-squares
classification, one against the rest (Rifkin, Yeo, Poggio 2003), which for text does as well as a support vector machine and is
solved in one step, the same on every machine. `tools/train_roles.py` makes its weights, `data/roles.tsv`.

Of short speeches the model also hears what the rules of `phrasebank.classify`, which were made for them, say of each sentence.
What says that a view is refuted are the rules alone. By construction no negative or refuted sentence has a role of `GUARD`,
and none that may well be negative a role of `ACTS`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from phrasebank.cues import GUARD, WARNING, WARNING_SIGNS
from phrasebank.model import Polarity, Role
from phrasebank.rolefeatures import Floats, Line, Longs, Seen, see
from phrasebank.rolegrams import BEGIN, END, Runs, Vocabulary, keys_of
from phrasebank.sieve import Laid, Sieve

OUTPUTS: tuple[Role, ...] = (
    "achievement", "appeal", "basis", "cause", "closing", "example", "experience",
    "lead", "measure", "opening", "pledge", "problem", "significance", "transition",
)  # fmt: skip
"""Roles in the order of the weights; behind them stands the one for negative polarity."""
ACTS: frozenset[Role] = frozenset({"measure", "pledge", "appeal"})
"""Roles that a sentence which may well be negative never has."""
ZONES = ("any", "head", "near", "top")
"""Where runs of characters count: in a sentence, in its beginning, in the nearest heading, in the topmost one."""
STEPS = 46
"""Weights are written as one character each: steps up and down from zero, finer near zero."""
NEGATIVE = 0.45
"""Score from which the model alone takes a sentence for negative; see `tools/train_roles.py --cross`."""
TRUST = 0.15
"""What the rules' word adds to the score for negative polarity."""
WARNED = 1.0
"""What a warning of harm adds to it: enough for any sentence."""
DOUBT = 0.3
"""Score of the model alone from which a sentence may well be negative."""
SPEECH = 150
"""Sentences a speech that the rules are made for does not reach."""
DAMPING = 20
"""Runs known of a sentence count as one over the root of their number and this: long sentences do not shout."""

_WEIGHTS = Path(__file__).parent / "data" / "roles.tsv"
_ZERO = ord("P")
_PROVISION = re.compile(r"^[-\s]*第[一二三四五六七八九十百]+条")
_FORMAL = re.compile(r"(?:通知|意见|规定|规则|条例|办法|决定|决议|方案|规划|纲要|细则|准则)(?:（[^）]{1,12}）)?$")


@dataclass(frozen=True)
class Model:
    """Weights: of the runs of each zone, of simple features, of the dense columns, and what is there at the start."""

    vocabularies: dict[str, Vocabulary]
    runs: dict[str, Floats]
    names: dict[str, int]
    simple: Floats
    dense: Floats
    bias: Floats

    def scores(self, seen: Seen) -> Floats:
        """What speaks for each role, and last for negative polarity; rounded, so that machines agree."""
        total = self.bias + seen.signals.weighed(self.dense)
        total += self._said("any", seen.texts) + self._said("head", seen.texts.head)
        total += self._headed("near", seen.headings)[seen.nearest] + self._headed("top", seen.headings)[seen.topmost]
        total += self._simply(seen.names)
        return np.round(total, 6)

    def _simply(self, names: Sequence[tuple[str, ...]]) -> Floats:
        """What the names of each sentence say; many have the same. An unknown name has the last row, which is zero."""
        get, none = self.names.get, len(self.names)
        numbers: dict[tuple[str, ...], int] = {}
        which = [numbers.setdefault(row, len(numbers)) for row in names]
        rows = np.array([[get(name, none) for name in row] for row in numbers])
        return self.simple[rows].sum(1)[which]

    def _said(self, zone: str, texts: Runs) -> Floats:
        owner, rows = _once(*self.vocabularies[zone].hits(texts), len(self.runs[zone]))
        sums = _summed(self.runs[zone], owner, rows, texts.texts)
        return sums / np.sqrt(np.bincount(owner, minlength=texts.texts) + DAMPING)[:, None]

    def _headed(self, zone: str, headings: Runs) -> Floats:
        owner, rows = _once(*self.vocabularies[zone].hits(headings), len(self.runs[zone]))
        return _summed(self.runs[zone], owner, rows, headings.texts)


def _once(owner: Longs, rows: Longs, size: int) -> tuple[Longs, Longs]:
    """Each run of a text once."""
    pairs = np.sort(owner * max(size, 1) + rows)
    pairs = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
    return pairs // max(size, 1), pairs % max(size, 1)


def _summed(weights: Floats, owner: Longs, rows: Longs, count: int) -> Floats:
    """Sums of the weights of each owner's rows; owners are in order."""
    total = np.zeros((count, weights.shape[1]))
    if len(owner):
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        total[owner[starts]] = np.add.reduceat(weights.T.take(rows, axis=1), starts, axis=1).T  # along rows: far quicker
    return total


# ---------------------------------------------------------------- the file of weights
def encode(weights: Floats, scale: float) -> list[str]:
    """Rows of weights as characters."""
    steps = np.rint(np.sign(weights) * np.sqrt(np.abs(weights) / scale) * STEPS).astype(int)
    return ["".join(chr(_ZERO + step) for step in row) for row in steps.clip(-STEPS, STEPS)]


def decode(rows: Sequence[str], scale: float) -> Floats:
    """The weights of `encode`."""
    width = len(OUTPUTS) + 1
    codes = np.frombuffer("".join(rows).encode("utf-32-le"), np.uint32)
    steps = (codes.astype(np.float64) - _ZERO).reshape(-1, width) / STEPS
    return np.sign(steps) * steps**2 * scale


@cache
def model(path: Path = _WEIGHTS) -> Model:
    """The model in a file: lines of group, feature and weights, behind the lines that give the scale of each group."""
    scales: dict[str, float] = {}
    rows: dict[str, list[tuple[str, str]]] = {group: [] for group in (*ZONES, "name", "dense")}
    bias: list[float] = []
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("# "):
            group, feature, value = line.split("\t")
            if group == "bias":
                bias = [float(part) for part in value.split()]
            elif group == "scale":
                scales[feature] = float(value)
            else:
                rows[group].append((feature, value))
    weights = {group: decode([value for _, value in found], scales[group]) for group, found in rows.items()}
    keys = {zone: keys_of([_marked(feature) for feature, _ in rows[zone]]) for zone in ZONES}
    return Model(
        {zone: Vocabulary(keys[zone]) for zone in ZONES}, {zone: weights[zone] for zone in ZONES},
        {name: n for n, (name, _) in enumerate(rows["name"])},
        np.vstack([weights["name"], np.zeros(len(OUTPUTS) + 1)]), weights["dense"], np.array(bias),
    )  # fmt: skip


def _marked(feature: str) -> str:
    return feature.replace("^", BEGIN).replace("$", END)


# ---------------------------------------------------------------- judging
def is_speech(lines: Sequence[Line], genre: str | None, title: str | None) -> bool:
    """Whether a piece is a short speech: neither a report of a government nor a document with provisions."""
    if len(lines) >= SPEECH or genre == "政府工作报告" or _FORMAL.search((title or "").strip()):
        return False
    return genre is not None and not any(_PROVISION.match(line.text) for line in lines)


def judge(
    lines: Sequence[Line], by_rule: Sequence[Polarity], ruled: Sequence[tuple[Role, Polarity]] = ()
) -> list[tuple[Role, Polarity]]:
    """Role and polarity of each sentence of a piece; `by_rule` is the polarity that rules give it, `ruled` what they say
    of a short speech."""
    if not lines:
        return []
    scores = model().scores(see(lines, ruled))
    scores[:, -1] += [WARNED * warns for warns in _warning(lines)]
    return settle(scores, by_rule)


def _warning(lines: Sequence[Line]) -> list[bool]:
    """Whether each sentence is a warning."""
    texts = [line.text for line in lines]
    return [may > 0 and WARNING.search(text) is not None for text, may in zip(texts, _sieve().masks(Laid(texts)), strict=True)]


@cache
def _sieve() -> Sieve:
    return Sieve([WARNING_SIGNS.split()])


_BARRED = np.array([[False] * len(OUTPUTS), [role in ACTS for role in OUTPUTS], [role in GUARD for role in OUTPUTS]])
"""Roles barred of a sentence that is plain, that may well be negative, and that is negative or refuted."""


def settle(scores: Floats, by_rule: Sequence[Polarity]) -> list[tuple[Role, Polarity]]:
    """The best role that the polarity of each sentence allows; what the rules take for refuted stays so."""
    ruled = np.array([0.0 if polarity == "plain" else TRUST for polarity in by_rule])
    refuted = np.array([polarity == "refuted" for polarity in by_rule])
    level = np.where(refuted | (scores[:, -1] + ruled >= NEGATIVE), 2, scores[:, -1] >= DOUBT)
    best = np.where(_BARRED[level], -np.inf, scores[:, : len(OUTPUTS)]).argmax(1).tolist()
    polarities: tuple[Polarity, ...] = ("plain", "plain", "negative")
    said = (rule if rule == "refuted" else polarities[n] for rule, n in zip(by_rule, level.tolist(), strict=True))
    return [(OUTPUTS[n], polarity) for n, polarity in zip(best, said, strict=True)]
