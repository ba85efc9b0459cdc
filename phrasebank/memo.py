"""What was mined of each file, remembered by its content: mining a folder again reads only what is new or changed.

The memo is a SQLite file in the user's cache. It may be deleted at any time, and one that is damaged is made anew. What it gives
back is what mining the file would give: the key holds the file's bytes, its name, and a digest of miner and lexicon.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")

KEPT_DAYS = 180
"""Days without use after which an entry is forgotten."""
EVERY = 20
"""Entries after which what was remembered is on disk, so that a killed run goes on from there."""

_SCHEMA = "CREATE TABLE IF NOT EXISTS mined (key TEXT PRIMARY KEY, used TEXT NOT NULL, data BLOB NOT NULL) WITHOUT ROWID"


def miner_files() -> Iterator[Path]:
    """The files that decide what is mined of a text: this package's code and data."""
    yield from sorted(path for path in Path(__file__).parent.rglob("*") if path.suffix in (".py", ".tsv", ".txt"))


def miner_digest(*more: str) -> str:
    """A digest of the miner, and of `more` that decides what it finds."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (*(path.read_bytes() for path in miner_files()), *(text.encode() for text in more)):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


class Memo(Generic[Value]):
    """Values remembered by key, each as JSON. Without a file, or with one that cannot be used, it remembers nothing."""

    def __init__(self, path: Path | None, to_json: Callable[[Value], Any], from_json: Callable[[Any], Value]) -> None:
        self._to_json, self._from_json = to_json, from_json
        self._connection = _opened(path) if path else None
        self._waiting: list[tuple[str, bytes]] = []
        self._used: list[str] = []

    def get(self, key: str) -> Value | None:
        """The value of `key`, None where there is none."""
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT data FROM mined WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            self._used.append(key)
            return self._from_json(json.loads(zlib.decompress(row[0])))
        except (sqlite3.Error, zlib.error, ValueError, KeyError, TypeError):
            return None  # damaged: the file is mined again

    def put(self, key: str, value: Value) -> None:
        """Remembers a value. A full disk, or another run that is writing for long, only means that nothing more is remembered."""
        if self._connection is None:
            return
        text = json.dumps(self._to_json(value), ensure_ascii=False, separators=(",", ":"))
        self._waiting.append((key, zlib.compress(text.encode("utf-8", "surrogatepass"), 1)))
        if len(self._waiting) >= EVERY:
            self._save()

    def _save(self) -> None:
        """Writes what waits in one go: other processes wait for no longer than that takes."""
        assert self._connection is not None
        try:
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO mined VALUES (?, date('now'), ?)", self._waiting)
        except sqlite3.Error:
            self._connection.close()
            self._connection = None
        self._waiting.clear()

    def close(self) -> None:
        """Saves what was remembered and forgets what was long not used."""
        if self._connection is not None and self._waiting:
            self._save()
        if self._connection is not None:
            with suppress(sqlite3.Error):
                today = ((key,) for key in self._used)
                self._connection.executemany("UPDATE mined SET used = date('now') WHERE key = ? AND used < date('now')", today)
                self._connection.execute("DELETE FROM mined WHERE used < date('now', ?)", (f"-{KEPT_DAYS} days",))
                self._connection.commit()
            self._connection.close()
            self._connection = None


def key_of(context: str, name: str, data: bytes) -> str:
    """The key of a file: its name and bytes, under the digest of what reads it."""
    digest = hashlib.sha256()
    for part in (context.encode(), name.encode("utf-8", "surrogatepass"), data):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _opened(path: Path) -> sqlite3.Connection | None:
    """The memo at `path`, made anew where it is damaged; None where none can be had."""
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=5)
            connection.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {_SCHEMA}")
            return connection
        except (sqlite3.OperationalError, OSError):  # no place for it, or another run is writing
            return None
        except sqlite3.DatabaseError:
            with suppress(OSError):
                path.unlink()
    return None

