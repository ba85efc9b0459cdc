"""A batch: one that fails is named and the others are written, with the same bytes for any number of workers."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from itertools import combinations
from pathlib import Path

import pytest
from batch_outlines import TOLERANCE, cases, in_words, length_off, repeated, strangers, text_of, write
from conftest import write_tree
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting import batch
from drafting.batch import Job, find_outlines, run
from drafting.batch_overlap import worst_pairs
from drafting.batch_state import State
from drafting.errors import OutlineError
from drafting.summary import grams

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
profile: {level: 村, unit: 河口村, name: 周明远}
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


@pytest.mark.parametrize("path", ["none.yaml", "empty", "*.nothing", "**none", "[", "a\0b"])
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


# ---------------------------------------------------------------- resuming
PROFILE = "genre: 研讨发言\ntheme: 安全生产\nprofile: 我.yaml\nfacts: [数.yaml]\n"


def heard_by(folder: Path, job_: Job, jobs: int = 1, **options) -> list[str]:
    """The outlines that a run with `resume` drafts."""
    heard: list[str] = []
    run(find_outlines([str(folder / "稿")]), job_, jobs, lambda done, total, name: heard.append(Path(name).name), resume=True, **options)
    return heard


def everything(folder: Path) -> dict[str, bytes]:
    """All files a run is for: documents and reports."""
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir() if path.is_file()}


def test_files_on_one_theme_stay_together(tmp_path):
    """What a process has read of the banks for one serves it for the next, and the other process reads of other themes."""
    texts = [GOOD.format(n, "一").replace("安全生产", theme) for n, theme in enumerate(["安全生产", "乡村振兴"] * 16)]
    write_tree(tmp_path / "稿", {f"{n:02}.yaml": text for n, text in enumerate(texts)})
    items = batch._items(find_outlines([str(tmp_path / "稿")]))
    slices = batch._slices(items, job(tmp_path), State(tmp_path / "out"), 2)
    themes = [sorted({batch._theme(item).decode() for item in one.items}) for one in slices]
    assert themes == [["安全生产"], ["乡村振兴"]] * (len(slices) // 2)
    assert sorted(item.stem for one in slices for item in one.items) == [item.stem for item in items]


@pytest.fixture
def drafted(tmp_path):
    """Three outlines, one with files of its own, and one broken, all drafted."""
    write_tree(tmp_path / "稿", {
        "a.yaml": GOOD.format(1, "一"), "b.yaml": GOOD.format(2, "二"), "c.yaml": PROFILE, "d.yaml": BROKEN,
        "我.yaml": "level: 村\nplace: 河口村\n", "数.yaml": "- {name: 开展安全检查, value: 12, unit: 次}\n",
    })  # fmt: skip
    assert heard_by(tmp_path, job(tmp_path)) == ["a.yaml", "b.yaml", "c.yaml", "d.yaml", "我.yaml", "数.yaml"]
    return tmp_path


FAILED = ["d.yaml", "我.yaml", "数.yaml"]
"""What no document came of is tried again each time."""


def test_nothing_is_done_twice(drafted):
    """A finished run resumed drafts only what failed, and leaves the same files."""
    before = everything(drafted)
    assert heard_by(drafted, job(drafted)) == FAILED
    assert everything(drafted) == before


def replaced(path: Path, old: bytes, new: bytes) -> None:
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))


CHANGES = {
    "outline": (lambda f: (f / "稿/a.yaml").write_text(GOOD.format(9, "九"), "utf-8"), ["a.yaml"]),
    "profile": (lambda f: (f / "稿/我.yaml").write_text("level: 镇\n", "utf-8"), ["c.yaml"]),
    "facts": (lambda f: (f / "稿/数.yaml").write_text("- {name: 甲, value: 1}\n", "utf-8"), ["c.yaml"]),
    "document gone": (lambda f: (f / "out/b.docx").unlink(), ["b.yaml"]),
    "document cut": (lambda f: (f / "out/b.docx").write_bytes((f / "out/b.docx").read_bytes()[:900]), ["b.yaml"]),
    "new outline": (lambda f: (f / "稿/a2.yaml").write_text(GOOD.format(9, "九"), "utf-8"), ["a2.yaml"]),
    "only touched": (lambda f: os.utime(f / "稿/a.yaml"), []),
    "records lost": (lambda f: (f / "out/.nigao-batch/done.jsonl").unlink(), ["a.yaml", "b.yaml", "c.yaml"]),
    "records of another version": (
        lambda f: replaced(f / "out/.nigao-batch/done.jsonl", b'"format": 1', b'"format": 0'), ["a.yaml", "b.yaml", "c.yaml"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_only_what_changed_is_done_again(drafted, change):
    """And the result is that of a run from the beginning."""
    action, again = CHANGES[change]
    action(drafted)
    assert sorted(heard_by(drafted, job(drafted))) == sorted(again + FAILED)
    resumed = everything(drafted)
    run(find_outlines([str(drafted / "稿")]), job(drafted))
    assert everything(drafted) == resumed


@pytest.mark.parametrize("other", [{"layout": "speech"}, {"final": True}])
def test_another_layout_is_another_run(drafted, other):
    """What was drafted in another way is drafted again."""
    assert heard_by(drafted, job(drafted, **other)) == ["a.yaml", "b.yaml", "c.yaml", *FAILED]


def test_another_bank_or_template_is_another_run(drafted, tmp_path, builtin, monkeypatch):
    """Whatever a draft is made of counts, by its content."""
    bank = tmp_path / "b.db"
    bank.write_bytes(Path(builtin.path).read_bytes())
    assert heard_by(drafted, job(drafted, banks=(str(bank),))) == ["a.yaml", "b.yaml", "c.yaml", *FAILED]
    assert heard_by(drafted, job(drafted, banks=(str(bank),))) == FAILED
    home = write_tree(tmp_path / "home", {"sections/研讨发言/开头-9.j2": "各位同志。\n"})
    monkeypatch.setenv("NIGAO_HOME", str(home))
    assert heard_by(drafted, job(drafted, banks=(str(bank),))) == ["a.yaml", "b.yaml", "c.yaml", *FAILED]


def test_without_resume_all_is_done_anew(drafted):
    """Also what is there already."""
    heard = []
    run(find_outlines([str(drafted / "稿")]), job(drafted), 1, lambda *step: heard.append(step))
    assert len(heard) == 6


def test_files_that_outlines_take_in_are_no_outlines(drafted):
    """A profile beside the outlines is not reported as a broken outline; an outline that is broken is."""
    report = json.loads((drafted / "out/report.json").read_text("utf-8"))
    assert [Path(row["file"]).name for row in report["results"]] == ["a.yaml", "b.yaml", "c.yaml", "d.yaml"]


@pytest.mark.parametrize("part", range(9))
def test_records_cut_anywhere_are_done_again(drafted, part):
    """A run killed while it writes leaves a torn line at most; what is whole counts, the rest is drafted again."""
    state = State(drafted / "out")
    whole = state.whole.read_bytes()
    before = everything(drafted)
    journal = state.journal(0)
    journal.write_bytes(whole[: random.Random(part).randrange(len(whole))])
    state.whole.unlink()
    kept = {Path(name).name for name, record in state.records().items() if record.documents}
    assert sorted(heard_by(drafted, job(drafted))) == sorted({"a.yaml", "b.yaml", "c.yaml"} - kept) + FAILED
    assert everything(drafted) == before


def test_what_a_killed_process_left_half_written_is_removed(drafted):
    """Of a process that is gone; what a living one is writing stays."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead, alive = (drafted / "out" / f".nigao-{pid}-0.tmp" for pid in (gone.pid, os.getpid()))
    for path in (dead, alive):
        path.write_bytes(b"half")
    heard_by(drafted, job(drafted))
    assert (dead.exists(), alive.exists()) == (False, True)


def test_a_fault_of_ours_does_not_stop_the_rest(tmp_path, monkeypatch):
    """An error nobody thought of is one outline's; the others are written."""
    real = batch.describe
    monkeypatch.setattr(batch, "describe", lambda *a, **k: 1 / 0 if "第二村" in str(a[0].outline.profile) else real(*a, **k))
    write_tree(tmp_path / "稿", VILLAGES)
    done = run(find_outlines([str(tmp_path / "稿")]), job(tmp_path))
    (bad,) = [d for d in done if d.problems]
    assert "内部出错" in bad.problems[0]["reason"] and "Traceback" not in str(bad.problems)
    assert len(documents(tmp_path)) == 9


def test_names_that_differ_in_case_alone_are_two_documents(tmp_path):
    """A disk may take 甲.docx for one with 甲.DOCX; pieces keep clear of other files' names too."""
    write_tree(tmp_path / "稿", {"x/A.yaml": GOOD.format(1, "一"), "y/a.yaml": GOOD.format(2, "二"), "z/a-1.yaml": GOOD.format(3, "三")})
    write_tree(tmp_path / "稿", {"z/b.yaml": GOOD.format(4, "四") + "---\n" + GOOD.format(5, "五"), "z/B-1.yaml": GOOD.format(6, "六")})
    run(find_outlines([str(tmp_path / "稿")]), job(tmp_path))
    names = [name.casefold() for name in documents(tmp_path)]
    assert len(names) == len(set(names)) == 6


# ---------------------------------------------------------------- reports
def test_the_page_for_people_holds_what_the_report_holds(drafted):
    """Every blank, finding, fault and document; nothing that is fetched or run."""
    page = (drafted / "out/report.html").read_text("utf-8")
    report = json.loads((drafted / "out/report.json").read_text("utf-8"))
    assert not re.search(r"<script|<link|<img|https?:|url\(|@import|\bon\w+=", page)
    documents_ = [document for row in report["results"] for document in row["documents"]]
    assert len(documents_) == 3
    for document in documents_:
        assert document["title"] in page
        assert all(blank["what"] in page and f"问：{blank['ask']}" in page for blank in document["blanks"])
        assert all(fault["message"] in page for fault in document["faults"])
    assert "数字" in page and "d.yaml" in page
    assert all(pair["first"] in page for pair in report["overlaps"])


def test_what_a_writer_types_cannot_break_the_page(tmp_path):
    """Titles and units are text."""
    text = GOOD.format(1, "一").replace("第一村", '"<b>村&"') + "title: '<script>1</script>'\n"
    write_tree(tmp_path / "稿", {"a&b<i>.yaml" if os.name == "posix" else "a.yaml": text})
    run(find_outlines([str(tmp_path / "稿")]), job(tmp_path))
    page = (tmp_path / "out/report.html").read_text("utf-8")
    assert "<script" not in page and "<b>" not in page and "<i>" not in page
    assert "&lt;script&gt;" in page


def test_a_document_is_summed_up_as_by_draft_json(nigao, tmp_path, builtin):
    """What `nigao draft --json` says of a draft stands in the report, key by key."""
    write_tree(tmp_path, {"a.yaml": GOOD.format(1, "一")})
    (tmp_path / "out").mkdir()
    alone = json.loads(nigao("draft", "a.yaml", "-o", "out/a.docx", "--json").stdout)
    assert nigao("batch", "a.yaml", "-o", "out").returncode in (0, 1)
    (row,) = json.loads((tmp_path / "out/report.json").read_text("utf-8"))["results"]
    (document,) = row["documents"]
    document["blanks"] = [{key: value for key, value in blank.items() if key != "ask"} for blank in document["blanks"]]
    assert {key: document[key] for key in alone} == alone


def test_a_question_is_asked_once_for_a_unit(tmp_path):
    """Two drafts of one unit that need the same figure are one row, with both documents."""
    write_tree(tmp_path / "稿", {name: GOOD.format(1, "一") for name in ("a.yaml", "b.yaml")})
    run(find_outlines([str(tmp_path / "稿")]), job(tmp_path))
    page = (tmp_path / "out/report.html").read_text("utf-8")
    assert page.count("<td>发言人姓名</td>") == 1
    assert "a.docx、b.docx" in page


TEXTS = st.lists(st.text("甲乙丙丁。\n", max_size=60), min_size=2, max_size=7)


def test_what_is_to_be_filled_in_is_not_shared():
    """Drafts ask for the same in the same words: what a blank asks is no wording of theirs, and nothing runs across it."""
    asked = "〔待填：时间｜任务清单下发的具体时限〕"
    assert worst_pairs({"甲": f"河堤要修{asked}以前", "乙": f"水渠要清{asked}以前"}) == ()
    assert worst_pairs({"甲": f"先修河堤{asked}再清水渠", "乙": "先修河堤再清水渠"}) == ()
    (pair,) = worst_pairs({"甲": f"河堤的缺口要先补起来{asked}", "乙": "河堤的缺口要先补起来"})
    assert (pair.shared, pair.share) == (3, 1.0)


@given(TEXTS, st.integers(1, 6))
@settings(max_examples=300)
def test_overlaps_are_those_counted_one_by_one(texts, limit):
    """Against every pair counted by sets of grams."""
    named = {f"{number}": text for number, text in enumerate(texts)}
    sets = {name: grams(text.split("\n")) for name, text in named.items()}
    every = [
        (len(sets[a] & sets[b]) / min(len(sets[a]), len(sets[b])), a, b, len(sets[a] & sets[b]))
        for a, b in combinations(sorted(named), 2) if sets[a] & sets[b]
    ]  # fmt: skip
    expected = sorted(every, key=lambda row: (-row[0], *row[1:]))[:limit]
    found = [(p.share, p.first, p.second, p.shared) for p in worst_pairs(named, limit)]
    assert found == [(round(share, 4), *rest) for share, *rest in expected]


# ---------------------------------------------------------------- many
MANY = 60


@pytest.fixture(scope="module")
def many(tmp_path_factory, library):
    """Outlines over all genres and themes, and what one run with one worker makes of them."""
    folder = tmp_path_factory.mktemp("many")
    rows = list(cases(library, MANY))
    write(folder / "稿", rows)
    subprocess.run(call("out"), cwd=folder, check=False, timeout=600, env=ENV)
    return folder, rows


ENV = {**os.environ, "PYTHONUTF8": "1"}


def call(output: str, *more: str) -> list[str]:
    return [sys.executable, "-m", "tui", "batch", "稿", "-o", output, "--quiet", *more]


def result(folder: Path, output: str) -> dict[str, bytes]:
    """Documents and reports of a run; the folder's own name is not part of them."""
    files = {path.name: path.read_bytes() for path in (folder / output).iterdir() if path.is_file()}
    return {name: content.replace(f'"{output}/'.encode(), b'"out/') for name, content in files.items()}


def test_all_are_written_and_bring_nothing_of_others(many, library):
    """Each of its length, with no place and no figure that its own profile and facts lack, and no sentence twice."""
    folder, rows = many
    stems = {case.stem for case in rows}
    report = json.loads((folder / "out/report.json").read_text("utf-8"))
    assert (report["outlines"], report["written"]) == (MANY, MANY), [row["problems"] for row in report["results"] if row["problems"]]
    for case in rows:
        text = text_of(folder / f"out/{case.name}.docx")
        assert strangers(text, case, stems, library) + in_words(text, case) + repeated(text, case) == [], case.name
        assert abs(length_off(text, case)) <= TOLERANCE, case.name


@pytest.mark.skipif(os.name != "posix", reason="process groups are killed on POSIX only")
def test_killed_five_times_and_resumed_is_the_same(many):
    """At moments of chance, the leading process alone or all with it; the last run ends."""
    folder, _ = many
    dice = random.Random(7)
    ends = []
    for _ in range(5):
        child = subprocess.Popen(call("killed", "--jobs", "2", "--resume"), cwd=folder, env=ENV, start_new_session=True)
        try:
            child.wait(dice.uniform(0.8, 3.0))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL) if dice.random() < 0.7 else os.kill(child.pid, signal.SIGKILL)
            child.wait()
            time.sleep(0.2)
        ends.append(len(list((folder / "killed").glob("*.docx"))) if (folder / "killed").exists() else 0)
    assert subprocess.run(call("killed", "--jobs", "2", "--resume"), cwd=folder, env=ENV, check=False, timeout=600).returncode in (0, 1)
    assert ends == sorted(ends)
    assert result(folder, "killed") == result(folder, "out")


@pytest.mark.slow  # the engine itself is run in test_cluster.py
def test_a_cluster_writes_the_same(many):
    """The tasks of a run are those of any engine."""
    pytest.importorskip("pyspark", reason="the extra cluster (PySpark) is not installed")
    folder, _ = many
    (folder / "cluster/稿").mkdir(parents=True)
    for path in sorted((folder / "稿").iterdir())[:12]:
        (folder / "cluster/稿" / path.name).write_bytes(path.read_bytes())
    for output, more in (("one", ()), ("two", ("--cluster", "local[2]"))):
        done = subprocess.run(call(output, *more), cwd=folder / "cluster", env=ENV, check=False, timeout=600, capture_output=True)
        assert done.returncode in (0, 1), done.stderr.decode()
    one, two = (result(folder / "cluster", output) for output in ("one", "two"))
    assert {name: content for name, content in one.items()} == {n: c.replace(b'"two/', b'"one/') for n, c in two.items()}


# ---------------------------------------------------------------- the command
def test_the_command_resumes(nigao, tmp_path):
    """--resume leaves what is there, and the notice tells where the report is."""
    write_tree(tmp_path, {"稿/a.yaml": GOOD.format(1, "一"), "稿/b.yaml": GOOD.format(2, "二")})
    assert nigao("batch", "稿", "-o", "out").returncode in (0, 1)
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.docx")}
    (tmp_path / "稿/b.yaml").write_text(GOOD.format(3, "三"), "utf-8")
    done = nigao("batch", "稿", "-o", "out", "--resume")
    assert "report.html" in done.stderr
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.docx")}
    assert after["a.docx"] == before["a.docx"] and after["b.docx"] > before["b.docx"]


def test_sources_and_fact_sheet_of_a_batch(nigao, tmp_path):
    """Behind every document, as `nigao draft` has them; a run that is resumed with other ones does all anew."""
    write_tree(tmp_path, {"稿/a.yaml": GOOD.format(1, "一")})
    call = ("batch", "稿", "-o", "out", "--resume")
    assert nigao(*call).returncode in (0, 1)
    assert "附：" not in text_of(tmp_path / "out/a.docx")
    assert nigao(*call, "--sources", "list", "--fact-sheet").returncode in (0, 1)
    assert nigao("draft", "稿/a.yaml", "-o", "a.docx", "--sources", "list", "--fact-sheet").returncode in (0, 1)
    text = text_of(tmp_path / "out/a.docx")
    assert "附：借用语句的出处" in text and "附：事实核对表" in text
    assert (tmp_path / "out/a.docx").read_bytes() == (tmp_path / "a.docx").read_bytes()


def test_a_cluster_that_is_not_there_is_told(nigao, tmp_path):
    """One message, exit code 2, nothing written."""
    write_tree(tmp_path, {"a.yaml": GOOD.format(1, "一")})
    done = nigao("batch", "a.yaml", "-o", "out", "--cluster", "spark://127.0.0.1:1")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr and "集群" in done.stderr
    assert not list((tmp_path / "out").glob("*.docx"))


def test_a_worker_that_is_lost_is_told_and_resumed(tmp_path, monkeypatch):
    """What is written stays, the message says how to go on, and going on gives the rest."""
    from phrasebank.workers import LOST, EngineError

    class Lost:
        """An engine whose second task takes the worker with it."""

        def run(self, function, tasks, done):
            function(tasks[0])
            done(0)
            raise EngineError(LOST)

        def close(self):
            pass

    write_tree(tmp_path / "稿", VILLAGES)
    with pytest.raises(EngineError, match="--resume") as caught:
        run(find_outlines([str(tmp_path / "稿")]), job(tmp_path), engine=Lost())
    assert "素材库没有动" not in str(caught.value)
    first = len(documents(tmp_path))
    assert 0 < first < 10
    assert len(heard_by(tmp_path, job(tmp_path))) == 10 - first
    assert len(documents(tmp_path)) == 10
