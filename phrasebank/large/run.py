"""A whole run over files on disk: the same bank, to the byte, as `phrasebank.assemble` makes in memory.

    mine_partition → find_repeated → gather_phrases → find_terms → write_bank

Between the steps there are only files in the work folder. A run that was ended goes on where it stopped when it is started again.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any
from uuid import uuid4

from phrasebank.assemble import Report, most_first
from phrasebank.bank import write_bank
from phrasebank.contents import Contents
from phrasebank.errors import BankError, ReadError
from phrasebank.files import reason
from phrasebank.large.expressions import find_terms
from phrasebank.large.gathering import Tally, aliases_in_order, gather_phrases, phrases_in_order
from phrasebank.large.memory import give_back
from phrasebank.large.partition import STAGE, Mining, mine_partition
from phrasebank.large.repeated import find_repeated
from phrasebank.large.shards import decoded, rows
from phrasebank.large.tables import Tables, close_tables, tables
from phrasebank.large.work import Work, part_of, parts_for
from phrasebank.memo import miner_digest
from phrasebank.mined import stored_name
from phrasebank.model import Lexicon, MinedDocument, Quoted, Removed, Term
from phrasebank.readers import size_of
from phrasebank.segment import segmenter
from phrasebank.workers import Engine, Progress

MEMORY = 160
"""MB in which DuckDB sorts and joins in the leading process; beyond, it spills."""


def mine_large(
    files: Sequence[Path], faults: Sequence[ReadError], output: Path, lexicon: Lexicon, *, engine: Engine, jobs: int = 1,
    base: Path | None = None, terms: bool = True, work: Path | None = None, progress: Progress | None = None,
    memory: int = MEMORY, parts: int | None = None, memo: Path | None = None,
) -> Report:  # fmt: skip
    """Mines files into a bank at `output`, see `phrasebank.mine.mine`.

    `faults`: what could not be found. `engine`: who does the tasks; `jobs`: threads of DuckDB in this process. `work`: a folder
    for shards, which a cluster must share; by default beside the bank. What this run put there is removed when the bank is
    written, and stays for the next run when it fails. `memo`: as there. `parts`: partitions, by default by the size of the files. Raises
    ReadError when nothing can be read, BankError when files cannot be written, EngineError when a worker is lost, ShardError
    when what workers left is not whole; the bank at `output` is then the old one.
    """
    folder, made = _folder(output, work), work is not None and not work.exists()
    run = _Run(tuple(files), tuple(faults), engine, jobs, base, terms, memory, parts or parts_for(size_of(files)), memo)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        report = run.mine(Work(folder, run.parts, max(1, run.parts // 2), uuid4().hex), lexicon, output, progress)
    except OSError as error:
        raise BankError(f"写不了中间文件，素材库没有动：{reason(error)}", str(folder)) from error
    finally:
        close_tables()
    shutil.rmtree(folder, ignore_errors=True)
    if work and made:
        with suppress(OSError):  # others may have put something there meanwhile
            work.rmdir()
    return report


def _folder(output: Path, work: Path | None) -> Path:
    """A folder of this bank's own."""
    name = blake2b(str(output.resolve()).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return work.resolve() / f".nigao-{name}" if work else output.resolve().with_name(f".nigao-{name}.work")


@dataclass(frozen=True, slots=True)
class _Found:
    """What the steps before the last gave: the manifests of the partitions, what could not be read, set expressions."""

    told: Sequence[Mapping[str, Any]]
    unreadable: tuple[ReadError, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    files: tuple[Path, ...]
    faults: tuple[ReadError, ...]
    engine: Engine
    jobs: int
    base: Path | None
    terms: bool
    memory: int
    parts: int
    memo: Path | None

    def mine(self, work: Work, lexicon: Lexicon, output: Path, progress: Progress | None) -> Report:
        told = self._mined(work, lexicon, progress)
        unreadable = self._unreadable(told)
        if not sum(one["about"]["documents"] for one in told):
            raise unreadable[0]
        work = replace(work, key=_digest(told))
        found = find_terms(work, self.engine, [one["about"]["words"] for one in told]) if self.terms else ()
        give_back()
        return self._written(work, output, _Found(told, unreadable, found))

    def _written(self, work: Work, output: Path, found: _Found) -> Report:
        """Phrases gathered, and the bank written as they come."""
        newest = max(one["about"]["newest"] for one in found.told) or None
        report = self._gathered(work, newest, found)
        contents = Contents(_documents(work), phrases_in_order(work, newest), found.terms, report.meta, aliases_in_order(work))
        write_bank(contents, output)
        return report

    def _gathered(self, work: Work, newest: int | None, found: _Found) -> Report:
        """Copies found and phrases gathered; what is left is on disk, and DuckDB has ended: SQLite needs the memory next."""
        with tables(work.folder, self.memory, self.jobs) as asked:
            find_repeated(work, self.engine, asked)
            give_back()
            tally = gather_phrases(work, self.engine, asked, newest, sum(one["files"]["phrases"][0] for one in found.told))
            copies = _list_documents(asked, work)
        close_tables()
        give_back()
        return _report(found, tally, copies)

    def _mined(self, work: Work, lexicon: Lexicon, progress: Progress | None) -> list[dict[str, Any]]:
        """The manifests of all partitions, mined now or before."""
        context = miner_digest(repr(lexicon), segmenter() if self.terms else "")
        tasks = [Mining(work, part, files, lexicon, self.base, self.terms, context, self.memo) for part, files in self._partitions()]
        done = 0

        def heard(index: int) -> None:
            nonlocal done
            done += len(tasks[index].files)
            if progress and tasks[index].files:
                progress(done, len(self.files), tasks[index].files[-1].name)

        self.engine.run(mine_partition, tasks, heard)
        told = work.told(STAGE, self.parts)
        work.check("文件", len(self.files), sum(one["about"]["documents"] + len(one["about"]["unreadable"]) for one in told))
        return told

    def _partitions(self) -> list[tuple[int, tuple[Path, ...]]]:
        """The files of each partition in the order of their names; large partitions first, so that workers end together."""
        found: list[list[Path]] = [[] for _ in range(self.parts)]
        for file in sorted(self.files, key=lambda file: stored_name(file, self.base)):
            found[part_of(stored_name(file, self.base), self.parts)].append(file)
        return sorted(((n, tuple(files)) for n, files in enumerate(found)), key=lambda part: (-size_of(part[1]), part[0]))

    def _unreadable(self, told: Sequence[Mapping[str, Any]]) -> tuple[ReadError, ...]:
        """What could not be found, then what could not be read, in the order of the files."""
        places = {str(file): place for place, file in enumerate(self.files)}
        errors = [ReadError(*values) for one in told for values in one["about"]["unreadable"]]
        return *self.faults, *sorted(errors, key=lambda error: places.get(error.file or "", -1))


def _digest(told: Sequence[Mapping[str, Any]]) -> str:
    """A key for all later steps: what was mined, and into how many parts."""
    return blake2b("\n".join(one["key"] for one in told).encode(), digest_size=16).hexdigest()


_LISTED = ("file", "sha256", "characters", "listed", "year", "copy_of")


def _list_documents(asked: Tables, work: Work) -> int:
    """Leaves all documents, in the order of their names, and says how many of them are copies."""
    target = str(work.path("listed")).replace("'", "''")
    asked.do(
        f"""COPY (SELECT d.file, sha256, characters, listed, year, copy_of FROM {work.read("documents", work.parts)} d
        JOIN {work.read("originals")} o USING (part, document) ORDER BY d.file)
        TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048)"""
    )
    ((copies,),) = asked.rows(f"SELECT count(copy_of) FROM {work.read('listed')}")
    return int(copies)


def _documents(work: Work) -> Iterator[MinedDocument]:
    """All documents, in the order of their names."""
    for file, digest, characters, listed, year, original in rows(work.path("listed"), _LISTED, 256):
        removed, quotations = json.loads(listed)
        lists = tuple(Removed(*r) for r in removed), tuple(Quoted(*q) for q in quotations)
        copy_of = None if original is None else decoded(original)
        yield MinedDocument(decoded(file), digest.decode(), characters, *lists, year, copy_of)


def _report(found: _Found, tally: Tally, copies: int) -> Report:
    told = [one["about"] for one in found.told]
    return Report(
        documents=sum(one["documents"] for one in told),
        pieces=sum(one["pieces"] for one in told),
        characters=sum(one["characters"] for one in told),
        phrases=tally.phrases,
        offered=tally.phrases - tally.dropped.total(),
        roles=most_first(tally.roles),
        kinds=most_first(tally.kinds),
        removed=most_first(_sum(told, "removed")),
        dropped=most_first(tally.dropped),
        defects=most_first(_sum(told, "defects")),
        copies=copies,
        folded=tally.wordings - tally.phrases,
        terms=len(found.terms),
        unreadable=found.unreadable,
        reused=sum(one["reused"] for one in told),
    )


def _sum(told: Sequence[Mapping[str, Any]], name: str) -> Counter[str]:
    return sum((Counter(one[name]) for one in told), Counter())
