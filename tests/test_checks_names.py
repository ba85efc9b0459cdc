"""R02: names of the list, in full and short: told where they stand as the writer's own would, with exactly their characters marked."""

from __future__ import annotations

import random

import pytest

from drafting.checks import Aids, choose, load_rules
from drafting.checks.home import of_counties, stem
from drafting.checks.run import check_text
from drafting.checks.text import of_text
from drafting.model import Outline, Profile

RULE = choose(load_rules(), ["R02"])
WRITER = Outline("", "", profile=Profile("县", "青山县", "青山县人民政府", year=2026))
COUNTIES = sorted(name for name in of_counties() if name[-1] in "县旗" and not name.endswith("青山县"))
VAGUE = RULE[0].pattern("vague")


def told(*texts: str) -> list[list[tuple[str, str]]]:
    """Severity and words of what is found in each of `texts`, hints left out."""
    findings = check_text(of_text("\n".join(texts), WRITER), RULE, Aids()).findings
    return [[(f.severity, f.text) for f in findings if f.paragraph == n and f.severity != "I"] for n in range(1, len(texts) + 1)]


@pytest.mark.parametrize("frame", ["要推动{}再上台阶。", "我们{}要把这件事办好。", "{}委高度重视河堤。", "今年要在{}全面推开。"])
def test_counties_are_told_by_their_full_names(frame):
    """All of a large sample, names that begin or split like ordinary words among them, each marked as it stands."""
    sample = ["上蔡县", "上思县", "武义县", "武邑县", "武平县", "全州县", "费县", "柞水县", *random.Random(5).sample(COUNTIES, 150)]
    names = [name for name in sample if not VAGUE.fullmatch(name)]
    found = told(*map(frame.format, names))
    assert [name for name, rows in zip(names, found, strict=True) if name not in [text for _, text in rows]] == []


@pytest.mark.parametrize(
    "frame",
    [
        "推动{}高质量发展，要把责任扛起来。", "加快建设现代化新{}，一张蓝图绘到底。", "努力建设美丽{}。", "让{}人民过上好日子。",
        "谱写{}发展新篇章。", "为{}经济社会发展作出贡献。", "在{}大地上落地生根。", "全面推进{}乡村振兴。", "立足{}实际，抓好落实。",
    ],
)  # fmt: skip
def test_short_names_are_told_in_usual_frames(frame):
    """Nine of ten; what is a word besides (资源, 合作) is not told alone, what a district is called elsewhere neither."""
    names = [stem(name) for name in random.Random(6).sample(COUNTIES, 150) if len(name) == 3]
    found = told(*map(frame.format, names))
    marked = [name in [text for _, text in rows] for name, rows in zip(names, found, strict=True)]
    assert sum(marked) >= 0.95 * len(names), [name for name, hit in zip(names, marked, strict=True) if not hit]
    certain = [any(severity == "E" for severity, _ in rows) for rows in found]
    assert sum(certain) >= 0.8 * len(names)


@pytest.mark.parametrize(
    "text",
    [
        "各项城市更新任务要落到人。",
        "要完善适应城市发展的管网。",
        "东部对接、南部县域特色产业发展区要快建。",
        "团结带领全州各族干部群众守住河堤。",
        "高水平规划主城区滨江区域，把岸线还给群众。",
        "推动资源高质量发展利用，推动合作走深走实。",
        "建设美丽中国，建设平安青山。",
        "推动大通道建设，让民乐团进校园。",
        "市和县要一起抓，新县城今年开工。",
        "到沿海城市招商。",
        "上级党委、人民政府和县人民武装部都要配合。",
    ],
)
def test_other_words_are_no_names(text):
    assert told(text) == [[]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我们要柞水县的干部来讲一课。", "柞水县"),
        ("各位代表，柞水县委高度重视。", "柞水县"),
        ("推动陕西省商洛市柞水县再上台阶。", "陕西省商洛市柞水县"),
    ],
)
def test_the_name_alone_is_marked(text, words):
    """Not the word before it; with what it lies in, where that is named."""
    ((_, found),) = told(text)[0]
    assert found == words


OWN_AND_FOREIGN = [
    (
        "江西省吉安市泰和县",
        ["在泰和县委、吉安市委、江西省委领导下。", "建设美丽吉安，谱写江西新篇章。", "推动泰和县再上台阶。", "南昌市的医院多。"],
        ["在于都县委的坚强领导下。", "建设美丽新遂川。", "在永新县委、县政府领导下。", "让赣州人民过上好日子。", "南昌市委作出了部署。"],
    ),
    (
        "四川省绵阳市平武县",
        ["平武县委、绵阳市委、四川省委都作了部署。", "立足平武实际，建设美丽四川。"],
        ["北川县委高度重视。", "让江油人民过上好日子。", "德阳市委作出部署。"],
    ),
    (
        "四川省绵阳市青山县",  # a county the list does not have: no licence for the city's others
        ["青山县委、绵阳市委、四川省委都作了部署。", "推动青山再上台阶。"],
        ["北川县委高度重视。", "让江油人民过上好日子。"],
    ),
    (
        "浙江省杭州市",
        ["余杭区委、桐庐县委、浙江省委都作了部署。", "推动西湖区再上台阶。"],
        ["宁波市委作出部署。", "让金华人民过上好日子。"],
    ),
    ("北京市海淀区", ["北京市委、海淀区委都作了部署。"], ["朝阳区委高度重视。", "推动昌平区再上台阶。"]),
    ("重庆市城口县", ["重庆市委、城口县委都作了部署。"], ["推动巫溪县再上台阶。"]),
    ("江西省", ["于都县委、遂川县委、吉安市委都作了部署。"], ["长沙县委高度重视。"]),
]


@pytest.mark.parametrize(("place", "own", "foreign"), OWN_AND_FOREIGN, ids=lambda row: row if isinstance(row, str) else "")
@pytest.mark.parametrize("unit", ["{}人民政府", ""])
def test_a_full_name_gives_no_leave_for_its_neighbours(place, own, foreign, unit):
    """A writer may name what his place lies in, and what lies in it; other counties of his province are foreign, however fully he
    has told his own."""
    writer = Outline("", "", profile=Profile("县", place, unit.format(place), year=2026))
    found = check_text(of_text("\n".join((*own, *foreign)), writer), RULE, Aids()).findings
    alarmed = {f.paragraph for f in found if f.severity != "I"}
    assert alarmed == set(range(len(own) + 1, len(own) + len(foreign) + 1))
