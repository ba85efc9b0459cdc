"""Facts as sentences, and the facet a fact belongs to."""

from __future__ import annotations

import pytest

from drafting.factual import fact_sentence, home_of
from drafting.model import Fact, Profile
from drafting.themes import Facet, Indicator

PROFILE = Profile("镇", "临河镇", year=2026)
FACETS = (
    Facet("责任落实", ("责任书", "包保"), facts=(Indicator("签订安全生产责任书", "份"),)),
    Facet("隐患排查", ("隐患", "排查"), facts=(Indicator("排查整改安全隐患", "处"),)),
)


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (Fact("新改建农村公路", "36", "公里", 2025), "2025年，全镇新改建农村公路36公里。"),
        (Fact("新改建农村公路", "36", "公里", 2026), "今年以来，全镇新改建农村公路36公里。"),
        (Fact("群众满意率", "98", "%", 2025), "2025年，全镇群众满意率为98%。"),
        (Fact("石桥村新修水渠", "3", "条"), "石桥村新修水渠共3条。"),
        (Fact("入户走访减少", "12", "次", 2025), "2025年，全镇入户走访减少12次。"),
        (Fact("牵头单位", "县水利局"), "牵头单位为县水利局。"),
    ],
)
def test_a_fact_is_said_with_its_year_and_unit(fact, sentence):
    assert "".join(span.text for span in fact_sentence(fact, PROFILE)) == sentence


def test_figures_are_the_facts_and_the_words_between_are_ours():
    kinds = {span.text: span.origin.kind for span in fact_sentence(Fact("新改建农村公路", "36", "公里", 2025), PROFILE)}
    assert kinds["36公里"] == kinds["2025年"] == "fact" and kinds["全镇"] == "template"


@pytest.mark.parametrize(
    ("fact", "home"),
    [
        (Fact("排查整改隐患", "12", "处"), 1), (Fact("签订责任书", "40", "份"), 0), (Fact("隐患随手拍线索", "9", "条"), 1),
        (Fact("新栽柳树", "900", "棵"), -1),
    ],
)  # fmt: skip
def test_a_fact_goes_where_its_like_is_asked_for(fact, home):
    """By the indicators of a facet first, then by its words; what belongs nowhere goes nowhere."""
    assert home_of(fact, FACETS) == home
    assert home_of(fact, ()) == -1
