"""Banks of older versions, brought to the present one with all that is in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any

from phrasebank.bank import check_version
from phrasebank.contents import Contents
from phrasebank.errors import BankError
from phrasebank.model import MinedDocument, Phrase, Quoted, Removed, Source, Term
from phrasebank.schema import SCHEMA_VERSION
from phrasebank.writing import write_bank


def migrate(path: Path) -> bool:
    """Brings the bank at `path` to the present version, in place, whole or not at all. False when it has that version already.

    Phrases keep their ids and their order; a heading is of kind heading, everything else a sentence. Raises BankError for a file
    that is missing, damaged, no bank, or of a later version.
    """
    if not path.is_file():
        raise BankError("没有这个素材库", str(path))
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as old:
            (version,) = old.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone() or ("",)
            if version == str(SCHEMA_VERSION):
                return False
            if version != "1":
                check_version(version, path)
            write_bank(_contents(old), path)
    except sqlite3.Error as error:
        raise BankError("不是素材库文件，或文件已损坏；请用 nigao mine 重新建库", str(path)) from error
    return True


def _contents(old: sqlite3.Connection) -> Contents:
    meta = dict(old.execute("SELECT key, value FROM meta WHERE key <> 'schema_version'"))
    terms = (Term(*row) for row in old.execute("SELECT term, count, documents, score FROM terms ORDER BY score DESC, term"))
    return Contents(_documents(old), _phrases(old), terms, meta)


def _documents(old: sqlite3.Connection) -> Iterator[MinedDocument]:
    for number, file, sha256, characters in old.execute("SELECT id, file, sha256, characters FROM documents ORDER BY id"):
        removed = old.execute("SELECT line, text, kind FROM removed WHERE document = ? ORDER BY rowid", (number,))
        quoted = old.execute("SELECT line, text, kind, speaker FROM quotations WHERE document = ? ORDER BY rowid", (number,))
        yield MinedDocument(file, sha256, characters, tuple(Removed(*row) for row in removed), tuple(Quoted(*row) for row in quoted))


def _phrases(old: sqlite3.Connection) -> Iterator[Phrase]:
    """Phrases with what they have several of, all read side by side in the order of rowids."""
    facets = _Beside(old, "SELECT phrase, facet FROM facets ORDER BY phrase, rank")
    names = _Beside(old, "SELECT phrase, name FROM names ORDER BY phrase, name")
    sources = _Beside(old, "SELECT phrase, file, line FROM sources JOIN documents ON id = document ORDER BY 1, 2, 3")
    sql = """SELECT rowid, id, text, template, role, polarity, theme, genre, level, count, documents, year_from, year_to, reason
             FROM phrases ORDER BY rowid"""
    for rowid, id_, text, template, role, polarity, theme, genre, level, count, documents, first, last, reason in old.execute(sql):
        yield Phrase(
            id_, text, template, role, polarity, theme, tuple(f for (f,) in facets.of(rowid)), genre, level, count, documents,
            tuple(Source(*source) for source in sources.of(rowid)), tuple(n for (n,) in names.of(rowid)), reason,
            None if first is None else (first, last), "heading" if role == "heading" else "sentence",
        )  # fmt: skip


class _Beside:
    """Rows of another table beside phrases that come in the order of their rowids."""

    def __init__(self, old: sqlite3.Connection, sql: str) -> None:
        self._groups = groupby(old.execute(sql), key=lambda row: row[0])
        self._next = self._following()

    def of(self, rowid: int) -> list[tuple[Any, ...]]:
        """The rows of a phrase, without its rowid."""
        while self._next is not None and self._next[0] < rowid:
            self._next = self._following()
        return self._next[1] if self._next is not None and self._next[0] == rowid else []

    def _following(self) -> tuple[int, list[tuple[Any, ...]]] | None:
        found = next(self._groups, None)
        return None if found is None else (found[0], [tuple(row[1:]) for row in found[1]])
