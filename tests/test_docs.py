"""The documents say what the program is: every module, command, key of an outline, table of a bank and function of a template."""

from __future__ import annotations

import importlib.util
import re
import sqlite3
import subprocess
import sys
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from drafting.desk import Desk
from drafting.model import Fact, Outline, Point, Profile, SectionPlan
from drafting.outline import dump, loads
from drafting.sample import sample
from phrasebank.extract import REASONS

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("phrasebank", "drafting", "tui")
READMES = ("README.md", "README.zh-CN.md")
PAGES = sorted(path.relative_to(ROOT).as_posix() for folder in (ROOT, ROOT / "docs") for path in folder.glob("*.md"))


@cache
def cli_reference() -> ModuleType:
    """tools/cli_reference.py as a module; it is a script and in no package."""
    spec = importlib.util.spec_from_file_location("cli_reference", ROOT / "tools" / "cli_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def modules() -> list[str]:
    """Every module of ours by its dotted name, packages by theirs."""
    paths = (path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return sorted(".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths)


@pytest.mark.parametrize("module", modules())
def test_every_module_is_named_in_the_architecture(module):
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert f"| `{module}` |" in page


def test_the_architecture_names_no_module_that_is_gone():
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = re.findall(r"^\| `((?:phrasebank|drafting|tui)[\w.]*)` \|", page, re.MULTILINE)
    assert sorted(named) == modules()


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="argparse lays help out differently from Python 3.13 on")
def test_the_command_line_reference_is_the_real_help():
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert page == cli_reference().reference(), "docs/cli.md is stale; run: python tools/cli_reference.py"


@pytest.mark.parametrize("command", ["", *cli_reference().commands()])
def test_help_as_printed_is_help_as_documented(command):
    """The page is made from parsers; what a user sees is what a process prints."""
    call = [sys.executable, "-m", "tui", *filter(None, [command]), "--help"]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, check=True, timeout=60)
    assert done.stdout.decode().strip() in cli_reference().reference()


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", cli_reference().commands())
def test_every_command_is_in_the_readme(command, readme):
    assert re.search(rf"\bnigao {command}\b", (ROOT / readme).read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page):
    """Pictures are links too."""
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text("utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    missing = [target for target in targets if not ((ROOT / page).parent / target).exists()]
    assert missing == []


def documented(page: str) -> set[str]:
    """What stands in code marks in a page's tables and paragraphs."""
    return set(re.findall(r"`([\w.]+)", (ROOT / "docs" / page).read_text("utf-8")))


def keys(*values: type) -> set[str]:
    """The keys of an outline by its values; one is a word of Python's."""
    return {"except" if field.name == "exempt" else field.name for value in values for field in fields(value)}


@pytest.mark.parametrize("value", [Outline, Profile, Fact, SectionPlan, Point])
def test_every_key_of_an_outline_is_explained(value):
    assert keys(value) <= documented("outline.md")


def test_the_example_of_the_outline_page_holds(library):
    """It reads without a fault, and shows every key there is."""
    examples = re.findall(r"^```yaml\n(genre.*?)^```$", (ROOT / "docs" / "outline.md").read_text("utf-8"), re.S | re.M)
    (outline,) = loads(examples[0], "docs/outline.md", library)
    assert loads(dump(outline), "", library) == (outline,)
    assert loads(sample(library, outline.genre, outline.theme), "", library)
    shown = set(re.findall(r"(\w+):", examples[0]))
    assert keys(Outline, Profile, Fact, SectionPlan, Point) - shown == {"characters"}


def test_every_table_and_column_of_a_bank_is_explained(builtin):
    connection = sqlite3.connect(builtin.path)
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    tables = [table for table in tables if not table.startswith("phrase_index_")]
    columns = {row[1] for table in tables for row in connection.execute(f"PRAGMA table_info({table})")}
    connection.close()
    assert {*tables, *columns} - {"tokens"} <= documented("bank.md")
    assert set(REASONS) <= documented("bank.md")


def test_every_function_of_a_template_is_explained():
    called = {name for name in Desk.functions(object.__new__(Desk)) if not name.startswith("_")}  # the others stand behind tags
    assert called <= documented("templates.md")
