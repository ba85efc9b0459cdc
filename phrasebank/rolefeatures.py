"""What tells the role of a sentence: its own words, its headings, its neighbours, and how far its piece has come.

Reports look back, then own up to faults, then say what is to be done; the same wording («深入推进…») is a result in the first
part and a task in the last. So a sentence is seen with the signals (`data/cues.txt`) of the sentences around it and under
the same headings, and with what the piece has already said when it comes. That is the windowed form of sequence labelling
(Dietterich 2002, «Machine learning for sequential data: a review»): no label depends on another label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from phrasebank.rolegrams import BEGIN, END, LONGEST, Runs, Vocabulary, key_of, runs
from phrasebank.sieve import Laid, Sieve

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

_CUES = Path(__file__).parent / "data" / "cues.txt"
_HEADINGS = tuple(
    re.compile(pattern)
    for pattern in (
        r"回顾|过去|总结|工作情况|成就|成效|所做|主要工作情况|取得|历程",
        r"安排|任务|今后|重点|打算|部署|总体要求|建议|20\d\d年.*工作|下一步|目标|思路|规划|建设|加强|推进|着力",
        r"名词|解释|注释|说明|术语|附",
        r"问题|不足|差距|反思",
        r"第.{1,3}章|总则|附则",
        r"体会|经验|启示",
        r"形势|意义|认识",
    )
)
"""Kinds of headings: looking back, planning, glossary, faults, rules, lessons, situation."""
_PLAN = re.compile(
    r"预期目标|指导思想|总体要求|今年.{0,4}工作|工作安排|工作部署|新的一年|主要任务|今后五年|重点(?:抓好|做好)|发展目标"
)
_PLANNED = re.compile(r"安排|任务|今后|打算|部署|建议")
_GLOSSARY = re.compile(r"名词解释|解释说明|名词术语|注释|有关词语|注：文中")
RULE = "rule="
"""What names of features that a rule gives begin with."""
_PHRASES: tuple[tuple[str, str, str], ...] = (
    (r"总书记[^。]{0,20}(?:指出|强调|要求|说|提出)", "总书", ""),
    (r"(?:指出|强调|提出|明确|要求|说|讲|云|写道)[，：:,]?[“\"]", "“ \"", ""),
    (r"\A(?:根据|依据|依照|遵照)", "根据 依据 依照 遵照", ""),
    (
        r"\A[^，。“]{0,20}(?:通知|会议|意见|全会|报告|大会|》|宪法|邓小平|毛泽东|马克思|列宁|恩格斯|胡锦涛|江泽民)"
        r"[^，。]{0,8}(?:指出|强调|提出|规定|明确|要求)",
        "指出 强调 提出 规定 明确 要求", "通知 会议 意见 全会 报告 大会 》 宪法 邓小 毛泽 马克 列宁 恩格 胡锦 江泽",
    ),
    (r"俗话|常言|古人|古语|老话|有言", "俗话 常言 古人 古语 老话 有言", ""),
    (
        r"\A[^，。“]{2,30}(?:是|乃)[^，。]{2,30}(?:基石|根本|关键|前提|基础|保障|保证|必然要求|需要|生命线|大事|标志)",
        "基石 根本 关键 前提 基础 保障 保证 必然 需要 生命 大事 标志", "是 乃",
    ),
    (r"\A[^，。]{2,20}(?:关键|重|贵|根本|难)(?:就|全|是)?在", " ".join(a + b for a in "键重贵本难" for b in "就全是在"), ""),
    (r"^(?:所谓|什么是)|就是要|不是[^，。]{2,20}，?而是", "所谓 什么 就是 不是", ""),
    (r"^(?:只有|唯有)[^。]{3,40}才|^没有[^。]{3,40}就|事关|关乎|关系到", "只有 唯有 没有 事关 关乎 关系", ""),
    (r"[：:]$", "： :", ""),
    (
        r"(?:以下|如下|[一二三四五六七八几]个?方面|[一二三四五几]点)[^，。]{0,8}[：:。]$",
        "以下 如下 方面 一点 二点 三点 四点 五点 几点", "",
    ),
)
"""Turns of phrase: a leader's word, quoted words, by which authority, a document's word, sayings; what something is to another,
what it lies in, what it means, what hangs on it; what announces more. With each the beginnings of words without one of which it
cannot be found, and such words besides."""
_PLANS = "预期 指导思 总体 今年 作安 作部 新的 要任 今后 重点抓 重点做 展目"
_FINDERS = tuple(
    (f"{RULE}{n}", re.compile(pattern).match if pattern.startswith(r"\A") else re.compile(pattern).search)
    for n, (pattern, _, _) in enumerate(_PHRASES)
)
_FOUND_NONE = ("",) * len(_PHRASES)
_ALONE = len(_PHRASES)
"""The first bit of the sieve that belongs to no turn of phrase by itself."""
_NEEDED = tuple((1 << n) | (1 << (_ALONE + 3 + n) if more else 0) for n, (_, _, more) in enumerate(_PHRASES))
_ANY_PHRASE = (1 << _ALONE) - 1
_MAY_PLAN, _OWNS, _EXPLAINS = (1 << (_ALONE + n) for n in range(3))


@cache
def _sieve() -> Sieve:
    """Bits of the turns of phrase, of plans, faults owned and glossaries, then what turns of phrase need besides."""
    signs = [sign.split() for _, sign, _ in _PHRASES]
    return Sieve([*signs, _PLANS.split(), ["清醒"], ["名词", "解释", "注释", "有关", "注："], *(more.split() for _, _, more in _PHRASES)])
_KINDS = len(_HEADINGS)
_CROSSED = (0, 1, _KINDS, _KINDS + 1, 2 * _KINDS, 2 * _KINDS + 1)
"""Heading signals that change what the words of a sentence mean: looking back or planning; topmost, nearest, any."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence where it stands: headings above, outermost first; number of its paragraph; 0–1 place of that in the
    piece; whether it is the first of its paragraph, and before all headings."""

    text: str
    path: tuple[str, ...]
    paragraph: int
    position: float
    first: bool
    opening: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """The features of a piece's sentences: runs of characters, headings as texts with the sentences' numbers of them, names of
    simple features, and signals, of which a dense row each is made."""

    texts: Runs
    headings: Runs
    nearest: Longs
    topmost: Longs
    names: tuple[tuple[str, ...], ...]
    signals: Signals

    @property
    def dense(self) -> Floats:
        """The dense row of each sentence."""
        return self.signals.dense()


def see(lines: Sequence[Line], ruled: Sequence[tuple[str, str]] = ()) -> Seen:
    """The features of the sentences of one piece; `ruled` is the role and polarity by rule of each, for short speeches."""
    texts = runs([line.text for line in lines])
    numbers: dict[str, int] = {}
    nearest = [numbers.setdefault(line.path[-1][:40] if line.path else "无", len(numbers)) for line in lines]
    topmost = [numbers.setdefault(line.path[0][:40] if line.path else "无", len(numbers)) for line in lines]
    signs = _sieve().masks(Laid([line.text for line in lines]))
    names = (_names(line, n, len(lines)) + _phrases(line.text, signs[n]) + _verdict(ruled, n) for n, line in enumerate(lines))
    return Seen(texts, runs(list(numbers)), np.array(nearest), np.array(topmost), tuple(names), _signals_of(lines, texts, signs))


def _names(line: Line, n: int, count: int) -> tuple[str, ...]:
    """Place and length, in steps."""
    edge = "end" if line.position > 0.97 else "start" if line.position < 0.03 else "middle"
    steps = (int(line.position * 10), edge, min(n, 4), min(count - 1 - n, 4), line.first, line.opening)
    return _named((*steps, min(len(line.path), 4), min(6, len(line.text) // 15)))


_STEPS = ("tenth", "", "from", "to", "first", "opening", "depth", "length")


@lru_cache(maxsize=8192)
def _named(steps: tuple[int | str, ...]) -> tuple[str, ...]:
    """Names of steps; few are told apart."""
    return tuple(f"{name}{int(step) if isinstance(step, bool) else step}" for name, step in zip(_STEPS, steps, strict=True))


def _phrases(text: str, signs: int) -> tuple[str, ...]:
    """The turns of phrase of a sentence with these signs; a blank for each it has not."""
    if not signs & _ANY_PHRASE:
        return _FOUND_NONE
    sought = zip(_FINDERS, _NEEDED, strict=True)
    return tuple([name if signs & needed == needed and finds(text) else "" for (name, finds), needed in sought])


def _verdict(ruled: Sequence[tuple[str, str]], n: int) -> tuple[str, ...]:
    """What rules say of sentence `n`."""
    return (f"{RULE}{ruled[n][0]}", f"{RULE}{ruled[n][1]}") if ruled else ()


# ---------------------------------------------------------------- signals
@cache
def _signals() -> tuple[Vocabulary, NDArray[np.float64]]:
    """The words of `data/cues.txt`, and which classes each belongs to."""
    rows = [line.split() for line in _CUES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    found: dict[int, set[int]] = {}
    for number, (_, *words) in enumerate(rows):
        for word in words:
            assert len(word) <= LONGEST, word
            found.setdefault(key_of(word.replace("^", BEGIN).replace("$", END)), set()).add(number)
    keys = sorted(found)
    member = np.zeros((len(keys), len(rows)))
    for n, key in enumerate(keys):
        member[n, list(found[key])] = 1
    return Vocabulary(np.array(keys, np.uint64)), member


def _classes(texts: Runs) -> Floats:
    """How often each class of words stands in each sentence, up to three times, as a root."""
    vocabulary, member = _signals()
    owner, rows = vocabulary.hits(texts)
    width = member.shape[1]
    which, columns = np.nonzero(member[rows])
    counts = np.bincount(owner[which] * width + columns, minlength=texts.texts * width)
    return np.sqrt(np.minimum(counts, 3)).reshape(texts.texts, width)


@lru_cache(maxsize=4096)
def _heading_kinds(path: tuple[str, ...]) -> tuple[bool, ...]:
    """Kinds of the topmost heading, of the nearest one, and of any."""
    chosen = (path[:1], path[-1:], path)
    return tuple(any(kind.search(text) for text in texts) for texts in chosen for kind in _HEADINGS)


@lru_cache(maxsize=4096)
def _turns(path: tuple[str, ...]) -> tuple[bool, bool]:
    """Whether the headings say that plans follow, and that words are explained."""
    return bool(path and _PLANNED.search(path[0])), any(_GLOSSARY.search(text) for text in path)


def _states(lines: Sequence[Line], signs: Sequence[int]) -> Floats:
    """How far the piece has come at each sentence: plans have begun, and are well under way; faults were owned; a glossary."""
    planned, owned, glossary = 0, False, False
    states = []
    for line, sign in zip(lines, signs, strict=True):
        plans, explains = _turns(line.path)
        glossary = glossary or explains or bool(sign & _EXPLAINS and line.position > 0.5 and _GLOSSARY.search(line.text[:20]))
        owned = owned or bool(sign & _OWNS)
        planned += plans or bool(sign & _MAY_PLAN and _PLAN.search(line.text))
        states.append((planned > 0, planned > 2, owned, glossary, owned and planned > 0))
    return np.array(states, np.float64)


# ---------------------------------------------------------------- neighbours
def _numbered(values: Sequence[Hashable]) -> Longs:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values])


def _others(signals: Floats, group: Longs) -> Floats:
    """The mean of the other sentences of the same group."""
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    sums = np.add.reduceat(signals[order], starts)
    size = np.bincount(group)
    return (sums[group] - signals) / np.maximum(size[group] - 1, 1)[:, None]


def _moved(signals: Floats, by: int) -> Floats:
    """The signals of the sentence `by` places on."""
    moved = np.zeros_like(signals)
    if by > 0:
        moved[:-by] = signals[by:]
    else:
        moved[-by:] = signals[:by]
    return moved


def _window(signals: Floats, reach: int = 4) -> Floats:
    """The mean of the neighbours on both sides."""
    return sum((_moved(signals, d) for d in range(-reach, reach + 1) if d), np.zeros_like(signals)) / (2 * reach)


@dataclass(frozen=True, slots=True)
class Signals:
    """What the dense columns are made of: signals of each sentence and of its beginning, how far the piece has come, kinds of
    headings, and the groups (section, part, paragraph) of the sentences."""

    own: Floats
    head: Floats
    states: Floats
    kinds: Floats
    groups: tuple[Longs, ...]

    def dense(self) -> Floats:
        """Signals of each sentence, of its neighbours and of its sections, and how headings and state bear on its own."""
        both = np.hstack([self.own, self.head])
        means = [_others(self.own, group) for group in self.groups]
        crossed = [self.own * by[:, None] for by in self._bearing()]
        around = _window(self.own)
        return np.hstack([both, _moved(both, -1), _moved(both, 1), *means, around, self.states, self.kinds, *crossed])

    def weighed(self, weights: Floats) -> Floats:
        """`dense` times weights of its columns, with a ninth of the columns made: what is moved, averaged or crossed is so as well
        after it was weighed."""
        n, out = self.own.shape[1], weights.shape[1]
        near, wide, rest = weights[: 6 * n].reshape(3, 2 * n, out), weights[6 * n : 10 * n], weights[10 * n :]
        here, before, after = _times(np.hstack([self.own, self.head]), near)
        (states, kinds), crossed = np.split(rest[: -8 * n], [self.states.shape[1]]), rest[-8 * n :]
        *sections, around = _times(self.own, wide.reshape(4, n, out))
        total = here + _moved(before, -1) + _moved(after, 1) + _window(around)
        total += sum(_others(section, group) for section, group in zip(sections, self.groups, strict=True))
        total += np.einsum("nd,do->no", self.states, states) + np.einsum("nd,do->no", self.kinds, kinds)
        products = _times(self.own, crossed.reshape(8, n, out))
        return total + sum(product * by[:, None] for product, by in zip(products, self._bearing(), strict=True))

    def _bearing(self) -> list[Floats]:
        """What the signals are crossed with."""
        return [*(self.kinds[:, n] for n in _CROSSED), *(self.states[:, n] for n in (0, 3))]


def _times(signals: Floats, weights: Floats) -> list[Floats]:
    """Signals times each of several matrices of weights; not by BLAS, whose threads would take the other cores."""
    count, width, out = weights.shape
    products = np.einsum("nd,do->no", signals, np.ascontiguousarray(weights.transpose(1, 0, 2)).reshape(width, count * out))
    return [np.ascontiguousarray(product) for product in np.split(products, count, axis=1)]


def _signals_of(lines: Sequence[Line], texts: Runs, signs: Sequence[int]) -> Signals:
    kinds = np.array([_heading_kinds(line.path) for line in lines], np.float64)
    groups: tuple[Callable[[Line], Hashable], ...] = (lambda x: x.path, lambda x: x.path[:1], lambda x: x.paragraph)
    numbered = tuple(_numbered([group(line) for line in lines]) for group in groups)
    return Signals(_classes(texts), _classes(texts.head), _states(lines, signs), kinds, numbered)


def widths() -> tuple[tuple[str, int], ...]:
    """The groups of the dense columns, in order, with their widths."""
    n = _signals()[1].shape[1]
    own = (("own", 2 * n), ("before", 2 * n), ("after", 2 * n), ("section", n), ("part", n), ("paragraph", n))
    return (*own, ("around", n), ("state", 5), ("headings", 3 * _KINDS), ("crossed", 8 * n))
