"""What the README tells a reader to type works, as it stands, in a copy that has never been run.

Lines that install packages run only where NIGAO_TEST_INSTALL=1 is set, for they need the network and a minute each.
The one that runs the tests is not run by the tests; `.ci/run` takes it from the README and runs it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
COPIED = ("drafting", "phrasebank", "templates", "tui", "examples", "docs", "pyproject.toml", "LICENSE", *READMES)
SECONDS = 300
"""How long a line may take. Those that install wait for the network."""
PAGES = ("docs/outline.md", "docs/bank.md", "docs/templates.md")
FEW = {"docs/bank.md": 30, "README.md": 20}
"""Of these the commands are run with every so many-th text of `templates/corpus`: all are mined by `.ci/run`, and by whoever runs these
tests without the built-in bank."""


def fences(page: str, language: str = "bash") -> list[list[str]]:
    """The command lines of each fence of that language."""
    text = (ROOT / page).read_text("utf-8")
    found = re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [[line for line in fence.splitlines() if line.strip()] for fence in found]


LINES = [line for fence in fences("README.md") for line in fence]
INSTALLS = [line for line in LINES if "pip install" in line]
TESTS = [line for line in INSTALLS if line.endswith("-m pytest")]
DRAFTS = [line for line in INSTALLS if " draft " in line]


@pytest.fixture
def copy(tmp_path):
    return copied(tmp_path)


def copied(folder: Path) -> Path:
    """The project in a folder of its own, without what running it has left behind."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def thinned(folder: Path, page: str) -> Path:
    """A copy of the project with as many texts to mine as a page's commands need; those that a command names stay."""
    named = {name for fence in fences(page) for line in fence for name in re.findall(r"templates/corpus/(\S+)", line)}
    texts = sorted((folder / "templates/corpus").glob("*-*.md"))
    for number, text in enumerate(texts):
        if number % FEW.get(page, 1) and text.name not in named:
            text.unlink()
    return folder


def run(line: str, folder: Path, **environment: str) -> str:
    """The line's output, run as a shell does with `nigao` on its path; fails when the line does."""
    commands = folder / ".commands"
    commands.mkdir(exist_ok=True)
    nigao = commands / "nigao"
    nigao.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n')
    nigao.chmod(0o755)
    paths = [str(folder), *(str(Path(p).resolve()) for p in sys.path if p)]
    variables = {
        "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": os.pathsep.join(paths),
        "HOME": str(folder / ".home"), "PYTHONUTF8": "1", **environment,
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-c", f"set -euo pipefail; {line}"], cwd=folder, env={**os.environ, **variables},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS, check=False,
    )  # fmt: skip
    output = done.stdout.decode()
    assert done.returncode == 0, f"{line}\n{output}"
    return output


def test_both_readmes_hold_the_same_commands():
    assert fences("README.md") == fences("README.zh-CN.md")
    assert fences("README.md", "console") == fences("README.zh-CN.md", "console")


def test_the_two_commands_are_one_line_each():
    """`.ci/run` finds them by these ends."""
    assert len(TESTS) == 1
    assert len(DRAFTS) == 1


def test_no_other_command_installs():
    """Whatever is typed without installing needs no network."""
    words = ("pip", "uv", "uvx", "apt", "curl", "wget")
    assert not [line for line in LINES if line not in INSTALLS and set(words) & set(line.split())]


@pytest.fixture(scope="module")
def typed(tmp_path_factory):
    """What every line says, typed in the order of the README, and the folder they were typed in. A later line may use what an earlier one
    wrote, as for a reader who types them one after the other."""
    folder = thinned(copied(tmp_path_factory.mktemp("readme")), "README.md")
    return {line: run(line, folder) for line in LINES if line not in INSTALLS}, folder


def test_every_command_works_in_the_order_of_the_readme(typed):
    said, copy = typed
    assert len(said) == len(set(LINES)) - len(set(INSTALLS))
    assert (copy / "初稿.docx").stat().st_size > 5000
    assert len(list((copy / "稿子").glob("*.docx"))) == len(list((copy / "examples" / "outlines").glob("*.yaml")))


@pytest.mark.parametrize("page", PAGES)
def test_commands_of_the_documents_work(page, copy):
    thinned(copy, page)
    for fence in fences(page):
        for line in fence:
            run(line, copy)


def test_the_batch_says_what_the_readme_shows(typed):
    (line,) = [line for line in LINES if line.startswith("nigao batch")]
    (shown,) = [fence for fence in fences("README.md", "console") if not fence[0].startswith("$")]
    assert shown[0] in typed[0][line]


@pytest.mark.skipif(os.environ.get("NIGAO_TEST_INSTALL") != "1", reason="installs packages: set NIGAO_TEST_INSTALL=1")
@pytest.mark.slow  # `.ci/run` runs the two commands themselves
@pytest.mark.parametrize("line", [line for line in INSTALLS if line not in TESTS])
def test_installing_works(line, copy):
    """As a reader has it: none of our paths, no cache, and nothing installed beforehand."""
    run(line, copy, PYTHONPATH="", XDG_CACHE_HOME=str(copy / ".cache"))
    if line in DRAFTS:
        assert (copy / "draft.docx").stat().st_size > 5000


UV = [line.removeprefix("$ ") for fence in fences("README.md", "console") for line in fence if line.startswith("$ uv")]


def test_the_uv_forms_stand_beside_the_two_commands():
    assert [line.split()[0] for line in UV] == ["uvx", "uv"]


@pytest.mark.skipif(
    os.environ.get("NIGAO_TEST_INSTALL") != "1" or shutil.which("uv") is None,
    reason="installs packages with uv: set NIGAO_TEST_INSTALL=1 and have uv on the path",
)
@pytest.mark.parametrize("line", UV)
def test_the_uv_forms_work(line, copy):
    """The first writes the draft; the second resolves and runs pytest, here on one file of the tests, not on all again."""
    if line.endswith("pytest"):
        (copy / "tests").mkdir()
        for name in ("conftest.py", "test_numerals.py"):
            shutil.copy(ROOT / "tests" / name, copy / "tests" / name)
        assert "passed" in run(line, copy, PYTHONPATH="")
    else:  # with the bank that is mined already: `.ci/run` mines one with the README's first command
        run(line, copy, PYTHONPATH="")
        assert (copy / "draft.docx").stat().st_size > 5000
