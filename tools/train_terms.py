"""Makes phrasebank/data/term_weights.txt, the weights of `phrasebank.terms`, and prints how they do on terms left out.

    python tools/train_terms.py CORPUS GOLD... [--check]

CORPUS is a folder of texts; their quotation marks are taken off. GOLD are lists of terms, one a line, the first column.
Logistic models are fitted, for single words, for runs of words and for what begins with a number, on all grams of the corpus
against those of the lists (Elkan, Noto 2008: learning from positive and unlabelled examples ranks as well as from labelled ones);
another, of taste, on the verdicts in term_labels.tsv. --check only prints: half of the terms left out, then half of the texts, then
a fifth of the verdicts at a time.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from phrasebank import terms  # noqa: E402
from phrasebank.grams import Cut, count_grams, count_words  # noqa: E402
from phrasebank.term_features import Features, features  # noqa: E402

TARGET = ROOT / "phrasebank" / "data" / "term_weights.txt"
LABELS = Path(__file__).with_name("term_labels.tsv")
RIDGE, TASTE_RIDGE, ROUNDS = 10.0, 1.5, 25
STRICT = ("b", "c", "d")
"""Readers whose strictness is taken."""
HEADER = (
    "# Weights of phrasebank.terms: model, feature, mean, deviation, weight, weight of the square,\n"
    "# both weights in the eyes of readers. Made by tools/train_terms.py.\n"
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


def fit(matrix: np.ndarray, right: np.ndarray, weight: np.ndarray, stiffness: float | np.ndarray = RIDGE) -> np.ndarray:
    """Weights of a logistic model by Newton's steps, halved while they do not help."""
    b = np.zeros(matrix.shape[1])
    if isinstance(stiffness, float):
        b[0], ridge = -5, np.full(len(b), stiffness)
        ridge[0] = 1e-6
    else:
        ridge = stiffness

    def loss(b: np.ndarray) -> float:
        return float((weight * np.logaddexp(0, np.where(right, -1, 1) * (matrix @ b))).sum() + (ridge / 2 * b**2).sum())

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
    """All models; `unknown` terms are neither right nor wrong. One in seven of what is in no list stands for all of it."""
    good, left_out = (np.array([text in some for text in texts]) for some in (right, unknown))
    sampled = np.random.default_rng(0).random(len(texts)) < 0.15
    names = tuple(n for n, v in found.values.items() if v.std() > 1e-6)
    judged = judged_rows(texts, ~left_out)
    near = np.union1d(judged[0], np.flatnonzero(good & ~left_out))  # deviations count among what may well be a term
    mean = np.array([found.values[n][near].mean() for n in names])
    deviation = np.array([found.values[n][near].std() + 1e-3 for n in names])
    z = standard(found, names, mean, deviation)
    tastes = taste(found, z, *judged)
    models = {}
    for group, members in found.groups().items():
        alike = members if not group.endswith("counted") else found.values["numeral"] > 0
        rows = np.flatnonzero(alike & (good | sampled) & ~left_out)
        b = fit(np.hstack([np.ones((len(rows), 1)), z[rows], z[rows] ** 2]), good[rows], np.where(good[rows], 1.0, 1 / 0.15))
        base, linear, squares = tastes[group]
        middle = 1 + len(names)
        models[group] = terms.Model(names, mean, deviation, b[1:middle], b[middle:], linear, squares, float(b[0]), base)
    return models


def standard(found: Features, names: Sequence[str], mean: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    """Numbers of all grams in deviations from the mean."""
    return np.stack([np.clip((found.values[n] - mean[i]) / deviation[i], -terms.FAR, terms.FAR) for i, n in enumerate(names)], 1)


def taste(found: Features, z: np.ndarray, judged: np.ndarray, verdict: np.ndarray, reader: np.ndarray) -> dict[str, tuple]:
    """Of each group the base, the weights and the weights of squares: one model, in which single words have weights, and runs that
    begin with a number have linear weights, of their own on top. Each reader has a base; that of the strict ones is taken."""
    width = z.shape[1]
    readers = (reader[:, None] == np.unique(reader)).astype(float)
    single, counted = (flag[judged].astype(float)[:, None] for flag in (found.single, found.values["numeral"] > 0))
    both = np.hstack([z[judged], z[judged] ** 2])
    matrix = np.hstack([readers, both, both * single, single, z[judged] * counted, counted])
    stiffness = np.full(matrix.shape[1], TASTE_RIDGE)
    stiffness[: readers.shape[1]] = 0.01
    b = fit(matrix, verdict, np.ones(len(verdict)), stiffness)
    base = float(b[: readers.shape[1]][[name in STRICT for name in np.unique(reader)]].mean())
    common, own, own_base, number, number_base = np.split(b[readers.shape[1] :], np.cumsum([2 * width, 2 * width, 1, width]))
    result = {}
    for group in found.groups():
        is_one, is_counted = group.startswith("one"), group.endswith("counted")
        weights = common + own * is_one
        at_zero = base + float(own_base[0]) * is_one + float(number_base[0]) * is_counted
        result[group] = (at_zero, weights[:width] + number * is_counted, weights[width:])
    return result


def judged_rows(texts: Sequence[str], group: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which grams of a group were judged by hand, whether they were found good, and by whom."""
    verdicts: dict[str, list[tuple[str, str]]] = {}
    for line in LABELS.read_text("utf-8").splitlines():
        if line[0] != "#":
            text, verdict, reader = line.split("\t")
            verdicts.setdefault(text, []).append((verdict, reader))
    rows = [(i, verdict == "1", reader) for i in np.flatnonzero(group) for verdict, reader in verdicts.get(texts[i], ())]
    at, good, reader = zip(*rows, strict=True)
    return np.array(at), np.array(good), np.array(reader)


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
    ranked = terms.rank_terms(counts, terms.LIMIT, models=models)
    report(ranked, known & held, "terms left out")
    report(ranked, known - held, "terms trained on")
    random.Random(1).shuffle(texts)
    half, rest = texts[: len(texts) // 2], texts[len(texts) // 2 :]
    counts = count_grams(half, 2)
    found = features(counts)
    models = train(found, terms.spellings(counts, found.grams), wanted - held, held)
    known = in_use(rest, wanted)
    ranked = terms.rank_terms(count_grams(rest, 2), terms.LIMIT, models=models)
    report(ranked, known & held, "terms and texts left out")


def check_verdicts(texts: list[Cut], wanted: set[str]) -> None:
    """The share of good ones among the judged that reach the first 5,000, each ranked by models that do not know its verdict."""
    counts = count_grams(texts, terms.least_for(count_words(texts)))
    found = features(counts)
    spelled = terms.spellings(counts, found.grams)
    models = train(found, spelled, wanted, set())
    z = standard(found, models["run"].names, models["run"].mean, models["run"].deviation)
    at, good, reader = judged_rows(spelled, np.ones(len(spelled), bool))
    fold = np.array([random.Random(spelled[i]).randrange(5) for i in at])
    inside: dict[str, list[bool]] = {}
    for k in range(5):
        held = fold == k
        for group, (base, linear, squares) in taste(found, z, at[~held], good[~held], reader[~held]).items():
            models[group] = replace(models[group], taste=linear, taste_squares=squares, taste_base=base)
        best = {term.text for term in terms.rank_terms(counts, 5000, models=models)}
        for i in np.flatnonzero(held):
            if spelled[at[i]] in best:
                inside.setdefault(reader[i], []).append(bool(good[i]))
    for name, verdicts in sorted(inside.items()):
        print(f"reader {name}: {len(verdicts)} verdicts left out, in the first 5,000, good {np.mean(verdicts):.3f}")


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
        check_verdicts(texts, wanted)
        return
    counts = count_grams(texts, terms.least_for(count_words(texts)))
    found = features(counts)
    models = train(found, terms.spellings(counts, found.grams), wanted, set())
    TARGET.write_text(HEADER + "".join(model.lines(name) for name, model in models.items()), "utf-8")


if __name__ == "__main__":
    main()
