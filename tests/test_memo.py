"""Mining again: only what is new or changed is read, and the bank is the one that mining from scratch gives."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from phrasebank import mined as module
from phrasebank.assemble import Report
from phrasebank.memo import EVERY, Memo
from phrasebank.mine import mine
from phrasebank.model import Lexicon

LINE = "要把第{}段河堤上的险段查清，查到哪里就修到哪里，修好了再请群众来看一遍。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "旧稿"
    place.mkdir()
    for n in range(4):
        (place / f"{n}.txt").write_text("在护堤会上的讲话\n同志们：\n" + LINE.format("甲乙丙丁"[n]), "utf-8")
    return place


def run(folder: Path, name: str = "bank.db", **more: object) -> tuple[Report, bytes]:
    """A run with the memo beside the folder, and the bank it wrote."""
    bank = folder.parent / name
    report = mine([folder], bank, Lexicon(), memo=folder.parent / "memo.db", **more)  # type: ignore[arg-type]
    return report, bank.read_bytes()


def scratch(folder: Path) -> bytes:
    mine([folder], folder.parent / "scratch.db", Lexicon())
    return (folder.parent / "scratch.db").read_bytes()


def test_the_second_run_reads_nothing_and_gives_the_same_bank(folder, monkeypatch):
    first, bank = run(folder)
    monkeypatch.setattr(module, "read", None)
    again, same = run(folder, "again.db")
    assert (first.reused, again.reused) == (0, 4)
    assert bank == same == scratch_without(monkeypatch, folder)


def scratch_without(monkeypatch: pytest.MonkeyPatch, folder: Path) -> bytes:
    monkeypatch.undo()
    return scratch(folder)


def test_what_changed_is_read_and_what_is_gone_forgotten(folder):
    run(folder)
    (folder / "0.txt").write_text("在防汛会上的讲话\n同志们：\n要把沙袋备齐，备在离险段最近的地方，谁看守都要写明。\n", "utf-8")
    (folder / "1.txt").unlink()
    shutil.copy(folder / "2.txt", folder / "新.txt")
    report, bank = run(folder)
    assert report.reused == 2
    assert bank == scratch(folder)


def test_a_file_under_another_name_is_another_source(folder):
    run(folder)
    (folder / "0.txt").rename(folder / "零.txt")
    report, bank = run(folder)
    assert (report.reused, bank) == (3, scratch(folder))


def test_another_lexicon_or_miner_reads_all_again(folder, monkeypatch):
    run(folder)
    monkeypatch.setattr("phrasebank.mine.miner_digest", lambda *more: "another miner")
    assert run(folder)[0].reused == 0


def test_with_several_processes_too(folder):
    _, bank = run(folder, jobs=2)
    report, again = run(folder, jobs=2)
    assert (report.reused, again) == (4, bank)


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + bytes(5000), b""])
def test_a_damaged_memo_is_made_anew(folder, content):
    (folder.parent / "memo.db").write_bytes(content)
    assert run(folder)[0].reused == 0
    assert run(folder)[0].reused == 4


def test_damaged_entries_are_mined_again(folder):
    run(folder)
    with sqlite3.connect(folder.parent / "memo.db") as connection:
        connection.execute("UPDATE mined SET data = x'00'")
    connection.close()
    report, bank = run(folder)
    assert (report.reused, bank) == (0, scratch(folder))


def test_a_memo_that_cannot_be_had_does_no_harm(folder):
    (folder.parent / "file").write_text("x")
    report = mine([folder], folder.parent / "bank.db", Lexicon(), memo=folder.parent / "file" / "memo.db")
    assert report.documents == 4


def test_a_run_that_was_ended_goes_on_where_it_stopped(folder):
    for n in range(EVERY):
        (folder / f"更多{n:02}.txt").write_text("在护堤会上的讲话\n同志们：\n" + LINE.format(n), "utf-8")

    def end(done: int, total: int, name: str) -> None:
        if done == EVERY + 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(folder, progress=end)
    assert not (folder.parent / "bank.db").exists()
    report, bank = run(folder)
    assert report.reused >= EVERY
    assert bank == scratch(folder)


def test_a_killed_run_has_saved_what_it_said(tmp_path):
    """Whatever was put before a commit is there for another process, though this one never closes."""
    memo: Memo[int] = Memo(tmp_path / "memo.db", int, int)
    for n in range(EVERY):
        memo.put(str(n), n)
    assert [Memo(tmp_path / "memo.db", int, int).get(str(n)) for n in range(EVERY)] == list(range(EVERY))


def test_what_was_long_not_used_is_forgotten(tmp_path):
    memo: Memo[int] = Memo(tmp_path / "memo.db", int, int)
    memo.put("old", 1)
    memo.put("new", 2)
    memo.close()
    with sqlite3.connect(tmp_path / "memo.db") as connection:
        connection.execute("UPDATE mined SET used = '2001-01-01' WHERE key = 'old'")
    connection.close()
    Memo(tmp_path / "memo.db", int, int).close()
    later: Memo[int] = Memo(tmp_path / "memo.db", int, int)
    assert (later.get("old"), later.get("new")) == (None, 2)


def test_two_runs_at_once_do_no_harm(tmp_path):
    """Both remember what they read: neither holds the file for longer than it writes."""
    first: Memo[int] = Memo(tmp_path / "memo.db", int, int)
    first.put("one", 1)
    second: Memo[int] = Memo(tmp_path / "memo.db", int, int)
    second.put("two", 2)
    second.close()
    first.close()
    later: Memo[int] = Memo(tmp_path / "memo.db", int, int)
    assert (later.get("one"), later.get("two")) == (1, 2)
