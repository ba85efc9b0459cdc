"""What a review with fresh eyes taught the checks: each fault beside the wording that looks like it and is none."""

from __future__ import annotations

from itertools import pairwise

import pytest

from drafting.checks import Aids, choose, load_rules
from drafting.checks.clauses import MOST, clauses_of
from drafting.checks.kinds import Example
from drafting.checks.run import check_example, check_text, outline_of
from drafting.checks.text import of_text
from drafting.config import TEMPLATES

RULES = load_rules([TEMPLATES])
COUNTY = {"level": "县", "place": "青山县", "unit": "青山县人民政府", "year": 2026}
TOWN = {"level": "乡", "place": "临河乡", "unit": "临河乡人民政府", "year": 2026}
REPORT = {**COUNTY, "genre": "工作总结"}


def found(rule: str, text: str, **outline) -> list:
    (one,) = choose(RULES, [rule])
    return [f for f in check_example(one, Example(text, outline), Aids()) if f.severity != "I"]


PAIRS = [
    ("W04", "现在，我代表县人民政府，向大会报告工作。", "这一年我认为河堤修得最好。", REPORT),
    ("W04", "在此，我谨代表县人民政府表示感谢。", "在此我把一年的账说一说。", REPORT),
    ("W04", "以时不我待的劲头、舍我其谁的担当抓落实，形成你追我赶的局面。", "劲头要足，我也不例外。", REPORT),
    ("W04", "人人为我，我为人人，开展我爱家乡活动。", "全县开展活动，我负责水利。", REPORT),
    ("W04", "我方代表签了协议，民之所忧，我必念之。", "我在协议上签了字。", REPORT),
    ("W04", "我州堤防修了三里，我场我队都出了人。", "我跑遍了三里堤防。", REPORT),
    ("W04", "下面，我就河堤的事作简要说明。", "我从河堤上回来。", REPORT),
    ("W05", "口音成了我省力的由头。", "我省力争早修完。", TOWN | {"level": "县", "place": "青山县"}),
    ("W05", "我市场上买来的菜，我县城里没有房。", "我市市场红火。", COUNTY),
    ("W05", "我县城市建设加快。", "我市城建加快。", COUNTY),
    ("W05", "我区分了两类情况。", "我区分管领导到堤上。", COUNTY),
    ("W05", "我村里还有三亩地。", "我村有三亩地。", TOWN),
    ("W05", "全乡上下一条心，我乡的群众都说好。", "全镇上下一条心。", TOWN),
    ("R02", "全县的旧堤边是集中连片平房区。", "推动平房区高质量发展。", COUNTY),
    ("R02", "下面，请副县长张伟同志通报情况。", "推动全南县再上台阶。", COUNTY),
    ("Q01", "“路漫漫其修远兮，吾将上下而求索”，屈原的话激励着我们。", "“人民对美好生活的向往，就是我们的奋斗目标”，我们的话要算数。", {}),
    ("Q03", "学习总书记强调的道理，习近平总书记在党的二十大报告中指出，要走正路。", "习总书记强调，要走正路。", {}),
    ("Q03", "胡锦涛同志在党的十八大报告中指出，要走正路。习近平在十九大报告中指出，要走正路。",
     "胡锦涛主席在十九大报告中指出，要走正路。", {}),
    ("P02", "要强责任、强作风、强本领。", "要强责任，强作风、强本领。", {}),
    ("W03", "以实际行动践行“两个维护”。", "坚决做到“三个维护”。", {}),
    ("W03", "协调推进“四个全面”战略布局。", "协调推进“四个全面”战略部署。", {}),
    ("W03", "加快构建新发展格局，建设新发展格局先行区。", "加快建设新发展格局。", {}),
    ("W03", "反对形式主义、官僚主义、享乐主义和奢靡之风。", "反对形式主义、官僚主义、享乐主义和奢侈之风。", {}),
    ("W03", "用好监督执纪“四种形态”，办好“五种形态”的农家乐。", "用好监督执纪“五种形态”。", {}),
    ("W03", "落实产业兴旺、生态宜居、乡风文明、治理有效、生活富裕的总要求。",
     "落实产业兴旺、生态宜居、乡风文明、治理有效、生活富足的总要求。", {}),
    ("W03", "贯彻创新、协调、绿色、开放、共享的新发展理念。", "贯彻创新、协调、绿色、开放、高效的新发展理念。", {}),
    ("W03", "2014年我们坚定“三个自信”。坚定“四个自信”。", "要坚定“三个自信”。", COUNTY),
    ("R05", "刚刚过去的2025年，是极不平凡的一年。", "刚刚过去的2023年，是极不平凡的一年。", COUNTY),
    ("R05", "到2027年底，要全面完成。规划提出，到2020年要全面完成。", "到2025年底，要全面完成高标准农田建设任务。", COUNTY),
    ("R05", "党的二十届四中全会刚刚闭幕。", "党的十九届五中全会刚刚闭幕。", COUNTY),
    ("R05", "今年是2026年，打赢脱贫攻坚战以来，决胜全面建成小康社会取得成果。", "今年是决胜全面建成小康社会的关键之年。", COUNTY),
    ("R05", "五年来打赢了脱贫攻坚战，要确保不返贫。", "坚决打赢脱贫攻坚战，确保如期脱贫。", COUNTY),
    ("R05", "2021年是建党100周年，2026年是建党105周年。", "2026年是建党100周年。", {}),
    ("S01", "一、抓项目\n项目要实。\n二、抓产业\n产业要强。", "一.抓项目\n项目要实。\n二.抓产业\n产业要强。", {}),
    ("S01", "其一，看堤。其二，看渠。其三，看桥。", "其一，看堤。其三，看渠。其四，看桥。", {}),
    ("S01", "首先，看堤。其次，看渠。再次，看桥。", "首先，看堤。再次，看桥。", {}),
    ("S01", "1.修路\n修好三条路。\n2.通水\n把水送到户。\n3.建学堂\n把学堂建好。",
     "1.修路\n修好三条路。\n2、通水\n把水送到户。\n4.建学堂\n把学堂建好。", {}),
    ("R01", "1.修路\n修好三条路。\n2、通水\n把水送到户。\n4.建学堂\n把学堂建好。",
     "1.修路\n修好三条路。\n查看全文请加客服微信abc123", {}),
    ("S02", "一、存在问题\n堤上没有人。\n二、产生问题的根源\n心里没有堤。\n三、整改措施\n天天上堤看。",
     "一、守住河堤\n堤上要有人。\n二、心里装着群众安危，手上不敢松劲\n心里要有堤。\n三、护好水渠\n天天上堤看。", {"genre": "对照检查材料"}),
    ("W05", "全镇上下一条心。", "全县上下一条心。", {"level": "镇", "place": "临河"}),
]


@pytest.mark.parametrize(("rule", "clean", "faulty", "outline"), PAIRS)
def test_look_alikes_are_told_apart(rule, clean, faulty, outline):
    assert [(f.text, f.message) for f in found(rule, clean, **outline)] == []
    assert found(rule, faulty, **outline), faulty


def test_what_is_missing_is_told_at_a_whole_sentence_that_stands_there():
    text = (
        "关于守河堤的研讨发言\n围绕守河堤，我谈三点体会。\n一、想清楚为什么守\n堤下有三个村，人心系在堤上。\n"
        "雨夜要上堤。我将在六月底前把堤上的险段和堤下的沟渠从头到尾走一遍。"
    )
    (end,) = [f for f in found("S04", text, genre="研讨发言") if "结尾" in f.message]
    assert end.text == "我将在六月底前把堤上的险段和堤下的沟渠从头到尾走一遍。"
    assert text.rsplit("\n", maxsplit=1)[-1][end.start : end.end] == end.text


def test_a_campaign_that_is_over_is_told_once_and_by_its_name():
    said = "当前，全镇正在深入开展主题教育。\n当前，全镇正在深入开展党史学习教育。\n学好四个意识，做到“三个维护”。"
    text = of_text(said, outline_of(Example("", COUNTY)))
    told = check_text(text, choose(RULES, ["R05", "W03"]), Aids()).findings
    assert [(f.id, f.paragraph) for f in told] == [("R05", 1), ("R05", 2), ("W03", 3)]
    assert "2019—2020年的事" in told[0].message
    assert "2023—2024年的事" in told[0].message
    assert "2019—2024" not in told[0].message
    alone = check_text(text, choose(RULES, ["W03"]), Aids()).findings
    assert [f.paragraph for f in alone] == [1, 2, 3]


def test_our_own_txt_with_its_times_is_read_as_the_draft_it_was(tmp_path):
    """[03:20] before each sentence is no text: it is not counted, and hides no heading."""
    lines = ["守河堤", "", "[00:00] 同志们：", "", "[00:02] 一、看清分量", "", "[00:04] 堤下有三个村。", "[00:07] 人心系在堤上。"]
    text = of_text("\n".join(lines))
    assert [(p.number, p.text) for p in text.paragraphs][1:] == [(2, "同志们："), (3, "一、看清分量"), (4, "堤下有三个村。人心系在堤上。")]
    assert text.characters == sum(len(line.split("] ")[-1]) for line in lines)
    assert text.paragraphs[2].level == 1
    once = of_text("会议定在[10:30] 开。\n[10:30] 开会。\n守河堤。")
    assert "[10:30] 开会。" in [p.text for p in once.paragraphs]


def test_a_sentence_without_end_is_not_looked_through_again_for_every_figure():
    """25,000 figures in a row took an hour: for each of them all that follow were compared. They are read in parts, none left out."""
    (paragraph,) = of_text("增长%，达到3.5亿元，其中" * 600).paragraphs
    parts = list(clauses_of(paragraph))
    assert sum(len(part.counts) for part in parts) == 600 and max(len(part.counts) for part in parts) <= MOST
    assert all(part.end == behind.start for part, behind in pairwise(parts))
