"""Precision and recall of each check on texts written for it: ten with one planted fault, ten clean look-alikes.

They were written before the detectors were tuned for the last time. The files lie in `tests/data/checks`, one a rule.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from drafting.checks import Aids, choose, load_rules
from drafting.checks.kinds import Example
from drafting.checks.run import check_example
from drafting.config import TEMPLATES

DATA = Path(__file__).parent / "data"
SETS = sorted((DATA / "checks").glob("*.yaml"))
LEAST = 0.9
"""Precision and recall a check must have: nine of ten planted faults, and no more than one false alarm."""


@lru_cache
def loaded(path: Path) -> dict:
    return yaml.safe_load(path.read_text("utf-8"))


def example(row: dict) -> Example:
    return Example(row["text"], {key: value for key, value in row.items() if key not in ("text", "finds")})


@pytest.fixture(scope="module")
def aids(tmp_path_factory) -> dict[str, Aids]:
    """What the rules may ask for: our test quotations, and for R04 an index of its corpus."""
    from phrasebank.passage_index import build
    from phrasebank.passages import Passages

    folder = tmp_path_factory.mktemp("index")
    found = {}
    for path in SETS:
        corpus = loaded(path).get("corpus")
        if corpus:
            build([("旧稿.txt", list(enumerate(corpus, 1)))], folder / f"{path.stem}.idx")
        found[path.stem] = Aids((DATA, TEMPLATES), passages=(Passages(folder / f"{path.stem}.idx"),) if corpus else ())
    return found


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_precision_and_recall_of_each_check(path, aids, record_property):
    """Found is a planted fault whose words are in a finding of the rule; a finding in a clean text is a false alarm."""
    (rule,) = choose(load_rules([TEMPLATES]), [path.stem])
    rows = loaded(path)
    assert len(rows["faulty"]) >= 10
    assert len(rows["clean"]) >= 10
    missed = [row["text"] for row in rows["faulty"] if not found(rule, row, aids[path.stem])]
    false = [row["text"] for row in rows["clean"] if alarms(rule, row, aids[path.stem])]
    hits = len(rows["faulty"]) - len(missed)
    precision, recall = hits / max(hits + len(false), 1), hits / len(rows["faulty"])
    record_property("precision", precision)
    record_property("recall", recall)
    print(f"{path.stem}  precision {precision:.2f}  recall {recall:.2f}")
    assert precision >= LEAST, f"false alarms: {false}"
    assert recall >= LEAST, f"missed: {missed}"


def found(rule, row: dict, aids: Aids) -> bool:
    hits = check_example(rule, example(row), aids)
    words = str(row.get("finds", ""))  # what is missing stands nowhere in the text
    return any(words in (finding.message if rule.id == "S04" else finding.text) and finding.message for finding in hits)


def alarms(rule, row: dict, aids: Aids) -> list:
    """Findings a writer would have to look at: hints of severity I are not shown unless asked for."""
    return [finding for finding in check_example(rule, example(row), aids) if finding.severity != "I" or rule.severity == "I"]
