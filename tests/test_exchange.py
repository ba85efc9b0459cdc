"""Banks as lines of JSON, several banks as one, and banks that are not whole."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

from phrasebank.bank import Bank, Contents, write_bank
from phrasebank.errors import BankError
from phrasebank.exchange import read_lines, write_lines
from phrasebank.mine import mine
from phrasebank.model import Lexicon, MinedDocument, Phrase, Quoted, Removed, Source, Term
from phrasebank.schema import COUNTED
from phrasebank.union import united

SPEECH = """把河堤守住
同志们：
今天我们开会，主要是把汛期的工作再理一遍。
一、把隐患查清
要组织巡堤员沿河走一遍，把每一处渗漏都记到本子上。要把沙袋和抽水机提前运到险段，谁看守、谁调用都要写明。
"""
OTHER = """把学校办好
同志们：
今天我们研究学校的事情。
一、把食堂管好
要组织家长代表轮流到食堂陪餐，把意见当天记到本子上。要组织巡堤员沿河走一遍，把每一处渗漏都记到本子上。
"""


@pytest.fixture
def banks(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Two banks of one text each, and one of both."""
    for name, text in (("甲/稿.txt", SPEECH), ("乙/稿.txt", OTHER)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, "utf-8")
    made = tuple(tmp_path / f"{name}.db" for name in ("a", "b", "both"))
    for bank, folders in zip(made, (["甲"], ["乙"], ["甲", "乙"]), strict=True):
        mine([tmp_path / f for f in folders], bank, Lexicon(), base=tmp_path)
    return made  # type: ignore[return-value]


def full(path: Path) -> Path:
    """A bank with something in every table."""
    removed, quoted = (Removed(1, "查看全文", "ad"),), (Quoted(3, "“千里之堤”", "classic"),)
    documents = tuple(MinedDocument(f"{n}.txt", str(n) * 64, 9, removed, quoted, 2021) for n in range(3))
    text = "把河堤上的险段一处一处查清。"
    more = {"theme": "安全生产", "facets": ("隐患排查",), "names": ("青山县",), "years": (2021, 2021)}
    phrases = [Phrase(f"p{n}", text + str(n), text, "measure", "plain", sources=(Source(f"{n}.txt", 3),), **more) for n in range(3)]
    terms = [Term(term, 3, 3, 1.0, ((2021, 3),)) for term in ("河长制", "湖长制")]
    write_bank(Contents(documents, phrases, terms, {}, {"q1": "p1", "q2": "p1"}), path)
    return path


@pytest.mark.parametrize("table", COUNTED)
def test_a_row_that_is_lost_is_noticed(tmp_path, table):
    """One row out of any table of what was mined: `verify` says so."""
    assert Bank(full(tmp_path / "full.db")).faults() == []
    with sqlite3.connect(tmp_path / "full.db") as connection:
        key = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
        connection.execute(f"DELETE FROM {table} WHERE ({key}) IS (SELECT {key} FROM {table} ORDER BY 1 DESC LIMIT 1)")
    connection.close()
    assert "应有" in "；".join(Bank(tmp_path / "full.db").faults())


def opened(*paths: Path) -> list[tuple[str, object]]:
    return [(path.stem, Bank(path).contents()) for path in paths]


def test_lines_of_json_give_the_same_bank(banks, tmp_path):
    write_lines(Bank(banks[2]).contents(), tmp_path / "库.jsonl")
    write_bank(read_lines(tmp_path / "库.jsonl"), tmp_path / "again.db")
    assert (tmp_path / "again.db").read_bytes() == banks[2].read_bytes()


def test_lines_of_json_name_what_they_hold(banks, tmp_path):
    write_lines(Bank(banks[0]).contents(), tmp_path / "库.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "库.jsonl").read_text("utf-8").splitlines()]
    assert rows[0]["nigao"] == "bank"
    phrases = [row["phrase"] for row in rows if "phrase" in row]
    assert any("巡堤员" in phrase["text"] and phrase["sources"] == [{"file": "甲/稿.txt", "line": 5}] for phrase in phrases)


def test_two_banks_are_the_bank_of_both(banks):
    apart, together = united(opened(*banks[:2])), Bank(banks[2]).contents()  # type: ignore[arg-type]
    assert [phrase.id for phrase in apart.phrases if not phrase.reason] == [p.id for p in together.phrases if not p.reason]
    found = {p.id: p.documents + p.copies for p in together.phrases}  # that one repeats the other is known only to mining
    assert {p.id: p.documents for p in apart.phrases} == found
    assert sorted(d.file for d in apart.documents) == [d.file for d in together.documents]
    assert apart.meta == together.meta
    shared = [p for p in apart.phrases if "巡堤员" in p.text]
    assert [(p.count, p.documents) for p in shared] == [(2, 2)]


def test_a_text_in_both_banks_counts_once(banks):
    assert united(opened(banks[2], banks[0])) == Bank(banks[2]).contents()  # type: ignore[arg-type]


def test_one_file_name_for_two_texts(banks, tmp_path):
    (tmp_path / "甲/稿.txt").write_text(OTHER, "utf-8")
    mine([tmp_path / "甲"], tmp_path / "later.db", Lexicon(), base=tmp_path)
    files = [d.file for d in united(opened(banks[0], tmp_path / "later.db")).documents]  # type: ignore[arg-type]
    assert files == ["later/甲/稿.txt", "甲/稿.txt"]


def test_a_mined_bank_is_whole(banks):
    assert [fault for bank in banks for fault in Bank(bank).faults()] == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DELETE FROM documents", "引用落空"),
        ("DELETE FROM sources", "没有出处"),
        ("UPDATE phrases SET documents = 9", "篇数"),
        ("UPDATE phrases SET reason = 'names' WHERE rowid = 1", "检索"),
        ("UPDATE phrases SET rowid = rowid + 100", "排名"),
        ("UPDATE phrases SET polarity = 'refuted'", "批驳"),
        ("UPDATE phrases SET copies = -1", "重复数"),
        ("UPDATE phrases SET year_from = 2020, year_to = 2010", "颠倒"),
        ("INSERT INTO aliases VALUES ('p0', 'p1')", "旧编号"),
        ("UPDATE documents SET copy_of = '丙.txt'", "找不到原文"),
        ("INSERT INTO marks VALUES ('p0', 1, 1, '', '')", "自相矛盾"),
        ("INSERT INTO own_phrases VALUES ('p0', 'sentence', '办好。', '办好。', 'lead', 'plain', NULL, NULL, NULL)", "自拟"),
        ("DELETE FROM documents WHERE id = (SELECT max(id) FROM documents)", "文件应有"),
        ("DELETE FROM phrases WHERE rowid = (SELECT max(rowid) FROM phrases)", "语句应有"),
        ("DELETE FROM sources WHERE line = 5", "出处应有"),
        ("DELETE FROM pinyin WHERE uses = 1", "拼音应有"),
        ("INSERT INTO facets VALUES (1, '河道管护', 9)", "侧面应有"),
        ("UPDATE phrases SET text = '别的话：' || text", "检索不到"),
        ("DELETE FROM phrase_index_docsize WHERE id = 1", "没有编入检索"),
        ("INSERT INTO names VALUES (1, substr((SELECT template FROM phrases WHERE rowid = 1), 1, 2))", "外地名称"),
    ],
)
def test_what_is_not_whole_is_said(banks, damage, said):
    with sqlite3.connect(banks[0]) as connection:
        connection.execute(damage)
    connection.close()
    assert said in "；".join(Bank(banks[0]).faults())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", None), ("不是 JSON", None), ("{}", 1), ('{"nigao": "bank", "schema": 99}', 1), ("[1]", 1),
        ('{"nigao": "bank", "schema": 2, "meta": {}}\n{"phrase": {"id": "p"}}', 2),
        ('{"nigao": "bank", "schema": 2, "meta": {}}\n{"else": {}}', 2), ('{"nigao": "bank", "schema": 2, "meta": {}}\n3', 2),
    ],
)  # fmt: skip
def test_what_is_no_export_is_refused(tmp_path, text, line):
    (tmp_path / "a.jsonl").write_text(text, "utf-8")
    with pytest.raises(BankError) as fault:
        write_bank(read_lines(tmp_path / "a.jsonl"), tmp_path / "a.db")
    assert fault.value.line == line
    assert not (tmp_path / "a.db").exists()


def test_a_phrase_of_a_document_that_is_not_listed(banks, tmp_path):
    """An export that lost a line is one message, and no bank."""
    write_lines(Bank(banks[2]).contents(), tmp_path / "b.jsonl")
    lines = (tmp_path / "b.jsonl").read_text("utf-8").splitlines()
    (tmp_path / "b.jsonl").write_text("\n".join(line for line in lines if not line.startswith('{"document"')), "utf-8")
    with pytest.raises(BankError, match="名单里没有的文件"):
        write_bank(read_lines(tmp_path / "b.jsonl"), tmp_path / "c.db")
    assert not (tmp_path / "c.db").exists()


def test_a_device_is_no_place_for_a_bank(banks, tmp_path):
    """What is no ordinary file stays what it is."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BankError, match="不是普通文件"):
        write_bank(Bank(banks[0]).contents(), tmp_path / "pipe")
    assert (tmp_path / "pipe").is_fifo()


def test_a_role_that_there_is_not_is_noticed(banks):
    """Roles are a closed list."""
    with sqlite3.connect(banks[2]) as connection:
        connection.execute("UPDATE phrases SET role = 'nonsense' WHERE rowid = 1")
    assert any("不在名单里" in fault for fault in Bank(banks[2]).faults())


def test_banks_of_real_reports_are_whole(shared, tmp_path):
    """Also where a report says nearly the same twice."""
    reports = sorted((shared / "corpus/gov_reports").rglob("*.txt"))[::60]
    mine([*reports, shared / "corpus/seeds"], tmp_path / "b.db", Lexicon(), terms=False)
    bank = Bank(tmp_path / "b.db")
    assert bank.faults() == []
    write_lines(bank.contents(), tmp_path / "b.jsonl")
    write_bank(read_lines(tmp_path / "b.jsonl"), tmp_path / "again.db")
    assert (tmp_path / "again.db").read_bytes() == (tmp_path / "b.db").read_bytes()
