"""Counts of runs of words (n-grams), exact, in columns, and the same whatever way a corpus is divided.

The contract is that of frequent itemsets over partitions (Savasere, Omiecinski, Navathe 1995, «An Efficient Algorithm for
Mining Association Rules in Large Databases»). A gram must occur `least` times in the whole corpus. In the first round every
partition keeps the grams that reach their proportional share of `least`; whatever is frequent in the whole is so in some
partition, so the union of these candidates misses nothing. In the second round every partition counts all candidates, and
the counts are added. One partition needs one round.

Inside a partition grams are told apart by exact numbers, level by level, each level extending only what the level below
kept (Agrawal, Srikant 1994); between partitions by a 64-bit polynomial hash of the hashes of their words, which knows
nothing of any partition's vocabulary. One `numpy.sort` a level does the counting; no step of Python is taken for a gram.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from phrasebank.gramkeys import BASE, Keys, Longs, hashes, inverse_power, position

SEPARATOR = "\x1f"
"""Between the words of a cut text."""
LONGEST = 7
"""Words of the longest gram counted: the longest term has six, and a seventh tells what follows it."""
BREAK, JOINT = 0, 1
"""Numbers of two words in every vocabulary: any mark that ends a clause, a line or a text; the mark 、."""
_FIXED = ("", "、")

Ints = NDArray[np.int32]
Keep = Callable[[Keys, Longs], NDArray[np.bool_]]
"""Which grams to keep, by their keys and counts."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut into words: its year (0: not known) and its words with their marks, joined by `SEPARATOR`."""

    year: int
    words: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Counted grams, in the order of their keys.

    vocabulary: words, sorted behind the two fixed ones. grams: [k, LONGEST] numbers of words, -1 behind the last one.
    keys: [k] hashes. times: [k] occurrences. Rows, [m] each, in order: row_gram a gram without a mark at its ends, row_year
    a year, row_documents in how many texts of that year it stands. words: words of the corpus, marks not counted.
    """

    vocabulary: tuple[str, ...]
    grams: Ints
    keys: Keys
    times: Longs
    row_gram: Ints
    row_year: Ints
    row_documents: Ints
    words: int


@dataclass(frozen=True, slots=True)
class _Partition:
    """The words of a partition, one text after the other, a break around each; texts in the order of their years.

    words: [n] numbers; texts: [n] which text; years: [texts]; vocabulary and hashes: [v]."""

    words: Ints
    texts: Ints
    years: Ints
    vocabulary: tuple[str, ...]
    hashes: Keys


@dataclass(frozen=True, slots=True)
class _Level:
    """Grams of one length, [k] each, and rows of texts a year; `at` [n] says which gram begins at each word, -1 for none."""

    grams: Ints
    keys: Keys
    times: Longs
    row_gram: Ints
    row_year: Ints
    row_documents: Ints
    at: Ints


def count_grams(texts: Sequence[Cut], least: int = 1, candidates: Keys | None = None) -> Counts:
    """Counts of the grams of a partition: those that occur `least` times, or all of the sorted `candidates` that occur."""
    partition = _partition(texts)
    keep = _at_least(least) if candidates is None else _among(candidates)
    levels = [replace(level, at=level.at[:0]) for level in _levels(partition, keep)]  # places are large, and done with
    total = int(np.count_nonzero(partition.words > JOINT))
    return _canonical(_joined(levels, partition.vocabulary, total))


def count_keys(texts: Sequence[Cut], least: int = 1, candidates: Keys | None = None) -> tuple[Keys, Longs]:
    """The keys of what `count_grams` counts, sorted, and their counts: all that the first rounds need, in a third of the memory."""
    keep = _at_least(least) if candidates is None else _among(candidates)
    found = [(level.keys, level.times) for level in _levels(_partition(texts), keep, by_year=False)]
    keys, times = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.argsort(keys)
    return keys[order], times[order]


def share_of(least: int, part: int, whole: int) -> int:
    """The local share, at least 1, of a count that a gram must reach in the whole corpus."""
    return max(1, -(-least * part // max(1, whole)))


def candidate_keys(parts: Iterable[Keys]) -> Keys:
    """The union of the keys of several partitions, sorted."""
    return np.unique(np.concatenate([np.zeros(0, np.uint64), *parts]))


def merge_counts(parts: Sequence[Counts], least: int = 1) -> Counts:
    """The sum of counts, without what then occurs less than `least` times. Associative for `least` 1."""
    vocabulary = (*_FIXED, *sorted({word for part in parts for word in part.vocabulary[len(_FIXED) :]}))
    numbers = {word: i for i, word in enumerate(vocabulary)}
    keys, first, where = np.unique(
        np.concatenate([part.keys for part in parts]), return_index=True, return_inverse=True
    )
    grams = np.concatenate([_renumbered(part, numbers) for part in parts])[first]
    times = _added(where, np.concatenate([part.times for part in parts]), len(keys))
    offsets = np.cumsum([0, *(len(part.keys) for part in parts)])
    row_gram = where[np.concatenate([part.row_gram + at for part, at in zip(parts, offsets, strict=False)])]
    rows = _rows_added(row_gram, *(np.concatenate([getattr(p, name) for p in parts]) for name in ("row_year", "row_documents")))
    merged = Counts(vocabulary, grams, keys, times, *rows, sum(part.words for part in parts))
    return frequent(merged, least)


def frequent(counts: Counts, least: int) -> Counts:
    """Only the grams that occur `least` times, with the words they need."""
    lone_break = (counts.grams[:, 0] == BREAK) & (counts.grams[:, 1] < 0)
    return _canonical(_chosen(counts, (counts.times >= least) | lone_break))


def count_words(texts: Sequence[Cut]) -> int:
    """Words of several texts, marks not counted: what `least` is a share of."""
    total = 0
    for batch in _batches(texts):
        _, codes, starts, ends = _tokens(batch)
        some = codes[np.minimum(starts, len(codes) - 1)][ends > starts]
        letters, times = np.unique(some, return_counts=True)
        total += int(times[[chr(code).isalnum() for code in letters.tolist()]].sum())
        total += int(np.count_nonzero((ends - starts == 1) & (codes[np.minimum(starts, len(codes) - 1)] == ord("+"))))
    return total


BATCH = 1 << 20
"""Characters of texts that are told into words at a time."""


def _batches(texts: Sequence[Cut]) -> Iterable[list[Cut]]:
    batch, size = [], 0
    for text in texts:
        batch.append(text)
        size += len(text.words)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _tokens(batch: Sequence[Cut]) -> tuple[str, Ints, Longs, Longs]:
    """Some texts as one string, with a break behind each; its characters as numbers; where each token starts and ends."""
    joined = "".join(f"{text.words}{SEPARATOR}\n{SEPARATOR}" for text in batch)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int32)
    ends = np.flatnonzero(codes == ord(SEPARATOR))
    return joined, codes, np.append(0, ends[:-1] + 1), ends


def _partition(texts: Sequence[Cut]) -> _Partition:
    ordered = sorted(texts, key=lambda text: text.year)
    raw: dict[str, int] = {"\n": 0}
    parts = [(np.zeros(1, np.int32), np.ones(1, np.int32)), *(_numbers(batch, raw) for batch in _batches(ordered))]
    words, each = (np.concatenate(part) for part in zip(*parts, strict=True))
    del parts
    years = np.fromiter((text.year for text in ordered), np.int32)
    texts_of = np.repeat(np.maximum(np.arange(len(each), dtype=np.int32) - 1, 0), each)
    vocabulary = (*_FIXED, *sorted(word for word in raw if is_word(word)))
    numbers = {word: i for i, word in enumerate(vocabulary)}
    words = np.fromiter((numbers.get(word, BREAK) for word in raw), np.int32, len(raw))[words]
    once = np.ones(len(words), bool)
    once[1:] = (words[1:] != BREAK) | (words[:-1] != BREAK)
    return _Partition(words[once], texts_of[once], years, vocabulary, hashes(vocabulary))


def _numbers(batch: Sequence[Cut], raw: dict[str, int]) -> tuple[Ints, Ints]:
    """The number of each token, in the order in which they are first met (new ones are put into `raw`), and the tokens a text.

    Tokens are told apart by 64-bit hashes of their characters, so that each spelling is made and looked up once, not each token.
    """
    joined, codes, starts, ends = _tokens(batch)
    powers = np.cumprod(np.full(len(codes), BASE, np.uint64), dtype=np.uint64)
    sums = np.cumsum((codes.astype(np.uint64) + np.uint64(1)) * powers, dtype=np.uint64)
    hashed = sums[ends - 1] - np.where(starts > 0, sums[starts - 1], np.uint64(0))
    hashed[starts == ends] = 0
    hashed *= np.cumprod(np.full(len(codes), inverse_power(), np.uint64), dtype=np.uint64)[starts]
    _, first, where = np.unique(hashed, return_index=True, return_inverse=True)
    spelled = [joined[low:high] for low, high in zip(starts[first].tolist(), ends[first].tolist(), strict=True)]
    found = np.fromiter((raw.setdefault(token, len(raw)) for token in spelled), np.int32, len(spelled))
    lengths = np.cumsum([len(text.words) + 3 for text in batch])
    return found[where], np.diff(np.searchsorted(ends, lengths), prepend=0).astype(np.int32)


def is_word(word: str) -> bool:
    """Whether a token is a word or a figure, and no mark: 河长, 2035, 5G, +."""
    return word[:1].isalnum() or word == "+"


def _at_least(least: int) -> Keep:
    return lambda keys, times: times >= least


def _among(candidates: Keys) -> Keep:
    return lambda keys, times: position(candidates, keys) >= 0


def _levels(partition: _Partition, keep: Keep, *, by_year: bool = True) -> Iterable[_Level]:
    level: _Level | None = _first_level(partition, keep, by_year)
    for length in range(2, LONGEST + 2):
        if level is None:
            return
        yield level
        level = _next_level(partition, level, length, keep, by_year) if length <= LONGEST else None


def _first_level(partition: _Partition, keep: Keep, by_year: bool) -> _Level:
    empty = np.full((1, 0), 0, np.int32)
    at = np.zeros(len(partition.words), np.int32)
    return _level(partition, np.arange(len(at), dtype=np.int32), empty, np.zeros(1, np.uint64), at, 1, keep, by_year)


def _next_level(partition: _Partition, below: _Level, length: int, keep: Keep, by_year: bool) -> _Level | None:
    """Grams one word longer than those below, both of whose parts are kept; a break stands only at an end."""
    at, inner = below.at, partition.words[length - 2 :]
    open_ = (at[:-1] >= 0) & (at[1:] >= 0)
    if length > 2:
        open_[: len(inner)] &= inner[: len(open_)] != BREAK
    starts = np.flatnonzero(open_[: len(at) - length + 1]).astype(np.int32)
    return _level(partition, starts, below.grams, below.keys, at, length, keep, by_year) if len(starts) else None


def _level(  # noqa: PLR0917 - the state of one step
    partition: _Partition, starts: Ints, grams: Ints, keys: Keys, at: Ints, length: int, keep: Keep, by_year: bool
) -> _Level:
    """Counts the grams that begin at `starts`, each told by the gram below (`at`, one word shorter) and its last word; without their
    words and rows of texts a year unless `by_year`."""
    order, firsts = _sorted_groups(partition, starts, at, length)
    times = np.diff(np.append(firsts, len(order)))
    sample = starts[order[firsts]]
    parent, last = at[sample], partition.words[sample + length - 1]
    hashed = keys[parent] * BASE + partition.hashes[last]
    kept = keep(hashed, times)
    kept |= (length == 1) & (last == BREAK)
    places = starts[order[np.repeat(kept, times)]]
    del order, firsts
    parent, last, hashed, inside, times = parent[kept], last[kept], hashed[kept], partition.words[sample[kept]] > JOINT, times[kept]
    spread = np.repeat(np.arange(len(times), dtype=np.int32), times)
    begins = np.full(len(at), -1, np.int32)
    begins[places] = spread
    if not by_year:
        none = np.zeros(0, np.int32)
        return _Level(np.zeros((len(times), 0), np.int32), hashed, times, none, none, none, begins)
    inside = np.repeat(inside & (last > JOINT), times)
    rows = _rows(partition, places[inside], spread[inside])
    found = np.concatenate([grams[parent], last[:, None]], axis=1)
    return _Level(found, hashed, times, *rows, begins)


PACKED = 64
"""Bits of the numbers that are sorted."""


def _sorted_groups(partition: _Partition, starts: Ints, at: Ints, length: int) -> tuple[Ints, Longs]:
    """The starts in the order of their grams and, within a gram, of the text; and where each gram begins in that order.

    One sort of numbers made of gram, last word and place. Where they do not fit together into 64 bits, the place stays out and
    the sort is a stable one, which takes longer.
    """
    size, low = len(partition.vocabulary), max(1, len(starts)).bit_length()
    values = at[starts].astype(np.uint64)
    values *= np.uint64(size)
    values += partition.words[starts + (length - 1)].astype(np.uint64)
    if int(values.max(initial=0)).bit_length() + low > PACKED:
        order = np.argsort(values, kind="stable").astype(np.int32)
        values = values[order]
    else:
        values <<= np.uint64(low)
        values |= np.arange(len(starts), dtype=np.uint64)
        values.sort()
        order = (values & np.uint64((1 << low) - 1)).astype(np.int32)
        values >>= np.uint64(low)
    new = np.ones(len(values), bool)
    new[1:] = values[1:] != values[:-1]
    return order, np.flatnonzero(new)


def _rows(partition: _Partition, places: Ints, gram: Ints) -> tuple[Ints, Ints, Ints]:
    """Texts a year of each gram. Texts are in the order of their years, so equal pairs stand together."""
    text = partition.texts[places]
    new = np.ones(len(gram), bool)
    new[1:] = (gram[1:] != gram[:-1]) | (text[1:] != text[:-1])
    gram, year = gram[new], partition.years[text[new]]
    first = np.ones(len(gram), bool)
    first[1:] = (gram[1:] != gram[:-1]) | (year[1:] != year[:-1])
    firsts = np.flatnonzero(first)
    return gram[firsts], year[firsts], np.diff(np.append(firsts, len(gram))).astype(np.int32)


def _rows_added(gram: NDArray[np.integer], year: Ints, documents: Ints) -> tuple[Ints, Ints, Ints]:
    """Rows of the same gram and year as one, in order."""
    pair = (gram.astype(np.int64) << 32) | year.astype(np.int64)
    if len(pair) and (pair[1:] < pair[:-1]).any():
        order = np.argsort(pair, kind="stable")
        pair, documents = pair[order], documents[order]
    new = np.ones(len(pair), bool)
    new[1:] = pair[1:] != pair[:-1]
    firsts = np.flatnonzero(new)
    summed = np.add.reduceat(documents, firsts) if len(firsts) else documents
    return (pair[firsts] >> 32).astype(np.int32), (pair[firsts] & 0xFFFFFFFF).astype(np.int32), summed.astype(np.int32)


def _added(where: Longs, values: Longs, size: int) -> Longs:
    total = np.zeros(size, np.int64)
    np.add.at(total, where, values)
    return total


def _joined(levels: Sequence[_Level], vocabulary: tuple[str, ...], words: int) -> Counts:
    """All levels under one another."""
    wide = [np.pad(x.grams, ((0, 0), (0, LONGEST - x.grams.shape[1])), constant_values=-1) for x in levels]
    offsets = np.cumsum([0, *(len(x.keys) for x in levels)])[:-1]
    return Counts(
        vocabulary,
        np.concatenate(wide),
        np.concatenate([x.keys for x in levels]),
        np.concatenate([x.times for x in levels]),
        np.concatenate([x.row_gram + np.int32(at) for x, at in zip(levels, offsets, strict=True)]),
        np.concatenate([x.row_year for x in levels]),
        np.concatenate([x.row_documents for x in levels]),
        words,
    )


def _canonical(counts: Counts) -> Counts:
    """Grams by key, rows by gram and year, only words in use: the one form of these counts. Rows come in the order of grams."""
    order = np.argsort(counts.keys, kind="stable")
    many = np.bincount(counts.row_gram, minlength=len(order))
    begins = np.cumsum(many) - many
    many = many[order]
    row = np.repeat(begins[order] - (np.cumsum(many) - many), many) + np.arange(len(counts.row_gram))
    rows = np.repeat(np.arange(len(order), dtype=np.int32), many), counts.row_year[row], counts.row_documents[row]
    grams, times = counts.grams[order], counts.times[order]
    times[(grams[:, 0] == BREAK) & (grams[:, 1] < 0)] = 1  # breaks of their own have no count: partitions differ in them
    used = np.zeros(len(counts.vocabulary) + 1, bool)
    used[: len(_FIXED)] = True
    used[grams] = True
    used[-1] = False
    number = np.append(np.cumsum(used[:-1]) - 1, -1).astype(np.int32)
    vocabulary = tuple(word for word, kept in zip(counts.vocabulary, used, strict=False) if kept)
    return Counts(vocabulary, number[grams], counts.keys[order], times, *rows, counts.words)


def _chosen(counts: Counts, kept: NDArray[np.bool_]) -> Counts:
    rows = kept[counts.row_gram]
    number = np.cumsum(kept) - 1
    return Counts(
        counts.vocabulary, counts.grams[kept], counts.keys[kept], counts.times[kept],
        number[counts.row_gram[rows]].astype(np.int32), counts.row_year[rows], counts.row_documents[rows], counts.words,
    )  # fmt: skip


def _renumbered(part: Counts, numbers: dict[str, int]) -> Ints:
    table = np.fromiter((*(numbers[word] for word in part.vocabulary), -1), np.int32)
    return table[part.grams]
