"""Many outlines to many documents: one that fails is named, the others are written.

An outline file is drafted by `draft_file`, a pure function of file, banks, templates and layout, so that any number of processes
gives the same bytes. Slices of a run are the tasks of an engine (`phrasebank.workers`): the processes of this machine or of a
cluster, which then must share the folders. What they have done they write down (`drafting.batch_state`); the reports come of that.
"""

from __future__ import annotations

import gc
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from drafting.batch_report import write_reports
from drafting.batch_state import Record, State, append, digest, digest_of, sweep
from drafting.batch_summary import describe
from drafting.config import Library, load_library
from drafting.errors import ExportError, OutlineError, UnfinishedError
from drafting.export import NO_EXTRAS, export
from drafting.files import reason
from drafting.layout import Layout, load_layout
from drafting.model import Outline
from drafting.origins import Extras, asked
from drafting.outline import read
from drafting.workshop import Workshop
from phrasebank.errors import NigaoError
from phrasebank.workers import Engine, EngineError, Processes, Progress

SLICE = 8
"""Outline files of a task at most."""
GARBAGE = 100_000
"""Objects made since the collector last looked, and still there, for which it looks again."""
_THEME = re.compile(rb"^[\s\"'{-]*theme[\"']?\s*:\s*[\"']?([^\s\"',}]+)", re.M)
_ASIDE = frozenset({"corpus", "reports", "__pycache__"})
"""Folders of templates that drafts are not made of; the corpus is told by the built-in bank's name."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every outline of a run is drafted with. `key` is a digest of all of it."""

    banks: tuple[str, ...]
    builtin: bool
    layout: str
    output: Path
    final: bool
    base: Path | None = None
    extras: Extras = NO_EXTRAS
    key: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An outline file, the stem of its documents, and names that they may not have because those of other files do."""

    file: Path
    stem: str
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slice:
    """Some of the files of a run, and where what became of them is written down; paths are seen from `folder`."""

    items: tuple[Item, ...]
    job: Job
    journal: Path
    folder: Path


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one outline file: summaries of the documents written, or what is wrong with it."""

    file: str
    documents: tuple[dict[str, object], ...] = ()
    problems: tuple[dict[str, object], ...] = ()


def find_outlines(paths: Sequence[str]) -> tuple[tuple[Path, str], ...]:
    """Outline files under `paths` (files, folders, globs), each with the stem of its output, sorted and each once.

    Raises OutlineError when a path matches nothing.
    """
    files: dict[Path, None] = {}
    for path in paths:
        found = list(_expand(path))
        if not found:
            raise OutlineError("这里没有提纲文件（.yaml 或 .yml）；请检查路径", path)
        files.update(dict.fromkeys(sorted(found)))
    return tuple(_named(files))


def cluster_engine(address: str) -> Engine:
    """The engine of a cluster. Raises EngineError where it is not there."""
    from phrasebank.large.spark import Spark  # PySpark, for clusters alone

    return Spark(address)


def run(
    files: Sequence[tuple[Path, str]], job: Job, jobs: int = 1, progress: Progress | None = None, *, resume: bool = False,
    engine: Engine | None = None,
) -> tuple[Done, ...]:  # fmt: skip
    """Drafts every file and writes `report.json` and `report.html` beside the documents.

    `resume`: only what is missing or has changed since an earlier run into that folder. `engine`: who does it, `jobs` processes of
    this machine by default. Raises ExportError when the folder cannot be written, EngineError when a worker is lost; what is
    written by then is found by the next run with `resume`.
    """
    _library.cache_clear()  # another run of this process may have seen other templates
    ready.cache_clear()
    _layout.cache_clear()
    job = replace(job, key=_key(job))
    state = State(job.output)
    items = _items(files)
    try:
        kept = _kept(state, items, job) if resume else {}
        if not resume:
            state.forget()
        todo = [item for item in items if str(item.file) not in kept]
        sweep(job.output)
        state.keep(kept.values())
        _work(_slices(todo, job, state, jobs), engine or Processes(min(jobs, len(todo) or 1)), progress)
        ordered = _in_order(state, items)
        state.keep(ordered)
    except OSError as error:
        raise ExportError(f"写不了成批起草的记录：{reason(error)}", str(job.output)) from error
    ordered = _without_included(ordered)
    write_reports(ordered, job.output)
    return tuple(Done(record.file, record.documents, record.problems) for record in ordered)


def draft_slice(task: Slice) -> None:
    """Drafts the files of a slice, in whatever process; what became of each is in the journal when its documents are there."""
    with chdir(task.folder):
        for item in task.items:
            append(task.journal, draft_file(item, task.job))


def draft_file(item: Item, job: Job) -> Record:
    """Drafts the outlines of one file. Faults are in the record, none is raised."""
    file = item.file
    inputs = {str(file): digest(file)}
    documents: list[dict[str, object]] = []
    problems: list[dict[str, object]] = []
    texts: list[str] = []
    outputs: dict[str, str] = {}
    try:
        shop = ready(job.banks, job.builtin)
        reading = read(file, shop.library, shop.knows)
        inputs |= {str(path): digest(path) for path in reading.included}
        for name, outline in _numbered(item, reading.outlines):
            try:
                path, summary, text = _write(shop, job, name, outline)
            except NigaoError as error:  # the other pieces of the file are drafted all the same
                problems.append(_fault(error, file))
            else:
                documents.append(summary)
                texts.append(text)
                outputs[str(path)] = digest(path)
    except NigaoError as error:
        problems += (_fault(fault, file) for fault in getattr(error, "problems", (error,)))
    except Exception as error:  # a fault of ours must not take the other outlines with it
        said = f"程序内部出错（{type(error).__name__}），这份没有写出；请把提纲发给维护的人"
        problems.append(_fault(OutlineError(said, str(file)), file))
    return Record(
        str(file), job.key, item.stem, item.taken, inputs, outputs, tuple(documents), tuple(problems), tuple(texts)
    )


def row(done: Done) -> dict[str, object]:
    """What became of an outline file, as it stands in `report.json` and in `--json`."""
    return {"file": done.file, "documents": list(done.documents), "problems": list(done.problems)}


def _kept(state: State, items: Sequence[Item], job: Job) -> dict[str, Record]:
    """The records of an earlier run that still hold."""
    found = state.records()
    pairs = ((item, found[str(item.file)]) for item in items if str(item.file) in found)
    return {record.file: record for item, record in pairs if record.holds(job.key, item.stem, item.taken)}


def _in_order(state: State, items: Sequence[Item]) -> list[Record]:
    """The records of all files in their order. Raises EngineError where some never came."""
    found = state.records()
    missing = [item for item in items if str(item.file) not in found]
    if missing:
        raise EngineError(f"有 {len(missing)} 份提纲没有做完的记录；用集群时，提纲和输出文件夹要在各机共用的盘上", str(missing[0].file))
    return [found[str(item.file)] for item in items]


def _slices(todo: Sequence[Item], job: Job, state: State, jobs: int) -> list[Slice]:
    """The files in slices small enough to keep `jobs` processes busy to the end. Files on one theme follow each other, and each process
    begins with other themes: what one has read of the banks for a draft serves the next, and need not be read by the others too."""
    size = max(1, min(SLICE, len(todo) // (max(jobs, 1) * 8)))
    themes: dict[bytes, list[Item]] = {}
    for item in todo:
        themes.setdefault(_theme(item), []).append(item)
    near = [item for items in themes.values() for item in items]
    rows = [tuple(near[at : at + size]) for at in range(0, len(near), size)]
    share = -(-len(rows) // max(jobs, 1))
    turns = [row for first in range(share) for row in rows[first::share]]
    return [Slice(items, job, state.journal(number), Path.cwd()) for number, items in enumerate(turns)]


def _theme(item: Item) -> bytes:
    """The theme of a file as far as a glance tells it; the first of several."""
    with suppress(OSError, ValueError):
        found = _THEME.search(item.file.read_bytes())
        return found[1] if found else b""
    return b""


def _work(tasks: Sequence[Slice], engine: Engine, progress: Progress | None) -> None:
    total = sum(len(task.items) for task in tasks)
    told = 0

    def heard(index: int) -> None:
        nonlocal told
        for item in tasks[index].items:
            told += 1
            if progress:
                progress(told, total, str(item.file))

    try:
        engine.run(draft_slice, tasks, heard)
    except EngineError as error:
        cause = error.message.replace("，素材库没有动", "")
        raise EngineError(f"没有做完，已写好的都在：{cause}；再运行时加上 --resume，会接着做", error.file) from error
    finally:
        engine.close()


def _write(shop: Workshop, job: Job, name: str, outline: Outline) -> tuple[Path, dict[str, object], str]:
    """Path, summary and text of a document that is written."""
    session = shop.session(outline)
    draft = asked(session.draft, session.plan)
    path = job.output / f"{name}.docx"
    summary = describe(session, draft, str(path), final=job.final)
    if job.final and (left := summary["findings"]["E"]):  # type: ignore[index]
        raise UnfinishedError(f"{name} 还有 {left} 处待填或必须改正，未写出定稿；去掉 --final 可先写草稿")
    layout = _layout(job.layout, shop.library.folders)
    export(draft, path, layout, final=job.final, base=job.base, extras=job.extras)
    return path, summary, draft.text


def _fault(fault: NigaoError, file: Path) -> dict[str, object]:
    kind = "unfinished" if isinstance(fault, UnfinishedError) else "input"
    return {
        "file": fault.file or str(file), "line": fault.line, "column": fault.column, "reason": fault.message, "kind": kind,
    }  # fmt: skip


def _without_included(records: Sequence[Record]) -> list[Record]:
    """The records, but for those of files that are no outlines and that an outline takes its profile or facts from."""
    taken_in = {os.path.normpath(path) for record in records for path in record.inputs if path != record.file}
    return [record for record in records if record.documents or os.path.normpath(record.file) not in taken_in]


def _key(job: Job) -> str:
    """A digest of all that decides what an outline becomes besides itself: programs, banks, templates, layout, options."""
    library = _library()
    data = sorted(path for folder in library.folders for path in folder.rglob("*") if path.is_file() and not _ASIDE & set(path.parts))
    banks = [Path(bank) for bank in job.banks if Path(bank).is_file()]
    base = [job.base] if job.base and job.base.is_file() else []
    said = [str((job.banks, job.builtin, job.layout, str(job.output), job.final, str(job.base), job.extras))]
    return digest_of([*said, _programs(), *data, *banks, *base, *_builtin_key(job)])


@lru_cache(maxsize=1)
def _programs() -> str:
    """A digest of the programs that draft; those of a running process do not change."""
    here = Path(__file__).resolve().parent
    return digest_of(sorted(path for folder in (here, here.parent / "phrasebank") for path in folder.rglob("*.py")))


def _builtin_key(job: Job) -> list[str]:
    """The name of the built-in bank, which has a digest of what it is made of; mined here if need be, not in each process."""
    if not job.builtin:
        return []
    from drafting.builtin import builtin_bank

    return [Path(builtin_bank().path).name]


@lru_cache(maxsize=1)
def _library() -> Library:
    """Genres and themes, read before processes are made of this one where they are."""
    return load_library()


@lru_cache(maxsize=1)
def ready(banks: tuple[str, ...] = (), builtin: bool = True) -> Workshop:
    """Library and banks, opened once a process. All there is by then stays to the end: that the collector of garbage looks at it again
    and again took a sixth of the time. Drafting leaves few circles behind, so that it may look seldom."""
    shop = Workshop.open(banks, builtin=builtin, library=_library())
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)
    return shop


@lru_cache(maxsize=1)
def _layout(name: str, folders: tuple[Path, ...]) -> Layout:
    """The layout of a run, read once a process."""
    return load_layout(name, folders)


def _expand(path: str) -> Iterator[Path]:
    place = Path(path)
    if place.is_dir():
        yield from (p for p in place.rglob("*") if p.suffix in (".yaml", ".yml") and not p.name.startswith("."))
    elif place.is_file():
        yield place
    elif any(c in path for c in "*?["):
        base = Path(place.anchor) if place.is_absolute() else Path()
        with suppress(ValueError):  # a pattern that is none (**甲) matches nothing
            yield from (p for p in base.glob(str(place.relative_to(place.anchor))) if p.is_file())


def _named(files: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Each file with an output stem no other has, on disks too that take 甲.docx for one with 甲.DOCX."""
    taken: set[str] = set()
    for file in files:
        stem, number = file.stem, 1
        while _folded(stem) in taken:
            number += 1
            stem = f"{file.stem}-{number}"
        taken.add(_folded(stem))
        yield file, stem


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _items(files: Sequence[tuple[Path, str]]) -> list[Item]:
    """The files with the names that numbered documents of theirs may not have: those of other files."""
    taken: dict[str, list[str]] = {}
    for _, stem in files:
        if match := re.fullmatch(r"(.+?)-\d+_*", _folded(stem)):
            taken.setdefault(match[1], []).append(_folded(stem))
    return [Item(file, stem, tuple(sorted(taken.get(_folded(stem), ())))) for file, stem in files]


def _numbered(item: Item, outlines: Sequence[Outline]) -> Iterator[tuple[str, Outline]]:
    """Each outline with the name of its document: the file's, numbered where it holds several."""
    for number, outline in enumerate(outlines, 1):
        name = item.stem if len(outlines) == 1 else f"{item.stem}-{number}"
        while len(outlines) > 1 and _folded(name) in item.taken:
            name += "_"
        yield name, outline
