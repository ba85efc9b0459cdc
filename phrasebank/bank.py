"""The store: one SQLite file that anyone can read.

Phrases lie in order of quality, so that `ORDER BY rowid` is the ranking; a contentless FTS5 table holds single
characters, character pairs and facet tokens of each (measured: p95 1.7 ms on a million phrases against 124 ms for
LIKE). The file is written beside its final place and moved there, so that a bank is whole or not there.
docs/bank.md describes the tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from phrasebank.errors import BankError
from phrasebank.files import reason, replacing
from phrasebank.merge import KEPT_SOURCES
from phrasebank.model import MinedDocument, Phrase, Quoted, Removed, Source, Term
from phrasebank.tokens import index_tokens

Value = TypeVar("Value")

SCHEMA_VERSION = 1

_SCHEMA = """
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
"""


@dataclass(frozen=True, slots=True)
class Contents:
    """All of a bank, ready to be written: documents in the order of their names, phrases best first."""

    documents: tuple[MinedDocument, ...]
    phrases: tuple[Phrase, ...]
    terms: tuple[Term, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)


def write_bank(contents: Contents, path: Path) -> None:
    """Writes a bank atomically. Raises BankError when the folder cannot be written or the disk is full."""
    if path.is_file() and not _is_database(path):
        raise BankError("这个文件已经有了，而且不是素材库；请换一个文件名，以免盖掉它", str(path))
    try:
        with replacing(path) as temporary:
            _fill(temporary, contents)
    except OSError as error:
        raise BankError(f"写不了素材库：{reason(error)}", str(path)) from error
    except sqlite3.Error as error:
        raise BankError("写不了素材库；请检查文件夹是否存在、可写，磁盘是否已满", str(path)) from error


def _is_database(path: Path) -> bool:
    """Whether a file is empty or begins as SQLite files do: anything else is somebody's work."""
    try:
        with path.open("rb") as file:
            return file.read(16) in (b"", b"SQLite format 3\0")
    except OSError as error:
        raise BankError(f"读不了这个文件：{reason(error)}", str(path)) from error


def _fill(path: Path, contents: Contents) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")  # the file counts only once it is moved into place
        connection.executescript(_SCHEMA)
        with connection:
            _insert_meta(connection, contents)
            numbers = _insert_documents(connection, contents.documents)
            _insert_phrases(connection, contents.phrases, numbers)
            rows = ((t.text, t.count, t.documents, t.score) for t in contents.terms)
            connection.executemany("INSERT INTO terms VALUES (?, ?, ?, ?)", rows)
    finally:
        connection.close()


def _insert_meta(connection: sqlite3.Connection, contents: Contents) -> None:
    rows = {"schema_version": str(SCHEMA_VERSION), **contents.meta}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(rows.items()))


def _insert_documents(connection: sqlite3.Connection, documents: Iterable[MinedDocument]) -> dict[str, int]:
    numbers = {}
    for number, document in enumerate(documents, 1):
        numbers[document.file] = number
        row = (number, document.file, document.sha256, document.characters)
        connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?)", row)
        removed = ((number, r.line, r.kind, r.text) for r in document.removed)
        connection.executemany("INSERT INTO removed VALUES (?, ?, ?, ?)", removed)
        quotations = ((number, q.line, q.text, q.kind, q.attributed_to) for q in document.quotations)
        connection.executemany("INSERT INTO quotations VALUES (?, ?, ?, ?, ?, 0)", quotations)
    return numbers


def _insert_phrases(connection: sqlite3.Connection, phrases: Iterable[Phrase], numbers: Mapping[str, int]) -> None:
    for rowid, p in enumerate(phrases, 1):
        years = p.years or (None, None)
        row = (
            rowid,
            p.id,
            p.text,
            p.template,
            p.role,
            p.polarity,
            p.theme,
            p.genre,
            p.level,
            p.count,
            p.documents,
            *years,
            p.reason,
        )
        connection.execute(f"INSERT INTO phrases VALUES ({', '.join('?' * len(row))})", row)
        connection.executemany("INSERT OR IGNORE INTO facets VALUES (?, ?, ?)", ((rowid, f, n) for n, f in enumerate(p.facets)))
        connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", ((rowid, n) for n in p.names))
        sources = ((rowid, numbers[s.file], s.line) for s in p.sources[:KEPT_SOURCES])
        connection.executemany("INSERT OR IGNORE INTO sources VALUES (?, ?, ?)", sources)
        if not p.reason:
            connection.execute("INSERT INTO phrase_index (rowid, tokens) VALUES (?, ?)", (rowid, index_tokens(p)))


_DOCUMENTS = f"""SELECT p.rowid FROM phrases p JOIN sources s ON s.phrase = p.rowid GROUP BY p.rowid
  HAVING count(DISTINCT s.document) > p.documents OR (count(*) < {KEPT_SOURCES} AND count(DISTINCT s.document) <> p.documents)"""
_PROMISES = (
    ("有 {} 处引用落空", "PRAGMA foreign_key_check"),
    ("排名不连续", "SELECT 1 FROM (SELECT count(*) n, max(rowid) top FROM phrases) WHERE n <> coalesce(top, 0)"),
    (
        "有 {} 条收用的语句没有编入检索，或检索里有不该有的语句",
        "SELECT rowid FROM phrases WHERE (reason = '') <> (rowid IN (SELECT id FROM phrase_index_docsize))",
    ),
    ("有 {} 条语句没有出处", "SELECT 1 FROM phrases WHERE rowid NOT IN (SELECT phrase FROM sources)"),
    ("有 {} 条语句的篇数和出处对不上", _DOCUMENTS),
    ("有 {} 条被批驳的说法混在收用的语句里", "SELECT 1 FROM phrases WHERE polarity = 'refuted' AND reason = ''"),
    (
        "有 {} 条收用的语句带着外地名称",
        "SELECT DISTINCT p.rowid FROM phrases p JOIN names ON phrase = p.rowid WHERE reason = '' AND instr(template, name)",
    ),
)
"""What is wrong, and a question whose rows are the cases."""


class Bank:
    """A bank opened for reading. Raises BankError when the file is missing, not a bank or of another version."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        if not self.path.is_file():
            raise BankError("没有这个素材库；先用 nigao mine 文件夹 -o 素材库.db 建一个", str(path))
        try:
            self._connection = sqlite3.connect(
                f"{self.path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False
            )
            self.meta = dict(self._connection.execute("SELECT key, value FROM meta"))
        except sqlite3.Error as error:
            raise BankError("不是素材库文件，或文件已损坏；请用 nigao mine 重新建库", str(path)) from error
        if self.meta.get("schema_version") != str(SCHEMA_VERSION):
            raise BankError("素材库由其他版本的拟稿建立；请用 nigao mine 重新建库", str(path))

    def close(self) -> None:
        """Closes the file; the bank cannot be asked afterwards."""
        self._connection.close()

    def matching(self, tokens: Iterable[str], limit: int) -> list[Phrase]:
        """The first `limit` offered phrases, best first, whose index holds every token; all offered ones for no token."""
        query = " AND ".join(f'"{token}"' for token in tokens)
        if query:
            where, values = (
                "rowid IN (SELECT rowid FROM phrase_index WHERE phrase_index MATCH ? ORDER BY rowid LIMIT ?)",
                (query, limit),
            )
        else:
            where, values = "reason = '' AND ? = '' ORDER BY rowid LIMIT ?", (query, limit)
        return self._phrases(f"SELECT * FROM phrases WHERE {where}", values)

    def by_id(self, phrase_id: str) -> Phrase | None:
        """The phrase of that id, offered or not."""
        return next(iter(self._phrases("SELECT * FROM phrases WHERE id = ?", (phrase_id,))), None)

    def wordings(self, file: str) -> list[str]:
        """The text of every phrase that has this document among its sources, offered or not."""
        sql = """SELECT text FROM phrases JOIN sources ON phrase = phrases.rowid JOIN documents ON documents.id = document
                 WHERE file = ? ORDER BY line, phrases.rowid"""
        return [row[0] for row in self._rows(sql, (file,))]

    def dropped(self, limit: int = -1) -> list[Phrase]:
        """Wording that is not offered, with its reasons."""
        return self._phrases("SELECT * FROM phrases WHERE reason <> '' ORDER BY rowid LIMIT ?", (limit,))

    def count(self, table: str, where: str = "1") -> int:
        """Rows of a table of the schema; `where` is SQL of this module's callers, never of users."""
        return int(self._rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])

    def terms(self, limit: int = -1) -> list[Term]:
        """Set expressions, best first."""
        rows = self._rows("SELECT * FROM terms ORDER BY score DESC, term LIMIT ?", (limit,))
        return [Term(*row) for row in rows]

    def tally(self, column: str, where: str = "reason = ''") -> dict[str, int]:
        """Phrases by the values of a column of `phrases`, most first."""
        sql = f"SELECT {column}, count(*) FROM phrases WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1"
        return {str(key): number for key, number in self._rows(sql) if key is not None}

    def contents(self) -> Contents:
        """All of the bank, as it was written."""
        removed = self._by_document("SELECT document, line, text, kind FROM removed ORDER BY rowid", Removed)
        quoted = self._by_document("SELECT document, line, text, kind, speaker FROM quotations ORDER BY rowid", Quoted)
        documents = (
            MinedDocument(file, sha256, characters, tuple(removed.get(number, ())), tuple(quoted.get(number, ())))
            for number, file, sha256, characters in self._rows("SELECT * FROM documents ORDER BY id")
        )
        meta = {key: value for key, value in self.meta.items() if key != "schema_version"}
        return Contents(tuple(documents), tuple(self._phrases("SELECT * FROM phrases ORDER BY rowid", ())), tuple(self.terms()), meta)

    def _by_document(self, sql: str, make: Callable[..., Value]) -> dict[int, list[Value]]:
        found: dict[int, list[Value]] = {}
        for number, *values in self._rows(sql):
            found.setdefault(number, []).append(make(*values))
        return found

    def faults(self) -> list[str]:
        """What is wrong with the file, in Chinese sentences; empty for a bank that is whole.

        Looks at SQLite's own integrity and foreign keys, and at what the schema promises beyond them.
        """
        damage = [str(row[0]) for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]
        if damage:
            return [f"文件已损坏：{damage[0]}"]
        return [message.format(n) for message, sql in _PROMISES if (n := len(self._rows(sql)))]

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a question. Raises BankError for a file damaged where opening it does not look."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise BankError("素材库文件已损坏；请用 nigao mine 重新建库", str(self.path)) from error

    def _phrases(self, sql: str, values: tuple[object, ...]) -> list[Phrase]:
        rows = self._rows(sql, values)
        marks = ",".join(str(int(row[0])) for row in rows)
        facets = self._grouped(f"SELECT phrase, facet FROM facets WHERE phrase IN ({marks}) ORDER BY phrase, rank")
        names = self._grouped(f"SELECT phrase, name FROM names WHERE phrase IN ({marks})")
        sources = self._sources(marks)
        return [_phrase(row, facets.get(row[0], ()), names.get(row[0], ()), sources.get(row[0], ())) for row in rows]

    def _grouped(self, sql: str) -> dict[int, tuple[str, ...]]:
        out: dict[int, tuple[str, ...]] = {}
        for key, value in self._rows(sql):
            out[key] = (*out.get(key, ()), value)
        return out

    def _sources(self, marks: str) -> dict[int, tuple[Source, ...]]:
        sql = f"SELECT phrase, file, line FROM sources JOIN documents ON id = document WHERE phrase IN ({marks}) ORDER BY 2, 3"
        out: dict[int, tuple[Source, ...]] = {}
        for key, file, line in self._rows(sql):
            out[key] = (*out.get(key, ()), Source(file, line))
        return out


def _phrase(row: Sequence[Any], facets: tuple[str, ...], names: tuple[str, ...], sources: tuple[Source, ...]) -> Phrase:
    """A row of `phrases` as a value."""
    (_, id_, text, template, role, polarity, theme, genre, level, count, documents, first, last, reason) = row
    return Phrase(
        id=id_, text=text, template=template, role=role, polarity=polarity, theme=theme, facets=facets, genre=genre,
        level=level, count=count, documents=documents, sources=sources, names=names, reason=reason,
        years=None if first is None else (first, last),
    )  # fmt: skip
