"""The built-in bank: mined from the starter corpus on first use and kept in the user's cache.

It is mined in a process of its own, so that drafting itself never loads the segmenter. The file's name holds a digest
of the corpus, the themes, the genres and the miner, so that a changed one is mined anew.
"""

from __future__ import annotations

import hashlib
import os
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


def builtin_bank() -> Bank:
    """The built-in bank, mined first where it is not in the cache. Raises BankError when it cannot be written anywhere."""
    name = f"builtin-{_digest(_ingredients())}.db"
    folders = list(cache_folders())
    for folder in folders:
        if (folder / name).is_file():
            return Bank(folder / name)
    return Bank(_mined(name, folders))


def build(path: Path) -> None:
    """Mines the starter corpus into a bank at `path`, with our own themes and genres only.

    Set expressions are left out: so few speeches tell none, and the segmenter's dictionary would cost a second.
    """
    from phrasebank.mine import mine

    files = sorted(CORPUS.glob("*-*.md"))
    mine(files, path, load_library([TEMPLATES]).lexicon(), base=CORPUS, terms=False)


def _mined(name: str, folders: Iterable[Path]) -> Path:
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            subprocess.run(
                [sys.executable, "-m", "drafting.builtin", str(folder / name)],
                check=True, capture_output=True, env={**os.environ, "PYTHONPATH": _search_path()},
            )  # fmt: skip
            return folder / name
        except OSError:
            continue
        except subprocess.CalledProcessError as error:
            if os.access(folder, os.W_OK):
                raise BankError(
                    f"内置素材库没有建成：{error.stderr.decode(errors='replace').strip()[-300:]}"
                ) from error
    raise BankError("内置素材库没有可写的缓存文件夹；请设置环境变量 XDG_CACHE_HOME")


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


def _ingredients() -> Iterator[Path]:
    yield from sorted(CORPUS.glob("*.md"))
    yield from sorted((TEMPLATES / "themes").glob("*.yaml"))
    yield from sorted((TEMPLATES / "genres").glob("*.yaml"))
    yield from miner_files()


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


if __name__ == "__main__":
    build(Path(sys.argv[1]))
