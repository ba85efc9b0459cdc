"""P03: text that is broken or cut off: hard line breaks, ends without a mark, marks without their pair."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.text import Paragraph, Text

_ENDS = "。！？：；…”’）〕》!?:;)\"—"
_PAIRS = {"“": "”", "（": "）", "《": "》", "〔": "〕", "【": "】"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_PAIRED = re.compile(f"[{re.escape(''.join((*_PAIRS, *_CLOSERS)))}]")
_REMARK = re.compile(r"(?:^|[。！？])\s*[（(][^（）()]{1,60}[）)]\s*$")
_EMPTY = re.compile("|".join(f"{re.escape(opener)}{re.escape(closer)}" for opener, closer in _PAIRS.items()))
_CLAUSED = re.compile("[，。；,]")
_MOST = 10
"""Marks without pair told of one paragraph."""
_COUNT_MARK = re.compile(r"(?:^|[，。；：]|(?<![（(])\s)(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-z])）")


@kind("broken")
def broken(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """P03 from the damage that reading marked in a file, then from the ends and pairs of each paragraph."""
    told: set[int] = set()
    for p, start, end, damage in text.damage:
        if _is_no_prose(p.text):
            continue
        if damage in ("broken_line", "truncated_end") and not (damage == "truncated_end" and p.number in told):
            told.add(p.number)
            message = "句子中间断了行，请连起来" if damage == "broken_line" else "这里断了，话没有说完，请补全或删去"
            yield Hit(p, start, end or len(p.text), message)
    least = rule.number("least", 20)
    near = (None, *text.paragraphs, None)
    for before, p, after in zip(near, text.paragraphs, near[2:], strict=False):
        if p.number not in told and (hit := _unended(p, least)):
            yield hit
        if "）" in p.plain or not _balanced("".join(_PAIRED.findall(p.plain))):
            yield from islice(_unpaired(p, before, after), _MOST)


def _is_no_prose(text: str) -> bool:
    """Whether a paragraph is a row of a table, or ends in a remark in brackets behind its last sentence."""
    return text.count("|", 0, 400) > 1 or bool(_REMARK.search(text[-70:]))


def _unended(p: Paragraph, least: float) -> Hit | None:
    """A paragraph that ends without a mark, a heading of its own line that ends in a comma."""
    bare = p.text.rstrip()
    if bare[-1:] in _ENDS and bare:
        return None
    if p.kind == "heading" or (p.is_body and p.lead == len(p.text)):
        return Hit(p, 0, len(bare), "标题没有说完，末尾是逗号或顿号") if bare[-1:] in ("，", "、", ",") else None
    running = p.is_body or (p.kind == "title" and bare.count("，") > 1 and "的讲话" not in bare)
    comma = bare[-1:] in ("，", "、", ",")
    if not running or bare[-1:] in _ENDS or (len(bare) < least and not comma) or not _CLAUSED.search(bare):
        return None
    return Hit(p, max(len(bare) - 20, 0), len(bare), "段末没有标点，话像是没有说完")


def _unpaired(p: Paragraph, before: Paragraph | None, after: Paragraph | None) -> Iterator[Hit]:
    """Opening marks without closing ones and the other way round. A quotation of several paragraphs opens each of them and is
    closed in the last."""
    open_: list[tuple[str, int]] = []
    spare = {m.end() - 1 for m in _COUNT_MARK.finditer(p.plain)} if "）" in p.plain else ()
    for at, mark in ((m.start(), m.group()) for m in _PAIRED.finditer(p.plain)):
        if mark in _PAIRS:
            open_.append((mark, at))
        elif mark in _CLOSERS and at not in spare:
            if open_ and open_[-1][0] == _CLOSERS[mark]:
                open_.pop()
            elif any(mark_ == _CLOSERS[mark] for mark_, _ in open_[-8:]):
                while open_.pop()[0] != _CLOSERS[mark]:
                    pass
            elif not (mark == "”" and _opened_before(before)):
                message = "引号只有后一半" if mark == "”" else f"只有“{mark}”，前面缺“{_CLOSERS[mark]}”"
                yield Hit(p, max(at - 12, 0), at + 1, message)
    for mark, at in open_:
        if mark == "“" and _closed_after(after):
            continue
        yield Hit(p, at, min(at + 12, len(p.text)), "引号只有前一半" if mark == "“" else f"“{mark}”没有配对的“{_PAIRS[mark]}”")


@lru_cache(maxsize=1024)
def _balanced(marks: str) -> bool:
    """Whether every mark has its pair."""
    while (fewer := _EMPTY.sub("", marks)) != marks:
        marks = fewer
    return not marks


def _closed_after(after: Paragraph | None) -> bool:
    """Whether the next paragraph opens the same quotation anew or closes it."""
    return after is not None and (after.text.startswith("“") or after.text.count("”") > after.text.count("“"))


def _opened_before(before: Paragraph | None) -> bool:
    return before is not None and before.text.count("“") > before.text.count("”")
