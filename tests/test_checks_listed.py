"""F05 within a paragraph: announced numbers against lists and counts, each fault beside what looks like it and is right."""

from __future__ import annotations

import pytest

from drafting.checks import Aids, choose, load_rules
from drafting.checks.run import check_example, check_text
from drafting.checks.text import of_text

RULES = load_rules()


def found(text: str, *ids: str) -> list[str]:
    return [f.severity for f in check_text(of_text(text), choose(RULES, ids or ("F05",)), Aids()).findings]


@pytest.mark.parametrize(
    "text",
    [
        "建成各类项目21个：水利6个、道路7个、文化8个。",
        "征求到意见15件：班子8件、个人7件。",
        "办好十件实事：修路三条、架桥两座、通水五处。",
        "收到意见12个：水利5个、道路4个、文化4个。",  # wrong, but as a sum: F04 tells it
        "抓好三类项目：水利5项、道路4项、学校4项。",
    ],
)
def test_a_sum_counts_no_items(text):
    """What bars a final version must be certain: a number that sums up what is listed is no number of items."""
    assert found(text) == []


def test_each_example_is_right_in_the_eyes_of_the_rules_about_figures():
    """The examples that `--explain` prints as right are so for all rules about figures."""
    figures = choose(RULES, ["F02", "F03", "F04", "F05"])
    assert [(rule.id, other.id) for rule in figures for other in figures if check_example(other, rule.clean, Aids())] == []


PAIRS = [
    (
        "我们要做到“四个到位”：一是责任到位，二是投入到位，三是培训到位，四是管理到位。",
        "我们要做到“四个到位”：一是责任到位，二是投入到位，三是培训到位。",
        "E",
    ),
    ("突出三个重点：一是修路，二是架桥，三是通水。", "突出四个重点：一是修路，二是架桥，三是通水。", "E"),
    ("突出三个重点，一是修路，二是架桥，三是通水。", "突出三个重点，一是修路，二是架桥。", "W"),
    ("把握好三个方面。一是修路，二是架桥，三是通水。", "把握好五个方面。一是修路，二是架桥，三是通水，四是亮灯。", "W"),
    ("处理好三对关系：一是快与慢，二是堵与疏，三是公与私。", "处理好三对关系：一是快与慢，二是堵与疏，三是公与私，四是上与下。", "E"),
    ("下面讲三个方面。第一，修路。第二，架桥。\n第三，通水。", "下面讲三个方面。第一，修路。第二，架桥。第三，通水。第四，亮灯。", "E"),
    ("“三步工作法”：第一步摸底，第二步公示，第三步办理。", "“五步工作法”：第一步摸底，第二步公示，第三步办理，第四步回访。", "W"),
    ("念好“三字诀”：一曰勤，二曰细，三曰实。", "念好“三字诀”：一曰勤，二曰细。", "E"),
    ("推行“一二三”工作法：一个目标，两条主线，三项机制。", "推行“一二三四”工作法：一个目标，两条主线，三项机制。", "E"),
    ("完成修路、架桥等四大工程。", "完成修路、架桥、通水、亮灯、植树等四大工程。", "W"),
    ("实施修路、架桥、通水、亮灯四大工程。", "实施修路、架桥、通水、亮灯、植树四大工程。", "W"),
    ("在马市、万合、澄江和沙村等四个乡镇试点。", "在马市、万合、澄江和沙村等三个乡镇试点。", "W"),
    ("城关、石坪镇和白沙、南溪、东岸等三个村先行。", "白沙、南溪、东岸、西岸等三个村先行。", "W"),
    ("贯彻“两个确立”：一是学深，二是学透，三是学实。", "把握“两个关键”：一是学深，二是学透，三是学实。", "E"),
    ("可分四种类型：一是早熟的，二是晚熟的，还有两种介于中间。", "可分四种类型：一是早熟的，二是晚熟的。", "E"),
    ("全镇新建五个项目。一是修路，二是架桥。", "抓住五个关键。一是修路，二是架桥。", "W"),
    ("我们有三个村，一是要把路修好，二是要把水管好。", "我们要抓住三个重点，一是要把路修好，二是要把水管好。", "W"),
    ("种水果、蔬菜、粮食、水产等两大类30个品种。", "涉及水利、交通、教育、卫生等三个部门。", "W"),
]


@pytest.mark.parametrize(("clean", "faulty", "severity"), PAIRS)
def test_what_is_announced_and_what_is_counted(clean, faulty, severity):
    assert found(clean) == []
    assert found(faulty) == [severity]
