"""Other wordings of a sentence that a section's template says: the next of those written for its place (`drafting.either`)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from drafting.sandbox import environment, variants

_GROUP = re.compile(r"\{%-?\s*either\s*-?%\}(.*?)\{%-?\s*endeither\s*-?%\}", re.DOTALL)
_OR = re.compile(r"\{%-?\s*or\s*-?%\}")
_ENDS = re.compile("[。！？]")
LEAST = 4
"""Characters of a wording by which it is known again."""


def next_wording(folders: tuple[Path, ...], template: str, text: str) -> str:
    """The sentence with the next wording of a place of its template; empty where it has but one."""
    for ways in _places(folders, template) if template else ():
        if found := next((n for n, way in enumerate(ways, 1) if way in text), 0):
            return text.replace(ways[found - 1], ways[found % len(ways)], 1)
    return ""


@lru_cache(64)
def _places(folders: tuple[Path, ...], template: str) -> tuple[tuple[str, ...], ...]:
    """The places of a template's variants, their wordings each; only those that are words alone and end no sentence but their own."""
    loader = environment(folders).loader
    assert loader
    sources = [loader.get_source(environment(folders), name)[0] for name in variants(folders, template)]
    groups = [tuple(dict.fromkeys(map(str.strip, _OR.split(group)))) for source in sources for group in _GROUP.findall(source)]
    kept = (tuple(way for way in ways if _plain(way)) for ways in groups)
    return tuple(ways for ways in kept if len(ways) > 1)


def _plain(way: str) -> bool:
    return len(way) >= LEAST and "{" not in way and not _ENDS.search(way[:-1])
