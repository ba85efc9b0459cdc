"""What the writer gives a point stands in the draft, whichever part it is of and whichever template the seed takes."""

from __future__ import annotations

import pytest
from conftest import own_library

from drafting.model import Outline, Point, SectionPlan
from drafting.render import render
from phrasebank.search import Stack

LIBRARY = own_library()
TEXT, USED = "镇里的厨房要换新锅。", "锅盖也一并换掉。"


@pytest.mark.parametrize("genre", LIBRARY.genres)
def test_own_words_stand_in_every_part_by_every_template(genre: str) -> None:
    """A point with text of the writer's, and one with a sentence to be used, in each part alone; once each, in the writer's name."""
    for part in LIBRARY.genre(genre).parts:
        for seed in range(1, 8):
            points = (Point(text=TEXT), Point(use=(USED,)))
            sections = tuple(SectionPlan(p.name, points=points if p is part else ()) for p in LIBRARY.genre(genre).parts)
            draft = render(Outline(genre, "安全生产", seed=seed, sections=sections), LIBRARY, Stack())
            own = [span.text for block in draft.blocks for span in block.spans if span.origin.kind == "writer"]
            assert (own.count(TEXT), own.count(USED)) == (1, 1), (part.name, seed)
