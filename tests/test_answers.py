"""What is to be done answers the faults that were named: headings that speak of the same things come first."""

from __future__ import annotations

from dataclasses import replace

from drafting.choose import lines_of
from drafting.config import load_library
from drafting.model import Outline, Profile
from drafting.parallel.chance import pairs
from drafting.parallel.sets import Draw, pool_of
from drafting.plan import plan
from drafting.themes import Facet
from phrasebank.search import Query, Stack

FACET = Facet(
    "夜间值守", ("值班",), heads=(("添置棉衣手套", "人人领到一套"), ("排满值班名单", "夜里灯下有人"), ("修好院墙缺口", "堵住后门小路")),
    heads_of={"problem": (("值班名单空挂", "夜里无人应声"),)},
)  # fmt: skip


def test_the_pair_that_speaks_of_the_fault_comes_first_by_every_seed() -> None:
    """Without a fault the seeds differ; with one they agree on its answer, and what was said before is not said again."""
    fault = {FACET.name: pairs("值班名单空挂夜里无人应声") - pairs(FACET.name)}
    assert len({pool_of(FACET, "measure", Draw(seed))[0] for seed in range(12)}) > 1
    assert {pool_of(FACET, "measure", Draw(seed, faults=fault))[0] for seed in range(12)} == {FACET.heads[1]}
    said = frozenset({"，".join(FACET.heads[1])})
    assert all(pool_of(FACET, "measure", Draw(seed, said=said, faults=fault))[0] != FACET.heads[1] for seed in range(12))
    assert {pool_of(FACET, "problem", Draw(seed, faults=fault))[0] for seed in range(3)} == {FACET.heads_of["problem"][0]}


def test_a_fault_that_something_answers_is_named_before_one_that_nothing_does() -> None:
    """By every seed; those that are answered differ from seed to seed."""
    owned = (("值班名单空挂", "夜里无人应声"), ("围墙倒了一角", "行人抄走近道"), ("后门小路没灯", "摸黑踩进水沟"),
             ("手电长年没电", "巡夜靠着记性"))  # fmt: skip
    facet = replace(FACET, heads_of={"problem": owned})
    first = [pool_of(facet, "problem", Draw(seed)) for seed in range(12)]
    assert {pool[0] for pool in first} == {owned[0], owned[2]}
    assert all(set(pool[:2]) == {owned[0], owned[2]} and set(pool) == set(owned) for pool in first)


def test_measures_of_a_report_take_up_its_faults_where_any_does() -> None:
    """Over all themes: a measure shares no word with the fault named only where none of its pairs does or the set must stay parallel."""
    library = load_library()
    answered, possible = 0, 0
    for seed, name in enumerate(library.themes):
        made = plan(Outline("调研报告", name, seed=seed, profile=Profile("镇", "临河镇", "临河镇党委", "副书记", year=2026)), library)
        faults = {p.facet: pairs(p.about) - pairs(p.facet) for s in made.sections if s.part.role == "problem" for p in s.points}
        for point in (p for s in made.sections if s.part.role == "measure" for p in s.points if p.facet in faults):
            facet = made.theme.facet(point.facet)
            could = facet and any(faults[point.facet] & pairs("".join(pair)) for pair in facet.pairs_for("measure"))
            possible += bool(could)
            answered += bool(could and faults[point.facet] & pairs(point.about))
    assert possible > 60
    assert answered >= 0.9 * possible


TOLD_BY = {
    "achievement": ("achievement", "experience"), "experience": ("experience", "achievement"), "significance": ("significance",),
    "problem": ("problem",), "mine": ("problem",), "measure": ("measure", "pledge"), "pledge": ("pledge", "measure"),
}  # fmt: skip
"""Roles that a paragraph under a heading of each kind may have."""


def test_every_heading_of_a_facet_bears_a_paragraph_that_may_be_told(builtin) -> None:
    """A heading whose own paragraph mining drops would stand over another's: the themes have none."""
    stack = Stack((), builtin)
    found = {role: stack.search(Query(kind="paragraph", role=role), 10**6) for role in set().union(*TOLD_BY.values())}
    told = {
        role: {source for hit in hits for source in hit.phrase.sources if role == "problem" or hit.phrase.polarity != "negative"}
        for role, hits in found.items()
    }
    heads = [
        (facet.name, role, "，".join(pair))
        for theme in load_library().themes.values() for facet in theme.facets
        for group in (facet.heads_of, facet.led) for role, pairs_ in group.items() for pair in pairs_
    ]  # fmt: skip
    assert len(heads) > 10_000
    assert [head for head in heads if not any(told[role] & lines_of(head[2], stack, stack.state()) for role in TOLD_BY[head[1]])] == []
