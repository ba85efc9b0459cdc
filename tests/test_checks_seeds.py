"""The checks on real texts: where the genre guide says that they must find something, and where its guards say that they must not."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from drafting.checks import Aids, choose, load_rules
from drafting.checks.run import check_text
from drafting.checks.text import of_raw
from drafting.config import TEMPLATES
from drafting.model import Finding, Outline, Profile
from drafting.quotations import Verified
from phrasebank.readers import read

RULES = load_rules([TEMPLATES])
SPEAKER = Outline("研讨发言", "", profile=Profile("县", "青山县", "青山县委"))

FIRES = [
    ("R01", "000", (3, 6, 7, 8, 9)), ("R01", "001", (15, 16, 17, 18, 19)), ("R01", "002", (18, 33, 34)), ("R01", "004", (15,)),
    ("R02", "000", (3, 4, 5)), ("R03", "002", (23,)), ("R03", "004", (4, 12)), ("R05", "000", (3,)), ("R05", "001", (4,)),
    ("R05", "003", (7, 9)), ("F02", "003", (7,)), ("F03", "003", (7,)), ("F06", "003", (6, 12)), ("Q01", "003", (4, 7)),
    ("Q01", "004", (10,)), ("Q03", "002", (23,)), ("Q03", "003", (12,)), ("Q03", "004", (4,)),
]  # fmt: skip
"""Check, seed, and paragraphs in which it must find something. 001 counts one less than the guide's lines: one of them is blank."""


@pytest.fixture
def seed(shared: Path):
    return lambda name, outline=None: _seed(next((shared / "corpus" / "seeds").glob(f"{name}_*.txt")), outline)


@lru_cache
def _seed(path: Path, outline: Outline | None):
    return of_raw(read(path), outline)


def found(text, *ids: str, aids: Aids | None = None) -> tuple[Finding, ...]:
    return check_text(text, choose(RULES, ids), aids or Aids()).findings


@pytest.mark.parametrize(("rule", "name", "paragraphs"), FIRES)
def test_a_check_fires_where_the_guide_says(seed, rule, name, paragraphs):
    numbers = {f.paragraph for f in found(seed(name, SPEAKER), rule)}
    assert set(paragraphs) <= numbers


def test_sections_without_facts_are_found(seed):
    """F01: every part of 001, (二) of 002, and one of the two long parts of 004 (the other names a word-of-mouth place)."""
    assert len(found(seed("001"), "F01")) == 3
    assert any(f.text.startswith("(二)") for f in found(seed("002"), "F01"))
    assert found(seed("004"), "F01")


def test_a_misquoted_leader_is_found(seed):
    """Q02: the line of 000 that lost a character, against the wording as it was said."""
    aids = Aids()
    from drafting.quotations import Quotations

    aids.__dict__["quotations"] = Quotations([Verified("人民是我们党执政的最大底气", author="习近平", verified="2020年5月22日讲话")])
    (finding,) = found(seed("000"), "Q02", aids=aids)
    assert finding.paragraph == 3
    assert "漏了“党”" in finding.message


def test_counts_that_hold_are_passed(seed):
    """F05 is silent about 三个方面 with three heads (000) and a “六位” of six (003)."""
    assert found(seed("000"), "F05") == ()
    assert found(seed("003"), "F05") == ()


def test_names_of_a_declared_case_may_stand(seed):
    """R02: 浙江 and 浦江 are the cited case of 003; 000 is its own writer's text."""
    cited = Outline("研讨发言", "", profile=SPEAKER.profile, cases=("浙江", "浙江省金华市浦江县"))
    assert found(seed("003", cited), "R02") == ()
    own = Outline("研讨发言", "", profile=Profile("县", "镇安县", "陕西省商洛市镇安县委"), cases=("江苏省南京市浦口区",))
    assert found(seed("000", own), "R02") == ()


def test_guards(seed):
    """`25个县(市、区)` and 118天 are no fault, 一把钥匙 no count, a festival's name no quotation."""
    assert not [f for f in found(seed("003"), "F02", "F04", "F05") if f.paragraph == 5]
    assert not [f for f in found(seed("004"), "F05", "F04", "F06") if f.paragraph == 11]
    assert not [f for f in found(seed("000"), "Q01") if "丝博会" in f.text]


def test_any_sentence_pasted_from_a_seed_is_told_with_its_source(seed, shared, tmp_path):
    """R04: sentences of forty characters and more, each found with file and line."""
    from phrasebank.passage_index import build
    from phrasebank.passages import Passages

    files = sorted((shared / "corpus" / "seeds").glob("*.txt"))
    build(((path.name, list(enumerate(read(path).lines, 1))) for path in files), tmp_path / "seeds.idx")
    aids = Aids(passages=(Passages(tmp_path / "seeds.idx"),))
    from drafting.checks.text import of_text

    for path in files:
        text = seed(path.name[:3])
        for p in [p for p in text.body if len(p.text) > 120][:3]:
            sentence = next((s for _, _, s in p.sentences if 40 <= len(s) <= 200 and s.count("“") == s.count("”") == 0), None)
            if sentence:
                hits = found(of_text(f"我们要把这件事办好。{sentence}请大家抓紧。"), "R04", aids=aids)
                assert any(path.name in f.message for f in hits), sentence
