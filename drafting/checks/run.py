"""Runs rules over a text: findings by paragraph, without what the user has excepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from drafting.checks.families import OF_SPEAKERS, OF_SPEECHES, OWN_WORDS, find
from drafting.checks.inline import Inline, inline_exceptions, mistaken
from drafting.checks.kinds import Aids, Example, Hit, Rule
from drafting.checks.limits import SECONDS, limited
from drafting.checks.rules import known_ids
from drafting.checks.text import Text, of_text
from drafting.model import Exempt, Fact, Finding, Outline, Profile


@dataclass(frozen=True, slots=True)
class Report:
    """What the rules found: findings by paragraph, and those the user has excepted, each with the reason he gave."""

    findings: tuple[Finding, ...]
    excepted: tuple[tuple[Finding, str], ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity."""
        return {severity: sum(f.severity == severity for f in self.findings) for severity in ("E", "W", "I")}


def check_text(text: Text, rules: Sequence[Rule], aids: Aids, exceptions: Sequence[Exempt] = ()) -> Report:
    """What `rules` find in `text`, without what `exceptions`, the outline and marks in the text itself spare."""
    found = _told_once(sorted(set(_found(text, rules, aids)), key=lambda f: (f.paragraph, f.start, f.id, f.text, f.message)))
    sparing: tuple[Exempt | Inline, ...] = (*exceptions, *(text.outline.exempt if text.outline else ()), *inline_exceptions(text))
    kept: list[Finding] = []
    excepted: list[tuple[Finding, str]] = []
    for finding in found:
        spared = next((one for one in sparing if one.spares(finding)), None)
        if spared:
            excepted.append((finding, spared.reason or "提纲或例外清单里写明不查"))
        else:
            kept.append(finding)
    told = tuple(mistaken(text, known_ids(aids.folders))) if text.noted else ()
    return Report((*told, *kept), tuple(excepted))


def _told_once(findings: Sequence[Finding]) -> list[Finding]:
    """Findings without those of W03 that lie where R05 has told that a campaign is over: one fault, told by two rules."""
    stale = [f for f in findings if f.id == "R05"]
    return [f for f in findings if f.id != "W03" or not any(_overlap(f, one) for one in stale)] if stale else list(findings)


def _overlap(a: Finding, b: Finding) -> bool:
    return a.paragraph == b.paragraph and a.start < b.end and b.start < a.end


def check_example(rule: Rule, example: Example, aids: Aids) -> tuple[Finding, ...]:
    """What a rule finds in an example, seen as the text of a file with the outline the example tells."""
    text = of_text(example.text, outline_of(example))
    return check_text(text, (rule,), aids).findings


def outline_of(example: Example) -> Outline | None:
    """The outline an example tells: genre, length, profile, facts and cases; None where it tells nothing."""
    told = {key: value for key, value in example.outline.items() if key != "corpus"}
    if not told:
        return None
    rows = told.pop("facts", ())
    facts = tuple(Fact(str(r["name"]), str(r["value"]), r.get("unit", ""), r.get("year"), r.get("source", "")) for r in rows)
    asked = {key: told.pop(key) for key in ("characters", "minutes") if key in told}
    cases = tuple(told.pop("cases", ()))
    return Outline(told.pop("genre", ""), "", facts=facts, cases=cases, profile=Profile(**{"level": "", **told}), **asked)


def _found(text: Text, rules: Sequence[Rule], aids: Aids) -> Iterator[Finding]:
    for rule in rules:
        if (rule.kind in OWN_WORDS and text.draft is not None and not text.loose) or (rule.kind in OF_SPEECHES and text.is_form):
            continue
        if rule.kind in OF_SPEAKERS and text.is_law:
            continue
        severity = rule.final if text.final else rule.severity
        yield from (_finding(rule, hit, hit.severity or severity) for hit in _hits(text, rule, aids))


def _hits(text: Text, rule: Rule, aids: Aids) -> Iterable[Hit]:
    if not rule.own:
        return find(rule.kind)(text, rule, aids)
    with limited(rule.id, rule.number("seconds", SECONDS)):
        return list(find(rule.kind)(text, rule, aids))


def _finding(rule: Rule, hit: Hit, severity: str) -> Finding:
    p = hit.paragraph
    words, (start, end) = p.text[hit.start : hit.end] if hit.text is None else hit.text, p.as_written(hit.start, hit.end)
    return Finding(
        rule.id, severity, p.number, words, hit.message or rule.advice,  # type: ignore[arg-type]
        hit.fix, rule.name, start, end, p.line, hit.beside,
    )  # fmt: skip
