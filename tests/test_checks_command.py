"""`nigao check` as a user runs it: any file, JSON as designed, exit codes, and messages that name what is wrong."""

from __future__ import annotations

import json

import pytest
from conftest import write_tree

SPEECH = "同志们：\n一、修好河堤\n要立足镇安实际，让镇安群众得到实惠。覆盖率达%。\n二、守好水库\n每天巡查两遍。\n"
OUTLINE = """genre: 研讨发言
theme: 安全生产
profile: {level: 县, place: 青山县, unit: 青山县委, year: 2026}
facts:
  - {name: 加固河堤, value: 36, unit: 公里, year: 2025, source: 县水利局}
"""


def rows(run) -> list[dict]:
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_json_is_as_designed(here, tmp_path):
    """One object a file with exactly the keys of DESIGN.md, and exit code 1 for findings of severity E."""
    write_tree(tmp_path, {"稿.txt": SPEECH, "提纲.yaml": OUTLINE})
    run = here("check", "稿.txt", "--outline", "提纲.yaml", "--json", "--only", "R02,F02")
    (row,) = rows(run)
    assert run.returncode == 1
    assert set(row) == {"file", "findings", "counts", "excepted"}
    assert {f["id"] for f in row["findings"]} == {"R02", "F02"}
    for finding in row["findings"]:
        assert set(finding) == {"id", "severity", "paragraph", "text", "message", "fix"}
        assert finding["paragraph"] == 3
    assert row["counts"] == {"E": len(row["findings"]), "W": 0, "I": 0}


def test_a_clean_file_is_zero(here, tmp_path):
    write_tree(tmp_path, {"稿.txt": "要把河堤修牢，把水渠清通。\n"})
    run = here("check", "稿.txt", "--only", "R,F,Q")
    assert (run.returncode, run.stderr) == (0, "")
    assert "没有查出问题" in run.stdout


@pytest.mark.parametrize("name", ["稿.md", "稿.html", "稿.docx"])
def test_other_kinds_of_files(here, tmp_path, name):
    """The same fault in each format."""
    text = "覆盖率达%，群众喝上了放心水，要把这件事继续办好。"
    if name.endswith(".docx"):
        import docx

        document = docx.Document()
        document.add_paragraph(text)
        document.save(str(tmp_path / name))
    else:
        write_tree(tmp_path, {name: f"<html><body><p>{text}</p></body></html>" if name.endswith("html") else f"{text}\n"})
    (row,) = rows(here("check", name, "--json", "--only", "F02"))
    assert [f["id"] for f in row["findings"]] == ["F02"]


def test_an_old_encoding_is_read(here, tmp_path):
    write_tree(tmp_path, {"稿.txt": "覆盖率达%，群众喝上了放心水，要把这件事继续办好。\n".encode("gb18030")})
    assert rows(here("check", "稿.txt", "--json", "--only", "F02"))[0]["counts"]["E"] == 1


def test_a_folder_is_checked_file_by_file_and_a_bad_one_named(here, tmp_path):
    write_tree(tmp_path, {"稿/甲.txt": SPEECH, "稿/乙.txt": "", "稿/丙.txt": "把河堤修牢。\n"})
    run = here("check", "稿", "--json", "--only", "F02")
    assert run.returncode == 2
    assert len(rows(run)) == 2
    assert "乙.txt" in run.stderr
    assert "Traceback" not in run.stderr


def test_copied_passages_of_a_corpus_are_told(here, tmp_path):
    """R04 with `--corpus`: the source's file and line stand in the message; the index is kept for the next time."""
    old = "老党员守了半辈子水库，坝上的每一块石头他都叫得出名字，雨再大的夜里也要提着马灯走上两个来回。"
    write_tree(tmp_path, {"旧/甲.txt": f"一行\n{old}\n", "稿.txt": f"身边有榜样。{old[11:]}大家都要学。\n"})
    for _ in range(2):
        (row,) = rows(here("check", "稿.txt", "--corpus", "旧", "--json", "--only", "R04"))
        assert [f["id"] for f in row["findings"]] == ["R04"]
        assert "甲.txt 第2行" in row["findings"][0]["message"]


def test_copied_passages_of_a_bank_are_told(here, tmp_path):
    """R04 with `--bank`: what the bank keeps of its sources."""
    old = "村里的水渠由受益农户轮流看管，每季清淤一次，清出来的淤泥运到田头沤肥，账目在村务栏里张榜公布。"
    speech = f"在村民大会上的讲话\n同志们：\n一、管好水渠\n要抓好落实。{old}\n"
    write_tree(tmp_path, {"旧/甲.txt": speech, "稿.txt": f"大家看。{old}都要照办。\n"})
    assert here("mine", "旧", "-o", "库.db").returncode == 0
    (row,) = rows(here("check", "稿.txt", "--bank", "库.db", "--json", "--only", "R04"))
    assert "甲.txt" in row["findings"][0]["message"]


def test_an_outline_stands_for_its_drafts(here, tmp_path):
    """The draft of an outline, checked with the facts and the profile it was made with."""
    own = OUTLINE + "sections: [{part: 结尾, points: [{heading: '', text: 去年加固河堤48公里。, fixed: true}]}]\n"
    write_tree(tmp_path, {"提纲.yaml": own})
    run = here("check", "提纲.yaml", "--json", "--only", "F03")
    (row,) = rows(run)
    assert run.returncode == 1
    assert [f["text"] for f in row["findings"]] == ["48"]


def test_final_makes_blanks_an_error(here, tmp_path):
    write_tree(tmp_path, {"稿.txt": "要在〔待填：时间｜整改时限〕前查清每一处险段。\n"})
    assert here("check", "稿.txt", "--only", "R03").returncode == 0
    assert here("check", "稿.txt", "--only", "R03", "--final").returncode == 1


def test_what_mending_leaves_is_told(here, tmp_path):
    """`--fix` mends marks; a lost figure is left, and the exit code says so. As JSON there is one object a file."""
    write_tree(tmp_path, {"稿.txt": "要强基础,补短板。覆盖率达%。\n", "好.txt": "要强基础,补短板。\n"})
    run = here("check", "稿.txt", "--fix", "-o", "改.txt", "--only", "P,F")
    assert (run.returncode, (tmp_path / "改.txt").read_text("utf-8")) == (1, "要强基础，补短板。覆盖率达%。\n")
    assert "还有 1 处必须改（F02" in run.stdout
    assert here("check", "稿.txt", "--fix", "--only", "P").returncode == 0
    (row,) = rows(here("check", "好.txt", "--fix", "--json", "--only", "P,F"))
    assert (row["written"], row["counts"]["E"]) == (None, 0)
    assert row["changes"] == [{"line": 1, "before": "要强基础,补短板。", "after": "要强基础，补短板。"}]


def test_a_text_with_blanks_is_not_called_ready(here, tmp_path):
    write_tree(tmp_path, {"稿.txt": "要在〔待填：时间｜整改时限〕前查清每一处险段。\n", "好.txt": "要查清每一处险段。\n"})
    assert "还不能交：有 1 处待填" in here("check", "稿.txt", "--only", "R").stdout
    assert "没有查出问题" in here("check", "好.txt", "--only", "R").stdout


def test_a_check_is_explained(here):
    run = here("check", "--explain", "R02")
    assert run.returncode == 0
    assert "外地地名" in run.stdout
    assert "cases" in run.stdout
    assert "旧稿里写过" in here("check", "--explain", "R04").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check"], "要写检查哪个文件"),
        (["check", "没有.txt"], "找不到这个文件"),
        (["check", "稿.txt", "--only", "R77"], "没有编号为“R77”的检查"),
        (["check", "稿.txt", "--outline", "没有.yaml"], "没有这个提纲文件"),
        (["check", "稿.txt", "--bank", "没有.db"], "没有.db"),
        (["check", "稿.txt", "--corpus", "没有"], "找不到"),
        (["check", "--explain", "Z"], "没有编号为“Z”的检查"),
    ],
)
def test_a_wrong_call_gets_one_clear_message(here, tmp_path, arguments, message):
    write_tree(tmp_path, {"稿.txt": "把河堤修牢。\n"})
    run = here(*arguments)
    assert run.returncode == 2
    assert message in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    "content",
    ["字" * 500_000, "。" * 1000, "“" * 3000, "1" * 5000 + "%", "一、" * 2000, "\ufeff\u200b\u3000\n\n　", "a\x00b",
     "（" * 2000 + "）" * 2000,
     "同志们：" + "要、" * 60_000, "由1万元增加到2万元，" * 5000],
    ids=["long", "stops", "quotes", "digits", "heads", "blank", "nul", "brackets", "series", "figures"],
)  # fmt: skip
def test_odd_texts_are_checked_in_good_time(here, tmp_path, content):
    """Half a megabyte on one line, marks without end: an answer, no traceback, and no minute of waiting (the runner's limit)."""
    write_tree(tmp_path, {"稿.txt": content, "提纲.yaml": OUTLINE})
    run = here("check", "稿.txt", "--outline", "提纲.yaml", "--json", "--only", "R,F,Q")
    assert run.returncode in (0, 1, 2)
    assert "Traceback" not in run.stderr
