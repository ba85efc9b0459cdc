"""Mining: every sentence is offered or dropped with a reason, and the result does not hang on the number of workers."""

from __future__ import annotations

import pytest
from conftest import own_library, write_tree

from phrasebank.bank import Bank
from phrasebank.errors import BankError, ReadError
from phrasebank.mine import mine

SPEECH = """\
在全镇安全生产推进会上的讲话
同志们：
今天我们开一个短会，专门说一说河堤上的隐患。
一、查清隐患
要把河堤上的险段一处一处查清，查到哪里就修到哪里。要安排老河工带路，他们闭着眼也知道哪里渗过水。
二、压实责任
要把每一段河堤都写上一个人的名字，汛期里天天有人走、有人看。有的干部一个汛期也没有到过河堤。
"""
LECTURE = """\
---
title: 护堤的道理
genre: 党课
theme: 安全生产
level: 县
place: 青山县
---
护堤的道理
同志们：
要把河堤上的险段一处一处查清，查到哪里就修到哪里。青山县的河堤，要由青山县的人守好。
全县党员要带头上堤，白天查、夜里也查。去年全县加固河堤36公里，一处也没有漏。
"""
FILES = {"稿/一.txt": SPEECH, "稿/二.md": LECTURE, "稿/三.txt": SPEECH.replace("老河工", "老船工").encode("gb18030")}


@pytest.fixture
def folder(tmp_path):
    return write_tree(tmp_path, FILES) / "稿"


def mined(folder, output, **options):
    return mine([folder], output, own_library().lexicon(), **options)


def test_counts_add_up(folder, tmp_path):
    """Offered and dropped are all there is, in the report as in the bank."""
    report = mined(folder, tmp_path / "bank.db")
    bank = Bank(tmp_path / "bank.db")
    assert report.offered + sum(report.dropped.values()) == report.phrases == bank.count("phrases")
    assert report.offered == sum(report.roles.values()) == len(bank.matching((), 10_000))
    assert report.dropped == bank.tally("reason", "reason <> ''")
    assert report.documents == bank.count("documents") == 3
    assert report.offered > 5
    assert sum(report.removed.values()) == bank.count("removed")


def test_a_sentence_of_several_files_is_one_phrase_with_several_sources(folder, tmp_path):
    """The same wording in three files is one phrase that names the three; the file that repeats another is a copy."""
    mined(folder, tmp_path / "bank.db", base=folder)
    found = [p for p in Bank(tmp_path / "bank.db").matching((), 100) if p.kind == "sentence" and p.text.startswith("要把河堤上的险段")]
    assert [(p.count, p.documents, p.copies) for p in found] == [(3, 2, 1)]
    assert {source.file for source in found[0].sources} == {"一.txt", "二.md", "三.txt"}


def test_sources_name_the_line_in_the_file(folder, tmp_path):
    """A phrase can be found again where it stands."""
    mined(folder, tmp_path / "bank.db", base=folder)
    for phrase in Bank(tmp_path / "bank.db").matching((), 100):
        for source in phrase.sources:
            if source.file != "三.txt":
                line = FILES[f"稿/{source.file}"].splitlines()[source.line - 1]
                part = next(part for part in phrase.text.split("；") if part.rstrip("。") in line) if phrase.kind == "set" else phrase.text
                assert part.rstrip("。") in line


def test_two_workers_give_the_bytes_of_one(folder, tmp_path):
    """`--jobs 2` changes the time a run takes and nothing else."""
    one = mined(folder, tmp_path / "one.db", jobs=1)
    two = mined(folder, tmp_path / "two.db", jobs=2)
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()
    assert one == two


def test_mining_twice_gives_the_same_bytes(folder, tmp_path):
    """The same texts give the same bank."""
    mined(folder, tmp_path / "one.db")
    mined(folder, tmp_path / "two.db")
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_unreadable_file_is_reported_and_the_rest_mined(folder, tmp_path, jobs):
    """One bad file among many stops nothing: it is named, and the others are in the bank."""
    write_tree(folder, {"坏.txt": bytes(range(256)) * 8, "空.txt": "\n \n"})
    report = mined(folder, tmp_path / "bank.db", jobs=jobs)
    assert {error.file for error in report.unreadable} == {str(folder / "坏.txt"), str(folder / "空.txt")}
    assert report.documents == 3
    assert Bank(tmp_path / "bank.db").count("documents") == 3


def test_nothing_readable_is_an_error_and_no_bank(tmp_path):
    """Where no file can be read there is an error that names one, and no empty bank."""
    write_tree(tmp_path, {"坏.txt": b"\0\1\2" * 50})
    with pytest.raises(ReadError) as caught:
        mined(tmp_path / "坏.txt", tmp_path / "bank.db")
    assert caught.value.file == str(tmp_path / "坏.txt")
    assert not (tmp_path / "bank.db").exists()


def test_a_bank_that_cannot_be_written_is_an_error(folder, tmp_path):
    """The folder for the bank is missing: BankError, not a traceback of the system."""
    with pytest.raises(BankError):
        mined(folder, tmp_path / "no" / "bank.db")


def test_progress_is_told_after_each_file(folder, tmp_path):
    """Whoever waits hears of every file once."""
    heard = []
    mined(folder, tmp_path / "bank.db", progress=lambda *step: heard.append(step))
    assert [(done, total) for done, total, _ in heard] == [(1, 3), (2, 3), (3, 3)]
    assert {name for _, _, name in heard} == {"一.txt", "二.md", "三.txt"}


def test_no_figure_and_no_place_is_offered(folder, tmp_path):
    """What the whole chain offers has neither a digit nor the name of the county it came from."""
    mined(folder, tmp_path / "bank.db")
    templates = [phrase.template for phrase in Bank(tmp_path / "bank.db").matching((), 100)]
    assert any("{blank:数据" in template for template in templates)
    assert not [template for template in templates if any(c.isdigit() for c in template)]
    assert not [template for template in templates if "青山" in template]


def test_what_names_a_fault_is_no_measure(folder, tmp_path):
    """A fault named among measures is a problem in the bank."""
    mined(folder, tmp_path / "bank.db")
    (fault,) = [p for p in Bank(tmp_path / "bank.db").matching((), 100) if p.text.startswith("有的干部")]
    assert (fault.role, fault.polarity) == ("problem", "negative")
