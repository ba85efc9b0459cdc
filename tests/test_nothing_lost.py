"""What the writer gives a point stands in the draft, whichever part it is of and whichever template the seed takes."""

from __future__ import annotations

import pytest
from conftest import own_library

from drafting.model import Outline, Point, SectionPlan
from drafting.render import render
from phrasebank.search import Stack

LIBRARY = own_library()


@pytest.mark.parametrize("genre", LIBRARY.genres)
def test_own_words_stand_in_every_part_by_every_template(genre: str) -> None:
    """In each part a point with text of the writer's, and one with a sentence to be used; once each, in the writer's name."""
    parts = LIBRARY.genre(genre).parts
    given = {part.name: (f"{part.name}的厨房要换新锅。", f"{part.name}的锅盖也一并换掉。") for part in parts}
    points = {name: (Point(text=text), Point(use=(used,))) for name, (text, used) in given.items()}
    sections = tuple(SectionPlan(part.name, points=points[part.name]) for part in parts)
    for seed in range(1, 8):
        draft = render(Outline(genre, "安全生产", seed=seed, sections=sections), LIBRARY, Stack())
        own = [span.text for block in draft.blocks for span in block.spans if span.origin.kind == "writer"]
        assert {words: own.count(words) for both in given.values() for words in both} == dict.fromkeys(sum(given.values(), ()), 1), seed
