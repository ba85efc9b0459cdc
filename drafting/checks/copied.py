"""R04: passages copied from other texts, with their source and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.text import Paragraph, Text

if TYPE_CHECKING:
    from phrasebank.passages import Passage, Passages

_BORROWED = frozenset({"phrase", "quotation", "template", "fact", "profile"})
"""Origins whose words are told to the writer as borrowed, or are no one's."""


@kind("copied")
def copied(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """R04: long runs of characters that stand in another text, and paragraphs that share much with one."""
    own = str(Path(text.file)) if text.file else ""
    for p in text.loose:
        found = [hit for index in aids.passages for hit in _passages(p, index, own, rule)]
        yield from _longest(found)
        if not found:
            yield from _shared(p, aids, own, rule)


def _passages(p: Paragraph, index: Passages, own: str, rule: Rule) -> Iterator[tuple[int, Hit]]:
    for passage in index.passages(p.text, int(rule.number("least", 25)), own):
        if passage.rare < rule.number("rare", 12) or _is_told(p, passage):
            continue
        where = f"{passage.file} 第{passage.line}行"
        message = f"和{where}有{passage.length}个字连着一样，请改写，或者注明引用"
        severity = "E" if passage.length >= rule.number("certain", 60) else "W"
        yield passage.length, Hit(p, passage.start, passage.end, message, severity=severity, beside=f"{where}：{passage.source}")  # type: ignore[arg-type]


def _is_told(p: Paragraph, passage: Passage) -> bool:
    """Whether a passage is a quotation set as one, or lies in a single borrowed stretch of a draft."""
    if any(q.start <= passage.start + 1 and passage.end - 1 <= q.end for q in p.quotations if q.kind in ("leader", "classic", "saying")):
        return True
    return any(start <= passage.start and passage.end <= end for start, end, origin in p.stretches if origin.kind in _BORROWED)


def _longest(found: list[tuple[int, Hit]]) -> Iterator[Hit]:
    """Of passages that overlap the longest, whichever index it is from."""
    chosen: list[Hit] = []
    for _, hit in sorted(found, key=lambda row: (-row[0], row[1].start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in chosen):
            chosen.append(hit)
    yield from sorted(chosen, key=lambda hit: hit.start)


def _shared(p: Paragraph, aids: Aids, own: str, rule: Rule) -> Iterator[Hit]:
    """A paragraph that shares more than a third of its runs of eight characters with one text, no run being long."""
    if len(p.text) < rule.number("paragraph", 100) or any(origin.kind != "writer" for _, _, origin in p.stretches):
        return
    shares = [share for index in aids.passages if (share := index.shares(p.text, own))]
    best = max(shares, key=lambda share: share.share, default=None)
    if best and best.share > rule.number("share", 0.3):
        message = f"这一段有{best.share:.0%}的字句和{best.file}（第{best.line}行起）一样，请改写"
        yield Hit(p, 0, len(p.text), message, severity="W", text=p.text[:40] + "…", beside=f"{best.file} 第{best.line}行")
