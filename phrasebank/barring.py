"""What keeps a wording from being offered: tests in order of gravity, each asked only of wordings that have its signs."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from phrasebank.generalise import Belongings, has_figure
from phrasebank.levels import bound_to, ranked_words
from phrasebank.model import MARKS, Kind, Sentence
from phrasebank.scan import any_of
from phrasebank.sieve import Sieve
from phrasebank.slots import plain

LENGTHS: dict[Kind, tuple[int, int]] = {"sentence": (10, 120), "heading": (4, 40), "set": (8, 240), "pair": (8, 40), "frame": (2, 40),
                                     "run": (20, 240), "paragraph": (20, 260)}  # fmt: skip
"""Characters a wording must have to be offered; shorter sentences are exclamations, longer ones whole paragraphs."""

FORMULA_SHARE = 0.6
"""Share of a wording that formula words may cover before it counts as saying nothing."""

_DANGLING = re.compile(
    r"^(这|此|其(?!他)|该|它|他们?|她们?|那|对此|为此|因此|所以|但|然而|不过|而(?!是)|同时|另外|此外|与此同时|可见|另一方面"
    r"|其次|再次|最后|第[一二三四五六七八九十]|[一二三四五六七八九十]{1,2}[是要]|（|则|就是说|否则|于是|答案是|难在|难道"
    r"|后来(?!居上)|结果[，是]|由此|久而久之|一来二去|反过来|前者|后者|两者|二者|随后|随即|从此|打那|当时|再?比如|例如|更(?:重要|要紧|难得|可贵|可怕)的是|接着)"
    r"|^.{0,6}(?:这种|这些|这样|上述|以上所)|^[^，。]{1,12}也(?:一样|是如此|是这样|不例外)|^[^，。]{0,10}[这那](?:块|位|户|家|张|座|盏)|^(?:起初|讲到第|头一晚|第二天|几天后|事后|当晚|临走|从那以后)"
)
_COUNT = re.compile(
    r"[一二两三四五六七八九十几]个?(?:方面|点(?:体会|认识|意见|打算|感受|要求|想法|看法)|条(?:意见|要求|措施)|层意思)"
)
_SPOKEN = re.compile(
    r"(?:指出|强调|曾说过?|说过|要求|写道|有言|曾言|讲过|告诫|云|曰|》讲|》说|》里讲|》里说)[，：]?“|^“[^“”]{8,}”[。！？]?$"
    r"|》里?(?:有|的)?(?:句话|名言)"
)
_DATED = re.compile(r"主题教育|教育实践活动|脱贫攻坚(?!成果)|围绕“[^“”]{6,}”|“[^“”]{8,}”这[一个]?个?主题|正在(?:深入)?开展")
_FORMULA = any_of(re.findall(r"\w+", (
    "高度重视|切实|进一步|不断|扎实|深入|持续|全面|着力|大力|积极|认真|坚持|坚定|始终|有效|有力|推动|促进|提升|提高|增强|强化|加强|深化"
    "|落实|认识|意识|自觉|担当|使命|责任感|工作|水平|能力|质量|成效|发展|要求|统筹|协调|精神|思想|作风|态度|信心|决心"
)))  # fmt: skip

_REGION = re.compile(
    r"全[疆闽桂渝琼]|[治援稳兴强富驻][疆闽桂穗渝]|[桂闽疆][东西南北]|闽台|兵地|成渝|川渝|八[桂闽]|巴渝|三晋|燕赵|齐鲁|荆楚|潇湘|陇原|三秦|岭南|江淮"
    r"|海峡两岸|.籍(?:运动员|企业家)"
)
"""Regions by old or joined names and signs, which no list of places has."""
_LEVELLED = re.compile(r"全[省市县州盟旗](?![域民长])|自治[区州县]|[省市县区州][一二三四五六七八九十]{1,3}届|首府")
"""Words of a rank that were no slot: those of another rank than the speaker's."""


_ONES = "一二三四五六七八九十"
FIGURE, REGION, RANK = (1 << n for n in range(3))
SPOKEN, DATED, COUNT, LEANING, BRACES, SLOTTED, HALF = (1 << n for n in range(7))


@lru_cache
def bare_signs(level: str | None) -> Sieve:
    """Signs of a wording without its slots: of figures, of regions, of organs and words of a rank."""
    regions = [f"全{x}" for x in "疆闽桂渝琼"] + [f"{x}{y}" for x in "治援稳兴强富驻" for y in "疆闽桂穗渝"]
    regions += [f"{x}{y}" for x in "桂闽疆" for y in "东西南北"] + ["八桂", "八闽", "籍运", "籍企"]
    regions += ["闽台", "兵地", "成渝", "川渝", "巴渝", "三晋", "燕赵", "齐鲁", "荆楚", "潇湘", "陇原", "三秦", "岭南", "江淮", "海峡"]
    ranks = [f"全{x}" for x in "省市县州盟旗"] + [f"{x}届" for x in _ONES] + ["自治", "首府", *ranked_words(level)]
    return Sieve([[*"0123456789０１２３４５６７８９%％‰", "百分"], regions, ranks])


@lru_cache
def text_signs() -> Sieve:
    """Signs of a wording as it was written: of words spoken, of one meeting, of counts, of what leans on text before it; braces; what
    becomes a slot, level words aside; marks of half width."""
    leaning = ["这种", "这些", "这样", "上述", "以上", "也一", "也是", "也不"] + [x + y for x in "这那" for y in "块位户家张座盏"]
    counts = ["方面", "点体", "点认", "点意", "点打", "点感", "点要", "点想", "点看", "条意", "条要", "条措", "层意"]
    dated = ["主题", "教育", "脱贫", "围绕", "”这", "正在"]
    slotted = [*"〔0123456789０１２３４５６７８９", "作为"]
    return Sieve([["“", "》"], dated, counts, leaning, ["{", "}"], slotted, [*",;:?!()"]])


_OPENS = frozenset(
    "这此其该它他她那对为因所但然不而同另与可再最第一二三四五六七八九十（则就否于答难后结由久反前两随从打当比例更接起讲头几事晚临"
)
"""Characters that what leans on the text before it may begin with."""


class Wording(NamedTuple):
    """What is asked about before a wording is offered: `bare` is the template without slots, `told` the names and long figures in
    that, `names` those it would smuggle in; signs of the text (`text_signs`) and of the bare template (`bare_signs`)."""

    text: str
    template: str
    bare: str
    letters: str
    kind: Kind
    sentence: Sentence
    told: list[str]
    names: tuple[str, ...]
    level: str | None
    belongings: Belongings
    signs: int
    bare_signs: int

    @property
    def alone(self) -> bool:
        """Whether it is a whole sentence of running text."""
        return self.kind == "sentence" and self.sentence.role != "heading"


def reason_of(wording: Wording) -> str:
    """Why a wording is not offered, the gravest reason first; empty when it is."""
    for reason, found in _TESTS:
        if found(wording):
            return reason
    return ""


def ranked(bare: str, level: str | None) -> bool:
    """Whether a wording names what only one rank has."""
    return bound_to(bare, level) or _LEVELLED.search(bare) is not None


def _says_nothing(wording: Wording) -> bool:
    """Whether a wording is a chain of formulas: more than `FORMULA_SHARE` of it are formula words, and it has no blank."""
    if "{blank" in wording.template:
        return False
    bare = wording.letters if wording.template == wording.text else MARKS.sub("", plain(wording.template))
    covered = sum(map(len, _FORMULA.findall(bare)))
    return bool(bare) and covered > FORMULA_SHARE * len(bare)


def _quoted(wording: Wording) -> bool:
    spoken = wording.signs & SPOKEN and _SPOKEN.search(wording.text)
    return bool(spoken) or wording.belongings.quoted_in(wording.sentence.text)


def _counts(wording: Wording) -> bool:
    if wording.bare_signs & FIGURE and has_figure(wording.bare):
        return True
    return wording.belongings.counted_in(wording.bare, wording.sentence.line, wording.told)


_DONE_BY = re.compile(r"〔待填：时间[^〕]*〕(?:[以之]?[前内后]|起)?+[^，。；：我把请由]{1,5}[，。；]")
"""A day and what is done by then, but not what it is done to: 〔…〕前接通，."""


def _dangles(wording: Wording) -> bool:
    if wording.alone and wording.text.startswith("〔") and _DONE_BY.match(wording.text):
        return True
    leans = wording.signs & LEANING or wording.text[:1] in _OPENS
    return bool(wording.alone and leans and _DANGLING.match(wording.text))


_TESTS: tuple[tuple[str, Callable[[Wording], object]], ...] = (
    ("damaged", lambda w: w.sentence.damaged or (w.signs & BRACES)),
    ("refuted", lambda w: w.sentence.polarity == "refuted"),
    ("names", lambda w: w.names or (w.bare_signs & REGION and _REGION.search(w.bare))),
    ("quotation", _quoted),
    ("figures", _counts),
    ("dated", lambda w: w.signs & DATED and _DATED.search(w.text)),
    ("rank", lambda w: w.bare_signs & RANK and ranked(w.bare, w.level)),
    ("count", lambda w: w.signs & COUNT and w.sentence.role != "heading" and _COUNT.search(w.text)),
    ("dangling", _dangles),
    ("length", lambda w: not _fits(w.text, "heading" if w.sentence.role == "heading" else w.kind)),
    ("empty", lambda w: w.alone and _says_nothing(w)),
)
"""What keeps a wording from being offered, the gravest first."""


def _fits(text: str, kind: Kind) -> bool:
    low, high = LENGTHS[kind]
    return low <= len(text) <= high
