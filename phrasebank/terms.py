"""Set expressions (提法): words and runs of words that a writer uses as one, with the years in which they were in use.

A run is scored by a logistic model over what `phrasebank.term_features` says of it; the weights, in `data/term_weights.txt`, were learnt
from terms that authors set in quotation marks, on texts without these marks (`tools/train_terms.py`). docs/terms.md has the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from phrasebank.gazetteer import find_places
from phrasebank.gramkeys import Longs
from phrasebank.grams import SEPARATOR, Counts, Cut
from phrasebank.model import Term
from phrasebank.segment import words
from phrasebank.term_features import Features, features
from phrasebank.wordlists import rows as table_rows

LIMIT, FEWEST, PER = 20_000, 1_000, 125
"""Terms ranked at most: one in so many words of the corpus between these bounds. Further down the list of a small one are plain words."""
RATE = 1e-6
"""A term stands at least this often a word of the corpus, and at least twice."""
FAR = 5.0
"""Deviations beyond which a number says nothing more."""
TASTE, DISLIKED, LIKED = 2.5, -0.4, 1.2
"""Weight of what readers think beside what authors quote, and between which bounds; a run liked enough is ranked by quotation alone."""
NESTED = 0.97
"""A run that stands this often with one and the same neighbour is a part of a longer one."""

_QUOTES = re.compile("[“”‘’《》〈〉「」『』\"]+")


@dataclass(frozen=True, slots=True)
class Model:
    """Two logistic models over the same numbers, in deviations from the mean: whether authors set a run in quotation marks (weights of
    each feature and of its square, with a base), and whether a reader takes it for one whole (taste, the same)."""

    names: tuple[str, ...]
    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]
    weights: NDArray[np.float64]
    squares: NDArray[np.float64]
    taste: NDArray[np.float64]
    taste_squares: NDArray[np.float64]
    base: float
    taste_base: float

    def lines(self, label: str) -> str:
        """The model as rows of text."""
        table = zip(self.names, self.mean, self.deviation, self.weights, self.squares, self.taste, self.taste_squares, strict=True)
        rows_ = "".join(f"{label}\t{name}\t" + "\t".join(f"{x:.5g}" for x in values) + "\n" for name, *values in table)
        return f"{label}\tbase\t0\t1\t{self.base:.5g}\t0\t{self.taste_base:.5g}\t0\n{rows_}"


def cut(texts: Iterable[str], year: int = 0) -> Cut:
    """The paragraphs of one document, cut into words; quotation marks and marks of titles off, since they hide what is beside them."""
    return Cut(year, SEPARATOR.join(words(_QUOTES.sub("", "\n".join(texts)))))


def least_for(size: int) -> int:
    """How often a term must stand in a corpus of `size` words."""
    return max(2, round(size * RATE))


def limit_for(size: int) -> int:
    """How many terms are ranked of a corpus of `size` words."""
    return min(LIMIT, max(FEWEST, size // PER))


def rank_terms(counts: Counts, limit: int | None = None, *, models: dict[str, Model] | None = None) -> tuple[Term, ...]:
    """The best terms, best first, each spelling once. A function of the counts alone, so of no partition and no order."""
    if not len(counts.keys):
        return ()
    limit = limit_for(counts.words) if limit is None else limit
    found = features(counts)
    scores = np.round(_scores(found, models or _models()), 4)
    places = found.grams[scores > -np.inf]
    scores = scores[scores > -np.inf]
    del found
    order = np.argsort(-scores, kind="stable")
    best = order[scores[order] >= scores[order[min(len(order), 3 * limit) - 1]]] if len(order) else order
    grams, kept = places[best], scores[best]
    texts = spellings(counts, grams)
    good = _wanted(texts)
    lower = (PLAIN * bool(_PLAIN.match(text)) for text in texts)
    table = zip(texts, lower, kept.tolist(), grams, good, strict=True)
    chosen = sorted((round(less - score, 4), text, -int(counts.times[gram]), gram) for text, less, score, gram, is_good in table if is_good)
    return tuple(_terms(counts, chosen, limit))


def spellings(counts: Counts, grams: Longs) -> list[str]:
    """Each gram as it is written."""
    vocabulary = (*counts.vocabulary, "")
    return ["".join(map(vocabulary.__getitem__, row)) for row in counts.grams[grams].tolist()]


def _terms(counts: Counts, chosen: Iterable[tuple[float, str, int, np.int64]], limit: int) -> Iterator[Term]:
    best: dict[str, tuple[float, np.int64]] = {}
    for score, text, _, gram in chosen:
        if len(best) < limit:
            best.setdefault(text, (score, gram))
    grams = np.array([gram for _, gram in best.values()], np.int64)
    bounds = (np.searchsorted(counts.row_gram, grams, side).tolist() for side in ("left", "right"))  # rows are in the order of grams
    for (text, (score, _)), times, low, high in zip(best.items(), counts.times[grams].tolist(), *bounds, strict=True):
        documents = counts.row_documents[low:high].tolist()
        years = zip(counts.row_year[low:high].tolist(), documents, strict=True)
        yield Term(text, times, sum(documents), -score, tuple(pair for pair in years if pair[0]))


def _scores(found: Features, models: dict[str, Model]) -> NDArray[np.float64]:
    """Of each gram; minus infinity for parts of longer ones."""
    scores = np.full(len(found.grams), -np.inf)
    whole = found.values["nested"] <= NESTED
    for name, group in found.groups().items():
        rows = np.flatnonzero(group & whole)
        quoted, liked = both_scores(found, models[name], rows)
        scores[rows] = quoted + TASTE * np.clip(liked, DISLIKED, LIKED)
    return scores


def both_scores(found: Features, model: Model, at: Longs) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of some grams, as logarithms of odds: that authors put it in quotation marks, that readers take it for one whole.

    Added up column by column, which takes little memory and gives the same bits on every machine.
    """
    quoted, whole = np.full(len(at), model.base), np.full(len(at), model.taste_base)
    for i, name in enumerate(model.names):
        z = np.clip((found.values[name][at] - model.mean[i]) / model.deviation[i], -FAR, FAR)
        quoted += z * (model.weights[i] + model.squares[i] * z)
        whole += z * (model.taste[i] + model.taste_squares[i] * z)
    return quoted, whole


@lru_cache
def _models() -> dict[str, Model]:
    models = {}
    for name in ("one", "run", "one_counted", "run_counted"):
        (_, _, *base), *table = (row for row in table_rows("term_weights") if row[0] == name)
        numbers = np.array([row[2:] for row in table], np.float64).T
        models[name] = Model(tuple(row[1] for row in table), *numbers, *map(float, (base[2], base[4])))
    return models


_N = "一二两三四五六七八九十百千万亿零〇几多数半0-9.%"
_UNITS = (
    "年代|年|月|日|天|周|季度|个|次|位|种|项|成|条|届|度|名|人|户|家|台|套|辆|件|吨|斤|公斤|亩|元|米|里|公里|倍|批|类|级|处|所|座|栋|张|只|头|株|部|册|份|期|"
    "场|场次|人次|例|段|层|轮|号|点|分|分之|千瓦|千瓦时|平方米|平方公里|立方米|美元|多|余|来|岁|周年|小时|分钟|大|些|样|面|下|切|起|队|片|口|棵|杯|对|团|村|县|市|省|镇|乡|区|校|企"
)
_MEASURES = "元|吨|千瓦|亩|人|户|家|人次|平方米|平方公里|立方米|公里|个|台|套|辆|件|张|只|头|株|斤|门|锭|伏|美元|箱|标|尾|羽|农村|农民"
_COUNTED = re.compile(f"(?!十[一二三四]?五$|[五六七八九]五$)第?[{_N}]+(?:{_UNITS})*(?:以上|以下|左右|内|多|余|间|来|初|底|末|中|前|后)?$")
_VAGUE = re.compile(
    f"(?:一些|一种|一批|多种|多项|多个|各类|一项|一个|这|那|第(?!一[^位名次批期轮个条])[{_N}]|近|每|几|一切|一定|十分|万多|[{_N}]*[0-9][{_N}]*(?!00强|强|G)(?:{_UNITS}|万|亿|千|百)"
    f"|[{_N}]*(?:亿|万)(?:{_MEASURES}))|[{_N}]+届|百分之[{_N}]+$|[{_N}]+点[{_N}]+$|.*(?:次全会|全会|[0-9][{_N}]*(?:位|名|年|月|日|元|家|个|项|条|人))"
)

_LOCAL = re.compile(
    "(?!母亲|护城|碧水|青山)[^一二三两四五六七八]{2}[河湖山江湾岭溪峡沟寺洲桥]$|.{2}(?:集团|高速|铁路|高铁|客专|新城|大桥|股份|机场)$"
    "|[一二三四五六七八九十]+[市县区][一二三四五六七八九十]*[市县区]?$|万.*人口|[一二三四五六七八九十]+、[一二三四五六七八九十、]+类?$|一.$|.*、[市省县区]$|万(?![里众象物无村企千家亩人])|[一二三四五六七八九十]+个[百千万]+亿|[一二三四五六七八九十](?:工程|行动|计划|项目|旅游)$|[一上]汽|以(?!.{3}$|.*[为促代带])"
)
"""Built like the name of a river, a hill, a company or a line, or a count of counties."""
_COUNTABLE = (
    "平台|工程|试点|环节|战略|中心|队伍|路网|行动|体系|基地|高地|功能|措施|举措|项目|领域|集群|产业集群|板块|方面|支柱|优势|重点|案例|城市|任务|机制|系统|要素|园区|片区|组团|规划"
)
_ANY_HEAD = "管理|监管|示范|发展|服务|改革|合作|建设|项目|具体|交易|训练|指挥|应用|调整|统一"
_ANY_TAIL = (
    "平台|基地|体系|制度|权限|水平|功能|机制|项目|企业|成果|规模|步伐|资金|政策|质量|计划|工程|系统|中心|办法|领域|任务|措施|工作|方案|标准|环境|能力"
)
_PLAIN = re.compile(
    f"(?:[{_N}]+[大项个条支佳]?(?:{_COUNTABLE})|(?:{_ANY_HEAD})(?:{_ANY_TAIL})|[^{_N}]{{2}}(?:[性型式]|水平|人数|问题|办法|额度|权限))$"
)
"""What may be counted by any number (四大体系, 六大基地), two of the commonest words (服务平台), a quality (包容性): whole, and yet
nothing that needs to be listed."""
PLAIN = 2.0
"""By how much such a run ranks lower."""
_NO_PLACE = frozenset(
    ("绿水青山", "金山银山", "绿水青山就是金山银山", "长三角", "珠三角", "港人治港", "一国两制、港人治港")
)
"""What only sounds like one (金山, 青山), or is a term nevertheless."""


def _wanted(texts: Sequence[str]) -> list[bool]:
    """Whether each is neither a figure, nor a vague count, nor names a place."""
    places = _with_places(texts)
    return [
        t in _NO_PLACE or not (i in places or _COUNTED.match(t) or _VAGUE.match(t) or _LOCAL.match(t))
        for i, t in enumerate(texts)
    ]


def _with_places(texts: Sequence[str]) -> set[int]:
    """Which of the texts name a place, looked through in one go."""
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    found = [start for start, _ in find_places("\n".join(texts) + "\n")]
    return set((np.searchsorted(starts, found, side="right") - 1).tolist())
