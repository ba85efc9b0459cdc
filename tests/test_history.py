"""Versions of a draft: kept, thinned, told apart, and given back whatever has become of the banks."""

from __future__ import annotations

import pytest

from drafting import history
from drafting.model import Outline
from drafting.session import Session
from drafting.store import Store
from phrasebank.search import Stack

NOW = 1_800_000_000.0


@pytest.fixture
def session(library, builtin):
    return Session(library, Stack((), builtin), Outline("研讨发言", "安全生产"))


@pytest.fixture
def path(session):
    store = Store()
    path = store.new_path()
    store.save(session, path)
    return path


def test_versions_come_back_newest_first_with_their_text(session, path):
    texts = []
    for number, title in enumerate(("守住底线", "守牢底线", "守牢安全底线")):
        session.apply(lambda o, title=title: Outline(o.genre, o.theme, title=title))
        assert history.keep(session, path, NOW + number)
        texts.append(session.draft.text)
    assert not history.keep(session, path, NOW + 9), "nothing has changed since the last one"
    found = history.versions(path)
    assert [version.text for version in found] == texts[::-1]
    assert [version.time for version in found] == [NOW + 2, NOW + 1, NOW]
    assert found[0].characters == session.draft.characters


def test_a_version_is_restored_to_the_letter_without_its_bank(session, path, library):
    session.swap(1, 0, 0)
    text = [block.text for block in session.paragraphs(1)]
    history.keep(session, path, NOW)
    outline = history.versions(path)[0].restored(library, Stack(()))
    again = Session(library, Stack(()), outline)
    assert [block.text for block in again.paragraphs(1)] == text


def test_taking_back_is_an_action_that_can_be_undone(session, path, library):
    before = session.outline
    history.keep(session, path, NOW)
    session.apply(lambda o: Outline(o.genre, o.theme, title="另起炉灶"))
    after = session.outline
    version = history.versions(path)[0]
    assert session.apply(lambda _: version.restored(library, session.stack))
    assert session.outline == before
    assert session.undo()
    assert session.outline == after


def test_two_versions_of_one_moment_are_both_kept(session, path):
    history.keep(session, path, NOW)
    session.apply(lambda o: Outline(o.genre, o.theme, title="守住底线"))
    history.keep(session, path, NOW)
    assert len(history.versions(path)) == 2


def test_old_versions_are_thinned():
    """All of the last hour, one an hour for a day, one a day before that."""
    minutes = [NOW - 60 * n for n in range(60 * 24 * 5)]
    kept = [stamp / 1000 for stamp in history.thinned([int(moment * 1000) for moment in minutes], NOW)]
    assert sum(NOW - moment < 3600 for moment in kept) == 60
    assert 23 <= sum(3600 <= NOW - moment < 86400 for moment in kept) <= 24
    assert 4 <= sum(NOW - moment >= 86400 for moment in kept) <= 5
    assert kept == sorted(kept)
    assert kept[-1] == minutes[0]


def test_thinning_twice_is_thinning_once_and_never_takes_the_last():
    stamps = [int((NOW - 977 * n) * 1000) for n in range(2000)]
    once = history.thinned(stamps, NOW)
    assert history.thinned(once, NOW) == once
    assert len(once) <= history.MOST
    crowd = [int((NOW - n / 2) * 1000) for n in range(2000)]
    assert history.thinned(crowd, NOW)[-1] == max(crowd)
    assert len(history.thinned(crowd, NOW)) == history.MOST


def test_the_files_are_thinned_as_versions_are_kept(session, path):
    for number in range(4):
        session.apply(lambda o, n=number: Outline(o.genre, o.theme, title=f"题目之{'一二三四'[n]}"))
        history.keep(session, path, NOW + number)
    session.apply(lambda o: Outline(o.genre, o.theme, title="两天以后"))
    history.keep(session, path, NOW + 2 * 86400)
    assert [version.text.splitlines()[0] for version in history.versions(path)] == ["两天以后", "题目之四"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"text": 1, "outline": "", "words": {}}', b"\xff", b'{"text": ""}'])
def test_a_damaged_version_is_left_out_and_disturbs_nothing(session, path, content):
    history.keep(session, path, NOW)
    (history.folder_of(path) / f"{int((NOW + 5) * 1000)}.json").write_bytes(content)
    (history.folder_of(path) / "notes.json").write_text("{}")
    assert len(history.versions(path)) == 1
    session.apply(lambda o: Outline(o.genre, o.theme, title="守住底线"))
    assert history.keep(session, path, NOW + 1)
    assert history.versions(path)[0].text.startswith("守住底线")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("甲\n乙", "甲\n乙", "文字没有变"),
        ("甲\n责任要落实。", "甲\n责任要落到人头。", "“责任要落实”改成“责任要落到人头”"),
        ("甲", "甲\n新加的一段。", "加了“新加的一段”"),
        ("甲\n不要的一段。", "甲", "删了“不要的一段”"),
        ("甲\n一句。", "甲\n一二三四五六七八九十一二三四。", "“一句”改成“一二三四五六七八九十一二…”"),
        ("甲一\n乙\n丙一", "甲二\n乙\n丙二", "改2段：“甲一”改成“甲二”"),
        ("甲一\n乙\n丙", "甲二\n乙\n丙\n丁\n戊", "改1段、加2段：“甲一”改成“甲二”"),
        ("题\n一、认识\n甲一，乙。\n二、打算\n丙", "题\n一、认识\n甲二，乙。\n二、打算\n丙", "第一部分：“甲一”改成“甲二”"),
        ("题\n一、认识\n甲一\n二、打算\n丙", "题\n一、认识\n甲二\n二、打算\n丁", "改2段：“甲一”改成“甲二”"),
    ],
)
def test_what_changed_is_told_in_a_few_words(before, after, said):
    assert history.changed(before, after) == said


def test_both_texts_can_be_read_off_the_comparison():
    before = "题目\n责任要落实，隐患要清零。\n不要的一段。\n结尾。"
    after = "题目\n责任要落到人头，隐患要清零。\n结尾。\n再加一段。"
    rows = history.compared(before, after)
    old = ["".join(text for text, kind in row if kind != "added") for row in rows]
    new = ["".join(text for text, kind in row if kind != "removed") for row in rows]
    assert [line for line in old if line] == before.splitlines()
    assert [line for line in new if line] == after.splitlines()
    assert ("责任要落", "same") in rows[1]
