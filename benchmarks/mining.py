"""How long mining takes beside the bare segmenter, how much memory, and what other phrase miners find in the same text.

    python benchmarks/mining.py [FOLDER] [--only speed|peers] [--share N]

FOLDER holds .txt files, by default ../shared/corpus/gov_reports; `--share 4` takes every fourth file. Every row is a process of its
own: its processor seconds (children included), its wall seconds and the peak of its memory. What counts is the ratio to bare
`jieba.lcut` over the same texts, with the dictionary loaded before.

`peers` mines a copy without quotation marks, with gensim's Phrases, a plain counter of PMI × boundary entropy, a list of clauses, and
with nigao, and prints the recall of the terms that authors set in quotation marks, at 1,000, 5,000 and 20,000 (it needs
`pip install gensim` and the scorer in ../shared/gold).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT.parent / "shared/corpus/gov_reports"
GOLD = ROOT.parent / "shared/gold"

_BEGIN = """
import json, logging, resource, sys, time
from pathlib import Path
ROOT, SOURCE, TARGET = sys.argv[1:4]
sys.path.insert(0, ROOT)
FILES = [Path(line) for line in Path(SOURCE).read_text("utf-8").splitlines()]
def texts():
    return [path.read_text("utf-8") for path in FILES]
def spent():
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)
def peak():
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
"""
_END = """
print(json.dumps({"cpu": spent() - began, "wall": time.perf_counter() - clock, "peak": peak()}))
"""
_CLOCK = "began, clock = spent(), time.perf_counter()\n"

_JIEBA = "import jieba; jieba.setLogLevel(logging.WARNING); jieba.initialize()\n"
_MINE = """
from drafting.config import load_library
from phrasebank.mine import mine
library = load_library([Path(ROOT) / "templates"]).lexicon()
"""
_RANKED = """
with Path(TARGET).open("w", encoding="utf-8") as out:
    for phrase, score in ranked[:30000]:
        out.write(json.dumps({"phrase": phrase, "score": float(score)}, ensure_ascii=False) + "\\n")
"""


def mining(options: str) -> str:
    """The body of a row that mines as `nigao mine` does."""
    return _MINE + _CLOCK + f"mine(FILES, Path(TARGET), library{options})\n"


SPEED: tuple[tuple[str, str, str], ...] = (
    ("bare jieba.lcut", "", "work = texts()\n" + _JIEBA + _CLOCK + "for text in work: jieba.lcut(text)\n"),
    ("bare rjieba.cut", "", "work = texts()\nimport rjieba; rjieba.cut('河长')\n" + _CLOCK + "for text in work: rjieba.cut(text)\n"),
    ("mine, rjieba, one process", "rjieba", mining("")),
    ("mine, rjieba, two processes", "rjieba", mining(", jobs=2")),
    ("mine, jieba, one process", "jieba", mining("")),
    ("mine, jieba, two processes", "jieba", mining(", jobs=2")),
    ("mine without set expressions", "", mining(", terms=False")),
)

_SENTENCES = r"""
import re, math
HAN = re.compile(r"[\u4e00-\u9fff]+")
def sentences():
    for text in texts():
        for run in HAN.findall(text):
            yield jieba.lcut(run)
"""
PEERS: tuple[tuple[str, str, str], ...] = (
    ("clauses by documents", "", _CLOCK + r"""
import re, collections
df = collections.Counter()
for text in texts():
    df.update({run for run in re.findall(r"[\u4e00-\u9fff]+", text) if 2 <= len(run) <= 12})
ranked = df.most_common(30000)
""" + _RANKED),
    ("gensim Phrases, twice", "", _JIEBA + _SENTENCES + _CLOCK + """
from gensim.models.phrases import Phrases
lines = list(sentences())
first = Phrases(lines, min_count=3, threshold=0.3, scoring="npmi", delimiter="_")
second = Phrases(first[lines], min_count=3, threshold=0.3, scoring="npmi", delimiter="_")
found = {**first.export_phrases(), **second.export_phrases()}
ranked = sorted(((phrase.replace("_", ""), score) for phrase, score in found.items()), key=lambda item: -item[1])
""" + _RANKED),
    ("PMI × boundary entropy", "", _JIEBA + _SENTENCES + _CLOCK + """
import collections
counts, left, right = collections.Counter(), {}, {}
for words in sentences():
    words = ["", *words, ""]
    for n in (1, 2, 3, 4):
        for i in range(1, len(words) - n):
            gram = tuple(words[i:i + n])
            counts[gram] += 1
            if n > 1:
                left.setdefault(gram, collections.Counter())[words[i - 1]] += 1
                right.setdefault(gram, collections.Counter())[words[i + n]] += 1
total = sum(n for gram, n in counts.items() if len(gram) == 1)
def entropy(around):
    whole = sum(around.values())
    return -sum(n / whole * math.log(n / whole) for n in around.values())
def score(gram, n):
    pmi = math.log(n / total) - sum(math.log(counts[word,] / total) for word in gram)
    return pmi / (len(gram) - 1) * min(entropy(left[gram]), entropy(right[gram]))
ranked = sorted((("".join(g), score(g, n)) for g, n in counts.items() if len(g) > 1 and n >= 5), key=lambda item: -item[1])
""" + _RANKED),
    ("nigao mine (whole, jieba)", "jieba", _MINE + _CLOCK + """
mine(FILES, Path(TARGET + ".db"), library)
from phrasebank.bank import Bank
ranked = [(term.text, term.score) for term in Bank(TARGET + ".db").terms()]
""" + _RANKED),
)  # fmt: skip


def run(segmenter: str, body: str, files: Sequence[Path], target: Path) -> dict[str, float]:
    """Processor and wall seconds and peak megabytes of a row, in a process of its own."""
    listed = target.with_suffix(".files")
    listed.write_text("\n".join(map(str, files)), "utf-8")
    command = [sys.executable, "-c", _BEGIN + body + _END, str(ROOT), str(listed), str(target)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONUTF8": "1", "NIGAO_SEGMENTER": segmenter}
    )
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def table(rows: Sequence[tuple[str, str, str]], files: Sequence[Path], folder: Path) -> None:
    """Prints a table of rows, with their ratios to the first."""
    bare = None
    print("| | processor s | wall s | times the first (cpu) | peak MB |\n|---|---:|---:|---:|---:|")
    for number, (name, segmenter, body) in enumerate(rows):
        got = run(segmenter, body, files, folder / f"{number}.db")
        bare = bare or got["cpu"]
        print(f"| {name} | {got['cpu']:.2f} | {got['wall']:.2f} | {got['cpu'] / bare:.2f} | {got['peak']:.0f} |", flush=True)


def peers(files: Sequence[Path], folder: Path) -> None:
    """Prints what miners find of the quoted terms in a copy without quotation marks."""
    unquoted = folder / "unquoted"
    unquoted.mkdir()
    for number, path in enumerate(files):
        (unquoted / f"{number:04}_{path.name}").write_text(re.sub("[“”《》]", "", path.read_text("utf-8")), "utf-8")
    copies = sorted(unquoted.glob("*.txt"))
    print("| | processor s | peak MB | recall @1k | @5k | @20k |\n|---|---:|---:|---:|---:|---:|")
    for number, (name, segmenter, body) in enumerate(PEERS):
        got = run(segmenter, body, copies, folder / f"{number}.jsonl")
        recalls = " | ".join(recall(folder / f"{number}.jsonl", unquoted))
        print(f"| {name} | {got['cpu']:.1f} | {got['peak']:.0f} | {recalls} |", flush=True)


def recall(ranked: Path, corpus: Path) -> list[str]:
    """Recall of the quoted terms at the three depths of the scorer."""
    command = [sys.executable, str(GOLD / "phrase_gold.py"), "score", str(ranked), "--corpus", str(corpus)]
    command += ["--quoted", str(GOLD / "reports/quoted_terms.tsv")]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return re.findall(r"recall_quoted (\d\.\d+)", out)[:3]


def main() -> None:
    """Prints the tables asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=REPORTS)
    parser.add_argument("--only", choices=("speed", "peers"))
    parser.add_argument("--share", type=int, default=1, help="every how many files one is taken")
    args = parser.parse_args()
    files = sorted(args.folder.rglob("*.txt"))[:: args.share]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{len(files)} files, {size:.1f} MB; Python {platform.python_version()}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as folder:
        if args.only != "peers":
            table(SPEED, files, Path(folder))
        if args.only != "speed":
            peers(files, Path(folder))


if __name__ == "__main__":
    main()
