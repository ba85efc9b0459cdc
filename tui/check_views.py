"""What `nigao check` shows people: findings by severity, each with its paragraph and the place in it; what mending changes; and the
files it writes (a page to mail, comments in a copy, mended text)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drafting.checks.output import SEVERITIES, Checked, excerpt, shortened
from drafting.errors import ConfigError
from drafting.files import write_atomic
from phrasebank.errors import ReadError
from tui.output import BOLD, DIM, GREEN, RED, YELLOW, Output

if TYPE_CHECKING:
    from drafting.checks.mending import Change
    from drafting.checks.run import Report
    from drafting.model import Finding

_COLOURS = {"E": RED, "W": YELLOW, "I": DIM}
_PLAIN = (".txt", ".md", ".markdown")
_SAME = 3
"""Findings of one rule told in full; what follows is one line with the paragraphs."""


def checked_lines(file: str, checked: Checked, output: Output) -> Iterator[str]:
    """A checked text as people read it: the verdict first, then findings by severity."""
    counts = checked.report.counts
    colour = RED if counts["E"] else YELLOW if counts["W"] else GREEN
    yield output.paint(file, BOLD)
    yield output.paint(checked.verdict, BOLD, colour)
    for severity, rows in checked.groups():
        yield ""
        yield output.paint(f"{SEVERITIES[severity]}（{len(rows)}处）", BOLD, _COLOURS[severity])
        yield from _rules(rows, checked, output)
    if checked.report.excepted:
        yield ""
        yield output.paint(f"按例外略过（{len(checked.report.excepted)}处）", DIM)
        for finding, reason in checked.report.excepted:
            words = f"  {finding.id} 第{finding.paragraph}段“{shortened(finding.text, 30)}”：{reason or '没有写理由'}"
            yield output.paint(words, DIM)


def _rules(rows: Sequence[Finding], checked: Checked, output: Output) -> Iterator[str]:
    """Findings by rule: those that mending takes care of only a few times in full."""
    for id_ in sorted({finding.id for finding in rows}):
        same = [finding for finding in rows if finding.id == id_]
        told = same if same[0].fix is None or len(same) <= _SAME + 1 else same[:_SAME]
        for finding in told:
            yield from _finding(finding, checked, output)
        if rest := same[len(told) :]:
            where = "、".join(str(f.paragraph) for f in rest[:30]) + ("…" if len(rest) > 30 else "")
            yield f"  {id_} {rest[0].name}还有{len(rest)}处，在第{where}段；可用 --fix 一次改好"


def _finding(finding: Finding, checked: Checked, output: Output) -> Iterator[str]:
    line = f"（第{finding.line}行）" if finding.line and finding.line != finding.paragraph else ""
    yield f"  {output.paint(finding.id, BOLD)} {finding.name}  第{finding.paragraph}段{line}"
    before, inside, after = excerpt(checked.text_of(finding), finding.start, finding.end)
    if inside:
        marked = output.paint(inside, BOLD, _COLOURS[finding.severity]) if output.color else f"【{inside}】"
        yield f"      {before}{marked}{after}"
    elif finding.text:
        yield f"      {shortened(finding.text)}"
    yield f"      → {finding.message}" + (f"；改为“{shortened(finding.fix, 40)}”" if finding.fix is not None else "")
    if finding.beside:
        yield output.paint(f"      对照：{finding.beside}", DIM)


def write_report(rows: Sequence[tuple[str, Checked]], path: str | None, output: Output) -> None:
    """The findings as a page, to a file or to stdout. Raises ExportError."""
    from drafting.checks.output_html import html_report

    page = html_report(rows)
    if path is None:
        output.line(page.rstrip("\n"))
        return
    write_atomic(Path(path), page.encode())
    output.notice(f"检查结果已写到 {path}")


def write_commented(file: Path, checked: Checked, path: str, output: Output) -> None:
    """Comments in a copy of a Word file. Raises ConfigError for a file of another kind or itself, ReadError for one that Word could
    not open, ExportError."""
    from drafting.checks.output_word import commented

    if file.suffix.lower() != ".docx":
        raise ConfigError("批注只能加在 .docx 里；别的文件可用 --format html", str(file))
    _not_itself(file, path)
    try:
        data, count = commented(file.read_bytes(), checked)
    except ValueError as error:
        raise ReadError("不是 Word 能打开的 .docx", str(file)) from error
    write_atomic(Path(path), data)
    output.notice(f"{count} 条批注已写进 {path}")


def mend_file(file: Path, ids: Sequence[str]) -> tuple[bytes, tuple[Change, ...]]:
    """A file mended, and what changed. Raises ConfigError for a file that cannot be mended in place, ReadError."""
    from drafting.checks.mending import mend_text, mend_word_file

    if file.suffix.lower() == ".docx":
        try:
            return mend_word_file(file, ids)
        except ValueError as error:
            raise ReadError("不是 Word 能打开的 .docx", str(file)) from error
    if file.suffix.lower() not in _PLAIN:
        raise ConfigError("--fix 只能改 .docx、.txt、.md", str(file))
    return mend_text(file, ids)


def write_mended(
    file: Path, mended: tuple[bytes, tuple[Change, ...]], path: str | None, output: Output, left: Report, *, as_data: bool
) -> None:
    """Shows what mending changes and what it leaves, and writes it to `path` where one is given. Raises ConfigError, ExportError."""
    from drafting.checks.mending import diff_lines

    data, changes = mended
    if path is not None:
        _not_itself(file, path)
        write_atomic(Path(path), data)
    if as_data:
        rows = [{"line": change.line, "before": change.before, "after": change.after} for change in changes]
        output.data({"file": str(file), "changes": rows, "written": path, "counts": left.counts})
        return
    output.line(output.paint(f"{file}：有把握的改动 {len(changes)} 段", BOLD))
    for line in diff_lines(changes, lambda text, put: output.paint(text, GREEN if put else RED)):
        output.line(line)
    if errors := [finding for finding in left.findings if finding.severity == "E"]:
        rules = "、".join(dict.fromkeys(f"{finding.id} {finding.name}" for finding in errors))
        output.line(output.paint(f"改过之后还有 {len(errors)} 处必须改（{rules}），要您自己动手；不加 --fix 再查一遍就看得到", BOLD, RED))
    told = f"改好的稿子已写到 {path}" if path else "还没有写文件：加 -o 新文件名 才写，原文件不动。"
    output.notice(told)


def _not_itself(file: Path, path: str) -> None:
    target = Path(path)
    if target.exists() and file.exists() and target.samefile(file):
        raise ConfigError("-o 写的是原文件；请换一个文件名，原文件不动", path)
