"""What real reports taught the checks: wordings that look like faults and are none, each beside the fault it looks like."""

from __future__ import annotations

import pytest
from conftest import write_tree

from drafting.checks import Aids, choose, load_rules
from drafting.checks.kinds import Example
from drafting.checks.run import check_example, check_text
from drafting.checks.sieve import needed
from drafting.checks.text import of_text
from drafting.config import TEMPLATES
from drafting.errors import ConfigError

RULES = load_rules([TEMPLATES])
COUNTY = {"level": "县", "place": "青山县", "year": 2026}
CITY = {"level": "市", "place": "临河市", "year": 2026}


def found(rule: str, text: str, **outline) -> list:
    (one,) = choose(RULES, [rule])
    return [f for f in check_example(one, Example(text, outline), Aids()) if f.severity != "I"]


PAIRS = [
    ("F06", "加快办公网、资源网、服务网和信息库“三网一库”建设。", "加快“三网一库”建设。", {}),
    ("F06", "实现开工率、配套率和整改率“三个百分百”。", "实现“三个百分百”。", {}),
    ("F06", "粮食生产“十四连丰”，河堤“五一节”前修好。", "粮食生产“十四连保”。", {}),
    ("F06", "构建“两轴一带”[21]布局。", "构建“两轴一带”布局。", {}),
    ("F06", "坚持问题导向目标导向结果导向“三个导向”。", "坚持“三个导向”。", {}),
    ("R02", "加快建设武汉都市圈副中心。", "加快建设武昌区副中心。", CITY),
    ("R02", "城市面貌迎全运城市整治。", "推动稷山县整治。", CITY),
    ("R02", "归功于湖北省人民的深情厚意。", "推动镇安县发展。", CITY),
    ("R02", "推动双河市发展。", "推动镇安县发展。", {"level": "州", "place": "博尔塔拉蒙古自治州"}),
    ("W05", "我区要守住河堤。", "我县要守住河堤。", {"level": "省", "place": "新疆维吾尔自治区"}),
    ("W03", "牢固树立“四个意识”。", "牢固坚持“四个意识”。", {}),
    ("W03", "扎实开展“不忘初心、牢记使命”主题教育。", "扎实开展第二批主题教育。", {"level": "县", "place": "青山县", "year": 2020}),
    ("W03", "一年来，我们扎实开展党纪学习教育。", "全县正在开展党纪学习教育。", COUNTY),
    ("P02", "新增旅馆69家、民宿61家，农家乐30家。", "不说空话、不说套话，不说假话。", {}),
    ("P02", "强化以商招商、链式招商，探索基金招商。", "强基础，补短板、扬优势。", {}),
    ("P02", "贯彻新理念、聚焦新目标，确保开好局。", "要遇事想法、办事靠法，了事守法。", {}),
    ("S01", "落实“八要素”，二产比重：一是二产偏低，二是二产偏散。", "一是二产偏低，三是三产偏散。", {}),
    ("S01", "报装全省排名第一、第二，群众满意。", "第一，修好河堤。第三，清好水渠。", {}),
    ("R01", "河堤分段修。\n年　　月　　日", "河堤分段修。加客服微信abc123。", {}),
    ("F06", "办好“十四运”，落实“九五普法”和稳经济“十七条”。", "落实“五清六建”。", {}),
    ("F06", "建成“三环十六射”路网，治好“两江四河”。", "建成“两园一带”。", {}),
    ("F06", "打好“三大保卫战”。打好蓝天保卫战，打好碧水保卫战，打好净土保卫战。", "打好“三大保卫战”。", {}),
    ("F06", "召开“四心”作风整顿大会（特指不尽心、缺雄心、不贴心、缺戒心）。", "召开“四心”作风整顿大会。", {}),
    ("F06", "推广“七台河模式”。", "推广“七联模式”。", {}),
    ("W03", "谱写中华民族伟大复兴中国梦的青山篇章。", "坚持以人民为中心发展思想。", {}),
    ("W03", "践行绿水青山就是金山银山的理念。", "践行绿水青山就是金山银矿的理念。", {}),
    ("W03", "增强政治意识、大局意识、核心意识、看齐意识。", "增强政治意识、大局意识、核心意识、看齐意识、责任意识。", {}),
    ("W03", "开展“扣好第一粒扣子”主题教育实践活动。", "当前正在开展主题教育。", COUNTY),
    ("W03", "深入开展党纪学习教育。", "当前，全县正在开展党纪学习教育。", {**COUNTY, "year": 2025}),
    ("R05", "2022年来，全镇修堤三里。", "二十年来，全镇修堤三里。", {}),
    ("F04", "三类项目共13项，其中水利5项、道路4项、学校4项。", "三类项目共12项，其中水利5项、道路4项、学校4项。", {}),
    ("P02", "在抓发展、治污染，拓空间、畅交通，强管理、提效能上用力。", "要强基础，补短板、扬优势。", {}),
    ("P02", "坚持“安全第一”的方针，重基层、打基础、除隐患。", "不说空话、不说套话，不说假话。", {}),
    ("P02", "建成防洪工程，新修东渠线、西渠线、南渠线。", "村里各种各的地、各修各的渠，各走各的路。", {}),
    (
        "S01",
        "（一）修堤\n1.上游先修。\n2.下游后修。\n（二）清渠\n3.东渠先清。\n4.西渠后清。",
        "（一）修堤\n上游先修。\n（三）清渠\n东渠先清。",
        {},
    ),
    ("S02", "一、深化重点改革\n要改。\n二、扩大对外开放度\n要开。", "一、深化改革\n要改。\n二、把对外开放的大门开得更大一些\n要开。", {}),
    (
        "S02",
        "一、就业促进工程\n要办。\n二、农村饮水安全巩固提升工程\n要办。\n三、菜篮子工程\n要办。",
        "一、稳住就业岗位\n要办。\n二、办好农村饮水安全巩固提升\n要办。\n三、装满城乡菜篮\n要办。",
        {},
    ),
    (
        "S03",
        "会议的议程是：\n一、听取报告\n二、审议报告\n三、通过决议",
        "一、听取报告\n二、审议报告\n审议要细。\n三、通过决议\n决议要实。",
        {},
    ),
    (
        "W01",
        "工业产值两年平均增长x%，投资两年平均增长x%，消费两年平均增长x%。",
        "要切实把责任扛在肩上，再切实把责任扛在肩上，还切实把责任扛在肩上。",
        {},
    ),
    ("R01", "全镇党员在群里报到。", "查看全文请加客服微信abc123456。抓好落实。", {}),
]


@pytest.mark.parametrize(("rule", "clean", "faulty", "outline"), PAIRS)
def test_a_look_alike_is_told_from_the_fault(rule, clean, faulty, outline):
    assert found(rule, clean, **outline) == []
    assert found(rule, faulty, **outline)


PARTS = """上年工作
河堤分段修，修完就验收。
一、查清险段
河堤分段查，查完在图上画圈。
二、修好道路
道路分段修，修完就通车。
今年安排
一、清通水渠
水渠分段清，清完就放水。
二、守住山塘
山塘分片守，守到汛期过。
"""


def test_a_part_with_a_title_counts_its_headings_anew():
    """S01: what begins at 一 again under a title of its own; without one it is told, but is not certain."""
    assert found("S01", PARTS) == []
    (restart,) = found("S01", PARTS.replace("今年安排\n", ""))
    assert restart.severity == "W"
    assert [f.severity for f in found("S01", PARTS.replace("二、修好", "三、修好"))] == ["E"]


def test_notes_behind_a_speech_are_no_headings():
    notes = "名词解释\n3.“两网”：指水网和路网。\n7.“三库”：指山塘水库。\n"
    assert found("S01", PARTS + notes) == []


def test_a_form_is_no_speech():
    """Names of fields: no empty sections, no cut ends."""
    fields = "干部登记表\n姓名\n性别\n出生年月\n政治面貌\n参加工作时间\n健康状况\n现任职务\n奖惩情况\n备注\n年　月　日\n"
    text = of_text(fields)
    assert text.is_form
    assert check_text(text, choose(RULES, ["S", "P03"]), Aids()).findings == ()
    assert not of_text(PARTS).is_form


def test_a_regulation_is_no_speech():
    """Articles say the same words for the same thing: no repetition, no lack of facts."""
    articles = "".join(f"第{n}条　巡堤单位应当按照管理权限组织巡堤人员上堤，{n}级汛情由巡堤单位负责。\n" for n in "一二三四五")
    text = of_text(articles)
    assert text.is_law
    assert check_text(text, choose(RULES, ["S", "W01", "F01"]), Aids()).findings == ()
    assert check_text(of_text(articles.replace("条", "款")), choose(RULES, ["W01"]), Aids()).findings


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(?:党的)?路线教育", {"路线教育"}),
        ("修堤|清[渠塘]", {"修堤", "清"}),
        ("(?:^|(?<=。))要求", {"要求"}),
        ("[甲乙](?!丙)", {"甲", "乙"}),
        ("第(?:一|二)批", {"第"}),
        ("(?i)abc", set()),
        ("[一-十]*", set()),
        ("坏[", set()),
    ],
)
def test_what_an_expression_cannot_match_without(pattern, words):
    """The words a text is asked for before an expression is run over it; none where that cannot be told."""
    assert needed((pattern,)) == words


def test_every_expression_finds_its_example_only_with_a_needed_word():
    """No rule's faulty example is missed for want of the words its expressions are thought to need."""
    for rule in RULES:
        for name in rule.lists:
            words = needed(rule.words(name))
            text = of_text(rule.faulty.text)
            hits = [p for p in text.paragraphs if _searches(rule, name, p.text) or _searches(rule, name, p.plain)]
            assert not words or all(any(w in p.text or w in p.plain for w in words) for p in hits), (rule.id, name)


def _searches(rule, name: str, text: str) -> bool:
    try:
        return bool(rule.pattern(name).search(text))
    except ConfigError:
        return False  # a list of rows, no expressions


def test_a_rule_that_never_ends_is_named(tmp_path):
    """A user's expression whose repetitions repeat: a message, not a year of waiting."""
    rule = """id: X01
name: 自家忌语
kind: pattern
severity: W
reason: 领导不喜欢。
advice: 换个说法
lists: {patterns: ['(的+)+[抓捉]']}
numbers: {seconds: 0.2}
clean: 好。
faulty: 的抓。
"""
    folder = write_tree(tmp_path, {"rules/X01.yaml": rule})
    rules = choose(load_rules([folder, TEMPLATES]), ["X01"])
    with pytest.raises(ConfigError, match=r"规则 X01 .*重复套着重复"):
        check_text(of_text(f"我们抓{'的' * 60}手。"), rules, Aids())
    assert [f.text for f in check_text(of_text("我们的抓手。"), rules, Aids()).findings] == ["的抓"]
