"""Banks as lines of JSON, to read, to send and to keep under version control, and back again.

The first line is `{"nigao": "bank", "schema": 1, "meta": {…}}`; each further line is one `document`, `phrase` (best first) or
`term` under that key. What is written reads back as the same bank.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from phrasebank.bank import SCHEMA_VERSION, Contents
from phrasebank.errors import BankError
from phrasebank.files import reason, replacing
from phrasebank.model import MinedDocument, Phrase, Quoted, Removed, Source, Term


def write_lines(contents: Contents, path: Path) -> None:
    """Writes a bank's contents to `path`, whole or not at all. Raises BankError where it cannot be written."""
    try:
        with replacing(path) as temporary, temporary.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(contents))
    except OSError as error:
        raise BankError(f"写不了导出文件：{reason(error)}", str(path)) from error


def read_lines(path: Path) -> Contents:
    """The contents that `write_lines` wrote. Raises BankError with the line for what is not such a file."""
    found: dict[str, list[Any]] = {key: [] for key in _MAKERS}
    meta: dict[str, str] = {}
    for number, row in _parsed(path):
        if number == 1:
            meta = _header(row, path)
            continue
        try:
            ((key, value),) = row.items()
            found[key].append(_MAKERS[key](value))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BankError(f"这一行不是素材库的内容（{error}）；请用 nigao bank export 重新导出", str(path), number) from error
    if not meta and not any(found.values()):
        raise BankError("文件是空的；请用 nigao bank export 重新导出", str(path))
    return Contents(tuple(found["document"]), tuple(found["phrase"]), tuple(found["term"]), meta)


def _rows(contents: Contents) -> Iterator[dict[str, Any]]:
    yield {"nigao": "bank", "schema": SCHEMA_VERSION, "meta": dict(contents.meta)}
    yield from ({"document": asdict(document)} for document in contents.documents)
    yield from ({"phrase": asdict(phrase)} for phrase in contents.phrases)
    yield from ({"term": asdict(term)} for term in contents.terms)


def _parsed(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and value of each line that is not blank."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, json.loads(line)
    except OSError as error:
        raise BankError(f"读不了这个文件：{reason(error)}", str(path)) from error
    except (ValueError, RecursionError) as error:
        raise BankError("不是素材库的导出文件（每行一个 JSON）；请用 nigao bank export 重新导出", str(path)) from error


def _header(row: object, path: Path) -> dict[str, str]:
    if not isinstance(row, dict) or row.get("nigao") != "bank" or row.get("schema") != SCHEMA_VERSION:
        raise BankError("不是素材库的导出文件，或由其他版本的拟稿导出；请用 nigao bank export 重新导出", str(path), 1)
    return {str(key): str(value) for key, value in row.get("meta", {}).items()}


def document_from(row: dict[str, Any]) -> MinedDocument:
    """The document that `asdict` made a row of."""
    removed = tuple(Removed(**item) for item in row["removed"])
    quotations = tuple(Quoted(**item) for item in row["quotations"])
    return MinedDocument(**{**row, "removed": removed, "quotations": quotations})


def phrase_from(row: dict[str, Any]) -> Phrase:
    """The phrase that `asdict` made a row of."""
    lists = {key: tuple(row[key]) for key in ("facets", "names")}
    sources = tuple(Source(**item) for item in row["sources"])
    return Phrase(**{**row, **lists, "sources": sources, "years": tuple(row["years"]) if row["years"] else None})


_MAKERS: dict[str, Callable[[dict[str, Any]], object]] = {
    "document": document_from,
    "phrase": phrase_from,
    "term": lambda row: Term(**row),
}
