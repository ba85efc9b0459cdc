"""Findings as comments in a copy of a Word file: each at the runs its words stand in, the original untouched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drafting import opc
from drafting.checks.output import SEVERITIES, Checked, shortened
from drafting.model import Finding

AUTHOR = "拟稿检查"
_XML = {n: None for n in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)}
"""What XML 1.0 cannot hold."""


def commented(data: bytes, checked: Checked) -> tuple[bytes, int]:
    """A copy of the Word file `data` with a comment for each finding whose paragraph is found again, and how many there are.
    Raises ValueError for what is no Word file."""
    document = opc.open_document(data)
    if document is None:
        raise ValueError("no Word file")
    places = _Places([p for p in opc.paragraphs_of(document) if p.text.strip()])
    count = 0
    for number, rows in _by_paragraph(checked):
        paragraph = places.find(checked.text.lines, checked, number)
        for finding in rows if paragraph is not None else ():
            runs = _runs(paragraph, finding)
            if runs:
                document.add_comment(runs, text=note(finding).translate(_XML), author=AUTHOR, initials="查")
                count += 1
    return opc.saved(document), count


def note(finding: Finding) -> str:
    """What a comment says."""
    fix = f"\n改为：{shortened(finding.fix)}" if finding.fix is not None else ""
    beside = f"\n对照：{finding.beside}" if finding.beside else ""
    return f"{finding.id} {finding.name}（{SEVERITIES[finding.severity]}）\n“{shortened(finding.text, 48)}”\n{finding.message}{fix}{beside}"


def _by_paragraph(checked: Checked) -> Iterator[tuple[int, list[Finding]]]:
    rows: dict[int, list[Finding]] = {}
    for finding in checked.report.findings:
        rows.setdefault(finding.paragraph, []).append(finding)
    yield from sorted(rows.items())


class _Places:
    """The paragraphs of a Word file by their words, each found after the last."""

    def __init__(self, paragraphs: list[Any]) -> None:
        self._paragraphs = paragraphs
        self._keys = ["".join(p.text.split()) for p in paragraphs]
        self._at = 0

    def find(self, lines: tuple[str, ...], checked: Checked, number: int) -> Any:  # noqa: ANN401
        """The paragraph that holds the first line of paragraph `number`."""
        p = checked.text.paragraph(number)
        line = lines[p.line - 1] if p and 0 < p.line <= len(lines) else ""
        key = "".join(line.split())
        for at in (*range(self._at, len(self._keys)), *range(self._at)):
            if key and (key == self._keys[at] or (len(key) > 8 and (key in self._keys[at] or self._keys[at] in key))):
                self._at = at
                return self._paragraphs[at]
        return None


def _runs(paragraph: Any, finding: Finding) -> list[Any]:  # noqa: ANN401
    """The runs a finding stands in, all of them where its words are not found."""
    runs = [run for run in paragraph.runs if run.text]
    words, at = "".join(run.text for run in runs), 0
    start = words.find(finding.text) if finding.text else -1
    if start < 0:
        return runs
    found = []
    for run in runs:
        if at < start + len(finding.text) and at + len(run.text) > start:
            found.append(run)
        at += len(run.text)
    return found
