"""Parallel constructions: members, frame and count, against examples and against the annotated texts in ../shared."""

import difflib
import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrasebank.inspect import inspect_file
from phrasebank.parallels import find_parallels

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLD = SHARED / "gold/seeds"


def found(text: str) -> list[tuple[str, str, int]]:
    return [(text[run.start : run.end], run.frame, run.count) for run in find_parallels(text)]


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("要带着责任去做，带着感情去做，带着办法去做。", ("带着责任去做，带着感情去做，带着办法去做", "带着X去做", 3)),
        ("不断增强获得感、幸福感和安全感。", ("获得感、幸福感和安全感", "X感", 3)),
        ("做到讲政治、顾大局、守规矩。", ("讲政治、顾大局、守规矩", "3字词", 3)),
        ("把群众当亲人，把工作当事业。", ("把群众当亲人，把工作当事业", "把X当X", 2)),
        ("全镇上下既要金山银山，又要绿水青山。", ("既要金山银山，又要绿水青山", "既要X又要X", 2)),
        ("有的等靠要，有的慢半拍，有的绕着走。", ("有的等靠要，有的慢半拍，有的绕着走", "有的X", 3)),
        ("要抓学习；要抓作风；要抓落实。", ("要抓学习；要抓作风；要抓落实", "要抓X；", 3)),
        ("摸清底数，建好台账；压实责任，明确时限。", ("摸清底数，建好台账；压实责任，明确时限", "X，X；", 2)),
        ("从田间到地头，从村口到院落。", ("从田间到地头，从村口到院落", "从X到X", 2)),
        ("以学促干，以干促学。", ("以学促干，以干促学", "以X促X", 2)),
        ("补乡亲之所缺，忙乡亲之所盼。", ("补乡亲之所缺，忙乡亲之所盼", "X乡亲之所X", 2)),
        ("当好“宣传员”、“联络员”。", ("“宣传员”、“联络员”", "“X员”", 2)),
        ("让“要我干”变“我要干”、“单打”变“群战”。", ("“要我干”变“我要干”、“单打”变“群战”", "“X”变“X”", 2)),
        ("让乡亲多些获得感安全感归属感。", ("获得感安全感归属感", "X感", 3)),
        ("纠正重部署轻落实的毛病。", ("重部署轻落实", "重X轻X", 2)),
        ("高标准、严要求、快节奏推进。", ("高标准、严要求、快节奏", "3字词", 3)),
        ("县委要带头，县政府要跟上，县人大要监督。", ("县政府要跟上，县人大要监督", "县X要X", 2)),
        ("各村要抓学习，各村要抓作风。", ("各村要抓学习，各村要抓作风", "各村要抓X", 2)),
    ],
)
def test_members_frame_and_count(text, run):
    assert run in found(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("少了勇于担当、敢于碰硬的劲头。", "勇于担当、敢于碰硬"),
        ("建立日常化、常态化学习机制。", "日常化、常态化"),
        ("在思想上对标、行动上看齐，取得实效。", "思想上对标、行动上看齐"),
    ],
)
def test_what_leads_to_a_list_and_what_follows_is_cut_off(text, part):
    assert part in [words for words, _, _ in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "昨天下雨，我们没有出门。",
        "新增就业12.5万人，转移就业3.1万人。",
        "青山县、临河县、河口县，",
        "会上，县长王明讲了话。",
        "实践证明，深入群众。",
        "加强洪涝、地质灾害等防治。",
        "促进社会和谐稳定。",
        "县教育局牵头，县教体局要抓落实。",
        "县财政局牵头，县财政局要落实资金。",
        "张大山、李建国、王秀英作了发言。",
        "欧阳志远、司马光明两位同志作了发言。",
    ],
)
def test_plain_prose_figures_and_names_have_none(text):
    assert found(text) == []


def test_two_clauses_inside_a_quotation_are_how_sayings_are_built():
    assert found("坚持“多跑一步，多问一句”的做法。") == []


@given(st.text(alphabet='甲乙要的和与及、，。；：“”"「」既又不仅还是感所每一重轻更1,;: \n', max_size=60))
def test_any_text_is_taken(text):
    for run in find_parallels(text):
        assert 0 <= run.start < run.end <= len(text)
        assert run.count > 1
        assert run.frame


@pytest.mark.parametrize(
    "unit", ["，", "、", "“", "”", "要", "的", "甲乙、", "要好，", "“甲”、", "所想", "每一", "既要、又"]
)
def test_half_a_megabyte_on_one_line(unit):
    """Would take hours if time grew squared; how fast it is, benchmarks/reading.py tells."""
    text = (unit * 200_000)[:200_000]
    assert all(text[run.start : run.end] for run in find_parallels(text))


def fold(text: str) -> str:
    """Text as it is compared: width of characters, kinds of marks, spaces and the paywall mark aside."""
    text = unicodedata.normalize("NFKC", text).replace("##paidbegin##", "").translate(str.maketrans("“”", '""'))
    return re.sub(r"\s", "", text).strip(".,;:、。")


def share(a: str, b: str) -> float:
    """Characters that two texts have in common in one run, by those of the longer one."""
    match = difflib.SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    return match.size / max(len(a), len(b))


def paired(gold: list, predicted: list) -> dict[int, int]:
    """Pairs one to one, best overlap first: one line, and half of the longer one's characters in common."""
    fits = [
        (share(fold(g["text"]), fold(p.text)), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if g["line"] == p.line
    ]
    pairs: dict[int, int] = {}
    for overlap, i, j in sorted(fits, key=lambda fit: (-fit[0], fit[1], fit[2])):
        if overlap >= 0.5 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


@pytest.mark.skipif(not GOLD.is_dir(), reason="../shared with the annotated texts is not here")
def test_parallels_gold():
    """F1 over the annotated texts. Gold items marked arguable are neutral: neither missed nor false when found.

    Nothing else is: a run inside an item, or one the annotators passed over, is false.
    """
    hits = sure = given_ = counts = 0
    for path in sorted(GOLD.glob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        gold = record["parallel_constructions"]
        predicted = inspect_file(SHARED / "corpus/seeds" / record["file"]).parallels
        pairs = paired(gold, predicted)
        certain = {i for i, g in enumerate(gold) if g.get("certainty") != "arguable"}
        hits += len(certain & pairs.keys())
        sure += len(certain)
        given_ += len(predicted) - len(pairs.keys() - certain)
        counts += sum(gold[i]["count"] == predicted[j].count for i, j in pairs.items() if i in certain)
        traps = [fold(n["text"]) for n in record["negatives"] if n["looks_like"] == "parallel_construction"]
        assert not [p for p in predicted if any(fold(p.text) in trap for trap in traps)]
    precision, recall = hits / given_, hits / sure
    f1 = 2 * precision * recall / (precision + recall)
    print(f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}, members counted right {counts / hits:.3f}")
    assert f1 >= 0.85
    assert counts / hits >= 0.93
