"""The model of roles: what it tells apart, what it never does, and that its weights are whole."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from phrasebank.classify import by_rule, classified, polarities
from phrasebank.rolefeatures import Line, widths
from phrasebank.roles import ACTS, DOUBT, GUARD, OUTPUTS, SPEECH, decode, encode, is_speech, judge, model, settle

WEIGHTS = Path(__file__).parents[1] / "phrasebank/data/roles.tsv"
REVIEW, PLAN = "2021年工作回顾", "2022年工作安排"


def report(*parts: tuple[str, tuple[str, ...]]) -> list[Line]:
    """Sentences of a report under the headings of its parts."""
    flat = [(heading, text, n) for heading, texts in parts for n, text in enumerate(texts)]
    return [Line(text, (heading,), n, n / len(flat), True, False) for n, (heading, text, _) in enumerate(flat)]


YEAR = report(
    (
        REVIEW,
        (
            "过去一年，全市生产总值增长8%，财政收入增长9%。",
            "工业经济稳步回升，新增规上企业30家。",
            "深入推进城乡环境整治，建成美丽村庄20个。",
            "新建改建农村公路120公里，群众出行条件明显改善。",
            "我们也清醒地看到，发展中还存在不少困难和问题，产业结构不优，创新能力不强。",
        ),
    ),
    (
        PLAN,
        (
            "今年要达到的主要目标是：生产总值增长7%左右，财政收入增长6%。",
            "深入推进城乡环境整治，建设美丽村庄20个。",
            "加快完善农村公路网络，新建改建农村公路100公里。",
            "要进一步优化营商环境，健全服务企业的长效机制。",
            "加强政府自身建设，严格落实各项制度。",
        ),
    ),
)


def test_the_same_wording_is_a_result_in_the_review_and_a_task_in_the_plan() -> None:
    said = [role for role, _ in judge(YEAR, polarities(YEAR))]
    assert said[:4] == ["achievement"] * 4
    assert said[6:] == ["measure"] * 4


def test_faults_owned_in_a_report_are_problems() -> None:
    role, polarity = judge(YEAR, polarities(YEAR))[4]
    assert (role, polarity) == ("problem", "negative")


def test_nothing_to_judge() -> None:
    assert judge([], []) == []


@given(arrays(np.float64, len(OUTPUTS) + 1, elements=st.floats(-3, 3)), st.sampled_from(["plain", "negative", "refuted"]))
def test_whatever_the_scores_no_fault_and_no_refuted_view_has_a_guarded_role(scores, by_rule) -> None:
    [(role, polarity)] = settle(scores[None], [by_rule])
    assert polarity == "plain" or role not in GUARD
    assert by_rule != "refuted" or polarity == "refuted"


@given(arrays(np.float64, len(OUTPUTS) + 1, elements=st.floats(-3, 3)))
def test_a_sentence_that_may_well_be_negative_is_no_act(scores) -> None:
    [(role, _)] = settle(scores[None], ["plain"])
    assert scores[-1] < DOUBT or role not in ACTS


SPEECH_LINES = [
    Line("同志们，今天我们召开会议，安排下一步工作。", (), 0, 0, True, True),
    Line("有的干部学习不够深入，落实不到位。", (), 1, 0.3, True, False),
    Line("有人说，只要把活干完就行，学习可以不学。", (), 2, 0.5, True, False),
    Line("要进一步压实责任，把任务落到每个岗位。", (), 3, 0.7, True, False),
]


def test_of_speeches_the_model_hears_what_the_rules_say() -> None:
    ruled = list(by_rule(SPEECH_LINES))
    said = classified(SPEECH_LINES)
    assert said == judge(SPEECH_LINES, [polarity for _, polarity in ruled], ruled)
    assert [role for role, _ in said] == ["opening", "problem", "problem", "measure"]
    assert said[2][1] == "refuted"


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=8))
def test_any_text_is_judged_the_same_twice(texts: list[str]) -> None:
    lines = [Line(text, (), n, n / len(texts), True, False) for n, text in enumerate(texts)]
    rule = polarities(lines)
    assert judge(lines, rule) == judge(lines, rule)
    assert len(judge(lines, rule)) == len(lines)


def test_the_weights_are_whole_and_small() -> None:
    found = model()
    assert found.dense.shape == (sum(width for _, width in widths()), len(OUTPUTS) + 1)
    assert all(np.isfinite(table).all() for table in (found.dense, found.simple, found.bias, *found.runs.values()))
    assert WEIGHTS.stat().st_size <= 400_000


def test_no_wording_of_the_corpus_stands_in_the_weights() -> None:
    """Runs of at most four characters."""
    rows = [line.split("\t") for line in WEIGHTS.read_text("utf-8").splitlines() if not line.startswith("# ")]
    assert all(len(feature) <= 4 for group, feature, _ in rows if group in ("any", "head", "near", "top"))


@given(st.lists(st.floats(-2, 2), min_size=len(OUTPUTS) + 1, max_size=len(OUTPUTS) + 1))
def test_weights_written_and_read_are_nearly_the_same(row: list[float]) -> None:
    table = np.array([row])
    assert np.abs(decode(encode(table, 2.0), 2.0) - table).max() < 0.05


@pytest.mark.parametrize(
    ("genre", "title", "count", "speech"),
    [
        ("研讨发言", "学习研讨发言", 40, True),
        ("政府工作报告", "政府工作报告", 40, False),
        ("会议讲话", "关于加强作风建设的决定", 40, False),
        ("会议讲话", "在会议上的讲话", SPEECH, False),
        (None, "一封信", 40, False),
    ],
)
def test_what_the_rules_are_made_for(genre: str | None, title: str, count: int, speech: bool) -> None:
    line = Line("我讲三点意见。", (), 0, 0.5, True, False)
    assert is_speech([line] * count, genre, title) is speech
