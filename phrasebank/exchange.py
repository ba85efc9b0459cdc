"""Banks as lines of JSON, to read, to send and to keep under version control, and back again.

The first line is `{"nigao": "bank", "schema": 2, "meta": {…}}`; each further line is one `document`, `phrase` (best first),
`term`, `alias`, `mark`, `own` or `tag` under that key, in this order. What is written reads back as the same bank. Lines are
written and read one by one, so that a bank of millions of phrases needs little memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from phrasebank.contents import Contents, Curation, Mark, Tag
from phrasebank.errors import BankError
from phrasebank.files import reason, replacing
from phrasebank.model import MinedDocument, Phrase, Quoted, Removed, Source, Term
from phrasebank.schema import SCHEMA_VERSION

_PHRASE = re.compile(r'\s*\{\s*"phrase"\s*:')
READABLE = range(1, SCHEMA_VERSION + 1)
"""Versions of exports that can be read."""


def write_lines(contents: Contents, path: Path) -> int:
    """Writes a bank's contents to `path`, whole or not at all, and returns the number of phrases. Raises BankError where it
    cannot be written."""
    phrases = 0
    try:
        with replacing(path) as temporary, temporary.open("w", encoding="utf-8") as file:
            for row in _rows(contents):
                phrases += "phrase" in row
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as error:
        raise BankError(f"写不了导出文件：{reason(error)}", str(path)) from error
    return phrases


def read_lines(path: Path) -> Contents:
    """The contents that `write_lines` wrote, its phrases read as they are asked for, once. Raises BankError with the line for
    what is not such a file, at the latest when the phrases are read."""
    found: dict[str, list[Any]] = {key: [] for key in _MAKERS}
    meta: dict[str, str] | None = None
    for number, row in _parsed(path, phrases=False):
        if meta is None:
            meta = _header(row, path)
        else:
            key, value = _made(row, path, number)
            found[key].append(value)
    if meta is None:
        raise BankError("文件是空的；请用 nigao bank export 重新导出", str(path))
    curation = Curation(tuple(found["mark"]), tuple(found["own"]), tuple(found["tag"]))
    phrases = chain(found["phrase"], _phrases(path))
    return Contents(tuple(found["document"]), phrases, tuple(found["term"]), meta, dict(found["alias"]), curation)


def _phrases(path: Path) -> Iterator[Phrase]:
    yield from (_made(row, path, number)[1] for number, row in _parsed(path, phrases=True))


def _made(row: Any, path: Path, number: int) -> tuple[str, Any]:  # noqa: ANN401 - any JSON
    """The key of a line and the value it holds."""
    try:
        ((key, value),) = row.items()
        return key, _MAKERS[key](value)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BankError(f"这一行不是素材库的内容（{error}）；请用 nigao bank export 重新导出", str(path), number) from error


def _rows(contents: Contents) -> Iterator[dict[str, Any]]:
    yield {"nigao": "bank", "schema": SCHEMA_VERSION, "meta": dict(contents.meta)}
    yield from ({"document": asdict(document)} for document in contents.documents)
    yield from ({"phrase": asdict(phrase)} for phrase in contents.phrases)
    yield from ({"term": asdict(term)} for term in contents.terms)
    aliases = contents.aliases
    yield from ({"alias": list(pair)} for pair in (aliases.items() if isinstance(aliases, Mapping) else aliases))
    yield from ({"mark": asdict(mark)} for mark in contents.curation.marks)
    yield from ({"own": asdict(phrase)} for phrase in contents.curation.own)
    yield from ({"tag": list(tag)} for tag in contents.curation.tags)


def _parsed(path: Path, *, phrases: bool) -> Iterator[tuple[int, Any]]:
    """Number and value of each line that is not blank: of those that begin as phrases do, or of all others."""
    number = 0
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip() and phrases == bool(_PHRASE.match(line)):
                    yield number, json.loads(line)
    except OSError as error:
        raise BankError(f"读不了这个文件：{reason(error)}", str(path)) from error
    except (ValueError, RecursionError) as error:
        said = "不是素材库的导出文件（每行一个 JSON）；请用 nigao bank export 重新导出"
        raise BankError(said, str(path), number if number > 1 else None) from error


def _header(row: object, path: Path) -> dict[str, str]:
    if not isinstance(row, dict) or row.get("nigao") != "bank" or row.get("schema") not in READABLE:
        raise BankError("不是素材库的导出文件，或由其他版本的拟稿导出；请用 nigao bank export 重新导出", str(path), 1)
    meta = row.get("meta", {})
    return {str(key): str(value) for key, value in meta.items()} if isinstance(meta, dict) else {}


def document_from(row: dict[str, Any]) -> MinedDocument:
    """The document that `asdict` made a row of."""
    removed = tuple(Removed(**item) for item in row["removed"])
    quotations = tuple(Quoted(**item) for item in row["quotations"])
    return MinedDocument(**{**row, "removed": removed, "quotations": quotations})


def phrase_from(row: dict[str, Any]) -> Phrase:
    """The phrase that `asdict` made a row of."""
    lists = {key: tuple(row[key]) for key in ("facets", "names")}
    sources = tuple(Source(**item) for item in row["sources"])
    kind = row.get("kind") or ("heading" if row["role"] == "heading" else "sentence")  # an export of version 1 has none
    years = tuple(row["years"]) if row["years"] else None
    return Phrase(**{**row, **lists, "sources": sources, "years": years, "kind": kind})


def _term(row: dict[str, Any]) -> Term:
    return Term(**{**row, "years": tuple((year, number) for year, number in row.get("years", ()))})


def _alias(row: list[str]) -> tuple[str, str]:
    id_, phrase = row
    return str(id_), str(phrase)


_MAKERS: dict[str, Callable[[Any], Any]] = {
    "document": document_from, "phrase": phrase_from, "term": _term, "alias": _alias, "mark": lambda row: Mark(**row),
    "own": phrase_from, "tag": lambda row: Tag(*row),
}  # fmt: skip
