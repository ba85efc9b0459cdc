"""How many planted copies are found, how many of those found are copies, and what it costs.

    python benchmarks/duplicates.py [FOLDER] [--only copies|cost] [--files N] [--seed N]

FOLDER holds .txt files, by default ../shared/corpus/gov_reports. Copies are edited versions of texts of N of its files, planted
among all texts of those files. Recall is the share of copies grouped with their original; precision, of the texts grouped with a
copy, the share that are its original, another copy of it, or were grouped with the original before anything was planted: the mean
over all copies, so that one formula of a hundred reports does not outweigh them.
"""

from __future__ import annotations

import argparse
import platform
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

import numpy as np  # noqa: E402

from phrasebank.duplicates import near_groups  # noqa: E402
from phrasebank.sentences import split  # noqa: E402
from phrasebank.similarity import DOCUMENTS, PASSAGES, SENTENCES, Kind, sign  # noqa: E402

REPORTS = ROOT.parent / "shared/corpus/gov_reports"
RATES = (0.05, 0.10, 0.15, 0.20)
KINDS = {"sentence": SENTENCES, "passage": PASSAGES, "document": DOCUMENTS}
PLACES = ("青山县", "临河镇", "柳溪乡", "白石市", "云岭区", "东坪村", "石桥街道")
_CLAUSE = re.compile("[^，；。、]+[，；。、]")
_PLACE = re.compile("[\u4e00-\u9fff]{2}[省市县区镇乡村]")


# ---------------------------------------------------------------- planting copies
@dataclass
class Editor:
    """Edits texts at random; what it puts in comes from a pool of other texts of the genre."""

    draw: random.Random
    pool: Sequence[str]

    def copy(self, text: str, rate: float, how: str = "mixed") -> str:
        """`text` with `rate` of its characters edited: substituted, put in or left out."""
        budget = round(rate * len(text))
        for _ in range(10 * budget):
            if budget <= 0 or not text:
                break
            edit = getattr(self, self.draw.choice(WAYS[how]))
            after, spent = edit(text, budget)
            if 0 < spent <= budget:
                text, budget = after, budget - spent
        return self.marks(text) if how == "mixed" else text

    def character(self, text: str, budget: int) -> tuple[str, int]:
        """One character substituted, put in or left out."""
        at = self.draw.randrange(len(text))
        new = self._foreign(1)
        return self.draw.choice(((text[:at] + new + text[at + 1 :]), text[:at] + new + text[at:], text[:at] + text[at + 1 :])), 1

    def word(self, text: str, budget: int) -> tuple[str, int]:
        """A run of two to four characters substituted, put in or left out."""
        size = self.draw.randint(2, 4)
        at = self.draw.randrange(max(1, len(text) - size))
        new = self._foreign(size)
        return self.draw.choice((text[:at] + new + text[at + size :], text[:at] + new + text[at:], text[:at] + text[at + size :])), size

    def clause(self, text: str, budget: int) -> tuple[str, int]:
        """A clause left out, or one of another text put in."""
        here = _CLAUSE.search(text, self.draw.randrange(len(text)))
        if here and len(here.group()) <= budget and self.draw.random() < 0.5:
            return text[: here.start()] + text[here.end() :], len(here.group())
        other = self.draw.choice(self.pool)
        new = _CLAUSE.search(other, self.draw.randrange(len(other)))
        at = here.start() if here else 0
        return (text[:at] + new.group() + text[at:], len(new.group())) if new else (text, 0)

    def place(self, text: str, budget: int) -> tuple[str, int]:
        """A place put in, or in the place of another."""
        new = self.draw.choice(PLACES)
        at = self.draw.randrange(len(text))
        old = _PLACE.search(text, at)
        span = old.span() if old else (at, at)
        return text[: span[0]] + new + text[span[1] :], len(new)

    def figure(self, text: str, budget: int) -> tuple[str, int]:
        """Another figure for one, or one put in."""
        at = self.draw.randrange(len(text))
        old = re.compile(r"\d+").search(text, at)
        span = old.span() if old else (at, at)
        new = str(self.draw.randrange(10, 1000))
        return text[: span[0]] + new + text[span[1] :], len(new)

    def marks(self, text: str) -> str:
        """Half-width marks for full-width ones, or a mark for another."""
        table = self.draw.choice((str.maketrans("，；：（）", ",;:()"), str.maketrans("；、", "，，"), {}))
        return text.translate(table)

    def _foreign(self, size: int) -> str:
        other = self.draw.choice(self.pool)
        at = self.draw.randrange(max(1, len(other) - size))
        return other[at : at + size]


WAYS = {
    "characters": ("character",),
    "words": ("word",),
    "mixed": ("character", "word", "word", "clause", "place", "figure"),
}


def cut(text: str, draw: random.Random) -> str:
    """A third of a document off at one end."""
    third = len(text) // 3
    return draw.choice((text[third:], text[:-third]))


def inserted(text: str, draw: random.Random, foreign: str) -> str:
    """Foreign matter of a fifth of its length put in somewhere."""
    at, size = draw.randrange(len(text)), len(text) // 5
    return text[:at] + foreign[:size] + text[at:]


# ---------------------------------------------------------------- what is found
def score(
    texts: Sequence[str], alone: np.ndarray, originals: Sequence[int], copies: Sequence[str], kind: Kind
) -> tuple[float, float]:
    """Recall and precision of `copies`, one of each of `originals` (indices of `texts`), planted among `texts`, whose groups were
    `alone`."""
    everything = [*texts, *copies]
    labels = near_groups(sign(everything, kind), everything, kind)
    family = np.concatenate([alone, alone[list(originals)]])
    planted = np.arange(len(texts), len(everything))
    found = np.mean(labels[planted] == labels[list(originals)])
    groups = [np.flatnonzero(labels == labels[copy]) for copy in planted.tolist()]
    right = [
        ((family[group] == family[copy]).sum() - 1) / (len(group) - 1)
        for copy, group in zip(planted, groups, strict=True)
        if len(group) > 1
    ]
    return float(found), float(np.mean(right)) if right else 1.0


def pairs_of(rows: Sequence[tuple[float, float]]) -> str:
    """Recall and precision, column by column."""
    return "".join(f"{recall:>8.3f} /{precision:.3f}" for recall, precision in rows)


def levels(files: Sequence[str]) -> dict[str, list[str]]:
    """Different texts of each level, in their order."""
    passages = list(dict.fromkeys(line.strip() for text in files for line in text.splitlines() if len(line.strip()) >= 40))
    lines = (line.strip() for text in files for line in text.splitlines())
    sentences = list(dict.fromkeys(s for line in lines for s in split(line) if 10 <= len(s) <= 120))
    return {"sentence": sentences, "passage": passages, "document": list(files)}


def copies_table(files: Sequence[str], seed: int) -> None:
    """Recall and precision by level, way of editing and rate."""
    print(f"\n{len(files)} files; recall / precision\n\n{'level':22}{'edits':12}" + "".join(f"{rate:>15.0%}" for rate in RATES))
    for level, texts in levels(files).items():
        kind = KINDS[level]
        alone = near_groups(sign(texts, kind), texts, kind)
        for name, (least, most) in CLASSES[level].items():
            fitting = [index for index, text in enumerate(texts) if least <= len(text) < most]
            for how in (*WAYS, *(("cut", "inserted") if level == "document" else ())):
                rows = [score(texts, alone, *planted(texts, fitting, rate, how, seed), kind) for rate in RATES]
                print(f"{name:22}{how:12}{pairs_of(rows)}", flush=True)


def planted(texts: Sequence[str], fitting: Sequence[int], rate: float, how: str, seed: int) -> tuple[list[int], list[str]]:
    """Originals, drawn from `fitting`, and a copy of each; of a document cut or with something put in, edited as well."""
    draw = random.Random(f"{seed} {rate} {how} {len(fitting)}")
    originals = draw.sample(fitting, min(1000, len(fitting)))
    editor = Editor(draw, texts)
    copies = [editor.copy(texts[index], rate, how if how in WAYS else "mixed") for index in originals]
    if how == "cut":
        copies = [cut(text, draw) for text in copies]
    if how == "inserted":
        copies = [inserted(text, draw, draw.choice(texts)) for text in copies]
    return originals, copies


CLASSES: dict[str, dict[str, tuple[int, int]]] = {
    "sentence": {"sentence of 25 to 120": (25, 121), "sentence of 16 to 24": (16, 25), "sentence of 10 to 15": (10, 16)},
    "passage": {"passage": (40, 1 << 30)},
    "document": {"document": (0, 1 << 30)},
}
"""Lengths of the originals, from, and below."""


# ---------------------------------------------------------------- what it costs
def cost_table(files: Sequence[str]) -> None:
    """Processor time of signing and grouping, beside a bare loop over the characters."""
    size = sum(len(text.encode()) for text in files) / 1e6
    base = seconds(lambda: [None for text in files for _ in text])
    print(f"\n{len(files)} files, {size:.1f} MB of UTF-8\n\n{'level':12}{'texts':>9}{'groups':>9}{'sign s':>9}{'group s':>9}{'x bare':>9}")
    whole = 0.0
    for level, texts in levels(files).items():
        kind = KINDS[level]
        signatures = sign(texts, kind)
        signing = seconds(partial(sign, texts, kind))
        grouping = seconds(partial(near_groups, signatures, texts, kind))
        groups = len(np.unique(near_groups(signatures, texts, kind)))
        whole += signing + grouping
        print(f"{level:12}{len(texts):9}{groups:9}{signing:9.2f}{grouping:9.2f}{(signing + grouping) / base:9.1f}", flush=True)
    print(f"{'all':39}{whole:9.2f}{whole / base:18.1f}")


def seconds(run: Callable[[], object], times: int = 3) -> float:
    """Processor time of the quickest of several runs."""

    def once() -> float:
        start = time.process_time()
        run()
        return time.process_time() - start

    return min(once() for _ in range(times))


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=REPORTS)
    parser.add_argument("--only", choices=("copies", "cost"), help="one table alone")
    parser.add_argument("--files", type=int, default=100, help="files among which copies are planted")
    parser.add_argument("--seed", type=int, default=1)
    call = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, numpy {np.__version__}")
    files = [path.read_text("utf-8", "replace") for path in sorted(call.folder.rglob("*.txt"))]
    if call.only in (None, "cost"):
        cost_table(files)
        print(f"peak of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if call.only in (None, "copies"):
        copies_table(random.Random(call.seed).sample(files, min(call.files, len(files))), call.seed)


if __name__ == "__main__":
    main()
