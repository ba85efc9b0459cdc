"""The tables of a bank (docs/bank.md says what each column means) and their version."""

from __future__ import annotations

SCHEMA_VERSION = 2

MINED = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE counts (name TEXT PRIMARY KEY, rows INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (id INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, characters INTEGER NOT NULL,
  year INTEGER, copy_of TEXT);
CREATE TABLE phrases (
  rowid INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, template TEXT NOT NULL, role TEXT NOT NULL,
  polarity TEXT NOT NULL, theme TEXT, genre TEXT, level TEXT, count INTEGER NOT NULL, documents INTEGER NOT NULL,
  copies INTEGER NOT NULL, year_from INTEGER, year_to INTEGER, reason TEXT NOT NULL
);
CREATE TABLE aliases (id TEXT PRIMARY KEY, phrase TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE facets (phrase INTEGER NOT NULL REFERENCES phrases(rowid), facet TEXT NOT NULL, rank INTEGER NOT NULL,
  PRIMARY KEY (phrase, facet)) WITHOUT ROWID;
CREATE TABLE names (phrase INTEGER NOT NULL REFERENCES phrases(rowid), name TEXT NOT NULL, PRIMARY KEY (phrase, name)) WITHOUT ROWID;
CREATE TABLE sources (phrase INTEGER NOT NULL REFERENCES phrases(rowid), document INTEGER NOT NULL REFERENCES documents(id),
  line INTEGER NOT NULL, PRIMARY KEY (phrase, document, line)) WITHOUT ROWID;
CREATE TABLE removed (document INTEGER NOT NULL REFERENCES documents(id), line INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
  col INTEGER NOT NULL);
CREATE TABLE quotations (document INTEGER NOT NULL REFERENCES documents(id), line INTEGER NOT NULL, text TEXT NOT NULL,
  kind TEXT NOT NULL, speaker TEXT, verified INTEGER NOT NULL DEFAULT 0);
CREATE TABLE terms (term TEXT PRIMARY KEY, count INTEGER NOT NULL, documents INTEGER NOT NULL, score REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE term_years (term TEXT NOT NULL REFERENCES terms(term), year INTEGER NOT NULL, documents INTEGER NOT NULL,
  PRIMARY KEY (term, year)) WITHOUT ROWID;
CREATE TABLE pinyin (initials TEXT NOT NULL, uses INTEGER NOT NULL, pair TEXT NOT NULL,
  PRIMARY KEY (initials, uses DESC, pair)) WITHOUT ROWID;
CREATE VIRTUAL TABLE phrase_index USING fts5 (tokens, content='', detail=none, tokenize="ascii tokenchars '_'");
"""
"""What is mined: written once, in one go."""

INDEXES = """
CREATE UNIQUE INDEX phrases_id ON phrases (id);
CREATE INDEX sources_document ON sources (document);
CREATE INDEX aliases_phrase ON aliases (phrase);
"""
"""Made when the rows are there: sorting once is quicker than keeping sorted."""

CURATED = """
CREATE TABLE marks (phrase TEXT PRIMARY KEY, pinned INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0,
  text TEXT NOT NULL DEFAULT '', template TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE TABLE own_phrases (id TEXT PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL, template TEXT NOT NULL, role TEXT NOT NULL,
  polarity TEXT NOT NULL, theme TEXT, genre TEXT, level TEXT) WITHOUT ROWID;
CREATE TABLE own_facets (phrase TEXT NOT NULL REFERENCES own_phrases(id), facet TEXT NOT NULL, rank INTEGER NOT NULL,
  PRIMARY KEY (phrase, facet)) WITHOUT ROWID;
CREATE TABLE tags (phrase TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (tag, phrase)) WITHOUT ROWID;
"""
"""What the user decides: changed in the file itself, carried over when it is mined again."""

COUNTED = (
    "documents", "phrases", "aliases", "facets", "names", "sources", "removed", "quotations", "terms", "term_years", "pinyin",
)  # fmt: skip
"""Tables whose rows are counted when they are written, so that a row that is lost is noticed."""
