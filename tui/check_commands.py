"""The command that checks texts: what is found in each, for people or as JSON, and what a check is about."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafting.config import Library, load_library
from drafting.errors import ConfigError
from drafting.model import Finding, Outline
from phrasebank.errors import ReadError
from tui.output import BOLD, DIM, GREEN, RED, YELLOW, Output

if TYPE_CHECKING:
    from drafting.checks import Report
    from drafting.checks.kinds import Rule

_COLOURS = {"E": RED, "W": YELLOW, "I": DIM}
_KEYS = ("id", "severity", "paragraph", "text", "message", "fix")
SEVERITIES = {"E": "必须改", "W": "请留意", "I": "提示"}
"""Severities as people call them."""


def check(call: Namespace, output: Output) -> int:
    """Checks each file. 1 when there is a finding of severity E, 2 when a file cannot be read."""
    from drafting.checks import check_file, choose, find_texts, load_rules, open_aids

    library = load_library()
    if call.explain:
        return _explain(call.explain, library, output)
    if not call.paths:
        raise ConfigError("要写检查哪个文件；只看某项检查查什么，用 nigao check --explain R02")
    ids = tuple(part for item in call.only for part in re.split(r"[,，、\s]+", item) if part)
    choose(load_rules(library.folders), ids)
    aids = open_aids(library, call.bank, call.corpus, output.progress("读素材"))
    outline = _outline(call.outline, library)
    if outline is None and not ids:
        output.notice("没有给 --outline，不知道讲话人是谁、有哪些事实：外地地名、数字出处、年份这几项查不全。")
    code = 0
    for found in find_texts(call.paths):
        try:
            if isinstance(found, ReadError):
                raise found
            report = check_file(found, library, aids, ids, outline, final=call.final)
        except ReadError as error:
            output.error(error)
            code = 2
            continue
        code = max(code, int(report.counts["E"] > 0))
        output.data(data_of(str(found), report)) if call.json else _shown(str(found), report, output)
    return code


def data_of(file: str, report: Report) -> dict[str, Any]:
    """A report in the form of `nigao check --json` (DESIGN.md §5)."""
    rows = [{key: getattr(finding, key) for key in _KEYS} for finding in report.findings]
    return {"file": file, "findings": rows, "counts": report.counts}


def _outline(path: str | None, library: Library) -> Outline | None:
    """The outline that tells who speaks and which facts there are. Phrases it names are not looked up."""
    if path is None:
        return None
    from drafting.outline import load

    outlines = load(Path(path), library)
    if len(outlines) > 1:
        raise ConfigError("这份提纲里有好几篇；检查时请用只写一篇的提纲", path)
    return outlines[0]


def _shown(file: str, report: Report, output: Output) -> None:
    for line in report_lines(file, report, output):
        output.line(line)


def report_lines(file: str, report: Report, output: Output) -> Iterator[str]:
    """A report as people read it: by severity, each finding with its paragraph."""
    counts = report.counts
    yield output.paint(file, BOLD)
    for severity, name in SEVERITIES.items():
        rows = [finding for finding in report.findings if finding.severity == severity]
        if rows:
            yield output.paint(f"{name}（{len(rows)}处）", _COLOURS[severity])
        for finding in rows:
            yield from _finding_lines(finding, output)
    if report.excepted:
        yield output.paint(f"另有 {len(report.excepted)} 处已按例外略过", DIM)
    verdict = f"必须改 {counts['E']} 处，请留意 {counts['W']} 处，提示 {counts['I']} 处"
    yield output.paint(verdict if any(counts.values()) else "没有查出问题", RED if counts["E"] else GREEN)


def _finding_lines(finding: Finding, output: Output) -> Iterator[str]:
    yield f"  {finding.id} {finding.name}  第{finding.paragraph}段：“{finding.text}”"
    yield f"      {finding.message}" + (f"；改为“{finding.fix}”" if finding.fix else "")
    if finding.beside:
        yield output.paint(f"      对照：{finding.beside}", DIM)


def _explain(id_: str, library: Library, output: Output) -> int:
    """What a check is about, with examples."""
    from drafting.checks import choose, load_rules

    for rule in choose(load_rules(library.folders), [id_]):
        for line in rule_lines(rule, output):
            output.line(line)
    return 0


def rule_lines(rule: Rule, output: Output) -> Iterator[str]:
    """A rule as people read it."""
    final = f"，定稿时：{SEVERITIES[rule.final]}" if rule.final != rule.severity else ""
    yield output.paint(f"{rule.id} {rule.name}", BOLD) + f"（{SEVERITIES[rule.severity]}{final}）"
    yield f"  为什么查：{rule.reason}"
    yield f"  怎么办：{rule.advice}"
    yield f"  查得出：{rule.faulty.text}"
    yield f"  不算错：{rule.clean.text}"


__all__ = ["check", "data_of", "report_lines", "rule_lines"]
