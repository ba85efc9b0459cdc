"""What the user decided in a bank: read from its tables, put into them, and seen by search.

Ids in the tables are those the user gave. What they stand for is looked up when a bank is read: a phrase, what an alias leads to,
or nothing any more, in which case the decision waits until the phrase comes back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from phrasebank.contents import Curation, Mark, Tag, joined
from phrasebank.model import Phrase

_OWN = "SELECT id, kind, text, template, role, polarity, theme, genre, level FROM own_phrases ORDER BY id"


def read_curation(connection: sqlite3.Connection) -> Curation:
    """All that stands in the tables."""
    marks = connection.execute("SELECT phrase, pinned, hidden, text, template FROM marks ORDER BY phrase")
    tags = connection.execute("SELECT phrase, tag FROM tags ORDER BY phrase, tag")
    facets: dict[str, list[str]] = {}
    for phrase, facet in connection.execute("SELECT phrase, facet FROM own_facets ORDER BY phrase, rank"):
        facets.setdefault(phrase, []).append(facet)
    own = tuple(_own(row, facets.get(row[0], ())) for row in connection.execute(_OWN))
    return Curation(
        tuple(Mark(id_, bool(pinned), bool(hidden), *words) for id_, pinned, hidden, *words in marks), own,
        tuple(Tag(*row) for row in tags),
    )  # fmt: skip


def _own(row: tuple[str, ...], facets: Iterable[str]) -> Phrase:
    id_, kind, text, template, role, polarity, theme, genre, level = row
    return Phrase(
        id_, text, template, role, polarity, theme, tuple(facets), genre, level, kind=kind, documents=0, count=0,  # type: ignore[arg-type]
    )  # fmt: skip


def insert_curation(connection: sqlite3.Connection, curation: Curation) -> None:
    """Puts decisions into tables that are empty."""
    marks = ((m.id, int(m.pinned), int(m.hidden), m.text, m.template) for m in curation.marks)
    connection.executemany("INSERT INTO marks VALUES (?, ?, ?, ?, ?)", marks)
    for phrase in curation.own:
        insert_own(connection, phrase)
    connection.executemany("INSERT INTO tags (phrase, tag) VALUES (?, ?)", curation.tags)


def insert_own(connection: sqlite3.Connection, p: Phrase) -> None:
    """Puts a phrase of the user's own into its tables, in place of the same wording there."""
    row = (p.id, p.kind, p.text, p.template, p.role, p.polarity, p.theme, p.genre, p.level)
    connection.execute("INSERT OR REPLACE INTO own_phrases VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.execute("DELETE FROM own_facets WHERE phrase = ?", (p.id,))
    facets = ((p.id, facet, rank) for rank, facet in enumerate(p.facets))
    connection.executemany("INSERT OR IGNORE INTO own_facets VALUES (?, ?, ?)", facets)


@dataclass(frozen=True, slots=True)
class Decided:
    """A user's decisions, resolved against the phrases of the bank: ids are those of phrases there, or of own ones.

    `rows`: the rowid of each phrase that is spoken of. `waiting`: ids that stand for nothing now,
    `waiting_hidden` those of them that are hidden (another bank may have them).
    """

    pinned: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    edits: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    own: Mapping[str, Phrase] = field(default_factory=dict)
    tags: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    waiting: frozenset[str] = frozenset()
    waiting_hidden: frozenset[str] = frozenset()

    def tags_of(self, phrase_id: str) -> tuple[str, ...]:
        """The tags a phrase bears."""
        return tuple(sorted(tag for tag, ids in self.tags.items() if phrase_id in ids))


def decided(connection: sqlite3.Connection, also: Curation | None = None) -> Decided:
    """The decisions that stand in a bank, then those that stand elsewhere and speak of what is in it, as they apply to that."""
    curation = joined((read_curation(connection), also)) if also else read_curation(connection)
    if not curation:
        return Decided()
    own = {phrase.id: phrase for phrase in curation.own}
    named = {mark.id for mark in curation.marks} | {tag.phrase for tag in curation.tags}
    place = {id_: found for id_ in sorted(named - own.keys()) if (found := resolve(connection, id_))}
    goes = {id_: id_ for id_ in own} | {id_: found[0] for id_, found in place.items()}
    marks = [mark for mark in curation.marks if mark.id in goes]
    marks.sort(key=lambda mark: goes[mark.id] != mark.id)  # what was decided of a phrase itself before what of its aliases
    edits: dict[str, tuple[str, str]] = {}
    for mark in marks:
        if mark.text:
            edits.setdefault(goes[mark.id], (mark.text, mark.template))
    pinned = frozenset(goes[mark.id] for mark in marks if mark.pinned)
    return Decided(
        pinned, frozenset(goes[mark.id] for mark in marks if mark.hidden) - pinned, edits, own, _tags(curation, goes),
        dict(place.values()), frozenset(named - goes.keys()),
        frozenset(mark.id for mark in curation.marks if mark.hidden and mark.id not in goes),
    )  # fmt: skip


def _tags(curation: Curation, goes: Mapping[str, str]) -> dict[str, frozenset[str]]:
    tags: dict[str, set[str]] = {}
    for phrase, tag in curation.tags:
        if phrase in goes:
            tags.setdefault(tag, set()).add(goes[phrase])
    return {tag: frozenset(ids) for tag, ids in tags.items()}


def resolve(connection: sqlite3.Connection, phrase_id: str) -> tuple[str, int] | None:
    """Id and rowid of the mined phrase that an id stands for: itself, or what it was folded into; None for neither."""
    sql = "SELECT id, rowid FROM phrases WHERE id = ?"
    found = connection.execute(sql, (phrase_id,)).fetchone()
    if found is None:
        sql = "SELECT p.id, p.rowid FROM aliases a JOIN phrases p ON p.id = a.phrase WHERE a.id = ?"
        found = connection.execute(sql, (phrase_id,)).fetchone()
    return found if found is None else (found[0], found[1])
