"""What ships is written for this project: nothing in it is copied from the texts it was tested with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from conftest import ROOT

LENGTH = 20
"""Han characters in a row that no two people write alike by chance."""

_RUN = re.compile(r"[\u4e00-\u9fff，。、；：！？“”‘’（）《》,;:!?()]+")
_MARKS = re.compile(r"[^\u4e00-\u9fff]")


def runs(text: str) -> Iterator[tuple[int, str]]:
    """Han characters of each Chinese run with its line, marks left out."""
    for number, line in enumerate(text.splitlines(), 1):
        for match in _RUN.finditer(line):
            yield number, _MARKS.sub("", match.group())


def windows(folders: list[Path]) -> dict[str, str]:
    """Every run of `LENGTH` characters in the files of `folders`, with its place."""
    found: dict[str, str] = {}
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        for number, run in runs(path.read_text("utf-8")):
            for start in range(len(run) - LENGTH + 1):
                found.setdefault(run[start : start + LENGTH], f"{path.relative_to(ROOT)}:{number}")
    return found


def test_no_sentence_is_copied_from_the_corpus(shared):
    """No twenty characters in a row of templates, starter corpus and examples stand in the corpus."""
    ours = windows([ROOT / "templates", ROOT / "examples"])
    assert len(ours) > 10_000
    copied = [
        f"{ours[window]}: {window} ({path.name})"
        for path in sorted((shared / "corpus").rglob("*.txt"))
        for _, run in runs(path.read_text("utf-8", "replace"))
        for window in {run[i : i + LENGTH] for i in range(len(run) - LENGTH + 1)} & ours.keys()
    ]
    assert copied == []


def test_the_starter_corpus_plays_in_invented_places(builtin):
    """No starter sentence is held back for a place, a body or a project but the invented ones: it names none."""
    held = [(name, phrase.text) for phrase in builtin.dropped() if phrase.reason == "names" for name in phrase.names]
    assert not [(name, text) for name, text in held if not re.search("青山|临河", name)]


def test_the_starter_corpus_holds_no_figures():
    """Figures in starter texts are typed blanks: nobody's statistics are shipped."""
    for path in sorted((ROOT / "templates/corpus").glob("*-*.md")):
        _, _, body = path.read_text("utf-8").split("---\n", 2)
        assert not re.findall(r"\d+", body), path.name
