"""Findings as comments in a copy of a Word file: each at the runs its words stand in, the original untouched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drafting import opc
from drafting.checks.output import SEVERITIES, Checked, shortened
from drafting.checks.paragraph import unmarked
from drafting.model import Finding

AUTHOR = "拟稿检查"
_XML = {n: None for n in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)}
"""What XML 1.0 cannot hold."""
_PART = 8
"""Characters of a line, or of a paragraph, that are enough to tell one in the other."""


def commented(data: bytes, checked: Checked) -> tuple[bytes, int]:
    """A copy of the Word file `data` with a comment for each finding whose paragraph is found again, and how many there are.
    Raises ValueError for what is no Word file."""
    document = opc.open_document(data)
    if document is None:
        raise ValueError("no Word file")
    places = _Places([p for p in opc.paragraphs_of(document) if p.text.strip()])
    count = 0
    for line, rows in _by_line(checked):
        paragraph = places.find(line)
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


def _by_line(checked: Checked) -> Iterator[tuple[str, list[Finding]]]:
    """The findings by the line of the file they stand on. What reading took out of a file has a line, and is in no paragraph."""
    rows: dict[int, list[Finding]] = {}
    for finding in checked.report.findings:
        p = checked.text.paragraph(finding.paragraph)
        rows.setdefault(finding.line or (p.line if p else 0), []).append(finding)
    lines = checked.text.lines
    yield from ((lines[number - 1] if 0 < number <= len(lines) else "", found) for number, found in sorted(rows.items()))


class _Places:
    """The paragraphs of a Word file by their words, each found at or after the last."""

    def __init__(self, paragraphs: list[Any]) -> None:
        self._paragraphs = paragraphs
        self._keys = ["".join(unmarked(p.text).split()) for p in paragraphs]
        self._at = 0

    def find(self, line: str) -> Any:  # noqa: ANN401
        """The paragraph that a line is, or is part of; asked for each line once, so that the same words further down are found there."""
        key = "".join(line.split())
        for at in (*range(self._at, len(self._keys)), *range(self._at)):
            if _is_of(key, self._keys[at]):
                self._at = at + (key == self._keys[at])
                return self._paragraphs[at]
        return None


def _is_of(line: str, paragraph: str) -> bool:
    """Whether a line as it was read is a paragraph, with its number perhaps, or one of its lines."""
    if not line or line == paragraph:
        return bool(line)
    return (len(line) > _PART and line in paragraph) or (len(paragraph) > _PART and paragraph in line)


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
