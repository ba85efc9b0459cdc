"""What the user decides in a bank: pins, hidings, wording and phrases of his own, tags; each call one transaction on the file.

SQLite's journal sees to it that whoever is killed in the middle leaves the bank as it was, and a lock that of two programs one
waits for the other.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from phrasebank.bank import check_version
from phrasebank.contents import Curation, Mark
from phrasebank.curation import insert_curation, insert_own, read_curation, resolve
from phrasebank.errors import BankError
from phrasebank.files import reason
from phrasebank.model import Phrase, phrase_id
from phrasebank.writing import BUSY

WAIT = 10
"""Seconds to wait for another program that is changing the bank."""
LONGEST = 400
"""Characters that wording of the user's own may have."""
LONGEST_TAG = 40

_HAN = re.compile(r"[\u3400-\u9fff]")


Elsewhere = Callable[[str], bool]
"""Whether another bank has the phrase of an id: of those too the user may decide in his own."""


def nowhere(phrase_id: str) -> bool:
    """There is no other bank."""
    return False


def pin(path: Path, ids: Sequence[str], *, on: bool = True, elsewhere: Elsewhere = nowhere) -> None:
    """Puts phrases first wherever they fit, or no more. A pinned phrase is not hidden. Raises BankError, as all here do, for an id
    that is not in the bank, with the nearest that is; nothing is changed then."""
    _marked(path, ids, lambda mark: replace(mark, pinned=on, hidden=mark.hidden and not on), offered=on, elsewhere=elsewhere)


def hide(path: Path, ids: Sequence[str], *, on: bool = True, elsewhere: Elsewhere = nowhere) -> None:
    """Offers phrases no more, or again."""
    _marked(path, ids, lambda mark: replace(mark, hidden=on, pinned=mark.pinned and not on), elsewhere=elsewhere)


def edit(path: Path, phrase_id: str, text: str, *, elsewhere: Elsewhere = nowhere) -> None:
    """Gives a phrase wording of the user's own; "" gives it back what was mined."""
    with _changing(path) as connection:
        id_ = _named(connection, phrase_id, path, elsewhere)
        level = connection.execute(
            "SELECT level FROM phrases WHERE id = ?1 UNION ALL SELECT level FROM own_phrases WHERE id = ?1", (id_,)
        ).fetchone()
        template = template_of(text, level and level[0]) if text else ""
        _save(connection, replace(_mark(connection, id_), text=text, template=template))


def tag(path: Path, ids: Sequence[str], tags: Iterable[str], *, on: bool = True, elsewhere: Elsewhere = nowhere) -> None:
    """Puts tags on phrases, or takes them off."""
    words = [_checked_tag(word) for word in tags]
    with _changing(path) as connection:
        rows = [(_named(connection, id_, path, elsewhere), word) for id_ in ids for word in words]
        sql = "INSERT OR IGNORE INTO tags (phrase, tag) VALUES (?, ?)" if on else "DELETE FROM tags WHERE phrase = ? AND tag = ?"
        connection.executemany(sql, rows)


def add(path: Path, phrase: Phrase, tags: Iterable[str] = ()) -> str:
    """Adds a phrase of the user's own, of which text and properties count, and returns its id: o… made from the wording, so that
    adding it again changes its properties."""
    words = [_checked_tag(word) for word in tags]
    id_ = own_id(phrase.text)
    with _changing(path) as connection:
        insert_own(connection, replace(phrase, id=id_, template=template_of(phrase.text, phrase.level)))
        connection.executemany("INSERT OR IGNORE INTO tags (phrase, tag) VALUES (?, ?)", [(id_, word) for word in words])
    return id_


def remove(path: Path, ids: Sequence[str]) -> None:
    """Takes phrases of the user's own out again, and what he decided of phrases that are gone."""
    with _changing(path) as connection:
        for id_ in ids:
            if resolve(connection, id_):
                raise BankError(f"{id_} 是从材料里读出来的，不能删；不想再看到它请用 nigao bank hide", str(path))
            if not _decided(connection, id_):
                raise _unknown(connection, id_, path)
            connection.execute("DELETE FROM own_facets WHERE phrase = ?", (id_,))
            for table, column in (("own_phrases", "id"), ("marks", "phrase"), ("tags", "phrase")):
                connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (id_,))


def restore(path: Path, curation: Curation, expected: Curation) -> None:
    """Puts all that the user decided back to what it was. Raises BankError where it is not `expected` any more, for then somebody
    else has changed it meanwhile."""
    with _changing(path) as connection:
        if read_curation(connection) != expected:
            raise BankError("另一个程序也改过这个素材库，不能再撤销了", str(path))
        for table in ("marks", "own_phrases", "own_facets", "tags"):
            connection.execute(f"DELETE FROM {table}")
        insert_curation(connection, curation)


def own_id(text: str) -> str:
    """The id of wording of the user's own."""
    return "o" + phrase_id(text)[1:]


def template_of(text: str, level: str | None) -> str:
    """Wording of the user's own with slots: words of his level, and blanks that he wrote as 〔待填：…〕. Raises BankError for
    wording that is empty or too long, or holds a figure that belongs to one text."""
    from phrasebank.generalise import generalise, has_figure

    if not _HAN.search(text) or len(text) > LONGEST or "\n" in text:
        raise BankError(f"语句应为一段话，有汉字，不超过 {LONGEST} 字")
    if re.search(r"[{}]", text):
        raise BankError("语句里不要用花括号；要留空请写成〔待填：数据｜指标名｜单位〕")
    template = generalise(text, level)
    if has_figure(template):
        raise BankError("语句里有数字，换一篇稿子就不对了；请写成〔待填：数据｜指标名｜单位〕")
    return template


def _checked_tag(word: str) -> str:
    bare = word.strip()
    if not bare or len(bare) > LONGEST_TAG or re.search(r"[\s,，]", bare):
        raise BankError(f"标签“{word}”不合用：应为一个词，不含空格和逗号，不超过 {LONGEST_TAG} 字")
    return bare


def _marked(
    path: Path, ids: Sequence[str], change: Callable[[Mark], Mark], *, offered: bool = False,
    elsewhere: Elsewhere = nowhere,
) -> None:  # fmt: skip
    """Changes the mark of each phrase; `offered`: only of such as can be offered."""
    with _changing(path) as connection:
        for id_ in ids:
            known = _named(connection, id_, path, elsewhere)
            mark = change(_mark(connection, known))
            if offered and not mark.text and (barred := _barred(connection, known)):
                raise BankError(f"{id_} 没有收用（{barred}），置顶了也不会提供；可以先用 nigao bank edit 改写", str(path))
            _save(connection, mark)


def _barred(connection: sqlite3.Connection, id_: str) -> str:
    """Why a phrase is not offered, in Chinese."""
    from phrasebank.extract import REASONS

    found = connection.execute("SELECT reason FROM phrases WHERE id = ?", (id_,)).fetchone()
    return REASONS.get(found[0], found[0]) if found else ""


def _mark(connection: sqlite3.Connection, id_: str) -> Mark:
    found = connection.execute("SELECT pinned, hidden, text, template FROM marks WHERE phrase = ?", (id_,)).fetchone()
    return Mark(id_, bool(found[0]), bool(found[1]), *found[2:]) if found else Mark(id_)


def _save(connection: sqlite3.Connection, mark: Mark) -> None:
    """Writes a mark; one that says nothing is taken out."""
    connection.execute("DELETE FROM marks WHERE phrase = ?", (mark.id,))
    if mark != Mark(mark.id):
        row = (mark.id, int(mark.pinned), int(mark.hidden), mark.text, mark.template)
        connection.execute("INSERT INTO marks VALUES (?, ?, ?, ?, ?)", row)


def _decided(connection: sqlite3.Connection, id_: str) -> bool:
    """Whether the user wrote the phrase of that id or decided something of it."""
    sql = """SELECT id FROM own_phrases WHERE id = ?1 UNION ALL SELECT phrase FROM marks WHERE phrase = ?1
             UNION ALL SELECT phrase FROM tags WHERE phrase = ?1"""
    return connection.execute(sql, (id_,)).fetchone() is not None


def _named(connection: sqlite3.Connection, id_: str, path: Path, elsewhere: Elsewhere) -> str:
    """The id under which something is decided, of a phrase here or in another bank."""
    here = resolve(connection, id_) or _decided(connection, id_)
    return id_ if not here and elsewhere(id_) else _known(connection, id_, path)


def _known(connection: sqlite3.Connection, id_: str, path: Path) -> str:
    """The id under which something is decided: that of a phrase, of what it was folded into, or of an own one."""
    if found := resolve(connection, id_):
        return found[0]
    if _decided(connection, id_):
        return id_
    raise _unknown(connection, id_, path)


def _unknown(connection: sqlite3.Connection, id_: str, path: Path) -> BankError:
    """An error that says what was probably meant."""
    if _HAN.search(id_):
        return BankError(f"这里要写语句的编号，如 p1a2b3c4d5e；请先用 nigao suggest {id_[:6]} --bank {path} 查编号", str(path))
    near = next(_near(connection, id_), None)
    hint = f"最接近的是 {near[0]}（{near[1][:20]}）" if near else f"请用 nigao suggest 词语 --bank {path} 查编号"
    return BankError(f"库里没有编号为 {id_} 的语句；{hint}", str(path))


def _near(connection: sqlite3.Connection, id_: str) -> Iterator[tuple[str, str]]:
    """Phrases whose ids begin as the wrong one does: most slips are at the end or in one place."""
    for length in range(len(id_), 3, -1):
        start = id_[:length]
        for table in ("phrases", "own_phrases"):
            sql = f"SELECT id, text FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT 1"
            yield from connection.execute(sql, (start, start + "~"))


@contextmanager
def _changing(path: Path) -> Iterator[sqlite3.Connection]:
    """A transaction on the bank at `path`, taken back when the block raises. Waits for others who are changing it; where the file
    was mined anew meanwhile, the new one is taken."""
    if not path.is_file():
        raise BankError("没有这个素材库；先用 nigao mine 文件夹 -o 素材库.db 建一个", str(path))
    try:
        with closing(_begun(path)) as connection:
            yield connection
            connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise BankError(BUSY, str(path)) from error
        said = "不是素材库文件" if "no such table" in str(error) else "改不了这个素材库；请检查文件和文件夹是否可写，磁盘是否已满"
        raise BankError(said, str(path)) from error
    except sqlite3.Error as error:
        raise BankError("不是素材库文件，或文件已损坏；请用 nigao bank verify 查看", str(path)) from error
    except OSError as error:
        raise BankError(f"改不了这个素材库：{reason(error)}", str(path)) from error


def _begun(path: Path) -> sqlite3.Connection:
    while True:
        before = path.stat()
        connection = sqlite3.connect(path, isolation_level=None, timeout=WAIT)
        try:
            (version,) = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone() or ("",)
            check_version(version, path)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            if path.stat().st_ino == before.st_ino:
                return connection
        except BaseException:
            connection.close()
            raise
        connection.close()
