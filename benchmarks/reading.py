"""How fast texts are read, whether time grows with length alone, and how much memory it takes.

    python benchmarks/reading.py [FOLDER] [--only speed|growth|memory] [--shape NAME ...]

FOLDER holds .txt files, by default ../shared/corpus/gov_reports; where it is missing, a made-up text stands in. What counts is
the ratio to the bare loop that only reads and decodes: it is the same on a slow machine and a fast one.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from shapes import SHAPES, text_of  # noqa: E402

from phrasebank.clean import Cleaned, clean  # noqa: E402
from phrasebank.defects import find_defects  # noqa: E402
from phrasebank.inspect import inspect  # noqa: E402
from phrasebank.mending import Block, mend  # noqa: E402
from phrasebank.model import RawText  # noqa: E402
from phrasebank.readers import read  # noqa: E402
from phrasebank.structure import Part, ancestors, part_of, pieces  # noqa: E402

REPORTS = ROOT.parent / "shared/corpus/gov_reports"
MB = 1_000_000
SIZES = tuple(int(size * MB) for size in (0.25, 0.5, 1, 2, 4))
PATIENCE = 20.0
"""Seconds behind which a shape is not tried at double its size."""
PEAK = """
import resource, sys
sys.path.insert(0, sys.argv[1])
from phrasebank.inspect import inspect_file
for path in sys.argv[2:]:
    inspect_file(path)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


# ---------------------------------------------------------------- speed
def bare(path: Path) -> None:
    """What nobody can go below: the bytes of a file decoded."""
    path.read_bytes().decode("utf-8")


def structured(path: Path) -> None:
    """Cleaned, mended and taken apart."""
    _parts(read(path))


def marked(path: Path) -> None:
    """And its damage marked."""
    find_defects(*_parts(read(path)))


def _parts(raw: RawText) -> tuple[Cleaned, tuple[Block, ...], list[Part]]:
    cleaned = clean(raw)
    blocks = mend(cleaned)
    above = ancestors(cleaned.outline)
    return cleaned, blocks, [part_of(group, group[-1].cut_after, above) for group in pieces(blocks)]


STAGES: tuple[tuple[str, Callable[[Path], object]], ...] = (
    ("bare read and decode", bare),
    ("read", read),
    ("read, clean", lambda path: clean(read(path))),
    ("read, clean, mend, structure", structured),
    ("the same, and defects", marked),
    ("inspect", lambda path: inspect(read(path))),
)


def seconds(run: Callable[[], object], times: int = 1) -> float:
    """Processor time of the quickest of several runs."""

    def once() -> float:
        start = time.process_time()
        run()
        return time.process_time() - start

    return min(once() for _ in range(times))


def speed(files: Sequence[Path]) -> None:
    """The table of stages: MB/s and how many times the bare loop each takes."""
    size = sum(path.stat().st_size for path in files) / MB
    print(f"\n{len(files)} files, {size:.1f} MB of UTF-8\n\n{'stage':32}{'seconds':>9}{'MB/s':>9}{'x bare':>9}")
    base = 0.0
    for name, stage in STAGES:
        took = seconds(lambda stage=stage: [stage(path) for path in files], 1 if name == "inspect" else 3)
        base = base or took
        print(f"{name:32}{took:9.3f}{size / took:9.1f}{took / base:9.1f}", flush=True)


# ---------------------------------------------------------------- growth
def growth(shapes: Sequence[str]) -> None:
    """Seconds of the whole inspection for each shape and size; beside them the ratio to half the size (linear: 2)."""
    print(f"\n{'seconds, and ratio to half the size':44}" + "".join(f"{size / MB:>9.2f} MB " for size in SIZES))
    for shape in shapes:
        print(f"{shape:44}" + "".join(f"{took:7.2f} {took / half:4.1f}" for took, half in _doubled(shape)), flush=True)


def _doubled(shape: str) -> Iterator[tuple[float, float]]:
    """Seconds of each size, and of the one before (of the first: its own)."""
    before = 0.0
    for size in SIZES:
        raw = RawText(shape, tuple(text_of(shape, size).split("\n")))
        took = max(seconds(lambda raw=raw: inspect(raw)), 1e-4)
        yield took, before or took
        before = took
        if took > PATIENCE:
            return


# ---------------------------------------------------------------- memory
def memory(files: Sequence[Path]) -> None:
    """Peak memory over a folder beside that of its largest file alone: bounded, if they are about the same."""
    largest = max(files, key=lambda path: path.stat().st_size)
    print(f"\n{'peak memory':32}{'MB':>9}")
    for name, some in (
        ("smallest file", [min(files, key=lambda path: path.stat().st_size)]),
        (f"largest file ({largest.stat().st_size / MB:.2f} MB)", [largest]),
        (f"all {len(files)} files", list(files)),
    ):
        print(f"{name:32}{_peak(some):9.1f}", flush=True)


def _peak(files: Sequence[Path]) -> float:
    """Peak resident memory (MB) of a process that inspects files one after the other."""
    command = [sys.executable, "-c", PEAK, str(ROOT), *map(str, files)]
    peak = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return peak / (1024 if sys.platform != "darwin" else 1024**2)


# ---------------------------------------------------------------- what to read
def made_up(folder: Path) -> list[Path]:
    """Files to read where there are none."""
    for n in range(40):
        folder.joinpath(f"{n}.txt").write_text("在全县工作会议上的讲话\n" + text_of("run-in headings", 50_000), "utf-8")
    return sorted(folder.iterdir())


def main() -> None:
    """Prints all three tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=REPORTS)
    parser.add_argument("--only", choices=("speed", "growth", "memory"), help="one table alone")
    parser.add_argument("--shape", choices=SHAPES, action="append", help="growth of these shapes alone")
    call = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder:
        files = sorted(call.folder.rglob("*.txt")) or made_up(Path(folder))
        # Memory first: the peak of a child is never below what its parent had when it began.
        if call.only in (None, "memory") and not call.shape:
            memory(files)
        if call.only in (None, "speed") and not call.shape:
            speed(files)
        if call.only in (None, "growth"):
            growth(call.shape or SHAPES)


if __name__ == "__main__":
    main()
