"""Entry point `nigao`: parses the call, runs the command, and turns errors into text and exit codes.

0 done; 1 findings of severity E, or blanks left under --final; 2 the call or an input is wrong; 130 interrupted.
Imports of commands are inside functions: `nigao --help` must load neither Textual nor jieba nor docx.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from phrasebank.errors import NigaoError
from tui.arguments import parse
from tui.output import Output

VERSION = "0.1.0"


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one call of `nigao` and returns its exit code."""
    arguments = parse(argv, VERSION)
    output = Output(quiet=getattr(arguments, "quiet", False))
    if getattr(arguments, "no_color", False):
        output.color = False
    try:
        code = _run(arguments, output)
        sys.stdout.flush()  # a reader who has gone is noticed here and not at exit
        return code
    except NigaoError as error:
        output.error(error)
        return 2
    except KeyboardInterrupt:
        output.notice("已中断")
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as in `nigao … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(arguments: object, output: Output) -> int:
    command = getattr(arguments, "command", None)
    if command is None:
        return _session(arguments, output)
    from tui import commands

    return int(getattr(commands, command)(arguments, output))


def _session(arguments: object, output: Output) -> int:
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):  # Textual draws on stderr
        from tui.arguments import parser

        output.notice(parser(VERSION).format_help())
        output.notice("起草界面要在终端里打开；在脚本里请用 nigao draft 或 nigao batch。")
        return 2
    if not output.color:
        os.environ.setdefault("NO_COLOR", "1")  # Textual looks at nothing else
    gc.disable()  # nothing of what is loaded now goes again; looking for what may takes a tenth of the time (`NigaoApp` enables it)
    from tui.app import run

    return run(getattr(arguments, "outline", None), getattr(arguments, "bank", ()))


if __name__ == "__main__":
    sys.exit(main())
