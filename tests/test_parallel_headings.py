"""`nigao headings` as a user calls it, and what it says breaks a set."""

from __future__ import annotations

import json

import pytest

from drafting.parallel import breaks


def rows(done):
    """The objects on stdout."""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_one_heading_gets_those_that_stand_beside_it(here):
    """Two more by default, in sets."""
    done = here("headings", "压实岗位责任，守牢安全底线", "--json")
    assert done.returncode == 0
    assert all(row["kind"] == "proposal" and row["parallel"] and len(row["new"]) == 2 for row in rows(done))
    assert 1 <= len(rows(done)) <= 3


def test_people_read_sets_in_chinese(here):
    """What is new is marked; the given one stands first."""
    done = here("headings", "统一思想，把准方向", "-n", "3", "--count", "1")
    assert done.returncode == 0
    assert done.stdout.count("＋") == 3
    assert "统一思想，把准方向" in done.stdout


def test_several_headings_are_judged_and_what_breaks_them_is_told(here):
    """With a better set."""
    done = here("headings", "深化思想认识，把准前进方向", "抓好落实", "健全长效机制，巩固工作成果", "--json")
    likeness, *proposals = rows(done)
    assert likeness["kind"] == "likeness"
    assert not likeness["parallel"]
    assert {"heading": 1, "clause": -1, "kind": "count", "found": "1", "expected": "2"} in likeness["breaks"]
    assert proposals
    assert all("抓好落实" not in row["headings"] and len(row["headings"]) == 3 for row in proposals)
    assert "不对仗" in here("headings", "统一思想，把准方向", "抓好落实").stdout


def test_a_theme_alone_gives_sets(here):
    """Of the size asked for; another seed gives others."""
    first, again, other = (here("headings", "--theme", "安全生产", "-n", "4", "--seed", seed, "--json").stdout for seed in "112")
    assert first == again != other
    assert all(len(json.loads(line)["headings"]) == 4 for line in first.splitlines())


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ([], "--theme"),
        (["--theme", "安权生产"], "安全生产"),
        (["统一思想", "--genre", "党棵"], "党课"),
        (["统一思想", "-n", "9"], "2–6"),
        (["。。"], "没有字"),
        (["长" * 500_000], "不像标题"),
        (["甲乙"] * 7, "最多"),
        (["统一思想", "-n", "0"], "大于 0"),
    ],
)
def test_wrong_calls_get_one_clear_message(here, arguments, word):
    """Exit code 2, no traceback."""
    if len("".join(arguments)) > 100_000:
        arguments = ["长" * 20_000]  # what a command line may hold
    done = here("headings", *arguments)
    assert done.returncode == 2
    assert word in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 2


def test_nothing_to_answer_with_is_said_and_no_error(here):
    """A heading of no known build."""
    done = here("headings", "怎样")
    assert done.returncode == 0
    assert "没有找到" in done.stderr


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (["统一思想，把准方向", "突出重点，破解难题", "抓好落实"], "count"),
        (["守牢堤岸安全", "备足沙袋", "护好田头水渠"], "length"),
        (["护堤的关键在人", "巡河的根本在心", "清淤通渠要用力"], "words"),
        (["压实责任，传导压力", "压实担子，守好底线", "健全机制，巩固成果"], "verb"),
        (["当好“宣传员”", "当好“联络员”", "当好带头人"], "series"),
    ],
)
def test_what_breaks_a_set_is_named(headings, kind):
    """Count of clauses, length, function words, a verb used by some, a number series left."""
    assert any(item.kind == kind for item in breaks(headings)), breaks(headings)


def test_a_parallel_set_has_no_fault_of_build():
    """Nothing is said against it, and nothing against one alone."""
    assert breaks(["压实岗位责任，守牢安全底线", "深化思想认识，把准前进方向", "健全长效机制，巩固工作成果"]) == ()
    assert breaks(["统一思想"]) == ()


def test_headings_of_the_users_own_bank_come_first(here, tmp_path):
    """What his own texts hold, where it is parallel."""
    own = ["查清河道险段，修牢坝体堤岸", "备足防汛沙袋，看好田头闸门", "叫应独居老人，撤出低洼农户"]
    below = "这一条要当面交代清楚，谁来做、怎么做、做到什么时候，都要说定，不能含糊过去。"
    text = "# 防汛工作讲话\n\n同志们：\n\n" + "".join(f"{n}、{h}\n\n{below}\n\n" for n, h in zip("一二三", own, strict=True))
    (tmp_path / "旧稿.md").write_text(text, "utf-8")
    assert here("mine", "旧稿.md", "-o", "bank.db").returncode == 0
    first = rows(here("headings", "清理塘坝淤泥，加高坝顶土石", "--bank", "bank.db", "--json"))[0]
    assert first["source"] == "素材库"
    assert set(first["new"]) < set(own)
    missing = here("headings", "清理塘坝淤泥，加高坝顶土石", "--bank", "没有.db")
    assert missing.returncode == 2
    assert "没有.db" in missing.stderr
