"""Makes templates/terms/*.tsv: which set expressions government reports used, in how many of them, and when.

    python tools/build_terms.py CORPUS [--listed TERMS.tsv...] [--best N]

CORPUS is a folder of reports named after place and year (上海市_2026.txt). Written are terms, counts and years only, no wording
of the reports. The best N are taken, and of the listed terms those that at least three reports have.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from train_terms import gold, read  # noqa: E402

from phrasebank.grams import SEPARATOR, Cut, count_grams  # noqa: E402
from phrasebank.terms import Term, least_for, rank_terms  # noqa: E402

TARGET = ROOT / "templates" / "terms" / "government-reports.tsv"
FIRST, STEP = 1950, 5
ENOUGH = 3
"""Reports that must have a listed term."""


def period(year: int) -> int:
    """The first year of the five-year period of a year: 1950, 1955, …, 2025."""
    return FIRST + (year - FIRST) // STEP * STEP


def listed(texts: Sequence[Cut], wanted: Iterable[str]) -> list[Term]:
    """Terms of a list as they stand in the texts, however they are cut."""
    found: dict[str, Counter[int]] = {}
    times: Counter[str] = Counter()
    terms = sorted(term for term in wanted if 2 <= len(term) <= 20)
    for text in texts:
        flat = text.words.replace(SEPARATOR, "")
        for term in terms:
            if count := flat.count(term):
                times[term] += count
                found.setdefault(term, Counter())[text.year] += 1
    return [
        Term(term, times[term], sum(years.values()), 0.0, tuple(sorted(years.items())))
        for term, years in found.items()
        if sum(years.values()) >= ENOUGH
    ]


def line(term: Term, periods: Sequence[int]) -> str:
    """One row: term, reports, first and last year, reports a period."""
    by_period: Counter[int] = Counter()
    for year, documents in term.years:
        by_period[period(year)] += documents
    years = [year for year, _ in term.years]
    counts = "\t".join(str(by_period[p] or "") for p in periods)
    return f"{term.text}\t{term.documents}\t{min(years)}\t{max(years)}\t{counts}\n"


def header(texts: Sequence[Cut], periods: Sequence[int]) -> str:
    """What the file is, and how many reports there are a period, without which no count says anything."""
    reports = Counter(period(text.year) for text in texts)
    names = "\t".join(str(p) for p in periods)
    return (
        f"# Set expressions in {len(texts)} government work reports and plans, {min(t.year for t in texts)}-{max(t.year for t in texts)}; "
        f"made by tools/build_terms.py. Terms, counts and years only.\n"
        "# Columns: term; reports that have it; first and last year; reports a five-year period, by its first year (empty: none).\n"
        "# Reports there are a period: " + " ".join(f"{p}:{reports[p]}" for p in periods) + "\n"
        f"term\tdocuments\tfirst\tlast\t{names}\n"
    )


def main() -> None:
    """Counts, ranks, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--listed", nargs="*", default=[])
    parser.add_argument("--best", type=int, default=6000)
    args = parser.parse_args()
    texts = [text for text in read(args.corpus) if text.year]
    counts = count_grams(texts, least_for(sum(text.words.count(SEPARATOR) for text in texts)))
    best = {term.text: term for term in rank_terms(counts, args.best)}
    both = {term.text: term for term in listed(texts, gold(args.listed))} | best
    periods = sorted({period(text.year) for text in texts})
    rows = sorted(both.values(), key=lambda t: (-t.documents, t.text))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(header(texts, periods) + "".join(line(term, periods) for term in rows), "utf-8")
    print(f"{len(rows)} terms, {TARGET.stat().st_size / 1000:.0f} kB, {TARGET}")


if __name__ == "__main__":
    main()
