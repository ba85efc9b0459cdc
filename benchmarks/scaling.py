"""What mining takes as a corpus grows: time, memory of the leading process and of its largest worker, and of several workers.

    python benchmarks/scaling.py [FOLDER] [--size 18 --size 150] [--jobs 1 --jobs 2] [--route large|memory] [--terms]

FOLDER holds .txt files, by default ../shared/corpus/gov_reports. For sizes (MB) beyond it, copies are made in which every
twentieth character or so is another one and every figure too, so that nothing is the same and nearly all of it is alike: the
hardest case for what looks for copies. Files and shards go to a temporary folder (--scratch), some three times the size.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT.parent / "shared/corpus/gov_reports"
MB = 1_000_000
EDITED = 0.05
"""Share of characters that a copy has otherwise."""
RUN = """
import json, resource, sys, time
from pathlib import Path
from drafting.config import load_library
from phrasebank.mine import mine
from phrasebank.readers import find_files

folder, output, route, jobs, terms = sys.argv[1:]
jobs, terms, lexicon = int(jobs), terms == "True", load_library().lexicon()
start, stages = time.perf_counter(), []

def memory(who):
    return resource.getrusage(who).ru_maxrss // (1 if sys.platform != "darwin" else 1024) / 1024

if route == "memory":
    report = mine([folder], Path(output), lexicon, jobs=jobs, base=Path(folder), terms=terms)
else:
    from phrasebank.large.run import mine_large
    from phrasebank.workers import Processes

    class Timed(Processes):
        def run(self, function, tasks, *heard):
            began = time.perf_counter()
            super().run(function, tasks, *heard)
            stages.append((function.__name__, round(time.perf_counter() - began, 1)))
            print(f"{function.__name__:20}{len(tasks):5} tasks {stages[-1][1]:8.1f} s  leading process "
                  f"{memory(resource.RUSAGE_SELF):6.0f} MB at most", file=sys.stderr, flush=True)

    files, faults = find_files([folder])
    engine = Timed(jobs)
    report = mine_large(files, faults, Path(output), lexicon, engine=engine, jobs=jobs, base=Path(folder), terms=terms)
    engine.close()
print(json.dumps({
    "seconds": time.perf_counter() - start, "tasks": sum(s for _, s in stages), "leading": memory(resource.RUSAGE_SELF),
    "worker": memory(resource.RUSAGE_CHILDREN), "documents": report.documents, "copies": report.copies,
    "phrases": report.phrases, "folded": report.folded, "bank": Path(output).stat().st_size / 1e6,
}))
"""


def texts(folder: Path) -> list[str]:
    """All texts of the folder in the order of their names."""
    return [path.read_text("utf-8") for path in sorted(folder.rglob("*.txt"))]


def edited(text: str, seed: str) -> str:
    """The text with other figures and some other characters."""
    dice = random.Random(seed)
    letters = list(re.sub(r"[0-9]", lambda _: str(dice.randint(0, 9)), text))
    for at in dice.sample(range(len(letters)), int(len(letters) * EDITED)):
        if "\u4e00" <= letters[at] <= "\u9fff":
            other = letters[dice.randrange(len(letters))]
            letters[at] = other if "\u4e00" <= other <= "\u9fff" else letters[at]
    return "".join(letters)


def grown(source: list[str], size: float) -> Iterator[str]:
    """Texts of so many MB: the ones that are there, then copies of them with edits."""
    left, copy = size * MB, 0
    while True:
        for number, text in enumerate(source):
            if left <= 0:
                return
            made = edited(text, f"{copy} {number}") if copy else text
            left -= len(made.encode())
            yield made
        copy += 1


def write(folder: Path, source: list[str], size: float) -> Path:
    """A folder of texts of so many MB."""
    folder.mkdir()
    for number, text in enumerate(grown(source, size)):
        (folder / f"{number:06}.txt").write_text(text, "utf-8")
    return folder


def measured(folder: Path, route: str, jobs: int, terms: bool) -> dict[str, float]:
    """What a run over the folder took, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", RUN, str(folder), str(folder.parent / "bank.db"), route, str(jobs), str(terms)]
    found: dict[str, float] = json.loads(subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout)
    return found


HEAD = ("MB", "jobs", "seconds", "of it tasks", "leading MB", "worker MB", "documents", "copies", "phrases", "folded", "bank MB")


def main() -> None:
    """Prints a table, a row a run."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=REPORTS)
    parser.add_argument("--size", type=float, action="append", help="MB of text (default 18, 75, 150, 300)")
    parser.add_argument("--jobs", type=int, action="append", help="processes (default 2)")
    parser.add_argument("--route", choices=("large", "memory"), default="large")
    parser.add_argument("--terms", action="store_true", help="set expressions too")
    parser.add_argument("--scratch", type=Path, help="where texts and shards go")
    call = parser.parse_args()
    source = texts(call.folder)
    if not source:
        parser.error(f"no .txt files in {call.folder}")
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, route: {call.route}, terms: {call.terms}")
    print("".join(f"{name:>12}" for name in HEAD))
    for size in call.size or (18, 75, 150, 300):
        with tempfile.TemporaryDirectory(dir=call.scratch) as scratch:
            folder = write(Path(scratch) / "texts", source, size)
            for jobs in call.jobs or (2,):
                found = measured(folder, call.route, jobs, call.terms)
                print("".join(f"{value:12.0f}" for value in (size, jobs, *found.values())), flush=True)


if __name__ == "__main__":
    main()
