"""What belongs to one text alone is found; what is common wording is not."""

import pytest

from phrasebank.names import find_slots, short_forms


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
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert found(text, "place") == places


@pytest.mark.parametrize(
    "text",
    [
        "新建一批和平友好的项目",
        "朝阳产业在东方升起",
        "城区道路和鼓楼广场",
        "乡村振兴和农村改革",
        "长治久安，幸福安康",
        "推动新城建设",
        "各项任务进社区",
        "为全面发展",
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
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    assert found(text, "date") == dates


def test_bodies_and_people() -> None:
    assert found("县委党校和人社局共同承办", "org") == ["县委党校", "人社局"]
    assert found("镇党委书记带头，镇组织委员落实", "person") == ["镇党委书记", "镇组织委员"]
    assert found("习近平总书记强调", "person") == []


def test_documents_projects_events() -> None:
    text = "按照《青山县条例（试行）》推进“百村千树”工程，参加“山货节”"
    assert found(text, "document") == ["《青山县条例（试行）》"]
    assert found(text, "project") == ["“百村千树”工程"]
    assert found(text, "event") == ["“山货节”"]


def test_short_forms_are_tied_to_full_names() -> None:
    assert short_forms(["青山县", "石家庄市", "全县"]) == {"青山": "青山县", "石家庄": "石家庄市"}
