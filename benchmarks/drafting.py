"""Whole drafting of a document against docxtpl filling a finished text of the same size into a template, in one process.

    python benchmarks/drafting.py [--outlines FOLDER] [--rounds 10] [--profile]

Needs docxtpl (pip install docxtpl), which nothing else of the project imports. Whole drafting is: parse the outline, choose and
render, summarise, check, write the .docx to the disk. docxtpl is given the text that drafting has just made and does what its user
does for each document: it opens the template, renders it and saves to the disk. The template is one in our layout, whose package is
as small as such a file can be, and makes the same paragraphs in the same styles: fields for title, speaker, date and salutation, a loop
for headings, paragraphs with run-in headings and others; what comes out is compared once. Two that do less are told beside it: a loop
of paragraphs all alike, and all of the text in one paragraph with line breaks.

On neither side counts what a process does but once: imports, opening banks and layout, compiling what is compiled once. The process
is as warm as one of a batch: every outline has been drafted with other seeds before, so that what is remembered of phrases and of
templates is there; every document measured has a seed of its own, so that no text is met again. Milliseconds are of the processor,
all outlines of a seed by each way in turn, so that what else the machine does falls on all alike; told is the median, and the ratio of
the means.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # not this folder, whose files bear the names of packages

from drafting.batch import ready  # noqa: E402
from drafting.batch_summary import describe  # noqa: E402
from drafting.export import export  # noqa: E402
from drafting.layout import load_layout  # noqa: E402
from drafting.model import Block, BlockKind, Draft, Origin, Outline, Span  # noqa: E402
from drafting.origins import asked as with_who  # noqa: E402
from drafting.outline import load  # noqa: E402
from drafting.workshop import Workshop  # noqa: E402

STEPS = ("parse", "choose and render", "summarise and check", "write .docx")
WARM = 8
"""Rounds before the clock runs: templates compiled, phrases of the themes fetched."""
SAME, LOOP, LEAST = "docxtpl, same styles", "docxtpl, one style", "docxtpl, one paragraph"
"""The templates: what makes the same document; all paragraphs alike, one a turn of a loop; all of the text in one."""


def templates(folder: Path, shop: Workshop) -> dict[str, Path]:
    """The templates, in our own layout: other templates take docxtpl longer."""
    layout = load_layout("official", shop.library.folders)
    rows = (
        _field("paragraph", "{%p for row in rows %}"), _field("paragraph", "{%p if row.kind == 'heading' %}"),
        Block("heading", lead=_words("{{ row.lead }}"), level=1), _field("paragraph", "{%p elif row.lead %}"),
        Block("paragraph", _words("{{ row.text }}"), _words("{{ row.lead }}"), 2), _field("paragraph", "{%p else %}"),
        _field("paragraph", "{{ row.text }}"), _field("paragraph", "{%p endif %}"), _field("paragraph", "{%p endfor %}"),
    )  # fmt: skip
    plain = (
        _field("paragraph", "{%p for line in lines %}"),
        _field("paragraph", "{{ line }}"),
        _field("paragraph", "{%p endfor %}"),
    )
    title, body = _field("title", "{{ title }}"), _field("paragraph", "{{ body }}")
    blocks = {SAME: (title, *_front(), *rows), LOOP: (title, *plain), LEAST: (title, body)}
    for name, made in blocks.items():
        export(Draft(Outline("", ""), made), folder / f"{name}.docx", layout)
    return {name: folder / f"{name}.docx" for name in blocks}


def _front() -> Iterator[Block]:
    """Fields for what stands between title and text; speakers on as many lines as there are."""
    for kind in ("subtitle", "speaker", "date", "salutation"):
        yield from (
            _field(kind, "{%p for line in " + kind + " %}"),
            _field(kind, "{{ line }}"),
            _field(kind, "{%p endfor %}"),
        )


def _field(kind: BlockKind, words: str) -> Block:
    return Block(kind, _words(words))


def _words(words: str) -> tuple[Span, ...]:
    return (Span(words, Origin("writer")),)


def values(blocks: Sequence[Block]) -> dict[str, object]:
    """What the templates are filled with: the text of a draft."""
    from docxtpl import Listing

    front = {kind: [b.text for b in blocks if b.kind == kind] for kind in ("subtitle", "speaker", "date", "salutation")}
    rows = [
        {"kind": b.kind, "lead": b.lead_text, "text": "".join(s.text for s in b.spans)}
        for b in blocks
        if b.kind not in ("title", *front)
    ]
    lines = [block.text for block in blocks[1:]]
    return {"title": blocks[0].text, **front, "rows": rows, "lines": lines, "body": Listing("\n".join(lines))}


def filled(path: Path, text: dict[str, object], target: Path) -> None:
    from docxtpl import DocxTemplate

    document = DocxTemplate(str(path))
    document.render(text, autoescape=True)
    document.save(str(target))


def same(ours: Path, theirs: Path) -> bool:
    """Whether two documents have the same paragraphs in the same styles; ours breaks long titles into lines."""
    from docx import Document

    one, other = (
        [(p.style.name, p.text.replace("\n", "")) for p in Document(str(path)).paragraphs] for path in (ours, theirs)
    )
    return one == other


def drafted(shop: Workshop, path: Path, target: Path) -> tuple[list[float], Sequence[Block]]:
    """Milliseconds of each step for the outline of a file, and what was drafted."""
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
    return [(b - a) * 1000 for a, b in pairwise(marks)], draft.blocks


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

    def texts(self, seed: int) -> Iterator[tuple[list[float], Sequence[Block]]]:
        """Steps and blocks of each outline with a seed."""
        for path in seeded(self.files, self.folder, seed):
            self.written += 1
            yield drafted(self.shop, path, self.target)

    @property
    def target(self) -> Path:
        """The document written last."""
        return self.folder / f"{self.written}.docx"

    def warm(self, bases: dict[str, Path]) -> None:
        """Drafts every outline some times, has every template rendered, and sees whether both sides make the same."""
        for seed in range(1, WARM + 1):
            for _, blocks in self.texts(seed):
                for name, base in bases.items() if seed == 1 else ():
                    filled(base, values(blocks), self.folder / "theirs.docx")
                    if name == SAME and not same(self.target, self.folder / "theirs.docx"):
                        raise SystemExit("docxtpl made other paragraphs or styles")

    def profiled(self) -> None:
        profile = cProfile.Profile()
        profile.enable()
        list(self.texts(WARM + 1))
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)

    def measured(
        self, rounds: int, bases: dict[str, Path]
    ) -> tuple[list[list[float]], dict[str, list[float]], list[int]]:
        """Our steps, docxtpl's milliseconds by template, characters."""
        ours: list[list[float]] = []
        theirs: dict[str, list[float]] = {name: [] for name in bases}
        sizes = []
        for seed in range(100, 100 + rounds):
            made = list(self.texts(seed))
            ours += [steps for steps, _ in made]
            sizes += [sum(len(block.text) for block in blocks) for _, blocks in made]
            texts = [values(blocks) for _, blocks in made]
            for name, base in bases.items():
                for number, text in enumerate(texts):
                    begun = time.process_time()
                    filled(base, text, self.folder / f"{seed}-{number}-{name}.docx")
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
        bench.warm(bases)
        if asked.profile:
            bench.profiled()
        ours, theirs, sizes = bench.measured(asked.rounds, bases)
    whole = [sum(steps) for steps in ours]
    size = statistics.mean(sizes)
    print(
        f"{len(bench.files)} outlines, {asked.rounds} seeds each, {size:.0f} characters a document; median milliseconds"
    )
    for name, column in zip(STEPS, zip(*ours, strict=True), strict=True):
        print(f"  {name:22}{statistics.median(column):8.2f}")
    print(f"  {'whole drafting':22}{statistics.median(whole):8.2f}")
    for name, column in theirs.items():
        ratio = statistics.mean(whole) / statistics.mean(column)
        print(f"  {name:22}{statistics.median(column):8.2f}   ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
