"""`nigao templates check`: whether a user's own templates are sound, before they bite."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from tui.output import GREEN, RED, Output


def check(call: Namespace, output: Output) -> int:
    """Every fault of a template folder, one of its folders, or a file, each with its line; 2 when there is one."""
    from drafting.template_check import check_templates

    faults = check_templates(Path(call.name or "."))
    for fault in faults:
        row = {"file": fault.file, "line": fault.line, "column": fault.column, "reason": fault.message}
        output.data(row) if call.json else output.line(output.paint(str(fault), RED))
    if not faults and not call.json:
        output.line(output.paint("模板都没有问题", GREEN))
    return 2 if faults else 0
