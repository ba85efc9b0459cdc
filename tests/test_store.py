"""The store's promises: what is saved is an outline, nothing is lost by a kill, and failures are told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from drafting.errors import ExportError
from drafting.model import Outline, Profile
from drafting.session import Session, reopen
from drafting.store import Habits, Spot, Store, Typed, state_folder
from phrasebank.search import Stack


@pytest.fixture
def stack(builtin):
    return Stack((), builtin)


@pytest.fixture
def session(library, stack):
    profile = Profile("镇", "临河镇", "临河镇党委", "组织委员", "", 2026)
    return Session(library, stack, Outline("研讨发言", "安全生产", profile=profile))


def test_the_folder_follows_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("NIGAO_STATE", str(tmp_path / "own"))
    assert state_folder() == tmp_path / "own"
    monkeypatch.delenv("NIGAO_STATE")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
    assert state_folder() == tmp_path / "xdg" / "nigao"
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert state_folder() == tmp_path / ".local" / "state" / "nigao"


def test_what_is_saved_is_an_outline_that_the_command_line_renders_to_the_same_text(session, tmp_path, nigao):
    store, out = Store(), tmp_path / "out.json"
    path = store.new_path()
    section = 1
    session.swap(section, 0, 0)
    session.retype(section, 1, ["隐患不会自己消失。" + session.items(section, 1)[0].text, "另起一段，也是自己写的。"])
    session.redraw_headings()
    store.save(session, path)
    done = nigao("draft", path, "-o", out)
    assert done.returncode == 0, done.stderr
    assert "\n".join(block["text"] for block in json.loads(out.read_text("utf-8"))["blocks"]) == session.draft.text


def test_unfinished_drafts_are_listed_newest_first_until_exported(session):
    store = Store()
    first, second = store.new_path(), None
    store.save(session, first)
    second = store.new_path()
    assert second != first
    session.apply(lambda o: Outline("研讨发言", "安全生产", title="守住安全底线"))
    store.save(session, second)
    os.utime(first, (1, 1))
    assert [(s.path, s.title) for s in store.unfinished()] == [(second, "守住安全底线"), (first, "关于安全生产的研讨发言")]
    assert {s.genre for s in store.unfinished()} == {"研讨发言"}
    assert store.unfinished()[0].characters == session.draft.characters
    store.finish(second)
    assert [s.path for s in store.unfinished()] == [first]
    assert [s.path for s in store.finished()] == [second]
    store.reopen(second)
    assert store.finished() == []
    store.save(session, second)
    assert second in [s.path for s in store.unfinished()], "changed after the export: offered again"


@pytest.mark.parametrize("content", [b"", b"- a list", b"\xff\xfe", b"theme: [", b"genre: x"])
def test_a_damaged_draft_is_left_out(content):
    store = Store()
    store.drafts.mkdir(parents=True)
    (store.drafts / "x.yaml").write_bytes(content)
    assert store.unfinished() == []


def test_habits_come_back():
    store = Store()
    habits = Habits(Profile("村", "石桥村", "石桥村党支部", "书记", "", 2026), "党课", 12.5)
    store.remember(habits)
    assert store.habits() == habits


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"a: [", b"profile: {level: x, place: 3, year: y}\nminutes: z"])
def test_damaged_habits_are_plain_defaults(content):
    store = Store()
    store.folder.mkdir(parents=True)
    (store.folder / "profile.yaml").write_bytes(content)
    assert store.habits() == Habits()


def test_a_living_process_holds_its_draft_and_a_dead_one_does_not(session):
    store = Store()
    path = store.new_path()
    store.save(session, path)
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    path.with_suffix(".pid").write_text(str(other.pid))
    assert store.holder(path) == other.pid
    other.communicate(b"\n")
    assert store.holder(path) is None
    store.claim(path)
    assert store.holder(path) is None, "one's own claim does not shut oneself out"
    store.release(path)
    assert not path.with_suffix(".pid").exists()


def test_a_folder_that_is_a_file_is_told_and_does_not_crash(session, tmp_path):
    (tmp_path / "f").write_text("")
    store = Store(tmp_path / "f")
    with pytest.raises(ExportError):
        store.save(session, store.new_path())
    with pytest.raises(ExportError):
        store.remember(Habits())
    store.claim(store.new_path())
    store.finish(store.new_path())


def test_the_file_is_on_the_disk_before_it_bears_its_name(session, monkeypatch):
    """A power cut between the two would leave an empty file under the name of the draft."""
    done = []
    fsync, rename = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append(os.fstat(handle).st_ino), fsync(handle)))
    monkeypatch.setattr(os, "replace", lambda a, b: (rename(a, b), done.append(Path(b).name)))
    store = Store()
    path = store.new_path()
    store.save(session, path)
    named = done.index(path.name)
    assert path.stat().st_ino in done[:named]
    assert path.parent.stat().st_ino in done[named:]


def test_where_the_writer_was_and_what_he_typed_come_back(session):
    store = Store()
    path = store.new_path()
    store.keep_spot(path, Spot("facts", 1, 1))
    assert store.spot(path) == Spot(), "nothing is remembered of a draft that was never saved"
    store.save(session, path)
    store.keep_spot(path, Spot("facts", 2, 5))
    store.keep_typed(path, Typed("改这一句", "隐患不会自己消失，\n"))
    assert store.spot(path) == Spot("facts", 2, 5)
    assert store.typed(path) == Typed("改这一句", "隐患不会自己消失，\n")
    store.keep_typed(path, None)
    assert store.typed(path) is None


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'{"step": 3}', b'{"text": 7}', b'{"files": 3}', b'{"a": 3}'])
def test_damaged_memories_are_none(content, tmp_path):
    store = Store(tmp_path)
    for name in ("x.place", "x.typing", "recent.json", "profiles.json"):
        (tmp_path / name).write_bytes(content)
    assert (store.spot(tmp_path / "x.yaml"), store.typed(tmp_path / "x.yaml"), store.recent()) == (Spot(), None, [])
    assert all(profile == Profile() for profile in store.profiles().values())


def test_speakers_are_kept_by_name():
    store = Store()
    both = {"镇长": Profile("镇", "临河镇", "临河镇人民政府", "镇长", "", 2026), "书记": Profile("镇", "临河镇", "临河镇党委", "书记")}
    store.keep_profiles(both)
    assert store.profiles() == both
    store.keep_profiles({"书记": both["书记"]})
    assert list(store.profiles()) == ["书记"]


def test_files_opened_lately_come_last_first(tmp_path):
    store = Store()
    files = [tmp_path / f"{n}.yaml" for n in range(15)]
    for file in files:
        file.write_text("")
        store.opened(file)
    store.opened(files[9])
    assert store.recent()[:3] == [files[9], files[14], files[13]]
    assert len(store.recent()) == 12
    files[14].unlink()
    assert files[14] not in store.recent()


def test_a_copy_is_told_from_what_it_is_of(session):
    store = Store()
    store.save(session, store.new_path())
    store.save(session, store.new_path(copy=True))
    assert sorted(saved.title.endswith("（副本）") for saved in store.unfinished()) == [False, True]


def test_a_bank_mined_anew_takes_no_words_out_of_a_draft(session, library):
    """Ids are digests of wording; a later release may mine, and name, a phrase otherwise."""
    store = Store()
    path = store.new_path()
    session.swap(1, 0, 0)
    before = [block.text for block in session.paragraphs(1)]
    store.save(session, path)
    again = reopen(path, library, Stack(()), store.words(path))
    assert [block.text for block in again.paragraphs(1)] == before
    assert not again.missing
    path.with_suffix(".json").write_text("not json")
    assert reopen(path, library, Stack(()), store.words(path)).missing == session.chosen
