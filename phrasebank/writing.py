"""Writes a bank: rows in one go, in batches, so that millions of phrases stream through little memory.

The file is written beside its final place and moved there, so that a bank is whole or not there. What the user decided in the
bank that stands there is carried over (`curation`), under a lock that keeps other writers off until the new file is in place.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from phrasebank.contents import Contents, Curation, joined
from phrasebank.curation import insert_curation, read_curation
from phrasebank.errors import BankError
from phrasebank.files import reason, replacing
from phrasebank.merge import KEPT_SOURCES
from phrasebank.model import MinedDocument, Phrase, Term
from phrasebank.pinyin import UNUSUAL, readings
from phrasebank.schema import COUNTED, CURATED, INDEXES, MINED, SCHEMA_VERSION
from phrasebank.tokens import index_tokens

Value = TypeVar("Value")

WAIT = 30
"""Seconds to wait for another program that is changing the bank."""
BUSY = "另一个程序正在改这个素材库；请等它做完再试"
BATCH = 4000
ONE_IN = 25_000
"""A pair of characters is kept for pinyin when it stands in one of so many phrases, and in more than one of more than so many."""
INDEX_MEMORY = 32 << 20
"""Bytes of the index that are gathered in memory before they are written; the default of 1 MB makes many small pieces."""

_PRAGMAS = """
PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -8192; PRAGMA temp_store = FILE;
"""


def write_bank(contents: Contents, path: Path) -> None:
    """Writes a bank atomically, what its user decided included: that of `contents`, then that of the bank which stands at `path`.

    Raises BankError when the folder cannot be written, the disk is full, or the file there is no bank. A bank there that is
    damaged or of a later version is kept beside, since what its user decided may still be in it.
    """
    if path.exists() and not path.is_file():
        raise BankError("这不是普通文件，不能拿来存素材库；请换一个文件名", str(path))
    if path.is_file() and not _is_database(path):
        raise BankError("这个文件已经有了，而且不是素材库；请换一个文件名，以免盖掉它", str(path))
    try:
        with ExitStack() as until_moved, replacing(path) as temporary:
            with closing(_filled(temporary, contents)) as connection:
                decided = joined((contents.curation, until_moved.enter_context(_standing(path))))
                _insert_decided(connection, decided)
            if decided:
                _flush(temporary)
    except OSError as error:
        raise BankError(f"写不了素材库：{reason(error)}", str(path)) from error
    except KeyError as error:
        raise BankError(f"写不了素材库：有语句出自名单里没有的文件 {error}；请重新导出或重新建库", str(path)) from error
    except sqlite3.IntegrityError as error:
        raise BankError("写不了素材库：内容里有重复的编号；请重新导出或重新建库", str(path)) from error
    except sqlite3.Error as error:
        raise BankError("写不了素材库；请检查文件夹是否存在、可写，磁盘是否已满", str(path)) from error


def _is_database(path: Path) -> bool:
    """Whether a file is empty or begins as SQLite files do: anything else is somebody's work."""
    try:
        with path.open("rb") as file:
            return file.read(16) in (b"", b"SQLite format 3\0")
    except OSError as error:
        raise BankError(f"读不了这个文件：{reason(error)}", str(path)) from error


@contextmanager
def _standing(path: Path) -> Iterator[Curation]:
    """What the user decided in the bank at `path`. Nobody else can change it while the block runs."""
    if not path.is_file() or not path.stat().st_size:
        yield Curation()
        return
    with closing(sqlite3.connect(path, isolation_level=None, timeout=WAIT)) as old:
        decided = _decided(old, path)
        Path(f"{os.path.realpath(path)}-journal").unlink(missing_ok=True)  # would be taken for the new file's
        if os.name == "nt":  # an open file cannot be replaced there
            old.close()
        yield decided


def _decided(old: sqlite3.Connection, path: Path) -> Curation:
    try:
        _lock(old, path)
        (version,) = old.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone() or ("",)
        if version == "1":
            return Curation()
        if version != str(SCHEMA_VERSION):
            raise sqlite3.DatabaseError(version)
        return read_curation(old)
    except sqlite3.Error:
        shutil.copy2(path, path.with_name(f"{path.name}.old"))
        return Curation()


def _lock(old: sqlite3.Connection, path: Path) -> None:
    """Keeps other writers off. A file that nobody may write cannot be changed by others either."""
    try:
        old.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise BankError(BUSY, str(path)) from error


def _insert_decided(connection: sqlite3.Connection, decided: Curation) -> None:
    connection.execute("BEGIN")
    insert_curation(connection, decided)
    connection.execute("COMMIT")


def _flush(path: Path) -> None:
    """What the user wrote must not be lost with the power either."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _filled(path: Path, contents: Contents) -> sqlite3.Connection:
    """A new bank with all that was mined."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(_PRAGMAS + MINED + CURATED)
        connection.execute("INSERT INTO phrase_index (phrase_index, rank) VALUES ('hashsize', ?)", (INDEX_MEMORY,))
        connection.execute("BEGIN")
        numbers = _insert_documents(connection, contents.documents)
        newest = _insert_phrases(connection, contents.phrases, numbers)
        connection.execute("INSERT INTO phrase_index (phrase_index) VALUES ('optimize')")
        _insert_pinyin(connection)
        _insert_terms(connection, contents.terms)  # late: another process may still be counting them
        _insert_aliases(connection, contents.aliases)
        _insert_meta(connection, contents.meta, newest)
        connection.execute("COMMIT")
        connection.executescript(INDEXES)
        for table in COUNTED:
            connection.execute(f"INSERT INTO counts SELECT '{table}', count(*) FROM {table}")
    except BaseException:
        connection.close()
        raise
    return connection


_READINGS = "CREATE TEMP TABLE readings (character TEXT, initial TEXT, usual INTEGER, PRIMARY KEY (character, initial)) WITHOUT ROWID"
_PINYIN = """
INSERT INTO pinyin
SELECT a.initial || b.initial, CASE WHEN a.usual AND b.usual THEN doc ELSE max(1, doc / :unusual) END AS uses, term
FROM words CROSS JOIN readings a ON a.character = substr(term, 1, 1) CROSS JOIN readings b ON b.character = substr(term, 2)
WHERE length(term) = 2 AND term >= '\u3400' AND doc > :least AND (a.usual AND b.usual OR doc / :unusual >= :least)
ORDER BY 1, 2 DESC, 3
"""


def _insert_meta(connection: sqlite3.Connection, meta: Mapping[str, str], newest: int | None) -> None:
    rows = {"schema_version": str(SCHEMA_VERSION), **meta, **({"newest_year": str(newest)} if newest is not None else {})}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(rows.items()))


def _batches(values: Iterable[Value]) -> Iterator[list[Value]]:
    left = iter(values)
    while batch := list(islice(left, BATCH)):
        yield batch


def _insert(connection: sqlite3.Connection, table: str, width: int, rows: Iterable[Sequence[object]]) -> None:
    connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * width)})", rows)


def _insert_documents(connection: sqlite3.Connection, documents: Iterable[MinedDocument]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for batch in _batches(documents):
        numbered = list(enumerate(batch, len(numbers) + 1))
        rows = ((n, d.file, d.sha256, d.characters, d.year, d.copy_of) for n, d in numbered)
        connection.executemany("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)", rows)
        _insert(connection, "removed", 5, ((n, r.line, r.kind, r.text, r.column) for n, d in numbered for r in d.removed))
        quotations = ((n, q.line, q.text, q.kind, q.attributed_to, 0) for n, d in numbered for q in d.quotations)
        _insert(connection, "quotations", 6, quotations)
        numbers.update((d.file, n) for n, d in numbered)
    return numbers


def _insert_phrases(connection: sqlite3.Connection, phrases: Iterable[Phrase], numbers: Mapping[str, int]) -> int | None:
    """Inserts the phrases and what they have several of; returns the last year of any."""
    newest, done = 0, 0
    for batch in _batches(phrases):
        numbered = list(enumerate(batch, done + 1))
        connection.executemany(f"INSERT INTO phrases VALUES ({', '.join('?' * 16)})", map(_row, numbered))
        _insert(connection, "facets", 3, [(n, f, i) for n, p in numbered for i, f in enumerate(p.facets)])
        _insert(connection, "names", 2, [(n, name) for n, p in numbered for name in sorted(set(p.names))])
        sources = [(n, numbers[s.file], s.line) for n, p in numbered for s in p.sources[:KEPT_SOURCES]]
        _insert(connection, "sources", 3, sources)
        offered = [(n, p) for n, p in numbered if not p.reason]
        tokens = zip((n for n, _ in offered), index_tokens([p for _, p in offered]), strict=True)
        connection.executemany("INSERT INTO phrase_index (rowid, tokens) VALUES (?, ?)", tokens)
        newest = max(newest, max((p.years[1] for p in batch if p.years), default=0))
        done += len(batch)
    return newest or None


_FIELDS = attrgetter(
    "id", "kind", "text", "template", "role", "polarity", "theme", "genre", "level", "count", "documents", "copies"
)


def _row(numbered: tuple[int, Phrase]) -> tuple[object, ...]:
    number, p = numbered
    return number, *_FIELDS(p), *(p.years or (None, None)), p.reason


def _insert_pinyin(connection: sqlite3.Connection) -> None:
    """Inserts the pairs of characters in the index with the initials they may be read with, how much each counts for them: the
    phrases it stands in, less where a reading is not the usual one (`UNUSUAL`) of both, and then only if it still counts enough."""
    ((phrases,),) = connection.execute("SELECT count(*) FROM phrases")
    connection.execute(_READINGS)
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, phrase_index, row)")
    connection.executemany("INSERT INTO readings VALUES (?, ?, ?)", readings())
    connection.execute(_PINYIN, {"least": phrases // ONE_IN, "unusual": UNUSUAL})
    connection.execute("DROP TABLE words")
    connection.execute("DROP TABLE readings")


def _insert_terms(connection: sqlite3.Connection, terms: Iterable[Term]) -> None:
    for batch in _batches(terms):
        batch.sort(key=attrgetter("text"))  # the order of the tables: rows that are appended cost half
        connection.executemany("INSERT INTO terms VALUES (?, ?, ?, ?)", [(t.text, t.count, t.documents, t.score) for t in batch])
        _insert(connection, "term_years", 3, [(t.text, year, number) for t in batch for year, number in t.years])


def _insert_aliases(connection: sqlite3.Connection, aliases: Mapping[str, str] | Iterable[tuple[str, str]]) -> None:
    pairs = sorted(aliases.items()) if isinstance(aliases, Mapping) else aliases
    connection.executemany("INSERT INTO aliases VALUES (?, ?)", pairs)
