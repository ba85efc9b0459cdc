"""A bank opened for reading: one SQLite file that anyone can read.

Phrases lie in order of quality, so that `ORDER BY rowid` is the ranking; a contentless FTS5 table holds single characters,
character pairs and tokens of each one's properties. `phrasebank.writing` writes a bank, `phrasebank.curating` changes what the user
decided in it, `phrasebank.search` searches it. docs/bank.md describes the tables.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from phrasebank.contents import Contents, Curation
from phrasebank.curation import Decided, decided, read_curation, resolve
from phrasebank.errors import BankError
from phrasebank.merge import KEPT_SOURCES
from phrasebank.model import MinedDocument, Phrase, Quoted, Removed, Source, Term
from phrasebank.schema import SCHEMA_VERSION
from phrasebank.writing import write_bank

__all__ = ["KEPT_SOURCES", "SCHEMA_VERSION", "Bank", "Contents", "write_bank"]

Value = TypeVar("Value")

_COLUMNS = """rowid, id, text, template, role, polarity, theme, genre, level, count, documents, year_from, year_to, reason, kind, copies"""
_PHRASES = f"SELECT {_COLUMNS} FROM phrases"
_AMONG = "IN (SELECT value FROM json_each(?))"
_DAMAGED = "素材库文件已损坏；请用 nigao mine 重新建库"
CHUNK = 500
PHRASES_KNOWN = 2000
"""Phrases that are remembered."""
FILES_KNOWN = 50_000
"""Names of documents that are remembered."""


class Bank:
    """A bank opened for reading. Raises BankError when the file is missing, not a bank or of another version.

    Phrases come as the user edited them; `text_as_mined` says what an edited one was. `also` is what he decided of its phrases in
    other banks.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        if not self.path.is_file():
            raise BankError("没有这个素材库；先用 nigao mine 文件夹 -o 素材库.db 建一个", str(path))
        try:
            self._connection = _opened(self.path)
            self.meta = dict(self._connection.execute("SELECT key, value FROM meta"))
        except sqlite3.Error as error:
            raise BankError("不是素材库文件，或文件已损坏；请用 nigao mine 重新建库", str(path)) from error
        check_version(self.meta.get("schema_version", ""), path)
        self.also = Curation()
        self._decided: tuple[int, Curation, Decided] | None = None
        self._files: dict[int, str] = {}
        self._known: dict[int, Phrase] = {}

    def close(self) -> None:
        """Closes the file; the bank cannot be asked afterwards."""
        self._connection.close()

    @property
    def newest_year(self) -> int | None:
        """The last year known of any phrase."""
        return int(year) if (year := self.meta.get("newest_year")) else None

    def version(self) -> int:
        """A number that changes when anybody changes what the user decided in the bank."""
        return int(self.rows("PRAGMA data_version")[0][0])

    @property
    def decided(self) -> Decided:
        """What the user decided in the bank, as it stands now, and in the banks before it (`also`)."""
        version = self.version()
        if self._decided is None or self._decided[0] != version or self._decided[1] is not self.also:
            self._decided = version, self.also, self._asked(lambda: decided(self._connection, self.also))
        return self._decided[2]

    def matching(self, tokens: Iterable[str], limit: int) -> list[Phrase]:
        """The first `limit` offered phrases, best first, whose index holds every token; all offered ones for no token.

        As they were mined: what the user decided does not count here, see `phrasebank.search`.
        """
        query = " AND ".join(f'"{token}"' for token in tokens)
        if query:
            index = "SELECT rowid FROM phrase_index WHERE phrase_index MATCH ? ORDER BY rowid LIMIT ?"
            return self._phrases(f"{_PHRASES} WHERE rowid IN ({index}) ORDER BY rowid", (query, limit))
        return self._phrases(f"{_PHRASES} WHERE reason = '' ORDER BY rowid LIMIT ?", (limit,))

    def by_id(self, phrase_id: str) -> Phrase | None:
        """The phrase of that id, or that it was folded into, offered or not, as the user edited it; or one of his own."""
        known = self.decided
        if phrase_id in known.own:
            return self.edited(known.own[phrase_id])
        if (found := self._asked(lambda: resolve(self._connection, phrase_id))) is None:
            return None
        return next(iter(self.by_rows([found[1]])), None)

    def by_rows(self, rowids: Sequence[int]) -> list[Phrase]:
        """The phrases of these rowids, in the order of rowids, as the user edited them."""
        edits = self.decided.edits if rowids else {}
        return [self.edited(phrase) if phrase.id in edits else phrase for phrase in self.as_mined(rowids)]

    def as_mined(self, rowids: Sequence[int]) -> list[Phrase]:
        """The phrases of these rowids, in the order of rowids, as they were mined. Remembers the last ones: who types a word asks
        for nearly the same again with every key."""
        if new := [rowid for rowid in rowids if rowid not in self._known]:
            if len(self._known) > PHRASES_KNOWN:
                self._known, new = {}, list(rowids)
            self._known.update(self._numbered(f"{_PHRASES} WHERE rowid {_AMONG} ORDER BY rowid", (json.dumps(new),)))
        return [self._known[rowid] for rowid in sorted(set(rowids)) if rowid in self._known]

    def edited(self, phrase: Phrase) -> Phrase:
        """A phrase with the user's wording, where he gave one. What was dropped is offered then: he answers for it."""
        words = self.decided.edits.get(phrase.id)
        return replace(phrase, text=words[0], template=words[1], names=(), reason="") if words else phrase

    def text_as_mined(self, phrase_id: str) -> str | None:
        """The wording of a phrase as it stood in the text, None for one that was not mined here."""
        return next((row[0] for row in self.rows("SELECT text FROM phrases WHERE id = ?", (phrase_id,))), None)

    def wordings(self, file: str) -> list[str]:
        """The text of every phrase that has this document among its sources, offered or not."""
        sql = """SELECT text FROM documents JOIN sources ON document = documents.id JOIN phrases ON phrases.rowid = phrase
                 WHERE file = ? ORDER BY line, phrases.rowid"""
        return [row[0] for row in self.rows(sql, (file,))]

    def dropped(self, limit: int = -1) -> list[Phrase]:
        """Wording that is not offered, with its reasons."""
        return self._phrases(f"{_PHRASES} WHERE reason <> '' ORDER BY rowid LIMIT ?", (limit,))

    def count(self, table: str, where: str = "1") -> int:
        """Rows of a table of the schema; `where` is SQL of this module's callers, never of users."""
        return int(self.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])

    def terms(self, limit: int = -1) -> list[Term]:
        """Set expressions, best first."""
        rows = self.rows("SELECT term, count, documents, score FROM terms ORDER BY score DESC, term LIMIT ?", (limit,))
        named = json.dumps([row[0] for row in rows])
        years = self._grouped(f"SELECT term, year, documents FROM term_years WHERE term {_AMONG} ORDER BY term, year", (named,))
        return [Term(text, count, documents, score, years.get(text, ())) for text, count, documents, score in rows]

    def tally(self, column: str, where: str = "reason = ''") -> dict[str, int]:
        """Phrases by the values of a column of `phrases`, most first."""
        sql = f"SELECT {column}, count(*) FROM phrases WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1"
        return {str(key): number for key, number in self.rows(sql) if key is not None}

    def contents(self) -> Contents:
        """All of the bank, as it was written, in memory."""
        streamed = self.stream()
        return replace(streamed, documents=tuple(streamed.documents), phrases=tuple(streamed.phrases), aliases=dict(streamed.aliases))

    def stream(self) -> Contents:
        """All of the bank; documents and phrases are read as they are asked for, once."""
        meta = {key: value for key, value in self.meta.items() if key not in ("schema_version", "newest_year")}
        aliases = dict(self.rows("SELECT id, phrase FROM aliases ORDER BY id"))
        return Contents(self._documents(), self._all_phrases(), tuple(self.terms()), meta, aliases, self.curation())

    def faults(self) -> list[str]:
        """What is wrong with the file, see `phrasebank.verify`."""
        from phrasebank.verify import faults

        return faults(self)

    def curation(self) -> Curation:
        """What the user decided, as it stands in the tables."""
        return self._asked(lambda: read_curation(self._connection))

    def _documents(self) -> Iterator[MinedDocument]:
        for first in range(1, self._last("documents", "id") + 1, CHUNK):
            bounds = (first, first + CHUNK - 1)
            removed = self._grouped(f"SELECT document, line, text, kind, col FROM removed {_BETWEEN}", bounds)
            quoted = self._grouped(f"SELECT document, line, text, kind, speaker FROM quotations {_BETWEEN}", bounds)
            sql = "SELECT id, file, sha256, characters, year, copy_of FROM documents WHERE id BETWEEN ? AND ? ORDER BY id"
            for number, file, sha256, characters, year, copy_of in self.rows(sql, bounds):
                yield MinedDocument(
                    file, sha256, characters, tuple(Removed(*row) for row in removed.get(number, ())),
                    tuple(Quoted(*row) for row in quoted.get(number, ())), year, copy_of,
                )  # fmt: skip

    def _all_phrases(self) -> Iterator[Phrase]:
        for first in range(1, self._last("phrases", "rowid") + 1, CHUNK):
            yield from self._phrases(f"{_PHRASES} WHERE rowid BETWEEN ? AND ? ORDER BY rowid", (first, first + CHUNK - 1))

    def _last(self, table: str, key: str) -> int:
        return int(self.rows(f"SELECT coalesce(max({key}), 0) FROM {table}")[0][0])

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a question. Raises BankError for a file damaged where opening it does not look."""
        return self._asked(lambda: self._connection.execute(sql, values).fetchall())

    def streamed(self, sql: str, values: Sequence[object], size: int) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a question, `size` at a time and then more, read no further than asked for."""
        with closing(self._asked(lambda: self._connection.execute(sql, values))) as cursor:
            while rows := self._asked(lambda size=size: cursor.fetchmany(size)):  # type: ignore[misc]
                yield rows
                size *= 2

    def _asked(self, question: Callable[[], Value]) -> Value:
        try:
            return _healed(question, self.path)
        except sqlite3.DatabaseError as error:
            raise BankError(_DAMAGED, str(self.path)) from error

    def _phrases(self, sql: str, values: tuple[object, ...]) -> list[Phrase]:
        return list(self._numbered(sql, values).values())

    def _numbered(self, sql: str, values: tuple[object, ...]) -> dict[int, Phrase]:
        """Phrases by their rowids, in the order of the question."""
        rows = self.rows(sql, values)
        among = (json.dumps([row[0] for row in rows]),)
        facets = self._grouped(f"SELECT phrase, facet FROM facets WHERE phrase {_AMONG} ORDER BY phrase, rank", among)
        names = self._grouped(f"SELECT phrase, name FROM names WHERE phrase {_AMONG} ORDER BY 1, 2", among)
        sources = self._sources(among)
        return {
            row[0]: _phrase(row, _firsts(facets, row[0]), _firsts(names, row[0]), tuple(sources.get(row[0], ()))) for row in rows
        }

    def _sources(self, among: tuple[str]) -> dict[int, list[Source]]:
        """Where phrases stand, in the order of documents, which is that of their names."""
        found = self.rows(f"SELECT phrase, document, line FROM sources WHERE phrase {_AMONG} ORDER BY 1, 2, 3", among)
        new = {row[1] for row in found} - self._files.keys()
        if new:
            if len(self._files) > FILES_KNOWN:
                self._files, new = {}, {row[1] for row in found}
            self._files.update(self.rows(f"SELECT id, file FROM documents WHERE id {_AMONG}", (json.dumps(sorted(new)),)))
        sources: dict[int, list[Source]] = {}
        for phrase, document, line in found:
            if document in self._files:  # a damaged bank may lack it, which `verify` says
                sources.setdefault(phrase, []).append(Source(self._files[document], line))
        return sources

    def _grouped(self, sql: str, values: Sequence[object]) -> dict[Any, tuple[Any, ...]]:
        out: dict[Any, list[tuple[Any, ...]]] = {}
        for key, *others in self.rows(sql, values):
            out.setdefault(key, []).append(tuple(others))
        return {key: tuple(found) for key, found in out.items()}


_BETWEEN = "WHERE document BETWEEN ? AND ? ORDER BY rowid"


def check_version(version: str, path: str | Path) -> None:
    """Raises BankError for a bank of another version, with what to do about it."""
    if version == str(SCHEMA_VERSION):
        return
    if version == "1":
        raise BankError(f"这个素材库是旧版格式；请先运行 nigao bank migrate {path}，内容都会保留", str(path))
    raise BankError("素材库由其他版本的拟稿建立；请升级拟稿，或用 nigao mine 重新建库", str(path))


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    _healed(lambda: connection.execute("PRAGMA cache_size = -32768").fetchall(), path)
    return connection


def _healed(question: Callable[[], Value], path: Path) -> Value:
    """The answer to a question; where somebody was killed while changing the bank, what he had half done is undone first."""
    try:
        return question()
    except sqlite3.OperationalError:
        if not Path(f"{path.resolve()}-journal").exists():
            raise
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as writer:
        writer.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
    return question()


def _firsts(found: Mapping[int, Collection[tuple[Any, ...]]], key: int) -> tuple[str, ...]:
    return tuple(row[0] for row in found.get(key, ()))


def _phrase(row: Sequence[Any], facets: tuple[str, ...], names: tuple[str, ...], sources: tuple[Source, ...]) -> Phrase:
    """A row of `phrases` as a value."""
    (_, id_, text, template, role, polarity, theme, genre, level, count, documents, first, last, reason, kind, copies) = row
    return Phrase(
        id=id_, text=text, template=template, role=role, polarity=polarity, theme=theme, facets=facets, genre=genre,
        level=level, count=count, documents=documents, sources=sources, names=names,
        reason=reason, years=None if first is None else (first, last), kind=kind, copies=copies,
    )  # fmt: skip
