"""Looks every classical quotation up in its source and sets `verified` in templates/quotations/classics.yaml and famous.yaml.

    python tools/quotations.py FOLDER           writes true or false behind each
    python tools/quotations.py FOLDER --check   only tells what does not stand there

FOLDER holds the works as `<work>.tsv` (source, tab, text; public domain). A quotation is verified when its characters, marks and spaces
left out, stand in one passage of the work, or of the collection (`edition`) that has the work.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

FILE = Path(__file__).resolve().parents[1] / "templates/quotations/classics.yaml"
FAMOUS = FILE.with_name("famous.yaml")
"""Lines for the checks alone."""
_MARKS = re.compile(r"[\W_]+")


def passages(folder: Path, work: str) -> list[tuple[str, str]]:
    """Source and bare characters of each passage of a work; none for a work that is not there."""
    path = folder / f"{work}.tsv"
    rows = (line.partition("\t") for line in path.read_text("utf-8").splitlines()) if path.exists() else ()
    return [(source, _MARKS.sub("", text)) for source, _, text in rows]


def stands(entry: dict[str, str], folder: Path) -> bool:
    """Whether an entry's words stand in its work, in the chapter it names."""
    found = [source for source, text in passages(folder, entry.get("edition", entry["work"])) if _MARKS.sub("", entry["text"]) in text]
    where = entry.get("chapter") or (entry["work"] if "edition" in entry else "")
    return any(where in source for source in found)


def marked(text: str, verdicts: Iterator[bool]) -> str:
    """The file with each `verified` set."""
    return re.sub(r"^  verified: \w+$", lambda _: f"  verified: {str(next(verdicts)).lower()}", text, flags=re.M)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    for file in (FILE, FAMOUS):
        text = file.read_text("utf-8")
        entries = yaml.safe_load(text)
        verdicts = [stands(entry, options.folder) for entry in entries]
        missing = [entry["text"] for entry, verdict in zip(entries, verdicts, strict=True) if not verdict]
        print(f"{file.name}: {len(entries)} quotations, {len(missing)} not found", *missing, sep="\n")
        if not options.check:
            file.write_text(marked(text, iter(verdicts)), "utf-8")
        elif [entry["verified"] for entry in entries] != verdicts:
            sys.exit("verified is not what was found")


if __name__ == "__main__":
    main()
