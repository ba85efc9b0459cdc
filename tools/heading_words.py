"""Writes templates/frames/words.txt: words of one to four characters with part of speech and weight, so that drafting can cut a
heading into words without a segmenter's dictionary. Source: dict.txt of jieba (MIT, Copyright (c) 2013 Sun Junyi), restricted to the
words that stand in headings of a folder of texts, in our own templates, or are common two-character words anyway.

    python tools/heading_words.py ../shared/corpus

A line is a part of speech, a weight (natural logarithm of the dictionary's count, rounded) and the words of both.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import jieba

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "templates" / "frames" / "words.txt"
COMMON = 250
"""Two-character words counted at least so often in jieba's dictionary are kept whether they stand in a heading or not."""

VERBS = (
    "下抓压夯筑守建做配拧织办用讲管把看扛护兜摸理打唱树立走站盯补挖备查修改练学带选育"
    "聚激搞定稳扣绷架铺搭算清分厘捂盘控传扶奏念种"
)
RESULTS = "实牢紧好强优准住足稳活深细清齐严密大全通透硬亮满正新顺明"
"""A verb and what it comes to (压实, 筑牢): written far more often in headings than in the newspapers jieba was counted on."""
OWN = Path(__file__).with_suffix(".txt")
"""Words jieba's dictionary lacks or tags otherwise, with the part of speech they have in headings."""
COARSE = {
    "vn": "w", "v": "v", "a": "a", "b": "a", "z": "a", "d": "d", "m": "m", "q": "m", "p": "p", "c": "c", "u": "u", "f": "f", "r": "r",
    "i": "i", "l": "i", "t": "t",
}  # fmt: skip
"""Parts of speech the measure tells apart, by jieba's: w is a verb that also stands as a noun (建设), i a set phrase; all else is n."""
_HEADING = re.compile(
    r"^(?:#+ *)?(?:[一二三四五六七八九十]+、|"
    r"[（(][一二三四五六七八九十]+[）)]|\d+[.．、]|[一二三四五六]是|[一二三四五六]要|——)([^。！？]{2,60})", re.M
)
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def dictionary() -> dict[str, tuple[str, int]]:
    """Part of speech and count of every word of one to four Han characters."""
    found = {}
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, count, tag = line.split(" ")
        if len(word) <= 4 and _HAN.fullmatch(word):
            found[word] = (COARSE.get(tag[:2]) or COARSE.get(tag[0], "n"), int(count))
    return found


def texts(folder: Path) -> Iterator[str]:
    """Headings of the texts of a folder and of our starter corpus, and everything our other data says."""
    for path in sorted(folder.rglob("*.txt")):
        yield from _HEADING.findall(path.read_text("utf-8", "replace"))
    for path in sorted((ROOT / "templates").rglob("*.md")):
        yield from re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.M)
    for path in sorted((ROOT / "templates").rglob("*.yaml")):
        yield path.read_text("utf-8")


def standing(known: dict[str, tuple[str, int]], sources: Iterable[str]) -> set[str]:
    """The words of `known` that stand in the sources."""
    found: set[str] = set()
    for text in sources:
        for run in _HAN.findall(text):
            found.update(run[i : i + n] for n in range(1, 5) for i in range(len(run) - n + 1))
    return {word for word in found if word in known}


def phrase_verbs() -> set[str]:
    """The verbs that open our own verb–object phrases: themes' pairs of six characters, and phrases of the stock."""
    text = (ROOT / "templates/frames/phrases.yaml").read_text("utf-8")
    found = {phrase[:2] for line in re.findall(r"^ +(?:do|gain): \[(.*)\]", text, re.M) for phrase in line.split(", ") if len(phrase) == 6}
    for path in sorted((ROOT / "templates/themes").glob("*.yaml")):
        heads = re.findall(r"^ +- \[([\u4e00-\u9fff]{6}), ([\u4e00-\u9fff]{6})\]", path.read_text("utf-8"), re.M)
        found.update(phrase[:2] for pair in heads for phrase in pair)
    return found


def topics() -> set[str]:
    """Names of our themes and their facets: nouns where a heading speaks of them, whatever they are made of (责任落实, 久久为功)."""
    files = sorted((ROOT / "templates/themes").glob("*.yaml"))
    return {name for path in files for name in re.findall(r"^(?:  - )?name: ([\u4e00-\u9fff]+)", path.read_text("utf-8"), re.M)}


def table(folder: Path) -> dict[tuple[str, int], list[str]]:
    """Words by part of speech and weight."""
    known = dictionary()
    kept = {word: known[word] for word in standing(known, texts(folder)) if word not in {"年月"}}
    kept |= {word: value for word, value in known.items() if len(word) == 2 and value[1] >= COMMON}
    made = {a + b: ("v", max(kept.get(a + b, ("v", 60))[1], 60)) for a in VERBS for b in RESULTS if kept.get(a + b, "v")[0] in "vwna"}
    kept |= {word: value for word, value in made.items() if known.get(word, value)[1] < 2000}
    own = [line.split() for line in OWN.read_text("utf-8").splitlines() if not line.startswith("#")]
    kept |= {word: (tag, max(kept.get(word, ("", 150))[1], 150)) for tag, *words in own for word in words}
    kept |= {verb: ("v", max(kept.get(verb, ("", 150))[1], 150)) for verb in phrase_verbs() if kept.get(verb, "n")[0] not in "vw"}
    kept |= {name: ("n", 2000) for name in topics() if len(name) == 4}
    rows: dict[tuple[str, int], list[str]] = defaultdict(list)
    for word, (tag, count) in sorted(kept.items()):
        rows[tag, round(math.log(max(count, 1)))].append(word)
    return rows


def main() -> None:
    """Writes the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, help="texts whose headings tell which words are needed")
    head = "# Part of speech, weight, words. Made by tools/heading_words.py from dict.txt of jieba (MIT, Copyright (c) 2013 Sun Junyi).\n"
    lines = [f"{tag} {weight} {' '.join(words)}\n" for (tag, weight), words in sorted(table(options.parse_args().folder).items())]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(head + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
