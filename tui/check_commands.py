"""The command that checks texts: what is found in each, for people or as JSON, and what a check is about."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafting.checks.output import SEVERITIES
from drafting.config import Library, load_library
from drafting.errors import ConfigError
from drafting.model import Outline
from phrasebank.errors import ReadError
from tui import check_views
from tui.output import BOLD, Output

if TYPE_CHECKING:
    from drafting.checks import Aids, Report
    from drafting.checks.kinds import Rule
    from drafting.checks.output import Checked

_KEYS = ("id", "severity", "paragraph", "text", "message", "fix")


def check(call: Namespace, output: Output) -> int:
    """Checks each file. 1 when there is a finding of severity E, 2 when a file cannot be read."""
    from drafting.checks import choose, load_rules, open_aids

    library = load_library(themes=bool(call.outline))  # without an outline nothing asks for one, and to read them all takes half a second
    if call.explain:
        return _explain(call.explain, library, output)
    if not call.paths:
        raise ConfigError("要写检查哪个文件；只看某项检查查什么，用 nigao check --explain R02")
    ids = tuple(part for item in call.only for part in re.split(r"[,，、\s]+", item) if part)
    choose(load_rules(library.folders), ids)
    aids = open_aids(library, call.bank, call.corpus, output.progress("读素材"))
    outline = _outline(call.outline, library)
    if outline is None and not ids and not call.fix and not all(path.lower().endswith((".yaml", ".yml")) for path in call.paths):
        output.notice("没有给 --outline，不知道讲话人是谁、有哪些事实：外地地名、数字出处、年份这几项查不全。")
    if call.fix:
        return _fixed(ids, library, aids, outline, call=call, output=output)
    code, pages = 0, []
    for file, checked in _reports(call, library, aids, ids, outline):
        if isinstance(checked, ReadError):
            output.error(checked)
            code = 2
            continue
        code = max(code, int(checked.report.counts["E"] > 0))
        if call.format == "html":
            pages.append((file, checked))
        else:
            _told(file, checked, call, output)
    if pages:
        check_views.write_report(pages, call.output or None, output)
    return code


def _told(file: str, checked: Checked, call: Namespace, output: Output) -> None:
    """One file's findings on the screen, and as comments where a copy is asked for."""
    if call.json:
        output.data(data_of(file, checked.report))
    else:
        for line in check_views.checked_lines(file, checked, output):
            output.line(line)
    if call.output:
        check_views.write_commented(Path(file), checked, call.output, output)


def _fixed(ids: Sequence[str], library: Library, aids: Aids, outline: Outline | None, *, call: Namespace, output: Output) -> int:
    """Mends what is certain, by the rules that are on and asked for. 1 when findings of severity E are left, 2 when a file cannot be
    read."""
    from drafting.checks import choose, find_texts, load_rules
    from drafting.checks.output import examine_bytes

    files = list(find_texts(call.paths))
    _one_file(files, call)
    mending = [rule.id for rule in choose(load_rules(library.folders), ids) if rule.fixes]
    code = 0
    for file in files:
        try:
            if isinstance(file, ReadError):
                raise file
            mended = check_views.mend_file(file, mending)
            left = examine_bytes(mended[0], file, library, aids, ids, outline=outline, final=call.final).report
            check_views.write_mended(file, mended, call.output or None, output, left, as_data=call.json)
            code = max(code, int(left.counts["E"] > 0))
        except ReadError as error:
            output.error(error)
            code = 2
    return code


def _one_file(files: Sequence[object], call: Namespace) -> None:
    """Raises ConfigError where several files would be written to one."""
    if call.output and len(files) > 1:
        raise ConfigError("一次查好几份时 -o 只能和 --format html 一起用；请一份一份来")


def _reports(
    call: Namespace, library: Library, aids: Aids, ids: Sequence[str], outline: Outline | None
) -> Iterator[tuple[str, Checked | ReadError]]:
    """Each file with what was found in it, or why it cannot be read. An outline stands for the drafts that are made from it."""
    from drafting.checks import find_texts
    from drafting.checks.output import examine

    outlines = [path for path in call.paths if path.lower().endswith((".yaml", ".yml"))]
    for path in outlines:
        yield from ((path, checked) for checked in _drafts(path, call, aids, ids))
    files = list(find_texts([path for path in call.paths if path not in outlines]))
    if call.format != "html":
        _one_file((*outlines, *files), call)
    for found in files:
        if isinstance(found, ReadError):
            yield found.file or "", found
            continue
        try:
            yield str(found), examine(found, library, aids, ids, outline=outline, final=call.final)
        except ReadError as error:
            yield str(found), error


def _drafts(path: str, call: Namespace, aids: Aids, ids: Sequence[str]) -> Iterator[Checked]:
    """What is found in each draft of an outline file, with all that is known of a draft of ours."""
    from drafting.checks.output import examine_draft
    from drafting.outline import load
    from drafting.workshop import Workshop

    shop = Workshop.open(call.bank)
    for outline in load(Path(path), shop.library, shop.knows):
        session = shop.session(outline)
        yield examine_draft(session.draft, session.plan, aids, ids, final=call.final)


def data_of(file: str, report: Report) -> dict[str, Any]:
    """A report in the form of `nigao check --json` (DESIGN.md §5)."""
    rows = [{key: getattr(finding, key) for key in _KEYS} for finding in report.findings]
    return {"file": file, "findings": rows, "counts": report.counts, "excepted": len(report.excepted)}


def _outline(path: str | None, library: Library) -> Outline | None:
    """The outline that tells who speaks and which facts there are. Phrases it names are not looked up."""
    if path is None:
        return None
    from drafting.outline import load

    outlines = load(Path(path), library)
    if len(outlines) > 1:
        raise ConfigError("这份提纲里有好几篇；检查时请用只写一篇的提纲", path)
    return outlines[0]


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
    for words in rule.faulty.outline.get("corpus", ()):
        yield f"    （旧稿里写过：{words}）"
    yield f"  不算错：{rule.clean.text}"


__all__ = ["check", "data_of", "rule_lines"]
