"""Makes phrasebank/data/term_weights.txt, the weights of `phrasebank.terms`, and prints how they do on terms left out.

    python tools/train_terms.py CORPUS GOLD... [--check]

CORPUS is a folder of texts; their quotation marks are taken off. GOLD are lists of terms, one a line, the first column.
Two logistic models are fitted, for single words and for runs of words, on all grams of the corpus against those of the lists
(Elkan, Noto 2008: learning from positive and unlabelled examples ranks as well as from labelled ones); a third, of taste, on the
verdicts in term_labels.tsv. --check only prints: half of the terms left out, then half of the texts.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from phrasebank import terms  # noqa: E402
from phrasebank.grams import Cut, count_grams  # noqa: E402
from phrasebank.term_features import Features, features  # noqa: E402

TARGET = ROOT / "phrasebank" / "data" / "term_weights.txt"
LABELS = Path(__file__).with_name("term_labels.tsv")
RIDGE, ROUNDS = 10.0, 15
HEADER = (
    "# Weights of phrasebank.terms: model, feature, mean, deviation, weight, weight of the square,\n"
    "# weight in the eyes of readers. Made by tools/train_terms.py.\n"
)


def read(folder: Path) -> list[Cut]:
    """The texts of a folder, cut; the year is the last of the file name."""
    return [terms.cut([file.read_text("utf-8", errors="replace")], year_of(file)) for file in sorted(folder.rglob("*.txt"))]


def year_of(file: Path) -> int:
    """The year in a file's name, otherwise the first in its text, otherwise 0."""
    found = re.findall(r"(?:19|20)\d\d", file.stem) or re.findall(r"((?:19|20)\d\d)年", file.read_text("utf-8", errors="replace"))
    return int(found[0]) if found else 0


def gold(files: Iterable[str]) -> set[str]:
    """The first column of all lists."""
    return {line.split("\t")[0].strip() for file in files for line in Path(file).read_text("utf-8").splitlines()[1:]}


def fit(matrix: np.ndarray, right: np.ndarray, weight: np.ndarray, stiffness: float = RIDGE) -> np.ndarray:
    """Weights of a logistic model by Newton's steps, halved while they do not help."""

    def loss(b: np.ndarray) -> float:
        return float((weight * np.logaddexp(0, np.where(right, -1, 1) * (matrix @ b))).sum() + stiffness / 2 * (b[1:] ** 2).sum())

    b = np.zeros(matrix.shape[1])
    b[0], ridge = -5, np.full(len(b), stiffness)
    ridge[0] = 1e-6
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(matrix @ b, -30, 30)))
        slope = matrix.T @ (weight * (right - p)) - ridge * b
        step = np.linalg.solve((matrix * (weight * p * (1 - p))[:, None]).T @ matrix + np.diag(ridge), slope)
        while loss(b + step) > loss(b) and np.abs(step).max() > 1e-6:
            step = step / 2
        b = b + step
        if np.abs(step).max() < 1e-3:
            break
    return b


def train(found: Features, texts: Sequence[str], right: set[str], unknown: set[str]) -> dict[str, terms.Model]:
    """Both models; `unknown` terms are neither right nor wrong. One in seven of what is in no list stands for all of it."""
    good, left_out = (np.array([text in some for text in texts]) for some in (right, unknown))
    sampled = np.random.default_rng(0).random(len(texts)) < 0.15
    models = {}
    for name, group in (("one", found.single), ("run", ~found.single)):
        rows = np.flatnonzero(group & (good | sampled) & ~left_out)
        names = tuple(n for n, v in found.values.items() if v[rows].std() > 1e-6)
        raw = np.stack([found.values[n][rows] for n in names], 1)
        mean, deviation = raw.mean(0), raw.std(0)
        z = np.clip((raw - mean) / deviation, -terms.FAR, terms.FAR)
        b = fit(np.hstack([np.ones((len(rows), 1)), z, z * z]), good[rows], np.where(good[rows], 1.0, 1 / 0.15))
        middle = 1 + len(names)
        judged, verdict = judged_rows(texts, group & ~left_out)
        z = np.clip((np.stack([found.values[n][judged] for n in names], 1) - mean) / deviation, -terms.FAR, terms.FAR)
        taste = fit(np.hstack([np.ones((len(judged), 1)), z]), verdict, np.ones(len(judged)), 4.0)
        models[name] = terms.Model(names, mean, deviation, b[1:middle], b[middle:], taste[1:], float(b[0]), float(taste[0]))
    return models


def judged_rows(texts: Sequence[str], group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which grams of a group were judged by hand, and whether they were found good."""
    lines = (line.split("\t") for line in LABELS.read_text("utf-8").splitlines() if line[0] != "#")
    verdicts = {text: verdict == "1" for text, verdict in lines}
    at = np.array([i for i in np.flatnonzero(group) if texts[i] in verdicts])
    return at, np.array([verdicts[texts[i]] for i in at])


def report(ranked: Sequence[terms.Term], wanted: set[str], label: str) -> None:
    """Recall at three depths."""
    at = [len(wanted & {term.text for term in ranked[:n]}) / len(wanted) for n in (1000, 5000, 20000)]
    print(f"{label}: {len(wanted)} terms, recall", " ".join(f"{x:.3f}" for x in at))


def in_use(texts: Sequence[Cut], wanted: Iterable[str]) -> set[str]:
    """Terms that at least three of the texts have."""
    flat = [text.words.replace("\x1f", "") for text in texts]
    return {term for term in wanted if sum(term in text for text in flat) >= 3}


def check(texts: list[Cut], wanted: set[str]) -> None:
    """Recall of terms left out, then of texts left out."""
    counts = count_grams(texts, 3)
    found = features(counts)
    spelled = terms.spellings(counts, found.grams)
    held = {t for t in sorted(wanted) if random.Random(t).random() < 0.5}
    models = train(found, spelled, wanted - held, held)
    known = in_use(texts, wanted)
    ranked = terms.rank_terms(counts, models=models)
    report(ranked, known & held, "terms left out")
    report(ranked, known - held, "terms trained on")
    random.Random(1).shuffle(texts)
    half, rest = texts[: len(texts) // 2], texts[len(texts) // 2 :]
    counts = count_grams(half, 2)
    found = features(counts)
    models = train(found, terms.spellings(counts, found.grams), wanted - held, held)
    known = in_use(rest, wanted)
    ranked = terms.rank_terms(count_grams(rest, 2), models=models)
    report(ranked, known & held, "terms and texts left out")


def main() -> None:
    """Trains on everything, or checks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    texts, wanted = read(args.corpus), gold(args.gold)
    if args.check:
        check(texts, wanted)
        return
    counts = count_grams(texts, 3)
    found = features(counts)
    models = train(found, terms.spellings(counts, found.grams), wanted, set())
    TARGET.write_text(HEADER + "".join(model.lines(name) for name, model in models.items()), "utf-8")


if __name__ == "__main__":
    main()
