"""How parallel headings are, in words and as bars: for the command line and for the session."""

from __future__ import annotations

from collections.abc import Sequence

from drafting.parallel import Break, breaks, measure


def said(item: Break) -> str:
    """A break in a sentence."""
    place = f"第 {item.clause + 1} 句" if item.clause >= 0 else ""
    return {
        "count": f"有 {item.found} 个分句，别的是 {item.expected} 个",
        "length": f"{place} {item.found} 字，别的 {item.expected} 字",
        "words": f"{place}虚词是“{item.found or '无'}”，别的是“{item.expected or '无'}”",
        "speech": f"{place}结构不同：{item.found}，别的是 {item.expected}",
        "opening": f"{place}开头是{item.found}，别的是{item.expected}",
        "verb": f"{place}又用“{item.found}”，前面用过了；要么都用，要么都换",
        "series": f"{place}“{item.found}”不在{item.expected}的序列里",
    }[item.kind]


def points(headings: Sequence[str]) -> int:
    """The score out of a hundred."""
    return round(measure(headings).score * 100)


def verdict(headings: Sequence[str], at: int = -1) -> str:
    """The score, and which heading breaks the set and why, the one at `at` before others; empty for fewer than two."""
    if len(headings) < 2:
        return ""
    likeness = measure(headings)
    told = f"{'对仗' if likeness.parallel else '不对仗'} {points(headings)}分"
    broken = sorted(breaks(headings), key=lambda item: item.member != at)
    if likeness.parallel or not broken:
        return told
    return f"{told}：第 {broken[0].member + 1} 条{said(broken[0]).strip()}"


def bar(lengths: Sequence[int]) -> str:
    """A heading's clauses as lines, a stroke a character: what is as long is seen at a glance."""
    return " ".join("━" * length for length in lengths)
