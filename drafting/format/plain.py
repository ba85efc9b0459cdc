"""Texts that are nothing but words: their lines as bits, and their paragraphs as the blocks of a draft."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence

from drafting.format.bits import UNSEEN, Bit, Para, text_of
from drafting.model import Block, Draft, Origin, Outline, Span

_WRITER = Origin("writer")


def bits_of(lines: Iterable[str], *, web: bool) -> Iterator[tuple[Bit, ...]]:
    """Each line as bits; `web` resolves entities, which pasted web pages leave in a text."""
    for line in lines:
        text = UNSEEN.sub("", html.unescape(line) if web and "&" in line else line)
        yield (Bit(text),) if text else ()


def draft_of(paras: Sequence[Para], title: str) -> Draft:
    """Paragraphs as a draft whose words are all the writer's."""
    return Draft(Outline("", "", title=title), tuple(map(block_of, paras)))


def block_of(para: Para) -> Block:
    """A paragraph as a block."""
    return Block(para.kind, _spans(para.rest), _spans(para.lead), para.level, para.number)


def _spans(bits: Sequence[Bit]) -> tuple[Span, ...]:
    text = text_of(bits)
    return (Span(text, _WRITER),) if text else ()
