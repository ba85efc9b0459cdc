"""Whole drafting of a document against docxtpl filling a finished text of the same size into a template, in one process.

    python benchmarks/drafting.py [--outlines FOLDER] [--rounds 10] [--profile]

Needs docxtpl (pip install docxtpl), which nothing else of the project imports. Whole drafting is: parse the outline, choose and
render, summarise, check, write the .docx, in a process as warm as a batch has it. Every round gives every outline a new seed, so that
no text is met again. What docxtpl fills in is the text that drafting has just made, in two ways: one paragraph a turn of a loop in the
template, as a speech needs it, and all of it into one paragraph with line breaks, the least docxtpl can do. Milliseconds are of the
processor, the three taken in turn for each text, so that what else the machine does falls on all alike; told is the median, and the
ratio of the means.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import pstats
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # not this folder, whose files bear the names of packages

from drafting.batch import ready  # noqa: E402
from drafting.batch_summary import describe  # noqa: E402
from drafting.export import export  # noqa: E402
from drafting.layout import load_layout  # noqa: E402
from drafting.model import Block, Draft, Origin, Outline, Span  # noqa: E402
from drafting.origins import asked as with_who  # noqa: E402
from drafting.outline import load  # noqa: E402
from drafting.workshop import Workshop  # noqa: E402

STEPS = ("parse", "choose and render", "summarise and check", "write .docx")
WARM = 8
"""Rounds before the clock runs: templates compiled, phrases of the themes fetched."""


def templates(folder: Path, shop: Workshop) -> dict[str, Path]:
    """Two templates in our own layout, whose package is as small as such a file can be: other templates take docxtpl longer."""
    layout = load_layout("official", shop.library.folders)
    made = {}
    for name, lines in (("loop", ("{%p for row in rows %}", "{{ row }}", "{%p endfor %}")), ("one paragraph", ("{{ body }}",))):
        rows = (Block("paragraph", (Span(line, Origin("writer")),)) for line in lines)
        title = Block("title", (Span("{{ title }}", Origin("writer")),))
        made[name] = folder / f"{name}.docx"
        export(Draft(Outline("", ""), (title, *rows)), made[name], layout)
    return made


def filled(path: Path, title: str, rows: list[str]) -> bytes:
    from docxtpl import DocxTemplate, Listing

    document = DocxTemplate(str(path))
    document.render({"title": title, "rows": rows, "body": Listing("\n".join(rows))}, autoescape=True)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def drafted(shop: Workshop, path: Path, target: Path) -> tuple[list[float], list[str]]:
    """Milliseconds of each step for the outlines of a file, and the paragraphs of the last."""
    clock = time.process_time
    layout = load_layout("official", shop.library.folders)  # once a batch
    marks = [clock()]
    (outline, *_) = load(path, shop.library, shop.knows)
    marks.append(clock())
    session = shop.session(outline)
    draft = with_who(session.draft, session.plan)
    marks.append(clock())
    describe(session, draft, str(target))
    marks.append(clock())
    export(draft, target, layout)
    marks.append(clock())
    return [(b - a) * 1000 for a, b in pairwise(marks)], [block.text for block in draft.blocks]


def seeded(files: list[Path], folder: Path, seed: int) -> Iterator[Path]:
    """Each outline with another seed, as a file."""
    for path in files:
        target = folder / path.name
        target.write_text(re.sub(r"(?m)^seed: .*\n", "", path.read_text("utf-8")) + f"\nseed: {seed}\n", "utf-8")
        yield target


@dataclass(slots=True)
class Bench:
    """Drafts outlines, a seed at a time, into a folder of documents."""

    shop: Workshop
    files: list[Path]
    folder: Path
    written: int = 0

    def texts(self, seed: int) -> Iterator[tuple[list[float], list[str]]]:
        """Steps and paragraphs of each outline with a seed."""
        for path in seeded(self.files, self.folder, seed):
            self.written += 1
            yield drafted(self.shop, path, self.folder / f"{self.written}.docx")

    def profiled(self) -> None:
        profile = cProfile.Profile()
        profile.enable()
        list(self.texts(WARM + 1))
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)

    def measured(self, rounds: int, bases: dict[str, Path]) -> tuple[list[list[float]], dict[str, list[float]], list[int]]:
        """Our steps, docxtpl's milliseconds by template, characters."""
        ours: list[list[float]] = []
        theirs: dict[str, list[float]] = {name: [] for name in bases}
        sizes = []
        for seed in range(100, 100 + rounds):
            for steps, rows in self.texts(seed):
                ours.append(steps)
                sizes.append(sum(map(len, rows)))
                for name, base in bases.items():
                    begun = time.process_time()
                    filled(base, rows[0], rows[1:])
                    theirs[name].append((time.process_time() - begun) * 1000)
        return ours, theirs, sizes


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--outlines", type=Path, default=ROOT / "examples/outlines")
    options.add_argument("--rounds", type=int, default=10)
    options.add_argument("--profile", action="store_true")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(ready(), sorted(asked.outlines.glob("*.yaml")), Path(scratch))
        bases = templates(bench.folder, bench.shop)
        for seed in range(1, WARM + 1):
            for _, rows in bench.texts(seed):
                for base in bases.values() if seed == 1 else ():
                    filled(base, rows[0], rows[1:])
        if asked.profile:
            bench.profiled()
        ours, theirs, sizes = bench.measured(asked.rounds, bases)
    whole = [sum(steps) for steps in ours]
    size = statistics.mean(sizes)
    print(f"{len(bench.files)} outlines, {asked.rounds} seeds each, {size:.0f} characters a document; median milliseconds")
    for name, column in zip(STEPS, zip(*ours, strict=True), strict=True):
        print(f"  {name:22}{statistics.median(column):8.2f}")
    print(f"  {'whole drafting':22}{statistics.median(whole):8.2f}")
    for name, values in theirs.items():
        ratio = statistics.mean(whole) / statistics.mean(values)
        print(f"  {'docxtpl, ' + name:22}{statistics.median(values):8.2f}   ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
