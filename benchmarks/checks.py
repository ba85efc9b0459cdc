"""What the checks cost: all but R04 on 3,000 characters against one pass of reading and splitting them, and R04 against a large corpus.

    python benchmarks/checks.py [FOLDER] [--characters N]

FOLDER holds .txt files, by default ../shared/corpus/gov_reports. Times are of the process (CPU), the best of several runs. The corpus
of N characters (default 50 million) is made of FOLDER's texts, again and again with their stretches of fifteen characters in another
order, so that no long passage survives; five passages of forty characters are planted in the text that is asked about.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from drafting.checks import Aids, check, choose, load_rules  # noqa: E402
from drafting.checks.run import check_text  # noqa: E402
from drafting.checks.text import of_raw  # noqa: E402
from drafting.config import TEMPLATES  # noqa: E402
from drafting.model import Outline, Profile  # noqa: E402
from drafting.workshop import Workshop  # noqa: E402
from phrasebank import sentences  # noqa: E402
from phrasebank.model import RawText  # noqa: E402
from phrasebank.passage_index import build  # noqa: E402
from phrasebank.passages import Passages  # noqa: E402
from phrasebank.readers import read  # noqa: E402

REPORTS = ROOT.parent / "shared/corpus/gov_reports"
STRETCH = 15


def best(work: Callable[[], object], times: int = 7) -> float:
    """Seconds of the quickest of several runs."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def without_r04(files: list[Path]) -> None:
    """A report's first 3,000 characters as anybody's file, and a draft of ours."""
    lines: list[str] = []
    for line in read(files[0]).lines:
        if sum(map(len, lines)) < 3000:
            lines.append(line)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "稿.txt"
        path.write_text("\n".join(lines), "utf-8")
        base = best(lambda: [sentences.split(line) for line in read(path).lines])
    outline = Outline("工作报告", "", profile=Profile("市", "临河市", "临河市政府", year=2026))
    rules, aids, raw = choose(load_rules([TEMPLATES]), []), Aids(), RawText("稿.txt", tuple(lines))
    whole = best(lambda: check_text(of_raw(raw, outline), rules, aids))
    print(f"reading and splitting {sum(map(len, lines))} characters: {base * 1e3:.2f} ms")
    print(f"a file, all rules but R04, structure told anew each time: {whole * 1e3:.1f} ms, {whole / base:.0f} times that")
    text = of_raw(raw, outline)
    fresh = best(lambda: check_text(type(text)(**{f: getattr(text, f) for f in text.__dataclass_fields__}), rules, aids))
    print(f"    the rules alone: {fresh * 1e3:.1f} ms, {fresh / base:.0f} times")
    session = Workshop.open().session(Outline("会议讲话", "民生实事", characters=3000, profile=Profile("县", "青山县", year=2026)))
    draft, plan = session.draft, session.plan
    print(f"a draft of {draft.characters} characters: {best(lambda: check(draft, plan)) * 1e3:.1f} ms")


def corpus(files: list[Path], size: int) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Documents of `size` characters in all."""
    rng, total, turn = random.Random(1), 0, 0
    while total < size:
        for file in files:
            rows = [(n, shuffled(line, rng) if turn else line) for n, line in enumerate(read(file).lines, 1) if line.strip()]
            total += sum(len(line) for _, line in rows)
            yield f"{file.name}#{turn}", rows
            if total >= size:
                return
        turn += 1


def shuffled(line: str, rng: random.Random) -> str:
    parts = [line[at : at + STRETCH] for at in range(0, len(line), STRETCH)]
    rng.shuffle(parts)
    return "".join(parts)


def r04(files: list[Path], size: int) -> None:
    """Five passages of forty characters in a text of 3,200, looked for among `size` characters."""
    rng = random.Random(3)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "passages.idx"
        start = time.process_time()
        count = build(corpus(files, size), path)
        print(f"index of {count:,} characters: made in {time.process_time() - start:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        text = "".join(path.read_text("utf-8") for path in sorted((TEMPLATES / "corpus").glob("*-*.md")))[:3000]
        plants: list[str] = []
        for _ in range(5):
            line = rng.choice([line for line in read(rng.choice(files)).lines if len(line) > 150])
            plant, at = line[20:60], rng.randrange(len(text))
            text, plants = text[:at] + plant + text[at:], [*plants, plant]
        passages = Passages(path)
        seconds = best(lambda: passages.passages(text), 5)
        found = [p for p in passages.passages(text) if any(p.source[:25] in plant or plant[:25] in p.source for plant in plants)]
        print(f"a question of {len(text)} characters: {seconds:.3f} s, {len(found)} of {len(plants)} planted passages found")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=REPORTS)
    parser.add_argument("--characters", type=int, default=50_000_000)
    call = parser.parse_args()
    files = sorted(call.folder.rglob("*.txt"))
    if not files:
        sys.exit(f"no .txt files under {call.folder}")
    without_r04(files)
    r04(files, call.characters)


if __name__ == "__main__":
    main()
