"""Banks of version 1 become banks of the present version, with all that is in them."""

from __future__ import annotations

import sqlite3

import pytest

from phrasebank.bank import Bank
from phrasebank.errors import BankError
from phrasebank.migrate import migrate
from phrasebank.search import Query, Stack

VERSION_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (id INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, characters INTEGER NOT NULL);
CREATE TABLE phrases (
  rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL, template TEXT NOT NULL, role TEXT NOT NULL,
  polarity TEXT NOT NULL, theme TEXT, genre TEXT, level TEXT, count INTEGER NOT NULL, documents INTEGER NOT NULL,
  year_from INTEGER, year_to INTEGER, reason TEXT NOT NULL
);
CREATE TABLE facets (phrase INTEGER NOT NULL REFERENCES phrases(rowid), facet TEXT NOT NULL, rank INTEGER NOT NULL,
  PRIMARY KEY (phrase, facet)) WITHOUT ROWID;
CREATE TABLE names (phrase INTEGER NOT NULL REFERENCES phrases(rowid), name TEXT NOT NULL, PRIMARY KEY (phrase, name)) WITHOUT ROWID;
CREATE TABLE sources (phrase INTEGER NOT NULL REFERENCES phrases(rowid), document INTEGER NOT NULL REFERENCES documents(id),
  line INTEGER NOT NULL, PRIMARY KEY (phrase, document, line)) WITHOUT ROWID;
CREATE TABLE removed (document INTEGER NOT NULL REFERENCES documents(id), line INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE quotations (document INTEGER NOT NULL REFERENCES documents(id), line INTEGER NOT NULL, text TEXT NOT NULL,
  kind TEXT NOT NULL, speaker TEXT, verified INTEGER NOT NULL DEFAULT 0);
CREATE TABLE terms (term TEXT PRIMARY KEY, count INTEGER NOT NULL, documents INTEGER NOT NULL, score REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX phrases_cell ON phrases (theme, role) WHERE reason = '';
CREATE VIRTUAL TABLE phrase_index USING fts5 (tokens, content='', detail=none, tokenize="unicode61 tokenchars '_'");
INSERT INTO meta VALUES ('schema_version', '1'), ('documents', '2'), ('pieces', '3'), ('characters', '200');
INSERT INTO documents VALUES (1, '甲.txt', 'aa', 120), (2, '乙.txt', 'bb', 80);
INSERT INTO phrases VALUES
  (1, 'p0000000001', '全镇要把隐患查到底。', '{whole}要把隐患查到底。', 'measure', 'plain', '安全生产', '党课', '镇', 3, 2, 2024, 2026, ''),
  (2, 'p0000000002', '压实河堤责任', '压实河堤责任', 'heading', 'plain', NULL, NULL, NULL, 1, 1, NULL, NULL, ''),
  (3, 'p0000000003', '青山县的堤最牢。', '青山县的堤最牢。', 'lead', 'plain', NULL, NULL, NULL, 1, 1, NULL, NULL, 'names');
INSERT INTO facets VALUES (1, '责任落实', 1), (1, '隐患排查', 0);
INSERT INTO names VALUES (3, '青山县');
INSERT INTO sources VALUES (1, 1, 4), (1, 2, 9), (2, 1, 6), (3, 2, 2);
INSERT INTO removed VALUES (1, 1, 'ad', '点此下载');
INSERT INTO quotations VALUES (1, 3, '“实干”', 'slogan', NULL, 0);
INSERT INTO terms VALUES ('河长制', 9, 2, 2.5);
INSERT INTO phrase_index (rowid, tokens) VALUES (1, '隐 患 隐患 xrole_measure'), (2, '河 堤 河堤 xrole_heading');
"""


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "旧.db"
    with sqlite3.connect(path) as database:
        database.executescript(VERSION_1)
    database.close()
    return path


def test_an_old_bank_says_what_to_run(old):
    """It is not read at random: one sentence names the command."""
    with pytest.raises(BankError, match=f"nigao bank migrate {old}"):
        Bank(old)


def test_all_that_was_in_it_is_in_it(old):
    """Phrases with ids, order, facets, sources and reasons, terms, what was removed and quoted; and the bank is whole."""
    assert migrate(old) is True
    bank = Bank(old)
    first, second = bank.matching((), 9)
    assert (first.id, first.kind, first.facets) == ("p0000000001", "sentence", ("隐患排查", "责任落实"))
    assert (first.years, first.copies) == ((2024, 2026), 0)
    assert [(s.file, s.line) for s in first.sources] == [("甲.txt", 4), ("乙.txt", 9)]
    assert (second.kind, bank.dropped()[0].names) == ("heading", ("青山县",))
    assert [term.text for term in bank.terms()] == ["河长制"]
    assert (bank.count("removed"), bank.count("quotations"), bank.meta["pieces"]) == (1, 1, "3")
    assert bank.faults() == []
    assert [hit.phrase.id for hit in Stack((bank,)).search(Query("yh", kind="sentence"))] == ["p0000000001"]


def test_migrating_twice_changes_nothing(old):
    """What is of the present version stays as it is."""
    migrate(old)
    before = old.read_bytes()
    assert migrate(old) is False
    assert old.read_bytes() == before


@pytest.mark.parametrize("version", ["3", "99", "x"])
def test_a_later_version_is_refused(old, version):
    """A bank of a later program is neither read nor changed."""
    with sqlite3.connect(old) as database:
        database.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (version,))
    database.close()
    before = old.read_bytes()
    for door in (Bank, migrate):
        with pytest.raises(BankError, match="其他版本"):
            door(old)
    assert old.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\0" + bytes(5000)])
def test_what_is_no_bank_is_not_migrated(tmp_path, content):
    """An empty file, a text, a torn header: one message, and the file stays."""
    path = tmp_path / "a.db"
    path.write_bytes(content)
    with pytest.raises(BankError, match="不是素材库"):
        migrate(path)
    assert path.read_bytes() == content
    with pytest.raises(BankError, match="没有这个素材库"):
        migrate(tmp_path / "none.db")


def test_a_damaged_old_bank_is_left_as_it_is(old):
    """Migration that fails in the middle leaves the old file and no litter."""
    content = old.read_bytes()
    old.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    damaged = old.read_bytes()
    with pytest.raises(BankError):
        migrate(old)
    assert old.read_bytes() == damaged
    assert [path.name for path in old.parent.iterdir()] == [old.name]
