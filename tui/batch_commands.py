"""The commands about outlines: one to start from, their schema for editors, and many of them drafted at once."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from drafting.config import load_library, template_folders
from drafting.errors import ExportError, OutlineError
from tui.output import Output


def new(call: Namespace, output: Output) -> int:
    """A commented outline to start from."""
    from drafting.sample import sample

    text = sample(load_library(), call.genre, call.theme)
    if call.output is None:
        output.line(text.rstrip("\n"))
        return 0
    from drafting.files import write_atomic

    if Path(call.output).exists():
        raise ExportError("文件已经存在，未覆盖；请换一个名字", call.output)
    write_atomic(Path(call.output), text.encode())
    output.notice(f"已写好提纲样本：{call.output}")
    return 0


def schema(call: Namespace, output: Output) -> int:
    """The JSON Schema of outlines; a file that is there is replaced, for it was made by this command."""
    from drafting.schema import schema as made

    text = json.dumps(made(load_library()), ensure_ascii=False, indent=1)
    if call.output is None:
        output.line(text)
        return 0
    from drafting.files import write_atomic

    write_atomic(Path(call.output), f"{text}\n".encode())
    output.notice(f"已写好：{call.output}；在提纲第一行写 # yaml-language-server: $schema={Path(call.output).name}")
    return 0


def batch(call: Namespace, output: Output) -> int:
    """Many outlines to many documents; 2 when any of them failed, 1 when some have findings of severity E."""
    from drafting.batch import Job, cluster_engine, find_outlines, row, run
    from drafting.files import reason
    from drafting.layout import load_layout
    from drafting.origins import Extras

    files = find_outlines(call.paths)
    load_layout(call.layout, template_folders())
    base = base_of(call)
    folder = Path(call.output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"建不了文件夹：{reason(error)}", call.output) from error
    job = Job(tuple(call.bank), not call.no_builtin, call.layout, folder, call.final, base, Extras(call.sources, call.fact_sheet))
    engine = cluster_engine(call.cluster) if call.cluster else None
    results = run(files, job, call.jobs, output.progress("起草"), resume=call.resume, engine=engine)
    problems = [problem for done in results for problem in done.problems]
    written = sum(len(done.documents) for done in results)
    for done in results:
        if call.json:
            output.data(row(done))
    for problem in problems:
        output.error(OutlineError(problem["reason"], problem["file"], problem["line"], problem["column"]))  # type: ignore[arg-type]
    bad = sum(1 for done in results if done.problems)
    output.notice(f"{len(results)} 份提纲，写出 {written} 篇，{bad} 份有误；详见 {folder / 'report.html'}")
    faulty = any(document["findings"]["E"] for done in results for document in done.documents)  # type: ignore[index]
    return max((2 if problem["kind"] == "input" else 1 for problem in problems), default=int(faulty))


def base_of(call: Namespace) -> Path | None:
    """The user's own .docx to write into, found fit before anything is drafted."""
    if call.base is None:
        return None
    from drafting.base import check_base

    check_base(Path(call.base))
    return Path(call.base)
