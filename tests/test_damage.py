"""What comes back of texts damaged by script: foreign lines gone, the speech whole, its paragraphs, headings and pieces restored."""

from __future__ import annotations

import html
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import damage
import damage_wordings
import damage_wordings_unseen
import pytest
from damage_kinds import damaged
from damage_text import HEADING, Pen, Text

from phrasebank.inspect import inspect_file
from phrasebank.model import Inspection

WIDE = str.maketrans("()", "（）")
"""Brackets as the clean texts have them; damage may have made them narrow."""
THEMES = ("人居环境整治", "基层治理", "安全生产", "正确政绩观", "民生实事", "营商环境")
CORPUS = Path(__file__).parents[1] / "templates" / "corpus"
SPEECHES = sorted(CORPUS / f"{theme}-{genre}.md" for theme in THEMES for genre in ("会议讲话", "党课", "研讨发言"))
"""Eighteen speeches: what must come back was measured on them."""
COPIES = 6
COLLECTIONS = 16

SETS = {"seen": (1, damage_wordings.WORDINGS), "unseen": (2, damage_wordings_unseen.WORDINGS)}
"""Seed and wordings. Rules were written looking at the first set only."""

AT_LEAST = {
    "seen": {
        "noise_recall": 0.98, "inline_recall": 0.98, "paragraphs": 0.98, "headings_p": 0.99, "headings_f1": 0.99,
        "single_whole": 1.0, "piece_count": 0.93,
    },
    "unseen": {
        "noise_recall": 0.85, "inline_recall": 0.95, "paragraphs": 0.97, "headings_p": 0.99, "headings_f1": 0.99,
        "single_whole": 1.0, "piece_count": 0.87,
    },
}  # fmt: skip
AT_MOST = {"seen": {"loss_chars": 0.001}, "unseen": {"loss_chars": 0.001}}


def letters(text: str) -> str:
    """Letters, digits and Han of a text, all of one width."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", html.unescape(text)))


def printed(text: str) -> str:
    """A text without what nobody sees, all of one width."""
    return re.sub(r"[\s\u200b-\u200f\ufeff\u00ad]+", "", unicodedata.normalize("NFKC", html.unescape(text)))


def speech(path: Path) -> list[str]:
    """Title and lines of a starter speech, what is to be filled in said in words."""
    return [re.sub(r"〔待填：[^｜〕]*｜([^｜〕]*)[^〕]*〕", r"\1", line) for line in damage.read_lines(path)]


def singles(rng: random.Random, words: damage_wordings.Wordings) -> Iterator[Text]:
    for n, path in enumerate(SPEECHES * COPIES):
        title, *lines = speech(path)
        yield damaged(damage.single(f"single_{n}", lines, title), Pen(rng, words))


def collections(rng: random.Random, words: damage_wordings.Wordings) -> Iterator[Text]:
    for n in range(COLLECTIONS):
        speeches = (speech(path) for path in rng.sample(SPEECHES, rng.randint(2, 5)))
        parts = [(title, damage.excerpt(damage.after_salutation(lines), 600)) for title, *lines in speeches]
        yield damaged(damage.collection(f"collection_{n}", parts, rng), Pen(rng, words), 2, 6)


class Result:
    """A damaged text and what was read of it."""

    def __init__(self, text: Text, found: Inspection) -> None:
        self.text, self.found = text, found
        self.cut: dict[int, str] = {}
        for r in found.removed:
            self.cut[r.line] = self.cut.get(r.line, "") + letters(r.text)
        self.marks = {op["text"] for op in text.ops if op["op"] == "watermark_inline"}
        self.marks |= {"##paidbegin##"} if any(op["op"] == "paidmark_inline" for op in text.ops) else set()
        self.body = {n: x.text for n, x in enumerate(text.lines, 1) if x.label == "body"}

    def units(self) -> Iterator[str]:
        for piece in self.found.pieces:
            yield piece.title or ""
            yield from (h.number + h.text for h in piece.headings if h.in_body)
            yield from (p.text for p in piece.paragraphs)

    def marks_left(self) -> Iterator[tuple[int, int]]:
        """For each mark put into lines: how often, and how often it is still there."""
        body, kept = printed("".join(self.body.values())), printed("".join(self.units()))
        for mark in map(printed, self.marks):
            yield body.count(mark), min(body.count(mark), kept.count(mark))

    def paragraphs(self) -> set[str]:
        """Units, and run-in headings together with their text."""
        found = set(map(letters, self.units()))
        for piece in self.found.pieces:
            heads = {h.line: letters(h.number + h.text) for h in piece.headings if h.run_in}
            found |= {heads[p.line] + letters(p.text) for p in piece.paragraphs if p.line in heads}
        return found

    def noise(self) -> Iterator[bool]:
        """For each foreign line with letters whether it was removed."""
        for n, line in enumerate(self.text.lines, 1):
            if line.label in ("noise", "toc") and (wanted := letters(line.text)):
                yield len(self.cut.get(n, "")) >= 0.8 * len(wanted)

    def lost(self) -> int:
        """Letters of the speech removed, or missing without a word."""
        own = self._without_marks(letters("".join(self.body.values())))
        missing = Counter(own) - Counter(letters("".join(self.units())))
        removed = sum(len(self._without_marks(self.cut.get(n, ""))) for n in self.body)
        return max(removed, missing.total())

    def _without_marks(self, text: str) -> str:
        """Letters without those of marks; a hard line break may have left part of a mark alone."""
        marks = sorted((letters(m) for m in self.marks if letters(m)), key=len, reverse=True)
        for mark in marks:
            text = text.replace(mark, "")
        return "" if any(text in mark for mark in marks) else text

    def restorable(self) -> list[str]:
        """The clean lines that can be had back: nothing of them was lost."""
        names = {op["op"] for op in self.text.ops}
        gone = {op["removed_text"] for op in self.text.ops if op["op"] == "omission"}
        censored = "censor_name" in names
        masked = "mask_numbers" in names
        return [
            letters(x)
            for x in self.text.clean
            if x not in gone and not (censored and "总书记" in x) and not (masked and re.search(r"\d", x))
        ]

    def headings(self) -> tuple[int, int, int]:
        """Numbered headings found, those there are, and those said to be: a heading opens its line of the clean text."""
        want = [letters(x) for x in self.text.clean if HEADING.match(x)]
        given = [
            letters(h.number + h.text)
            for p in self.found.pieces
            for h in p.headings
            if h.in_body and HEADING.match(h.number.translate(WIDE))
        ]
        total, found = len(given), 0
        for line in want:
            if head := next((h for h in given if line.startswith(h)), None):
                given.remove(head)
                found += 1
        return found, len(want), total


def share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def figures(results: list[Result]) -> dict[str, float]:
    """Shares over all texts. Single texts alone count but for the pieces."""
    alone = [r for r in results if not r.text.titles]
    together = [r for r in results if r.text.titles]
    noise = [gone for r in alone for gone in r.noise()]
    marks = [counts for r in alone for counts in r.marks_left()]
    clean = [(line, r.paragraphs()) for r in alone for line in r.restorable()]
    found, wanted, given = map(sum, zip(*(r.headings() for r in alone), strict=True))
    return {
        "noise_recall": share(sum(noise), len(noise)),
        "loss_chars": share(sum(r.lost() for r in alone), sum(len(letters(x)) for r in alone for x in r.body.values())),
        "inline_recall": share(sum(n - left for n, left in marks), sum(n for n, _ in marks)),
        "paragraphs": share(sum(line in units for line, units in clean), len(clean)),
        "headings_p": share(found, given),
        "headings_f1": share(2 * found, given + wanted),
        "single_whole": share(sum(len(r.found.pieces) == 1 for r in alone), len(alone)),
        "piece_count": share(sum(len(r.found.pieces) == len(r.text.titles) for r in together), len(together)),
    }


@pytest.fixture(scope="module", params=SETS)
def reached(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, float]]:
    """A set's name and its figures, the files read from disk as a user's are."""
    seed, words = SETS[request.param]
    rng = random.Random(seed)
    texts = [*singles(rng, words), *collections(rng, words)]
    folder = tmp_path_factory.mktemp(request.param)
    damage.write(folder, texts)
    results = [Result(t, inspect_file(folder / "dirty" / f"{t.name}.txt")) for t in texts]
    return request.param, figures(results)


def test_enough_comes_back(reached: tuple[str, dict[str, float]]) -> None:
    name, values = reached
    short = {k: (round(values[k], 4), x) for k, x in AT_LEAST[name].items() if values[k] < x}
    over = {k: (round(values[k], 4), x) for k, x in AT_MOST[name].items() if values[k] > x}
    assert not short and not over, f"{name}: reached and wanted {short | over}"


def test_every_kind_of_damage_is_done() -> None:
    rng = random.Random(1)
    texts = [*singles(rng, damage_wordings.WORDINGS), *collections(rng, damage_wordings.WORDINGS)]
    done = {op.get("kind") or op["op"] for t in texts for op in t.ops}
    assert len(done) >= 17
    assert all(len(t.record()["line_labels"]) == len(t.lines) for t in texts)


def test_same_seed_same_damage() -> None:
    first, second = ([t.dirty() for t in singles(random.Random(3), damage_wordings.WORDINGS)] for _ in range(2))
    assert first == second


def test_a_wording_of_one_set_is_not_in_the_other() -> None:
    for kind in (
        "ad",
        "ad_sentence",
        "contact",
        "watermark",
        "omission",
        "breadcrumb",
        "counter",
        "page",
        "source_noise",
        "reprint",
    ):
        assert not set(damage_wordings.WORDINGS[kind]) & set(damage_wordings_unseen.WORDINGS[kind]), kind
