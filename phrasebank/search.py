"""Search in one bank or in several stacked ones.

A bank's index gives the best phrases that fit, in the order of their quality; the first `POOL` of them are ranked by how well they
fit what was asked, and spread so that neighbours do not say the same, open alike or come from one text (`phrasebank.variety`).
Phrases that the user pinned, edited or wrote himself are few and are looked at one by one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from phrasebank.bank import Bank
from phrasebank.contents import Curation, joined
from phrasebank.curation import Decided
from phrasebank.model import Phrase
from phrasebank.pinyin import SPELLED, spelled
from phrasebank.ranking import worth
from phrasebank.tokens import PROPERTIES, property_token, property_tokens, runs, word_tokens
from phrasebank.variety import Candidate, spread

POOL = 40
"""Phrases that are ranked by fit and spread; those after them come in the order of their quality."""
SCANNED = 20_000
"""Phrases looked at for a wording that the index knows only by its pairs of characters, the best first."""
Row = tuple[int, str, int, "int | None", str, "int | None"]
"""A phrase as far as ranking looks at it: row, wording, documents, last year, kind, number of a document it stands in."""

_AMONG = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. Empty fields do not restrict; `words` are typed fragments, separated by spaces: characters, or pinyin
    by initials or syllables. `kind` is one of `model.KINDS`, `tag` a tag of the user's."""

    words: str = ""
    role: str = ""
    theme: str = ""
    facet: str = ""
    genre: str = ""
    polarity: str = ""
    kind: str = ""
    level: str = ""
    tag: str = ""

    def properties(self) -> list[str]:
        """The index tokens of the properties asked for."""
        return [property_token(key, value) for key in PROPERTIES if (value := getattr(self, key))]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found; `score` falls from 1 with its rank; `own` tells the user's banks from the built-in one."""

    phrase: Phrase
    score: float
    own: bool
    pinned: bool = False
    tags: tuple[str, ...] = ()


class Stack:
    """Banks in order of precedence: the user's own first, the built-in one last (`builtin`), which fills what they lack."""

    def __init__(self, own: Sequence[Bank] = (), builtin: Bank | None = None) -> None:
        self.banks: tuple[tuple[Bank, bool], ...] = tuple((bank, True) for bank in own)
        if builtin is not None:
            self.banks += ((builtin, False),)
        self._cells: dict[tuple[Query, int], tuple[Hit, ...]] = {}
        self._versions: tuple[int, ...] = ()
        self.state()

    def take(self, other: Stack) -> None:
        """Goes on with the banks of another stack: one was made or mined anew."""
        self.banks, self._cells, self._versions = other.banks, {}, ()
        self.state()

    def learn(self, other: Stack, then: tuple[int, ...]) -> bool:
        """Takes over what another stack on the same banks has found, if they are as they were `then` (`state`)."""
        if same := self.state() == then:
            self._cells |= other._cells
        return same

    def search(self, query: Query, limit: int = 20) -> tuple[Hit, ...]:
        """At most `limit` phrases, best first: what is pinned, the user's banks before the built-in one, each wording once. What the
        user hid in any of his banks is not offered from any. Asking for more does not change the first ones."""
        self.state()
        if (query, limit) not in self._cells:
            self._cells[query, limit] = self._search(query, limit)
        return self._cells[query, limit]

    def asked(self) -> tuple[Query, ...]:
        """What has been looked for since the banks were changed last."""
        return tuple(query for query, _ in self._cells)

    def state(self) -> tuple[int, ...]:
        """Numbers that change when anything is written into one of the banks."""
        versions = tuple(bank.version() for bank, _ in self.banks)
        if versions != self._versions:
            self._cells, self._versions = {}, versions
            self._share()
        return versions

    def _share(self) -> None:
        """Tells every bank what the user decided in those before it: his own bank may speak of phrases of the built-in one."""
        before = Curation()
        for bank, own in self.banks:
            if bank.also != before:
                bank.also = before
            if own:
                before = joined((before, replace(bank.curation(), own=())))

    def by_id(self, phrase_id: str) -> Phrase | None:
        """The phrase of that id in the first bank that has it."""
        return next((phrase for bank, _ in self.banks if (phrase := bank.by_id(phrase_id))), None)

    def wordings(self, file: str) -> tuple[str, ...]:
        """Every sentence the banks keep of a document, offered or not."""
        return tuple(text for bank, _ in self.banks for text in bank.wordings(file))

    def _search(self, query: Query, limit: int) -> tuple[Hit, ...]:
        banks = [(bank, own, bank.decided) for bank, own in self.banks]
        hidden = frozenset(id_ for _, own, known in banks if own for id_ in known.hidden | known.waiting_hidden)
        found: dict[str, Hit] = {}
        for bank, own, known in banks:
            for rank, phrase in enumerate(_Search(bank, query, known, hidden).best(limit)):
                hit = Hit(phrase, 1 / (1 + rank / 10), own, phrase.id in known.pinned, known.tags_of(phrase.id))
                found.setdefault(phrase.id, hit)
        return tuple(sorted(found.values(), key=lambda hit: not hit.pinned)[:limit])


@dataclass(frozen=True)
class _Search:
    """One question to one bank."""

    bank: Bank
    query: Query
    decided: Decided
    hidden: frozenset[str]

    def best(self, limit: int) -> list[Phrase]:
        """At most `limit` phrases: pinned ones, the user's own, then the mined ones by rank."""
        known = self.decided
        chosen = [phrase for phrase in self._looked_at if phrase.id in known.pinned or phrase.id in known.own]
        chosen.sort(key=lambda phrase: (phrase.id not in known.pinned, known.rows.get(phrase.id, 0), phrase.id))
        rows = self._ranked(limit)[: max(limit - len(chosen), 0)]
        place = {rowid: at for at, rowid in enumerate(rows)}
        mined = sorted(zip(sorted(rows), self.bank.by_rows(rows), strict=True), key=lambda pair: place[pair[0]])
        return [*chosen, *(phrase for _, phrase in mined)][:limit]

    @cached_property
    def _looked_at(self) -> list[Phrase]:
        """The phrases the user pinned, edited or wrote, as far as they fit."""
        known = self.decided
        phrases = [*self.bank.by_rows(self._special_rows), *map(self.bank.edited, known.own.values())]
        return [phrase for phrase in phrases if self._fits(phrase)]

    @cached_property
    def _special_rows(self) -> list[int]:
        """The rows of phrases that are looked at one by one."""
        known = self.decided
        return sorted(known.rows[id_] for id_ in {*known.pinned, *known.edits} if id_ in known.rows)

    def _fits(self, phrase: Phrase) -> bool:
        if phrase.reason or phrase.id in self.hidden or phrase.id in self.decided.hidden:
            return False
        tagged = not self.query.tag or phrase.id in self.decided.tags.get(self.query.tag, ())
        return tagged and set(self.query.properties()) <= set(property_tokens(phrase)) and self._holds(phrase.text)

    def _holds(self, text: str) -> bool:
        text = text.lower()
        return all(any(wording in text for wording in fragment) for fragment in self._fragments)

    @cached_property
    def _fragments(self) -> list[tuple[str, ...]]:
        """For each typed fragment the wordings it may stand for: itself, or what its pinyin spells."""
        return [self._wordings(fragment) for fragment in self.query.words.lower().split()]

    def _wordings(self, fragment: str) -> tuple[str, ...]:
        latin = [run for run in runs(fragment) if run.isascii()]
        if not latin or not self._fresh(latin):
            return (fragment,)
        return spelled(fragment, self._pairs) or (fragment,)

    def _fresh(self, latin: Sequence[str]) -> bool:
        """Whether some Latin stretch is no word of the bank, so that it may be pinyin."""
        sql = "SELECT 1 FROM phrase_index WHERE phrase_index MATCH ? LIMIT 1"
        return any(not self.bank.rows(sql, (f'"{run}"',)) for run in latin)

    def _pairs(self, initials: str, first: str, second: str) -> list[tuple[str, int]]:
        sql = """SELECT pair, uses FROM pinyin WHERE initials = ?1 AND (?2 = '' OR instr(?2, substr(pair, 1, 1)))
                 AND (?3 = '' OR instr(?3, substr(pair, 2, 1))) ORDER BY uses DESC, pair LIMIT 400"""
        return self.bank.rows(sql, (initials, first, second))

    # ------------------------------------------------------------ mined phrases
    def _ranked(self, limit: int) -> list[int]:
        """Rows of mined phrases: those of the pool by rank, then as many as are asked for in the order of quality."""
        rows = self._rows(max(limit, POOL))
        edited = [(self.decided.rows[p.id], p) for p in self._looked_at if p.id in self.decided.edits and p.id not in self.decided.pinned]
        rows = sorted([*rows, *((rowid, p.text, p.documents, p.years and p.years[1], p.kind, None) for rowid, p in edited if rowid)])
        pool = [self._candidate(row) for row in rows[:POOL]]
        return [*spread(pool), *(row[0] for row in rows[POOL:])]

    def _candidate(self, row: Row) -> Candidate:
        rowid, text, documents, year, kind, source = row
        quality = worth(documents, year, self.bank.newest_year, len(text), kind) / 1000
        return Candidate(rowid, text, quality + self._fit(text), source)

    def _fit(self, text: str) -> float:
        """How well the typed words fit: at the head of a clause they are its subject; in a short phrase they are more of it; of the
        wordings that pinyin may stand for the most used is the likeliest."""
        score, text = 0.0, text.lower() if self._fragments else text
        for fragment in self._fragments:
            rank, at = next(((rank, at) for rank, wording in enumerate(fragment) if (at := text.find(wording)) >= 0), (0, -1))
            if at >= 0:
                heads = at == 0 or not text[at - 1].isalnum()
                score += 0.4 * heads + min(1.0, 2 * len(fragment[rank]) / len(text)) - 1.5 * rank / SPELLED
        return score

    def _rows(self, wanted: int) -> list[Row]:
        """Light rows of the first `wanted` phrases that fit, best first; none of those looked at one by one."""
        skipped = {*self._special_rows, *self._hidden_rows}
        found: list[Row] = []
        for rowids in self._streamed(wanted + len(skipped)):
            new = [rowid for rowid in rowids if rowid not in skipped]
            found += [row for row in self._light(new) if self._exact or self._holds(row[1])]
            if len(found) >= wanted:
                break
        return found[:wanted]

    @cached_property
    def _hidden_rows(self) -> list[int]:
        ids = json.dumps([id_ for id_ in self.hidden if id_ not in self.decided.rows])
        rows = self.bank.rows(f"SELECT rowid FROM phrases WHERE id {_AMONG}", (ids,)) if len(ids) > 2 else []
        known = self.decided
        return [*(known.rows[id_] for id_ in known.hidden | self.hidden if id_ in known.rows), *(row[0] for row in rows)]

    def _streamed(self, size: int) -> Iterator[list[int]]:
        expression, values = self._expression, []
        if expression:
            sql, values = "SELECT rowid FROM phrase_index WHERE phrase_index MATCH ?", [expression]
        else:
            sql = "SELECT rowid FROM phrases WHERE reason = ''"
        if self.query.tag:
            ids = self.decided.tags.get(self.query.tag, frozenset())
            sql += f" AND rowid {_AMONG}"
            values.append(json.dumps([self.decided.rows[id_] for id_ in ids if id_ in self.decided.rows]))
        for rows in self.bank.streamed(f"{sql} ORDER BY rowid LIMIT {max(SCANNED, size)}", values, size):
            yield [row[0] for row in rows]

    def _light(self, rowids: Sequence[int]) -> list[Row]:
        sql = f"""SELECT rowid, text, documents, year_to, kind, (SELECT document FROM sources WHERE phrase = p.rowid LIMIT 1)
                  FROM phrases p WHERE rowid {_AMONG} ORDER BY rowid"""
        return self.bank.rows(sql, (json.dumps(rowids),))

    @cached_property
    def _expression(self) -> str:
        """The question to the index: every property, and every fragment in one of its wordings."""
        parts = [f'"{token}"' for token in self.query.properties()]
        for fragment in self._fragments:
            choices = [" AND ".join(f'"{token}"' for token in word_tokens(wording)) for wording in fragment]
            if all(choices):
                parts.append("(" + " OR ".join(f"({choice})" for choice in choices) + ")")
        return " AND ".join(parts)

    @cached_property
    def _exact(self) -> bool:
        """Whether the index alone tells that the words stand there as typed."""
        return all(_one_token(wording) for fragment in self._fragments for wording in fragment)


def _one_token(wording: str) -> bool:
    """Whether a wording is one token of the index, neither more nor less."""
    tokens = list(word_tokens(wording))
    return tokens == [wording] and (len(wording) <= 2 or wording.isascii())


def open_banks(paths: Iterable[str]) -> tuple[Bank, ...]:
    """The banks at `paths`, in their order. Raises BankError for the first that cannot be opened."""
    return tuple(Bank(path) for path in paths)
