"""What the user decides in a bank: search keeps to it, and nothing that happens to the bank loses it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from conftest import own_library, write_tree
from hypothesis import given
from hypothesis import strategies as st

from phrasebank.bank import Bank, Contents, write_bank
from phrasebank.contents import Curation, Mark, Tag, joined
from phrasebank.curating import add, edit, hide, pin, remove, tag
from phrasebank.errors import BankError
from phrasebank.exchange import read_lines, write_lines
from phrasebank.mine import mine
from phrasebank.model import MinedDocument, Phrase, Source
from phrasebank.search import Query, Stack
from phrasebank.union import united


def phrase(number: int, text: str, **values: object) -> Phrase:
    return Phrase(f"p{number:010x}", text, text, "measure", "plain", sources=(Source("a.txt", number),), **values)


PHRASES = (
    phrase(1, "把全镇的河堤从头到尾走一遍。", level="镇", theme="安全生产"), phrase(2, "把水闸逐个试一遍，坏的当天修好。"),
    phrase(3, "请老河工给年轻人讲一讲水情。"), phrase(4, "青山县的水库要守好。", reason="names", names=("青山县",)),
)  # fmt: skip
P1, P2, P3, P4 = (p.id for p in PHRASES)
OWN = Phrase("", "把抽水机的油加满，停在险段边上。", "", "measure", "plain", theme="安全生产", facets=("应急处置",))


@pytest.fixture
def path(tmp_path):
    write(tmp_path / "库.db")
    return tmp_path / "库.db"


def write(path, phrases=PHRASES, aliases=None):
    write_bank(Contents((MinedDocument("a.txt", "0" * 64, 1),), phrases, aliases=aliases or {}), path)


def found(path, words="", **query):
    return [hit.phrase.id for hit in Stack((Bank(path),)).search(Query(words, **query))]


def decided(path) -> Curation:
    """Something of everything."""
    pin(path, [P2])
    hide(path, [P3])
    edit(path, P1, "把全镇的河堤一段一段走到。")
    tag(path, [P1, P2], ["汛期"])
    add(path, OWN, ["汛期", "常用"])
    return Bank(path).curation()


def test_what_is_pinned_comes_first(path):
    """Wherever it fits; and no more once it is unpinned."""
    pin(path, [P3])
    assert found(path)[0] == P3 and found(path, "河堤") == [P1]
    pin(path, [P3], on=False)
    assert set(found(path)) == {P1, P2, P3} and found(path)[0] != P3


def test_what_is_hidden_is_not_offered(path):
    """Neither by words nor by properties; by its id it is still there, for outlines that have it."""
    hide(path, [P1])
    assert P1 not in found(path) + found(path, "河堤") + found(path, theme="安全生产")
    assert Bank(path).by_id(P1) is not None
    hide(path, [P1], on=False)
    assert P1 in found(path)


def test_pinning_and_hiding_exclude_each_other(path):
    """The later word counts."""
    pin(path, [P1])
    hide(path, [P1])
    assert P1 not in found(path)
    pin(path, [P1])
    assert found(path)[0] == P1 and Bank(path).faults() == []


def test_what_is_edited_is_shown_and_found_as_edited(path):
    """With words of the level as slots; the wording that was mined is kept and comes back."""
    edit(path, P1, "把全镇的堤坝一段一段走到。")
    bank = Bank(path)
    assert bank.by_id(P1).text == "把全镇的堤坝一段一段走到。"
    assert bank.by_id(P1).template == "把{whole}的堤坝一段一段走到。"
    assert bank.text_as_mined(P1) == PHRASES[0].text
    assert found(path, "堤坝") == [P1] and found(path, "河堤") == [] and P1 in found(path)
    edit(path, P1, "")
    assert Bank(path).by_id(P1) == PHRASES[0] and found(path, "河堤") == [P1]


def test_an_edit_frees_what_was_dropped(path):
    """A sentence that names another county is offered in the writer's own words."""
    with pytest.raises(BankError, match="没有收用"):
        pin(path, [P4])
    edit(path, P4, "水库要有人守好。")
    assert found(path, "水库") == [P4]
    pin(path, [P4])
    assert found(path)[0] == P4


def test_own_phrases_are_offered(path):
    """By words, theme and facet; their ids are made of the wording."""
    id_ = add(path, OWN)
    assert id_.startswith("o") and found(path, "抽水机") == found(path, facet="应急处置") == [id_]
    assert found(path, theme="安全生产") == [id_, P1] and found(path, role="appeal") == []
    assert Bank(path).by_id(id_).facets == ("应急处置",)
    assert add(path, OWN) == id_
    remove(path, [id_])
    assert found(path, "抽水机") == [] and Bank(path).by_id(id_) is None


def test_tags_filter(path):
    """Alone and with words; mined and own phrases alike."""
    id_ = add(path, OWN, ["汛期"])
    tag(path, [P1, P2], ["汛期", "常用"])
    assert sorted(found(path, tag="汛期")) == sorted([id_, P1, P2]) and found(path, "水闸", tag="汛期") == [P2]
    assert found(path, tag="没有") == []
    tag(path, [P2], ["汛期"], on=False)
    assert sorted(found(path, tag="汛期")) == sorted([id_, P1]) and P2 in found(path, tag="常用")


def test_what_one_bank_hides_no_bank_offers(tmp_path):
    """A sentence of the built-in bank can be hidden in one's own."""
    write(tmp_path / "own.db", PHRASES[:1])
    write(tmp_path / "built.db")
    hide(tmp_path / "own.db", [P2], elsewhere=lambda id_: id_ == P2)
    stack = Stack((Bank(tmp_path / "own.db"),), Bank(tmp_path / "built.db"))
    assert {hit.phrase.id for hit in stack.search(Query())} == {P1, P3}


def test_an_open_search_sees_what_is_decided_meanwhile(path):
    """A session that is open offers no more what was hidden from another window."""
    stack = Stack((Bank(path),))
    assert len(stack.search(Query())) == 3
    hide(path, [P1])
    assert {hit.phrase.id for hit in stack.search(Query())} == {P2, P3}


# ---------------------------------------------------------------- nothing loses it
def test_writing_the_bank_again_keeps_it(path):
    """Mined anew, the bank has all that was decided; what is gone waits and comes back."""
    before = decided(path)
    write(path, PHRASES[2:])
    assert Bank(path).curation() == before
    assert Bank(path).decided.waiting == {P1, P2} and Bank(path).faults() == []
    write(path)
    assert Bank(path).curation() == before and found(path)[0] == P2
    assert Bank(path).by_id(P1).text == "把全镇的河堤一段一段走到。"


def test_decisions_follow_a_wording_that_is_folded(path):
    """When a wording is folded into another, that one bears what was decided of it."""
    decided(path)
    write(path, PHRASES[2:], aliases={P1: P4, P2: P3})
    bank = Bank(path)
    assert bank.by_id(P1).text == "把全镇的河堤一段一段走到。" and bank.decided.pinned == {P3}
    assert P3 in found(path, tag="汛期")


def test_export_import_and_merge_carry_it(path, tmp_path):
    """As lines of JSON and back, and joined with another bank."""
    before = decided(path)
    write_lines(Bank(path).stream(), tmp_path / "a.jsonl")
    write_bank(read_lines(tmp_path / "a.jsonl"), tmp_path / "again.db")
    assert Bank(tmp_path / "again.db").curation() == before
    write(tmp_path / "other.db")
    hide(tmp_path / "other.db", [P2])
    edit(tmp_path / "other.db", P1, "另一种说法也要顾到。")
    both = united([(p.stem, Bank(p).contents()) for p in (path, tmp_path / "other.db")])
    marks = {mark.id: mark for mark in both.curation.marks}
    assert marks[P2].pinned and not marks[P2].hidden and marks[P1].text == "把全镇的河堤一段一段走到。"
    assert both.curation.own == before.own and both.curation.tags == before.tags


SPEECH = """\
在临河镇防汛会上的讲话
同志们：
今天我们开一个短会，专门说一说河堤上的隐患。
一、查清隐患
要把河堤上的险段一处一处查清，查到哪里就修到哪里。要安排老河工带路，他们闭着眼也知道哪里渗过水。
"""


OTHER = """\
在青山县学校工作会上的讲话
同志们：
今天我们研究学校的事情。
一、管好食堂
要请家长代表轮流到食堂陪餐，把意见当天记到本子上。
"""


def test_mining_again_keeps_it(tmp_path):
    """The folder changes and is mined over the same file: decisions stay, and come back with the text they are about."""
    folder = write_tree(tmp_path, {"稿/一.txt": SPEECH, "稿/二.txt": OTHER}) / "稿"
    target, lexicon = tmp_path / "库.db", own_library().lexicon()
    mine([folder], target, lexicon, terms=False)
    (wanted,) = {p.id for p in Bank(target).matching((), 99) if "老河工" in p.text and p.kind == "sentence"}
    pin(target, [wanted])
    edit(target, wanted, "请老河工带路，他们知道哪里渗过水。")
    own = add(target, OWN, ["汛期"])
    (folder / "一.txt").unlink()
    mine([folder], target, lexicon, terms=False)
    assert own in found(target) and Bank(target).faults() == []
    write_tree(tmp_path, {"稿/一.txt": SPEECH})
    mine([folder], target, lexicon, terms=False)
    assert found(target)[0] == wanted
    assert Bank(target).by_id(wanted).text == "请老河工带路，他们知道哪里渗过水。"


def test_a_bank_without_decisions_is_the_same_bytes(path):
    """A bank in which something was decided and taken back is mined again as if nothing had been."""
    fresh = path.read_bytes()
    pin(path, [P1])
    pin(path, [P1], on=False)
    write(path)
    assert path.read_bytes() == fresh


def test_a_damaged_bank_is_kept_beside(path):
    """Mining over a damaged bank does not throw away what may still be read out of it."""
    decided(path)
    damaged = path.read_bytes()[:9000] + b"\xff" * 9000
    path.write_bytes(damaged)
    write(path)
    assert (path.parent / "库.db.old").read_bytes() == damaged
    assert Bank(path).faults() == []


# ---------------------------------------------------------------- faults and accidents
@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda path: pin(path, ["p0000000009"]), f"最接近的是 {P1}"), (lambda path: hide(path, ["河堤走一遍"]), "nigao suggest"),
        (lambda path: tag(path, ["zzz"], ["汛期"]), "nigao suggest"), (lambda path: edit(path, P1, "做到百分之百。"), "待填"),
        (lambda path: edit(path, P1, "abc"), "汉字"), (lambda path: edit(path, P1, "字" * 500), "400"),
        (lambda path: edit(path, P1, "把{x}办好"), "花括号"),
        (lambda path: remove(path, [P1]), "nigao bank hide"), (lambda path: tag(path, [P1], ["两 个"]), "标签"),
        (lambda path: pin(path.with_name("no.db"), [P1]), "没有这个素材库"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_changed(path, call, said):
    """One sentence that says what to do; the file stays as it was."""
    before = path.read_bytes()
    with pytest.raises(BankError, match=said):
        call(path)
    assert path.read_bytes() == before


def test_of_several_ids_one_wrong_changes_none(path):
    """All or nothing."""
    with pytest.raises(BankError):
        pin(path, [P1, "p9"])
    assert not Bank(path).curation()


KILLED = """
import os, signal, sys
from pathlib import Path
import phrasebank.curating as curating
whole = curating._save
def dies(connection, mark):
    whole(connection, mark)
    if mark.id == sys.argv[2]:
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("UPDATE phrases SET text = text || '，'")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("UPDATE phrases SET template = template || '，'")
        os.kill(os.getpid(), signal.SIGKILL)
curating._save = dies
curating.hide(Path(sys.argv[1]), sys.argv[3:])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="killing a process outright is possible on POSIX only")
def test_who_is_killed_in_the_middle_leaves_the_bank_as_it_was(tmp_path):
    """Even where half of it was on disk already: whoever opens the bank next undoes it, a reader as well."""
    path = tmp_path / "库.db"
    many = tuple(phrase(n, f"第{chr(0x4e00 + n)}段河堤要有人走，有人看，有人修。" * 4) for n in range(1, 800))
    write(path, many)
    pin(path, [many[0].id])
    before = Bank(path).contents()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path), many[5].id, *(p.id for p in many[:9])], check=False)
    assert killed.returncode == -signal.SIGKILL
    bank = Bank(path)
    assert bank.contents() == before and bank.faults() == []
    hide(path, [many[5].id])
    assert many[5].id not in found(path)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="killing a process outright is possible on POSIX only")
def test_mining_over_a_bank_whose_writer_was_killed(tmp_path):
    """What he left half done is undone first and does not fall upon the new file."""
    path = tmp_path / "库.db"
    many = tuple(phrase(n, f"第{chr(0x4e00 + n)}段河堤要有人走，有人看，有人修。" * 4) for n in range(1, 800))
    write(path, many)
    pin(path, [many[0].id])
    subprocess.run([sys.executable, "-c", KILLED, str(path), many[5].id, *(p.id for p in many[:9])], check=False)
    write(path)
    assert Bank(path).curation() == Curation((Mark(many[0].id, pinned=True),))
    assert Bank(path).faults() == [] and Bank(path).by_id(P1) == PHRASES[0]
    assert [file.name for file in tmp_path.iterdir()] == ["库.db"]


def test_two_at_once_wait_for_each_other(path):
    """Forty changes from four threads: none is lost."""

    def work(mine: list[str]) -> None:
        for word in mine:
            tag(path, [P1], [word])

    names = [f"标签{chr(0x4e00 + n)}" for n in range(40)]
    threads = [threading.Thread(target=work, args=(names[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(Bank(path).decided.tags_of(P1)) == set(names)


def test_what_is_decided_while_the_bank_is_mined_is_not_lost(path):
    """A pin set while a long mining run writes is in the new bank; one set after it waits for the new file."""

    def slow():
        for one in PHRASES:
            time.sleep(0.05)
            yield one

    writer = threading.Thread(target=write, args=(path, slow()))
    writer.start()
    time.sleep(0.05)
    pin(path, [P1])
    tag(path, [P2], ["汛期"])
    writer.join()
    assert Bank(path).decided.pinned == {P1} and Bank(path).decided.tags == {"汛期": {P2}}


def test_who_has_to_wait_too_long_is_told(path, monkeypatch):
    """A lock that is never given up is a message, not a hang."""
    monkeypatch.setattr("phrasebank.curating.WAIT", 0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BankError, match="另一个程序正在改"):
        pin(path, [P1])
    other.close()
    pin(path, [P1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="permissions are tried on POSIX only")
def test_a_bank_that_cannot_be_written_is_told(path):
    """A bank in a folder of others' can be read, not changed. In a child process, because root (as in CI) has to step down first."""
    with tempfile.TemporaryDirectory() as folder:
        bank = Path(shutil.copy(path, folder))
        bank.chmod(0o444)
        Path(folder).chmod(0o555)
        child = os.fork()
        if child == 0:
            os._exit(_refused(bank))
        Path(folder).chmod(0o755)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _refused(bank: Path) -> int:
    """0 where a user without rights is told so and still finds what is there."""
    if os.geteuid() == 0:
        os.setuid(65534)
    try:
        pin(bank, [P1])
    except BankError as error:
        return 0 if "改不了" in str(error) and len(found(bank)) == 3 else 3
    return 4


MARKS = st.builds(Mark, st.sampled_from("abc"), st.booleans(), st.just(False), st.sampled_from(["", "甲"]), st.just(""))
CURATIONS = st.builds(
    lambda marks, tags: Curation(tuple({m.id: m for m in marks}.values()), (), tuple(tags)), st.lists(MARKS),
    st.lists(st.builds(Tag, st.sampled_from("abc"), st.sampled_from("xy")), unique=True),
)  # fmt: skip


@given(CURATIONS, CURATIONS, CURATIONS)
def test_joining_is_associative_and_keeps_what_is_there(a, b, c):
    """In whatever steps banks are merged, the outcome is one; joining with nothing or with oneself changes nothing."""
    assert joined([joined([a, b]), c]) == joined([a, joined([b, c])]) == joined([a, b, c])
    assert joined([a, a]) == joined([a]) == joined([a, Curation()])
    assert {t for one in (a, b) for t in one.tags} == set(joined([a, b]).tags)


# ---------------------------------------------------------------- the command line
def test_decisions_from_the_command_line(here, path):
    """Pin, hide, edit, tag, add and their ways back; `suggest` and `list` show it."""
    import json

    def rows(*call):
        done = here(*call, "--json")
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    rows("bank", "pin", path, P3)
    rows("bank", "hide", path, P2)
    rows("bank", "edit", path, P1, "--text", "把全镇的堤坝走到。")
    rows("bank", "tag", path, P1, P3, "--tag", "汛期", "--tag", "常用")
    ((own,),) = [row["ids"] for row in rows("bank", "add", path, "--text", "把沙袋备足。", "--role", "举措", "--tag", "汛期")]
    offered = rows("suggest", "--bank", path, "--no-builtin")
    assert [row["id"] for row in offered] == [P3, own, P1]
    assert offered[0]["pinned"] and offered[0]["tags"] == ["常用", "汛期"] and offered[2]["kind"] == "sentence"
    assert {row["id"] for row in rows("suggest", "--bank", path, "--no-builtin", "--tag", "汛期")} == {P1, P3, own}
    assert rows("bank", "list", path, "--tags") == [{"tag": "常用", "phrases": 2}, {"tag": "汛期", "phrases": 3}]
    listed = {row["id"]: row for row in rows("bank", "list", path, "--curated")}
    assert listed[P1]["mined"] == PHRASES[0].text and listed[P2]["hidden"] and listed[own]["own"] and listed[P3]["pinned"]
    for undo, ids in (("unpin", P3), ("unhide", P2), ("unedit", P1), ("remove", own)):
        rows("bank", undo, path, ids)
    rows("bank", "untag", path, P1, P3, "--tag", "汛期", "--tag", "常用")
    assert not Bank(path).curation()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("pin {bank}", "写法：nigao bank pin"), ("tag {bank} p1", "--tag"), ("edit {bank} p1", "--text"), ("add {bank}", "--text"),
        ("edit {bank} p1 p2 --text 甲", "写法"), ("pin {bank} p9", "nigao suggest"), ("add {bank} --text 办好。 --role 做法", "举措"),
        ("add {bank} --text 办好。 --theme 安全生厂", "安全生产"), ("add {bank} --text 办好。 --level 州县", "层级"),
        ("migrate", "写法：nigao bank migrate"), ("edit {bank} p1 --text 办好。 --role 问题", "nigao bank add"),
    ],
)  # fmt: skip
def test_wrong_calls_are_told(here, path, call, said):
    """Exit code 2 and one message with the right way."""
    done = here("bank", *call.format(bank=path).split())
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
