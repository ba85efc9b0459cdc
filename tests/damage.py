"""Scripted damage: clean texts made to look as they do on document sites, with an account of all that was done.

`python tests/damage.py OUT --seed N --texts FOLDER... [--unseen]` writes OUT/clean, OUT/dirty and OUT/manifest.jsonl.
A text gets some of the kinds of damage in `damage_kinds.KINDS`; the same seed gives the same damage.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import damage_wordings
import damage_wordings_unseen
from damage_kinds import damaged
from damage_text import Line, Pen, Text

# ---------------------------------------------------------------- texts to damage
SALUTATIONS = ("同志们：", "各位领导、同志们：", "各位同志：", "各位代表：", "党员同志们：")


def single(name: str, lines: Sequence[str], title: str) -> Text:
    """A text of one piece: its title and its lines."""
    return Text(name, [Line(title, title=True), *(Line(x) for x in lines)], [title, *lines])


LABELS: tuple[Callable[[int], str], ...] = (
    lambda k: f"第{k}篇：", lambda k: f"【篇{_han(k)}】", lambda k: f"范文{_han(k)}：", lambda k: f"篇{_han(k)}：",
    lambda k: f"第{_han(k)}篇　", lambda k: f"【第{k}篇】", lambda k: f"{k}.", lambda k: f"材料{_han(k)}：", lambda k: "",
)  # fmt: skip


def _han(k: int) -> str:
    return "零一二三四五六七八九十"[k]


def collection(name: str, parts: Sequence[tuple[str, Sequence[str]]], rng: random.Random) -> Text:
    """Several texts (title, lines) in one, each under its title with or without a label; a salutation tells bare ones apart."""
    label = rng.choice(LABELS)
    lines = []
    if rng.random() < 0.3:
        lines = [Line(f"{rng.choice(('学习研讨发言', '会议讲话', '工作汇报'))}材料汇编（{len(parts)}篇）", "meta")]
    for k, (title, body) in enumerate(parts):
        greeted = rng.choice(SALUTATIONS) if not label(k + 1) or rng.random() < 0.6 else None
        lines.append(Line(label(k + 1) + title, piece=k, title=True, glued=True))
        lines += [Line(x, piece=k) for x in ([greeted] if greeted else []) + list(body)]
    return Text(name, lines, [x.text for x in lines], [title for title, _ in parts])


# ---------------------------------------------------------------- the command line
TITLES = (
    "在全县{a}工作会议上的讲话", "关于{a}的研讨发言", "{a}专题党课讲稿", "在{a}推进会上的发言", "{a}工作情况汇报", "学习{a}精神心得体会",
    "全市{a}工作总结",
)  # fmt: skip
ABOUT = (
    "安全生产", "乡村振兴", "作风建设", "基层治理", "民生实事", "防汛抗旱", "招商引资", "机关党建", "人才工作", "信访维稳", "项目建设",
    "廉政教育",
)  # fmt: skip


def read_lines(path: Path) -> list[str]:
    """The text lines of a file, without a header of comments or Markdown matter."""
    found = [re.sub(r"^[\s　]+|[\s　]+$", "", x) for x in path.read_text("utf-8").splitlines()]
    if found and found[0] == "---":
        found = found[found.index("---", 1) + 1 :]
    return [x for x in found if x and not x.startswith(("<", "- ", "#", "|", "[!", ">"))]


def excerpt(lines: Sequence[str], characters: int) -> list[str]:
    """The first lines of a text, up to a number of characters."""
    taken: list[str] = []
    for line in lines:
        taken.append(line)
        characters -= len(line)
        if characters <= 0:
            break
    return taken


def after_salutation(lines: Sequence[str]) -> list[str]:
    at = next((n for n, x in enumerate(lines[:12]) if x.endswith("：") and len(x) < 20), -1)
    return list(lines[at + 1 :])


def title_of(path: Path) -> str:
    """What the text's name says it is."""
    place, _, year = path.stem.partition("_")
    if place.isdigit() or year.isdigit():
        return f"{year or place}年{'' if place.isdigit() else place}政府工作报告"
    return (year or place).replace("-", "年")


def base_files(folders: Sequence[Path], unseen: bool) -> list[Path]:
    """Every other file, told by its name's checksum: what one set has the other has not."""
    found = sorted(f for folder in folders for f in folder.rglob("*") if f.suffix in (".txt", ".md"))
    return [
        f
        for f in found
        if zlib.crc32(f.name.encode()) % 2 == unseen and len(read_lines(f)) >= 8 and f.stat().st_size < 120_000
    ]


def build(files: Sequence[Path], pen: Pen, singles: int, collections: int) -> Iterator[Text]:
    """Damaged texts made of the files."""
    rng = pen.rng
    for n, path in enumerate(rng.sample(files, min(singles, len(files)))):
        lines, title = read_lines(path), title_of(path)
        lines = lines[1:] if re.sub(r"\s+", "", lines[0]) == title else lines
        text = single(f"single_{n:02}", excerpt(lines, rng.randint(700, 2000)) if rng.random() < 0.65 else lines, title)
        pen.change_site()
        yield damaged(text, pen)
    for n in range(collections):
        parts = []
        for path in rng.sample(files, rng.randint(2, 5)):
            about = rng.choice(TITLES).format(a=rng.choice(ABOUT))
            parts.append((about, excerpt(after_salutation(read_lines(path)), rng.randint(400, 1500))))
        pen.change_site()
        yield damaged(collection(f"collection_{n:02}", parts, rng), pen, 2, 6)


def write(out: Path, texts: Sequence[Text]) -> None:
    for folder in ("clean", "dirty"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    for text in texts:
        (out / "clean" / f"{text.name}.txt").write_text("\n".join(text.clean) + "\n", "utf-8")
        (out / "dirty" / f"{text.name}.txt").write_bytes(text.dirty().encode())
    rows = (json.dumps(x.record(), ensure_ascii=False) + "\n" for x in texts)
    (out / "manifest.jsonl").write_text("".join(rows), "utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--singles", type=int, default=30)
    parser.add_argument("--collections", type=int, default=12)
    parser.add_argument("--unseen", action="store_true", help="the wordings and texts kept back")
    args = parser.parse_args(argv)
    words = damage_wordings_unseen.WORDINGS if args.unseen else damage_wordings.WORDINGS
    pen = Pen(random.Random(args.seed), words)
    texts = list(build(base_files(args.texts, args.unseen), pen, args.singles, args.collections))
    write(args.out, texts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
