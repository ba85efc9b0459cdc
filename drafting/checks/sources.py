"""The texts that copied passages are looked for in: an index of files and one of each bank, made once and kept in the user's cache."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from drafting.builtin import cache_folders
from drafting.files import reason
from phrasebank.bank import Bank
from phrasebank.errors import BankError, ReadError
from phrasebank.passages import Passages
from phrasebank.workers import Progress

Document = tuple[str, Iterable[tuple[int, str]]]
"""A file, and its lines with their numbers."""
FORM = 1
"""Changes when the index does, so that an old one in the cache is made anew."""


def open_passages(banks: Sequence[Bank], corpus: Sequence[str], progress: Progress | None = None) -> tuple[Passages, ...]:
    """Indexes of the files at `corpus` and of what `banks` keep of their sources. Raises ReadError for a path without readable
    files, BankError where no index can be written."""
    found = [_cached(_state([str(bank.path)]), lambda bank=bank: _of_bank(bank)) for bank in banks]  # type: ignore[misc]
    if corpus:
        files = _files(corpus)
        found.append(_cached(_state(files), lambda: _of_files(files, progress)))
    return tuple(found)


def _files(corpus: Sequence[str]) -> list[str]:
    from phrasebank.readers import find_files

    files, faults = find_files(corpus)
    if faults:
        raise faults[0]
    return [str(file) for file in files]


def _state(files: Iterable[str]) -> str:
    """A name that changes with any of `files`."""
    digest = hashlib.blake2b(str(FORM).encode(), digest_size=10)
    for file in files:
        path = Path(file)
        told = path.stat() if path.exists() else None  # a member of an archive has no state of its own
        digest.update(f"{path.absolute()}|{told.st_size if told else 0}|{told.st_mtime_ns if told else 0}\0".encode())
    return digest.hexdigest()


def _cached(state: str, documents: Callable[[], Iterable[Document]]) -> Passages:
    """The index of that name in the cache, made where it is not there or is damaged."""
    from phrasebank.passage_index import build

    fault: OSError | None = None
    for folder in cache_folders():
        path = folder / f"passages-{state}.idx"
        try:
            return Passages(path)
        except BankError:
            pass
        try:
            folder.mkdir(parents=True, exist_ok=True)
            build(documents(), path)
            return Passages(path)
        except OSError as error:
            fault = error
    why = reason(fault) if fault else ""
    raise BankError(f"查重索引没有可写的缓存文件夹（{why}）；请设置环境变量 XDG_CACHE_HOME") from fault


def _of_files(files: Sequence[str], progress: Progress | None) -> Iterator[Document]:
    """The lines of each file that can be read."""
    from phrasebank.readers import read

    for number, file in enumerate(files, 1):
        try:
            lines = read(file).lines
        except ReadError:
            lines = ()
        if progress:
            progress(number, len(files), file)
        yield file, [(at, line) for at, line in enumerate(lines, 1) if line.strip()]


def _of_bank(bank: Bank) -> Iterator[Document]:
    """The sentences a bank keeps of each of its sources, in the order of their lines."""
    sql = """SELECT file, line, text FROM documents JOIN sources ON document = documents.id JOIN phrases ON phrases.rowid = phrase
             WHERE kind = 'sentence' ORDER BY documents.id, line, phrases.rowid"""
    rows = (row for batch in bank.streamed(sql, (), 5000) for row in batch)
    for file, group in groupby(rows, key=lambda row: row[0]):
        yield str(file), [(int(line), str(text)) for _, line, text in group]
