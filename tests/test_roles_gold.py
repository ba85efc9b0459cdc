"""Roles and polarity against sentences labelled by hand that no rule or weight was made from (labels without text)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from conftest import own_library
from roles_scoring import Score, read_labels, score

from phrasebank.model import ROLES

LABELS = read_labels(Path(__file__).parent / "data/roles.tsv")
TRAINING = read_labels(Path(__file__).parent / "data/roles_train.tsv")


@pytest.fixture(scope="module")
def scored(shared) -> Score:
    return score(LABELS, shared / "corpus", own_library().lexicon())


def test_the_labels_are_whole():
    """600 sentences and more, all roles but headings among them, each once."""
    assert len(LABELS) >= 600
    assert {label.role for label in LABELS} == set(ROLES) - {"heading"}
    assert max(Counter((label.file, label.line, label.k) for label in LABELS).values()) == 1


def test_no_report_or_document_is_in_both_sets():
    """What is measured was not trained on: of reports and documents not even another sentence of the same file."""
    trained = {label.file for label in TRAINING}
    both = {label.file for label in LABELS} & trained
    assert {file for file in both if not file.startswith("seeds/")} == set()
    spots = {(label.file, label.line, label.k) for label in TRAINING}
    assert not [label for label in LABELS if (label.file, label.line, label.k) in spots]


def test_every_labelled_sentence_is_found(scored):
    """Reading still cuts the texts as it did when they were labelled."""
    assert scored.missing == []


def test_roles(scored):
    """Measured, not hoped for: docs/mining.md has the figure."""
    assert scored.role_accuracy >= 0.8


def test_polarity(scored):
    assert scored.polarity_accuracy >= 0.97


def test_what_names_a_fault_is_no_task(scored):
    """Negative or refuted sentences that are taken for a measure would be offered as one."""
    assert len([label for label in scored.acts]) <= 4
