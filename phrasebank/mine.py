"""Corpus to bank: composes the chain and counts every drop with its reason.

    find_files → mine each file (`phrasebank.mined`) → assemble (`phrasebank.assemble`) → write

Files are mined one by one, in one process or several; the result does not hang on how many. What is too large for memory, or goes to a
cluster, takes the same steps over files on disk (`phrasebank.large`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from itertools import chain
from multiprocessing import get_start_method
from pathlib import Path

from phrasebank.assemble import Report, assembled
from phrasebank.bank import write_bank
from phrasebank.errors import ReadError
from phrasebank.memo import Memo, key_of, miner_digest
from phrasebank.mined import Mined, from_row, mine_file, stored_name, to_row, uncollected
from phrasebank.model import Lexicon
from phrasebank.readers import find_files, size_of
from phrasebank.readers.source import load
from phrasebank.segment import segmenter
from phrasebank.workers import Engine, EngineError, Processes, Progress, in_processes

LARGE = 48_000_000
"""Bytes of files from which they are put together on disk, where that can be done."""

HEAVY = "材料很多，全部放在内存里处理；再多就要装 pip install 'nigao[mine-large]'，改在磁盘上处理"


@dataclass(frozen=True, slots=True)
class Means:
    """What a run has to work with. `jobs`: processes. `cluster`: the address of a Spark master; "" for this machine. `work`: the
    folder for files between the steps, which a cluster must share; None for one beside the bank. `memo`: a file in which what was
    mined of each text is remembered, so that the next run reads only what is new or changed; None to remember nothing."""

    jobs: int = 1
    cluster: str = ""
    work: Path | None = None
    memo: Path | None = None


def mine(
    paths: Sequence[str | Path], output: Path, lexicon: Lexicon, *, jobs: int = 1, progress: Progress | None = None,
    base: Path | None = None, terms: bool = True, memo: Path | None = None, cluster: str = "", work: Path | None = None,
) -> Report:  # fmt: skip
    """Mines all texts under `paths` into a bank at `output`.

    `base`: file names are stored relative to it. `terms`: whether set expressions are counted too; only they need the
    segmenter. The others are those of `Means`; the bank is the same with any of them. Raises ReadError when nothing can be read,
    BankError when the bank cannot be written, EngineError when a worker or the cluster is lost. A single file that cannot be found
    or read is reported, not raised.
    """
    files, faults = find_files(paths)
    means = Means(jobs, cluster, work, memo)
    if cluster or (size_of(files) > LARGE and can_use_disk()):
        return _over_disk(files, faults, output, lexicon, means=means, progress=progress, base=base, terms=terms)
    with uncollected():
        return _in_memory(files, faults, output, _Run(lexicon, base, terms, memo), jobs=jobs, progress=progress)


def _in_memory(
    files: Sequence[Path], faults: Sequence[ReadError], output: Path, run: _Run, *, jobs: int, progress: Progress | None
) -> Report:  # fmt: skip
    results = [*faults, *run.results(files, jobs, progress)]
    unreadable = tuple(result for result in results if isinstance(result, ReadError))
    mined = sorted((r for r in results if isinstance(r, Mined)), key=lambda m: m.document.file)
    if not mined:
        raise unreadable[0]
    with assembled(mined, run.terms, jobs) as (contents, report):
        write_bank(contents, output)
        done = report()
    notices = (HEAVY,) if size_of(files) > LARGE else ()
    return replace(done, unreadable=unreadable, reused=run.reused, notices=notices)


def can_use_disk() -> bool:
    """Whether what works over files on disk is installed (extra `mine-large`)."""
    return all(find_spec(name) for name in ("duckdb", "pyarrow"))


def _over_disk(
    files: Sequence[Path], faults: Sequence[ReadError], output: Path, lexicon: Lexicon, *, means: Means,
    progress: Progress | None, base: Path | None, terms: bool,
) -> Report:  # fmt: skip
    from phrasebank.large.run import mine_large

    engine = _engine(means)
    try:
        return mine_large(
            files, faults, output, lexicon, engine=engine, jobs=means.jobs, base=base, terms=terms, work=means.work,
            progress=progress, memo=None if means.cluster else means.memo,
        )  # fmt: skip
    finally:
        engine.close()


def _engine(means: Means) -> Engine:
    if not means.cluster:
        return Processes(means.jobs)
    if not can_use_disk():
        raise EngineError("集群建库要用 DuckDB 和 pyarrow；请运行 pip install 'nigao[cluster]'")
    from phrasebank.large.spark import Spark

    return Spark(means.cluster)


class _Run:
    """One run over files: those that the memo knows are not read again."""

    def __init__(self, lexicon: Lexicon, base: Path | None, terms: bool, memo: Path | None) -> None:
        self._one = partial(mine_file, lexicon=lexicon, base=base, terms=terms)
        self._base, self._path, self.terms, self.reused = base, memo, terms, 0
        self._context = miner_digest(repr(lexicon), segmenter() if terms else "") if memo else ""

    def results(self, files: Sequence[Path], jobs: int, progress: Progress | None) -> Iterator[Mined | ReadError]:
        """What each file gave: first the known ones, then the others as they are mined."""
        memo: Memo[Mined] = Memo(self._path, to_row, from_row)
        try:
            keys = {file: self._key(file) for file in files} if self._path else {}
            known = {file: found for file, key in keys.items() if key and (found := memo.get(key))}
            self.reused = len(known)
            new = [file for file in files if file not in known]
            mined = zip(new, self._mined(new, jobs), strict=True)
            for done, (file, result) in enumerate(chain(known.items(), mined), 1):
                if isinstance(result, Mined) and file not in known and keys.get(file):
                    memo.put(keys[file], result)
                if progress:
                    progress(done, len(files), file.name)
                yield result
        finally:
            memo.close()

    def _mined(self, files: Sequence[Path], jobs: int) -> Iterator[Mined | ReadError]:
        """What new files give; what comes from other processes comes as JSON, which is unpacked in two thirds of the time."""
        if jobs <= 1:
            yield from map(self._one, files)
            return
        here = 1 if get_start_method() == "fork" else 0  # what the first file has loaded, forked processes have too
        yield from map(self._one, files[:here])
        for found in in_processes(partial(_packed, one=self._one), files[here:], jobs):
            yield found if isinstance(found, ReadError) else from_row(json.loads(found))

    def _key(self, file: Path) -> str:
        """The key of a file; empty for one that cannot be read, which mining will say."""
        try:
            return key_of(self._context, stored_name(file, self._base), load(file))
        except ReadError:
            return ""


def _packed(file: Path, one: Callable[[Path], Mined | ReadError]) -> bytes | ReadError:
    found = one(file)
    return found if isinstance(found, ReadError) else json.dumps(to_row(found)).encode()
