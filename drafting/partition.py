"""The paragraphs of an existing text dealt out to the places of an outline: what stands in its head, its sections, and the part of
the genre that each section is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from drafting.format.bits import Para, text_of, weight
from drafting.genres import Genre, Part
from drafting.model import Profile
from phrasebank.headings import parse_mark

_DATE = re.compile(r"[（(]?\s*(.*?)\s*[）)]?")
_ENDS = re.compile("[。！？：；，、.!?:;,]$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A section of a text: the number and words of its heading, empty for what stands before the first, its paragraphs, and the
    level of the headings inside it that become headings of points (0: none)."""

    heading: str
    paras: tuple[Para, ...]
    number: str = ""
    inner: int = 0

    def cut(self, para: Para) -> tuple[str, str]:
        """Heading and text of a paragraph; a heading that the draft would set otherwise stays in the text."""
        lead = text_of(para.lead)
        words = bare(lead)
        if not lead or para.level != self.inner or not para.number or not words or _ENDS.search(words):
            return "", para.text
        return words, text_of(para.rest).strip()


@dataclass(frozen=True, slots=True)
class Front:
    """The head of a text as an outline has it, and the paragraphs that went into it."""

    subtitle: str
    date: str
    salutation: str
    profile: Profile
    used: tuple[Para, ...]


def bare(lead: str) -> str:
    """A heading without its number and its full stop."""
    mark = parse_mark(lead)
    return lead[mark.size if mark else 0 :].strip().rstrip("。").strip()


def stretches(paras: Sequence[Para]) -> tuple[Stretch, ...]:
    """The text cut at its headings of the highest level, what stands before the first of them included."""
    levels = [para.level for para in paras if _divides(para)]
    top = min(levels, default=0)
    inner = top + 1 if top else min((p.level for p in paras if 1 < p.level < 5 and p.lead), default=0)
    found = [Stretch("", (), inner=inner)]
    for para in paras:
        if top and para.level == top and _divides(para):
            rest = (replace(para, lead=(), kind="paragraph", level=0),) if text_of(para.rest).strip() else ()
            found.append(Stretch(bare(text_of(para.lead)), rest, para.number, inner))
        else:
            found[-1] = replace(found[-1], paras=(*found[-1].paras, para))
    return tuple(found)


def _divides(para: Para) -> bool:
    """Whether a paragraph opens a section: a heading on a line of its own, or 一、 before a text."""
    return bool(bare(text_of(para.lead))) and (para.kind == "heading" or para.level == 1) and 0 < para.level < 5


def front(paras: Sequence[Para], title: str, genre: Genre, profile: Profile) -> Front:
    """What of the head an outline of that genre has a place for."""
    kinds = {kind: [p for p in paras if p.kind == kind] for kind in ("title", "subtitle", "speaker", "date", "salutation")}
    titles = [para for para in kinds["title"] if para.text.strip() == title][:1]
    subtitles, salutations = kinds["subtitle"][:1], kinds["salutation"][:1]
    speakers = kinds["speaker"][:1] if genre.speaker else []
    dates = kinds["date"][:1] if genre.speaker else []
    date = _DATE.fullmatch(dates[0].text.strip()) if dates else None
    return Front(
        subtitles[0].text.strip().lstrip("—-－─ ") if subtitles else "",
        date[1] if date else "",
        salutations[0].text.strip() if salutations else "",
        _spoken_by(speakers[0].text, profile) if speakers else profile,
        (*titles, *subtitles, *speakers, *dates, *salutations),
    )


def _spoken_by(line: str, profile: Profile) -> Profile:
    """The profile with the speaker a line names: 临河镇党委书记　王建国; a line of few characters is a name alone."""
    words = line.strip().strip("（）()").split()
    if len(words) > 2 and all(len(word) == 1 for word in words[-2:]):  # a name of two characters, spaced
        words = [*words[:-2], words[-2] + words[-1]]
    if len(words) > 1:
        return replace(profile, unit="", post="".join(words[:-1]), name=words[-1])
    only = "".join(words)
    return replace(profile, name=only) if len(only) <= 4 else replace(profile, unit="", post=only)


def assigned(rows: Sequence[Stretch], genre: Genre, roles: Mapping[int, str]) -> tuple[Part, ...]:
    """The part of the genre that each section is. Sections with a heading keep the order of the parts that bear one."""
    headed = [part for part in genre.parts if part.heading] or list(genre.parts)
    found = iter(_ordered([row for row in rows if row.heading], headed, roles))
    opening = next((part for part in genre.parts if not part.heading), genre.parts[0])
    return tuple(next(found) if row.heading else opening for row in rows)


def _ordered(rows: Sequence[Stretch], parts: Sequence[Part], roles: Mapping[int, str]) -> list[Part]:
    """One part a section, never one before that of the section above, so that roles fit best (dynamic programming)."""
    if len(rows) == len(parts):
        return list(parts)
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())] * len(parts)
    for n, row in enumerate(rows):
        scores = [_fit(row, part, roles) - abs(n / len(rows) - k / len(parts)) / 2 for k, part in enumerate(parts)]
        ways = [max(best[: k + 1], key=lambda way: (way[0], way[1])) for k in range(len(parts))] if n else best
        best = [(ways[k][0] + scores[k] + 0.2 * (k not in ways[k][1]), (*ways[k][1], k)) for k in range(len(parts))]
    return [parts[k] for k in max(best)[1]] if rows else []


def _fit(row: Stretch, part: Part, roles: Mapping[int, str]) -> float:
    """How far a section does what a part does: the share of its characters in paragraphs of the part's role."""
    total = sum(weight(para.text) for para in row.paras) or 1
    same = sum(weight(para.text) for para in row.paras if roles.get(id(para)) == part.role)
    return same / total + (part.name in row.heading)
