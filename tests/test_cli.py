"""The command line as users call it: what is printed where, the JSON of each command, and exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from conftest import write_tree

OUTLINE = "genre: 研讨发言\ntheme: 安全生产\nseed: 3\nprofile: {level: 镇, place: 临河镇}\n"
SPEECH = """\
在全镇护堤工作会上的讲话
同志们：
今天我们开一个短会，专门说一说河堤上的隐患。
一、查清隐患
要把河堤上的险段一处一处查清，查到哪里就修到哪里。点击下载全文请加微信咨询客服。
二、压实责任
要把每一段河堤都写上一个人的名字，汛期里天天有人走、有人看。有的干部一个汛期也没有到过河堤。
"""
FULL = """\
genre: 研讨发言
theme: 安全生产
date: 今天
profile: {level: 村, unit: 河口村, post: 支书, name: 某某}
sections: [{part: 结尾, points: [{heading: '', text: 河堤天天有人看。, fixed: true}]}]
"""


def rows(done) -> list[dict]:
    """Standard output as JSON, one object a line."""
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def errors(done) -> list[str]:
    """The error lines of a call; whatever went wrong, there is no traceback."""
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return [line for line in done.stderr.splitlines() if line.startswith("错误：")]


# ---------------------------------------------------------------- help and calls
COMMANDS = [
    "new", "schema", "draft", "batch", "check", "format", "headings", "mine", "inspect", "suggest", "bank", "themes", "genres",
    "templates",
]  # fmt: skip


def test_help_names_every_command(nigao):
    """`nigao --help` lists the commands, in Chinese, on stdout."""
    done = nigao("--help")
    assert done.returncode == 0
    assert all(re.search(rf"^\s+{command}\s", done.stdout, re.M) for command in COMMANDS)
    assert "用法：nigao" in done.stdout
    assert not re.search("usage|options|show this|positional", done.stdout)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(here, command):
    """Each command's help says in Chinese what every option does."""
    done = here(command, "--help")
    assert done.returncode == 0
    assert f"用法：nigao {command}" in done.stdout
    for line in done.stdout.splitlines():
        if re.match(r"\s+-", line):
            assert re.search(r"[\u4e00-\u9fff]", line), line


def test_the_version(here):
    """`--version` prints name and number."""
    done = here("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"\d+\.\d+\.\d+", done.stdout)


def test_without_a_terminal_there_is_help_and_exit_two(nigao):
    """In a script `nigao` alone does not wait for keys nobody will press."""
    done = nigao()
    assert done.returncode == 2
    assert "用法：nigao" in done.stdout + done.stderr
    assert "nigao draft" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["drat", "o.yaml"], ["drat", "draft"]), (["draft"], ["缺少参数"]), (["batch", "a.yaml"], ["--output"]),
        (["mine", "a.txt"], ["--output"]),
        (["draft", "o.yaml", "--lay"], ["--lay"]), (["draft", "o.yaml", "-o"], ["-o"]), (["suggest", "-n", "八"], ["八", "数字"]),
        (["bank", "show"], ["show", "info"]), (["themes", "drop"], ["drop", "list"]),
    ],
)  # fmt: skip
def test_a_wrong_call_is_told_in_chinese(here, arguments, words):
    """One clear message, where to find help, exit code 2."""
    done = here(*arguments)
    assert done.returncode == 2
    (message,) = errors(done)
    assert all(word in message for word in words), message
    assert not re.search("invalid|required|expected|argument", done.stderr)
    assert "--help" in done.stderr
    assert done.stdout == ""


# ---------------------------------------------------------------- new
@pytest.mark.parametrize("genre", ["研讨发言", "会议讲话", "党课"])
def test_a_new_outline_can_be_drafted_as_it_is(here, tmp_path, genre):
    """What `nigao new` writes is a right outline with a comment on its keys."""
    assert here("new", "--genre", genre, "--theme", "民生实事", "-o", "o.yaml").returncode == 0
    text = (tmp_path / "o.yaml").read_text("utf-8")
    assert f"genre: {genre}" in text
    assert text.count("#") > 8
    assert rows(here("draft", "o.yaml", "-o", "o.md", "--json"))[0]["output"] == "o.md"


def test_new_prints_and_does_not_overwrite(here, tmp_path):
    """Without -o the outline is printed; a file that is there stays as it is."""
    assert here("new").stdout.startswith("#")
    write_tree(tmp_path, {"o.yaml": "mine"})
    done = here("new", "-o", "o.yaml")
    assert done.returncode == 2
    assert len(errors(done)) == 1
    assert (tmp_path / "o.yaml").read_text() == "mine"


# ---------------------------------------------------------------- draft
def test_draft_writes_and_says_so(here, tmp_path):
    """The file stands beside the outline's name; what is said goes to stderr, nothing to stdout."""
    write_tree(tmp_path, {"稿/o.yaml": OUTLINE})
    done = here("draft", "稿/o.yaml")
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "o.docx").read_bytes().startswith(b"PK")
    assert "o.docx" in done.stderr
    assert here("draft", "稿/o.yaml", "--quiet").stderr == ""


@pytest.mark.parametrize("name", ["稿.docx", "稿.md", "稿.txt", "稿.json"])
def test_draft_json(here, tmp_path, name):
    """`draft --json`, key by key as DESIGN §5 has it, the same for every form of output."""
    write_tree(tmp_path, {"o.yaml": OUTLINE})
    (row,) = rows(here("draft", "o.yaml", "-o", name, "--json"))
    assert {key: type(value) for key, value in row.items()} == {
        "output": str, "title": str, "characters": int, "minutes": float, "sections": list, "blanks": list, "sources": list,
        "overlap": float, "findings": dict,
    }  # fmt: skip
    assert row["output"] == name
    assert (tmp_path / name).stat().st_size > 500
    for section in row["sections"]:
        assert {key: type(value) for key, value in section.items()} == {
            "heading": str,
            "characters": int,
            "share": float,
        }
    for blank in row["blanks"]:
        assert list(blank) == ["kind", "what", "unit", "paragraph"]
        assert isinstance(blank["unit"], str | None)
        assert isinstance(blank["paragraph"], int)
    for source in row["sources"]:
        assert {key: type(value) for key, value in source.items()} == {"file": str, "line": int, "paragraph": int}
    assert {key: type(value) for key, value in row["findings"].items()} == {"E": int, "W": int, "I": int}
    assert row["blanks"]
    assert row["sources"]
    assert 0 <= row["overlap"] < 1


def test_the_same_call_gives_the_same_bytes(nigao, tmp_path):
    """Same outline, bank and seed: the same file, byte for byte; another seed, another file."""
    write_tree(tmp_path, {"o.yaml": OUTLINE, "p.yaml": OUTLINE.replace("seed: 3", "seed: 4")})
    for outline, name in (("o", "a"), ("o", "b"), ("p", "c")):
        assert nigao("draft", f"{outline}.yaml", "-o", f"{name}.docx").returncode == 0
    assert (
        (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes() != (tmp_path / "c.docx").read_bytes()
    )


def test_several_outlines_in_one_file(here, tmp_path):
    """Two pieces give two numbered files and two rows."""
    write_tree(tmp_path, {"o.yaml": f"{OUTLINE}---\n{OUTLINE}"})
    assert [row["output"] for row in rows(here("draft", "o.yaml", "-o", "稿.md", "--json"))] == ["稿-1.md", "稿-2.md"]


def test_a_final_version_with_blanks_is_refused(nigao, tmp_path):
    """--final: blanks left mean exit code 1, a list of them and no file."""
    write_tree(tmp_path, {"o.yaml": OUTLINE, "full.yaml": FULL})
    done = nigao("draft", "o.yaml", "-o", "稿.docx", "--final")
    assert done.returncode == 1
    assert errors(done) == []
    assert "待填" in done.stderr
    assert not (tmp_path / "稿.docx").exists()
    assert nigao("draft", "full.yaml", "-o", "稿.docx", "--final").returncode == 0
    assert (tmp_path / "稿.docx").exists()


def test_a_batch_that_is_only_not_final_yet_exits_with_one(here, tmp_path):
    """Blanks left under --final are no broken input: 1, and 2 as soon as an outline is wrong."""
    write_tree(tmp_path, {"a/o.yaml": OUTLINE, "a/full.yaml": FULL, "b/o.yaml": OUTLINE, "b/bad.yaml": "genre: 诗\n"})
    assert here("batch", "a", "-o", "out", "--final").returncode == 1
    assert (tmp_path / "out" / "full.docx").exists() and not (tmp_path / "out" / "o.docx").exists()
    assert here("batch", "b", "-o", "out2", "--final").returncode == 2


def test_own_banks_come_first_and_the_built_in_one_can_be_left_out(nigao, tmp_path):
    """--bank is used before the built-in bank; with --no-builtin nothing else is."""
    write_tree(tmp_path, {"o.yaml": OUTLINE, "旧稿.txt": SPEECH})
    assert "素材库已建好" in nigao("mine", "旧稿.txt", "-o", "b.db").stdout
    (row,) = rows(nigao("draft", "o.yaml", "-o", "a.md", "--bank", "b.db", "--no-builtin", "--json"))
    assert {source["file"] for source in row["sources"]} <= {"旧稿.txt"}
    assert rows(nigao("suggest", "河堤", "--bank", "b.db", "--no-builtin", "--json"))


# ---------------------------------------------------------------- batch
def test_batch_writes_the_good_and_names_the_broken(nigao, tmp_path):
    """One broken outline among three: two documents, a report, one message, exit code 2."""
    write_tree(tmp_path, {"稿/a.yaml": OUTLINE, "稿/b.yaml": "genre: 研讨\ntheme: 安全生产\n", "稿/c.yml": OUTLINE})
    done = nigao("batch", "稿", "-o", "out/deep", "--jobs", "2", "--json")
    assert done.returncode == 2
    (message,) = errors(done)
    assert all(word in message for word in ("稿/b.yaml", "第1行", "研讨发言"))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(row) for row in found] == [["file", "documents", "problems"]] * 3
    assert [len(row["documents"]) for row in found] == [1, 0, 1]
    assert [len(row["problems"]) for row in found] == [0, 1, 0]
    written = sorted(path.name for path in (tmp_path / "out/deep").iterdir() if not path.name.startswith("."))
    assert written == ["a.docx", "c.docx", "report.html", "report.json"]
    report = json.loads((tmp_path / "out/deep/report.json").read_text("utf-8"))
    assert (report["outlines"], report["written"]) == (3, 2)
    assert report["results"] == found


def test_a_batch_without_faults_is_zero(here, tmp_path):
    """All written: exit code 0."""
    write_tree(tmp_path, {"a.yaml": OUTLINE})
    assert here("batch", "a.yaml", "-o", "out").returncode == 0


# ---------------------------------------------------------------- mine, inspect, bank
def test_mine_counts_and_says_so(here, tmp_path):
    """`mine --json` tells what was kept, removed and dropped."""
    write_tree(tmp_path, {"旧稿/a.txt": SPEECH})
    (row,) = rows(here("mine", "旧稿", "-o", "b.db", "--json"))
    assert {
        "documents",
        "pieces",
        "characters",
        "phrases",
        "offered",
        "roles",
        "removed",
        "dropped",
        "defects",
        "unreadable",
        "output",
    } <= set(row)
    assert row["offered"] + sum(row["dropped"].values()) == row["phrases"]
    assert (row["documents"], row["output"], row["unreadable"]) == (1, "b.db", [])


def test_mine_names_what_it_could_not_read(here, tmp_path):
    """A binary file named .txt is one message and exit code 2; the rest is mined."""
    write_tree(tmp_path, {"旧稿/a.txt": SPEECH, "旧稿/坏.txt": bytes(range(256)) * 9})
    done = here("mine", "旧稿", "-o", "b.db", "--json")
    assert done.returncode == 2
    (message,) = errors(done)
    assert "坏.txt" in message
    assert json.loads(done.stdout)["documents"] == 1


def test_inspect_json(here, tmp_path):
    """`inspect --json`, key by key as DESIGN §5 has it."""
    write_tree(tmp_path, {"a.txt": SPEECH})
    (row,) = rows(here("inspect", "a.txt", "--json"))
    assert list(row) == ["file", "pieces", "removed", "defects", "quotations", "parallels", "slots", "notices"]
    (piece,) = row["pieces"]
    assert {
        "title",
        "genre",
        "theme",
        "salutation",
        "truncated",
        "first_line",
        "last_line",
        "headings",
        "paragraphs",
    } <= set(piece)
    assert {"level", "number", "text", "line", "run_in", "in_body"} <= set(piece["headings"][0])
    assert {"line", "text", "role", "polarity"} <= set(piece["paragraphs"][0])
    assert piece["salutation"] == "同志们："
    assert [heading["text"] for heading in piece["headings"]] == ["查清隐患", "压实责任"]
    assert all({"line", "text", "kind"} <= set(item) for key in ("removed", "defects", "slots") for item in row[key])
    assert row["removed"]


@pytest.mark.parametrize("command", [["inspect", "--json"], ["mine", "-o", "b.db", "--json"]])
def test_what_is_missing_stops_no_other_file(here, tmp_path, command):
    (tmp_path / "a.txt").write_text(SPEECH, "utf-8")
    done = here(*command, "无.txt", "a.txt")
    assert done.returncode == 2
    assert "无.txt：找不到" in done.stderr
    row = json.loads(done.stdout)
    assert row.get("file") == "a.txt" or row["documents"] == 1


def test_inspect_for_people_uses_no_codes(here, tmp_path):
    """What people read is Chinese: no names of kinds as programs call them."""
    write_tree(tmp_path, {"a.txt": SPEECH})
    done = here("inspect", "a.txt")
    assert done.returncode == 0
    assert not re.search(r"[a-z]+_[a-z]+|None|True", done.stdout)


def test_bank_info_and_list(here, tmp_path):
    """Totals and contents of a bank, for people and as JSON; terms come best first."""
    write_tree(tmp_path, {"a.txt": SPEECH, "b.txt": SPEECH})
    assert here("mine", "a.txt", "b.txt", "-o", "b.db").returncode == 0
    (info,) = rows(here("bank", "info", "b.db", "--json"))
    assert info["offered"] + sum(info["dropped"].values()) == info["offered"] + len(
        rows(here("bank", "list", "b.db", "--dropped", "-n", "0", "--json"))
    )
    listed = rows(here("bank", "list", "b.db", "--json", "-n", "0"))
    assert len(listed) == info["offered"]
    assert {(row["documents"], row["copies"]) for row in listed} == {(1, 1)}  # the second file only repeats the first
    terms = rows(here("bank", "list", "b.db", "--terms", "--json"))
    assert all({"phrase", "score"} <= set(term) for term in terms)
    scores = [term["score"] for term in terms]
    assert scores == sorted(scores, reverse=True)
    assert here("bank", "info", "b.db").returncode == 0
    assert len(rows(here("bank", "list", "-n", "3", "--json"))) == 3


def test_banks_are_verified_merged_exported_and_imported(here, tmp_path):
    """Two banks as one, as lines of JSON and back: the same bank; a damaged one is told by exit code 1."""
    write_tree(tmp_path, {"a.txt": SPEECH, "b.txt": SPEECH + "另加一句：要把沙袋和抽水机提前运到险段，谁看守都要写明。"})
    for name in "ab":
        assert here("mine", f"{name}.txt", "-o", f"{name}.db").returncode == 0
    (made,) = rows(here("bank", "merge", "a.db", "b.db", "-o", "c.db", "--json"))
    assert made["phrases"] == sum(len(rows(here("bank", "list", "c.db", *more, "--json", "-n", "0"))) for more in ([], ["--dropped"]))
    assert here("bank", "export", "c.db", "-o", "c.jsonl").returncode == 0
    assert here("bank", "import", "c.jsonl", "-o", "d.db").returncode == 0
    assert (tmp_path / "c.db").read_bytes() == (tmp_path / "d.db").read_bytes()
    assert [row["faults"] for row in rows(here("bank", "verify", "a.db", "d.db", "--json"))] == [[], []]
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("DELETE FROM sources")
    connection.close()
    told = here("bank", "verify", "a.db", "d.db")
    assert told.returncode == 1 and "a.db：有问题" in told.stdout and "d.db：完好" in told.stdout


# ---------------------------------------------------------------- suggest, themes, genres
def test_suggest_json(here):
    """`suggest --json`, key by key as DESIGN §5 has it, best first."""
    found = rows(here("suggest", "隐患", "--role", "举措", "--polarity", "平实", "--theme", "安全", "-n", "5", "--json"))
    assert 0 < len(found) <= 5
    for row in found:
        assert {key: type(value) for key, value in row.items()}.items() >= {
            "id": str, "text": str, "template": str, "role": str, "polarity": str, "facets": list, "score": float, "count": int,
            "documents": int, "sources": list, "names": list,
        }.items()  # fmt: skip
        assert (row["role"], row["polarity"]) == ("measure", "plain")
        assert "隐患" in row["text"]
        assert all(list(source) == ["file", "line"] for source in row["sources"])
    scores = [row["score"] for row in found]
    assert scores == sorted(scores, reverse=True)


def test_suggest_finds_what_people_see(here):
    """Words are looked for in the wording that is shown, level words included."""
    assert rows(here("suggest", "全镇", "--json"))


def test_nothing_found_is_no_fault(here):
    """An empty answer says so on stderr and exits with 0."""
    done = here("suggest", "没有人会写的话", "--json")
    assert (done.returncode, done.stdout) == (0, "")
    assert "没有找到" in done.stderr


@pytest.mark.parametrize("command", ["themes", "genres"])
def test_catalogues(here, command):
    """`list --json` names every entry; `show` tells all of one, by name or alias."""
    listed = rows(here(command, "list", "--json"))
    assert len(listed) >= 3
    assert all(isinstance(row["name"], str) for row in listed)
    for row in listed[:2]:
        (shown,) = rows(here(command, "show", row["aliases"][0], "--json"))
        assert shown["name"] == row["name"]
    assert listed[0]["name"] in here(command).stdout
    assert here(command, "show", listed[0]["name"]).returncode == 0


# ---------------------------------------------------------------- what is wrong
BOMB = (
    OUTLINE
    + f"facts: [{{name: 甲, value: 1}}]\nsections:\n- &s {{part: 认识, points: [&p {{facts: [{'甲, ' * 300}]}}{', *p' * 300}]}}\n"
    + "- *s\n" * 30
)
BROKEN_TEMPLATES = {f"user/sections/研讨发言/结尾-{n}.j2": "{{ nothing }}" for n in range(1, 10)}
BAD = {
    "tab": ("draft o.yaml", {"o.yaml": "genre: 研讨发言\nprofile:\n\tlevel: 镇\n"}, ["o.yaml", "第3行", "Tab"]),
    "wrong key": ("draft o.yaml", {"o.yaml": OUTLINE + "titel: 甲\n"}, ["o.yaml", "第5行第1列", "titel", "title"]),
    "wrong type": ("draft o.yaml", {"o.yaml": OUTLINE + "minutes: 八\n"}, ["o.yaml", "第5行第10列", "数字"]),
    "facts from a number": ("draft o.yaml", {"o.yaml": OUTLINE + "facts: 36\n"}, ["o.yaml", "第5行"]),
    "empty outline": ("draft o.yaml", {"o.yaml": ""}, ["o.yaml", "空"]),
    "binary outline": ("draft o.yaml", {"o.yaml": bytes(range(256))}, ["o.yaml"]),
    "missing outline": ("draft o.yaml", {}, ["o.yaml", "没有"]),
    "folder for an outline": ("draft 稿", {"稿/a": ""}, ["稿", "文件夹"]),
    "docx for an outline": ("draft o.docx", {"o.docx": b"PK\3\4" + bytes(60)}, ["o.docx"]),
    "bomb": ("draft o.yaml", {"o.yaml": BOMB}, ["o.yaml", "别名"]),
    "unknown format": ("draft o.yaml -o 稿.pages", {"o.yaml": OUTLINE}, ["稿.pages", ".docx"]),
    "no folder for output": ("draft o.yaml -o no/稿.docx", {"o.yaml": OUTLINE}, ["no/稿.docx", "文件夹"]),
    "unknown layout": ("draft o.yaml --layout offical", {"o.yaml": OUTLINE}, ["offical", "official"]),
    "missing bank": ("draft o.yaml --bank b.db", {"o.yaml": OUTLINE}, ["b.db", "nigao mine"]),
    "text for a bank": ("draft o.yaml --bank b.db", {"o.yaml": OUTLINE, "b.db": "一句话"}, ["b.db", "素材库"]),
    "folder for a bank": ("suggest 隐患 --bank 稿", {"稿/a": ""}, ["稿", "素材库"]),
    "batch of nothing": ("batch 稿 -o out", {"稿/a.txt": "甲"}, ["稿", "提纲"]),
    "batch of a missing file": ("batch a.yaml -o out", {}, ["a.yaml"]),
    "batch into a file": ("batch a.yaml -o out", {"a.yaml": OUTLINE, "out": ""}, ["out"]),
    "batch with a missing bank": ("batch a.yaml -o out --bank b.db", {"a.yaml": OUTLINE}, ["b.db"]),
    "batch with an unknown layout": ("batch a.yaml -o out --layout 大字", {"a.yaml": OUTLINE}, ["大字"]),
    "mine an empty folder": ("mine 稿 -o b.db", {"稿/a.png": b"\x89PNG"}, ["稿"]),
    "mine a missing file": ("mine a.txt -o b.db", {}, ["a.txt"]),
    "mine a binary file": ("mine a.txt -o b.db", {"a.txt": bytes(range(256)) * 9}, ["a.txt"]),
    "mine an empty file": ("mine a.txt -o b.db", {"a.txt": "\n"}, ["a.txt", "空"]),
    "mine a false docx": ("mine a.docx -o b.db", {"a.docx": b"PK\3\4" + bytes(60)}, ["a.docx"]),
    "mine into no folder": ("mine a.txt -o no/b.db", {"a.txt": SPEECH}, ["no/b.db"]),
    "mine into a folder": ("mine a.txt -o out", {"a.txt": SPEECH, "out/x": ""}, ["out"]),
    "inspect a missing file": ("inspect a.txt", {}, ["a.txt"]),
    "inspect a binary file": ("inspect a.txt", {"a.txt": bytes(range(256)) * 9}, ["a.txt"]),
    "inspect an empty folder": ("inspect 稿", {"稿/a.png": b"\x89PNG"}, ["稿"]),
    "unknown role": ("suggest 隐患 --role measures", {}, ["measures", "measure"]),
    "unknown theme": ("suggest 隐患 --theme 安全生厂", {}, ["安全生厂", "安全生产"]),
    "unknown facet": ("suggest 隐患 --theme 安全生产 --facet 隐患排察", {}, ["隐患排察", "隐患排查"]),
    "unknown genre": ("suggest 隐患 --genre 研讨", {}, ["研讨", "研讨发言"]),
    "missing bank to list": ("bank list b.db", {}, ["b.db"]),
    "merge of nothing": ("bank merge", {}, ["merge", "-o"]),
    "export to nowhere": ("bank export b.db", {"b.db": ""}, ["export", "-o"]),
    "import of a text": ("bank import a.txt -o b.db", {"a.txt": "甲"}, ["a.txt", "nigao bank export"]),
    "import of a missing file": ("bank import a.jsonl -o b.db", {}, ["a.jsonl"]),
    "two banks to list": ("bank list a.db b.db", {"a.db": "", "b.db": ""}, ["list", "一个"]),
    "damaged bank": ("bank info b.db", {"b.db": b"SQLite format 3\0" + bytes(5000)}, ["b.db"]),
    "theme not there": ("themes show 安全生厂", {}, ["安全生厂", "安全生产"]),
    "show nothing": ("genres show", {}, ["show"]),
    "new of an unknown genre": ("new --genre 研讨", {}, ["研讨", "研讨发言"]),
    "new into no folder": ("new -o no/o.yaml", {}, ["no/o.yaml"]),
    "a broken theme of the user's": ("themes", {"user/themes/甲.yaml": "name: 甲\nwords: [乙\n"}, ["甲.yaml", "第"]),
    "a theme without words": ("themes", {"user/themes/甲.yaml": "name: 甲\n"}, ["甲.yaml", "words"]),
    "a theme that is a list": ("themes", {"user/themes/甲.yaml": "- 甲\n"}, ["甲.yaml"]),
    "an empty genre": ("genres", {"user/genres/甲.yaml": ""}, ["甲.yaml"]),
    "a broken template": ("draft o.yaml -o a.md", {"o.yaml": OUTLINE, **BROKEN_TEMPLATES}, ["结尾-", "第1行"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_clear_message(here, tmp_path, name):
    """Exactly one message in Chinese with the file (and line) it is about, exit code 2, and never a traceback."""
    call, files, words = BAD[name]
    write_tree(tmp_path, files)
    done = here(*call.split(), NIGAO_HOME=str(tmp_path / "user"))
    (message,) = errors(done)
    assert done.returncode == 2
    assert all(word in message for word in words), message
    assert re.search(r"[\u4e00-\u9fff]{4}", message.removeprefix("错误："))
    assert not re.search(r"No such|directory|Errno|codec|Error|object|denied|invalid|unable", message), message
    assert done.stdout == ""
    assert done.stderr.count("\n") <= 3


def test_several_faults_are_several_messages(here, tmp_path):
    """All faults of a file at once, one a line, in the order of their lines."""
    write_tree(tmp_path, {"o.yaml": "genre: 研讨\ntheme: 安全生产\nseeds: 1\nminutes: 八\n"})
    assert [re.search("第(.)行", line)[1] for line in errors(here("draft", "o.yaml"))] == ["1", "3", "4"]


# ---------------------------------------------------------------- terminal manners
def test_pipes_get_no_colour_and_no_progress(here, tmp_path):
    """Neither escape codes nor bars where nobody is looking."""
    write_tree(tmp_path, {"a.txt": SPEECH, "o.yaml": OUTLINE})
    for call in (
        ["mine", "a.txt", "-o", "b.db"],
        ["inspect", "a.txt"],
        ["draft", "o.yaml"],
        ["batch", "o.yaml", "-o", "out"],
        ["suggest", "隐患"],
    ):
        done = here(*call)
        assert "\x1b" not in done.stdout + done.stderr
        assert "█" not in done.stderr


@pytest.mark.parametrize(
    ("environment", "arguments", "coloured"),
    [({}, [], True), ({"NO_COLOR": "1"}, [], False), ({}, ["--no-color"], False)],
)
def test_colour_on_a_terminal_can_be_refused(builtin, tmp_path, environment, arguments, coloured):
    """A terminal gets colours unless NO_COLOR or --no-color says not to."""
    pty = pytest.importorskip("pty", reason="a terminal can be made on POSIX only")
    ours, theirs = pty.openpty()
    env = {
        **{k: v for k, v in os.environ.items() if k != "NO_COLOR"},
        "PYTHONUTF8": "1",
        "TERM": "xterm",
        **environment,
    }
    child = subprocess.Popen(
        [sys.executable, "-m", "tui", "suggest", "隐患", "-n", "1", *arguments],
        stdout=theirs,
        stderr=theirs,
        stdin=theirs,
        cwd=tmp_path,
        env=env,
    )
    assert child.wait(60) == 0
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert "隐患" in shown
    assert ("\x1b[" in shown) == coloured


@pytest.mark.skipif(os.name != "posix", reason="closed pipes raise EPIPE on POSIX only")
@pytest.mark.parametrize(
    "arguments",
    [["suggest", "-n", "900"], ["themes"]],
)
def test_a_reader_that_goes_away_is_no_fault(builtin, arguments):
    """`nigao … | head -1` ends quietly, however much or little was still to be printed."""
    env = {**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": ""}
    child = subprocess.Popen(
        [sys.executable, "-m", "tui", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
    )
    child.stdout.close()
    told = child.stderr.read().decode()
    assert (child.wait(60), told) == (0, "")


def test_an_interrupt_is_one_hundred_and_thirty(monkeypatch, capsys):
    """Ctrl-C ends a command with a word and the usual code."""
    from tui import cli, commands

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "themes", interrupted)
    assert cli.main(["themes"]) == 130
    assert "已中断" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="signals are sent to a process on POSIX only")
def test_a_batch_that_is_interrupted_ends_soon(builtin, tmp_path):
    """Ctrl-C in the middle of a batch with two workers leaves whole files, no traceback, and exit code 130."""
    write_tree(tmp_path, {f"稿/{n:03}.yaml": OUTLINE.replace("seed: 3", f"seed: {n}") for n in range(1500)})
    env = {**os.environ, "PYTHONUTF8": "1"}
    child = subprocess.Popen(
        [sys.executable, "-m", "tui", "batch", "稿", "-o", "out", "--jobs", "2"], cwd=tmp_path, env=env, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - a background shell ignores it
    )  # fmt: skip
    until = time.monotonic() + 30
    while not list(tmp_path.glob("out/*.docx")) and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(child.pid, signal.SIGINT)
    _, told = child.communicate(timeout=30)
    assert child.returncode == 130
    assert "Traceback" not in told
    assert all(path.read_bytes().startswith(b"PK") for path in tmp_path.glob("out/*.docx"))


def test_a_draft_with_a_figure_of_nobodys_is_written_and_told(here, tmp_path):
    """Findings of severity E: the file is there, each is named, and the exit code is 1."""
    text = "去年我们一共排查隐患4321处。"
    points = f"sections:\n  - part: 打算\n    points: [{{facet: 隐患排查, text: {text}}}]\n"
    write_tree(tmp_path, {"o.yaml": OUTLINE + points})
    done = here("draft", "o.yaml", "-o", "稿.md")
    assert done.returncode == 1 and "4321" in done.stderr
    assert text in (tmp_path / "稿.md").read_text("utf-8")


def test_two_parts_are_counted_in_good_chinese(here, tmp_path):
    """两点, not 二点; and no list of three where there are two."""
    parts = "sections: [{part: 开头}, {part: 认识}, {part: 打算}]\n"
    for seed in range(1, 7):
        write_tree(tmp_path, {"o.yaml": f"genre: 研讨发言\ntheme: 安全生产\nseed: {seed}\n{parts}"})
        assert here("draft", "o.yaml", "-o", "稿.md").returncode == 0
        said = (tmp_path / "稿.md").read_text("utf-8")
        opening = said[: said.index("一、")]  # where the parts are counted and named
        assert "二点" not in said and "二个" not in said and "差在哪" not in opening
