"""Lines of bits become paragraphs: each bit in the paragraph that its line has by the shape of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from drafting.format.bits import Bit, Para, split_bits, text_of, weight
from drafting.format.shape import Laid, Shape

Line = Sequence[Bit]


def marked(lines: Sequence[Line], shape: Shape) -> list[tuple[Bit, ...]]:
    """The lines with their foreign stretches cut off as bits of their own."""
    found: list[tuple[Bit, ...]] = [tuple(line) for line in lines]
    for at, start, end, _ in sorted(shape.foreign, reverse=True):
        before, rest = split_bits(found[at], start)
        inside, after = split_bits(rest, end - start)
        found[at] = (*before, *(replace(bit, foreign=True) for bit in inside), *after)
    return found


def composed(lines: Sequence[Line], shape: Shape, breaks: frozenset[int] = frozenset()) -> tuple[Para, ...]:
    """The paragraphs of a text, in their order; a line of nothing but foreign matter or things is one of its own.

    Before lines in `breaks` the source begins a new page. Where shape and lines do not belong together, which would lose words,
    each line is a plain paragraph.
    """
    found = marked(lines, shape)
    total = sum(weight(bit.text) for line in found for bit in line if not bit.foreign)
    if total != sum(laid.size for laid in shape.laid):
        return tuple(Para("paragraph", tuple(line), first=n, last=n, breaks=n in breaks) for n, line in enumerate(lines) if _says(line))
    return tuple(_Composer(iter(shape.laid), breaks).paragraphs(found))


def _counts(bit: Bit) -> bool:
    """Whether a bit holds characters of a paragraph."""
    return bool(bit.text.strip()) and not bit.foreign


def _says(line: Line) -> bool:
    return any(bit.thing is not None or bit.text.strip() for bit in line)


@dataclass(slots=True)
class _Composer:
    """Deals out characters to the paragraphs of a shape; `left` is how many the open one still lacks."""

    laid: Iterator[Laid]
    breaks: frozenset[int]
    now: Laid | None = None
    left: int = 0
    bits: list[Bit] = field(default_factory=list)
    first: int = 0
    turned: bool = False

    def paragraphs(self, lines: Sequence[Line]) -> Iterator[Para]:
        for at, line in enumerate(lines):
            self.turned = self.turned or (at in self.breaks and self.now is None)
            if not _says(line):
                continue
            if self.now is None and not any(map(_counts, line)):
                yield Para("paragraph", tuple(line), first=at, last=at, breaks=self._turn())
                continue
            yield from self._line(at, line)

    def _line(self, at: int, line: Line) -> Iterator[Para]:
        if self.now is not None:
            self._join(line)
        rests = list(line)
        while rests:
            bit = rests.pop(0)
            if bit.foreign or not bit.text.strip():
                self.bits.append(bit)
                continue
            if self.now is None:
                self._open(at)
            rests.insert(0, self._take(bit))
            if self.left == 0:
                if not any(_counts(rest) for rest in rests):  # what stands behind the last word of a line goes with it
                    self.bits += rests
                    rests = []
                yield self._close(at)

    def _join(self, line: Line) -> None:
        """A space between Latin words that a line break has parted."""
        before, after = text_of(self.bits).rstrip()[-1:], text_of(line).lstrip()[:1]
        if before.isascii() and before.isalnum() and after.isascii() and after.isalnum():
            self.bits.append(Bit(" "))

    def _open(self, at: int) -> None:
        self.now = next(self.laid)
        self.left, self.first = self.now.size, at

    def _take(self, bit: Bit) -> Bit:
        """Adds of a bit what belongs to the open paragraph, and gives back the rest."""
        end = 0
        while end < len(bit.text) and self.left:
            self.left -= not bit.text[end].isspace()
            end += 1
        self.bits.append(replace(bit, text=bit.text[:end]))
        return replace(bit, text=bit.text[end:])

    def _turn(self) -> bool:
        turned, self.turned = self.turned, False
        return turned

    def _close(self, at: int) -> Para:
        laid, bits = self.now, tuple(self.bits)
        assert laid is not None
        self.now, self.bits = None, []
        lead, rest = split_bits(bits, _offset(bits, laid.lead)) if laid.lead else ((), bits)
        return Para(laid.kind, rest, lead, laid.level, laid.number, self.first, at, self._turn())


def _offset(bits: Sequence[Bit], size: int) -> int:
    """Where in the text of bits so many characters have gone by, white space and foreign ones not counted."""
    at = 0
    for bit in bits:
        for character in bit.text:
            if size == 0:
                return at
            at += 1
            size -= not (bit.foreign or character.isspace())
    return at
