"""Cutting a paragraph into sentences, quotations whole, in linear time."""

from __future__ import annotations

import re

FINAL = "。！？!?…"
"""Marks that close a sentence."""
CLOSERS = '”’」』）)】》"'

_END = re.compile(rf"(?:[。！？!?]+|…{{2,}}|\.{{6}})[{CLOSERS}]*")
_QUOTED = re.compile(r"“[^“”]{0,600}”|「[^「」]{0,600}」|\"[^\"]{0,600}\"")
_GOES_ON = re.compile(r"[的这是为、，,；;：:）)》等也和与及来去并就已]")
_ELLIPSIS_END = re.compile(rf"[…\.]+[{CLOSERS}]*$")


def ends_sentence(text: str) -> bool:
    """Whether `text` closes with a final mark, closing quotes and brackets aside."""
    bare = text.rstrip().rstrip(CLOSERS)
    return bool(bare) and bare[-1] in FINAL


def split(text: str) -> list[str]:
    """The sentences of `text` with their closing marks; joined they are `text` again, edge spaces aside."""
    inside = [(m.start(), m.end()) for m in _QUOTED.finditer(text)]
    sentences, start, q = [], 0, 0
    for end in _END.finditer(text):
        while q < len(inside) and inside[q][1] < end.end():
            q += 1
        if _is_border(text, end, inside[q] if q < len(inside) else None):
            sentences.append(text[start : end.end()].strip())
            start = end.end()
    sentences.append(text[start:].strip())
    return [s for s in sentences if s]


def _is_border(text: str, end: re.Match[str], quoted: tuple[int, int] | None) -> bool:
    """Whether a sentence closes at `end`: not within a quotation, nor where the sentence runs on behind one."""
    if quoted and quoted[0] < end.start() and end.end() < quoted[1]:
        return False
    following = text[end.end() : end.end() + 1]
    if not following:
        return True
    closed = end.group()[-1] in CLOSERS
    if closed and end.group()[0] != "。" and _GOES_ON.match(following):
        return False
    return not (_ELLIPSIS_END.search(end.group()) and _GOES_ON.match(following))
