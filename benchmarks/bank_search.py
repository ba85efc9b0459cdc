"""How fast a bank of a million phrases answers, opens and is written, and how large it is.

    python benchmarks/bank_search.py [--phrases 1000000] [--queries 300] [--folder DIR] [--keep]

The bank is made up: ordinary words put together at random by a fixed seed, with the lengths, properties and sources that mined
phrases have. What counts is the ratio to what nobody can go below on the same file in the same run: the bare rows of twenty phrases
by rowid, and to what one would write without an index, LIKE. On a machine that does other things too, the processor's time says
more than the clock's, so both are printed.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from phrasebank.bank import Bank  # noqa: E402
from phrasebank.contents import Contents  # noqa: E402
from phrasebank.model import ROLES, MinedDocument, Phrase, Source, Term  # noqa: E402
from phrasebank.search import Query, Stack  # noqa: E402
from phrasebank.tokens import index_tokens  # noqa: E402
from phrasebank.wordlists import rows  # noqa: E402
from phrasebank.writing import write_bank  # noqa: E402

SEED = 7
FILES = 20_000
THEMES = ("安全生产", "正确政绩观", "民生实事", "基层治理", "营商环境", "人居环境整治", "乡村振兴", "生态环保", "党风廉政", "")
FACETS = ("责任落实", "隐患排查", "重点领域", "应急处置", "宣传教育", "为民造福", "问题整改", "制度建设")
GENRES = ("研讨发言", "会议讲话", "党课", "")
LEVELS = ("省", "市", "县", "镇", "村", "")
KINDS = ("sentence",) * 14 + ("heading",) * 3 + ("pair", "frame", "set")
REASONS = ("",) * 16 + ("names", "figures", "length", "empty")


def vocabulary(chance: random.Random) -> list[str]:
    """Ordinary words, the most usual first; which are usual is chance."""
    words = [row[0] + second for row in rows("words") if len(row) == 2 for second in row[1]]
    words += [row[0] for row in rows("number_terms")]
    words = list(dict.fromkeys(words))
    chance.shuffle(words)
    return words


def documents() -> Iterator[MinedDocument]:
    for number in range(FILES):
        yield MinedDocument(f"材料/{number:05}.txt", f"{number:064x}", 5000, year=1990 + number % 37)


def phrases(count: int) -> Iterator[Phrase]:
    """Phrases, best first: few stand in many documents, three quarters in one."""
    chance = random.Random(SEED)
    words = vocabulary(chance)
    weights = [1 / (rank + 30) for rank in range(len(words))]
    drawn = cycle(chance.choices(words, weights, k=1_000_003))
    for number in range(count):
        yield made(number, max(1, int(0.35 * (count / (number + 1)) ** 0.8)), drawn, chance)


def made(number: int, found: int, drawn: Iterator[str], chance: random.Random) -> Phrase:
    """One phrase that stands in `found` documents."""
    clauses = ["".join(islice(drawn, chance.randint(4, 9))) for _ in range(chance.randint(1, 4))]
    text = "，".join(clauses) + "。"
    files = sorted({chance.randrange(FILES) for _ in range(min(found, 20))})
    year = 1990 + chance.randrange(37)
    return Phrase(
        f"p{number * 2654435761 % (1 << 40):010x}", text, text, chance.choice(list(ROLES)), "plain", chance.choice(THEMES) or None,
        tuple(dict.fromkeys(chance.choices(FACETS, k=chance.randint(0, 2)))), chance.choice(GENRES) or None,
        chance.choice(LEVELS) or None, found, max(found, len(files)),
        tuple(Source(f"材料/{file:05}.txt", chance.randint(1, 90)) for file in files),
        reason=chance.choice(REASONS), years=(year, year), kind=chance.choice(KINDS),
    )  # type: ignore[arg-type]  # fmt: skip


def terms() -> Iterator[Term]:
    for number, word in enumerate(vocabulary(random.Random(SEED))[:5000]):
        yield Term(word, 9000 - number, 3000, 1 / (number + 1), ((2010, 20), (2020, 40)))


# ---------------------------------------------------------------- writing
def write(path: Path, count: int) -> None:
    """Writes the bank in this process and tells what it took."""
    start, used = time.perf_counter(), time.process_time()
    for _ in phrases(count):
        pass
    making = time.process_time() - used
    start, used = time.perf_counter(), time.process_time()
    write_bank(Contents(documents(), phrases(count), terms(), {"documents": str(FILES)}), path)
    took, cpu = time.perf_counter() - start, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    print(f"written: {took:.1f} s by the clock, {cpu - making:.1f} s of processor without making the phrases up ({making:.1f} s),")
    print(f"         {(cpu - making) / count * 1e6:.1f} µs a phrase; peak memory {peak:.0f} MB")
    some = list(phrases(min(count, 20_000)))
    used = time.process_time()
    index_tokens(some)
    print(f"         index tokens {(time.process_time() - used) / len(some) * 1e6:.1f} µs a phrase")
    print(f"size:    {path.stat().st_size / 1e6:.0f} MB")


# ---------------------------------------------------------------- asking
def asked(texts: Sequence[str], number: int) -> dict[str, list[Query]]:
    """Queries of each kind, all different."""
    chance = random.Random(SEED + 1)
    words = vocabulary(random.Random(SEED))
    usual = chance.choices(words, [1 / (rank + 30) for rank in range(len(words))], k=number * 4)
    themes = [theme for theme in THEMES if theme]

    def pieces(size: int) -> list[str]:
        found = []
        while len(found) < number:
            text = chance.choice(texts)
            start = chance.randrange(max(1, len(text) - size))
            if text[start : start + size].isalnum():
                found.append(text[start : start + size])
        return found

    initials = ["".join(chance.choices("bcdfghjlmqsxyzt", k=chance.randint(2, 4))) for _ in range(number)]
    kinds = {
        "a word": [Query(word) for word in usual],
        "one character": [Query(c) for c in pieces(1)],
        "theme + role": [Query(theme=t, role=r) for t in themes for r in ROLES],
        "theme + role + word": [Query(w, theme=chance.choice(themes), role=chance.choice(list(ROLES))) for w in usual],
        "theme + role + kind": [Query(theme=t, role=r, kind="sentence") for t in themes for r in ROLES],
        "facet": [Query(facet=f, role=r) for f in FACETS for r in ROLES],
        "level + genre": [Query(level=lv, genre=g) for lv in LEVELS if lv for g in GENRES if g],
        "six characters": [Query(piece) for piece in pieces(6)],
        "two words": [Query(f"{a} {b}") for a, b in zip(usual, reversed(usual), strict=True)],
        "a mark": [Query(mark) for mark in "，。；“！"],
        "nothing": [Query()],
        "pinyin initials": [Query(letters) for letters in initials],
    }
    return {name: list(dict.fromkeys(queries))[:number] for name, queries in kinds.items()}


def timed(calls: Sequence[Callable[[], object]]) -> tuple[list[float], list[float]]:
    """Milliseconds of each call, by the clock and of the processor."""
    clock, cpu = [], []
    for call in calls:
        start, used = time.perf_counter(), time.process_time()
        call()
        cpu.append((time.process_time() - used) * 1e3)
        clock.append((time.perf_counter() - start) * 1e3)
    return clock, cpu


def told(name: str, calls: Sequence[Callable[[], object]], base: float | None = None) -> float:
    clock, cpu = timed(calls)
    ratio = f"{at(cpu, 0.5) / base:8.1f}" if base else "       –"
    figures = "".join(f"{value:9.2f}" for value in (at(clock, 0.5), at(clock, 0.95), max(clock), at(cpu, 0.5), at(cpu, 0.95)))
    print(f"{name:22}{len(calls):5}{figures}{ratio}")
    return at(cpu, 0.5)


def at(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def ask(path: Path, number: int) -> None:
    print(f"opening: {at(timed([lambda: Bank(path).close()] * 30)[0], 0.95):.2f} ms (p95 of 30)\n")
    bank = Bank(path)
    chance = random.Random(SEED + 2)
    last = bank.count("phrases")
    texts = [p.text for p in bank.by_rows(sorted(chance.sample(range(1, last + 1), min(4000, last)))) if not p.reason]
    print(f"{'milliseconds':22}{'n':>5}{'p50':>9}{'p95':>9}{'max':>9}{'cpu p50':>9}{'cpu p95':>9}{'× rows':>8}")
    with sqlite3.connect(path) as bare:
        ids = [",".join(str(chance.randint(1, last)) for _ in range(20)) for _ in range(number)]
        rows = [lambda i=i: bare.execute(f"SELECT * FROM phrases WHERE rowid IN ({i})").fetchall() for i in ids]  # type: ignore[misc]
        base = told("bare rows, twenty", rows)
        like = [f"%{chance.choice(texts)[:4]}%" for _ in range(min(20, number))]
        sql = "SELECT * FROM phrases WHERE reason = '' AND text LIKE ? ORDER BY rowid LIMIT 20"
        told("LIKE, four characters", [lambda w=w: bare.execute(sql, (w,)).fetchall() for w in like], base)  # type: ignore[misc]
    for name, queries in asked(texts, number).items():
        told(name, [lambda q=q: Stack((bank,)).search(q, 20) for q in queries], base)  # type: ignore[misc]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--phrases", type=int, default=1_000_000)
    options.add_argument("--queries", type=int, default=300)
    options.add_argument("--folder", type=Path, help="where the bank is put; taken as it is where it is there already")
    options.add_argument("--write-only", type=Path, help=argparse.SUPPRESS)
    call = options.parse_args()
    if call.write_only:
        write(call.write_only, call.phrases)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = (call.folder or Path(folder)) / f"bank-{call.phrases}.db"
        if not path.exists():  # in a process of its own, so that its peak of memory is its own
            subprocess.run([sys.executable, __file__, "--phrases", str(call.phrases), "--write-only", str(path)], check=True)
        ask(path, call.queries)


if __name__ == "__main__":
    main()
