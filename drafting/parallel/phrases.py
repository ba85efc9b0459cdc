"""Verb–object phrases by subject, from which missing headings are made: only pairs of words that people really say together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

from drafting.config import read_yaml, template_folders
from drafting.errors import ConfigError
from drafting.parallel.chance import pairs, shuffled
from drafting.parallel.clauses import Clause
from drafting.parallel.frames import STAGES

GENERAL, CONDUCT = "通用", "修身"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a heading speaks of: `do` are things done, `gain` what comes of them; any of the one goes with any of the other."""

    name: str
    group: str
    stage: str
    words: tuple[str, ...]
    do: tuple[str, ...]
    gain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stock:
    """All subjects, and what adverbs go with a verb."""

    subjects: tuple[Subject, ...]
    adverbs: Mapping[str, tuple[str, ...]]

    def beside(self, text: str) -> list[Subject]:
        """Subjects whose headings may stand beside `text`: general ones, those it speaks of, and all of conduct beside one of conduct or
        beside one that speaks of no special subject."""
        spoken = [subject for subject in self.subjects if any(word in text for word in subject.words)]
        special = [s for s in spoken if s.group not in (GENERAL, CONDUCT)]
        kinds = {GENERAL} if special else {GENERAL, CONDUCT}
        return [s for s in self.subjects if s.group in kinds or s in special]


def load_stock() -> Stock:
    """Our phrases, or those of the user's `frames/phrases.yaml` in their place. Raises ConfigError."""
    path = next(p for folder in template_folders() if (p := folder / "frames" / "phrases.yaml").is_file())
    return _loaded(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _loaded(path: Path, _: int) -> Stock:
    data = read_yaml(path)
    try:
        subjects = tuple(_subject(row) for row in data["subjects"])
        adverbs: dict[str, tuple[str, ...]] = {}
        for row in data.get("adverbs", ()):
            for verb in row["verbs"]:
                adverbs[verb] = (*adverbs.get(verb, ()), *row["adverbs"])
    except KeyError as error:
        raise ConfigError(f"词组文件缺少“{error.args[0]}”", str(path)) from error
    except (AttributeError, TypeError, ValueError) as error:
        raise ConfigError("词组文件有一项写错了类型；请对照自带的 templates/frames/phrases.yaml", str(path)) from error
    if odd := next((s for s in subjects if s.stage not in STAGES), None):
        raise ConfigError(f"“{odd.name}”没有“{odd.stage}”这一步，可用的有：{'、'.join(STAGES)}", str(path))
    return Stock(subjects, adverbs)


def _subject(row: Mapping[str, Any]) -> Subject:
    lists = (tuple(map(str, row[key])) for key in ("words", "do", "gain"))
    return Subject(str(row["name"]), str(row.get("group", GENERAL)), str(row["stage"]), *lists)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a clause is built, as far as phrases can answer it: `lead` words kept as they are (要), whether an adverb of two characters
    stands before the verb, and the characters of each verb–object phrase (two where 、 divides it)."""

    lead: str
    adverb: str
    sizes: tuple[int, ...]


def shape_of(clause: Clause) -> Shape | None:
    """The shape of a verb–object clause; None where it has function words or opens with no verb."""
    text = clause.marked
    lead = "要" if text.startswith("要") else ""
    adverb = clause.spoken[0] if not lead and clause.spoken else None
    known = adverb is not None and adverb.tag == "d" and len(adverb.text) == 2
    rest = text[len(lead) + 2 * known :]
    inner = Clause(rest)
    opens = inner.spoken[0].tag if inner.spoken else ""
    framed = any(word.function and word.text != "、" for word in inner.words)
    if framed or opens not in tuple("vwiaxn") or (opens == "n" and not _phrasal(rest)):
        return None
    return Shape(lead, adverb.text if known and adverb else "", tuple(len(piece) for piece in rest.split("、")))


def _phrasal(text: str) -> bool:
    """Whether the first two characters are a verb of our stock all the same: the table tags many words by their other use."""
    return any(phrase.startswith(text[:2]) for subject in load_stock().subjects for phrase in (*subject.do, *subject.gain))


def answers(stock: Stock, subject: Subject, shapes: list[Shape], seed: int) -> Iterator[str]:
    """Headings of a subject that have the shapes of a given one: what is done in the first clause, what comes of it in those after it."""
    pools = [
        list(_clauses(stock, subject.do if n == 0 else subject.gain, shape, seed, f"{subject.name}|{n}")) for n, shape in enumerate(shapes)
    ]
    if all(pools):
        for n in range(max(map(len, pools))):
            said = [pool[n % len(pool)] for pool in pools]
            if not any(pairs(a) & pairs(b) for a, b in combinations(said, 2)):
                yield "，".join(said)


def _clauses(stock: Stock, phrases: tuple[str, ...], shape: Shape, seed: int, slot: str) -> Iterator[str]:
    order = shuffled(phrases, seed, slot)
    if len(shape.sizes) == 2:
        firsts, seconds = ([p for p in order if len(p) == size] for size in shape.sizes)
        yield from (f"{shape.lead}{a}、{b}" for a, b in zip(firsts, seconds[::-1], strict=False) if a[:2] != b[:2])
    elif len(shape.sizes) == 1:
        for phrase in (p for p in order if len(p) == shape.sizes[0]):
            if not shape.adverb:
                yield shape.lead + phrase
            elif fitting := [a for a in stock.adverbs.get(phrase[:2], ()) if a != shape.adverb]:
                yield shape.lead + shuffled(fitting, seed, phrase)[0] + phrase
