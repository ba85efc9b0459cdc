"""Whether a bank is whole: SQLite's own view of the file, and what the schema promises beyond it."""

from __future__ import annotations

from phrasebank.bank import Bank
from phrasebank.merge import KEPT_SOURCES
from phrasebank.model import KINDS, ROLES
from phrasebank.schema import COUNTED
from phrasebank.tokens import index_tokens

LOOKED_UP = 400
"""Phrases whose index is compared token by token, spread over the bank."""

_DOCUMENTS = f"""SELECT p.rowid FROM phrases p JOIN sources s ON s.phrase = p.rowid GROUP BY p.rowid
  HAVING count(DISTINCT s.document) > p.documents + p.copies
    OR (count(*) < {KEPT_SOURCES} AND p.copies = 0 AND count(DISTINCT s.document) <> p.documents)"""
_LISTED = " OR ".join(
    f"{column} NOT IN ({', '.join(map(repr, values))})"
    for column, values in (("role", [*ROLES]), ("kind", [*KINDS]), ("polarity", ["plain", "negative", "refuted"]))
)
_PROMISES = (
    ("有 {} 条语句的作用、形式或褒贬不在名单里", f"SELECT 1 FROM phrases WHERE {_LISTED}"),
    ("有 {} 处引用落空", "PRAGMA foreign_key_check"),
    ("排名不连续", "SELECT 1 FROM (SELECT count(*) n, max(rowid) top FROM phrases) WHERE n <> coalesce(top, 0)"),
    (
        "有 {} 条收用的语句没有编入检索，或检索里有不该有的语句",
        """SELECT rowid FROM phrases WHERE (reason = '') <> (rowid IN (SELECT id FROM phrase_index_docsize))
           UNION ALL SELECT id FROM phrase_index_docsize WHERE id NOT IN (SELECT rowid FROM phrases)""",
    ),
    ("有 {} 条语句没有出处", "SELECT 1 FROM phrases WHERE rowid NOT IN (SELECT phrase FROM sources)"),
    ("有 {} 条语句的篇数和出处对不上", _DOCUMENTS),
    ("有 {} 条语句的次数、篇数或重复数不对", "SELECT 1 FROM phrases WHERE copies < 0 OR documents < 1 OR count < 1"),
    ("有 {} 条语句的年份颠倒", "SELECT 1 FROM phrases WHERE (year_from IS NULL) <> (year_to IS NULL) OR year_from > year_to"),
    ("有 {} 条被批驳的说法混在收用的语句里", "SELECT 1 FROM phrases WHERE polarity = 'refuted' AND reason = ''"),
    (
        "有 {} 条收用的语句带着外地名称",
        "SELECT DISTINCT p.rowid FROM phrases p JOIN names ON phrase = p.rowid WHERE reason = '' AND instr(template, name)",
    ),
    ("有 {} 个旧编号找不到现在的语句", "SELECT 1 FROM aliases WHERE phrase NOT IN (SELECT id FROM phrases)"),
    ("有 {} 个编号既是语句又是旧编号", "SELECT 1 FROM aliases WHERE id IN (SELECT id FROM phrases)"),
    ("有 {} 篇重复的文件找不到原文", "SELECT 1 FROM documents WHERE copy_of NOT IN (SELECT file FROM documents)"),
    (
        "有 {} 条固定说法的分年篇数超过总数",
        "SELECT 1 FROM terms t JOIN term_years y USING (term) GROUP BY term HAVING sum(y.documents) > t.documents",
    ),
    ("有 {} 处人工取舍自相矛盾", "SELECT 1 FROM marks WHERE (pinned AND hidden) OR (text = '') <> (template = '')"),
    ("有 {} 个自拟语句的编号不对", "SELECT 1 FROM own_phrases WHERE id NOT LIKE 'o%' OR text = '' OR template = ''"),
)
"""What is wrong, and a question whose rows are the cases."""

_TABLES = {
    "documents": "文件", "phrases": "语句", "aliases": "旧编号", "facets": "侧面", "names": "名称", "sources": "出处",
    "removed": "删去的内容", "quotations": "引语", "terms": "固定说法", "term_years": "固定说法的年份", "pinyin": "拼音",
}  # fmt: skip


def faults(bank: Bank) -> list[str]:
    """What is wrong with a bank, in Chinese sentences; empty for one that is whole. Raises BankError where it cannot be read."""
    damage = [str(row[0]) for row in bank.rows("PRAGMA integrity_check") if row[0] != "ok"]
    if damage:
        return [f"文件已损坏：{damage[0]}"]
    promises = [message.format(n) for message, sql in _PROMISES if (n := len(bank.rows(sql)))]
    return [*_lost(bank), *promises, *_unindexed(bank)]


def _lost(bank: Bank) -> list[str]:
    """Tables that do not have as many rows as were written."""
    written = dict(bank.rows("SELECT name, rows FROM counts"))
    found = {table: bank.count(table) for table in COUNTED}
    return [
        f"{_TABLES[table]}应有 {written.get(table, 0)} 条，现有 {found[table]} 条"
        for table in COUNTED
        if found[table] != written.get(table, 0)
    ]


def _unindexed(bank: Bank) -> list[str]:
    """Whether phrases spread over the bank are found by every token of theirs."""
    last = bank.count("phrases")
    rowids = sorted({1 + (last - 1) * step // LOOKED_UP for step in range(LOOKED_UP + 1)} if last else ())
    missing = 0
    for rowid in rowids:
        for phrase in bank.as_mined([rowid]):
            query = " AND ".join(f'"{token}"' for token in index_tokens([phrase])[0].split())
            asked = bank.rows("SELECT 1 FROM phrase_index WHERE phrase_index MATCH ? AND rowid = ?", (query, rowid))
            missing += not phrase.reason and not asked
    return [f"抽查的 {len(rowids)} 条语句中有 {missing} 条检索不到"] if missing else []
