"""A batch: one that fails is named and the others are written, with the same bytes for any number of workers."""

from __future__ import annotations

import json

import pytest
from conftest import write_tree

from drafting.batch import Job, find_outlines, run
from drafting.errors import OutlineError

GOOD = "genre: 研讨发言\ntheme: 安全生产\nseed: {}\nprofile: {{level: 村, place: 第{}村}}\n"
VILLAGES = {f"村{n:02}.yaml": GOOD.format(n, "一二三四五六七八九十"[n - 1]) for n in range(1, 11)}
BROKEN = "genre: 研讨发言\ntheme: 安全生产\nminutes: 八\n"


def job(folder, **values):
    (folder / "out").mkdir(exist_ok=True)
    return Job(
        **{"banks": (), "builtin": True, "layout": "official", "output": folder / "out", "final": False, **values}
    )


def documents(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "out").glob("*.docx")}


def test_ten_good_and_one_broken(tmp_path):
    """Ten documents are written; the broken outline is named with file, line and reason in the report."""
    write_tree(tmp_path / "稿", {**VILLAGES, "村05b.yaml": BROKEN})
    done = run(find_outlines([str(tmp_path / "稿")]), job(tmp_path))
    assert sorted(documents(tmp_path)) == [name.replace("yaml", "docx") for name in sorted(VILLAGES)]
    report = json.loads((tmp_path / "out/report.json").read_text("utf-8"))
    assert (report["outlines"], report["written"], len(report["results"])) == (11, 10, 11)
    (bad,) = [row for row in report["results"] if row["problems"]]
    (problem,) = bad["problems"]
    assert problem["file"] == bad["file"] == str(tmp_path / "稿/村05b.yaml")
    assert (problem["line"], problem["column"]) == (3, 10)
    assert "数字" in problem["reason"]
    assert [d.file for d in done] == [row["file"] for row in report["results"]]


def test_no_two_villages_hand_in_one_text(tmp_path):
    """Ten outlines with ten seeds are ten different documents."""
    write_tree(tmp_path / "稿", VILLAGES)
    run(find_outlines([str(tmp_path / "稿")]), job(tmp_path))
    assert len(set(documents(tmp_path).values())) == 10


def test_two_workers_write_the_bytes_of_one(tmp_path):
    """`--jobs 2` changes nothing but the time; the order of the report stays."""
    one, two = tmp_path / "一", tmp_path / "二"
    write_tree(tmp_path / "稿", {**VILLAGES, "坏.yaml": BROKEN})
    files = find_outlines([str(tmp_path / "稿")])
    for folder in (one, two):
        folder.mkdir()
    first = run(files, job(one), 1)
    second = run(files, job(two), 2)
    assert documents(one) == documents(two)
    assert [d.file for d in first] == [d.file for d in second]
    assert [d.problems for d in first] == [d.problems for d in second]


def test_several_faults_of_one_file_are_all_in_the_report(tmp_path):
    """Each fault is a row with its own line."""
    write_tree(tmp_path, {"a.yaml": "genre: 研讨\ntheme: 安全生产\nseeds: 1\n"})
    (done,) = run(find_outlines([str(tmp_path / "a.yaml")]), job(tmp_path))
    assert [problem["line"] for problem in done.problems] == [1, 3]


def test_a_final_run_writes_only_what_is_complete(tmp_path):
    """With --final an outline that leaves blanks is named and not written."""
    write_tree(tmp_path, {"a.yaml": GOOD.format(1, "一")})
    (done,) = run(find_outlines([str(tmp_path / "a.yaml")]), job(tmp_path, final=True))
    assert not done.documents
    assert "待填" in done.problems[0]["reason"]
    assert str(tmp_path / "a.yaml") in done.problems[0]["file"]
    assert documents(tmp_path) == {}


def test_an_outline_file_of_several_pieces_gives_several_documents(tmp_path):
    """One file with two outlines gives two numbered documents, and neither takes another file's place."""
    two = GOOD.format(1, "一") + "---\n" + GOOD.format(2, "二")
    write_tree(tmp_path / "稿", {"a.yaml": two, "a-1.yaml": GOOD.format(3, "三"), "b/a.yaml": GOOD.format(4, "四")})
    done = run(find_outlines([str(tmp_path / "稿")]), job(tmp_path))
    outputs = [document["output"] for d in done for document in d.documents]
    assert len(outputs) == len(set(outputs)) == 4
    assert len(documents(tmp_path)) == 4


def test_one_bad_piece_does_not_undo_the_good_one_before_it(tmp_path):
    """What is written is in the report, also when a later piece of the same file fails under --final."""
    full = """\
sections: [{part: 结尾, points: [{heading: '', text: 我说完了。, fixed: true}]}]
profile: {level: 村, unit: 河口村, name: 某某}
date: 今天
"""
    head = "genre: 研讨发言\ntheme: 安全生产\n"
    write_tree(tmp_path, {"a.yaml": f"{head}{full}---\n{head}"})
    (done,) = run(find_outlines([str(tmp_path / "a.yaml")]), job(tmp_path, final=True))
    assert done.problems
    assert len(done.documents) == len(documents(tmp_path)) == 1


def test_files_folders_and_patterns(tmp_path):
    """Outlines are found by file, folder and pattern, each once, in a fixed order; hidden files and others are not."""
    write_tree(tmp_path, {"a.yaml": "", "b.yml": "", "c.txt": "", "d/e.yaml": "", "d/.f.yaml": ""})
    names = [[path.name for path, _ in find_outlines([str(tmp_path / p)])] for p in ("a.yaml", "", "*.yaml", "d")]
    assert names == [["a.yaml"], ["a.yaml", "b.yml", "e.yaml"], ["a.yaml"], ["e.yaml"]]
    assert len(find_outlines([str(tmp_path), str(tmp_path / "a.yaml")])) == 3


@pytest.mark.parametrize("path", ["none.yaml", "empty", "*.nothing"])
def test_a_path_that_matches_nothing_is_told(tmp_path, path):
    """An empty folder or a pattern without a match is an error that names it."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(OutlineError, match="没有提纲文件") as caught:
        find_outlines([str(tmp_path / path)])
    assert caught.value.file == str(tmp_path / path)


def test_progress_is_told_after_each_file(tmp_path):
    """Whoever waits hears of each file."""
    write_tree(tmp_path, {"a.yaml": BROKEN, "b.yaml": BROKEN})
    heard = []
    run(find_outlines([str(tmp_path)]), job(tmp_path), 1, lambda *step: heard.append(step[:2]))
    assert heard == [(1, 2), (2, 2)]
