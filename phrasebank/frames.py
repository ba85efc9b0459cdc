"""Whether two neighbouring stretches of text are members of one frame, and the frame that members share.

Two are when they begin or end alike (排比), or are of one length and one rhythm of words (对仗). What leads to the first
of a list and what follows its last is cut off, where no word is cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from phrasebank.gazetteer import ordinary_words

QUOTE = "\ue000"
"""Stands for a quotation: what is in marks is one place of a frame."""

LONGEST = 12
"""Characters of the longest member that is told by length and rhythm alone."""

TOO_LONG = 80
"""Characters of a clause that is no member of anything: what runs on so has lost its marks."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two members: characters cut off before the first and behind the second, and whether they are sure to be two.

    What is not sure is equal length alone, and counts from three members up. `frame` is given where a pair of words
    ties the members (既要X又要X).
    """

    lead: int = 0
    tail: int = 0
    sure: bool = True
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What members share: their beginning, their end and, where all are of one length, each place (X: it changes)."""

    front: str
    back: str
    places: str

    @classmethod
    def of(cls, member: str) -> Frame:
        """The frame of one member alone: all of it."""
        bare = member[link_end(member) :] or member
        return cls(bare, bare, bare)

    def joined(self, member: str) -> Frame:
        """The frame with one more member."""
        bare = member[link_end(member) :] or member
        places = ""
        if len(bare) == len(self.places):
            places = "".join(c if c == d else "X" for c, d in zip(self.places, bare, strict=True))
        front = _common(self.front, bare)
        return Frame(front, _common(self.back[::-1], bare[len(front) :][::-1])[::-1], places)

    @property
    def fixed(self) -> int:
        """How many characters are shared."""
        return len(self.places.replace("X", "")) if self.places else len(self.front) + len(self.back)

    @property
    def holds(self) -> bool:
        """Whether the members are of one frame."""
        return bool(self.front or self.back or self.places)

    def shown(self, unit: str) -> str:
        """The frame as it is read (为X谋X, X感); `unit` (词, 句) names members that share their length alone."""
        pattern = re.sub("X+", "X", self.places) if self.places else f"{self.front}X{self.back}"
        return f"{len(self.places)}字{unit}" if pattern == "X" else pattern.replace(QUOTE, "“X”")


_LINK = re.compile(
    r"(?:不仅|不但|不只|而且|并且|同时|进而|甚至|[既又也还再并而且或])?(?:[一二三四五六七八九十]{1,2}[是要])?"
)
_LINKED = frozenset("不而并同进甚既又也还再且或一二三四五六七八九十")
_FIRST = re.compile(r"不仅|不但|不只|不是|既(?=[^是然定])|(?<![但于还就只可正总也不])是")
_SECOND = {"既": "又也", "不仅": "还也更而又", "不但": "还也更而又", "不只": "还也更而又", "不是": "而", "是": "还"}
_COUPLING = frozenset("又也还更而")
_ASIDE = re.compile(
    r"(?:证明|表明|显示|周知|来看|来说|而言|情况下|基础上|以来|期间|之[后前]|以后|过程中|为此|因此|同时|其中)$"
)
_DIGIT = re.compile(r"[0-9０-９%％〇]")
# Characters a member begins behind, and those that follow one: function words.
_BEFORE = frozenset("的了在把将对以要地是从为向和与让使得着有更做到于能去")
_BEHIND = frozenset("的等之得地上中下里就而去来也则时还并都在要是")
# Characters that govern a short item (对失密): one alone makes it another part of speech than its neighbour.
_GOVERNING = frozenset("对把将从为向以与")
# Characters that make words of one kind, at their front (更直接, 新需求) and at their end (获得感, 常态化).
_PREFIX = frozenset("更最不多新所各能敢善可有无再来去讲深对在微")
_SUFFIX = frozenset("感性化度点者差观位法力员率权制型式招用好学们")
# Characters that open clause after clause by themselves (把…，把…；让…，让…).
_ANAPHORA = frozenset("是把为让从用靠以向对能敢会更最不给被")
_NAMED = frozenset("省市州县区镇乡村部委局厅院所园站厂路会段河湖山级期一二三四五六七八九十")
"""Ends that names and numbers share: a list of them is a list and no construction."""
_VERBS = frozenset(re.findall(
    r"\w+",
    "加强 加快 加大 推进 推动 促进 扩大 适应 提高 提升 增强 强化 深化 优化 完善 健全 建立 建设 打造 培育 发展 发扬 "
    "坚持 实施 实行 开展 落实 保持 保障 维护 改善 改进 解决 增加 减少 支持 鼓励 引导 抓好 做好 搞好 办好 发挥 弘扬 "
    "牢记 践行 树立 树牢 倾听 凝聚 贯彻 执行 履行 参与 聚焦 围绕 统一 明确 压实 享受 拥有 走进 深入 了解 掌握 获得 "
    "赢得 简化 创新 巩固 拓展 构建 形成 实现 确保 防范 化解 管理 使用",
))  # fmt: skip


def _common(a: str, b: str) -> str:
    """What two texts begin with alike."""
    i, end = 0, min(len(a), len(b))
    while i < end and a[i] == b[i]:
        i += 1
    return a[:i]


def link_end(text: str) -> int:
    """Where a clause begins behind the word that ties it to the one before (又, 还, 而且, 二要)."""
    return _LINK.match(text).end() if text[:1] in _LINKED else 0  # type: ignore[union-attr]


def clauses_alike(a: str, b: str) -> Match | None:
    """Whether two clauses that stand side by side are members of a frame. Figures are facts and no frame."""
    if max(len(a), len(b)) > TOO_LONG:
        return None
    x, y = a[link_end(a) :], b[link_end(b) :]
    if len(x) < 2 or len(y) < 2 or x == y:
        return None
    balanced = len(y) <= LONGEST and -1 <= len(x) - len(y) <= 2 * len(y)
    if not balanced and y[0] not in x and x[-2:] != y[-2:] and b[0] not in _COUPLING:
        return None
    match = _coupled(a, b, y) or _taken_up(a, x, y) or _echoed(x, y) or (_balanced(a, x, y) if balanced else None)
    return None if match and (_DIGIT.search(x, match.lead) or _DIGIT.search(y)) else match


def _coupled(a: str, b: str, y: str) -> Match | None:
    """Clauses of 既…又…, 不仅…还…, 是…还是…: with one verb, or 既 alone."""
    if b[0] not in _COUPLING:
        return None
    first = _FIRST.search(a)
    if not first or b[0] not in _SECOND[first.group()]:
        return None
    shared = _common(a[first.end() :], y)
    if not shared and first.group() != "既":
        return None
    second = b[: len(b) - len(y)]
    return Match(first.start(), frame=f"{first.group()}{shared}X{second}{shared}X")


def _echoed(x: str, y: str) -> Match | None:
    """Clauses that begin or end with the same words."""
    if x[0] != y[0] and x[-2:] != y[-2:]:
        return None
    short, long = sorted((len(x), len(y)))
    if x[0] == y[0] and short > 2:
        if x[1] == y[1] and long <= 4 * short + 4 and x[:short] != y[:short]:
            return Match()
        if y[0] in _ANAPHORA and long <= 2 * short:
            return Match()
    if x[-2:] == y[-2:] and short > 2 and long <= min(24, 1.5 * short + 1):
        return Match() if x[-short:] != y[-short:] else None
    return None


def _taken_up(a: str, x: str, y: str) -> Match | None:
    """A clause that takes up the word by which the one before goes on behind its lead (要切实…体现在X，体现在Y)."""
    skipped = len(a) - len(x)
    if x[:2] == y[:2]:
        return None
    at = x.rfind(y[:2])
    rest = len(x) - at
    if at > 0 and rest >= 4 and len(y) <= 2 * rest and x[at:] != y:
        return Match(skipped + at) if at <= (16 if x[at + 2 : at + 3] == y[2:3] else 8) else None
    if y[0] in _ANAPHORA and (at := x.rfind(y[0])) > 0 and len(y) > 2:
        rest = len(x) - at
        if rest == len(y) < 6 or (at <= 5 and len(y) > 4 and abs(rest - len(y)) <= 3):
            return Match(skipped + at)
    return None


def _balanced(a: str, x: str, y: str) -> Match | None:
    """Clauses of one length and rhythm (对偶); the first may have a lead."""
    n, extra = len(y), len(x) - len(y)
    if n < 3 or _ASIDE.search(x):
        return None
    if extra > 0 and (n < 4 or x[extra - 1 : extra + 1] in ordinary_words()):
        return None
    whole = x[max(0, extra) :]
    same = _same(whole, y)
    if extra > 0:
        return Match(len(a) - n) if same > 1 and _rhythm(whole, y) else None
    if extra < 0:
        return Match() if same and 2 * _rhythm(whole, y) + same / 2 >= 1.5 else None
    if n < 8:
        return Match(sure=n == 4 or 2 * _rhythm(whole, y) + same / 2 >= 1.2)
    return Match() if same > 1 and _rhythm(whole, y) > (0 if n < 10 else 0.5) else Match(sure=False) if n == 8 else None


def items_alike(a: str, b: str, led: bool, trailed: bool, need: float) -> Match | None:
    """Whether two items of a list are members. `led`: the first may have a lead; `trailed`: the second a tail.

    `need` is what their borders and their likeness must come to: a border that is certain counts 1.
    """
    x = a if led or len(a) < 4 else a[link_end(a) :]
    y = b if len(b) < 4 else b[link_end(b) :]
    if min(len(x), len(y)) < 2 or max(len(a), len(b)) > TOO_LONG:
        return None
    cuts = _cuts(x, y, led, trailed) if led or trailed else {(len(x), len(y))}
    score, n, e = max(((_score(x, y, n, e), n, e) for n, e in cuts), default=(0, 0, 0))
    if score < need - 0.01:
        return None
    p, q = x[len(x) - n :], y[:e]
    if _DIGIT.search(p + q) or _ASIDE.search(q):
        return None
    sure = n != e or n == 4 or n == len(x) or _same(p, q) > 0 or _rhythm(p, q) > 0
    return Match(len(a) - n if n < len(x) else 0, len(y) - e, sure)


def _cuts(x: str, y: str, led: bool, trailed: bool) -> set[tuple[int, int]]:
    """Lengths that the two members may have: whole, cut beside a function word, or where they are alike."""
    whole_x, whole_y = len(x), len(y)
    lefts = [whole_x, *_left_cuts(x, y)] if led else [whole_x]
    rights = [whole_y, *_right_cuts(x, y)] if trailed else [whole_y]
    found = {(n, e) for n in lefts for e in rights if n == e or x[-n] == y[0] or x[-1] == y[e - 1]}
    if trailed:
        found.update((n, n) for n in lefts if n < whole_y and n <= LONGEST)
    if led:
        found.update((e, e) for e in rights if e < whole_x and e <= LONGEST)
    return found


def _left_cuts(x: str, y: str) -> list[int]:
    """Lengths of `x` behind a function word, and from where it begins as `y` does."""
    size, head = len(x), y[0]
    cuts = [size - i for i in range(max(1, size - LONGEST), size - 1) if x[i - 1] in _BEFORE or x[i] == head]
    if (at := x.rfind(y[:2])) > 0:
        cuts.append(size - at)
    return cuts


def _right_cuts(x: str, y: str) -> list[int]:
    """Lengths of `y` up to a function word, and to where it ends as `x` does."""
    cuts = [i for i in range(2, min(len(y), LONGEST + 1)) if y[i] in _BEHIND]
    if (at := y.find(x[-2:])) > 0:
        cuts.append(at + 2)
    if x[-1] in _SUFFIX and (at := y.find(x[-1], 1)) > 0:
        cuts.append(at + 1)
    return cuts


def _affix(p: str, q: str) -> float:
    """How far two items begin or end alike: 2 by a word, 3 by both, 1.5 by a productive character, 0 not at all."""
    short, long = sorted((len(p), len(q)))
    if p[:short] == q[:short] or p[-short:] == q[-short:]:
        return 2.0 if p == q and QUOTE in p else 0
    front, back = p[:2] == q[:2], p[-2:] == q[-2:] and p[-1] not in _NAMED
    if (front or back) and long <= 2.5 * short:
        return 3.0 if front and back else 2.0
    if long - short > 2 - (len(p) < 4):
        return 0
    return 1.5 if (p[0] == q[0] and p[0] in _PREFIX) or (p[-1] == q[-1] and p[-1] in _SUFFIX) else 0


def _score(x: str, y: str, n: int, e: int) -> float:
    """What the borders and the likeness of the last `n` characters of `x` and the first `e` of `y` come to."""
    p, q = x[len(x) - n :], y[:e]
    if n < 2 or e < 2 or (p == q and QUOTE not in p) or q[-1] in "等的之":
        return 0
    begins, ends = _border(x, len(x) - n, -1, _BEFORE), _border(y, e, 0, _BEHIND)
    if begins < 0 or ends <= 0:
        return 0
    score = begins + ends
    score += (affix := _affix(p, q))
    if n != e or n > LONGEST:
        return score if affix else 0
    same = _same(p, q)
    if not same and (n == 2 or n > 8 or _verb_and_noun(p[:2], q[:2])):
        return 0
    if (n < 4 and not affix and (p[0] in _GOVERNING) != (q[0] in _GOVERNING)) or (p[-1] == q[-1] and p[-1] in _NAMED):
        return 0
    whole = n == len(x) and n == len(y) and 2 < n < 9
    return score + min(same, 3) / 2 + 2 * _rhythm(p, q) + (n == 4) + 0.7 * whole


def _verb_and_noun(a: str, b: str) -> bool:
    """Whether just one of two words is a verb: 加强洪涝、地质灾害 are no members of one frame."""
    return (a in _VERBS) != (b in _VERBS) and a in ordinary_words() and b in ordinary_words()


def _border(text: str, i: int, side: int, marks: frozenset[str]) -> float:
    """How sure a member begins or ends at place `i`: 1 at the edge or beside a function word, less at a word's edge."""
    if i in (0, len(text)) or text[i + side] in marks:
        return 1
    words = ordinary_words()
    if (text[i - 2 : i] if side else text[i : i + 2]) in words:
        return 0.7
    return -1.5 if text[i - 1 : i + 1] in words else 0


def _same(a: str, b: str) -> int:
    """Characters that are equal in their places; a quotation in the same place counts twice."""
    return sum(map(str.__eq__, a, b)) + (QUOTE in a and a.find(QUOTE) == b.find(QUOTE))


def _rhythm(a: str, b: str) -> float:
    """The share of two texts that is covered by words in the same places."""
    words = ordinary_words()
    both = i = 0
    last = min(len(a), len(b)) - 1
    while i < last:
        step = 2 if a[i : i + 2] in words and b[i : i + 2] in words else 1
        both += step - 1
        i += step
    return 2 * both / len(a)
