"""What belongs to one text alone is found; what is common wording is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrasebank.name_patterns import RULES
from phrasebank.names import find_slots


def found(text: str, kind: str) -> list[str]:
    return [text[a:b] for a, b, k in find_slots(text) if k == kind]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("在石家庄市和保定市召开会议", ["石家庄市", "保定市"]),
        ("推动临河镇发展，支持青山县建设", ["临河镇", "青山县"]),
        ("走进浙江杭州西湖区学习", ["浙江杭州西湖区"]),
        ("让苏陕协作更有成效", ["苏陕"]),
        ("推动临镇两地加强联动", ["临镇两地"]),
        ("全县上下一心，我镇走在前", ["全县", "我镇"]),
        ("守护好秦岭的绿水", ["秦岭"]),
        ("带头到陕西调研", ["陕西"]),
        ("建设美丽江西", ["江西"]),
        ("同上海合作", ["上海"]),
        ("青山县临河镇石桥村", ["青山县临河镇石桥村"]),
        ("沿312国道和京沪高铁", ["312国道", "京沪高铁"]),
        ("加强沂河治理", ["沂河"]),
        ("在怀化市会同县调研", ["怀化市会同县"]),
        ("会同县面貌一新", ["会同县"]),
        ("要会同县公安局开展整治", []),
        ("会同县发改局抓好落实", []),
        ("劳模王秀英同志来自青山县", ["青山县"]),
        ("第八届青山茶文化节", []),
        ("身穿中山装", []),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert found(text, "place") == places


@pytest.mark.parametrize(
    "text",
    [
        "新建一批和平友好的项目",
        "朝阳产业在东方升起",
        "城区道路和鼓楼",
        "乡村振兴和农村改革",
        "长治久安，幸福安康",
        "推动新城建设",
        "各项任务进社区",
        "为全面发展",
        "评为示范县",
        "创新县域治理",
        "隆重庆祝建党",
        "绿水青山就是金山银山",
    ],
)
def test_ordinary_words_are_no_places(text: str) -> None:
    assert found(text, "place") == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("新建公路36公里，增收3.5万元，增长12.6%", ["36公里", "3.5万元", "12.6%"]),
        ("办好一百项实事，惠及三千余户", ["一百项", "三千余户"]),
        ("跑遍25个县（市、区）", ["25个县（市、区）"]),
        ("每年超过万件", ["超过万件"]),
        ("投入三百二十万元，增长百分之十二点五", ["三百二十万元", "百分之十二点五"]),
        ("提高两个百分点，规模1.2万亿", ["两个百分点", "1.2万亿"]),
        ("每村3-5个，增长10%—12%", ["3-5个", "10%—12%"]),
        ("引进二十余家企业、20余家商户", ["二十余家", "20余家"]),
        ("达到20.3万家，居全省第1，", ["20.3万家", "居全省第1"]),
        ("建设5G基站和G60走廊", []),
    ],
)
def test_numbers(text: str, numbers: list[str]) -> None:
    assert found(text, "number") == numbers


@pytest.mark.parametrize(
    "text",
    [
        "一批",
        "一把钥匙",
        "每一项任务",
        "第一时间",
        "三个方面",
        "千家万户",
        "百年大计",
        "第1篇",
        "第二十九条",
        "亿万人民",
        "两个维护",
        "千条线",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert found(text, "number") == []


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2024年5月6日开会", ["2024年5月6日"]),
        ("今年以来", ["今年以来"]),
        ("在20年前", ["20年前"]),
        ("2025年底前", ["2025年底"]),
        ("这些年轻干部", []),
        ("“十四五”期间，到本世纪中叶", ["“十四五”期间", "本世纪中叶"]),
        ("2024年1—9月和2021—2025年", ["2024年1—9月", "2021—2025年"]),
        ("从上世纪80年代到去年下半年", ["上世纪80年代", "去年下半年"]),
        ("二〇二四年五月六日，农历八月十五", ["二〇二四年五月六日", "农历八月十五"]),
        ("前三季度，5月6日至8日", ["前三季度", "5月6日至8日"]),
        ("五年来，今后五年", ["五年来", "今后五年"]),
        ("“八五”普法", []),
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    assert found(text, "date") == dates


def test_bodies_and_people() -> None:
    assert found("县委党校和人社局共同承办", "org") == ["县委党校", "人社局"]
    assert found("镇党委书记带头，镇组织委员落实", "person") == ["镇党委书记", "镇组织委员"]
    assert found("习近平总书记强调", "person") == []


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("青山县人民政府办公室印发", ["青山县人民政府办公室"]),
        ("中共青山县委决定", ["中共青山县委"]),
        ("城关街道党工委牵头", ["城关街道党工委"]),
        ("省发展改革委和市中级人民法院", ["省发展改革委", "市中级人民法院"]),
        ("县人民医院、镇中心小学", ["县人民医院", "镇中心小学"]),
        ("国家海洋局、农村党组织、直辖市", []),
        ("县委办公室、县政府办公室和团县委", ["县委办公室", "县政府办公室", "团县委"]),
        ("县委、县政府决定", ["县委、县政府"]),
        ("要会同县公安局开展整治", ["县公安局"]),
    ],
)
def test_bodies(text: str, bodies: list[str]) -> None:
    assert found(text, "org") == bodies


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("县长张伟说", ["张伟"]),
        ("李某某、张伟同志和镇党委书记王大山同志", ["李某某", "张伟同志", "镇党委书记", "王大山同志"]),
        ("市长　王大山", ["王大山"]),
        ("城乡居民收入，农村居民增收，忠于某个人", []),
        ("欧阳志远带领乡亲们修路", ["欧阳志远"]),
        ("王大山说，路修好了", ["王大山"]),
        ("老周告诉我们，小李每天都来", ["老周", "小李"]),
        ("支部书记老周三年修了八里路", ["支部书记", "老周"]),
        ("司马光明、上官雪两位同志发了言", ["司马光明", "上官雪"]),
        ("高标准是底线，小康是目标，任何人说情都不行", []),
        ("方案表示清楚，成果常看常新，孔子说", []),
    ],
)
def test_people(text: str, people: list[str]) -> None:
    assert [name for name in found(text, "person") if not name.endswith("县长")] == people


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("《关于印发〈方案〉的通知》（青政发〔2024〕12号）", ["《关于印发〈方案〉的通知》（青政发〔2024〕12号）"]),
        ("按照青政办〔2024〕3号要求", ["按照青政办〔2024〕3号"]),
        ("落实省委一号文件", ["省委一号文件"]),
        ("《临河志》有言：“路通则财通。”", []),
        ("《临河志》里说的“路通财通”", []),
        ("《修路通知》要求：“先修桥，后修路。”", ["《修路通知》"]),
    ],
)
def test_documents(text: str, documents: list[str]) -> None:
    assert found(text, "document") == documents


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("成功举办第三届临河文化旅游节", ["第三届临河文化旅游节"]),
        ("今天召开全县安全生产现场会", ["全县安全生产现场会"]),
        ("在青山县第十八届人民代表大会第二次会议上", ["青山县第十八届人民代表大会第二次会议"]),
        ("召开座谈会，开好动员会", []),
    ],
)
def test_events(text: str, events: list[str]) -> None:
    assert found(text, "event") == events


@given(st.text("县委区镇第十届一二百万元年月日0123“”《》〔〕全国省道青山苏陕两地、，。某同志会等项目", max_size=60))
def test_the_one_scan_finds_what_each_rule_would(text: str) -> None:
    """No rule begins with two characters it does not name."""
    for rule in RULES:
        for at in (m.start() for m in rule.pattern.finditer(text)):
            pairs = [(firsts, seconds or text) for firsts, seconds in rule.starts]
            assert any(text[at] in firsts and text[at + 1 : at + 2] in seconds for firsts, seconds in pairs), (rule.kind, text)


@pytest.mark.parametrize("unit", ["县", "1", "年", "“", "、", "，", "山", "青山", "《", "第", "县、", "在临河镇"])
def test_slots_of_a_huge_line_lie_in_it(unit: str) -> None:
    """Would take hours if time grew squared; how fast it is, benchmarks/reading.py tells."""
    size = 200_000
    assert all(0 <= start < end <= size for start, end, _ in find_slots((unit * size)[:size]))


def test_documents_projects_events() -> None:
    text = "按照《青山县条例（试行）》推进“百村千树”工程，参加“山货节”"
    assert found(text, "document") == ["《青山县条例（试行）》"]
    assert found(text, "project") == ["“百村千树”工程"]
    assert found(text, "event") == ["“山货节”"]
