"""A report as one HTML page that holds all it needs: to be mailed and opened anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from drafting.checks.output import SEVERITIES, Checked, excerpt, shortened
from drafting.model import Finding

_STYLE = """
body{font:16px/1.7 "Noto Serif CJK SC","Source Han Serif SC","SimSun",serif;max-width:52em;margin:2em auto;padding:0 1em;color:#222}
h1{font-size:1.3em}h2{font-size:1.1em;margin-top:1.6em;border-bottom:1px solid #ccc}
.verdict{padding:.5em .8em;border-left:5px solid #888;background:#f6f6f6}.E .verdict,.verdict.E{border-color:#b3261e}
.verdict.W{border-color:#b26a00}.verdict.ok{border-color:#2e7d32}
article{margin:1em 0;padding:.5em .8em;border:1px solid #ddd;border-radius:4px}
.id{font-family:monospace;color:#555}.where{color:#555}blockquote{margin:.3em 0;padding-left:.8em;border-left:3px solid #ddd}
mark.E{background:#ffd6d2}mark.W{background:#ffe9bf}mark.I{background:#e3edf7}.fix,.beside{color:#2e5d34}.spared{color:#777}
@media print{article{break-inside:avoid}}
"""


def html_report(rows: Sequence[tuple[str, Checked]]) -> str:
    """The page for one or more files, each with its name."""
    name = rows[0][0] if len(rows) == 1 else f"{len(rows)}份稿子"
    body = "\n".join(line for file, checked in rows for line in _file(file, checked))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>检查结果：{escape(_plain(name))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _file(file: str, checked: Checked) -> Iterator[str]:
    counts = checked.report.counts
    worst = next((s for s in ("E", "W") if counts[s]), "ok")
    yield f"<h1>{escape(_plain(file))}</h1>"
    yield f'<p class="verdict {worst}">{escape(checked.verdict)}</p>'
    for severity, rows in checked.groups():
        yield f"<h2>{SEVERITIES[severity]}（{len(rows)}处）</h2>"
        for finding in rows:
            yield from _finding(finding, checked)
    if checked.report.excepted:
        yield f"<h2>按例外略过（{len(checked.report.excepted)}处）</h2><ul class=\"spared\">"
        for finding, reason in checked.report.excepted:
            words = f"{finding.id} 第{finding.paragraph}段“{shortened(finding.text, 40)}”：{reason or '没有写理由'}"
            yield f"<li>{escape(_plain(words))}</li>"
        yield "</ul>"


def _finding(finding: Finding, checked: Checked) -> Iterator[str]:
    parts = excerpt(checked.text_of(finding), finding.start, finding.end, 60)
    before, inside, after = (escape(_plain(part)) for part in parts)
    place = f"第{finding.paragraph}段" + (f"（第{finding.line}行）" if finding.line else "")
    yield f'<article><div><span class="id">{finding.id}</span> <strong>{escape(finding.name)}</strong>'
    yield f'<span class="where">{place}</span></div>'
    if inside:
        yield f'<blockquote>{before}<mark class="{finding.severity}">{inside}</mark>{after}</blockquote>'
    elif finding.text:
        yield f"<blockquote>{escape(_plain(shortened(finding.text)))}</blockquote>"
    yield f"<div>{escape(_plain(finding.message))}</div>"
    if finding.fix is not None:
        yield f'<div class="fix">改为：{escape(_plain(shortened(finding.fix)))}</div>'
    if finding.beside:
        yield f'<div class="beside">对照：{escape(_plain(finding.beside))}</div>'
    yield "</article>"


def _plain(text: str) -> str:
    """Without characters that HTML must not hold."""
    return "".join(c for c in text if c in "\t\n" or (ord(c) >= 32 and not 0x7F <= ord(c) < 0xA0 and not 0xD800 <= ord(c) < 0xE000))
