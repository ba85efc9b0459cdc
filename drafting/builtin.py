"""The built-in bank: mined from the starter corpus on first use and kept in the user's cache.

It is mined in a process of its own, so that drafting itself never loads the segmenter. The file's name holds a digest
of the corpus, the themes, the genres and the miner, so that a changed one is mined anew.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from drafting.config import TEMPLATES, load_library
from phrasebank.bank import Bank
from phrasebank.errors import BankError
from phrasebank.memo import miner_files

CORPUS = TEMPLATES / "corpus"
KEPT = 4
"""Banks kept in the cache."""
_MINED_KEYS = re.compile(rb"^(?:name|aliases|words):.*(?:\n[ \-].*)*", re.M)
"""The keys of a genre by which texts of it are known."""


TOLD = 5
"""Texts after which it is told how many have been read."""


def builtin_bank() -> Bank:
    """The built-in bank, mined first where it is not in the cache. Raises BankError when it cannot be written anywhere."""
    name = f"builtin-{_digest(_ingredients())}.db"
    folders = list(cache_folders())
    for folder in folders:
        if (folder / name).is_file():
            return Bank(folder / name)
    return Bank(_mined(name, folders))


def is_mined() -> bool:
    """Whether the built-in bank is in the cache, so that opening it takes no time."""
    name = f"builtin-{_digest(_ingredients())}.db"
    return any((folder / name).is_file() for folder in cache_folders())


def build(path: Path) -> None:
    """Mines the starter corpus into a bank at `path`, with our own themes and genres only.

    Set expressions are left out: so few speeches tell none, and the segmenter's dictionary would cost a second.
    """
    from phrasebank.mine import mine

    def tell(done: int, of: int, _: str) -> None:
        if done % TOLD == 0 or done == of:
            with suppress(OSError):
                _progress(path).write_text(f"{done} {of}", encoding="ascii")

    files = sorted(CORPUS.glob("*-*.md"))
    lexicon = load_library([TEMPLATES]).lexicon()
    try:
        mine(files, path, lexicon, base=CORPUS, jobs=min(os.cpu_count() or 1, 4), terms=False, progress=tell)
    finally:
        with suppress(OSError):
            _progress(path).unlink(missing_ok=True)


def how_far() -> tuple[int, int] | None:
    """Of the texts that the built-in bank is being mined from just now, how many have been read, and how many there are."""
    newest: list[tuple[float, str]] = []
    for folder in cache_folders():
        with suppress(OSError):
            newest += [(path.stat().st_mtime, path.read_text(encoding="ascii")) for path in folder.glob("builtin-*.progress")]
    done, _, of = max(newest, default=(0, ""))[1].partition(" ")
    return (int(done), int(of)) if done.isdecimal() and of.isdecimal() else None


def _progress(path: Path) -> Path:
    return path.with_suffix(".progress")


def _mined(name: str, folders: Iterable[Path]) -> Path:
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            subprocess.run(  # -P: not what bears our name in the folder the user happens to be in
                [sys.executable, "-P", "-m", "drafting.builtin", str(folder / name)],
                check=True, capture_output=True, env={**os.environ, "PYTHONPATH": _search_path()},
            )  # fmt: skip
            _tidy(folder)
            return folder / name
        except OSError:
            continue
        except subprocess.CalledProcessError as error:
            if os.access(folder, os.W_OK):
                raise BankError(
                    f"内置素材库没有建成：{error.stderr.decode(errors='replace').strip()[-300:]}"
                ) from error
    raise BankError("内置素材库没有可写的缓存文件夹；请设置环境变量 XDG_CACHE_HOME")


def _tidy(folder: Path) -> None:
    """Leaves the newest banks only: those of other versions of this program that may still be in use."""
    found = sorted(folder.glob("builtin-*.db"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[KEPT:]:
        with suppress(OSError):
            path.unlink()


def _search_path() -> str:
    """Where the child finds our packages: it does not start in the folder this process was started in."""
    return os.pathsep.join([str(TEMPLATES.parent), *filter(None, [os.environ.get("PYTHONPATH")])])


def cache_folders() -> Iterator[Path]:
    """Folders in which what can be made again may be kept, the user's own first."""
    base = os.environ.get("XDG_CACHE_HOME")
    with suppress(RuntimeError):  # there may be no home folder
        yield (Path(base) if base else Path.home() / ".cache") / "nigao"
    user = os.getuid() if hasattr(os, "getuid") else 0
    yield Path(tempfile.gettempdir()) / f"nigao-{user}"


def _ingredients() -> Iterator[tuple[str, bytes]]:
    """What the bank is made from, by name: of genres only what mining looks at."""
    for file in (*sorted(CORPUS.glob("*.md")), *sorted((TEMPLATES / "themes").glob("*.yaml")), *miner_files()):
        yield file.name, file.read_bytes()
    for file in sorted((TEMPLATES / "genres").glob("*.yaml")):
        yield file.name, b"\n".join(_MINED_KEYS.findall(file.read_bytes()))


def _digest(ingredients: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for name, content in ingredients:
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


if __name__ == "__main__":
    build(Path(sys.argv[1]))
