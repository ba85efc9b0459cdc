"""How many planted copies are found, how many of those found are copies, and what it costs.

    python benchmarks/duplicates.py [FOLDER] [--only copies|cost] [--files N] [--seed N]

FOLDER holds .txt files, by default ../shared/corpus/gov_reports. Copies are edited versions of texts of N of its files, planted
among all texts of those files. Recall is the share of copies grouped with their original; precision, of all texts grouped with a
copy, the share that are its original, another copy of it, or were grouped with the original before anything was planted.
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
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

import numpy as np  # noqa: E402

from phrasebank.duplicates import DOCUMENTS, PASSAGES, SENTENCES, Kind, near_groups, sign  # noqa: E402
from phrasebank.sentences import split  # noqa: E402

REPORTS = ROOT.parent / "shared/corpus/gov_reports"
RATES = (0.05, 0.10, 0.15, 0.20)
KINDS = {"sentence": SENTENCES, "passage": PASSAGES, "document": DOCUMENTS}
PLACES = ("青山县", "临河镇", "柳溪乡", "白石市", "云岭区", "东坪村", "石桥街道")
_CLAUSE = re.compile("[^，；。、]+[，；。、]")


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
        here = [m for m in _CLAUSE.finditer(text) if len(m.group()) <= budget]
        other = [c for c in _CLAUSE.findall(self.draw.choice(self.pool)) if len(c) <= budget]
        if here and (not other or self.draw.random() < 0.5):
            gone = self.draw.choice(here)
            return text[: gone.start()] + text[gone.end() :], len(gone.group())
        borders = [0, *(m.end() for m in _CLAUSE.finditer(text))]
        at = self.draw.choice(borders)
        new = self.draw.choice(other) if other else ""
        return text[:at] + new + text[at:], len(new)

    def place(self, text: str, budget: int) -> tuple[str, int]:
        """A place put in, or in the place of another."""
        new = self.draw.choice(PLACES)
        old = re.search("[\u4e00-\u9fff]{2}[省市县区镇乡村]", text)
        at = self.draw.randrange(len(text))
        span = old.span() if old else (at, at)
        return text[: span[0]] + new + text[span[1] :], len(new)

    def figure(self, text: str, budget: int) -> tuple[str, int]:
        """All figures others, or one put in."""
        if not re.search(r"\d", text):
            at = self.draw.randrange(len(text))
            return text[:at] + "30%" + text[at:], 3
        after = re.sub(r"\d", lambda m: str(self.draw.randrange(10)), text)
        return after, min(budget, sum(a != b for a, b in zip(after, text, strict=True)))

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
def score(texts: Sequence[str], originals: Sequence[int], copies: Sequence[str], kind: Kind) -> tuple[float, float]:
    """Recall and precision of `copies`, one of each of `originals` (indices of `texts`), planted among `texts`."""
    alone = near_groups(sign(texts, kind), texts, kind)
    everything = [*texts, *copies]
    labels = near_groups(sign(everything, kind), everything, kind)
    family = np.concatenate([alone, alone[list(originals)]])
    planted = range(len(texts), len(everything))
    found = np.mean([labels[copy] == labels[original] for copy, original in zip(planted, originals, strict=True)])
    right = total = 0
    for copy in planted:
        group = np.flatnonzero(labels == labels[copy])
        total += len(group) - 1
        right += int((family[group] == family[copy]).sum()) - 1
    return float(found), right / max(total, 1)


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
        for name, fits in CLASSES[level].items():
            for how in WAYS:
                row = [_planted(texts, level, rate, how, fits, seed) for rate in RATES]
                print(f"{name:22}{how:12}" + "".join(f"{r:>8.3f} /{p:.3f}" for r, p in row), flush=True)


def _planted(texts: list[str], level: str, rate: float, how: str, fits: Callable[[str], bool], seed: int) -> tuple[float, float]:
    draw = random.Random(f"{seed} {level} {rate} {how}")
    fitting = [index for index, text in enumerate(texts) if fits(text)]
    originals = draw.sample(fitting, min(1000, len(fitting)))
    editor = Editor(draw, texts)
    return score(texts, originals, [editor.copy(texts[index], rate, how) for index in originals], KINDS[level])


CLASSES: dict[str, dict[str, Callable[[str], bool]]] = {
    "sentence": {
        "sentence of 25 to 120": lambda text: len(text) >= 25,
        "sentence of 16 to 24": lambda text: 16 <= len(text) < 25,
        "sentence of 10 to 15": lambda text: len(text) < 16,
    },
    "passage": {"passage": lambda text: True},
    "document": {"document": lambda text: True},
}


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
        signing = seconds(lambda texts=texts, kind=kind: sign(texts, kind))
        grouping = seconds(lambda texts=texts, kind=kind, signatures=signatures: near_groups(signatures, texts, kind))
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
