"""The reading stage against the annotated texts in ../shared. Thresholds are what is reached: raise them, never lower."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from phrasebank.inspect import inspect, inspect_file, to_json
from phrasebank.model import RawText
from phrasebank.readers import read

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLD = SHARED / "gold"
pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="../shared with the annotated texts is not here")

SEEDS = {
    "noise_f1": 0.99,
    "noise_chars_f1": 0.99,
    "headings_f1": 0.99,
    "heading_level": 1,
    "defects_f1": 0.99,
    "defects_other_f1": 0.99,
    "quotations_f1": 0.99,
    "real_quotations_f1": 0.99,
    "attribution_f1": 0.99,
    "slots_f1": 0.94,
    "slots_loose_f1": 0.97,
    "slots_local_covered": 0.98,
    "salutation_f1": 1,
    "piece_starts_f1": 1,
    "piece_titles_f1": 1,
    "piece_lines": 1,
    "genre": 1,
    "truncated": 1,
}


def judge(
    tmp_path: Path, kind: str, gold: Path, records: list[dict], least: dict[str, float], most: dict[str, float]
) -> None:
    """Runs the scorer over the records of one kind; fails with its report."""
    found = tmp_path / "found.jsonl"
    found.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    limits = [x for k, v in least.items() for x in ("--min", f"{k}={v}")] + [
        x for k, v in most.items() for x in ("--max", f"{k}={v}")
    ]
    command = [sys.executable, str(GOLD / "score_inspect.py"), kind, str(gold), str(found), "-v", *limits]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_seeds(tmp_path: Path) -> None:
    records = [to_json(inspect_file(path)) for path in sorted((SHARED / "corpus/seeds").glob("*.txt"))]
    judge(tmp_path, "seeds", GOLD / "seeds", records, SEEDS, {"traps_hit": 0})


def test_really_scraped_reports(tmp_path: Path) -> None:
    records = [to_json(inspect_file(path)) for path in sorted((SHARED / "corpus/dirty_prov2026").glob("*.txt"))]
    judge(
        tmp_path,
        "cleaning",
        GOLD / "reports/cleaning_prov2026.jsonl",
        records,
        {"noise_recall": 0.99},
        {"loss_lines": 0.001, "loss_chars": 0.001},
    )


def test_headings_of_reports(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (GOLD / "reports/headings.jsonl").read_text("utf-8").splitlines()]
    records = [
        to_json(inspect(RawText(row.get("file_in_this_set") or row["doc"], tuple(row["lines"])))) for row in rows
    ]
    least = {
        "headings_p": 0.99,
        "headings_f1": 0.99,
        "level": 0.99,
        "exact_text": 0.99,
        "run_in_split": 0.99,
        "run_in_flag": 0.97,
    }
    judge(tmp_path, "headings", GOLD / "reports/headings.jsonl", records, least, {})


def test_no_fault_is_offered_as_a_measure() -> None:
    negative = 0
    for path in sorted((GOLD / "seeds").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        faults = {r["line"] for r in gold["paragraph_roles"] if r["polarity"] == "negative"}
        for piece in inspect_file(SHARED / "corpus/seeds" / gold["file"]).pieces:
            for paragraph in (p for p in piece.paragraphs if p.line in faults):
                negative += 1
                assert paragraph.polarity == "negative"
                assert "measure" not in {s.role for s in paragraph.sentences}
    assert negative == 3


def test_clean_reports_lose_next_to_nothing() -> None:
    total = gone = 0
    for path in sorted((SHARED / "corpus/gov_reports").glob("*/*.txt"))[::9]:
        raw = read(path)
        total += sum(map(len, raw.lines))
        gone += sum(len(r.text) for r in inspect(raw).removed if not r.text.startswith(("<!--", "http")))
    assert gone < total / 10000
