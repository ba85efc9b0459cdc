"""The reports of a batch run: `report.json` for programs, `report.html` for people, on one page and without scripts or network."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from drafting.batch_overlap import Pair, worst_pairs
from drafting.batch_state import Record
from drafting.config import TEMPLATES
from drafting.files import write_atomic

MUCH = 0.25
"""Share of common grams above which two drafts of one batch are too alike."""


@dataclass(slots=True)
class Question:
    """What is asked of one person for one unit: a blank, and the documents it stands in."""

    kind: str
    what: str
    measure: str
    documents: list[str] = field(default_factory=list)


def write_reports(records: Sequence[Record], output: Path) -> None:
    """Writes both reports into the folder. Raises ExportError."""
    pairs = worst_pairs(_texts(records))
    write_atomic(output / "report.json", _json(records, pairs).encode("utf-8", "replace"))
    write_atomic(output / "report.html", _html(records, pairs).encode("utf-8", "replace"))


def _json(records: Sequence[Record], pairs: Sequence[Pair]) -> str:
    """The report for programs, a row a line: with indents it would be large and slow to write."""
    written = sum(len(record.documents) for record in records)
    rows = ({"file": r.file, "documents": list(r.documents), "problems": list(r.problems)} for r in records)
    overlaps = _array(asdict(pair) for pair in pairs)
    return f'{{"outlines": {len(records)},\n"written": {written},\n"overlaps": {overlaps},\n"results": {_array(rows)}}}\n'


def _array(rows: Iterable[Mapping[str, Any]]) -> str:
    return "[" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "]"


def questions(records: Iterable[Record]) -> dict[str, dict[str, list[Question]]]:
    """What is to be asked, by person, then by unit; the same question of several drafts is asked once."""
    asked: dict[str, dict[str, dict[tuple[str, str, str], Question]]] = {}
    for document in _documents(records):
        unit = document["unit"] or "未写单位"
        for blank in document["blanks"]:
            key = (blank["kind"], blank["what"], blank["unit"] or "")
            rows = asked.setdefault(blank["ask"], {}).setdefault(unit, {})
            name = _name(document["output"])
            if name not in (row := rows.setdefault(key, Question(*key))).documents:
                row.documents.append(name)
    return {ask: {unit: list(rows.values()) for unit, rows in units.items()} for ask, units in sorted(asked.items())}


def _texts(records: Iterable[Record]) -> dict[str, str]:
    """The text of each document by its file's name."""
    return {
        _name(document["output"]): text
        for record in records
        for document, text in zip(record.documents, record.texts, strict=True)
    }


def _documents(records: Iterable[Record]) -> Iterator[Mapping[str, Any]]:
    return (document for record in records for document in record.documents)


def _html(records: Sequence[Record], pairs: Sequence[Pair]) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    documents = list(_documents(records))
    counts: Counter[str] = sum((Counter(document["findings"]) for document in documents), Counter())
    return environment.get_template("batch.html.j2").render(
        outlines=len(records), documents=documents, failed=[record for record in records if record.problems], pairs=pairs, much=MUCH,
        questions=questions(records), blanks=sum(len(document["blanks"]) for document in documents), counts=counts, name=_name,
    )  # fmt: skip


def _name(path: str) -> str:
    """A document's name; it lies beside the report."""
    return os.path.basename(path)  # noqa: PTH119 - a path object for each of many thousands would take longer than the page
