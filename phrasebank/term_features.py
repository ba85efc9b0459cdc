"""What tells a set expression from any other run of words: numbers for each counted gram, worked out for all at once.

Freedom at the edges follows branching entropy (Jin, Tanaka-Ishii 2006), read off the counts of the grams one word longer.
Extensions too rare to be counted, and marks, count as free, so that all is a function of the exact counts alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phrasebank.gramkeys import Keys, Longs, hashes, inverse_power, position, power
from phrasebank.grams import BREAK, JOINT, LONGEST, Counts

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

ENDS = 0.2
"""Share of marks behind a joining word from which on it belongs to the run."""
NUMERALS = frozenset("一二两三四五六七八九十百千万双几多")
_NEITHER = (
    "的 了 在 和 与 及 等 是 为 对 将 把 被 从 向 并 或 也 都 就 由 至 于 让 使 给 用 着 得 之 其 该 各 每 我 "
    "这 那 某 又 再 更 已 要 可 能 会 个 以及 通过 大力 积极 继续 切实 努力 加快 加强 推进 推动 完成 实现 "
    "达到 增长 提高 新增 同比 其中 本 月 日 亿元 万元 万人 公里 万吨 达 比 不断 进一步 已经 必须 左右 以上 "
    "以下 我们 他们 我市 我省 我县 我区 我州 全市 全省 全县 全区 全州 预计 力争 确保 一批 一些 一种 所有 各种 "
    "许多 不少 居 约 超 较 位居 名列 同时 因此 由于 按照 根据 围绕 随着 关于 对于 鼓励 引导 加大 扎实 着力 "
    "认真 严格 充分 逐步 持续 深入"
)
_NO_OPENING = (
    "一项 三区 下 中 主要 乡 仍 们 件 但 元 内 则 前 区 十分 县 号线 各项 后 吨 因 地 外 多项 大幅 州 市 年 "
    "很 快速 户 所 时 明显 显著 更为 更加 最 有关 本次 村 条 来 极为 正在 相关 相对 省 者 而 迅速 还 部分 里 "
    "镇 非常 项"
)
_NO_CLOSING = (
    "一 一个 一直 一齐 七 万 三 上来 下 下去 下来 下降 不 两 中 为主 为主线 主要 之一 之上 之路 九 争创 二 五 "
    "以 以来 优化 会议 作用 促进 保持 做到 做好 健全 全 八 六 内 内容 减少 几 出 出来 创建 到 前 力度 加速 十 "
    "千 去 双 取得 只 名 后 启动 四 坚持 增加 外 多 大 好 完善 完工 实施 工作 年度 应 建 建成 建立 开始 开展 "
    "开工 强化 形成 总投资 总数 总量 总额 成 成为 所 才 打造 扩大 抓 抓好 提升 支持 新 方面 无 时 有 有效 "
    "朝着 期间 未 条 构建 次 正 殷实 比重 深化 百 种 竣工 类 累计 级 给予 而 荣获 获 获得 落实 被评为 起 起来 "
    "过 还 进入 进行 重点 重要 问 问题 需要 非 项 高"
)
OPEN_NEVER = frozenset((*_NEITHER.split(), *_NO_OPENING.split()))
"""Words no term begins with."""
_EMPTY = frozenset(_NEITHER.split())
CLOSE_NEVER = frozenset((*_NEITHER.split(), *_NO_CLOSING.split()))
"""Words no term ends with."""


@dataclass(frozen=True, slots=True)
class Features:
    """Of each gram that may be a term: its place in the counts [k], and numbers by name, [k] each."""

    grams: Longs
    values: dict[str, Floats]
    single: Flags

    def groups(self) -> dict[str, Flags]:
        """Which of them are single words, which runs, and which of either begin with a number: 四风, 三个代表."""
        counted = self.values["numeral"] > 0
        return {
            "one": self.single & ~counted, "run": ~self.single & ~counted,
            "one_counted": self.single & counted, "run_counted": ~self.single & counted,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Links:
    """Of each gram, [k] each: words, first and last word, and the places of what is left without the last or the first."""

    length: Longs
    first: Longs
    last: Longs
    prefix: Longs
    suffix: Longs


@dataclass(frozen=True, slots=True)
class _Side:
    """What stands at one side of each gram, [k] each: share of the commonest word, entropy, shares of breaks and of 、, different
    words, shares of 的, of words that join, and of numbers."""

    most: Floats
    entropy: Floats
    breaks: Floats
    joints: Floats
    kinds: Floats
    of: Floats
    joined: Floats
    figures: Floats


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Of each word of the vocabulary whether it is 的, joins, or is a number."""

    of: Flags
    joined: Flags
    number: Flags


@dataclass(frozen=True, slots=True)
class _Words:
    """Of each word of the vocabulary, one row more for none: characters, Han characters, numerals, and flags (`empty`: has its place
    in the middle of a clause only)."""

    chars: Longs
    han: Longs
    numerals: Longs
    numeral_first: Flags
    never_first: Flags
    never_last: Flags
    empty: Flags


def features(counts: Counts) -> Features:
    """Numbers of all grams that may be terms."""
    links, lexis = _links(counts), _lexis(counts.vocabulary)
    kinds = _Kinds(*(_is(counts, kind) for kind in (_OF, _JOINED, _NUMBER)))
    right = _side(counts, links.prefix, links.last, kinds)
    left = _side(counts, links.suffix, links.first, kinds)
    chosen = np.flatnonzero(_possible(counts, links, lexis, right, kinds))
    values = _cohesion(counts, links, chosen) | _edges(counts, links, left, right, chosen)
    values |= _spread(counts, chosen) | _shape(counts, links, lexis, chosen)
    values |= _company(counts, links, left, right, chosen) | _counted(counts, links, chosen)
    values["free"] = (values["left_break"] + values["left_joint"]) * (values["right_break"] + values["right_joint"])
    return Features(chosen, values, links.length[chosen] == 1)


def _links(counts: Counts) -> _Links:
    length = (counts.grams >= 0).sum(1)
    first, last = counts.grams[:, 0].astype(np.int64), counts.grams[np.arange(len(length)), length - 1].astype(np.int64)
    hashed: Keys = hashes(counts.vocabulary)
    powers = np.array([power(n) for n in range(LONGEST + 1)], np.uint64)
    several = np.flatnonzero(length > 1)
    prefix, suffix = np.full(len(length), -1, np.int64), np.full(len(length), -1, np.int64)
    keys = counts.keys[several]
    prefix[several] = position(counts.keys, (keys - hashed[last[several]]) * inverse_power())
    suffix[several] = position(counts.keys, keys - hashed[first[several]] * powers[length[several] - 1])
    return _Links(length, first, last, prefix, suffix)


def _lexis(vocabulary: Sequence[str]) -> _Words:
    words = (*vocabulary, "")
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32)
    chars = np.fromiter(map(len, words), np.int64, len(words))
    ends = np.cumsum(chars)
    numeral = np.isin(codes, [*map(ord, NUMERALS)])
    first = np.append(numeral, False)[ends - chars] & (chars > 0)
    bare = np.array([w in _BARE or _FIGURE.match(w) is not None for w in words])
    return _Words(
        chars, _counted_in((codes >= ord("一")) & (codes <= ord("鿿")), ends), _counted_in(numeral, ends), first,
        bare | np.array([w in OPEN_NEVER for w in words]), bare | np.array([w in CLOSE_NEVER for w in words]),
        np.array([w in _EMPTY for w in words]),
    )  # fmt: skip


def _counted_in(flags: Flags, ends: Longs) -> Longs:
    """How many flags of characters are set in each word, of which `ends` says where each ends."""
    return np.diff(np.append(0, np.cumsum(flags))[np.append(0, ends)])


_BARE = frozenset({"", "、"})
_FIGURE = re.compile(r"[\d.%]+(?<!^\d00)$")


def _possible(counts: Counts, links: _Links, lexis: _Words, right: _Side, kinds: _Kinds) -> Flags:
    """At least two Han characters, at most six words and sixteen characters, and no edge that closes or opens nothing.

    A word that joins does not join where a clause ends behind it: the 和 of 碳中和."""
    chars, han = lexis.chars[counts.grams].sum(1), lexis.han[counts.grams].sum(1)
    terse = (links.length == 2) & (chars == 3) & (lexis.chars[links.first] == 1) & (lexis.han[links.last] == 2)  # 稳增长
    numeral = lexis.numeral_first[links.first] & lexis.numeral_first[links.last]
    terse |= (links.length == 2) & (chars == 3) & numeral  # 十三五, 五个一
    terse |= (links.length > 1) & kinds.joined[links.last] & (right.breaks >= ENDS)
    edges = ~lexis.never_first[links.first] & (terse | ~lexis.never_last[links.last])
    inner = (links.first > JOINT) & (links.last > JOINT)
    return (han >= 2) & (chars <= 16) & (links.length < LONGEST) & inner & edges


def _side(counts: Counts, part: Longs, edge: Longs, kinds_: _Kinds) -> _Side:
    """What extends each gram (`part` of an extension) by which word (`edge`)."""
    size, times = len(counts.keys), counts.times.astype(np.float64)
    word, brk, joint = ((part >= 0) & flag for flag in (edge > JOINT, edge == BREAK, edge == JOINT))
    most = np.zeros(size)
    np.maximum.at(most, part[word], times[word])
    logs = np.bincount(part[word], times[word] * np.log(times[word]), size)
    some = [word & kind[edge] for kind in (kinds_.of, kinds_.joined, kinds_.number)]
    breaks, joints, *others = (np.bincount(part[flag], times[flag], size) / times for flag in (brk, joint, *some))
    kinds = np.log1p(np.bincount(part[word], minlength=size))
    return _Side(most / times, np.log(times) - logs / times, breaks, joints, kinds, *others)


def _is(counts: Counts, kind: re.Pattern[str]) -> Flags:
    return np.array([bool(kind.match(word)) for word in counts.vocabulary])


_OF, _JOINED = re.compile("的$"), re.compile("[和与及并而以]$")
_NUMBER = re.compile(rf"[\d.{''.join(sorted(NUMERALS))}百分之点〇零亿]+$")


def _company(counts: Counts, links: _Links, left: _Side, right: _Side, chosen: Longs) -> dict[str, Floats]:
    """How productive the first and the last word are, what joins them, and how much of the parts a gram takes up."""
    times = counts.times.astype(np.float64)
    first, last = _places_of_ends(counts, links, chosen)
    prefix, suffix = links.prefix[chosen], links.suffix[chosen]
    ratio = [np.where(part >= 0, np.log(times[chosen] / times[part]), 0.0) for part in (prefix, suffix)]
    outer = np.flatnonzero((links.first <= JOINT) & (links.last <= JOINT) & (links.length > 2))
    alone = np.bincount(links.suffix[links.prefix[outer]], times[outer], len(times)) / times
    values = {"ratio_high": np.maximum(*ratio), "ratio_low": np.minimum(*ratio), "alone": alone[chosen]}
    for name, side in (("left", left), ("right", right)):
        values |= {f"{name}_{what}": getattr(side, what)[chosen] for what in ("kinds", "of", "joined", "figures")}
        values |= {f"first_{name}_{what}": getattr(side, what)[first] for what in ("kinds", "of", "breaks")}
        values |= {f"last_{name}_{what}": getattr(side, what)[last] for what in ("kinds", "of", "breaks")}
    return values


def _counted(counts: Counts, links: _Links, chosen: Longs) -> dict[str, Floats]:
    """With how many different numbers the same words stand: 三大体系, 四大体系, 六大体系."""
    bare = [word.lstrip("".join(NUMERALS)) if word[:1] in NUMERALS else None for word in counts.vocabulary]
    kinds = {word: i for i, word in enumerate(dict.fromkeys(bare))}
    kind = np.array([-1 if word is None else kinds[word] for word in bare])[links.first]
    pair = np.where(kind >= 0, (links.suffix + 1) * len(kinds) + kind, -1)
    _, place, size = np.unique(pair, return_inverse=True, return_counts=True)
    return {"numbers": np.where(kind >= 0, np.log(size[place]), 0.0)[chosen]}


def _places_of_ends(counts: Counts, links: _Links, chosen: Longs) -> tuple[Longs, Longs]:
    """Where the first and the last word of each gram stand in the counts."""
    words = np.zeros(len(counts.vocabulary), np.int64)
    single = np.flatnonzero(links.length == 1)
    words[links.first[single]] = single
    return words[links.first[chosen]], words[links.last[chosen]]


def _cohesion(counts: Counts, links: _Links, chosen: Longs) -> dict[str, Floats]:
    """Pointwise mutual information of the two parts of a gram, at the cut where it is least; 0 for single words."""
    times = counts.times.astype(np.float64)
    least = np.where(links.length[chosen] > 1, np.inf, 0.0)
    before = chosen.copy()
    for cut in range(1, LONGEST - 1):
        here = links.length[chosen] > cut
        before = np.where(here, links.prefix[before], before)
        after = chosen.copy()
        for step in range(1, LONGEST - 1):
            after = np.where(here & (links.length[chosen] - step >= cut), links.suffix[after], after)
        value = np.log(times[chosen] * counts.words / (times[before] * times[after]))
        least = np.where(here, np.minimum(least, value), least)
    return {"pmi": least, "npmi": least / -np.log(times[chosen] / max(2, counts.words) / 2)}


def _edges(counts: Counts, links: _Links, left: _Side, right: _Side, chosen: Longs) -> dict[str, Floats]:
    """What stands around a gram, and how readily its first word begins and its last word ends a clause elsewhere."""
    first, last = _places_of_ends(counts, links, chosen)
    around = {
        f"{name}_{what}": values[chosen]
        for name, side in (("left", left), ("right", right))
        for what, values in (("most", side.most), ("entropy", side.entropy), ("break", side.breaks), ("joint", side.joints))
    }
    return around | {
        "nested": np.maximum(left.most, right.most)[chosen],
        "tight": np.minimum(left.entropy, right.entropy)[chosen],
        "opens": (left.breaks + left.joints)[first],
        "closes": (right.breaks + right.joints)[last],
        "first_times": np.log(counts.times[first]),
        "last_times": np.log(counts.times[last]),
    }


def _spread(counts: Counts, chosen: Longs) -> dict[str, Floats]:
    documents = np.bincount(counts.row_gram, counts.row_documents, len(counts.keys))[chosen]
    times = counts.times[chosen]
    years = np.bincount(counts.row_gram, minlength=len(counts.keys))[chosen]
    most = np.zeros(len(counts.keys))
    np.maximum.at(most, counts.row_gram, counts.row_documents)
    return {
        "times": np.log(times), "documents": np.log(documents), "bursts": np.log(times / documents),
        "years": np.log(years), "one_year": most[chosen] / documents,
    }  # fmt: skip


def _shape(counts: Counts, links: _Links, lexis: _Words, chosen: Longs) -> dict[str, Floats]:
    grams, length = counts.grams[chosen], links.length[chosen]
    chars = lexis.chars[grams].sum(1)
    numeral = lexis.numeral_first[links.first[chosen]]
    shapes = {f"chars_{n}": chars == n for n in (2, 3, 4, 6, 8)}
    counted = {f"numeral_{n}": numeral & (chars == n) for n in (2, 3, 4)}
    values = shapes | counted | {
        "words": length,
        "chars": chars,
        "ones": ((lexis.chars[grams] == 1) & (grams > JOINT)).sum(1) / length,
        "joints": (grams == JOINT).sum(1),
        "numerals": lexis.numerals[grams].sum(1),
        "numeral": numeral,
        "empty": lexis.empty[grams].sum(1),
        "foreign": lexis.han[grams].sum(1) < chars - (grams == JOINT).sum(1),
        "short_first": lexis.chars[links.first[chosen]] == 1,
        "short_last": lexis.chars[links.last[chosen]] == 1,
    }
    return {name: np.asarray(value, np.float64) for name, value in values.items()}
