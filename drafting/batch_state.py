"""What a batch run has done, kept in its output folder, so that an interrupted run goes on where it stopped.

`.nigao-batch/done.jsonl` holds a record an outline file: what went into it by digest, and what came of it. While a run is under way
each slice of it appends to a journal of its own beside that; a record is written after its documents, in one piece, so that a
run killed at any moment leaves whole records and at most one torn line, which is no JSON and is left out. A record counts only
while everything it names has the digest it names.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from drafting.files import write_atomic

FOLDER = ".nigao-batch"
FORMAT = 1
"""Of the records; others are not read."""


@dataclass(frozen=True, slots=True)
class Record:
    """What became of an outline file.

    `key` is the digest of all that is the same for the run (`drafting.batch`), `stem` and `taken` decide the names of the documents;
    `inputs` are digests of the outline and the files it takes in, `outputs` of the documents; `texts` are theirs, a paragraph a
    line. `line` is the record as it was read, to be written again as it is.
    """

    file: str
    key: str
    stem: str
    taken: tuple[str, ...]
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    documents: tuple[dict[str, Any], ...] = ()
    problems: tuple[dict[str, Any], ...] = ()
    texts: tuple[str, ...] = field(default=(), repr=False)
    line: bytes = field(default=b"", repr=False, compare=False)

    def holds(self, key: str, stem: str, taken: tuple[str, ...]) -> bool:
        """Whether drafting the file again would give what is there already: nothing failed, and nothing has changed since."""
        same = not self.problems and (self.key, self.stem, self.taken) == (key, stem, taken)
        return same and all(digest(Path(path)) == told for path, told in (*self.inputs.items(), *self.outputs.items()))


class State:
    """The records of an output folder."""

    def __init__(self, output: Path) -> None:
        self.folder = output / FOLDER
        self.whole = self.folder / "done.jsonl"

    def forget(self) -> None:
        """Removes all records: a run that is not to go on from them."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def records(self) -> dict[str, Record]:
        """All whole records by outline file, the later one where there are two."""
        found: dict[str, Record] = {}
        for path in (self.whole, *sorted(self.folder.glob("slice-*.jsonl"))):
            with suppress(OSError):
                found |= {record.file: record for record in _read(path)}
        return found

    def keep(self, records: Iterable[Record]) -> None:
        """Puts all records into one file and removes the journals. Raises ExportError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomic(self.whole, b"".join(record.line or _line(record) for record in records))
        for path in self.folder.glob("slice-*.jsonl"):
            path.unlink(missing_ok=True)

    def journal(self, number: int) -> Path:
        """Where the slice of that number keeps its records."""
        return self.folder / f"slice-{number:05}.jsonl"


def append(journal: Path, record: Record) -> None:
    """Adds a record in one write; a torn line before it, left by a process that was killed, does not touch it."""
    with journal.open("ab", buffering=0) as file:
        file.write(b"\n" + _line(record))


def digest(path: Path) -> str:
    """A digest of a file's bytes, empty where it cannot be read."""
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except (OSError, ValueError):
        return ""


def digest_of(parts: Iterable[str | Path]) -> str:
    """A digest of words and of files, each file with its name; of a file that is too large for memory too."""
    total = hashlib.blake2b(digest_size=16)
    for part in parts:
        content = _file_digest(part, part.stat().st_mtime_ns) if isinstance(part, Path) else part
        total.update(f"{len(str(part))}|{part}|{content}\n".encode("utf-8", "surrogatepass"))
    return total.hexdigest()


@lru_cache(maxsize=4096)
def _file_digest(path: Path, changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def sweep(output: Path) -> None:
    """Removes what processes that are gone left half written in the output folder."""
    for path in output.glob(".nigao-*.tmp"):
        pid = path.name.split("-")[1]
        if pid.isdecimal() and not alive(int(pid)):
            path.unlink(missing_ok=True)


def alive(pid: int) -> bool:
    """Whether a process of that id runs. On Windows signal 0 would end it, so it is looked up there instead."""
    if os.name == "nt":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)  # type: ignore[attr-defined, unused-ignore]
        return bool(handle and ctypes.windll.kernel32.CloseHandle(handle))  # type: ignore[attr-defined, unused-ignore]
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _line(record: Record) -> bytes:
    data = {
        "format": FORMAT, "file": record.file, "key": record.key, "stem": record.stem, "taken": record.taken, "inputs": record.inputs,
        "outputs": record.outputs, "documents": record.documents, "problems": record.problems, "texts": _packed(record.texts),
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def _read(path: Path) -> Iterator[Record]:
    with path.open("rb") as file:
        for line in file:
            with suppress(ValueError, KeyError, TypeError, AttributeError, zlib.error):
                yield _record(json.loads(line.decode("utf-8", "surrogatepass")), line)


def _record(data: Mapping[str, Any], line: bytes) -> Record:
    if data["format"] != FORMAT:
        raise ValueError
    return Record(
        data["file"], data["key"], data["stem"], tuple(data["taken"]), dict(data["inputs"]), dict(data["outputs"]),
        tuple(data["documents"]), tuple(data["problems"]), _unpacked(data["texts"]), line if line.endswith(b"\n") else line + b"\n",
    )  # fmt: skip


def _packed(texts: tuple[str, ...]) -> str:
    content = json.dumps(texts, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return base64.b64encode(zlib.compress(content, 1)).decode()


def _unpacked(packed: str) -> tuple[str, ...]:
    return tuple(json.loads(zlib.decompress(base64.b64decode(packed)).decode("utf-8", "surrogatepass")))
