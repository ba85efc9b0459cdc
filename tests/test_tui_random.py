"""Keys at random: no exception, and no word is lost (`fingers` says what must hold).

NIGAO_SEED=n presses others; `-m slow` presses ten thousand.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fingers import Fingers, Words, harmless, own_words
from small import small_outline, small_world
from walking import _one_desk, _seldom_collected  # noqa: F401 - fixtures

from drafting.session import Session
from drafting.workshop import Workshop

SEED = int(os.environ.get("NIGAO_SEED", "1"))


@pytest.mark.parametrize("seed", [SEED, SEED + 1])
async def test_keys_at_random_raise_nothing_and_lose_no_word(tmp_path: Path, seed: int):
    await _played(tmp_path, seed, 500)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [SEED + 100])
async def test_ten_thousand_keys_at_random(tmp_path: Path, seed: int):
    await _played(tmp_path, seed, 10_000)


async def _played(folder: Path, seed: int, steps: int) -> None:
    fingers = Fingers(seed, steps)
    try:
        with small_world(folder) as work, harmless(work):
            await fingers.play()
    finally:
        print(fingers.steps, "steps,", ", ".join(f"{name} {count}" for name, count in fingers.met.most_common()))
    assert fingers.met["changes"] > steps / 100, "keys that change nothing prove nothing"


def test_a_lost_word_would_be_noticed(tmp_path: Path):
    """What the fingers look for, they find."""
    with small_world(tmp_path):
        session = Workshop.open().session(small_outline())
        words = Words(session)
        session.put_items(1, 0, ["犇过的山都还在。"])
        words.look()
        session.put_items(1, 0, ["犇过的河都还在。"])
        words.look()
        assert own_words(session.outline) == {"犇过的河都还在。"}
        session.undo()
        session.put_items(1, 0, ["换一句犇的。"])
        words.look()
        assert "犇过的河都还在。" not in words.seen, "taken back and written over"
        _lose(session)
        try:
            words.look()
        except AssertionError as found:
            assert "犇过的山都还在。" in str(found)
        else:
            raise AssertionError("not noticed")


def _lose(session: Session) -> None:
    session.put_items(1, 1, ["没有痕迹的一句。"])
    session.past[:] = [outline for outline in session.past if not own_words(outline)]
    session.past.append(session.past[-1])
    session.past.append(session.past[-1])
