"""Headings without number: opening sentences or phrases of paragraphs in a row that are built alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from phrasebank.headings import key_of

_SENTENCE = re.compile(r"[^。！？!?：:]{6,45}(?=。)")
_PHRASE = re.compile(r"(?![—《])[^。！？!?：:，,；;]{4,12}(?=[，,])")
_CLAUSE = re.compile(r"[，,、；;]")
_CASES = re.compile("有的|有些|有人|个别|少数|一些|比如|例如|今年|去年|近年")
"""Openings that number cases or years off, one paragraph each: alike, but no headings."""
_QUOTED = re.compile(r"“[^”]*”")
_VERBS = frozenset(
    [
        "坚持",
        "强化",
        "把握",
        "尊重",
        "加强",
        "突出",
        "聚焦",
        "深化",
        "注重",
        "提升",
        "提高",
        "完善",
        "健全",
        "创新",
        "筑牢",
        "夯实",
        "压实",
        "严守",
        "坚定",
        "坚决",
        "树牢",
        "牢记",
        "践行",
        "紧扣",
        "紧盯",
        "立足",
        "着眼",
        "推进",
        "推动",
        "落实",
        "抓好",
        "抓实",
        "做好",
        "做实",
        "做优",
        "优化",
        "拓宽",
        "拓展",
        "保持",
        "发挥",
        "弘扬",
        "增强",
        "树立",
        "厚植",
        "涵养",
        "带头",
        "勇于",
        "敢于",
        "善于",
        "善用",
        "用好",
        "用活",
        "凝聚",
        "锤炼",
        "锻造",
        "端正",
        "转变",
        "改进",
        "狠抓",
        "严格",
        "加快",
        "加大",
        "规范",
        "统筹",
        "守牢",
        "守住",
        "守好",
        "站稳",
        "走好",
        "当好",
        "打造",
        "构建",
        "建强",
        "激发",
        "激活",
        "营造",
        "围绕",
        "瞄准",
        "重视",
        "关心",
    ]
)


MIN_PARAGRAPH = 20
LONG_PARAGRAPH = 40
"""Characters a paragraph must have more than, to be one of a run of three with a heading, and one of a pair."""


def unnumbered_heads(texts: Sequence[str]) -> dict[int, int]:
    """Index of each paragraph that opens with an unnumbered heading, and how many characters the heading has."""
    found: dict[int, int] = {}
    for pattern, alike, least in ((_SENTENCE, _same_build, 2), (_PHRASE, _same_lead, 3)):
        heads = [pattern.match(text) if len(text) > MIN_PARAGRAPH and not _CASES.match(text) else None for text in texts]
        _mark_runs([h.group() if h else None for h in heads], texts, alike, least, found)
    return found


def _mark_runs(
    heads: Sequence[str | None],
    texts: Sequence[str],
    alike: Callable[[str, str], bool],
    least: int,
    found: dict[int, int],
) -> None:
    """Adds the heads of runs of at least `least` paragraphs in which each head is like its neighbour."""
    run: list[int] = []
    for i in range(len(heads) + 1):
        head = heads[i] if i < len(heads) else None
        if run and head and i not in found and alike(heads[run[-1]] or "", head):
            run.append(i)
            continue
        if len(run) >= least and _worth(run, heads, texts, least):
            found.update((j, len(heads[j] or "")) for j in run)
        run = [i] if head and i not in found else []


def _worth(run: list[int], heads: Sequence[str | None], texts: Sequence[str], least: int) -> bool:
    """Two alike may be chance: a pair must share its frame and open long paragraphs. None may come twice, as a refrain
    does, and all must have text below."""
    leads = [heads[j] or "" for j in run]
    if len({*map(key_of, leads)}) < len(run) or any(len(texts[j]) < 1.6 * len(lead) for j, lead in zip(run, leads, strict=True)):
        return False
    long = all(len(texts[j]) > LONG_PARAGRAPH for j in run)
    return len(run) >= 3 or (least == 2 and long and _shared(leads[0], leads[1]) >= 3)


def _shape(head: str) -> list[int]:
    """Lengths of the clauses of a head."""
    return [len(clause) for clause in _CLAUSE.split(head)]


def _shared(a: str, b: str) -> int:
    """Characters two heads share at their starts and ends."""
    front = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    back = next((i for i, (x, y) in enumerate(zip(a[::-1], b[::-1], strict=False)) if x != y), 0)
    return front + back


def _same_build(a: str, b: str) -> bool:
    """Two opening sentences of one frame: as many clauses, about as long, and words or lengths in common."""
    one, two = _shape(a), _shape(b)
    if len(one) != len(two) or any(abs(x - y) > 4 for x, y in zip(one, two, strict=True)):
        return False
    exact = one == two and (len(one) > 1 or one[0] >= 8)
    return exact or _shared(a, b) >= 2 or (len(one) > 1 and a[:2] in _VERBS and b[:2] in _VERBS)


def _same_lead(a: str, b: str) -> bool:
    """Two opening phrases that both set a task: a verb of doing with its object, or one frame (在…上下功夫)."""
    return abs(len(a) - len(b)) <= 6 and (_shared(a, b) >= 4 or (a[:2] in _VERBS and b[:2] in _VERBS))
