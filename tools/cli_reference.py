"""Writes docs/cli.md from the real `--help` of every command, or tells with `--check` that it is stale (exit 1)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tui.arguments import parser  # noqa: E402 - the checkout's own, whatever is installed
from tui.cli import VERSION  # noqa: E402

TARGET = ROOT / "docs" / "cli.md"

INTRODUCTION = """\
# The command line

<!-- Written by tools/cli_reference.py from the program's own --help; do not edit. -->

Names of commands, options and exit codes are English and stable; what is said about them is Chinese, for the people
who use them. `nigao` and `python -m tui` are the same program.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | a finding of severity E, or blanks left under `--final` |
| 2 | the call or an input is wrong; the message on stderr names file, line, column and what was expected |
| 130 | interrupted |

Results go to stdout, notices, errors and progress to stderr. With `--json` every line on stdout is one JSON object.

| environment variable | effect |
|---|---|
| `NIGAO_HOME` | folder of your own templates, themes, genres and layouts (default `~/.config/nigao`) |
| `NIGAO_STATE` | folder of drafts in progress (default `nigao` under `$XDG_STATE_HOME` or `~/.local/state`) |
| `XDG_CACHE_HOME` | where the built-in bank is kept once it has been made (default `~/.cache`) |
| `NO_COLOR` | no colours, as `--no-color` |
"""


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command's parser by its name, in the order of the help."""
    for action in parser(VERSION)._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def reference() -> str:
    """The whole page."""
    parsers = {"": parser(VERSION), **commands()}
    return INTRODUCTION + "".join(_section(name, command) for name, command in parsers.items())


def _section(name: str, command: argparse.ArgumentParser) -> str:
    call = f"nigao {name}".strip()
    return f"\n## {call}\n\n```console\n$ {call} --help\n{command.format_help().rstrip()}\n```\n"


def main() -> int:
    """Writes the page, or compares it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true", help="compare only; exit 1 when docs/cli.md is stale")
    page = reference()
    if not options.parse_args().check:
        TARGET.write_text(page, "utf-8")
        return 0
    if TARGET.is_file() and TARGET.read_text("utf-8") == page:
        return 0
    print("docs/cli.md is stale; run: python tools/cli_reference.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
