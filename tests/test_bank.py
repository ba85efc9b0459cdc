"""The store: a bank is whole or not there, and says in Chinese what is wrong with it."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys

import pytest

from phrasebank.bank import KEPT_SOURCES, Bank, Contents, write_bank
from phrasebank.errors import BankError
from phrasebank.model import MinedDocument, Phrase, Quoted, Removed, Source, Term
from phrasebank.search import Query, Stack

PHRASES = (
    Phrase(
        "p1", "全镇要把隐患查到底。", "{whole}要把隐患查到底。", "measure", "plain", theme="安全生产", facets=("责任落实", "隐患排查"),
        genre="党课", level="镇", count=3, documents=2, sources=(Source("a.txt", 4), Source("b.txt", 9)), years=(2024, 2026), copies=4,
    ),
    Phrase("p2", "有的干部坐等上门。", "有的干部坐等上门。", "problem", "negative", sources=(Source("a.txt", 6),)),
    Phrase(
        "p3", "青山县的经验很好。", "青山县的经验很好。", "lead", "plain", sources=(Source("b.txt", 2),), names=("青山县",), reason="names",
    ),
)  # fmt: skip
CONTENTS = Contents(
    (
        MinedDocument("a.txt", "0" * 64, 120, (Removed(1, "点此下载", "ad"),), (Quoted(3, "“实干”", "slogan"),)),
        MinedDocument("b.txt", "1" * 64, 80, year=2024, copy_of="a.txt"),
    ),
    PHRASES,
    (Term("河长制", 9, 2, 2.5, ((2024, 1), (2026, 1))), Term("问需于民", 4, 2, 1.5)),
    {"documents": "2"},
    {"p4": "p1"},
)


def some_bank(folder, contents=CONTENTS):
    path = folder / "bank.db"
    write_bank(contents, path)
    return path


def test_what_is_written_is_read_back(tmp_path):
    """Every field of every phrase comes back as it was, sources, facets and names included."""
    bank = Bank(some_bank(tmp_path))
    assert bank.matching((), 10) == list(PHRASES[:2])
    assert bank.dropped() == [PHRASES[2]]
    assert [bank.by_id(p.id) for p in PHRASES] == list(PHRASES)
    assert bank.by_id("nothing") is None


def test_all_of_a_bank_comes_back(tmp_path):
    """Documents, phrases, terms with their years and aliases: what is written is what is read."""
    assert Bank(some_bank(tmp_path)).contents() == CONTENTS


def test_what_streams_is_written_as_what_stands_in_memory(tmp_path):
    """Contents may be read once, as they come: the same bytes."""
    first = some_bank(tmp_path).read_bytes()
    streamed = Contents(
        iter(CONTENTS.documents), iter(PHRASES), iter(CONTENTS.terms), CONTENTS.meta, iter([("p4", "p1")])
    )  # fmt: skip
    assert some_bank(tmp_path, streamed).read_bytes() == first


def test_an_old_id_leads_to_what_stands_for_it(tmp_path):
    """An outline that names a wording which was folded into another still finds it."""
    assert Bank(some_bank(tmp_path)).by_id("p4") == PHRASES[0]


def test_terms_come_best_first(tmp_path):
    """`terms` ranks by score."""
    assert [term.text for term in Bank(some_bank(tmp_path)).terms()] == ["河长制", "问需于民"]


def test_what_was_removed_is_kept_with_its_line(tmp_path):
    """What mining took out stays readable in the bank, for whoever doubts it."""
    bank = Bank(some_bank(tmp_path))
    assert bank.count("removed") == 1
    assert bank.count("quotations") == 1
    assert bank.tally("reason", "reason <> ''") == {"names": 1}
    assert bank.tally("role") == {"measure": 1, "problem": 1}


def test_the_wordings_of_a_document_are_all_of_them(tmp_path):
    """Overlap is measured against every sentence of a file, offered or not, in the order of its lines."""
    assert Bank(some_bank(tmp_path)).wordings("b.txt") == ["青山县的经验很好。", "全镇要把隐患查到底。"]


def test_an_empty_bank_is_a_bank(tmp_path):
    """A corpus that gave nothing makes a bank without phrases, not an error."""
    assert Bank(some_bank(tmp_path, Contents((), ()))).matching((), 5) == []


def test_the_same_contents_give_the_same_bytes(tmp_path):
    """A bank depends on what is in it and on nothing else."""
    first = some_bank(tmp_path).read_bytes()
    assert some_bank(tmp_path).read_bytes() == first


def test_a_bank_is_as_readable_as_any_new_file(tmp_path):
    """Colleagues can read a bank that lies in a shared folder."""
    (tmp_path / "other").write_text("")
    mode = stat.S_IMODE((tmp_path / "other").stat().st_mode)
    assert stat.S_IMODE(some_bank(tmp_path).stat().st_mode) == mode


KILLED = """
import os, signal, sys
from pathlib import Path
from phrasebank.bank import Contents, write_bank
def die():
    os.kill(os.getpid(), signal.SIGKILL)
    yield
write_bank(Contents((), die()), Path(sys.argv[1]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="killing a process outright is possible on POSIX only")
def test_a_killed_write_leaves_the_old_bank(tmp_path):
    """Whoever is killed while writing leaves the old bank as it was."""
    path = some_bank(tmp_path)
    before = path.read_bytes()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    assert Bank(path).by_id("p1") == PHRASES[0]


def test_a_failed_write_leaves_the_old_bank_and_no_litter(tmp_path):
    """A fault while writing leaves the old bank and nothing half-written beside it."""
    path = some_bank(tmp_path)
    before = path.read_bytes()
    twice = Contents(CONTENTS.documents, (PHRASES[0], PHRASES[0]))
    with pytest.raises(BankError, match="写不了素材库"):
        write_bank(twice, path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["bank.db"]


@pytest.mark.parametrize("place", ["no/such/folder/bank.db", "file/bank.db"])
def test_a_folder_that_is_not_there_is_told(tmp_path, place):
    """The message names the file and says what to look at."""
    (tmp_path / "file").write_text("")
    with pytest.raises(BankError, match="写不了素材库") as caught:
        write_bank(CONTENTS, tmp_path / place)
    assert caught.value.file == str(tmp_path / place)


def test_a_folder_nobody_may_write_is_told(tmp_path, monkeypatch):
    """A read-only folder is an error in Chinese; nothing is left behind."""

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(BankError, match="写不了素材库") as caught:
        write_bank(CONTENTS, tmp_path / "bank.db")
    assert is_told_in_chinese(caught.value)
    assert not list(tmp_path.iterdir())


def is_told_in_chinese(error: BankError) -> bool:
    return len(re.findall(r"[\u4e00-\u9fff]", error.message)) > 8 and not re.search(r"[A-Za-z]{7,}", error.message)


def test_a_missing_bank_is_told_with_the_way_out(tmp_path):
    """A missing bank names the file and the command that makes one."""
    with pytest.raises(BankError, match=r"没有这个素材库.*nigao mine") as caught:
        Bank(tmp_path / "none.db")
    assert caught.value.file == str(tmp_path / "none.db")


@pytest.mark.parametrize("content", [b"", b"nonsense", "临河镇的稿子".encode(), b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_file_that_is_no_bank_is_told(tmp_path, content):
    """An empty file, a text, a torn header: one message in Chinese, no error of SQLite's."""
    path = tmp_path / "bank.db"
    path.write_bytes(content)
    with pytest.raises(BankError, match=r"不是素材库文件|损坏") as caught:
        Bank(path)
    assert is_told_in_chinese(caught.value)


def test_a_database_of_something_else_is_told(tmp_path):
    """Another program's SQLite file is no bank."""
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE notes (text)")
    with pytest.raises(BankError, match="不是素材库文件"):
        Bank(tmp_path / "other.db")


@pytest.mark.parametrize("version", ["0", "3", "abc"])
def test_a_bank_of_another_version_is_told(tmp_path, version):
    """A bank of another version is not read at random but named for what it is."""
    path = some_bank(tmp_path)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (version,))
    with pytest.raises(BankError, match="其他版本"):
        Bank(path)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_torn_bank_is_told_when_it_is_asked(tmp_path, share):
    """A bank cut off in the middle is a BankError, at opening or at the first question, never an error of SQLite's."""
    many = tuple(
        Phrase(
            f"p{n}",
            f"第{n}件事要办好。" * 4,
            f"第{n}件事要办好。" * 4,
            "measure",
            "plain",
            sources=(Source("a.txt", n),),
        )
        for n in range(400)
    )
    path = some_bank(tmp_path, Contents(CONTENTS.documents, many))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(BankError) as caught:
        bank = Bank(path)
        Stack((bank,)).search(Query("办好", role="measure"), 400)
        bank.terms()
        bank.wordings("a.txt")
        bank.count("removed")
    assert is_told_in_chinese(caught.value)


def test_a_garbled_bank_is_told_when_it_is_asked(tmp_path):
    """Pages overwritten by a failing disk are a BankError too, however late they are read."""
    many = tuple(
        Phrase(f"p{n}", f"第{n}件事要办好。", f"第{n}件事要办好。", "measure", "plain", sources=(Source("a.txt", n),))
        for n in range(400)
    )
    path = some_bank(tmp_path, Contents(CONTENTS.documents, many))
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    with pytest.raises(BankError) as caught:
        bank = Bank(path)
        Stack((bank,)).search(Query("办好", role="measure"), 400)
        bank.wordings("a.txt")
    assert is_told_in_chinese(caught.value)


def test_a_bank_keeps_the_first_sources_and_the_count_of_all(tmp_path):
    """A wording found in many files is stored with the first of its sources and the count of all its files."""
    files = [f"{n:02}.txt" for n in range(KEPT_SOURCES + 5)]
    phrase = Phrase(
        "p0000000001", "干群一条心，黄土变成金。", "干群一条心，黄土变成金。", "lead", "plain", documents=len(files),
        facets=("二", "一"), sources=tuple(Source(file, 1) for file in files),
    )  # fmt: skip
    write_bank(Contents(tuple(MinedDocument(file, "", 1) for file in files), (phrase,)), tmp_path / "b.db")
    (stored,) = Bank(tmp_path / "b.db").matching((), 5)
    assert stored.documents == len(files) and [s.file for s in stored.sources] == files[:KEPT_SOURCES]
    assert stored.facets == ("二", "一")


@pytest.mark.parametrize("content", ["genre: 研讨发言\n", "同志们：\n河堤要修牢。\n"])
def test_somebodys_file_is_not_overwritten_by_a_bank(tmp_path, content):
    """A slip in -o must not cost an outline or a speech; an old bank and an empty file may be replaced."""
    path = tmp_path / "o.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(BankError, match="不是素材库"):
        write_bank(Contents((), ()), path)
    assert path.read_text("utf-8") == content
    path.write_bytes(b"")
    write_bank(Contents((), ()), path)
    write_bank(Contents((), ()), path)
    assert Bank(path).meta["schema_version"]
