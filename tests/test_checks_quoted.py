"""Q02 outside quotation marks: a known line with one other character is found, the line itself and turns of it are not."""

from __future__ import annotations

import random

import pytest

from drafting.checks import Aids, choose, load_rules
from drafting.checks.run import check_text
from drafting.checks.text import of_text
from drafting.quotations import fold

AIDS = Aids()
RULE = choose(load_rules(), ["Q02"])
LINES = [entry.text.rstrip("。；，") for entry in AIDS.quotations.entries if 8 <= len(fold(entry.text)) <= 40]
OTHER = "的一是在有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"


def told(*texts: str) -> list[list[str]]:
    findings = check_text(of_text("\n".join(texts)), RULE, AIDS).findings
    return [[f.text for f in findings if f.paragraph == n] for n in range(1, len(texts) + 1)]


@pytest.mark.parametrize("frame", ["我们常讲{}，就是这个道理。", "{}，这是古人的告诫。", "干部要懂得{}的道理。", "正所谓{}，大家要记住。"])
def test_an_altered_line_is_found_without_marks(frame):
    """One character changed anywhere in the line: nine of ten; the lines as they are: none."""
    rng = random.Random(frame)
    lines = rng.sample(LINES, 60)
    altered = []
    for line in lines:
        at = rng.choice([i for i, c in enumerate(line) if c.isalnum()])
        altered.append(line[:at] + rng.choice([c for c in OTHER if c != line[at]]) + line[at + 1 :])
    hits = told(*map(frame.format, altered))
    assert sum(map(bool, hits)) >= 0.9 * len(hits), [line for line, hit in zip(altered, hits, strict=True) if not hit]
    assert not any(told(*map(frame.format, lines)))


def test_the_line_alone_is_marked_with_the_right_wording():
    (finding,) = check_text(of_text("我们常讲，先天下之忧而忧，后天下之乐而笑，干部要带头。"), RULE, AIDS).findings
    assert (finding.text, finding.fix) == ("先天下之忧而忧，后天下之乐而笑", "先天下之忧而忧，后天下之乐而乐")


@pytest.mark.parametrize(
    "text",
    [
        "三人行必有我师等尊重个性的理念要传下去。",
        "有的为官不为，在其位不谋其政，该办的事不办。",
        "知之为知之，遇事要问。",
        "一年之计，莫如树谷，十年也要树木。",
    ],
)
def test_a_turn_of_the_writers_is_passed(text):
    assert told(text) == [[]]
