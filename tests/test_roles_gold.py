"""Roles and polarity against sentences labelled by hand that no rule or weight was made from (labels without text).

`roles.tsv` is drawn at random, as sentences come; `roles_hard.tsv` holds the five speeches and as many of the rare roles as of the
common ones. docs/mining.md has the figures.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from conftest import own_library
from roles_scoring import Score, read_labels, score

from phrasebank.model import ROLES

DATA = Path(__file__).parent / "data"
DRAWN, HARD, TRAINING = (read_labels(DATA / f"{name}.tsv") for name in ("roles", "roles_hard", "roles_train"))


@pytest.fixture(scope="module")
def drawn(shared) -> Score:
    return score(DRAWN, shared / "corpus", own_library().lexicon())


@pytest.fixture(scope="module")
def hard(shared) -> Score:
    return score(HARD, shared / "corpus", own_library().lexicon())


def test_the_labels_are_whole():
    """600 sentences at random and more that are hard, all roles but headings among them, each once."""
    assert len(DRAWN) >= 600
    assert {label.role for label in (*DRAWN, *HARD)} == set(ROLES) - {"heading"}
    assert max(Counter((label.file, label.line, label.k) for label in (*DRAWN, *HARD)).values()) == 1


def test_nothing_that_is_measured_was_trained_on():
    """Of reports and documents not even another sentence of the same file; of the five speeches other sentences were."""
    trained = {label.file for label in TRAINING}
    assert {label.file for label in DRAWN} & trained == set()
    assert {label.file for label in HARD if not label.file.startswith("seeds/")} & trained == set()
    spots = {(label.file, label.line, label.k) for label in TRAINING}
    assert not [label for label in HARD if (label.file, label.line, label.k) in spots]


def test_every_labelled_sentence_is_found(drawn, hard):
    """Reading still cuts the texts as it did when they were labelled."""
    assert (drawn.missing, hard.missing) == ([], [])


def test_roles(drawn):
    """Fourteen roles, as sentences come."""
    assert drawn.role_accuracy >= 0.88


def test_polarity(drawn, hard):
    """Also where faults are many."""
    assert drawn.polarity_accuracy >= 0.97
    assert hard.polarity_accuracy >= 0.96


def test_hard_roles(hard):
    """What is reached where rare roles are as many as common ones; far from what two readers reach (.965)."""
    assert hard.role_accuracy >= 0.74


def test_what_names_a_fault_is_no_measure(drawn, hard):
    """Negative or refuted sentences that are taken for a measure would be offered as one."""
    assert [label for label in (*drawn.measures, *hard.measures)] == []
