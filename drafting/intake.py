"""Texts brought into the user's bank, in a process of its own that can be stopped: `python -m drafting.intake BANK PATH…`.

It tells how far it is in lines of JSON. What it mines comes to what the bank holds already; the bank is replaced when the new one is
whole, and stays as it was when this process is stopped or fails.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from drafting.config import TEMPLATES


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is: files done, all files, the name of the last one."""

    done: int
    total: int
    name: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: files read, phrases that can be used, files that could not be read; or why nothing came of it."""

    documents: int = 0
    offered: int = 0
    unreadable: tuple[str, ...] = ()
    fault: str = ""


@dataclass
class Intake:
    """A running intake, seen from the process that started it."""

    process: subprocess.Popen[str]
    stopped: bool = field(default=False)

    @classmethod
    def begin(cls, bank: Path, paths: Sequence[str]) -> Intake:
        """Starts it."""
        path = os.pathsep.join([str(TEMPLATES.parent), *filter(None, [os.environ.get("PYTHONPATH")])])
        return cls(subprocess.Popen(
            [sys.executable, "-m", "drafting.intake", str(bank), *paths], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, encoding="utf-8", env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        ))  # fmt: skip

    def steps(self) -> Iterator[Step | Outcome]:
        """What it tells, the outcome last."""
        assert self.process.stdout
        outcome = None
        for line in self.process.stdout:
            with suppress(ValueError):
                told = _told(json.loads(line))
                outcome = told if isinstance(told, Outcome) else outcome
                yield told
        self.process.wait()
        if outcome is None:
            yield Outcome(fault="已停下，素材库还是原来的" if self.stopped else "导入中途停了，素材库还是原来的；请再试一次")

    def stop(self) -> None:
        """Ends it; the bank stays as it was."""
        self.stopped = True
        self.process.terminate()


def _told(row: dict[str, Any]) -> Step | Outcome:
    if "done" in row:
        return Step(row["done"], row["total"], row["name"])
    return Outcome(row.get("documents", 0), row.get("offered", 0), tuple(row.get("unreadable", ())), row.get("fault", ""))


def main(bank: Path, paths: Sequence[str]) -> None:
    """Mines the texts under `paths` into `bank` and tells how far it is."""
    from drafting.config import load_library
    from drafting.corpus import mine_corpus
    from phrasebank.errors import NigaoError

    try:
        bank.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=_mark(), dir=bank.parent) as folder:
            new = Path(folder) / "new.db"
            report = mine_corpus(paths, new, load_library(), jobs=min(os.cpu_count() or 1, 4), progress=_step)
            _join(bank, new)
        _tell(documents=report.documents, offered=report.offered, unreadable=[str(fault) for fault in report.unreadable])
    except NigaoError as error:
        _tell(fault=str(error))
    except OSError as error:
        _tell(fault=f"写不了素材库：{error.strerror or error}")


def _join(bank: Path, new: Path) -> None:
    """Puts what was mined into the bank. A file that is read again takes the place of what it was."""
    from phrasebank.bank import Bank, write_bank
    from phrasebank.union import united

    fresh = Bank(new).contents()
    if not bank.is_file():
        write_bank(fresh, bank)
        return
    old, files = Bank(bank).contents(), {document.file for document in fresh.documents}
    kept = [document for document in old.documents if document.file not in files]
    kept = [replace(document, copy_of=None) if document.copy_of in files else document for document in kept]
    write_bank(united([("旧", replace(old, documents=tuple(kept))), ("新", fresh)]), bank)


def _step(done: int, total: int, name: str) -> None:
    _tell(done=done, total=total, name=name)


def _tell(**row: object) -> None:
    print(json.dumps(row, ensure_ascii=False), flush=True)


def _mark() -> str:
    """How everything that this process leaves beside a bank begins, as in `phrasebank.files`."""
    return f".nigao-{os.getpid()}-"


def _end(bank: Path) -> None:
    """Ends at once, what lies beside the bank cleared away; other processes of ours notice and end too."""
    for left in bank.parent.glob(f"{_mark()}*"):
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
    os._exit(143)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: _end(Path(sys.argv[1])))
    main(Path(sys.argv[1]), sys.argv[2:])
