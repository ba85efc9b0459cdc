"""Sets for a plan and sets proposed: parallel, varied, repeatable, and never a word said twice."""

from __future__ import annotations

import pytest
from conftest import own_library
from hypothesis import given
from hypothesis import strategies as st

from drafting.config import TEMPLATES
from drafting.parallel import measure
from drafting.parallel.chance import pairs
from drafting.parallel.frames import load_frames
from drafting.parallel.generate import RISING, propose, repaired
from drafting.parallel.sets import HEADS, part_headings, point_headings, spoken

FRAMES = load_frames("headings", [TEMPLATES])
LIBRARY = own_library()
ROLES = [
    ["认识", "查摆", "打算"], ["成绩与意义", "问题", "重点任务", "组织保障"], ["为什么", "怎么做", "带好头"], ["做法", "体会"],
    [("上次整改", "achievement"), "存在问题", "原因剖析", ("整改措施", "measure")],
]  # fmt: skip
THEMES = sorted(LIBRARY.themes)


@given(st.sampled_from(THEMES), st.sampled_from(ROLES), st.integers(0, 10**6))
def test_parts_get_one_parallel_heading_each(theme, roles, seed):
    """As many as parts, parallel, with the theme named in each, and no two alike."""
    said = part_headings(theme, roles, seed=seed, frames=FRAMES)
    assert len(said) == len(roles) == len(set(said))
    assert measure(said).parallel
    assert all(theme in heading for heading in said)


@given(st.text("巡河护堤清淤治水田林路村", min_size=2, max_size=8), st.integers(0, 1000))
def test_themes_of_any_length_get_headings(theme, seed):
    """Two to eight characters."""
    said = part_headings(theme, ROLES[0], seed=seed, frames=FRAMES)
    assert len(said) == 3
    assert measure(said).parallel


def test_another_seed_gives_another_set():
    """Twenty drafts of one theme and genre do not open alike; the same seed gives the same set."""
    for roles in ROLES[:3]:
        sets = [part_headings("安全生产", roles, seed=seed, frames=FRAMES) for seed in range(20)]
        assert len(set(sets)) >= 15
        assert sets == [part_headings("安全生产", roles, seed=seed, frames=FRAMES) for seed in range(20)]


def test_roles_that_have_no_stage_give_nothing():
    """Openings bear no heading; one part alone is no set."""
    assert part_headings("安全生产", ["开头", "结尾"], frames=FRAMES) == ()
    assert part_headings("安全生产", ["认识"], frames=FRAMES) == ()
    assert part_headings("安全生产", [], frames=FRAMES) == ()


def test_a_frame_may_be_wished_for():
    """It comes first where it has a place for every role, otherwise another does."""
    said = part_headings("安全生产", ROLES[0], frame="突出一字", frames=FRAMES)
    assert all(heading.startswith("突出“") for heading in said)
    assert part_headings("安全生产", ROLES[0], frame="没有这个", frames=FRAMES)


def test_an_attitude_gets_its_verb():
    """正确政绩观 is nothing one does; 践行正确政绩观 is."""
    assert spoken("正确政绩观") == "践行正确政绩观"
    assert spoken("践行正确政绩观") == "践行正确政绩观"
    assert spoken("安全生产") == "安全生产"


@given(st.sampled_from(THEMES), st.data(), st.integers(0, 10**6))
def test_points_get_one_parallel_heading_for_each_facet(theme_name, data, seed):
    """For every role: in the order of the facets, parallel, or nothing at all."""
    theme = LIBRARY.themes[theme_name]
    names = [facet.name for facet in theme.facets]
    facets = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=4, unique=True))
    role = data.draw(st.sampled_from(["significance", "achievement", "problem", "measure", "pledge"]))
    said = point_headings(theme, facets, role=role, seed=seed, frames=FRAMES)
    assert not said or (len(said) == len(facets) == len(set(said)) and measure(said).parallel)
    assert said == point_headings(theme, tuple(facets), role=role, seed=seed, frames=FRAMES)


def test_nearly_all_points_get_headings():
    """Two or three facets in a row, whatever the theme: 19 of 20 cases."""
    found = []
    for theme in LIBRARY.themes.values():
        names = [facet.name for facet in theme.facets]
        for start in range(len(names) - 2):
            for role in ("significance", "problem", "measure", "achievement"):
                found.append(bool(point_headings(theme, names[start : start + 3], role=role, seed=3, frames=FRAMES)))
    assert sum(found) >= 0.95 * len(found)


def test_a_themes_own_pairs_may_be_wished_for():
    """Then no frame is used, and no word is said twice."""
    theme = LIBRARY.themes["安全生产"]
    names = [facet.name for facet in theme.facets][:3]
    own = {"，".join(pair) for facet in theme.facets for pair in facet.heads}
    said = point_headings(theme, names, frame=HEADS, seed=5, frames=FRAMES)
    assert set(said) <= own
    words = [word for heading in said for word in pairs(heading.replace("，", " "))]
    assert len(words) == len(set(words))


def test_facets_nobody_knows_do_no_harm():
    """A facet of the user's own, without pairs, still gets a frame's heading; an empty name gets none."""
    theme = LIBRARY.themes["安全生产"]
    assert point_headings(theme, ["护河巡堤", "清淤通渠"], role="problem", seed=1, frames=FRAMES)
    assert point_headings(theme, ["", ""], seed=1, frames=FRAMES) == ()
    assert point_headings(theme, [], seed=1, frames=FRAMES) == ()


@given(st.sampled_from([None, *THEMES]), st.integers(2, 6), st.integers(0, 10**6))
def test_sets_of_a_theme_are_parallel_and_of_the_size_asked_for(theme_name, count, seed):
    """From a theme, or from frames that name none."""
    found = propose(LIBRARY.themes.get(theme_name or ""), count=count, seed=seed, frames=FRAMES)
    assert found or (theme_name is None and count > 3)
    for proposal in found:
        assert len(proposal.headings) == len(set(proposal.headings)) == count
        assert proposal.likeness.parallel
        assert proposal.headings == proposal.new


GIVEN = ["压实岗位责任，守牢安全底线", "统一思想，把准方向", "深刻认识护堤工作的重要意义，切实增强行动自觉",
         "在走村入户上下功夫，当好“联络员”",
         "倾听基层呼声，不断增进干群感情", "突出“实”字，落细护堤工作的任务", "抓落实、见成效", "提升服务效能"]  # fmt: skip


@pytest.mark.parametrize("heading", GIVEN)
@pytest.mark.parametrize("seed", range(4))
def test_the_missing_ones_stand_parallel_to_the_given_one(heading, seed):
    """Same clauses, lengths and function words, other verbs and nouns."""
    found = propose(None, [heading], 3, seed=seed, frames=FRAMES)
    assert found
    for proposal in found:
        assert proposal.headings[0] == heading
        assert measure(proposal.headings).parallel
        assert len(proposal.new) == 2
        lengths = {tuple(row) for row in measure(proposal.headings).lengths}
        assert len(lengths) == 1 or max(map(max, lengths)) > 8


def test_the_missing_ones_repeat_no_word_that_is_not_the_frames():
    """给的标题里有的动词、名词，补出来的不再用."""
    for proposal in propose(None, ["压实各级责任，凝聚攻坚合力"], 4, seed=2, limit=5, frames=FRAMES):
        words = [word for heading in proposal.headings for word in pairs(heading.replace("，", " "))]
        assert len(words) == len(set(words)), proposal.headings


def test_several_given_ones_narrow_what_fits():
    """Two given, one missing: parallel to both."""
    given_ones = ["统一思想，把准方向", "突出重点，破解难题"]
    for proposal in propose(None, given_ones, 3, frames=FRAMES):
        assert proposal.headings[:2] == tuple(given_ones)
        assert proposal.likeness.parallel


def test_whole_headings_of_a_bank_may_be_used():
    """What the user's own texts hold comes among the sets, slots left out."""
    own = ["查清河道险段，修牢临河堤岸", "备足防汛沙袋，守稳村口闸门", "{X}要{Y}，不落一户"]
    found = propose(None, ["叫应独居老人，撤出低洼农户"], 3, limit=9, more=own, frames=FRAMES)
    assert any(set(proposal.new) == set(own[:2]) for proposal in found)
    assert not any("{" in heading for proposal in found for heading in proposal.new)


def test_what_nothing_answers_gets_no_set():
    """Better none than a bad one."""
    for heading in ("怎样", "一百零八个村的河长制在汛期到底应该怎么落实到人头上去", "ABC", "。"):
        assert propose(None, [heading], 3, frames=FRAMES) == ()


@pytest.mark.parametrize("count", [0, 1, 7])
def test_sizes_out_of_range_are_refused(count):
    """2–6."""
    with pytest.raises(ValueError, match=str(count)):
        propose(LIBRARY.themes["安全生产"], count=count, frames=FRAMES)


def test_a_broken_set_is_cut_down_to_what_is_parallel():
    """The largest parallel part, in order; one alone where none are."""
    good = ["统一思想，把准方向", "突出重点，破解难题"]
    assert repaired([good[0], "抓好落实", good[1]]) == tuple(good)
    assert repaired(["抓好落实", good[0]]) == ("抓好落实",)


def test_every_size_has_a_rising_order():
    """From knowing to doing."""
    from drafting.parallel.frames import STAGES

    for size, stages in RISING.items():
        assert len(stages) == size
        places = [STAGES.index(name) for name in stages]
        assert places == sorted(places)
