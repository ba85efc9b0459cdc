"""Paragraphs without what was set by hand: indents and spaces taken out, half-width marks made full-width; no word is touched.

Spaces stay between Latin words, behind 第一条, in short lines, where names are spaced (张　三), where they are underlined, and in runs
of four and more inside a line, which are left to be filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from drafting.format.bits import Bit, Para, text_of, weight
from phrasebank.headings import parse_mark
from phrasebank.punctuation import fold_marks

_SHORT = 40
"""Characters up to which a line may be spaced on purpose, as `phrasebank.mending` has it."""
_FILL_IN = 4
_CLAUSE = re.compile("[，。；,;]")
_BLANKS = re.compile(r"\s+")
_ORDINAL = re.compile(r"\s*第[一二三四五六七八九十百零〇\d０-９]{1,6}(?:部分|[编章节条款篇])")
"""Numbers that no mark parts from what they number: a space does (第一条　为了…)."""
_LETTERS = re.compile(r"\s*(?:\S\s+){4,}\S?\s*")
_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff，。、；：！？“”‘’（）《》〈〉〔〕【】—…％]")
_STRAIGHT = re.compile("\"([^\"“”]*)\"")
_STOP = re.compile("(?<=[\u4e00-\u9fff”）])(?<![。；，、：][一二三四五六七八九十])\\.(?=[\u4e00-\u9fff“”（《]|$)")
_DASH = re.compile("(?<=[\u4e00-\u9fff”])--(?=[\u4e00-\u9fff“])")


@dataclass(frozen=True, slots=True)
class Tidied:
    """A paragraph with how many stretches of space were taken out and how many marks were made full-width."""

    para: Para
    spaces: int
    marks: int


def tidied(para: Para) -> Tidied:
    """A paragraph without manual spaces, its marks folded."""
    bits = (*para.lead, *para.rest)
    text = text_of(bits)
    folded = _folded(text)
    cuts = dict(_cuts(text, para, _kept(bits)))
    at, made = 0, []
    for bit in bits:
        made.append(replace(bit, text="".join(cuts.get(n, folded[n]) for n in range(at, at + len(bit.text)))))
        at += len(bit.text)
    lead = tuple(bit for bit in made[: len(para.lead)] if bit.text or bit.thing is not None)
    rest = tuple(bit for bit in made[len(para.lead) :] if bit.text or bit.thing is not None)
    runs = sum(1 for n in cuts if n - 1 not in cuts)
    return Tidied(replace(para, lead=lead, rest=rest), runs, sum(a != b for a, b in zip(text, folded, strict=True)))


def _folded(text: str) -> str:
    """The text with full-width marks beside Chinese; of the same length."""
    if _CHINESE.search(text) is None:
        return text
    text = _STRAIGHT.sub(lambda m: f"“{m[1]}”" if _CHINESE.search(m[1]) else m[0], text)
    mark = parse_mark(text)
    head = text[: mark.size] if mark else ""
    rest = _DASH.sub("——", fold_marks(text)[len(head) :])
    return fold_marks(text)[: len(head)] + _STOP.sub("。", rest)


def _kept(bits: Sequence[Bit]) -> list[bool]:
    """For each character whether it stays whatever it is: what is underlined is a line to write on."""
    return [any(name == "u" for name, _ in bit.look) for bit in bits for _ in bit.text]


def _cuts(text: str, para: Para, kept: Sequence[bool]) -> Iterator[tuple[int, str]]:
    """What is put in place of single characters of white space."""
    mark = parse_mark(text) if para.level else None
    loose = weight(text) <= _SHORT and not _CLAUSE.search(text) and not para.level
    for found in _BLANKS.finditer(text):
        start, end = found.span()
        if any(kept[start:end]):
            continue
        into = ""
        if end < len(text) and _ORDINAL.fullmatch(text, 0, start):
            into = "　"
        elif start > 0 and end < len(text) and not (mark and end == mark.size) and not _LETTERS.fullmatch(text):
            into = _inside(found.group(), text[start - 1], text[end], loose)
        if into != found.group():
            yield start, into
            yield from ((n, "") for n in range(start + 1, end))


def _inside(blanks: str, before: str, after: str, loose: bool) -> str:
    """What a stretch of space inside a line becomes."""
    if len(blanks) >= _FILL_IN or "\t" in blanks:
        return blanks.replace("\t", "　　").replace("\n", " ")
    if loose:
        return blanks.replace("\n", " ")
    return "" if _CHINESE.match(before) or _CHINESE.match(after) else " "
