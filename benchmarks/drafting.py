"""Whole drafting of a document against docxtpl filling a finished text of the same size into a template, in one process.

    python benchmarks/drafting.py [--outlines FOLDER] [--rounds 5] [--profile]

Needs docxtpl (pip install docxtpl), which nothing else of the project imports. Whole drafting is: parse the outline, choose and
render, summarise, check, write the .docx. What docxtpl fills in is the text that drafting has just made, in two ways: one paragraph a
turn of a loop in the template, as a speech needs it, and all of it into one paragraph with line breaks, the least docxtpl can do.
Milliseconds are of the processor, so that what else the machine does counts little.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import io
import pstats
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # not this folder, whose files bear the names of packages

from drafting.batch_summary import describe  # noqa: E402
from drafting.export import export  # noqa: E402
from drafting.layout import load_layout  # noqa: E402
from drafting.model import Block, Draft, Origin, Outline, Span  # noqa: E402
from drafting.origins import asked as with_who  # noqa: E402
from drafting.outline import load  # noqa: E402
from drafting.workshop import Workshop  # noqa: E402

STEPS = ("parse", "choose and render", "summarise and check", "write .docx")


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
    layout = load_layout("official", shop.library.folders)
    clock = time.process_time
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


def best(action: Callable[[], object], rounds: int) -> float:
    """Milliseconds, the least of some rounds."""
    found = []
    for _ in range(rounds):
        begun = time.process_time()
        action()
        found.append((time.process_time() - begun) * 1000)
    return min(found)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--outlines", type=Path, default=ROOT / "examples/outlines")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--profile", action="store_true")
    asked = options.parse_args()
    shop = Workshop.open()
    files = sorted(asked.outlines.glob("*.yaml"))
    with tempfile.TemporaryDirectory() as scratch:
        target, bases = Path(scratch) / "x.docx", templates(Path(scratch), shop)
        for path in files:
            drafted(shop, path, target)
        if asked.profile:
            profile = cProfile.Profile()
            profile.enable()
            for path in files:
                drafted(shop, path, target)
            profile.disable()
            pstats.Stats(profile).sort_stats("tottime").print_stats(40)
        gc.collect()
        ours: list[list[float]] = []
        theirs: dict[str, list[float]] = {name: [] for name in bases}
        sizes = []
        for path in files:
            runs = [drafted(shop, path, target) for _ in range(asked.rounds)]
            ours.append(min((steps for steps, _ in runs), key=sum))
            rows = runs[0][1]
            sizes.append(sum(map(len, rows)))
            for name, base in bases.items():
                theirs[name].append(best(lambda base=base, rows=rows: filled(base, rows[0], rows[1:]), asked.rounds))
    steps = [statistics.mean(column) for column in zip(*ours, strict=True)]
    print(f"{len(files)} outlines, {statistics.mean(sizes):.0f} characters a document, best of {asked.rounds} rounds each")
    for name, value in zip(STEPS, steps, strict=True):
        print(f"  {name:22}{value:8.2f} ms")
    print(f"  {'whole drafting':22}{sum(steps):8.2f} ms")
    for name, values in theirs.items():
        value = statistics.mean(values)
        print(f"  {'docxtpl, ' + name:22}{value:8.2f} ms, ratio {sum(steps) / value:.2f}")


if __name__ == "__main__":
    main()
