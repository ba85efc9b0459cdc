"""Writes phrasebank/data/classics.txt: the clauses of works that speeches quote, one work a line.

    python tools/classics.py FOLDER

FOLDER holds the works as `<work>.tsv` (source, tab, text); the texts are in the public
domain. A clause is what stands between two marks; the shortest are left out, since they are everyday words too.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

WORKS = {"论语": 4, "大学": 4, "中庸": 4, "孟子": 5, "朱子家训": 5, "诗经": 5, "唐诗三百首": 5, "千家诗": 5}
"""Shortest clause that is taken, by work."""

LONGEST = 14
HEAD = "# Clauses of classics, one work a line: the work, then its clauses. Written by tools/classics.py.\n"


def clauses(path: Path, least: int) -> list[str]:
    """The clauses of a work in their order, each once."""
    texts = (line.partition("\t")[2] for line in path.read_text("utf-8").splitlines())
    found = (clause for text in texts for clause in re.findall("[\u4e00-\u9fff]+", text))
    return list(dict.fromkeys(clause for clause in found if least <= len(clause) <= LONGEST))


def main() -> None:
    """Reads the works of the folder given and writes the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    rows = [" ".join([work, *clauses(folder / f"{work}.tsv", least)]) for work, least in WORKS.items()]
    target = Path(__file__).resolve().parents[1] / "phrasebank/data/classics.txt"
    target.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
