"""Shards: Parquet files. The only module that knows pyarrow.

Texts are stored as bytes (UTF-8 with lone surrogates passed), since names of files and damaged texts may hold what is no valid
string; their order is that of the strings. A shard is written beside its place and moved there, whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np

from phrasebank.errors import NigaoError

GROUP = 2048
"""Rows of a row group: what is read at least, and what can be passed over."""

class ShardError(NigaoError):
    """A file of the work folder is missing or is not what its manifest says."""


Row = Sequence[Any]
KINDS = ("bytes", "int", "hash", "numbers", "flag")
"""Kinds of columns: texts as bytes; 64 bits with a sign; 64 without; a list of unsigned 32; yes or no."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a shard, each a name with one of `KINDS`."""

    kinds: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, **kinds: str) -> Columns:
        """From keyword arguments, in their order."""
        return cls(tuple(kinds.items()))


def encoded(text: str) -> bytes:
    """A text as it is stored."""
    return text.encode("utf-8", "surrogatepass")


def decoded(data: bytes) -> str:
    """A stored text."""
    return data.decode("utf-8", "surrogatepass")


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """The path of a new file that is moved to `path` when the block ends well. Two that write at once do no harm: both write
    the same. Raises OSError."""
    temporary = path.with_name(f"{path.name}.{uuid4().hex}.tmp")
    try:
        yield temporary
        os.replace(temporary, path)  # noqa: PTH105 - the one name by which files are moved in this project
    finally:
        temporary.unlink(missing_ok=True)


def write(path: Path, columns: Columns, rows: Iterable[Row], group: int = GROUP) -> int:
    """Writes rows as a shard and returns how many there were. Raises OSError."""
    import pyarrow.parquet as pq

    schema, total, several = _schema(columns), 0, iter(rows)
    with placed(path) as temporary, pq.ParquetWriter(temporary, schema, compression="zstd", use_dictionary=False) as writer:
        while batch := list(islice(several, group)):
            writer.write_table(_table(schema, batch))
            total += len(batch)
    return total


def _schema(columns: Columns) -> Any:  # noqa: ANN401 - pyarrow has no types
    import pyarrow as pa

    types = {"bytes": pa.binary(), "int": pa.int64(), "hash": pa.uint64(), "numbers": pa.list_(pa.uint32()), "flag": pa.bool_()}
    return pa.schema([(name, types[kind]) for name, kind in columns.kinds])


def _table(schema: Any, rows: Sequence[Row]) -> Any:  # noqa: ANN401
    import pyarrow as pa

    values = zip(*rows, strict=True)
    return pa.table([pa.array(column, type) for column, type in zip(values, schema.types, strict=True)], schema=schema)


def rows(path: Path, names: Sequence[str], several: int = GROUP) -> Iterator[tuple[Any, ...]]:
    """The rows of a shard, those columns; so many are held in memory at once."""
    with _whole(path), _opened(path) as file:
        for batch in file.iter_batches(several, columns=list(names)):
            yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)


def lists(path: Path, names: Sequence[str], numbers: str) -> tuple[list[list[Any]], np.ndarray, np.ndarray]:
    """Whole columns of a shard, one of them of lists: the plain ones, all numbers of the lists in a row, and how many each has."""
    with _whole(path), _opened(path) as file:
        table = file.read(columns=[*names, numbers]).combine_chunks()
    column = table.column(numbers).combine_chunks()
    lengths = np.diff(column.offsets.to_numpy())
    return [table.column(name).to_pylist() for name in names], column.flatten().to_numpy(), lengths


def _opened(path: Path) -> Any:  # noqa: ANN401
    """A shard that is read as it is asked for: by default the whole file is fetched beforehand, which of many open ones is much."""
    import pyarrow.parquet as pq

    return pq.ParquetFile(path, pre_buffer=False)


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """Says of a file that cannot be read which one it is."""
    import pyarrow as pa

    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise ShardError("中间文件读不出来，素材库没有动；请再运行一次", str(path)) from error


def count(path: Path) -> int:
    """Rows of a shard by its own account, -1 for one that is missing or no whole Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(path).num_rows)
    except (OSError, pa.ArrowInvalid):
        return -1


def release() -> None:
    """Gives back to the system what pyarrow has free."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()
