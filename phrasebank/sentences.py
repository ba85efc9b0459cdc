"""Cutting a paragraph into sentences, quotations whole, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

FINAL = "。！？!?…"
"""Marks that close a sentence."""
CLOSERS = '”’」』）)】》"'

# All begin with a set of characters, so that the search skips to those; what the first of them was, it asks behind.
_END = re.compile(rf"[。！？!?…\.](?:(?<=[。！？!?])[。！？!?]*|(?<=…)…+|(?<=\.)\.{{5}})[{CLOSERS}]*")
_HALF_END = re.compile(
    rf"[！？!?…\.](?:(?<=[！？!?])[！？!?]*|(?<=…)…+|(?<=\.)\.{{5}}|(?<=[一-鿿”）%]\.)(?<!^[一二三四五六七八九十]\.)(?=[一-鿿“（《]|$))[{CLOSERS}]*"
)
"""For text with half-width full stops only: between Chinese characters one closes a sentence."""
_QUOTED = re.compile(r"[“「\"](?:(?<=“)[^“”]{0,600}”|(?<=「)[^「」]{0,600}」|(?<=\")[^\"]{0,600}\")")
_GOES_ON = re.compile(r"[的这是为、，,；;：:）)》等也和与及来去并就已]")
_ELLIPSIS_END = re.compile(rf"[…\.]+[{CLOSERS}]*$")


def ends_sentence(text: str) -> bool:
    """Whether `text` closes with a final mark, closing quotes and brackets aside."""
    bare = text.rstrip().rstrip(CLOSERS)
    return bool(bare) and (bare[-1] in FINAL or (bare[-1] == "." and "\u4e00" <= bare[-2:-1] <= "\u9fff"))


def split(text: str) -> list[str]:
    """The sentences of `text` with their closing marks; joined they are `text` again, edge spaces aside."""
    return list(each(text))


def each(text: str) -> Iterator[str]:
    """The sentences of `split`, one after the other: the first costs no look at the others."""
    start = 0
    for end in _borders(text):
        if sentence := text[start:end].strip():
            yield sentence
        start = end
    if rest := text[start:].strip():
        yield rest


def several(text: str) -> bool:
    """Whether `text` is more than one sentence."""
    return len(list(islice(each(text), 2))) > 1


def _borders(text: str) -> Iterator[int]:
    """Where sentences close."""
    quotations = _QUOTED.finditer(text)
    quoted = next(quotations, None)
    for end in (_HALF_END if "." in text and "。" not in text else _END).finditer(text):
        while quoted and quoted.end() < end.end():
            quoted = next(quotations, None)
        if _is_border(text, end, quoted):
            yield end.end()


def _is_border(text: str, end: re.Match[str], quoted: re.Match[str] | None) -> bool:
    """Whether a sentence closes at `end`: not within a quotation, nor where the sentence runs on behind one."""
    if quoted and quoted.start() < end.start() and end.end() < quoted.end():
        return False
    mark, following = end.group(), text[end.end() : end.end() + 1]
    if not following or mark == "。":
        return True
    if mark[-1] in CLOSERS and mark[0] != "。" and _GOES_ON.match(following):
        return False
    return not (_ELLIPSIS_END.search(mark) and _GOES_ON.match(following))
