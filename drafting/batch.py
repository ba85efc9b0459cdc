"""Many outlines to many documents: one that fails is named, the others are written.

An outline is drafted by `draft_file`, a pure function of file, banks and layout, so that any number of processes
gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from drafting.config import load_library
from drafting.errors import OutlineError, UnfinishedError
from drafting.export import export
from drafting.files import write_atomic
from drafting.layout import load_layout
from drafting.outline import load
from drafting.summary import summarise
from drafting.workshop import Workshop
from phrasebank.errors import NigaoError
from phrasebank.workers import Progress, in_processes


@dataclass(frozen=True, slots=True)
class Job:
    """What every outline of a run is drafted with."""

    banks: tuple[str, ...]
    builtin: bool
    layout: str
    output: Path
    final: bool
    base: Path | None = None


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


def run(
    files: Sequence[tuple[Path, str]], job: Job, jobs: int = 1, progress: Progress | None = None
) -> tuple[Done, ...]:
    """Drafts every file and writes `report.json` beside the documents. Raises ExportError when the folder cannot be made."""
    one = partial(draft_file, job=job, stems=frozenset(stem for _, stem in files))
    results = []
    for count, done in enumerate(in_processes(one, files, jobs), 1):
        results.append(done)
        if progress:
            progress(count, len(files), done.file)
    report = {
        "outlines": len(results),
        "written": sum(len(d.documents) for d in results),
        "results": [row(d) for d in results],
    }
    write_atomic(job.output / "report.json", (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode())
    return tuple(results)


def draft_file(item: tuple[Path, str], job: Job, stems: frozenset[str] = frozenset()) -> Done:
    """Drafts the outlines of one file; `stems` are names other files' documents have. Faults are in the result, none is raised."""
    file, stem = item
    documents: list[dict[str, object]] = []
    problems: list[dict[str, object]] = []
    try:
        shop = _workshop(job.banks, job.builtin)
        for name, outline in _numbered(stem, load(file, shop.library, shop.knows), stems):
            try:
                documents.append(_write(shop, job, name, outline))
            except NigaoError as error:  # the other pieces of the file are drafted all the same
                problems.append(_fault(error, file))
    except NigaoError as error:
        problems += (_fault(fault, file) for fault in getattr(error, "problems", (error,)))
    return Done(str(file), tuple(documents), tuple(problems))


def _write(shop: Workshop, job: Job, name: str, outline: object) -> dict[str, object]:
    layout = load_layout(job.layout, shop.library.folders)
    session = shop.session(outline)  # type: ignore[arg-type]
    path = job.output / f"{name}.docx"
    summary = summarise(session, str(path), final=job.final)
    if job.final and (left := summary["findings"]["E"]):  # type: ignore[index]
        raise UnfinishedError(f"{name} 还有 {left} 处待填或必须改正，未写出定稿；去掉 --final 可先写草稿")
    export(session.draft, path, layout, final=job.final, base=job.base)
    return summary


def _fault(fault: NigaoError, file: Path) -> dict[str, object]:
    kind = "unfinished" if isinstance(fault, UnfinishedError) else "input"
    return {
        "file": fault.file or str(file), "line": fault.line, "column": fault.column, "reason": fault.message, "kind": kind,
    }  # fmt: skip


def row(done: Done) -> dict[str, object]:
    """What became of an outline file, as it stands in `report.json` and in `--json`."""
    return {"file": done.file, "documents": list(done.documents), "problems": list(done.problems)}


@lru_cache(maxsize=1)
def _workshop(banks: tuple[str, ...], builtin: bool) -> Workshop:
    """Library and banks, loaded once a process."""
    return Workshop.open(banks, builtin=builtin, library=load_library())


def _expand(path: str) -> Iterator[Path]:
    place = Path(path)
    if place.is_dir():
        yield from (p for p in place.rglob("*") if p.suffix in (".yaml", ".yml") and not p.name.startswith("."))
    elif place.is_file():
        yield place
    elif any(c in path for c in "*?["):
        base = Path(place.anchor) if place.is_absolute() else Path()
        yield from (p for p in base.glob(str(place.relative_to(place.anchor))) if p.is_file())


def _named(files: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Each file with an output stem no other has."""
    taken: set[str] = set()
    for file in files:
        stem, number = file.stem, 1
        while stem in taken:
            number += 1
            stem = f"{file.stem}-{number}"
        taken.add(stem)
        yield file, stem


def _numbered(stem: str, outlines: Sequence[object], stems: frozenset[str]) -> Iterator[tuple[str, object]]:
    """Each outline with the name of its document: the file's, numbered where it holds several."""
    for number, outline in enumerate(outlines, 1):
        name = stem if len(outlines) == 1 else f"{stem}-{number}"
        while name != stem and name in stems:
            name += "_"
        yield name, outline
