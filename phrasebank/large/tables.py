"""Questions over shards. The only module that knows DuckDB.

It sorts and joins within a limit of memory and spills the rest to the work folder. Every question whose rows are used in order
says which order.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from phrasebank.workers import EngineError

THREAD = 128
"""MB that a thread needs: with less, a sort of long rows fails before it spills."""
BATCH = 8192
"""Rows handed over at once."""


class Tables:
    """A DuckDB of its own in a folder; `memory` in MB, `threads` as many as have enough of it."""

    def __init__(self, folder: Path, memory: int, threads: int) -> None:
        import duckdb

        spill, threads = str(folder / "spill"), max(1, min(threads, memory // THREAD))
        self._connection = duckdb.connect(
            config={"memory_limit": f"{memory}MB", "threads": str(threads), "temp_directory": spill, "autoload_known_extensions": "false"}
        )
        self._connection.execute("SET preserve_insertion_order = true")
        self._connection.execute("SET enable_progress_bar = false")  # under `python -c` it is drawn into what is printed

    def do(self, sql: str) -> None:
        """Runs a statement."""
        with _said():
            self._connection.execute(sql)

    def rows(self, sql: str, batch: int = BATCH) -> Iterator[tuple[Any, ...]]:
        """The rows of a question, streamed."""
        for table in self._batches(sql, batch):
            yield from zip(*(column.to_pylist() for column in table.columns), strict=True)

    def signatures(self, sql: str, batch: int = BATCH) -> Iterator[tuple[npt.NDArray[Any], ...]]:
        """The rows of a question for signatures, [n, width], and hashes, [n] each."""
        for table in self._batches(sql, batch):
            signatures = table.column(0).flatten().to_numpy()
            yield signatures.reshape(table.num_rows, -1), *(column.to_numpy() for column in table.columns[1:])

    def hashes(self, sql: str) -> npt.NDArray[np.uint64]:
        """The rows of a question for hashes, [n, columns]."""
        parts = [np.stack([c.to_numpy() for c in table.columns], axis=1) for table in self._batches(sql, BATCH)]
        return np.concatenate(parts) if parts else np.empty((0, 2), np.uint64)

    def _batches(self, sql: str, batch: int) -> Iterator[Any]:
        with _said():
            reader: Any = self._connection.cursor().sql(sql).to_arrow_reader(batch)
            while True:
                try:
                    table = reader.read_next_batch()
                except StopIteration:
                    return
                if table.num_rows:
                    yield table

    def close(self) -> None:
        """Ends it."""
        self._connection.close()


_open: dict[tuple[int, Path], Tables] = {}
"""The one of this process and folder: starting DuckDB takes longer than most questions."""


@contextmanager
def tables(folder: Path, memory: int, threads: int) -> Iterator[Tables]:
    """Tables for the length of a block; where this process has some for the folder already, those."""
    key = os.getpid(), folder
    if key not in _open:
        close_tables()
        _open[key] = Tables(folder, memory, threads)
    yield _open[key]


def close_tables() -> None:
    """Ends the tables of this process."""
    for key in [key for key in _open if key[0] == os.getpid()]:
        _open.pop(key).close()


@contextmanager
def _said() -> Iterator[None]:
    """What DuckDB says as an error of ours."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise EngineError(f"处理中间文件时出错，素材库没有动；多半是磁盘已满或内存太少（{str(error).splitlines()[0]}）") from error
