"""Many outlines over all genres and themes: whether all are written and bring nothing of others, killed and resumed, and how fast.

    python benchmarks/batch.py [--count 1000] [--kills 5] [--jobs 1 --jobs 2] [--keep FOLDER]

Figures are for the machine this is run on. Two jobs are compared with one by the clock, and that with what the machine gives at all
to two processes that share nothing; and by what both take of the processor, which others at work on the machine disturb less: what
two jobs take more is what each process has to read of banks and templates for itself.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(ROOT), str(ROOT / "tests")]  # not this folder, whose files bear the names of packages

from batch_outlines import TOLERANCE, Case, cases, in_words, length_off, repeated, strangers, text_of, write  # noqa: E402

from drafting.config import TEMPLATES, load_library  # noqa: E402

ENV = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))}


def call(output: str, *more: str) -> list[str]:
    return [sys.executable, "-m", "tui", "batch", "稿", "-o", output, "--quiet", *more]


def timed(folder: Path, output: str, jobs: int) -> tuple[float, float]:
    """Seconds of the clock, and of the processor in all processes."""
    begun, before = time.perf_counter(), os.times()
    done = subprocess.run(call(output, "--jobs", str(jobs)), cwd=folder, env=ENV, check=False, capture_output=True)
    if done.returncode not in (0, 1):
        print(done.stderr.decode()[-2000:], file=sys.stderr)
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - begun, processor


def killed(folder: Path, output: str, kills: int, whole: float, jobs: int = 2) -> list[int]:
    """Kills a run at moments of chance and resumes it, then lets it end; the documents there were after each kill."""
    dice = random.Random(3)
    counts = []
    for _ in range(kills):
        child = subprocess.Popen(call(output, "--jobs", str(jobs), "--resume"), cwd=folder, env=ENV, start_new_session=True)
        try:
            child.wait(dice.uniform(0.04, 0.16) * whole + 1)
        except subprocess.TimeoutExpired:
            if dice.random() < 0.7:
                os.killpg(child.pid, signal.SIGKILL)
            else:
                os.kill(child.pid, signal.SIGKILL)
            child.wait()
            time.sleep(0.5)
        counts.append(len(list((folder / output).glob("*.docx"))))
    subprocess.run(call(output, "--jobs", str(jobs), "--resume"), cwd=folder, env=ENV, check=False)
    return counts


def result(folder: Path, output: str) -> dict[str, bytes]:
    files = {path.name: path.read_bytes() for path in (folder / output).iterdir() if path.is_file()}
    return {name: content.replace(f'"{output}/'.encode(), b'"out/') for name, content in files.items()}


def judged(folder: Path, output: str, rows: list[Case]) -> None:
    library = load_library([TEMPLATES])
    stems = {case.stem for case in rows}
    report = json.loads((folder / output / "report.json").read_text("utf-8"))
    problems = [problem["reason"] for row in report["results"] for problem in row["problems"]]
    print(f"outlines {report['outlines']}, written {report['written']}, not written {len(problems)} {problems[:3]}")
    found = {case.name: text_of(path) for case in rows if (path := folder / output / f"{case.name}.docx").exists()}
    strange = {case.name: some for case in rows if case.name in found and (some := strangers(found[case.name], case, stems, library))}
    print(f"with a place or figure of others: {len(strange)} {dict(list(strange.items())[:3])}")
    for what, judge in (("a figure in words that no fact holds", in_words), ("a sentence twice", repeated)):
        bad = {case.name: some for case in rows if case.name in found and (some := judge(found[case.name], case))}
        print(f"with {what}: {len(bad)} {dict(list(bad.items())[:3])}")
    off = {case.name: length_off(found[case.name], case) for case in rows if case.name in found}
    wide = {name: round(share, 3) for name, share in off.items() if abs(share) > TOLERANCE}
    middle = statistics.median(map(abs, off.values())) if off else 0.0
    print(f"length off by more than {TOLERANCE:.0%}: {len(wide)} {dict(list(wide.items())[:5])}; median {middle:.1%}")
    print(f"characters: {sum(len(text) for text in found.values()) // max(len(found), 1)} a document")
    print(f"worst pair: {report['overlaps'][:1]}")


def spin(_: int) -> float:
    """Work that shares nothing: seconds for it."""
    begun = time.perf_counter()
    total = 0
    for number in range(12_000_000):
        total ^= number * 7
    return time.perf_counter() - begun


def machine() -> float:
    """How many times one process's work two processes do in the same time, on this machine, now."""
    begun = time.perf_counter()
    spin(0)
    one = time.perf_counter() - begun
    begun = time.perf_counter()
    with multiprocessing.Pool(2) as pool:
        pool.map(spin, [0, 1], chunksize=1)
    return 2 * one / (time.perf_counter() - begun)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=1000)
    options.add_argument("--kills", type=int, default=5)
    options.add_argument("--jobs", type=int, action="append")
    options.add_argument("--keep", type=Path)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        library = load_library([TEMPLATES])
        rows = list(cases(library, asked.count))
        write(folder / "稿", rows)
        print(f"{asked.count} outlines over {len(library.genres)} genres and {len(library.themes)} themes")
        seconds, processor = {}, {}
        gives = 1.0
        for jobs in asked.jobs or (1, 2):
            output = f"out{jobs}"
            gives = machine() if jobs > 1 else 1.0
            seconds[jobs], processor[jobs] = timed(folder, output, jobs)
            rate = asked.count / seconds[jobs]
            print(f"--jobs {jobs}: {seconds[jobs]:.1f} s, {rate:.1f} a second, {processor[jobs]:.1f} s of the processor")
        first = f"out{next(iter(seconds))}"
        judged(folder, first, rows)
        same = [result(folder, f"out{jobs}") == result(folder, first) for jobs in seconds]
        if {1, 2} <= seconds.keys():
            told = f"the machine gives {gives:.2f}; two take {processor[2] / processor[1]:.2f} times the processor of one"
            print(f"two jobs against one: {seconds[1] / seconds[2]:.2f} times, {told}")
        print(f"same bytes: {all(same)}")
        if asked.kills:
            counts = killed(folder, "killed", asked.kills, min(seconds.values()))
            whole = result(folder, "killed") == result(folder, first)
            print(f"killed {asked.kills} times, documents by then {counts}; resumed to the same: {whole}")


if __name__ == "__main__":
    main()
