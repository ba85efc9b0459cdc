"""Set expressions: runs of two to four words that stand together far more often than chance would have it.

The score is normalised pointwise mutual information times the logarithm of the document frequency
(Bouma 2009, «Normalized (Pointwise) Mutual Information in Collocation Extraction»).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from phrasebank.bank import Term

Gram = tuple[str, ...]


def count_grams(sentences: Iterable[Sequence[str]]) -> Counter[Gram]:
    """Counts of runs of one to four words within a sentence; words that are not Han break a run."""
    counts: Counter[Gram] = Counter()
    for words in sentences:
        for i in range(len(words)):
            for n in range(1, 5):
                gram = tuple(words[i : i + n])
                if len(gram) < n or not _is_han(gram[-1]):
                    break
                counts[gram] += 1
    return counts


def rank_terms(counts: Counter[Gram], documents: Counter[Gram], limit: int = 5000) -> tuple[Term, ...]:
    """The best `limit` runs that occur at least twice, best first."""
    total = sum(n for gram, n in counts.items() if len(gram) == 1) or 1
    terms = []
    for gram, count in counts.items():
        if len(gram) > 1 and count > 1 and len(gram[0]) > 1 and len(gram[-1]) > 1:
            chance = sum(math.log(counts[word,] / total) for word in gram)
            cohesion = (math.log(count / total) - chance) / (-math.log(count / total) * (len(gram) - 1))
            terms.append(Term("".join(gram), count, documents[gram], round(cohesion * math.log1p(documents[gram]), 6)))
    return tuple(sorted(_unique(terms), key=lambda t: (-t.score, t.text))[:limit])


def _unique(terms: Iterable[Term]) -> Iterable[Term]:
    """One term a spelling: runs cut differently may read the same."""
    best: dict[str, Term] = {}
    for term in terms:
        if term.text not in best or best[term.text].score < term.score:
            best[term.text] = term
    return best.values()


def _is_han(word: str) -> bool:
    return "\u4e00" <= word[0] <= "\u9fff"
