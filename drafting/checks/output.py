"""A text together with what was found in it: what every output for people is made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from drafting.checks.kinds import Aids
from drafting.checks.rules import choose, load_exceptions, load_rules
from drafting.checks.run import Report, check_text
from drafting.checks.text import Text, of_draft, of_raw
from drafting.config import Library, template_folders
from drafting.model import Draft, Finding, Outline
from drafting.plan import Plan
from phrasebank.model import Lexicon

SEVERITIES = {"E": "必须改", "W": "请留意", "I": "提示"}
"""Severities as people call them."""
_ROOM = 24
"""Characters shown on either side of a place in a long paragraph."""


@dataclass(frozen=True)
class Checked:
    """A text and the report on it."""

    text: Text
    report: Report

    @property
    def verdict(self) -> str:
        """One line that says what to do with it."""
        counts = self.report.counts
        if counts["E"]:
            return f"先别交：必须改 {counts['E']} 处，请留意 {counts['W']} 处，提示 {counts['I']} 处"
        if blanks := sum(f.id == "R03" and f.severity == "I" for f in self.report.findings):
            rest = f"；另请先看 {counts['W']} 处" if counts["W"] else ""
            return f"还不能交：有 {blanks} 处待填、待核或遮盖的地方要补上{rest}（提示 {counts['I']} 处）"
        if counts["W"]:
            return f"可以交，但请先看 {counts['W']} 处（提示 {counts['I']} 处）"
        return f"没有查出问题（提示 {counts['I']} 处）" if counts["I"] else "没有查出问题"

    def groups(self) -> Iterator[tuple[str, tuple[Finding, ...]]]:
        """Findings by severity, the worst first; none for a severity without."""
        for severity in SEVERITIES:
            if rows := tuple(f for f in self.report.findings if f.severity == severity):
                yield severity, rows

    def text_of(self, finding: Finding) -> str:
        """The text that the place of a finding is counted in: its paragraph, or the line as it stands in the file for what reading
        took out of it; empty where there is none."""
        p = self.text.paragraph(finding.paragraph)
        line = self.text.lines[finding.line - 1] if 0 < finding.line <= len(self.text.lines) else ""
        place, start = finding.text[:8], finding.start
        if p and (not line or p.text.startswith(place, start) or not line.startswith(place, start)):
            return p.noted or p.text
        return line


def examine(
    path: str | Path, library: Library, aids: Aids | None = None, ids: Sequence[str] = (), outline: Outline | None = None,
    *, final: bool = False,
) -> Checked:  # fmt: skip
    """What the rules `ids` (all but slow ones for none) find in a file of any readable kind; `outline` tells who speaks and which
    facts there are. Raises ReadError for a file that cannot be read, ConfigError for a faulty rule file."""
    from phrasebank.readers import read

    return _checked(of_raw(read(path), outline, _lexicon(library), final=final), aids or Aids(library.folders), ids)


def _lexicon(library: Library) -> Lexicon:
    """The genres alone: no check asks for a text's theme, which takes longest to tell."""
    return Lexicon(genres=library.lexicon().genres)


def examine_bytes(
    data: bytes, file: Path, library: Library, aids: Aids, ids: Sequence[str] = (), *, outline: Outline | None = None, final: bool = False
) -> Checked:
    """What they find in what `file` would hold with `data` in it. Raises as `examine` does."""
    from phrasebank.readers import read

    with TemporaryDirectory() as folder:
        path = Path(folder) / file.name
        path.write_bytes(data)
        raw = replace(read(path), file=str(file))  # whose year its name may tell
    return _checked(of_raw(raw, outline, _lexicon(library), final=final), aids, ids)


def examine_draft(draft: Draft, plan: Plan, aids: Aids | None = None, ids: Sequence[str] = (), *, final: bool = False) -> Checked:
    """What they find in a draft of ours. Raises ConfigError for a faulty rule file."""
    return _checked(of_draft(draft, plan, final=final), aids or Aids(template_folders()), ids)


def _checked(text: Text, aids: Aids, ids: Sequence[str]) -> Checked:
    rules = choose(load_rules(aids.folders), ids, slow=bool(aids.passages))
    return Checked(text, check_text(text, rules, aids, load_exceptions(aids.folders)))


def excerpt(text: str, start: int, end: int, room: int = _ROOM) -> tuple[str, str, str]:
    """What stands before, at and after a place, shortened at both ends and in the middle; three empty texts for no place."""
    if not 0 <= start < end <= len(text):
        return "", "", ""
    before, inside, after = text[:start], text[start:end], text[end:]
    if len(before) > room:
        before = "…" + before[-room:]
    if len(inside) > 3 * room:
        inside = f"{inside[: 2 * room]}…{inside[-room // 2 :]}"
    if len(after) > room:
        after = after[:room] + "…"
    return before, inside, after


def shortened(text: str, most: int = 72) -> str:
    """`text` on one line, its middle left out where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 20]}…{flat[-18:]}"
