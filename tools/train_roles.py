"""Makes `phrasebank/data/roles.tsv`, the weights of `phrasebank.roles`, from labelled sentences.

    python tools/train_roles.py ../shared/corpus            writes the weights
    python tools/train_roles.py ../shared/corpus --cross    scores them by cross-validation over documents instead

The labels are `tests/data/roles_train.tsv`: file, line, number of the sentence in its paragraph, role, polarity; `T/` before a
file means `templates/corpus`. The text is read from the corpus. Regularised least squares, one against the rest, over the
kernel of all features; from it the weights; of the runs of characters those with the largest weights are kept, and the
model is solved once more with these alone. Nothing is drawn by chance.
Needs scipy, which nothing else of the project does.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array, issparse

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from drafting.config import load_library  # noqa: E402
from phrasebank import roles  # noqa: E402
from phrasebank.classify import by_rule, polarities  # noqa: E402
from phrasebank.inspect import MAX_JUDGED, inspect_file, lines_of  # noqa: E402
from phrasebank.model import Piece  # noqa: E402
from phrasebank.rolefeatures import RULE, Line, Seen, see, widths  # noqa: E402
from phrasebank.rolegrams import BEGIN, END, gram_of, slots  # noqa: E402

LABELS = ROOT / "tests/data/roles_train.tsv"
KEPT = {"any": 9000, "head": 1800, "near": 1200, "top": 600}
"""Runs of characters kept in each zone."""
SHARE = {
    "any": 1, "head": 0.7, "near": 0.5, "top": 0.7, "name": 0.7, "own": 1.2, "before": 0.3, "after": 0.2, "section": 0.4,
    "part": 0.4, "paragraph": 0.2, "around": 0.4, "state": 0.5, "headings": 0.3, "crossed": 0.4,
}  # fmt: skip
"""How much each group of features weighs in the kernel."""
HEARD = 2.6
"""How much more than a place what the rules say of a sentence counts."""
OFFSETS = {
    "achievement": -0.02, "appeal": 0.02, "basis": 0.08, "cause": 0.04, "closing": -0.1, "example": 0.04, "experience": 0.04,
    "lead": 0.1, "measure": -0.1, "opening": -0.14, "pledge": -0.04, "significance": -0.06, "transition": -0.08,
}  # fmt: skip
"""What is added to the scores of roles in the end: chosen in cross-validation, for most right roles."""
OWN = 0.2
"""How much a sentence of the starter corpus counts beside one of the texts users have: there are twice as many, of one manner."""
LAMBDA, FLAT, RARE, LEAST = 0.5, 0.2, 0.4, 3
"""Regularisation; the constant feature; the power by which rare roles count more; sentences a run must stand in."""


@dataclass
class Sample:
    """A labelled sentence."""

    file: str
    role: str
    negative: bool
    rule: str
    keys: dict[str, set[int]]
    names: tuple[str, ...]
    dense: np.ndarray


Spot = tuple[int, int]
Known = dict[Spot, tuple[str, str]]


def labels() -> dict[str, Known]:
    """Labels of each file by line and number of the sentence."""
    found: dict[str, Known] = {}
    for row in LABELS.read_text("utf-8").splitlines():
        file, line, k, role, polarity = row.split("\t")
        found.setdefault(file, {})[int(line), int(k)] = role, polarity
    return found


def samples(corpus: Path) -> list[Sample]:
    """All labelled sentences with their features."""
    lexicon, found = load_library().lexicon(), []
    for file, known in sorted(labels().items()):
        path = ROOT / "templates/corpus" / file[2:] if file.startswith("T/") else corpus / file
        for piece in inspect_file(path, lexicon).pieces:
            places, lines = lines_of(piece)
            lines = [replace(line, text=line.text[:MAX_JUDGED]) for line in lines]
            if lines and any(place in known for place in places):
                seen, rules = _judged(lines, piece)
                found += _sampled(file, known, places, seen, dict(zip(places, rules, strict=True)))
    return found


def _judged(lines: list[Line], piece: Piece) -> tuple[Seen, list[str]]:
    """Features and polarities by rule, as `phrasebank.inspect` has them."""
    if not roles.is_speech(lines, piece.genre, piece.title):
        return see(lines), list(polarities(lines))
    ruled = list(by_rule(lines))
    return see(lines, ruled), [polarity for _, polarity in ruled]


def _sampled(file: str, known: Known, places: list[Spot], seen: Seen, rules: dict[Spot, str]) -> list[Sample]:
    """The labelled sentences of one piece."""
    any_, near = _by_owner(*seen.texts.grams[:2]), _by_owner(*seen.headings.grams[:2])
    first = _by_owner(*seen.texts.head.grams[:2])
    return [
        Sample(
            file, *_label(known[spot]), rules[spot],
            {"any": any_[n], "head": first[n], "near": near[int(seen.nearest[n])], "top": near[int(seen.topmost[n])]},
            seen.names[n], seen.dense[n],
        )
        for n, spot in enumerate(places)
        if spot in known
    ]  # fmt: skip


def _label(label: tuple[str, str]) -> tuple[str, bool]:
    return label[0], label[1] == "negative"


def _by_owner(keys: np.ndarray, owner: np.ndarray) -> dict[int, set[int]]:
    order = np.argsort(owner, kind="stable")
    cuts = np.flatnonzero(np.diff(owner[order])) + 1
    return {int(owner[part[0]]): set(keys[part].tolist()) for part in np.split(order, cuts)}


def vocabulary(found: list[Sample], zone: str) -> list[int]:
    """Runs in at least `LEAST` sentences, none with the place of another, none across an end or with a blank."""
    times = Counter(key for sample in found for key in sample.keys[zone])
    keys = [key for key, count in sorted(times.items(), key=lambda x: (-x[1], x[0])) if count >= LEAST and _fit(gram_of(key))]
    _, first = np.unique(slots(np.array(keys, np.uint64)), return_index=True)
    return [keys[n] for n in np.sort(first)]


def _fit(gram: str) -> bool:
    inner = gram[:-1] if len(gram) > 1 else ""
    across = END in inner or BEGIN in gram[1:] or not gram.strip(BEGIN + END)
    return not across and not any(c.isspace() or c in "^$#" for c in gram)


class Design:
    """All features of all samples, group by group, scaled so that each group has its share."""

    def __init__(self, found: list[Sample], keys: dict[str, list[int]]) -> None:
        self.keys, self.blocks = keys, {}
        for zone in roles.ZONES:
            self.blocks[zone] = self._runs(found, zone)
        self.names = sorted({name for sample in found for name in sample.names if name})
        self.heard = np.array([HEARD if name.startswith(RULE) else 1 for name in self.names], np.float32)
        self.blocks["name"] = np.array([[name in s.names for name in self.names] for s in found], np.float32) * self.heard
        dense = np.array([s.dense for s in found], np.float32)
        self.mean, self.spread = dense.mean(0), dense.std(0) + 0.15
        start = 0
        for group, width in widths():
            part = slice(start, start + width)
            self.blocks[group] = (dense[:, part] - self.mean[part]) / self.spread[part]
            start += width
        self.scale = {g: np.sqrt(SHARE[g] / max(_length(b), 1e-9) / sum(SHARE.values())) for g, b in self.blocks.items()}

    def _runs(self, found: list[Sample], zone: str) -> csr_array:
        """Which runs stand in which sentence: few of very many."""
        column = {key: n for n, key in enumerate(self.keys[zone])}
        rows = [[column[key] for key in sorted(sample.keys[zone]) if key in column] for sample in found]
        damped = zone in ("any", "head")
        values = [[1 / np.sqrt(len(row) + roles.DAMPING) if damped else 1.0] * len(row) for row in rows]
        starts = np.cumsum([0, *map(len, rows)])
        data, places = np.concatenate(values).astype(np.float32), np.concatenate(rows).astype(np.int32)
        return csr_array((data, places, starts), shape=(len(found), len(column)))

    def kernel(self) -> np.ndarray:
        """How alike the samples are."""
        total = np.full((self.blocks["name"].shape[0],) * 2, FLAT)
        for group, block in self.blocks.items():
            product = block @ block.T
            total += (product.toarray() if issparse(product) else product) * self.scale[group] ** 2
        return total

    def weights(self, duals: np.ndarray) -> dict[str, np.ndarray]:
        """Weights of the features of each group."""
        return {g: self.scale[g] ** 2 * (b.T @ duals) for g, b in self.blocks.items()}


def _length(block: np.ndarray | csr_array) -> float:
    """The mean squared length of the rows of a block."""
    squares = block.multiply(block) if issparse(block) else block**2
    return float(squares.sum() / block.shape[0])


def targets(found: list[Sample]) -> np.ndarray:
    """One column a role, and one for negative polarity."""
    return np.array([[s.role == role for role in roles.OUTPUTS] + [s.negative] for s in found], np.float64)


def solve(kernel: np.ndarray, found: list[Sample]) -> np.ndarray:
    """The dual weights, rare roles counting more."""
    times = Counter(s.role for s in found)
    weight = np.array([min(8, (times["measure"] / times[s.role]) ** RARE) * (OWN if s.file.startswith("T/") else 1) for s in found])
    return np.linalg.solve(kernel + np.diag(LAMBDA / weight), targets(found))


def trained(found: list[Sample]) -> tuple[Design, dict[str, np.ndarray], np.ndarray]:
    """Design with the runs that are kept, weights, and duals."""
    design = Design(found, {zone: vocabulary(found, zone) for zone in roles.ZONES})
    weights = design.weights(solve(design.kernel(), found))
    kept = {}
    for zone in roles.ZONES:
        size = np.sqrt((weights[zone] ** 2).sum(1) * np.diff(design.blocks[zone].tocsc().indptr))
        kept[zone] = [design.keys[zone][n] for n in sorted(np.argsort(-size, kind="stable")[: KEPT[zone]])]
    design = Design(found, kept)
    duals = solve(design.kernel(), found)
    return design, design.weights(duals), duals


def lines(design: Design, weights: dict[str, np.ndarray], duals: np.ndarray) -> list[str]:
    """The file of weights."""
    dense = np.concatenate([weights[group] for group, _ in widths()]) / design.spread[:, None]
    bias = FLAT * duals.sum(0) - design.mean @ as_written(dense)
    bias += [*(OFFSETS.get(role, 0) for role in roles.OUTPUTS), 0]
    tables = {zone: ([_shown(key) for key in design.keys[zone]], weights[zone]) for zone in roles.ZONES}
    tables |= {"name": (design.names, weights["name"] * design.heard[:, None]), "dense": ([str(n) for n in range(len(dense))], dense)}
    out = ["# Made by tools/train_roles.py. Group, feature, one character of weight for each role and for negative polarity."]
    for group, (features, table) in tables.items():
        scale = float(f"{np.abs(table).max():.6g}")
        out.append(f"scale\t{group}\t{scale}")
        out += [f"{group}\t{feature}\t{row}" for feature, row in zip(features, roles.encode(table, scale), strict=True)]
    return [*out, "bias\t-\t" + " ".join(f"{value:.6f}" for value in bias)]


def as_written(table: np.ndarray) -> np.ndarray:
    """Weights as the file can hold them."""
    scale = float(f"{np.abs(table).max():.6g}")
    return roles.decode(roles.encode(table, scale), scale)


def _shown(key: int) -> str:
    return gram_of(key).replace(BEGIN, "^").replace(END, "$")


def cross(found: list[Sample]) -> None:
    """Scores by cross-validation: five folds of documents."""
    fold = np.array([(zlib.crc32(s.file.encode()) >> 3) % 5 for s in found])
    scores = np.zeros((len(found), len(roles.OUTPUTS) + 1))
    for n in range(5):
        there = [s for s, f in zip(found, fold, strict=True) if f != n]
        path = Path(tempfile.mkdtemp()) / "roles.tsv"
        path.write_text("\n".join(lines(*trained(there))) + "\n", "utf-8")
        model = roles.model(path)
        columns = {zone: {key: i for i, key in enumerate(v.keys.tolist())} for zone, v in model.vocabularies.items()}
        for i in np.flatnonzero(fold == n):
            scores[i] = apply(model, columns, found[i])
    report(found, scores)


def apply(model: roles.Model, columns: dict[str, dict[int, int]], sample: Sample) -> np.ndarray:
    """The scores of one sample: what `Model.scores` gives, by look-up in dictionaries."""
    total = model.bias + sample.dense @ model.dense
    for zone, column in columns.items():
        known = [column[key] for key in sample.keys[zone] if key in column]
        total = total + model.runs[zone][known].sum(0) / (np.sqrt(len(known) + roles.DAMPING) if zone in ("any", "head") else 1)
    return total + model.simple[[model.names[name] for name in sample.names if name in model.names]].sum(0)


def report(found: list[Sample], scores: np.ndarray) -> None:
    """Accuracy, and each role."""
    np.save(Path(tempfile.gettempdir()) / "roles_cross.npy", scores)
    guess = roles.settle(scores, [s.rule for s in found])
    for part in ("gov_reports", "party_docs", "seeds", "T/"):
        those = [(s, g) for s, g in zip(found, guess, strict=True) if s.file.startswith(part)]
        if those:
            right, polar = np.mean([s.role == g[0] for s, g in those]), np.mean([s.negative == (g[1] != "plain") for s, g in those])
            print(f"{part:12} {len(those):5} role {right:.3f} polarity {polar:.3f}")
    for role in roles.OUTPUTS:
        both = sum(s.role == role == g[0] for s, g in zip(found, guess, strict=True))
        there, said = sum(s.role == role for s in found), sum(g[0] == role for g in guess)
        print(f"{role:12} {there:4} P {both / max(said, 1):.2f} R {both / max(there, 1):.2f} F {2 * both / max(there + said, 1):.2f}")
    acts = sum(s.negative and g[0] in ("measure", "pledge", "appeal") for s, g in zip(found, guess, strict=True))
    print("negative taken for measure, pledge or appeal:", acts)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cross", action="store_true")
    options = parser.parse_args()
    found = samples(options.corpus)
    if options.cross:
        cross(found)
    else:
        (ROOT / "phrasebank/data/roles.tsv").write_text("\n".join(lines(*trained(found))) + "\n", "utf-8")


if __name__ == "__main__":
    main()
