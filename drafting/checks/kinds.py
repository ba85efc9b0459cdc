"""What the kinds of checks have in common: what a rule is, what it finds, what it may ask for, and how a kind is registered.

A kind is a function `(text, rule, aids) -> Iterator[Hit]` registered under a name; rules (`templates/rules`) name their kind and
bring its words and numbers. Kinds of one family stand in one module, which `drafting.checks.run` imports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafting.checks.sieve import needed
from drafting.checks.text import Paragraph, Text
from drafting.config import TEMPLATES
from drafting.errors import ConfigError
from drafting.model import Severity

if TYPE_CHECKING:
    from drafting.quotations import Quotations
    from phrasebank.passages import Passages
    from phrasebank.search import Stack


@dataclass(frozen=True, slots=True)
class Example:
    """A text that shows a rule, one paragraph a line. `outline` holds what the writer has told: level, place, year, unit, genre,
    facts (rows of name, value, unit, year, source), cases (names of a cited case), corpus (other texts that passages are looked for in)."""

    text: str
    outline: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """A rule as its YAML file says. `severity` is that of a draft in progress, `final` that of a final version; `fixes` tells
    whether a certain fix exists; `lists` are its words, `numbers` its measures.
    `slow` rules run only where they are asked for. `own`: the user wrote it, or changed it."""

    id: str
    name: str
    kind: str
    reason: str
    severity: Severity
    final: Severity
    advice: str
    clean: Example
    faulty: Example
    fixes: bool = False
    slow: bool = False
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    own: bool = False

    def words(self, name: str) -> tuple[str, ...]:
        """The word list of that name, empty for none."""
        return self.lists.get(name, ())

    def number(self, name: str, default: float) -> float:
        """The measure of that name."""
        return self.numbers.get(name, default)

    def paragraphs(self, name: str, text: Text, among: Sequence[Paragraph]) -> Sequence[Paragraph]:
        """Those of `among` that a list of regular expressions may find something in."""
        return text.holding(needed(self.words(name)), among) if self.words(name) else ()

    def pattern(self, name: str) -> re.Pattern[str]:
        """A list of regular expressions as one; compiled once. Raises ConfigError for one that is malformed."""
        return _compiled(self.words(name), self.id)


@lru_cache(maxsize=256)
def _compiled(patterns: tuple[str, ...], rule: str) -> re.Pattern[str]:
    try:
        return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) if patterns else "(?!)")
    except re.error as error:
        raise ConfigError(f"规则 {rule} 的一个正则表达式写错了：{error.msg}") from error


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found in a paragraph, from `start` to `end` of its text. Empty `message`: the rule's advice. `text` is quoted
    instead of what stands there; `severity` where it is not the rule's; `fix` is what to put instead where that is certain;
    `beside` is what it is to be read beside (the source of a copied passage, the right wording of a quotation)."""

    paragraph: Paragraph
    start: int
    end: int
    message: str = ""
    fix: str | None = None
    severity: Severity | None = None
    text: str | None = None
    beside: str = ""


@dataclass(frozen=True)
class Aids:
    """What a rule may ask for besides the text: template folders (the user's before ours), banks, and indexes of other texts."""

    folders: tuple[Path, ...] = (TEMPLATES,)
    stack: Stack | None = None
    passages: Sequence[Passages] = ()

    @cached_property
    def quotations(self) -> Quotations:
        """The verified quotations."""
        from drafting.quotations import load_quotations

        return load_quotations(self.folders)


Kind = Callable[[Text, Rule, Aids], Iterator[Hit]]
KINDS: dict[str, Kind] = {}
"""Every kind by its name in rule files."""


def kind(name: str) -> Callable[[Kind], Kind]:
    """Registers a kind under the name rule files call it by."""

    def register(function: Kind) -> Kind:
        KINDS[name] = function
        return function

    return register


@kind("pattern")
def patterns(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """Whatever a rule's `patterns` match, unless its `except` matches in it or around it (抓手 in 没有抓手): the kind for rules of a
    user's own."""
    pattern, spared = rule.pattern("patterns"), rule.pattern("except")
    for paragraph in rule.paragraphs("patterns", text, text.paragraphs):
        around: list[tuple[int, int]] | None = None  # looked for once something is found
        for found in pattern.finditer(paragraph.text):
            if found.end() == found.start() or spared.search(found.group()):
                continue
            if around is None:
                around = [m.span() for m in spared.finditer(paragraph.text)]
            if not any(start <= found.start() and found.end() <= end for start, end in around):
                yield Hit(paragraph, *found.span())
