"""Other wordings of a sentence that a section's template says: the next of those written for its place (`drafting.either`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from drafting.plan import Plan
from drafting.sandbox import environment, variants
from phrasebank.levels import SLOTS, word_for

_GROUP = re.compile(r"\{%-?\s*either\s*-?%\}(.*?)\{%-?\s*endeither\s*-?%\}", re.DOTALL)
_OR = re.compile(r"\{%-?\s*or\s*-?%\}")
_PRINTED = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}")
"""What a wording has printed: the theme, a word of the writer's level, a blank."""
_ENDS = re.compile("[。！？]")
LEAST = 4
"""Characters of a wording by which it is known again."""
LONGEST = 24
"""Characters that may be printed for an expression whose value is not known."""


def next_wording(folders: tuple[Path, ...], template: str, text: str, value: Callable[[str], str] = lambda _: "") -> str:
    """The sentence with the next wording of a place of its template; empty where it has but one. `value` tells what an expression of the
    template prints, empty where that is not known: a wording that prints something else than the present one is passed over then."""
    for ways in _places(folders, template) if template else ():
        for at, way in enumerate(ways):
            if found := re.search(_pattern(way, value), text):
                printed = dict(zip(_PRINTED.findall(way), found.groups(), strict=True))
                others = (_said(ways[(at + step) % len(ways)], printed, value) for step in range(1, len(ways)))
                if words := next((other for other in others if other and other != found.group()), ""):
                    return text[: found.start()] + words + text[found.end() :]
                break
    return ""


def values(plan: Plan, level: str) -> Callable[[str], str]:
    """What a template prints for the expressions that stand in its wordings; nothing for one that is not known here."""
    said = {"theme": plan.theme.name, "topic": plan.theme.object, "people": plan.theme.people}
    said |= {f'word("{slot}")': word_for(level, slot) or "" for slot in SLOTS}
    return lambda expression: said.get(expression.replace("'", '"'), "")


def _pattern(way: str, value: Callable[[str], str]) -> str:
    """A wording as it is found in a draft, a group for each expression."""
    parts = _PRINTED.split(way)
    known = (f"({re.escape(said)})" if (said := value(part)) else f"([^，。！？；：]{{1,{LONGEST}}}?)" for part in parts[1::2])
    return re.escape(parts[0]) + "".join(f"{group}{re.escape(after)}" for group, after in zip(known, parts[2::2], strict=True))


def _said(way: str, printed: dict[str, str], value: Callable[[str], str]) -> str:
    """A wording with what stands in the draft, or is known, for its expressions; empty where one is not known."""
    parts = _PRINTED.split(way)
    values = [printed.get(part) or value(part) for part in parts[1::2]]
    return "".join(a + b for a, b in zip(parts[::2], [*values, ""], strict=True)) if all(values) else ""


@lru_cache(64)
def _places(folders: tuple[Path, ...], template: str) -> tuple[tuple[str, ...], ...]:
    """The places of a template's variants, their wordings each; only those that are words and what is printed between them, and end no
    sentence but their own."""
    loader = environment(folders).loader
    assert loader
    sources = [loader.get_source(environment(folders), name)[0] for name in variants(folders, template)]
    groups = [tuple(dict.fromkeys(map(str.strip, _OR.split(group)))) for source in sources for group in _GROUP.findall(source)]
    kept = (tuple(way for way in ways if _plain(way)) for ways in groups)
    return tuple(ways for ways in kept if len(ways) > 1)


def _plain(way: str) -> bool:
    words = _PRINTED.sub("", way)
    return len(words) >= LEAST and "{" not in words and not _ENDS.search(words[:-1])
