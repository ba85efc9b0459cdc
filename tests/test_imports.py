"""What is loaded when: help in an instant, drafting without the heavy libraries, and layers that keep to themselves."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from conftest import write_tree

HEAVY = ("textual", "rich", "jieba", "docx", "jinja2", "yaml", "sqlite3")

LOADED = """
import sys
from contextlib import suppress
from tui.cli import main
with suppress(SystemExit):
    main(sys.argv[1:])
print("loaded:", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded(folder, *arguments: str) -> set[str]:
    """Top-level modules loaded by a call of `nigao`, which must succeed."""
    run = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert "错误" not in run.stderr, run.stderr
    return set(run.stderr.rpartition("loaded: ")[2].split())


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["draft", "--help"], ["batch", "--help"], ["mine", "--help"]]
)
def test_help_loads_nothing_heavy(tmp_path, arguments):
    """`nigao --help` is on the screen before a segmenter could have loaded its dictionary."""
    assert not loaded(tmp_path, *arguments) & set(HEAVY)


@pytest.mark.parametrize("output", ["稿.docx", "稿.md"])
def test_drafting_loads_neither_terminal_nor_segmenter(tmp_path, builtin, output):
    """With the built-in bank in the cache a draft loads neither Textual nor jieba nor python-docx."""
    write_tree(tmp_path, {"o.yaml": "genre: 研讨发言\ntheme: 安全生产\n"})
    assert not loaded(tmp_path, "draft", "o.yaml", "-o", output) & {"textual", "rich", "jieba", "docx"}
    assert (tmp_path / output).exists()


@pytest.mark.parametrize("arguments", [["suggest", "隐患", "--json"], ["themes", "--json"], ["bank", "info"], ["new"]])
def test_asking_loads_neither_terminal_nor_segmenter(tmp_path, builtin, arguments):
    """Searching and listing are as light as drafting."""
    assert not loaded(tmp_path, *arguments) & {"textual", "rich", "jieba", "docx"}
